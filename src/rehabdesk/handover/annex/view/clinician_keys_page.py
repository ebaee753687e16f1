"""Keys of clinicians: a psychologist's own to hand out, and those elsewhere after the ceremony (packet.md 7.3)."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate, isolate_ltr
from rehabdesk.handover.annex.clinician_key_service import ClinicianKeys
from rehabdesk.handover.annex.clinician_model import Clinician, NewClinician, groups_of_key
from rehabdesk.handover.trust.trust_model import Channel
from rehabdesk.ui.dates import short
from rehabdesk.ui.kit import STRETCH, Kit
from rehabdesk.ui.page import Page, Route
from rehabdesk.ui.paper_page import PaperTools
from rehabdesk.ui.printing import Sheets

FORM = "clinician"


class ClinicianKeysPage(Page):
    """`tools`: how the card of the own key is printed or saved. `staff`: the name of a login. `back`: where to."""

    def __init__(
        self, kit: Kit, keys: ClinicianKeys, tools: PaperTools, *, staff: Callable[[str], str], back: Route
    ) -> None:
        super().__init__(kit)
        self._keys, self._tools, self._staff, self._back = keys, tools, staff, back
        self._add = kit.button(tr("Add a clinician"), kind="primary", icon="plus")
        self.refresh()

    def first_focus(self) -> QWidget | None:
        return self._add

    def main_act(self) -> None:
        self._ask()

    def refresh(self) -> None:
        kit = self.kit
        self._add = kit.button(tr("Add a clinician"), kind="primary", icon="plus")
        self._add.setObjectName("add-clinician")
        self._add.clicked.connect(self._ask)
        self.set_head(kit.row(kit.label(tr("Keys for clinical annexes"), "h1"), STRETCH))
        known = [self._line(one) for one in self._keys.known()]
        nothing = kit.label(tr("No clinician yet. An annex can be sealed to nobody."), tone="muted", wrap=True)
        others = kit.card(tr("Clinicians elsewhere"), *(known or [nothing]), gap=3)
        self.set_body(kit.box(kit.column(self._own(), others, STRETCH, gap=4)))
        back = kit.button(tr("Back"), icon="arrow-left")
        back.clicked.connect(lambda: self.go.emit(self._back))
        self.set_foot(kit.row(back, STRETCH, self._add))

    def _own(self) -> QWidget:
        kit, key = self.kit, self._keys.recipient()
        said = tr("An annex that is sealed to this key is opened by you alone. The key opens nothing by itself.")
        groups = kit.label(isolate_ltr(" ".join(groups_of_key(key))), "strong", wrap=True, selectable=True)
        groups.setAccessibleName(key)
        card = kit.button(tr("Print or save the card"), icon="printer")
        card.clicked.connect(self._card)
        return kit.card(
            tr("Your key"),
            kit.label(said, wrap=True),
            groups,
            kit.label(tr("24 digits, to be read aloud:"), "small", tone="muted"),
            kit.label(isolate_ltr(self._keys.digits()), "h2", selectable=True),
            kit.start(card),
            gap=2,
        )

    def _line(self, one: Clinician) -> QWidget:
        kit, said = self.kit, ""
        facts = " · ".join((isolate(one.org), isolate_ltr(one.phone), isolate_ltr(one.digits)))
        if (how := one.confirmation) is not None:
            words = {
                Channel.CALL_BACK: tr("Compared by {name} on {day}, on a known number."),
                Channel.FACE_TO_FACE: tr("Compared by {name} on {day}, face to face."),
            }[how.channel]
            said = words.format(name=isolate(self._staff(how.by)), day=isolate(short(how.on)))
        return kit.box(
            kit.column(
                kit.label(isolate(one.name), "h3", wrap=True),
                kit.label(facts, wrap=True, selectable=True),
                kit.label(said, "small", tone="muted", wrap=True),
                gap=0,
            )
        )

    def _card(self) -> None:
        self._tools.hand_out(
            self, Sheets(pdf=self._keys.card(), name="RD-clinician-key.pdf", left=self._keys.card_leaves)
        )

    def _ask(self) -> None:
        form = ClinicianForm(self.kit)

        def add() -> None:
            one = self._keys.take(form.typed(), self.kit.today())
            self.said.emit(tr("The key of {name} is confirmed.").format(name=isolate(one.name)))

        self.show_form(tr("Add a clinician"), form.parts(), tr("Confirm the key"), add, first=form.first, name=FORM)

    def reopen(self, form: str) -> None:
        if form == FORM:
            self._ask()


class ClinicianForm:
    """The fields of one clinician; what is done with them is the page's matter."""

    def __init__(self, kit: Kit) -> None:
        self._kit = kit
        self._name, self._org, self._phone = kit.line(limit=120), kit.line(limit=120), kit.line(limit=32)
        self._key, self._digits, self._their = kit.line(limit=80), kit.line(limit=40), kit.line(limit=120)
        self._aloud = kit.check(tr("We read the whole key to each other, in groups of four"))
        self._channel = kit.choice(
            [
                (Channel.CALL_BACK.value, tr("On a number that we already knew")),
                (Channel.FACE_TO_FACE.value, tr("Face to face")),
            ],
            chosen=Channel.CALL_BACK.value,
        )
        self.first: QWidget = self._name

    def parts(self) -> list[QWidget]:
        """What stands in the form, from top to bottom."""
        kit = self._kit
        sentence = tr("Call a number that you already know. Compare the 24 digits, or the whole key. Never by e-mail.")
        captions: list[tuple[str, str, QWidget, str, bool]] = [
            ("name", tr("Name of the clinician"), self._name, "", True),
            ("org", tr("Where they work"), self._org, "", True),
            ("phone", tr("Phone"), self._phone, "", True),
            ("key", tr("Their key"), self._key, tr("It begins with age1"), True),
            ("digits", tr("The 24 digits, as they read them aloud"), self._digits, "", False),
            ("read_aloud", tr("Without digits"), self._aloud, "", False),
            ("their_name", tr("Who read them"), self._their, "", True),
            ("channel", tr("How"), self._channel, "", True),
        ]
        fields: list[QWidget] = [kit.label(sentence, wrap=True)]
        for name, caption, control, hint, required in captions:
            field = kit.field(caption, control, hint=hint, required=required)
            field.setObjectName(name)
            fields.append(field)
        return fields

    def typed(self) -> NewClinician:
        """What is typed."""
        return NewClinician(
            name=self._name.text(),
            org=self._org.text(),
            phone=self._phone.text(),
            key="".join(self._key.text().split()),
            digits=self._digits.text(),
            read_aloud=self._aloud.isChecked(),
            their_name=self._their.text(),
            channel=Channel(self._channel.code() or Channel.CALL_BACK.value),
        )
