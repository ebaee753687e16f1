"""What holds on every screen as it opens: where the focus is, room, keys, targets, roles (interface.md 16)."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from rehabdesk.ui.scroll import scroll_of
from rehabdesk.ui.table import Table
from rehabdesk.ui.theme import Look
from rehabdesk.ui.tokens import Scheme
from tests.ui import measures
from tests.ui.every_screen import AT_THE_DOOR, EVERY, Walk
from tests.ui.test_screens import DENSE
from tests.windows import SIZE

NARROW = (1093, 614)
LEAST_BODY = 200
"""Pixels of a page that scroll, at the least."""
LOOKS = {"light": (Scheme.LIGHT, 4.5), "dark": (Scheme.DARK, 4.5), "contrast": (Scheme.CONTRAST, 7.0)}
"""Least ratio between words and their ground (interface.md 16.27)."""
PACKETS = [
    *(("case", screen) for screen in ("check genuine", "check changed", "check reading", "packet waiting")),
    ("sup", "packet review"),
]
FIND = "Find a person or do something"
OWN = "\u2068Idrissa K.\u2069's own word: "
FIRST: dict[tuple[str, str], str | tuple[str, ...]] = {
    ("nobody", "lock"): "Sign-in name",
    ("nobody", "lock by card"): "Sign-in name",
    ("nobody", "only reading"): "Choose a packet file",
    ("nobody", "set-up"): "Make a new desk",
    ("nobody", "set-up site"): "Name of the site",
    ("nobody", "set-up site errors"): "Enter the name of the site.",
    ("nobody", "set-up people"): "Name and first name",
    ("nobody", "set-up passphrase"): "Passphrase",
    ("nobody", "set-up card"): "Group",
    ("nobody", "set-up end"): "Finish",
    ("psy", "people"): "People",
    ("psy", "search"): "Search for",
    ("psy", "person_edit"): "Add a need",
    ("psy", "overview"): "Quick note",
    ("psy", "timeline"): "Timeline of",
    ("psy", "notes tab"): "Timeline of",
    ("psy", "plan"): "Now",
    ("psy", "release"): "Release checklist",
    ("psy", "note"): "What happened",
    ("psy", "note read"): "Add details",
    ("psy", "addition"): "What is added",
    ("psy", "note errors"): "Answer: Was anybody else within hearing?",
    ("psy", "alert_new"): "What must people know",
    ("psy", "refusal"): "Who asked",
    ("psy", "assessments"): "Record that one exists",
    ("psy", "group"): "Write meeting",
    ("psy", "meeting"): "People of this meeting",
    ("psy", "activity"): "Activity log",
    ("psy", "help"): FIND,  # nothing there can be pressed
    ("cha", "overview"): "Parts of this record",  # nothing is in this list yet that it could be in
    ("cha", "note"): "Kind of contact",
    ("cha", "encounter"): "Date",
    ("cha", "contact_log"): "Yes",
    ("cha", "month_sheet"): "Month",
    ("cha", "contribution"): "Contribution",
    ("cha", "consents"): "Record an answer",
    ("case", "register"): "Given name",
    ("case", "register errors"): "Fill in: Given name.",
    ("case", "import"): "Choose a file",
    ("case", "plan_write"): "What",
    ("case", "programmes"): "Record a session: Vocational training",
    ("case", "programme form"): "What it is",
    ("case", "person_edit"): "Given name",
    ("case", "legal"): "Change the stage",
    ("case", "placements"): "Record a move",
    ("case", "assignments"): "Assign somebody",
    ("case", "contacts"): "Add a contact",
    ("case", "packet"): "Team",
    ("case", "packet contents"): "What has changed for me",
    ("case", "team"): "Name of the team",
    ("case", "packet_check"): "Choose a packet file",
    ("case", "releases"): "Releases",
    ("case", "family_contact"): "Form of contact",
    ("case", "voice_statement"): "Wrote it",
    ("case", "item"): "In progress",
    ("case", "move date"): "Planned release on",
    ("case", "short notice"): "Release on",
    ("case", "condition"): "Category",
    ("case", "goal removal"): "Why is the goal removed?",
    ("case", "progress"): OWN,
    ("case", "words"): "Record progress",
    ("case", "reviews"): ("Start review", "Continue review"),
    ("case", "review"): OWN,
    ("case", "review errors"): "Write what happened since the last review.",
    ("case", "something happened"): "Major incident",
    ("sup", "review rules"): "Shorten: Pre-trial",
    ("case", "answer"): "Agrees",
    ("case", "palette"): FIND,
    ("sup", "legal"): FIND,  # only read there
    ("sup", "day"): "Open packet: Countersign packet for",
    ("sup", "packet review"): "Pages",
    ("sup", "packet return"): "Why does the packet go back?",
    ("sup", "countersign strip"): "Your passphrase",
    ("case", "packet waiting"): "Pages",
    ("case", "check genuine"): "Read the packet",
    ("case", "check changed"): "Call sheet",
    ("case", "check reading"): "Sections",
    ("sup", "waiver"): "Why is it waived?",
    ("sup", "waiver strip"): "Your passphrase",
}
"""The first useful control, by the beginning of its name. Screens that are not named: something of the page itself."""


@pytest.mark.parametrize(("role", "screen"), EVERY)
def test_as_it_opens(walk: Walk, role: str, screen: str) -> None:
    window = walk.open(role, screen)
    focus: QWidget | None = QApplication.focusWidget()

    assert focus is not None
    wanted = FIRST.get((role, screen))
    assert focus.accessibleName().startswith(wanted or "")
    assert wanted is not None or walk.page.isAncestorOf(focus), f"the focus is in {focus.accessibleName()}"
    assert measures.misnamed(window) == []
    assert measures.doubled(window) == []
    assert measures.small(window) == []
    assert measures.grey_without_a_reason(window) == []
    assert measures.overlaps(window) == []
    assert measures.cut(window) == []
    assert measures.beyond(window, *SIZE) == []
    assert measures.out_of_sight(window) == []

    if screen != "palette":  # which Esc leaves
        assert measures.untabbed(window) == []

    window.resize(*NARROW)
    walk.hands.settle()

    assert (window.width(), window.height()) == NARROW
    assert measures.beyond(window, *NARROW) == []
    assert measures.cut(window) == []
    assert measures.overlaps(window) == []
    assert measures.out_of_sight(window) == []
    if walk.hands.window.session is None:
        return
    nameless = [each for each in walk.hands.session.frame.sidebar.findChildren(QPushButton) if not each.toolTip()]
    assert nameless == [], "a sidebar of icons says what they lead to"
    assert all(not each.text() for each in walk.hands.session.frame.sidebar.findChildren(QPushButton))


@pytest.mark.parametrize("look", list(LOOKS))
@pytest.mark.parametrize(("role", "screen"), [*AT_THE_DOOR, *PACKETS])
def test_words_stand_out_from_their_ground(walk: Walk, role: str, screen: str, look: str) -> None:
    scheme, least = LOOKS[look]
    window = walk.open(role, screen, Look(scheme=scheme))

    low, looked_at = measures.faint(window, least)

    assert looked_at >= 5
    assert low == []


LARGER = [
    (role, screen, zoom)
    for zoom in (1.15, 1.3, 1.5)
    for place, (role, screen) in enumerate(EVERY)
    if (1.15, 1.3, 1.5)[place % 3] == zoom or (zoom == 1.5 and (role, screen) in DENSE)
]
"""Each screen in one of the larger sizes; the dense ones at 150 % as well."""


@pytest.mark.parametrize(("role", "screen", "zoom"), LARGER)
def test_in_larger_text(walk: Walk, role: str, screen: str, zoom: float) -> None:
    window = walk.open(role, screen, Look(zoom=zoom))

    assert measures.cramped(window, LEAST_BODY) == []
    assert measures.cut(window) == []
    assert measures.overlaps(window) == []
    assert measures.beyond(window, *SIZE) == []
    assert measures.out_of_sight(window) == []


def test_the_page_goes_with_the_row_in_hand(walk: Walk) -> None:
    walk.open("case", "release")
    table = walk.hands.focus
    assert isinstance(table, Table)
    scroll = scroll_of(table)
    assert scroll is not None
    assert scroll.verticalScrollBar().value() == 0, "what stands above the first row stays in sight"

    for _ in range(20):
        walk.hands.press(Qt.Key.Key_Down)

    row = table.visualRect(table.currentIndex())
    top = table.viewport().mapTo(scroll.viewport(), row.topLeft()).y()
    assert 0 <= top <= scroll.viewport().height() - row.height()
