"""Packets in windows: a desk with a plan and a confirmed team, and the pages of whoever sits there."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from rehabdesk.access.keys_service import Keys
from rehabdesk.access.model import Role
from rehabdesk.access.unlock_service import hold_keys
from rehabdesk.app import PROJECTIONS
from rehabdesk.core.payload import to_payload
from rehabdesk.handover.making.preparing_service import Preparing
from rehabdesk.handover.making.typed_model import TypedPacket
from rehabdesk.handover.making.view.packet_builder import CONTENTS, PacketBuilder
from rehabdesk.people.legal_model import DateSource, ReleaseRoute
from rehabdesk.seals import sealing
from rehabdesk.ui.jobs import Jobs
from rehabdesk.ui.kit import Kit
from rehabdesk.ui.page import Page
from rehabdesk.ui.theme import Look, Theme
from tests.desks import START, Site, passphrase
from tests.handover.collecting import collection
from tests.handover.test_collect_service import Case
from tests.handover.workplace import STAFF, Signed, Workplace
from tests.windows import application

TEXTS = {
    "V1": "I ask before I shout.",
    "contact_preference": "By voice message.",
    "first_night": "At my mother's house.",
    "link_name": "Paul Renard",
    "link_phone": "+000 20 555 012",
    "return_channel": "By post.",
}
NAME = "Idrissa K."
CHAPLAIN = "still-water"
W = TypeVar("W", bound=QWidget)


class PacketDesk(Workplace):
    """A site with everything that a packet needs; `person` has a plan in force."""

    def __init__(self, folder: Path) -> None:
        self.site = Site(folder=folder / "desk", profile=folder / "profile", projections=PROJECTIONS).create(
            (*STAFF, (CHAPLAIN, Role.CHA))
        )
        self.outbox = folder / "stick"
        self.outbox.mkdir()
        self.identity = sealing.new_identity()
        self.uids: dict[str, str] = {}
        self.found()
        with self.open("green-ferry") as officer:
            case = Case(officer.desk)
            case.people.plan_release(
                case.person,
                planned=date(2027, 1, 8),
                on=START.date(),
                source=DateSource.COURT,
                route=ReleaseRoute.CONDITIONAL,
            )
            case.activate_plan()
            self.person = case.person

    def typed(self, **changes: object) -> TypedPacket:
        """A packet that is ready for its pages."""
        made = TypedPacket(
            team="T-RIVER",
            audience="supervision",
            recipient="Marième Sow",
            recipient_role="supervising officer",
            purpose="Supervision after release",
            basis="supervision_law",
            expires=date(2027, 5, 24),
            countersigners=(self.uids["silver-reed"],),
            told="yes",
            copy="given",
            no_alert=True,
            texts=TEXTS,
        )
        return replace(made, **changes)  # type: ignore[arg-type]  # any field of it

    def keys(self, sign_in: str) -> Callable[[str], Keys]:
        """The passphrase asked again, as the window does it in a job."""
        files, means = self.site.opened[-1].files, self.site.means
        return lambda phrase: hold_keys(files, sign_in, phrase, means)

    def preparing(self, at: Signed) -> Preparing:
        return Preparing(at.desk, at.people, at.packets, collection(at.desk, at.people), at.trust)

    def builder(self, kit: Kit, at: Signed, draft: str | None = None) -> PacketBuilder:
        return PacketBuilder(
            kit,
            self.preparing(at),
            self.person,
            draft,
            name=NAME,
            supervisors=[(self.uids["silver-reed"], "Jonas Weyland"), (self.uids["second-sup"], "Awa Diallo")],
            prove=self.keys("green-ferry"),
        )

    def sealed(self, packet: str, folder: Path) -> None:
        with self.open("green-ferry") as officer:
            officer.packets.seal(packet, folder)


class Hand:
    """One page on the screen, and what a person does with it."""

    def __init__(self, qtbot: QtBot, look: Look | None = None) -> None:
        self.qtbot = qtbot
        app = application()
        self.theme, self.jobs = Theme(app), Jobs()
        self.theme.use(look or Look())
        self.kit = Kit(self.theme, self.jobs, START.date)
        self.gone: list[object] = []
        self.said: list[str] = []
        self.pages: list[Page] = []
        self.width = 1_162

    def show(self, page: Page) -> None:
        page.go.connect(self.gone.append)
        page.said.connect(self.said.append)
        page.resize(self.width, 644)
        page.show()
        page.activateWindow()
        self.pages.append(page)
        self.qtbot.waitExposed(page)

    def close(self) -> None:
        self.jobs.close()
        for page in self.pages:
            page.leave()
            page.close()
            page.deleteLater()
        self.qtbot.wait(1)

    def wait(self, happened: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(happened, timeout=30_000)

    def words(self, page: QWidget) -> str:
        """Everything that stands on a page."""
        self.settle()
        labels = [label.text() for label in page.findChildren(QLabel) if label.isVisible()]
        return "\n".join([*labels, *self.buttons(page)])

    def settle(self) -> None:
        """What was just put on a page is shown."""
        for _ in range(3):
            QCoreApplication.processEvents()

    def buttons(self, page: QWidget) -> list[str]:
        self.settle()
        return [button.text() for button in page.findChildren(QAbstractButton) if button.isVisible()]

    def press(self, page: QWidget, words: str) -> None:
        self.settle()
        found = [each for each in page.findChildren(QAbstractButton) if each.text() == words and each.isVisible()]
        assert found, f"no {words!r} among {self.buttons(page)}"
        found[-1].click()

    def sign(self, page: Page, phrase: str) -> None:
        """Types the passphrase into the strip."""
        field = page.strip.phrase_field
        assert isinstance(field, QLineEdit)
        field.setText(phrase)
        QTest.keyClick(field, Qt.Key.Key_Return)


def ready_builder(desk: PacketDesk, hand: Hand, at: Signed, **changes: object) -> PacketBuilder:
    """A builder whose draft is complete, with its pages in sight."""
    draft = at.packets.drafts.keep_typed(desk.person, desk.typed(**changes))
    page = desk.builder(hand.kit, at, draft)
    hand.show(page)
    page._go_to(CONTENTS)
    page.main_act()
    hand.wait(lambda: page._pages is not None)
    return page


def plain(typed: TypedPacket) -> dict[str, object]:
    """For comparisons, without what is asked anew each time."""
    return {name: value for name, value in to_payload(typed).items() if name not in ("no_alert", "ticked")}


def signed_by_hand(desk: PacketDesk, hand: Hand, **changes: object) -> str:
    """A packet that the author signed in the window; gives its id."""
    with desk.open("green-ferry") as officer:
        page = ready_builder(desk, hand, officer, **changes)
        for box in page._ticks.values():
            box.setChecked(True)
        before: Sequence[str] = [row.id for row in officer.packets.shelf.packets_of(desk.person)]
        page.main_act()
        hand.sign(page, passphrase("green-ferry"))
        hand.wait(lambda: len(officer.packets.shelf.packets_of(desk.person)) > len(before))
        page.close()
        return officer.packets.shelf.packets_of(desk.person)[0].id
