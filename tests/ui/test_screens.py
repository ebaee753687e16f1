"""The routes of each role, words and their ground, sides in Arabic, what a role may not open (interface.md 16).

What holds on every screen as it opens is in test_every_screen.py, which walks these routes and more.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from rehabdesk.core import resources
from rehabdesk.core.i18n import use_language
from rehabdesk.db.projection import CLINICAL
from rehabdesk.notes.groups.group_model import Group, Lines, Mark
from rehabdesk.ui.own_copy_page import OwnCopyPage
from rehabdesk.ui.page import Route
from rehabdesk.ui.theme import Look
from rehabdesk.ui.tokens import Scheme
from tests.desks import START
from tests.notes.sessions import SESSION
from tests.ui.measures import faint
from tests.windows import SIZE, Hands, hands_on

RECORD = ("person_edit", "legal", "placements", "assignments", "consents")
SCREENS = {
    "psy": (
        *("day", "people", "search", "person_edit", "overview", "timeline", "plan", "release", "note", "assessments"),
        *("alert_new", "refusal", "groups", "group", "meeting", "meeting_read"),
        *("activity", "settings", "writing", "help", "blanks", "note_paper", "my_month", "my_month_paper"),
    ),
    "cha": (
        *("day", "people", "search", "overview", "plan", "release", "note", "encounter", "contacts", "consents"),
        *("contact_log", "month_sheet", "contribution", "month_paper"),
    ),
    "case": (
        *("day", "register", "import", "search", "plan_write", *RECORD, "contacts", "packet", "packets"),
        *("releases", "packet_check", "family_contact", "voice_statement", "conferences", "conference_plan"),
        *("plan_history", "programmes", "own_plan", "sites_teams", "signing_keys", "guide", "inbox"),
    ),
    "sup": ("legal", "assignments", "day", "people", "plan", "release", "packets", "supervision", "work", "releases"),
    "adm": (
        *("day", "activity", "settings", "alert_new", "blanks", "site_checklist", "site_words", "sites_teams"),
        "signing_keys",
    ),
}
LOOKS = {
    "light": Look(),
    "dark": Look(scheme=Scheme.DARK),
    "contrast": Look(scheme=Scheme.CONTRAST),
    "rtl": Look(rtl=True),
}
DENSE = [
    ("psy", "note"),
    ("psy", "overview"),
    ("psy", "settings"),
    ("psy", "alert_new"),
    ("psy", "group"),
    ("psy", "meeting"),
    ("psy", "meeting_read"),
    ("psy", "blanks"),
    ("psy", "note_paper"),
    ("cha", "note"),
    ("cha", "contact_log"),
    ("cha", "month_sheet"),
    ("cha", "contribution"),
    ("case", "register"),
    ("case", "plan_write"),
    ("case", "packet"),
    ("case", "contacts"),
    ("case", "family_contact"),
    *(("case", each) for each in (*RECORD, "conference_plan")),
    *(("sup", each) for each in ("day", "supervision", "releases")),
    ("adm", "activity"),
]
"""Pages with so much on them that they are walked in the largest text in any case."""
ONE_OF_EACH = [
    *(("psy", "note"), ("psy", "meeting"), ("psy", "overview")),
    *(("case", "packet"), ("case", "plan_write"), ("sup", "day")),
]


def route_of(screen: str, person: str) -> Route:
    if screen in ("overview", "timeline", "plan", "release", "contacts"):
        return Route(name="person", person=person, id=screen)
    if screen == "note":
        return Route(name="note", person=person)
    if screen in ("family_contact", "voice_statement"):
        return Route(name="note", person=person, id=f"form:{screen}")
    if screen in ("packet", "encounter", "assessments", "contribution", "refusal", *RECORD):
        return Route(name=screen, person=person)
    if screen in ("conferences", "conference_plan", "plan_history", "programmes", "own_plan"):
        return Route(name=screen, person=person)
    if screen in ("work", "my_month_paper"):
        return Route(name=screen, id="late" if screen == "work" else f"{START:%Y-%m}")
    if screen == "plan_write":
        return Route(name=screen, person=person, id="new")
    return Route(name=screen)


@pytest.fixture(scope="module")
def opened(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Hands]]:
    """One window for all screens of this file; roles change by signing in, as on the shared PC."""
    held: dict[str, object] = {}
    yield held  # type: ignore[misc]  # filled by `screen`
    context = held.get("context")
    if context is not None:
        context.__exit__(None, None, None)  # type: ignore[attr-defined]  # what `hands_on` gave


@pytest.fixture
def screens(qtbot: QtBot, opened: dict[str, object], tmp_path_factory: pytest.TempPathFactory) -> "Screens":
    if "hands" not in opened:
        context = hands_on(qtbot, tmp_path_factory.mktemp("desk"))
        opened["context"], opened["hands"] = context, context.__enter__()
    hands = opened["hands"]
    assert isinstance(hands, Hands)
    hands.qtbot = qtbot
    return Screens(hands)


class Screens:
    """Opens screens on the one window."""

    language = "en"

    def __init__(self, hands: Hands) -> None:
        self.hands = hands

    def open(self, role: str, screen: str, look: Look = LOOKS["light"], language: str = "en") -> QWidget:
        hands = self.hands
        use_language(language, resources.path("i18n"))
        session = hands.window.session
        if session is None or session.services.sign_in != role:
            if session is not None:
                hands.lock()
            if hands.window.theme.look != look:
                hands.window.theme.use(look)
            hands.start_again()
            hands.sign_in(role)
        hands.window.resize(*SIZE)
        if hands.window.theme.look != look or self.language != language:
            hands.window.change_look(look)
        Screens.language = language
        route = route_of(screen, hands.people["Idrissa"])
        if screen in ("group", "meeting", "meeting_read"):
            route = Route(name=screen, id=group_ids(hands)[screen])
        if screen == "note":
            route = Route(name="note", person=route.person, id=f"form:{hands.session.pages.note_form}")
        if screen == "note_paper":
            route = Route(name=screen, person=hands.people["Idrissa"], id=f"{CLINICAL}:{self.signed()}")
        if screen == "month_paper":
            route = Route(name=screen, id=hands.session.services.months.months()[0])
        hands.session.open(route)
        hands.session.frame.toast.end()
        hands.settle()
        if isinstance(paper := hands.page, OwnCopyPage):
            hands.wait(lambda: paper.pdf is not None)
        use_language("en", resources.path("i18n"))
        return hands.window

    def signed(self) -> str:
        """A signed note on Idrissa, written if there is none yet."""
        hands, notes = self.hands, self.hands.session.services.notes
        found = [each for each in notes.timeline.page(hands.people["Idrissa"], previews=False) if each.comp == CLINICAL]
        if found:
            return found[0].rid
        draft = notes.start(
            "psychologist_session",
            hands.people["Idrissa"],
            occurred_at=hands.site.clock.now() - timedelta(hours=1),
            answers=SESSION,
        )
        return notes.sign(draft).note.rid


def group_ids(hands: Hands) -> dict[str, str]:
    """What the pages of groups show: one group of the three people with a signed meeting; made once."""
    s = hands.session.services
    if not s.groups.all():
        leaders = (s.desk.uid,)
        made = s.groups.create(Group(name="Choices", theme="Pressure", lines=Lines.CLINICAL, facilitators=leaders))
        for person in hands.people.values():
            s.groups.add_member(made, person, since=hands.site.clock.now().date())
        marks = {person: Mark(attendance="no_escort") for person in hands.people.values()}
        marks[hands.people["Omar"]] = Mark(attendance="came", took_part="steadily", words="Used the short answer.")
        typed = replace(s.meetings.fresh(made), theme="Old friends", done="A round.", climate="lively", marks=marks)
        s.meetings.sign(s.meetings.save_draft(typed, None))
    (row,) = s.groups.all()
    return {"group": row.id, "meeting": f"group:{row.id}", "meeting_read": s.meetings_read.of_group(row.id)[0].id}


@pytest.mark.parametrize(("role", "screen"), ONE_OF_EACH)
@pytest.mark.parametrize("look", ["light", "dark", "contrast"])
def test_words_stand_out_from_their_ground(screens: Screens, role: str, screen: str, look: str) -> None:
    window = screens.open(role, screen, LOOKS[look])
    least = 7.0 if look == "contrast" else 4.5
    low, looked_at = faint(window, least)
    assert looked_at > 10
    assert low == []


def test_the_sidebar_is_on_the_other_side_in_arabic(screens: Screens) -> None:
    window = screens.open("psy", "overview")
    left = screens.hands.session.frame.sidebar
    assert left.mapTo(window, left.rect().topLeft()).x() == 0

    window = screens.open("psy", "overview", LOOKS["rtl"])

    right = screens.hands.session.frame.sidebar
    assert right.mapTo(window, right.rect().topRight()).x() == window.width() - 1


@pytest.mark.parametrize("role", list(SCREENS))
def test_what_a_role_may_not_open_does_not_exist(screens: Screens, role: str) -> None:
    screens.open(role, SCREENS[role][0])
    session = screens.hands.session
    menu = {name for name, *_ in session.pages.menu()}
    found = {hit.words for hit in session.find("")} | {hit.words for hit in session.find("pack")}
    assert ("packets" in menu) == (role in ("psy", "case", "sup"))
    assert ("releases" in menu) == (role in ("case", "sup"))
    assert ("people" in menu) == (role != "adm")
    assert ("groups" in menu) == (role == "psy")
    assert ("Packets" in found) == (role in ("psy", "case", "sup"))
    if role == "adm":
        assert not any(name in words for words in found for name in ("Idrissa", "Omar", "Amina"))


def test_the_tokens_hold_in_every_scheme() -> None:
    from rehabdesk.ui.tokens import failures

    assert {scheme: failures(scheme) for scheme in Scheme} == {scheme: [] for scheme in Scheme}


def test_ten_thousand_signals_do_not_end_the_program(qtbot: QtBot) -> None:
    from PySide6.QtCore import QObject, Signal

    class Bell(QObject):
        rang = Signal(bool)

    bell = Bell()
    heard: list[bool] = []
    bell.rang.connect(heard.append)
    for _ in range(10_000):
        bell.rang.emit(True)
    assert len(heard) == 10_000


def test_the_icons_of_the_sheet_are_those_of_the_tokens() -> None:
    import subprocess
    import sys

    root = Path(__file__).resolve().parents[2]
    code = "import make_sheet_icons as m; print('\\n'.join(sorted(m.pictures())))"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=root / "packaging", capture_output=True, text=True, check=True
    )
    assert sorted(done.stdout.split()) == sorted(file.name for file in (root / "resources/icons/sheet").iterdir())
