"""Reviews and words of progress by keys alone; what was typed is there after a lock and a kill."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from rehabdesk.plans.progress.progress_model import Word
from rehabdesk.plans.progress.view.progress_page import ProgressPage
from rehabdesk.plans.reviews.view.review_page import ReviewPage
from rehabdesk.plans.reviews.view.reviews_page import ReviewsPage
from rehabdesk.ui.page import Route
from tests.plans.cases import activate, draft_plan
from tests.windows import CTRL, Hands, everything_said, hands_on

SAID = "The quiet lamplighter never missed me."


@pytest.fixture
def hands(qtbot: QtBot, tmp_path: Path) -> Iterator[Hands]:
    with hands_on(qtbot, tmp_path) as ready:
        yield ready


def test_a_review_by_keys_alone(hands: Hands) -> None:
    hands.sign_in("case")
    services, person = hands.session.services, hands.people["Idrissa"]
    activate(services.plans, person, draft_plan(review_due=services.reviews.today()))
    hands.session.open(Route(name="day"))
    hands.settle()
    hands.push("Start review")
    assert isinstance(hands.page, ReviewPage)

    hands.type("He came to every lesson that was held.")
    hands.digit("Written", 3)
    hands.lock()
    hands.start_again()
    hands.sign_in("case")
    page = hands.page
    assert isinstance(page, ReviewPage)
    assert page.editor.looked_back.words() == "He came to every lesson that was held."
    assert page.editor.typed().own_page == "another_day"

    hands.digit("Agrees", 1)
    hands.press(Qt.Key.Key_Return, CTRL)
    assert page.editor.fields["agreement_words"].error, "the person's words, or why there are none"
    hands.fill("In \u2068Idrissa K.\u2069's own words", "It is still my plan.")
    hands.press(Qt.Key.Key_Return, CTRL)
    assert "Idrissa K." in page.strip.sentence
    hands.press(Qt.Key.Key_Return, CTRL)

    assert isinstance(hands.page, ReviewsPage)
    services = hands.session.services
    (stored,) = services.reviews.history(person)
    assert stored.review.agreement_words == "It is still my plan."
    assert services.review_writing.of_person(person) == ()


def test_a_word_in_both_voices_by_keys_alone(hands: Hands) -> None:
    hands.sign_in("case")
    person = hands.people["Idrissa"]
    activate(hands.session.services.plans, person)
    hands.session.open(Route(name="words", person=person, id="PD-7"))
    hands.settle()
    hands.press(Qt.Key.Key_Return, CTRL)
    assert isinstance(hands.page, ProgressPage)
    hands.type("4")
    hands.digit("Staff's word", 3)
    hands.fill("In \u2068Idrissa K.\u2069's words", SAID)
    hands.lock()
    assert "lamplighter" not in everything_said(hands.window)
    hands.start_again()
    hands.sign_in("case")

    hands.fill("What it rests on", "Came to eleven of fourteen lessons.")
    page = hands.page
    assert isinstance(page, ProgressPage)
    hands.wait(lambda: not page._autosave._unsaved, timeout=3_000)
    session, hands.window.session = hands.session, None
    session.desk.lock()  # the process dies: nothing is written any more
    hands.start_again()
    hands.sign_in("case")
    hands.session.open(Route(name="progress", person=person, id="PD-7"))
    hands.settle()
    page = hands.page
    assert isinstance(page, ProgressPage)
    typed = page.editor.typed()
    assert (typed.own, typed.staff, typed.own_words) == ("doing", "trying", SAID)
    assert typed.basis == "Came to eleven of fourteen lessons."

    hands.press(Qt.Key.Key_Return, CTRL)
    assert page.editor.fields["sources"].error == "Name at least one signed note or step that this rests on."
    assert page.editor.typed() == typed, "what was typed stays"
    hands.push("Step: ")
    hands.push("I asked myself")
    hands.push("I shared this word")
    hands.digit("Agrees", 1)
    hands.press(Qt.Key.Key_Return, CTRL)
    (line,) = hands.session.services.progress.lines(person, "PD-7")
    assert [each.progress.word for each in line.said] == [Word.TRYING, Word.DOING]
    assert hands.session.services.progress_writing.of_person(person) == ()
