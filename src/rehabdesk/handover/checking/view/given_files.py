"""The files of a check: the packet, and the cards, lists and key that belong to it, chosen one by one or together."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QPushButton, QWidget

from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate_ltr, join_words
from rehabdesk.handover.checking.together_service import Together
from rehabdesk.handover.checking.verdict_model import LIST_EXPIRED, LIST_MISSING, Verdict
from rehabdesk.handover.file_index.file_index_check_service import is_called_index
from rehabdesk.ui.page import Page

ChooseFile = Callable[[QWidget, str, str], Path | None]
ChooseFiles = Callable[[QWidget, str, str], Sequence[Path]]
Act = tuple[str, str, Callable[[], object]]
_PACKETS = "*.age *.pdf *.rdsite *.rdteam *.rdstatus *.agekey"


class GivenFiles:
    """What one page was given. `changed` is called after each choice; cards, lists and key stay for the next packet."""

    def __init__(
        self, page: Page, choose: ChooseFile, several: ChooseFiles | None, changed: Callable[[], None]
    ) -> None:
        self._page, self._choose, self._several, self._changed = page, choose, several, changed
        self.files = Together()

    def take(self, paths: Sequence[Path]) -> None:
        """Files that were chosen or dropped together; what cannot go together is said."""
        try:
            self.files = self.files.plus(paths)
        except UserError as problem:
            self._page.complain(problem.sentence)
            return
        self._changed()

    def put_away(self) -> None:
        """Another packet comes next."""
        self.files = replace(self.files, subject=None, beside=(), index=None)

    # asking

    def ask_packet(self) -> None:
        """With the files that belong to it, where they are chosen at the same time."""
        if self._several is not None:
            paths = self._several(self._page, tr("Packet"), _PACKETS)
        else:
            one = self._choose(self._page, tr("Packet"), _PACKETS)
            paths = [] if one is None else [one]
        if paths:
            self.take(paths)

    def ask_packet_of_card(self) -> None:
        """A packet, to be checked with the card that was looked at by itself."""
        if (card := self.files.subject) is not None:
            self.files = replace(self.files, subject=None, cards=(*self.files.cards, card))
        self.ask_packet()

    def ask_its_packet(self) -> None:
        """The packet that releases the annex in hand, or that names the file index."""
        of_index = self.files.subject is not None and is_called_index(self.files.subject.name)
        title = tr("Packet") if of_index else tr("Its packet, opened by the team")
        if (path := self._choose(self._page, title, "*.pdf *.age")) is not None:
            self._put(self.files.with_packet(path))

    def ask_card(self) -> None:
        if (path := self._choose(self._page, tr("Site card"), "*.rdsite")) is not None:
            self._put(replace(self.files, cards=(*self.files.cards, path)))

    def ask_list(self) -> None:
        if (path := self._choose(self._page, tr("Status list"), "*.rdstatus")) is not None:
            self._put(replace(self.files, lists=(*self.files.lists, path)))

    def ask_key(self) -> None:
        if (path := self._choose(self._page, tr("Key of this team"), "*.agekey *")) is not None:
            self._put(replace(self.files, identity=path))

    def _put(self, files: Together) -> None:
        self.files = files
        self._changed()

    # what is shown

    def card(self) -> QWidget:
        """What belongs to a packet, and how it is given."""
        kit = self._page.kit
        acts = [
            self._button(tr("Site card…"), self.ask_card),
            self._button(tr("Status list…"), self.ask_list),
            self._button(tr("Key of this team…"), self.ask_key),
        ]
        words = kit.label(self._words(), "small", tone="muted", wrap=True)
        return kit.card(tr("What belongs to it"), words, kit.flow(*acts), kind="flat", gap=2)

    def acts_for_unknown(self, verdict: Verdict) -> list[Act]:
        """What helps where nobody is known to stand behind a packet: the card, or a newer list."""
        card = (tr("Site card…"), "folder-open", self.ask_card)
        lists = (tr("Status list…"), "folder-open", self.ask_list)
        return [lists, card] if {LIST_MISSING, LIST_EXPIRED}.intersection(verdict.reasons) else [card]

    def _words(self) -> str:
        files = self.files
        return tr("Site cards: {cards} · Status lists: {lists} · Team's key: {key}").format(
            cards=join_words(isolate_ltr(card.name) for card in files.cards) or tr("none beside your own"),
            lists=join_words(isolate_ltr(each.name) for each in files.lists) or tr("none beside your own"),
            key=isolate_ltr(files.identity.name) if files.identity else tr("none"),
        )

    def _button(self, words: str, do: Callable[[], None]) -> QPushButton:
        button = self._page.kit.button(words)
        button.clicked.connect(lambda _on=False: do())
        return button


def dropped(event: QDropEvent) -> list[Path]:
    """The files of this computer that are dropped."""
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
