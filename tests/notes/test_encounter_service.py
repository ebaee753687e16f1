"""Scenario 4, confession: what is left in the files of a desk after a confidential encounter."""

from datetime import timedelta

import pytest

from rehabdesk.access.service import Desk
from rehabdesk.core.errors import UserError
from rehabdesk.db.projection import PASTORAL, TEAM
from rehabdesk.notes import tally_store
from rehabdesk.notes.chaplaincy.encounter_service import Link
from rehabdesk.notes.forms.answers_model import UnansweredError
from tests.notes.sessions import MEETING, services
from tests.people.cases import TODAY, CaseDesk


def rows_naming(desk: Desk, person: str, comp: str) -> set[tuple[str, str]]:
    """(table, cell) of every cell of an index that holds the person's id."""
    index = desk.index(comp)
    tables = [
        row[0] for row in index.rows("SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE 'CREATE TABLE%'")
    ]
    found = set()
    for table in tables:
        for row in index.rows(f'SELECT * FROM "{table}"'):
            found |= {(table, str(cell)) for cell in row if isinstance(cell, str) and person in cell}
    return found


def records(desk: Desk) -> dict[str, tuple[str, str | None]]:
    """rid → (kind, person) of every record that this login opens, in all its compartments."""
    found = {}
    for comp in ("team", "clinical", "pastoral", "protected", "vault"):
        if desk.holds(comp):
            for (rid,) in desk.index(comp).rows("SELECT rid FROM seen"):
                record = desk.read(comp, rid)
                found[rid] = (record.kind, record.person)
    return found


def test_confession_leaves_no_row_with_a_person(desk: CaseDesk) -> None:
    person = desk.register()
    with desk.as_login("plain-lantern") as opened:
        here = services(opened)
        before_rows = {comp: rows_naming(opened, person, comp) for comp in (TEAM, PASTORAL)}
        before = records(opened)
        draft = here.notes.start("chaplain_engagement", person, occurred_at=MEETING, answers={"hdr.3": 20})
        here.encounters.record(TODAY, closed_draft=draft)
        assert opened.drafts() == ()
        assert {comp: rows_naming(opened, person, comp) for comp in (TEAM, PASTORAL)} == before_rows
        made = {rid: what for rid, what in records(opened).items() if rid not in before}
        assert list(made.values()) == [("tally", None)]
        (rid,) = made
        assert dict(opened.read(TEAM, rid).payload) == {"what": "confidential_encounter", "month": "2026-11"}
        assert tally_store.tally(opened.index(TEAM), "2026-11") == {"confidential_encounter": 1}
        assert here.notes.timeline.page(person) == ()


def test_the_tally_reaches_the_team_without_a_day(desk: CaseDesk) -> None:
    desk.register()
    with desk.as_login("plain-lantern") as opened:
        services(opened).encounters.record(TODAY)
        services(opened).encounters.record(TODAY - timedelta(days=3))
    with desk.as_login("green-ferry") as opened:
        assert tally_store.tally(opened.index(TEAM), "2026-11") == {"confidential_encounter": 2}


def test_only_where_asked_day_band_and_person_stay_with_the_chaplaincy(desk: CaseDesk) -> None:
    person = desk.register()
    with desk.as_login("plain-lantern") as opened:
        services(opened).encounters.record(TODAY, link=Link(person_id=person, band="10:20"))
        links = opened.index(PASTORAL).rows("SELECT person, day, band FROM notes_link")
        assert links == [(person, TODAY.isoformat(), "10:20")]
    with desk.as_login("silver-reed") as opened:
        assert "encounter_link" not in {kind for kind, _ in records(opened).values()}


def test_the_engagement_form_closes_when_the_encounter_is_chosen(desk: CaseDesk) -> None:
    person = desk.register()
    with desk.as_login("plain-lantern") as opened:
        notes = services(opened).notes
        closing = {"cha.C1": "confidential_encounter", "cha.C6": "Something he said"}
        with pytest.raises(UserError):
            notes.start("chaplain_engagement", person, answers=closing)
        draft = notes.start("chaplain_engagement", person, answers={"cha.C6": "Something he said"})
        with pytest.raises(UserError):
            notes.save_draft(draft, occurred_at=MEETING, answers=closing)
        assert opened.drafts() == ()


def test_a_band_is_ten_minutes_and_a_day_is_not_in_the_future(desk: CaseDesk) -> None:
    person = desk.register()
    with desk.as_login("plain-lantern") as opened:
        encounters = services(opened).encounters
        with pytest.raises(UnansweredError):
            encounters.record(TODAY, link=Link(person_id=person, band="10:23"))
        with pytest.raises(UserError):
            encounters.record(TODAY + timedelta(days=1))
    with desk.as_login("green-ferry") as opened, pytest.raises(UserError):
        services(opened).encounters.record(TODAY)
