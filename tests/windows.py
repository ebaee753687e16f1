"""The real window on a real desk, driven by keys: only clock, cost and the end of the process are replaced."""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path

from event_loop import settle
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QWidget
from pytestqt.qtbot import QtBot

from rehabdesk.access.door_service import Door
from rehabdesk.access.threshold_service import Threshold
from rehabdesk.app import PROJECTIONS
from rehabdesk.app_session import Session
from rehabdesk.app_window import Window, prepare
from rehabdesk.core.canon import Json
from rehabdesk.core.text import without_isolates
from rehabdesk.people.legal_model import DateSource, LegalDates, LegalEpisode, Stage
from rehabdesk.people.model import (
    AgeRegime,
    AssignmentDetails,
    BirthPrecision,
    Capacity,
    Language,
    PersonDetails,
    PersonName,
    Placement,
    Script,
    Sex,
)
from rehabdesk.people.service import People
from rehabdesk.ui.page import Page
from rehabdesk.ui.theme import Look
from tests.desks import CHEAP, STAFF, Site, cast, passphrase

SIZE = (1366, 700)
PEOPLE = (("Idrissa", "Kada", "24-017"), ("Omar", "Sall", "24-018"), ("Amina", "Keita", "24-019"))
"""Given name, family name, case number of the invented people."""
CTRL, ALT, NONE = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.NoModifier


class MouseWatch(QObject):
    """Counts what a mouse did."""

    def __init__(self) -> None:
        super().__init__()
        self.presses = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.MouseButtonPress:
            self.presses += 1
        return super().eventFilter(watched, event)


@dataclass(kw_only=True)
class Hands:
    """One window and the hands on its keyboard. `groups` counts keystroke groups: a typed run is one."""

    qtbot: QtBot
    window: Window
    site: Site
    ended: list[bytes]
    seconds: list[float]
    groups: int = 0
    people: dict[str, str] = field(default_factory=dict)

    @property
    def session(self) -> Session:
        assert self.window.session is not None, "the desk is locked"
        return self.window.session

    @property
    def page(self) -> Page:
        page = self.session.frame.page
        assert page is not None
        return page

    @property
    def focus(self) -> QWidget:
        widget: QWidget | None = QApplication.focusWidget()
        if widget is None:  # a window of another test that dies takes the focus with it
            self._come_to_front()
            self.settle()
            widget = QApplication.focusWidget()
        assert widget is not None, "nothing has the focus"
        return widget

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
        """One key."""
        self.groups += 1
        self._come_to_front()
        widget: QWidget | None = QApplication.focusWidget()
        target: QWidget = self.window if widget is None else widget
        QTest.keyClick(target, key, modifier)
        self.settle()

    def _come_to_front(self) -> None:
        """Shortcuts reach the active window only, and one of another test may still be it. Dialogs stay in front."""
        front: QWidget | None = QApplication.activeWindow()
        opened = QApplication.activePopupWidget() or QApplication.activeModalWidget()
        if front is not self.window and opened is None and (front is None or front.parent() is None):
            self.window.activateWindow()
            self.settle()

    def type(self, words: str) -> None:
        """A run of keys; each goes to what has the focus by then."""
        self._come_to_front()
        self.groups += 1
        for sign in words:
            if sign == "\n":
                QTest.keyClick(self.focus, Qt.Key.Key_Return)
            else:
                QTest.keyClicks(self.focus, sign)
        self.settle()

    def to(self, caption: str) -> QWidget:
        """Tabs on until the control of that name has the focus; fails when it is not reached."""
        seen: list[str] = []
        for _ in range(150):
            widget: QWidget | None = QApplication.focusWidget()
            name = "" if widget is None else widget.accessibleName()
            if name.startswith(caption):
                return self.focus
            seen.append(name)
            self.press(Qt.Key.Key_Tab)
        raise AssertionError(f"Tab does not lead to {caption!r}, but to {list(dict.fromkeys(seen))}")

    def fill(self, caption: str, words: str) -> None:
        """Goes to a field by Tab and types."""
        self.to(caption)
        self.type(words)

    def choose(self, caption: str, words: str) -> None:
        """Goes to a list that opens and types the beginning of an answer."""
        control = self.to(caption)
        assert isinstance(control, QComboBox)
        control.view().keyboardSearch("")  # as after a pause: else Qt takes letters typed before for the same word
        self.type(words)
        assert control.currentText().startswith(words), f"{caption}: {control.currentText()}"

    def push(self, caption: str) -> None:
        """Goes to a button by Tab and presses it."""
        self.to(caption)
        self.press(Qt.Key.Key_Space)

    def digit(self, caption: str, number: int) -> None:
        """Goes to a choice by Tab and chooses by digit."""
        self.to(caption)
        self.type(str(number))

    def settle(self) -> None:
        """Lets what was asked for happen."""
        settle()

    def wait(self, happened: Callable[[], bool], timeout: int = 8_000) -> None:
        self.qtbot.waitUntil(happened, timeout=timeout)
        self.settle()

    def sign_in(self, name: str, phrase: str | None = None) -> None:
        """As `name`, from the lock page, by keys."""
        self.site.close()
        self.type(name)
        self.press(Qt.Key.Key_Tab)
        self.type(phrase or passphrase(name))
        self.press(Qt.Key.Key_Return)
        self.wait(lambda: self.window.session is not None)

    def lock(self) -> None:
        self.press(Qt.Key.Key_L, CTRL)
        assert self.window.session is None

    def start_again(self, *, heard: bool = False) -> None:
        """What the successor of a process that was locked does: a fresh window, from the start.

        `heard`: it got what the one before told it.
        """
        message = json.loads(self.ended[-1]) if heard else {}
        self.window.close()
        close_window(self.window)
        self.window = _window(self.qtbot, self.site, self.ended, self.seconds, message)

    def pass_time(self, seconds: float) -> None:
        """Nobody touches anything for a while."""
        self.seconds[0] += seconds


@contextmanager
def hands_on(
    qtbot: QtBot, folder: Path, *, staff: Sequence[tuple[str, object]] = STAFF, people: bool = True
) -> Iterator[Hands]:
    """A desk with three people, everybody on their cases, and the lock page in sight."""
    site = Site(folder=folder / "vault", profile=folder / "profile", projections=PROJECTIONS)
    ids = cast(site, ("people", people, *staff), lambda: _founded(site, staff, people=people))
    ended: list[bytes] = []
    seconds = [1_000.0]
    hands = Hands(
        qtbot=qtbot, window=_window(qtbot, site, ended, seconds), site=site, ended=ended, seconds=seconds, people=ids
    )
    try:
        yield hands
    finally:
        if hands.window.session is not None:
            hands.window.session.desk.lock()
            hands.window.session = None
        close_window(hands.window)


def _founded(site: Site, staff: Sequence[tuple[str, object]], *, people: bool) -> dict[str, str]:
    site.create(staff)  # type: ignore[arg-type]  # pairs of name and role
    return register_people(site) if people else {}


def close_window(window: Window) -> None:
    """Closes it and lets its widgets die: dead windows would be restyled at every change of look."""
    window.jobs.close()
    window.close()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@cache
def application() -> QApplication:
    """The one application of this test process, with our style and fonts.

    Once, as in the program: fonts that are added again lengthen each search for one, and all measures are forgotten.
    """
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    prepare(app)
    return app


def _window(
    qtbot: QtBot, site: Site, ended: list[bytes], seconds: list[float], message: dict[str, Json] | None = None
) -> Window:
    site.close()
    app = application()
    door = Door(site.folder, site.means, profile=site.profile, cost=CHEAP)
    window = Window(
        app,
        Threshold.of(door),
        replace=ended.append,
        look=Look(),
        language="en",
        message=message,
        seconds=lambda: seconds[0],
        wall=lambda: seconds[0],
    )
    window.resize(*SIZE)
    window.start()
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
    return window


def register_people(site: Site) -> dict[str, str]:
    people = People(site.open("case"))
    ids = {}
    for given, family, case in PEOPLE:
        details = PersonDetails(
            case_ref=case,
            display_alias=f"{given} {family[0]}.",
            names=(PersonName(script=Script.LATIN, given=given, family=family),),
            sex=Sex.NOT_RECORDED,
            age_regime=AgeRegime.ADULT,
            birth_date=date(1997, 1, 1),
            birth_precision=BirthPrecision.ESTIMATED,
            languages=(Language(code="dje", preferred=True),),
            interpreter_needed=True,
        )
        legal = LegalEpisode(
            stage=Stage.SENTENCED,
            since=date(2024, 3, 3),
            source=DateSource.REGISTRY,
            country="NE",
            dates=LegalDates(planned_release=date(2027, 8, 6)),  # no list opens by itself yet
        )
        place = Placement(establishment="Three Wells", since=date(2024, 3, 3), unit="B2-14")
        ids[given] = people.register(details, legal, placement=place).id
        for sign_in, capacity in (
            ("case", Capacity.LEAD_CASE_OFFICER),
            ("psy", Capacity.PSYCHOLOGIST),
            ("cha", Capacity.CHAPLAIN),
        ):
            assigned = AssignmentDetails(staff=site.uid(sign_in), capacity=capacity, since=date(2026, 1, 1))
            people.assign(ids[given], assigned)
    site.close()
    return ids


def accessible(widget: QWidget) -> Iterator[QAccessibleInterface]:
    """Every element of the accessibility tree below a widget, the widget first."""
    stack: list[QAccessibleInterface | None] = [QAccessible.queryAccessibleInterface(widget)]
    while stack:
        one = stack.pop()
        if one is not None:  # Qt gives none for a child that is just going
            yield one
            stack.extend(one.child(place) for place in range(one.childCount()))


def everything_said(window: QWidget) -> str:
    """All words that a window holds: names, descriptions and values of the accessibility tree, tooltips, title.

    Without the marks that keep names in their own direction.
    """
    kinds = (QAccessible.Text.Name, QAccessible.Text.Description, QAccessible.Text.Value, QAccessible.Text.Help)
    said = [window.windowTitle()]
    for one in accessible(window):
        said += [one.text(kind) for kind in kinds]
    for widget in window.findChildren(QWidget):
        said += [widget.toolTip(), widget.accessibleName(), widget.statusTip(), widget.whatsThis()]
        for name in ("text", "toPlainText"):
            read = getattr(widget, name, None)
            if callable(read):
                said.append(str(read()))
    return without_isolates("\n".join(said))
