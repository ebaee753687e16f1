"""Writing the minutes of a conference while it goes on; kept as typed, then laid before the chair."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate
from rehabdesk.plans.conferences.conference_stored_model import StoredConference
from rehabdesk.plans.conferences.conference_writing_service import MinutesWriting
from rehabdesk.plans.conferences.view.minutes_compare_page import overtaken_card
from rehabdesk.plans.conferences.view.minutes_editor import MinutesEditor
from rehabdesk.ui.choices import Option
from rehabdesk.ui.dates import stamp
from rehabdesk.ui.draft_page import DraftPage
from rehabdesk.ui.kit import STRETCH, Kit
from rehabdesk.ui.names_card import names_card
from rehabdesk.ui.page import Route


class MinutesPage(DraftPage):
    """`convicted`: where not, the line of the presumption of innocence stands on top. `chair`: the name."""

    def __init__(
        self,
        kit: Kit,
        writing: MinutesWriting,
        stored: StoredConference,
        *,
        name: str,
        chair: str,
        convicted: bool,
        owners: Sequence[Option],
        reasons: Sequence[Option],
    ) -> None:
        begun = writing.start(stored.rid)
        super().__init__(
            kit,
            begun.draft,
            write=lambda draft: writing.keep(stored.person, self.editor.typed(), draft),
            drop=writing.drop,
            now=writing.now,
        )
        self._writing, self._stored, self._name, self._chair = writing, stored, name, chair
        came = stored.conference.attendees
        self.editor = MinutesEditor(kit, begun.typed, came, name=name, owners=owners, reasons=reasons)
        self.editor.changed.connect(self._autosave.touch)
        self.names = names_card(kit, self.editor.texts, stored.person)
        self.editor.changed.connect(self.names.touch)
        title = kit.column(
            kit.label(tr("Minutes"), "h1"),
            kit.label(f"{isolate(name)} · {isolate(stamp(stored.conference.at))}", "small", tone="muted"),
            gap=0,
        )
        level = kit.tag(tr("Team: case team and supervisor"), "grey", "users")
        head = kit.row(kit.box(title), level, kit.tag(tr("Draft"), "grey"), STRETCH, gap=3)
        self.set_head(kit.column(head, self.names, gap=1))
        older = [overtaken_card(kit, each, self.go.emit) for each in begun.overtaken]
        self.set_body(kit.box(kit.column(*self._warnings(convicted=convicted), *older, self.editor, gap=3)))
        lay = kit.button(tr("Lay before the chair"), kind="primary")
        lay.setToolTip(f"{tr('Lay before the chair')} (Ctrl+Enter)")
        lay.clicked.connect(self.main_act)
        drop, later = self.draft_buttons(tr("Finish later"))
        self.set_foot(kit.row(drop, STRETCH, later, lay))

    def first_focus(self) -> QWidget | None:
        return self.editor.summary

    def undo(self) -> None:
        self.names.undo()

    def main_act(self) -> None:
        """Lays the minutes before the chair: what is missing is said, what was typed stays."""
        self._autosave.write()
        self.editor.calm()
        try:
            self._writing.lay(self.editor.typed(), self._draft)
        except UserError as problem:
            self.complain(problem.sentence, self.editor.field_of(problem.field))
            return
        self._autosave.forget()
        self.said.emit(tr("The minutes lie before {chair}.").format(chair=isolate(self._chair)))
        self._go_back()

    def _warnings(self, *, convicted: bool) -> list[QWidget]:
        """What stands above the fields: the presumption of innocence, and why the chair gave the minutes back."""
        kit, found = self.kit, list[QWidget]()
        if not convicted:
            words = tr("This person is not convicted. Do not write about the alleged facts.")
            found.append(kit.card("", kit.label(words, "strong", wrap=True), kind="warn"))
        if self._stored.conference.reason:
            words = tr("Given back by the chair: {reason}").format(reason=isolate(self._stored.conference.reason))
            found.append(kit.card("", kit.label(words, wrap=True), kind="warn"))
        return found

    def _ask_delete(self) -> None:
        sentence = tr("Deleting the draft of minutes about {name}: it cannot be brought back.")
        self.ask(sentence.format(name=isolate(self._name)), tr("Delete draft"), self._delete, danger=True)

    def _go_back(self) -> None:
        self.go.emit(Route(name="conference", person=self._stored.person, id=self._stored.rid))
