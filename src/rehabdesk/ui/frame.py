"""The frame around every page: sidebar, top bar with find box, strips, one page, and the toast. Knows no feature."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from rehabdesk.core.canon import Json
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate_ltr
from rehabdesk.ui.kit import STRETCH, Kit
from rehabdesk.ui.page import Page, Route
from rehabdesk.ui.palette import Finder, Palette
from rehabdesk.ui.sidebar import Entry, Owner, Sidebar
from rehabdesk.ui.strips import Strips
from rehabdesk.ui.toast import Toast
from rehabdesk.ui.tokens import TOPBAR_HEIGHT
from rehabdesk.ui.trouble import SaveTrouble

NARROW = 1200
"""Below this width, or above this text size, the sidebar shows icons only."""
LARGE_TEXT = 1.2
MOST_STRIPS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class TopAct:
    """A button at the end of the top bar."""

    words: str
    icon: str
    key: str
    do: Callable[[], None]
    kind: str = ""


class _Resized(QObject):
    """Tells that a widget has another size."""

    def __init__(self, widget: QWidget, tell: Callable[[], None]) -> None:
        super().__init__(widget)
        self._tell = tell
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() is QEvent.Type.Resize:
            self._tell()
        return super().eventFilter(watched, event)


class Frame(QWidget):
    """`entries` are what this role may open; what it may not is absent."""

    wanted = Signal(object)
    lock_asked = Signal()
    copy_asked = Signal()
    """What could not be saved should go to a USB stick."""

    def __init__(self, kit: Kit, owner: Owner, entries: Sequence[Entry], acts: Sequence[TopAct], find: Finder) -> None:
        super().__init__()
        self._kit = kit
        self._page: Page | None = None
        self._return_to: QWidget | None = None
        self._worded: dict[QPushButton, str] = {}
        self.setObjectName("root")
        self.sidebar = Sidebar(kit, owner, entries)
        self.sidebar.wanted.connect(self.wanted)
        self._narrow: bool | None = None
        self._state = kit.label("", "small", tone="muted")
        self._state_icon = kit.picture("circle-check", "success", 16)
        self._warning = kit.label("", "strong", tone="warn")
        self._warning.hide()
        top = self._top_bar(acts)
        self.trouble = SaveTrouble(kit)
        self.trouble.again.connect(self.save)
        self.trouble.copy.connect(self.copy_asked)
        self._strips = Strips(kit)
        self._strips.opened.connect(lambda: self._find.setFocus(Qt.FocusReason.OtherFocusReason))
        self._middle = QVBoxLayout()
        self._middle.setContentsMargins(0, 0, 0, 0)
        right = kit.column(top, self.trouble, self._strips, (self._middle, 1), gap=0)
        whole = QHBoxLayout(self)
        kit.fill(whole, (self.sidebar, (kit.box(right), 1)), gap=0)
        self.palette_box = Palette(kit, self, find)
        self.palette_box.chosen.connect(self._go_back_or_on)
        self.toast = Toast(kit, self)
        self._add_keys(acts)
        self.show_saved("saved", tr("All work saved"))
        self._set_width(narrow=self._is_narrow())

    # the page

    @property
    def page(self) -> Page | None:
        """What is shown."""
        return self._page

    def show_page(self, page: Page, *, current: str) -> None:
        """Shows a page in place of the one before, which is told to leave first. `current`: the entry it belongs to."""
        self.take_page()
        self._page = page
        page.saving.connect(self.show_saved)
        page.said.connect(self.toast.say)
        page.go.connect(self.wanted)
        page.refused.connect(self.trouble.insist)
        self.show_saved("saved", tr("All work saved"))
        self._middle.addWidget(page)
        page.show()
        self.sidebar.mark(current)
        if (first := page.where_to_go_on()) is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)
            QTimer.singleShot(0, first, lambda: page.bring_into_sight(first))
        else:
            page.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self._find.setFocus(Qt.FocusReason.OtherFocusReason)

    def take_page(self) -> None:
        """Tells the page in sight to write what is unsaved, and takes it away, whether that worked or not."""
        if self._page is None:
            return
        page = self._page
        page.save()
        page.leave()
        self._page = None
        self._middle.removeWidget(page)
        page.hide()
        page.deleteLater()  # not taken out of the window first: that would dress hundreds of widgets anew

    def save(self) -> bool:
        """Writes at once what is typed; whether all of it is kept."""
        return self._page is None or self._page.save()

    def may_leave(self) -> bool:
        """Writes what is typed. While that fails the page stays."""
        self.save()
        return not self.insists()

    def insists(self) -> bool:
        """Whether something typed could not be kept; the red line then says so, and takes the focus."""
        if self._page is None or not (unkept := self._page.unkept()):
            return False
        self.show_saved("failed", unkept)
        self.trouble.insist()
        return True

    def show_saved(self, code: str, words: str) -> None:
        """The saved state, by `code`: saved, saving or failed; never saved while something that was typed is not."""
        if code != "failed" and self._page is not None and (unkept := self._page.unkept()):
            code, words = "failed", unkept
        self.trouble.say(words if code == "failed" else "")
        words = tr("Not saved") if code == "failed" else words
        icon, colour = {"saved": ("circle-check", "success"), "saving": ("clock", "text3")}.get(
            code, ("circle-alert", "danger")
        )
        self._state.setText(words)
        self._state.setAccessibleName(words)
        self._state_icon.setPixmap(self._kit.theme.pixmap(icon, colour, 16))

    def warn_of_lock(self, seconds: int) -> None:
        """A quiet line in the top bar; 0 takes it away. The focus stays where it is."""
        saved = self._page is None or not self._page.unkept()
        words = tr("Locks in {seconds} s. Your work is saved.") if saved else tr("Locks in {seconds} s.")
        words = words.format(seconds=seconds) if seconds else ""
        self._warning.setText(words)
        self._warning.setAccessibleName(words)
        self._warning.setVisible(bool(seconds))
        self._state.setVisible(not seconds)

    def show_strips(self, strips: Sequence[QWidget]) -> None:
        """Lines under the top bar, the most urgent first."""
        self._strips.show_all(strips)

    def place(self) -> Mapping[str, Json]:
        """Where the person is on the page in sight."""
        return {} if self._page is None else self._page.place()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self.palette_box.setGeometry(self.rect())
        self.toast.settle()
        if self._is_narrow() != self._narrow:
            self._set_width(narrow=self._is_narrow())

    # inside

    def _is_narrow(self) -> bool:
        return self.width() < NARROW or self._kit.theme.look.zoom > LARGE_TEXT

    def _top_bar(self, acts: Sequence[TopAct]) -> QFrame:
        kit, bar = self._kit, QFrame()
        bar.setObjectName("topbar")
        bar.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        bar.setFixedHeight(kit.theme.px(TOPBAR_HEIGHT))
        self._find = kit.button(tr("Find a person or do something"), kind="find", icon="search")
        self._find.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._find.setMinimumWidth(kit.theme.px(150))
        self._find.setMaximumWidth(kit.theme.px(400))
        self._shortcut = kit.label(isolate_ltr("Ctrl K"), "caption", tone="hint")
        self._shortcut.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._find.setLayout(kit.row(STRETCH, self._shortcut, margins=(0, 0, 10, 0)))
        self._find.setProperty("elided", True)
        _Resized(self._find, self._shorten)
        self._find.clicked.connect(self.open_palette)
        lock = kit.button(tr("Lock"), icon="lock", tip=tr("Lock now"))
        lock.setToolTip(f"{tr('Lock now')} ({isolate_ltr('Ctrl+L')})")
        lock.clicked.connect(self.lock_asked)
        self._worded[lock] = lock.text()
        before: list[QPushButton] = []
        after: list[QPushButton] = []
        for act in acts:
            tip = f"{act.words} ({isolate_ltr(act.key)})"
            button = kit.button(act.words, kind=act.kind, icon=act.icon, tip=tip)
            button.clicked.connect(lambda _on=False, do=act.do: do())
            (after if act.kind == "primary" else before).append(button)
            if act.kind != "primary":
                self._worded[button] = act.words
        state = kit.row(self._state_icon, self._state, self._warning, gap=1)
        kit.fill(layout := QHBoxLayout(bar), ((self._find, 1), STRETCH, state, *before, lock, *after))
        layout.setContentsMargins(*(kit.theme.px(each) for each in (24, 0, 24, 0)))
        return bar

    def _set_width(self, *, narrow: bool) -> None:
        self._narrow = narrow
        self._shortcut.setVisible(not narrow)
        self._shorten()
        for button, words in self._worded.items():
            button.setText("" if narrow else words)
        self.sidebar.lay_out(narrow=narrow)

    def _shorten(self) -> None:
        """The words of the find box as far as there is room; its accessible name stays whole."""
        whole = tr("Find") if self._narrow else tr("Find a person or do something")
        taken = self._kit.theme.px(56) + (
            0 if self._narrow else self._shortcut.sizeHint().width() + self._kit.theme.px(16)
        )
        room = max(self._find.width(), self._find.minimumWidth()) - taken
        self._find.setText(self._find.fontMetrics().elidedText(whole, Qt.TextElideMode.ElideRight, room))

    def _add_keys(self, acts: Sequence[TopAct]) -> None:
        """At once, not after a button has shown itself pressed: what is typed next belongs to the next page."""
        keys: list[tuple[str, Callable[[], None]]] = [
            ("Ctrl+K", self.open_palette),
            ("Ctrl+L", self.lock_asked.emit),
            ("Ctrl+Return", self._main_act),
            ("Ctrl+Enter", self._main_act),
            ("Ctrl+Z", self._undo),
            ("Ctrl+S", lambda: self.toast.say(self._state.text())),
            ("F8", self._next_unanswered),
            ("F6", self._next_region),
            ("F1", partial(self.wanted.emit, Route(name="help"))),
        ]
        keys += [(act.key, act.do) for act in acts]
        for place, entry in enumerate(self.sidebar.upper, 1):
            keys.append((f"Alt+{place}", partial(self.wanted.emit, entry.route)))
        for key, do in keys:
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.activated.connect(do)

    def _undo(self) -> None:
        if self._page is not None and not self._page.form_is_open():
            self._page.undo()

    def _next_unanswered(self) -> None:
        if self._page is not None:
            self._page.next_unanswered()

    def _main_act(self) -> None:
        if self.palette_box.isVisible():
            self.palette_box.choose_current(note=True)
        elif self._page is None:
            return
        elif self._page.strip.is_open():
            self._page.strip.press()
        elif not self._page.forms.act():
            self._page.main_act()

    def open_palette(self) -> None:
        """Ctrl+K."""
        self._return_to = self.focusWidget()
        self.palette_box.open()

    def _go_back_or_on(self, route: Route | None) -> None:
        if route is not None:
            self.wanted.emit(route)
        elif self._return_to is not None:
            self._return_to.setFocus(Qt.FocusReason.OtherFocusReason)

    def _next_region(self) -> None:
        """Sidebar, top bar, page: the first control of the next one."""
        here: QWidget | None = self.focusWidget()
        first = None if self._page is None else self._page.where_to_go_on()
        regions: list[QWidget | None] = [self.sidebar.first, self._find, first]
        inside = 0 if here is not None and self.sidebar.isAncestorOf(here) else 2
        if here is self._find:
            inside = 1
        target = regions[(inside + 1) % 3]
        if target is not None:
            QTimer.singleShot(0, target, lambda: target.setFocus(Qt.FocusReason.TabFocusReason))
