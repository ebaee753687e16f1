"""Step 1 of a packet: who gets it, why, until when, who may countersign, and what the person was told."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from rehabdesk.core.i18n import tr
from rehabdesk.handover.packet_model import LegalBasis, NotInformedBecause, PersonCopy
from rehabdesk.handover.profile_model import ProfileCode
from rehabdesk.handover.state_words_model import basis_words, copy_words, not_told_words
from rehabdesk.handover.trust_model import Team
from rehabdesk.handover.typed_model import VALID_FOR, TypedPacket
from rehabdesk.ui.field import Field
from rehabdesk.ui.kit import STRETCH, Kit


class RecipientStep(QWidget):
    """`supervisors`: who may countersign, as (uid, name)."""

    changed = Signal()
    team_wanted = Signal()

    def __init__(
        self, kit: Kit, typed: TypedPacket, teams: Sequence[Team], supervisors: Sequence[tuple[str, str]], name: str
    ) -> None:
        super().__init__()
        options = [(team.id, f"{team.name} · {team.org}") for team in teams]
        self._team = kit.combo(options, chosen=typed.team or None, empty=tr("Choose a team"))
        self._recipient, self._role = kit.line(typed.recipient), kit.line(typed.recipient_role)
        self._purpose = kit.line(typed.purpose)
        self._basis = kit.combo(
            [(each.value, basis_words(each)) for each in LegalBasis], chosen=typed.basis or None, empty=tr("Choose")
        )
        self._cite = kit.line(typed.cite)
        self._expires = kit.date_field(typed.expires or kit.today() + VALID_FOR)
        self._counter = kit.several(supervisors, chosen=typed.countersigners)
        self._told = kit.choice([("yes", tr("Yes, told")), ("no", tr("No, because…"))], chosen=typed.told or None)
        self._why_not = kit.combo(
            [(each.value, not_told_words(each)) for each in NotInformedBecause],
            chosen=typed.not_told_because or None,
            empty=tr("Choose a reason"),
        )
        self._copy = kit.choice([(each.value, copy_words(each)) for each in PersonCopy], chosen=typed.copy or None)
        when = [("yes", tr("Send now with one signature")), ("no", tr("Wait for the second"))]
        self._one = kit.choice(when, chosen=typed.one_signature or None)
        self.fields: dict[str, Field] = {
            "team": kit.field(tr("&Team"), self._team, required=True),
            "recipient": kit.field(tr("&Name there"), self._recipient, required=True),
            "recipient_role": kit.field(tr("R&ole there"), self._role, required=True),
            "purpose": kit.field(tr("What it is &for"), self._purpose, required=True),
            "basis": kit.field(tr("On which &basis"), self._basis, required=True),
            "cite": kit.field(tr("Law or order, if there is one"), self._cite),
            "expires": kit.field(tr("&Expires"), self._expires, required=True),
            "countersigners": kit.field(tr("Who may countersign"), self._counter, required=True),
            "told": kit.field(tr("Was {name} told about this packet?").format(name=name), self._told, required=True),
            "not_told_because": kit.field(tr("Why not"), self._why_not, required=True),
            "copy": kit.field(tr("Copy for {name}").format(name=name), self._copy, required=True),
        }
        if typed.profile == ProfileCode.EXPRESS:
            hint = tr("Sent now, every page says so, and a supervisor signs within 72 hours; then it is sent again.")
            self.fields["one_signature"] = kit.field(tr("When it &goes"), self._one, hint=hint, required=True)
        kit.fill(QVBoxLayout(self), (*self._cards(kit, typed), STRETCH), gap=4)
        if not supervisors:
            self.fields["countersigners"].complain(tr("No supervisor has a certificate yet."))
        self._show_reason()
        self._connect()

    def _cards(self, kit: Kit, typed: TypedPacket) -> list[QWidget]:
        field = self.fields
        add = kit.button(tr("Add a team"), kind="quiet", icon="plus")
        add.clicked.connect(self.team_wanted)
        team = kit.row((field["team"], 1), add, gap=3)
        team.setAlignment(add, Qt.AlignmentFlag.AlignBottom)
        who = kit.card(
            tr("Who gets it"),
            team,
            kit.row((field["recipient"], 1), (field["recipient_role"], 1), gap=3),
            kit.row((field["purpose"], 3), (field["basis"], 2), gap=3),
            kit.row((field["cite"], 3), (field["expires"], 2), gap=3),
            field["countersigners"],
            field.get("one_signature"),
        )
        person = kit.card(tr("The person"), field["told"], field["not_told_because"], field["copy"])
        if typed.profile != ProfileCode.EXPRESS:
            return [who, person]
        said = tr(
            "Express packet, for a release at short notice. The person's own words and the whole plan follow in a "
            "full packet."
        )
        return [kit.card("", kit.label(said, wrap=True), kind="flat"), who, person]

    def take_into(self, typed: TypedPacket) -> TypedPacket:
        """What is typed here, put into the packet."""
        return replace(
            typed,
            team=self._team.code() or "",
            recipient=self._recipient.text(),
            recipient_role=self._role.text(),
            purpose=self._purpose.text(),
            basis=self._basis.code() or "",
            cite=self._cite.text(),
            expires=self._expires.day(),
            countersigners=self._counter.codes(),
            told=self._told.code() or "",
            not_told_because=(self._why_not.code() or "") if self._told.code() == "no" else "",
            copy=self._copy.code() or "",
            one_signature=self._one.code() or "",
        )

    def first_focus(self) -> QWidget:
        return self._team

    def _connect(self) -> None:
        for line in (self._recipient, self._role, self._purpose, self._cite):
            line.textChanged.connect(self._touched)
        for choice in (self._team, self._basis, self._told, self._why_not, self._copy, self._one):
            choice.changed.connect(self._touched)
        self._counter.changed.connect(self._touched)
        self._expires.changed.connect(self._touched)

    def _touched(self, _value: str = "") -> None:
        self._show_reason()
        self.changed.emit()

    def _show_reason(self) -> None:
        self.fields["not_told_because"].setVisible(self._told.code() == "no")
