"""Every step of a packet in large text, mirrored and with longer words: nothing is cut, everything has a name."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QListWidget, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from rehabdesk.core import resources
from rehabdesk.core.i18n import use_language
from rehabdesk.handover.checking.view.check_page import CheckPage
from rehabdesk.handover.making.view.packet_builder import CONTENTS, RECIPIENT
from rehabdesk.handover.view.packet_page import PacketPage
from rehabdesk.handover.view.packets_page import PacketsPage
from rehabdesk.handover.view.review_page import ReviewPage
from rehabdesk.ui.page import Page
from rehabdesk.ui.theme import Look
from rehabdesk.ui.tokens import Scheme
from tests.handover import sample
from tests.handover.made import MadeSite
from tests.handover.packet_window import NAME, TEXTS, Hand, PacketDesk, ready_builder, signed_by_hand
from tests.handover.test_check_view import NOW, Stick
from tests.ui.measures import cut

LOOKS = {
    "light": Look(),
    "dark": Look(scheme=Scheme.DARK),
    "150": Look(zoom=1.5),
    "rtl": Look(rtl=True),
    "xx": Look(),
}
WIDTHS = {"150": 1_302}
"""Room beside the sidebar on a screen of 1366 pixels: in large text it shows icons only."""
WIDTH = 1_162
CONTROLS = (QAbstractButton, QComboBox, QLineEdit, QListWidget)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> PacketDesk:
    return PacketDesk(tmp_path_factory.mktemp("look"))


@pytest.fixture(scope="module")
def packet(desk: PacketDesk, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A packet that is sealed."""
    with desk.open("green-ferry") as officer:
        draft = officer.packets.drafts.start(desk.person, desk.choices(), sample.whole_sections())
        ticked = [hit.id for hit in officer.packets.drafts.hits(draft)]
        made = officer.packets.sign(draft, ticked=ticked, typed_again=desk.site.keys("green-ferry")).id
    desk.countersigned(made)
    desk.sealed(made, tmp_path_factory.mktemp("stick"))
    return made


@pytest.fixture(params=list(LOOKS))
def hand(qtbot: QtBot, request: pytest.FixtureRequest) -> Iterator[Hand]:
    look = str(request.param)
    use_language("xx" if look == "xx" else "en", resources.path("i18n"))
    one = Hand(qtbot, LOOKS[look])
    one.width = WIDTHS.get(look, WIDTH)
    yield one
    one.close()
    use_language("en", resources.path("i18n"))


def look_at(hand: Hand, page: Page) -> None:
    """Names, sizes, room and whole words of what is in sight."""
    hand.settle()
    controls = [each for each in page.findChildren(QWidget) if isinstance(each, CONTROLS) and each.isVisible()]
    assert controls
    nameless = [
        type(each).__name__
        for each in controls
        if each.focusPolicy() != Qt.FocusPolicy.NoFocus
        and not QAccessible.queryAccessibleInterface(each).text(QAccessible.Text.Name).strip()
    ]
    assert nameless == []
    small = [each.accessibleName() for each in controls if each.width() < 24 or each.height() < 24]
    assert small == []
    assert page.minimumSizeHint().width() <= hand.width
    assert [area.horizontalScrollBar().maximum() for area in page.findChildren(QScrollArea) if area.isVisible()] == [0]
    assert cut(page) == []
    assert_tab_goes_round(page)


def assert_tab_goes_round(page: Page) -> None:
    """Tab leads to every control and back."""
    wanted = {
        each
        for each in page.findChildren(QWidget)
        if isinstance(each, CONTROLS)
        and each.isVisible()
        and each.isEnabled()
        and each.focusPolicy() & Qt.FocusPolicy.TabFocus
        and each.focusProxy() is None
    }
    seen: set[QWidget] = set()
    for _ in range(120):
        focus: QWidget | None = QApplication.focusWidget()
        QTest.keyClick(focus or page, Qt.Key.Key_Tab)
        now: QWidget | None = QApplication.focusWidget()
        if now is None or now in seen:
            break
        seen.add(now)
    assert [each.accessibleName() for each in wanted - seen] == []


def test_every_step_of_a_packet(desk: PacketDesk, hand: Hand, packet: str) -> None:
    assert packet
    with desk.open("green-ferry") as officer:
        page = ready_builder(desk, hand, officer, texts={**TEXTS, "journey": "Call 0205550199 first."})
        look_at(hand, page)
        for step in (RECIPIENT, CONTENTS):
            page._go_to(step)
            look_at(hand, page)
        page._go_to(RECIPIENT)
        page._ask_team()
        look_at(hand, page)
        page.leave()
        for draft in officer.desk.drafts():
            officer.desk.drop_draft(draft.id)


def test_a_sealed_packet_and_the_list(desk: PacketDesk, hand: Hand, packet: str) -> None:
    with desk.open("green-ferry") as officer:
        pages: list[Callable[[], Page]] = [
            lambda: PacketPage(
                hand.kit, officer.packets, packet, name=NAME, may_seal=True, folder=lambda _owner, _title: None
            ),
            lambda: PacketsPage(
                hand.kit, officer.packets, name_of=lambda _person: NAME, may_prepare=True, may_countersign=False
            ),
        ]
        for make in pages:
            page = make()
            hand.show(page)
            look_at(hand, page)


def test_the_second_look(desk: PacketDesk, hand: Hand) -> None:
    use = signed_by_hand(desk, hand)
    with desk.open("silver-reed") as supervisor:
        page = ReviewPage(hand.kit, supervisor.packets, use, name=NAME, prove=desk.keys("silver-reed"))
        hand.show(page)
        look_at(hand, page)
        page._ask_return()
        look_at(hand, page)


def test_a_check_and_what_is_read(hand: Hand, made: MadeSite, tmp_path: Path) -> None:
    stick = Stick(tmp_path)
    page = CheckPage(hand.kit, now=lambda: NOW, choose=stick.choose, own_cards=[made.site_card()], save=stick.save)
    hand.show(page)
    look_at(hand, page)
    stick.next = stick.put("river.agekey", made.identity.encode("ascii"))
    page._given.ask_key()
    stick.next = stick.put("RD-DEMO-2026-000012-F.pdf.age", made.sealed)
    page._choose_packet()
    hand.wait(lambda: page.checked is not None)
    look_at(hand, page)
    page.main_act()
    look_at(hand, page)
