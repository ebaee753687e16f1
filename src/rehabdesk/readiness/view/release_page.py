"""The release of one person: how many days are left, the checklist, and the conditions in plain words."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QWidget

from rehabdesk.core.i18n import ntr, tr
from rehabdesk.core.text import isolate
from rehabdesk.readiness.model import Item, Mode
from rehabdesk.readiness.service import Readiness, Releases
from rehabdesk.readiness.view.conditions_card import ConditionsCard
from rehabdesk.readiness.view.countdown import Countdown, Milestone
from rehabdesk.readiness.view.item_forms import ItemForms
from rehabdesk.readiness.view.items_table import items_table
from rehabdesk.readiness.words_model import countdown_words, state_words
from rehabdesk.ui.dates import long, short
from rehabdesk.ui.kit import STRETCH, Kit
from rehabdesk.ui.page import LARGE_TEXT, Page

MOST_MILESTONES = 6
START, MOVE = "start", "move"
"""Names of the two forms of the list itself."""
EARLY_CLOSING = 4
"""Weekday (Monday is 0) on which offices close early: Friday, until the site says another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowed:
    """What this role does here; what it may not do is absent."""

    keep: bool
    mark: bool
    waive: bool


class ReleaseTab(Page):
    """`planned`: the release day that the register knows, or None. `record_date`: writes it
    and the way of release (`routes`) into the register too."""

    def __init__(
        self,
        kit: Kit,
        releases: Releases,
        person_id: str,
        *,
        name: str,
        planned: date | None,
        allowed: Allowed,
        conditions: ConditionsCard | None,
        prove: Callable[[str], object],
        record_date: Callable[[date, str], None],
        routes: Sequence[tuple[str, str]],
    ) -> None:
        super().__init__(kit)
        self._releases, self._person, self._name, self._planned = releases, person_id, name, planned
        self._allowed, self._conditions, self._record_date, self._routes = allowed, conditions, record_date, routes
        self._act: Callable[[], None] | None = None
        self._undo: Callable[[], None] | None = None
        self._first: QWidget | None = None
        self._forms = ItemForms(self, releases, person_id, name=name, prove=prove, waive=allowed.waive)
        self._code = ""
        self.refresh()

    def first_focus(self) -> QWidget | None:
        return self._first

    def main_act(self) -> None:
        act = self._forms.act if self._forms.act is not None else self._act
        if act is not None:
            act()

    def undo(self) -> None:
        undo = self._forms.undo or self._undo
        self._undo = self._forms.undo = None
        if undo is not None:
            undo()

    def refresh(self) -> None:
        self._act = self._forms.act = None
        readiness = self._releases.of_person(self._person)
        if readiness is None or readiness.checklist.ended is not None:
            self._show_nothing(readiness)
        else:
            self._show(readiness)

    # before there is a list

    def _show_nothing(self, ended: Readiness | None) -> None:
        kit, buttons = self.kit, []
        if self._allowed.keep:
            start = kit.button(tr("Start now"), kind="primary", icon="list-checks")
            start.setObjectName("start-list")
            start.clicked.connect(self._ask_start)
            buttons.append(start)
            self._first, self._act = start, self._ask_start
        words = tr("The checklist starts 180 days before release, or now.")
        if ended is not None:
            words = tr("The last checklist is closed. Start a new one when a new release is planned.")
        self.set_head(kit.row(kit.label(tr("Release"), "h2"), STRETCH))
        self.set_body(kit.box(kit.column(kit.empty(words, *buttons), STRETCH)))
        self.set_foot(kit.row(STRETCH))

    def _ask_start(self) -> None:
        kit = self.kit
        day = kit.date_field(self._planned)
        route = kit.combo(self._routes)
        notice = kit.check(tr("Short notice: 14 things first, due today"))

        def start() -> None:
            release_on = day.required()
            self._releases.open_list(self._person, release_on, short_notice=notice.isChecked())
            self._record_date(release_on, route.code() or "")
            self._planned = release_on

        fields = [
            kit.field(tr("Planned release on"), day, required=True),
            kit.field(tr("How"), route, required=True),
            notice,
        ]
        title, act = tr("Start the checklist"), tr("Start now")
        self._act = self.show_form(title, fields, act, start, first=day.line, name=START)

    # the list

    def _show(self, readiness: Readiness) -> None:
        kit, today, anchor = self.kit, self.kit.today(), readiness.checklist.anchor
        done = sum(not item.open for item in readiness.items)
        late = sum(item.is_overdue(today) for item in readiness.items)
        counts = [tr("{done} of {all} done").format(done=done, all=len(readiness.items))]
        if late:
            counts.append(ntr("{count} overdue", "{count} overdue", late))
        blocking = len(readiness.open_blocking)
        if blocking:
            counts.append(ntr('{count} still needed before "ready"', '{count} still needed before "ready"', blocking))
        counts.append(tr("nothing here delays a release"))
        title = kit.row(
            kit.label(f"{countdown_words(anchor, today)} · {isolate(long(anchor))}", "h2"),
            kit.tag(*state_words(readiness.state)),
            kit.tag(tr("Short notice"), "amber") if readiness.checklist.mode is Mode.SHORT_NOTICE else None,
            STRETCH,
            *self._list_acts(readiness),
        )
        warning = None
        if anchor.weekday() == EARLY_CLOSING:
            words = tr("Offices close early that day: book the first appointments for the day before.")
            warning = kit.label(words, "small", tone="warn", wrap=True)
        self.set_head(kit.column(title, kit.label(" · ".join(counts), "small", tone="muted"), warning, gap=1))
        self._table(readiness)
        self.set_foot(kit.row(STRETCH, *self._item_acts()))

    def _table(self, readiness: Readiness) -> None:
        kit, today = self.kit, self.kit.today()
        self.table = items_table(kit, readiness, name=self._name, today=today, chosen=self._code)
        self.table.opened.connect(self._open_item)
        self._first = self.table
        begins = min(item.due for item in readiness.items)
        line = Countdown(kit.theme, begins, today, readiness.checklist.anchor, _milestones(readiness, today))
        card = kit.card("", line)
        parts: list[QWidget] = [self.table, card] if kit.theme.look.zoom > LARGE_TEXT else [card, self.table]
        if self._conditions is not None:
            parts.append(self._conditions.build(self))
        self.set_body(kit.box(kit.column(*parts, STRETCH, gap=4)))

    def _list_acts(self, readiness: Readiness) -> list[QWidget]:
        if not self._allowed.keep:
            return []
        kit = self.kit
        move = kit.button(tr("Move the date"))
        move.clicked.connect(lambda: self._ask_move(readiness))
        if readiness.checklist.mode is Mode.SHORT_NOTICE:
            return [move]
        notice = kit.button(tr("Short notice"))
        notice.clicked.connect(lambda: self._move(readiness, readiness.checklist.anchor, short_notice=True))
        return [notice, move]

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

    # the date

    def _ask_move(self, readiness: Readiness) -> None:
        day = self.kit.date_field(readiness.checklist.anchor)
        self._act = self.show_form(
            tr("Move the release date"),
            [self.kit.field(tr("Planned release on"), day, required=True)],
            tr("Move the date"),
            lambda: self._move(readiness, day.required(), short_notice=None),
            first=day.line,
            name=MOVE,
        )

    def reopen(self, form: str) -> None:
        readiness = self._releases.of_person(self._person)
        if self._conditions is not None and self._conditions.reopen(self, form):
            return
        if readiness is None or readiness.checklist.ended is not None:
            if form == START and self._allowed.keep:
                self._ask_start()
        elif form == MOVE and self._allowed.keep:
            self._ask_move(readiness)
        else:
            for item in readiness.items:
                if item.template.code == form.partition(" ")[2]:
                    self._code = item.template.code
                    self._forms.reopen(form, item)

    def _move(self, readiness: Readiness, to: date, *, short_notice: bool | None) -> None:
        before, was_short = readiness.checklist.anchor, readiness.checklist.mode is Mode.SHORT_NOTICE
        after = self._releases.move_release(self._person, to, short_notice=short_notice)
        if to != before:
            self._record_date(to, "")
        days = {item.template.code: item.due for item in readiness.items}
        moved = sum(days.get(item.template.code) != item.due for item in after.items)
        stayed = sum(item.set_by_person for item in after.items)
        said = tr("The date is {day}. {moved} due dates moved with it, {stayed} stayed because a person set them.")
        self.said.emit(said.format(day=short(to), moved=moved, stayed=stayed) + " " + tr("Ctrl+Z takes it back."))

        def back() -> None:
            self._releases.move_release(self._person, before, short_notice=was_short)
            if to != before:
                self._record_date(before, "")
            self.said.emit(tr("Taken back; the history keeps both."))
            self.refresh()

        self._undo, self._forms.undo = back, None
        self.refresh()


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
