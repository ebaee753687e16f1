"""The line from the opening of a list to the release: today, milestones, release day. No part of a whole is shown."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from rehabdesk.core.i18n import tr
from rehabdesk.core.text import join_words
from rehabdesk.ui.dates import short
from rehabdesk.ui.theme import Theme

HEIGHT, LINE, FLAG = 100, 50, 22
MARK_WIDTH, MARK = 108, 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone:
    """`state`: done, overdue, next or open."""

    day: date
    words: str
    state: str


_LOUDEST = ("overdue", "next", "open", "done")
"""Which state a mark of several shows."""
_INK = {"done": "success", "overdue": "danger", "next": "warn", "open": "border_strong"}


class Countdown(QWidget):
    """Milestones in order of their days. Mirrored in right-to-left; said as one sentence for each point."""

    def __init__(self, theme: Theme, begins: date, today: date, release: date, milestones: Sequence[Milestone]) -> None:
        super().__init__()
        self._theme, self._begins, self._today, self._release = theme, min(begins, today), today, release
        self._milestones = tuple(milestones)
        self.setFixedHeight(theme.px(HEIGHT))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(theme.px(420))
        self.setAccessibleName(tr("Release timeline"))
        said = {"done": tr("done"), "overdue": tr("overdue"), "next": tr("next"), "open": tr("open")}
        points = [f"{each.words}: {join_words((short(each.day), said[each.state]))}." for each in self._milestones]
        self.setAccessibleDescription(
            " ".join(
                [
                    *points,
                    tr("Today is {day}.").format(day=short(today)),
                    tr("Release {day}.").format(day=short(release)),
                ]
            )
        )

    def _x(self, day: date) -> float:
        """Where a day stands, from the reading start."""
        edge = self._theme.px(MARK_WIDTH / 2)
        width = self.width() - 2 * edge
        span = max(1, (self._release - self._begins).days)
        share = min(1.0, max(0.0, (day - self._begins).days / span))
        return edge + width * ((1 - share) if self._theme.look.rtl else share)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        theme, px = self._theme, self._theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        y = px(LINE)
        for ink, end in (("track", self._release), ("primary", self._today)):
            pen = QPen(theme.colour(ink), px(5), Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            painter.drawLine(QPointF(self._x(self._begins), y), QPointF(self._x(end), y))
        ends = [-1.0, -1.0]
        for x, each in self._points():
            self._mark(painter, each, x, y)
            self._words(painter, each, QPointF(x, y), ends)
        self._today_flag(painter, y)

    def _points(self) -> list[tuple[float, Milestone]]:
        """Milestones from left to right; those whose marks would cover each other are one, which says them all."""
        found: list[tuple[float, Milestone]] = []
        for each in sorted(self._milestones, key=lambda one: self._x(one.day)):
            x = self._x(each.day)
            if found and x - found[-1][0] < self._theme.px(MARK):
                first = found[-1][1]
                state = min(first.state, each.state, key=_LOUDEST.index)
                found[-1] = found[-1][0], replace(first, words=join_words((first.words, each.words)), state=state)
            else:
                found.append((x, each))
        return found

    def _mark(self, painter: QPainter, each: Milestone, x: float, y: int) -> None:
        theme, px = self._theme, self._theme.px
        full = each.state in ("done", "overdue")
        painter.setPen(QPen(theme.colour(_INK[each.state]), px(2)))
        painter.setBrush(theme.colour(_INK[each.state] if full else "surface"))
        painter.drawEllipse(QPointF(x, y), px(7), px(7))
        if full:
            icon = theme.pixmap("check" if each.state == "done" else "x", "surface", 10, 4)
            painter.drawPixmap(QPointF(x - px(5), y - px(5)), icon)

    def _words(self, painter: QPainter, each: Milestone, mark: QPointF, ends: list[float]) -> None:
        """Below the mark, in the second line where the first is taken. `ends`: how far each line is written.

        Where neither has room the mark stands without words; they are in the description and in the list below.
        """
        theme, px, font = self._theme, self._theme.px, self._theme.font("caption")
        metrics = QFontMetrics(font)
        words = metrics.elidedText(each.words, Qt.TextElideMode.ElideRight, px(MARK_WIDTH + 40))
        width = metrics.horizontalAdvance(words)
        left = min(max(0.0, mark.x() - width / 2), self.width() - width)
        line = next((number for number, end in enumerate(ends) if left > end + px(8)), None)
        if line is None:
            return
        ends[line] = left + width
        painter.setFont(font)
        painter.setPen(theme.colour("danger" if each.state == "overdue" else "text2"))
        place = QRectF(left, mark.y() + px(10) + line * metrics.height(), width + 1, metrics.height())
        painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), words)

    def _today_flag(self, painter: QPainter, y: int) -> None:
        theme, px, x, words = self._theme, self._theme.px, self._x(self._today), tr("Today")
        font = theme.font("caption")
        painter.setFont(font)
        width = QFontMetrics(font).horizontalAdvance(words) + px(14)
        left = min(max(0.0, x - width / 2), self.width() - width)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("primary"))
        painter.drawRoundedRect(QRectF(left, px(4), width, px(FLAG)), px(4), px(4))
        painter.drawRect(QRectF(x - px(1), px(4 + FLAG), px(2), y - px(4 + FLAG)))
        painter.setPen(theme.colour("on_primary"))
        painter.drawText(QRectF(left, px(4), width, px(FLAG)), int(Qt.AlignmentFlag.AlignCenter), words)
