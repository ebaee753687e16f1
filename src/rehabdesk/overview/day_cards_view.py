"""Cards of My day beside the tasks: today's meetings, what is due this week, and the releases that come."""

from collections.abc import Sequence
from typing import Any, Protocol

from PySide6.QtWidgets import QWidget

from rehabdesk.core.i18n import ntr, tr
from rehabdesk.core.text import isolate, isolate_ltr, join_words
from rehabdesk.overview.day_service import Coming
from rehabdesk.overview.release_tasks_service import DueLine
from rehabdesk.overview.today_service import Meeting
from rehabdesk.ui.dates import clock, short
from rehabdesk.ui.kit import STRETCH, Kit
from rehabdesk.ui.page import Route
from rehabdesk.ui.plain_kit import Card

MOST = 10


class Goes(Protocol):
    """What leads elsewhere: a page's signal."""

    def emit(self, route: Any, /) -> object: ...


def meetings_card(kit: Kit, meetings: Sequence[Meeting], go: Goes) -> Card:
    """With the time of each."""
    rows = [
        kit.box(
            kit.row(
                kit.label(clock(one.at), "strong"),
                (kit.label(one.words, wrap=True), 1),
                opener(kit, one.words, go, Route(name=one.page, person=one.person, id=one.id)),
                gap=3,
                margins=(0, 6, 0, 6),
            )
        )
        for one in meetings
    ]
    return kit.card(tr("Today"), *ruled(kit, rows), gap=1)


def week_card(kit: Kit, lines: Sequence[DueLine], go: Goes) -> Card:
    """The next items of own cases: the day, what it is, and whose list it stands in."""
    rows: list[QWidget] = []
    for line in lines[:MOST]:
        said = f"{isolate_ltr(line.item.template.code)} {tr(line.item.template.text)}"
        words = kit.column(
            kit.label(said, wrap=True),
            kit.label(f"{short(line.item.due)} · {isolate(line.name)}", "small", tone="muted", wrap=True),
            gap=0,
        )
        button = opener(kit, join_words((said, line.name)), go, Route(name="person", person=line.person, id="release"))
        rows.append(kit.box(kit.row((kit.box(words), 1), button, gap=3, margins=(0, 6, 0, 6))))
    if len(lines) > MOST:
        more = ntr("{count} more this week", "{count} more this week", len(lines) - MOST)
        rows.append(kit.label(more, "small", tone="muted"))
    return kit.card(tr("Due in the next 7 days"), *ruled(kit, rows), gap=1)


def coming_card(kit: Kit, coming: Sequence[Coming], go: Goes) -> Card:
    """Days to release are plain text; only work that is late is red."""
    rows = [_coming(kit, one, go) for one in coming]
    if not rows:
        rows = [kit.empty(tr("Nobody is within 12 weeks of release."))]
    return kit.card(tr("Releases, next 12 weeks"), *ruled(kit, rows), gap=2)


def _coming(kit: Kit, one: Coming, go: Goes) -> QWidget:
    name = kit.button(isolate(one.name), kind="link")
    name.setAccessibleName(tr("Open the release of {name}").format(name=one.name))
    name.clicked.connect(lambda: go.emit(Route(name="person", person=one.person, id="release")))
    days = ntr("{count} day", "{count} days", one.days) if one.days else tr("today")
    facts = tr("{days} · {done} of {all} done").format(days=days, done=one.done, all=one.all)
    if not one.all:
        facts = tr("{days} · checklist not started").format(days=days)
    late = None
    if one.late:
        late = kit.label(ntr("{count} overdue", "{count} overdue", one.late), "small", tone="danger")
    notice = kit.tag(tr("Short notice"), "amber") if one.short_notice else None
    return kit.box(
        kit.column(
            kit.row(name, STRETCH, kit.label(short(one.day), "small")),
            kit.row((kit.label(facts, "small", tone="muted", wrap=True), 1), notice, late),
            gap=0,
        )
    )


def opener(kit: Kit, about: str, go: Goes, route: Route) -> QWidget:
    """A button that opens a route; `about`: what it opens, for screen readers."""
    words = tr("Open")
    button = kit.button(words)
    button.setAccessibleName(f"{words}: {about}")
    button.clicked.connect(lambda: go.emit(route))
    return button


def ruled(kit: Kit, rows: Sequence[QWidget]) -> list[QWidget]:
    """The rows with a thin line between each two."""
    found: list[QWidget] = []
    for row in rows:
        found += [row, kit.rule()]
    return found[:-1]
