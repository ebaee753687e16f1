"""Checking a packet that came: one of eleven results, large and in one sentence, before anything in it is shown."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from PySide6.QtWidgets import QWidget

from rehabdesk.core.errors import RehabDeskError, UserError
from rehabdesk.core.files import read_limited
from rehabdesk.core.i18n import language, tr
from rehabdesk.core.text import isolate, isolate_ltr
from rehabdesk.handover.examination_service import Checked, PacketCheck
from rehabdesk.handover.report_service import report_lines
from rehabdesk.handover.state_words_model import verdict_look
from rehabdesk.handover.verdict_words_model import sentence
from rehabdesk.handover.view.pages_view import PagesView
from rehabdesk.ui.kit import STRETCH, Kit
from rehabdesk.ui.page import Page

MOST_BYTES = 64 << 20
ChooseFile = Callable[[QWidget, str, str], Path | None]


@dataclass(slots=True)
class _Chosen:
    packet: Path | None = None
    cards: tuple[Path, ...] = ()
    identity: Path | None = None


class CheckPage(Page):
    """`own_cards`: site cards that this desk vouches for itself. `choose`: asks for a file. `back`: leads away."""

    def __init__(
        self,
        kit: Kit,
        *,
        now: Callable[[], datetime],
        choose: ChooseFile,
        own_cards: Sequence[bytes] = (),
        back: Callable[[], None] | None = None,
    ) -> None:
        super().__init__(kit)
        self._now, self._choose, self._own, self._back = now, choose, tuple(own_cards), back
        self._chosen = _Chosen()
        self.checked: Checked | None = None
        self._view: PagesView | None = None
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

    def _show_start(self) -> None:
        kit = self.kit
        self._show_title()
        choose = kit.button(tr("Choose a packet file"), kind="primary", icon="folder-open")
        choose.setObjectName("choose-packet")
        choose.clicked.connect(self._choose_packet)
        self._first, self._act = choose, self._choose_packet
        words = tr("Choose a packet file (RD-….pdf.age) on a USB stick. It is checked before anything in it is shown.")
        files = [
            kit.label(self._file_words(), "small", tone="muted", wrap=True),
            kit.flow(
                self._button(tr("Site card…"), self._choose_card),
                self._button(tr("Key of this team…"), self._choose_key),
            ),
        ]
        self.set_body(
            kit.box(kit.column(kit.card("", kit.label(words, wrap=True), kit.start(choose), *files), STRETCH))
        )

    def _show_title(self) -> None:
        kit = self.kit
        other = self._button(tr("Check another file"), self._start_again) if self._chosen.packet else None
        back = None if self._back is None else self._button(tr("Back"), self._back)
        name = isolate_ltr(self._chosen.packet.name) if self._chosen.packet else ""
        title = kit.column(kit.label(tr("Packet check"), "h1"), kit.label(name, "small", tone="muted"), gap=0)
        self.set_head(kit.row(kit.box(title), STRETCH, other, back))

    def _button(self, words: str, do: Callable[[], None]) -> QWidget:
        button = self.kit.button(words)
        button.clicked.connect(do)
        return button

    def _file_words(self) -> str:
        cards = ", ".join(isolate_ltr(card.name) for card in self._chosen.cards) or tr("none beside your own")
        key = isolate_ltr(self._chosen.identity.name) if self._chosen.identity else tr("none")
        return tr("Site cards: {cards} · Team's key: {key}").format(cards=cards, key=key)

    # choosing

    def _start_again(self) -> None:
        self.leave()
        self._view = None
        self._chosen.packet = None
        self._show_start()

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
        own, moment = self._own, self._now()

        def work() -> Checked:
            held = [*own, *(read_limited(card, MOST_BYTES) for card in cards)]
            secret = None if identity is None else read_limited(identity, 1 << 16).decode("utf-8")
            return PacketCheck(held).check(read_limited(packet, MOST_BYTES), moment=moment, identity=secret)

        self._show_title()
        self.saving.emit("saving", tr("Checking…"))
        self.kit.jobs.run(self, work, self._show, self._failed)

    def _failed(self, error: BaseException) -> None:
        self.saving.emit("saved", "")
        if isinstance(error, OSError):
            error = UserError(tr("This file cannot be read. Put the stick back and choose it again."))
        if not isinstance(error, RehabDeskError):
            raise error
        self._start_again()
        self.problems([(error.sentence, self._first or self)])

    def _show(self, checked: Checked) -> None:
        self.checked = checked
        kit, verdict = self.kit, checked.verdict
        self.saving.emit("saved", "")
        self.problems([])
        title, icon, colour = verdict_look(verdict.state)
        spoken = language() if language() in ("en", "fr", "ar") else "en"
        said = sentence(verdict, spoken)
        result = kit.card(
            "",
            kit.row(
                kit.picture(icon, f"{colour}_fg" if colour != "grey" else "text2", 44),
                (kit.box(kit.column(kit.label(title, "display"), kit.label(said, "h3", wrap=True), gap=1)), 1),
                gap=4,
            ),
            kind={"green": "quiet", "amber": "warn", "red": "alert"}.get(colour, "flat"),
        )
        result.setAccessibleName(f"{title}. {said}")
        lines = [
            kit.label(line, wrap=True, selectable=True) for line in report_lines(checked, spoken, terminal=False)[1:]
        ]
        details = kit.label(", ".join(verdict.reasons) or tr("none"), "small", tone="muted", wrap=True, selectable=True)
        more = kit.card(tr("Details for IT"), details, kind="flat")
        acts = kit.flow(
            self._button(tr("Site card…"), self._choose_card), self._button(tr("Key of this team…"), self._choose_key)
        )
        parts: list[QWidget] = [result, kit.card(tr("What was checked"), *lines, gap=2) if lines else more, acts]
        if checked.pdf is not None:
            pdf = checked.pdf
            read = kit.button(tr("Read the packet"), kind="primary", icon="book-open")
            read.clicked.connect(lambda: self._read(pdf))
            parts.insert(1, kit.box(kit.start(read)))
            self._first, self._act = read, lambda: self._read(pdf)
        if lines:
            parts.append(more)
        self._show_title()
        self.set_body(kit.box(kit.column(*parts, STRETCH, gap=3)))
        self.said.emit(f"{title}. {isolate(said)}")
        if self._first is not None:
            self._first.setFocus()

    def _read(self, pdf: bytes) -> None:
        """The pages of a packet that may be shown."""
        self._view = PagesView(self.kit, pdf)
        self._first = self._view.first_focus()
        self.set_body(self.kit.box(self.kit.column(self._view, STRETCH)))
        self._first.setFocus()
