"""What no screen may do: show a text to another discipline, judge a person, act without naming what it acts on."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QCheckBox, QLineEdit, QTextEdit
from pytestqt.qtbot import QtBot

from rehabdesk.notes.forms.answers_model import Answer
from rehabdesk.notes.view.note_page import NotePage
from rehabdesk.overview.search_view import SearchPage
from rehabdesk.people.view.people_page import PeoplePage
from rehabdesk.plans.model import Actor, Agreement, Goal, Horizon, Plan, Step, StepStatus, VersionState
from rehabdesk.ui.page import Route
from tests.windows import CTRL, Hands, accessible, everything_said, hands_on

ROOT = Path(__file__).resolve().parents[2]
CLINICAL_WORDS, PASTORAL_WORDS = "Quicksilver marmots umbrella", "Obsidian candles lattice"
PAGES = ("day", "people", "releases", "packets", "activity", "my_month", "supervision")
TABS = ("overview", "timeline", "notes", "plan", "release", "contacts", "packets")


@pytest.fixture
def hands(qtbot: QtBot, tmp_path: Path) -> Iterator[Hands]:
    with hands_on(qtbot, tmp_path) as ready:
        yield ready


def write_confidences(hands: Hands) -> None:
    """A psychologist's draft and a chaplain's signed contact on the same person."""
    person = hands.people["Idrissa"]
    hands.sign_in("psy")
    hands.session.services.notes.start("psychologist_session", person, answers={"psy.P3.free": CLINICAL_WORDS})
    hands.lock()
    hands.start_again()
    hands.sign_in("cha")
    notes, now = hands.session.services.notes, hands.site.clock.now()
    answers: dict[str, Answer] = {
        "hdr.3": 20,
        "hdr.4": "wing",
        "hdr.5.hearing": "no",
        "hdr.7": "came",
        "cha.C1": "request",
        "cha.C6": PASTORAL_WORDS,
    }
    draft = notes.start("chaplain_engagement", person, occurred_at=now, answers=answers)
    for problem in notes.problems(draft):
        answers[problem.field] = "no"
    notes.save_draft(draft, occurred_at=now, answers=answers)
    notes.sign(draft)
    hands.lock()


@pytest.mark.parametrize("reader", ["case", "sup", "adm"])
def test_words_of_another_discipline_are_on_no_screen(hands: Hands, reader: str) -> None:
    write_confidences(hands)
    hands.start_again()
    hands.sign_in(reader)
    person, said = hands.people["Idrissa"], ""
    routes = [Route(name=name) for name in PAGES]
    routes += [Route(name="person", person=person, id=tab) for tab in TABS] if reader != "adm" else []
    for route in routes:
        if hands.session.pages._makers.get(route.name) is None:
            continue
        hands.session.open(route)
        hands.settle()
        said += everything_said(hands.window)
    for word in ("quicksilver", "obsidian", "marmots", "candles"):
        hits = [hit for hit in hands.session.find(word) if hit.route.name != "search"]  # repeats what is typed
        said += " ".join(f"{hit.words} {hit.detail}" for hit in hits)
        hands.session.open(Route(name="search", id=word))
        hands.settle()
        page = hands.page
        assert not isinstance(page, SearchPage) or (page.list.count(), page._place.ended) == (0, True)

    found = [word for word in (*CLINICAL_WORDS.split(), *PASTORAL_WORDS.split()) if word.casefold() in said.casefold()]
    assert found == []


def test_a_quick_note_takes_two_groups_and_the_focus_stays(hands: Hands) -> None:
    hands.sign_in("psy")
    hands.session.open(Route(name="person", person=hands.people["Omar"], id="overview"))
    hands.settle()
    hands.groups = 0

    hands.type("He asked for the form.")
    hands.press(Qt.Key.Key_Return)

    assert hands.groups == 2
    (draft,) = hands.session.services.notes.drafts()
    assert draft.answers["psy.P3.free"] == "He asked for the form."
    assert isinstance(hands.focus, QLineEdit)
    assert hands.focus.text() == ""


def test_each_paragraph_of_a_note_has_its_own_direction(hands: Hands) -> None:
    hands.sign_in("psy")
    hands.session.open(Route(name="note", person=hands.people["Omar"], id="form:psychologist_session"))
    area = hands.page.first_focus()
    assert isinstance(area, QTextEdit)
    area.setPlainText("He came on time.\nوصل في الموعد")

    first = area.document().firstBlock()
    assert first.textDirection() == Qt.LayoutDirection.LeftToRight
    assert first.next().textDirection() == Qt.LayoutDirection.RightToLeft


def test_deleting_a_draft_names_the_person_and_back_is_the_answer_at_hand(hands: Hands) -> None:
    hands.sign_in("psy")
    hands.session.open(Route(name="note", person=hands.people["Omar"], id="form:psychologist_session"))
    hands.type("Words.")
    page = hands.page
    assert isinstance(page, NotePage)
    page._ask_delete()
    hands.settle()

    assert "Omar S." in page.strip.sentence
    hands.press(Qt.Key.Key_Return)

    assert not page.strip.is_open()
    hands.page.leave()
    assert len(hands.session.services.notes.drafts()) == 1


def plan_in_force(hands: Hands) -> str:
    plans, person = hands.session.services.plans, hands.people["Idrissa"]
    plan = Plan(
        plan="",
        version=1,
        state=VersionState.DRAFT,
        horizon=Horizon.RELEASE,
        strengths="Never late",
        goals=(
            Goal(
                id="g1", domain="PD-7", wording="I want to sew", steps=(Step(id="s1", text="Ask", actor=Actor.PERSON),)
            ),
        ),
        review_due=hands.site.clock.now().date(),
    )
    stored = plans.propose(plans.start(person, plan))
    plans.record_agreement(stored.rid, Agreement.AGREED, words="Yes.")
    plans.activate(stored.rid)
    return stored.rid


def test_a_step_is_ticked_and_taken_back_and_both_marks_stay(hands: Hands) -> None:
    hands.sign_in("case")
    rid = plan_in_force(hands)
    hands.session.open(Route(name="person", person=hands.people["Idrissa"], id="plan"))
    hands.settle()
    hands.push("Ask")
    plans = hands.session.services.plans
    assert plans.as_it_stands(rid).plan.goals[0].steps[0].status is StepStatus.COMPLETED
    assert isinstance(QApplication.focusWidget(), QCheckBox)

    hands.press(Qt.Key.Key_Z, CTRL)

    assert plans.as_it_stands(rid).plan.goals[0].steps[0].status is StepStatus.IN_PROGRESS


def test_a_countersignature_does_nothing_without_the_passphrase(hands: Hands) -> None:
    hands.sign_in("case")
    rid = plan_in_force(hands)
    hands.session.services.plans.ask_countersign(rid)
    hands.lock()
    hands.start_again()
    hands.sign_in("sup")
    hands.session.open(Route(name="person", person=hands.people["Idrissa"], id="plan"))
    hands.settle()
    hands.press(Qt.Key.Key_Return, CTRL)
    plans = hands.session.services.plans

    hands.press(Qt.Key.Key_Return)
    assert plans.as_it_stands(rid).plan.signoff.value == "awaiting_countersign"
    hands.type("not the right words at all")
    hands.press(Qt.Key.Key_Return)
    tab = hands.page.tab  # type: ignore[attr-defined]  # the page of a person
    hands.wait(lambda: tab.strip._error is not None and tab.strip._error.text() != "")

    assert plans.as_it_stands(rid).plan.signoff.value == "awaiting_countersign"
    assert tab.strip.phrase_field.text() == ""


def test_no_sentence_says_what_the_house_never_says() -> None:
    forbidden = (
        r"\b(offender|inmate|terrorist|radicali[sz]ed|risk level|risk score|score|ranking|submit|sync|invalid)\b"
    )
    words = re.findall(r'^msgid "(.*)"$', (ROOT / "resources/i18n/rehabdesk.pot").read_text("utf-8"), re.MULTILINE)
    assert len(words) > 700

    assert [text for text in words if re.search(forbidden, text, re.IGNORECASE)] == []


def test_no_screen_draws_a_bar_of_a_person() -> None:
    found = [
        file.name
        for file in (ROOT / "src").rglob("*.py")
        if re.search(r"QProgressBar|QtCharts|sparkline|setSortingEnabled", file.read_text("utf-8"))
    ]
    assert found == []


def test_a_screen_reader_is_told_which_page_is_in_sight_and_opens_another(hands: Hands) -> None:
    hands.sign_in("case")
    tabs = [one for one in accessible(hands.session.frame.sidebar) if one.role() is QAccessible.Role.PageTab]

    assert {one.text(QAccessible.Text.Name).split(",")[0] for one in tabs} >= {"My day", "People", "Settings"}
    assert [one.text(QAccessible.Text.Name).split(",")[0] for one in tabs if one.state().selected] == ["My day"]

    people = next(one for one in tabs if one.text(QAccessible.Text.Name) == "People")
    people.actionInterface().doAction("Press")
    hands.settle()
    assert isinstance(hands.page, PeoplePage)
