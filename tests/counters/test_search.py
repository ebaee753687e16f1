"""Finding people and searching everything ask the same few questions, however much a desk holds."""

import sys

import pytest
from bench_words import MARKER, Writer

from rehabdesk.access.service import Desk
from rehabdesk.db.projection import CLINICAL, TEAM
from rehabdesk.notes.search_service import NoteSearch
from rehabdesk.overview.search_model import Place, Wish
from rehabdesk.overview.search_service import LOOKED_AT, Search
from rehabdesk.people.service import People
from tests.counters.meters import counting, plan_of
from tests.notes.sessions import FORMS, services

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="only Linux tells a process how many bytes it has read (/proc/self/io)"
)
WORDS = Writer(7)


def search(desk: Desk) -> Search:
    found = services(desk)
    notes = NoteSearch(desk, found.people, found.notes.timeline, FORMS)
    return Search(desk, found.people, notes, ())


@pytest.mark.parametrize("typed", ["given1", "Gyven", "Given Famely", "24-0001"])
def test_a_person_is_found_with_few_questions_and_none_walks_a_table(cold: Desk, typed: str) -> None:
    people, team = People(cold), cold.index_file(TEAM)
    people.search.persons("given", limit=8)

    with counting(team) as counted:
        people.search.persons(typed, limit=8)

    assert len(counted.reading()) <= 14  # words, rows, and one for each record that is a person
    assert counted.pages <= 60
    for sql in counted.reading():
        steps = [step for step in plan_of(team, sql) if "VIRTUAL TABLE" not in step]
        assert not [step for step in steps if step.startswith(("SCAN people", "SCAN s"))], sql


@pytest.mark.parametrize("words", [MARKER, WORDS.common(3)])
def test_a_piece_of_a_search_looks_through_few_rows(cold: Desk, words: str) -> None:
    files = [cold.index_file(comp) for comp in (TEAM, CLINICAL)]
    at = search(cold)
    at.records(Wish(words=words, author="nobody"), Place())

    with counting(*files) as counted:
        piece = at.records(Wish(words=words, author="nobody"), Place())

    assert piece.hits == ()
    assert len(counted.reading()) <= 16
    for sql in counted.reading():
        if "MATCH" in sql:
            assert f"LIMIT {LOOKED_AT}" in sql
        assert "OFFSET" not in sql.upper()


def test_a_search_that_leaves_everything_out_ends(cold: Desk) -> None:
    at, place, pieces = search(cold), Place(), 0
    while not place.ended:
        place = at.records(Wish(words=WORDS.common(5), author="nobody"), place).place
        pieces += 1

    assert 1 < pieces < 400
