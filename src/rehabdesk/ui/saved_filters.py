"""Filters that a person named: chosen from a list, kept under a name, deleted. What a filter is, it does not know."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Protocol

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QMenu, QWidget

from rehabdesk.core.canon import Json
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate
from rehabdesk.ui.kit import Kit
from rehabdesk.ui.page import Page

LONGEST_NAME = 40


class Kept(Protocol):
    """Where the named filters of a page are kept."""

    def names(self) -> tuple[str, ...]: ...
    def filter(self, name: str) -> Mapping[str, Json]: ...
    def keep(self, name: str, values: Mapping[str, Json]) -> None: ...
    def drop(self, name: str) -> None: ...


class SavedFilters(QWidget):
    """`names` gives what is kept; `keep` keeps the present filter under a name, `drop` deletes one.

    `small`: where there is little room, an icon.
    """

    chosen = Signal(str)
    """The name of a filter that is to be used."""

    def __init__(
        self,
        kit: Kit,
        page: Page,
        *,
        names: Callable[[], Sequence[str]],
        keep: Callable[[str], None],
        drop: Callable[[str], None],
        small: bool = False,
    ) -> None:
        super().__init__()
        self._kit, self._page, self._names, self._keep, self._drop = kit, page, names, keep, drop
        words, kind = ("", "icon") if small else (tr("Saved filters"), "")
        self._button = kit.button(words, kind=kind, icon="layout-list", name=tr("Saved filters"))
        self._button.clicked.connect(self._open)
        self._line = kit.line(hint=tr("Name of this filter"))
        self._line.setAccessibleName(tr("Name of this filter"))
        self._line.setMinimumWidth(kit.theme.px(180))
        self._line.returnPressed.connect(self._save)
        self._ok = kit.button(tr("Keep"), kind="primary")
        self._ok.clicked.connect(self._save)
        self._row = kit.box(kit.row(self._line, self._ok, gap=1))
        self._row.hide()
        self.setLayout(kit.row(self._row, self._button, gap=1))

    def name_it(self) -> None:
        """Asks for a name, in a line beside the button."""
        with QSignalBlocker(self._line):
            self._line.clear()
        self._row.show()
        self._line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        names = self._names()
        for name in names:
            menu.addAction(isolate(name).replace("&", "&&"), partial(self.chosen.emit, name))
        if names:
            menu.addSeparator()
        menu.addAction(tr("Keep this filter…"), self.name_it)
        if names:
            drop = menu.addMenu(tr("Delete a filter"))
            for name in names:
                drop.addAction(isolate(name).replace("&", "&&"), partial(self._delete, name))
        menu.popup(self._button.mapToGlobal(self._button.rect().bottomLeft()))

    def _save(self) -> None:
        name = self._line.text().strip()
        try:
            self._keep(name)
        except UserError as problem:
            self._page.said.emit(problem.sentence)
            return
        self._row.hide()
        self._button.setFocus(Qt.FocusReason.OtherFocusReason)
        self._page.said.emit(tr("Filter kept: {name}").format(name=isolate(name)))

    def _delete(self, name: str) -> None:
        self._drop(name)
        self._page.said.emit(tr("Filter deleted: {name}").format(name=isolate(name)))
