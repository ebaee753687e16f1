"""The release of one person: how many days are left, the checklist, and the conditions in plain words."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QWidget

from rehabdesk.core.i18n import ntr, tr
from rehabdesk.core.text import isolate
from rehabdesk.readiness.model import SEALING_ITEM, Item, Mode
from rehabdesk.readiness.service import Readiness, Releases
from rehabdesk.readiness.view.conditions_card import ConditionsCard
from rehabdesk.readiness.view.countdown import Countdown, Milestone
from rehabdesk.readiness.view.item_forms import ItemForms
from rehabdesk.readiness.view.items_table import items_table, next_open
from rehabdesk.readiness.view.list_forms import ListForms, Record, Said
from rehabdesk.readiness.words_model import countdown_words, rest_words, state_words
from rehabdesk.ui.dates import long, short
from rehabdesk.ui.kit import STRETCH, Kit
from rehabdesk.ui.page import LARGE_TEXT, Page, Route

MOST_MILESTONES = 6
MOST_NAMED = 2
"""How many items a warning names before it counts the others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowed:
    """What this role does here; what it may not do is absent."""

    keep: bool
    mark: bool
    waive: bool
    print: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """What the register knows of the release, and how it is written there.

    `planned`: the day, or None. `released`: the day on which the person left. `known`: what is said of it.
    `routes`, `sources`: what may be said, as (code, words).
    """

    planned: date | None
    released: date | None
    known: Said
    record: Record
    routes: Sequence[tuple[str, str]]
    sources: Sequence[tuple[str, str]]


class ReleaseTab(Page):
    """`express`: where an Express packet is made, for who may make one."""

    def __init__(
        self,
        kit: Kit,
        releases: Releases,
        person_id: str,
        *,
        name: str,
        register: Register,
        allowed: Allowed,
        conditions: ConditionsCard | None,
        prove: Callable[[str], object],
        express: Route | None,
    ) -> None:
        super().__init__(kit)
        self._releases, self._person, self._name, self._register = releases, person_id, name, register
        self._allowed, self._conditions, self._express = allowed, conditions, express
        self._forms = ItemForms(self, releases, person_id, name=name, prove=prove, updated=self._updated)
        self._lists = ListForms(
            self,
            releases,
            person_id,
            planned=register.planned,
            known=register.known,
            record=register.record,
            routes=register.routes,
            sources=register.sources,
            moved=self._keep_undo,
            changed=self.refresh,
        )
        self._code = ""
        self.refresh()

    def main_act(self) -> None:
        act = self._forms.act or self._lists.act or self._act
        if act is not None:
            act()

    def refresh(self) -> None:
        self._act = self._forms.act = self._lists.act = None
        readiness = self._releases.of_person(self._person)
        if readiness is None or readiness.checklist.ended is not None:
            self._show_nothing(readiness)
        else:
            self._show(readiness)

    def reopen(self, form: str) -> None:
        readiness = self._releases.of_person(self._person)
        running = None if readiness is None or readiness.checklist.ended is not None else readiness
        if self._conditions is not None and self._conditions.reopen(self, form):
            return
        if self._allowed.keep and self._lists.reopen(form, running):
            return
        for item in () if running is None else running.items:
            if item.template.code == form.partition(" ")[2]:
                self._code = item.template.code
                self._forms.reopen(form, item)

    # before there is a list

    def _show_nothing(self, ended: Readiness | None) -> None:
        kit, buttons = self.kit, []
        if self._allowed.keep:
            start = kit.button(tr("Start now"), kind="primary", icon="list-checks")
            start.setObjectName("start-list")
            start.clicked.connect(self._lists.ask_start)
            buttons.append(start)
            self._first, self._act = start, self._lists.ask_start
        words = tr("The checklist starts 180 days before release, or now.")
        if ended is not None:
            words = tr("The last checklist is closed. Start a new one when a new release is planned.")
        self.set_head(kit.row(kit.label(tr("Release"), "h2"), STRETCH))
        parts: list[QWidget] = [kit.empty(words, *buttons)]
        if self._conditions is not None and self._conditions.shown:
            parts.append(self._conditions.build(self))
        self.set_body(kit.box(kit.column(*parts, STRETCH, gap=4)))
        self.set_foot(kit.row(STRETCH))

    # the list

    def _show(self, readiness: Readiness) -> None:
        kit, today = self.kit, self.kit.today()
        done = sum(not item.open for item in readiness.items)
        late = sum(item.is_overdue(today) for item in readiness.items)
        counts = [tr("{done} of {all} done").format(done=done, all=len(readiness.items))]
        if late:
            counts.append(ntr("{count} overdue", "{count} overdue", late))
        blocking = len(readiness.open_blocking)
        if blocking:
            counts.append(ntr('{count} still needed before "ready"', '{count} still needed before "ready"', blocking))
        counts.append(tr("nothing here delays a release"))
        title = self._title(readiness)
        head = kit.row((title, 1), *self._list_acts(readiness))
        said = kit.label(" · ".join(counts), "small", tone="muted", wrap=True)
        rest = self._rest_warning(readiness)
        large = kit.theme.look.zoom > LARGE_TEXT  # then what stays in sight would be half of the page
        words = [each for each in (said, rest) if each is not None]
        self.set_head(kit.column(head, *([] if large else words), gap=1))
        self._table(readiness, above=words if large else [])
        self.set_foot(kit.row(STRETCH, *self._item_acts()))

    def _title(self, readiness: Readiness) -> QWidget:
        """How long it is, the day, the state. At short notice in two lines: its three acts leave less room."""
        kit, anchor = self.kit, readiness.checklist.anchor
        day = short(anchor) if _is_short(readiness) and kit.theme.look.zoom > LARGE_TEXT else long(anchor)
        words = f"{countdown_words(anchor, kit.today())} · {isolate(day)}"
        state = kit.tag(*state_words(readiness.state))
        if not _is_short(readiness):
            return kit.flow(kit.label(words, "h2"), state)
        tags = kit.flow(state, kit.tag(tr("Short notice"), "amber"))
        return kit.box(kit.column(kit.label(words, "h2", wrap=True), tags, gap=1))

    def _table(self, readiness: Readiness, above: Sequence[QWidget]) -> None:
        kit, today = self.kit, self.kit.today()
        self.table = items_table(kit, readiness, name=self._name, today=today, chosen=self._code)
        self.table.opened.connect(self._open_item)
        self._first = self.table
        begins = min((item.due for item in readiness.items), default=today)
        line = Countdown(kit.theme, begins, today, readiness.checklist.anchor, _milestones(readiness, today))
        card = kit.card("", line)
        parts: list[QWidget] = [self.table, card] if kit.theme.look.zoom > LARGE_TEXT else [card, self.table]
        if _is_short(readiness):
            parts = [self.table]  # the line would be a point, and the first thing to do is what counts
        if self._conditions is not None:
            parts.append(self._conditions.build(self))
        self.set_body(kit.box(kit.column(*above, *self._after_gate(readiness), *parts, STRETCH, gap=4)))

    def _rest_warning(self, readiness: Readiness) -> QWidget | None:
        """Offices that are closed around the release, and what is open and needs one. It stays in sight."""
        rest = self._releases.rest_warning(readiness)
        if rest is None or readiness.checklist.anchor < self.kit.today():
            return None
        words = rest_words(rest, short)
        if rest.items:
            titles = " · ".join(isolate(tr(item.template.text)) for item in rest.items[:MOST_NAMED])
            words += " " + tr("Open, and in need of an office: {items}.").format(items=titles)
        if len(rest.items) > MOST_NAMED:
            more = len(rest.items) - MOST_NAMED
            words += " " + ntr("And {count} more.", "And {count} more.", more)
        return self.kit.label(words, "small", tone="warn", wrap=True)

    def _after_gate(self, readiness: Readiness) -> list[QWidget]:
        """What is asked once the person has left."""
        if self._register.released is None:
            return []
        return [*self._other_day(readiness, self._register.released), *self._no_packet(readiness)]

    def _other_day(self, readiness: Readiness, released: date) -> list[QWidget]:
        """The person left on another day than the one that the list counts from."""
        kit = self.kit
        if released == readiness.checklist.anchor or not self._allowed.keep:
            return []
        words = tr("The release was on {day}. The list still counts from another day.").format(day=short(released))
        count = kit.button(tr("Count from {day}").format(day=short(released)), kind="quiet")
        count.clicked.connect(lambda: self._count_from(readiness, released))
        row = kit.row(kit.picture("triangle-alert", "warn"), (kit.label(words, wrap=True), 1), count, gap=2)
        return [kit.card("", row, kind="warn")]

    def _no_packet(self, readiness: Readiness) -> list[QWidget]:
        """After the gate: a packet that is sealed, or why there is none. The release is recorded in any case."""
        item = readiness.item(SEALING_ITEM) if self._allowed.keep else None
        if item is None or not item.open or item.reason or self._express is None:
            return []
        kit = self.kit
        express, why = kit.button(tr("Express packet"), kind="quiet"), kit.button(tr("Say why"), kind="quiet")
        express.clicked.connect(lambda: self.go.emit(self._express))
        why.clicked.connect(lambda: self._open_item(item))
        words = tr("The release is recorded, and no packet is sealed.")
        row = kit.row(kit.picture("package", "warn"), (kit.label(words, wrap=True), 1), why, express, gap=2)
        return [kit.card("", row, kind="warn")]

    def _count_from(self, readiness: Readiness, day: date) -> None:
        self._lists.move(readiness, day)
        self.refresh()

    def _list_acts(self, readiness: Readiness) -> list[QWidget]:
        kit, printed = self.kit, list[QWidget]()
        if self._allowed.print:
            own = kit.button(tr("Print for {name}").format(name=isolate(self._name)), icon="printer")
            own.clicked.connect(lambda: self.go.emit(Route(name="own_list", person=self._person)))
            printed.append(own)
        if not self._allowed.keep:
            return printed
        move = kit.button(tr("Move the date"))
        move.clicked.connect(lambda: self._lists.ask_move(readiness))
        if not _is_short(readiness):
            notice = kit.button(tr("Short notice"))
            notice.clicked.connect(lambda: self._lists.ask_notice(readiness))
            return [*printed, notice, move]
        planned = kit.button(tr("Not at short notice"), kind="quiet")
        planned.clicked.connect(lambda: self._lists.end_notice(readiness))
        express = kit.button(tr("Express packet"), icon="package")
        express.clicked.connect(lambda: self.go.emit(self._express))
        return [*printed, planned, move, *([express] if self._express is not None else [])]

    def _item_acts(self) -> list[QWidget]:
        kit = self.kit
        if self._allowed.mark:
            update = kit.button(tr("Update item"), kind="primary", icon="pencil")
            update.clicked.connect(self._open_current)
            self._act = self._open_current
            return [update]
        if self._allowed.waive:
            waive, agree = kit.button(tr("Waive"), kind="primary"), kit.button(tr("Agree: not applicable"))
            waive.clicked.connect(lambda: self._forms.ask_waiver(self.table.current()))
            agree.clicked.connect(lambda: self._forms.ask_not_applicable(self.table.current()))
            self._act = lambda: self._forms.ask_waiver(self.table.current())
            return [agree, waive]
        return []

    def _open_current(self) -> None:
        self._open_item(self.table.current())

    def _open_item(self, item: Item | None) -> None:
        if item is None:
            return
        self._code = item.template.code
        if self._allowed.mark:
            self._forms.ask_update(item)
        elif self._allowed.waive:
            self._forms.ask_waiver(item)

    def _keep_undo(self, undo: Callable[[], None]) -> None:
        self._undo = undo

    def _updated(self, code: str, undo: Callable[[], None]) -> None:
        """At short notice one goes on with the next open item; else the item stays in hand."""
        self._undo = undo
        readiness = self._releases.of_person(self._person)
        if readiness is not None and _is_short(readiness):
            self._code = next_open(readiness, code, self.kit.today())


def _is_short(readiness: Readiness) -> bool:
    return readiness.checklist.mode is Mode.SHORT_NOTICE


def _milestones(readiness: Readiness, today: date) -> list[Milestone]:
    """The days on which a group of the list ends, and the release; at most as many as there is room for."""
    ends: dict[str, list[Item]] = {}
    for item in readiness.items:
        if item.due <= readiness.checklist.anchor:
            ends.setdefault(item.template.group, []).append(item)
    found = []
    for group, items in ends.items():
        title = tr(readiness.groups[group])
        last = max(items, key=lambda item: item.due)
        late = next((item for item in items if item.is_overdue(today)), None)
        if late is not None:
            found.append(Milestone(day=late.due, words=title, state="overdue"))
        else:
            state = "done" if not any(item.open for item in items) else "open"
            found.append(Milestone(day=last.due, words=title, state=state))
    found.sort(key=lambda each: each.day)
    spread = found[:: max(1, len(found) // MOST_MILESTONES)][:MOST_MILESTONES]
    release = Milestone(day=readiness.checklist.anchor, words=tr("Release"), state="open")
    return [*(each for each in spread if each.day != release.day), release]
