"""The demo's other sites and teams: cards that came on a stick, compared or not; a member who asks for a key."""

from datetime import datetime, timedelta

from rehabdesk.access.service import Desk
from rehabdesk.handover.checking.child_service import read_site_card, read_team_card
from rehabdesk.handover.trust.cards_model import CardSite, CardTeam
from rehabdesk.handover.trust.own_team_service import OwnTeam
from rehabdesk.handover.trust.sites_service import Sites
from rehabdesk.handover.trust.teams_service import make_team_card
from rehabdesk.handover.trust.trust_authority_service import signed_site_card
from rehabdesk.handover.trust.trust_model import Channel
from rehabdesk.handover.trust.trust_service import Trust
from rehabdesk.seals import certificates, sealing
from rehabdesk.seals.certificates import KeyPair

HILLS = CardSite(id="HILLS", name="Residence of the Hills", country="XX", phone="+000 20 555 030", contact="Night desk")
COAST = CardSite(id="COAST", name="House at the Coast", country="XY", phone="+000 30 555 070", contact="Reception")
MENTORS = CardTeam(
    id="LANTERN", name="Lantern mentors", org="Lantern Association", country="XX", phone="+000 20 555 260"
)


def receive(desk: Desk) -> None:
    """The administrator makes the keys for what arrives."""
    OwnTeam(desk).found()


def ask_for_key(desk: Desk) -> None:
    """A member who waits for a signing key."""
    Trust(desk).request_certificate()


def take_cards(desk: Desk) -> KeyPair:
    """One site whose digits were compared, one that waits, and a team whose key waits; gives the first one's root."""
    at, sites, roots = desk.clock.now(), Sites(desk), dict[str, KeyPair]()
    for site, made, seq in ((HILLS, at - timedelta(days=40), 3), (COAST, at - timedelta(days=2), 1)):
        card, root = _site_card(site, made, seq)
        roots[site.id] = root
        taken = sites.keep_card(card, read_site_card(card, at))
        if site is HILLS:
            sites.confirm(
                site.id,
                digits=taken.digits,
                their_name="Hawa Issoufou",
                channel=Channel.FACE_TO_FACE,
                on=(at - timedelta(days=20)).date(),
            )
    private = certificates.new_private_key()
    team = make_team_card(MENTORS, identity=sealing.new_identity(), private=private, at=at)
    Trust(desk).teams.keep_card(team, read_team_card(team, at))
    return roots[HILLS.id]


def _site_card(site: CardSite, at: datetime, seq: int) -> tuple[bytes, KeyPair]:
    root = certificates.make_root(site_name=site.name, country=site.country, at=at)
    private = certificates.new_private_key()
    certificate = certificates.issue(
        root,
        public=certificates.public_key(private),
        staff_role=certificates.CARD_ROLE,
        name="Card key",
        at=at,
    )
    crl = certificates.revocation_list(root, number=seq, at=at)
    key = KeyPair(private=private, certificate=certificate)
    return signed_site_card(site, root=root.certificate, crl=crl, key=key, seq=seq, at=at), root
