"""Absent, not greyed: what a role has in its menu, as tabs, as counts and in the find box, as one table."""

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from rehabdesk.access.model import Role
from rehabdesk.core.errors import RehabDeskError
from rehabdesk.ui.page import Route
from tests.desks import STAFF
from tests.windows import Hands, hands_on

EVERYBODY = (*STAFF, ("csup", Role.CSUP), ("fac", Role.FAC), ("aud", Role.AUD))
ALWAYS = {"blanks", "activity", "settings", "help"}
MENU = {
    "psy": {"day", "people", "groups", "packets"},
    "csup": {"day", "people", "groups", "packets"},
    "cha": {"day", "people", "month_sheet"},
    "case": {"day", "people", "releases", "packets", "inbox"},
    "sup": {"day", "supervision", "people", "releases", "packets", "inbox"},
    "fac": {"day", "groups"},
    "adm": {"day", "site_checklist", "site_words", "sites_teams"},
    "aud": {"day", "people"},
}
TABS = {
    "psy": "overview timeline notes plan release contacts packets",
    "csup": "overview timeline notes plan release contacts packets",
    "cha": "overview timeline notes plan release contacts",
    "case": "overview timeline notes plan release contacts packets",
    "sup": "overview timeline notes plan release contacts packets",
    "aud": "overview timeline notes plan release contacts packets",
}
FORBIDDEN = {
    "psy": ("month_sheet", "releases", "supervision", "work", "register", "import", "encounter", "contact_log"),
    "csup": ("month_sheet", "releases", "supervision", "work", "register", "import", "encounter", "contact_log"),
    "cha": (
        "packets",
        "releases",
        "supervision",
        "work",
        "my_month",
        "my_month_paper",
        "register",
        "import",
        "plan_write",
        "packet",
    ),
    "case": ("supervision", "work", "encounter", "contact_log", "contribution"),
    "sup": ("register", "import", "encounter", "contact_log", "plan_write", "packet"),
    "fac": (
        "supervision",
        "work",
        "people",
        "packets",
        "releases",
        "month_sheet",
        "register",
        "import",
        "plan_write",
        "packet",
        "encounter",
    ),
    "adm": (
        "supervision",
        "work",
        "my_month",
        "people",
        "groups",
        "packets",
        "releases",
        "month_sheet",
        "register",
        "person",
        "plan_write",
    ),
    "aud": (
        "supervision",
        "work",
        "my_month",
        "packets",
        "releases",
        "register",
        "import",
        "plan_write",
        "packet",
        "encounter",
    ),
}
"""Pages that do not open, whoever asks for them."""


@pytest.fixture(scope="module")
def held() -> Iterator[dict[str, object]]:
    held: dict[str, object] = {}
    yield held
    if "context" in held:
        held["context"].__exit__(None, None, None)  # type: ignore[attr-defined]  # what `hands_on` gave


@pytest.fixture
def hands(qtbot: QtBot, held: dict[str, object], tmp_path_factory: pytest.TempPathFactory) -> Hands:
    if "hands" not in held:
        context = hands_on(qtbot, tmp_path_factory.mktemp("desk"), staff=EVERYBODY)
        held["context"], held["hands"] = context, context.__enter__()
    hands = held["hands"]
    assert isinstance(hands, Hands)
    hands.qtbot = qtbot
    return hands


@pytest.mark.parametrize("role", [sign for sign, _ in EVERYBODY])
def test_what_a_role_may_not_open_is_absent(hands: Hands, role: str) -> None:
    if hands.window.session is not None:
        hands.lock()
    hands.start_again()
    hands.sign_in(role)
    session, services = hands.session, hands.session.services
    menu = {name for name, *_ in session.pages.menu()}
    letters = menu - MENU[role] - ALWAYS
    assert MENU[role] <= menu
    assert letters <= {"letters"}
    buttons = {entry.route.name for entry in session.frame.sidebar._entries}
    assert buttons == menu, "the sidebar is the menu"
    assert set(session.pages.counts()) <= menu | {"letters"}
    person = hands.people["Idrissa"]
    if role in TABS:
        tabs = [tab.code for tab in session.pages._tabs.of(services.people.row(person))]
        assert tabs == TABS[role].split()

    opened = [name for name in FORBIDDEN[role] if opens(hands, name, person)]
    found = {hit.route.name for word in ("", "a", "pack", "rel", "add", "month", "group") for hit in session.find(word)}

    assert opened == []
    assert found & set(FORBIDDEN[role]) == set()
    if role == "adm":
        assert not [hit for word in ("idr", "24-017", "Kada") for hit in session.find(word) if hit.route.person]


def opens(hands: Hands, name: str, person: str) -> bool:
    """Whether the page can be made by somebody who knows its name."""
    try:
        hands.session.pages.make(Route(name=name, person=person, id="new" if name == "plan_write" else ""))
    except RehabDeskError:
        return False
    return True
