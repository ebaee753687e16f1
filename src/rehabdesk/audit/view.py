"""The activity log: plain sentences, and a check of the whole record that gives way to everything else."""

from collections.abc import Callable, Generator

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from rehabdesk.audit.deeds_model import kinds
from rehabdesk.audit.log_service import Line, Log
from rehabdesk.audit.model import Health, Level
from rehabdesk.audit.service import Audit
from rehabdesk.core.i18n import ntr, tr
from rehabdesk.ui.dates import stamp
from rehabdesk.ui.kit import STRETCH, Kit
from rehabdesk.ui.page import Page
from rehabdesk.ui.table import Column

SLICE_SECONDS = 0.02
"""How long one slice of the check may take before the window gets its turn."""


class ActivityPage(Page):
    """`seconds`: a clock that runs on."""

    def __init__(self, kit: Kit, log: Log, audit: Audit, seconds: Callable[[], float]) -> None:
        super().__init__(kit)
        self._log, self._audit, self._seconds = log, audit, seconds
        self._steps: Generator[None, None, Health] | None = None
        self._done = 0
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._slice)
        self._who = kit.combo(list(log.staff()), empty=tr("Everybody"))
        self._who.setAccessibleName(tr("Whose entries"))
        self._who.changed.connect(lambda _uid: self.refresh())
        self._check = kit.button(tr("Check the whole record"), icon="shield-check")
        self._check.clicked.connect(self._start_or_stop)
        self._what = kit.combo(list(kinds()), empty=tr("All kinds"))
        self._what.setAccessibleName(tr("Which entries"))
        self._what.changed.connect(lambda _code: self.refresh())
        self._said = kit.label("", "small", tone="muted", wrap=True)
        self._said.hide()
        words = tr("Everybody's entries.") if log.sees_all else tr("Your own entries.")
        title = kit.column(kit.label(tr("Activity log"), "h1"), kit.label(words, "small", tone="muted"), gap=0)
        filters = [self._who, self._what] if log.sees_all else [self._what]
        self.set_head(kit.column(kit.row(kit.box(title), STRETCH, *filters, self._check), self._said, gap=1))
        number = [Column(tr("Number"), lambda line: str(line.number), least=90)] if log.sees_numbers else []
        self.table = kit.table(
            [
                *number,
                Column(tr("When"), lambda line: stamp(line.at), least=190),
                Column(tr("Who"), lambda line: line.who, share=2),
                Column(tr("What"), lambda line: line.words, share=5),
            ],
            tr("Activity log"),
        )
        self.table.page_with(self._more)
        self.set_body(kit.box(kit.column(self.table)))
        self.refresh()

    def first_focus(self) -> QWidget | None:
        return self.table

    def refresh(self) -> None:
        self.table.show_records(self._log.page(who=self._who.code() or "", kind=self._what.code() or ""))

    def leave(self) -> None:
        self._stop()

    def _more(self, last: Line) -> tuple[Line, ...]:
        return self._log.page(before=last.number, who=self._who.code() or "", kind=self._what.code() or "")

    # the check

    def _start_or_stop(self) -> None:
        if self._steps is not None:
            self._stop()
            self._say(tr("Stopped."))
            return
        self._steps, self._done = self._audit.steps(Level.RUNNING), 0
        self.kit.rename(self._check, tr("Cancel"))
        self._timer.start()

    def _stop(self) -> None:
        self._timer.stop()
        self._steps = None
        self.kit.rename(self._check, tr("Check the whole record"))

    def _slice(self) -> None:
        """Some steps, then the window's turn."""
        steps, end = self._steps, self._seconds() + SLICE_SECONDS
        if steps is None:
            return
        try:
            while self._seconds() < end:
                next(steps)
                self._done += 1
        except StopIteration as finished:
            self._stop()
            self._tell(finished.value)
            return
        done = tr("Checking… {done} of {all}.").format(done=self._done, all=self._log.newest())
        self._say(done if self._log.sees_numbers else tr("Checking…"))

    def _say(self, words: str) -> None:
        self._said.setText(words)
        self._said.show()

    def _tell(self, health: Health) -> None:
        if health.ok:
            words = tr("Chain unbroken: {entries} entries and {records} records are whole.")
            counted = words.format(entries=health.entries, records=health.records)
            self._say(counted if self._log.sees_numbers else tr("Chain unbroken: every entry and record is whole."))
            return
        count = len(health.findings)
        said = ntr("{count} finding. Call an inspector:", "{count} findings. Call an inspector:", count)
        self._say(said + " " + " ".join(finding.sentence for finding in health.findings[:5]))
