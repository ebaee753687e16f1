"""The supervision board: numbers of work by kind, each with the way to its list; and one such list.

No member of staff stands here and nobody is put in an order: what a number hides behind it is work, by the calendar.
"""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtWidgets import QWidget

from rehabdesk.core.i18n import ntr, tr, tr_as
from rehabdesk.overview.day_cards_view import Goes
from rehabdesk.overview.month_model import SHOWN_FROM
from rehabdesk.overview.old_drafts_view import old_drafts_card
from rehabdesk.overview.supervision_model import (
    WAITS_FOR_ME,
    WorkCount,
    WorkKind,
    WorkLine,
    kind_title,
    nothing_words,
)
from rehabdesk.overview.supervision_service import Supervision
from rehabdesk.ui.dates import all_days, short
from rehabdesk.ui.kit import STRETCH, Kit
from rehabdesk.ui.page import Page, Route
from rehabdesk.ui.plain_kit import Card
from rehabdesk.ui.table import Column

LIST = "work"
"""Name of the route of a list; its id is a kind of work."""
LINE_HEIGHT = 36
"""Pixels: of a line with a button, and of one without."""


class SupervisionPage(Page):
    """What waits for the supervisor, and how the work of the house stands. `beside`: cards of other statistics."""

    def __init__(self, kit: Kit, supervision: Supervision, beside: Callable[[], Sequence[QWidget]] = tuple) -> None:
        super().__init__(kit)
        self._supervision, self._beside = supervision, beside
        title = kit.label(tr("Supervision"), "h1")
        said = tr("Numbers of work, by kind. Nobody is compared here.")
        self.set_head(kit.box(kit.column(title, kit.label(said, "small", tone="muted"), gap=0)))
        self.refresh()

    def refresh(self) -> None:
        kit, counts = self.kit, self._supervision.counts()
        self._first = self._act = None
        mine = [one for one in counts if one.kind in WAITS_FOR_ME]
        house = [one for one in counts if one.kind not in WAITS_FOR_ME]
        waits = kit.card(tr("Waits for you"), *self._rows(mine, tr("Nothing waits for you.")), gap=1)
        stands = kit.card(tr("How the work stands"), *self._rows(house, ""), gap=1)
        drafts = old_drafts_card(kit, self._supervision.old_drafts())
        reasons = self._put_off()
        self.set_body(
            kit.row(
                (kit.box(kit.column(waits, drafts, STRETCH, gap=4)), 1),
                (kit.box(kit.column(stands, reasons, *self._beside(), STRETCH, gap=4)), 1),
                gap=4,
            )
        )

    def _put_off(self) -> QWidget | None:
        """A statistic: it leads to nobody, and says no number below ten (G33, G34)."""
        kit, lines = self.kit, self._supervision.put_off()
        if not lines:
            return None
        title, few = tr("Why reviews were put off"), tr("fewer than {least}").format(least=SHOWN_FROM)
        if all(number is None for _, number in lines):
            nothing = tr("Too few records to show without pointing at someone.")
            return kit.card(title, kit.label(nothing, tone="muted", wrap=True), gap=2)
        rows = [
            kit.box(
                kit.row(
                    (kit.label(words, wrap=True), 1),
                    kit.label(few if number is None else str(number), "strong" if number else "body"),
                    gap=3,
                )
            )
            for words, number in lines
        ]
        words = tr("Of the reviews that are late. What the house caused is never the person's.")
        return kit.card(title, kit.label(words, "small", tone="muted", wrap=True), *rows, gap=2)

    def _rows(self, counts: Sequence[WorkCount], nothing: str) -> list[QWidget]:
        """Every kind, also the empty ones: a number that comes and goes would make people look for it. `nothing`: said
        instead where all are empty.
        """
        kit = self.kit
        rows: list[QWidget] = []
        if nothing and not any(one.count for one in counts):
            return [kit.empty(nothing)]
        for one in counts:
            rows += [self._row(one), kit.rule()]
        return rows[:-1]

    def _row(self, one: WorkCount) -> QWidget:
        kit, title = self.kit, kind_title(one.kind)
        number = kit.label(str(one.count), "h2", tone="" if one.count else "muted")
        number.setAccessibleName(f"{title}: {one.count}")
        number.setMinimumSize(kit.theme.px(40), kit.theme.px(LINE_HEIGHT))
        button = None
        if one.count:
            button = kit.button(tr("Open the list"))
            button.setAccessibleName(tr("Open the list: {what}").format(what=title))
            button.clicked.connect(lambda: self.go.emit(Route(name=LIST, id=one.kind.value)))
            if self._first is None:
                self._first, self._act = button, button.click
        return kit.box(kit.row(number, (kit.label(title, wrap=True), 1), button, gap=3, margins=(0, 4, 0, 4)))


def board_card(kit: Kit, supervision: Supervision, go: Goes) -> Card:
    """The same numbers on a supervisor's day, with the way to the board."""
    lines: list[QWidget] = []
    for one in supervision.counts():
        if one.kind in WAITS_FOR_ME or not one.count:
            continue
        number = kit.label(str(one.count), "strong")
        number.setAccessibleName(f"{kind_title(one.kind)}: {one.count}")
        lines.append(kit.box(kit.row((kit.label(kind_title(one.kind), wrap=True), 1), number, gap=3)))
    if not lines:
        lines = [kit.label(tr("Nothing is late, and nobody leaves soon."), tone="muted", wrap=True)]
    button = kit.button(tr("Open the board"))
    button.clicked.connect(lambda: go.emit(Route(name="supervision")))
    return kit.card(tr("Supervision"), *lines, kit.start(button), gap=2)


class WorkListPage(Page):
    """The pieces of work of one kind, by the calendar: the nearest release first."""

    def __init__(self, kit: Kit, supervision: Supervision, kind: WorkKind) -> None:
        super().__init__(kit)
        self._supervision, self._kind = supervision, kind
        self._said = kit.label("", "small", tone="muted")
        self.set_head(kit.box(kit.column(kit.label(kind_title(kind), "h1"), self._said, gap=0)))
        back = kit.button(tr("Back"), icon="arrow-left")
        back.clicked.connect(lambda: self.go.emit(Route(name="supervision")))
        self._back = back
        self.set_foot(kit.row(back, STRETCH))
        self._first = back
        self.refresh()

    def refresh(self) -> None:
        kit, lines = self.kit, self._supervision.lines(self._kind)
        counted = ntr("{count} line", "{count} lines", len(lines))
        self._said.setText(tr("{lines}, the nearest release first").format(lines=counted) if lines else "")
        if not lines:
            self._first = self._back
            self.set_body(kit.box(kit.column(kit.empty(nothing_words(self._kind)), STRETCH)))
            return
        table = kit.table(self._columns(), kind_title(self._kind))
        table.show_records(lines)
        table.opened.connect(lambda line: self.go.emit(Route(name=line.page, person=line.person, id=line.id)))
        self._first = table
        self.set_body(kit.box(kit.column(table)))

    def _columns(self) -> list[Column]:
        """What this kind of work has: releases are nothing but case and day."""
        found = [Column(tr("Case"), lambda line: line.case_ref, least=110)]
        if self._kind is not WorkKind.ALERTS:
            found.append(Column(tr("Release"), lambda line: _day(line.release_on), widest=all_days()))
        if self._kind is WorkKind.NEAR:
            found.append(Column(tr("Notice"), _notice, tag=_notice_tag, least=124))
        found.append(Column(tr("What"), lambda line: line.what, share=1))
        if self._kind in (WorkKind.LATE, WorkKind.LOOK, WorkKind.REVIEWS, WorkKind.ALERTS):
            found.append(Column(tr_as("Due", "day"), lambda line: _day(line.due), widest=all_days()))
        if self._kind in (WorkKind.LOOK, WorkKind.REVIEWS):
            found.append(Column(tr("Status"), lambda _line: "", tag=_late_tag, least=110))
        return found


def _day(day: date | None) -> str:
    return "" if day is None else short(day)


def _notice(line: WorkLine) -> str:
    return tr("Short notice") if line.short_notice else ""


def _notice_tag(line: WorkLine) -> tuple[str, str] | None:
    return (tr("Short notice"), "amber") if line.short_notice else None


def _late_tag(line: WorkLine) -> tuple[str, str] | None:
    return (tr("Overdue"), "red") if line.late else None
