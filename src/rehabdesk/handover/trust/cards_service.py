"""A card in a file, whichever it is; and cards on paper with their 24 digits and a QR code (packet.md 7.2, 7.3)."""

from collections.abc import Callable
from datetime import datetime

from rehabdesk.core.canon import sha256_hex, unb64
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.handover.checking.child_service import PinnedSite, ReadTeamCard
from rehabdesk.handover.checking.examination_service import PacketCheck
from rehabdesk.handover.trust.card_pdf import CardSheet, card_sheet
from rehabdesk.handover.trust.own_team_service import OwnTeam
from rehabdesk.handover.trust.trust_service import Trust
from rehabdesk.seals import certificates
from rehabdesk.seals.cards import load_signing


def examine(raw: bytes, moment: datetime) -> PinnedSite | ReadTeamCard:
    """The card of a site or of a team, examined in the limited child: slow, for a job. UserError for anything else."""
    checked = PacketCheck().check(raw, moment=moment)
    found = checked.site_card or checked.team_card
    if found is None:
        raise UserError(tr("This is no card of a site or team, or it was changed. Ask for it again."))
    return found


def site_sheet(trust: Trust, at: datetime) -> Callable[[], bytes]:
    """What makes the sheet of the own site, for a job."""
    standing, site = trust.site(), trust.own_site.card().site
    root = unb64(standing.root)
    sheet = CardSheet(
        title=tr("Card of a site"),
        name=site.name,
        code=site.id,
        phone=site.phone,
        facts=((tr("Asks and answers"), site.contact), (tr("Number of the card"), str(standing.seq))),
        digits=trust.site_digits(),
        qr=_qr("RDS1", site.id, trust.site_digits(), root),
        at=at,
    )
    return lambda: card_sheet(sheet)


def team_sheet(own: OwnTeam, at: datetime) -> Callable[[], bytes]:
    """What makes the sheet of the own team, for a job."""
    held = own.standing()
    certificate = unb64(held.certificate)
    digits = team_digits(own)
    sheet = CardSheet(
        title=tr("Card of a team that receives packets"),
        name=held.name,
        code=held.id,
        phone=held.phone,
        facts=((tr("Organisation"), held.org), (tr("Number of the card"), str(held.seq))),
        digits=digits,
        qr=_qr("RDT1", held.id, digits, certificate),
        at=at,
    )
    return lambda: card_sheet(sheet)


def _qr(kind: str, code: str, digits: str, certificate: bytes) -> str:
    """The digits for reading, and the whole fingerprint for a machine; nothing about a person."""
    return "/".join((kind, code, digits.replace("-", ""), sha256_hex(certificate).upper()))


def team_digits(own: OwnTeam) -> str:
    """The 24 digits of the own team's card."""
    return certificates.site_digits(unb64(own.standing().certificate))


def ready_to_sign() -> None:
    """Reads what signing a card needs, which takes a moment the first time: for a job."""
    load_signing()
