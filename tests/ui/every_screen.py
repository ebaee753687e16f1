"""Every screen of every role on one seeded desk: the routes of test_screens.py and the states of states.py."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from rehabdesk.app_keeping import FORM_DRAFT
from rehabdesk.core import resources
from rehabdesk.core.i18n import use_language
from rehabdesk.ui.own_copy_page import OwnCopyPage
from rehabdesk.ui.theme import Look
from tests.ui.annex_states import ask_annex
from tests.ui.door_states import DOOR, NOBODY
from tests.ui.packet_states import sign_packet
from tests.ui.seeded import seeded_hands
from tests.ui.states import STATES
from tests.ui.test_screens import SCREENS, Screens
from tests.windows import SIZE, Hands

AT_THE_DOOR = [(NOBODY, screen) for screen in DOOR]
EVERY = AT_THE_DOOR + [
    (role, screen)
    for role, screens in SCREENS.items()
    for screen in (*screens, *(state for owner, state in STATES if owner == role))
]
"""Role and screen, roles together: each role signs in once."""


class Walk(Screens):
    """Opens any of `EVERY`. `states`: what screens are brought into; `door`: what stands before a desk."""

    states = STATES
    door = DOOR

    def open(self, role: str, screen: str, look: Look = Look(), language: str = "en") -> QWidget:  # noqa: B008 - frozen
        if role == NOBODY:
            return self.at_the_door(screen, look, language)
        state = self.states.get((role, screen))
        super().open(role, "settings", look, language)
        self.hands.session.frame.palette_box.close_it()
        self.forget_forms()
        if state is None:
            return super().open(role, screen, look, language)
        use_language(language, resources.path("i18n"))
        state(self.hands)
        self.hands.session.frame.toast.end()
        self.hands.settle()
        if isinstance(paper := self.hands.page, OwnCopyPage):  # made in a job; what stands beside it moves then
            self.hands.wait(lambda: paper.pdf is not None)
        use_language("en", resources.path("i18n"))
        return self.hands.window

    def at_the_door(self, screen: str, look: Look, language: str) -> QWidget:
        hands = self.hands
        if hands.window.session is not None:
            hands.lock()
            hands.start_again(heard=True)
        hands.window.resize(*SIZE)
        if hands.window.theme.look != look:
            hands.window.theme.use(look)
        use_language(language, resources.path("i18n"))
        self.door[screen](hands)
        hands.settle()
        use_language("en", resources.path("i18n"))
        Screens.language = "en"
        return hands.window

    @property
    def page(self) -> QWidget:
        """What stands there, without the frame."""
        inside = self.hands.page if self.hands.window.session is not None else self.hands.window.centralWidget()
        assert inside is not None
        return inside

    def forget_forms(self) -> None:
        """What one state left half typed does not open by itself in the next one."""
        session = self.hands.session
        for draft in session.desk.drafts(FORM_DRAFT):
            with session.desk.turn.taken():
                session.desk.own.forget_draft(draft.id)
        session._kept_forms._forms = None


@pytest.fixture(scope="module")
def held() -> Iterator[dict[str, object]]:
    """One window for all screens of a file."""
    held: dict[str, object] = {}
    yield held
    context = held.get("context")
    if context is not None:
        context.__exit__(None, None, None)  # type: ignore[attr-defined]  # what `seeded_hands` gave
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def walk(qtbot: QtBot, held: dict[str, object], tmp_path_factory: pytest.TempPathFactory) -> Walk:
    if "hands" not in held:
        context = seeded_hands(qtbot, folder_of(tmp_path_factory))
        fresh = context.__enter__()
        held["context"], held["hands"] = context, fresh
        sign_packet(fresh)
        ask_annex(fresh)
    hands = held["hands"]
    assert isinstance(hands, Hands)
    hands.qtbot = qtbot
    return Walk(hands)


def folder_of(factory: pytest.TempPathFactory) -> Path:
    return factory.mktemp("desk")
