"""The exact pages that a supervisor countersigns, or returns with a reason."""

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QWidget

from rehabdesk.core.canon import Json, sha256_hex
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate, unbroken
from rehabdesk.handover import packets_model as rules
from rehabdesk.handover.making import making_service as making
from rehabdesk.handover.making.preparing_service import beside_lines, different_sections, replaced_lines, withheld_lines
from rehabdesk.handover.making.view.beside_pages import hit_words, sections_card
from rehabdesk.handover.making.view.express_card import express_card
from rehabdesk.handover.packets_model import PacketState
from rehabdesk.handover.records_model import Packet
from rehabdesk.handover.service import Packets
from rehabdesk.handover.state_words_model import Tagged, one_signature_words, state_words
from rehabdesk.handover.view.pages_view import PagesView
from rehabdesk.ui.dates import stamp
from rehabdesk.ui.kit import STRETCH, Kit
from rehabdesk.ui.page import STAY, Page, Route

RETURN = "return"


class ReviewPage(Page):
    """`prove`: the supervisor's keys by the passphrase; slow, for a job."""

    def __init__(
        self, kit: Kit, packets: Packets, packet_id: str, *, name: str, prove: Callable[[str], object]
    ) -> None:
        super().__init__(kit)
        self._packets, self._id, self._name, self._prove = packets, packet_id, name, prove
        self._review = packets.review(packet_id)
        self._view: PagesView | None = None
        self._act = self._ask
        self.refresh()

    def first_focus(self) -> QWidget | None:
        return None if self._view is None else self._view.first_focus()

    def leave(self) -> None:
        if self._view is not None:
            self._view.forget()

    def place(self) -> Mapping[str, Json]:
        return {**super().place(), "page": 0 if self._view is None else self._view.page}

    def restore(self, place: Mapping[str, Json]) -> None:
        page = place.get("page")
        if self._view is not None and isinstance(page, int):
            self._view.turn_to(page)
        super().restore(place)

    def refresh(self) -> None:
        kit, packet = self.kit, self._review.packet
        self._act = self._ask
        record = packet.record
        title = tr("Countersign packet {number}").format(number=isolate(record.number))
        facts = (
            tr("about {name}").format(name=isolate(self._name)),
            tr("for {team}").format(team=isolate(record.team_name)),
            tr("signed by {author}, {time}").format(author=isolate(record.author_name), time=stamp(record.issued)),
        )
        words = kit.column(
            kit.label(title, "h1"), kit.label(" · ".join(facts), "small", tone="muted", wrap=True), gap=0
        )
        self.set_head(kit.row((kit.box(words), 1), kit.tag(*self._state(packet)), gap=3))
        self._view = PagesView(kit, self._review.pdf, self._packets.indexes.beside(packet))
        places = [hit_words(hit) for hit in self._review.hits] or [tr("Nothing to look at.")]
        rail = [
            self._lines(tr("Content check"), places),
            self._lines(tr("New for this team"), [*self._replaced(), *self._differences()]),
            sections_card(kit, packet.content),
            self._lines(tr("What stays here"), withheld_lines(packet.content)),
        ]
        if beside := beside_lines(record.choices):
            rail.append(self._lines(tr("Said beside it"), beside))
        card = express_card(kit, packet, self._packets.shelf.now())
        self.set_body(
            kit.box(kit.column(card, self._view.with_index(), STRETCH, gap=3)), kit.box(kit.column(*rail, STRETCH))
        )
        back = kit.button(tr("Back"), icon="arrow-left")
        back.clicked.connect(lambda: self.go.emit(Route(name="packets")))
        self.set_foot(kit.row(back, STRETCH, *self._acts(packet)))

    def _state(self, packet: Packet) -> Tagged:
        if packet.second_due is None or packet.state is PacketState.SIGNED:
            return state_words(packet.state)
        return one_signature_words(packet.second_due, self._packets.shelf.now())

    def _acts(self, packet: Packet) -> list[QWidget]:
        """What is out cannot be returned; what goes out with one signature first cannot be countersigned yet."""
        found: list[QWidget] = []
        here = packet.state is PacketState.SIGNED
        if here:
            give = self.kit.button(tr("Return with a reason"))
            give.clicked.connect(self._ask_return)
            found.append(give)
        if not (here and packet.one_signature):
            sign = self.kit.button(tr("Countersign"), kind="primary", icon="signature")
            sign.clicked.connect(self._ask)
            found.append(sign)
        return found

    def _lines(self, title: str, lines: list[str]) -> QWidget:
        kit = self.kit
        return kit.card(title, *(kit.label(line, "small", wrap=True) for line in lines), kind="flat", gap=1)

    def _replaced(self) -> list[str]:
        return replaced_lines(self._review.packet.content, self._packets.shelf.numbered)

    def _differences(self) -> list[str]:
        """What the same team has not read before, section by section."""
        packet = self._review.packet
        earlier = self._packets.shelf.last_to_team(packet)
        if earlier is None:
            return [tr("This is the first packet about {name} to this team.").format(name=isolate(self._name))]
        number = tr("Compared with {number}:").format(number=isolate(earlier.record.number))
        changed = different_sections(earlier.content, packet.content)
        return [number, *(changed or [tr("every section reads the same")])]

    def _ask(self) -> None:
        review = self._review
        try:
            rules.require_step(review.packet.state, PacketState.COUNTERSIGNED, express=review.packet.one_signature)
        except UserError as problem:
            self.complain(problem.sentence)
            return

        def begin(keys: object) -> object:
            signing = self._packets.allow_countersignature(
                review, seen_sha256=sha256_hex(self._view_bytes()), typed_again=keys
            )

            def done(signed: bytes) -> None:
                self._packets.keep_countersigned(review, signed)
                self.strip.finish()
                self.said.emit(_done_words(review.packet))
                self.go.emit(Route(name="packets"))

            self.kit.jobs.run(self, lambda: making.sign(signing), done, self.said_in_strip)
            return STAY

        record = review.packet.record
        sentence = tr("Countersigning packet {number} about {name}, for {team}").format(
            number=unbroken(record.number), name=isolate(self._name), team=isolate(record.team_name)
        )
        self.ask_with_proof(sentence, tr("Countersign"), self._prove, begin)

    def _view_bytes(self) -> bytes:
        """The bytes that were looked at."""
        if self._view is None:
            raise UserError(tr("These are not the pages that you looked at. Open the packet again."))
        return self._view.pdf

    def _ask_return(self) -> None:
        self.leave()
        self._view = None  # the form stands in place of the pages
        reason = self.kit.text_area(limit=400, lines=2)
        field = self.kit.field(tr("Why does the packet go back?"), reason, required=True)
        field.setObjectName("reason")

        def give() -> object:
            self._packets.give_back(self._id, reason=reason.words())
            self.forms.finish_in_place()
            self.said.emit(tr("Returned. The case officer finds it with your reason."))
            self.go.emit(Route(name="packets"))
            return STAY

        self._act = self.show_form(tr("Return with a reason"), [field], tr("Return"), give, first=reason, name=RETURN)

    def reopen(self, form: str) -> None:
        if form == RETURN:
            self._ask_return()


def _done_words(packet: Packet) -> str:
    if packet.one_signature:
        return tr("Countersigned. The case officer seals it again and sends it.")
    return tr("Countersigned. The case officer can seal it now.")
