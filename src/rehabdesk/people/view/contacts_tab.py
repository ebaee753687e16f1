"""The people around a person, the children by age band, and what this person agreed to, in short."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate, isolate_ltr
from rehabdesk.people.consent_model import ConsentStatus
from rehabdesk.people.consent_service import Consents
from rehabdesk.people.contact_service import Contacts
from rehabdesk.people.model import Contact, ContactConsent, ContactDetails
from rehabdesk.people.record_words_model import band_words, kind_words, purpose_words, status_words
from rehabdesk.people.view.contact_form import ContactForm
from rehabdesk.people.view.record_page import ActPage, joined
from rehabdesk.ui.dates import short, stamp
from rehabdesk.ui.kit import STRETCH, Kit
from rehabdesk.ui.page import Route

Part = Callable[[ActPage], QWidget | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """Whose contacts, and what this login is shown of them. `parts`: cards of other levels below the contacts."""

    person: str
    name: str
    contacts: Contacts
    consents: Consents
    staff: Callable[[str], str]
    parts: Sequence[Part] = ()
    read_only: bool = False


class ContactsTab(ActPage):
    """What this role may not see is absent."""

    def __init__(self, kit: Kit, around: Around) -> None:
        super().__init__(kit)
        self._around = around
        self.refresh()

    @property
    def _writes(self) -> bool:
        return self._around.contacts.may_write and not self._around.read_only

    def refresh(self) -> None:
        self.begin()
        kit = self.kit
        left = [self._contacts()]
        right = [card for part in self._around.parts if (card := part(self)) is not None]
        if self._around.consents.may_read:
            right.insert(0, self._consents())
        columns = [(kit.box(kit.column(*left, STRETCH, gap=4)), 5)]
        if right:
            columns.append((kit.box(kit.column(*right, STRETCH, gap=4)), 3))
        self.set_body(columns[0][0], columns[1][0] if right else None)

    # contacts

    def _contacts(self) -> QWidget:
        kit = self.kit
        add = self.act_button(tr("Add a contact"), self._ask_contact, icon="plus") if self._writes else None
        contacts = self._around.contacts.of_person(self._around.person)
        rows: list[QWidget] = [row for contact in contacts for row in (self._contact(contact), kit.rule())][:-1]
        if not rows:
            rows = [kit.empty(tr("Nobody yet. Ask {name} who matters.").format(name=isolate(self._around.name)))]
        return kit.card(tr("Contacts"), *rows, action=add)

    def _contact(self, contact: Contact) -> QWidget:
        kit, details = self.kit, contact.details
        what = details.relation or kind_words(details.kind)
        facts = [isolate(what), isolate_ltr(details.phone) if details.phone else ""]
        if details.address_landmark:
            facts.append(isolate(details.address_landmark))
        if contact.band is not None:
            facts.append(tr("child, {band}").format(band=band_words(contact.band)))
        elif details.is_child:
            facts.append(tr("child"))
        more = []
        if details.guardian:
            more.append(tr("Guardian: {name}").format(name=isolate(details.guardian)))
        if details.offer:
            more.append(tr("Offers: {what}").format(what=isolate(details.offer)))
        if details.receives_summary:
            more.append(tr("Receives the summary of a packet."))
        words = kit.column(
            kit.row((kit.label(isolate(details.name), "h3", wrap=True), 1), self._tag(details)),
            kit.label(joined(facts), "small", tone="muted", wrap=True),
            *(kit.label(each, "small", wrap=True) for each in more),
            self._protected(contact),
            gap=0,
        )
        change = None
        if self._writes:
            change = self.act_button(tr("Change"), lambda: self._ask_contact(contact), kind="quiet", icon="pencil")
            change.setAccessibleName(tr("Change {name}").format(name=details.name))
        icon = kit.picture("phone" if details.phone else "user")
        return kit.box(kit.row(icon, (words, 1), change, gap=3))

    def _tag(self, details: ContactDetails) -> QWidget:
        kit = self.kit
        if details.consent_to_be_contacted is ContactConsent.UNSAFE:
            return kit.tag(tr("Unsafe: do not contact"), "amber", "ban")
        if details.do_not_contact or details.consent_to_be_contacted is ContactConsent.NO:
            return kit.tag(tr("Do not contact"), "amber", "ban")
        if details.consent_to_be_contacted is ContactConsent.YES:
            return kit.tag(tr("May be contacted"), "purple")
        return kit.tag(tr("Not asked"), "grey")

    def _protected(self, contact: Contact) -> QWidget | None:
        """The notes that this login may read, or that there are some."""
        kit = self.kit
        if not contact.details.protected_note:
            return None
        notes = self._around.contacts.notes(contact)
        if not notes:
            words = tr("Why it is unsafe is kept with the safeguarding lead.")
            return kit.box(kit.row(kit.picture("lock", size=14), (kit.label(words, "small", wrap=True), 1), gap=1))
        buttons = []
        for note in notes:
            button = self.act_button(
                tr("Read why"),
                lambda rid=note.rid: self._read(contact, rid),  # type: ignore[misc]  # bound now
                kind="link",
            )
            when = stamp(note.recorded_at)
            button.setAccessibleName(tr("Read why, {name}, {when}").format(name=contact.details.name, when=when))
            buttons.append(button)
        return kit.flow(*buttons)

    def _read(self, contact: Contact, rid: str) -> None:
        kit = self.kit
        words = self._around.contacts.read_note(contact, rid)
        self.begin()
        back = self.act_button(tr("Close"), self.show_again)
        level = tr("Protected: its author and the safeguarding lead. This reading is logged.")
        title = tr("Safety note: {name}").format(name=isolate(contact.details.name))
        card = kit.card(title, kit.label(level, "small", tone="muted"), kit.label(words, wrap=True), action=back)
        self.set_body(kit.box(kit.column(card, STRETCH)))
        back.setFocus()

    def _ask_contact(self, contact: Contact | None = None) -> None:
        form = ContactForm(self.kit, None if contact is None else contact.details)
        title = tr("New contact") if contact is None else tr("Change {name}").format(name=contact.details.name)

        def keep() -> None:
            details, note = form.details(), form.safety_note()
            if contact is None:
                self._around.contacts.add(self._around.person, details, safety_note=note)
                self.done(self._kept(tr("Contact added."), note))
                return
            before = contact.details
            self._around.contacts.change(contact.id, details, safety_note=note)
            back = None if note else (lambda: self._put_back(contact.id, before))
            self.done(self._kept(tr("Contact changed."), note), back)

        self.ask_in_form(title, form.fields, tr("Save"), keep, first=form.name)

    def _put_back(self, contact_id: str, before: ContactDetails) -> None:
        self._around.contacts.change(contact_id, before)

    def _kept(self, sentence: str, note: str) -> str:
        return (
            tr("{done} The safety note is kept with the safeguarding lead.").format(done=sentence) if note else sentence
        )

    # consents

    def _consents(self) -> QWidget:
        kit = self.kit
        open_page = self.act_button(
            tr("Open consents"),
            lambda: self.go.emit(Route(name="consents", person=self._around.person)),
            kind="quiet",
        )
        rows: list[QWidget] = []
        for consent in self._around.consents.of_person(self._around.person):
            details = consent.details
            until = ""
            if details.review_due is not None and details.status is ConsentStatus.GIVEN:
                until = tr("until {day}").format(day=short(details.review_due))
            facts = joined([purpose_words(details.purpose), until])
            words = kit.column(
                kit.label(isolate(details.recipient or details.scope), "strong", wrap=True),
                kit.label(facts, "small", tone="muted", wrap=True),
                gap=0,
            )
            rows += [kit.box(kit.row((words, 1), kit.tag(*status_words(details.status)))), kit.rule()]
        if not rows:
            rows = [kit.empty(tr("Not asked about anything yet.")), kit.rule()]
        return kit.card(tr("Consents"), *rows[:-1], action=open_page)
