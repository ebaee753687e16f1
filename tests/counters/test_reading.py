"""Lists and search read few pages of the files and never walk them (performance.md 2.1, 3 acts 2 to 7)."""

import sys
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from bench_vault import SEES_ALL
from bench_words import MARKER, Writer

from rehabdesk.access.service import Desk
from rehabdesk.db.index import IndexFile
from rehabdesk.db.projection import CLINICAL, TEAM
from rehabdesk.notes import store as notes_store
from rehabdesk.notes.model import Cursor
from rehabdesk.people import consent_store, contact_store, due_store, version_store
from rehabdesk.people import store as people_store
from rehabdesk.people.legal_model import RELEASED
from tests.counters.meters import counting, plan_of

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="only Linux tells a process how many bytes it has read (/proc/self/io)"
)

PAGE = 50
WORDS = Writer(7)
KIND = ("kindnote",)


@dataclass(frozen=True, kw_only=True)
class Cases:
    """A desk, the psychologist's own cases in it, and the one with the longest timeline."""

    desk: Desk
    team: IndexFile
    clinical: IndexFile
    own: tuple[str, ...]

    @property
    def longest(self) -> str:
        return self.own[0]

    def timeline(self, person: str, before: Cursor | None = None) -> object:
        return notes_store.timeline_page(self.clinical, CLINICAL, person, SEES_ALL, before=before, limit=PAGE)


@pytest.fixture
def cases(cold: Desk) -> Cases:
    team, clinical = cold.index_file(TEAM), cold.index_file(CLINICAL)
    own = people_store.persons_of_staff(team, cold.uid, cold.clock.now().date())
    return Cases(desk=cold, team=team, clinical=clinical, own=tuple(sorted(own)))


def caseload(at: Cases) -> object:
    return people_store.rows_of(at.team, at.own), notes_store.latest(at.clinical, at.own)


def search(words: str, scope: tuple[str, ...] = KIND) -> Callable[[Cases], object]:
    return lambda at: at.clinical.match(words, scope=scope or at.own)


def test_a_caseload_with_its_newest_entries_is_read_from_eight_pages_of_a_desk_just_opened(cases: Cases) -> None:
    with counting(cases.team, cases.clinical) as counted:
        rows, latest = people_store.rows_of(cases.team, cases.own), notes_store.latest(cases.clinical, cases.own)

    assert len(rows) == 60
    assert len(latest) > 30  # seven notes of ten are clinical
    assert counted.pages <= 8
    assert len(counted.questions) == 2


@pytest.mark.parametrize(
    ("act", "most"),
    [
        pytest.param(lambda at: at.timeline(at.longest), 8, id="timeline page"),
        pytest.param(search(f"{MARKER} "), 20, id="rare word"),  # 15 to 19, by where the ten notes happen to lie
        pytest.param(search(f"{WORDS.common(3)} "), 60, id="common word"),
        pytest.param(search(f"{WORDS.common(3)} {WORDS.common(9)}"), 60, id="two words"),
        pytest.param(search(f"{WORDS.common(7)} ", ()), 80, id="common word within the own cases"),
    ],
)
def test_an_act_on_a_desk_at_work_reads_few_pages(cases: Cases, act: Callable[[Cases], object], most: int) -> None:
    cases.timeline(cases.own[3])
    for scope in (KIND, ()):
        search(f"{WORDS.common(5)} ", scope)(cases)  # a desk at work: other things were looked for before

    with counting(cases.clinical) as counted:
        act(cases)

    assert 0 < counted.pages <= most


def test_a_page_deep_in_the_timeline_reads_no_more_than_the_first(cases: Cases) -> None:
    """Paging goes on where the last page ended; it never counts through what was shown before."""
    cases.timeline(cases.own[3])
    pages, before = [], None
    for _ in range(12):
        with counting(cases.clinical) as counted:
            shown = notes_store.timeline_page(
                cases.clinical, CLINICAL, cases.longest, SEES_ALL, before=before, limit=PAGE
            )
        assert len(shown) == PAGE
        pages.append(counted.pages)
        before = Cursor(occurred_at=shown[-1].occurred_at, rid=shown[-1].rid)

    assert max(pages) <= 8


def test_the_beginning_of_a_word_stands_for_its_24_most_frequent_words(cases: Cases) -> None:
    with counting(cases.clinical) as counted:
        search(WORDS.common(3)[:1])(cases)

    asked = next(sql for sql in counted.reading() if "MATCH" in sql)
    assert asked.count(" OR ") == 23


ACTS: dict[str, Callable[[Cases], object]] = {
    "caseload": caseload,
    "timeline": lambda at: at.timeline(at.longest),
    "register": lambda at: people_store.register_page(at.team, limit=PAGE),
    "own cases": lambda at: people_store.persons_of_staff(at.team, at.desk.uid, at.desk.clock.now().date()),
    "case number": lambda at: people_store.id_of_case_ref(at.team, "24-00007"),
    "contacts": lambda at: contact_store.contacts(at.team, at.longest),
    "consents": lambda at: consent_store.consents(at.team, at.longest),
    "legal history": lambda at: people_store.legal_history(at.team, at.longest),
    "consents due": lambda at: due_store.consents_due(at.team, at.desk.clock.now().date()),
    "stage": lambda at: due_store.stages_page(at.team, RELEASED, after=("", ""), limit=PAGE),
    "versions": lambda at: version_store.versions(at.team, people_store.person_rid(at.team, at.longest) or ""),
    "placements": lambda at: people_store.placements(at.team, at.longest),
    "search": search(f"{WORDS.common(3)} "),
}


@pytest.mark.parametrize("name", ACTS)
def test_no_list_walks_a_table_or_sorts_what_it_found(cases: Cases, name: str) -> None:
    for file in (cases.team, cases.clinical):
        with counting(file) as counted:
            ACTS[name](cases)
        for sql in counted.reading():
            steps = [step for step in plan_of(file, sql) if "VIRTUAL TABLE" not in step]
            assert not [step for step in steps if step.startswith("SCAN") and "fts_config" not in step], sql
            assert not [step for step in steps if "TEMP B-TREE" in step and "FROM terms" not in sql], sql


def test_a_timeline_lies_in_the_order_in_which_it_is_shown(cases: Cases) -> None:
    with counting(cases.clinical) as counted:
        cases.timeline(cases.longest)

    assert plan_of(cases.clinical, counted.reading()[0])[0].startswith("SEARCH notes_entry USING PRIMARY KEY (person=?")


def test_opening_a_record_reads_four_pages(cases: Cases) -> None:
    first, second = notes_store.timeline_page(
        cases.clinical, CLINICAL, cases.own[5], SEES_ALL, before=None, limit=PAGE
    )[:2]
    cases.desk.read(CLINICAL, first.rid)  # the inner pages are in memory from the first one on

    with counting() as counted:
        cases.desk.read(CLINICAL, second.rid)

    assert counted.pages <= 4
