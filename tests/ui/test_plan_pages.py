"""Plans in the window, by keys: writing with help, at rest and back, versions side by side, programmes and sessions."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from rehabdesk.plans.model import GoalStatus, VersionState
from rehabdesk.plans.programmes.intervention_model import SessionStatus
from rehabdesk.plans.programmes.view.programmes_page import ProgrammesPage
from rehabdesk.plans.view.plan_history_page import PlanHistoryPage
from rehabdesk.plans.view.plan_page import PlanTab
from rehabdesk.plans.view.plan_write_page import PlanWritePage
from rehabdesk.ui.page import Route
from rehabdesk.ui.theme import Look
from tests.plans.cases import activate, draft_plan
from tests.ui.states import in_sight
from tests.windows import CTRL, Hands, everything_said, hands_on


@pytest.fixture
def hands(qtbot: QtBot, tmp_path: Path) -> Iterator[Hands]:
    with hands_on(qtbot, tmp_path) as ready:
        yield ready


def plain(widget: QWidget) -> str:
    return everything_said(widget).replace("\u2068", "").replace("\u2069", "").replace("\u2066", "")


def open_page(hands: Hands, name: str, what: str = "") -> QWidget:
    hands.session.open(Route(name=name, person=hands.people["Idrissa"], id=what))
    hands.settle()
    return hands.page


def plan_tab(hands: Hands) -> PlanTab:
    open_page(hands, "person", "plan")
    tab = hands.page.tab  # type: ignore[attr-defined]  # the page of a person
    assert isinstance(tab, PlanTab)
    return tab


def test_a_goal_is_written_with_its_help_and_nothing_stands_in_the_way(hands: Hands) -> None:
    hands.sign_in("case")
    page = open_page(hands, "plan_write", "new")
    assert isinstance(page, PlanWritePage)
    card = page.editor.goals[0]
    hands.type("Careful with his hands.")
    hands.fill("In \u2068Idrissa K.\u2069's words", "I study with somebody I trust.")
    hands.choose("Domain", "Faith")
    assert "Never an indicator here: Frequency of prayer, doctrine" in plain(page)
    assert card.asked.isVisible()
    hands.choose("What it gives", "Meaning")
    warned = card.warnings.text()
    assert [line.partition(":")[0] for line in warned.splitlines()] == ["Measurable", "Achievable", "Time-bound"]
    hands.fill("Step 1", "Write down one question")
    hands.push("Identity, meaning, belonging")
    hands.press(Qt.Key.Key_Return, CTRL)
    assert "Set the day of the next review." in plain(page)
    page.editor.review.set_date(draft_plan().review_due)
    hands.press(Qt.Key.Key_Return, CTRL)
    assert "offered to those who ask" in plain(page)
    assert page.editor.control_of("domain") is card.asked
    card.asked.setChecked(True)
    hands.press(Qt.Key.Key_Return, CTRL)
    (stored,) = hands.session.services.plans.versions(hands.people["Idrissa"])
    assert [each.domain for each in stored.plan.opened] == ["PD-6"]
    assert [each.domain for each in stored.plan.no_need] == ["PD-1"]
    assert stored.plan.goals[0].good_tag == "spirituality"
    assert "No need identified" in plain(plan_tab(hands))


def test_a_plan_rests_is_taken_up_and_closed_and_versions_are_compared(hands: Hands) -> None:
    hands.sign_in("case")
    plans, person = hands.session.services.plans, hands.people["Idrissa"]
    rid = activate(plans, person)
    plans.mark_goal(rid, "g3", GoalStatus.REMOVED, reason="not_possible_here", words="No host.")
    tab = plan_tab(hands)
    hands.press(Qt.Key.Key_Right)
    hands.press(Qt.Key.Key_Right)
    hands.press(Qt.Key.Key_Right)
    assert "Removed: Not possible here · No host." in plain(tab)

    assert tab._deeds is not None
    tab._deeds.moves.ask_rest()
    hands.choose("Why", "Hosp")
    hands.press(Qt.Key.Key_Return, CTRL)
    assert "The plan rests: Hospital" in plain(tab)
    tab.undo()
    assert plans.as_it_stands(rid).plan.state is VersionState.ACTIVE

    hands.window.change_look(Look(zoom=1.5))
    tab = plan_tab(hands)
    pinned = [label.text() for label in tab.findChildren(QLabel) if not tab.scroll_area().isAncestorOf(label)]
    assert "Careful with his hands" in plain(tab)
    assert not [words for words in pinned if "Careful with his hands" in words], "in large text the goals keep room"
    hands.window.change_look(Look())

    write = open_page(hands, "plan_write", "next")
    assert isinstance(write, PlanWritePage)
    assert "I move to the river district." in plain(write), "a removed goal stays as it is"
    assert len(write.editor.goals) == 2
    write.editor.review.set_date(draft_plan().review_due)
    hands.type("Patient with others. ")
    hands.press(Qt.Key.Key_Return, CTRL)
    history = open_page(hands, "plan_history")
    assert isinstance(history, PlanHistoryPage)
    said = plain(history)
    assert "Patient with others. Careful with his hands" in said
    assert "Not asked yet" in said
    assert "river" not in said.partition("Goals and steps")[2], "what did not change is not shown"
    history._choose_before(rid)
    history._choose_after(rid)
    assert "Nothing differs" in plain(history)

    tab = plan_tab(hands)
    assert "Plan, version 2" in plain(tab)
    hands.to("Version 2, proposed")
    hands.type("1")
    assert "Plan, version 1" in plain(tab), "what is in force is worked on while a proposal waits"
    newest = plans.current(person)
    assert newest is not None
    plans.move(newest.rid, VersionState.CLOSED, because="duplicate")
    tab.refresh()
    assert tab._deeds is not None
    tab._deeds.moves.ask_close()
    hands.press(Qt.Key.Key_Return, CTRL)
    assert "Choose from the list why." in plain(tab)
    hands.choose("Why", "Trans")
    hands.press(Qt.Key.Key_Return, CTRL)
    assert "Idrissa K." in tab.strip.sentence
    hands.press(Qt.Key.Key_Return, CTRL)
    assert plans.current(person) is None
    assert "Plan closed, version 1: Transferred." in plain(tab)


def test_a_deed_that_could_not_follow_is_not_called_done(hands: Hands) -> None:
    """A colleague's record came in while the page stood there."""
    hands.sign_in("case")
    plans, said = hands.session.services.plans, list[str]()
    rid = activate(plans, hands.people["Idrissa"])
    tab = plan_tab(hands)
    assert tab._deeds is not None
    tab.said.connect(said.append)
    plans.mark_goal(rid, "g1", GoalStatus.ACHIEVED)
    tab._deeds.act_on_goal("g1", "achieved")
    plans.move(rid, VersionState.CLOSED, because="transferred")
    tab._deeds.moves.keep_on()
    tab.undo()

    assert said == []
    assert "That cannot follow" in plain(tab)


def test_a_programme_and_its_sessions_without_a_mouse(hands: Hands) -> None:
    hands.sign_in("case")
    page = open_page(hands, "programmes")
    assert isinstance(page, ProgrammesPage)
    hands.press(Qt.Key.Key_Return, CTRL)
    hands.press(Qt.Key.Key_Return, CTRL)
    assert "Choose from the list what it is." in plain(page)
    hands.choose("What it is", "Voc")
    hands.fill("What it is called here", "Tailoring")
    hands.push("Offer this name from now on")
    hands.fill("Who gives it", "Workshop")
    hands.digit("Voluntary", 2)
    hands.fill("Begins on", "-20")
    hands.fill("Sessions that are planned", "many")
    hands.press(Qt.Key.Key_Return, CTRL)
    assert "Write a number" in plain(page)
    hands.fill("Sessions that are planned", "")
    sessions = next(each for each in in_sight(page, QWidget) if each.accessibleName() == "Sessions that are planned")
    sessions.setText("12")  # type: ignore[attr-defined]  # a line
    hands.press(Qt.Key.Key_Return, CTRL)
    assert "Ordered by the court" in plain(page)

    hands.push("Record a session: Tailoring")
    hands.choose("How it went", "Staff")
    hands.press(Qt.Key.Key_Return, CTRL)
    assert "lies with the establishment" in plain(page)
    service = hands.session.services.programmes
    (stored,) = service.of_person(hands.people["Idrissa"])
    assert [each.session.status for each in service.sessions(stored.rid)] == [SessionStatus.STAFF_ABSENT]
    hands.press(Qt.Key.Key_Z, CTRL)
    assert service.sessions(stored.rid) == ()
