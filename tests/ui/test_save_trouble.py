"""While what was typed cannot be saved: it says so, stays in sight, is tried again, and can be copied to a stick."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton, QTextEdit
from pytestqt.qtbot import QtBot

from rehabdesk.core.errors import StorageError
from rehabdesk.db.own import OwnTable
from rehabdesk.handover.making.view.packet_builder import PacketBuilder
from rehabdesk.notes.groups.view.meeting_page import MeetingPage
from rehabdesk.notes.view.note_page import NotePage
from rehabdesk.people.view.person_page import PersonPage
from rehabdesk.people.view.register_page import RegisterPage
from rehabdesk.plans.conferences.view.minutes_page import MinutesPage
from rehabdesk.plans.view.plan_write_page import PlanWritePage
from rehabdesk.ui.page import Route
from rehabdesk.ui.theme import Look
from tests.plans.conferences import hold
from tests.ui.test_groups import make_group
from tests.ui.test_main_job import Paths
from tests.ui.test_unfinished import press
from tests.windows import CTRL, Hands, hands_on

WORDS = "He came on time."
REFUSED = StorageError("The disk reported an error.")


@pytest.fixture
def hands(qtbot: QtBot, tmp_path: Path) -> Iterator[Hands]:
    with hands_on(qtbot, tmp_path) as ready:
        yield ready


class Disk:
    """Takes nothing while it is `full`."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.full = False
        put = OwnTable.put

        def write(table: OwnTable, did: str, kind: str, sid: bytes, payload: bytes) -> None:
            if self.full:
                raise REFUSED
            put(table, did, kind, sid, payload)

        patch.setattr(OwnTable, "put", write)


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Disk:
    return Disk(monkeypatch)


PAGES = {
    "note": ("psy", Route(name="note", person="Idrissa", id="form:psychologist_session"), NotePage),
    "plan": ("case", Route(name="plan_write", person="Idrissa", id="new"), PlanWritePage),
    "packet": ("case", Route(name="packet", person="Idrissa"), PacketBuilder),
    "register": ("case", Route(name="register"), RegisterPage),
    "quick": ("psy", Route(name="person", person="Idrissa", id="overview"), PersonPage),
}


def begin(hands: Hands, name: str) -> type:
    who, route, kind = PAGES[name]
    hands.sign_in(who)
    person = hands.people[route.person] if route.person else ""
    hands.session.open(Route(name=route.name, person=person, id=route.id))
    hands.settle()
    assert isinstance(hands.page, kind)
    return kind


def type_somewhere(hands: Hands) -> QLineEdit | QTextEdit:
    kinds = (QLineEdit, QTextEdit)
    if not isinstance(hands.focus, kinds):
        fields = [one for one in hands.page.findChildren(QLineEdit) if one.isVisible() and one.isEnabled()]
        fields[0].setFocus()
    hands.type(WORDS)
    field = hands.focus
    assert isinstance(field, kinds)
    return field


def text_of(field: QLineEdit | QTextEdit) -> str:
    return field.text() if isinstance(field, QLineEdit) else field.toPlainText()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_that_cannot_be_saved_is_not_left_until_it_can(hands: Hands, disk: Disk, name: str) -> None:
    kind = begin(hands, name)
    field, page, frame = type_somewhere(hands), hands.page, hands.session.frame
    disk.full = True
    field.setFocus()
    hands.type("x")
    hands.press(Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)

    assert hands.page is page
    assert isinstance(page, kind)
    assert text_of(field).endswith("x")
    assert "copy it to a USB stick now" in frame.trouble.sentence
    assert frame._state.text() == "Not saved"
    assert hands.focus.accessibleName() == "Try again"
    hands.press(Qt.Key.Key_Space)
    assert frame.trouble.sentence, "still full"
    disk.full = False
    hands.press(Qt.Key.Key_Space)

    assert frame.trouble.sentence == ""
    assert frame._state.text().startswith("Draft saved")
    hands.press(Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    assert hands.page is not page
    assert frame._state.text() == "All work saved"


def test_a_tab_that_cannot_be_saved_is_not_left(hands: Hands, disk: Disk) -> None:
    begin(hands, "quick")
    page = hands.page
    assert isinstance(page, PersonPage)
    field = type_somewhere(hands)
    disk.full = True
    hands.type("x")
    hands.press(Qt.Key.Key_2, CTRL)

    assert page.tab_code == "overview"
    assert text_of(field) == f"{WORDS}x"
    assert hands.focus.accessibleName() == "Try again"
    disk.full = False
    hands.press(Qt.Key.Key_2, CTRL)
    assert page.tab_code == "timeline"


def test_it_is_tried_again_by_itself(hands: Hands, disk: Disk) -> None:
    begin(hands, "note")
    type_somewhere(hands)
    disk.full = True
    hands.wait(lambda: bool(hands.session.frame.trouble.sentence))
    disk.full = False
    hands.wait(lambda: not hands.session.frame.trouble.sentence)
    (draft,) = hands.session.services.notes.drafts()
    assert draft.answers["psy.P3.free"] == WORDS


def test_nothing_is_called_saved_by_anybody_meanwhile(hands: Hands, disk: Disk) -> None:
    begin(hands, "note")
    type_somewhere(hands)
    disk.full = True
    hands.session.save_now()
    hands.page.saving.emit("saved", "All work saved")

    assert hands.session.frame._state.text() == "Not saved"
    assert hands.session.frame.trouble.sentence


def test_the_window_and_its_look_wait_too_but_a_lock_never_does(hands: Hands, disk: Disk) -> None:
    begin(hands, "note")
    field = type_somewhere(hands)
    disk.full = True
    hands.type("x")

    assert not hands.window.close()
    hands.window.change_look(Look(zoom=1.5))
    assert hands.window.theme.look == Look()
    assert text_of(field) == f"{WORDS}x"
    hands.lock()
    disk.full = False
    hands.start_again(heard=True)
    hands.sign_in("psy")
    (draft,) = hands.session.services.notes.drafts()
    assert draft.answers["psy.P3.free"] == f"{WORDS}x"


def test_nothing_is_signed_while_the_newest_words_are_not_kept(hands: Hands, disk: Disk) -> None:
    begin(hands, "note")
    type_somewhere(hands)
    hands.press(Qt.Key.Key_F8)
    hands.type("4Patient with the long form")
    hands.press(Qt.Key.Key_F8)
    hands.type("112")
    hands.press(Qt.Key.Key_Return, CTRL)
    page = hands.page
    assert isinstance(page, NotePage)
    assert page.strip.is_open()
    page.sheet._boxes["psy.P3.free"].control().setFocus()
    disk.full = True
    hands.type("x")
    hands.press(Qt.Key.Key_Return, CTRL)
    assert hands.session.services.notes.timeline.page(hands.people["Idrissa"]) == ()
    hands.press(Qt.Key.Key_Return, CTRL)
    assert not page.strip.is_open()
    disk.full = False
    hands.press(Qt.Key.Key_Return, CTRL)
    assert page.strip.is_open()


def test_a_plan_is_not_proposed_as_it_was_before_the_failure(hands: Hands, disk: Disk) -> None:
    begin(hands, "plan")
    type_somewhere(hands)
    hands.session.save_now()
    disk.full = True
    hands.type(" More.")
    hands.press(Qt.Key.Key_Return, CTRL)

    assert hands.session.services.plans.versions(hands.people["Idrissa"]) == ()
    assert hands.page._summary is None
    assert hands.session.frame.trouble.sentence


@pytest.mark.parametrize("by_hand", [True, False], ids=["rescue folder", "settings"])
def test_the_copy_on_a_stick_is_sealed_and_comes_back(hands: Hands, disk: Disk, tmp_path: Path, by_hand: bool) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    hands.window.files = paths = Paths(stick)
    begin(hands, "note")
    type_somewhere(hands)
    disk.full = True
    hands.session.save_now()
    copy = next(one for one in hands.session.frame.findChildren(QPushButton) if one.text() == "Copy to USB")
    assert copy.isVisible()
    copy.click()

    (file,) = stick.iterdir()
    assert WORDS.encode() not in file.read_bytes()
    assert "Copied" in hands.session.frame.toast.words
    assert hands.session.frame.trouble.sentence, "it stays until a save works"
    hands.window.session, desk = None, hands.session.desk
    desk.lock()
    disk.full = False
    if by_hand:
        rescue = hands.site.folder / "rescue"
        rescue.mkdir(exist_ok=True)
        (rescue / file.name).write_bytes(file.read_bytes())
    hands.start_again()
    hands.window.files = paths
    hands.sign_in("psy")
    if not by_hand:
        paths.file = file
        for _ in range(2):  # twice makes one draft
            hands.session.open(Route(name="settings"))
            press("Take back a draft from a USB stick")(hands, hands.page)
        assert "The draft is back" in hands.session.frame.toast.words
    (draft,) = hands.session.services.notes.drafts()
    assert draft.answers["psy.P3.free"] == WORDS


def test_a_copy_never_replaces_what_is_newer_and_nobody_else_takes_it(hands: Hands, disk: Disk, tmp_path: Path) -> None:
    hands.window.files = paths = Paths(tmp_path)
    begin(hands, "note")
    type_somewhere(hands)
    hands.session.save_now()
    disk.full = True
    hands.type(" Older.")
    hands.session.save_now()
    hands.session.copy_unwritten()
    (paths.file,) = (one for one in tmp_path.iterdir() if one.is_file())
    disk.full = False
    hands.type(" Newer.")
    hands.session.open(Route(name="settings"))
    press("Take back a draft from a USB stick")(hands, hands.page)
    notes = [str(draft.answers["psy.P3.free"]) for draft in hands.session.services.notes.drafts()]
    assert sorted(notes) == [f"{WORDS} Older.", f"{WORDS} Older. Newer."]

    hands.lock()
    hands.start_again()
    hands.window.files = paths
    hands.sign_in("case")
    hands.session.open(Route(name="settings"))
    press("Take back a draft from a USB stick")(hands, hands.page)
    assert "no draft of yours" in hands.session.frame.toast.words


def test_a_stick_that_is_gone_is_said(hands: Hands, disk: Disk, tmp_path: Path) -> None:
    hands.window.files = Paths(tmp_path / "gone")
    begin(hands, "note")
    type_somewhere(hands)
    disk.full = True
    hands.session.save_now()
    hands.session.copy_unwritten()
    assert "missing" in hands.session.frame.toast.words


def test_what_is_too_long_says_so_and_is_never_called_saved(hands: Hands) -> None:
    begin(hands, "note")
    page = hands.page
    assert isinstance(page, NotePage)
    page.sheet._boxes["psy.P3.free"].take({"psy.P3.free": ("ش" * 59 + "\n") * (10 << 10)})
    frame = hands.session.frame
    hands.press(Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)

    assert hands.page is page
    assert "too long" in frame.trouble.sentence
    assert frame._state.text() == "Not saved"
    page.sheet._boxes["psy.P3.free"].take({"psy.P3.free": WORDS})
    hands.press(Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    assert hands.page is not page
    (draft,) = hands.session.services.notes.drafts()
    assert draft.answers["psy.P3.free"] == WORDS


def test_the_saved_state_of_a_draft_does_not_outlive_it(hands: Hands) -> None:
    begin(hands, "note")
    type_somewhere(hands)
    hands.session.save_now()
    assert hands.session.frame._state.text().startswith("Draft saved")
    page = hands.page
    assert isinstance(page, NotePage)
    page._delete()
    assert hands.session.frame._state.text() == "All work saved"


@pytest.mark.parametrize("zoom", [1.0, 1.5])
def test_the_whole_of_the_first_field_is_in_sight(hands: Hands, zoom: float) -> None:
    who, form = "case", "form:keywork"
    hands.sign_in(who)
    if zoom != 1.0:
        hands.window.change_look(Look(zoom=zoom))
    hands.session.open(Route(name="note", person=hands.people["Idrissa"], id=form))
    hands.settle()
    area = hands.focus
    for _ in range(8):
        hands.settle()
        area = hands.focus
        if isinstance(area, QTextEdit):
            seen = area.visibleRegion().boundingRect()
            room = hands.page.scroll_area().viewport().height()
            assert (seen.height(), seen.top()) == (min(area.height(), room), 0), area.accessibleName()
        hands.press(Qt.Key.Key_Tab)


def test_a_meeting_is_not_signed_while_its_newest_words_are_not_kept(hands: Hands, disk: Disk) -> None:
    hands.sign_in("psy")
    group_id = make_group(hands, "psy", people=2)
    hands.session.open(Route(name="meeting", id=f"group:{group_id}"))
    hands.settle()
    page = hands.page
    assert isinstance(page, MeetingPage)
    for _ in range(2):
        hands.type("c")
        hands.type("3")
        hands.press(Qt.Key.Key_Down)
    hands.fill("Theme", "Pressure")
    hands.fill("What we did", "A round.")
    hands.digit("Cold", 4)
    disk.full = True
    hands.fill("Theme", "Pressure from old friends")
    hands.press(Qt.Key.Key_Return, CTRL)

    assert page.strip.sentence == ""
    assert "copy it to a USB stick now" in hands.session.frame.trouble.sentence
    hands.push("Keep as draft")
    assert hands.page is page
    disk.full = False
    hands.press(Qt.Key.Key_Return, CTRL)
    hands.press(Qt.Key.Key_Return, CTRL)
    (meeting,) = hands.session.services.meetings_read.of_group(group_id)
    assert meeting.meeting.theme == "Pressure from old friends"


def test_minutes_that_cannot_be_saved_are_not_left_until_they_can(hands: Hands, disk: Disk) -> None:
    hands.sign_in("case")
    rid = hold(
        hands.session.services.conferences,
        hands.people["Idrissa"],
        at=hands.site.clock.now() - timedelta(hours=1),
    )
    hands.session.open(Route(name="minutes", person=hands.people["Idrissa"], id=rid))
    hands.settle()
    page = hands.page
    assert isinstance(page, MinutesPage)
    disk.full = True
    field = type_somewhere(hands)
    hands.push("Finish later")

    assert hands.page is page
    assert text_of(field) == WORDS
    assert "copy it to a USB stick now" in hands.session.frame.trouble.sentence
    disk.full = False
    hands.push("Finish later")
    assert hands.page is not page
    assert hands.session.services.minutes.start(rid).draft is not None
