"""First run by keys: language, site, people, passphrases, cards; what is there afterwards is a working desk."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from rehabdesk.access.card_service import groups_of
from rehabdesk.access.door_service import Door
from rehabdesk.access.lock_view import LockPage
from rehabdesk.access.model import Newcomer, Role
from rehabdesk.access.setup_steps_view import CardStep, PeopleStep, PhraseStep, SiteStep
from rehabdesk.access.setup_view import SetupPage
from rehabdesk.access.threshold_service import Threshold
from rehabdesk.app import PROJECTIONS
from rehabdesk.app_window import Window
from rehabdesk.handover.trust.trust_service import Trust
from rehabdesk.seals.passphrase import word_list
from rehabdesk.ui.theme import Look
from tests.desks import CHEAP, Site
from tests.windows import CTRL, Hands, application, close_window

NAMES = (
    ("Ada Brook", "Administrator"),
    ("Hana Roy", "Supervisor"),
    ("Sara Martin", "Psychologist"),
    ("Imam Noor", "Chaplain"),
    ("Paul Renard", "Cas"),
)


@pytest.fixture
def hands(qtbot: QtBot, tmp_path: Path) -> Iterator[Hands]:
    site = Site(folder=tmp_path / "desk", profile=tmp_path / "profile", projections=PROJECTIONS)
    app = application()
    door = Door(site.folder, site.means, profile=site.profile, cost=CHEAP)
    ended: list[bytes] = []
    window = Window(app, Threshold.of(door), replace=ended.append, look=Look(), language="en")
    window.start()
    window.activateWindow()
    yield Hands(qtbot=qtbot, window=window, site=site, ended=ended, seconds=[0.0])
    close_window(window)


def setup_page(hands: Hands) -> SetupPage:
    page = hands.window.centralWidget()
    assert isinstance(page, SetupPage)
    return page


def next_page(hands: Hands) -> None:
    setup_page(hands).main_act()
    hands.settle()


def fill_site(hands: Hands) -> None:
    for words in ("Residence of the Three Wells", "DEMO", "xx", "+000 20 555 010"):
        hands.type(words)
        hands.press(Qt.Key.Key_Tab)


def add_people(hands: Hands) -> None:
    for name, role in NAMES:
        hands.type(name)
        hands.press(Qt.Key.Key_Tab)
        hands.qtbot.wait(application().keyboardInputInterval() + 50)  # else Qt takes both roles for one word
        hands.type(role)
        hands.press(Qt.Key.Key_Tab)
        hands.press(Qt.Key.Key_Space)


def test_a_desk_is_made_by_keys_and_everybody_gets_a_card(hands: Hands) -> None:
    next_page(hands)
    fill_site(hands)
    next_page(hands)
    add_people(hands)
    page = setup_page(hands)
    assert isinstance(page._shown, PeopleStep)
    newcomers = page._shown.newcomers()
    assert [one.name for one in newcomers] == [name for name, _ in NAMES]
    next_page(hands)
    phrases = {}
    for newcomer in newcomers:
        assert isinstance(page._shown, PhraseStep)
        assert newcomer.name in page._shown.title
        phrases[newcomer.sign_in] = page._shown._drawn
        for _ in range(2):
            hands.type(page._shown._drawn)
            hands.press(Qt.Key.Key_Tab)
        next_page(hands)
    hands.wait(lambda: page._made is not None, timeout=20_000)
    assert page._made is not None
    for card in page._made.cards:
        assert isinstance(page._shown, CardStep)
        for field in page._shown.controls:
            hands.type(groups_of(card.characters)[int(field.removeprefix("group"))].lower())
            hands.press(Qt.Key.Key_Tab)
        next_page(hands)
    assert any(page._made.digits in label.text() for label in page.findChildren(QLabel))
    page._next.click()
    assert len(hands.ended) == 1, "the process that saw all passphrases ends"
    hands.window.show_lock_page()

    for newcomer in newcomers:
        desk = hands.window.threshold.door.unlock(newcomer.sign_in, phrases[newcomer.sign_in])
        assert desk.role is newcomer.role
        assert bool(desk.secret("certificate_key")) == (newcomer.role.value in ("CO", "SUP"))
        assert Trust(desk).site_digits() == page._made.digits
        desk.lock()


def test_a_site_without_a_name_is_refused_and_keeps_what_was_typed(hands: Hands) -> None:
    next_page(hands)
    page = setup_page(hands)
    assert isinstance(page._shown, SiteStep)
    hands.press(Qt.Key.Key_Tab)
    hands.type("DEMO")

    next_page(hands)

    assert isinstance(page._shown, SiteStep)
    assert page._shown._code.text() == "DEMO"
    assert not hands.site.folder.exists() or not any(hands.site.folder.iterdir())


def test_back_finds_everything_as_it_was(hands: Hands) -> None:
    next_page(hands)
    fill_site(hands)
    next_page(hands)
    page = setup_page(hands)
    page._back.click()
    hands.settle()

    assert isinstance(page._shown, SiteStep)
    assert page._shown._name.text() == "Residence of the Three Wells"
    assert page._shown.isVisible()


def test_a_supervisor_is_asked_for(hands: Hands) -> None:
    next_page(hands)
    fill_site(hands)
    next_page(hands)
    hands.type("Ada Brook")
    hands.press(Qt.Key.Key_Tab)
    hands.type("Administrator")
    hands.press(Qt.Key.Key_Tab)
    hands.press(Qt.Key.Key_Space)

    next_page(hands)

    page = setup_page(hands)
    assert isinstance(page._shown, PeopleStep)
    assert page._summary is not None
    assert "Supervisor" in "".join(link.text() for link in page._summary.findChildren(QPushButton))


def test_no_passphrase_is_offered_that_holds_the_name_of_somebody_else(hands: Hands) -> None:
    """It would be refused at the end, for a reason that is not this person's."""
    own = Newcomer(sign_in="plain-lantern", name="Imam Noor", alias="I. N.", role=Role.CHA)
    taken = word_list()[::3]
    other = Newcomer(sign_in="green-ferry", name=" ".join(taken), alias="O. T.", role=Role.CO)
    step = PhraseStep(hands.window.kit, own, (own, other), "")
    for _ in range(12):
        assert set(step._drawn.split()).isdisjoint(taken)
        step._draw()


def test_an_existing_desk_opens_with_the_lock_page(hands: Hands) -> None:
    hands.site.create()
    hands.window.start()

    assert isinstance(hands.window.centralWidget(), LockPage)


def test_ctrl_enter_is_next(hands: Hands) -> None:
    hands.press(Qt.Key.Key_Return, CTRL)

    assert isinstance(setup_page(hands)._shown, SiteStep)
