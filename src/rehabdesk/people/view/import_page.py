"""Bringing in the list of a registry: choose, see what it holds and what is wrong in it, then all of it at once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from rehabdesk.core.errors import RehabDeskError, UserError
from rehabdesk.core.i18n import ntr, tr
from rehabdesk.core.text import isolate_ltr
from rehabdesk.people.import_columns_model import Columns, guess_columns
from rehabdesk.people.import_model import Encoding, Sheet, read_sheet
from rehabdesk.people.import_rows_model import Plan, Report, plan_of
from rehabdesk.people.import_service import Imports, comes_in
from rehabdesk.people.legal_model import Stage
from rehabdesk.people.view.import_preview import ImportPreview
from rehabdesk.people.view.import_reading import ImportReading
from rehabdesk.ui.kit import STRETCH, Kit, empty
from rehabdesk.ui.page import Page, Route
from rehabdesk.ui.table import Table

ChooseFile = Callable[[QWidget, str, str], Path | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Chosen:
    """What was chosen so far; the bytes are dropped with the page."""

    name: str
    raw: bytes
    encoding: Encoding | None = None
    separator: str | None = None
    columns: Columns | None = None
    stage: Stage | None = None
    likes: frozenset[int] = field(default_factory=frozenset)


class ImportPage(Page):
    """`choose` asks for a file. Nothing of the file is kept, and nothing is written before the last question."""

    def __init__(self, kit: Kit, imports: Imports, choose: ChooseFile) -> None:
        super().__init__(kit)
        self._imports, self._ask_file = imports, choose
        self._chosen: _Chosen | None = None
        self._sheet: Sheet | None = None
        self.plan: Plan | None = None
        self._table: Table | None = None
        self._stopping = self._writing = False
        self._progress: QLabel | None = None
        self._reading: ImportReading | None = None
        self._preview, self._head_button = kit.column(), kit.button("")
        self._first: QWidget = self
        self._show_start()

    def main_act(self) -> None:
        if self._writing:
            return
        if self._chosen is None:
            self._choose()
        else:
            self._ask()

    def leave(self) -> None:
        """What is being written is undone: nobody sees its end any more."""
        self._stopping = True
        self._chosen = self._sheet = self.plan = None

    # choosing

    def _show_start(self) -> None:
        kit = self.kit
        self.set_head(kit.label(tr("Bring in a list"), "h1"))
        choose = self._button(tr("Choose a file"), self._choose, kind="primary", icon="folder-open")
        words = tr(
            "A list as CSV from the registry, up to 5,000 lines. Taken over are names, case number, birth date or "
            "year, sex, unit, legal stage and its dates. Every other column stays outside."
        )
        hint = tr("Nothing is written before you have seen every line. The file itself is not kept.")
        self.set_body(
            kit.box(
                kit.column(
                    kit.card(
                        "",
                        kit.label(words, wrap=True),
                        kit.label(hint, "small", tone="muted", wrap=True),
                        kit.start(choose),
                    ),
                    STRETCH,
                )
            )
        )
        back = self._button(tr("Cancel"), lambda: self.go.emit(Route(name="people")))
        self.set_foot(kit.row(STRETCH, back))
        self._first = choose

    def _choose(self) -> None:
        path = self._ask_file(self, tr("Bring in a list"), "*.csv *.txt *.tsv")
        if path is None:
            return
        self.problems([])
        try:
            self._chosen, self._reading = _Chosen(name=path.name, raw=self._imports.raw(path)), None
        except UserError as problem:
            self.complain(problem.sentence)
            return
        self._read()

    # reading

    def _read(self) -> None:
        """In a job: a long list takes a second. What was chosen by hand goes in, the rest is guessed."""
        chosen = self._chosen
        if chosen is None:
            return
        known, site = self._imports.known(), self._imports.site(chosen.stage)

        def work() -> tuple[Sheet, Columns, Plan]:
            sheet = read_sheet(chosen.raw, encoding=chosen.encoding, separator=chosen.separator)
            columns = guess_columns(sheet.headings) if chosen.columns is None else chosen.columns
            return sheet, columns, plan_of(sheet, columns, site, known)

        self.saving.emit("saving", tr("Reading…"))
        self.kit.jobs.run(self, work, self._show, self._not_read)

    def _not_read(self, error: BaseException) -> None:
        self.saving.emit("saved", "")
        if not isinstance(error, RehabDeskError):
            raise error
        if self._sheet is None:
            self._chosen = None
            self._show_start()
        self.complain(error.sentence)

    def _show(self, found: tuple[Sheet, Columns, Plan]) -> None:
        self.saving.emit("saved", "")
        if self._chosen is None:
            return
        before = self._sheet
        self._sheet, columns, self.plan = found
        self._chosen = replace(self._chosen, columns=columns)
        if self._reading is None or before != self._sheet:
            self._build()
        else:  # another column or stage: the focus stays where it was chosen
            self._reading.show_columns(columns)
            self._show_plan()

    def _build(self) -> None:
        kit, chosen, sheet = self.kit, self._chosen, self._sheet
        if chosen is None or sheet is None:
            return
        words = kit.label(isolate_ltr(chosen.name), "small", tone="muted")
        title = kit.column(kit.label(tr("Bring in a list"), "h1"), words, gap=0)
        self._head_button = self._button(tr("Choose another file"), self._choose)
        self.set_head(kit.row(kit.box(title), STRETCH, self._head_button))
        self._reading = ImportReading(kit, sheet, chosen.columns or {}, chosen.stage)
        self._reading.changed.connect(self._change)
        self._preview = kit.column()
        self.set_body(kit.box(kit.column(self._preview, self._reading, STRETCH, gap=3)))
        self._show_plan()
        self._first.setFocus()

    def _show_plan(self) -> None:
        plan, chosen = self.plan, self._chosen
        if plan is None or chosen is None:
            return
        empty(self._preview)
        preview = ImportPreview(self.kit, plan, chosen.likes)
        preview.turned.connect(self._turn_over)
        self._preview.addWidget(preview)
        self._table = preview.table
        self._first = preview.table if plan.people else self._head_button
        self._show_acts()

    def _turn_over(self, line: int) -> None:
        """Skip, or bring in as new."""
        if self._chosen is None or self._table is None:
            return
        row = self._table.currentIndex().row()
        self._chosen = replace(self._chosen, likes=self._chosen.likes ^ {line})
        self._show_plan()
        self._table.selectRow(row)
        self._table.setFocus()

    def _change(self, changed: Mapping[str, Any]) -> None:
        if self._chosen is not None:
            self._chosen = replace(self._chosen, **changed)
            self._read()

    # bringing in

    def _show_acts(self) -> None:
        kit, plan = self.kit, self.plan
        back = self._button(tr("Cancel"), lambda: self.go.emit(Route(name="people")))
        if plan is None or plan.wrong or not self._coming():
            self.set_foot(kit.row(STRETCH, back))
            return
        words = ntr("Bring in {count} person", "Bring in {count} people", self._coming())
        act = self._button(words, self._ask, kind="primary", icon="download")
        act.setObjectName("bring-in")
        self.set_foot(kit.row(STRETCH, back, act))

    def _coming(self) -> int:
        if self.plan is None or self._chosen is None:
            return 0
        return sum(comes_in(one, self._chosen.likes) for one in self.plan.people)

    def _ask(self) -> None:
        count = self._coming()
        if self.plan is None or self.plan.wrong or not count:
            return
        sentence = ntr(
            "Bringing in {count} person from {file}. This cannot be taken back; the file is not kept.",
            "Bringing in {count} people from {file}. This cannot be taken back; the file is not kept.",
            count,
        )
        name = self._chosen.name if self._chosen is not None else ""
        self.ask(sentence.replace("{file}", isolate_ltr(name)), tr("Bring in"), self._bring_in)

    def _bring_in(self) -> None:
        plan, likes = self.plan, self._chosen.likes if self._chosen is not None else frozenset()
        if plan is None:
            return
        kit, imports = self.kit, self._imports
        self._stopping, self._writing = False, True

        def work(tell: Report) -> int:
            def report(done: int, of: int) -> None:
                if self._stopping:
                    raise UserError(tr("Stopped. Nothing was brought in."))
                tell(done, of)

            return imports.bring_in(plan, likes, report)

        self._progress = kit.label(tr("Writing the list."), wrap=True)
        stop = self._button(tr("Stop"), self._stop)
        words = tr("All of it is written at once, or nothing, also if you lock now.")
        self.set_body(kit.box(kit.column(kit.card("", self._progress, kit.label(words, wrap=True)), STRETCH)))
        self.set_foot(kit.row(STRETCH, stop))
        self._first = stop
        stop.setFocus()
        kit.jobs.run_long(self, work, self._is_in, self._is_not_in, self._tell)

    def _tell(self, done: int, of: int) -> None:
        if self._progress is not None and done % 50 == 0:
            self._progress.setText(tr("{done} of {all} records written.").format(done=done, all=of))

    def _stop(self) -> None:
        self._stopping = True

    def _is_in(self, count: int) -> None:
        self._writing = False
        self.said.emit(ntr("{count} person brought in.", "{count} people brought in.", count))
        self.go.emit(Route(name="people"))

    def _is_not_in(self, error: BaseException) -> None:
        self._writing = False
        if not isinstance(error, RehabDeskError):
            raise error
        self._build()
        self.complain(error.sentence)

    def _button(self, words: str, do: Callable[[], None], *, kind: str = "", icon: str = "") -> QPushButton:
        button = self.kit.button(words, kind=kind, icon=icon)
        button.clicked.connect(lambda _on=False: do())
        return button
