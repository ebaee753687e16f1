"""What is written about the person in hand: the same as the keys of the table do, and the line."""

from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate
from rehabdesk.notes.forms.form_model import Form
from rehabdesk.notes.groups.group_model import LONGEST_LINE, Mark
from rehabdesk.notes.groups.group_words_model import MARKS, choice_words, options
from rehabdesk.notes.groups.view.marks_table import MarkRow
from rehabdesk.ui.kit import Kit


class MarkPanel(QWidget):
    """`changed`: a choice was made; `typed`: words were typed; `moved`: to the next person (1), back (-1), out (0)."""

    changed = Signal(object)
    typed = Signal(object)
    moved = Signal(int)

    def __init__(self, kit: Kit, form: Form, *, line_label: str) -> None:
        super().__init__()
        self._mark, self._filling = Mark(), False
        self._name = kit.label("", "h3")
        came = [(code, choice_words(form, "hdr.7", code)) for each in MARKS for code in each]
        self._came = kit.combo(came, empty=tr("Not said"))
        self._took = kit.choice(options(form, "grp.GS6.part"))
        self._skill = kit.combo(options(form, "grp.GS6.skill"), empty=tr("Not said"))
        self._kept = kit.check(tr("The person &kept the work"))
        self.line = kit.line(limit=LONGEST_LINE)
        self.line.installEventFilter(self)
        self._took_field = kit.field(tr("Took part"), self._took)
        self._skill_field = kit.field(tr("Skill seen"), self._skill)
        self.line_field = kit.field(line_label, self.line)
        first = kit.row((kit.field(tr("Came"), self._came), 3), (self._took_field, 4), (self._skill_field, 3), gap=3)
        kit.fill(QVBoxLayout(self), [self._name, first, self.line_field, self._kept], gap=2)
        self._came.changed.connect(lambda code: self._chosen(attendance=code))
        self._took.changed.connect(lambda code: self._chosen(took_part=code))
        self._skill.changed.connect(lambda code: self._chosen(skill=code))
        self._kept.toggled.connect(lambda on: self._chosen(kept=on))
        self.line.textEdited.connect(self._wrote)

    def show_row(self, row: MarkRow | None, *, kept_asked: bool) -> None:
        """Shows one person; words that are just being typed stay as they are."""
        self.setEnabled(row is not None)
        self._mark, self._filling = Mark() if row is None else row.mark, True
        mark = self._mark
        self._name.setText("" if row is None else tr("About {name} only").format(name=isolate(row.name)))
        self._came.choose(mark.attendance or None)
        self._took.choose(mark.took_part or None)
        self._skill.choose(mark.skill or None)
        self._kept.setChecked(mark.kept)
        if self.line.text() != mark.words:
            self.line.setText(mark.words)
        self._took_field.setEnabled(not mark.absent)
        self._skill_field.setEnabled(not mark.absent)
        self._kept.setVisible(kept_asked and not mark.absent)
        self._filling = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and not event.modifiers():
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Return: 0, Qt.Key.Key_Enter: 0}.get(
                Qt.Key(event.key())
            )
            if step is not None:
                self.moved.emit(step)
                return True
        return super().eventFilter(watched, event)

    def _chosen(self, *, attendance: str | None = None, took_part: str | None = None, skill: str | None = None,
                kept: bool | None = None) -> None:  # fmt: skip
        if self._filling:
            return
        mark = self._mark
        self._mark = replace(
            mark,
            attendance=mark.attendance if attendance is None else attendance,
            took_part=mark.took_part if took_part is None else took_part,
            skill=mark.skill if skill is None else skill,
            kept=mark.kept if kept is None else kept,
        )
        self.changed.emit(self._mark)

    def _wrote(self, words: str) -> None:
        if not self._filling:
            self._mark = replace(self._mark, words=words)
            self.typed.emit(self._mark)
