"""My month on the screen and on paper: own work by kind, in the order of the words."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtWidgets import QWidget

from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate
from rehabdesk.notes.paper.printout_service import LONGEST_RECIPIENT
from rehabdesk.overview.month_model import Line
from rehabdesk.overview.month_service import MyMonth
from rehabdesk.ui.dates import month_name
from rehabdesk.ui.kit import STRETCH, Kit
from rehabdesk.ui.page import Page, Route
from rehabdesk.ui.paper_page import PaperPage, PaperTools

PAGE, PAPER = "my_month", "my_month_paper"
"""Names of the routes; the id of the paper is a month."""


class MyMonthPage(Page):
    """For the one who is signed in. `shown`: the month to begin with (`YYYY-MM`)."""

    def __init__(self, kit: Kit, months: MyMonth, shown: str = "") -> None:
        super().__init__(kit)
        self._months = months
        options = [(month, month_name(_first(month))) for month in months.months()]
        self._month = kit.combo(options, chosen=shown if shown in dict(options) else options[0][0])
        self._month.setMinimumWidth(kit.theme.px(200))
        self._month.changed.connect(lambda _code: self.refresh())
        said = tr("Your own work by kind, for your own supervision or report. No names; nobody else sees it.")
        words = kit.label(said, "small", tone="muted", wrap=True)
        head = kit.box(kit.column(kit.label(tr("My month"), "h1"), words, gap=0))
        self.set_head(kit.row((head, 1), kit.field(tr("&Month"), self._month), gap=3))
        back, paper = kit.button(tr("Back"), icon="arrow-left"), kit.button(tr("Print"), icon="printer")
        back.clicked.connect(lambda: self.go.emit(Route(name="day")))
        paper.clicked.connect(lambda: self.go.emit(Route(name=PAPER, id=self._chosen())))
        self.set_foot(kit.row(back, STRETCH, paper))
        self.refresh()

    def first_focus(self) -> QWidget | None:
        return self._month

    def refresh(self) -> None:
        kit, month = self.kit, self._chosen()
        parts = self._months.parts(month)
        if not parts:
            sentence = tr("Nothing is counted in {month}. What you do is counted here by itself.")
            nothing = kit.empty(sentence.format(month=isolate(month_name(_first(month)))))
            self.set_body(kit.box(kit.column(kit.card("", nothing), STRETCH)))
            return
        cards = [kit.card(title, *self._lines(lines), gap=1) for title, lines in parts]
        half = (len(cards) + 1) // 2
        columns = [kit.box(kit.column(*some, STRETCH, gap=4)) for some in (cards[:half], cards[half:]) if some]
        self.set_body(kit.row(*((column, 1) for column in columns), gap=4))

    def _chosen(self) -> str:
        return self._month.code() or self._months.months()[0]

    def _lines(self, lines: Sequence[Line]) -> list[QWidget]:
        kit, rows = self.kit, []
        for words, number in lines:
            count = kit.label(str(number), "strong" if number else "body", tone="" if number else "muted")
            count.setAccessibleName(f"{words}: {number}")
            rows += [kit.box(kit.row((kit.label(words, wrap=True), 1), count, gap=3)), kit.rule()]
        return rows[:-1]


class MyMonthPaperPage(PaperPage):
    """Says who it is for before it leaves. `month` is `YYYY-MM`."""

    def __init__(self, kit: Kit, months: MyMonth, tools: PaperTools, *, month: str) -> None:
        super().__init__(kit, tools, back=Route(name=PAGE, id=month))
        self._months, self._month = months, month
        self._recipient = kit.line(limit=LONGEST_RECIPIENT)
        hint = tr("Stands on every page, with the date.")
        field = kit.field(tr("For &whom"), self._recipient, hint=hint, required=True)
        field.setObjectName("recipient")
        show = kit.button(tr("Show the pages"), icon="eye")
        show.clicked.connect(self.remake)
        self._recipient.returnPressed.connect(self.remake)
        self._recipient.textEdited.connect(lambda _words: self.clear(self._to_do()))
        warning = tr("Paper has no key: whoever holds it can read it. That it left is logged.")
        shown = isolate(month_name(_first(month)))
        said = tr("{month}. Numbers below 10 are not shown on paper, which others read.").format(month=shown)
        fields = (field, kit.box(kit.start(show)), kit.label(warning, "small", wrap=True))
        self.build(tr("Print my month"), said, fields, first=self._recipient)
        self.clear(self._to_do())

    def make(self) -> Callable[[], bytes]:
        return self._months.paper(self._month, self._recipient.text())

    def file_name(self) -> str:
        return f"RD-my-month-{self._month}.pdf"

    def leaves(self, how: str) -> None:
        self._months.leaves(how)

    def _to_do(self) -> str:
        return tr("Write for whom the paper is, then look at the pages.")


def _first(month: str) -> date:
    return date.fromisoformat(f"{month}-01")
