"""What a search may find in checklists and conditions: what was written at an item, as far as this role is shown it."""

from collections.abc import Sequence

from rehabdesk.access.service import Desk
from rehabdesk.core.errors import UserError
from rehabdesk.core.found import Found
from rehabdesk.core.i18n import tr
from rehabdesk.db.projection import TEAM
from rehabdesk.people.service import People
from rehabdesk.readiness import store
from rehabdesk.readiness.service import MAY_READ, OWN_ITEMS_ONLY, roles_of
from rehabdesk.readiness.site_service import SiteChecklists
from rehabdesk.readiness.stored_model import FoundCondition, FoundMark
from rehabdesk.readiness.template_service import Templates

CHECK, CONDITION = "check", "condition"


class ReleaseSearch:
    """Marks and conditions of one unlocked desk, for a search over everything."""

    def __init__(self, desk: Desk, people: People, templates: Templates) -> None:
        self._desk, self._people = desk, people
        self._site = SiteChecklists(desk, templates)

    def found(self, comp: str, rids: Sequence[str]) -> tuple[Found, ...]:
        """Those of these records that are marks or conditions and that this login is shown."""
        if comp != TEAM or self._desk.role not in MAY_READ:
            return ()
        shown = [self._shown(one) for one in store.found(self._desk.index(TEAM), rids)]
        return tuple(one for one in shown if one is not None and self._people.caseload.admits(one.person))

    def _shown(self, one: FoundMark | FoundCondition) -> Found | None:
        if isinstance(one, FoundCondition):
            return Found(rid=one.rid, comp=TEAM, kind=CONDITION, title=tr("Condition"), person=one.person)
        try:
            template = self._site.template(one.checklist.template, one.checklist.template_version)
        except UserError:
            return None
        item = next((item for item in template.items if item.code == one.item), None)
        if item is None or (self._desk.role in OWN_ITEMS_ONLY and self._desk.role not in roles_of(item)):
            return None
        title = tr("{title} (earlier)").format(title=tr(item.text)) if one.followed else tr(item.text)
        return Found(rid=one.rid, comp=TEAM, kind=CHECK, title=title, person=one.person)
