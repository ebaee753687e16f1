"""What can be wrong with a window as it stands: cut words, controls on each other, keys twice, small targets."""

import collections
from collections.abc import Iterator

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QAccessible, QImage, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
    QScrollArea,
    QStyle,
    QStyleOptionComboBox,
    QTabBar,
    QTableView,
    QTextEdit,
    QWidget,
)

from rehabdesk.ui.choices import Combo
from rehabdesk.ui.focus import _Ring
from rehabdesk.ui.page import Page
from rehabdesk.ui.palette import Palette
from rehabdesk.ui.toast import Toast
from rehabdesk.ui.tokens import contrast
from rehabdesk.ui.widgets import Badge, Elided, Tag

TYPED = (QAbstractButton, QLineEdit, QTextEdit, QComboBox, QAbstractItemView, QTabBar)
"""What takes the focus."""
OVER = (Toast, Palette, _Ring)
"""What lies over others by purpose."""
ROUNDING = 2
PADDING = 8
"""Pixels: least room before the words of a button."""


def visible(window: QWidget, *kinds: type[QWidget]) -> Iterator[QWidget]:
    for each in window.findChildren(QWidget):
        if each.isVisible() and isinstance(each, kinds):
            yield each


def cut(window: QWidget) -> list[str]:
    """Words that have less room than they need: labels, also wrapped ones, buttons, tags, tabs, heads, lists that open.

    Hints in empty lines are not looked at: Qt ends them in dots.
    """
    found = []
    for widget in visible(window, QLabel, QAbstractButton, Tag, QTabBar, QTableView, QComboBox):
        if isinstance(widget, QLabel):
            found += _cut_label(widget)
        elif isinstance(widget, QPushButton):
            found += _cut_button(widget)
        elif isinstance(widget, QAbstractButton):
            if widget.text() and too_small(widget, widget.sizeHint()):
                found.append(f"choice: {widget.text()}")
        elif isinstance(widget, Tag):
            if too_small(widget, widget.sizeHint()):
                found.append(f"tag: {widget.text}")
        elif isinstance(widget, QTabBar):
            found += _cut_tabs(widget)
        elif isinstance(widget, QTableView):
            found += _cut_heads(widget)
        elif isinstance(widget, QComboBox):
            found += _cut_choice(widget)
    return found


def too_small(widget: QWidget, needs: QSize) -> bool:
    return needs.width() > widget.width() + ROUNDING or needs.height() > widget.height() + ROUNDING


def _cut_label(label: QLabel) -> list[str]:
    if isinstance(label, Elided) or not label.text() or not label.pixmap().isNull():
        return []
    if label.wordWrap():
        needed = label.heightForWidth(label.width())
        return [f"lines: {label.text()}"] if needed > label.height() + ROUNDING else []
    return [f"label: {label.text()}"] if too_small(label, label.sizeHint()) else []


def _cut_button(button: QPushButton) -> list[str]:
    """Words and icon without the padding, which may be smaller where a column is narrow."""
    if not button.text() or button.property("elided"):
        return []
    metrics = button.fontMetrics()
    icon = 0 if button.icon().isNull() else button.iconSize().width() + 4
    needs = QSize(metrics.horizontalAdvance(button.text().replace("&", "")) + icon + PADDING, metrics.height())
    enough = button.sizeHint().width() <= button.width()
    return [f"button: {button.text()}"] if too_small(button, needs) and not enough else []


def _cut_tabs(bar: QTabBar) -> list[str]:
    found = [
        f"tab: {bar.tabText(place)}"
        for place in range(bar.count())
        if bar.fontMetrics().horizontalAdvance(bar.tabText(place).replace("&", "")) > bar.tabRect(place).width()
    ]
    ends = [bar.tabRect(place) for place in range(bar.count())]
    if any(each.left() < -ROUNDING or each.right() > bar.width() + ROUNDING for each in ends):
        found.append(f"tabs beyond the edge: {bar.accessibleName()}")
    return found


def _cut_heads(table: QTableView) -> list[str]:
    head, model = table.horizontalHeader(), table.model()
    if head.isHidden():
        return []
    found = []
    for place in range(model.columnCount()):
        words = str(model.headerData(place, head.orientation()) or "")
        if head.fontMetrics().horizontalAdvance(words) > head.sectionSize(place):
            found.append(f"head: {words}")
    return found


def _cut_choice(combo: QComboBox) -> list[str]:
    option = QStyleOptionComboBox()
    combo.initStyleOption(option)
    room = combo.style().subControlRect(
        QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, combo
    )
    needs = combo.fontMetrics().horizontalAdvance(combo.currentText())
    if isinstance(combo, Combo):  # ends in dots; some letters must be left
        needs = min(needs, combo.fontMetrics().averageCharWidth() * 6)
    return [f"combo: {combo.currentText()}"] if needs > room.width() + ROUNDING else []


def overlaps(window: QWidget) -> list[str]:
    """Pairs of siblings that lie on each other."""
    found = []
    for parent in [window, *visible(window, QWidget)]:
        if isinstance(parent, (QAbstractScrollArea, QLineEdit, QComboBox, *OVER)):
            continue
        children = [
            each
            for each in parent.findChildren(QWidget)
            if each.parentWidget() is parent and each.isVisible() and not each.isWindow() and not isinstance(each, OVER)
        ]
        for place, one in enumerate(children):
            for other in children[place + 1 :]:
                shared: QRect = one.geometry().intersected(other.geometry())
                if shared.width() > ROUNDING and shared.height() > ROUNDING:
                    found.append(f"{said(one)} and {said(other)}")
    return found


def said(widget: QWidget) -> str:
    """A widget in the words of a failing test."""
    text = getattr(widget, "text", "")
    words = text() if callable(text) else text
    return f"{type(widget).__name__} {widget.accessibleName() or str(words)!r}"


def beyond(window: QWidget, width: int, height: int) -> list[str]:
    """What asks for more room than that, and what goes on to the side."""
    least, found = window.minimumSizeHint(), []
    if least.width() > width or least.height() > height:
        found.append(f"the window needs {least.width()} x {least.height()}")
    if window.width() > width or window.height() > height:
        found.append(f"the window is {window.width()} x {window.height()}")
    areas = (area for area in visible(window, QScrollArea) if isinstance(area, QScrollArea))
    to_the_side = (area.horizontalScrollBar().maximum() for area in areas)
    return [*found, *(f"{more} pixels to the side" for more in to_the_side if more > 0)]


def cramped(window: QWidget, least: int) -> list[str]:
    """Bodies of pages of which fewer pixels than that can be seen above each other, because of what never moves."""
    pages = [each for each in visible(window, Page) if isinstance(each, Page) and not each.findChildren(Page)]
    heights = {type(each).__name__: each.scroll_area().viewport().height() for each in pages}
    return [f"{name}: {height}" for name, height in heights.items() if height < least]


def main_buttons(window: QWidget) -> list[QPushButton]:
    """The buttons of the main act."""
    return [
        each
        for each in visible(window, QPushButton)
        if isinstance(each, QPushButton) and each.property("kind") == "primary"
    ]


def out_of_sight(window: QWidget) -> list[str]:
    """Main acts that stand on the page's foot or top bar, and cannot be seen."""
    return [
        each.accessibleName()
        for each in main_buttons(window)
        if not _scrolls(each) and each.visibleRegion().boundingRect().size() != each.size()
    ]


def _scrolls(widget: QWidget) -> bool:
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QScrollArea):
            return True
        parent = parent.parentWidget()
    return False


def small(window: QWidget) -> list[str]:
    """Targets below 24 pixels, main acts below 32, rows of lists below 24."""
    found = [
        f"{said(each)} is {each.width()} x {each.height()}"
        for each in visible(window, QAbstractButton)
        if each.width() < 24 or each.height() < 24
    ]
    found += [f"{each.text()} is {each.height()} high" for each in main_buttons(window) if each.height() < 32]
    for view in visible(window, QAbstractItemView):
        if isinstance(view, QTableView):
            heights = [view.rowHeight(row) for row in range(view.model().rowCount())]
        elif isinstance(view, QListWidget):
            heights = [view.sizeHintForRow(row) for row in range(view.count())]
        else:
            heights = []
        if any(height < 24 for height in heights):
            found.append(f"rows of {view.accessibleName()}: {min(heights)}")
    return found


def doubled(window: QWidget) -> list[str]:
    """Keys that would do two things: shortcuts of buttons and of the window, mnemonics of buttons and captions."""
    keys: collections.Counter[str] = collections.Counter()
    for shortcut in window.findChildren(QShortcut):
        parent = shortcut.parent()
        if isinstance(parent, QWidget) and parent.isVisible() and shortcut.isEnabled():
            keys[shortcut.key().toString()] += 1
    for button in visible(window, QAbstractButton):
        if isinstance(button, QAbstractButton) and not button.shortcut().isEmpty():
            keys[button.shortcut().toString()] += 1
    for label in visible(window, QLabel):
        if isinstance(label, QLabel) and label.buddy() is not None and (letter := mnemonic(label.text())):
            keys[f"Alt+{letter}"] += 1
    for bar in visible(window, QTabBar):
        if isinstance(bar, QTabBar):
            keys.update(f"Alt+{letter}" for place in range(bar.count()) if (letter := mnemonic(bar.tabText(place))))
    return [key for key, count in keys.items() if count > 1]


def mnemonic(words: str) -> str:
    """The letter after a single `&`, in capitals."""
    _before, mark, after = words.replace("&&", "").partition("&")
    return after[:1].upper() if mark else ""


ROLES = {
    "QPushButton": {"Button", "ButtonMenu", "PageTab"},
    "QRadioButton": {"RadioButton"},
    "QCheckBox": {"CheckBox"},
    "Combo": {"ComboBox"},
    "QLineEdit": {"EditableText"},
    "Line": {"EditableText"},
    "TextArea": {"EditableText"},
    "QTabBar": {"PageTabList"},
    "Table": {"Table"},
    "MarksTable": {"Table"},
    "QListWidget": {"List"},
    "SectionList": {"List"},
    "TimelineList": {"List"},
    "_Words": {"StaticText"},  # words that can be marked with the mouse
    "Card": {"Border"},  # the summary of errors, while it has the focus
}
"""What a screen reader may be told that a control of this class is."""


def misnamed(window: QWidget) -> list[str]:
    """Controls that take the focus without a name, or in a role that is not theirs."""
    found = []
    for widget in visible(window, QWidget):
        if not widget.focusPolicy() & Qt.FocusPolicy.TabFocus and not widget.focusPolicy() & Qt.FocusPolicy.ClickFocus:
            continue
        face = QAccessible.queryAccessibleInterface(widget)
        kind, role = type(widget).__name__, face.role().name
        if role not in ROLES.get(kind, set()):
            found.append(f"{said(widget)} is a {role}")
        if not face.text(QAccessible.Text.Name).strip():
            found.append(f"a {kind} without a name")
    return found


BUSY = {"Save as PDF"}
"""Grey while a job makes the pages, which the page says."""


def grey_without_a_reason(window: QWidget) -> list[str]:
    """Buttons that cannot be pressed and do not say why."""
    return [
        said(each)
        for each in visible(window, QAbstractButton)
        if not each.isEnabled()
        and not each.accessibleDescription()
        and not each.toolTip()
        and each.accessibleName() not in BUSY
    ]


def untabbed(window: QWidget) -> list[str]:
    """What Tab does not reach, or does not leave, on its way round."""
    wanted = {
        widget
        for widget in visible(window, *TYPED)
        if widget.isEnabled() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None
    }
    seen: list[QWidget] = []
    for _ in range(220):
        focus: QWidget | None = QApplication.focusWidget()
        target: QWidget = window if focus is None else focus
        QTest.keyClick(target, Qt.Key.Key_Tab)
        now: QWidget | None = QApplication.focusWidget()
        if now is target and len(wanted) > 1:
            return [f"Tab stays in {said(target)}"]
        if now is None or (seen and now is seen[0]):
            break
        if now in seen:
            return [f"Tab comes back to {said(now)} before it was everywhere"]
        seen.append(now)
    return [f"Tab does not reach {said(widget)}" for widget in wanted - set(seen)]


def faint(window: QWidget, least: float) -> tuple[list[tuple[str, float]], int]:
    """Words that stand out less than that from their ground, with the ratio; and how many were looked at."""
    image = window.grab().toImage()
    low, looked_at = [], 0
    for widget in visible(window, QLabel, QAbstractButton, Tag, Badge):
        words = str(getattr(widget, "text", "") if isinstance(widget, Tag) else getattr(widget, "text", lambda: "")())
        area = widget.visibleRegion().boundingRect()
        if not words.strip() or not widget.isEnabled() or area.width() < 10 or area.height() < 12:
            continue
        area.moveTopLeft(widget.mapTo(window, area.topLeft()))
        ratio = _ratio(image.copy(area.adjusted(3, 3, -3, -3)))
        looked_at += 1
        if ratio is not None and ratio < least:
            low.append((words[:30], round(ratio, 2)))
    return low, looked_at


def _ratio(part: QImage) -> float | None:
    """The commonest colour is the ground; the words are the colour farthest from it."""
    pixels = memoryview(part.convertToFormat(QImage.Format.Format_RGB32).constBits()).cast("I")
    counted = collections.Counter(value & 0xFFFFFF for value in pixels)
    if len(counted) < 3:
        return None
    ground = f"#{counted.most_common(1)[0][0]:06x}"
    return max(contrast(ground, f"#{value:06x}") for value, _ in counted.most_common(400))
