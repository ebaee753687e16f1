"""Whatever a step of the lock raises, the record is covered and the process ends; what was not written goes on."""

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from rehabdesk.access.lock_view import LockPage
from rehabdesk.access.service import Desk
from rehabdesk.app_lock import RESCUE, end_with, put_into_rescue
from rehabdesk.app_session import Session
from rehabdesk.app_window import Window, install_excepthook
from rehabdesk.core.errors import Full, StorageError
from rehabdesk.db.own import OwnTable
from rehabdesk.notes.view.note_page import NotePage
from rehabdesk.ui.frame import Frame
from rehabdesk.ui.jobs import Jobs
from rehabdesk.ui.page import Page
from tests.windows import CTRL, Hands, everything_said, hands_on

SECRET = "Obsidian umbrellas"
ERRORS = [ValueError("odd"), RuntimeError("odd"), StorageError("The disk reported an error.")]
STEPS: list[tuple[type, str]] = [
    (Session, "note_place"),
    (Session, "leave"),
    (Session, "paper_line"),
    (Session, "unwritten"),
    (Frame, "place"),
    (Frame, "save"),
    (NotePage, "keep"),
    (Page, "leave"),
    (Jobs, "cancel_all"),
    (Window, "show_lock_page"),
    (Window, "_clear_clipboard"),
    (Desk, "lock"),
    (OwnTable, "put"),
]


@pytest.fixture
def hands(qtbot: QtBot, tmp_path: Path) -> Iterator[Hands]:
    with hands_on(qtbot, tmp_path) as ready:
        yield ready


def write_note(hands: Hands) -> None:
    hands.press(Qt.Key.Key_K, CTRL)
    hands.type("idr")
    hands.press(Qt.Key.Key_Return, CTRL)
    hands.type(SECRET)


def raiser(error: Exception) -> Callable[..., None]:
    def fail(*_arguments: object, **_options: object) -> None:
        raise error

    return fail


def again(hands: Hands) -> str:
    """What the note holds after the next process has begun, as the one before told it."""
    hands.start_again(heard=True)
    hands.sign_in("psy")
    page = hands.page
    assert isinstance(page, NotePage)
    return str(page.sheet.answers().get("psy.P3.free"))


@pytest.mark.parametrize(("kind", "step"), STEPS, ids=[f"{kind.__name__}.{step}" for kind, step in STEPS])
def test_a_step_that_fails_in_any_way_stops_nothing(hands: Hands, kind: type, step: str) -> None:
    for number, error in enumerate(ERRORS):
        hands.sign_in("psy")
        write_note(hands)
        desk = hands.session.desk
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(kind, step, raiser(error))
            hands.window.lock()
            assert len(hands.ended) == number + 1, "the process is replaced"
            assert hands.window.session is None
            assert SECRET not in everything_said(hands.window)
            assert "Idrissa" not in everything_said(hands.window)
        desk.lock()
        hands.start_again()


def test_the_lock_page_stands_before_anything_is_written(hands: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    hands.sign_in("psy")
    write_note(hands)
    covered: list[bool] = []
    keep = NotePage.keep

    def look(page: NotePage) -> None:
        covered.append(isinstance(hands.window.centralWidget(), LockPage))
        keep(page)

    monkeypatch.setattr(NotePage, "keep", look)
    hands.window.lock()
    assert set(covered) == {True}
    monkeypatch.undo()
    assert again(hands) == SECRET


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_what_no_file_took_is_there_after_the_next_unlock(
    hands: Hands, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    hands.sign_in("psy")
    write_note(hands)
    hands.session.save_now()
    hands.type(" and marmots")
    monkeypatch.setattr(OwnTable, "put", raiser(error))
    hands.window.lock()
    told = json.loads(hands.ended[-1])
    assert len(told[RESCUE]) == 1
    assert "marmots" not in hands.ended[-1].decode()
    monkeypatch.undo()

    hands.start_again(heard=True)
    hands.sign_in("psy")
    (draft,) = hands.session.services.notes.drafts()
    assert draft.answers["psy.P3.free"] == f"{SECRET} and marmots"
    assert list((hands.site.folder / "rescue").iterdir()) == []


def test_a_new_draft_is_handed_on_once_however_often_it_failed(hands: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    hands.sign_in("psy")
    monkeypatch.setattr(OwnTable, "put", raiser(StorageError("The disk reported an error.")))
    write_note(hands)
    for word in ("one ", "two ", "three"):
        hands.type(word)
        hands.session.save_now()
    hands.window.lock()
    monkeypatch.undo()

    hands.start_again(heard=True)
    hands.sign_in("psy")
    (draft,) = hands.session.services.notes.drafts()
    assert draft.answers["psy.P3.free"] == f"{SECRET}one two three"


def test_a_rescued_draft_waits_for_its_author(hands: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    hands.sign_in("psy")
    write_note(hands)
    monkeypatch.setattr(OwnTable, "put", raiser(StorageError("The disk reported an error.")))
    hands.window.lock()
    monkeypatch.undo()

    hands.start_again(heard=True)
    hands.sign_in("case")
    assert hands.session.services.notes.drafts() == ()
    hands.lock()
    assert again_as_psy(hands) == SECRET


def again_as_psy(hands: Hands) -> str:
    hands.start_again(heard=True)
    hands.sign_in("psy")
    (draft,) = hands.session.services.notes.drafts()
    return str(draft.answers["psy.P3.free"])


def test_what_cannot_be_put_into_rescue_either_goes_on_to_the_next_process(
    hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    hands.sign_in("psy")
    write_note(hands)
    monkeypatch.setattr(OwnTable, "put", raiser(StorageError("The disk reported an error.")))
    hands.window.lock()
    monkeypatch.undo()
    (hands.site.folder / "rescue").write_text("no folder", "utf-8")
    hands.start_again(heard=True)
    hands.sign_in("case")
    hands.lock()
    assert len(json.loads(hands.ended[-1])[RESCUE]) == 1

    (hands.site.folder / "rescue").unlink()
    assert again_as_psy(hands) == SECRET


def test_a_message_that_is_too_long_leaves_the_largest_drafts_out() -> None:
    got: list[bytes] = []

    def pipe(words: bytes) -> None:
        if len(words) > 500:
            raise ValueError("more than can be handed on")
        got.append(words)

    drafts = [["u1", "01", "x" * 100], ["u1", "02", "x" * 1_000]]
    assert end_with({"at": "now", RESCUE: drafts}, pipe)  # type: ignore[dict-item]  # lists of JSON
    assert json.loads(got[0])[RESCUE] == drafts[:1]
    assert not end_with({"at": "now"}, raiser(OSError()))


def test_a_message_of_another_form_is_left_out(tmp_path: Path) -> None:
    for odd in (None, "x", [1], [["../../x", "01", "eHg="]], [["u1", "../x", "eHg="]], [["u1", "01"]]):
        assert put_into_rescue(tmp_path, {RESCUE: odd}) == []  # type: ignore[dict-item]  # that is the point
    assert list(tmp_path.iterdir()) == []


def test_a_window_that_cannot_be_followed_ends(hands: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    hands.sign_in("psy")
    write_note(hands)
    left: list[int] = []
    monkeypatch.setattr(hands.window, "_replace", raiser(OSError()))
    monkeypatch.setattr(hands.window._app, "exit", left.append)
    hands.window.lock()
    assert left == [70]
    assert isinstance(hands.window.centralWidget(), LockPage)


def test_closing_the_window_locks_the_desk_whatever_a_step_raises(
    hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    hands.sign_in("psy")
    desk = hands.session.desk
    monkeypatch.setattr(Session, "leave", raiser(ValueError("odd")))
    monkeypatch.setattr(Jobs, "cancel_all", raiser(RuntimeError("odd")))
    assert hands.window.close()
    assert desk.locked


def test_on_a_full_disk_a_newer_save_is_never_replaced_by_the_rescued_one(
    hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    hands.sign_in("psy")
    desk = hands.session.desk
    monkeypatch.setattr(OwnTable, "put", raiser(Full("The disk is full.")))
    did = desk.save_draft("note_to_self", {"words": "older"}, person=None)
    assert [draft.payload["words"] for draft in desk.drafts("note_to_self")] == ["older"]
    monkeypatch.undo()
    desk.save_draft("note_to_self", {"words": "newer"}, person=None, draft_id=did)
    desk.lock()
    hands.window.session = None
    hands.start_again()
    hands.sign_in("psy")

    assert [draft.payload["words"] for draft in hands.session.desk.drafts("note_to_self")] == ["newer"]


def test_a_rescued_draft_can_be_dropped_and_does_not_come_back(hands: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    hands.sign_in("psy")
    desk = hands.session.desk
    monkeypatch.setattr(OwnTable, "put", raiser(Full("The disk is full.")))
    did = desk.save_draft("note_to_self", {"words": "older"}, person=None)
    monkeypatch.undo()
    desk.drop_draft(did)
    desk.lock()
    hands.window.session = None
    hands.start_again()
    hands.sign_in("psy")

    assert hands.session.desk.drafts("note_to_self") == ()


def test_what_was_dropped_before_it_could_be_written_does_not_come_back(
    hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    hands.sign_in("psy")
    desk = hands.session.desk
    did = desk.save_draft("note_to_self", {"words": "older"}, person=None)
    monkeypatch.setattr(OwnTable, "put", raiser(StorageError("The disk reported an error.")))
    with pytest.raises(StorageError):
        desk.save_draft("note_to_self", {"words": "newer"}, person=None, draft_id=did)
    with pytest.raises(StorageError):
        desk.drop_draft(did)
    monkeypatch.undo()
    desk.drop_draft(did)
    hands.lock()

    assert RESCUE not in json.loads(hands.ended[-1])
    hands.start_again(heard=True)
    hands.sign_in("psy")
    assert hands.session.desk.drafts("note_to_self") == ()


def test_an_error_of_the_program_claims_nothing_that_is_not_so(hands: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    hands.sign_in("psy")
    write_note(hands)
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    install_excepthook(hands.window)
    said = hands.session.frame.toast
    sys.excepthook(ValueError, ValueError("odd"), None)
    assert "What you typed is kept" in said.words
    said.end()
    hands.type("x")
    monkeypatch.setattr(OwnTable, "put", raiser(RuntimeError("odd")))
    sys.excepthook(ValueError, ValueError("odd"), None)
    assert said.words == ""
    assert hands.session.frame.trouble.sentence
    hands.session.frame.warn_of_lock(30)
    assert "saved" not in hands.session.frame._warning.text()
