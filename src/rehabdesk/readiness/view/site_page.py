"""The site's own checklist: on which day each item is due, and the days on which offices are closed."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QWidget

from rehabdesk.core.errors import RehabDeskError, UserError
from rehabdesk.core.i18n import ntr, tr
from rehabdesk.core.text import isolate, isolate_ltr, join_words
from rehabdesk.readiness.model import Template, TemplateItem
from rehabdesk.readiness.rest_model import Holiday
from rehabdesk.readiness.site_model import SITE_TEMPLATE
from rehabdesk.readiness.site_service import LARGEST_FILE, SiteChecklists
from rehabdesk.ui.dates import locale, long, short
from rehabdesk.ui.fields import DateField
from rehabdesk.ui.kit import STRETCH, Kit
from rehabdesk.ui.page import Page
from rehabdesk.ui.table import Column, Section

OFFSET, HOLIDAY, WEEKEND = "offset", "holiday", "weekend"
FILE_NAME = "release-checklist.toml"


class SitePage(Page):
    """`choose` and `save`: the dialogs of files."""

    def __init__(
        self,
        kit: Kit,
        site: SiteChecklists,
        *,
        choose: Callable[[QWidget, str, str], Path | None],
        save: Callable[[QWidget, str, bytes], Path | None],
    ) -> None:
        super().__init__(kit)
        self._site, self._choose, self._save = site, choose, save
        self._code = ""
        self.refresh()

    def undo(self) -> None:
        if self._undo is not None:
            super().undo()
            self.said.emit(tr("Taken back; the history keeps both."))
            self.refresh()

    def refresh(self) -> None:
        kit, newest = self.kit, self._site.newest
        own = newest.code == SITE_TEMPLATE
        words = tr("The days that came with the program.")
        if own:
            words = tr("The days of this site, version {version}.").format(version=newest.version)
        said = tr("Lists that are open keep their days. A list that is opened from now on has these.")
        self.set_head(
            kit.column(
                kit.label(tr("Release checklist"), "h1"),
                kit.label(f"{words} {said}", "small", tone="muted", wrap=True),
                gap=1,
            )
        )
        self.set_body(kit.box(kit.column(self._rest(), self._items(), STRETCH, gap=4)))
        change = kit.button(tr("Change the day"), kind="primary", icon="pencil")
        change.clicked.connect(self._open_current)
        take, give = (
            kit.button(tr("Take over a file"), icon="upload"),
            kit.button(tr("Save as a file"), icon="download"),
        )
        take.clicked.connect(self._take_file)
        give.clicked.connect(self._save_file)
        supplied = None
        if own:
            supplied = kit.button(tr("Use the supplied days"), kind="quiet")
            supplied.clicked.connect(self._use_supplied)
        self._act = self._open_current
        self.set_foot(kit.row(supplied, STRETCH, give, take, change))

    # items

    def _items(self) -> QWidget:
        kit, newest, base = self.kit, self._site.newest, self._site.base
        supplied = {item.code: item.offset for item in base.items}
        self._table = kit.table(
            [
                Column(tr("Code"), lambda item: item.code, least=84),
                Column(tr("Item"), lambda item: tr(item.text), share=5),
                Column(tr("Supplied"), lambda item: offset_words(supplied[item.code]), least=170),
                Column(
                    tr("At this site"),
                    lambda item: offset_words(item.offset),
                    tag=lambda item: (
                        (offset_words(item.offset), "blue") if item.offset != supplied[item.code] else None
                    ),
                    least=170,
                ),
            ],
            tr("Items of the checklist"),
        )
        lines: list[Section | TemplateItem] = []
        for code, title in newest.groups.items():
            lines += [
                Section(f"{isolate_ltr(code)} {tr(title)}"),
                *(item for item in newest.items if item.group == code),
            ]
        self._table.show_all(lines)
        row = next((at for at, one in enumerate(lines) if isinstance(one, TemplateItem) and one.code == self._code), 1)
        self._table.selectRow(row)
        self._table.opened.connect(self._ask_offset)
        return kit.card(tr("When each item is due"), self._table)

    def _open_current(self) -> None:
        self._ask_offset(self._table.current())

    def _ask_offset(self, item: TemplateItem | None) -> None:
        if item is None:
            return
        kit, self._code = self.kit, item.code
        days = kit.line(str(abs(item.offset)))
        days.setMaximumWidth(kit.theme.px(120))
        caption = tr("Days after the release") if item.offset > 0 else tr("Days before the release")
        field = kit.field(caption, days, required=True, hint=tr("What the item means stays the same at every site."))
        field.setObjectName(OFFSET)

        def save() -> None:
            before = self._site.newest
            self._site.set_offset(item.code, _offset(days.text(), after=item.offset > 0))
            self._undo = lambda: self._put_back(before)
            self.said.emit(tr("Saved. Ctrl+Z takes it back."))

        title = f"{item.code} · {tr(item.text)}"
        self._act = self.show_form(title, [field], tr("Save"), save, first=days, name=f"{OFFSET} {item.code}")

    def _put_back(self, before: Template) -> None:
        self._site.restore(before)

    # files

    def _take_file(self) -> None:
        path = self._choose(self, tr("A checklist as a file"), "*.toml")
        if path is None:
            return
        before = self._site.newest
        try:
            with path.open("rb") as file:
                content = file.read(LARGEST_FILE + 1)
            self._site.take_file(path.name, content)
        except OSError:
            self.problems([(tr("That file cannot be read."), self._table)])
            return
        except UserError as problem:
            self.problems([(problem.sentence, self._table)])
            return
        self.problems([])
        self._undo = lambda: self._put_back(before)
        self.said.emit(tr("Taken over. New lists have these days. Ctrl+Z takes it back."))
        self.refresh()

    def _save_file(self) -> None:
        try:
            path = self._save(self, FILE_NAME, self._site.file_text().encode("utf-8"))
        except RehabDeskError as problem:
            self.said.emit(problem.sentence)
            return
        if path is not None:
            self.said.emit(tr("Saved. Change the numbers behind “offset”, nothing else, and take it over again."))

    def _use_supplied(self) -> None:
        before = self._site.newest
        self._site.use_supplied()
        self._undo = lambda: self._put_back(before)
        self.said.emit(tr("New lists have the supplied days again. Ctrl+Z takes it back."))
        self.refresh()

    # days of rest

    def _rest(self) -> QWidget:
        kit, days = self.kit, self._site.rest_days
        names = join_words(_weekday(number) for number in days.weekend) or tr("no day of the week")
        change = self._first = kit.button(tr("Change the weekend"), kind="quiet")
        change.clicked.connect(self._ask_weekend)
        add = kit.button(tr("Add a holiday"), kind="quiet", icon="plus")
        add.clicked.connect(self._ask_holiday)
        coming = [each for each in days.holidays if each.day >= kit.today()]
        rows = [self._holiday(each) for each in coming]
        if not rows:
            rows = [kit.label(tr("No holiday to come is in the list."), "small", tone="muted", wrap=True)]
        return kit.card(
            tr("When offices are closed"),
            kit.row((kit.label(tr("Every {days}").format(days=names), wrap=True), 1), change, gap=3),
            *rows,
            kit.start(add),
            gap=2,
        )

    def _holiday(self, holiday: Holiday) -> QWidget:
        kit = self.kit
        words = f"{isolate(long(holiday.day))} · {isolate(holiday.name)}"
        drop = kit.button(tr("Take out"), kind="quiet")
        drop.setAccessibleName(tr("Take out: {what}").format(what=holiday.name))
        drop.clicked.connect(lambda: self._drop(holiday))
        return kit.box(kit.row((kit.label(words, wrap=True), 1), drop, gap=3))

    def _drop(self, holiday: Holiday) -> None:
        self._site.drop_holiday(holiday.day)
        self._undo = lambda: self._add_again(holiday)
        self.said.emit(tr("{day} is out of the list. Ctrl+Z takes it back.").format(day=short(holiday.day)))
        self.refresh()

    def _add_again(self, holiday: Holiday) -> None:
        self._site.add_holiday(holiday.day, holiday.name)

    def _ask_weekend(self) -> None:
        options = [(str(number), _weekday(number)) for number in range(7)]
        chosen = self.kit.several(options, chosen=[str(number) for number in self._site.rest_days.weekend])
        field = self.kit.field(tr("Days of the week on which offices are closed"), chosen)
        field.setObjectName(WEEKEND)

        def save() -> None:
            before = self._site.rest_days.weekend
            self._site.set_weekend(tuple(int(code) for code in chosen.codes()))
            self._undo = lambda: self._set_weekend(before)
            self.said.emit(tr("Saved. Ctrl+Z takes it back."))

        self._act = self.show_form(tr("The weekend"), [field], tr("Save"), save, first=chosen, name=WEEKEND)

    def _ask_holiday(self) -> None:
        kit = self.kit
        day, name = kit.date_field(coming=True), kit.line(limit=80)
        fields = {"day": kit.field(tr("Day"), day, required=True), "name": kit.field(tr("Name"), name, required=True)}
        for key, field in fields.items():
            field.setObjectName(key)

        def save() -> None:
            found = _day(day)
            self._site.add_holiday(found, name.text())
            self._undo = lambda: self._drop_again(found)
            self.said.emit(tr("Saved. Ctrl+Z takes it back."))

        title = tr("Add a holiday")
        self._act = self.show_form(title, list(fields.values()), tr("Save"), save, first=day.line, name=HOLIDAY)

    def _set_weekend(self, weekend: tuple[int, ...]) -> None:
        self._site.set_weekend(weekend)

    def _drop_again(self, day: date) -> None:
        self._site.drop_holiday(day)

    def reopen(self, form: str) -> None:
        """Opens a form again that was left."""
        what, _, code = form.partition(" ")
        if what == OFFSET:
            self._ask_offset(next((item for item in self._site.newest.items if item.code == code), None))
        elif what == HOLIDAY:
            self._ask_holiday()
        elif what == WEEKEND:
            self._ask_weekend()


def offset_words(offset: int) -> str:
    """`7 days before`."""
    if offset == 0:
        return tr("on the day")
    if offset < 0:
        return ntr("{count} day before", "{count} days before", -offset)
    return ntr("{count} day after", "{count} days after", offset)


def _offset(typed: str, *, after: bool) -> int:
    try:
        days = int(typed.strip())
    except ValueError:
        days = -1
    if not 0 <= days <= 400:
        raise UserError(tr("A whole number of days, 0 to 400."), field=OFFSET)
    return days if after else -days


def _weekday(number: int) -> str:
    return locale().dayName(number + 1)


def _day(field: DateField) -> date:
    try:
        return field.required()
    except UserError as problem:
        raise UserError(problem.sentence, field="day") from None
