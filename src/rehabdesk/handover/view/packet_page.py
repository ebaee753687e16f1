"""One packet after its author signed it: where it stands, its pages, and the seal."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLayout, QPushButton, QWidget

from rehabdesk.core.canon import Json
from rehabdesk.core.errors import RehabDeskError, UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate, isolate_ltr
from rehabdesk.handover.content.packet_model import Mode
from rehabdesk.handover.file_index.view.file_index_page import FILE_INDEX
from rehabdesk.handover.making import making_service as making
from rehabdesk.handover.making.delivery_service import Delivered
from rehabdesk.handover.making.view.express_card import express_card
from rehabdesk.handover.packets_model import WITH_ONE, PacketState
from rehabdesk.handover.records_model import Packet
from rehabdesk.handover.service import Packets
from rehabdesk.handover.state_words_model import Tagged, one_signature_words, state_words
from rehabdesk.handover.view.pages_view import PagesView
from rehabdesk.ui.dates import long, stamp
from rehabdesk.ui.kit import STRETCH, Kit
from rehabdesk.ui.page import Page, Route

OWN_COPY = "packet_copy"
SEALED = frozenset(WITH_ONE)
ChooseFolder = Callable[[QWidget, str], Path | None]
Beside = Callable[["PacketPage", Packet], Sequence[QWidget]]


class PacketPage(Page):
    """`may_seal`: this role takes packets out. `folder`: asks where the file goes. `may_countersign`: a supervisor.

    `beside`: what other subjects say of the packet, below the steps that it took.
    """

    sealed = Signal(str, str)
    """Person and number."""

    def __init__(
        self,
        kit: Kit,
        packets: Packets,
        packet_id: str,
        *,
        name: str,
        may_seal: bool,
        folder: ChooseFolder,
        may_countersign: bool = False,
        beside: Beside | None = None,
    ) -> None:
        super().__init__(kit)
        self._packets, self._id, self._name = packets, packet_id, name
        self._may_seal, self._choose = may_seal, folder
        self._may_countersign, self._more = may_countersign, beside
        self._view: PagesView | None = None
        self._index: bytes | None = None
        self._delivered: Delivered | None = None
        self._sealing = False
        self.refresh()

    def leave(self) -> None:
        super().leave()
        if (view := self._pages_in_sight()) is not None:
            view.forget()

    def _pages_in_sight(self) -> PagesView | None:
        """A form that stands in place of the body has taken the pages away."""
        return None if self.form_is_open() else self._view

    def place(self) -> Mapping[str, Json]:
        view = self._pages_in_sight()
        return {**super().place(), "page": 0 if view is None else view.page}

    def restore(self, place: Mapping[str, Json]) -> None:
        page, view = place.get("page"), self._pages_in_sight()
        if view is not None and isinstance(page, int):
            view.turn_to(page)
        super().restore(place)

    def refresh(self) -> None:
        kit, packet = self.kit, self._packets.shelf.packet(self._id)
        record, self._act = packet.record, None
        title = tr("Packet {number}").format(number=isolate(record.number))
        facts = (
            tr("about {name}").format(name=isolate(self._name)),
            tr("for {team}").format(team=isolate(record.team_name)),
            tr("expires {day}").format(day=long(record.expires)),
        )
        words = kit.column(
            kit.label(title, "h1"), kit.label(" · ".join(facts), "small", tone="muted", wrap=True), gap=0
        )
        self.set_head(kit.row((kit.box(words), 1), kit.tag(*self._state(packet)), gap=3))
        self._index = self._packets.indexes.beside(packet)
        self._view = PagesView(kit, self._packets.shelf.newest_pdf(self._id), self._index)
        self._first = self._view.first_focus()
        parts = [
            express_card(kit, packet, self._packets.shelf.now()),
            self._code(packet) if packet.state in SEALED else None,
            self._view.with_index(),
            STRETCH,
        ]
        more = () if self._more is None else self._more(self, packet)
        self.set_body(
            kit.box(kit.column(*parts, gap=3)), kit.box(kit.column(self._history(packet), *more, STRETCH, gap=3))
        )
        self.set_foot(self._buttons(packet))

    def _state(self, packet: Packet) -> Tagged:
        if packet.second_due is not None and packet.state in SEALED:
            return one_signature_words(packet.second_due, self._packets.shelf.now())
        return state_words(packet.state)

    def _buttons(self, packet: Packet) -> QLayout:
        kit = self.kit
        back = kit.button(tr("Back"), icon="arrow-left")
        back.clicked.connect(lambda: self.go.emit(Route(name="person", person=packet.person, id="packets")))
        acts, copy = self._acts(packet), None
        if self._may_seal and packet.state not in (PacketState.RETURNED, PacketState.DRAFT):
            copy = kit.button(tr("Copy for the person"), icon="printer")
            copy.clicked.connect(self._to_copy)
        index = self._index_button(packet)
        if not acts:
            return kit.row(back, copy, index, STRETCH)
        buttons: list[QPushButton] = []
        for words, icon, act in acts:
            button = kit.button(words, kind="primary" if not buttons else "", icon=icon)
            button.clicked.connect(act)
            buttons.append(button)
        self._first, self._act = buttons[0], acts[0][2]
        return kit.row(back, copy, index, STRETCH, *reversed(buttons))

    def _acts(self, packet: Packet) -> list[tuple[str, str, Callable[[], None]]]:
        """What this login does next, the main deed first: words, icon, deed."""
        found: list[tuple[str, str, Callable[[], None]]] = []
        one, out = packet.one_signature, packet.state in SEALED
        keyed = packet.content.packet.mode is not Mode.PAPER
        if self._may_seal and keyed and packet.state is PacketState.SIGNED and one:
            found.append((tr("Seal with one signature"), "usb", self._seal))
        if self._may_seal and keyed and packet.state is PacketState.COUNTERSIGNED:
            again = packet.content.packet.countersign_due is not None
            found.append((tr("Seal again and save") if again else tr("Seal and save"), "usb", self._seal))
        if self._packets.returned.may_take_up(packet):
            found.append((tr("Take up again"), "file-pen-line", self._take_up))
        if self._may_countersign and one and out:
            found.append((tr("Countersign"), "signature", self._to_review))
        return found

    def _index_button(self, packet: Packet) -> QPushButton | None:
        if self._index is None or not self._packets.indexes.may_print:
            return None
        button = self.kit.button(tr("Print the file index"), icon="printer")
        button.clicked.connect(lambda: self.go.emit(Route(name=FILE_INDEX, person=packet.person, id=packet.id)))
        return button

    def _to_copy(self) -> None:
        person = self._packets.shelf.packet(self._id).person
        self.go.emit(Route(name=OWN_COPY, person=person, id=self._id))

    def _to_review(self) -> None:
        self.go.emit(Route(name="packet_review", id=self._id))

    def _code(self, packet: Packet) -> QWidget:
        """What is said on the telephone, so that the team knows that nobody exchanged the file."""
        kit, team = self.kit, isolate(packet.record.team_name)
        number = isolate_ltr(self._packets.teams.team(packet.record.team).phone)
        said = tr("Give {team} this code by phone, {phone}:").format(team=team, phone=number)
        code = kit.label(isolate_ltr(self._packets.shelf.code(packet.id)), "h1", selectable=True)
        saved = None
        if self._delivered is not None:
            name = isolate_ltr(self._delivered.file.name)
            ok = kit.picture("circle-check", "success", 20)
            saved = kit.row(ok, (kit.label(tr("Saved and read back: {file}").format(file=name), "h3", wrap=True), 1))
        slip = tr("The slip beside the file says how to check it. It holds no personal data.")
        return kit.card(
            "",
            saved,
            kit.label(said, wrap=True),
            code,
            kit.label(slip, "small", tone="muted", wrap=True),
            kind="quiet",
            gap=1,
        )

    def _history(self, packet: Packet) -> QWidget:
        kit, rows = self.kit, []
        for step in self._packets.shelf.history(packet.id):
            when = tr("{name}, {time}").format(name=isolate(step.who), time=stamp(step.at))
            reason = kit.label(step.reason, wrap=True) if step.reason else None
            words = (tr("Sealed, one signature"), "amber") if step.one else state_words(step.state)
            tag = kit.row(kit.tag(*words), STRETCH)
            rows.append(kit.column(tag, kit.label(when, "small", tone="muted", wrap=True), reason, gap=1))
        return kit.card(tr("Where it stands"), *rows, kind="flat", gap=3)

    def _take_up(self) -> None:
        try:
            packet = self._packets.shelf.packet(self._id)
            draft = self._packets.returned.take_up(self._id)
        except UserError as problem:
            self.complain(problem.sentence)
            return
        self.said.emit(tr("What was typed is a draft again. It is signed under a new number."))
        self.go.emit(Route(name="packet", person=packet.person, id=draft))

    def _seal(self) -> None:
        if self._sealing:
            return
        folder = self._choose(self, tr("Where does the sealed file go?"))
        if folder is None:
            return
        try:
            sealing = self._packets.allow_sealing(self._id, folder)
        except UserError as problem:
            self.complain(problem.sentence)
            return
        self.problems([])
        self._sealing = True
        self.saving.emit("saving", tr("Checking, sealing and reading back…"))
        self.kit.jobs.run(self, lambda: making.seal(sealing), self._is_sealed, self._not_sealed)

    def _is_sealed(self, delivered: Delivered) -> None:
        self._sealing = False
        self._packets.keep_sealed(self._id, delivered)
        packet = self._packets.shelf.packet(self._id)
        self.saving.emit("saved", tr("All work saved"))
        self.sealed.emit(packet.person, packet.record.number)
        self._delivered = delivered
        self.refresh()
        self.said.emit(tr("Sealed."))

    def _not_sealed(self, error: BaseException) -> None:
        self._sealing = False
        self.saving.emit("saved", tr("All work saved"))
        if not isinstance(error, RehabDeskError):
            raise error
        self.complain(error.sentence)
