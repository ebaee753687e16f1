"""The person's papers in the window, by keys: from the plan and from the release to real pages, in the log as words."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from rehabdesk.core.errors import UserError
from rehabdesk.ui.own_copy_page import OwnCopyPage
from rehabdesk.ui.page import Route
from tests.plans.cases import GOALS, activate, draft_plan
from tests.readiness.test_service import CONDITION
from tests.ui.test_paper import FilePrinters, Folder, shown, text_of
from tests.windows import Hands, everything_said, hands_on


@pytest.fixture
def out(tmp_path: Path) -> Path:
    folder = tmp_path / "out"
    folder.mkdir()
    return folder


@pytest.fixture
def hands(qtbot: QtBot, tmp_path: Path, out: Path) -> Iterator[Hands]:
    with hands_on(qtbot, tmp_path / "desk") as ready:
        ready.window.files = Folder(out, FilePrinters(out))
        yield ready


def test_plan_list_and_cards_leave_by_keys_and_the_log_says_which(hands: Hands, out: Path) -> None:
    hands.sign_in("case")
    s, person = hands.session.services, hands.people["Idrissa"]
    with_omar = replace(GOALS[0], wording="I sew a coat with Omar Sall.")
    activate(s.plans, person, draft_plan(goals=(with_omar, *GOALS[1:])))
    s.releases.open_list(person, date(2027, 1, 8))
    s.releases.conditions.add(person, CONDITION)
    doors = (("plan", "Print for", "plan"), ("release", "Print for", "list"), ("release", "Print the cards", "cards"))
    for tab, door, what in doors:
        hands.session.open(Route(name="person", person=person, id=tab))
        hands.settle()
        hands.push(door)
        page = hands.page
        assert isinstance(page, OwnCopyPage)
        shown(hands, page)
        hands.push("Save as PDF")
        (saved,) = out.glob(f"RD-{what}-*.pdf")
        assert "Idrissa" in text_of(saved)
        hands.push("Back")
        assert hands.page.tab is not None  # type: ignore[attr-defined]  # the page of a person

    find = hands.session.pages._writing.named_in(person)
    hands.wait(lambda: bool(find("Omar Sall")))
    hands.session.open(Route(name="own_plan", person=person))
    hands.settle()
    assert "Named on it: Omar Sall." in everything_said(hands.page)
    hands.session.open(Route(name="activity"))
    hands.settle()
    said = everything_said(hands.page)
    for words in ("a plan for the person", "a release checklist for the person", "the cards of conditions"):
        assert f"Saved {words}" in said
    hands.lock()
    hands.sign_in("psy")
    with pytest.raises(UserError, match="Your role"):
        hands.session.pages.make(Route(name="own_list", person=person))
