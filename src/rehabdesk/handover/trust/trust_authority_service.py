"""The site authority: what an administrator and a supervisor do together with the root (packet.md 5.2, 7)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from rehabdesk.access.keys_service import Keys
from rehabdesk.access.model import ADMIN_ROLES
from rehabdesk.access.service import Desk
from rehabdesk.core.canon import Json, b64, unb64
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.payload import to_payload
from rehabdesk.core.text import require_text
from rehabdesk.db.projection import NewRecord
from rehabdesk.handover.trust import trust_store as store
from rehabdesk.handover.trust.cards_model import CARD_VERSION, SITE_FORMAT, CardSite, SiteCard
from rehabdesk.handover.trust.trust_keys_service import SigningKeys, signs_as
from rehabdesk.handover.trust.trust_model import (
    KeyRequest,
    MemberCertificate,
    SiteStanding,
    Withdrawal,
    WithdrawnBecause,
)
from rehabdesk.handover.trust.trust_site_service import OwnSite
from rehabdesk.handover.wire import decode_site_card, encode
from rehabdesk.seals import certificates
from rehabdesk.seals.cards import content_of, sign_card
from rehabdesk.seals.certificates import KeyPair, RevocationReason, Revoked

OtherKeys: TypeAlias = Keys
"""The keys of the second person, as a window hands them on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondPeople:
    """Who may be the second person, as (uid, name). `first`: role of the one who is signed in. `prove`: the keys of a
    login by its passphrase; slow, for a job.
    """

    first: str
    people: Sequence[tuple[str, str]]
    prove: Callable[[str, str], OtherKeys]


class Authority:
    """`other` is always the second person, who typed the own passphrase. Nothing here is done by one person, but for a
    card with the same root and list.
    """

    def __init__(self, desk: Desk, site: OwnSite, keys: SigningKeys) -> None:
        self._desk, self._site, self._keys = desk, site, keys

    def found_site(self, other: Keys, *, contact: str) -> SiteStanding:
        """As `Trust.found_site`."""
        if self._site.newest() is not None:
            raise UserError(tr("This site has its root already."))
        self._site.two_people(other)
        self._site.clock.require()
        settings, at = self._desk.settings(), self._desk.clock.now()
        root = certificates.make_root(site_name=settings.name, country=settings.country, at=at)
        key = self._new_card_key(root)
        crl = certificates.revocation_list(root, number=1, at=at)
        standing = self._standing(root.certificate, crl, key, number=1, seq=1, contact=contact)
        self._site.write_root(root)
        self._commit("found_site", other, self._records(standing, key))
        return standing

    # members

    def issue(self, uid: str, other: Keys, *, seen_in_person: bool) -> MemberCertificate:
        """As `Trust.issue`."""
        if not seen_in_person:
            raise UserError(tr("A signing key is made only after the administrator has seen the person."))
        request = store.newest(self._site.house, store.KEY_REQUEST, KeyRequest, uid)
        if request is None:
            raise UserError(tr("This member has not asked for a signing key."))
        card = self._desk.staff(uid)
        if uid not in self._desk.keys.statement.active():
            raise UserError(tr("This member does not work here any more. Issue no key."))
        if (request.staff_role, request.name) != (signs_as(card.role), self._site.name_outside(uid)):
            raise UserError(tr("Role or name have changed since. The member asks again."))
        if self._keys.is_withdrawn(request.public):
            raise UserError(tr("That key was withdrawn already."))
        certificate = certificates.issue(
            self._site.open_root(other),
            public=unb64(request.public),
            staff_role=request.staff_role,
            name=request.name,
            at=self._desk.clock.now(),
        )
        issued = MemberCertificate(
            uid=uid,
            staff_role=request.staff_role,
            name=request.name,
            certificate=b64(certificate),
            issued_by=(self._desk.uid, other.uid),
        )
        record = self._site.record(store.CERTIFICATE, to_payload(issued))
        self._desk.commit("issue_certificate", [record], extra={"who": uid})
        return issued

    def withdraw(self, serial: str, other: Keys, *, because: WithdrawnBecause) -> SiteStanding:
        """Puts one certificate on the list: a new list with the next number, and a new card that carries it.

        `serial`: as in `KeyLine`. UserError where there is no such key, or it was withdrawn already.
        """
        line = next((each for each in self._keys.lines() if each.serial == serial), None)
        if line is None:
            raise UserError(tr("There is no such key in the list of this site."))
        if line.withdrawal is not None:
            raise UserError(tr("That key was withdrawn already."))
        withdrawal = Withdrawal(
            uid=line.uid,
            serial=serial,
            at=self._desk.clock.now(),
            because=because,
            withdrawn_by=(self._desk.uid, other.uid),
        )
        standing = self._next_list(other, withdrawal)
        records = [*self._records(standing), self._site.record(store.WITHDRAWAL, to_payload(withdrawal))]
        self._commit("withdraw_key", other, records, who=line.uid, reason=str(because))
        return standing

    # renewal

    def renew_list(self, other: Keys) -> SiteStanding:
        """The same list with the next number and a later end, and a card that carries it."""
        standing = self._next_list(other)
        self._commit("renew_key_list", other, self._records(standing))
        return standing

    def renew_root(self, other: Keys) -> SiteStanding:
        """Another root with a first list, a card key and a card of its own (packet.md 7.1, 7.3). The old one is gone.

        Partners compare the new digits; members ask for new certificates. UserError unless the root ends within a year.
        Done again it mends what a power cut left between file and record.
        """
        held = self._site.newest()
        if held is None:
            raise UserError(tr("This site has no root yet. An administrator and a supervisor make it together."))
        self._site.two_people(other)
        self._site.clock.require()
        settings, at = self._desk.settings(), self._desk.clock.now()
        if self._site.root_is_whole() and not self._site.health().root_ends_soon:
            raise UserError(tr("The root counts for more than a year still. A new one is made in its last year."))
        root = certificates.make_root(site_name=settings.name, country=settings.country, at=at)
        key = self._new_card_key(root)
        number, seq = held.number + 1, held.seq + 1
        crl = certificates.revocation_list(root, number=number, at=at)
        contact = decode_site_card(content_of(unb64(held.card))).value.site.contact
        standing = self._standing(root.certificate, crl, key, number=number, seq=seq, contact=contact)
        self._site.write_root(root)
        self._commit("renew_root", other, self._records(standing, key))
        return standing

    def renew_card_key(self, other: Keys) -> SiteStanding:
        """A new card key, which the root certifies for two years, and a card signed by it."""
        held = self._site.standing()
        key = self._new_card_key(self._site.open_root(other))
        standing = self._following(held, key)
        self._commit("renew_card_key", other, self._records(standing, key))
        return standing

    def hand_over(self, other: Keys) -> None:
        """The halves of the root drawn anew, and the card key sealed again, for the administrators and supervisors that
        there are now. Whoever is none any more opens neither file.
        """
        root, key = self._site.open_root(other), self._site.card_key(self._desk.keys, other)
        self._site.write_root(root)
        record = self._site.record(store.CARD_KEY, to_payload(self._site.seal_card_key(key)))
        self._commit("hand_over_root", other, [record])

    def renew_card(self, *, contact: str) -> SiteStanding:
        """A card with the site's name and phone as they are in the settings now; root and list stay.

        UserError for who is neither administrator nor supervisor; NoKey for those without the card key.
        """
        if self._desk.role not in ADMIN_ROLES:
            raise UserError(tr("Only administrators and supervisors make the card of the site."))
        named = require_text(contact, field="contact", label=tr("Whom others ask for"), longest=200)
        held = self._site.standing()
        standing = self._following(held, self._site.card_key(self._desk.keys), contact=named)
        self._desk.commit("renew_site_card", self._records(standing))
        return standing

    # inside

    def _next_list(self, other: Keys, *added: Withdrawal) -> SiteStanding:
        held, at = self._site.standing(), self._desk.clock.now()
        root = self._site.open_root(other)
        entries = [_entry(each) for each in (*self._keys.withdrawals(), *added)]
        crl = certificates.revocation_list(root, number=held.number + 1, at=at, revoked=entries)
        return self._standing(
            root.certificate,
            crl,
            self._card_key(other),
            number=held.number + 1,
            seq=held.seq + 1,
            contact=self._contact(),
        )

    def _following(self, held: SiteStanding, key: KeyPair, *, contact: str = "") -> SiteStanding:
        """The next card with root and list as they are."""
        made = self._standing(
            unb64(held.root),
            unb64(held.crl),
            key,
            number=held.number,
            seq=held.seq + 1,
            contact=contact or self._contact(),
        )
        return SiteStanding(
            root=held.root,
            crl=held.crl,
            card=made.card,
            number=held.number,
            issued=made.issued,
            seq=made.seq,
            listed=held.list_made(),
        )

    def _standing(self, root: bytes, crl: bytes, key: KeyPair, *, number: int, seq: int, contact: str) -> SiteStanding:
        settings, at = self._desk.settings(), self._desk.clock.now()
        site = CardSite(
            id=settings.site, name=settings.name, country=settings.country, phone=settings.phone, contact=contact
        )
        signed = signed_site_card(site, root=root, crl=crl, key=key, seq=seq, at=at)
        return SiteStanding(root=b64(root), crl=b64(crl), card=b64(signed), number=number, issued=at, seq=seq)

    def _new_card_key(self, root: KeyPair) -> KeyPair:
        private = certificates.new_private_key()
        certificate = certificates.issue(
            root,
            public=certificates.public_key(private),
            staff_role=certificates.CARD_ROLE,
            name=tr("Card key"),
            at=self._desk.clock.now(),
        )
        return KeyPair(private=private, certificate=certificate)

    def _card_key(self, other: Keys) -> KeyPair:
        return self._site.card_key(self._desk.keys, other)

    def _contact(self) -> str:
        """Whom the card names so far."""
        return self._site.card().site.contact

    def _records(self, standing: SiteStanding, key: KeyPair | None = None) -> list[NewRecord]:
        found = [self._site.record(store.SITE_STANDING, to_payload(standing))]
        if key is not None:
            found.append(self._site.record(store.CARD_KEY, to_payload(self._site.seal_card_key(key))))
        return found

    def _commit(self, deed: str, other: Keys, records: list[NewRecord], **codes: Json) -> None:
        self._desk.commit(deed, records, extra={"by": [self._desk.uid, other.uid], **codes})


def signed_site_card(site: CardSite, *, root: bytes, crl: bytes, key: KeyPair, seq: int, at: datetime) -> bytes:
    """A `.rdsite`, signed by a card key of this root."""
    card = SiteCard(
        format=SITE_FORMAT, version=CARD_VERSION, site=site, seq=seq, issued=at, root=b64(root), crl=b64(crl)
    )
    return sign_card(encode(card), key=key, root=root, at=at)


def _entry(withdrawal: Withdrawal) -> Revoked:
    return Revoked(serial=withdrawal.serial, at=withdrawal.at, reason=RevocationReason(withdrawal.because.value))
