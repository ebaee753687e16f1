"""Beside the pages of a packet: the envelope, and after the seal what came back, what follows, and the withdrawal."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QPushButton, QWidget

from rehabdesk.core.errors import RehabDeskError, UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate, isolate_ltr
from rehabdesk.handover.after.after_seal_model import (
    LIVE,
    SENT,
    AfterSeal,
    FeedbackKept,
    ReceiptKept,
    because_words,
    decision_words,
    medium_words,
)
from rehabdesk.handover.after.after_seal_service import REPLACEABLE, AfterSealing, is_outside
from rehabdesk.handover.after.feedback_model import kind_words, question_words
from rehabdesk.handover.after.status_list_service import StatusLists
from rehabdesk.handover.after.view.after_forms import AboutPacket, AfterForms
from rehabdesk.handover.file_index.file_index_model import index_of
from rehabdesk.handover.making.envelope_service import Envelopes
from rehabdesk.handover.packets_model import PacketState
from rehabdesk.handover.records_model import Packet
from rehabdesk.handover.shelf_service import Shelf
from rehabdesk.ui.dates import local, long
from rehabdesk.ui.kit import Kit
from rehabdesk.ui.page import Page, Route

_S = PacketState
MOST_SHOWN = 3
"""Answers that are shown whole; the others stand on the person's timeline."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AfterTools:
    """What the card works with. `phone_of` gives the number of a team; `may_prepare`: this role writes packets.

    `folder` asks where a file goes; `hand_out` asks for the printer at the foot of the page and calls back as the pages
    go. `sealed` and `acknowledged` get person and number, for the checklist.
    """

    shelf: Shelf
    sealing: AfterSealing
    envelopes: Envelopes
    lists: StatusLists
    name_of: Callable[[str], str]
    phone_of: Callable[[str], str]
    may_act: bool
    may_prepare: bool
    folder: Callable[[QWidget, str], Path | None]
    hand_out: Callable[[QWidget, bytes, str, Callable[[], None]], bool]
    sealed: Callable[[str, str], None]
    acknowledged: Callable[[str, str], None]


class AfterCard:
    """The cards about one packet on one page."""

    def __init__(self, page: Page, packet: Packet, tools: AfterTools) -> None:
        self._page, self._packet, self._tools = page, packet, tools
        self._kit: Kit = page.kit
        self._about = AboutPacket(packet=packet, name=tools.name_of(packet.person))
        self._forms = AfterForms(page, tools.sealing, self._about, tools.acknowledged)

    def cards(self) -> Sequence[QWidget]:
        """Nothing for a packet that has neither left nor is ready for its envelope."""
        found = [self._envelope()]
        if self._packet.state in SENT or self._is_outside():
            after = self._tools.sealing.of(self._packet.id)
            found += [self._withdrawn(after), self._standing(after), *map(self._answer, after.feedback[-MOST_SHOWN:])]
        return [card for card in found if card is not None]

    def _is_outside(self) -> bool:
        return is_outside(self._tools.shelf, self._packet)

    def _may_withdraw(self) -> bool:
        try:
            self._tools.sealing.require_withdrawable(self._packet)
        except UserError:
            return False
        return True

    # the envelope

    def _envelope(self) -> QWidget | None:
        packet, kit = self._packet, self._kit
        if not self._tools.envelopes.goes_on_paper(packet) or not self._tools.may_act:
            return None
        ready = packet.state is _S.COUNTERSIGNED or (packet.state is _S.SIGNED and packet.one_signature)
        if not ready and packet.state not in LIVE:
            return None
        words = tr("This team has no key: print all pages, put them into an envelope with the receipt slip, close it.")
        code = tr("Paper code, for the phone: {code}").format(code=isolate_ltr(self._tools.envelopes.code(packet.id)))
        index = tr("Print the file index too, and put it in.") if index_of(packet.content) is not None else ""
        buttons = [self._button(tr("Print pages"), "printer", self._print)]
        if ready and self._tools.may_prepare:
            buttons.append(self._button(tr("Close the envelope"), "stamp", self._close_envelope))
        return kit.card(
            tr("Paper envelope"),
            kit.label(words, wrap=True),
            kit.label(index, wrap=True) if index else None,
            kit.label(code, "small", tone="muted", wrap=True, selectable=True),
            kit.flow(*buttons),
            kind="flat",
            gap=2,
        )

    def _print(self) -> None:
        packet, tools = self._packet, self._tools
        pdf = tools.envelopes.pages(packet.id)
        tools.hand_out(self._page, pdf, f"{packet.record.number}.pdf", lambda: tools.envelopes.printed(packet.id))

    def _close_envelope(self) -> None:
        sentence = tr("Closing the envelope for {team} with packet {number} about {name}. It is then sealed.").format(
            team=isolate(self._packet.record.team_name), number=self._about.number, name=isolate(self._about.name)
        )

        def close() -> None:
            try:
                self._tools.envelopes.close(self._packet.id)
            except RehabDeskError as problem:
                self._page.problems([(problem.sentence, self._page)])
                return
            self._tools.sealed(self._packet.person, self._packet.record.number)
            self._page.said.emit(tr("Sealed."))
            self._page.show_again()

        self._page.ask(sentence, tr("Close the envelope"), close)

    # after the seal

    def _standing(self, after: AfterSeal) -> QWidget:
        kit = self._kit
        lines = [kit.label(words, wrap=True) for words in self._lines(after)]
        if not lines:
            lines = [kit.label(tr("Nothing has come back yet."), tone="muted", wrap=True)]
        buttons = list(self._buttons())
        acts = kit.flow(*buttons) if buttons else None
        return kit.card(tr("After the seal"), *lines, *self._links(), acts, kind="flat", gap=2)

    def _lines(self, after: AfterSeal) -> Iterator[str]:
        for each in after.deliveries:
            yield tr("Handed over by {who}, {how}, {day}").format(
                who=isolate(each.courier), how=medium_words(each.medium), day=isolate(long(each.on))
            )
        for receipt in after.receipts:
            yield _receipt_words(receipt)

    def _links(self) -> Iterator[QWidget]:
        """What it replaces, and what replaced it."""
        shelf, packet = self._tools.shelf, self._packet
        successor = self._tools.sealing.successor(packet.id)
        if successor is not None:
            words = tr("Replaced by {number}").format(number=isolate_ltr(successor.number))
            yield self._button(words, "package", lambda: self._open(successor.id))
        for rid in packet.record.choices.replaces:
            words = tr("Replaces {number}").format(number=isolate_ltr(shelf.row(rid).number))
            yield self._button(words, "package", partial(self._open, rid))

    def _buttons(self) -> Iterator[QPushButton]:
        state, tools = self._packet.state, self._tools
        if not tools.may_act:
            return
        if tools.sealing.waits(self._packet.id):
            yield self._button(tr("I have seen it"), "eye", self._see)
        if state in (_S.SEALED, _S.DELIVERED):
            yield self._button(tr("Record receipt…"), "phone", self._forms.ask_code)
        if state is _S.SEALED:
            yield self._button(tr("Handed over…"), "send", self._forms.ask_delivery)
        if state is _S.ACKNOWLEDGED:
            yield self._button(tr("Close packet"), "check", self._close)
        if state in REPLACEABLE and tools.may_prepare:
            yield self._button(tr("Replace…"), "file-pen-line", self._replace)
        if self._may_withdraw():
            yield self._button(tr("Withdraw…"), "undo-2", lambda: self._forms.ask_withdrawal(self._page.show_again))

    def _answer(self, feedback: FeedbackKept) -> QWidget:
        """What a team answered, marked as from outside."""
        kit = self._kit
        when = tr("{name}, {day}").format(name=isolate(feedback.by), day=isolate(long(local(feedback.at).date())))
        said = [
            kit.column(
                kit.label(question_words(name), "small", tone="muted", wrap=True),
                kit.label(isolate(words), wrap=True),
                gap=0,
            )
            for name, words in feedback.as_answers().given().items()
        ]
        tags = [kit.tag(tr("Outside source"), "grey"), kit.tag(kind_words(feedback.kind), "blue")]
        if not feedback.signed:
            tags.append(kit.tag(tr("Not signed"), "amber"))
        by = kit.label(when, "small", tone="muted", wrap=True)
        return kit.card(tr("Feedback"), kit.flow(*tags), by, *said, kind="flat", gap=2)

    def _withdrawn(self, after: AfterSeal) -> QWidget | None:
        """What is to be done at once; nothing of it erases the copy outside."""
        kit, packet, tools = self._kit, self._packet, self._tools
        if after.withdrawal is None:
            return None
        why = because_words(after.withdrawal.because)
        words = tr("The copy outside cannot be erased from here. Tell the team in all three ways.")
        phone = isolate_ltr(tools.phone_of(packet.record.team))
        team = isolate(packet.record.team_name)
        call = tr("Call {team}: {phone}").format(team=team, phone=phone)
        return kit.card(
            tr("Withdrawn"),
            kit.label(why, "strong", wrap=True),
            kit.label(words, wrap=True),
            self._list_step(),
            kit.start(self._button(tr("Print the notice"), "printer", self._notice)) if tools.may_act else None,
            kit.row(kit.picture("phone"), (kit.label(call, wrap=True, selectable=True), 1), gap=2),
            kind="quiet",
            gap=2,
        )

    def _list_step(self) -> QWidget | None:
        kit, tools = self._kit, self._tools
        if not tools.may_act:
            return None
        behind = tools.lists.is_behind()
        if behind and not tools.lists.may_make:
            return kit.label(tr("A supervisor makes the new status list, on the page Packets."), wrap=True)
        words = tr("Make and save the status list") if behind else tr("Save the status list")
        return kit.box(kit.start(self._button(words, "usb", lambda: save_list(self._page, tools.lists, tools.folder))))

    # deeds

    def _notice(self) -> None:
        packet, tools = self._packet, self._tools
        pdf = tools.envelopes.notice(packet.id)
        tools.hand_out(self._page, pdf, f"{packet.record.number}-notice.pdf", lambda: None)

    def _see(self) -> None:
        self._tools.sealing.see(self._packet.id)
        self._page.show_again()

    def _close(self) -> None:
        self._tools.sealing.close(self._packet.id)
        self._page.said.emit(tr("Closed. Nothing more is expected."))
        self._page.show_again()

    def _replace(self) -> None:
        draft = self._tools.sealing.replace(self._packet.id)
        self._page.said.emit(tr("A new packet is begun. When it is sealed, this one is replaced."))
        self._page.go.emit(Route(name="packet", person=self._packet.person, id=draft))

    def _open(self, packet: str) -> None:
        self._page.go.emit(Route(name="packet_view", person=self._packet.person, id=packet))

    def _button(self, words: str, icon: str, do: Callable[[], object]) -> QPushButton:
        button = self._kit.button(words, icon=icon)
        button.clicked.connect(lambda _on=False: do())
        return button


def save_list(page: Page, lists: StatusLists, folder: Callable[[QWidget, str], Path | None]) -> None:
    """Makes the next list where the newest lacks something and this login may, and saves it where one says."""
    where = folder(page, tr("Where does the status list go?"))
    if where is None:
        return
    try:
        if lists.may_make and lists.is_behind():
            lists.make()
        path = lists.save(where)
    except RehabDeskError as problem:
        page.problems([(problem.sentence, page.first_focus() or page)])
        return
    page.problems([])
    page.refresh()
    page.said.emit(tr("Saved and read back: {file}").format(file=isolate_ltr(path.name)))


def _receipt_words(receipt: ReceiptKept) -> str:
    day = isolate(long(local(receipt.received_at).date()))
    words = tr("Receipt: {decision}, {who}, {day}").format(
        decision=decision_words(receipt.decision), who=isolate(receipt.by), day=day
    )
    return f"{words}\n{isolate(receipt.note)}" if receipt.note else words
