"""The slow parts of a clinical annex, with plain values in and out: its pages, its one signature, its seal.

They hold no open desk, as those of a packet (`making_service.py`).
"""

from dataclasses import dataclass
from datetime import datetime

from rehabdesk import __version__
from rehabdesk.core.canon import sha256_hex
from rehabdesk.handover.annex.annex_model import ANNEX_NAME, ClinicalAnnex
from rehabdesk.handover.annex.annex_pdf import TITLE, Sender, build_annex
from rehabdesk.handover.wire import encode
from rehabdesk.seals import sealing
from rehabdesk.seals.pdf_preparation import Box, Description, prepare
from rehabdesk.seals.pdf_signature import SigningKey, certify

REASON = "I wrote this annex"


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnexPages:
    """The pages as they will be signed. `json` lies inside."""

    annex: ClinicalAnnex
    json: bytes
    prepared: bytes
    sender: Sender


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnexSigning:
    """A signature that was allowed and is still to be made. `recipient`: the clinician's key."""

    pdf: bytes
    key: SigningKey
    stamp: bytes
    at: datetime
    recipient: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedAnnex:
    """The signed pages, and the file that only the clinician opens."""

    signed: bytes
    sealed: bytes

    @property
    def signed_sha256(self) -> str:
        return sha256_hex(self.signed)


def lay(annex: ClinicalAnnex, sender: Sender) -> AnnexPages:
    """UserError if it cannot be printed."""
    json = encode(annex)
    pages = build_annex(annex, json, sender, version=__version__)
    area = pages.author
    prepared = prepare(
        pages.pdf,
        attachment=json,
        attachment_name=ANNEX_NAME,
        attachment_note="The same content for machines",
        description=Description(
            title=TITLE.format(number=annex.number),
            author=sender.site,
            creator=f"RehabDesk {__version__}",
            language=sender.language,
            issued=sender.issued,
        ),
        author_box=Box(
            page=area.page,
            left=round(area.left),
            bottom=round(area.bottom),
            right=round(area.right),
            top=round(area.top),
        ),
        supervisor_box=None,
    )
    return AnnexPages(annex=annex, json=json, prepared=prepared, sender=sender)


def sign_and_seal(signing: AnnexSigning) -> SealedAnnex:
    """SealBroken if the signed pages do not pass the strict profile in the shape of an annex."""
    signed = certify(
        signing.pdf,
        key=signing.key,
        stamp=signing.stamp,
        at=signing.at,
        reason=REASON,
        allows_countersignature=False,
    )
    return SealedAnnex(signed=signed, sealed=sealing.seal(signed, [signing.recipient]))
