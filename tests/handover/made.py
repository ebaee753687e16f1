"""A site with real keys, and packets made by it without a vault: what a receiving side gets to see."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from rehabdesk.core.canon import b64, sha256_hex
from rehabdesk.handover.content.packet_model import Handover
from rehabdesk.handover.trust.cards_model import CARD_VERSION, SITE_FORMAT, CardSite, SiteCard
from rehabdesk.handover.wire import encode
from rehabdesk.seals import certificates, sealing
from rehabdesk.seals.cards import sign_card
from rehabdesk.seals.certificates import KeyPair, RevocationReason
from rehabdesk.seals.pdf_preparation import Box, Description, prepare
from rehabdesk.seals.pdf_signature import SigningKey, certify, countersign
from tests.handover import sample
from tests.seals.packet.workshop import STAMP, tiny_pdf

AUTHOR_BOX = Box(page=-1, left=60, bottom=600, right=290, top=680)
SUPERVISOR_BOX = Box(page=-1, left=310, bottom=600, right=540, top=680)


@dataclass(frozen=True, kw_only=True)
class MadeSite:
    """A root with an author, a supervisor, a card key; and the receiving team's identity."""

    root: KeyPair
    at: datetime
    identity: str

    @classmethod
    def new(cls, at: datetime = sample.ISSUED) -> MadeSite:
        root = certificates.make_root(site_name="Residence of the Three Wells", country="XX", at=at)
        return cls(root=root, at=at, identity=sealing.new_identity())

    def member(self, role: str, name: str) -> SigningKey:
        private = certificates.new_private_key()
        certificate = certificates.issue(
            self.root, public=certificates.public_key(private), staff_role=role, name=name, at=self.at
        )
        return SigningKey(pair=KeyPair(private=private, certificate=certificate), root=self.root.certificate)

    @cached_property
    def author(self) -> SigningKey:
        return self.member("CO", "Claire Dumont")

    @cached_property
    def supervisor(self) -> SigningKey:
        return self.member("SUP", "Jonas Weyland")

    @cached_property
    def card_key(self) -> SigningKey:
        return self.member(certificates.CARD_ROLE, "Card key")

    def site_card(
        self,
        *,
        number: int = 1,
        key: SigningKey | None = None,
        name: str | None = None,
        site: str = "DEMO",
        revoked_at: datetime | None = None,
    ) -> bytes:
        """`revoked_at`: when the author's key was withdrawn; the list is then of that day."""
        at, gone = revoked_at or self.at, []
        if revoked_at is not None:
            serial = certificates.facts(self.author.pair.certificate).serial
            gone = [certificates.Revoked(serial=serial, at=revoked_at, reason=RevocationReason.LEFT)]
        card = SiteCard(
            format=SITE_FORMAT,
            version=CARD_VERSION,
            site=CardSite(
                id=site,
                name=name or "Residence of the Three Wells",
                country="XX",
                phone="+000 20 555 010",
                contact="Duty desk",
            ),
            seq=number,
            issued=at,
            root=b64(self.root.certificate),
            crl=b64(certificates.revocation_list(self.root, number=number, at=at, revoked=gone)),
        )
        return sign_card(encode(card), key=(key or self.card_key).pair, root=self.root.certificate, at=self.at)

    def content(self, *, team_key: str | None = None) -> Handover:
        made = sample.whole_packet(
            author_sha256=sha256_hex(self.author.pair.certificate),
            supervisor_sha256=sha256_hex(self.supervisor.pair.certificate),
            root_sha256=sha256_hex(self.root.certificate),
            team_key=team_key or sealing.recipient_of(self.identity),
        )
        return replace(made, packet=replace(made.packet, pages=3))

    def prepared(self, content: Handover | None = None, *, attachment: bytes | None = None, title: str = "") -> bytes:
        held = content or self.content()
        return prepare(
            tiny_pdf(3),
            attachment=attachment or encode(held),
            attachment_name="handover.json",
            attachment_note="The same content for machines",
            description=Description(
                title=title or f"Personal resettlement file {held.packet.number}",
                author=held.site.name,
                creator="RehabDesk 0.1.0",
                language="en",
                issued=held.packet.issued,
            ),
            author_box=AUTHOR_BOX,
            supervisor_box=SUPERVISOR_BOX,
        )

    def certified(self, prepared: bytes | None = None) -> bytes:
        return certify(prepared or self.prepared(), key=self.author, stamp=STAMP, at=self.at)

    def completed(self, certified: bytes) -> bytes:
        """The second signature on what the author signed."""
        return countersign(certified, key=self.supervisor, stamp=STAMP, at=self.at)

    @cached_property
    def packet(self) -> bytes:
        return self.signed()

    def signed(self, content: Handover | None = None, *, attachment: bytes | None = None, title: str = "") -> bytes:
        prepared = self.prepared(content, attachment=attachment, title=title)
        return countersign(self.certified(prepared), key=self.supervisor, stamp=STAMP, at=self.at)

    @cached_property
    def sealed(self) -> bytes:
        return sealing.seal(self.packet, [sealing.recipient_of(self.identity)])
