"""The page of one person: a head that stays, and seven tabs that other features fill."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QPushButton, QTabBar, QVBoxLayout, QWidget

from rehabdesk.core.canon import Json
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate, isolate_ltr
from rehabdesk.ui.kit import STRETCH, Kit, empty
from rehabdesk.ui.page import LARGE_TEXT, Page, Route
from rehabdesk.ui.unfinished import Keeper


@dataclass(frozen=True, slots=True, kw_only=True)
class Tab:
    """One tab that this role has. `count` is told in brackets where it is not None."""

    code: str
    words: str
    make: Callable[[], Page]
    count: int | None = None


_FACTS_ON_ONE_LINE = 5
"""In large text; what follows, who leads the case, stands under Details too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What the head says: name, facts one after another, tags as (words, colour, icon), strips that must be known, live
    alerts with their page.
    """

    name: str
    facts: tuple[str, ...]
    tags: tuple[tuple[str, str, str], ...] = ()
    strips: tuple[str, ...] = ()
    alerts: tuple[tuple[str, Route], ...] = ()


class PersonPage(Page):
    """`acts` stand at the end of the head."""

    def __init__(
        self, kit: Kit, head: Head, tabs: Sequence[Tab], *, shown: str, acts: Sequence[QPushButton] = ()
    ) -> None:
        super().__init__(kit)
        self._tabs = tuple(tabs)
        self._inner: Page | None = None
        self._shown = 0
        self._keeper: Keeper | None = None
        self._outer.removeWidget(self.scroll_area())
        self.scroll_area().hide()
        self._bar = QTabBar()
        self._bar.setObjectName("person-tabs")
        self._bar.setAccessibleName(tr("Parts of this record"))
        self._bar.setExpanding(False)
        self._bar.setDrawBase(False)
        self._bar.setUsesScrollButtons(True)
        self._bar.setFont(kit.theme.font("strong"))
        for tab in self._tabs:
            count = "" if tab.count is None else f" {isolate(f'({tab.count})')}"
            self._bar.addTab(f"{tab.words}{count}")
        self._outer.insertWidget(0, self._head_of(head, acts))
        place = QWidget()
        self._place = QVBoxLayout(place)
        self._place.setContentsMargins(0, 0, 0, 0)
        self._outer.insertWidget(1, place, 1)
        self._bar.currentChanged.connect(self._show)
        for number in range(len(self._tabs)):
            shortcut = QShortcut(QKeySequence(f"Ctrl+{number + 1}"), self)
            shortcut.activated.connect(lambda place=number: self._bar.setCurrentIndex(place))
        codes = [tab.code for tab in self._tabs]
        first = codes.index(shown) if shown in codes else 0
        if first == self._bar.currentIndex():
            self._show(first)
        else:
            self._bar.setCurrentIndex(first)

    @property
    def tab(self) -> Page | None:
        """The tab in sight."""
        return self._inner

    @property
    def tab_code(self) -> str:
        return self._tabs[self._bar.currentIndex()].code

    def first_focus(self) -> QWidget | None:
        first = None if self._inner is None else self._inner.where_to_go_on()
        return first if first is not None else self._bar

    def main_act(self) -> None:
        if self._inner is None:
            return
        if self._inner.strip.is_open():
            self._inner.strip.press()
        elif not self._inner.forms.act():
            self._inner.main_act()

    def undo(self) -> None:
        if self._inner is not None:
            self._inner.undo()

    def next_unanswered(self) -> None:
        if self._inner is not None:
            self._inner.next_unanswered()

    def keep(self) -> None:
        if self._inner is not None:
            self._inner.save()

    def use_keeper(self, keeper: Keeper) -> None:
        self._keeper = keeper
        if self._inner is not None:
            self._inner.use_keeper(keeper.inside(self.tab_code))

    def form_is_open(self) -> bool:
        return self._inner is not None and self._inner.form_is_open()

    def bring_into_sight(self, control: QWidget) -> None:
        if self._inner is not None:
            self._inner.bring_into_sight(control)

    def leave(self) -> None:
        if self._inner is not None:
            self._inner.leave()

    def refresh(self) -> None:
        if self._inner is not None:
            self._inner.refresh()

    def place(self) -> Mapping[str, Json]:
        inner = {} if self._inner is None else dict(self._inner.place())
        return {"tab": self.tab_code, "inner": inner}

    def restore(self, place: Mapping[str, Json]) -> None:
        codes = [tab.code for tab in self._tabs]
        if (tab := place.get("tab")) in codes:
            self._bar.setCurrentIndex(codes.index(str(tab)))
        inner = place.get("inner")
        if self._inner is not None and isinstance(inner, dict):
            self._inner.restore(inner)

    def _head_of(self, head: Head, acts: Sequence[QPushButton]) -> QFrame:
        kit, frame = self.kit, QFrame()
        frame.setObjectName("personhead")
        frame.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        name = kit.label(isolate(head.name), "display")
        tags: list[QWidget] = [self._alert(words, route) for words, route in head.alerts]
        tags += [kit.tag(words, colour, icon) for words, colour, icon in head.tags]
        large = kit.theme.look.zoom > LARGE_TEXT  # a second line would be missing to a form with its strip
        told = head.facts[:_FACTS_ON_ONE_LINE] if large else head.facts
        facts = kit.label(" · ".join(isolate(fact) for fact in told), "small", tone="muted", wrap=True)
        words = kit.column(kit.row(name, *tags, STRETCH, gap=3), facts, gap=1)
        top = kit.row(kit.initials(head.name), (kit.box(words), 1), *acts, gap=4)
        strips = [
            kit.row(kit.picture("info", "warn", 16), (kit.label(words, "small", tone="warn", wrap=True), 1), gap=2)
            for words in head.strips
        ]
        kit.fill(column := QVBoxLayout(frame), (top, *strips, self._bar), gap=2, margins=(24, 14, 24, 0))
        column.setAlignment(self._bar, Qt.AlignmentFlag.AlignLeading)
        return frame

    def _alert(self, words: str, route: Route) -> QPushButton:
        button = self.kit.button(words, kind="danger", icon="shield-alert")
        button.clicked.connect(lambda: self.go.emit(route))
        return button

    def _show(self, number: int) -> None:
        if number == self._shown and self._inner is not None:
            return  # the one before could not be left
        if self._inner is not None and not self._inner.save():
            self._bar.setCurrentIndex(self._shown)
            self.refused.emit()
            return
        if self._inner is not None:
            self._inner.leave()
        empty(self._place)
        self._shown, tab = number, self._tabs[number]
        self._inner = tab.make()
        self._inner.setAccessibleName(tab.words)
        self._inner.go.connect(self.go)
        self._inner.said.connect(self.said)
        self._inner.saving.connect(self.saving)
        self._inner.refused.connect(self.refused)
        self._place.addWidget(self._inner)
        self._inner.show()
        on_bar = self._bar.hasFocus()
        if self.isVisible() and (first := self._inner.first_focus()) is not None and not on_bar:
            first.setFocus(Qt.FocusReason.OtherFocusReason)
        if self._keeper is not None:
            self._inner.use_keeper(self._keeper.inside(tab.code))
        if on_bar:
            self._bar.setFocus(Qt.FocusReason.OtherFocusReason)  # arrows go on from tab to tab


def case_line(case_ref: str) -> str:
    """`Case 24-017`, whole in every direction."""
    return tr("Case {number}").format(number=isolate_ltr(case_ref))
