"""Whose entries a log shows to whom, and that every deed has its sentence (domain.md 4.2)."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from rehabdesk.access.model import Role
from rehabdesk.app import PROJECTIONS
from rehabdesk.audit.deeds_model import deeds_of, kinds, known_deeds
from rehabdesk.audit.log_service import Log
from rehabdesk.db.projection import HOUSE, PASTORAL, TEAM, NewRecord
from rehabdesk.notes.forms.form_store import NOTE_FORM
from tests.desks import STAFF, Site

SOURCE = Path(__file__).resolve().parents[2] / "src" / "rehabdesk"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("desk")
    ready = Site(folder=folder / "vault", profile=folder / "profile", projections=PROJECTIONS)
    ready.create((*STAFF, ("aud", Role.AUD)))
    ready.open("psy").log("check")
    ready.open("cha").log("list", comp=PASTORAL, extra={"count": 3})
    yield ready
    ready.close()


@pytest.mark.parametrize("reader", ["psy", "cha", "case", "adm"])
def test_most_see_their_own_entries_only_and_no_numbers(site: Site, reader: str) -> None:
    log = Log(site.open(reader))

    assert {line.uid for line in log.page()} == {site.uid(reader)}
    assert not log.sees_numbers
    assert log.staff() == []


@pytest.mark.parametrize("reader", ["sup", "aud"])
def test_supervisor_and_inspector_see_the_team_but_nothing_of_pastoral_records(site: Site, reader: str) -> None:
    lines = Log(site.open(reader)).page()

    assert {site.uid(name) for name in ("psy", "cha", reader)} <= {line.uid for line in lines}
    assert not any(line.uid == site.uid("cha") and line.deed == "list" for line in lines)


def test_one_deed_is_one_line_and_the_same_deed_a_moment_later_another(site: Site) -> None:
    """Hands that are quick hide nothing: two marks on a list, two refusals, within the same second."""
    desk = site.open("case")
    before = len(Log(desk).page())
    for number in (1, 2):
        payload = {"name": f"form {number}", "text": "", "header": ""}
        form = NewRecord(comp=HOUSE, kind=NOTE_FORM, pv=1, person=None, payload=payload)
        desk.commit("mark_item", [form, form, form])
    desk.log("refused", comp=TEAM, rid=desk.ids())
    desk.log("refused", comp=TEAM, rid=desk.ids())
    lines = Log(desk).page()

    assert [line.deed for line in lines[: len(lines) - before]] == ["refused", "refused", "mark_item", "mark_item"]


def test_the_list_is_narrowed_by_kind(site: Site) -> None:
    log = Log(site.open("sup"))
    for code, _words in kinds():
        assert {line.deed for line in log.page(kind=code)} <= deeds_of(code)
    assert "unlock" in {line.deed for line in log.page(kind="door")}


def test_every_deed_has_one_sentence_and_one_kind() -> None:
    by_kind = [deeds_of(code) for code, _words in kinds()]

    assert frozenset().union(*by_kind) == known_deeds()
    assert sum(map(len, by_kind)) == len(known_deeds())


def test_every_deed_in_the_program_has_words() -> None:
    done = {deed for file in SOURCE.rglob("*.py") for deed in deeds_in(ast.parse(file.read_text("utf-8")))}

    assert {"sign", "read", "export_packet"} <= done
    assert done - known_deeds() == set()


def deeds_in(tree: ast.Module) -> Iterator[str]:
    """The deeds that are named where something is committed or logged."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        named = [each.value for each in node.keywords if each.arg == "deed"]
        if isinstance(node.func, ast.Attribute) and node.func.attr in ("commit", "log"):
            named += node.args[:1]
        yield from (one.value for one in named if isinstance(one, ast.Constant) and isinstance(one.value, str))
