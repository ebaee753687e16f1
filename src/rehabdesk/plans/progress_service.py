"""Progress in words: the person is asked first, then staff's word is recorded beside the person's (domain.md
6.4, 8.4).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from rehabdesk.access.model import Role
from rehabdesk.access.service import Desk
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.ids import is_id
from rehabdesk.core.payload import to_payload
from rehabdesk.db.projection import TEAM, NewRecord
from rehabdesk.notes.timeline_service import Timeline
from rehabdesk.people.model import AgeRegime
from rehabdesk.people.service import People
from rehabdesk.plans import store
from rehabdesk.plans.domain_service import Domains
from rehabdesk.plans.progress_model import (
    Domain,
    Progress,
    Voice,
    Word,
    require_domain_open,
    require_fair_basis,
    setback_line,
)
from rehabdesk.plans.stored_model import StoredProgress

MAY_GIVE_WORD = frozenset({Role.CO, Role.PSY, Role.CSUP})
MAY_WRITE_SELF = frozenset({Role.CO, Role.PSY, Role.CSUP, Role.CHA})
MAY_READ_STAFF = frozenset({Role.CO, Role.PSY, Role.CSUP, Role.SUP, Role.AUD})
MAY_READ_SELF = MAY_READ_STAFF | {Role.CHA}
"""A chaplain reads what the person says, never a word of staff (domain.md 4.2)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BothVoices:
    """The newest word of each voice on one domain."""

    domain: Domain
    staff: StoredProgress | None
    own: StoredProgress | None


class ProgressWords:
    """Words of progress on one unlocked desk."""

    def __init__(self, desk: Desk, people: People, domains: Domains) -> None:
        self._desk, self._people, self._domains = desk, people, domains
        self._timeline = Timeline(desk, people)

    def record_self(self, person_id: str, progress: Progress) -> None:
        """What the person says, or that the person declined; chaplains may write it down too."""
        if progress.voice is not Voice.SELF:
            raise UserError(tr("This is the person's own word."), field="voice")
        self._require_open(person_id, progress, MAY_WRITE_SELF)
        self._commit(person_id, progress, "record_own_word")

    def record(self, person_id: str, progress: Progress) -> None:
        """Staff's word, once the person was asked and it was shared with the person.

        Never edited; a later one follows.
        """
        if progress.voice is not Voice.STAFF:
            raise UserError(tr("This is the staff's word."), field="voice")
        domain = self._require_open(person_id, progress, MAY_GIVE_WORD)
        require_fair_basis(domain, self._domains.never_anywhere, progress.basis)
        if self._newest(person_id, progress.domain, Voice.SELF) is None:
            raise UserError(tr("Ask the person for an own word first; declining is an answer too."), field="domain")
        if progress.shared_with_person_on is None and progress.word is not Word.NOT_RATED:
            raise UserError(tr("Share the word with the person first, and say when."), field="shared_with_person_on")
        for source in progress.sources:
            self._require_source(person_id, source)
        self._commit(person_id, progress, "record_word")

    def setback_line(self, person_id: str, progress: Progress) -> str:
        """The line that is shown where the word is another one than before on the way down, or ""."""
        before = self._newest(person_id, progress.domain, progress.voice)
        order = list(Word)
        if before is None or Word.NOT_RATED in (before.progress.word, progress.word):
            return ""
        return setback_line() if order.index(progress.word) < order.index(before.progress.word) else ""

    def latest(self, person_id: str) -> tuple[BothVoices, ...]:
        """Both voices side by side, in the order of the domains."""
        newest: dict[tuple[str, Voice], StoredProgress] = {}
        for found in self._readable(person_id):
            newest.setdefault((found.progress.domain, found.progress.voice), found)
        return tuple(
            BothVoices(
                domain=domain, staff=newest.get((domain.code, Voice.STAFF)), own=newest.get((domain.code, Voice.SELF))
            )
            for domain in self._domains.domains
            if (domain.code, Voice.STAFF) in newest or (domain.code, Voice.SELF) in newest
        )

    def history(self, person_id: str) -> Mapping[str, tuple[StoredProgress, ...]]:
        """Every word by domain, newest first, both voices."""
        found: dict[str, list[StoredProgress]] = {}
        for stored in self._readable(person_id):
            found.setdefault(stored.progress.domain, []).append(stored)
        return {domain: tuple(sorted(words, key=lambda word: word.at, reverse=True)) for domain, words in found.items()}

    def _require_open(self, person_id: str, progress: Progress, roles: frozenset[Role]) -> Domain:
        if self._desk.role not in roles:
            raise UserError(tr("Your role gives no word on progress."))
        self._people.caseload.require(person_id)
        domain = self._domains.domain(progress.domain)
        today = self._desk.clock.now().date()
        if progress.period_to > today:
            raise UserError(tr("The period ends in the future."), field="period_to")
        require_domain_open(
            domain,
            convicted=self._people.known.convicted(person_id),
            minor=self._is_minor(person_id),
            minors_allowed=self._desk.settings().ratings_for_minors,
        )
        return domain

    def _readable(self, person_id: str) -> tuple[StoredProgress, ...]:
        if self._desk.role not in MAY_READ_SELF:
            raise UserError(tr("Your role does not read words on progress."))
        self._people.caseload.require(person_id)
        found = store.progress(self._desk.index(TEAM), person_id)
        if self._desk.role in MAY_READ_STAFF:
            return found
        return tuple(stored for stored in found if stored.progress.voice is Voice.SELF)

    def _require_source(self, person_id: str, source: str) -> None:
        """A source is a step of the plan in force, or a signed note on this person that this login may see."""
        stored = store.in_force(self._desk.index(TEAM), person_id)
        if stored is not None and any(step.id == source for goal in stored.plan.goals for step in goal.steps):
            return
        row = self._desk.truth.newest(source) if is_id(source) else None
        if row is not None and self._desk.holds(row.comp):
            entry = self._timeline.require_entry(row.comp, source)
            if entry.person_id == person_id and not entry.struck:
                return
        raise UserError(tr("Name a signed note on this person or a step of the plan in force."), field="sources")

    def _is_minor(self, person_id: str) -> bool:
        return self._people.known.age_regime(person_id) is AgeRegime.CHILD

    def _newest(self, person_id: str, domain: str, voice: Voice) -> StoredProgress | None:
        for found in store.progress(self._desk.index(TEAM), person_id):
            if (found.progress.domain, found.progress.voice) == (domain, voice):
                return found
        return None

    def _commit(self, person_id: str, progress: Progress, deed: str) -> None:
        item = NewRecord(comp=TEAM, kind=store.PROGRESS, pv=1, person=person_id, payload=to_payload(progress))
        self._desk.commit(deed, [item])


def period_text(progress: Progress, today: date) -> str:
    """The days that a word covers, and that it is not current any more where it is old (G4)."""
    days = f"{progress.period_from.isoformat()} – {progress.period_to.isoformat()}"
    return days if progress.is_current(today) else tr("{days} (not current)").format(days=days)
