"""One file that was just looked at: what it is, from whom, how it was judged, and what comes next."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from rehabdesk.core.i18n import language, tr
from rehabdesk.core.text import isolate, isolate_ltr
from rehabdesk.handover.checking.verdict_model import State
from rehabdesk.handover.checking.verdict_words_model import LANGUAGES, sentence
from rehabdesk.handover.inbox.inbox_model import FileKind, ReceivedRow
from rehabdesk.handover.inbox.inbox_service import Arrived
from rehabdesk.handover.inbox.inbox_words_model import kind_words, next_words, nobody_words, row_title
from rehabdesk.handover.state_words_model import verdict_look
from rehabdesk.ui.dates import stamp
from rehabdesk.ui.kit import Kit
from rehabdesk.ui.page import Route

PAGES = {
    FileKind.ANNEX: "inbox_annex",
    FileKind.SITE_CARD: "sites_teams",
    FileKind.TEAM_CARD: "sites_teams",
    FileKind.STATUS_LIST: "inbox_return",
    FileKind.RECEIPT: "inbox_return",
    FileKind.FEEDBACK: "inbox_return",
}
"""Where a file is acted on, by its kind; the id of the route is that of the arrival."""
CARDS = (FileKind.SITE_CARD, FileKind.TEAM_CARD)
TRIED_AGAIN = frozenset({State.UNKNOWN_SITE, State.CANNOT_OPEN})


class ArrivedRow(QWidget):
    """`row`: the packet that is kept of it. `leads`: whether a page of that name is there for this login."""

    wanted = Signal(object)
    card_wanted = Signal()
    """The card is taken, and its digits compared."""
    again = Signal()
    closed = Signal()

    def __init__(self, kit: Kit, arrived: Arrived, row: ReceivedRow | None, leads: Callable[[str], bool]) -> None:
        super().__init__()
        self._kit, self._arrived, self._row, self._leads = kit, arrived, row, leads
        state = arrived.looked.checked.verdict.state if row is None else row.state
        words, icon, colour = verdict_look(state)
        if arrived.looked.kind is not FileKind.PACKET and arrived.looked.kind is not FileKind.OTHER:
            words, icon, colour = "", "file-text", "grey"
        name = kit.label(isolate_ltr(arrived.looked.name), "small", tone="muted", wrap=True)
        title = kit.label(self._title(), "h3", wrap=True)
        said = [kit.label(line, "small", wrap=True) for line in self._said()]
        ink = "text2" if colour == "grey" else f"{colour}_fg"
        said_by = kit.column(title, *said, name, gap=0)
        left = kit.column(said_by, kit.flow(*self._acts()), gap=2)
        tag = kit.tag(words, colour) if words else None
        card = kit.card("", kit.row(kit.picture(icon, ink, 24), (kit.box(left), 1), tag, gap=3), kind="flat")
        card.setAccessibleName(self._title())
        kit.fill(QVBoxLayout(self), (card,))

    def _title(self) -> str:
        if self._row is not None:
            return row_title(self._row)
        kind, checked = self._arrived.looked.kind, self._arrived.looked.checked
        sender = checked.verdict.known_site
        if kind is FileKind.PACKET and sender:
            return tr("Packet from {site}").format(site=isolate(sender))
        return kind_words(kind)

    def _said(self) -> list[str]:
        """The sentence of the verdict; for a file that is here already, since when."""
        arrived, checked = self._arrived, self._arrived.looked.checked
        if arrived.sentence:
            return [arrived.sentence]
        if self._row is not None and arrived.again:
            return [tr("It came before, on {time}.").format(time=stamp(self._row.first_seen))]
        if checked.sentence:
            return [checked.sentence]
        if arrived.looked.kind in PAGES:
            page = PAGES[arrived.looked.kind]
            return [] if self._leads(page) else [nobody_words(arrived.looked.kind)]
        spoken = language() if language() in LANGUAGES else "en"
        return [sentence(checked.verdict, spoken)]

    def _acts(self) -> list[QPushButton]:
        kind, state = self._arrived.looked.kind, self._arrived.looked.checked.verdict.state
        found = []
        if self._row is not None:
            found.append(self._leading(tr("Open the packet"), Route(name="inbox_packet", id=self._row.id)))
        elif kind in CARDS and self._leads(PAGES[kind]):
            found.append(self._button(next_words(kind), self.card_wanted.emit))
        elif kind in PAGES and self._leads(PAGES[kind]):
            found.append(self._leading(next_words(kind), Route(name=PAGES[kind], id=self._arrived.id)))
        elif state is State.UNKNOWN_SITE and self._leads("sites_teams"):
            found.append(self._leading(tr("Compare digits"), Route(name="sites_teams", id=self._arrived.id)))
        if self._row is None and state in TRIED_AGAIN and kind not in PAGES:
            found.append(self._button(tr("Check again"), self.again.emit))
        found.append(self._button(tr("Close"), self.closed.emit))
        return found

    def _leading(self, words: str, route: Route) -> QPushButton:
        return self._button(words, lambda: self.wanted.emit(route))

    def _button(self, words: str, do: Callable[[], None]) -> QPushButton:
        button = self._kit.button(words)
        button.setAccessibleName(f"{words}: {self._arrived.looked.name}")
        button.clicked.connect(lambda _on=False: do())
        return button
