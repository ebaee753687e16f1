"""The form of a contact. Why contact is unsafe has a field of its own, which goes to the safeguarding lead."""

from PySide6.QtWidgets import QWidget

from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.people.model import ContactConsent, ContactDetails, ContactKind
from rehabdesk.people.record_words_model import contact_consent_words, kind_words
from rehabdesk.people.view.record_page import shown_if
from rehabdesk.ui.field import Field
from rehabdesk.ui.kit import Kit

OF_A_VICTIMS_SIDE = ("relation", "address_landmark", "offer", "child", "guardian")


class ContactForm:
    """`start`: the contact that is changed; None for a new one."""

    def __init__(self, kit: Kit, start: ContactDetails | None = None) -> None:
        self._kit, self._start = kit, start
        held = start or ContactDetails(kind=ContactKind.FAMILY, name=tr("Name"))
        self.name = kit.line(start.name if start else "", limit=120)
        self._relation, self._phone = kit.line(held.relation, limit=80), kit.line(held.phone, limit=40)
        self._kind = kit.combo([(each.value, kind_words(each)) for each in ContactKind], chosen=held.kind.value)
        self._address = kit.line(held.address_landmark, limit=300)
        self._offer = kit.line(held.offer, limit=300)
        self._may = kit.choice(
            [(each.value, contact_consent_words(each)) for each in ContactConsent],
            chosen=held.consent_to_be_contacted.value,
        )
        self._never = kit.check(tr("Do not contact, whatever else stands here"), held.do_not_contact)
        self._summary = kit.check(tr("Receives the summary of a packet"), held.receives_summary)
        self._child = kit.check(tr("A child under 18"), held.is_child)
        born = str(held.child_birth_year) if held.child_birth_year is not None else ""
        self._born, self._guardian = kit.line(born, limit=4), kit.line(held.guardian, limit=120)
        self.safety = kit.text_area(limit=1_000, lines=3)
        self._hint = kit.label(
            tr("Of a victim's side only the office and its phone are kept here, never anything about a victim."),
            "small",
            tone="warn",
            wrap=True,
        )
        self.fields: dict[str, QWidget] = {}
        self._named: dict[str, Field] = {}
        self._lay_out()
        self._kind.changed.connect(lambda _code: self._fit())
        self._may.changed.connect(lambda _code: self._fit())
        for box in (self._child, self._never):
            box.toggled.connect(lambda _on: self._fit())
        self._fit()

    def details(self) -> ContactDetails:
        """What was typed; what a victim liaison has no field for is left out. UserError, naming the field."""
        kind, child = ContactKind(self._kind.code() or "family"), self._child.isChecked()
        if victim := kind is ContactKind.VICTIM_LIAISON:
            child = False
        return ContactDetails(
            kind=kind,
            name=self.name.text().strip(),
            relation="" if victim else self._relation.text().strip(),
            phone=self._phone.text().strip(),
            address_landmark="" if victim else self._address.text().strip(),
            consent_to_be_contacted=ContactConsent(self._may.code() or "not_asked"),
            is_child=child,
            child_birth_year=_year(self._born.text()) if child else None,
            guardian=self._guardian.text().strip() if child else "",
            receives_summary=self._summary.isChecked(),
            do_not_contact=self._never.isChecked(),
            offer="" if victim else self._offer.text().strip(),
            protected_note=self._start.protected_note if self._start else False,
        )

    def safety_note(self) -> str:
        """Words for the safeguarding lead; empty where there are none."""
        return self.safety.words().strip()

    # inside

    def _lay_out(self) -> None:
        kit, field = self._kit, self._field
        self.fields = {
            "who": kit.box(
                kit.row(
                    (field("name", tr("&Name"), self.name, required=True), 2),
                    (field("kind", tr("&Kind"), self._kind), 1),
                    gap=3,
                )
            ),
            "hint": self._hint,
            "reach": kit.box(
                kit.row(
                    (field("relation", tr("&Relation"), self._relation), 1),
                    (field("phone", tr("&Phone"), self._phone), 1),
                    gap=3,
                )
            ),
            "address_landmark": field(
                "address_landmark",
                tr("Address or landmark"),
                self._address,
                hint=tr("As people there would say it: behind the mosque, by the blue pump"),
            ),
            "offer": field("offer", tr("Support offered for after the release"), self._offer),
            "child": kit.box(
                kit.row(
                    self._child,
                    (field("child_birth_year", tr("Year of birth"), self._born), 1),
                    (field("guardian", tr("Guardian or authority"), self._guardian), 2),
                    gap=3,
                )
            ),
            "consent": field("consent", tr("May staff contact this person?"), self._may),
            "receives_summary": field("receives_summary", tr("Contact and summaries"), self._summaries()),
            "safety": field(
                "safety_note",
                tr("Why is contact unsafe?"),
                self.safety,
                hint=tr("Goes to the safeguarding lead under another key. Nothing of it stands in the team's records."),
            ),
        }
        for name, each in self._named.items():
            each.setObjectName(name)

    def _summaries(self) -> QWidget:
        box = self._kit.box(self._kit.column(self._never, self._summary, gap=1))
        box.setFocusProxy(self._never)
        return box

    def _fit(self) -> None:
        """Only what this kind of contact has. What was typed stays behind what is hidden."""
        victim = self._kind.code() == ContactKind.VICTIM_LIAISON.value
        shown_if(self._hint, victim)
        for name in OF_A_VICTIMS_SIDE:
            shown_if(self._named.get(name) or self.fields[name], not victim)
        for name in ("child_birth_year", "guardian"):
            shown_if(self._named[name], self._child.isChecked() and not victim)
        unsafe = self._may.code() == ContactConsent.UNSAFE.value or self._never.isChecked()
        shown_if(self.fields["safety"], unsafe or bool(self.safety.words()))

    def _field(self, name: str, caption: str, control: QWidget, *, hint: str = "", required: bool = False) -> Field:
        self._named[name] = self._kit.field(caption, control, hint=hint, required=required)
        return self._named[name]


def _year(text: str) -> int | None:
    words = text.strip()
    if not words:
        return None
    if not (words.isdecimal() and len(words) == 4):
        raise UserError(tr("The year is four digits, for example 2015."), field="child_birth_year")
    return int(words)
