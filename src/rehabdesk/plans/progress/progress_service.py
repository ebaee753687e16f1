"""Progress in words: the person is asked first, then staff's word is recorded beside the person's (domain.md
6.4, 8.4).
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from rehabdesk.access.model import Role
from rehabdesk.access.service import Desk
from rehabdesk.core.clock import local_day
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.ids import is_id
from rehabdesk.core.payload import to_payload
from rehabdesk.db.projection import CLINICAL, TEAM, Index, NewRecord
from rehabdesk.notes.model import Part
from rehabdesk.notes.timeline_service import Timeline
from rehabdesk.people.model import AgeRegime
from rehabdesk.people.service import People
from rehabdesk.plans.domain_service import Domains
from rehabdesk.plans.progress import progress_store as store
from rehabdesk.plans.progress.progress_model import (
    Beside,
    Domain,
    Progress,
    ProgressState,
    Remark,
    Voice,
    Word,
    is_setback,
    require_appeal_respected,
    require_domain_open,
    require_fair_basis,
    require_shared,
    setback_line,
)
from rehabdesk.plans.progress.progress_stored_model import (
    BothVoices,
    SideBySide,
    StoredProgress,
    StoredRemark,
    side_by_side,
)
from rehabdesk.plans.store import in_force

PAYLOAD_VERSION, REMARK_VERSION = 2, 1
USUAL_PERIOD = timedelta(days=30)
MAY_GIVE_WORD = frozenset({Role.CO, Role.PSY, Role.CSUP})
MAY_WRITE_SELF = frozenset({Role.CO, Role.PSY, Role.CSUP, Role.CHA})
MAY_READ_STAFF = frozenset({Role.CO, Role.PSY, Role.CSUP, Role.SUP, Role.AUD})
MAY_READ_SELF = MAY_READ_STAFF | {Role.CHA}
"""A chaplain reads what the person says, never a word of staff (domain.md 4.2)."""

SOURCES = frozenset({Part.NOTE, Part.SUMMARY, Part.GROUP})
"""What of the team's a word may rest on. A clinical marker says nothing, and what is pastoral is no basis (G14)."""


class ProgressWords:
    """Words of progress on one unlocked desk."""

    def __init__(self, desk: Desk, people: People, domains: Domains) -> None:
        self._desk, self._people, self._domains = desk, people, domains
        self._timeline = Timeline(desk, people)

    @property
    def role(self) -> Role:
        return self._desk.role

    # recording

    def record_self(self, person_id: str, progress: Progress) -> None:
        """What the person says, or that the person declined; chaplains may write it down too."""
        self._desk.commit("record_own_word", [self.own_item(person_id, progress)])

    def record(self, person_id: str, progress: Progress) -> None:
        """Staff's word, once the person was asked and it was shared with the person.

        Never edited; a later one follows.
        """
        own = store.newest(self._index, person_id, progress.domain, Voice.SELF)
        asked = own is not None and own.progress.period_to >= progress.period_from
        self._desk.commit(
            "record_word", [self.staff_item(person_id, progress, own.progress if own is not None and asked else None)]
        )

    def record_both(self, person_id: str, own: Progress, staff: Progress, *, draft_id: str = "") -> None:
        """The person's answer and staff's word beside it, with one signature."""
        items = [self.own_item(person_id, own), self.staff_item(person_id, staff, own)]
        self._desk.commit("record_word", items, drop_drafts=(draft_id,) if draft_id else ())

    def own_item(self, person_id: str, progress: Progress) -> NewRecord:
        """The record of the person's word, checked."""
        if progress.voice is not Voice.SELF:
            raise UserError(tr("This is the person's own word."), field="voice")
        self._require_open(person_id, progress, MAY_WRITE_SELF)
        return _item(person_id, progress)

    def staff_item(self, person_id: str, progress: Progress, own: Progress | None) -> NewRecord:
        """The record of staff's word, checked. `own`: what the person answered in the same period, or None."""
        if progress.voice is not Voice.STAFF:
            raise UserError(tr("This is the staff's word."), field="voice")
        domain = self._require_open(person_id, progress, MAY_GIVE_WORD)
        for text, field in ((progress.basis, "basis"), (progress.harder, "harder"), (progress.setting, "setting")):
            require_fair_basis(domain, self._domains.never_anywhere, text, field=field)
        if own is None:
            raise UserError(tr("Ask the person for an own word first; declining is an answer too."), field="domain")
        require_appeal_respected(domain, own, under_appeal=self._people.legal(person_id).under_appeal)
        shared = progress.shared_with_person_on
        require_shared(ProgressState.DRAFTED if shared is None else ProgressState.SHARED)
        if shared is not None and shared > self._today():
            raise UserError(tr("The day must be today or in the past."), field="shared_with_person_on")
        plan = in_force(self._index, person_id)
        steps = frozenset[str]()
        if plan is not None:
            steps = frozenset(step.id for goal in plan.plan.goals for step in goal.steps)
        for source in progress.sources:
            if source not in steps:
                self._require_note(person_id, source)
        rests_on_step = plan is not None and bool(steps.intersection(progress.sources))
        return _item(person_id, replace(progress, plan=plan.rid) if plan is not None and rests_on_step else progress)

    def remark(self, rid: str, kind: Beside, words: str) -> None:
        """Adds the person's statement, or staff's answer to it, beside a recorded word."""
        found = store.word(self._index, rid)
        may = MAY_WRITE_SELF if kind is Beside.PERSON_STATEMENT else MAY_GIVE_WORD
        if found is None or self._desk.role not in may or not self._reads(found[1].progress):
            raise UserError(tr("That word is not there."))
        self._people.caseload.require(found[0])
        remark = Remark(progress=rid, kind=kind, words=words)
        item = NewRecord(comp=TEAM, kind=store.REMARK, pv=REMARK_VERSION, person=found[0], payload=to_payload(remark))
        self._desk.commit("add_to_word", [item])

    # what the form asks

    def setback_line(self, person_id: str, progress: Progress) -> str:
        """The line that is shown where the word is another one than before on the way down, or ""."""
        return setback_line() if self.is_setback(person_id, progress.domain, progress.voice, progress.word) else ""

    def is_setback(self, person_id: str, domain: str, voice: Voice, word: Word) -> bool:
        """Whether it is asked what made it harder (domain.md 8.4)."""
        before = store.newest(self._index, person_id, domain, voice)
        return is_setback(None if before is None else before.progress.word, word)

    def period(self, person_id: str, domain: str) -> tuple[date, date]:
        """The days that a new word usually covers: since staff's last one, else the last month, until today."""
        today, before = self._today(), store.newest(self._index, person_id, domain, Voice.STAFF)
        begins = today - USUAL_PERIOD if before is None else before.progress.period_to + timedelta(days=1)
        return min(begins, today), today

    def open_domains(self, person_id: str) -> tuple[Domain, ...]:
        """The domains on which words are given about this person, in their order; none about a child by default."""
        if self._desk.role not in MAY_GIVE_WORD:
            return ()
        convicted, minor = self._people.legal(person_id).convicted, self._is_minor(person_id)
        allowed = not minor or self._desk.settings().ratings_for_minors
        return tuple(
            domain
            for domain in self._domains.domains
            if allowed and domain.rated and (convicted or not domain.after_conviction_only)
        )

    # reading

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

    def lines(self, person_id: str, domain: str) -> tuple[SideBySide, ...]:
        """The history of one domain, both voices side by side, newest first."""
        return side_by_side(self.history(person_id).get(domain, ()))

    def remarks(self, rid: str) -> tuple[StoredRemark, ...]:
        """What was said beside a word since, oldest first."""
        found = store.word(self._index, rid)
        if found is None or not self._reads(found[1].progress):
            raise UserError(tr("That word is not there."))
        self._people.caseload.require(found[0])
        return store.remarks(self._index, rid)

    def objection(self, stored: StoredProgress) -> str:
        """What the person said against a word, then or since, as it is printed beside it (G8); empty where nothing."""
        one = stored.progress
        said = [one.disagreement or (tr("Does not agree, and says no more.") if one.contested else "")]
        said += [each.remark.words for each in self.remarks(stored.rid) if each.remark.kind is Beside.PERSON_STATEMENT]
        return "\n".join(words for words in said if words)

    # inside

    @property
    def _index(self) -> Index:
        return self._desk.index(TEAM)

    def _today(self) -> date:
        return local_day(self._desk.clock)

    def _require_open(self, person_id: str, progress: Progress, roles: frozenset[Role]) -> Domain:
        if self._desk.role not in roles:
            raise UserError(tr("Your role gives no word on progress."))
        self._people.known.require_own_here(person_id)
        domain = self._domains.domain(progress.domain)
        if progress.period_to > self._today():
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
        return tuple(stored for stored in store.progress(self._index, person_id) if self._reads(stored.progress))

    def _reads(self, progress: Progress) -> bool:
        roles = MAY_READ_SELF if progress.voice is Voice.SELF else MAY_READ_STAFF
        return self._desk.role in roles

    def _require_note(self, person_id: str, source: str) -> None:
        """A note is signed, on this person, not struck, and no marker or pastoral one (G14)."""
        row = self._desk.truth.newest(source) if is_id(source) else None
        if row is not None and row.comp in (TEAM, CLINICAL) and self._desk.holds(row.comp):
            entry = self._timeline.require_entry(row.comp, source)
            signed = not entry.struck and not entry.cosign.waits
            if entry.person_id == person_id and entry.part in SOURCES and signed:
                return
        raise UserError(tr("Name a signed note on this person or a step of the plan in force."), field="sources")

    def _is_minor(self, person_id: str) -> bool:
        return self._people.known.age_regime(person_id) is AgeRegime.CHILD


def _item(person_id: str, progress: Progress) -> NewRecord:
    return NewRecord(comp=TEAM, kind=store.PROGRESS, pv=PAYLOAD_VERSION, person=person_id, payload=to_payload(progress))


def period_text(progress: Progress, today: date) -> str:
    """The days that a word covers, and that it is not current any more where it is old (G4)."""
    days = f"{progress.period_from.isoformat()} – {progress.period_to.isoformat()}"
    return days if progress.is_current(today) else tr("{days} (not current)").format(days=days)
