"""domain.md 14.18: "a list of the most dangerous". No record, export, list or screen has what it would be made of."""

import dataclasses
import importlib
import inspect
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QAbstractItemView, QTableView
from pytestqt.qtbot import QtBot

from rehabdesk.app import PROJECTIONS
from rehabdesk.core.payload import to_payload
from rehabdesk.overview.search_view import SearchPage
from rehabdesk.plans.progress.progress_model import Progress
from rehabdesk.ui.page import Route
from tests.plans.cases import activate, shared_words, typed_review
from tests.windows import Hands, everything_said, hands_on

ROOT = Path(__file__).resolve().parents[2]
FORBIDDEN = re.compile(
    r"(^|_)(risk|danger|dangerous(ness)?|scores?|scoring|sincer\w*|(de)?radicali\w*|rank\w*|rating|trend|slope|average"
    r"|mean|median|percent\w*|ratio|grade|danger_level|risk_level|level_number|word_number|points|sum|total)(_|$)"
)
ALLOWED = {
    "at_risk": "who a safety alert is about: the person, a child, another (domain.md 7.7)",
}
SAID = re.compile(
    r"\b(risk level|risk score|score|scores|scoring|ranking|dangerous|dangerousness|deradicali[sz]\w*|sincerity"
    r"|trend|average|percent)\b|\b\d+ ?%",
    re.IGNORECASE,
)
ASKED = ("most dangerous", "dangerous", "risk", "score", "ranking", "worst", "not yet together")


def forbidden(names: Iterator[str] | set[str]) -> set[str]:
    return {name for name in names if name not in ALLOWED and FORBIDDEN.search(name)}


def keys_in(thing: Any) -> Iterator[str]:
    """Every name in a piece of JSON."""
    if isinstance(thing, dict):
        for name, inner in thing.items():
            yield name
            yield from keys_in(inner)
    elif isinstance(thing, list):
        for inner in thing:
            yield from keys_in(inner)


def fields_of_models() -> Iterator[str]:
    """The fields of every dataclass in a model of a feature."""
    for file in sorted((ROOT / "src" / "rehabdesk").rglob("*model.py")):
        module = importlib.import_module(".".join(file.relative_to(ROOT / "src").with_suffix("").parts))
        for _, one in inspect.getmembers(module, dataclasses.is_dataclass):
            yield from (field.name for field in dataclasses.fields(one))


def test_no_record_and_no_table_has_a_place_for_it() -> None:
    fields = set(fields_of_models())
    assert {"basis", "agreement", "late_because", "case_ref"} <= fields, "the models were really read"
    columns = {
        name
        for projection in PROJECTIONS
        for name in re.findall(r"(?:\(|,)\s*(\w+) (?:TEXT|INTEGER|BLOB|REAL)", projection.ddl)
    }
    assert {"voice", "review_due", "held"} <= columns, "the tables were really read"
    frozen = {
        name
        for file in (ROOT / "tests").glob("*/*payloads/*.json")
        for name in keys_in(json.loads(file.read_text("utf-8")))
    }
    assert {"strengths", "looked_back"} <= frozen

    assert forbidden(fields | columns | frozen) == set()


def test_no_table_keeps_a_word_in_a_column_by_which_one_could_sort() -> None:
    for projection in PROJECTIONS:
        assert not re.search(r"\b(word|level|confidence|took_part|agrees)\b", projection.ddl), projection.feature
    for file in (ROOT / "src").rglob("*store.py"):
        assert not re.search(r"ORDER BY[^\"]*\b(word|level|confidence|agreement)\b", file.read_text("utf-8")), file


def test_no_export_has_a_place_for_it() -> None:
    for schema in sorted((ROOT / "resources" / "schema").glob("*.json")):
        assert forbidden(set(keys_in(json.loads(schema.read_text("utf-8"))))) == set(), schema.name
    assert not [
        file for file in (ROOT / "src").rglob("*.py") if re.search(r"csv\.(writer|DictWriter)", file.read_text("utf-8"))
    ], "a list that leaves the desk is to be scanned here"


def test_a_word_is_no_number_anywhere_in_a_record() -> None:
    typed = shared_words()
    from rehabdesk.plans.progress.progress_typed_model import as_own, as_staff

    for progress in (as_own(typed), as_staff(typed)):
        assert isinstance(progress, Progress)
        numbers = [value for value in to_payload(progress).values() if type(value) in (int, float)]
        assert numbers == []


def test_the_documentation_says_why_there_is_none() -> None:
    words = " ".join((ROOT / "README.md").read_text("utf-8").split())
    assert "There is no score, ranking, prediction, trend or colour of a person anywhere." in words


@pytest.fixture
def hands(qtbot: QtBot, tmp_path: Path) -> Iterator[Hands]:
    with hands_on(qtbot, tmp_path) as ready:
        yield ready


def write_words(hands: Hands) -> str:
    """Words in both voices and a signed review; gives the review."""
    services, person = hands.session.services, hands.people["Idrissa"]
    activate(services.plans, person)
    draft, start = services.review_writing.start(person)
    words = {"PD-7": shared_words(answer="disagrees", disagreement="I never missed.", staff="not_yet_together")}
    typed = typed_review(start, words=words, next_due=start_day(hands, person))
    return services.review_writing.sign(person, services.review_writing.keep(person, typed, draft)).rid


def start_day(hands: Hands, person: str) -> Any:
    from rehabdesk.plans.model import Agreement

    return hands.session.services.reviews.next_days(person, Agreement.AGREED)[0]


def test_scoring_request(hands: Hands) -> None:
    hands.sign_in("case")
    review, person = write_words(hands), hands.people["Idrissa"]
    routes = [
        *(Route(name=name) for name in ("day", "people", "releases", "packets", "review_rules")),
        *(Route(name="person", person=person, id=tab) for tab in ("overview", "plan", "release")),
        Route(name="reviews", person=person),
        Route(name="review_read", person=person, id=review),
        Route(name="words", person=person, id="PD-7"),
        Route(name="progress", person=person, id="PD-7"),
        Route(name="review", person=person),
    ]
    for who in ("case", "sup"):
        if who != "case":
            hands.lock()
            hands.start_again()
            hands.sign_in(who)
        names = set(hands.session.pages._makers)
        assert forbidden(names) == set()
        for route in routes:
            hands.session.open(route)
            hands.settle()
            said = everything_said(hands.page)
            assert SAID.findall(said) == [], route
            for view in hands.page.findChildren(QAbstractItemView):
                assert not (isinstance(view, QTableView) and view.isSortingEnabled()), route
        for typed in ASKED:
            hits = [hit for hit in hands.session.find(typed) if hit.route.name != "search"]
            assert hits == [], typed
            hands.session.open(Route(name="search", id=typed))
            hands.settle()
            page = hands.page
            assert not isinstance(page, SearchPage) or page.list.count() == 0, typed
