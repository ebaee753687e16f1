"""The real pages of a PDF of ours: thumbnails beside the page that is looked at. What is shown is what leaves."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QIcon, QKeyEvent, QPixmap
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QLabel, QListWidget, QListWidgetItem, QWidget

from rehabdesk.core.i18n import tr
from rehabdesk.ui.kit import STRETCH, Kit
from rehabdesk.ui.scroll import scroll_of

THUMBNAIL, PAGE = 84, 560
KEPT = 3
"""Large pictures that are kept in memory."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pictures:
    """How pages become pictures, given by app: how many there are, and one (from 0) as PNG of a width in pixels."""

    count: Callable[[bytes], int]
    picture: Callable[[bytes, int, int], bytes]


class PagesView(QWidget):
    """Page Up and Page Down lead through the pages. Pictures are made one at a time, beside the window's work."""

    def __init__(self, kit: Kit, pdf: bytes, pictures: Pictures) -> None:
        super().__init__()
        self.kit, self.pdf, self._picture = kit, pdf, pictures.picture
        self.count = pictures.count(pdf)
        self._forgotten = False
        self._large: dict[int, QPixmap] = {}
        self._list = QListWidget()
        self._list.setAccessibleName(tr("Pages"))
        self._list.setIconSize(QSize(kit.theme.px(THUMBNAIL), round(kit.theme.px(THUMBNAIL) * 1.414)))
        self._list.setFixedWidth(kit.theme.px(THUMBNAIL + 60))
        self._list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._page = QLabel()
        self._page.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._page.setMinimumSize(kit.theme.px(PAGE), round(kit.theme.px(PAGE) * 1.414))
        self._where = kit.label("", "small", tone="muted")
        for number in range(self.count):
            item = QListWidgetItem(str(number + 1))
            item.setData(Qt.ItemDataRole.AccessibleTextRole, self._words(number))
            item.setSizeHint(self._list.iconSize() + QSize(0, kit.theme.px(6)))  # also before there is a picture
            self._list.addItem(item)
        self._list.currentRowChanged.connect(self._turn)
        self._list.installEventFilter(self)
        self._leaves = kit.box(kit.column(self._where, self._page, STRETCH, gap=1))
        kit.fill(QHBoxLayout(self), (self._list, (self._leaves, 1)), gap=3)
        self._list.setMinimumHeight(round(kit.theme.px(PAGE) * 1.2))
        self._thumb(0)
        self._list.setCurrentRow(0)

    @property
    def page(self) -> int:
        """The page in sight, from 0."""
        return self._list.currentRow()

    def turn_to(self, page: int) -> None:
        """Shows a page, the nearest where there is no such page."""
        self._list.setCurrentRow(max(0, min(self.count - 1, page)))

    def first_focus(self) -> QWidget:
        return self._list

    def forget(self) -> None:
        """Drops every picture, also those on their way."""
        self._forgotten = True
        self._list.blockSignals(True)  # else the list turns from page to page as it empties
        self._list.clear()
        self._large.clear()
        self._page.clear()
        self._where.clear()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if not self._leaf(event):
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """The list would skip as many pages as it shows."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress and self._leaf(event):
            return True
        return super().eventFilter(watched, event)

    def _leaf(self, event: QKeyEvent) -> bool:
        """The rest of the page, then the next one from its beginning; back likewise. Whether it was such a key."""
        step = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}.get(Qt.Key(event.key()), 0)
        scroll = scroll_of(self)
        if step and not (scroll is not None and scroll.roll(self._leaves, step)):
            before = self.page
            self.turn_to(self.page + step)
            if scroll is not None and self.page != before:
                scroll.verticalScrollBar().setValue(scroll.verticalScrollBar().maximum() if step < 0 else 0)
        return step != 0

    def _words(self, number: int) -> str:
        return tr("Page {page} of {pages}").format(page=number + 1, pages=self.count)

    def _turn(self, number: int) -> None:
        if number < 0:
            return
        self._where.setText(self._words(number))
        self._page.setAccessibleName(self._words(number))
        if number in self._large:
            self._page.setPixmap(self._large[number])
            return
        pdf, width, picture = self.pdf, self._width(), self._picture
        self.kit.jobs.run(self, lambda: picture(pdf, number, width), lambda png: self._show(number, png), self._failed)

    def _show(self, number: int, png: bytes) -> None:
        if self._forgotten:
            return
        picture = QPixmap()
        picture.loadFromData(png)
        picture.setDevicePixelRatio(self.devicePixelRatio())
        while len(self._large) >= KEPT:
            self._large.pop(next(iter(self._large)))
        self._large[number] = picture
        if self.page == number:
            self._page.setPixmap(picture)

    def _thumb(self, number: int) -> None:
        """Thumbnails come one after another, and never before what is looked at."""
        if number >= self.count:
            return
        pdf, width, picture = self.pdf, self.kit.theme.px(THUMBNAIL), self._picture

        def show(png: bytes) -> None:
            item = self._list.item(number)
            if self._forgotten or item is None:
                return
            picture = QPixmap()
            picture.loadFromData(png)
            item.setIcon(QIcon(picture))
            self._thumb(number + 1)

        self.kit.jobs.run(self, lambda: picture(pdf, number, width), show, self._failed)

    def _width(self) -> int:
        return round(self.kit.theme.px(PAGE) * self.devicePixelRatio())

    def _failed(self, error: BaseException) -> None:
        raise error
