"""Signing keys of members: asking for a certificate, the own key, the list of all, what soon ends (packet.md 5.2)."""

from collections.abc import Sequence
from datetime import date, timedelta

from rehabdesk.access.model import Role
from rehabdesk.access.service import Desk
from rehabdesk.core.canon import b64, sha256_hex, unb64
from rehabdesk.core.clock import local_day
from rehabdesk.core.dates import day_text
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.payload import to_payload
from rehabdesk.core.text import isolate
from rehabdesk.handover.trust import trust_store as store
from rehabdesk.handover.trust.trust_model import (
    KeyLine,
    KeyRequest,
    KeyState,
    MemberCertificate,
    Withdrawal,
    key_state,
)
from rehabdesk.handover.trust.trust_site_service import OwnSite
from rehabdesk.seals import certificates
from rehabdesk.seals.certificates import CertificateFacts, KeyPair
from rehabdesk.seals.pdf_signature import SigningKey

OWN_KEY, NEXT_KEY = "certificate_key", "certificate_key_next"
"""Names of the own rows that hold a member's private signing key, and one that is asked for and not certified yet."""

SIGNS_AS = {Role.CO: Role.CO, Role.SUP: Role.SUP, Role.PSY: Role.PSY, Role.CSUP: Role.PSY}
"""The role in a certificate. A clinical supervisor is a psychologist who also cosigns (domain.md 4.1), and readers know
an annex by a psychologist's signature alone (packet.md 8.3).
"""
SIGNING_ROLES = tuple(SIGNS_AS)
MAY_SEE_ALL = (Role.ADM, Role.SUP, Role.AUD)


class SigningKeys:
    """Who may sign in the name of this site, as one unlocked desk sees it."""

    def __init__(self, desk: Desk, site: OwnSite) -> None:
        self._desk, self._site = desk, site

    # asking

    def request(self, *, new_key: bool = False) -> KeyRequest:
        """Asks for a certificate for this login's key, which is made if there is none. `new_key`: for another one.

        The key in use stays in use until the new one is certified. One that was withdrawn is never asked for again.
        """
        if self._desk.role not in SIGNING_ROLES:
            raise UserError(tr("Only case officers, supervisors and psychologists sign packets."))
        private = self._key_to_ask_for(new_key=new_key)
        if self.is_withdrawn(b64(certificates.public_key(private))):
            private = self._key_to_ask_for(new_key=True)
        request = KeyRequest(
            uid=self._desk.uid,
            staff_role=str(SIGNS_AS[self._desk.role]),
            name=self._site.name_outside(self._desk.uid),
            public=b64(certificates.public_key(private)),
        )
        self._desk.commit("ask_certificate", [self._site.record(store.KEY_REQUEST, to_payload(request))])
        return request

    def requests(self) -> tuple[KeyRequest, ...]:
        """What active members asked for and nobody has issued yet."""
        house, active = self._site.house, self._desk.keys.statement.active()
        asked = store.newest_of_each(house, store.KEY_REQUEST, KeyRequest)
        return tuple(request for request in asked if request.uid in active and self._waits(request.uid))

    def waits(self) -> bool:
        """Whether this login has asked, and waits."""
        return self._waits(self._desk.uid)

    # certificates

    def newest(self, uid: str) -> MemberCertificate | None:
        """The newest certificate of a member, whatever became of it."""
        return store.newest(self._site.house, store.CERTIFICATE, MemberCertificate, uid)

    def certificate_of(self, uid: str) -> MemberCertificate | None:
        """The newest certificate of a member; None where there is none, it was withdrawn, or the site has another root
        since.
        """
        found = self.newest(uid)
        return None if found is None or self._withdrawal(found) is not None or not self._is_of_root(found) else found

    def lines(self) -> tuple[KeyLine, ...]:
        """Every certificate that is not past, and of each member the newest one: by name."""
        found = []
        for _, issued in store.all_of(self._site.house, store.CERTIFICATE, MemberCertificate):
            line = self._line(issued)
            if line.state is not KeyState.ENDED or issued == self.newest(issued.uid):
                found.append(line)
        return tuple(sorted(found, key=lambda line: (line.name.casefold(), line.staff_role, -line.until.toordinal())))

    def own_line(self) -> KeyLine | None:
        """How this login's own key stands; None before it has one."""
        found = self.newest(self._desk.uid)
        return None if found is None else self._line(found)

    def is_withdrawn(self, public: str) -> bool:
        """Whether a certificate of this key (base64) was ever withdrawn."""
        key = sha256_hex(unb64(public))
        held = store.all_of(self._site.house, store.CERTIFICATE, MemberCertificate)
        return any(_facts(each).key_sha256 == key and self._withdrawal(each) is not None for _, each in held)

    def withdrawals(self) -> tuple[Withdrawal, ...]:
        """Everything that was ever put on the list, in the order in which it was."""
        held = store.all_of(self._site.house, store.WITHDRAWAL, Withdrawal)
        return tuple(each for _, each in reversed(held))

    def require_not_outlived(self, expires: date, uids: Sequence[str]) -> None:
        """UserError, naming the member, if a packet that counts until `expires` would outlive the key of a signer."""
        for uid in uids:
            issued = self.certificate_of(uid)
            if issued is None:
                continue
            until = certificates.facts(unb64(issued.certificate)).not_after.date()
            if expires > until:
                sentence = tr(
                    "The packet would outlive the signing key of {name}, which ends on {day}. Choose an earlier day, "
                    "or have the key renewed first."
                )
                said = sentence.format(name=isolate(issued.name), day=isolate(day_text(until)))
                raise UserError(said, field="expires")

    # the own key

    def signing_key(self) -> SigningKey:
        """This login's own key with its certificate. UserError with the next step where it cannot sign, or the clock
        cannot be right.
        """
        self._site.clock.require()
        issued = self.newest(self._desk.uid)
        held = [key for name in (OWN_KEY, NEXT_KEY) if (key := self._desk.secret(name)) is not None]
        if not held or issued is None:
            raise UserError(
                tr("You have no signing key yet. Ask for one; an administrator and a supervisor make it together.")
            )
        certificate = unb64(issued.certificate)
        facts = certificates.facts(certificate)
        private = next((key for key in held if _belongs(key, facts)), None)
        if private is None:
            raise UserError(
                tr(
                    "The signing key that was made for you is not the one on this desk. Ask for a new one in Settings, "
                    "Signing keys."
                )
            )
        if (withdrawal := self._withdrawal(issued)) is not None:
            raise UserError(
                tr("Your signing key was withdrawn on {day}. Ask for a new one in Settings, Signing keys.").format(
                    day=isolate(day_text(withdrawal.at.date()))
                )
            )
        if not self._is_of_root(issued):
            raise UserError(tr("The site has a new root since. Ask for a new signing key in Settings, Signing keys."))
        if facts.not_after <= self._desk.clock.now():
            raise UserError(
                tr("Your signing key ended on {day}. Ask for it to be renewed in Settings, Signing keys.").format(
                    day=isolate(day_text(facts.not_after.date()))
                )
            )
        return SigningKey(
            pair=KeyPair(private=private, certificate=certificate), root=unb64(self._site.standing().root)
        )

    # inside

    def _key_to_ask_for(self, *, new_key: bool) -> bytes:
        private, following = self._desk.secret(OWN_KEY), self._desk.secret(NEXT_KEY)
        issued = self.newest(self._desk.uid)
        if following is not None and issued is not None and _belongs(following, _facts(issued)):
            private = following  # what was the next one is the one in use by now
            self._desk.keep_secret(OWN_KEY, following)
        if private is not None and not new_key:
            return private
        made = certificates.new_private_key()
        self._desk.keep_secret(OWN_KEY if private is None else NEXT_KEY, made)
        return made

    def _waits(self, uid: str) -> bool:
        house = self._site.house
        asked = store.last_written(house, store.KEY_REQUEST, uid)
        return asked > store.last_written(house, store.CERTIFICATE, uid)

    def _is_of_root(self, issued: MemberCertificate) -> bool:
        """Whether the root in force made it."""
        standing = self._site.newest()
        return standing is not None and certificates.is_of(unb64(issued.certificate), unb64(standing.root))

    def _withdrawal(self, issued: MemberCertificate) -> Withdrawal | None:
        return store.newest(self._site.house, store.WITHDRAWAL, Withdrawal, _facts(issued).serial)

    def _line(self, issued: MemberCertificate) -> KeyLine:
        facts, withdrawal = _facts(issued), self._withdrawal(issued)
        card = self._desk.staff(issued.uid)
        now = (signs_as(card.role), self._site.name_outside(issued.uid))
        fits = issued.uid in self._desk.keys.statement.active() and now == (issued.staff_role, issued.name)
        until, today = facts.not_after.date(), local_day(self._desk.clock)
        state = key_state(
            today=today,
            until=until if self._is_of_root(issued) else min(until, today - timedelta(days=1)),
            withdrawn=withdrawal is not None,
            newest=issued == self.newest(issued.uid),
            fits=fits,
        )
        return KeyLine(
            uid=issued.uid,
            serial=facts.serial,
            name=issued.name,
            staff_role=issued.staff_role,
            until=until,
            state=state,
            withdrawal=withdrawal,
        )


def signs_as(role: Role) -> str:
    """The code of a role as it stands in a certificate; empty for one that signs nothing."""
    found = SIGNS_AS.get(role)
    return "" if found is None else str(found)


def _facts(issued: MemberCertificate) -> CertificateFacts:
    return certificates.facts(unb64(issued.certificate))


def _belongs(private: bytes, facts: CertificateFacts) -> bool:
    return facts.key_sha256 == sha256_hex(certificates.public_key(private))
