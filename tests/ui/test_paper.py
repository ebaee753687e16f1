"""Paper in the window: forms to print, a note with its recipient, the month sheet; printed on the page, never modal."""

import subprocess
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from rehabdesk.audit.log_service import Log
from rehabdesk.db.projection import CLINICAL
from rehabdesk.notes.paper.view.paper_pages import BlanksPage, MonthPaperPage, NotePaperPage
from rehabdesk.notes.view.note_page import NotePage
from rehabdesk.notes.view.read_page import ReadPage
from rehabdesk.ui.choices import Combo
from rehabdesk.ui.files import FileDialogs
from rehabdesk.ui.page import Page, Route
from rehabdesk.ui.paper_page import PaperPage
from rehabdesk.ui.printing import Printers, PrintForm, PrintStrip
from tests.notes.sessions import SESSION, VISIT
from tests.windows import CTRL, Hands, MouseWatch, application, everything_said, hands_on

PLACE = "\u2066hdr 4\u2069  Place"


class FilePrinters(Printers):
    """Printers that write into a file, as a computer with a PDF printer has them."""

    def __init__(self, target: Path, names: Sequence[str] = ("Office", "Hall")) -> None:
        self.target, self.found = target, names

    def names(self) -> Sequence[str]:
        return self.found

    def preferred(self) -> str:
        return "Hall"

    def open(self, name: str) -> QPrinter:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(self.target / f"{name}.pdf"))
        return printer


class Folder(FileDialogs):
    """Files go where a test looks for them."""

    def __init__(self, target: Path, printers: Printers) -> None:
        self.target, self.printers = target, printers
        self.thought_better = False
        """The dialog is left without a place for the file."""

    def save_file(
        self, owner: QWidget, name: str, content: bytes, leaving: Callable[[], None] = lambda: None
    ) -> Path | None:
        if self.thought_better:
            return None
        leaving()
        (self.target / name).write_bytes(content)
        return self.target / name


@pytest.fixture
def out(tmp_path: Path) -> Path:
    folder = tmp_path / "out"
    folder.mkdir()
    return folder


@pytest.fixture
def hands(qtbot: QtBot, tmp_path: Path, out: Path) -> Iterator[Hands]:
    with hands_on(qtbot, tmp_path / "desk") as ready:
        ready.window.files = Folder(out, FilePrinters(out))
        yield ready


def opened(hands: Hands, route: Route) -> PaperPage:
    hands.session.open(route)
    hands.settle()
    page = hands.page
    assert isinstance(page, PaperPage)
    return page


def shown(hands: Hands, page: PaperPage) -> bytes:
    hands.wait(lambda: page.pdf is not None, 20_000)
    assert page.pdf is not None
    return page.pdf


def text_of(file: Path) -> str:
    words = subprocess.run(["pdftotext", "-raw", file, "-"], check=True, capture_output=True, text=True).stdout
    return " ".join(words.split())


def pages_of(file: Path) -> int:
    said = subprocess.run(["pdfinfo", file], check=True, capture_output=True, text=True).stdout
    return next(int(line.split()[1]) for line in said.splitlines() if line.startswith("Pages"))


def deeds(hands: Hands) -> list[str]:
    return [line.deed for line in Log(hands.session.services.desk).page()]


def signed(hands: Hands) -> str:
    notes, now = hands.session.services.notes, hands.site.clock.now()
    draft = notes.start(
        "psychologist_session", hands.people["Idrissa"], occurred_at=now - timedelta(hours=1), answers=SESSION
    )
    return notes.sign(draft).note.rid


def note_paper(hands: Hands) -> NotePaperPage:
    page = opened(hands, Route(name="note_paper", person=hands.people["Idrissa"], id=f"{CLINICAL}:{signed(hands)}"))
    assert isinstance(page, NotePaperPage)
    return page


def test_a_blank_is_chosen_looked_at_and_printed_by_keys_alone(hands: Hands, out: Path) -> None:
    mouse = MouseWatch()
    application().installEventFilter(mouse)
    hands.sign_in("case")
    hands.press(Qt.Key.Key_K, CTRL)
    hands.type("print empty: key-work")
    hands.press(Qt.Key.Key_Return)
    page = hands.page
    assert isinstance(page, BlanksPage)
    shown(hands, page)

    hands.fill("Copies", "2")
    hands.press(Qt.Key.Key_Return, CTRL)
    hands.wait(lambda: (out / "Hall.pdf").exists(), 20_000)

    assert pages_of(out / "Hall.pdf") in (2, 4), "two pages, once or in two copies"
    assert "print" not in deeds(hands), "nobody's record left the desk"
    assert mouse.presses == 0


def test_copies_that_are_no_number_are_said_at_their_field_and_nothing_is_printed(hands: Hands, out: Path) -> None:
    hands.sign_in("case")
    page = opened(hands, Route(name="blanks", id="keywork"))
    shown(hands, page)

    copies = hands.to("Copies")
    assert isinstance(copies, QLineEdit)
    for nonsense in ("", " ", "0", "-1", "٣", "1e3", "100", "9" * 50, "\u202e2", "x" * 1_000_000):
        copies.setText(nonsense)
        page.main_act()
        hands.settle()
        assert "Copies are a whole number from 1 to 99." in everything_said(hands.window), nonsense
    assert list(out.iterdir()) == []


def test_without_a_printer_the_page_says_so_and_saves(hands: Hands, out: Path) -> None:
    hands.window.files = Folder(out, FilePrinters(out, names=()))
    hands.sign_in("case")
    page = opened(hands, Route(name="blanks", id="keywork"))
    pdf = shown(hands, page)

    assert "No printer is set up on this computer. Set one up, or save the pages as a file." in everything_said(
        hands.window
    )
    hands.push("Save as PDF")

    assert (out / "RD-form-keywork-en.pdf").read_bytes() == pdf


def test_printing_never_opens_a_window(hands: Hands, out: Path) -> None:
    hands.sign_in("psy")
    hands.session.open(Route(name="settings"))
    hands.settle()
    page = hands.page
    page._make_card()  # type: ignore[attr-defined]  # as after the passphrase
    hands.settle()
    hands.push("Print the card")

    strip = page.findChild(PrintStrip)
    assert strip is not None
    assert hands.focus is strip.first_focus()
    assert [each for each in QApplication.topLevelWidgets() if isinstance(each, QDialog) and each.isVisible()] == []
    form = strip.findChild(PrintForm)
    assert form is not None
    form.print()
    hands.wait(lambda: (out / "Hall.pdf").exists(), 20_000)
    hands.press(Qt.Key.Key_Escape)
    hands.settle()
    assert page.findChildren(PrintStrip) == []


def test_a_lock_ends_what_is_being_printed(hands: Hands, out: Path) -> None:
    hands.sign_in("psy")
    page = note_paper(hands)
    hands.fill("For whom", "Dr. Amadou Bello")
    page.remake()
    shown(hands, page)
    page.main_act()
    hands.lock()
    hands.settle()

    assert list(out.iterdir()) == []


def test_the_log_has_what_left_and_nothing_that_was_thought_better_of(hands: Hands, out: Path) -> None:
    files = hands.window.files = Folder(out, FilePrinters(out))
    hands.sign_in("psy")
    page = note_paper(hands)
    hands.fill("For whom", "Dr. Amadou Bello")
    page.remake()
    shown(hands, page)
    files.thought_better = True
    hands.push("Save as PDF")
    page.main_act()
    hands.push("Cancel printing")
    hands.settle()
    assert {"print", "save_pages"}.isdisjoint(deeds(hands))

    files.thought_better = False
    hands.push("Save as PDF")
    page.main_act()
    hands.wait(lambda: (out / "Hall.pdf").exists(), 20_000)
    assert [deed for deed in deeds(hands) if deed in ("print", "save_pages")] == ["print", "save_pages"]


def test_a_note_on_paper_names_for_whom_and_is_logged_before_it_leaves(hands: Hands, out: Path) -> None:
    hands.sign_in("psy")
    page = note_paper(hands)
    assert page.pdf is None
    page.main_act()
    hands.settle()
    assert "Fill in: For whom." in everything_said(hands.window)

    hands.fill("For whom", "Dr. Amadou Bello")
    hands.press(Qt.Key.Key_Return)
    shown(hands, page)
    hands.push("Save as PDF")

    saved = next(out.iterdir())
    words = text_of(saved)
    assert saved.name.startswith("RD-record-")
    assert "Idrissa" not in saved.name
    assert "Dr. Amadou Bello" in words
    assert "laughed about his first sewing machine" in words
    assert "save_pages" in deeds(hands)
    assert "read" in deeds(hands)


def test_another_recipient_takes_the_shown_pages_away(hands: Hands) -> None:
    hands.sign_in("psy")
    page = note_paper(hands)
    hands.fill("For whom", "Dr. Bello")
    hands.press(Qt.Key.Key_Return)
    shown(hands, page)

    hands.type("x")

    assert page.pdf is None


def test_the_read_page_and_the_note_page_lead_to_paper_and_back(hands: Hands) -> None:
    hands.sign_in("psy")
    person, rid = hands.people["Idrissa"], signed(hands)
    hands.session.open(Route(name="note_read", person=person, id=f"{CLINICAL}:{rid}"))
    hands.settle()
    hands.push("Print")
    assert isinstance(hands.page, NotePaperPage)
    hands.push("Back")
    assert isinstance(hands.page, ReadPage)

    hands.session.open(Route(name="note", person=person, id="form:psychologist_session"))
    hands.settle()
    hands.type("Something that must not be lost.")
    hands.push("Print blank")
    assert isinstance(hands.page, BlanksPage)
    hands.push("Back")
    back: Page = hands.page
    assert isinstance(back, NotePage)
    assert "Something that must not be lost." in back.sheet.answers().values()


def test_the_month_sheet_on_paper_names_nobody_and_no_small_number(hands: Hands, out: Path) -> None:
    hands.sign_in("cha")
    notes, now = hands.session.services.notes, hands.site.clock.now()
    draft = notes.start(
        "chaplain_engagement", hands.people["Idrissa"], occurred_at=now - timedelta(hours=1), answers=VISIT
    )
    notes.sign(draft)
    hands.session.open(Route(name="month_sheet"))
    hands.settle()
    hands.push("Print")
    page = hands.page
    assert isinstance(page, MonthPaperPage)
    hands.fill("For whom", "Head of chaplaincy")
    hands.press(Qt.Key.Key_Return)
    shown(hands, page)
    hands.push("Save as PDF")

    words = text_of(next(out.iterdir()))
    assert "Festival or fast" in words
    assert "fewer than 10" in words
    assert "Idrissa" not in words
    assert "prayer mat" not in words
    assert "save_pages" in deeds(hands)


def test_paper_day_captions_show_the_codes_of_the_sheet_while_it_is_entered(hands: Hands) -> None:
    hands.sign_in("psy")
    hands.session.open(Route(name="note", person=hands.people["Idrissa"], id="form:psychologist_session"))
    hands.settle()
    page = hands.page
    assert isinstance(page, NotePage)
    captions = [each.text() for each in page.findChildren(QLabel)]
    assert not any(PLACE in words for words in captions)

    combo = next(each for each in page.findChildren(Combo) if each.accessibleName() == "Entry made from")
    combo.choose("paper")
    hands.settle()
    captions = [each.text() for each in page.findChildren(QLabel)]
    assert any(PLACE in words for words in captions)
    combo.choose("recall")
    hands.settle()
    captions = [each.text() for each in page.findChildren(QLabel)]
    assert not any(PLACE in words for words in captions)
