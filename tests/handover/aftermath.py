"""A workplace with sealed packets, and a team that answers with the key of its card."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from rehabdesk.core import canon
from rehabdesk.core.canon import Json, unb64
from rehabdesk.handover.after.after_seal_service import AfterSealing
from rehabdesk.handover.after.feedback_model import FeedbackKind
from rehabdesk.handover.after.receipt_service import Answer, make_feedback
from rehabdesk.handover.after.returns_service import Returns
from rehabdesk.handover.after.status_list_service import StatusLists
from rehabdesk.handover.checking.examination_service import Checked, PacketCheck
from rehabdesk.handover.making.envelope_service import Envelopes
from rehabdesk.handover.packets_model import PacketState
from rehabdesk.handover.trust.teams_service import make_team_card
from rehabdesk.handover.wire import decode_team_card
from rehabdesk.seals import certificates, sealing
from rehabdesk.seals.cards import content_of
from rehabdesk.seals.certificates import KeyPair
from rehabdesk.seals.pdf_signature import SigningKey
from tests.desks import START
from tests.handover.workplace import TEAM, Signed, Workplace


class Outside:
    """The team outside: what its card says, and what it writes with the key of the card."""

    def __init__(self, identity: str, team: str = TEAM.id, at: datetime = START) -> None:
        private = certificates.new_private_key()
        self.card = make_team_card(replace(TEAM, id=team), identity=identity, private=private, at=at)
        certificate = decode_team_card(content_of(self.card)).value.certificate
        assert certificate is not None
        pair = KeyPair(private=private, certificate=unb64(certificate))
        self.key = SigningKey(pair=pair, root=pair.certificate)

    def feedback(self, number: str, at: datetime, kind: FeedbackKind = FeedbackKind.RECEIVED, **answers: str) -> bytes:
        said = answers or {"q1": "Yes"}
        answer = Answer(number=number, kind=kind, by="Marième Sow", answers=said)
        return make_feedback(answer, key=self.key, at=at)[1]


class After:
    """What the login that is open does with packets after their seal."""

    def __init__(self, signed: Signed) -> None:
        self.desk, self.packets, self.trust = signed.desk, signed.packets, signed.trust
        self.shelf = signed.packets.shelf
        self.sealing = AfterSealing(signed.desk, self.shelf, signed.packets.drafts)
        self.lists = StatusLists(signed.desk, signed.trust)
        self.examined: dict[bytes, Checked] = {}
        self.returns = Returns(signed.desk, self.shelf, signed.trust, self.sealing.codes)
        self.envelopes = Envelopes(signed.desk, self.shelf, signed.packets.seals, signed.trust)

    def state(self, packet: str) -> PacketState:
        return self.shelf.row(packet).state

    def number(self, packet: str) -> str:
        return self.shelf.row(packet).number

    def receipt_code(self, packet: str) -> str:
        return self.shelf.packet(packet).content.packet.receipt_code

    def deeds(self) -> Iterator[tuple[str, dict[str, Json]]]:
        """Deed and extra of every entry of the chain."""
        for _, raw, _, _ in self.desk.truth.raw_entries():
            entry = canon.parse_object(raw)
            extra = entry.get("x")
            yield str(entry["a"]), dict(extra) if isinstance(extra, dict) else {}

    def check(self) -> PacketCheck:
        return PacketCheck([self.trust.site_card()], self.lists.held())


class Aftermath(Workplace):
    """A workplace whose team's card is known, so that its answers count."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.outside = Outside(self.identity)

    def copied_to(self, folder: Path) -> "Aftermath":
        """As of the workplace, with the same team outside."""
        plain, other = super().copied_to(folder), object.__new__(Aftermath)
        vars(other).update(vars(plain), outside=self.outside)
        return other

    def team_card(self, identity: str | None = None) -> bytes:
        return self.outside.card if identity is None else super().team_card(identity)

    @contextmanager
    def after(self, sign_in: str) -> Iterator[After]:
        with self.open(sign_in) as signed:
            yield After(signed)

    def sealed(self, person: str, folder: Path, **changes: object) -> tuple[str, bytes]:
        """A packet that went out; gives its id and its signed PDF."""
        packet = self.signed(person, **changes)
        self.countersigned(packet)
        with self.open("green-ferry") as officer:
            sent = officer.packets.seal(packet, folder)
        return packet, sealing.open_sealed(sent.file.read_bytes(), self.identity)
