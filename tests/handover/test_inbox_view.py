"""The Inbox in the window: several files at once, what may be shown, and accepting by the keyboard."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from rehabdesk.core.text import without_isolates
from rehabdesk.handover.checking.view.check_acts import HereActs
from rehabdesk.handover.checking.view.check_page import CheckPage
from rehabdesk.handover.checking.view.viewer_strip import PagesOut
from rehabdesk.handover.inbox.inbox_model import Handled
from rehabdesk.handover.inbox.view.inbox_packet_page import InboxContext, InboxPacketPage
from rehabdesk.handover.inbox.view.inbox_page import InboxPage
from rehabdesk.handover.view.pages_view import PagesView
from rehabdesk.ui.page import Page, Route
from tests.handover.inbox_desk import InboxDesk, Receiving
from tests.handover.made import MadeSite
from tests.handover.packet_window import Hand

OPEN_PDF = "Open the PDF in the system's viewer"


@pytest.fixture
def hand(qtbot: QtBot) -> Iterator[Hand]:
    one = Hand(qtbot)
    yield one
    one.close()


def context(here: Receiving, stick: Path | None = None, seen: list[Path] | None = None) -> InboxContext:
    """`stick`: where pages are saved; `seen`: what the system's viewer got, where there is one."""

    def save(_owner: QWidget, name: str, content: bytes) -> Path | None:
        if stick is None:
            return None
        (stick / name).write_bytes(content)
        return stick / name

    def view(path: Path) -> bool:
        if seen is not None:
            seen.append(path)
        return seen is not None

    return InboxContext(
        name_of=lambda person: here.people.row(person).display_alias,
        is_read_only=here.people.known.is_read_only,
        plan_draft=lambda staged: Route(name="plan_write", person=staged.row.person),
        out=PagesOut(save=save, view=view),
    )


def test_files_are_dropped_and_accepted_by_hand(hand: Hand, made: MadeSite, tmp_path: Path) -> None:
    desk = InboxDesk(tmp_path / "desk", made)
    person = desk.register("24-017")
    good, bad, gone = tmp_path / "RD.pdf", tmp_path / "letter.pdf", tmp_path / "gone.pdf"
    good.write_bytes(made.packet)
    bad.write_bytes(b"%PDF-1.7 a letter")
    with desk.officer() as here:
        page = InboxPage(
            hand.kit,
            here.inbox,
            lambda *_: [],
            name_of=context(here).name_of,
            leads=lambda _name: True,
            take_card=print,
        )
        hand.show(page)
        assert "Nothing received." in hand.words(page)
        drop(page, [good, gone, bad])
        hand.wait(lambda: len(here.inbox.arrivals()) == 2 and page._job is None)
        words = without_isolates(hand.words(page))
        assert "from Residence of the Three Wells" in words
        assert "Not a RehabDesk packet, or unsafe" in words
        assert "gone.pdf cannot be read" in words, "one file that is not there keeps no other one waiting"
        assert "Idrissa" not in words, "whom it is about is not said before it is opened"
        hand.press(page, "Open the packet")
        route = hand.gone[-1]
        assert isinstance(route, Route)
        assert route.name == "inbox_packet"

        opened = InboxPacketPage(hand.kit, here.inbox, here.staging, route.id, context(here))
        hand.show(opened)
        hand.wait(lambda: "Whom is it about?" in hand.words(opened))
        assert "Idrissa Kadri" in without_isolates(hand.words(opened))
        assert opened.findChildren(PagesView) == [], "a received PDF is never drawn"
        assert "Accept" not in hand.buttons(opened)
        first = opened.first_focus()
        assert isinstance(first, QPushButton)
        assert first.text() == "This person"
        QTest.keyClick(first, Qt.Key.Key_Space)
        hand.settle()
        opened.main_act()
        staged = here.staging.staged(route.id)
        assert staged.open_items("S1") == (), "Ctrl+Enter accepts the section in sight"
        assert here.inbox.row(route.id).handled is Handled.IN_PART
        assert "Idriss Kadiri" in here.people.person(person).details.spellings
        hand.press(opened, "Write feedback or a receipt")
        answered = Route(name="packet_feedback", id=route.id)
        assert hand.gone[-1] == answered
        assert answer_from_the_check(hand, here, good) == answered, "where the packet lies, not its number"
        hand.show(opened)
        hand.press(opened, "Take back")
        assert "Why it was accepted in error" in hand.words(opened)
        opened.show_again()
        opened.leave()
        assert "Idriss Kadiri" not in hand.words(opened)


def answer_from_the_check(hand: Hand, here: Receiving, file: Path) -> object:
    """Where the page of the check leads from a packet that came before."""
    acts = HereActs(
        looking=here.inbox.looking_anywhere,
        seen=here.inbox.note_seen,
        keep=here.inbox.keep,
        newer=lambda number: row.id if (row := here.inbox.with_number(number)) else "",
        leads=lambda _name: True,
    )
    page = CheckPage(hand.kit, now=here.inbox.now, choose=lambda *_: file, here=acts)
    hand.show(page)
    page.main_act()
    hand.wait(lambda: page.checked is not None)
    hand.press(page, "Write feedback or a receipt")
    return hand.gone[-1]


def test_the_pages_go_to_the_viewer_of_the_system_after_the_note(hand: Hand, made: MadeSite, tmp_path: Path) -> None:
    desk, seen = InboxDesk(tmp_path / "desk", made), list[Path]()
    with desk.officer() as here:
        received = here.take(made.packet).received
        number = here.inbox.row(received).packet.number
        for stick, viewer, said in (
            (None, seen, ""),
            (tmp_path, None, "no program that shows it"),
            (tmp_path, seen, ""),
        ):
            page = InboxPacketPage(hand.kit, here.inbox, here.staging, received, context(here, stick, viewer))
            hand.show(page)
            hand.wait(lambda page=page: OPEN_PDF in hand.buttons(page))  # type: ignore[misc]  # each page
            hand.press(page, OPEN_PDF)
            assert "A viewer may show more or less than was checked" in hand.words(page)
            assert seen == [], "not before the note was read"
            hand.press(page, "Save and open")
            assert said in without_isolates(hand.words(page))
        assert seen == [tmp_path / f"{number}.pdf"]
        assert seen[0].read_bytes() == made.packet


def drop(page: Page, paths: list[Path]) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    page.dropEvent(
        QDropEvent(
            QPointF(10, 10),
            Qt.DropAction.CopyAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )
