"""Everybody whose release comes, by weeks that are left: days and what is open, in the order of the days alone."""

from collections.abc import Sequence
from itertools import groupby

from rehabdesk.core.i18n import ntr, tr
from rehabdesk.overview.releases_model import ReleaseLine, Span, left_words, open_words, span_note, span_of, span_words
from rehabdesk.overview.releases_service import ReleaseBoard
from rehabdesk.ui.dates import all_days, short
from rehabdesk.ui.kit import STRETCH, Kit
from rehabdesk.ui.page import LARGE_TEXT, Page, Route
from rehabdesk.ui.table import Column, Section, Table

MINE, ALL = "mine", "all"


class ReleasesPage(Page):
    """`mine`: the list begins with the own cases. Nothing here sorts but the calendar."""

    def __init__(self, kit: Kit, board: ReleaseBoard, *, mine: bool) -> None:
        super().__init__(kit)
        self._board = board
        self._filter = kit.choice([(MINE, tr("Mine")), (ALL, tr("All"))], chosen=MINE if mine else ALL)
        self._filter.setAccessibleName(tr("Whose releases"))
        self._filter.changed.connect(lambda _code: self.refresh())
        self._said = kit.label("", "small", tone="muted")
        title = kit.column(kit.label(tr("Releases"), "h1"), self._said, gap=0)
        self.set_head(kit.row(kit.box(title), STRETCH, self._filter, gap=3))
        self._first = self._filter
        self.refresh()

    def refresh(self) -> None:
        mine = self._filter.code() == MINE
        dated, undated = self._board.dated(mine=mine), self._board.undated(mine=mine)
        self._said.setText(_summary(dated))
        if not dated and not undated:
            self._show_nothing(mine)
            return
        table = self._table()
        table.page_with(lambda last: self._more(last, mine))
        table.show_records(_with_titles([*dated, *undated], self._board))
        table.opened.connect(lambda line: self.go.emit(Route(name="person", person=line.person, id="release")))
        self._first = table
        self.set_body(self.kit.box(self.kit.column(table)))

    def _table(self) -> Table:
        today, large = self._board.today(), self.kit.theme.look.zoom > LARGE_TEXT
        left = Column(tr("Left"), lambda line: left_words(line.day, today), least=96)
        return self.kit.table(
            [
                Column(tr("Name"), lambda line: line.name, share=2),
                Column(tr("Case"), lambda line: line.case_ref, least=90),
                Column(tr("Release"), lambda line: "" if line.day is None else short(line.day), widest=all_days()),
                *([] if large else [left]),  # the parts of the list say it, and nothing is cut off
                Column(tr("Notice"), _notice, tag=_notice_tag, least=124),
                Column(tr("Still open"), open_words, share=5),
            ],
            tr("Releases"),
        )

    def _more(self, last: ReleaseLine | Section, mine: bool) -> Sequence[ReleaseLine]:
        """Only the part without a day is long; it is asked for page by page."""
        if isinstance(last, Section) or last.day is not None:
            return ()
        return self._board.undated(mine=mine, after=last)

    def _show_nothing(self, mine: bool) -> None:
        kit = self.kit
        if mine:
            button = kit.button(tr("Show everybody"))
            button.clicked.connect(lambda: self._filter.choose(ALL))
            words = tr("None of your cases has a release day yet. It is recorded on the person's page, under Release.")
        else:
            button = kit.button(tr("Open people"))
            button.clicked.connect(lambda: self.go.emit(Route(name="people")))
            words = tr("Nobody here has a release day yet. It is recorded on the person's page, under Release.")
        self._first = button
        self.set_body(kit.box(kit.column(kit.empty(words, button), STRETCH)))


def _with_titles(lines: Sequence[ReleaseLine], board: ReleaseBoard) -> list[ReleaseLine | Section]:
    """The lines with the title of each part that has any."""
    today = board.today()
    found: list[ReleaseLine | Section] = []
    for span, part in groupby(lines, key=lambda line: span_of(line.day, today)):
        together = list(part)
        found += [Section(span_words(span), span_note(span) or _people(together, span)), *together]
    return found


def _people(part: Sequence[ReleaseLine], span: Span) -> str:
    return "" if span is Span.UNKNOWN else ntr("{count} person", "{count} people", len(part))


def _summary(dated: Sequence[ReleaseLine]) -> str:
    """How many, and how many of them at short notice."""
    if not dated:
        return tr("No release day is known.")
    words = ntr("{count} release with a day", "{count} releases with a day", len(dated))
    short_notice = sum(line.short_notice for line in dated)
    if not short_notice:
        return words
    hurried = ntr("{count} at short notice", "{count} at short notice", short_notice)
    return f"{words} · {hurried}"


def _notice(line: ReleaseLine) -> str:
    found = _notice_tag(line)
    return "" if found is None else found[0]


def _notice_tag(line: ReleaseLine) -> tuple[str, str] | None:
    """What is out of the ordinary about a release; days have no colour."""
    if line.left:
        return tr("After the gate"), "grey"
    return (tr("Short notice"), "amber") if line.short_notice else None
