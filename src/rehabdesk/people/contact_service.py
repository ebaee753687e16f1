"""The people around a person: contacts, and the safety notes on them, which lie in `protected`."""

from dataclasses import replace
from datetime import date, datetime

from rehabdesk.access.model import Role
from rehabdesk.access.service import Desk
from rehabdesk.core.clock import local_day
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.payload import from_payload, to_payload
from rehabdesk.db.projection import PROTECTED, TEAM, Index, NewRecord
from rehabdesk.people import contact_store, store, version_store
from rehabdesk.people.agreed_model import AgreedContact
from rehabdesk.people.known_service import require_here
from rehabdesk.people.model import (
    CONTACT_VERSION,
    PAYLOAD_VERSION,
    Contact,
    ContactDetails,
    ContactKind,
    SafetyNote,
)
from rehabdesk.people.protected_model import KeptWords, band_of
from rehabdesk.people.protected_service import ProtectedNotes

MAY_READ = frozenset({Role.CO, Role.PSY, Role.CSUP, Role.CHA, Role.SUP, Role.AUD})
MAY_WRITE = frozenset({Role.CO, Role.PSY, Role.CSUP})
"""They alone see the year of birth of a child; for everybody else there is its age band (G28)."""
_NO_CIRCLE = frozenset({ContactKind.VICTIM_LIAISON, ContactKind.LAWYER, ContactKind.CONSULATE})


class Contacts:
    """Contacts of one unlocked desk."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._protected = ProtectedNotes(desk)

    @property
    def may_read(self) -> bool:
        return self._desk.role in MAY_READ

    @property
    def may_write(self) -> bool:
        return self._desk.role in MAY_WRITE

    def of_person(self, person_id: str) -> tuple[Contact, ...]:
        """Everybody around the person, as this role may see them."""
        if not self.may_read:
            raise UserError(tr("Your role does not see the contacts of a person."))
        return tuple(self._seen(one) for one in contact_store.contacts(self._index, person_id))

    def add(self, person_id: str, details: ContactDetails, *, safety_note: str = "") -> Contact:
        """Adds somebody around the person. Why contact is unsafe goes to `protected`, never into team records."""
        self._require_writer()
        if store.person(self._index, person_id) is None:
            raise UserError(tr("This person is not in the register."), field="person")
        return self._write(person_id, self._desk.ids(), details, safety_note)

    def change(self, contact_id: str, details: ContactDetails, *, safety_note: str = "") -> Contact:
        """A new version of a contact; safety notes are added to, never replaced."""
        self._require_writer()
        present = contact_store.contact(self._index, contact_id)
        if present is None:
            raise UserError(tr("This contact is not in the register."), field="contact")
        details = replace(details, protected_note=present.details.protected_note)
        return self._write(present.person_id, contact_id, details, safety_note)

    def notes(self, contact: Contact) -> tuple[KeptWords, ...]:
        """The safety notes on a contact that this login may read, oldest first."""
        if not self._desk.holds(PROTECTED):
            return ()
        found = contact_store.safety_notes(self._desk.index(PROTECTED), contact.id)
        return tuple(one for one in found if self._protected.may_read(contact.person_id, one.author))

    def read_note(self, contact: Contact, rid: str) -> str:
        """The words of a safety note; that they were read is logged first."""
        if rid not in {one.rid for one in self.notes(contact)}:
            raise UserError(tr("That record is not there."))
        return from_payload(SafetyNote, self._desk.read(PROTECTED, rid).payload).words

    def agreed(self, person_id: str) -> tuple[AgreedContact, ...]:
        """Who may be contacted and said so, with the day since when: what may stand in a packet (domain.md 10.2).

        No child, nobody with a protected note, no office of a victim, and no lawyer: those are not the person's circle.
        """
        return tuple(
            AgreedContact(contact=contact, since=self._since(contact))
            for contact in self.of_person(person_id)
            if contact.details.may_be_contacted
            and not (contact.details.is_child or contact.details.protected_note)
            and contact.details.kind not in _NO_CIRCLE
        )

    # inside

    def _since(self, contact: Contact) -> date:
        """The day on which the version was written that is the first of those in which contact is allowed."""
        since: datetime | None = None
        for number, _, at in version_store.versions(self._index, contact.id):
            details = from_payload(ContactDetails, self._desk.version(TEAM, contact.id, number).payload)
            if not details.may_be_contacted:
                break
            since = at
        return self._today() if since is None else since.astimezone().date()

    @property
    def _index(self) -> Index:
        return self._desk.index(TEAM)

    def _today(self) -> date:
        return local_day(self._desk.clock)

    def _seen(self, contact: Contact) -> Contact:
        born = contact.details.child_birth_year
        if born is None:
            return contact
        details = contact.details if self.may_write else replace(contact.details, child_birth_year=None)
        return replace(contact, details=details, band=band_of(born, self._today()))

    def _write(self, person_id: str, contact_id: str, details: ContactDetails, safety_note: str) -> Contact:
        require_here(self._desk, person_id)
        _require_no_victim_data(details)
        born = details.child_birth_year
        if born is not None and born > self._today().year:
            raise UserError(tr("The birth lies in the future. Check the year."), field="child_birth_year")
        items = []
        if safety_note:
            details = replace(details, protected_note=True)
            note = to_payload(SafetyNote(contact=contact_id, words=safety_note))
            items.append(
                NewRecord(comp=PROTECTED, kind=store.SAFETY_NOTE, pv=PAYLOAD_VERSION, person=person_id, payload=note)
            )
        item = NewRecord(
            comp=TEAM,
            kind=store.CONTACT,
            pv=CONTACT_VERSION,
            person=person_id,
            payload=to_payload(details),
            rid=contact_id,
        )
        self._desk.commit("contact", [item, *items])
        return self._seen(Contact(id=contact_id, person_id=person_id, details=details))

    def _require_writer(self) -> None:
        if not self.may_write:
            raise UserError(tr("Case officers and psychologists keep the contacts."))


def _require_no_victim_data(details: ContactDetails) -> None:
    """Of the victim's side nothing is held but the office that speaks with it (G29)."""
    if details.kind is ContactKind.VICTIM_LIAISON and (
        details.relation or details.address_landmark or details.is_child or details.guardian or details.offer
    ):
        raise UserError(
            tr("Of a victim liaison only the office and its phone are kept. Nothing about a victim is held here."),
            field="kind",
        )
