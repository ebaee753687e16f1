"""A chaplain's round through the window: few keys, one signature, and nothing left of a confidence (criterion 4)."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QTextEdit
from pytestqt.qtbot import QtBot

from rehabdesk.access.service import Desk
from rehabdesk.db.projection import PASTORAL
from rehabdesk.notes.chaplaincy.view.closed_blocks import EncounterBlock, WorshipBlock
from rehabdesk.notes.chaplaincy.view.contact_log_page import ContactLogPage
from rehabdesk.notes.chaplaincy.view.contribution_page import ContributionPage
from rehabdesk.people.service import People
from rehabdesk.ui.page import Route
from tests.windows import CTRL, Hands, MouseWatch, application, everything_said, hands_on

NAMES = ("idr", "omar", "ami")


@pytest.fixture
def hands(qtbot: QtBot, tmp_path: Path) -> Iterator[Hands]:
    with hands_on(qtbot, tmp_path) as ready:
        yield ready


def open_log(hands: Hands, *, hearing: bool = True) -> ContactLogPage:
    """The log, with the question about hearing answered: no."""
    hands.sign_in("cha")
    hands.session.open(Route(name="contact_log"))
    hands.settle()
    if hearing:
        hands.type("2")
    page = hands.page
    assert isinstance(page, ContactLogPage)
    return page


def log_contact(hands: Hands, name: str, digits: str) -> None:
    """Name, Enter, kind and needs by digits, Enter: four groups."""
    hands.type(name)
    hands.press(Qt.Key.Key_Return)
    hands.type(digits)
    hands.press(Qt.Key.Key_Return)


def persons_in(desk: Desk, comps: tuple[str, ...] = ("team", "pastoral", "vault")) -> dict[str, str | None]:
    """rid → person of every record that this login opens."""
    found = {}
    for comp in comps:
        for (rid,) in desk.index(comp).rows("SELECT rid FROM seen"):
            found[rid] = desk.read(comp, rid).person
    return found


def test_ten_contacts_take_fifty_groups_and_one_signature(hands: Hands) -> None:
    watch = MouseWatch()
    open_log(hands, hearing=False)
    application().installEventFilter(watch)
    hands.groups = 0

    hands.type("2")
    for number in range(10):
        log_contact(hands, NAMES[number % 3], f"{1 + number % 9}16")
    hands.press(Qt.Key.Key_Return, CTRL)
    hands.press(Qt.Key.Key_Return, CTRL)

    assert hands.groups <= 50
    assert watch.presses == 0
    desk, notes = hands.session.desk, hands.session.services.notes
    assert notes.drafts() == ()
    pages = {name: notes.timeline.page(person) for name, person in hands.people.items()}
    assert {name: len(page) for name, page in pages.items()} == {"Idrissa": 4, "Omar": 3, "Amina": 3}
    for name, page in pages.items():
        others = [each for each in ("Idrissa", "Omar", "Amina") if each != name]
        for entry in page:
            kept = str(desk.read(PASTORAL, entry.rid).payload)
            assert not any(hands.people[other] in kept or other in kept for other in others)


def test_all_contacts_are_signed_in_one_commit_or_none_is(hands: Hands) -> None:
    page = open_log(hands)
    log_contact(hands, "idr", "21")
    log_contact(hands, "omar", "4")
    before = hands.session.desk.truth.head().n
    hands.press(Qt.Key.Key_Return, CTRL)
    assert page.strip.is_open()
    assert "Idrissa K." in page.strip.sentence
    assert "Omar S." in page.strip.sentence
    assert hands.session.desk.truth.head().n == before

    hands.press(Qt.Key.Key_Return, CTRL)

    assert (
        hands.session.desk.truth.head().n == before + 5
    )  # two notes, two tallies, the text of their form, nothing between


def test_a_declined_visit_is_a_normal_value_and_asks_nothing_more(hands: Hands) -> None:
    page = open_log(hands)
    hands.type("omar")
    hands.press(Qt.Key.Key_Return)
    page._form._came.choose("declined")
    page._form.entered.emit()
    hands.settle()
    hands.press(Qt.Key.Key_Return, CTRL)
    hands.press(Qt.Key.Key_Return, CTRL)

    (entry,) = hands.session.services.notes.timeline.page(hands.people["Omar"])
    note = hands.session.services.notes.timeline.open(entry.comp, entry.rid)
    assert note.part.answer("hdr.7") == "declined"
    assert hands.session.services.months.month_sheet(f"{entry.occurred_at:%Y-%m}").declined == 1


def test_what_is_missing_is_said_at_its_field_and_what_was_typed_stays(hands: Hands) -> None:
    page = open_log(hands, hearing=False)
    hands.to("Person")
    hands.type("idr")
    hands.press(Qt.Key.Key_Return)
    page._form._promise.setText("Bring a dictionary")
    page._form._by.line.setText("the day after")
    page._form.entered.emit()
    hands.settle()

    said = everything_said(page)
    assert "within hearing" in said
    assert "is not a date" in said
    assert page._form.person.chosen() == hands.people["Idrissa"]
    assert page._form._promise.text() == "Bring a dictionary"
    assert page._form._by.line.text() == "the day after"
    (draft,) = hands.session.services.notes.drafts()
    assert draft.answers["cha.C6"] == "Bring a dictionary"


def test_confession(hands: Hands) -> None:
    """After 0 no text field is alive, no name is in sight, and no row with a person is left (domain.md 14.4)."""
    page = open_log(hands)
    log_contact(hands, "omar", "2")
    desk = hands.session.desk
    before, drafts = persons_in(desk), {draft.id for draft in desk.drafts()}
    hands.type("idr")
    hands.press(Qt.Key.Key_Return)
    page._form._promise.setText("Something that was said")
    page.keep()
    assert len(desk.drafts()) == len(drafts) + 1

    page._form._kind.buttons()[0].setFocus()
    hands.type("0")

    assert isinstance(page._block, EncounterBlock)
    assert page.findChildren(QLineEdit) == []
    assert page.findChildren(QTextEdit) == []
    said = everything_said(page)
    assert not any(name in said for name in ("Idrissa", "Omar", "Amina", "Something", "orship"))
    assert {draft.id for draft in desk.drafts()} == drafts

    hands.press(Qt.Key.Key_Return, CTRL)

    made = {rid: person for rid, person in persons_in(desk).items() if rid not in before}
    assert list(made.values()) == [None]
    month = hands.site.clock.now().date().isoformat()[:7]
    assert hands.session.services.months.month_sheet(month).encounters == 1
    assert isinstance(hands.page, ContactLogPage)
    assert page._block is None


def test_0_before_any_name_closes_the_form_too(hands: Hands) -> None:
    page = open_log(hands)
    hands.type("0")
    assert isinstance(page._block, EncounterBlock)
    assert "November" in page._block.act_words()


def test_a_link_is_made_only_where_it_is_asked_for(hands: Hands) -> None:
    page = open_log(hands)
    hands.type("0")
    block = page._block
    assert isinstance(block, EncounterBlock)
    block._link.choose("yes")
    page.main_act()
    assert "Choose the person" in everything_said(page)
    block._person.setCurrentIndex(block._person.findData(hands.people["Amina"]))
    block._band.choose("10:20")
    page.main_act()

    links = hands.session.desk.index(PASTORAL).rows("SELECT person, band FROM notes_link")
    assert links == [(hands.people["Amina"], "10:20")]


@pytest.mark.parametrize("typed", ["", "many", "-3", "0", "9" * 40, "4.5", "５００\u202e"])
def test_nonsense_is_no_count_of_worship(hands: Hands, typed: str) -> None:
    page = open_log(hands)
    page._form._kind.choose("worship")
    hands.settle()
    block = page._block
    assert isinstance(block, WorshipBlock)
    block._number.setText(typed)
    page.main_act()

    assert page._block is block
    assert block._field.error
    assert block._number.text() == typed


def test_worship_is_a_number_without_names(hands: Hands) -> None:
    page = open_log(hands)
    before = persons_in(hands.session.desk)
    page._form._kind.choose("worship")
    hands.settle()
    hands.type("42")
    hands.press(Qt.Key.Key_Return, CTRL)

    desk = hands.session.desk
    (rid,) = persons_in(desk).keys() - before.keys()
    record = desk.read(PASTORAL, rid)
    assert record.person is None
    assert dict(record.payload) == {"what": "worship", "month": "2026-11", "number": 42}
    sheet = hands.session.services.months.month_sheet("2026-11")
    assert (sheet.gatherings, sheet.worship) == (1, 42)


def test_a_contact_in_hand_outlives_the_lock(hands: Hands) -> None:
    page = open_log(hands)
    log_contact(hands, "omar", "2")
    hands.type("idr")
    hands.press(Qt.Key.Key_Return)
    page._form._promise.setText("Half a prom")
    hands.lock()
    hands.start_again()
    hands.sign_in("cha")

    again = hands.page
    assert isinstance(again, ContactLogPage)
    assert again._form.person.chosen() == hands.people["Idrissa"]
    assert again._form._promise.text() == "Half a prom"
    assert len(again._others()) == 1


def test_words_of_sealed_matters_warn_and_never_block(hands: Hands) -> None:
    page = open_log(hands)
    hands.type("idr")
    hands.press(Qt.Key.Key_Return)
    hands.type("2")
    page._form._promise.setText("He confessed that")
    assert page._form._warned.isVisibleTo(page)
    page._form.entered.emit()
    hands.settle()
    assert len(page._others()) == 1

    page._form._promise.setText("Bring a prayer mat")
    assert not page._form._warned.isVisibleTo(page)


def test_only_a_chaplain_has_these_pages(hands: Hands) -> None:
    for sign_in in ("psy", "case", "sup", "adm"):
        hands.sign_in(sign_in)
        for route in ("contact_log", "contribution"):
            hands.session.open(Route(name=route, person=hands.people["Idrissa"]))
            assert not isinstance(hands.page, ContactLogPage | ContributionPage)
        assert "month_sheet" not in {name for name, *_ in hands.session.pages.menu()}
        assert "Log contacts" not in {hit.words for hit in hands.session.find("log")}
        hands.lock()
        hands.start_again()


def test_the_month_sheet_holds_numbers_and_no_names(hands: Hands) -> None:
    open_log(hands)
    for name, digits in (("idr", "21"), ("omar", "216"), ("ami", "41")):
        log_contact(hands, name, digits)
    hands.press(Qt.Key.Key_Return, CTRL)
    hands.press(Qt.Key.Key_Return, CTRL)
    hands.session.open(Route(name="month_sheet"))
    hands.settle()

    sheet = hands.session.services.months.month_sheet("2026-11")
    assert sheet.kinds == {"routine_visit": 2, "illness_bereavement": 1}
    assert sheet.needs == {"books": 3, "listening": 1}
    assert sheet.materials == 3
    said = everything_said(hands.page)
    assert "Routine visit: 2" in said
    ids = [*hands.people.values(), "Idrissa", "Omar", "Amina", "24-017"]
    assert not any(each in said for each in ids)

    hands.page._month.choose("2026-10")  # type: ignore[attr-defined]  # the page of the month
    hands.settle()
    assert any("Nothing is counted" in label.text() for label in hands.page.findChildren(QLabel))


def test_a_promise_is_ticked_on_the_day_and_the_tick_taken_back(hands: Hands) -> None:
    page = open_log(hands)
    hands.type("idr")
    hands.press(Qt.Key.Key_Return)
    hands.type("2")
    page._form._promise.setText("Bring a dictionary")
    page._form._by.line.setText("fri")
    page._form._by.settle()
    page._form._reminder.set_words("Second volume")
    page._form.entered.emit()
    hands.settle()
    hands.press(Qt.Key.Key_Return, CTRL)
    hands.press(Qt.Key.Key_Return, CTRL)
    follow_ups = hands.session.services.follow_ups
    (promise,) = follow_ups.open()
    assert promise.words == "Bring a dictionary"
    assert promise.on is not None
    assert promise.on > hands.site.clock.now().date()
    hands.session.open(Route(name="day"))
    hands.settle()

    hands.push("Idrissa K.: \u2068Bring a dictionary")
    assert follow_ups.open() == ()
    assert follow_ups.reminders() == ()
    hands.press(Qt.Key.Key_Space)

    assert [one.words for one in follow_ups.open()] == ["Bring a dictionary"]
    assert [one.words for one in follow_ups.reminders()] == ["Second volume"]


def test_a_contribution_asks_for_consent_reading_back_and_agreement(hands: Hands) -> None:
    hands.sign_in("cha")
    person = hands.people["Idrissa"]
    hands.session.open(Route(name="contribution", person=person))
    hands.settle()
    page = hands.page
    assert isinstance(page, ContributionPage)
    hands.type("He helps to keep the library.")
    hands.press(Qt.Key.Key_Return, CTRL)
    assert "Read the contribution back" in everything_said(page)
    page._read_back.setChecked(True)
    hands.press(Qt.Key.Key_Return, CTRL)
    assert "How did the person agree" in everything_said(page)
    page._agreed.choose("thumbprint")
    hands.press(Qt.Key.Key_Return, CTRL)

    hands.type("dje")
    hands.digit("Signature", 3)
    hands.push("Record the consent")
    assert hands.session.services.contributions.consent(person) is not None
    hands.press(Qt.Key.Key_Return, CTRL)
    assert "Idrissa K." in page.strip.sentence
    hands.press(Qt.Key.Key_Return, CTRL)

    (entry,) = hands.session.services.notes.timeline.page(person)
    assert hands.session.desk.read("team", entry.rid).payload["agreed"] == "thumbprint"
    assert hands.session.desk.drafts() == ()


NONSENSE = ["x" * 400, "a\u202eb", "a\x00b", "p" * 1_000_000, "\ue000"]


@pytest.mark.parametrize("typed", NONSENSE)
def test_nonsense_in_a_promise_is_said_at_its_field_and_keeps_the_rest(hands: Hands, typed: str) -> None:
    page = open_log(hands)
    hands.type("idr")
    hands.press(Qt.Key.Key_Return)
    hands.type("21")
    page._form._promise.setMaxLength(2_000_000)
    page._form._promise.setText(typed)
    page._form.entered.emit()
    hands.settle()

    assert page._form.person.chosen() == hands.people["Idrissa"]
    assert page._form._kind.code() == "routine_visit"
    assert page._form._needs.codes() == ("books",)
    assert any(field.error for field in page._form._fields.values())
    assert page._others() == []
    hands.press(Qt.Key.Key_Return, CTRL)
    assert not page.strip.is_open()
    assert hands.session.services.notes.timeline.page(hands.people["Idrissa"]) == ()


def test_somebody_elses_case_is_refused_at_the_name(hands: Hands) -> None:
    people = People(hands.site.open("case"))
    for one in people.assignments(hands.people["Omar"]):
        people.end_assignment(one.id, until=date(2026, 6, 1))
    hands.site.close()
    page = open_log(hands)
    log_contact(hands, "omar", "2")

    assert "not assigned" in page._form._fields["hdr.1"].error
    assert page._form._kind.code() == "routine_visit"
    assert hands.session.services.notes.drafts() == ()


def test_a_contact_is_taken_up_again_and_given_up_with_the_strip(hands: Hands) -> None:
    page = open_log(hands)
    log_contact(hands, "idr", "21")
    log_contact(hands, "omar", "4")
    hands.push("Change: Idrissa K.")
    assert page._form.person.chosen() == hands.people["Idrissa"]
    assert page._form._needs.codes() == ("books",)
    page._form.entered.emit()
    hands.settle()
    assert len(page._others()) == 2

    hands.push("Delete the draft: Omar S.")
    assert "Omar S." in page.strip.sentence
    hands.press(Qt.Key.Key_Return)
    assert len(page._others()) == 2, "the answer at hand is Back"
    hands.push("Delete the draft: Omar S.")
    hands.press(Qt.Key.Key_Return, CTRL)
    assert [one.draft.person_id for one in page._others()] == [hands.people["Idrissa"]]


def test_a_concern_for_life_is_said_after_signing(hands: Hands) -> None:
    page = open_log(hands)
    hands.type("idr")
    hands.press(Qt.Key.Key_Return)
    hands.type("2")
    page._form._concern.choose("yes")
    page._form.entered.emit()
    said: list[str] = []
    page.said.connect(said.append)
    hands.press(Qt.Key.Key_Return, CTRL)
    hands.press(Qt.Key.Key_Return, CTRL)

    assert "Idrissa K." in said[-1]
    assert "safety alert" in said[-1]
