"""Printing without a window of its own: printer and copies are chosen on the page (interface.md 1.1)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QRectF, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter
from PySide6.QtWidgets import QVBoxLayout, QWidget

from rehabdesk.core.errors import RehabDeskError, StorageError, UserError
from rehabdesk.core.i18n import ntr, tr
from rehabdesk.ui.jobs import Job, Report
from rehabdesk.ui.kit import STRETCH, Kit
from rehabdesk.ui.page import Page
from rehabdesk.ui.pages_view import Pictures

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

PRINT, SAVE = "print", "save_pages"
"""How pages leave the desk; also the deeds of the log."""
MOST_COPIES = 99


class Sheet(StrEnum):
    """The paper that pages are printed on."""

    A4 = "a4"
    A5 = "a5"
    FOLDED = "folded"  # A4 on its side, printed on both sides: to be folded to a booklet


_WIDTH = {Sheet.A4: 1654, Sheet.A5: 1654, Sheet.FOLDED: 2339}
"""Pixels of a printed page from side to side: A4 at 200 dots per inch, A5 somewhat finer."""


class Printers:
    """The printers of this computer. A test gives its own."""

    def names(self) -> Sequence[str]:
        """As the system calls them."""
        from PySide6.QtPrintSupport import QPrinterInfo

        return tuple(QPrinterInfo.availablePrinterNames())

    def preferred(self) -> str:
        """The one that the system prints on unless told otherwise; empty where there is none."""
        from PySide6.QtPrintSupport import QPrinterInfo

        return QPrinterInfo.defaultPrinterName()

    def open(self, name: str) -> "QPrinter":
        """A printer to draw on."""
        from PySide6.QtPrintSupport import QPrinter

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setPrinterName(name)
        return printer


class PrintForm(QWidget):
    """Printer, copies, Print; then how far it is, and Cancel. Where no printer is set up it says so instead.

    The pages are handed over together, once all are drawn: what is cancelled never reached the printer. `leaving` is
    called just before that, and may refuse by an error. `narrow`: the copies stand below the printer.
    """

    printed = Signal()
    refused = Signal(str, QWidget)

    def __init__(self, kit: Kit, pictures: Pictures, printers: Printers, *, narrow: bool = False) -> None:
        super().__init__()
        self.kit, self._pictures, self._printers = kit, pictures, printers
        self.pdf: bytes | None = None
        self.sheet = Sheet.A4
        self.leaving: Callable[[], None] = lambda: None
        self._job: Job | None = None
        names = printers.names()
        self._printer = kit.combo([(name, name) for name in names], chosen=_first_choice(printers, names))
        self._copies = kit.line("1")
        self._copies.setMaximumWidth(kit.theme.px(70))
        self._copies_field = kit.field(tr("Cop&ies"), self._copies)
        self._said = kit.label("", "small", tone="muted", wrap=True)
        self._said.hide()
        self._cancel = kit.button(tr("Cancel printing"))
        self._cancel.clicked.connect(self.stop)
        self._cancel.hide()
        self.button = kit.button(tr("Print"), kind="primary", icon="printer")
        self.button.clicked.connect(self.print)
        self.can_print = bool(names)
        column = QVBoxLayout(self)
        if not self.can_print:
            sentence = tr("No printer is set up on this computer. Set one up, or save the pages as a file.")
            kit.fill(column, [kit.label(sentence, "small", wrap=True)])
            for part in (self._printer, self._copies_field, self.button, self._said, self._cancel):
                part.setParent(self)
                part.hide()
            return
        which = kit.field(tr("P&rinter"), self._printer)
        fields = (
            kit.column(which, self._copies_field, gap=3) if narrow else kit.row((which, 1), self._copies_field, gap=3)
        )
        kit.fill(column, [fields, self._said, kit.start(self._cancel)], gap=2)

    def first_focus(self) -> QWidget | None:
        return self._printer if self.can_print else None

    def print(self) -> None:
        """Draws the pages in a job and hands them to the printer."""
        if self.pdf is None or self._job is not None or not self.can_print:
            return
        self._copies_field.calm()
        try:
            copies = self._number()
        except UserError as problem:
            self._copies_field.complain(problem.sentence)
            self.refused.emit(problem.sentence, self._copies)
            return
        pdf, pictures, count = self.pdf, self._pictures, self._pictures.count(self.pdf)
        sheet = self.sheet

        def draw(report: Report) -> list[bytes]:
            drawn = []
            for page in range(count):
                report(page, count)
                drawn.append(pictures.picture(pdf, page, _WIDTH[sheet]))
            return drawn

        name = self._printer.code() or ""
        self._busy(ntr("Preparing {count} page…", "Preparing {count} pages…", count))
        self._job = self.kit.jobs.run_long(
            self, draw, lambda pages: self._hand_over(name, copies, pages, sheet), self._failed, self._progress
        )

    def stop(self) -> None:
        """Nothing is printed."""
        if self._job is not None:
            self._job.cancel()
            self._rest(tr("Cancelled. Nothing was printed."))
            self.button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _number(self) -> int:
        words = self._copies.text().strip()
        if not (words.isascii() and words.isdigit() and len(words) <= 4 and 1 <= int(words) <= MOST_COPIES):
            raise UserError(tr("Copies are a whole number from 1 to {most}.").format(most=MOST_COPIES), field="copies")
        return int(words)

    def _progress(self, done: int, of: int) -> None:
        self._said.setText(tr("Page {page} of {pages}").format(page=done + 1, pages=of))

    def _hand_over(self, name: str, copies: int, pages: list[bytes], sheet: Sheet) -> None:
        printer = self._printers.open(name)
        printer.setCopyCount(copies)
        try:
            self.leaving()
            draw_pages(printer, pages, sheet)
        except RehabDeskError as problem:
            self._rest(problem.sentence)
            self.refused.emit(problem.sentence, self._printer)
            return
        self._rest(tr("Handed to the printer."))
        self.printed.emit()

    def _failed(self, error: BaseException) -> None:
        self._rest("")
        raise error

    def _busy(self, words: str) -> None:
        self._said.setText(words)
        self._said.show()
        self._cancel.show()
        self.button.setEnabled(False)
        self._cancel.setFocus(Qt.FocusReason.OtherFocusReason)

    def _rest(self, words: str) -> None:
        self._job = None
        self._said.setText(words)
        self._said.setVisible(bool(words))
        self._cancel.hide()
        self.button.setEnabled(True)


def draw_pages(printer: "QPrinter", pngs: Sequence[bytes], sheet: Sheet = Sheet.A4) -> None:
    """Pictures of pages, one to a side, as large as the paper allows. StorageError where the printer takes none."""
    from PySide6.QtGui import QPageLayout, QPageSize
    from PySide6.QtPrintSupport import QPrinter

    printer.setDocName("RehabDesk")
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A5 if sheet is Sheet.A5 else QPageSize.PageSizeId.A4))
    printer.setPageOrientation(QPageLayout.Orientation.Portrait)
    if sheet is Sheet.FOLDED:
        printer.setPageOrientation(QPageLayout.Orientation.Landscape)
        printer.setDuplex(QPrinter.DuplexMode.DuplexShortSide)
    printer.setFullPage(True)
    painter = QPainter()
    sentence = tr("The printer did not take the pages. Look at the printer, or save the pages as a file.")
    if not painter.begin(printer):
        raise StorageError(sentence)
    try:
        for number, png in enumerate(pngs):
            if number and not printer.newPage():
                raise StorageError(sentence)
            picture = QImage.fromData(QByteArray(png))
            area = painter.viewport()
            size = picture.size().scaled(area.size(), Qt.AspectRatioMode.KeepAspectRatio)
            painter.drawImage(QRectF(area.x(), area.y(), size.width(), size.height()), picture)
    finally:
        painter.end()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheets:
    """Pages on their way out. `name`: of the file, with nobody's name in it. `leaving` is called by PRINT or SAVE just
    before they go, and may refuse by an error; `left` once they went.
    """

    pdf: bytes
    name: str = "pages.pdf"
    leaving: Callable[[str], None] = lambda _how: None
    left: Callable[[str], None] = lambda _how: None


Save = Callable[[QWidget, str, bytes, Callable[[], None]], Path | None]
"""Asks where a file goes and writes it, as `files.save_file`."""


class PrintStrip(QWidget):
    """At the foot of a page: the form for one PDF, and Save, until it is closed. Esc closes."""

    def __init__(self, page: Page, pictures: Pictures, printers: Printers, save: Save, sheets: Sheets) -> None:
        super().__init__()
        kit, self._page, self._sheets, self._ask_where = page.kit, page, sheets, save
        self.form = PrintForm(kit, pictures, printers)
        self.form.pdf = sheets.pdf
        self.form.leaving = lambda: sheets.leaving(PRINT)
        self.form.printed.connect(lambda: sheets.left(PRINT))
        self._close = kit.button(tr("Close"))
        self._close.clicked.connect(self.close_strip)
        self._save = kit.button(tr("Save as PDF"), kind="" if self.form.can_print else "primary", icon="download")
        self._save.clicked.connect(self._keep_as_file)
        self._error = kit.label("", "small", tone="danger", wrap=True)
        self._error.hide()
        self.form.refused.connect(lambda sentence, _control: self._complain(sentence))
        acts = [self._close, self._save, *([self.form.button] if self.form.can_print else [])]
        form = kit.box(kit.column(self.form, self._error, gap=1))
        card = kit.card("", kit.row((form, 1), STRETCH, *acts, gap=3), kind="strip")
        card.setAccessibleName(tr("Print"))
        kit.fill(QVBoxLayout(self), [card], margins=(24, 8, 24, 14))

    def first_focus(self) -> QWidget:
        return self.form.first_focus() or self._save

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() == Qt.Key.Key_Escape:
            self.close_strip()
            return
        super().keyPressEvent(event)

    def close_strip(self) -> None:
        """Ends what is under way; the page goes on."""
        self.form.stop()
        self.hide()
        self.deleteLater()

    def _keep_as_file(self) -> None:
        sheets = self._sheets
        self._error.hide()
        try:
            saved = self._ask_where(self, sheets.name, sheets.pdf, lambda: sheets.leaving(SAVE))
        except RehabDeskError as problem:
            self._complain(problem.sentence)
            return
        if saved is not None:
            self._page.said.emit(saved_words())
            sheets.left(SAVE)

    def _complain(self, sentence: str) -> None:
        self._error.setText(sentence)
        self._error.show()


def saved_words() -> str:
    """What is said once pages are a file."""
    return tr("Saved as a file. Whoever holds it can read it.")


def hand_out(owner: QWidget, sheets: Sheets, pictures: Pictures, printers: Printers, save: Save) -> bool:
    """Shows the strip at the foot of the page that `owner` is on, or lies in. Whether there is such a page."""
    page: QWidget | None = owner
    while page is not None and not isinstance(page, Page):
        page = page.parentWidget()
    layout = None if page is None else page.layout()
    if not isinstance(page, Page) or not isinstance(layout, QVBoxLayout):
        return False
    for earlier in page.findChildren(PrintStrip):
        earlier.close_strip()
    strip = PrintStrip(page, pictures, printers, save, sheets)
    layout.addWidget(strip)
    strip.first_focus().setFocus(Qt.FocusReason.OtherFocusReason)
    return True


def _first_choice(printers: Printers, names: Sequence[str]) -> str | None:
    preferred = printers.preferred()
    return preferred if preferred in names else next(iter(names), None)
