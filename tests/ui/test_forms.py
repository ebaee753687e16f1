"""Other forms through the window: choosing one, switching layouts, older drafts, what follows after signing."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QPushButton
from pytestqt.qtbot import QtBot

from rehabdesk.notes.assessments.view.assessments_page import AssessmentsPage
from rehabdesk.notes.forms.form_model import FieldType
from rehabdesk.notes.model import Part
from rehabdesk.notes.view.follow_page import FollowPage
from rehabdesk.notes.view.note_page import NotePage
from rehabdesk.people.consent_model import ConsentDetails, ConsentMethod, ConsentPurpose, ConsentStatus
from rehabdesk.people.model import ContactConsent, ContactDetails, ContactKind
from rehabdesk.people.service import People
from rehabdesk.people.view.person_page import PersonPage
from rehabdesk.plans.domain_service import load_domains
from rehabdesk.plans.model import StepStatus
from rehabdesk.plans.service import Plans
from rehabdesk.ui.page import Route
from tests.notes.sessions import KEYWORK, SAFE, SESSION
from tests.plans.cases import activate
from tests.windows import CTRL, Hands, everything_said, hands_on


@pytest.fixture
def hands(qtbot: QtBot, tmp_path: Path) -> Iterator[Hands]:
    with hands_on(qtbot, tmp_path) as ready:
        yield ready


def note_page(hands: Hands, form: str) -> NotePage:
    hands.session.open(Route(name="note", person=hands.people["Idrissa"], id=f"form:{form}"))
    hands.settle()
    assert isinstance(hands.page, NotePage)
    return hands.page


def answer(page: NotePage, answers: dict[str, object]) -> None:
    for code, value in answers.items():
        if code in page.sheet._boxes:
            page.sheet._boxes[code].take({code: value})  # type: ignore[dict-item]  # answers of that field
    page.sheet._touched()


def buttons(page: NotePage) -> list[str]:
    return [button.accessibleName() for button in page.findChildren(QPushButton) if button.isVisible()]


def test_a_new_note_begins_with_the_first_form_and_another_is_a_tab_away(hands: Hands) -> None:
    hands.sign_in("case")
    hands.session.open(Route(name="person", person=hands.people["Idrissa"], id="overview"))
    hands.press(Qt.Key.Key_N, CTRL)
    hands.wait(lambda: isinstance(hands.page, NotePage))
    page = hands.page
    assert isinstance(page, NotePage)
    assert page.sheet.form.name == "keywork"
    hands.push("Write instead: Family contact")
    assert isinstance(hands.page, NotePage)
    assert hands.page.sheet.form.name == "family_contact"
    hits = hands.session.find("write")
    assert [hit.route.id for hit in hits if hit.route.name == "note"] == [
        "form:keywork",
        "form:family_contact",
        "form:voice_statement",
    ]


def test_switching_the_layout_carries_texts_and_shows_what_has_no_place(hands: Hands) -> None:
    hands.sign_in("psy")
    page = note_page(hands, "psychologist_session")
    answer(page, {"psy.P2": "SOAP", "psy.P3.said": "His words", "psy.P3.seen": "What I saw"})
    answer(page, {"psy.P2": "DAP"})
    answers = page.sheet.answers()
    assert answers["psy.P3.happened"] == "What I saw"
    assert answers["psy.P3.said"] == "His words"
    assert "His words" in everything_said(page.sheet.leftovers)
    page.keep()
    draft = hands.session.services.notes.drafts()[0]
    assert draft.answers["psy.P3.said"] == "His words"

    hands.push("Move Said")
    assert page.sheet.answers()["psy.P3.happened"] == "What I saw\n\nHis words"
    assert page.sheet.leftovers.isHidden()
    assert page.sheet._boxes["psy.P3.happened"].isAncestorOf(hands.focus)


def test_what_is_asked_under_a_condition_is_made_then_and_tab_goes_through_it_where_it_stands(hands: Hands) -> None:
    hands.sign_in("psy")
    page = note_page(hands, "psychologist_session")
    made, _ = page.sheet.made
    assert {"psy.P3.free", "psy.P2", "psy.P6"} <= made.keys()
    assert not {"psy.P3.said", "psy.P3.happened", "psy.P3.plan", "hdr.8.by", "psy.P12.reason"} & made.keys()

    answer(page, {"psy.P2": "SOAP"})
    hands.settle()
    page.sheet._boxes["psy.P3.said"].control().setFocus()
    gone_through = [page.sheet._code_in_hand()]
    for _ in range(5):
        hands.press(Qt.Key.Key_Tab)
        gone_through.append(page.sheet._code_in_hand())
    assert gone_through[:4] == ["psy.P3.said", "psy.P3.seen", "psy.P3.sense", "psy.P3.steps"]
    assert gone_through[4] == "psy.P6"
    hands.press(Qt.Key.Key_Backtab)
    hands.press(Qt.Key.Key_Backtab)
    assert page.sheet._code_in_hand() == "psy.P3.steps"


def test_what_is_cleared_comes_back_by_undo(hands: Hands) -> None:
    hands.sign_in("psy")
    page = note_page(hands, "psychologist_session")
    answer(page, {"psy.P2": "SOAP", "psy.P3.said": "His words"})
    answer(page, {"psy.P2": "DAP"})
    hands.push("Clear: Said")
    assert "psy.P3.said" not in page.sheet.answers()
    page.undo()
    assert page.sheet.answers()["psy.P3.said"] == "His words"


def test_a_draft_of_an_older_form_opens_with_every_answer(hands: Hands) -> None:
    hands.sign_in("case")
    person, notes = hands.people["Idrissa"], hands.session.services.notes
    older = {
        **KEYWORK,
        "key.K1": "every_new_moon",
        "key.K77": "A text whose question is gone.",
        "key.K5": ("call_made", "letter_sent"),
    }
    draft = notes.start("keywork", person, answers=older)
    hands.session.open(Route(name="note", person=person, id=draft))
    page = hands.page
    assert isinstance(page, NotePage)
    page.sheet._touched()
    page.keep()
    assert notes.draft(draft).answers == older
    said = everything_said(page.sheet.leftovers)
    assert "A text whose question is gone." in said
    assert "Why we met" in said
    assert "every_new_moon" not in said

    hands.press(Qt.Key.Key_Return, CTRL)
    links = [button for button in page.findChildren(QPushButton) if button.property("kind") == "errorlink"]
    assert len(links) == 3
    for _ in range(3):
        row = page.sheet.leftovers._shown[0]
        page.sheet.leftovers._clear(row.code)
    answer(page, {"key.K1": "weekly"})
    assert page.sheet.answers() == {**KEYWORK, "key.K1": "weekly", "key.K5": ("call_made",)}
    assert page.sheet.leftovers.isHidden()


def test_a_family_contact_is_picked_from_the_record_and_who_is_barred_is_told(hands: Hands) -> None:
    person = hands.people["Idrissa"]
    people = People(hands.site.open("case"))
    mother = ContactDetails(
        kind=ContactKind.FAMILY, name="Mariam", relation="mother", consent_to_be_contacted=ContactConsent.YES
    )
    people.circle.add(person, mother)
    people.circle.add(person, ContactDetails(kind=ContactKind.FAMILY, name="Sani", do_not_contact=True))
    hands.sign_in("case")
    page = note_page(hands, "family_contact")
    said = everything_said(page.sheet)
    assert "do not contact" in said
    assert "No consent to contact with the family stands." in said
    assert "Kept with the safeguarding lead" in said
    names = [box.text() for box in page.sheet._boxes["fam.F2"].findChildren(QCheckBox)]
    assert names == ["Mariam, mother", "Children only", "Other (say)"]

    hands.push("Record the person's answer")
    assert isinstance(hands.page, PersonPage)
    (draft,) = hands.session.services.notes.drafts()
    hands.session.services.people.consents.record(
        person,
        ConsentDetails(
            purpose=ConsentPurpose.FAMILY_CONTACT,
            status=ConsentStatus.GIVEN,
            scope="Calls with my mother",
            explained_in="fr",
            method=ConsentMethod.SIGNATURE,
            given_on=hands.site.clock.now().date(),
        ),
    )
    hands.session.open(Route(name="note", person=person, id=draft.id))
    again = hands.page
    assert isinstance(again, NotePage)
    hands.choose("Form of contact", "Phone")
    hands.push("Mariam, mother")
    hands.choose("The person's consent", "Calls")
    answer(again, {"hdr.5.hearing": "no"})
    hands.press(Qt.Key.Key_Return, CTRL)
    hands.press(Qt.Key.Key_Return, CTRL)
    (entry,) = hands.session.services.notes.timeline.page(person)
    assert entry.form == "family_contact"


def test_steps_that_a_note_says_have_changed_are_recorded_in_the_plan_by_a_deed_of_their_own(hands: Hands) -> None:
    person = hands.people["Idrissa"]
    desk = hands.site.open("case")
    activate(Plans(desk, People(desk), load_domains()), person)
    hands.sign_in("case")
    page = note_page(hands, "keywork")
    answer(page, {**KEYWORK})
    answer(page, {"key.K8": ("papers",)})
    combos = page.sheet._boxes["key.K4"].findChildren(QComboBox)
    combos[0].setCurrentIndex(combos[0].findData("completed"))
    step = combos[0].accessibleName().partition(": ")[2]
    hands.press(Qt.Key.Key_Return, CTRL)
    hands.press(Qt.Key.Key_Return, CTRL)

    assert isinstance(hands.page, FollowPage)
    said = everything_said(hands.page)
    assert "You noted 1 step as changed." in said
    assert "You talked about: Papers." in said
    before = hands.session.services.plans.in_force(person)
    assert before is not None
    assert StepStatus.COMPLETED not in [one.status for goal in before.plan.goals for one in goal.steps]
    hands.push("Record it in the plan")
    after = hands.session.services.plans.in_force(person)
    assert after is not None
    assert [one.text for goal in after.plan.goals for one in goal.steps if one.status is StepStatus.COMPLETED] == [step]
    assert isinstance(hands.page, FollowPage)
    hands.push("Open the checklist")
    assert isinstance(hands.page, PersonPage)


def test_a_goal_of_the_plan_is_linked_to_what_both_watch(hands: Hands) -> None:
    person = hands.people["Idrissa"]
    desk = hands.site.open("case")
    activate(Plans(desk, People(desk), load_domains()), person)
    hands.sign_in("psy")
    page = note_page(hands, "psychologist_session")
    page.sheet._unfold(True)
    box = page.sheet._boxes["psy.P7.goal"]
    assert box.field.type is FieldType.LINKS
    goal = box.findChildren(QCheckBox)[0]
    goal.setChecked(True)
    words = goal.text()
    answer(page, {code: value for code, value in SESSION.items() if code != "psy.P10"})
    answer(page, {"psy.P10": SAFE})
    hands.press(Qt.Key.Key_Return, CTRL)
    hands.press(Qt.Key.Key_Return, CTRL)
    notes = hands.session.services.notes
    entry = next(one for one in notes.timeline.page(person) if one.part is Part.NOTE)
    hands.session.open(Route(name="note_read", person=person, id=f"{entry.comp}:{entry.rid}"))
    assert words in everything_said(hands.page)


def test_the_own_page_can_be_declined_by_three_keys(hands: Hands) -> None:
    hands.sign_in("cha")
    page = note_page(hands, "voice_statement")
    assert "all four are fine" in everything_said(page.sheet)
    hands.type("4")
    hands.press(Qt.Key.Key_Return, CTRL)
    hands.press(Qt.Key.Key_Return, CTRL)
    (entry,) = hands.session.services.notes.timeline.page(hands.people["Idrissa"])
    assert entry.form == "voice_statement"


def test_an_assessment_made_elsewhere_is_recorded_with_the_warning_for_two_roles(hands: Hands) -> None:
    hands.sign_in("psy")
    hands.session.open(Route(name="person", person=hands.people["Idrissa"], id="notes"))
    hands.push("Assessments made elsewhere")
    page = hands.page
    assert isinstance(page, AssessmentsPage)
    hands.press(Qt.Key.Key_Return, CTRL)
    hands.type("Interview of needs")
    hands.fill("Day", "-3")
    hands.push("I was the assessor")
    hands.fill("Where it is kept", "The ministry")
    hands.press(Qt.Key.Key_Return, CTRL)
    assert "assessment report" in everything_said(page)
    hands.fill("Why it must be so", "Nobody else is trained.")
    hands.press(Qt.Key.Key_Return, CTRL)
    (one,) = hands.session.services.assessments.of_person(hands.people["Idrissa"])
    assert one.assessment.assessor == "Name of psy"
    assert "no totals" in everything_said(page)
