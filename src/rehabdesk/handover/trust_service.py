"""Whom this desk trusts and who may sign: site root, certificates, card, and the teams packets go to (packet.md 7)."""

from collections.abc import Mapping

from rehabdesk.access.keys_service import Keys
from rehabdesk.access.model import ADMIN_ROLES, Role
from rehabdesk.access.service import Desk
from rehabdesk.core.canon import Json, b64, digits24, dump, sha256_hex, unb64
from rehabdesk.core.errors import Missing, SealBroken, UserError
from rehabdesk.core.files import durable_write, read_limited
from rehabdesk.core.i18n import tr
from rehabdesk.core.payload import to_payload
from rehabdesk.db.projection import HOUSE, Index, NewRecord
from rehabdesk.handover import trust_store as store
from rehabdesk.handover.cards_model import CARD_VERSION, SITE_FORMAT, CardSite, SiteCard
from rehabdesk.handover.teams_service import Teams
from rehabdesk.handover.trust_model import SITE_ROOT, CardKey, KeyRequest, MemberCertificate, SiteStanding
from rehabdesk.handover.wire import encode
from rehabdesk.seals import certificates, site_root
from rehabdesk.seals.cards import sign_card
from rehabdesk.seals.certificates import KeyPair
from rehabdesk.seals.pdf_signature import SigningKey
from rehabdesk.seals.wrap import hpke_seal

OWN_KEY = "certificate_key"
"""Name of the own row that holds a member's private signing key."""

SIGNING_ROLES = (Role.CO, Role.SUP, Role.PSY)
_MOST_ROOT_BYTES = 1 << 20


class Trust:
    """The trust ceremonies of one unlocked desk. Those with the site root need two people: ADM and SUP."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.teams = Teams(desk)

    # the site itself

    def found_site(self, other: Keys, *, contact: str) -> SiteStanding:
        """Makes root, first list, card key and site card. `other`: the second person, who typed the own passphrase.

        UserError unless an administrator and a supervisor are both here, or if the site has its root already.
        """
        if store.newest(self._house, store.SITE_STANDING, SiteStanding) is not None:
            raise UserError(tr("This site has its root already."))
        self._two_people(other)
        settings, at = self._desk.settings(), self._desk.clock.now()
        root = certificates.make_root(site_name=settings.name, country=settings.country, at=at)
        card_private = certificates.new_private_key()
        card_certificate = certificates.issue(
            root,
            public=certificates.public_key(card_private),
            staff_role=certificates.CARD_ROLE,
            name=tr("Card key"),
            at=at,
        )
        crl = certificates.revocation_list(root, number=1, at=at)
        card = SiteCard(
            format=SITE_FORMAT,
            version=CARD_VERSION,
            site=CardSite(
                id=settings.site, name=settings.name, country=settings.country, phone=settings.phone, contact=contact
            ),
            seq=1,
            issued=at,
            root=b64(root.certificate),
            crl=b64(crl),
        )
        key = KeyPair(private=card_private, certificate=card_certificate)
        signed = sign_card(encode(card), key=key, root=root.certificate, at=at)
        standing = SiteStanding(root=b64(root.certificate), crl=b64(crl), card=b64(signed), number=1, issued=at)
        self._write_root(root)
        self._desk.commit(
            "found_site",
            [
                self._record(store.SITE_STANDING, to_payload(standing)),
                self._record(store.CARD_KEY, to_payload(self._sealed_card_key(key))),
            ],
            extra={"by": [self._desk.uid, other.uid]},
        )
        return standing

    def site(self) -> SiteStanding:
        """Root, list and card in force. UserError before the site has a root; SealBroken if the records disagree with
        the root's file.
        """
        found = store.newest(self._house, store.SITE_STANDING, SiteStanding)
        if found is None:
            raise UserError(tr("This site has no root yet. An administrator and a supervisor make it together."))
        kept = site_root.root_certificate(self._root_file(), vault=self._desk.vault_id)
        if b64(kept) != found.root:
            raise SealBroken(
                tr("The site's root was replaced. Do not sign anything; check the desk with an inspector.")
            )
        return found

    def site_card(self) -> bytes:
        """The content of `{SITE}.rdsite`, to be handed out."""
        return unb64(self.site().card)

    def site_digits(self) -> str:
        """The 24 digits of the root: what is read aloud in a ceremony."""
        return digits24(unb64(self.site().root))

    # members

    def request_certificate(self) -> KeyRequest:
        """Makes this login's signing key, if there is none, and asks for a certificate for it."""
        if self._desk.role not in SIGNING_ROLES:
            raise UserError(tr("Only case officers, supervisors and psychologists sign packets."))
        private = self._desk.secret(OWN_KEY)
        if private is None:
            private = certificates.new_private_key()
            self._desk.keep_secret(OWN_KEY, private)
        request = KeyRequest(
            uid=self._desk.uid,
            staff_role=str(self._desk.role),
            name=self._name_outside(self._desk.uid),
            public=b64(certificates.public_key(private)),
        )
        self._desk.commit("ask_certificate", [self._record(store.KEY_REQUEST, to_payload(request))])
        return request

    def requests(self) -> tuple[KeyRequest, ...]:
        """Members whose newest key has no certificate yet."""
        asked = store.newest_of_each(self._house, store.KEY_REQUEST, KeyRequest)
        return tuple(request for request in asked if self._certificate_for(request) is None)

    def issue(self, uid: str, other: Keys, *, seen_in_person: bool) -> MemberCertificate:
        """A certificate for the key that `uid` asked for, by two people, after the member was seen.

        UserError when nobody asked, nobody saw the member, or role and name are no longer those of the staff card.
        """
        if not seen_in_person:
            raise UserError(tr("A certificate is issued only after the administrator has seen the person."))
        request = store.newest(self._house, store.KEY_REQUEST, KeyRequest, uid)
        if request is None:
            raise UserError(tr("This member has not asked for a certificate."))
        card = self._desk.staff(uid)
        if (request.staff_role, request.name) != (str(card.role), self._name_outside(uid)):
            raise UserError(tr("Role or name have changed since. The member asks again."))
        certificate = certificates.issue(
            self._open_root(other),
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
        self._desk.commit(
            "issue_certificate", [self._record(store.CERTIFICATE, to_payload(issued))], extra={"who": uid}
        )
        return issued

    def certificate_of(self, uid: str) -> MemberCertificate | None:
        """The newest certificate of a member."""
        return store.newest(self._house, store.CERTIFICATE, MemberCertificate, uid)

    def signing_key(self) -> SigningKey:
        """This login's own key with its certificate. UserError with the next step where either is missing."""
        private, issued = self._desk.secret(OWN_KEY), self.certificate_of(self._desk.uid)
        if private is None or issued is None:
            raise UserError(
                tr("You have no certificate yet. Ask for one; an administrator and a supervisor issue it together.")
            )
        certificate = unb64(issued.certificate)
        if certificates.facts(certificate).key_sha256 != sha256_hex(certificates.public_key(private)):
            raise UserError(tr("Your certificate belongs to another key. Ask for a new one."))
        return SigningKey(pair=KeyPair(private=private, certificate=certificate), root=unb64(self.site().root))

    # inside

    @property
    def _house(self) -> Index:
        return self._desk.index(HOUSE)

    def _record(self, kind: str, payload: Mapping[str, Json], rid: str | None = None) -> NewRecord:
        return NewRecord(comp=HOUSE, kind=kind, pv=1, person=None, payload=payload, rid=rid)

    def _name_outside(self, uid: str) -> str:
        card = self._desk.staff(uid)
        return card.alias if self._desk.settings().staff_alias_mode else card.name

    def _certificate_for(self, request: KeyRequest) -> MemberCertificate | None:
        issued = self.certificate_of(request.uid)
        if issued is None:
            return None
        key = certificates.facts(unb64(issued.certificate)).key_sha256
        return issued if key == sha256_hex(unb64(request.public)) else None

    def _two_people(self, other: Keys) -> dict[Role, Keys]:
        """Administrator and supervisor by role. UserError unless both are here and are two."""
        present = {self._desk.staff(keys.uid).role: keys for keys in (self._desk.keys, other)}
        if other.uid == self._desk.uid or set(present) != set(ADMIN_ROLES):
            raise UserError(
                tr("An administrator and a supervisor must both be here: one proposes, the other approves.")
            )
        return present

    def _holders(self, role: Role) -> dict[str, bytes]:
        statement = self._desk.keys.statement
        return {uid: statement.users[uid].x for uid in statement.admins if self._desk.staff(uid).role is role}

    def _write_root(self, root: KeyPair) -> None:
        content = site_root.seal_root(
            root,
            vault=self._desk.vault_id,
            administrators=self._holders(Role.ADM),
            supervisors=self._holders(Role.SUP),
        )
        durable_write(self._desk.files.folder / SITE_ROOT, content)

    def _root_file(self) -> bytes:
        path = self._desk.files.folder / SITE_ROOT
        if not path.exists():
            raise Missing(tr("The site root's file is missing. Take it from the last backup."))
        return read_limited(path, _MOST_ROOT_BYTES)

    def _open_root(self, other: Keys) -> KeyPair:
        present = self._two_people(other)
        halves = {
            role: (keys.uid, site_root.unwrap_with(keys.identity.private_x.private_bytes_raw()))
            for role, keys in present.items()
        }
        return site_root.open_root(
            self._root_file(),
            vault=self._desk.vault_id,
            administrator=halves[Role.ADM],
            supervisor=halves[Role.SUP],
        )

    def _sealed_card_key(self, key: KeyPair) -> CardKey:
        """A letter to each administrator and supervisor: a card is not worth opening the root for."""
        holders = self._holders(Role.ADM) | self._holders(Role.SUP)
        return CardKey(
            certificate=b64(key.certificate),
            sealed={
                uid: b64(hpke_seal(public, key.private, dump(["rd/cardkey/1", self._desk.vault_id, uid])))
                for uid, public in holders.items()
            },
        )
