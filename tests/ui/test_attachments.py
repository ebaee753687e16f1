"""Attaching a file and looking at it, in the window and by keys alone."""

import time
from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from rehabdesk.core import resources
from rehabdesk.core.i18n import use_language
from rehabdesk.db.projection import CLINICAL
from rehabdesk.notes.attachments.view.attach_page import AttachPage
from rehabdesk.notes.attachments.view.attachment_page import AttachmentPage
from rehabdesk.notes.view.read_page import ReadPage
from rehabdesk.ui.page import Route
from rehabdesk.ui.theme import Look
from tests.notes import foreign
from tests.notes.sessions import SESSION
from tests.ui import measures
from tests.ui.measures import TYPED
from tests.ui.test_main_job import Paths
from tests.windows import CTRL, SIZE, Hands, everything_said, hands_on


class Room:
    """A psychologist's window on a signed note, and a stick with files."""

    def __init__(self, hands: Hands, stick: Path) -> None:
        self.hands, self.paths = hands, Paths(stick)
        hands.window.files = self.paths
        hands.sign_in("psy")
        self.hands.session.frame.toast.end()
        notes = hands.session.services.notes
        at = hands.site.clock.now() - timedelta(hours=1)
        draft = notes.start("psychologist_session", hands.people["Idrissa"], occurred_at=at, answers=SESSION)
        self.rid = notes.sign(draft).note.rid

    def choose(self, name: str, content: bytes) -> None:
        """What the dialog will give."""
        self.paths.file = self.paths.folder / name
        self.paths.file.write_bytes(content)

    def read(self) -> ReadPage:
        route = Route(name="note_read", person=self.hands.people["Idrissa"], id=f"{CLINICAL}:{self.rid}")
        self.hands.session.open(route)
        self.hands.settle()
        page = self.hands.page
        assert isinstance(page, ReadPage)
        return page

    def attach_page(self) -> AttachPage:
        self.read()
        self.hands.push("Attach a file")
        page = self.hands.page
        assert isinstance(page, AttachPage)
        return page

    def held(self) -> list[str]:
        attachments = self.hands.session.services.attachments
        return [one.attachment.name for one in attachments.of(CLINICAL, self.rid)]

    def chunks(self) -> list[Path]:
        folder = self.hands.site.folder / "attach"
        return sorted(folder.iterdir()) if folder.exists() else []


@pytest.fixture
def room(qtbot: QtBot, tmp_path: Path) -> Iterator[Room]:
    stick = tmp_path / "stick"
    stick.mkdir()
    with hands_on(qtbot, tmp_path) as hands:
        yield Room(hands, stick)


def seen(page: AttachmentPage) -> bool:
    """Whether a picture of the page is in sight."""
    return not page._shown.pixmap().isNull()


def attach(room: Room, words: str = "Letter of the hospital") -> None:
    hands = room.hands
    page = room.attach_page()
    assert hands.focus.accessibleName() == "Choose a file"
    hands.press(Qt.Key.Key_Space)
    hands.wait(lambda: "Ready" in everything_said(page), timeout=30_000)
    hands.type(words)
    hands.press(Qt.Key.Key_Return, CTRL)
    hands.wait(lambda: isinstance(hands.page, ReadPage))


def test_a_letter_is_attached_opened_and_copied_by_keys(room: Room) -> None:
    hands = room.hands
    room.choose("Yacouba scan.pdf", foreign.paper(2))
    attach(room)
    assert room.held() == ["Letter of the hospital"]
    said = everything_said(hands.page)
    assert "2 pages" in said
    assert "Yacouba" not in said

    hands.push("Open")
    page = hands.page
    assert isinstance(page, AttachmentPage)
    hands.wait(partial(seen, page), timeout=30_000)
    first = page._shown.pixmap().toImage()
    hands.press(Qt.Key.Key_PageDown, CTRL)
    hands.wait(lambda: page._shown.pixmap().toImage() != first, timeout=30_000)
    assert "Page 2 of 2" in everything_said(page)

    hands.push("Save a copy")
    assert "Idrissa K." in page.strip.sentence
    hands.press(Qt.Key.Key_Return, CTRL)
    (copy,) = room.paths.folder.glob("attachment-*.pdf")
    assert copy.read_bytes().startswith(b"%PDF-")
    assert "It is in the log" in everything_said(hands.window)
    hands.push("Back")
    assert isinstance(hands.page, ReadPage)


def test_text_is_shown_as_text(room: Room) -> None:
    hands = room.hands
    room.choose("x.txt", f"Sous les toits — عند الغروب <b>x</b>\n{'y' * 450_000}".encode())
    attach(room, "Own words")
    hands.push("Open")
    hands.wait(lambda: "Sous les toits — عند الغروب <b>x</b>" in everything_said(hands.page))
    page = hands.page
    assert isinstance(page, AttachmentPage)
    assert page._text is not None
    shown = page._text.words()
    assert shown.count("y") == 450_000
    assert max(map(len, shown.split())) <= 2_000, "one word of 450,000 letters took twenty seconds to lay out"


def test_what_is_not_taken_is_said_at_the_file_and_the_name_stays(room: Room) -> None:
    hands = room.hands
    page = room.attach_page()
    page._name.setText("Letter")
    room.choose("x.docx", b"PK\x03\x04 [Content_Types].xml word/document.xml")
    hands.press(Qt.Key.Key_Space)
    hands.wait(lambda: "Save it as PDF first" in everything_said(page), timeout=30_000)
    assert page._name.text() == "Letter"
    hands.press(Qt.Key.Key_Return, CTRL)
    assert "Choose the file" in everything_said(page)
    assert room.held() == []
    assert room.chunks() == []


def test_a_name_is_needed_and_what_was_chosen_stays(room: Room) -> None:
    hands = room.hands
    page = room.attach_page()
    room.choose("x.png", foreign.photograph(kind="PNG"))
    hands.press(Qt.Key.Key_Space)
    hands.wait(lambda: "Ready" in everything_said(page), timeout=30_000)
    hands.press(Qt.Key.Key_Return, CTRL)
    assert "Fill in: What it is" in everything_said(page)
    assert room.chunks() == []
    hands.fill("What it is", "Photograph of the wall")
    hands.press(Qt.Key.Key_Return, CTRL)
    hands.wait(lambda: isinstance(hands.page, ReadPage))
    assert room.held() == ["Photograph of the wall"]


def test_stop_ends_the_child_and_leaves_nothing(room: Room) -> None:
    hands = room.hands
    page = room.attach_page()
    room.choose("x.pdf", foreign.paper(40))
    hands.press(Qt.Key.Key_Space)
    assert page._running.isVisible()
    assert hands.focus.accessibleName() == "Stop"
    hands.press(Qt.Key.Key_Space)
    assert not page._running.isVisible()
    done: list[float] = []
    began = time.monotonic()
    page.kit.jobs.run(page, time.monotonic, done.append, lambda error: None)
    hands.wait(lambda: bool(done), timeout=30_000)  # the worker is free: the child is gone
    assert done[0] - began < 2
    assert "Ready" not in everything_said(page)
    assert room.chunks() == []


def test_a_lock_while_a_file_is_looked_at_leaves_nothing(room: Room) -> None:
    hands = room.hands
    room.attach_page()
    room.choose("x.pdf", foreign.paper(40))
    hands.press(Qt.Key.Key_Space)
    hands.lock()
    assert room.chunks() == []


def test_stopping_while_it_is_sealed_keeps_what_was_chosen(room: Room) -> None:
    hands = room.hands
    page = room.attach_page()
    room.choose("x.txt", b"words " * 80_000)
    hands.press(Qt.Key.Key_Space)
    hands.wait(lambda: "Ready" in everything_said(page), timeout=30_000)
    hands.type("Long")
    page.main_act()
    page.stop()
    done: list[int] = []
    page.kit.jobs.run(page, lambda: 1, done.append, lambda error: None)
    hands.wait(lambda: bool(done))
    assert "Ready" in everything_said(page)
    assert room.chunks() == []
    page.main_act()
    hands.wait(lambda: isinstance(hands.page, ReadPage))
    assert room.held() == ["Long"]


def test_leaving_while_it_is_sealed_leaves_nothing(room: Room) -> None:
    hands = room.hands
    page = room.attach_page()
    room.choose("x.txt", b"words " * 80_000)
    hands.press(Qt.Key.Key_Space)
    hands.wait(lambda: "Ready" in everything_said(page), timeout=30_000)
    page._name.setText("Long")
    page.main_act()
    page._back()
    done: list[int] = []
    hands.page.kit.jobs.run(hands.page, lambda: 1, done.append, lambda error: None)
    hands.wait(lambda: bool(done))
    assert room.held() == []
    assert room.chunks() == []


def test_a_damaged_attachment_is_told_and_not_shown(room: Room) -> None:
    hands = room.hands
    room.choose("x.txt", b"what was said")
    attach(room, "Own words")
    chunk = room.chunks()[0]
    chunk.write_bytes(chunk.read_bytes()[:-1] + b"\0")
    hands.push("Open")
    hands.wait(lambda: "damaged" in everything_said(hands.page))
    page = hands.page
    assert "what was said" not in everything_said(page)
    copy = next(each for each in page.findChildren(QPushButton) if each.text() == "Save a copy")
    assert not copy.isEnabled()


def test_leaving_lets_go_of_what_was_seen(room: Room) -> None:
    hands = room.hands
    room.choose("x.png", foreign.photograph(kind="PNG"))
    attach(room, "Photograph")
    hands.push("Open")
    page = hands.page
    assert isinstance(page, AttachmentPage)
    hands.wait(partial(seen, page), timeout=30_000)
    page.leave()
    assert page._content == b""
    assert not seen(page)


@pytest.mark.parametrize(
    ("look", "language", "size"),
    [
        (Look(), "en", (1366, 700)),
        (Look(zoom=1.5), "en", (1366, 700)),
        (Look(rtl=True), "en", (1366, 700)),
        (Look(), "xx", (1366, 700)),
        (Look(), "en", (1093, 614)),
    ],
)
def test_pages_fit_the_window_and_every_control_has_a_name(
    room: Room, look: Look, language: str, size: tuple[int, int]
) -> None:
    hands = room.hands
    room.choose("x.pdf", foreign.paper(2))
    attach(room, "Letter about the drawing that hangs in the workshop beside the door to the yard")
    room.choose("x.txt", b"words " * 10_000)
    attach(room, "Own words")
    (letter, words) = hands.session.services.attachments.of(CLINICAL, room.rid)
    note = f"{CLINICAL}:{room.rid}"
    hands.window.resize(*size)
    use_language(language, resources.path("i18n"))
    hands.window.change_look(look)
    try:
        for name, place in (
            ("note_read", note),
            ("attach", note),
            ("attachment", f"{note}:{letter.rid}"),
            ("attachment", f"{note}:{words.rid}"),
        ):
            hands.session.open(Route(name=name, person=hands.people["Idrissa"], id=place))
            hands.session.frame.toast.end()
            page = hands.page
            if isinstance(page, AttachmentPage):
                hands.wait(partial(drawn, page), timeout=30_000)
            hands.settle()
            controls = [
                each for each in measures.visible(hands.window, *TYPED) if each.focusPolicy() != Qt.FocusPolicy.NoFocus
            ]
            assert [each for each in controls if not each.accessibleName().strip()] == []
            assert measures.doubled(hands.window) == []
            assert measures.beyond(hands.window, *SIZE) == []
            assert measures.cut(hands.window) == []
    finally:
        use_language("en", resources.path("i18n"))


def drawn(page: AttachmentPage) -> bool:
    """Whether the content is in sight, as text or as a picture."""
    return bool(page._text.words()) if page._text is not None else seen(page)
