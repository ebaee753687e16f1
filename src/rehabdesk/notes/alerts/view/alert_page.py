"""Raising a safety alert: one page, one minute, saved while it is typed; who will see it stands beside it by name."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtWidgets import QVBoxLayout, QWidget

from rehabdesk.core.canon import Json
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate, join_words
from rehabdesk.notes.alerts.alert_model import AlertKind, AtRisk, HandOff, TypedAlert
from rehabdesk.notes.alerts.alert_service import Alerts
from rehabdesk.notes.alerts.letter_service import Letters
from rehabdesk.notes.alerts.view.alert_sheet import AboutWhom, AlertSheet
from rehabdesk.notes.alerts.view.hand_off_card import HandOffCard, Printer
from rehabdesk.ui.draft_page import DraftPage
from rehabdesk.ui.kit import STRETCH, Kit, empty
from rehabdesk.ui.page import Route
from rehabdesk.ui.plain_kit import Card
from rehabdesk.ui.printing import Save


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertContext:
    """`who_is` names a login with its role; `home` is where one goes who cannot read what was saved."""

    about: AboutWhom
    me: str
    who_is: Callable[[str], str]
    home: Route
    printer: Printer
    save: Save


class AlertPage(DraftPage):
    """`draft_id` None: a new alert, kept from the first key on.

    `called_for`: by an answer of a signed note, kept at once; `kinds`: which, one after another.
    """

    def __init__(
        self,
        kit: Kit,
        alerts: Alerts,
        letters: Letters,
        context: AlertContext,
        *,
        draft_id: str | None,
        kinds: Sequence[str] = (),
        called_for: bool = False,
        now: Callable[[], datetime],
    ) -> None:
        super().__init__(
            kit,
            draft_id,
            write=lambda draft: alerts.save_draft(self.sheet.typed(), self.sheet.person_id, draft),
            drop=alerts.drop_draft,
            now=now,
        )
        self._alerts, self._letters, self._context = alerts, letters, context
        self._kinds, self._read_by = tuple(kinds), ""
        self.sheet = AlertSheet(kit, context.about, self._start())
        self.sheet.changed.connect(self._touched)
        name = context.about.name
        title = kit.label(tr("Safety alert"), "h1")
        who = kit.label(isolate(name), "small", tone="muted") if name else None
        self.set_head(
            kit.row(kit.picture("shield-alert", "danger", 24), kit.box(kit.column(title, who, gap=0)), STRETCH)
        )
        self._readers = QWidget()
        self._readers_column = QVBoxLayout(self._readers)
        self._readers_column.setContentsMargins(0, 0, 0, 0)
        self._paper = HandOffCard(
            kit, letters, self._hand_off, row=None, printer=context.printer, save=context.save, say=self.said.emit
        )
        rail = kit.box(kit.column(self._readers, self._paper, STRETCH, gap=3))
        self.set_body(kit.box(kit.column(kit.card("", self.sheet), STRETCH)), rail)
        self._set_foot()
        self._show_readers()
        if called_for:
            self._autosave.touch()  # a note called for it: it waits on the own day until it is told

    def first_focus(self) -> QWidget | None:
        return self.sheet.first_control()

    def main_act(self) -> None:
        """Save and tell; of a disclosure one confirmation names the readers first, for nothing brings it back."""
        self._autosave.now()
        typed = self.sheet.typed()
        if not typed.is_disclosure:
            missing = self._alerts.missing(typed, self.sheet.person_id)
            if missing:
                self._complain(*missing)
            else:
                self._tell()
            return
        try:
            self._letters.disclosure_of(typed, self.sheet.person_id)
        except UserError as problem:
            self._complain(problem)
            return
        self.problems([])
        self.ask(self._question(), tr("Hand over"), self._tell)

    def place(self) -> Mapping[str, Json]:
        return {**super().place(), **self.sheet.place()}

    def restore(self, place: Mapping[str, Json]) -> None:
        self.sheet.restore(place)
        super().restore(place)

    # building

    def _start(self) -> TypedAlert:
        """The draft, or an empty form with the present time and the latest review."""
        if self._draft is not None:
            return self._alerts.draft(self._draft).typed
        kind = self._kinds[0] if self._kinds else ""
        at_risk = AtRisk.SELF.value if kind in (AlertKind.SELF_HARM, AlertKind.THREAT_TO_PERSON) else ""
        return TypedAlert(kind=kind, at_risk=at_risk, told_at=self._now(), review_by=self._alerts.latest_review())

    def _set_foot(self) -> None:
        kit = self.kit
        delete, keep = self.draft_buttons(tr("Keep as draft"))
        tell = kit.button(tr("Save and tell"), kind="primary", icon="send")
        tell.setToolTip(f"{tr('Save and tell')} (Ctrl+Enter)")
        tell.clicked.connect(self.main_act)
        self.set_foot(kit.row(delete, STRETCH, keep, tell))

    def _show_readers(self) -> None:
        """Who will see it, by name, before anything is saved."""
        typed = self.sheet.typed()
        named = not typed.is_disclosure and typed.at_risk == AtRisk.NAMED_PERSON
        shown = "disclosure" if typed.is_disclosure else "named" if named else "team"
        if shown == self._read_by:
            return
        self._read_by = shown
        empty(self._readers_column)
        self._paper.setVisible(typed.is_disclosure)
        if typed.is_disclosure:
            self._readers_column.addWidget(self._disclosure_readers())
            return
        self._readers_column.addWidget(self._names(tr("Who will see it"), self._alerts.readers()))
        if named:
            self._readers_column.addWidget(self._names(tr("Who can read the name"), self._alerts.keepers()))

    def _disclosure_readers(self) -> Card:
        kit, letters = self.kit, self._letters
        card = self._names(tr("Who will read it"), (*letters.inspectors(), *letters.clinicians()))
        said = [tr("Nobody else: not the supervisor, not case officers, not the administrator.")]
        if not letters.inspectors():
            said.append(tr("No inspector signs in on this desk. Print the hand-off and give it to one in person."))
        if not letters.keeps_copy:
            said.append(tr("You keep no copy. If you need one, print the hand-off first."))
        for sentence in said:
            card.content.addWidget(kit.label(sentence, "small", wrap=True))
        return card

    def _names(self, title: str, uids: Sequence[str]) -> Card:
        kit = self.kit
        names = [kit.label(self._context.who_is(uid), "small", wrap=True) for uid in uids]
        nobody = [kit.label(tr("Nobody on this desk."), "small", wrap=True)]
        return kit.card(title, *(names or nobody), kind="flat", gap=1)

    # keeping

    def _touched(self) -> None:
        self._show_readers()
        self._autosave.touch()

    def _ask_delete(self) -> None:
        name = self._context.about.name
        sentence = tr("Deleting this alert, which nobody was told of: it cannot be brought back.")
        if name:
            sentence = tr("Deleting this alert about {name}, which nobody was told of: it cannot be brought back.")
        self.ask(sentence.format(name=isolate(name)), tr("Delete draft"), self._delete, danger=True)

    def _go_back(self) -> None:
        self.go.emit(self._back())

    def _back(self) -> Route:
        person = self.sheet.person_id
        return self._context.home if person is None else Route(name="person", person=person, id="overview")

    # telling

    def _tell(self) -> None:
        typed, person = self.sheet.typed(), self.sheet.person_id
        try:
            if typed.is_disclosure:
                self._letters.hand_over(typed, person, self._draft)
                route, said = self._back(), tr("Handed over. Nobody in the line of command can open it.")
            else:
                rid = self._alerts.tell(typed, person, self._draft)
                readable = self._alerts.sees
                route = Route(name="alert", person=person or "", id=f"team:{rid}") if readable else self._back()
                said = tr("Saved. It stands on the person's page. Tell the duty officer in person, too.")
        except UserError as problem:
            self._complain(problem)
            return
        self._autosave.forget()
        self.said.emit(said)
        if len(self._kinds) > 1:  # one note may call for several
            route = Route(name="alert_new", person=person or "", id=f"kind:{','.join(self._kinds[1:])}")
        self.go.emit(route)

    def _complain(self, *problems: UserError) -> None:
        self.problems(self.sheet.complain(problems))

    def _question(self) -> str:
        names = [self._context.who_is(uid) for uid in (*self._letters.inspectors(), *self._letters.clinicians())]
        readers = join_words(isolate(name) for name in names) or tr("nobody")
        return tr("Handing this over to {readers}: it cannot be taken back.").format(readers=readers)

    def _hand_off(self, recipient: str) -> HandOff | None:
        try:
            disclosure = self._letters.disclosure_of(self.sheet.typed(), self.sheet.person_id)
        except UserError as problem:
            self._complain(problem)
            return None
        about = self._context.about.name or disclosure.about
        return self._letters.hand_off(
            disclosure, about=about, author=self._context.who_is(self._context.me), recipient=recipient
        )
