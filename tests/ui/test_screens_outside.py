"""What holds on the screens of packets that come and go, of sites and teams, and of keys (interface.md 16)."""

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from rehabdesk.ui.theme import Look
from tests.ui import measures
from tests.ui.annex_states import ask_annex
from tests.ui.door_states import NOBODY
from tests.ui.every_screen import Walk
from tests.ui.outside_states import DOOR, STATES, send_and_receive
from tests.ui.seeded import seeded_hands
from tests.ui.test_every_screen import LEAST_BODY, NARROW
from tests.windows import SIZE, Hands

EVERY = [*((NOBODY, screen) for screen in DOOR), *STATES]


class Outside(Walk):
    """Opens any of `EVERY`."""

    door = DOOR


@pytest.fixture
def walk(qtbot: QtBot, held: dict[str, object], tmp_path_factory: pytest.TempPathFactory) -> Outside:
    """One window for all screens of this file, on a desk with post."""
    if "hands" not in held:
        context = seeded_hands(qtbot, tmp_path_factory.mktemp("desk"))
        fresh = context.__enter__()
        held["context"], held["hands"] = context, fresh
        post = send_and_receive(fresh, tmp_path_factory.mktemp("stick"))
        held["states"] = {key: made(post) for key, made in STATES.items()}
        ask_annex(fresh)
    hands = held["hands"]
    assert isinstance(hands, Hands)
    hands.qtbot = qtbot
    outside = Outside(hands)
    outside.states = held["states"]  # type: ignore[assignment]  # what stands in `held` above
    return outside


@pytest.mark.parametrize(("role", "screen", "look"), [(*each, place % 3) for place, each in enumerate(EVERY)])
def test_as_it_opens(walk: Outside, role: str, screen: str, look: int) -> None:
    """Each in one of three looks, in turn, as making a screen costs more than looking at it."""
    chosen, language = ((Look(), "en"), (Look(rtl=True), "xx"), (Look(zoom=1.5), "en"))[look]
    window = walk.open(role, screen, chosen, language)
    focus: QWidget | None = QApplication.focusWidget()

    assert focus is not None
    assert walk.page.isAncestorOf(focus), f"the focus is in {focus.accessibleName()}"
    assert measures.misnamed(window) == []
    assert measures.doubled(window) == []
    assert measures.small(window) == []
    assert measures.grey_without_a_reason(window) == []
    assert measures.untabbed(window) == []
    if chosen.zoom > 1:
        assert measures.cramped(window, LEAST_BODY) == []
    for size in (SIZE, NARROW) if chosen == Look() else (SIZE,):
        window.resize(*size)
        walk.hands.settle()
        assert measures.overlaps(window) == []
        assert measures.cut(window) == []
        assert measures.beyond(window, *size) == []
        assert measures.out_of_sight(window) == []
