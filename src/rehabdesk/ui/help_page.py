"""Help: the keyboard on one page. It is the same for every role."""

from PySide6.QtWidgets import QGridLayout, QWidget

from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate_ltr
from rehabdesk.ui.kit import STRETCH, Kit
from rehabdesk.ui.page import Page


class HelpPage(Page):
    """What every key does."""

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit)
        self.set_head(kit.label(tr("The keyboard on one page"), "h1"))
        card = kit.card("")
        grid = QGridLayout()
        grid.setHorizontalSpacing(kit.theme.space(5))
        grid.setVerticalSpacing(kit.theme.space(2))
        keys = _keys()
        half = (len(keys) + 1) // 2
        for place, (key, words) in enumerate(keys):
            row, column = place % half, (place // half) * 2
            grid.addWidget(kit.label(isolate_ltr(key), "strong"), row, column)
            grid.addWidget(kit.label(words, wrap=True), row, column + 1)
        for column in (1, 3):
            grid.setColumnStretch(column, 1)
        card.content.addLayout(grid)
        self._card: QWidget = card
        self.set_body(kit.box(kit.column(card, STRETCH)))


def _keys() -> list[tuple[str, str]]:
    return [
        ("Ctrl+K", tr("Find a person or do something")),
        ("Ctrl+N", tr("New note for the person on screen")),
        ("Ctrl+Enter", tr("The main act of the page; in the find box: a note")),
        ("Ctrl+L", tr("Lock, also in an emergency")),
        ("Ctrl+Z", tr("Take back, except what was signed or sealed")),
        ("Ctrl+S", tr("When it was saved")),
        ("Ctrl+1 … 7", tr("Parts of a person's record")),
        ("Alt+1 … 7", tr("Entries of the main menu")),
        ("F6", tr("Next region: menu, find box, page")),
        ("F8", tr("Next unanswered question")),
        ("F1", tr("This page")),
        ("1 … 9", tr("Choose an answer; the next unanswered question follows")),
        ("Alt+↓", tr("Calendar of a date")),
        ("Ctrl+.", tr("Words that may be meant, for the marked word; also the menu key")),
        (";", tr("and a short word, then a space: your snippet")),
        ("Page Up, Page Down", tr("Pages of a packet")),
        ("Enter", tr("Open the line of a list")),
        ("Esc", tr("One step back; nothing is thrown away")),
    ]
