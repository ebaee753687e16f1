"""Reading notes: timelines and results merged from the indexes that this login holds, and single notes opened.

What leaves a clinical, pastoral or protected record, a whole text or the beginning shown in a list, is logged first.
"""

import heapq
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from rehabdesk.access.model import READING_IS_LOGGED, Role
from rehabdesk.access.refused_service import log_refused
from rehabdesk.access.service import Desk
from rehabdesk.core.canon import Json
from rehabdesk.core.clock import local_day, stamp
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.payload import from_payload
from rehabdesk.db.projection import CLINICAL, PASTORAL, PROTECTED, TEAM
from rehabdesk.notes import cosign_store, store
from rehabdesk.notes.chaplaincy.contribution_model import (
    CONTRIBUTION_AGREED,
    CONTRIBUTION_LEADER,
    CONTRIBUTION_WORDS,
    Contribution,
)
from rehabdesk.notes.cosign_model import CosignState, SignedCosign, cosign_from
from rehabdesk.notes.forms.form_service import Forms
from rehabdesk.notes.groups.group_model import attendance_part, line_part
from rehabdesk.notes.model import (
    PARTS_SEEN,
    STRUCK_SEEN_BY,
    Cursor,
    Entry,
    Note,
    NotePart,
    Part,
    SignedAddendum,
    read_note_part,
)
from rehabdesk.notes.paper import paper_store
from rehabdesk.notes.store import Latest, Viewer
from rehabdesk.people.model import Capacity
from rehabdesk.people.service import People

PAGE = 50
_COMPS = (TEAM, CLINICAL, PASTORAL, PROTECTED)


class Timeline:
    """What one unlocked desk shows of notes to this login."""

    def __init__(self, desk: Desk, people: People, forms: Forms | None = None) -> None:
        self._desk, self._people = desk, people
        self._forms = frozenset(
            form.name for form in (forms.of_role(desk.role) if forms else ()) if form.compartment == TEAM
        )
        """Who may write a form of the team reads what was written in it."""

    def page(
        self,
        person_id: str,
        *,
        before: Cursor | None = None,
        limit: int = PAGE,
        previews: bool = True,
        parts: frozenset[Part] | None = None,
    ) -> tuple[Entry, ...]:
        """A page of a person's timeline, newest first; `before` is the cursor of the last entry of the page above.

        `parts`: entries of these kinds only.

        With `previews` the beginnings of clinical, pastoral and protected texts are shown, which is logged as one entry
        for each compartment.
        """
        pages = [
            store.timeline_page(self._desk.index(comp), comp, person_id, viewer.only(parts), before=before, limit=limit)
            for comp, viewer in self._viewers(person_id)
        ]
        return self._shown(_newest(pages, limit), previews=previews)

    def search(self, words: str, *, person_id: str | None = None, limit: int = PAGE) -> tuple[Entry, ...]:
        """Notes that hold all these words, newest first, in every compartment that this login holds."""
        found = []
        cases = self._people.caseload.own_cases() if self._people.caseload.limited else None
        for comp in self._held():
            index = self._desk.index(comp)
            if person_id is not None:
                scope: tuple[str, ...] = (person_id,)
            elif self._limited(comp) or self._people.caseload.narrow:
                scope = tuple(sorted(cases or ()))
            else:
                scope = (store.NOTE_TERM,)
            if scope:
                found.append(self._visible(comp, index.match(words, scope=scope, limit=limit), cases))
        return self._shown(_newest(found, limit), previews=True)

    def latest(self, persons: Sequence[str]) -> tuple[Latest, ...]:
        """The newest entry on each of these persons that this login may know of: day and kind, no text."""
        newest: dict[str, Latest] = {}
        for comp in self._held():
            own = self._people.caseload.own_cases() if self._limited(comp) else frozenset(persons)
            if comp == PROTECTED or self._desk.role is Role.FAC:
                continue
            for one in store.latest(self._desk.index(comp), [person for person in persons if person in own]):
                if comp == TEAM and one.part not in self._team_parts() and one.form not in self._forms:
                    continue
                known = newest.get(one.person_id)
                if known is None or known.occurred_at < one.occurred_at:
                    newest[one.person_id] = one
        return tuple(newest.values())

    def open(self, comp: str, rid: str) -> Note:
        """A note or shared summary with its additions. Reading what is not the team's is logged first."""
        entry = self.require_entry(comp, rid)
        record, index = self._desk.read(comp, rid), self._desk.index(comp)
        additions = []
        for addendum in store.additions_of(index, entry.note):
            one = self._desk.read(comp, addendum)
            additions.append(
                SignedAddendum(
                    addendum=store.addendum_from(one.payload), author=one.author, recorded_at=one.recorded_at
                )
            )
        strike = store.strike_of(index, entry.note)
        return Note(
            rid=rid,
            comp=comp,
            part=_part_of(entry, record.payload, record.pv),
            person_id=entry.person_id,
            author=record.author,
            recorded_at=record.recorded_at,
            additions=tuple(additions),
            strike=store.strike_from(self._desk.read(comp, strike).payload) if strike else None,
            cosign=entry.cosign,
            cosigns=self._cosigns(comp, entry),
            paper_destroyed=paper_store.destroyed_on(index, entry.note, entry.author),
        )

    def require_entry(self, comp: str, rid: str) -> Entry:
        """The entry, if this login may see it. A refusal by the caseload rule is logged and says what to do."""
        entry = store.entry(self._desk.index(comp), comp, rid)
        if entry is None:
            log_refused(self._desk, rid)
            raise _not_here()
        if not self._visible(comp, [rid]):
            self._desk.log("refused", comp=comp, rid=rid)
            if self._limited(comp) and entry.author != self._desk.uid:
                self._people.caseload.require(entry.person_id)
            raise _not_here()
        return entry

    def removals(self, person_id: str) -> tuple[date, ...]:
        """The day of each entry on a person that was made in error and removed, as far as this login's compartments go.

        For the person's own copy: "an entry was made in error and removed on …", and no more (domain.md 14.3).
        """
        first: dict[str, datetime] = {}
        for comp in self._held():
            for note, at in store.removed_on(self._desk.index(comp), person_id):
                first[note] = min(at, first.get(note, at))
        return tuple(sorted(at.astimezone().date() for at in first.values()))

    def parts(self, person_id: str) -> frozenset[Part]:
        """The kinds of entries that this login may be shown of a person."""
        found = frozenset({Part.NOTE}) if self._desk.holds(CLINICAL) or self._desk.holds(PASTORAL) else frozenset()
        team = [viewer.parts for comp, viewer in self._viewers(person_id) if comp == TEAM]
        return found.union(*team)

    def visible(self, comp: str, rids: Sequence[str]) -> tuple[Entry, ...]:
        """The entries among these records, or of which these are additions, that this login is shown; not logged."""
        cases = self._people.caseload.own_cases() if self._people.caseload.limited else None
        return tuple(replace(entry, preview="") for entry in self._visible(comp, rids, cases))

    # inside

    def _held(self) -> tuple[str, ...]:
        return tuple(comp for comp in _COMPS if self._desk.holds(comp))

    def _limited(self, comp: str) -> bool:
        """Whether this login sees only own cases of the compartment; the team's records are for the whole team."""
        return comp in (CLINICAL, PASTORAL) and self._people.caseload.limited

    def _team_parts(self) -> frozenset[Part]:
        """What the role is shown of team records; the site says whether chaplains learn that clinical notes exist."""
        seen = PARTS_SEEN[self._desk.role]
        if self._desk.role is Role.CHA and self._desk.settings().clinical_existence_visible_to_chaplain:
            seen |= {Part.MARKER}
        return seen

    def _viewers(self, person_id: str) -> list[tuple[str, Viewer]]:
        own_case = self._people.caseload.admits(person_id)
        return [(comp, self._viewer(comp, person_id, own_case)) for comp in self._held()]

    def _viewer(self, comp: str, person_id: str, own_case: bool) -> Viewer:
        parts, forms, own_only = frozenset(Part), frozenset[str](), False
        if comp == TEAM:
            parts, forms, own_only = self._team_parts(), self._forms, self._desk.role is Role.FAC
            if self._desk.holds(CLINICAL) and own_case:
                parts -= {Part.MARKER}
        elif comp == PROTECTED:
            own_only = not self._is_safeguarding_lead(person_id)
        elif self._limited(comp):
            own_only = not own_case
        sees_struck = self._desk.role in STRUCK_SEEN_BY
        return Viewer(uid=self._desk.uid, parts=parts, sees_struck=sees_struck, own_only=own_only, forms=forms)

    def _visible(self, comp: str, rids: Sequence[str], cases: frozenset[str] | None = None) -> tuple[Entry, ...]:
        """The entries among these records that the rules of the compartment show to this login.

        `cases`: this login's own ones, where the caller has asked for them already.
        """
        everything = Viewer(uid=self._desk.uid, parts=frozenset(Part), sees_struck=True)
        candidates = store.entries(self._desk.index(comp), comp, rids, everything)
        viewers: dict[str, Viewer] = {}
        for person_id in dict.fromkeys(entry.person_id for entry in candidates):
            own_case = person_id in cases if cases is not None else self._people.caseload.admits(person_id)
            viewers[person_id] = self._viewer(comp, person_id, own_case)
        return tuple(entry for entry in candidates if viewers[entry.person_id].sees(entry))

    def _cosigns(self, comp: str, entry: Entry) -> tuple[SignedCosign, ...]:
        """The answers that others gave to a note of somebody in training, oldest first."""
        if entry.cosign is CosignState.NOT_NEEDED:
            return ()
        records = [self._desk.read(comp, rid) for rid in cosign_store.answers_to(self._desk.index(comp), entry.note)]
        return tuple(
            SignedCosign(cosign=cosign_from(one.payload), author=one.author, recorded_at=one.recorded_at)
            for one in records
            if one.author != entry.author
        )

    def _is_safeguarding_lead(self, person_id: str) -> bool:
        today = local_day(self._desk.clock)
        return any(
            one.details.staff == self._desk.uid
            and one.details.capacity is Capacity.SAFEGUARDING_LEAD
            and one.details.runs_on(today)
            for one in self._people.assignments(person_id)
        )

    def _shown(self, entries: tuple[Entry, ...], *, previews: bool) -> tuple[Entry, ...]:
        """The list as it may be shown: what previews reveal is logged before, one entry for each compartment."""
        if not previews:
            return tuple(replace(entry, preview="") for entry in entries)
        for comp in READING_IS_LOGGED:
            number = sum(entry.comp == comp and bool(entry.preview) for entry in entries)
            if number:
                self._desk.log("list", comp=comp, extra={"count": number})
        return entries


def _newest(pages: Iterable[Sequence[Entry]], limit: int) -> tuple[Entry, ...]:
    """The newest `limit` of several lists, each of which begins with its newest."""
    return tuple(heapq.merge(*pages, key=_place, reverse=True))[:limit]


def _place(entry: Entry) -> tuple[str, str]:
    return stamp(entry.occurred_at), entry.rid


def _part_of(entry: Entry, payload: Mapping[str, Json], pv: int) -> NotePart:
    """A contribution is read as a note of one text; a marker has nothing to open."""
    if entry.part is Part.CONTRIBUTION:
        given = from_payload(Contribution, payload)
        words = {CONTRIBUTION_WORDS: given.words} | ({CONTRIBUTION_LEADER: given.leader} if given.leader else {})
        return NotePart(
            note=entry.note,
            form="",
            form_version=0,
            occurred_at=entry.occurred_at,
            words=words,
            marks={} if given.agreed is None else {CONTRIBUTION_AGREED: given.agreed.value},
        )
    if entry.part is Part.GROUP:
        return line_part(payload) if entry.comp == CLINICAL else attendance_part(payload)
    if entry.part is Part.MARKER:
        raise _not_here()
    return read_note_part(payload, pv)


def _not_here() -> UserError:
    return UserError(tr("There is nothing to open here for this login."))
