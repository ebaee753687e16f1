"""A clinical annex that came in: opened with the own key, judged with its packet, read, and kept if wanted."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QPushButton, QWidget

from rehabdesk.core.errors import RehabDeskError
from rehabdesk.core.i18n import language, tr
from rehabdesk.core.text import isolate, isolate_ltr
from rehabdesk.handover.annex.annex_check_service import CheckedAnnex
from rehabdesk.handover.annex.annex_model import ClinicalAnnex
from rehabdesk.handover.annex.annex_reading_service import AnnexReading
from rehabdesk.handover.checking.check_service import MOST_CARD_BYTES, read_given, read_judged
from rehabdesk.handover.checking.examination_service import Checked, PacketCheck
from rehabdesk.handover.checking.former_model import FormerCard
from rehabdesk.handover.checking.verdict_model import State
from rehabdesk.handover.checking.view.check_result import Acts, CheckResult
from rehabdesk.handover.inbox.inbox_model import HeldHere
from rehabdesk.ui.choices import Option
from rehabdesk.ui.kit import STRETCH, Kit
from rehabdesk.ui.page import Page

ChooseFile = Callable[[QWidget, str, str], Path | None]
PacketAtHand = Callable[[str], bytes | None]
"""The signed pages of the packet with that number, where it lies here; they are judged again."""


@dataclass(slots=True)
class _Chosen:
    name: str = ""
    raw: bytes | None = None
    packet: Path | None = None
    cards: tuple[Path, ...] = ()


class AnnexInPage(Page):
    """`given`: name and bytes of the file, where it was dropped elsewhere. `cases`: this psychologist's, as (id, name).

    `cards` and `lists`: site cards and status lists that count here; `seen`: what came before, for which cards of
    `former` roots count. `at_hand`: finds the packet of an annex; else a person chooses its file. `note`: that a file
    was seen for the first time.
    """

    def __init__(
        self,
        kit: Kit,
        reading: AnnexReading,
        *,
        choose: ChooseFile,
        now: Callable[[], datetime],
        cards: Sequence[bytes],
        lists: Sequence[bytes],
        seen: HeldHere,
        former: Sequence[FormerCard] = (),
        note: Callable[[Checked], None],
        at_hand: PacketAtHand,
        cases: Sequence[Option],
        given: tuple[str, bytes] | None = None,
    ) -> None:
        super().__init__(kit)
        self._reading, self._choose, self._now = reading, choose, now
        self._held, self._at_hand, self._cases = tuple(cards), at_hand, tuple(cases)
        self._lists, self._seen, self._former, self._note = tuple(lists), seen, tuple(former), note
        self._chosen = _Chosen()
        self.checked: CheckedAnnex | None = None
        self.setAcceptDrops(True)
        self._act = self._choose_annex
        self._show_start()
        if given is not None:
            self._chosen.name, self._chosen.raw = given
            self._check()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        """One annex at a time: the first file."""
        path = next((Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()), None)
        if path is not None:
            event.acceptProposedAction()
            self._open(path)

    # choosing

    def _show_start(self) -> None:
        kit = self.kit
        self._show_title()
        choose = self._button(tr("Choose an annex file"), self._choose_annex, kind="primary", icon="folder-open")
        self._first, self._act = choose, self._choose_annex
        words = tr(
            "Choose an annex (RD-…-CX.pdf.age) that was sealed to your own key, or drop it here. Nobody else here can "
            "open it."
        )
        self.set_body(kit.box(kit.column(kit.card("", kit.label(words, wrap=True), kit.start(choose)), STRETCH, gap=3)))

    def _show_title(self) -> None:
        kit = self.kit
        name = kit.label(isolate_ltr(self._chosen.name), "small", tone="muted") if self._chosen.name else None
        title = kit.column(kit.label(tr("Clinical annex"), "h1"), name, gap=0)
        level = kit.tag(tr("Clinical: psychologists only"), "purple", "lock")
        self.set_head(kit.row((kit.box(title), 1), level, gap=3))

    def _button(self, words: str, do: Callable[[], None], *, kind: str = "", icon: str = "") -> QPushButton:
        button = self.kit.button(words, kind=kind, icon=icon)
        button.clicked.connect(do)
        return button

    def _choose_annex(self) -> None:
        path = self._choose(self, tr("Clinical annex"), "*-CX.pdf.age *.age")
        if path is not None:
            self._open(path)

    def _open(self, path: Path) -> None:
        try:
            self._chosen = _Chosen(name=path.name, raw=read_judged(path), cards=self._chosen.cards)
        except RehabDeskError as problem:
            self.complain(problem.sentence)
            return
        self.checked = None  # what was found in the file before says nothing of this one's packet
        self._check()

    def _choose_packet(self) -> None:
        path = self._choose(self, tr("Its packet, opened by the team"), "*.pdf")
        if path is not None:
            self._chosen.packet = path
            self._check()

    def _choose_card(self) -> None:
        path = self._choose(self, tr("Site card"), "*.rdsite")
        if path is not None:
            self._chosen.cards = (*self._chosen.cards, path)
            self._check()

    # opening and judging

    def _check(self) -> None:
        raw, chosen, held, at_hand = self._chosen.raw, self._chosen, self._held, self._at_hand
        if raw is None:
            return
        moment, reading, lists, seen, former = self._now(), self._reading, self._lists, self._seen, self._former
        first = reading.job(raw, cards=held, packet=None, moment=moment, lists=lists, held=seen, former=former)
        known = self.checked.number if self.checked is not None else ""
        lies_here = at_hand(known or _number_in(chosen.name))

        def work() -> CheckedAnnex:
            cards = (*held, *(read_given(card, MOST_CARD_BYTES) for card in chosen.cards))
            pdf = lies_here if chosen.packet is None else read_judged(chosen.packet)
            packet = None if pdf is None else PacketCheck(cards, lists, former).check(pdf, moment=moment, held=seen)
            return first.with_packet(packet, cards).run()

        self._show_title()
        self.saving.emit("saving", tr("Checking…"))
        self.kit.jobs.run(self, work, self._show, self._failed)

    def _failed(self, error: BaseException) -> None:
        self.saving.emit("saved", tr("All work saved"))
        if not isinstance(error, RehabDeskError):
            raise error
        self._show_start()
        self.complain(error.sentence)

    def _show(self, checked: CheckedAnnex) -> None:
        kit, self.checked = self.kit, checked
        self.saving.emit("saved", tr("All work saved"))
        self.problems([])
        spoken = language() if language() in ("en", "fr", "ar") else "en"
        acts, self._act = self._acts(checked)
        judged = checked.as_checked()
        self._note(judged)
        parts: list[QWidget] = [CheckResult(kit, judged, spoken, acts, vouched=bool(self._chosen.cards))]
        if checked.verdict.state is State.INCOMPLETE:
            words = tr("An annex counts only with its packet. Ask the team for the opened packet, and choose it here.")
            parts.append(kit.card("", kit.label(words, wrap=True), kind="flat"))
        self.set_body(kit.box(kit.column(*parts, STRETCH, gap=3)))
        self.set_foot(kit.row(STRETCH))
        self._first = acts.main
        acts.main.setFocus()

    def _acts(self, checked: CheckedAnnex) -> tuple[Acts, Callable[[], None]]:
        """What is offered next, the first thing first, and what Ctrl+Enter does."""
        state, annex = checked.verdict.state, checked.annex
        do: Callable[[], None]
        if annex is not None:
            words, icon, do = tr("Read the annex"), "book-open", lambda: self._read(annex)
        elif state is State.INCOMPLETE:
            words, icon, do = tr("Choose its packet"), "folder-open", self._choose_packet
        elif state is State.UNKNOWN_SITE:
            words, icon, do = tr("Site card…"), "folder-open", self._choose_card
        else:
            words, icon, do = tr("Choose another file"), "folder-open", self._choose_annex
        return Acts(main=self._button(words, do, kind="primary", icon=icon)), do

    # reading and keeping

    def _read(self, annex: ClinicalAnnex) -> None:
        kit = self.kit
        self.set_body(kit.box(kit.column(*annex_cards(kit, annex), STRETCH, gap=3)))
        keep = self._button(tr("Keep with the clinical record"), self._ask_keep, kind="primary", icon="save")
        self._first, self._act = keep, self._ask_keep
        self.set_foot(kit.row(STRETCH, keep))
        keep.setFocus()

    def _ask_keep(self) -> None:
        checked, kit = self.checked, self.kit
        if checked is None:
            return
        person = kit.combo(self._cases, empty=tr("Choose a person"))
        field = kit.field(tr("Whom is it about?"), person, required=True)
        field.setObjectName("person")

        def keep() -> None:
            self._reading.keep(checked, person.code() or "")
            name = dict(self._cases).get(person.code() or "", "")
            self.said.emit(tr("Kept with the clinical record of {name}, as outside source.").format(name=isolate(name)))

        self._act = self.show_form(
            tr("Keep with the clinical record"), [field], tr("Keep"), keep, first=person, name="keep"
        )

    def refresh(self) -> None:
        if self.checked is not None and self.checked.annex is not None:
            self._read(self.checked.annex)
        else:
            self._show_start()


def annex_cards(kit: Kit, annex: ClinicalAnnex) -> list[QWidget]:
    """The content as it was signed, from its data and not from its pages."""
    head = tr("From {author}, for {name}, released by packet {number}. Outside source.").format(
        author=isolate(annex.author.name), name=isolate(annex.for_), number=isolate_ltr(annex.number)
    )
    parts: list[QWidget] = [kit.label(head, "small", tone="muted", wrap=True)]
    for title, text in (
        (tr("Treatment summary"), annex.treatment_summary),
        (tr("Formulation"), annex.formulation),
        (tr("Onward plan"), annex.onward_plan),
    ):
        if text is not None:
            parts.append(kit.card(title, kit.label(text.text, wrap=True, selectable=True)))
    return parts


def _number_in(name: str) -> str:
    """The packet's number, as the file is called; only a hint where to look."""
    return name.partition("-CX")[0]
