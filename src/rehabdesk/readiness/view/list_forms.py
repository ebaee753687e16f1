"""The forms of a whole list: starting it, moving the release, short notice. What moves is shown before it is done."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtWidgets import QCheckBox, QLabel, QWidget

from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import ntr, tr
from rehabdesk.readiness.model import Mode
from rehabdesk.readiness.move_model import Move, Moves
from rehabdesk.readiness.service import Readiness, Releases
from rehabdesk.ui.choices import Combo
from rehabdesk.ui.dates import all_days, short
from rehabdesk.ui.fields import DateField
from rehabdesk.ui.page import Page
from rehabdesk.ui.table import Column, Table

START, MOVE, NOTICE = "start", "move", "notice"
"""Names of the forms."""
SOON = timedelta(days=7)
"""A release that is begun to be prepared so late is one at short notice, until somebody says otherwise."""
Record = Callable[[date, "Said", bool], "Said"]
"""Writes day, what is said of it and short notice into the register; gives what was said there before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What the register says of the day of a release: the way of release and where the day comes from, as codes.

    Empty: as it stands there.
    """

    route: str = ""
    source: str = ""


AS_IT_STANDS = Said()


class ListForms:
    """`planned` and `known`: what the register knows of the release.

    `routes`, `sources`: ways of release, and where a day may come from, as (code, words).

    `act` is set while a form is open. `moved` is told how a move is taken back, `changed` shows the list as it is now.
    """

    def __init__(
        self,
        page: Page,
        releases: Releases,
        person_id: str,
        *,
        planned: date | None,
        known: Said,
        record: Record,
        routes: Sequence[tuple[str, str]],
        sources: Sequence[tuple[str, str]],
        moved: Callable[[Callable[[], None]], None],
        changed: Callable[[], None],
    ) -> None:
        self._page, self._releases, self._person = page, releases, person_id
        self._planned, self._record, self._known = planned, record, known
        self._routes, self._sources = routes, sources
        self._moved, self._changed = moved, changed
        self.act: Callable[[], None] | None = None

    def ask_start(self) -> None:
        """Day, way of release, and whether it is at short notice: a near day says so by itself."""
        kit = self._page.kit
        day = kit.date_field(self._planned, coming=True)
        route, source = kit.combo(self._routes, chosen=self._known.route), self._source()
        notice = kit.check(tr("Short notice: 14 things first, due today"))

        def start() -> None:
            release_on, at_short_notice = _day(day), notice.isChecked()
            self._record(release_on, Said(route=route.code() or "", source=source.code() or ""), at_short_notice)
            self._releases.open_list(self._person, release_on, short_notice=at_short_notice)
            self._planned = release_on

        day.changed.connect(lambda: _follow(notice, day, kit.today()))
        _follow(notice, day, kit.today())
        fields = [
            _named("day", kit.field(tr("Planned release on"), day, required=True)),
            kit.field(tr("How"), route, required=True),
            kit.field(tr("Where the day comes from"), source, required=True),
            notice,
        ]
        title, act = tr("Start the checklist"), tr("Start now")
        self.act = self._page.show_form(title, fields, act, start, first=day.line, name=START)

    def ask_move(self, readiness: Readiness) -> None:
        """Another day; what would move and what would stay stands below it.

        A list at short notice asks whether it stays so; a far day says no by itself.
        """
        kit, source = self._page.kit, self._source()
        day = kit.date_field(readiness.checklist.anchor, coming=True)
        fields: list[QWidget] = [
            _named("day", kit.field(tr("Planned release on"), day, required=True)),
            kit.field(tr("Where the day comes from"), source, required=True),
        ]
        notice = (
            kit.check(tr("Still at short notice"), on=True) if readiness.checklist.mode is Mode.SHORT_NOTICE else None
        )
        if notice is not None:
            day.changed.connect(lambda: _follow(notice, day, kit.today()))
            fields.append(notice)
        words, shown = self._preview(day, notice)
        self.act = self._page.show_form(
            tr("Move the release date"),
            [*fields, words, shown],
            tr("Move the date"),
            lambda: self.move(
                readiness,
                _day(day),
                said=Said(source=source.code() or ""),
                short_notice=notice.isChecked() if notice is not None else None,
            ),
            first=day.line,
            name=MOVE,
        )

    def ask_notice(self, readiness: Readiness) -> None:
        """The release comes at once: its day, its way, and what becomes due today."""
        kit, anchor = self._page.kit, readiness.checklist.anchor
        day = kit.date_field(anchor if anchor < kit.today() + SOON else kit.today(), coming=True)
        route, source = kit.combo(self._routes, chosen=self._known.route), self._source()
        fields = [
            _named("day", kit.field(tr("Release on"), day, required=True)),
            kit.field(tr("How"), route, required=True),
            kit.field(tr("Where the day comes from"), source, required=True),
        ]
        words, shown = self._preview(day, True)
        self.act = self._page.show_form(
            tr("Release at short notice"),
            [*fields, words, shown],
            tr("Start short notice"),
            lambda: self.move(
                readiness,
                _day(day),
                said=Said(route=route.code() or "", source=source.code() or ""),
                short_notice=True,
            ),
            first=day.line,
            name=NOTICE,
        )

    def end_notice(self, readiness: Readiness) -> None:
        """Back to a planned release: every item has the day again that follows from the release."""
        self.move(readiness, readiness.checklist.anchor, short_notice=False)
        self._changed()

    def move(
        self, readiness: Readiness, to: date, *, said: Said = AS_IT_STANDS, short_notice: bool | None = None
    ) -> None:
        """Moves, says what moved, and keeps how it is taken back."""
        before, was_short = readiness.checklist.anchor, readiness.checklist.mode is Mode.SHORT_NOTICE
        now_short = was_short if short_notice is None else short_notice
        moves = self._releases.moves(self._person, to, short_notice=short_notice)
        changes_register = to != before or now_short is not was_short or bool(said.route)
        said_before = self._record(to, said, now_short) if changes_register else AS_IT_STANDS
        self._releases.move_release(self._person, to, short_notice=short_notice)
        words = tr("The date is {day}. {moved} due dates moved with it, {stayed} stayed because a person set them.")
        words = words.format(day=short(to), moved=len(moves.moves), stayed=len(moves.stay))
        self._page.said.emit(words + " " + tr("Ctrl+Z takes it back."))

        def back() -> None:
            if changes_register:
                self._record(before, said_before, was_short)
            self._releases.move_release(self._person, before, short_notice=was_short)
            self._page.said.emit(tr("Taken back; the history keeps both."))
            self._changed()

        self._moved(back)

    def reopen(self, form: str, readiness: Readiness | None) -> bool:
        """Opens the form of that name again; whether it is one of these."""
        if form == START and readiness is None:
            self.ask_start()
        elif form == MOVE and readiness is not None:
            self.ask_move(readiness)
        elif form == NOTICE and readiness is not None:
            self.ask_notice(readiness)
        return form in (START, MOVE, NOTICE)

    def _source(self) -> Combo:
        """Where the day comes from: as the register has it, until somebody says otherwise."""
        return self._page.kit.combo(self._sources, chosen=self._known.source)

    # what moves

    def _preview(self, day: DateField, notice: QCheckBox | bool | None) -> tuple[QLabel, Table]:
        """What would move to the day that is typed, in words and item by item; it follows the typing.

        `notice`: whether it is at short notice then; None leaves that as it is.
        """
        kit = self._page.kit
        words = kit.label("", wrap=True)
        table = kit.table(
            [
                Column(tr("Code"), lambda each: each.item.code, least=84),
                Column(tr("Item"), lambda each: tr(each.item.text), share=3),
                Column(tr("Due now"), lambda each: short(each.before), widest=all_days()),
                Column(tr("Due then"), lambda each: short(each.after), widest=all_days()),
            ],
            tr("What moves"),
        )

        def show() -> None:
            found = day.day()
            short_notice = notice.isChecked() if isinstance(notice, QCheckBox) else notice
            moves = Moves() if found is None else self._releases.moves(self._person, found, short_notice=short_notice)
            words.setText(_moves_words(moves))
            table.show_all(list[Move](moves.moves))
            if not moves.moves:
                table.hide()
            elif table.parentWidget() is not None:  # else it would be a window of its own
                table.show()

        day.changed.connect(show)
        if isinstance(notice, QCheckBox):
            notice.toggled.connect(lambda _on: show())
        show()
        return words, table


def _moves_words(moves: Moves) -> str:
    if not moves.moves:
        return tr("No due date moves.")
    said = [ntr("{count} due date moves.", "{count} due dates move.", len(moves.moves))]
    if moves.stay:
        said.append(
            ntr("{count} stays because a person set it.", "{count} stay because a person set them.", len(moves.stay))
        )
    if moves.late:
        said.append(ntr("{count} would be overdue at once.", "{count} would be overdue at once.", moves.late))
    return " ".join(said)


def _named(name: str, field: QWidget) -> QWidget:
    field.setObjectName(name)
    return field


def _follow(notice: QCheckBox, day: DateField, today: date) -> None:
    """A near day is one at short notice, a far one is not, until somebody says otherwise."""
    found = day.day()
    if found is not None:
        notice.setChecked(found < today + SOON)


def _day(field: DateField) -> date:
    try:
        return field.required()
    except UserError as problem:
        raise UserError(problem.sentence, field="day") from None
