"""What the file of a person holds, as a case officer reads it: the entries of the file index, and no word of a record.

Not among them, whether there is any or not: what psychology and chaplaincy keep or wrote down in their work, what
protects another person, drafts, and what was written about the wrong person.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from rehabdesk.access.model import Role
from rehabdesk.access.service import Desk
from rehabdesk.core.clock import parse_stamp
from rehabdesk.core.errors import RehabDeskError, UserError
from rehabdesk.db.projection import TEAM, Record
from rehabdesk.handover import store
from rehabdesk.handover.file_index.file_index_model import EntryKind, FileEntry, in_file_order
from rehabdesk.notes.alerts.alert_model import AtRisk
from rehabdesk.notes.alerts.alert_service import Alerts
from rehabdesk.notes.assessments.assessment_service import Assessments
from rehabdesk.notes.attachments.attachment_service import Attachments
from rehabdesk.notes.forms.form_service import load_forms
from rehabdesk.notes.model import Entry, Part, StrikeReason
from rehabdesk.notes.timeline_service import PAGE, Timeline
from rehabdesk.people.consent_model import ConsentPurpose, ConsentStatus
from rehabdesk.people.identity_service import Identities
from rehabdesk.people.model import Capacity, ContactKind
from rehabdesk.people.placement_service import Placements
from rehabdesk.people.service import People
from rehabdesk.plans.conferences.conference_reading_service import ConferenceReading
from rehabdesk.plans.programmes.intervention_model import Kind
from rehabdesk.plans.programmes.intervention_service import Interventions
from rehabdesk.plans.progress.progress_model import Voice
from rehabdesk.plans.progress.progress_service import ProgressWords
from rehabdesk.plans.reviews.review_service import Reviews
from rehabdesk.plans.service import Plans
from rehabdesk.readiness.service import Releases

_K = EntryKind
_PARTS = {
    Part.NOTE: _K.NOTE,
    Part.SUMMARY: _K.SUMMARY,
    Part.GROUP: _K.GROUP,
    Part.ALERT: _K.ALERT,
    Part.OUTSIDE: _K.OUTSIDE,
}
"""Entries of a timeline that are listed. That there is something clinical or pastoral is said of nobody."""
_CLOSED_WORK = frozenset({Capacity.PSYCHOLOGIST, Capacity.ASSESSMENT_AUTHOR, Capacity.CHAPLAIN})
_CLOSED_PROGRAMMES = frozenset({Kind.PASTORAL, Kind.HEALTH})


@dataclass(frozen=True, slots=True, kw_only=True)
class FileSources:
    """Services of other features that a file is read from."""

    plans: Plans
    progress: ProgressWords
    reviews: Reviews
    conferences: ConferenceReading
    programmes: Interventions
    releases: Releases


class FileEntries:
    """Reads files for one unlocked desk; writes nothing."""

    def __init__(self, desk: Desk, people: People, sources: FileSources) -> None:
        self._desk, self._people, self._from = desk, people, sources
        self._forms = load_forms()
        self._timeline = Timeline(desk, people, self._forms)
        self._attachments = Attachments(desk, people, self._timeline)
        self._alerts, self._assessments = Alerts(desk, people), Assessments(desk, people)
        self._identities, self._placements = Identities(desk, people), Placements(desk, people)

    def of_person(self, person_id: str) -> tuple[FileEntry, ...]:
        """Every entry, the oldest first; titles in the language in use. UserError for who may not read the file."""
        self._people.caseload.require(person_id)
        found = (
            *self._register(person_id),
            *self._around(person_id),
            *self._notes(person_id),
            *self._plan(person_id),
            *self._progress(person_id),
            *self._reviews(person_id),
            *self._meetings(person_id),
            *self._release(person_id),
            *self._packets(person_id),
        )
        return in_file_order(one for one in found if one.role != Role.CHA)

    # the register

    def _register(self, person_id: str) -> Iterator[FileEntry]:
        for version in self._identities.versions(person_id):
            yield self._entry(_K.DETAILS, version.author, version.recorded_at, version=version.number)
        for number, state in enumerate(self._people.legal_history(person_id), start=1):
            yield self._entry(_K.LEGAL, state.recorded_by, state.recorded_at, version=number)
        for rid, placement in self._placements.recorded(person_id):
            yield self._first(_K.PLACEMENT, rid, on=placement.since, struck=placement.taken_back)
        for assignment in self._people.assignments(person_id):
            if assignment.details.capacity not in _CLOSED_WORK:
                yield self._first(_K.ASSIGNMENT, assignment.id, on=assignment.details.since)

    def _around(self, person_id: str) -> Iterator[FileEntry]:
        """Contacts but children, victims' services, and those about whom something is protected; consents."""
        for contact in self._people.contacts(person_id):
            details = contact.details
            closed = (ContactKind.VICTIM_LIAISON, ContactKind.FAITH_LEADER)
            if not (details.is_child or details.protected_note or details.kind in closed):
                yield self._first(_K.CONTACT, contact.id)
        for consent in self._people.consents.of_person(person_id):
            if consent.details.purpose is ConsentPurpose.PASTORAL_CONTRIBUTION:
                continue
            for version in self._people.consents.history(consent.id):
                ended = version.details.status is ConsentStatus.WITHDRAWN
                day = version.details.withdrawn_on if ended else version.details.given_on
                kind = _K.CONSENT_WITHDRAWN if ended else _K.CONSENT
                yield self._entry(kind, version.author, version.recorded_at, on=day)

    # notes

    def _notes(self, person_id: str) -> Iterator[FileEntry]:
        attached = self._attachments.counted(person_id)
        for entry in self._team_entries(person_id):
            if entry.struck and self._is_of_another(entry):
                continue
            if entry.part is Part.ALERT and not self._concerns_the_person_alone(entry):
                continue
            yield FileEntry(
                on=_day(entry.occurred_at),
                kind=_PARTS[entry.part],
                role=self._role(entry.author),
                title=self._title(entry),
                attachments=attached.get((entry.note, entry.author), 0),
                added=entry.additions > 0,
                struck=entry.struck,
            )
        for stored in self._assessments.of_person(person_id):
            yield self._entry(_K.ASSESSMENT, stored.author, stored.recorded_at, on=stored.assessment.on)

    def _team_entries(self, person_id: str) -> Iterator[Entry]:
        before = None
        while True:
            parts = frozenset(_PARTS)
            page = self._timeline.page(person_id, before=before, previews=False, parts=parts)
            yield from (entry for entry in page if entry.comp == TEAM)
            if len(page) < PAGE:
                return
            before = page[-1].cursor

    def _title(self, entry: Entry) -> str:
        """Of the form; of a group without whether the person came, of a summary never that of the note behind it."""
        name = entry.form.partition("#")[0]
        return self._forms.title(name) if name and entry.part in (Part.NOTE, Part.GROUP) else ""

    def _is_of_another(self, entry: Entry) -> bool:
        """Whether it was struck because it is about somebody else."""
        strike = self._timeline.open(TEAM, entry.rid).strike
        return strike is not None and strike.reason is StrikeReason.WRONG_PERSON

    def _concerns_the_person_alone(self, entry: Entry) -> bool:
        """An alert about danger to somebody else protects that one, and says nothing here."""
        return self._alerts.open(entry.rid).alert.at_risk is AtRisk.SELF

    # plan, progress, meetings

    def _plan(self, person_id: str) -> Iterator[FileEntry]:
        for stored in self._from.plans.versions(person_id):
            yield self._first(_K.PLAN, stored.rid, version=stored.plan.version)

    def _progress(self, person_id: str) -> Iterator[FileEntry]:
        for words in self._from.progress.history(person_id).values():
            for stored in words:
                kind = _K.OWN_WORD if stored.progress.voice is Voice.SELF else _K.STAFF_WORD
                added = bool(self._from.progress.remarks(stored.rid))
                yield self._entry(kind, stored.author, parse_stamp(stored.at), added=added)

    def _reviews(self, person_id: str) -> Iterator[FileEntry]:
        reviews = self._from.reviews
        for stored in reviews.history(person_id):
            yield self._entry(_K.REVIEW, stored.author, stored.at, on=stored.review.on)
        for late in reviews.times_put_off(person_id):
            off = late.put_off
            yield self._entry(_K.REVIEW_PUT_OFF, late.author, late.at, on=off.on, struck=off.taken_back)
        for moved in reviews.moves(person_id):
            move = moved.move
            yield self._entry(_K.REVIEW_MOVED, moved.author, moved.at, on=move.on, struck=move.taken_back)

    def _meetings(self, person_id: str) -> Iterator[FileEntry]:
        conferences, programmes = self._from.conferences, self._from.programmes
        for held in conferences.of_person(person_id):
            added = bool(conferences.additions(held.rid))
            yield self._first(_K.CONFERENCE, held.rid, on=_day(held.conference.at), added=added)
        for stored in programmes.of_person(person_id):
            if stored.intervention.kind in _CLOSED_PROGRAMMES:
                continue
            yield self._first(_K.PROGRAMME, stored.rid)
            for session in programmes.sessions(stored.rid):
                facts = session.session
                yield self._first(_K.SESSION, session.rid, on=facts.on, struck=facts.taken_back)

    # release and packets

    def _release(self, person_id: str) -> Iterator[FileEntry]:
        releases = self._from.releases
        readiness = releases.of_person(person_id)
        if readiness is not None:
            yield self._first(_K.CHECKLIST, readiness.rid, on=readiness.checklist.created_on)
        for stored in releases.conditions.of_person(person_id):
            for each in releases.conditions.history(stored.rid):
                yield self._entry(_K.CONDITION, each.by, each.at)

    def _packets(self, person_id: str) -> Iterator[FileEntry]:
        """What a team answered stands among the notes, as received from outside."""
        for row in store.packets_of(self._desk.index(TEAM), person_id):
            yield self._entry(_K.PACKET, row.author, row.issued, title=row.number)

    # inside

    def _first(
        self,
        kind: EntryKind,
        rid: str,
        *,
        on: date | None = None,
        version: int = 0,
        added: bool = False,
        struck: bool = False,
    ) -> FileEntry:
        """The entry of a record by who wrote it first, and when."""
        record = self._oldest(rid)
        return self._entry(kind, record.author, record.recorded_at, on=on, version=version, added=added, struck=struck)

    def _oldest(self, rid: str) -> Record:
        """The first version; the newest for who came later and holds no key of the first."""
        try:
            return self._desk.version(TEAM, rid, 1)
        except UserError:
            return self._desk.read(TEAM, rid)

    def _entry(
        self,
        kind: EntryKind,
        author: str,
        at: datetime,
        *,
        on: date | None = None,
        title: str = "",
        version: int = 0,
        added: bool = False,
        struck: bool = False,
    ) -> FileEntry:
        return FileEntry(
            on=on or _day(at),
            kind=kind,
            role=self._role(author),
            title=title,
            version=version,
            added=added,
            struck=struck,
        )

    def _role(self, uid: str) -> str:
        try:
            return self._desk.staff(uid).role.value
        except RehabDeskError:
            return ""


def _day(moment: datetime) -> date:
    return moment.astimezone().date()
