"""The whole main job through the windows, with the keyboard alone: from an empty folder to a packet called genuine."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from rehabdesk.access.card_service import groups_of
from rehabdesk.access.door_service import Door
from rehabdesk.access.setup_steps_view import CardStep, PhraseStep
from rehabdesk.access.setup_view import SetupPage
from rehabdesk.access.threshold_service import Threshold
from rehabdesk.app import PROJECTIONS
from rehabdesk.app_window import Window
from rehabdesk.core.canon import digits24
from rehabdesk.db.projection import PASTORAL
from rehabdesk.handover.checking.view.check_page import CheckPage
from rehabdesk.handover.making.view.packet_builder import PacketBuilder
from rehabdesk.handover.packets_model import PacketState
from rehabdesk.handover.view.packet_page import PacketPage
from rehabdesk.handover.view.review_page import ReviewPage
from rehabdesk.notes.chaplaincy.view.contact_log_page import ContactLogPage
from rehabdesk.people.view.person_page import PersonPage
from rehabdesk.seals import sealing
from rehabdesk.ui.files import FileDialogs
from rehabdesk.ui.theme import Look
from tests.desks import CHEAP, Site
from tests.windows import CTRL, Hands, MouseWatch, application, close_window

STAFF = (
    ("Ada Brook", "Adm"),
    ("Hana Roy", "Sup"),
    ("Sara Martin", "Psy"),
    ("Imam Noor", "Cha"),
    ("Paul Renard", "Cas"),
)


class Paths(FileDialogs):
    """Stands in for the dialogs of files: what a person would have chosen."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.file: Path | None = None

    def choose_file(self, owner: QWidget, title: str, pattern: str) -> Path | None:
        return self.file

    def choose_files(self, owner: QWidget, title: str, pattern: str) -> list[Path]:
        return [] if self.file is None else [self.file]

    def choose_folder(self, owner: QWidget, title: str) -> Path | None:
        return self.folder

    def save_file(
        self, owner: QWidget, name: str, content: bytes, leaving: Callable[[], None] = lambda: None
    ) -> Path | None:
        leaving()
        path = self.folder / name
        path.write_bytes(content)
        return path


class Desk:
    """The window, who works at it, and their phrases."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        self.site = Site(folder=folder / "desk", profile=folder / "profile", projections=PROJECTIONS)
        self.ended: list[bytes] = []
        self.paths = Paths(folder / "stick")
        self.paths.folder.mkdir()
        self.phrases: dict[str, tuple[str, str]] = {}
        self.hands = Hands(qtbot=qtbot, window=self._window(qtbot), site=self.site, ended=self.ended, seconds=[0.0])

    def _window(self, qtbot: QtBot) -> Window:
        app = application()
        door = Door(self.site.folder, self.site.means, profile=self.site.profile, cost=CHEAP)
        window = Window(
            app, Threshold.of(door), replace=self.ended.append, look=Look(), language="en", seconds=lambda: 0.0
        )
        window.files = self.paths
        window.resize(1366, 700)
        window.start()
        window.activateWindow()
        qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
        return window

    def come_in(self, role: str) -> None:
        """Locks whoever is there; the next process begins; the one of that role signs in."""
        hands = self.hands
        if hands.window.session is not None:
            hands.lock()
        hands.window.close()
        close_window(hands.window)
        hands.window = self._window(hands.qtbot)
        hands.sign_in(*self.phrases[role])


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    made = Desk(qtbot, tmp_path)
    yield made
    if made.hands.window.session is not None:
        made.hands.window.session.desk.lock()
        made.hands.window.session = None
    close_window(made.hands.window)


def set_up(desk: Desk) -> None:
    hands = desk.hands

    def go_on() -> None:
        hands.press(Qt.Key.Key_Return, CTRL)

    page = hands.window.centralWidget()
    assert isinstance(page, SetupPage)
    go_on()
    hands.fill("Name of the site", "Residence of the Three Wells")
    hands.fill("Code", "DEMO")
    hands.fill("Country", "xx")
    hands.fill("Phone", "+000 20 555 010")
    go_on()
    for name, role in STAFF:
        hands.fill("Name and first name", name)
        hands.choose("Role", role)
        hands.push("Add")
    newcomers = page._people.newcomers()
    go_on()
    for newcomer, (_, role) in zip(newcomers, STAFF, strict=True):
        assert isinstance(page._shown, PhraseStep)
        desk.phrases[role] = (newcomer.sign_in, page._shown._drawn)
        hands.fill("Passphrase", page._shown._drawn)
        hands.fill("Passphrase again", page._shown._drawn)
        go_on()
    hands.wait(lambda: page._made is not None, timeout=20_000)
    assert page._made is not None
    for card in page._made.cards:
        assert isinstance(page._shown, CardStep)
        for field in page._shown.controls:
            number = int(field.removeprefix("group"))
            hands.fill(f"Group {number + 1}", groups_of(card.characters)[number])
        go_on()
    hands.push("Save the site card")
    hands.push("Finish")


def register(desk: Desk) -> None:
    desk.come_in("Cas")
    hands = desk.hands
    hands.press(Qt.Key.Key_K, CTRL)
    hands.type("people")
    hands.press(Qt.Key.Key_Return)
    hands.push("Add a person")
    hands.fill("Given name", "Idrissa")
    hands.fill("Family name", "Kada")
    hands.fill("Case number", "24-017")
    hands.fill("Born", "about 1997")
    hands.choose("Language", "French")
    hands.fill("Unit", "B2-14")
    hands.fill("Planned release", "8 Jan 2027")
    hands.choose("Psychologist", "Sara")
    hands.choose("Chaplain", "Imam")
    hands.press(Qt.Key.Key_Return, CTRL)
    assert isinstance(hands.page, PersonPage)


def open_note(hands: Hands) -> None:
    hands.press(Qt.Key.Key_K, CTRL)
    hands.type("idri")
    hands.press(Qt.Key.Key_Return, CTRL)


def open_tab(hands: Hands, words: str) -> None:
    """The page of the person, and the tab whose name begins so, by Ctrl and its number."""
    hands.press(Qt.Key.Key_K, CTRL)
    hands.type("idri")
    hands.press(Qt.Key.Key_Return)
    page = hands.page
    assert isinstance(page, PersonPage)
    number = next(place for place, tab in enumerate(page._tabs) if tab.words.startswith(words))
    hands.press(Qt.Key(Qt.Key.Key_1.value + number), CTRL)


def psychologist_writes(desk: Desk) -> None:
    desk.come_in("Psy")
    hands = desk.hands
    open_note(hands)
    hands.type("He came on time and practised two answers.")
    hands.press(Qt.Key.Key_F8)
    hands.type("4Patient with the long form")
    hands.press(Qt.Key.Key_F8)
    hands.type("112")
    hands.press(Qt.Key.Key_Return, CTRL)
    hands.press(Qt.Key.Key_Return, CTRL)
    assert isinstance(hands.page, PersonPage)


def chaplain_writes(desk: Desk) -> None:
    desk.come_in("Cha")
    hands = desk.hands
    open_note(hands)
    assert isinstance(hands.page, ContactLogPage)
    hands.type("2")
    hands.type("16")
    hands.press(Qt.Key.Key_Return)
    hands.press(Qt.Key.Key_Return, CTRL)
    hands.press(Qt.Key.Key_Return, CTRL)
    (person,) = hands.session.services.people.own_cases()
    entries = hands.session.services.notes.timeline.page(person.id)
    assert PASTORAL in [one.comp for one in entries]


def officer_plans(desk: Desk) -> None:
    desk.come_in("Cas")
    hands = desk.hands
    open_tab(hands, "Plan")
    hands.press(Qt.Key.Key_Return, CTRL)
    hands.fill("What", "Never late when unlocked; sews for others")
    hands.fill("In ", "I want to sew for the shop near my mother.")
    hands.choose("Domain", "Education")
    hands.fill("Seen when", "Certificate issued")
    hands.fill("By", "1 Mar 2027")
    hands.fill("Step 1", "Ask for morning unlock")
    hands.fill("Next review on", "5 Jan 2027")
    hands.press(Qt.Key.Key_Return, CTRL)
    hands.press(Qt.Key.Key_Return, CTRL)
    hands.type("2")
    hands.fill("In ", "Yes to the work. The rest is my business.")
    hands.press(Qt.Key.Key_Return, CTRL)
    hands.press(Qt.Key.Key_Return, CTRL)
    hands.press(Qt.Key.Key_Return, CTRL)
    stored = hands.session.services.plans.in_force(hands.session._route.person)
    assert stored is not None
    assert stored.plan.signoff.value == "awaiting_countersign"


def officer_marks_the_list_that_opened_by_itself(desk: Desk) -> None:
    hands = desk.hands
    open_tab(hands, "Release")
    hands.press(Qt.Key.Key_Return)
    hands.type("2")
    hands.fill("Evidence", "Registry extract of today")
    hands.press(Qt.Key.Key_Return, CTRL)
    readiness = hands.session.services.releases.of_person(hands.session._route.person)
    assert readiness is not None
    assert sum(not item.open for item in readiness.items) == 1


def supervisor_approves_plan(desk: Desk) -> None:
    desk.come_in("Sup")
    hands = desk.hands
    open_tab(hands, "Plan")
    hands.press(Qt.Key.Key_Return, CTRL)
    hands.type(desk.phrases["Sup"][1])
    hands.press(Qt.Key.Key_Return)
    person = hands.session._route.person
    plans = hands.session.services.plans

    def signed() -> bool:
        stored = plans.in_force(person)
        return stored is not None and stored.plan.signoff.value == "countersigned"

    hands.wait(signed)


def officer_prepares_packet(desk: Desk, key: str) -> None:
    desk.come_in("Cas")
    hands = desk.hands
    open_tab(hands, "Packets")
    hands.press(Qt.Key.Key_Return, CTRL)
    hands.push("Add a team")
    for caption, words in (
        ("Name of the team", "River District"),
        ("Organisation", "Probation service"),
        ("Short code", "river"),
        ("Country", "xx"),
        ("Phone", "+000 20 555 020"),
        ("Their key", key),
        ("The 24 digits", digits24(key.encode("ascii"))),
        ("Who read them", "Awa Diallo"),
    ):
        hands.fill(caption, words)
    hands.press(Qt.Key.Key_Return, CTRL)
    hands.choose("What the team is", "Supervision")
    hands.fill("Role there", "supervising officer")
    hands.fill("What it is for", "Supervision after release")
    hands.choose("On which basis", "Law")
    hands.fill("Law or order", "Supervision Act, article 12")
    only = hands.to("Hana Roy")
    assert isinstance(only, QAbstractButton)
    assert only.isChecked(), "where there is one supervisor, nobody has to choose"
    hands.digit("Yes, told", 1)
    hands.digit("Given", 1)
    hands.press(Qt.Key.Key_Return, CTRL)
    for caption, words in (
        ("What has changed", "I ask before I shout."),
        ("How", "By voice message"),
        ("First night", "At my mother's house"),
        ("Name", "Paul Renard"),
        ("Phone", "+000 20 555 012"),
        ("How the team", "By post"),
    ):
        hands.fill(caption, words)
    hands.push("No safety alert")
    hands.press(Qt.Key.Key_Return, CTRL)
    page = hands.page
    assert isinstance(page, PacketBuilder)
    assert page._summary is None, [button.text() for button in page.findChildren(QPushButton)]
    hands.wait(lambda: page._pages is not None or page._summary is not None, timeout=20_000)
    assert page._pages is not None, [button.text() for button in page.findChildren(QPushButton)]
    assert page._view is not None
    assert page._pages is not None
    assert page._view.pdf == page._pages.prepared, "the pages shown are the pages that are signed"
    for box in page._ticks.values():
        hands.push(box.accessibleName()[:30])
    shown = page._view.pdf
    hands.press(Qt.Key.Key_Return, CTRL)
    hands.type(desk.phrases["Cas"][1])
    hands.press(Qt.Key.Key_Return)
    shelf = hands.session.services.packets.shelf
    person = page._person
    hands.wait(lambda: len(shelf.packets_of(person)) == 1, timeout=20_000)
    signed = shelf.signed_pdf(shelf.packets_of(person)[0].id, PacketState.SIGNED)
    assert signed.startswith(shown), "signing only adds to the bytes that were shown"


def supervisor_countersigns(desk: Desk) -> None:
    desk.come_in("Sup")
    hands = desk.hands
    hands.press(Qt.Key.Key_K, CTRL)
    hands.type("packets")
    hands.press(Qt.Key.Key_Return)
    hands.press(Qt.Key.Key_Return)
    page = hands.page
    assert isinstance(page, ReviewPage)
    hands.press(Qt.Key.Key_Return, CTRL)
    hands.type(desk.phrases["Sup"][1])
    hands.press(Qt.Key.Key_Return)
    shelf = hands.session.services.packets.shelf
    hands.wait(lambda: shelf.packet(page._id).state is PacketState.COUNTERSIGNED, timeout=20_000)


def officer_seals(desk: Desk) -> Path:
    desk.come_in("Cas")
    hands = desk.hands
    open_tab(hands, "Packets")
    hands.press(Qt.Key.Key_Return)
    page = hands.page
    assert isinstance(page, PacketPage)
    hands.press(Qt.Key.Key_Return, CTRL)
    hands.wait(lambda: any(desk.paths.folder.glob("*.age")), timeout=30_000)
    shelf = hands.session.services.packets.shelf
    hands.wait(lambda: shelf.packet(page._id).state is PacketState.SEALED, timeout=20_000)
    (file,) = desk.paths.folder.glob("*.age")
    said = " ".join(label.text() for label in page.findChildren(QLabel))
    assert re.search(r"\d{4}-\d{4}-\d{4}-\d{4}-\d{4}-\d{4}", said), "the code for the phone is shown"
    return file


def check(desk: Desk, file: Path, identity: Path) -> None:
    hands = desk.hands
    hands.press(Qt.Key.Key_K, CTRL)
    hands.type("packets")
    hands.press(Qt.Key.Key_Return)
    hands.push("Check a packet")
    page = hands.page
    assert isinstance(page, CheckPage)
    desk.paths.file = identity
    hands.push("Key of this team")
    desk.paths.file = file
    hands.push("Choose a packet file")
    hands.wait(lambda: any("Genuine" in label.text() for label in page.findChildren(QLabel)), timeout=30_000)
    hands.push("Read the packet")
    assert page._view is not None
    assert page._view.count >= 8


def test_the_main_job_by_keyboard_alone(desk: Desk, tmp_path: Path) -> None:
    watch = MouseWatch()
    application().installEventFilter(watch)
    secret = sealing.new_identity()
    identity = tmp_path / "river.agekey"
    identity.write_text(f"{secret}\n", "ascii")

    set_up(desk)
    register(desk)
    psychologist_writes(desk)
    chaplain_writes(desk)
    officer_plans(desk)
    officer_marks_the_list_that_opened_by_itself(desk)
    supervisor_approves_plan(desk)
    officer_prepares_packet(desk, sealing.recipient_of(secret))
    supervisor_countersigns(desk)
    file = officer_seals(desk)
    check(desk, file, identity)

    assert watch.presses == 0
