"""Reading: what each login of one shared laptop is shown, page by page and by words."""

from datetime import timedelta

import pytest

from rehabdesk.access.service import Desk
from rehabdesk.core.errors import NoKey
from rehabdesk.db.projection import CLINICAL, PASTORAL, TEAM
from rehabdesk.notes import store
from rehabdesk.notes.model import Entry, Part
from tests.notes.sessions import KEYWORK, MEETING, SESSION, VISIT, services
from tests.people.cases import CaseDesk


def write_one_of_each(desk: CaseDesk, person: str) -> None:
    for sign_in, form, answers in (
        ("calm-harbour", "psychologist_session", SESSION),
        ("plain-lantern", "chaplain_engagement", VISIT),
        ("green-ferry", "keywork", KEYWORK),
    ):
        with desk.as_login(sign_in) as opened:
            notes = services(opened).notes
            notes.sign(notes.start(form, person, occurred_at=MEETING, answers=answers))


def everything(desk: Desk, person: str, limit: int) -> list[Entry]:
    timeline = services(desk).notes.timeline
    found: list[Entry] = []
    while page := timeline.page(person, before=found[-1].cursor if found else None, limit=limit):
        assert len(page) <= limit
        found += page
    return found


def tables(desk: Desk, comp: str) -> dict[str, list[tuple[object, ...]]]:
    names = ("entry", "addendum", "strike", "tally", "latest", "link")
    return {name: sorted(desk.index(comp).rows(f"SELECT * FROM notes_{name}"), key=repr) for name in names}


@pytest.mark.parametrize(
    ("sign_in", "parts"),
    [
        ("calm-harbour", {("clinical", Part.NOTE), ("team", Part.SUMMARY), ("team", Part.NOTE)}),
        ("warm-bridge", {("team", Part.SUMMARY), ("team", Part.MARKER), ("team", Part.NOTE)}),
        ("plain-lantern", {("pastoral", Part.NOTE)}),
        ("green-ferry", {("team", Part.SUMMARY), ("team", Part.MARKER), ("team", Part.NOTE)}),
        ("silver-reed", {("team", Part.SUMMARY), ("team", Part.MARKER), ("team", Part.NOTE)}),
        ("north-window", {("team", Part.SUMMARY), ("team", Part.MARKER), ("team", Part.NOTE)}),
    ],
)
def test_shared_laptop_each_login_is_shown_its_own_part(
    desk: CaseDesk, sign_in: str, parts: set[tuple[str, Part]]
) -> None:
    person = desk.register()
    write_one_of_each(desk, person)
    with desk.as_login(sign_in) as opened:
        assert {(entry.comp, entry.part) for entry in services(opened).notes.timeline.page(person)} == parts


def test_shared_laptop_the_next_login_holds_no_key_and_no_row_of_the_other_discipline(desk: CaseDesk) -> None:
    person = desk.register()
    write_one_of_each(desk, person)
    with desk.as_login("plain-lantern") as opened:
        timeline = services(opened).notes.timeline
        assert not opened.holds(CLINICAL)
        with pytest.raises(NoKey):
            opened.index(CLINICAL)
        for words in ("sewing", "irritation", "unlock"):
            assert timeline.search(words) == ()
        assert [one.part for one in timeline.latest([person])] == [Part.NOTE]
    with desk.as_login("calm-harbour") as opened:
        assert not opened.holds(PASTORAL)
        assert services(opened).notes.timeline.search("prayer mat") == ()
        assert [entry.comp for entry in services(opened).notes.timeline.search("sewing")] == [CLINICAL]
    with desk.as_login("amber-kite") as opened:
        assert not any(opened.holds(comp) for comp in (TEAM, CLINICAL, PASTORAL))
        assert services(opened).notes.timeline.page(person) == ()
        assert services(opened).notes.timeline.search("sewing") == ()


def test_pages_of_all_compartments_join_without_gap_or_repetition(desk: CaseDesk) -> None:
    person = desk.register()
    with desk.as_login("calm-harbour") as opened:
        notes = services(opened).notes
        for number in range(9):
            moment = MEETING - timedelta(hours=number * 5 % 9)
            notes.sign(notes.start("psychologist_session", person, occurred_at=moment, answers=SESSION))
        whole = everything(opened, person, 50)
        assert len(whole) == 18
        assert everything(opened, person, 4) == whole
        assert [entry.cursor for entry in whole] == sorted(
            (entry.cursor for entry in whole), key=lambda cursor: (cursor.occurred_at, cursor.rid), reverse=True
        )


def test_search_stays_within_own_cases(desk: CaseDesk) -> None:
    person = desk.register()
    write_one_of_each(desk, person)
    with desk.as_login("warm-bridge") as opened:
        timeline = services(opened).notes.timeline
        assert timeline.search("sewing") == ()
        assert timeline.search("sewing", person_id=person) == ()
        assert {entry.part for entry in timeline.search("unlock")} == {Part.SUMMARY}


def test_the_newest_entry_of_each_case_is_known_without_text(desk: CaseDesk) -> None:
    person, quiet = desk.register("24-017"), desk.register("24-018")
    write_one_of_each(desk, person)
    with desk.as_login("green-ferry") as opened:
        (one,) = services(opened).notes.timeline.latest([person, quiet])
        assert (one.person_id, one.occurred_at) == (person, MEETING)


def test_an_index_built_again_says_the_same(desk: CaseDesk) -> None:
    person = desk.register()
    write_one_of_each(desk, person)
    with desk.as_login("calm-harbour") as opened:
        notes = services(opened).notes
        rid = next(entry.rid for entry in notes.timeline.page(person) if entry.comp == CLINICAL)
        notes.entered_in_error(CLINICAL, rid, "Wrong week.")
        before = {comp: tables(opened, comp) for comp in (TEAM, CLINICAL)}
    for file in desk.folder.glob("idx-*"):
        file.unlink()
    with desk.as_login("calm-harbour") as opened:
        assert {comp: tables(opened, comp) for comp in (TEAM, CLINICAL)} == before
        assert before[CLINICAL]["entry"] != []


def test_a_page_of_the_timeline_is_read_from_its_covering_index_alone(desk: CaseDesk) -> None:
    with desk.as_login("green-ferry") as opened:
        viewer = store.Viewer(uid=opened.uid, parts=frozenset(Part))
        plan = opened.index(TEAM).rows(
            f"EXPLAIN QUERY PLAN {store.TIMELINE_PAGE}",
            {"person": "p", "at": "9999", "rid": "", "limit": 50} | viewer.values(),
        )
        said = " ".join(str(row[-1]) for row in plan)
        assert "SEARCH notes_entry USING PRIMARY KEY (person=? AND (occurred_at,rid)<" in said
        assert "SCAN notes_entry" not in said
        assert "TEMP B-TREE" not in said
