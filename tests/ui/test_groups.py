"""Groups through the window, by keyboard: marking in few keys, nothing lost, two signatures, who finds what."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QTextEdit
from pytestqt.qtbot import QtBot

from rehabdesk.access.model import Role
from rehabdesk.core.text import without_isolates
from rehabdesk.notes.groups.group_model import Group, Lines, Mark
from rehabdesk.notes.groups.view.group_page import GroupPage
from rehabdesk.notes.groups.view.marks_table import MarksTable
from rehabdesk.notes.groups.view.meeting_page import MeetingPage
from rehabdesk.notes.groups.view.meeting_read_page import MeetingReadPage
from rehabdesk.overview.day_view import DayPage
from rehabdesk.people.model import AgeRegime, PersonDetails, PersonName, Script, Sex
from rehabdesk.people.service import People
from rehabdesk.ui.page import Route
from rehabdesk.ui.table import Table
from rehabdesk.ui.widgets import Tag
from tests.desks import STAFF
from tests.people.cases import legal
from tests.windows import ALT, CTRL, Hands, MouseWatch, application, everything_said, hands_on

MORE = ("Bako", "Celia", "Dario", "Elif", "Farid", "Gora", "Hana")
"""Given names of further people of the group, ten in all."""


@pytest.fixture
def hands(qtbot: QtBot, tmp_path: Path) -> Iterator[Hands]:
    with hands_on(qtbot, tmp_path, staff=(*STAFF, ("fac", Role.FAC), ("second", Role.PSY))) as ready:
        people = People(ready.site.open("case"))
        for number, given in enumerate(MORE):
            details = PersonDetails(
                case_ref=f"24-{number + 30:03d}",
                display_alias=f"{given} T.",
                names=(PersonName(script=Script.LATIN, given=given, family="Tandja"),),
                sex=Sex.NOT_RECORDED,
                age_regime=AgeRegime.ADULT,
            )
            ready.people[given] = people.register(details, legal()).id
        ready.site.close()
        yield ready


def make_group(hands: Hands, *leaders: str, lines: Lines = Lines.CLINICAL, people: int = 10) -> str:
    """A group with that many people, made by the psychologist who is signed in."""
    s = hands.session.services
    uids = {member.sign_in: member.card.uid for member in s.desk.members()}
    group = Group(name="Choices group", theme="", lines=lines, facilitators=tuple(uids[one] for one in leaders))
    group_id = s.groups.create(group)
    for person in list(hands.people.values())[:people]:
        s.groups.add_member(group_id, person, since=date(2026, 11, 1))
    return group_id


def meeting_page(hands: Hands) -> MeetingPage:
    assert isinstance(hands.page, MeetingPage)
    return hands.page


def came(hands: Hands) -> list[str]:
    return [row.mark.attendance for row in meeting_page(hands).rows.rows]


@pytest.mark.parametrize(("people", "exceptions"), [(8, ((2, "n"), (5, "x"))), (10, ((3, "l"), (6, "d")))])
def test_a_group_is_marked_in_ten_keys_and_no_mouse(
    hands: Hands, people: int, exceptions: tuple[tuple[int, str], ...]
) -> None:
    hands.sign_in("psy")
    group_id = make_group(hands, "psy", people=people)
    hands.session.open(Route(name="meeting", id=f"group:{group_id}"))
    watch = MouseWatch()
    application().installEventFilter(watch)
    hands.groups = 0

    hands.press(Qt.Key.Key_V, ALT)  # everyone came
    here = 0
    for place, letter in exceptions:
        for _ in range(place - here):
            hands.press(Qt.Key.Key_Down)
        hands.type(letter)
        here = place

    assert hands.groups <= 10
    marked = {"n": "not_unlocked", "x": "excused_health", "l": "came_late", "d": "declined"}
    wanted = ["came"] * people
    for place, letter in exceptions:
        wanted[place] = marked[letter]
    assert came(hands) == wanted
    assert watch.presses == 0
    hands.lock()


def test_ten_people_are_marked_in_ten_keys_from_the_end_too(hands: Hands) -> None:
    hands.sign_in("psy")
    hands.session.open(Route(name="meeting", id=f"group:{make_group(hands, 'psy')}"))
    hands.groups = 0
    hands.press(Qt.Key.Key_V, ALT)
    hands.type("e")
    hands.press(Qt.Key.Key_End, CTRL)
    hands.type("u")
    hands.press(Qt.Key.Key_Up)
    hands.type("n")
    assert hands.groups <= 10
    assert came(hands) == ["left_early", *["came"] * 7, "not_unlocked", "staff_unavailable"]


def test_letters_digits_and_undo_in_the_table(hands: Hands) -> None:
    hands.sign_in("psy")
    hands.session.open(Route(name="meeting", id=f"group:{make_group(hands, 'psy', people=3)}"))
    page = meeting_page(hands)
    assert isinstance(hands.focus, MarksTable)

    hands.type("c")
    hands.type("3")
    assert (page.rows.rows[0].mark.attendance, page.rows.rows[0].mark.took_part) == ("came", "steadily")
    hands.type("n")
    hands.type("n")
    assert came(hands)[0] == "no_escort", "the same letter again goes on among the reasons"
    hands.type("3")
    assert came(hands)[0] == "lockdown", "a digit chooses the reason of somebody who was not there"
    hands.press(Qt.Key.Key_Z, CTRL)
    assert came(hands)[0] == "no_escort"
    hands.press(Qt.Key.Key_Z, CTRL)
    hands.press(Qt.Key.Key_Z, CTRL)
    assert came(hands)[0] == "came"
    hands.type("z")
    hands.type("9")
    assert came(hands)[0] == "came", "other keys mark nothing"
    hands.press(Qt.Key.Key_Delete)
    assert came(hands)[0] == ""
    hands.press(Qt.Key.Key_Z, CTRL)
    hands.press(Qt.Key.Key_Z, CTRL)
    hands.press(Qt.Key.Key_Z, CTRL)
    hands.press(Qt.Key.Key_Z, CTRL)
    assert came(hands)[0] == "", "undone to the beginning, and no further"


def test_looking_at_a_new_meeting_keeps_no_draft(hands: Hands) -> None:
    hands.sign_in("psy")
    group_id = make_group(hands, "psy", people=3)
    hands.session.open(Route(name="meeting", id=f"group:{group_id}"))
    hands.press(Qt.Key.Key_Down)
    hands.session.open(Route(name="group", id=group_id))
    assert hands.session.services.meetings.drafts() == ()
    hands.session.open(Route(name="meeting", id=f"group:{group_id}"))
    hands.type("c")
    hands.session.open(Route(name="group", id=group_id))
    assert len(hands.session.services.meetings.drafts()) == 1
    hands.press(Qt.Key.Key_Return, CTRL)
    assert came(hands) == ["came", "", ""], "the draft is gone on with"


def test_enter_goes_to_the_line_and_down_to_the_next_person(hands: Hands) -> None:
    hands.sign_in("psy")
    hands.session.open(Route(name="meeting", id=f"group:{make_group(hands, 'psy', people=3)}"))
    page = meeting_page(hands)
    hands.press(Qt.Key.Key_Return)
    assert isinstance(hands.focus, QLineEdit)
    hands.type("Used the short answer.")
    hands.press(Qt.Key.Key_Down)
    hands.type("Came after a visit.")
    hands.press(Qt.Key.Key_Return)
    assert isinstance(hands.focus, MarksTable)
    assert [row.mark.words for row in page.rows.rows] == ["Used the short answer.", "Came after a visit.", ""]
    hands.type("c")
    assert [row.mark.attendance for row in page.rows.rows] == ["", "came", ""]


def test_what_is_typed_outlives_the_lock_and_the_way_back_leads_to_the_same_row(hands: Hands) -> None:
    hands.sign_in("psy")
    hands.session.open(Route(name="meeting", id=f"group:{make_group(hands, 'psy', people=3)}"))
    hands.press(Qt.Key.Key_V, ALT)
    hands.press(Qt.Key.Key_Down)
    hands.press(Qt.Key.Key_Return)
    hands.type("Spoke first.")
    hands.lock()

    hands.start_again()
    hands.sign_in("psy")

    page = meeting_page(hands)
    assert came(hands) == ["came"] * 3
    assert page.rows.rows[1].mark.words == "Spoke first."
    assert page.rows.table.currentIndex().row() == 1
    assert hands.focus is page.rows.panel.line
    hands.lock()
    hands.start_again()
    hands.sign_in("second")
    assert not isinstance(hands.page, MeetingPage)
    assert hands.session.services.meetings.drafts() == ()


def test_a_meeting_is_written_signed_and_signed_again_by_keyboard(hands: Hands) -> None:
    hands.sign_in("psy")
    group_id = make_group(hands, "psy", "second", people=2)
    hands.session.open(Route(name="group", id=group_id))
    hands.press(Qt.Key.Key_Return, CTRL)
    assert isinstance(hands.page, MeetingPage)
    for _ in range(2):
        hands.type("c")
        hands.type("3")
        hands.press(Qt.Key.Key_Down)
    hands.fill("Theme", "Pressure from old friends")
    hands.fill("What we did", "Omar began the round.")
    hands.qtbot.wait(500)
    assert "names Omar" in everything_said(hands.page), "said beside the field while typing"
    hands.press(Qt.Key.Key_Return, CTRL)
    said = [label.text() for label in hands.page.findChildren(QLabel)]
    assert any("Use a role instead" in words for words in said), "and signing is refused with the same words"
    assert hands.session.services.meetings_read.of_group(group_id) == ()

    area = hands.to("What we did")
    assert isinstance(area, QTextEdit)
    area.selectAll()
    hands.type("Another man began the round.")
    hands.digit("Cold", 4)
    hands.press(Qt.Key.Key_Return, CTRL)
    assert "Choices group" in hands.page.strip.sentence
    hands.press(Qt.Key.Key_Return, CTRL)
    assert isinstance(hands.page, GroupPage)
    assert tag_of(hands) == "Waiting for Name of second"
    hands.lock()

    hands.start_again()
    hands.sign_in("second")
    assert isinstance(hands.page, DayPage)
    hands.press(Qt.Key.Key_Return, CTRL)
    assert isinstance(hands.page, MeetingReadPage)
    hands.press(Qt.Key.Key_Return, CTRL)
    hands.press(Qt.Key.Key_Return, CTRL)
    assert "Signed" in {tag.text for tag in hands.page.findChildren(Tag)}
    assert hands.session.services.meetings_read.waiting() == ()


def tag_of(hands: Hands) -> str:
    """The state of the newest meeting of the group on the screen."""
    page = hands.page
    assert isinstance(page, GroupPage)
    table = page.first_table
    assert isinstance(table, Table)
    return str(table.model().index(0, 3).data(Qt.ItemDataRole.AccessibleTextRole))


def test_somebody_is_added_by_name_and_taken_out_with_undo(hands: Hands) -> None:
    hands.sign_in("psy")
    group_id = make_group(hands, "psy", people=0)
    hands.session.open(Route(name="groups"))
    hands.press(Qt.Key.Key_Return)
    assert isinstance(hands.page, GroupPage)
    assert "Nobody is in this group yet." in everything_said(hands.page)
    hands.push("Add person")
    hands.type("amin")
    hands.press(Qt.Key.Key_Return)
    assert [one.name for one in hands.session.services.groups.members(group_id)] == ["Amina K."]
    hands.push("No longer in the group")
    assert hands.session.services.groups.members(group_id) == ()
    hands.press(Qt.Key.Key_Z, CTRL)
    assert [one.name for one in hands.session.services.groups.members(group_id)] == ["Amina K."]
    hands.push("Add person")
    hands.type("tandja")
    hands.press(Qt.Key.Key_Return)
    assert len(hands.session.services.groups.members(group_id)) == 1, "seven are found: the list asks which one"
    hands.press(Qt.Key.Key_Down)
    hands.press(Qt.Key.Key_Return)
    assert {one.name for one in hands.session.services.groups.members(group_id)} == {"Amina K.", "Celia T."}
    hands.push("Add person")
    hands.type("nobody of that name")
    hands.press(Qt.Key.Key_Return)
    assert "Nobody is found by that name." in everything_said(hands.page)
    assert hands.to("Person").text() == "nobody of that name"  # type: ignore[attr-defined]  # a line


def test_a_group_is_set_up_and_a_wrong_one_is_said_at_its_field(hands: Hands) -> None:
    hands.sign_in("psy")
    hands.session.open(Route(name="groups"))
    hands.press(Qt.Key.Key_Return, CTRL)
    hands.type("Omar and friends")
    hands.press(Qt.Key.Key_Return, CTRL)
    assert "names Omar" in everything_said(hands.page)
    line = hands.to("Name of the group")
    assert isinstance(line, QLineEdit)
    assert line.text() == "Omar and friends"
    line.selectAll()
    hands.type("Choices")
    hands.press(Qt.Key.Key_Return, CTRL)
    assert isinstance(hands.page, GroupPage)


@pytest.mark.parametrize(
    ("sign_in", "menu"),
    [("psy", True), ("fac", True), ("cha", False), ("case", False), ("sup", False), ("adm", False)],
)
def test_who_finds_groups_in_the_menu(hands: Hands, sign_in: str, menu: bool) -> None:
    hands.sign_in(sign_in)
    assert ("groups" in {name for name, *_ in hands.session.pages.menu()}) == menu
    before = hands.page
    hands.session.open(Route(name="groups"))
    if sign_in in ("cha", "adm"):
        assert hands.page is before


def test_a_facilitator_finds_the_own_people_and_nothing_of_their_files(hands: Hands) -> None:
    hands.sign_in("psy")
    make_group(hands, "psy", "fac", lines=Lines.TEAM, people=2)
    hands.lock()
    hands.start_again()
    hands.sign_in("fac")
    session = hands.session
    assert [name for name, *_, foot in session.pages.menu() if not foot] == ["day", "groups"]
    assert {hit.words for hit in session.find("")} & {"Idrissa K.", "Omar S.", "Amina K.", "Bako T."} == {
        "Idrissa K.",
        "Omar S.",
    }
    (omar,) = [hit for hit in session.find("omar") if hit.words == "Omar S."]
    assert without_isolates(omar.detail) == "B2-14"
    assert "Amina K." not in {hit.words for hit in session.find("amin")}
    session.open(Route(name="person", person=hands.people["Idrissa"], id="plan"))
    said = everything_said(hands.page)
    assert "Idrissa K." in said
    for hidden in ("24-017", "Born", "Sentenced", "Release", "Plan", "Contacts"):
        assert hidden not in said, hidden
    session.open(Route(name="note", person=hands.people["Idrissa"], id="form:facilitator_session"))
    assert "24-017" not in everything_said(hands.page)
    before = hands.page
    for route in (
        Route(name="person", person=hands.people["Amina"]),
        Route(name="note", person=hands.people["Amina"], id="form:facilitator_session"),
        Route(name="people"),
        Route(name="packets"),
        Route(name="releases"),
    ):
        session.open(route)
        assert hands.page is before or isinstance(hands.page, DayPage), route.name


def test_a_tampered_draft_opens_nothing_and_says_so(hands: Hands) -> None:
    hands.sign_in("psy")
    group_id = make_group(hands, "psy", people=2)
    s = hands.session.services
    bad = s.meetings.fresh(group_id).to_payload() | {"marks": {"x": {"risk": "high"}}}
    draft = s.desk.save_draft("meeting", bad, person=None)
    hands.session.open(Route(name="meeting", id=draft))
    assert not isinstance(hands.page, MeetingPage)


def test_a_row_says_that_it_names_somebody(hands: Hands) -> None:
    hands.sign_in("psy")
    group_id = make_group(hands, "psy", people=2)
    s = hands.session.services
    omar, idrissa = hands.people["Omar"], hands.people["Idrissa"]
    marks = {idrissa: Mark(attendance="came", took_part="little", words="Spoke after omar.")}
    draft = s.meetings.save_draft(replace(s.meetings.fresh(group_id), marks=marks), None)
    hands.session.open(Route(name="meeting", id=draft))
    rows = {row.person: row for row in meeting_page(hands).rows.rows}
    assert (rows[idrissa].names, rows[omar].names) == (True, False)
    assert "1 of 2 ready" not in everything_said(hands.page)
