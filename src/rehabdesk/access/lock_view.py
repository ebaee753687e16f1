"""The lock page, and the watch that locks when nobody is there. Neither knows who was here before."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QSizePolicy, QWidget

from rehabdesk.access.lock_model import PaperLine
from rehabdesk.access.threshold_service import Threshold
from rehabdesk.core.errors import RehabDeskError
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate_ltr
from rehabdesk.ui.dates import clock
from rehabdesk.ui.plain_kit import STRETCH, Card, PlainKit

if TYPE_CHECKING:
    from rehabdesk.access.service import Desk

CARD_WIDTH = 420
WARNING_SECONDS = 60
_TICK_MS = 500
_TOUCHES = frozenset({QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel})
_ASLEEP_SECONDS = 20
_QUIET_SECONDS = 2


class LockPage(QWidget):
    """Sign-in name and passphrase; nothing of anybody else. `line`: for the paper book, after a lock."""

    unlocked = Signal(object)
    elsewhere = Signal(str)
    """`check`: read a packet without signing in."""

    def __init__(
        self, kit: PlainKit, threshold: Threshold, *, line: PaperLine | None = None, locked_at: datetime | None = None
    ) -> None:
        super().__init__()
        self._kit, self._threshold = kit, threshold
        self.setObjectName("root")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._name, self._phrase = kit.line(), kit.secret()
        self._name.setObjectName("sign-in")
        self._phrase.setObjectName("passphrase")
        self._name.setInputMethodHints(Qt.InputMethodHint.ImhNoAutoUppercase | Qt.InputMethodHint.ImhNoPredictiveText)
        self._by_card: _ByCard | None = None
        """What few people need is made when it is first asked for."""
        self._problem = kit.label("", "small", tone="danger", wrap=True)
        self._problem.hide()
        self._open = kit.button(tr("Unlock"), kind="primary", icon="lock-open")
        self._open.setObjectName("unlock")
        self._open.clicked.connect(self._try)
        for field in (self._name, self._phrase):
            field.returnPressed.connect(self._try)
        self._capitals = kit.label(tr("Caps Lock is on."), "small", tone="warn")
        self._capitals.hide()
        self._phrase.installEventFilter(self)
        self._forgot = kit.button(tr("Forgot passphrase"), kind="quiet")
        self._forgot.clicked.connect(self._switch)
        check = kit.button(tr("Check a packet"), kind="quiet", icon="shield-check")
        check.clicked.connect(lambda: self.elsewhere.emit("check"))
        column = kit.column(STRETCH, self._card(kit), self._foot(kit, check, line, locked_at), STRETCH, gap=3)
        self.setLayout(kit.row(kit.scroll(kit.box(kit.row(STRETCH, column, STRETCH)))))  # large text needs more room

    def first_focus(self) -> QWidget:
        return self._name

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """No system tells Qt whether Caps Lock is on; a letter that is large without Shift, or small with it, does."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.text().isalpha():
            shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            cased = event.text().upper() != event.text().lower()
            self._capitals.setVisible(cased and event.text().isupper() != shifted)
        return super().eventFilter(watched, event)

    def clear(self) -> None:
        """Nothing typed stays."""
        for field in (self._name, self._phrase, *(self._by_card.lines if self._by_card else ())):
            field.clear()

    def _card(self, kit: PlainKit) -> Card:
        self._phrase_field = kit.field(tr("Passphrase"), self._phrase)
        head = kit.row(kit.picture("heart-handshake", "primary", 28), kit.label("RehabDesk", "h1"), STRETCH)
        hint = kit.label(
            tr("Sign in with your own name. Everything is kept on this computer."), tone="muted", wrap=True
        )
        self._frame = card = kit.card(
            "",
            head,
            hint,
            kit.field(tr("Sign-in name"), self._name),
            self._phrase_field,
            self._capitals,
            self._problem,
            kit.row(self._forgot, STRETCH, self._open),
        )
        card.setAccessibleName(tr("Locked"))
        card.setFixedWidth(kit.theme.px(CARD_WIDTH))
        card.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Maximum)
        return card

    def _foot(self, kit: PlainKit, check: QWidget, line: PaperLine | None, locked_at: datetime | None) -> QWidget:
        words = []
        if locked_at is not None:
            words.append(kit.label(tr("Locked at {time}.").format(time=clock(locked_at)), "small", tone="muted"))
        if line is not None:
            text = tr("For the paper book: number {number}, {words}").format(
                number=line.number, words=isolate_ltr(" ".join(line.words))
            )
            words.append(kit.label(text, "small", tone="muted", wrap=True))
        words.append(kit.label(tr("No names or records are shown while locked."), "small", tone="hint", wrap=True))
        foot = kit.box(kit.column(*words, kit.row(check, STRETCH), gap=1))
        foot.setFixedWidth(kit.theme.px(CARD_WIDTH))
        return foot

    def _switch(self) -> None:
        fields = self._by_card or self._make_card_fields()
        wanted = fields.isHidden()
        fields.setVisible(wanted)
        self._phrase_field.setVisible(not wanted)
        self._kit.rename(self._forgot, tr("Use the passphrase") if wanted else tr("Forgot passphrase"))
        self._say("")
        first: QLineEdit = self._asked()[1] if self._name.text() else self._name
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _make_card_fields(self) -> "_ByCard":
        """Below the passphrase, in whose place they come, also for Tab."""
        self._by_card = fields = _ByCard(self._kit)
        fields.hide()
        column = self._frame.content
        column.insertWidget(column.indexOf(self._phrase_field) + 1, fields)
        before: QLineEdit = self._phrase
        for line in fields.lines:
            line.returnPressed.connect(self._try)
            self.setTabOrder(before, line)
            before = line
        for line in (fields.new, fields.again):
            line.installEventFilter(self)
        return fields

    def _try(self) -> None:
        empty = next((field for field in self._asked() if not field.text().strip()), None)
        if empty is not None:
            self._say(tr("Fill in: {label}.").format(label=empty.accessibleName()))
            empty.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        at, name, fields = self._threshold, self._name.text(), self._fields()
        if fields is None:
            phrase = self._phrase.text()
            work = lambda: at.door.unlock(name, phrase)  # noqa: E731 - one of two, for the same thread
        elif fields.new.text() != fields.again.text():
            self._say(tr("The two new passphrases differ. Type them again."))
            fields.again.clear()
            fields.again.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        else:
            card, new = fields.card.text(), fields.new.text()
            work = lambda: at.door.come_in_with_card(name, card, new)  # noqa: E731 - as above
        self._busy(True)
        self._kit.jobs.run(self, work, self._came_in, self._failed)

    def _asked(self) -> tuple[QLineEdit, ...]:
        fields = self._fields()
        return (self._name, self._phrase) if fields is None else (self._name, *fields.lines)

    def _fields(self) -> "_ByCard | None":
        """Those of the recovery card, while they stand in the place of the passphrase."""
        return None if self._by_card is None or self._by_card.isHidden() else self._by_card

    def _came_in(self, desk: "Desk") -> None:
        self._busy(False)
        self.clear()
        self.unlocked.emit(desk)

    def _failed(self, error: BaseException) -> None:
        self._busy(False)
        self._phrase.clear()
        if not isinstance(error, RehabDeskError):
            raise error
        self._say(error.sentence)
        self._asked()[1].setFocus(Qt.FocusReason.OtherFocusReason)

    def _busy(self, on: bool) -> None:
        self._kit.rename(self._open, tr("Opening…") if on else tr("Unlock"))
        for part in (self._open, self._forgot, *self._asked()):
            part.setEnabled(not on)

    def _say(self, sentence: str) -> None:
        self._problem.setText(sentence)
        self._problem.setAccessibleName(sentence)
        self._problem.setVisible(bool(sentence))


class _ByCard(QWidget):
    """The recovery card, and the new passphrase that goes with it."""

    def __init__(self, kit: PlainKit) -> None:
        super().__init__()
        self.card, self.new, self.again = kit.line(hint=tr("40 letters and digits")), kit.secret(), kit.secret()
        self.lines = (self.card, self.new, self.again)
        column = kit.column(
            kit.field(tr("Characters of your recovery card"), self.card),
            kit.field(tr("New passphrase"), self.new, hint=tr("At least 15 characters.")),
            kit.field(tr("New passphrase again"), self.again),
            gap=3,
        )
        self.setLayout(column)


class IdleWatch(QObject):
    """Tells when nobody has touched keyboard or mouse for a while. `seconds` gives a clock that runs on.

    `wall` is the time of day: when it runs far ahead of the other one, the computer was asleep, and the desk locks.
    """

    warned = Signal(int)
    """Seconds that are left, 0 when somebody is there again."""
    quiet = Signal()
    """Nobody has typed for two seconds: time for work that may wait."""
    expired = Signal()
    woke = Signal()

    def __init__(
        self, app: QApplication, limit: int, seconds: Callable[[], float], wall: Callable[[], float], *, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._app, self._limit, self._seconds, self._wall = app, limit, seconds, wall
        self._touched = seconds()
        self._seen = (seconds(), wall())
        self._warning = False
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self.look)
        app.installEventFilter(self)
        self._timer.start()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() in _TOUCHES:
            self._touched = self._seconds()
            if self._warning:
                self._warning = False
                self.warned.emit(0)
        return False

    def rest(self, on: bool) -> None:
        """While a page is built nobody types: thousands of events need not pass through here."""
        if on:
            self._app.removeEventFilter(self)
        else:
            self._app.installEventFilter(self)

    def look(self) -> None:
        """What the timer does."""
        now, wall = self._seconds(), self._wall()
        asleep = (wall - self._seen[1]) - (now - self._seen[0])
        self._seen = (now, wall)
        if asleep > _ASLEEP_SECONDS:
            self.woke.emit()
            return
        if now - self._touched >= _QUIET_SECONDS:
            self.quiet.emit()
        left = self._limit - (now - self._touched)
        if left <= 0:
            self._timer.stop()
            self.expired.emit()
        elif left <= min(WARNING_SECONDS, self._limit / 2):
            self._warning = True
            self.warned.emit(max(1, round(left)))

    def stop(self) -> None:
        self._timer.stop()
        self._app.removeEventFilter(self)
