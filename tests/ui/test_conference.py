"""A conference in the window, by keys: planned, held, minuted, agreed, its actions done; what each role sees of it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from rehabdesk.access.members_service import settings_record
from rehabdesk.core.errors import UserError
from rehabdesk.plans.conferences.conference_model import Conference, ConferenceState
from rehabdesk.plans.conferences.conference_service import Conferences
from rehabdesk.plans.conferences.conference_typed_model import TypedMinutes
from rehabdesk.plans.conferences.view.conference_page import ConferencePage
from rehabdesk.plans.conferences.view.conference_plan_page import ConferencePlanPage
from rehabdesk.plans.conferences.view.conferences_page import ConferencesPage, InvitationsPage
from rehabdesk.plans.conferences.view.minutes_compare_page import MinutesComparePage
from rehabdesk.plans.conferences.view.minutes_page import MinutesPage
from rehabdesk.readiness.model import ItemStatus
from rehabdesk.ui.page import Route
from rehabdesk.ui.printing import PrintStrip
from tests.plans.conferences import DISCUSSED, NGO, agree, hold, minutes, planned
from tests.ui.test_paper import FilePrinters, Folder
from tests.windows import CTRL, Hands, everything_said, hands_on


@pytest.fixture
def hands(qtbot: QtBot, tmp_path: Path) -> Iterator[Hands]:
    with hands_on(qtbot, tmp_path) as ready:
        yield ready


def work(hands: Hands) -> Conferences:
    return hands.session.services.conferences


def somebody_else(hands: Hands, sign_in: str) -> None:
    hands.lock()
    hands.start_again()
    hands.sign_in(sign_in)


def open_page(hands: Hands, name: str, rid: str = "") -> QWidget:
    hands.session.open(Route(name=name, person=hands.people["Idrissa"], id=rid))
    hands.settle()
    return hands.page


def plain(widget: QWidget) -> str:
    return everything_said(widget).replace("\u2068", "").replace("\u2069", "").replace("\u2066", "")


def test_a_conference_from_the_plan_to_closed_without_a_mouse(hands: Hands) -> None:
    hands.sign_in("case")
    hands.session.open(Route(name="person", person=hands.people["Idrissa"], id="plan"))
    hands.settle()
    hands.push("Conferences")
    assert isinstance(hands.page, ConferencesPage)
    assert "No conference yet." in plain(hands.page)
    hands.press(Qt.Key.Key_Return, CTRL)
    assert isinstance(hands.page, ConferencePlanPage)
    hands.choose("What for", "Before")
    hands.fill("Day", "-1")
    hands.fill("Time", "930")
    hands.push("Name of psy")
    hands.push("Add a guest")
    hands.type("Ama Bello")
    hands.fill("Agency", "River House")
    hands.fill("Role", "mentor")
    hands.press(Qt.Key.Key_Return, CTRL)
    page = hands.page
    assert isinstance(page, ConferencePage)
    assert "Planned" in plain(page)

    hands.press(Qt.Key.Key_Return, CTRL)
    hands.to("\u2068Idrissa K.\u2069 was there")
    hands.type("1")
    hands.press(Qt.Key.Key_Return, CTRL)
    assert "minutes to write" in plain(page)

    hands.press(Qt.Key.Key_Return, CTRL)
    assert isinstance(hands.page, MinutesPage)
    hands.type("We spoke about the first weeks.")
    hands.fill("What was decided", "He stays with his mother.")
    hands.push("Add an action")
    hands.type("Ask for the birth paper")
    hands.choose("Who does it", "Name")
    hands.fill("By", "+7")
    hands.push("Add what was kept back")
    hands.type("Clinical notes")
    hands.fill("Which agency", "Psychology")
    hands.choose("Why", "Professional")
    hands.press(Qt.Key.Key_Return, CTRL)
    page = hands.page
    assert isinstance(page, ConferencePage)
    assert "Waiting for the chair" in plain(page)

    hands.press(Qt.Key.Key_Return, CTRL)
    assert "Idrissa K." in page.strip.sentence
    hands.press(Qt.Key.Key_Return, CTRL)
    (stored,) = work(hands).reading.of_person(hands.people["Idrissa"])
    assert stored.conference.state is ConferenceState.MINUTES_AGREED
    assert stored.conference.minutes is not None
    assert stored.conference.minutes.decisions == ("He stays with his mother.",)

    hands.session.open(Route(name="day"))
    hands.settle()
    assert "Ask for the birth paper" in plain(hands.page)
    open_page(hands, "conference", stored.rid)
    hands.push("Done: Ask for the birth paper")
    assert work(hands).reading.my_open_actions() == ()
    hands.press(Qt.Key.Key_Z, CTRL)
    assert len(work(hands).reading.my_open_actions()) == 1, "taken back by the opposite mark"
    hands.push("Done: Ask for the birth paper")

    somebody_else(hands, "sup")
    assert "Approve the minutes about Idrissa K." in plain(hands.page)
    page = open_page(hands, "conference", stored.rid)
    hands.press(Qt.Key.Key_Return, CTRL)
    hands.press(Qt.Key.Key_Return, CTRL)
    assert "Closed" in plain(page)


def test_typed_minutes_outlive_a_lock_and_open_again(hands: Hands) -> None:
    hands.sign_in("case")
    rid = hold(work(hands), hands.people["Idrissa"], at=hands.site.clock.now() - timedelta(hours=1))
    open_page(hands, "minutes", rid)
    hands.type("Half a sentence")
    hands.push("Add an action")
    hands.type("Half an action")
    somebody_else(hands, "case")
    (draft,) = hands.session.services.minutes.drafts()
    assert draft.typed.summary == "Half a sentence"
    page = open_page(hands, "minutes", rid)
    assert isinstance(page, MinutesPage)
    assert page.editor.typed().actions[0].text == "Half an action"


@pytest.mark.parametrize(
    ("what", "sentence"),
    [
        ("nothing", "Fill in: What was discussed."),
        ("decided", "Write what was decided"),
        ("action", "Say by when the action is to be done."),
        ("kept", "Write what was kept back"),
    ],
)
def test_what_is_missing_is_said_at_its_field_and_the_rest_stays(hands: Hands, what: str, sentence: str) -> None:
    hands.sign_in("case")
    rid = hold(work(hands), hands.people["Idrissa"], at=hands.site.clock.now() - timedelta(hours=1))
    page = open_page(hands, "minutes", rid)
    assert isinstance(page, MinutesPage)
    if what != "nothing":
        hands.type("We spoke.")
    if what in ("action", "kept"):
        hands.push("Nothing was decided")
    if what == "action":
        hands.push("Add an action")
        hands.type("Call the embassy")
    hands.press(Qt.Key.Key_Return, CTRL)
    assert hands.page is page
    assert sentence in plain(page)
    assert page.editor.typed().summary == ("" if what == "nothing" else "We spoke.")
    assert hands.session.services.minutes.drafts(), "what was typed is kept"


@pytest.mark.parametrize("typed", ["", "31/31", "never", "\u202e9:00"])
def test_a_time_that_nobody_understands_keeps_the_rest(hands: Hands, typed: str) -> None:
    hands.sign_in("case")
    page = open_page(hands, "conference_plan")
    assert isinstance(page, ConferencePlanPage)
    page.fields["place"].control.setText("Room 2")  # type: ignore[attr-defined]  # a line
    page._day.line.setText("today")
    page._time.line.setText(typed)
    hands.press(Qt.Key.Key_Return, CTRL)
    assert page.fields["time"].error
    assert page._room.text() == "Room 2"
    assert work(hands).reading.of_person(hands.people["Idrissa"]) == ()


def test_a_megabyte_in_a_guest_is_one_sentence(hands: Hands) -> None:
    hands.sign_in("case")
    page = open_page(hands, "conference_plan")
    assert isinstance(page, ConferencePlanPage)
    page._day.line.setText("today")
    page._time.line.setText("9")
    hands.push("Add a guest")
    row = page._guests.rows[0]
    row.fields["name"].control.setText("x" * 30_000)  # type: ignore[attr-defined]  # a line
    hands.press(Qt.Key.Key_Return, CTRL)
    assert "too long" in row.fields["name"].error


def test_a_no_of_the_person_asks_for_the_offer_of_help(hands: Hands) -> None:
    hands.sign_in("case")
    rid = work(hands).schedule(hands.people["Idrissa"], replace(planned_now(hands), attendees=(NGO,))).rid
    page = open_page(hands, "conference", rid)
    hands.press(Qt.Key.Key_Return, CTRL)
    hands.to("\u2068Idrissa K.\u2069 was there")
    hands.type("4")
    hands.press(Qt.Key.Key_Return, CTRL)
    assert "Was an interpreter or reader offered?" in plain(page)
    hands.push("An interpreter or reader was offered")
    hands.press(Qt.Key.Key_Return, CTRL)
    assert work(hands).reading.conference(rid).conference.help_offered


def planned_now(hands: Hands) -> Conference:
    """A conference of an hour ago."""
    return planned(work(hands).me, at=hands.site.clock.now() - timedelta(hours=1))


def test_agreed_minutes_settle_the_item_of_the_checklist_as_a_deed_of_its_own(hands: Hands) -> None:
    hands.sign_in("case")
    person = hands.people["Idrissa"]
    releases = hands.session.services.releases
    releases.open_list(person, date(2027, 1, 8))
    rid = agree(work(hands), person, at=hands.site.clock.now() - timedelta(hours=1))
    assert releases.of_person(person).item("RR-I3").open  # type: ignore[union-attr]  # it was just opened
    page = open_page(hands, "conference", rid)
    hands.press(Qt.Key.Key_Return, CTRL)
    assert "Multi-agency meeting held" in page.strip.sentence  # type: ignore[attr-defined]  # a page
    assert "RR-I3" not in plain(page)
    hands.press(Qt.Key.Key_Return, CTRL)
    item = releases.of_person(person).item("RR-I3")  # type: ignore[union-attr]  # as above
    assert item.status is ItemStatus.DONE
    assert item.evidence.startswith("Minutes agreed: Before release")
    assert "Settle in the checklist" not in plain(page), "offered once"


def test_psychologist_and_inspector_read_and_act_on_nothing(hands: Hands) -> None:
    hands.sign_in("case")
    rid = agree(work(hands), hands.people["Idrissa"], at=hands.site.clock.now() - timedelta(hours=1))
    somebody_else(hands, "psy")
    page = open_page(hands, "conference", rid)
    said = plain(page)
    assert DISCUSSED in said
    for words in ("Add to the minutes", "Give the summary", "Approve minutes", "Done: "):
        assert words not in said


def test_a_chaplain_finds_the_summary_only_where_invited_and_leaves_by_keys(hands: Hands) -> None:
    hands.sign_in("case")
    desk = hands.session.desk
    desk.commit("site_settings", [settings_record(replace(desk.settings(), chaplain_conference_invitation=True))])
    line = work(hands).seats.invitation(uid(hands, "cha"))
    agree(work(hands), hands.people["Idrissa"], at=hands.site.clock.now() - timedelta(hours=1), attendees=(line,))
    somebody_else(hands, "cha")
    hands.session.open(Route(name="person", person=hands.people["Idrissa"], id="overview"))
    hands.settle()
    hands.push("Invitations to conferences")
    page = hands.page
    assert isinstance(page, InvitationsPage)
    assert minutes().decisions[0] in plain(page)
    assert DISCUSSED not in plain(hands.window)
    hands.push("Take my invitation back")
    hands.push("Take it back")
    assert "You are invited to no conference about Idrissa K." in plain(page)
    for other in ("Omar", "Amina"):
        hands.session.open(Route(name="person", person=hands.people[other], id="overview"))
        hands.settle()
        assert "Invitations to conferences" not in plain(hands.page)


def test_a_case_officer_takes_a_chaplains_invitation_back_at_any_time(hands: Hands) -> None:
    hands.sign_in("case")
    desk = hands.session.desk
    desk.commit("site_settings", [settings_record(replace(desk.settings(), chaplain_conference_invitation=True))])
    line = work(hands).seats.invitation(uid(hands, "cha"))
    at = hands.site.clock.now() - timedelta(hours=1)
    rid = agree(work(hands), hands.people["Idrissa"], at=at, attendees=(line,))
    page = open_page(hands, "conference", rid)
    hands.push("Take an invitation back")
    hands.press(Qt.Key.Key_Return, CTRL)
    assert "invitation taken back" in plain(page)
    assert "Take an invitation back" not in plain(page)
    somebody_else(hands, "cha")
    assert work(hands).reading.invitations(hands.people["Idrissa"]) == ()


def uid(hands: Hands, sign_in: str) -> str:
    return next(one.card.uid for one in hands.session.desk.members() if one.sign_in == sign_in)


@pytest.mark.parametrize("nonsense", ["a\x00b", "a\u202eb", "a\ue000b", "a word " * 6_000])
def test_nonsense_in_the_minutes_is_a_sentence_at_its_field_and_the_rest_stays(hands: Hands, nonsense: str) -> None:
    hands.sign_in("case")
    rid = hold(work(hands), hands.people["Idrissa"], at=hands.site.clock.now() - timedelta(hours=1))
    page = open_page(hands, "minutes", rid)
    assert isinstance(page, MinutesPage)
    hands.type("We spoke.")
    hands.push("Nothing was decided")
    hands.push("Nothing was kept back")
    field = page.editor.fields["person_statement"]
    field.control.setPlainText(nonsense)  # type: ignore[attr-defined]  # an area
    hands.press(Qt.Key.Key_Return, CTRL)
    assert hands.page is page
    assert field.error
    assert page.editor.typed().summary == "We spoke."


def test_half_a_character_is_a_sentence(hands: Hands) -> None:
    hands.sign_in("case")
    person = hands.people["Idrissa"]
    rid = hold(work(hands), person, at=hands.site.clock.now() - timedelta(hours=1))
    with pytest.raises(UserError, match="half a character"):
        hands.session.services.minutes.keep(person, TypedMinutes(conference=rid, summary="\ud800"), None)


def ask_for_summary(hands: Hands, rid: str) -> ConferencePage:
    """The page of an agreed conference, with the strip that offers ways out for its summary."""
    page = open_page(hands, "conference", rid)
    assert isinstance(page, ConferencePage)
    hands.push("Give the summary")
    hands.press(Qt.Key.Key_Return, CTRL)
    assert "Fill in: Who got it." in plain(page)
    hands.fill("Who gets it", "Probation office")
    hands.press(Qt.Key.Key_Return, CTRL)
    assert "Choose the legal basis." in plain(page)
    hands.choose("Legal basis", "Other")
    hands.press(Qt.Key.Key_Return, CTRL)
    assert "Say which legal basis it is." in plain(page)
    hands.fill("Which one", "Prison rule 12")
    hands.press(Qt.Key.Key_Return, CTRL)
    hands.wait(lambda: page.findChild(PrintStrip) is not None, 20_000)
    return page


def test_the_summary_is_kept_as_given_when_it_is_printed_and_not_before(hands: Hands, tmp_path: Path) -> None:
    hands.window.files = Folder(tmp_path, FilePrinters(tmp_path))
    hands.sign_in("case")
    rid = agree(work(hands), hands.people["Idrissa"], at=hands.site.clock.now() - timedelta(hours=1))
    page = ask_for_summary(hands, rid)
    hands.press(Qt.Key.Key_Escape)
    assert work(hands).reading.exchanges(rid) == (), "nothing left"

    page = ask_for_summary(hands, rid)
    hands.to("Copies")
    hands.push("Print")
    hands.wait(lambda: bool(work(hands).reading.exchanges(rid)), 20_000)
    assert (tmp_path / "Hall.pdf").exists()
    said = plain(page)
    assert "Disclosed to a third party: Residence of the Three Wells to Probation office" in said
    assert "Legal basis: Other (say) · Prison rule 12" in said


def test_without_a_printer_the_summary_is_saved_and_a_dialog_that_is_left_records_nothing(
    hands: Hands, tmp_path: Path
) -> None:
    folder = hands.window.files = Folder(tmp_path, FilePrinters(tmp_path, names=()))
    hands.sign_in("case")
    rid = agree(work(hands), hands.people["Idrissa"], at=hands.site.clock.now() - timedelta(hours=1))
    page = ask_for_summary(hands, rid)
    assert "No printer is set up on this computer." in plain(page)
    folder.thought_better = True
    hands.push("Save as PDF")
    assert work(hands).reading.exchanges(rid) == ()
    folder.thought_better = False
    hands.push("Save as PDF")
    (saved,) = tmp_path.glob("RD-summary-*.pdf")
    assert saved.read_bytes().startswith(b"%PDF")
    (kept,) = work(hands).reading.exchanges(rid)
    assert (kept.exchange.basis, kept.exchange.cite) == ("other", "Prison rule 12")


def test_a_refusal_is_recorded_by_keys(hands: Hands) -> None:
    hands.sign_in("case")
    rid = agree(work(hands), hands.people["Idrissa"], at=hands.site.clock.now() - timedelta(hours=1))
    page = open_page(hands, "conference", rid)
    hands.push("Record a refusal")
    hands.fill("Who asked", "A newspaper")
    hands.fill("What kind of matter", "The minutes")
    hands.fill("Which agency", "Prison")
    hands.press(Qt.Key.Key_Return, CTRL)
    assert "Choose from the list why it was kept back." in plain(page)
    hands.choose("Why", "Safety")
    hands.press(Qt.Key.Key_Return, CTRL)
    (kept,) = work(hands).reading.exchanges(rid)
    assert kept.exchange.refused is not None
    assert (kept.exchange.refused.reason, kept.exchange.refused.asked_by) == ("safety_of_person", "A newspaper")
    assert "Asked by A newspaper" in plain(page)


def test_a_plan_of_a_conference_outlives_the_lock_with_its_guests(hands: Hands) -> None:
    hands.sign_in("case")
    open_page(hands, "conference_plan")
    hands.fill("Day", "+3")
    hands.push("Add a guest")
    hands.type("Ama Bello")
    hands.fill("Agency", "River House")
    hands.lock()

    hands.start_again()
    hands.sign_in("case")
    page = hands.page
    assert isinstance(page, ConferencePlanPage)
    assert [row.typed() for row in page._guests.rows] == [("Ama Bello", "River House", "")]
    assert page._day.day() is not None
    hands.push("Take guest 1 away")
    hands.push("Cancel")
    again = open_page(hands, "conference_plan")
    assert isinstance(again, ConferencePlanPage)
    assert again._guests.rows == []
    assert again._day.text() == ""


def test_an_older_draft_is_compared_and_gone_on_with_by_keys(hands: Hands) -> None:
    hands.sign_in("case")
    minutes_work, at = hands.session.services.minutes, hands.site.clock.now() - timedelta(hours=1)
    rid = hold(work(hands), hands.people["Idrissa"], at=at)
    minutes_work.keep(hands.people["Idrissa"], TypedMinutes(conference=rid, summary="Half a sentence of mine"), None)
    work(hands).lay(rid, minutes(work(hands).me), {})
    page = open_page(hands, "conference", rid)
    assert "You have another draft of these minutes" in plain(page)
    work(hands).give_back(rid, "Shorter.")
    hands.session.open(Route(name="day"))
    hands.settle()
    hands.push("Compare: Your minutes, \u2068Idrissa K.\u2069: there are newer ones")
    page = hands.page
    assert isinstance(page, MinutesComparePage)
    assert "Half a sentence of mine" in plain(page)
    assert DISCUSSED in plain(page)
    hands.push("Go on with the newer ones")
    page = hands.page
    assert isinstance(page, MinutesPage)
    assert page.editor.typed().summary == DISCUSSED
    hands.to("Compare with the draft")
    hands.press(Qt.Key.Key_Space)
    hands.press(Qt.Key.Key_Return, CTRL)
    page = hands.page
    assert isinstance(page, MinutesPage)
    assert page.editor.typed().summary == "Half a sentence of mine"


def test_a_chaplain_finds_an_invitation_on_the_day_and_takes_it_back_by_keys(hands: Hands) -> None:
    hands.sign_in("case")
    desk = hands.session.desk
    desk.commit("site_settings", [settings_record(replace(desk.settings(), chaplain_conference_invitation=True))])
    line, at = work(hands).seats.invitation(uid(hands, "cha")), hands.site.clock.now() + timedelta(days=2)
    work(hands).schedule(hands.people["Idrissa"], planned(work(hands).me, at=at, attendees=(line, NGO)))
    somebody_else(hands, "cha")
    assert "You are invited to a conference about Idrissa K." in plain(hands.page)
    hands.push("Read invitation")
    page = hands.page
    assert isinstance(page, InvitationsPage)
    assert "You read the summary once the minutes are agreed." in plain(page)
    assert NGO.name not in plain(page)
    hands.push("Take my invitation back")
    hands.push("Take it back")
    assert "You are invited to no conference about Idrissa K." in plain(page)
    hands.session.open(Route(name="day"))
    hands.settle()
    assert "You are invited" not in plain(hands.page)
