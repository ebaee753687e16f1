"""Step 1 of a packet: who gets it, what they are, why, until when, who may countersign, what the person was told."""

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate_ltr
from rehabdesk.handover.content.audience_model import audience_words
from rehabdesk.handover.content.packet_model import LegalBasis, NotInformedBecause, PersonCopy
from rehabdesk.handover.content.profile_model import ProfileCode
from rehabdesk.handover.making.preparing_service import Addressees
from rehabdesk.handover.making.team_before_service import NO_HABIT
from rehabdesk.handover.making.typed_model import NEEDS_REASON, VALID_FOR, TypedPacket
from rehabdesk.handover.making.view.replaces_tick import ReplacesTick
from rehabdesk.handover.state_words_model import basis_words, copy_words, not_told_words
from rehabdesk.handover.trust.trust_model import Team
from rehabdesk.ui.field import Field
from rehabdesk.ui.kit import STRETCH, Kit
from rehabdesk.ui.paper_page import LANGUAGE_NAMES

LONGEST = 200
"""Signs of a name, role, purpose or law, as a packet can hold them."""


class RecipientStep(QWidget):
    """`name` is the person's, for the questions."""

    changed = Signal()
    team_wanted = Signal()
    answer_wanted = Signal()

    def __init__(self, kit: Kit, typed: TypedPacket, to: Addressees, name: str) -> None:
        super().__init__()
        self._to = to
        options = [(team.id, f"{team.name} · {team.org}") for team in to.teams]
        self._team = kit.combo(options, chosen=typed.team or None, empty=tr("Choose a team"))
        self._audiences = to.audiences_of(typed.kind.code)
        self._audience = kit.combo(
            [(each.value, audience_words(each)) for each in self._audiences],
            chosen=typed.audience or None,
            empty=tr("Choose"),
        )
        self._language = kit.choice(LANGUAGE_NAMES, chosen=typed.language)
        self._filled = kit.label("", "small", tone="muted", wrap=True)
        self._replaces = ReplacesTick(kit, to.earlier, typed.team, typed.replaces)
        self._language_is_chosen, self._habit = bool(typed.team), NO_HABIT
        self._recipient = kit.line(typed.recipient, limit=LONGEST)
        self._role = kit.line(typed.recipient_role, limit=LONGEST)
        self._purpose = kit.line(typed.purpose, limit=LONGEST)
        self._basis = kit.combo(
            [(each.value, basis_words(each)) for each in LegalBasis], chosen=typed.basis or None, empty=tr("Choose")
        )
        self._answer = kit.button(tr("Consents of {name}").format(name=name), kind="quiet", icon="file-check")
        self._answer.clicked.connect(self.answer_wanted)
        self._cite = kit.line(typed.cite, limit=LONGEST)
        self._lawyer = kit.line(typed.lawyer_note, limit=300)
        self._expires = kit.date_field(typed.expires or kit.today() + VALID_FOR)
        self._counter = kit.several(to.supervisors, chosen=typed.countersigners)
        self._told = kit.choice([("yes", tr("Yes, told")), ("no", tr("No, because…"))], chosen=typed.told or None)
        self._why_not = kit.combo(
            [(each.value, not_told_words(each)) for each in NotInformedBecause],
            chosen=typed.not_told_because or None,
            empty=tr("Choose a reason"),
        )
        self._copy = kit.choice([(each.value, copy_words(each)) for each in PersonCopy], chosen=typed.copy or None)
        self._no_copy = kit.line(typed.copy_because, limit=300)
        when = [("yes", tr("Send now with one signature")), ("no", tr("Wait for the second"))]
        self._one = kit.choice(when, chosen=typed.one_signature or None)
        self.fields: dict[str, Field] = self._fields(kit, name)
        if typed.profile == ProfileCode.EXPRESS:
            hint = tr("Sent now, every page says so, and a supervisor signs within 72 hours; then it is sent again.")
            self.fields["one_signature"] = kit.field(tr("When it &goes"), self._one, hint=hint, required=True)
        kit.fill(QVBoxLayout(self), (*self._cards(kit, typed), STRETCH), gap=4)
        if not to.supervisors:
            self.fields["countersigners"].complain(tr("No supervisor has a signing key yet."))
        self._show_what_follows()
        self._connect()

    def _fields(self, kit: Kit, name: str) -> dict[str, Field]:
        return {
            "team": kit.field(tr("&Team"), self._team, required=True),
            "audience": kit.field(tr("What the team &is"), self._audience, required=True),
            "language": kit.field(
                tr("Language of the packet"),
                self._language,
                hint=tr("What somebody typed stays in the language in which it was typed, and is marked with it."),
            ),
            "recipient": kit.field(tr("&Name there"), self._recipient, required=True),
            "recipient_role": kit.field(tr("R&ole there"), self._role, required=True),
            "purpose": kit.field(tr("What it is &for"), self._purpose, required=True),
            "basis": kit.field(tr("On which &basis"), self._basis, required=True),
            "cite": kit.field(tr("Law or order, if there is one"), self._cite),
            "lawyer_note": kit.field(
                tr("Another country: which lawyer looked at it, when, and what was said"),
                self._lawyer,
                hint=tr("Nobody is handed over to a place where torture or persecution is to be feared."),
                required=True,
            ),
            "expires": kit.field(tr("&Expires"), self._expires, required=True),
            "countersigners": kit.field(tr("Who may countersign"), self._counter, required=True),
            "told": kit.field(tr("Was {name} told about this packet?").format(name=name), self._told, required=True),
            "not_told_because": kit.field(tr("Why not"), self._why_not, required=True),
            "copy": kit.field(tr("Copy for {name}").format(name=name), self._copy, required=True),
            "copy_because": kit.field(tr("Why there is no copy"), self._no_copy, required=True),
        }

    def _cards(self, kit: Kit, typed: TypedPacket) -> list[QWidget]:
        field = self.fields
        add = kit.button(tr("Add a team"), kind="quiet", icon="plus")
        add.clicked.connect(self.team_wanted)
        team = kit.row((field["team"], 3), (field["audience"], 2), add, gap=3)
        team.setAlignment(add, Qt.AlignmentFlag.AlignBottom)
        who = kit.card(
            tr("Who gets it"),
            team,
            self._filled,
            self._replaces,
            kit.row((field["recipient"], 1), (field["recipient_role"], 1), gap=3),
            kit.row((field["purpose"], 3), (field["basis"], 2), gap=3),
            self._answer,
            kit.row((field["cite"], 3), (field["expires"], 2), gap=3),
            field["lawyer_note"],
            field["language"],
            field["countersigners"],
            field.get("one_signature"),
        )
        person = kit.card(
            tr("The person"), field["told"], field["not_told_because"], field["copy"], field["copy_because"]
        )
        said = []
        if typed.profile == ProfileCode.EXPRESS:
            said.append(
                tr(
                    "Express packet, for a release at short notice. The person's own words and the whole plan follow "
                    "in a full packet."
                )
            )
        if self._to.removal:
            said.append(
                tr(
                    "Removal from the country may stand before the person. A packet to an office of another country "
                    "can put the person in danger: ask the lawyer first."
                )
            )
        return [*(kit.card("", kit.label(each, wrap=True), kind="flat") for each in said), who, person]

    def take_into(self, typed: TypedPacket) -> TypedPacket:
        """What is typed here, put into the packet."""
        return replace(
            typed.for_audience(self._audience.code() or ""),
            team=self._team.code() or "",
            replaces=self._replaces.ids(),
            language=self._language.code() or typed.language,
            recipient=self._recipient.text(),
            recipient_role=self._role.text(),
            purpose=self._purpose.text(),
            basis=self._basis.code() or "",
            cite=self._cite.text(),
            lawyer_note=self._lawyer.text() if self._abroad() else "",
            expires=self._expires.day(),
            countersigners=self._counter.codes(),
            told=self._told.code() or "",
            not_told_because=(self._why_not.code() or "") if self._told.code() == "no" else "",
            copy=self._copy.code() or "",
            copy_because=self._no_copy.text() if self._copy_needs_reason() else "",
            one_signature=self._one.code() or "",
        )

    def first_focus(self) -> QWidget:
        return self._team

    def _connect(self) -> None:
        for line in (self._recipient, self._role, self._purpose, self._cite, self._lawyer, self._no_copy):
            line.textChanged.connect(self._touched)
        choices = (
            self._audience,
            self._language,
            self._basis,
            self._told,
            self._why_not,
            self._copy,
            self._one,
        )
        for choice in choices:
            choice.changed.connect(self._touched)
        self._team.changed.connect(self._team_chosen)
        self._language.changed.connect(self._language_chosen)
        self._replaces.changed.connect(self.changed)
        self._counter.changed.connect(self._touched)
        self._expires.changed.connect(self._touched)

    def _touched(self, _value: str = "") -> None:
        self._show_what_follows()
        self.changed.emit()

    def _team_chosen(self, _code: str = "") -> None:
        """As the team was written to before; nothing that somebody typed or chose is overwritten, and nothing that was
        filled in for another team stays.
        """
        team, before = self._chosen_team(), self._habit
        if team is not None:
            habit = self._habit = self._to.habit(team)
            if not self._language_is_chosen:
                self._language.choose(habit.language)
                self._language_is_chosen = False  # not by a person
            if (self._audience.code() or "") in ("", before.audience):
                self._audience.choose(habit.audience if habit.audience in self._audiences else None)
            for line, was, now in (
                (self._recipient, before.recipient, habit.recipient),
                (self._role, before.role, habit.role),
            ):
                if line.text().strip() in ("", was):
                    line.setText(now)
            words = tr("Filled in as in the last packet to this team, {number}, where nothing was said yet.")
            self._filled.setText(words.format(number=isolate_ltr(habit.number)) if habit.number else "")
        self._touched()

    def _language_chosen(self, _code: str = "") -> None:
        self._language_is_chosen = True

    def _show_what_follows(self) -> None:
        """Questions that follow from an answer only."""
        self._filled.setVisible(bool(self._filled.text()))
        self._replaces.show_for(self._team.code() or "")
        self.fields["not_told_because"].setVisible(self._told.code() == "no")
        self.fields["copy_because"].setVisible(self._copy_needs_reason())
        self.fields["lawyer_note"].setVisible(self._abroad())
        self._answer.setVisible(self._basis.code() == LegalBasis.CONSENT)

    def _copy_needs_reason(self) -> bool:
        return self._copy.code() in {each.value for each in NEEDS_REASON}

    def _chosen_team(self) -> Team | None:
        return next((team for team in self._to.teams if team.id == self._team.code()), None)

    def _abroad(self) -> bool:
        team = self._chosen_team()
        return team is not None and team.country != self._to.country
