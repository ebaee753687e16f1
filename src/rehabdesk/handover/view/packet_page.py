"""One packet after its author signed it: where it stands, its pages, and the seal."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from rehabdesk.core.errors import RehabDeskError, StorageError, UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate, isolate_ltr
from rehabdesk.handover import making_service as making
from rehabdesk.handover.delivery_service import Delivered
from rehabdesk.handover.packets_model import PacketState
from rehabdesk.handover.service import Packets
from rehabdesk.handover.state_words_model import state_words
from rehabdesk.handover.view.pages_view import PagesView
from rehabdesk.ui.dates import long, stamp
from rehabdesk.ui.kit import STRETCH, Kit
from rehabdesk.ui.page import Page, Route

ChooseFolder = Callable[[QWidget, str], Path | None]


class PacketPage(Page):
    """`may_seal`: this role takes packets out. `folder`: asks where the file goes."""

    sealed = Signal(str, str)
    """Person and number."""

    def __init__(
        self, kit: Kit, packets: Packets, packet_id: str, *, name: str, may_seal: bool, folder: ChooseFolder
    ) -> None:
        super().__init__(kit)
        self._packets, self._id, self._name = packets, packet_id, name
        self._may_seal, self._choose = may_seal, folder
        self._view: PagesView | None = None
        self._first: QWidget | None = None
        self._act: Callable[[], None] | None = None
        self.refresh()

    def first_focus(self) -> QWidget | None:
        return self._first

    def main_act(self) -> None:
        if self._act is not None:
            self._act()

    def leave(self) -> None:
        if self._view is not None:
            self._view.forget()

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
        self.set_head(kit.row((kit.box(words), 1), kit.tag(*state_words(packet.state)), gap=3))
        stage = (
            PacketState.SIGNED
            if packet.state in (PacketState.SIGNED, PacketState.RETURNED)
            else PacketState.COUNTERSIGNED
        )
        self._view = PagesView(kit, self._packets.shelf.signed_pdf(self._id, stage))
        self._first = self._view.first_focus()
        self.set_body(self._view, kit.box(kit.column(self._history(), STRETCH)))
        back = kit.button(tr("Back"), icon="arrow-left")
        back.clicked.connect(lambda: self.go.emit(Route(name="person", person=packet.person, id="packets")))
        seal = None
        if self._may_seal and packet.state is PacketState.COUNTERSIGNED:
            seal = kit.button(tr("Seal and save"), kind="primary", icon="usb")
            seal.clicked.connect(self._seal)
            self._act, self._first = self._seal, seal
        self.set_foot(kit.row(back, STRETCH, seal))

    def _history(self) -> QWidget:
        kit, rows = self.kit, []
        for step in self._packets.shelf.steps(self._id):
            rows.append(kit.row(kit.tag(*state_words(step.state)), STRETCH))
            if step.reason:
                rows.append(kit.row((kit.label(step.reason, "small", wrap=True), 1)))
        record = self._packets.shelf.packet(self._id).record
        who = tr("Signed by {author}, {time}").format(author=isolate(record.author_name), time=stamp(record.issued))
        return kit.card(tr("Where it stands"), kit.label(who, "small", wrap=True), *rows, kind="flat", gap=2)

    def _seal(self) -> None:
        folder = self._choose(self, tr("Where does the sealed file go?"))
        if folder is None:
            return
        try:
            sealing = self._packets.allow_sealing(self._id, folder)
        except UserError as problem:
            self.problems([(problem.sentence, self._first or self)])
            return
        self.problems([])
        self.saving.emit("saving", tr("Checking, sealing and reading back…"))
        self.kit.jobs.run(self, lambda: making.seal(sealing), self._is_sealed, self._not_sealed)

    def _is_sealed(self, delivered: Delivered) -> None:
        self._packets.keep_sealed(self._id, delivered)
        packet = self._packets.shelf.packet(self._id)
        self.saving.emit("saved", tr("All work saved"))
        self.sealed.emit(packet.person, packet.record.number)
        self.refresh()
        kit = self.kit
        code = kit.label(isolate_ltr(delivered.packet_code), "h2", selectable=True)
        card = kit.card(
            tr("Saved and read back: {file}").format(file=isolate_ltr(delivered.file.name)),
            kit.label(tr("Give {team} this code by phone:").format(team=isolate(packet.record.team_name)), wrap=True),
            code,
            kit.label(
                tr("The slip lies beside the file; it holds no personal data."), "small", tone="muted", wrap=True
            ),
            kind="quiet",
        )
        self.set_body(
            kit.box(kit.column(card, self._view, STRETCH, gap=4)), kit.box(kit.column(self._history(), STRETCH))
        )
        self.said.emit(tr("Sealed."))

    def _not_sealed(self, error: BaseException) -> None:
        self.saving.emit("saved", tr("All work saved"))
        if not isinstance(error, (RehabDeskError, OSError)):
            raise error
        sentence = error.sentence if isinstance(error, RehabDeskError) else str(StorageError(_medium_gone()).sentence)
        self.problems([(sentence, self._first or self)])


def _medium_gone() -> str:
    return tr(
        "The USB stick was removed while saving. Nothing on it can be relied on. "
        "Put it back and press Seal and save again."
    )
