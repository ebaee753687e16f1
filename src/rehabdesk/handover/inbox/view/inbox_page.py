"""What came from outside: files dropped here or opened from a stick, each checked before anything of it is shown."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QPushButton, QWidget

from rehabdesk.core.errors import RehabDeskError
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate_ltr
from rehabdesk.handover.checking.check_service import read_judged
from rehabdesk.handover.checking.view.ready_examiner import ReadyExaminer
from rehabdesk.handover.inbox.inbox_model import ReceivedRow
from rehabdesk.handover.inbox.inbox_service import Arrived, Inbox, Looked
from rehabdesk.handover.inbox.inbox_words_model import handled_words
from rehabdesk.handover.inbox.view.inbox_arrived import ArrivedRow
from rehabdesk.handover.state_words_model import verdict_look
from rehabdesk.ui.dates import all_days, local, short
from rehabdesk.ui.jobs import Job, Report
from rehabdesk.ui.kit import STRETCH, Kit
from rehabdesk.ui.page import LARGE_TEXT, Page, Route
from rehabdesk.ui.table import Column

ChooseFiles = Callable[[QWidget, str, str], Sequence[Path]]
PATTERN = "*.age *.pdf *.rdsite *.rdteam *.rdstatus *.rdreceipt *.rdfeedback *.txt *"


class InboxPage(Page):
    """`name_of` a person; `leads`: whether a page of that name is there for this login. `take_card` keeps a card.

    `again`: the id of a file at hand that is judged anew, because the digits of its site were compared meanwhile.
    """

    def __init__(
        self,
        kit: Kit,
        inbox: Inbox,
        choose: ChooseFiles,
        *,
        name_of: Callable[[str], str],
        leads: Callable[[str], bool],
        take_card: Callable[[Looked], None],
        again: str = "",
    ) -> None:
        super().__init__(kit)
        self._take_card = take_card
        self._inbox, self._choose, self._name_of, self._leads = inbox, choose, name_of, leads
        self._waiting: list[Path] = []
        self._of = 0
        self._job: Job | None = None
        self._examiner = ReadyExaminer(self)
        self.setAcceptDrops(inbox.may_take)
        self.refresh()
        for arrived in inbox.arrivals():
            if arrived.id == again:
                self._again(arrived)

    def main_act(self) -> None:
        if self._inbox.may_take and self._job is None:
            self._ask_files()

    def leave(self) -> None:
        self._stop()
        self._examiner.end()

    # files

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.look_at(paths)

    def look_at(self, paths: Sequence[Path]) -> None:
        """Looks at each in the limited children, one after the other, beside the window's work."""
        self.problems([])
        if self._job is None:
            self._of = 0
        self._waiting += paths
        self._of += len(paths)
        if self._job is None:
            self._next()

    def _ask_files(self) -> None:
        paths = self._choose(self, tr("Open a file from a USB stick"), PATTERN)
        if paths:
            self.look_at(paths)

    def _next(self) -> None:
        if not self._waiting:
            self._job = None
            self._examiner.prepare_soon()
            self.saving.emit("saved", tr("All work saved"))
            self.refresh()
            if (first := self.first_focus()) is not None:
                first.setFocus()
            return
        path = self._waiting.pop(0)
        try:
            looking = self._inbox.looking()
        except RehabDeskError as problem:
            self._failed(problem)
            return

        ready = self._examiner.child

        def work(report: Report) -> Looked:
            return looking.look(read_judged(path), path.name, lambda: report(0, 1), ready)

        self.saving.emit("saving", tr("Checking…"))
        self._job = self.kit.jobs.run_long(self, work, self._looked, self._failed, lambda _done, _of: None)
        self._show_progress(path.name)

    def _looked(self, looked: Looked) -> None:
        try:
            self._inbox.keep(looked)
        except RehabDeskError as problem:
            self._failed(problem)
            return
        self._next()

    def _failed(self, error: BaseException) -> None:
        """One file that cannot be read keeps no other one waiting."""
        if not isinstance(error, RehabDeskError):
            self._waiting.clear()
            self._job = None
            raise error
        self._next()
        self.complain(error.sentence)

    def _stop(self) -> None:
        self._waiting.clear()
        if self._job is not None:
            self._job.cancel()
            self._job = None
            self.saving.emit("saved", tr("All work saved"))

    def _cancel(self) -> None:
        self._stop()
        self.refresh()
        if self._first is not None:
            self._first.setFocus()

    # what is shown

    def refresh(self) -> None:
        kit = self.kit
        self.set_head(kit.row(kit.label(tr("Inbox"), "h1"), STRETCH))
        rows, arrivals = self._inbox.rows(), self._inbox.arrivals()
        parts: list[QWidget] = []
        self._first = None
        if self._inbox.may_take:
            parts.append(self._zone(nothing=not rows and not arrivals))
        parts += [self._arrived(each) for each in arrivals]
        if rows:
            table = kit.table(self._columns(), tr("What was received"))
            table.show_all(rows)
            table.opened.connect(self._open)
            parts += [kit.label(tr("Received before"), "h2"), table] if arrivals else [table]
            if not self._inbox.may_take:
                self._first = table
        elif not self._inbox.may_take:
            parts.append(kit.empty(tr("Nothing received. A case officer opens what comes on a USB stick.")))
        self.set_body(kit.box(kit.column(*parts, STRETCH, gap=3)))

    def _zone(self, *, nothing: bool) -> QWidget:
        kit = self.kit
        choose = self._button(tr("Open a file from a USB stick"), self._ask_files, kind="primary", icon="usb")
        choose.setObjectName("open-files")
        self._first = choose
        words = tr("Drop files here, or open them. Each is checked before anything in it is shown.")
        if nothing:
            none = tr("Nothing received.")
            words = f"{none} {words}"
        return kit.card("", kit.row(kit.picture("inbox", "text2", 32), (kit.label(words, wrap=True), 1), choose, gap=3))

    def _show_progress(self, name: str) -> None:
        kit = self.kit
        place = self._of - len(self._waiting)
        words = tr("Checking {file}, {place} of {count}.").format(file=isolate_ltr(name), place=place, count=self._of)
        stop = self._button(tr("Cancel"), self._cancel)
        self._first = stop
        card = kit.card("", kit.row(kit.picture("clock"), (kit.label(words, wrap=True), 1), stop, gap=3), kind="quiet")
        parts = [card, *(self._arrived(each) for each in self._inbox.arrivals())]
        self.set_body(kit.box(kit.column(*parts, STRETCH, gap=3)))
        stop.setFocus()

    def _arrived(self, arrived: Arrived) -> QWidget:
        row = ArrivedRow(self.kit, arrived, self._row_of(arrived), self._leads)
        row.wanted.connect(self.go)
        row.card_wanted.connect(lambda: self._card(arrived))
        row.again.connect(lambda: self._again(arrived))
        row.closed.connect(lambda: self._close(arrived))
        return row

    def _row_of(self, arrived: Arrived) -> ReceivedRow | None:
        return self._inbox.row(arrived.received) if arrived.received else None

    def _card(self, arrived: Arrived) -> None:
        """Kept, and on to where its digits are compared; a card that is older or of another root says so."""
        try:
            self._take_card(arrived.looked)
        except RehabDeskError as problem:
            self.complain(problem.sentence)
            return
        self._inbox.forget(arrived.id)
        self.go.emit(Route(name="sites_teams"))

    def _again(self, arrived: Arrived) -> None:
        """The same bytes once more, with what is known now: after a site's digits were compared."""
        looking, raw, name = self._inbox.looking(), arrived.looked.raw, arrived.looked.name
        self._inbox.forget(arrived.id)
        self._of = 1

        def work(report: Report) -> Looked:
            return looking.look(raw, name, lambda: report(0, 1))

        self._job = self.kit.jobs.run_long(self, work, self._looked, self._failed, lambda _done, _of: None)
        self._show_progress(name)

    def _close(self, arrived: Arrived) -> None:
        self._inbox.forget(arrived.id)
        self.refresh()
        if self._first is not None:
            self._first.setFocus()

    def _columns(self) -> list[Column]:
        """In large text without the day, which the page of the packet says too: there is no room for all."""
        day = Column(tr("First seen"), lambda row: short(local(row.first_seen).date()), widest=all_days())
        return [
            *([] if self.kit.theme.look.zoom > LARGE_TEXT else [day]),
            Column(tr("Number"), lambda row: row.packet.number, least=210),
            Column(tr("From"), lambda row: row.packet.site_name, share=3),
            Column(tr("About"), lambda row: self._name_of(row.person) if row.person else "–", share=2),
            Column(tr("Check"), lambda _row: "", tag=_checked, least=200),
            Column(tr("Here"), lambda _row: "", tag=lambda row: handled_words(row.handled), least=140),
        ]

    def _open(self, row: ReceivedRow) -> None:
        self.go.emit(Route(name="inbox_packet", id=row.id))

    def _button(self, words: str, do: Callable[[], None], *, kind: str = "", icon: str = "") -> QPushButton:
        button = self.kit.button(words, kind=kind, icon=icon)
        button.clicked.connect(do)
        return button


def _checked(row: ReceivedRow) -> tuple[str, str]:
    words, _icon, colour = verdict_look(row.state)
    return words, colour
