"""The records by which somebody comes into the register from a packet. They are committed with what was accepted."""

from dataclasses import replace

from rehabdesk.access.service import Desk
from rehabdesk.core.clock import local_day
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.payload import to_payload
from rehabdesk.db.projection import TEAM, Index, NewRecord
from rehabdesk.people import legal_model, store
from rehabdesk.people.arrival_model import Arrival, Told, taken_in
from rehabdesk.people.identity_model import differences
from rehabdesk.people.identity_service import Identities
from rehabdesk.people.known_service import unknown_person
from rehabdesk.people.legal_model import LegalDates, LegalEpisode
from rehabdesk.people.model import (
    CONTACT_VERSION,
    PAYLOAD_VERSION,
    PERSON_VERSION,
    PLACEMENT_VERSION,
    AssignmentDetails,
    Capacity,
    ContactDetails,
    PersonDetails,
    PersonRow,
    Placement,
)
from rehabdesk.people.service import MAY_REGISTER, People


class Arrivals:
    """Arrivals at one unlocked desk. Nothing here is written by itself: each method gives records."""

    def __init__(self, desk: Desk, people: People) -> None:
        self._desk, self._people = desk, people
        self._identities = Identities(desk, people)

    def alike(self, told: Told) -> tuple[PersonRow, ...]:
        """Who of the register may be this person, by any of the names; nobody is chosen by the program."""
        found = {
            row.id: row
            for name in told.names
            for row in self._identities.similar(name, (told.birth_date, told.birth_precision))
        }
        return tuple(sorted(found.values(), key=lambda row: row.case_ref))

    def comes_new(self, person_id: str, details: PersonDetails, arrival: Arrival) -> list[NewRecord]:
        """A new person with stage, places and this login as lead. UserError if the case number is taken."""
        self._require()
        arrival.require_past(local_day(self._desk.clock))
        self._desk.require_current(TEAM)
        if store.ids_of_number(self._index, details.case_ref):
            sentence = tr("The case number {number} is already in the register. Choose that person instead.")
            raise UserError(sentence.format(number=details.case_ref), field="case_ref")
        legal = LegalEpisode(
            stage=arrival.stage,
            since=arrival.on,
            source=arrival.source,
            country=self._desk.settings().country,
            dates=LegalDates(planned_release=arrival.planned_release),
            release_route=arrival.release_route,
        )
        lead = AssignmentDetails(staff=self._desk.uid, capacity=Capacity.LEAD_CASE_OFFICER, since=arrival.on)
        return [
            _record(store.PERSON, PERSON_VERSION, person_id, details),
            _record(store.LEGAL, PAYLOAD_VERSION, person_id, legal),
            *self._places(person_id, arrival),
            _record(store.ASSIGNMENT, PAYLOAD_VERSION, person_id, lead),
        ]

    def comes_back(self, person_id: str, arrival: Arrival) -> list[NewRecord]:
        """Somebody whom another prison held is here again. UserError where the stage cannot follow."""
        self._require()
        arrival.require_past(local_day(self._desk.clock))
        found = store.legal_now(self._index, person_id)
        if found is None:
            raise unknown_person()
        rid, episode = found
        changed = legal_model.change_stage(episode, arrival.stage, on=arrival.on, source=arrival.source)
        if arrival.planned_release is not None:
            dates = replace(changed.dates, planned_release=arrival.planned_release)
            changed = replace(changed, dates=dates, release_route=arrival.release_route or changed.release_route)
        return [_record(store.LEGAL, PAYLOAD_VERSION, person_id, changed, rid), *self._places(person_id, arrival)]

    def told(self, person_id: str, told: Told) -> list[NewRecord]:
        """A new version of the identity with what was told; none where all of it is known already."""
        self._require()
        present = self._people.person(person_id).details
        details = taken_in(present, told)
        rid = store.person_rid(self._index, person_id)
        if not differences(present, details) and present == details:
            return []
        return [_record(store.PERSON, PERSON_VERSION, person_id, details, rid)]

    def contact(self, person_id: str, details: ContactDetails, rid: str) -> NewRecord:
        """Somebody around the person who agreed to be named."""
        self._require()
        return _record(store.CONTACT, CONTACT_VERSION, person_id, details, rid)

    # inside

    @property
    def _index(self) -> Index:
        return self._desk.index(TEAM)

    def _places(self, person_id: str, arrival: Arrival) -> list[NewRecord]:
        """The other place until the day of arrival, this one from then on: a review is due in 14 days by it (A1)."""
        ended = [
            _record(store.PLACEMENT, PLACEMENT_VERSION, person_id, replace(present, until=arrival.on), rid)
            for rid, present in store.placements(self._index, person_id)
            if present.until is None and present.since <= arrival.on
        ]
        there = Placement(establishment=arrival.came_from, since=min(arrival.seen_there, arrival.on), until=arrival.on)
        here = Placement(establishment=self._desk.settings().name, since=arrival.on, unit=arrival.unit)
        both = [_record(store.PLACEMENT, PLACEMENT_VERSION, person_id, each) for each in (there, here)]
        return [*ended, *both]

    def _require(self) -> None:
        if self._desk.role not in MAY_REGISTER:
            raise UserError(tr("A case officer takes people in."))


def _record(kind: str, pv: int, person_id: str, thing: object, rid: str | None = None) -> NewRecord:
    return NewRecord(comp=TEAM, kind=kind, pv=pv, person=person_id, payload=to_payload(thing), rid=rid)
