"""Releases, the supervision board and My month by the keyboard alone, on one desk for the file."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from rehabdesk.overview.month_view import MyMonthPage, MyMonthPaperPage
from rehabdesk.overview.releases_view import ReleasesPage
from rehabdesk.overview.supervision_view import SupervisionPage, WorkListPage
from rehabdesk.people.service import People
from rehabdesk.readiness.service import Releases
from rehabdesk.readiness.template_service import load_templates
from rehabdesk.ui.page import Route
from rehabdesk.ui.table import Section, Table
from tests.windows import CTRL, Hands, everything_said, hands_on


@pytest.fixture(scope="module")
def held() -> Iterator[dict[str, object]]:
    held: dict[str, object] = {}
    yield held
    if "context" in held:
        held["context"].__exit__(None, None, None)  # type: ignore[attr-defined]  # what `hands_on` gave


@pytest.fixture
def hands(qtbot: QtBot, held: dict[str, object], tmp_path_factory: pytest.TempPathFactory) -> Hands:
    """Idrissa leaves in 45 days with a running list, the others have a day and no list."""
    if "hands" not in held:
        context = hands_on(qtbot, tmp_path_factory.mktemp("desk"))
        held["context"], held["hands"] = context, context.__enter__()
        made = held["hands"]
        assert isinstance(made, Hands)
        desk = made.site.open("case")
        Releases(desk, People(desk), load_templates()).open_list(
            made.people["Idrissa"], desk.clock.now().date() + timedelta(days=45)
        )
        made.site.close()
    hands = held["hands"]
    assert isinstance(hands, Hands)
    hands.qtbot = qtbot
    if hands.window.session is not None:
        hands.lock()
        hands.start_again()
    return hands


def test_releases_are_walked_and_opened_by_keys(hands: Hands) -> None:
    hands.sign_in("case")
    hands.session.open(Route(name="releases"))
    hands.settle()
    page, table = hands.page, hands.focus
    assert isinstance(page, ReleasesPage)
    assert isinstance(table, Table)
    titles = [record.title for record in table.rows.records if isinstance(record, Section)]
    assert titles[0] == "5 to 12 weeks"
    assert [record.case_ref for record in table.rows.records if not isinstance(record, Section)] == [
        *("24-017", "24-018", "24-019")
    ], "one day, then by case number"
    hands.press(Qt.Key.Key_Down)
    assert table.current().case_ref == "24-018"
    hands.press(Qt.Key.Key_Up)
    hands.press(Qt.Key.Key_Return)
    assert hands.session._route == Route(name="person", person=hands.people["Idrissa"], id="release")


def test_a_board_leads_to_its_list_and_the_list_to_the_case(hands: Hands) -> None:
    hands.sign_in("sup")
    hands.session.open(Route(name="supervision"))
    hands.settle()
    assert isinstance(hands.page, SupervisionPage)
    said = everything_said(hands.page)
    assert not [word for word in ("Idrissa", "Name of", "24-017") if word in said], "numbers of work alone"
    hands.press(Qt.Key.Key_Return, CTRL)
    page, table = hands.page, hands.focus
    assert isinstance(page, WorkListPage)
    assert isinstance(table, Table)
    assert {line.case_ref for line in table.rows.records} == {"24-017"}
    assert not [word for word in ("Idrissa", "Name of") if word in everything_said(page)]
    hands.push("Back")
    assert isinstance(hands.page, SupervisionPage)
    hands.press(Qt.Key.Key_Return, CTRL)
    hands.press(Qt.Key.Key_Return)
    assert hands.session._route.person == hands.people["Idrissa"]


def test_the_own_month_is_printed_for_somebody_who_is_named(hands: Hands) -> None:
    hands.sign_in("case")
    hands.session.open(Route(name="day"))
    hands.settle()
    hands.push("My month")
    assert isinstance(hands.page, MyMonthPage)
    assert "Opened a release checklist." in everything_said(hands.page)
    assert "Idrissa" not in everything_said(hands.page)
    hands.push("Print")
    page = hands.page
    assert isinstance(page, MyMonthPaperPage)
    hands.press(Qt.Key.Key_Return)
    assert "For whom" in everything_said(page), "who gets it is said before it is made"
    assert page.pdf is None
    hands.type("Regional supervisor\n")
    hands.wait(lambda: page.pdf is not None, 20_000)
    hands.push("Back")
    assert isinstance(hands.page, MyMonthPage)
