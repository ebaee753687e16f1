"""A signed note in the window: moved to the right person, cosigned, returned, its paper destroyed; drafts that nag."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from rehabdesk.access.model import Role
from rehabdesk.core.text import without_isolates
from rehabdesk.db.projection import CLINICAL, TEAM
from rehabdesk.notes.attachments.view.attach_page import AttachPage
from rehabdesk.notes.forms.answers_model import Answer
from rehabdesk.notes.model import NoteState
from rehabdesk.notes.view.note_page import NotePage
from rehabdesk.notes.view.read_page import ReadPage
from rehabdesk.people.model import AssignmentDetails, Capacity
from rehabdesk.people.service import People
from rehabdesk.ui.page import Route
from tests.desks import STAFF, passphrase
from tests.notes.sessions import KEYWORK, SESSION
from tests.notes.test_attachment_service import attach
from tests.windows import CTRL, Hands, everything_said, hands_on

TRAINING = (*STAFF, ("trainee", Role.PSY), ("csup", Role.CSUP))


@pytest.fixture
def hands(qtbot: QtBot, tmp_path: Path) -> Iterator[Hands]:
    with hands_on(qtbot, tmp_path, staff=TRAINING) as ready:
        people = People(ready.site.open("case"))
        for person in ready.people.values():
            details = AssignmentDetails(
                staff=ready.site.uid("trainee"), capacity=Capacity.PSYCHOLOGIST, since=date(2026, 1, 1)
            )
            people.assign(person, details)
        ready.site.close()
        yield ready


def sign_as(hands: Hands, sign_in: str, form: str, answers: dict[str, Answer], name: str = "Idrissa") -> str:
    """Signs a note of a moment ago; the desk stays open. Gives its record id."""
    hands.sign_in(sign_in)
    notes, now = hands.session.services.notes, hands.site.clock.now()
    draft = notes.start(form, hands.people[name], occurred_at=now - timedelta(hours=1), answers=answers)
    return notes.sign(draft).note.rid


def read(hands: Hands, comp: str, rid: str, name: str = "Idrissa") -> ReadPage:
    hands.session.open(Route(name="note_read", person=hands.people[name], id=f"{comp}:{rid}"))
    hands.settle()
    page = hands.page
    assert isinstance(page, ReadPage)
    return page


def height_of(page: QWidget, words: str) -> int:
    """Where a label with these words stands on the page."""
    labels = [each for each in page.findChildren(QLabel) if each.isVisibleTo(page)]
    label = next(each for each in labels if without_isolates(each.text()) == words)
    return label.mapTo(page, QPoint(0, 0)).y()


def somebody_else(hands: Hands, sign_in: str) -> None:
    hands.lock()
    hands.start_again()
    hands.sign_in(sign_in)


def test_a_note_on_the_wrong_person_is_moved_by_keys_and_both_are_named(hands: Hands) -> None:
    rid = sign_as(hands, "psy", "psychologist_session", SESSION)
    attach(hands.session.desk, CLINICAL, rid)
    page = read(hands, CLINICAL, rid)
    hands.push("Recorded on the wrong person")
    hands.type("omar")
    hands.press(Qt.Key.Key_Return)
    hands.type("Two files were open.")
    hands.press(Qt.Key.Key_Return, CTRL)
    assert "Idrissa K." in page.strip.sentence
    assert "Omar S." in page.strip.sentence
    assert "1 attached file stays there: \u2068Letter of the hospital\u2069" in page.strip.sentence
    hands.press(Qt.Key.Key_Return, CTRL)

    moved = hands.page
    assert isinstance(moved, NotePage)
    assert "1 file was attached to the note that was struck" in everything_said(moved)
    (draft,) = hands.session.services.notes.drafts()
    assert draft.person_id == hands.people["Omar"]
    assert draft.answers["psy.P3.happened"] == SESSION["psy.P3.happened"]
    assert hands.session.services.notes.timeline.open(CLINICAL, rid).state is NoteState.ENTERED_IN_ERROR
    hands.press(Qt.Key.Key_Return, CTRL)
    hands.press(Qt.Key.Key_Return, CTRL)
    assert hands.session.services.notes.drafts() == ()
    assert hands.session.services.notes.timeline.page(hands.people["Omar"])

    signed = hands.page
    assert isinstance(signed, ReadPage), "the note is shown, and with it what it lacks"
    assert "Nothing is attached" in everything_said(signed)
    hands.push("Attach again")
    attaching = hands.page
    assert isinstance(attaching, AttachPage)
    hands.wait(lambda: "Ready" in everything_said(attaching))
    hands.press(Qt.Key.Key_Return, CTRL)
    hands.wait(lambda: isinstance(hands.page, ReadPage))
    said = everything_said(hands.page)
    assert "Letter of the hospital" in said
    assert "Nothing is attached" not in said
    assert "Attach again" not in said


@pytest.mark.parametrize("what", ["nobody", "same", "no_reason", "not_mine"])
def test_what_is_missing_before_a_move_is_said_at_its_field(hands: Hands, what: str) -> None:
    if what == "not_mine":
        people = People(hands.site.open("case"))
        for one in people.assignments(hands.people["Omar"]):
            if one.details.staff == hands.site.uid("psy"):
                people.end_assignment(one.id, until=date(2026, 6, 1))
        hands.site.close()
    rid = sign_as(hands, "psy", "psychologist_session", SESSION)
    page = read(hands, CLINICAL, rid)
    hands.push("Recorded on the wrong person")
    if what != "nobody":
        hands.type("idr" if what == "same" else "omar")
        hands.press(Qt.Key.Key_Return)
        hands.type("" if what == "no_reason" else "Two files were open.")
    hands.press(Qt.Key.Key_Return, CTRL)

    assert not page.strip.is_open()
    expected = {
        "nobody": "choose the person",
        "same": "on this person already",
        "no_reason": "Write why",
        "not_mine": "Name of case or the supervisor can assign you",
    }
    said = everything_said(page).replace("\u2068", "").replace("\u2069", "")
    assert expected[what] in said
    assert hands.session.services.notes.drafts() == ()


def test_a_clinical_supervisor_finds_the_note_on_the_day_and_cosigns_with_the_passphrase(hands: Hands) -> None:
    rid = sign_as(hands, "trainee", "psychologist_session", SESSION)
    assert "Waiting for cosign" in everything_said(read(hands, CLINICAL, rid))
    assert "Psychologist, in training" in everything_said(hands.window)
    somebody_else(hands, "csup")
    assert hands.session.pages.counts()["day"] == 1
    hands.push("Read and cosign")
    page = hands.page
    assert isinstance(page, ReadPage)
    hands.press(Qt.Key.Key_Return, CTRL)
    assert "Name of trainee" in page.strip.sentence
    assert "Idrissa K." in page.strip.sentence
    hands.press(Qt.Key.Key_Return)
    notes = hands.session.services.notes
    assert notes.timeline.open(CLINICAL, rid).state is NoteState.AWAITING_COSIGN
    hands.type("not the right words at all")
    hands.press(Qt.Key.Key_Return)
    hands.wait(lambda: page.strip._error is not None and page.strip._error.text() != "")
    assert notes.timeline.open(CLINICAL, rid).state is NoteState.AWAITING_COSIGN
    hands.type(passphrase("csup"))
    hands.press(Qt.Key.Key_Return)
    hands.wait(lambda: not page.strip.is_open())

    assert notes.timeline.open(CLINICAL, rid).state is NoteState.SIGNED
    assert "Cosigned" in everything_said(page)
    hands.session.open(Route(name="day"))
    assert hands.session.pages.counts()["day"] == 0


def test_a_returned_note_is_on_the_trainees_day_and_an_addition_answers(hands: Hands) -> None:
    rid = sign_as(hands, "trainee", "psychologist_session", SESSION)
    somebody_else(hands, "csup")
    read(hands, CLINICAL, rid)
    hands.push("Return with a reason")
    hands.press(Qt.Key.Key_Return, CTRL)
    assert "Write why the note goes back" in everything_said(hands.page)
    hands.to("What should")
    hands.type("Say what he agreed to.")
    hands.press(Qt.Key.Key_Return, CTRL)
    somebody_else(hands, "trainee")
    hands.session.open(Route(name="day"))
    hands.settle()
    hands.push("Read why")
    page = hands.page
    assert isinstance(page, ReadPage)
    assert "Say what he agreed to." in everything_said(page)
    hands.press(Qt.Key.Key_Return, CTRL)
    hands.type("He agreed to the breathing exercise.")
    hands.press(Qt.Key.Key_Return, CTRL)

    assert height_of(page, "Say what he agreed to.") < height_of(page, "He agreed to the breathing exercise.")
    assert "Read why" not in {task.act for task in hands.session.pages._my_day().tasks()}


@pytest.mark.parametrize("reader", ["psy", "case", "sup"])
def test_nobody_else_finds_a_way_to_cosign(hands: Hands, reader: str) -> None:
    sign_as(hands, "trainee", "psychologist_session", SESSION)
    somebody_else(hands, reader)
    hands.session.open(Route(name="person", person=hands.people["Idrissa"], id="timeline"))
    hands.settle()
    for entry in hands.session.services.notes.timeline.page(hands.people["Idrissa"]):
        if entry.part.value == "clinical_marker":
            continue
        page = read(hands, entry.comp, entry.rid)
        assert "Return with a reason" not in everything_said(page)
        hands.press(Qt.Key.Key_Return, CTRL)
        assert not page.strip.is_open()


def test_the_paper_of_a_note_is_destroyed_on_a_day(hands: Hands) -> None:
    rid = sign_as(hands, "case", "keywork", {**KEYWORK, "hdr.10": "paper"})
    page = read(hands, TEAM, rid)
    assert "Entered from a paper form" in everything_said(page)
    hands.push("Paper destroyed")
    hands.type("+3")
    hands.press(Qt.Key.Key_Return, CTRL)
    assert "Date must be today or in the past." in everything_said(page)
    hands.to("The paper form was")  # Tab selects the whole line
    hands.type("today")
    hands.press(Qt.Key.Key_Return, CTRL)

    assert "Paper destroyed on" in everything_said(page)
    assert hands.session.services.notes.timeline.open(TEAM, rid).paper_destroyed is not None


def test_each_kind_of_addition_is_offered_to_the_author_and_a_statement_to_a_colleague(hands: Hands) -> None:
    rid = sign_as(hands, "case", "keywork", KEYWORK)
    page = read(hands, TEAM, rid)
    for number in range(5):
        hands.press(Qt.Key.Key_Return, CTRL)
        kind = page.findChildren(type(hands.session.kit.combo([])))[0]
        assert kind.count() == 5
        kind.setCurrentIndex(number)
        hands.type(f"Words number {number}.")
        hands.press(Qt.Key.Key_Return, CTRL)
    places = [height_of(page, f"Words number {number}.") for number in range(5)]
    assert places == sorted(places)
    assert {one.addendum.type.value for one in page._note.additions} == {
        "addition",
        "correction",
        "late_information",
        "person_statement",
        "response_to_disagreement",
    }
    somebody_else(hands, "sup")
    page = read(hands, TEAM, rid)
    hands.press(Qt.Key.Key_Return, CTRL)
    kind = page.findChildren(type(hands.session.kit.combo([])))[0]
    assert (kind.count(), kind.itemData(0)) == (1, "person_statement")


def test_old_drafts_are_a_number_on_the_supervisors_day(hands: Hands) -> None:
    hands.sign_in("psy")
    hands.session.services.notes.start(
        "psychologist_session", hands.people["Idrissa"], answers={"psy.P3.free": "Quicksilver marmots"}
    )
    hands.lock()
    hands.site.clock.advance(timedelta(days=4))
    hands.start_again()
    hands.sign_in("psy")
    hands.session.open(Route(name="day"))
    assert "Now on the supervisor's count" in everything_said(hands.page)
    somebody_else(hands, "sup")
    hands.session.open(Route(name="day"))
    hands.settle()

    title = "Drafts older than 72 hours"
    card = next(each for each in hands.page.findChildren(QWidget) if each.accessibleName() == title)
    said = everything_said(card)
    assert "1 draft" in said
    assert "Name of psy" not in said, "a count only: domain.md 6.2"
    assert not any(word in said for word in ("Quicksilver", "Idrissa"))
    assert "Quicksilver" not in everything_said(hands.page)
