"""My day: what needs me, and the releases that come. A list of tasks; days to release are plain text."""

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtWidgets import QPushButton, QWidget

from rehabdesk.core.i18n import ntr, tr
from rehabdesk.core.text import isolate
from rehabdesk.overview.day_service import Coming, MyDay, Task
from rehabdesk.ui.dates import local, long, short
from rehabdesk.ui.kit import STRETCH, Kit
from rehabdesk.ui.page import Page, Route

NOON, EVENING = 12, 18


class DayPage(Page):
    """`now`: the desk's clock. `beside` gives the cards of other subjects, which stand beside the tasks."""

    def __init__(
        self,
        kit: Kit,
        day: MyDay,
        now: Callable[[], datetime],
        beside: Callable[[Page], Sequence[QWidget]] = lambda _page: (),
    ) -> None:
        super().__init__(kit)
        self._day, self._now, self._beside = day, now, beside
        self._first: QPushButton | None = None
        self.refresh()

    def first_focus(self) -> QWidget | None:
        return self._first

    def main_act(self) -> None:
        if self._first is not None:
            self._first.click()

    def refresh(self) -> None:
        kit, tasks, coming = self.kit, self._day.tasks(), self._day.coming()
        at = local(self._now())
        title = kit.label(_greeting(at.hour).format(name=isolate(self._day.name)), "h1")
        count = ntr("{count} thing needs you", "{count} things need you", len(tasks)) if tasks else ""
        words = f"{long(at.date())} · {count}" if count else long(at.date())
        self.set_head(kit.column(title, kit.label(words, "small", tone="muted"), gap=0))
        self._first = None
        rows: list[QWidget] = []
        for task in tasks:
            rows += [self._task(task), kit.rule()]
        if not rows:
            rows = [kit.empty(self._nothing(coming)), kit.rule()]
        left = kit.card(tr("Needs you today"), *rows[:-1], gap=1)
        lines = [part for one in coming for part in (self._coming(one), kit.rule())]
        if not lines:
            lines = [kit.empty(tr("Nobody is within 12 weeks of release.")), kit.rule()]
        right = kit.card(tr("Releases, next 12 weeks"), *lines[:-1], gap=2)
        cards = self._beside(self)
        body = kit.row(
            (kit.box(kit.column(left, STRETCH)), 5), (kit.box(kit.column(*cards, right, STRETCH, gap=4)), 3), gap=4
        )
        self.set_body(body)

    def _nothing(self, coming: tuple[Coming, ...]) -> str:
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
            self._first = button
        words = kit.column(
            kit.label(task.words, "h3", wrap=True),
            kit.label(task.detail, "small", tone="muted", wrap=True) if task.detail else None,
            gap=0,
        )
        icon = kit.picture(task.icon, "danger" if task.tag[1] == "red" else "text2")
        row = kit.row(icon, (kit.box(words), 1), kit.tag(*task.tag), button, gap=3, margins=(0, 6, 0, 6))
        return kit.box(row)

    def _coming(self, one: Coming) -> QWidget:
        kit = self.kit
        name = kit.button(isolate(one.name), kind="link")
        name.setAccessibleName(tr("Open the release of {name}").format(name=one.name))
        name.clicked.connect(lambda: self.go.emit(Route(name="person", person=one.person, id="release")))
        days = ntr("{count} day", "{count} days", one.days)
        facts = tr("{days} · {done} of {all} done").format(days=days, done=one.done, all=one.all)
        late = None
        if one.late:
            late = kit.label(ntr("{count} overdue", "{count} overdue", one.late), "small", tone="danger")
        return kit.box(
            kit.column(
                kit.row(name, STRETCH, kit.label(short(one.day), "small")),
                kit.row(kit.label(facts, "small", tone="muted"), STRETCH, late),
                gap=0,
            )
        )


def _greeting(hour: int) -> str:
    if hour < NOON:
        return tr("Good morning, {name}")
    return tr("Good afternoon, {name}") if hour < EVENING else tr("Good evening, {name}")
