"""My day: what needs me, what is planned and due, and the releases that come. Days to release are plain text."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtWidgets import QPushButton, QWidget

from rehabdesk.core.i18n import ntr, tr
from rehabdesk.core.text import isolate
from rehabdesk.overview.day_cards_view import coming_card, meetings_card, week_card
from rehabdesk.overview.day_service import Coming, MyDay, Task
from rehabdesk.overview.release_tasks_service import ReleaseDay
from rehabdesk.overview.today_service import Meeting
from rehabdesk.ui.dates import local, long
from rehabdesk.ui.kit import STRETCH, Kit
from rehabdesk.ui.page import Page, Route

NOON, EVENING = 12, 18


@dataclass(frozen=True, slots=True, kw_only=True)
class DayParts:
    """What a day is put together from; app gives it. `releases` gives them as they stand when it is called.

    `beside`: the cards of other subjects. `month`: whether this role has a page of its own month.
    """

    now: Callable[[], datetime]
    releases: Callable[[], ReleaseDay]
    meetings: Callable[[], Sequence[Meeting]] = lambda: ()
    beside: Callable[[Page], Sequence[QWidget]] = lambda _page: ()
    month: bool = False


class DayPage(Page):
    """The home of every role."""

    def __init__(self, kit: Kit, day: MyDay, parts: DayParts) -> None:
        super().__init__(kit)
        self._day, self._parts = day, parts
        self.refresh()

    def first_focus(self) -> QWidget | None:
        """The first task; on a day without one, what stands beside."""
        return self._first or next(iter(self.scroll_area().findChildren(QPushButton)), None)

    def refresh(self) -> None:
        kit, tasks, releases = self.kit, self._day.tasks(), self._parts.releases()
        self._show_head(len(tasks))
        coming = releases.coming()
        self._first = self._act = None
        rows: list[QWidget] = []
        for task in tasks:
            rows += [self._task(task), kit.rule()]
        if not rows:
            rows = [kit.empty(self._nothing(coming)), kit.rule()]
        left: list[QWidget] = [kit.card(tr("Needs you today"), *rows[:-1], gap=1)]
        if meetings := self._parts.meetings():
            left.append(meetings_card(kit, meetings, self.go))
        if week := releases.this_week():
            left.append(week_card(kit, week, self.go))
        right = list(self._parts.beside(self))
        if releases.sees:
            right.append(coming_card(kit, coming, self.go))
        columns = [(kit.box(kit.column(*left, STRETCH, gap=4)), 5)]
        if right:
            columns.append((kit.box(kit.column(*right, STRETCH, gap=4)), 3))
        self.set_body(kit.row(*columns, gap=4))

    def _show_head(self, count: int) -> None:
        kit, at = self.kit, local(self._parts.now())
        title = kit.label(_greeting(at.hour).format(name=isolate(self._day.name)), "h1")
        words = long(at.date())
        if count:
            waiting = ntr("{count} thing needs you", "{count} things need you", count)
            words = f"{words} · {waiting}"
        head = kit.column(title, kit.label(words, "small", tone="muted"), gap=0)
        month = None
        if self._parts.month:
            month = kit.button(tr("My month"), icon="calendar")
            month.clicked.connect(lambda: self.go.emit(Route(name="my_month")))
        self.set_head(kit.row((kit.box(head), 1), month, gap=3))

    def _nothing(self, coming: Sequence[Coming]) -> str:
        if not coming:
            return tr("Nothing needs you today.")
        return tr("Nothing needs you today. Next release: {name}, {day}.").format(
            name=isolate(coming[0].name), day=long(coming[0].day)
        )

    def _task(self, task: Task) -> QWidget:
        kit = self.kit
        button = kit.button(task.act)
        button.setAccessibleName(f"{task.act}: {task.words}")
        button.clicked.connect(lambda: self.go.emit(Route(name=task.page, person=task.person, id=task.id)))
        if self._first is None:
            self._first, self._act = button, button.click
        words = kit.column(
            kit.label(task.words, "h3", wrap=True),
            kit.label(task.detail, "small", tone="muted", wrap=True) if task.detail else None,
            gap=0,
        )
        icon = kit.picture(task.icon, "danger" if task.tag[1] == "red" else "text2")
        row = kit.row(icon, (kit.box(words), 1), kit.tag(*task.tag), button, gap=3, margins=(0, 6, 0, 6))
        return kit.box(row)


def _greeting(hour: int) -> str:
    if hour < NOON:
        return tr("Good morning, {name}")
    return tr("Good afternoon, {name}") if hour < EVENING else tr("Good evening, {name}")
