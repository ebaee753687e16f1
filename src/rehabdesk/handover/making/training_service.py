"""A packet of an invented site, made without a vault: for the demo and for training. Real ones: `service.py`."""

from collections.abc import Sequence
from datetime import datetime

from rehabdesk import __version__
from rehabdesk.handover.content.packet_model import (
    Handover,
    Level,
    Manifest,
    ManifestEntry,
    Presence,
    Sections,
    Withheld,
)
from rehabdesk.handover.content.profile_model import PROFILES, ProfileCode
from rehabdesk.handover.making.layout_service import lay_out
from rehabdesk.handover.pages.signature_page_pdf import stamp
from rehabdesk.handover.wire import section_sha256
from rehabdesk.seals import certificates
from rehabdesk.seals.pdf_signature import SigningKey, certify, countersign


def manifest_of(sections: Sections, profile: ProfileCode, *, agency: str, withheld: Sequence[Withheld]) -> Manifest:
    """A manifest that fits: what is not there says so."""
    present = sections.present()
    entries = []
    for code in PROFILES[profile].sections:
        section = present.get(code)
        entries.append(
            ManifestEntry(
                code=code,
                form=PROFILES[profile].form_of(code),
                state=Presence.NONE if section is None else Presence.PRESENT,
                reason="nothing was recorded" if section is None else None,
                level=Level.TEAM,
                owner_agency=agency,
                sha256=None if section is None else section_sha256(section),
            )
        )
    return Manifest(sections=tuple(entries), withheld=tuple(withheld), annexes=())


def signed_twice(content: Handover, author: SigningKey, supervisor: SigningKey, at: datetime) -> bytes:
    """The pages of `content` with both signatures."""
    made = lay_out(content, version=__version__)
    pdf = made.prepared
    for key, role, sign in ((author, "author", certify), (supervisor, "supervisor", countersign)):
        facts = certificates.facts(key.pair.certificate)
        seen = stamp(
            role=role,
            signer=facts.name,
            staff_role=facts.unit,
            at=at,
            certificate=key.pair.certificate,
            issued=made.packet.packet.issued,
            language=content.packet.languages[0],
        )
        pdf = sign(pdf, key=key, stamp=seen, at=at)
    return pdf
