"""Nothing typed in a form is lost on lock, kill, or change of tab or page, and it is gone once the form is done."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QLineEdit, QPushButton, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from rehabdesk.core.canon import Json
from rehabdesk.notes.model import Part
from rehabdesk.notes.service import Notes
from rehabdesk.notes.view.read_page import ReadPage
from rehabdesk.overview.person_view import OverviewTab
from rehabdesk.people.view.contacts_tab import ContactsTab
from rehabdesk.people.view.person_page import PersonPage
from rehabdesk.plans.model import Actor, Agreement, Goal, Horizon, Plan, Step, VersionState
from rehabdesk.plans.programmes.view.programmes_page import ProgrammesPage
from rehabdesk.plans.view.plan_page import PlanTab
from rehabdesk.readiness.condition_model import Condition
from rehabdesk.readiness.view.release_page import ReleaseTab
from rehabdesk.ui import autosave
from rehabdesk.ui.choices import Choice, Combo, Several
from rehabdesk.ui.dates import short
from rehabdesk.ui.field import Field, Line
from rehabdesk.ui.fields import DateField, TextArea
from rehabdesk.ui.kit import Kit
from rehabdesk.ui.page import Page, Route
from rehabdesk.ui.typed import GrowingRows, controls_in, typed_in
from tests.notes.sessions import SESSION
from tests.plans.cases import own_word, staff_word
from tests.plans.conferences import agree, planned
from tests.plans.programmes import course
from tests.windows import CTRL, Hands, hands_on

Open = Callable[[Hands, Page], None]


@dataclass(frozen=True, kw_only=True)
class Where:
    """Who types, on which page or tab, and how the form there is opened; `of` names another one of the three people."""

    who: str
    page: str
    tab: str = ""
    of: str = "Idrissa"
    open: Open = lambda _hands, _page: None


def press(words: str) -> Open:
    def do(hands: Hands, page: Page) -> None:
        hands.settle()
        found = [one for one in page.findChildren(QPushButton) if one.accessibleName() == words and one.isVisible()]
        assert found, [one.accessibleName() for one in page.findChildren(QPushButton) if one.isVisible()]
        found[0].click()

    return do


def tab(kind: type[Page], do: Callable[[Page], object]) -> Open:
    def go(_hands: Hands, page: Page) -> None:
        assert isinstance(page, kind)
        do(page)

    return go


def on_goal(code: str) -> Open:
    return tab(PlanTab, lambda page: page._deeds.act_on_goal("g1", code))  # type: ignore[attr-defined]


def more_about(what: str) -> Open:
    """What stands in the menu of a programme."""

    def do(_hands: Hands, page: Page) -> None:
        assert isinstance(page, ProgrammesPage)
        page._ask(what, page._work.of_person(page._person)[0])

    return do


UNHURRIED = "new person"
FORMS = {
    "quick note": Where(who="psy", page="person", tab="overview"),
    "new person": Where(who="case", page="register"),
    "contact": Where(who="case", page="person", tab="contacts", open=press("Add a contact")),
    "answer about sharing": Where(who="case", page="consents", open=press("Record an answer")),
    "identity": Where(who="case", page="person_edit"),
    "legal stage": Where(who="case", page="legal", open=press("Change the stage")),
    "placement": Where(who="case", page="placements", open=press("Record a move")),
    "assignment": Where(who="case", page="assignments", open=press("Assign somebody")),
    "declined request": Where(who="psy", page="refusal"),
    "start of a list": Where(who="case", page="person", tab="release", of="Omar", open=press("Start now")),
    "move of the date": Where(who="case", page="person", tab="release", open=press("Move the date")),
    "evidence": Where(who="case", page="person", tab="release", open=press("Update item")),
    "condition": Where(who="case", page="person", tab="release", open=press("Add a condition")),
    "condition explained": Where(who="case", page="person", tab="release", open=press("Explained: I sleep at home.")),
    "condition changed": Where(who="case", page="person", tab="release", open=press("Change: I sleep at home.")),
    "short notice": Where(who="case", page="person", tab="release", open=press("Short notice")),
    "day at this site": Where(who="adm", page="site_checklist", open=press("Change the day")),
    "holiday": Where(who="adm", page="site_checklist", open=press("Add a holiday")),
    "words to look at": Where(who="adm", page="site_words", open=press("Change the words")),
    "team": Where(who="case", page="packet", open=press("Add a team")),
    "team without a card": Where(who="case", page="sites_teams", open=press("Add a team without a card")),
    "the person's answer": Where(who="case", page="person", tab="plan", open=press("Change the answer")),
    "something happened": Where(who="case", page="reviews", open=press("Something happened")),
    "review not held": Where(who="case", page="reviews", open=press("Could not be held")),
    "what is said of a word": Where(who="case", page="words", open=press("Add an answer")),
    "plan at rest": Where(
        who="case",
        page="person",
        tab="plan",
        open=tab(PlanTab, lambda page: page._deeds.moves.ask_rest()),  # type: ignore[attr-defined]
    ),
    "step that cannot be done": Where(
        who="case",
        page="person",
        tab="plan",
        open=tab(PlanTab, lambda page: page._deeds.mark_step("g1", "s1", "cannot_be_done_yet")),  # type: ignore[attr-defined]
    ),
    "programme": Where(who="case", page="programmes", open=press("Add a programme")),
    "session": Where(who="case", page="programmes", open=press("Record a session: Vocational training")),
    "end of a programme": Where(who="case", page="programmes", open=more_about("end")),
    "who came": Where(who="case", page="conference", of="Omar", open=press("Record who came")),
    "conference that was not": Where(who="case", page="conference", of="Omar", open=press("It did not take place")),
    "addition to minutes": Where(who="case", page="conference", open=press("Add to the minutes")),
    "refusal": Where(who="case", page="conference", open=press("Record a refusal")),
    "summary given": Where(who="case", page="conference", open=press("Give the summary")),
    "how often": Where(who="sup", page="review_rules", open=press("Shorten: Pre-trial")),
    "goal removed": Where(who="case", page="person", tab="plan", open=on_goal("removed")),
    "waiver": Where(who="sup", page="person", tab="release", open=press("Waive")),
    "not applicable": Where(who="sup", page="person", tab="release", open=press("Agree: not applicable")),
    "plan returned": Where(who="sup", page="person", tab="plan", open=press("Return with a reason")),
    "details added": Where(who="psy", page="note_read", open=press("Add details")),
    "entered in error": Where(who="psy", page="note_read", open=press("Entered in error")),
}


@dataclass
class Room:
    """One desk for all tests of this file; who sits there changes by signing in."""

    context: AbstractContextManager[Hands]
    hands: Hands
    note: str = ""
    sat: list[str] = field(default_factory=list)

    def come_in(self, who: str) -> None:
        if self.hands.window.session is not None:
            if self.hands.session.services.sign_in == who:
                return
            self.hands.lock()
        self.hands.start_again()
        self.hands.sign_in(who)

    def route(self, where: Where) -> Route:
        person = self.hands.people[where.of]
        match where.page:
            case "note_read":
                return Route(name="note_read", person=person, id=self.note)
            case "person":
                return Route(name="person", person=person, id=where.tab)
            case "words":
                return Route(name="words", person=person, id="PD-7")
            case "conference":
                (held,) = self.hands.session.services.conferences.reading.of_person(person)
                return Route(name="conference", person=person, id=held.rid)
            case "programmes" | "review_rules":
                return Route(name=where.page, person=person)
            case "packet" | "consents" | "person_edit" | "legal" | "placements" | "assignments" | "refusal" | "reviews":
                return Route(name=where.page, person=person)
        return Route(name=where.page)

    def go(self, where: Where) -> Page:
        self.hands.session.open(self.route(where))
        self.hands.settle()
        return self.page

    @property
    def page(self) -> Page:
        page = self.hands.page
        inner = page.tab if isinstance(page, PersonPage) else page
        assert inner is not None
        return inner

    def kill(self) -> None:
        """The process dies: nothing is written any more, and the next one begins."""
        session, self.hands.window.session = self.hands.session, None
        session.desk.lock()
        self.hands.start_again()


def fill_world(hands: Hands) -> str:
    """A plan that waits for its countersignature, a checklist, a condition, and a signed note, whose place it gives."""
    person, now = hands.people["Idrissa"], hands.site.clock.now()
    hands.sign_in("case")
    s = hands.session.services
    step = Step(id="s1", text="Sit the second test", actor=Actor.PERSON)
    plan = Plan(
        plan="",
        version=1,
        state=VersionState.DRAFT,
        horizon=Horizon.COMMUNITY,
        strengths="Careful with his hands.",
        goals=(Goal(id="g1", domain="PD-7", wording="I finish my certificate.", indicator="Issued", steps=(step,)),),
        review_due=now.date(),
    )
    stored = s.plans.propose(s.plans.start(person, plan))
    s.plans.record_agreement(stored.rid, Agreement.AGREED, words="Yes.")
    s.plans.activate(stored.rid)
    s.plans.ask_countersign(stored.rid)
    row = s.people.row(person)
    assert row.planned_release is not None
    s.releases.open_list(person, row.planned_release)
    condition = Condition(
        category="where_i_live",
        text_official="Lives at the agreed place.",
        text_plain="I sleep at home.",
        source="Order 12",
        start=now.date(),
    )
    s.releases.conditions.add(person, condition)
    s.progress.record_both(person, own_word(), staff_word())
    s.programmes.record(person, course())
    agree(s.conferences, person, at=now - timedelta(hours=2))
    s.conferences.schedule(hands.people["Omar"], planned(s.desk.uid, at=now - timedelta(hours=1)))
    hands.lock()
    hands.start_again()
    hands.sign_in("psy")
    note = signed_note(hands.session.services.notes, person, hands)
    hands.lock()
    return note


def signed_note(notes: Notes, person: str, hands: Hands) -> str:
    draft = notes.start("psychologist_session", person, occurred_at=hands.site.clock.now(), answers=SESSION)
    assert notes.problems(draft) == ()
    notes.sign(draft)
    entry = next(each for each in notes.timeline.page(person) if each.part is Part.NOTE)
    return f"{entry.comp}:{entry.rid}"


@pytest.fixture(scope="module")
def held() -> Iterator[dict[str, Room]]:
    rooms: dict[str, Room] = {}
    yield rooms
    for room in rooms.values():
        room.context.__exit__(None, None, None)


@pytest.fixture(autouse=True)
def _soon(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is typed is written after a moment, not a second, as fifty forms wait for it; one waits the whole second."""
    if UNHURRIED not in request.node.name:
        monkeypatch.setattr(autosave, "AFTER_LAST_MS", 50)


@pytest.fixture
def room(qtbot: QtBot, held: dict[str, Room], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    if not held:
        context = hands_on(qtbot, tmp_path_factory.mktemp("desk"))
        hands = context.__enter__()
        held["room"] = Room(context, hands, fill_world(hands))
    held["room"].hands.qtbot = qtbot
    yield held["room"]
    session = held["room"].hands.window.session
    if session is not None:  # a test that failed leaves nothing to the next
        session.open(Route(name="settings"))
        for draft in session.desk.drafts("form"):
            session.desk.own.forget_draft(draft.id)
        session._kept_forms._forms = None


def change_all(hands: Hands, page: Page, number: int) -> dict[str, Json]:
    """Types into every control of the form that is open, or of the page; what then stands there."""
    controls = standing(page)
    for control in controls.values():
        match control:
            case GrowingRows():
                control.hold(len(control.held) + 1)
                for inner in controls_in([control.held[-1]]).values():
                    if isinstance(inner, QLineEdit):
                        inner.insert(f"Typed {number}")
            case TextArea():
                control.insertPlainText(f"Typed {number}.\nلم أنته بعد")
            case DateField():
                control.line.setText(short(hands.site.clock.now().date().replace(day=1 + number)))
            case Choice():
                control.buttons()[-1].click()
            case Several():
                if boxes := control.findChildren(QCheckBox):
                    boxes[0].click()
            case Combo():
                control.setCurrentIndex((control.currentIndex() + 1) % control.count())
            case QLineEdit():
                control.insert(f" typed {number}")
            case QCheckBox():
                control.click()
    hands.settle()
    return {key: typed_in(control) for key, control in standing(page).items()}


def standing(page: Page) -> dict[str, QWidget]:
    (form,) = page.forms._forms.values()
    return dict(form._controls)


def what_stands(page: Page) -> dict[str, Json]:
    return {key: typed_in(control) for key, control in standing(page).items()}


@pytest.mark.parametrize("name", FORMS)
def test_what_is_typed_is_there_again_after_lock_kill_page_and_tab(room: Room, name: str) -> None:
    where, hands = FORMS[name], room.hands
    room.come_in(where.who)
    page = room.go(where)
    where.open(hands, page)
    hands.settle()

    before = what_stands(page)
    typed = change_all(hands, page, 1)
    assert typed != before
    hands.session.open(Route(name="people"))
    page = room.go(where)
    assert what_stands(page) == typed, "another page and back"

    if where.tab:
        typed = change_all(hands, page, 2)
        shown = hands.page
        assert isinstance(shown, PersonPage)
        shown._bar.setCurrentIndex(1)
        shown._bar.setCurrentIndex([each.code for each in shown._tabs].index(where.tab))
        page = room.page
        assert what_stands(page) == typed, "another tab and back"

    typed = change_all(hands, page, 3)
    hands.lock()
    hands.start_again()
    hands.sign_in(where.who)
    page = room.page
    assert what_stands(page) == typed, "lock"

    typed = change_all(hands, page, 4)
    hands.wait(lambda: not page.forms._autosave._unsaved, timeout=3_000)
    room.kill()
    hands.sign_in(where.who)
    page = room.go(where)
    assert what_stands(page) == typed, "kill"

    if isinstance(page, OverviewTab):
        assert page._quick is not None
        page._quick.clear()
    else:
        press("Cancel")(hands, page)
    hands.session.open(Route(name="people"))
    page = room.go(where)
    assert not page.form_is_open(), "Cancel forgets"
    assert hands.session.desk.drafts("form") == ()


@pytest.mark.parametrize(
    ("name", "field", "nonsense"),
    [
        ("evidence", "due", "31/31"),
        ("the person's answer", "agreement_words", "a\x00b"),
        ("plan at rest", "words", "a\x00b"),
        ("plan returned", "reason", ""),
    ],
)
def test_nonsense_is_said_at_its_field(room: Room, name: str, field: str, nonsense: str) -> None:
    where, hands = FORMS[name], room.hands
    room.come_in(where.who)
    page = room.go(where)
    where.open(hands, page)
    for control in standing(page).values():
        match control:
            case TextArea():
                control.setPlainText(nonsense)
            case DateField():
                control.line.setText(nonsense)
            case Choice():
                control.buttons()[0].click()
            case Combo():
                control.setCurrentIndex(1)
            case QLineEdit():
                control.setText(nonsense)
    typed = what_stands(page)

    hands.press(Qt.Key.Key_Return, CTRL)

    assert [one.objectName() for one in page.findChildren(Field) if one.error] == [field]
    assert what_stands(page) == typed
    press("Cancel")(hands, page)


@pytest.mark.parametrize("name", ["condition", "condition explained", "how often", "what is said of a word"])
def test_ctrl_enter_does_what_the_form_is_for(room: Room, name: str) -> None:
    where, hands = FORMS[name], room.hands
    room.come_in(where.who)
    page = room.go(where)
    where.open(hands, page)
    hands.settle()
    standing(page)
    if name == "how often":
        hands.press(Qt.Key.Key_A, CTRL)
        hands.type("never")

    hands.press(Qt.Key.Key_Return, CTRL)

    assert page._summary is not None, "what is missing"
    assert page.form_is_open()
    press("Cancel")(hands, page)


def test_the_caret_is_where_it_was(room: Room) -> None:
    where, hands = FORMS["details added"], room.hands
    room.come_in("psy")
    press("Add details")(hands, room.go(where))
    hands.type("One line.\nAnother line.")
    area = hands.focus
    assert isinstance(area, QTextEdit)
    cursor = area.textCursor()
    cursor.setPosition(4)
    cursor.setPosition(8, cursor.MoveMode.KeepAnchor)
    area.setTextCursor(cursor)
    hands.lock()
    hands.start_again()
    hands.sign_in("psy")

    again = hands.focus
    assert isinstance(again, QTextEdit)
    assert (again.textCursor().anchor(), again.textCursor().position()) == (4, 8)
    press("Cancel")(hands, room.page)


def test_what_became_a_record_is_not_offered_again(room: Room) -> None:
    where, hands = FORMS["contact"], room.hands
    room.come_in("case")
    press("Add a contact")(hands, room.go(where))
    hands.type("Mariama Kada")
    hands.wait(lambda: bool(hands.session.desk.drafts("form")))
    hands.press(Qt.Key.Key_Return, CTRL)

    assert hands.session.desk.drafts("form") == ()
    page = room.go(where)
    assert isinstance(page, ContactsTab)
    assert not page.form_is_open()
    contacts = page._around.contacts.of_person(page._around.person)
    assert "Mariama Kada" in [contact.details.name for contact in contacts]


def test_a_quick_note_that_was_kept_is_not_offered_again(room: Room) -> None:
    hands = room.hands
    room.come_in("psy")
    room.go(FORMS["quick note"])
    hands.type("He laughed once.")
    hands.session.save_now()
    assert len(hands.session.desk.drafts("form")) == 1
    hands.press(Qt.Key.Key_Return)

    page = room.page
    assert isinstance(page, OverviewTab)
    assert hands.session.desk.drafts("form") == ()
    assert page._quick is hands.focus
    assert page._quick.text() == ""


def test_a_struck_note_leaves_no_form_behind(room: Room) -> None:
    """Its act is done in the strip, and leads away."""
    hands = room.hands
    room.come_in("psy")
    notes = hands.session.services.notes
    note = signed_note(notes, hands.people["Omar"], hands)
    hands.session.open(Route(name="note_read", person=hands.people["Omar"], id=note))
    hands.settle()
    page = hands.page
    assert isinstance(page, ReadPage)
    press("Entered in error")(hands, page)
    hands.type("On the wrong person.")
    hands.session.save_now()
    hands.press(Qt.Key.Key_Return, CTRL)
    hands.press(Qt.Key.Key_Return, CTRL)
    hands.settle()

    assert hands.page is not page
    assert hands.session.desk.drafts("form") == ()


def test_one_form_of_a_person_is_not_shown_at_another(room: Room) -> None:
    where, hands = FORMS["contact"], room.hands
    room.come_in("case")
    press("Add a contact")(hands, room.go(where))
    hands.type("Mariama")
    other = Where(who="case", page="person", tab="contacts", of="Omar")
    assert not room.go(other).form_is_open()
    page = room.go(where)
    assert page.form_is_open()
    press("Cancel")(hands, page)


def test_a_passphrase_is_never_among_what_is_kept(room: Room) -> None:
    hands = room.hands
    room.come_in("psy")
    hands.session.open(Route(name="settings"))
    hands.settle()
    press("Change my passphrase")(hands, hands.page)
    hands.type("copper rivers are walking")
    hands.session.save_now()

    assert controls_in(hands.page.findChildren(QLineEdit)) == {}
    assert hands.session.desk.drafts("form") == ()


def test_the_buttons_of_a_form_are_in_sight_in_a_tab(room: Room) -> None:
    hands = room.hands
    room.come_in("case")
    for name in ("evidence", "condition", "goal removed"):
        page = room.go(FORMS[name])
        FORMS[name].open(hands, page)
        hands.settle()
        buttons = [one for one in page.findChildren(QPushButton) if one.isVisible() and one.text() == "Cancel"]
        (cancel,) = buttons
        assert cancel.visibleRegion().boundingRect().height() == cancel.height(), name
        assert not page.scroll_area().isAncestorOf(cancel)
        cancel.click()


def test_undo_does_not_take_an_open_form_away(room: Room) -> None:
    hands = room.hands
    room.come_in("case")
    page = room.go(FORMS["evidence"])
    assert isinstance(page, ReleaseTab)
    asked: list[bool] = []
    page._undo = lambda: asked.append(True)
    press("Update item")(hands, page)
    hands.session.frame._undo()

    assert not asked
    assert page.form_is_open()
    press("Cancel")(hands, page)


class Colleague(Page):
    """A page that knows nothing of keeping: it shows a form, and that is all."""

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit)
        self.line = kit.line()
        self.done: list[str] = []
        self.refresh()

    def refresh(self) -> None:
        self.set_body(self.kit.label("Nothing here."))

    def ask(self) -> None:  # type: ignore[override]  # stands for the button of a form
        self.line = self.kit.line()
        fields = [self.kit.field("Why", self.line)]
        self.show_form("Say why", fields, "Save", lambda: self.done.append(self.line.text()), first=self.line)


def test_a_page_that_only_shows_forms_keeps_them_too(room: Room) -> None:
    hands = room.hands
    room.come_in("psy")
    session, route = hands.session, Route(name="colleague", id="1")
    said: list[str] = []

    def show() -> Colleague:
        page = Colleague(session.kit)
        session.frame.show_page(page, current="day")
        page.said.connect(said.append)
        page.use_keeper(session._kept_forms.at(route))
        return page

    page = show()
    page.ask()
    QTest.keyClicks(page.line, "Because of the rain")
    page = show()
    assert "Say why" in said[-1]
    page.ask()
    assert page.line.text() == "Because of the rain"
    press("Save")(hands, page)
    assert page.done == ["Because of the rain"]
    page = show()
    page.ask()
    assert page.line.text() == ""
    session.open(Route(name="day"))


@pytest.mark.parametrize("kind", ["area", "bare area", "line"])
def test_what_is_too_long_is_not_pasted_at_all(room: Room, kind: str) -> None:
    from PySide6.QtGui import QGuiApplication

    hands = room.hands
    room.come_in("psy")
    kit = hands.session.kit
    limit = 400 if kind == "area" else None
    control: TextArea | QLineEdit = kit.line("Before.") if kind == "line" else kit.text_area("Before.", limit=limit)
    field_ = kit.field("Words", control)
    field_.setParent(hands.window)  # a window of its own would be the active one in the tests that follow
    field_.show()
    for length, fits in ((300, True), (20_001, False), (1 << 20, False)):
        QGuiApplication.clipboard().setText("x" * length)
        before = typed_in(control)
        control.selectAll()
        control.paste()
        hands.settle()
        assert (typed_in(control) == "x" * length) is fits
        assert fits or typed_in(control) == before
        assert ("Nothing was pasted" in field_.error) is not fits
    assert isinstance(control, (TextArea, Line))
    QTest.keyClicks(control, "y")
    assert field_.error == ""
    field_.deleteLater()
