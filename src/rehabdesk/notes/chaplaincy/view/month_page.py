"""The month in numbers: a chaplain's own sheet, or the one number that case officer and supervisor may see."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QWidget

from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate
from rehabdesk.notes.chaplaincy.month_service import Months
from rehabdesk.notes.chaplaincy.month_words_model import Line, month_parts
from rehabdesk.notes.forms.form_model import Form
from rehabdesk.ui.dates import month_name
from rehabdesk.ui.kit import STRETCH, Kit
from rehabdesk.ui.page import Page, Route


class MonthPage(Page):
    """`own`: a chaplain's own sheet; else counts as the access matrix gives them to others. No name, no id anywhere."""

    def __init__(self, kit: Kit, months: Months, form: Form, *, own: bool) -> None:
        super().__init__(kit)
        self._months, self._form, self._own = months, form, own
        options = [(month, month_name(_first(month))) for month in months.months()]
        self._month = kit.combo(options, chosen=options[0][0])
        self._month.setMinimumWidth(kit.theme.px(200))
        self._month.changed.connect(lambda _code: self.refresh())
        title = kit.label(tr("Month sheet") if own else tr("Chaplaincy, by month"), "h1")
        said = kit.label(tr("Numbers only. Nobody is named, and nobody can be found here."), "small", tone="muted")
        head = kit.box(kit.column(title, said, gap=0))
        self.set_head(kit.row(head, STRETCH, kit.field(tr("&Month"), self._month), gap=3))
        self.refresh()

    def first_focus(self) -> QWidget | None:
        return self._month

    def refresh(self) -> None:
        month = self._month.code() or self._months.months()[0]
        body = self._sheet(month) if self._own else self._others(month)
        self.set_body(self.kit.box(self.kit.column(body, STRETCH)))
        if self._own:
            paper = self.kit.button(tr("Print"), icon="printer")
            paper.clicked.connect(lambda: self.go.emit(Route(name="month_paper", id=month)))
            self.set_foot(self.kit.row(STRETCH, paper))

    def _others(self, month: str) -> QWidget:
        kit, number = self.kit, self._months.team_count(month).pastoral_notes
        if number is None:
            return kit.card("", kit.label(tr("Too few records to show without pointing at someone."), wrap=True))
        return kit.card("", *self._lines([(tr("Pastoral contacts"), number)]), gap=1)

    def _sheet(self, month: str) -> QWidget:
        kit, sheet = self.kit, self._months.month_sheet(month)
        if sheet.empty:
            sentence = tr("Nothing is counted in {month}. What you sign is counted here by itself.")
            return kit.card("", kit.empty(sentence.format(month=isolate(month_name(_first(month))))))
        cards = [kit.card(title, *self._lines(lines), gap=1) for title, lines in month_parts(sheet, self._form)]
        return kit.box(kit.row(*((kit.box(kit.column(card, STRETCH)), 1) for card in cards), gap=4))

    def _lines(self, lines: Sequence[Line]) -> list[QWidget]:
        kit, rows = self.kit, []
        for words, number in lines:
            count = kit.label(str(number), "strong" if number else "body", tone="" if number else "muted")
            count.setAccessibleName(f"{words}: {number}")
            rows += [kit.box(kit.row((kit.label(words, wrap=True), 1), count, gap=3)), kit.rule()]
        return rows[:-1]


def _first(month: str) -> date:
    return date.fromisoformat(f"{month}-01")
