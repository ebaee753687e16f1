"""The pages of a person's record by the keyboard alone, and what a role does not have: absent, not greyed."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QPushButton, QTabBar, QWidget
from pytestqt.qtbot import QtBot

from rehabdesk.access.model import Role
from rehabdesk.core.errors import UserError
from rehabdesk.people.consent_model import ConsentStatus
from rehabdesk.people.legal_model import Stage
from rehabdesk.people.model import BirthPrecision, Capacity
from rehabdesk.people.view.legal_page import LegalPage
from rehabdesk.people.view.people_page import PeoplePage
from rehabdesk.people.view.person_page import PersonPage
from rehabdesk.people.view.record_page import RecordPage
from rehabdesk.people.view.register_page import RegisterPage
from rehabdesk.ui.page import Route
from tests.desks import STAFF
from tests.windows import CTRL, Hands, everything_said, hands_on

RECORD = ("person_edit", "legal", "placements", "assignments", "consents")
EVERYBODY = (*STAFF, ("fac", Role.FAC), ("aud", Role.AUD))
HOSTILE = ("x" * 5_000, "\u202ereversed", "a\x07b", "a\ue000b")


@pytest.fixture
def hands(qtbot: QtBot, tmp_path: Path) -> Iterator[Hands]:
    with hands_on(qtbot, tmp_path, staff=EVERYBODY) as held:
        yield held


def open_record(hands: Hands, route: str, who: str = "Idrissa") -> RecordPage:
    hands.session.open(Route(name=route, person=hands.people[who]))
    hands.settle()
    assert isinstance(hands.page, RecordPage), route
    return hands.page


def names_of_buttons(widget: QWidget) -> list[str]:
    return [button.accessibleName() for button in widget.findChildren(QPushButton) if button.isVisible()]


def test_the_identity_is_changed_from_the_head_and_taken_back_by_keys(hands: Hands) -> None:
    hands.sign_in("case")
    person = hands.people["Idrissa"]
    hands.session.open(Route(name="person", person=person, id="overview"))
    hands.push("Edit")
    assert isinstance(hands.page, RecordPage)
    born = hands.to("Born")
    assert isinstance(born, QLineEdit)
    born.selectAll()
    hands.type("3 Mar 1998")
    hands.press(Qt.Key.Key_Return, CTRL)

    details = hands.session.services.people.person(person).details
    assert (details.birth_date, details.birth_precision) == (date(1998, 3, 3), BirthPrecision.DAY)
    assert "birth" in hands.session.frame.toast.words
    hands.page.undo()
    details = hands.session.services.people.person(person).details
    assert details.birth_precision is BirthPrecision.ESTIMATED
    assert "Versions" in everything_said(hands.page)


@pytest.mark.parametrize("words", HOSTILE)
def test_nonsense_in_a_field_gives_a_sentence_and_keeps_every_other_field(hands: Hands, words: str) -> None:
    hands.sign_in("case")
    people, person = hands.session.services.people, hands.people["Idrissa"]
    before = people.person(person)
    for caption in ("Given name", "Display name", "Case number", "Born", "Nationality", "Other spellings"):
        page = open_record(hands, "person_edit")
        lines = [each for each in page.findChildren(QLineEdit) if each.isVisible()]
        next(each for each in lines if each.accessibleName().startswith(caption)).setText(words)
        typed = {each: each.text() for each in lines}
        page.main_act()

        assert "There is a problem" in everything_said(page), caption
        assert {each: each.text() for each in lines} == typed, caption
    assert people.person(person) == before


def test_a_name_in_another_script_and_a_language_by_its_name(hands: Hands) -> None:
    hands.sign_in("case")
    person = hands.people["Idrissa"]
    open_record(hands, "person_edit")
    hands.push("Add a name or a script")
    line = hands.focus
    assert isinstance(line, QLineEdit)
    line.setText("إدريسا")  # QTest has no keys for Arabic letters
    hands.push("Add a language")
    combo = hands.focus
    assert isinstance(combo, QComboBox)
    hands.qtbot.wait(500)
    hands.type("Fren")
    hands.press(Qt.Key.Key_Return, CTRL)

    details = hands.session.services.people.person(person).details
    assert [name.script.value for name in details.names] == ["latin", "arabic"]
    assert [each.code for each in details.languages] == ["dje", "fr"]
    assert hands.session.services.people.find("ادريسا")


def test_what_is_typed_into_an_identity_is_there_again_after_a_lock(hands: Hands) -> None:
    hands.sign_in("case")
    open_record(hands, "person_edit")
    hands.fill("Kunya", "Abu Sena")
    hands.lock()
    hands.start_again()
    hands.sign_in("case")
    page = hands.page
    assert isinstance(page, RecordPage)
    assert "Abu Sena" in [line.text() for line in page.findChildren(QLineEdit) if line.isVisible()]
    assert hands.session.services.people.find("Sena") == ()
    page.main_act()
    assert hands.session.services.people.find("Sena")


def test_only_what_may_follow_is_offered_and_ctrl_z_takes_it_back(hands: Hands) -> None:
    hands.sign_in("case")
    person = hands.people["Idrissa"]
    open_record(hands, "legal")
    hands.press(Qt.Key.Key_Return, CTRL)
    combo = hands.focus
    assert isinstance(combo, QComboBox)
    offered = [combo.itemText(place) for place in range(combo.count())]
    assert "Before trial, not convicted" not in offered
    assert "Released, supervised" not in offered
    hands.qtbot.wait(500)
    hands.type("Before")
    hands.digit("Warrant", 3)
    hands.press(Qt.Key.Key_Return, CTRL)
    people = hands.session.services.people
    assert people.legal(person).stage is Stage.PRE_RELEASE

    hands.press(Qt.Key.Key_Z, CTRL)
    assert people.legal(person).stage is Stage.SENTENCED
    assert "Taken back" in hands.session.frame.toast.words
    assert isinstance(hands.page, LegalPage)


def test_a_release_asks_for_day_route_and_source_and_tells_what_is_open_afterwards(hands: Hands) -> None:
    hands.sign_in("case")
    person, services = hands.people["Idrissa"], hands.session.services
    services.releases.open_list(person, date(2027, 1, 8))
    page = open_record(hands, "legal")
    assert "Still open" not in everything_said(page)
    hands.push("Record the release")
    hands.choose("By which way", "End")
    hands.press(Qt.Key.Key_Return, CTRL)
    assert services.people.legal(person).stage is Stage.SENTENCED
    assert "Say where the day comes from." in everything_said(page)
    hands.digit("Warrant", 2)
    hands.press(Qt.Key.Key_Return, CTRL)

    assert services.people.legal(person).stage is Stage.RELEASED_UNSUPERVISED
    assert "Still open" in everything_said(page)
    hands.session.open(Route(name="person", person=person, id="overview"))
    assert "Released on" in everything_said(hands.page)


def test_the_banner_of_a_person_who_is_not_convicted_stands_on_every_page_of_the_record(hands: Hands) -> None:
    hands.sign_in("case")
    services, person = hands.session.services, hands.people["Omar"]
    services.people.set_stage(
        person, Stage.PRE_TRIAL, on=date(2026, 11, 1), source=services.people.legal(person).source, correction="slip"
    )
    banner = "This person is not convicted. Do not write about the alleged facts."
    for route in RECORD:
        assert banner in everything_said(open_record(hands, route, "Omar")), route
    hands.session.open(Route(name="person", person=person, id="overview"))
    assert banner in everything_said(hands.page)
    page = open_record(hands, "legal", "Omar")
    hands.push("Dates and papers")
    captions = [line.accessibleName() for line in page.findChildren(QLineEdit) if line.isVisible()]
    assert "Short label" not in captions
    assert "Conviction" not in captions
    hands.session.open(Route(name="plan_write", person=person, id="new"))
    assert "Responsibility, harm" not in everything_said(hands.page)


def test_who_was_cleared_is_on_my_day_of_officer_and_supervisor(hands: Hands) -> None:
    hands.sign_in("case")
    services, person = hands.session.services, hands.people["Omar"]
    services.people.set_stage(person, Stage.CLEARED, on=date(2026, 11, 24), source=services.people.legal(person).source)
    for name in ("case", "sup"):
        hands.session.open(Route(name="day"))
        assert "Review for erasure, Omar S. was cleared" in everything_said(hands.page), name
        if name == "case":
            hands.lock()
            hands.start_again()
            hands.sign_in("sup")


def test_a_transferred_case_is_read_only_but_for_its_stage(hands: Hands) -> None:
    hands.sign_in("case")
    services, person = hands.session.services, hands.people["Omar"]
    services.people.set_stage(
        person, Stage.TRANSFERRED, on=date(2026, 11, 24), source=services.people.legal(person).source
    )
    writes = {"person_edit": "Save changes", "placements": "Record a move", "assignments": "Assign somebody"}
    for route, act in {**writes, "consents": "Record an answer"}.items():
        assert act not in names_of_buttons(open_record(hands, route, "Omar")), route
    assert "Change the stage" in names_of_buttons(open_record(hands, "legal", "Omar"))


def test_a_move_an_assignment_and_its_end_by_keys(hands: Hands) -> None:
    hands.sign_in("case")
    person, people = hands.people["Idrissa"], hands.session.services.people
    open_record(hands, "placements")
    hands.press(Qt.Key.Key_Return, CTRL)
    hands.fill("Unit", "C1-02")
    hands.press(Qt.Key.Key_Return, CTRL)
    assert people.row(person).unit == "C1-02"
    hands.press(Qt.Key.Key_Z, CTRL)
    assert people.row(person).unit == "B2-14"

    page = open_record(hands, "assignments")
    hands.press(Qt.Key.Key_Return, CTRL)
    hands.choose("In which capacity?", "Author")
    hands.choose("Who?", "Name")
    hands.press(Qt.Key.Key_Return, CTRL)
    assert "The same psychologist would treat" in everything_said(page)
    hands.fill("Why must one person", "Nobody else speaks Zarma.")
    hands.press(Qt.Key.Key_Return, CTRL)
    held = [one.details.capacity for one in people.assignments(person)]
    assert Capacity.ASSESSMENT_AUTHOR in held
    hands.push("End: \u2068Name of cha")
    assert "no longer works with" in page.strip.sentence
    hands.press(Qt.Key.Key_Return, CTRL)
    ended = next(one for one in people.assignments(person) if one.details.capacity is Capacity.CHAPLAIN)
    assert ended.details.until is not None


def test_a_consent_is_recorded_withdrawn_and_its_notice_offered_by_keys(hands: Hands) -> None:
    hands.sign_in("case")
    person, consents = hands.people["Idrissa"], hands.session.services.people.consents
    page = open_record(hands, "consents")
    hands.press(Qt.Key.Key_Return, CTRL)
    hands.fill("Organisation", "NGO Atelier")
    hands.fill("What it covers", "The plan and the certificate")
    hands.digit("Given", 1)
    hands.press(Qt.Key.Key_Return, CTRL)
    assert "In which language was it explained?" in everything_said(page)
    hands.choose("Explained in", "Zarma")
    hands.digit("Signature", 2)
    hands.fill("Until", "24 May 2027")
    hands.press(Qt.Key.Key_Return, CTRL)
    (kept,) = consents.of_person(person)
    assert kept.details.recipient == "NGO Atelier"
    assert kept.details.review_due == date(2027, 5, 24)

    hands.push("Withdraw")
    hands.press(Qt.Key.Key_Return, CTRL)
    assert consents.of_person(person)[0].details.status is ConsentStatus.WITHDRAWN
    assert any(name.startswith("Print the notice") for name in names_of_buttons(page))


def test_a_contact_that_is_unsafe_sends_its_reason_to_the_safeguarding_lead(hands: Hands) -> None:
    hands.sign_in("case")
    person = hands.people["Idrissa"]
    hands.session.open(Route(name="person", person=person, id="contacts"))
    hands.push("Add a contact")
    hands.type("Harouna Kada")
    hands.digit("Not asked", 4)
    hands.fill("Why is contact unsafe?", "Zebrafish waits at the gate.")
    hands.press(Qt.Key.Key_Return, CTRL)

    (contact,) = hands.session.services.people.contacts(person)
    assert contact.details.protected_note
    said = everything_said(hands.page)
    assert "kept with the safeguarding lead" in said
    assert "Zebrafish" not in said
    assert hands.session.services.people.find("Zebrafish") == ()


def test_a_person_who_may_be_there_already_is_shown_before_somebody_is_added_twice(hands: Hands) -> None:
    hands.sign_in("case")
    hands.session.open(Route(name="register"))
    page = hands.page
    assert isinstance(page, RegisterPage)
    hands.fill("Given name", "Idrisa")
    hands.fill("Family name", "Kada")
    hands.fill("Case number", "24-555")
    hands.press(Qt.Key.Key_Return, CTRL)
    assert "Maybe already in the register" in everything_said(page)
    assert hands.session.services.people.find("24-555") == ()
    hands.press(Qt.Key.Key_Return, CTRL)
    assert hands.session.services.people.find("24-555")


def test_an_empty_register_offers_what_there_is(qtbot: QtBot, tmp_path: Path) -> None:
    with hands_on(qtbot, tmp_path, people=False) as hands:
        hands.sign_in("case")
        hands.session.open(Route(name="people"))
        page = hands.page
        assert isinstance(page, PeoplePage)
        has_import = hands.session.pages.exists(Route(name="import"))
        names = names_of_buttons(page)
        assert "Add the first person" in names
        assert ("Bring in a list (CSV)" in names) is has_import


@pytest.mark.parametrize(
    ("sign_in", "pages", "tabs"),
    [
        ("cha", {"consents"}, {"Contacts"}),
        ("aud", set(RECORD), {"Contacts", "Packets"}),
        ("sup", set(RECORD), {"Contacts", "Packets"}),
        ("psy", set(RECORD), {"Contacts", "Packets"}),
    ],
)
def test_what_a_role_does_not_have_is_absent(hands: Hands, sign_in: str, pages: set[str], tabs: set[str]) -> None:
    hands.sign_in(sign_in)
    person = hands.people["Idrissa"]
    for route in RECORD:
        if route in pages:
            open_record(hands, route)
            continue
        with pytest.raises(UserError):
            hands.session.pages.make(Route(name=route, person=person))
    hands.session.open(Route(name="person", person=person, id="overview"))
    page = hands.page
    assert isinstance(page, PersonPage)
    bar = page.findChild(QTabBar, "person-tabs")
    assert bar is not None
    shown = {bar.tabText(place).split(" ")[0] for place in range(bar.count())}
    assert shown & {"Contacts", "Packets"} == tabs
    said = everything_said(hands.window)
    whole = sign_in != "cha"
    for secret in ("Born about", "Sentenced", "6 Aug 2027"):
        assert (secret in said) is whole, secret
    assert "Zarma" in said
    assert "B2-14" in said
    assert ("Details" in names_of_buttons(page)) is whole
    if sign_in == "aud":
        for route in RECORD:
            acts = names_of_buttons(open_record(hands, route))
            assert not {"Save changes", "Record a move", "Assign somebody", "Record an answer"} & set(acts)


def test_a_facilitator_opens_nobody_who_is_in_no_group_of_theirs(hands: Hands) -> None:
    hands.sign_in("fac")
    for route in (*RECORD, "person"):
        with pytest.raises(UserError):
            hands.session.pages.make(Route(name=route, person=hands.people["Idrissa"]))


def test_an_administrator_finds_no_person_at_all(hands: Hands) -> None:
    hands.sign_in("adm")
    assert "people" not in [name for name, *_rest in hands.session.pages.menu()]
    for route in (*RECORD, "person"):
        hands.session.open(Route(name=route, person=hands.people["Idrissa"]))
        assert "Idrissa" not in everything_said(hands.window)
    assert hands.session.find("Idrissa") == []
