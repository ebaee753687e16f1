"""Safety alerts through the window: one step from everywhere, a minute to tell, and told to whom it may be told."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QPushButton, QTextEdit
from pytestqt.qtbot import QtBot

from rehabdesk.access.model import Role
from rehabdesk.notes.alerts.alert_model import AlertState
from rehabdesk.notes.alerts.view.alert_page import AlertPage
from rehabdesk.notes.alerts.view.alert_read_page import AlertReadPage
from rehabdesk.notes.alerts.view.hand_off_card import HandOffCard
from rehabdesk.notes.alerts.view.letter_pages import DisclosurePage, LettersPage
from rehabdesk.notes.view.note_page import NotePage
from rehabdesk.ui.page import Route
from rehabdesk.ui.palette import Hit
from tests.desks import STAFF
from tests.notes.sessions import SAFE, SESSION, VISIT
from tests.windows import ALT, CTRL, Hands, everything_said, hands_on

EVERYBODY = (*STAFF, ("aud", Role.AUD), ("csup", Role.CSUP), ("fac", Role.FAC))
SHIFT = Qt.KeyboardModifier.ShiftModifier
FACTS = "Two men wait for him at the gate."
EXACT = "Marzipan lantern: they held me under the tap."


@pytest.fixture
def hands(qtbot: QtBot, tmp_path: Path) -> Iterator[Hands]:
    with hands_on(qtbot, tmp_path, staff=EVERYBODY) as ready:
        yield ready


def change_to(hands: Hands, sign_in: str) -> None:
    if hands.window.session is not None:
        hands.lock()
        hands.start_again()
    hands.sign_in(sign_in)


def raise_alert(hands: Hands) -> None:
    """From wherever one is, about the person on screen."""
    hands.press(Qt.Key.Key_A, CTRL | SHIFT)
    hands.type(FACTS)
    hands.choose("Kind", "Threat")
    hands.digit("The person", 1)
    hands.fill("What I did", "Moved his visit.")
    hands.fill("Whom I told", "The duty officer")
    hands.fill("How", "By phone")
    hands.press(Qt.Key.Key_Return, CTRL)


def page_of(hands: Hands) -> AlertPage:
    page = hands.page
    assert isinstance(page, AlertPage)
    return page


@pytest.mark.parametrize("role", [name for name, _ in EVERYBODY])
def test_it_is_one_step_from_every_page_of_every_role_in_every_width(hands: Hands, role: str) -> None:
    change_to(hands, role)
    person = hands.people["Idrissa"] if role != "adm" else ""
    routes = [Route(name=name) for name, *_ in hands.session.pages.menu()]
    if person and role != "fac":
        routes.append(Route(name="person", person=person, id="overview"))
    for route in routes:
        hands.session.open(route)
        for width in (1366, 1093, 820):
            hands.window.resize(width, 700)
            hands.settle()
            buttons = hands.session.frame.findChildren(QAbstractButton)
            (button,) = [each for each in buttons if each.isVisible() and each.accessibleName() == "Safety alert"]
            assert hands.window.rect().contains(button.mapTo(hands.window, button.rect().bottomRight()))
        hands.press(Qt.Key.Key_A, CTRL | SHIFT)

        page = page_of(hands)
        assert page.sheet.person_id == (route.person or None)
        assert hands.focus is page.sheet.first_control()


def test_a_case_officer_tells_in_a_few_keys_and_everybody_on_the_case_sees_the_strip(hands: Hands) -> None:
    change_to(hands, "case")
    person = hands.people["Idrissa"]
    hands.session.open(Route(name="person", person=person, id="overview"))
    hands.groups = 0

    raise_alert(hands)

    assert hands.groups <= 60
    assert isinstance(hands.page, AlertReadPage)
    for reader in ("sup", "cha", "psy"):
        change_to(hands, reader)
        assert "threat to the person" in everything_said(hands.window), "the own day says it"
        hands.session.open(Route(name="person", person=person, id="timeline"))
        hands.settle()
        said = everything_said(hands.window)
        assert "Safety alert: threat to the person. Review by" in said
        assert "Safety alert: read" in said
        hands.press(Qt.Key.Key_A, ALT)
        assert isinstance(hands.page, AlertReadPage)
        assert FACTS in everything_said(hands.window)
        hands.session.open(Route(name="person", person=hands.people["Omar"], id="timeline"))
        hands.settle()
        assert "Safety alert: threat" not in everything_said(hands.window)


def test_who_will_see_it_is_named_before_it_is_saved(hands: Hands) -> None:
    change_to(hands, "case")
    hands.session.open(Route(name="alert_new", person=hands.people["Idrissa"]))
    hands.settle()
    said = everything_said(hands.page)
    for name in ("psy", "csup", "cha", "case", "sup", "aud"):
        assert f"Name of {name}" in said
    for name in ("fac", "adm"):
        assert f"Name of {name}" not in said


def test_a_supervisor_reviews_and_closes_and_the_strip_goes(hands: Hands) -> None:
    change_to(hands, "case")
    person = hands.people["Idrissa"]
    hands.session.open(Route(name="person", person=person, id="overview"))
    raise_alert(hands)
    hands.site.clock.advance(timedelta(hours=73))
    change_to(hands, "sup")
    hands.session.open(Route(name="person", person=person, id="timeline"))
    hands.settle()
    assert "Review is due since" in everything_said(hands.window)
    hands.press(Qt.Key.Key_A, ALT)
    hands.press(Qt.Key.Key_Return, CTRL)
    hands.type("They are still there.")
    hands.fill("Day of the next review", "31 Dec")
    hands.press(Qt.Key.Key_Return, CTRL)
    assert "within 72 hours" in everything_said(hands.page)
    assert "They are still there." in everything_said(hands.page), "what was typed stays"
    (day,) = [each for each in hands.page.findChildren(QLineEdit) if each.accessibleName() == "Day of the next review"]
    day.setText("+1")
    hands.press(Qt.Key.Key_Return, CTRL)
    alerts = hands.session.services.alerts
    (row,) = alerts.live_of(person)
    assert row.state(hands.site.clock.now()) is AlertState.LIVE

    hands.push("Close with an outcome")
    hands.type("The men were arrested.")
    hands.press(Qt.Key.Key_Return, CTRL)

    assert alerts.live_of(person) == ()
    hands.session.open(Route(name="person", person=person, id="timeline"))
    hands.settle()
    assert "Safety alert: threat" not in everything_said(hands.window)


def test_a_lock_with_half_an_alert_typed_loses_nothing(hands: Hands) -> None:
    change_to(hands, "cha")
    hands.session.open(Route(name="person", person=hands.people["Omar"], id="overview"))
    hands.press(Qt.Key.Key_A, CTRL | SHIFT)
    hands.type("Two men wait f")
    hands.lock()
    hands.start_again()

    hands.sign_in("cha")

    page = page_of(hands)
    assert page.sheet.typed().facts == "Two men wait f"
    assert page.sheet.person_id == hands.people["Omar"]
    assert isinstance(hands.focus, QTextEdit)
    assert hands.focus.textCursor().position() == len("Two men wait f")
    hands.session.open(Route(name="day"))
    hands.settle()
    assert "Safety alert not told yet, Omar S." in everything_said(hands.window)
    hands.session.open(Route(name="person", person=hands.people["Omar"], id="overview"))
    hands.press(Qt.Key.Key_A, CTRL | SHIFT)
    assert page_of(hands).sheet.typed().facts == "Two men wait f", "what was begun goes on"
    assert len(hands.session.services.alerts.drafts()) == 1


def test_the_person_is_chosen_on_the_page_and_nonsense_is_said_by_each_field(hands: Hands) -> None:
    change_to(hands, "sup")
    hands.press(Qt.Key.Key_A, CTRL | SHIFT)
    hands.type("x" * 401)
    hands.fill("About whom", "24-018")
    hands.fill("Told when", "the day after")
    hands.press(Qt.Key.Key_Return, CTRL)
    page = page_of(hands)
    assert page.sheet.person_id == hands.people["Omar"]
    links = {each.text() for each in page.findChildren(QPushButton) if each.property("kind") == "errorlink"}
    assert {"Choose the kind of alert.", "Say who is at risk.", "Write what you did.", "Enter day and time."} <= links
    assert page.sheet.typed().facts == "x" * 401


def sign_session(hands: Hands, form: str, answers: dict[str, object]) -> None:
    """Through the page, as it is signed."""
    notes, now = hands.session.services.notes, hands.site.clock.now()
    draft = notes.start(form, hands.people["Idrissa"], occurred_at=now, answers=answers)  # type: ignore[arg-type]
    hands.session.open(Route(name="note", person=hands.people["Idrissa"], id=draft))
    hands.settle()
    assert isinstance(hands.page, NotePage)
    hands.press(Qt.Key.Key_Return, CTRL)
    hands.press(Qt.Key.Key_Return, CTRL)


def test_a_yes_in_the_safety_check_leads_to_each_alert_it_calls_for(hands: Hands) -> None:
    change_to(hands, "psy")
    sign_session(
        hands,
        "psychologist_session",
        {**SESSION, "psy.P10": {**SAFE, "threat_to_person": "yes", "ill_treatment": "yes"}},
    )
    page = page_of(hands)
    assert page.sheet.typed().kind == "threat_to_person"
    assert page.sheet.person_id == hands.people["Idrissa"]
    hands.type(FACTS)
    hands.fill("What I did", "Moved his visit.")
    hands.fill("Whom I told", "The duty officer")
    hands.fill("How", "By phone")
    hands.press(Qt.Key.Key_Return, CTRL)

    page = page_of(hands)
    assert page.sheet.typed().kind == "ill_treatment_disclosure"
    hands.session.open(Route(name="day"))
    hands.settle()
    assert "Safety alert not told yet, Idrissa K." in everything_said(hands.window), "it is not forgotten"


def test_a_chaplains_alert_holds_nothing_of_the_note(hands: Hands) -> None:
    change_to(hands, "cha")
    sign_session(hands, "chaplain_engagement", {**VISIT, "cha.C6": "Obsidian candles", "cha.C8": "yes"})
    page = page_of(hands)
    typed = page.sheet.typed()
    assert page.sheet.person_id == hands.people["Idrissa"]
    assert (typed.kind, typed.facts, typed.exact, typed.did, typed.at_risk) == ("", "", "", "", "")
    assert "Obsidian" not in everything_said(hands.page)


class Papers:
    """What would have gone to a printer or a stick."""

    def __init__(self, hands: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
        self.saved: list[tuple[str, bytes]] = []

        def save(_owner: object, name: str, content: bytes, leaving: Callable[[], None] = lambda: None) -> Path:
            leaving()
            self.saved.append((name, content))
            return Path(name)

        monkeypatch.setattr(hands.window.files, "save_file", save)


def disclose(hands: Hands) -> None:
    hands.press(Qt.Key.Key_A, CTRL | SHIFT)
    hands.type(EXACT)
    hands.choose("Kind", "Says")
    hands.fill("Places on the body", "Left wrist")
    hands.fill("What I did", "Asked for the doctor.")


def found(hands: Hands, words: str) -> list[Hit]:
    """What the find box finds; the line that offers to search all notes says only what was typed."""
    return [hit for hit in hands.session.find(words) if hit.route.name != "search"]


@pytest.mark.parametrize("writer", ["psy", "cha", "case", "sup", "adm"])
def test_a_disclosure_reaches_the_inspector_and_no_screen_of_the_line_of_command(hands: Hands, writer: str) -> None:
    change_to(hands, writer)
    person = hands.people["Idrissa"]
    if writer != "adm":
        hands.session.open(Route(name="person", person=person, id="overview"))
    disclose(hands)
    page = page_of(hands)
    assert page.sheet.typed().exact == EXACT
    if writer == "adm":
        hands.fill("About whom", "24-017")
    said = everything_said(page)
    assert "Nobody else: not the supervisor" in said
    assert ("You keep no copy" in said) is (writer != "psy")
    hands.press(Qt.Key.Key_Return, CTRL)
    assert "Name of aud" in page.strip.sentence
    hands.press(Qt.Key.Key_Return, CTRL)
    assert not isinstance(hands.page, AlertPage)

    for reader in ("sup", "case", "adm", "fac"):
        change_to(hands, reader)
        said = ""
        routes = [Route(name=name) for name, *_ in hands.session.pages.menu() if name != "help"]
        if reader != "adm":
            routes += [Route(name="person", person=person, id=tab) for tab in ("overview", "timeline", "notes")]
        for route in routes:
            hands.session.open(route)
            hands.settle()
            said += everything_said(hands.window)
        for word in ("marzipan", "lantern", "wrist", "disclosure"):
            said += " ".join(f"{hit.words} {hit.detail}" for hit in found(hands, word))
        for word in ("marzipan", "lantern", "wrist", "disclosure", "ill-treat", "wrote a letter"):
            if reader != writer or word != "wrote a letter":
                assert word not in said.casefold(), f"{reader} finds {word}"

    change_to(hands, "aud")
    assert "1 disclosure for you." in everything_said(hands.window)
    hands.press(Qt.Key.Key_A, ALT)
    assert isinstance(hands.page, LettersPage)
    hands.press(Qt.Key.Key_Return)
    assert isinstance(hands.page, DisclosurePage)
    assert EXACT in everything_said(hands.window)
    hands.session.open(Route(name="activity"))
    hands.settle()
    assert "disclosure for you" not in everything_said(hands.window)


def test_the_hand_off_is_saved_under_a_name_that_says_nothing_and_logged(
    hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    papers = Papers(hands, monkeypatch)
    change_to(hands, "cha")
    hands.session.open(Route(name="person", person=hands.people["Idrissa"], id="overview"))
    hands.press(Qt.Key.Key_A, CTRL | SHIFT)
    hands.choose("Kind", "Says")
    card = hands.page.findChild(HandOffCard)
    assert card is not None
    card.stick.click()
    hands.settle()
    assert papers.saved == []
    assert "Write the person's exact words." in everything_said(hands.page)
    hands.fill("The person's exact words", EXACT)
    hands.fill("What I did", "Asked for the doctor.")

    card.stick.click()
    hands.wait(lambda: papers.saved != [])

    ((name, pdf),) = papers.saved
    assert name == "pages.pdf"
    assert pdf.startswith(b"%PDF")
    head = hands.session.desk.truth.head().n
    ((_, body, _, _),) = hands.session.desk.truth.raw_entries(after=head - 1)
    assert b'"a":"save_pages"' in body


def test_a_declined_request_is_logged_from_the_palette_for_the_clinical_supervisor(hands: Hands) -> None:
    change_to(hands, "psy")
    hands.session.open(Route(name="person", person=hands.people["Idrissa"], id="overview"))
    hands.press(Qt.Key.Key_K, CTRL)
    hands.type("declined")
    hands.press(Qt.Key.Key_Return)
    hands.type("The security office")
    hands.fill("Reason for declining", "Content of sessions is not theirs.")
    hands.press(Qt.Key.Key_Return, CTRL)
    change_to(hands, "csup")
    assert hands.session.pages.counts()["letters"] == 1
    hands.session.open(Route(name="letters"))
    hands.settle()
    hands.press(Qt.Key.Key_Return)
    assert "The security office" in everything_said(hands.window)
    change_to(hands, "case")
    assert "declined" not in " ".join(hit.words for hit in found(hands, "declined"))


def test_what_is_too_much_stands_behind_a_button(hands: Hands) -> None:
    change_to(hands, "case")
    for _ in range(3):
        hands.session.open(Route(name="person", person=hands.people["Idrissa"], id="overview"))
        raise_alert(hands)
    hands.session.open(Route(name="person", person=hands.people["Idrissa"], id="timeline"))
    hands.settle()
    shown = [
        each for each in hands.session.frame.findChildren(QPushButton) if each.accessibleName().startswith("Read:")
    ]
    assert [each.isVisible() for each in shown] == [True, True, False]
    (more,) = [each for each in hands.session.frame.findChildren(QPushButton) if each.text() == "1 more"]
    more.click()
    hands.settle()
    assert all(each.isVisible() for each in shown)
    focus = QApplication.focusWidget()
    assert focus is not None
    assert not isinstance(focus, QComboBox)
