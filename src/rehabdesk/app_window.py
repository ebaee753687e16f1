"""The program with a window: one window that shows the wizard, the lock page, or the frame with a page.

A lock ends this process and starts its successor; that is the only way to wipe what Python and Qt hold.
"""

import sys
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QMainWindow

from rehabdesk.access.lock_model import LockCause, PaperLine
from rehabdesk.access.lock_view import IdleWatch, LockPage
from rehabdesk.access.threshold_service import Threshold
from rehabdesk.app_lock import RESCUE, attempt, close_all_but, end_with, put_into_rescue, say_bug, sealed_words
from rehabdesk.core import resources
from rehabdesk.core.clock import local_day, parse_stamp, stamp
from rehabdesk.core.errors import RehabDeskError, StorageError
from rehabdesk.core.i18n import is_right_to_left, tr, use_country, use_language
from rehabdesk.ui.focus import FocusRing
from rehabdesk.ui.jobs import Jobs
from rehabdesk.ui.plain_kit import PlainKit
from rehabdesk.ui.theme import Look, Theme, load_fonts, system_scheme

if TYPE_CHECKING:  # what is behind the door is imported when somebody comes in
    from rehabdesk.access.own_service import Unwritten
    from rehabdesk.access.service import Desk
    from rehabdesk.app_session import Session
    from rehabdesk.core.canon import Json
    from rehabdesk.ui.files import FileDialogs
    from rehabdesk.ui.kit import Kit

TITLE = "RehabDesk"
STYLE = "fusion"
SMALLEST = (1093, 614)
FIRST_SIZE = (1366, 700)
COPY_KEPT_MS = 30_000
AFTER_FIRST_PAINT_MS = 250
NOT_REPLACED = 70
"""Exit status where no successor could be started."""
FACES = "faces"
"""Property of the application that holds what screen readers are told."""
RING_AFTER_MS = 50
"""The ring looks at every event of the program; it begins after the hundreds of the first painting."""
Replace = Callable[[bytes], None]
"""Ends this process and starts its successor, which gets the bytes on its standard input."""


class Window(QMainWindow):
    """The one window. It knows the lock and what comes before it; what is behind the door is `app_session.Session`."""

    def __init__(
        self,
        app: QApplication,
        threshold: Threshold,
        *,
        replace: Replace,
        look: Look,
        language: str,
        message: "Mapping[str, Json] | None" = None,
        seconds: Callable[[], float] = time.monotonic,
        wall: Callable[[], float] = time.time,
    ) -> None:
        super().__init__()
        self._app, self.threshold, self._replace, self._language = app, threshold, replace, language
        self._seconds, self._wall = seconds, wall
        self.setWindowTitle(TITLE)
        self.theme, self.jobs = Theme(app), Jobs(self)
        self.theme.use(look)
        self._plain = PlainKit(self.theme, self.jobs)
        self._ring = FocusRing(app, self.theme, self)
        self.session: Session | None = None
        self._watch: IdleWatch | None = None
        self._message = dict(message or {})
        self._left: list[Json] = []
        """Sealed drafts of a process before this one that could not be put into `rescue/` yet."""
        self._copied_here = False
        self._forget_copy = QTimer(self)
        self._forget_copy.setSingleShot(True)
        self._forget_copy.setInterval(COPY_KEPT_MS)
        self._forget_copy.timeout.connect(self._clear_clipboard)
        QGuiApplication.clipboard().dataChanged.connect(self._note_copy)
        self.resize(*FIRST_SIZE)
        self.setMinimumSize(800, 480)
        app.commitDataRequest.connect(lambda _manager: self.lock(LockCause.SESSION_END))

    @cached_property
    def kit(self) -> "Kit":
        """What the pages behind the lock page are made with."""
        from rehabdesk.ui.kit import Kit

        keep_no_settings()
        return Kit(self.theme, self.jobs, lambda: local_day(self.threshold.clock))

    @cached_property
    def files(self) -> "FileDialogs":
        from rehabdesk.ui.files import FileDialogs

        return FileDialogs()

    def start(self) -> None:
        """Shows the first page: the wizard where there is no desk yet, else the lock page."""
        self._left = put_into_rescue(self.threshold.folder, self._message)
        if (self.threshold.folder / "vault.rdk").exists():
            self.show_lock_page()
        else:
            self.show_setup()
        self.show()
        QTimer.singleShot(RING_AFTER_MS, self, lambda: self._ring.rest(False))

    def load_what_comes_next(self) -> None:
        """Loads the pages behind the door while somebody types the name: after the first paint, beside the window."""

        def load() -> None:
            _load_what_is_behind(self.threshold)

        def give_up(_error: BaseException) -> None:
            """Whoever comes in loads them then, and hears what is wrong."""

        QTimer.singleShot(AFTER_FIRST_PAINT_MS, self, lambda: self.jobs.run(self, load, lambda _none: None, give_up))

    # before the door

    def show_lock_page(self) -> None:
        line, at = _line_of(self._message)
        page = LockPage(self._plain, self.threshold, line=line, locked_at=at)
        page.unlocked.connect(self.open)
        page.elsewhere.connect(lambda _what: self.show_check())
        self.setCentralWidget(page)
        page.first_focus().setFocus(Qt.FocusReason.OtherFocusReason)

    def show_setup(self) -> None:
        from rehabdesk.access.setup_view import SetupPage
        from rehabdesk.app_paper import paper_tools
        from rehabdesk.app_setup import make_desk

        door = self.threshold.door
        page = SetupPage(
            self.kit,
            door,
            lambda wish, report: make_desk(wish, door.means, report, cost=door.cost),
            save=self.files.save_file,
            printer=paper_tools(self.files).print_here,
        )
        page.finished.connect(self._after_setup)
        page.reading_only.connect(self.show_check)
        page.language_chosen.connect(self._speak)
        self.setCentralWidget(page)
        if (first := page.first_focus()) is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_check(self) -> None:
        """Reading packets needs no desk."""
        from rehabdesk.handover.checking.view.check_page import CheckPage

        now, files = self.threshold.clock.now, self.files
        page = CheckPage(self.kit, now=now, choose=files.choose_file, several=files.choose_files, back=self.start)
        self.setCentralWidget(page)
        if (first := page.first_focus()) is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _after_setup(self) -> None:
        """The passphrases were in this process: it ends like one that is locked."""
        self._end({})

    def _speak(self, code: str) -> None:
        self._language = code
        use_language(code, resources.path("i18n"))
        look = self.theme.look
        self.theme.use(Look(scheme=look.scheme, rtl=is_right_to_left(code), zoom=look.zoom))
        QTimer.singleShot(0, self, self.show_setup)

    # behind the door

    def open(self, desk: "Desk") -> None:
        """Shows the desk of the one who came in, where this person was at the last lock."""
        from rehabdesk.app_session import Session

        _give_faces(self._app)
        use_country(desk.settings().country)
        if self._left:
            self._left = put_into_rescue(self.threshold.folder, {RESCUE: self._left})
            desk.own.take_back_rescued()
        session = Session(self.kit, desk, self.threshold.door, self.files)
        self.session = session
        session.lock_asked.connect(lambda: self.lock(LockCause.ASKED))
        session.look_wanted.connect(self.change_look)
        self.setCentralWidget(session.frame)
        session.begin()
        limit = desk.settings().idle_lock_minutes * 60
        self._watch = IdleWatch(self._app, limit, self._seconds, self._wall, parent=self)
        session.building.connect(self._watch.rest)
        session.building.connect(self._ring.rest)
        self._watch.warned.connect(session.frame.warn_of_lock)
        self._watch.quiet.connect(session.rest)
        self._watch.expired.connect(lambda: self.lock(LockCause.IDLE))
        self._watch.woke.connect(lambda: self.lock(LockCause.SUSPEND))

    def change_look(self, look: Look) -> None:
        """Applies colours, direction and size at once; the page is built anew where it was."""
        if self.session is not None and not self.session.frame.may_leave():
            return
        self.theme.use(look)
        if self.session is not None:
            self.setCentralWidget(self.session.build_again())

    def lock(self, cause: LockCause = LockCause.ASKED) -> None:
        """Covers everything, writes drafts and the place, locks the desk, and replaces this process. Asks nothing.

        Every step may fail alone, in any way; the lock still happens.
        """
        session, self.session = self.session, None
        if session is None:
            return
        attempt(session.note_place)
        attempt(self._cover)
        if self._watch is not None:
            attempt(self._watch.stop)
        attempt(self.jobs.cancel_all)
        attempt(lambda: close_all_but(self))
        attempt(self._clear_clipboard)
        attempt(session.leave)
        attempt(lambda: self._message.update(_line_words(session.paper_line())))
        attempt(lambda: self._hand_on(session.unwritten()))
        attempt(lambda: session.desk.lock(cause))
        attempt(session.frame.deleteLater)
        self._end(self._message)

    def _cover(self) -> None:
        """The lock page over everything that was in sight, before anything is written."""
        self.takeCentralWidget()
        self._message = {"at": stamp(self.threshold.clock.now())}
        self.show_lock_page()
        self.repaint()

    def _hand_on(self, unwritten: "Sequence[Unwritten]") -> None:
        """Drafts that no file took go to the process that follows, and what that could not write either goes on."""
        if rescue := [*self._left, *sealed_words(unwritten)]:
            self._message[RESCUE] = rescue

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Closing writes and locks like a lock, but nothing comes after it: while something typed cannot be saved, the
        window stays. A lock is always possible.
        """
        if self.session is not None:
            attempt(self.session.frame.save)
            if self.session.frame.insists():
                event.ignore()
                return
        session, self.session = self.session, None
        if self._watch is not None:
            attempt(self._watch.stop)
        if session is not None:
            attempt(session.note_place)
            attempt(session.leave)
            attempt(lambda: session.desk.lock(LockCause.ASKED))
        attempt(self.jobs.cancel_all)
        super().closeEvent(event)

    def say_storage_failure(self, error: StorageError) -> None:
        """The one dialog that waits: what happened to the store, and what to do."""
        from PySide6.QtWidgets import QMessageBox

        box = QMessageBox(QMessageBox.Icon.Warning, TITLE, "", QMessageBox.StandardButton.Ok, self)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(error.sentence)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.open()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.session is not None and not self.isActiveWindow():
            attempt(self.session.save_now)

    # inside

    def _clear_clipboard(self) -> None:
        clipboard = QGuiApplication.clipboard()
        if self._copied_here:
            clipboard.clear()
            self._copied_here = False

    def _note_copy(self) -> None:
        """What is copied while our window is in front came from here: it goes after half a minute, and at a lock."""
        self._copied_here = self.isActiveWindow() and self.session is not None
        if self._copied_here:
            self._forget_copy.start()

    def _end(self, message: "Mapping[str, Json]") -> None:
        """Whatever happens, this process does not go on: if nothing can follow it, it just ends."""
        if not end_with({**message, "language": self._language}, self._replace):
            self._app.exit(NOT_REPLACED)


def _load_what_is_behind(threshold: Threshold) -> None:
    """All that an unlock needs besides the keys. Slow: for a job."""
    _ = threshold.door
    import rehabdesk.app
    import rehabdesk.app_session
    import rehabdesk.ui.accessible  # noqa: F401 - loaded for whoever comes in
    from rehabdesk.app_services import read_what_is_shipped

    read_what_is_shipped()


def _line_words(line: PaperLine) -> "dict[str, Json]":
    return {"number": line.number, "words": list(line.words)}


def _line_of(message: "Mapping[str, Json]") -> tuple[PaperLine | None, datetime | None]:
    """The line for the paper book and the time of locking; what is not of that form is left out."""
    number, words, at = message.get("number"), message.get("words"), message.get("at")
    line = None
    if isinstance(number, int) and isinstance(words, list):
        line = PaperLine(number=number, words=tuple(str(word) for word in words))
    try:
        return line, parse_stamp(at) if isinstance(at, str) else None
    except RehabDeskError:
        return line, None


def keep_no_settings() -> None:
    """Qt's own dialogs remember folders in settings of the system: ours go nowhere."""
    from PySide6.QtCore import QSettings  # here: the lock page opens no dialog

    QSettings.setDefaultFormat(QSettings.Format.IniFormat)
    QSettings.setPath(
        QSettings.Format.IniFormat, QSettings.Scope.UserScope, "/dev/null" if sys.platform != "win32" else "NUL"
    )


def look_for(app: QApplication, language: str) -> Look:
    """What the system asks for, in the direction of the language."""
    return Look(scheme=system_scheme(app), rtl=is_right_to_left(language))


def new_application() -> QApplication:
    """The application of this process, prepared. Its style is told by Qt's own switch: `setStyle` gives Python the
    style back, with a name for each of its thousand numbers, which takes as long as painting the lock page.
    """
    app = QApplication([sys.argv[0], "-style", STYLE])
    _furnish(app)
    return app


def prepare(app: QApplication) -> None:
    """The same for an application that somebody else has made."""
    app.setStyle(STYLE)
    _furnish(app)


def _furnish(app: QApplication) -> None:
    """Name and fonts, once."""
    app.setApplicationName(TITLE)
    app.setApplicationDisplayName(TITLE)
    app.setQuitOnLastWindowClosed(True)
    load_fonts()


def _give_faces(app: QApplication) -> None:
    """What screen readers are told, once; before the first entry of a sidebar is made."""
    from rehabdesk.ui.accessible import Faces

    if app.property(FACES) is None:
        app.setProperty(FACES, Faces())


def install_excepthook(window: Window) -> None:
    """A failing store is said in a dialog; a bug keeps what was typed, says so, and leaves a line without data."""

    def hook(kind: type[BaseException], error: BaseException, trace: object) -> None:
        session = window.session
        kept = session is None or (attempt(session.save_now) and not session.frame.insists())
        if isinstance(error, StorageError):
            window.say_storage_failure(error)
        elif isinstance(error, RehabDeskError) and session is not None:
            session.frame.toast.say(error.sentence)
        else:
            say_bug(kind, trace)
            if session is not None and kept:
                session.frame.toast.say(tr("RehabDesk met an error of its own. What you typed is kept. Please go on."))

    sys.excepthook = hook
