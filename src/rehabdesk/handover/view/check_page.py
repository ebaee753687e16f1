"""Checking a packet that came: one of eleven results, large and in one sentence, before anything in it is shown."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from PySide6.QtWidgets import QPushButton, QWidget

from rehabdesk.core.errors import RehabDeskError
from rehabdesk.core.i18n import language, tr
from rehabdesk.core.text import isolate_ltr
from rehabdesk.handover.check_service import MOST_CARD_BYTES, key_in, read_given, read_judged
from rehabdesk.handover.examination_service import Checked, PacketCheck
from rehabdesk.handover.packet_model import Handover
from rehabdesk.handover.reading_service import read
from rehabdesk.handover.verdict_model import State
from rehabdesk.handover.view.check_result import Acts, CheckResult
from rehabdesk.handover.view.reading_view import ReadingView
from rehabdesk.ui.kit import STRETCH, Kit
from rehabdesk.ui.page import Page

ChooseFile = Callable[[QWidget, str, str], Path | None]
SaveFile = Callable[[QWidget, str, bytes], Path | None]


@dataclass(slots=True)
class _Chosen:
    packet: Path | None = None
    cards: tuple[Path, ...] = ()
    identity: Path | None = None


class CheckPage(Page):
    """`own_cards`: site cards that this desk vouches for itself. `choose`: asks for a file. `back`: leads away.

    `lists`: the status lists of those sites. `save`: asks where the pages of a checked packet go, for the viewer of the
    system; without it they stay unseen.
    """

    def __init__(
        self,
        kit: Kit,
        *,
        now: Callable[[], datetime],
        choose: ChooseFile,
        own_cards: Sequence[bytes] = (),
        lists: Sequence[bytes] = (),
        back: Callable[[], None] | None = None,
        save: SaveFile | None = None,
    ) -> None:
        super().__init__(kit)
        self._now, self._choose, self._own, self._back = now, choose, tuple(own_cards), back
        self._lists = tuple(lists)
        self._save = save
        self._chosen = _Chosen()
        self.checked: Checked | None = None
        self._view: ReadingView | None = None
        self._first: QWidget | None = None
        self._act: Callable[[], None] = self._choose_packet
        self._show_start()

    def first_focus(self) -> QWidget | None:
        return self._first

    def main_act(self) -> None:
        self._act()

    def leave(self) -> None:
        if self._view is not None:
            self._view.forget()

    # choosing

    def _show_start(self) -> None:
        kit = self.kit
        self._show_title()
        choose = kit.button(tr("Choose a packet file"), kind="primary", icon="folder-open")
        choose.setObjectName("choose-packet")
        choose.clicked.connect(self._choose_packet)
        self._first, self._act = choose, self._choose_packet
        words = tr("Choose a packet file (RD-….pdf.age) on a USB stick. It is checked before anything in it is shown.")
        with_it = kit.card(
            tr("What belongs to it"),
            kit.label(self._file_words(), "small", tone="muted", wrap=True),
            kit.flow(self._button(tr("Site card…"), self._choose_card), self._key_button()),
            kind="flat",
            gap=2,
        )
        self.set_body(
            kit.box(kit.column(kit.card("", kit.label(words, wrap=True), kit.start(choose)), with_it, STRETCH, gap=3))
        )

    def _show_title(self, *, again: bool = True) -> None:
        kit, chosen = self.kit, self._chosen.packet is not None
        other = self._button(tr("Check another file"), self._start_again) if chosen and again else None
        back = None if self._back is None else self._button(tr("Back"), self._back)
        name = isolate_ltr(self._chosen.packet.name) if self._chosen.packet else ""
        title = kit.column(kit.label(tr("Packet check"), "h1"), kit.label(name, "small", tone="muted"), gap=0)
        self.set_head(kit.row(kit.box(title), STRETCH, other, back))

    def _button(self, words: str, do: Callable[[], None]) -> QPushButton:
        button = self.kit.button(words)
        button.clicked.connect(do)
        return button

    def _key_button(self) -> QPushButton:
        return self._button(tr("Key of this team…"), self._choose_key)

    def _file_words(self) -> str:
        cards = ", ".join(isolate_ltr(card.name) for card in self._chosen.cards) or tr("none beside your own")
        key = isolate_ltr(self._chosen.identity.name) if self._chosen.identity else tr("none")
        return tr("Site cards: {cards} · Team's key: {key}").format(cards=cards, key=key)

    def _start_again(self) -> None:
        self.leave()
        self._view = None
        self.checked = None
        self._chosen.packet = None
        self._show_start()
        if self._first is not None:
            self._first.setFocus()

    def _choose_packet(self) -> None:
        path = self._choose(self, tr("Packet"), "*.age *.pdf *.rdsite *.rdteam")
        if path is not None:
            self._chosen.packet = path
            self.check()

    def _choose_card(self) -> None:
        path = self._choose(self, tr("Site card"), "*.rdsite")
        if path is not None:
            self._chosen.cards = (*self._chosen.cards, path)
            self._again()

    def _choose_key(self) -> None:
        path = self._choose(self, tr("Key of this team"), "*.agekey *")
        if path is not None:
            self._chosen.identity = path
            self._again()

    def _again(self) -> None:
        if self._chosen.packet is None:
            self._show_start()
        else:
            self.check()

    # checking

    def check(self) -> None:
        """Checks the chosen file in a limited child process, beside the window's work."""
        packet, cards, identity = self._chosen.packet, self._chosen.cards, self._chosen.identity
        if packet is None:
            return
        own, lists, moment = self._own, self._lists, self._now()

        def work() -> Checked:
            held = [*own, *(read_given(card, MOST_CARD_BYTES) for card in cards)]
            secret = None if identity is None else key_in(identity)
            return PacketCheck(held, lists).check(read_judged(packet), moment=moment, identity=secret)

        self._show_title()
        self.saving.emit("saving", tr("Checking…"))
        self.kit.jobs.run(self, work, self._show, self._failed)

    def _failed(self, error: BaseException) -> None:
        self.saving.emit("saved", tr("All work saved"))
        if not isinstance(error, RehabDeskError):
            raise error
        self._start_again()
        self.problems([(error.sentence, self._first or self)])

    def _show(self, checked: Checked) -> None:
        self.leave()
        self._view, self.checked = None, checked
        self.saving.emit("saved", tr("All work saved"))
        self.problems([])
        spoken = language() if language() in ("en", "fr", "ar") else "en"
        acts, self._act = self._acts(checked)
        result = CheckResult(self.kit, checked, spoken, acts, vouched=bool(self._chosen.cards))
        self._show_title(again=self._act != self._start_again)
        self.set_body(self.kit.box(self.kit.column(result, STRETCH)))
        self._first = acts.main
        acts.main.setFocus()

    def _acts(self, checked: Checked) -> tuple[Acts, Callable[[], None]]:
        """What is offered next, the first thing first (interface.md 8.3), and what Ctrl+Enter does."""
        kit, packet, pdf = self.kit, checked.packet, checked.pdf
        others: list[QPushButton] = []
        do: Callable[[], None]
        if packet is not None:
            words, icon, do = tr("Read the packet"), "book-open", lambda: self._read(packet)
            if self._save is not None and pdf is not None:
                others.append(self._button(tr("Save the pages…"), lambda: self._save_pages(packet, pdf)))
        elif checked.verdict.state is State.UNKNOWN_SITE:
            words, icon, do = tr("Site card…"), "folder-open", self._choose_card
        elif checked.verdict.state is State.CANNOT_OPEN:
            words, icon, do = tr("Key of this team…"), "key", self._choose_key
        else:
            words, icon, do = tr("Check another file"), "folder-open", self._start_again
        main = kit.button(words, kind="primary", icon=icon)
        main.clicked.connect(do)
        return Acts(main=main, others=tuple(others)), do

    def _save_pages(self, packet: Handover, pdf: bytes) -> None:
        """They are never drawn here: whoever wants them opens the file with a viewer."""
        if self._save is not None and self._save(self, f"{packet.packet.number}.pdf", pdf) is not None:
            self.said.emit(tr("A viewer may show more or less than was checked. Protect this file: it is not sealed."))

    def _read(self, packet: Handover) -> None:
        """The content as it was signed, from its data and not from its pages."""
        kit = self.kit
        self._view = ReadingView(kit, read(packet))
        self._first = self._view.first_focus()
        note = tr("Read from the signed data. It shows words, not the pages.")
        self.set_body(kit.box(kit.column(kit.label(note, "small", tone="muted", wrap=True), self._view, STRETCH)))
        self._act = self._start_again
        self._first.setFocus()
