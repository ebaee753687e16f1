"""A review by keys alone, from the line on My day to the signature; what was typed is there after a lock."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from rehabdesk.plans.view.review_page import ReviewPage
from rehabdesk.plans.view.reviews_page import ReviewsPage
from rehabdesk.ui.page import Route
from tests.plans.cases import activate, draft_plan
from tests.windows import CTRL, Hands, hands_on


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
