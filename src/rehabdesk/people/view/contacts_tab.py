"""The people around a person, and what this person agreed to: contacts and consents."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.people.consent_model import Consent, ConsentDetails, ConsentMethod, ConsentPurpose, ConsentStatus
from rehabdesk.people.model import Contact, ContactConsent, ContactDetails, ContactKind
from rehabdesk.people.service import People
from rehabdesk.ui.dates import short
from rehabdesk.ui.field import Field
from rehabdesk.ui.kit import STRETCH, Kit
from rehabdesk.ui.page import Page
from rehabdesk.ui.plain_kit import Card

ASKED = (ConsentPurpose.SHARE_WITH_NAMED_ORG, ConsentPurpose.PASTORAL_CONTRIBUTION, ConsentPurpose.FAMILY_CONTACT)
"""What is asked here; other purposes come with their own pages."""
CONTACT, CONSENT = "contact", "consent"


class ContactsTab(Page):
    """`may_write`: this role keeps the register."""

    def __init__(self, kit: Kit, people: People, person_id: str, *, person_name: str, may_write: bool) -> None:
        super().__init__(kit)
        self._people, self._person, self._name, self._may_write = people, person_id, person_name, may_write
        self._first: QWidget | None = None
        self._save: Callable[[], None] | None = None
        self.refresh()

    def first_focus(self) -> QWidget | None:
        return self._first

    def main_act(self) -> None:
        if self._save is not None:
            self._save()

    def refresh(self) -> None:
        kit = self.kit
        self._save = None
        self.set_body(
            kit.box(kit.column(self._contacts(), STRETCH, gap=4)), kit.box(kit.column(self._consents(), STRETCH, gap=4))
        )

    # contacts

    def _contacts(self) -> Card:
        kit = self.kit
        add = None
        if self._may_write:
            add = kit.button(tr("Add a contact"), icon="plus")
            add.clicked.connect(self._ask_contact)
            self._first = add
        contacts = self._people.contacts(self._person)
        rows: list[QWidget] = [row for contact in contacts for row in (self._contact(contact), kit.rule())][:-1]
        if not rows:
            rows = [kit.empty(tr("Nobody yet. Ask {name} who matters.").format(name=self._name))]
        return kit.card(tr("Contacts"), *rows, action=add)

    def _contact(self, contact: Contact) -> QWidget:
        kit, details = self.kit, contact.details
        facts = " · ".join(each for each in (details.relation, details.phone, details.address_landmark) if each)
        tag = None
        if details.do_not_contact or details.consent_to_be_contacted is ContactConsent.UNSAFE:
            tag = kit.tag(tr("Do not contact"), "amber", "ban")
        elif details.consent_to_be_contacted is ContactConsent.YES:
            tag = kit.tag(tr("May be contacted"), "purple")
        else:
            tag = kit.tag(tr("Not asked"), "grey")
        words = kit.column(
            kit.label(details.name, "h3"), kit.label(facts, "small", tone="muted", wrap=True) if facts else None, gap=0
        )
        return kit.box(kit.row(kit.picture("phone" if details.phone else "user"), (kit.box(words), 1), tag, gap=3))

    def _ask_contact(self) -> None:
        kit = self.kit
        name, relation, phone = kit.line(limit=120), kit.line(limit=80), kit.line(limit=40)
        kind = kit.combo([(each.value, _kind_words(each)) for each in ContactKind])
        may = kit.choice([("yes", tr("Yes")), ("no", tr("No")), ("not_asked", tr("Not asked"))], chosen="not_asked")
        fields = {
            "name": kit.field(tr("&Name"), name, required=True),
            "kind": kit.field(tr("&Kind"), kind),
            "relation": kit.field(tr("&Relation"), relation),
            "phone": kit.field(tr("&Phone"), phone),
        }

        def keep() -> None:
            details = ContactDetails(
                kind=ContactKind(kind.code() or "family"),
                name=name.text().strip(),
                relation=relation.text().strip(),
                phone=phone.text().strip(),
                consent_to_be_contacted=ContactConsent(may.code() or "not_asked"),
            )
            self._people.add_contact(self._person, details)
            self.said.emit(tr("Contact added."))

        fields["consent_to_be_contacted"] = kit.field(tr("May staff contact this person?"), may)
        self._ask(CONTACT, tr("New contact"), fields, keep, first=name)

    # consents

    def _consents(self) -> Card:
        kit = self.kit
        ask = None
        if self._may_write:
            ask = kit.button(tr("Record an answer"), kind="quiet", icon="plus")
            ask.clicked.connect(self._ask_consent)
        rows: list[QWidget] = []
        for consent in self._people.consents.of_person(self._person):
            rows += [self._consent(consent), kit.rule()]
        if not rows:
            rows = [kit.empty(tr("Not asked about anything yet.")), kit.rule()]
        return kit.card(tr("Consents"), *rows[:-1], action=ask)

    def _consent(self, consent: Consent) -> QWidget:
        kit, details = self.kit, consent.details
        words = kit.column(
            kit.label(details.recipient or _purpose_words(details.purpose), "strong", wrap=True),
            kit.label(details.scope, "small", tone="muted", wrap=True),
            kit.label(short(details.given_on), "small", tone="hint") if details.given_on else None,
            gap=0,
        )
        withdraw = None
        if self._may_write and details.status is ConsentStatus.GIVEN:
            withdraw = kit.button(tr("Withdraw"), kind="quiet")
            withdraw.setAccessibleName(tr("Withdraw: {what}").format(what=details.recipient or details.scope))
            withdraw.clicked.connect(lambda: self._withdraw(consent))
        return kit.box(
            kit.column(kit.row((kit.box(words), 1), kit.tag(*_status_words(details.status))), withdraw, gap=1)
        )

    def _withdraw(self, consent: Consent) -> None:
        self._people.consents.withdraw(consent.id, on=self.kit.today())
        self.said.emit(tr("Withdrawn. Nothing new goes out under it."))
        self.refresh()

    def _ask_consent(self) -> None:
        kit = self.kit
        purpose = kit.combo([(each.value, _purpose_words(each)) for each in ASKED])
        status = kit.choice([("given", tr("Given")), ("refused", tr("Refused"))])
        recipient, scope, spoken = kit.line(limit=300), kit.line(limit=600), kit.line()
        method = kit.choice(
            [
                ("signature", tr("Signature")),
                ("thumbprint", tr("Thumbprint")),
                ("verbal_witnessed", tr("Words before a witness")),
            ]
        )
        fields = {
            "purpose": kit.field(tr("&About"), purpose),
            "recipient": kit.field(tr("&Organisation"), recipient),
            "scope": kit.field(tr("&What it covers"), scope, required=True),
            "explained_in": kit.field(
                tr("&Explained in"), spoken, hint=tr("Language code, for example fr"), required=True
            ),
            "status": kit.field(tr("His or her answer"), status, required=True),
            "method": kit.field(tr("How it was given"), method, required=True),
        }

        def keep() -> None:
            if status.code() is None:
                raise UserError(tr("Choose the answer: given or refused."), field="status")
            details = ConsentDetails(
                purpose=ConsentPurpose(purpose.code() or ASKED[0].value),
                status=ConsentStatus(status.code() or "given"),
                scope=scope.text().strip(),
                recipient=recipient.text().strip(),
                explained_in=spoken.text().strip(),
                method=None if (chosen := method.code()) is None else ConsentMethod(chosen),
                given_on=self.kit.today(),
            )
            self._people.consents.record(self._person, details)
            self.said.emit(tr("Answer recorded. A refusal has no consequence anywhere."))

        self._ask(CONSENT, tr("What was answered"), fields, keep, first=purpose)

    # forms

    def reopen(self, form: str) -> None:
        if not self._may_write:
            return
        if form == CONTACT:
            self._ask_contact()
        elif form == CONSENT:
            self._ask_consent()

    def _ask(
        self, form: str, title: str, fields: dict[str, Field], keep: Callable[[], None], *, first: QWidget
    ) -> None:
        for name, field in fields.items():
            field.setObjectName(name)
        self._save = self.show_form(title, list(fields.values()), tr("Save"), keep, first=first, name=form)


def _kind_words(kind: ContactKind) -> str:
    return {
        ContactKind.FAMILY: tr("Family"),
        ContactKind.FRIEND: tr("Friend"),
        ContactKind.LAWYER: tr("Lawyer"),
        ContactKind.CONSULATE: tr("Consulate"),
        ContactKind.EMPLOYER: tr("Employer"),
        ContactKind.MENTOR: tr("Mentor"),
        ContactKind.COMMUNITY_WORKER: tr("Community worker"),
        ContactKind.FAITH_LEADER: tr("Faith leader"),
        ContactKind.VICTIM_LIAISON: tr("Victim liaison"),
    }[kind]


def _purpose_words(purpose: ConsentPurpose) -> str:
    return {
        ConsentPurpose.PROGRAMME: tr("Programme"),
        ConsentPurpose.SHARE_WITH_NAMED_ORG: tr("Sharing with an organisation"),
        ConsentPurpose.FAMILY_CONTACT: tr("Contact with the family"),
        ConsentPurpose.PASTORAL_CONTRIBUTION: tr("Pastoral contribution"),
        ConsentPurpose.EVALUATION: tr("Evaluation"),
        ConsentPurpose.PHOTO: tr("Photograph"),
        ConsentPurpose.INTERPRETER: tr("Interpreter"),
        ConsentPurpose.AUDIO_NONE: tr("No sound recording"),
    }[purpose]


def _status_words(status: ConsentStatus) -> tuple[str, str]:
    return {
        ConsentStatus.GIVEN: (tr("Given"), "purple"),
        ConsentStatus.REFUSED: (tr("Refused"), "purple"),
        ConsentStatus.WITHDRAWN: (tr("Withdrawn"), "purple"),
        ConsentStatus.NOT_ASKED: (tr("Not asked"), "grey"),
        ConsentStatus.NOT_REQUIRED_BY_LAW: (tr("Not required by law"), "grey"),
    }[status]
