"""domain.md 14.1: a psychologist signs and locks; the next one finds nothing clinical, on no page, in no memory."""

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from rehabdesk.access.members_service import settings_record
from rehabdesk.app import PROJECTIONS
from rehabdesk.db.projection import CLINICAL, PASTORAL
from rehabdesk.notes.forms.form_service import load_forms
from rehabdesk.notes.model import Part
from rehabdesk.notes.service import Notes
from rehabdesk.notes.view.note_page import NotePage
from rehabdesk.people.service import People
from rehabdesk.ui.page import Route
from tests.all_roles import CLINICAL_WORDS, SUMMARY_WORDS
from tests.desks import SITE, STAFF, Site, passphrase
from tests.notes.sessions import MEETING, SESSION
from tests.people.cases import NOON
from tests.scenarios.everything import walk_find_box, walk_routes
from tests.torture.memory_scan import count_in_memory, masked
from tests.torture.recording import ROOT, child_environment
from tests.windows import CTRL, Hands, hands_on, register_people

SAID = "He hums Vantablack melodies."
WORDS = (*CLINICAL_WORDS, SUMMARY_WORDS, "Vantablack")


@pytest.fixture
def hands(qtbot: QtBot, tmp_path: Path) -> Iterator[Hands]:
    with hands_on(qtbot, tmp_path) as ready:
        ready.site.clock.set(NOON)
        yield ready


def test_shared_laptop(hands: Hands) -> None:
    rid = psychologist_signs_and_locks(hands)
    hands.start_again()
    hands.sign_in("cha")
    session, persons = hands.session, list(hands.people.values())

    said = list(walk_routes(hands, persons[:1], [rid, f"{CLINICAL}:{rid}", "psychologist_session"]))
    said += walk_find_box(hands, ["", "idr", "sewing", "humming", "melodies", "session", "24-017"])
    counts = str(session.pages.counts())
    months = [session.services.months.month_sheet(month) for month in session.services.months.months()]

    whole = "\n".join([*said, counts, repr(months)])
    assert [word for word in WORDS if word.casefold() in whole.casefold()] == []
    assert "Session note" not in whole, "not even that there was one"
    assert {one.part for one in session.services.notes.timeline.page(persons[0])} == set()
    assert all(sheet.empty for sheet in months)
    assert not session.desk.holds(CLINICAL)


def test_shared_laptop_where_the_site_lets_a_chaplain_know_the_line_tells_a_day_and_no_more(hands: Hands) -> None:
    desk = hands.site.open("adm")
    desk.commit("site_settings", [settings_record(replace(SITE, clinical_existence_visible_to_chaplain=True))])
    hands.site.close()
    psychologist_signs_and_locks(hands)
    hands.start_again()
    hands.sign_in("cha")
    person = hands.people["Idrissa"]

    (entry,) = hands.session.services.notes.timeline.page(person)
    assert (entry.part, entry.preview) == (Part.MARKER, "")
    said = "\n".join(walk_routes(hands, [person], [entry.rid, f"team:{entry.rid}"]))
    assert [word for word in WORDS if word.casefold() in said.casefold()] == []


def psychologist_signs_and_locks(hands: Hands) -> str:
    """A session is signed by keys in the window, another note is left as a draft; gives the id of what was signed."""
    hands.sign_in("psy")
    person, notes = hands.people["Idrissa"], hands.session.services.notes
    draft = notes.start("psychologist_session", person, occurred_at=MEETING, answers=SESSION)
    hands.session.open(Route(name="note", person=person, id=draft))
    page = hands.page
    assert isinstance(page, NotePage)
    hands.press(Qt.Key.Key_Return, CTRL)
    hands.press(Qt.Key.Key_Return, CTRL)
    (rid,) = [one.rid for one in notes.timeline.page(person) if one.comp == CLINICAL]
    hands.session.open(Route(name="note", person=person, id="form:psychologist_session"))
    hands.type(SAID)
    hands.lock()
    return rid


@pytest.mark.skipif(sys.platform != "linux", reason="memory of another process is read through /proc")
def test_shared_laptop_no_clinical_key_and_no_word_is_in_the_memory_of_the_next_login(tmp_path: Path) -> None:
    site = Site(folder=tmp_path / "vault", profile=tmp_path / "profile", projections=PROJECTIONS).create(STAFF)
    person = register_people(site)["Idrissa"]
    site.clock.set(NOON)
    needles = {}
    for sign_in, comp in (("psy", CLINICAL), ("cha", PASTORAL)):
        desk = site.open(sign_in)
        needles[f"key of {comp}"] = desk.keys.current(comp)[1]
        needles[f"private key of {sign_in}"] = desk.keys.identity.x_secret()
        if sign_in == "psy":
            sign_a_session(site, person)
    site.close()
    needles |= {word: word.encode() for word in CLINICAL_WORDS}
    needles |= {f"{word} as UTF-16": word.encode("utf-16-le") for word in CLINICAL_WORDS}
    needles["passphrase"] = passphrase("psy").encode()
    command = [sys.executable, "-m", "tests.scenarios.laptop_holder", site.folder, site.profile, "cha", "sewing"]
    with subprocess.Popen(
        [str(part) for part in command],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=child_environment(),
        cwd=ROOT,
    ) as holder:
        try:
            assert holder.stdout is not None
            assert holder.stdout.readline() == b"0\n", "nothing was shown"
            found = count_in_memory(holder.pid, {name: masked(needle) for name, needle in needles.items()})
        finally:
            holder.kill()
    assert found.pop("key of pastoral") > 0, "the scanner sees what is there"
    assert found.pop("private key of cha") > 0
    assert set(found.values()) == {0}, found


def sign_a_session(site: Site, person: str) -> None:
    desk = site.opened[-1]
    notes = Notes(desk, People(desk), load_forms())
    notes.sign(notes.start("psychologist_session", person, occurred_at=MEETING, answers=SESSION))
