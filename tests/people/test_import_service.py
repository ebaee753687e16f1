"""Bringing in a list on a real desk: all of it in one deed, or nothing."""

import json

import pytest

from rehabdesk.access.service import Desk
from rehabdesk.audit.log_service import Log
from rehabdesk.core.errors import StorageError, UserError
from rehabdesk.people.import_columns_model import guess_columns
from rehabdesk.people.import_model import read_sheet
from rehabdesk.people.import_rows_model import Plan, plan_of
from rehabdesk.people.import_service import Imports
from rehabdesk.people.legal_model import Stage
from rehabdesk.people.service import People
from tests.people.cases import CaseDesk

LIST = """Case number,Family name,Given name,Born,Stage,Release,Unit
24-017,Kadri,Idrissa,1997,sentenced,31/12/2027,B2
24-101,Kadri,Driss,1997,sentenced,,B2
24-102,Sall,Ousmane,1990,remand,,
24-103,Keita,Amina,1988,sentenced,01/02/2027,C1
"""


class StoppedError(Exception):
    """What a job raises when nobody waits for it."""


def silent(_done: int, _of: int) -> None:
    return


def plan(desk: Desk, text: str = LIST) -> Plan:
    imports, sheet = Imports(desk), read_sheet(text.encode())
    return plan_of(sheet, guess_columns(sheet.headings), imports.site(None), imports.known())


def cases(desk: Desk) -> list[str]:
    return [row.case_ref for row in People(desk).register_page(limit=50)]


def test_a_list_comes_in_but_for_who_is_there_and_who_is_like_somebody(desk: CaseDesk) -> None:
    desk.register("24-017")
    with desk.as_login("green-ferry") as opened:
        before = opened.truth.head().n
        assert Imports(opened).bring_in(plan(opened), (), silent) == 2
        people = People(opened)
        assert cases(opened) == ["24-017", "24-102", "24-103"]
        (amina,) = people.find("Aminah Keïta")
        assert (amina.stage, amina.unit, str(amina.planned_release)) == (Stage.SENTENCED, "C1", "2027-02-01")
        assert not people.legal(people.find("24-102")[0].id).convicted
        entries = [json.loads(body) for _, body, _, _ in opened.truth.raw_entries(after=before)]
        assert {entry["a"] for entry in entries} == {"import"}
        assert {(entry["x"]["count"], entry["x"]["left_out"]) for entry in entries} == {(2, 2)}
        assert not any("Amina" in json.dumps(entry) for entry in entries)
        lines = [line.words for line in Log(opened).page() if line.deed == "import"]
        assert lines == ["Brought in a list of 2 people."]


def test_who_is_like_somebody_comes_in_when_it_was_chosen(desk: CaseDesk) -> None:
    desk.register("24-017")
    with desk.as_login("green-ferry") as opened:
        assert Imports(opened).bring_in(plan(opened), {3}, silent) == 3
        assert "24-101" in cases(opened)


def test_with_one_wrong_line_nothing_comes_in(desk: CaseDesk) -> None:
    desk.register("24-017")
    with desk.as_login("green-ferry") as opened:
        head = opened.truth.head()
        with pytest.raises(UserError):
            Imports(opened).bring_in(plan(opened, LIST + "24-104,Bah,Sira,1990,sentenced,31/02/2027,\n"), (), silent)
        assert opened.truth.head() == head


@pytest.mark.parametrize("at", [0, 1, 4])
def test_a_list_that_is_stopped_leaves_nothing_behind(desk: CaseDesk, at: int) -> None:
    desk.register("24-017")
    with desk.as_login("green-ferry") as opened:
        head = opened.truth.head()

        def stop(done: int, _of: int) -> None:
            if done == at:
                raise StoppedError

        with pytest.raises(StoppedError):
            Imports(opened).bring_in(plan(opened), (), stop)
        assert opened.truth.head() == head
        assert cases(opened) == ["24-017"]
        assert Imports(opened).bring_in(plan(opened), (), silent) == 2
    with desk.as_login("green-ferry") as opened:
        assert cases(opened) == ["24-017", "24-102", "24-103"]


def test_a_list_twice_brings_nobody_twice(desk: CaseDesk) -> None:
    desk.register("24-017")
    with desk.as_login("green-ferry") as opened:
        same = plan(opened)
        Imports(opened).bring_in(same, (), silent)
        with pytest.raises(UserError):
            Imports(opened).bring_in(same, (), silent)
        with pytest.raises(UserError):
            Imports(opened).bring_in(plan(opened), (), silent)


def test_only_a_case_officer_brings_in_a_list(desk: CaseDesk) -> None:
    desk.register("24-017")
    with desk.as_login("green-ferry") as opened:
        found = plan(opened)
    for sign_in in ("calm-harbour", "plain-lantern", "silver-reed", "north-window"):
        with desk.as_login(sign_in) as opened, pytest.raises(UserError):
            Imports(opened).bring_in(found, (), silent)


def test_the_window_waits_for_its_turn_and_then_says_so(desk: CaseDesk) -> None:
    """A long writing in another thread: nothing of the window gets between its records."""
    from threading import Thread

    desk.register("24-017")
    with desk.as_login("green-ferry") as opened:
        refused: list[StorageError] = []

        def meanwhile() -> None:
            try:
                opened.save_draft("note", {"words": "x"}, person=None)
            except StorageError as problem:
                refused.append(problem)

        def report(done: int, _of: int) -> None:
            if done == 2:
                other = Thread(target=meanwhile)
                other.start()
                other.join()

        Imports(opened).bring_in(plan(opened), (), report)
        assert len(refused) == 1
        assert opened.drafts() == ()
        opened.save_draft("note", {"words": "x"}, person=None)
        assert len(opened.drafts()) == 1
