"""What a search may find in words of progress: what was written as their basis and beside them, never the word (G1)."""

from collections.abc import Sequence

from rehabdesk.access.service import Desk
from rehabdesk.core.found import Found
from rehabdesk.core.i18n import tr
from rehabdesk.db.projection import TEAM
from rehabdesk.people.service import People
from rehabdesk.plans.domain_service import Domains
from rehabdesk.plans.progress import progress_store as store
from rehabdesk.plans.progress.progress_model import Voice
from rehabdesk.plans.progress.progress_service import MAY_READ_SELF, MAY_READ_STAFF
from rehabdesk.plans.progress.progress_stored_model import FoundProgress

PROGRESS = "progress"


class ProgressSearch:
    """Words of progress of one unlocked desk, for a search over everything."""

    def __init__(self, desk: Desk, people: People, domains: Domains) -> None:
        self._desk, self._people, self._domains = desk, people, domains

    def found(self, comp: str, rids: Sequence[str]) -> tuple[Found, ...]:
        """Those of these records that are words of progress, or remarks beside one, and that this login is shown."""
        if comp != TEAM or self._desk.role not in MAY_READ_SELF:
            return ()
        words = [one for one in store.found(self._desk.index(TEAM), rids) if self._reads(one)]
        admitted = self._people.caseload.admitted(one.person for one in words)
        return tuple(self._found(one) for one in words if one.person in admitted)

    def _reads(self, one: FoundProgress) -> bool:
        return one.word.progress.voice is Voice.SELF or self._desk.role in MAY_READ_STAFF

    def _found(self, one: FoundProgress) -> Found:
        progress = one.word.progress
        own = progress.voice is Voice.SELF
        title = tr("The person's own words on {domain}") if own else tr("Staff's words on {domain}")
        title = title.format(domain=tr(self._domains.domain(progress.domain).title))
        if one.followed:
            title = tr("{title} (a later word followed)").format(title=title)
        if one.rid != one.word.rid:
            title = tr("Added: {title}").format(title=title)
        return Found(rid=one.rid, comp=TEAM, kind=PROGRESS, title=title, person=one.person, id=progress.domain)
