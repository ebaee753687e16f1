"""What a practitioner can do with the register. One method is one deed, one transaction, one audit entry."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from rehabdesk.access.model import Role
from rehabdesk.access.service import Desk
from rehabdesk.core.clock import local_day
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.payload import to_payload
from rehabdesk.core.text import fold
from rehabdesk.db.projection import TEAM, Index, NewRecord
from rehabdesk.people import due_store, legal_model, store
from rehabdesk.people.caseload_service import Caseload
from rehabdesk.people.consent_service import Consents
from rehabdesk.people.contact_service import Contacts
from rehabdesk.people.known_service import Known, unknown_person
from rehabdesk.people.legal_model import DateSource, LegalEpisode, ReleaseRoute, Stage, StageChange
from rehabdesk.people.model import (
    PAYLOAD_VERSION,
    PERSON_VERSION,
    PLACEMENT_VERSION,
    Assignment,
    AssignmentDetails,
    Capacity,
    Contact,
    Language,
    Person,
    PersonDetails,
    PersonRow,
    Placement,
    dual_capacity_warning,
)
from rehabdesk.people.naming_service import Naming
from rehabdesk.people.search_service import PeopleSearch

MAY_REGISTER = frozenset({Role.CO})
MAY_READ_WHOLE = frozenset({Role.PSY, Role.CSUP, Role.CO, Role.SUP, Role.AUD})
MAY_ASSIGN = frozenset({Role.CO, Role.SUP})
PAGE = 50

CAPACITY_ROLES = {
    Capacity.LEAD_CASE_OFFICER: (Role.CO,),
    Capacity.PSYCHOLOGIST: (Role.PSY, Role.CSUP),
    Capacity.ASSESSMENT_AUTHOR: (Role.PSY, Role.CSUP),
    Capacity.CHAPLAIN: (Role.CHA,),
    Capacity.FACILITATOR: (Role.FAC, Role.CHA, Role.PSY, Role.CSUP),
    Capacity.SUPERVISOR: (Role.SUP,),
    Capacity.LINK_WORKER: (Role.CO,),
    Capacity.SAFEGUARDING_LEAD: (Role.CO, Role.PSY, Role.CSUP),
    Capacity.DEPUTY: tuple(role for role in Role if role not in (Role.ADM, Role.AUD)),
}


class People:
    """The register of one unlocked desk, as this login may use it."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.caseload = Caseload(desk)
        self.consents = Consents(desk)
        self.circle = Contacts(desk)
        self.search = PeopleSearch(desk, self.caseload)
        self.naming = Naming(desk)
        self.known = Known(desk, self.caseload)

    # register

    def register(self, details: PersonDetails, legal: LegalEpisode, *, placement: Placement | None = None) -> Person:
        """A new person with the stage in which the case arrives. UserError if the case number is taken."""
        self._require(MAY_REGISTER, tr("A case officer registers persons."))
        self._desk.require_current(TEAM)
        _require_free(self._index, details.case_ref)
        person_id = self._desk.ids()
        items = [_new(store.PERSON, person_id, details), _new(store.LEGAL, person_id, legal)]
        if placement is not None:
            items.append(_new(store.PLACEMENT, person_id, placement))
        self._desk.commit("register", items)
        return Person(id=person_id, details=details)

    def amend(self, person_id: str, details: PersonDetails) -> Person:
        """Puts a new version of the identity beside the older ones."""
        self._require(MAY_REGISTER, tr("A case officer changes the register."))
        _require_free(self._index, details.case_ref, person_id)
        rid = store.person_rid(self._index, person_id)
        if rid is None:
            raise unknown_person()
        self.known.require_here(person_id)
        self._desk.commit("amend", [_new(store.PERSON, person_id, details, rid=rid)])
        return Person(id=person_id, details=details)

    def person(self, person_id: str) -> Person:
        """The person with everything that COR holds. A chaplain is shown `row` instead (domain.md 4.2)."""
        self._require(MAY_READ_WHOLE, tr("Your role sees name, unit and languages of a person only."))
        found = store.person(self._index, person_id)
        if found is None:
            raise unknown_person()
        return found

    def languages(self, person_id: str) -> tuple[Language, ...]:
        """What the person speaks, the preferred one first: for every role that holds team records."""
        return self.known.languages(person_id)

    def row(self, person_id: str) -> PersonRow:
        """Name and unit, for every role that holds team records; case number, stage and release for whom they are."""
        rows = self.caseload.rows((person_id,))
        if not rows:
            raise unknown_person()
        return rows[0]

    def register_page(self, *, after: PersonRow | None = None, limit: int = PAGE) -> tuple[PersonRow, ...]:
        """The register by case number, a page at a time; `after` is the last row of the page before.

        By name for a role that learns no case numbers.
        """
        if self.caseload.narrow:
            return () if after else self.own_cases()
        if self.caseload.names_only:
            named = ((after.display_alias or after.name), after.id) if after else ("", "")
            return self.caseload.as_read(store.name_page(self._index, after=named, limit=limit))
        place = (after.case_ref, after.id) if after else ("", "")
        return store.register_page(self._index, after=place, limit=limit)

    def released_page(self, *, after: PersonRow | None = None, limit: int = PAGE) -> tuple[PersonRow, ...]:
        """As `register_page`, of those who left; of nobody for a role that learns of no release."""
        if self.caseload.names_only:
            return ()
        place = (after.case_ref, after.id) if after else ("", "")
        return due_store.stages_page(self._index, legal_model.RELEASED, after=place, limit=limit)

    def own_cases(self) -> tuple[PersonRow, ...]:
        """The persons to whom this login is assigned, by case number; by name where the role learns of none."""
        rows = self.caseload.rows(tuple(sorted(self.caseload.own_cases())))
        return tuple(sorted(rows, key=_shown_name)) if self.caseload.names_only else rows

    def next_to_see(self) -> tuple[PersonRow, ...]:
        """The own cases: who leaves soonest first, then who has no day, then who has left; each by case number."""
        today = local_day(self._desk.clock)
        return tuple(sorted(self.own_cases(), key=lambda row: _nearness(row, today)))

    def find(self, words: str, *, limit: int = 20) -> tuple[PersonRow, ...]:
        """Persons by case number or name: as it is written first, then by its other spellings in any script."""
        return tuple(found.row for found in self.search.persons(words, limit=limit))

    # legal stage

    def legal(self, person_id: str) -> LegalEpisode:
        """The present state of the case. UserError for a role that is shown no legal stage (domain.md 4.2)."""
        self._require(MAY_READ_WHOLE, tr("Your role does not see the legal stage."))
        return self._legal(person_id)[1]

    def legal_history(self, person_id: str) -> tuple[StageChange, ...]:
        """Every recorded state, oldest first."""
        self._require(MAY_READ_WHOLE, tr("Your role does not see the legal stage."))
        return store.legal_history(self._index, person_id)

    def set_stage(
        self,
        person_id: str,
        to: Stage,
        *,
        on: date,
        source: DateSource,
        correction: str = "",
        country: str | None = None,
    ) -> LegalEpisode:
        """Records a change of stage with its day and where that day comes from; a recall opens a new episode."""
        rid, episode = self._writable_legal(person_id)
        changed = legal_model.change_stage(episode, to, on=on, source=source, correction=correction)
        if country is not None:
            changed = replace(changed, country=country)
        starts_anew = not correction and (to is Stage.RECALLED or episode.stage is Stage.CLOSED)
        return self._write_legal(person_id, changed, None if starts_anew else rid, "stage")

    def change_legal(self, person_id: str, episode: LegalEpisode) -> LegalEpisode:
        """Changes facts of the case (file number, dates, appeal). A change of stage is `set_stage` instead."""
        rid, present = self._writable_legal(person_id)
        if episode.stage is not present.stage:
            raise UserError(tr("Record a change of stage as such, with its day and source."), field="stage")
        return self._write_legal(person_id, episode, rid, "legal")

    def plan_release(
        self,
        person_id: str,
        planned: date,
        *,
        on: date,
        source: DateSource,
        route: ReleaseRoute,
        short_notice: bool = False,
    ) -> LegalEpisode:
        """Records the day on which the person is to be released; from custody the case enters `pre_release`."""
        rid, episode = self._writable_legal(person_id)
        changed = legal_model.plan_release(
            episode, planned=planned, on=on, source=source, route=route, short_notice=short_notice
        )
        return self._write_legal(person_id, changed, rid, "stage")

    def record_release(
        self,
        person_id: str,
        to: Stage,
        *,
        on: date,
        source: DateSource,
        route: ReleaseRoute,
        route_words: str = "",
        short_notice: bool = False,
    ) -> LegalEpisode:
        """Records that the person left. Never refused for anything that is open or not ready (domain.md 1.4)."""
        rid, episode = self._writable_legal(person_id)
        changed = legal_model.release(
            episode, to, on=on, source=source, route=route, route_words=route_words, short_notice=short_notice
        )
        return self._write_legal(person_id, changed, rid, "release")

    # placement

    def place(self, person_id: str, placement: Placement) -> None:
        """Records where the person lives from now on, and ends the present placement on that day."""
        self._require(MAY_REGISTER, tr("A case officer records moves."))
        self.known.require_here(person_id)
        items = [
            _new(store.PLACEMENT, person_id, replace(present, until=placement.since), rid=rid)
            for rid, present in store.placements(self._index, person_id)
            if present.until is None
        ]
        self._desk.commit("place", [*items, _new(store.PLACEMENT, person_id, placement)])

    def placements(self, person_id: str) -> tuple[Placement, ...]:
        """Newest first."""
        self._require(MAY_READ_WHOLE, tr("Your role sees name, unit and languages of a person only."))
        return tuple(placement for _, placement in store.placements(self._index, person_id))

    # contacts

    def contacts(self, person_id: str) -> tuple[Contact, ...]:
        """Everybody around the person, as this role may see them."""
        return self.circle.of_person(person_id)

    # who works with whom

    def assign(self, person_id: str, details: AssignmentDetails) -> Assignment:
        """Assigns a member of staff. UserError with the dual-role warning unless there is a reason (domain.md 1.3)."""
        self._require(MAY_ASSIGN, tr("Case officers and supervisors assign staff."))
        self.row(person_id)
        card = self._desk.staff(details.staff)
        if card.role not in CAPACITY_ROLES[details.capacity]:
            raise UserError(tr("{name} cannot work in this capacity.").format(name=card.alias), field="capacity")
        warning = self.dual_capacity_warning(person_id, details)
        if warning is not None and not details.override_reason:
            raise UserError(warning, field="override_reason")
        extra = {"override": "dual_capacity"} if warning is not None else None
        (record,) = self._desk.commit("assign", [_new(store.ASSIGNMENT, person_id, details)], extra=extra)
        return Assignment(id=record.rid, person_id=person_id, details=details)

    def dual_capacity_warning(self, person_id: str, details: AssignmentDetails) -> str | None:
        """The sentence to show before this assignment, or None."""
        same = _logins_of(self._desk, details.staff)
        held = {
            one.details.capacity: True
            for one in self.assignments(person_id)
            if one.details.staff in same and run_together(one.details, details)
        }
        return dual_capacity_warning(held, details.capacity)

    def end_assignment(self, assignment_id: str, *, until: date) -> Assignment:
        """`until` is the first day on which the assignment no longer runs."""
        self._require(MAY_ASSIGN, tr("Case officers and supervisors assign staff."))
        present = store.assignment(self._index, assignment_id)
        if present is None:
            raise UserError(tr("This assignment is not in the register."))
        details = replace(present.details, until=until)
        self._desk.commit("assign", [_new(store.ASSIGNMENT, present.person_id, details, rid=assignment_id)])
        return replace(present, details=details)

    def assignments(self, person_id: str) -> tuple[Assignment, ...]:
        return store.assignments(self._index, person_id)

    # inside

    @property
    def _index(self) -> Index:
        return self._desk.index(TEAM)

    def _legal(self, person_id: str) -> tuple[str, LegalEpisode]:
        found = store.legal_now(self._index, person_id)
        if found is None:
            raise unknown_person()
        return found

    def _writable_legal(self, person_id: str) -> tuple[str, LegalEpisode]:
        self._require(MAY_REGISTER, tr("A case officer records legal stages and releases."))
        return self._legal(person_id)

    def _write_legal(self, person_id: str, episode: LegalEpisode, rid: str | None, deed: str) -> LegalEpisode:
        self._desk.commit(deed, [_new(store.LEGAL, person_id, episode, rid=rid)])
        return episode

    def _require(self, roles: Sequence[Role] | frozenset[Role], sentence: str) -> None:
        if self._desk.role not in roles:
            raise UserError(sentence)


def run_together(one: AssignmentDetails, other: AssignmentDetails) -> bool:
    """Whether there is a day on which both run, whichever began first."""
    later = max(one.since, other.since)
    return one.runs_on(later) and other.runs_on(later)


def _logins_of(desk: Desk, uid: str) -> frozenset[str]:
    """The login, and others of the same name: who is chaplain and facilitator has two (domain.md 1.3)."""
    name = fold(desk.staff(uid).name).casefold()
    return frozenset(card.uid for card in desk.all_staff() if fold(card.name).casefold() == name)


def _new(kind: str, person_id: str, thing: Any, *, rid: str | None = None) -> NewRecord:
    pv = {store.PERSON: PERSON_VERSION, store.PLACEMENT: PLACEMENT_VERSION}.get(kind, PAYLOAD_VERSION)
    return NewRecord(comp=TEAM, kind=kind, pv=pv, person=person_id, payload=to_payload(thing), rid=rid)


def _shown_name(row: PersonRow) -> str:
    return (row.display_alias or row.name).casefold()


def _nearness(row: PersonRow, today: date) -> tuple[int, str, str]:
    """The order of `next_to_see`. A release day that has passed asks for somebody to look first."""
    if row.stage and Stage(row.stage) in legal_model.RELEASED | {Stage.CLOSED, Stage.DECEASED, Stage.TRANSFERRED}:
        return 2, "", row.case_ref
    if row.planned_release is None:
        return 1, "", row.case_ref
    return 0, max(row.planned_release, today).isoformat(), row.case_ref


def _require_free(index: Index, case_ref: str, person_id: str | None = None) -> None:
    """UserError if another person has the case number."""
    if store.ids_of_number(index, case_ref) - {person_id}:
        sentence = tr("The case number {number} is already in the register. Open that person instead.")
        raise UserError(sentence.format(number=case_ref), field="case_ref")
