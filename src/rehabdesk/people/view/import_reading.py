"""How a list is read, and what its columns mean: guessed, shown, and changed by hand."""

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate, join_words
from rehabdesk.people.import_columns_model import Columns, Field, field_words
from rehabdesk.people.import_model import Encoding, Sheet
from rehabdesk.people.legal_model import Stage
from rehabdesk.people.words_model import stage_words
from rehabdesk.ui.choices import Combo
from rehabdesk.ui.kit import Kit

FIRST_STAGES = (Stage.PRE_TRIAL, Stage.CONVICTED, Stage.SENTENCED, Stage.PRE_RELEASE)
ENCODING_WORDS = {
    Encoding.UTF_8: "UTF-8",
    Encoding.UTF_16: "UTF-16",
    Encoding.WINDOWS_WEST: "Windows-1252",
    Encoding.WINDOWS_ARABIC: "Windows-1256",
}


class ImportReading(QWidget):
    """`stage`: of lines that name none."""

    changed = Signal(object)
    """What is to be read otherwise: by name (encoding, separator, columns, stage) the new value; None: guess it."""

    def __init__(self, kit: Kit, sheet: Sheet, columns: Columns, stage: Stage | None) -> None:
        super().__init__()
        self._kit, self._columns = kit, columns
        encoding = kit.combo([(each.value, words) for each, words in ENCODING_WORDS.items()], chosen=sheet.encoding)
        encoding.changed.connect(lambda code: self.changed.emit({"encoding": Encoding(code), "columns": None}))
        marks = [(",", tr("Comma")), (";", tr("Semicolon")), ("\t", tr("Tab"))]
        separator = kit.combo(marks, chosen=sheet.separator)
        separator.changed.connect(lambda code: self.changed.emit({"separator": code, "columns": None}))
        stages = [(each.value, stage_words(each)) for each in FIRST_STAGES]
        of_lines = kit.combo(stages, chosen=stage, empty=tr("Every line has one"))
        of_lines.changed.connect(lambda code: self.changed.emit({"stage": Stage(code) if code else None}))
        fields = [
            kit.field(tr("Letters read as"), encoding),
            kit.field(tr("Columns parted by"), separator),
            kit.field(tr("Stage of lines without one"), of_lines),
        ]
        for each in fields:
            each.setFixedWidth(kit.theme.px(210))
        self._headings = sheet.headings
        self._combos: list[Combo] = []
        matched = [self._column(place, heading) for place, heading in enumerate(sheet.headings)]
        self._outside = kit.label("", "small", tone="muted", wrap=True)
        self._outside.setObjectName("not-taken-over")
        card = kit.card(tr("How the file is read"), kit.flow(*fields, gap=3), self._outside, kit.flow(*matched, gap=3))
        kit.fill(QVBoxLayout(self), [card])
        self.show_columns(columns)

    def show_columns(self, columns: Columns) -> None:
        """What each column is taken for now; the focus stays where it is."""
        self._columns = columns
        field_at = {place: one for one, place in columns.items()}
        for place, combo in enumerate(self._combos):
            with QSignalBlocker(combo):
                combo.choose(field_at.get(place))
        outside = [isolate(words or "–") for place, words in enumerate(self._headings) if place not in field_at]
        self._outside.setText(tr("Not taken over: {columns}").format(columns=join_words(outside)) if outside else "")
        self._outside.setVisible(bool(outside))

    def _column(self, place: int, heading: str) -> QWidget:
        kit = self._kit
        combo = kit.combo([(one.value, field_words(one)) for one in Field], empty=tr("Not taken over"))
        self._combos.append(combo)
        combo.changed.connect(lambda code: self._match(place, Field(code) if code else None))
        words = isolate(heading) if heading else str(place + 1)
        made = kit.field(tr("Column {heading}").format(heading=words).replace("&", "&&"), combo)
        made.setFixedWidth(kit.theme.px(210))
        return made

    def _match(self, place: int, chosen: Field | None) -> None:
        """A field has one column, and a column one field."""
        columns = {one: at for one, at in self._columns.items() if at != place and one is not chosen}
        self.changed.emit({"columns": columns if chosen is None else {**columns, chosen: place}})
