"""Whom this desk trusts and who may sign, behind one door: the site itself, its members' keys, teams (packet.md 7)."""

from rehabdesk.access.keys_service import Keys
from rehabdesk.access.service import Desk
from rehabdesk.core.canon import unb64
from rehabdesk.handover.trust.teams_service import Teams
from rehabdesk.handover.trust.trust_authority_service import Authority
from rehabdesk.handover.trust.trust_keys_service import OWN_KEY, SIGNING_ROLES, SigningKeys
from rehabdesk.handover.trust.trust_model import KeyRequest, MemberCertificate, SiteStanding
from rehabdesk.handover.trust.trust_site_service import OwnSite
from rehabdesk.seals.pdf_signature import SigningKey

__all__ = ["OWN_KEY", "SIGNING_ROLES", "Trust"]


class Trust:
    """The trust of one unlocked desk. Ceremonies with the site root (`authority`) need two people: ADM and SUP."""

    def __init__(self, desk: Desk) -> None:
        self.own_site = OwnSite(desk)
        self.keys, self.clock = SigningKeys(desk, self.own_site), self.own_site.clock
        self.authority = Authority(desk, self.own_site, self.keys)
        self.teams = Teams(desk)

    # the site itself

    def found_site(self, other: Keys, *, contact: str) -> SiteStanding:
        """Makes root, first list, card key and site card. `other`: the second person, who typed the own passphrase.

        UserError unless an administrator and a supervisor are both here, or if the site has its root already.
        """
        return self.authority.found_site(other, contact=contact)

    def site(self) -> SiteStanding:
        """Root, list and card in force. UserError before the site has a root; SealBroken if the records disagree with
        the root's file.
        """
        return self.own_site.standing()

    def site_card(self) -> bytes:
        """The content of `{SITE}.rdsite`, to be handed out."""
        return unb64(self.site().card)

    def site_digits(self) -> str:
        """The 24 digits of the root: what is read aloud in a ceremony."""
        return self.own_site.digits()

    # members

    def request_certificate(self) -> KeyRequest:
        """Makes this login's signing key, if there is none, and asks for a certificate for it."""
        return self.keys.request()

    def requests(self) -> tuple[KeyRequest, ...]:
        """What active members asked for and nobody has issued yet."""
        return self.keys.requests()

    def issue(self, uid: str, other: Keys, *, seen_in_person: bool) -> MemberCertificate:
        """A certificate for the key that `uid` asked for, by two people, after the member was seen.

        UserError when nobody asked, nobody saw the member, or role and name are no longer those of the staff card.
        """
        return self.authority.issue(uid, other, seen_in_person=seen_in_person)

    def certificate_of(self, uid: str) -> MemberCertificate | None:
        """The newest certificate of a member; None where there is none, or it was withdrawn."""
        return self.keys.certificate_of(uid)

    def signing_key(self) -> SigningKey:
        """This login's own key with its certificate. UserError with the next step where it cannot sign."""
        return self.keys.signing_key()
