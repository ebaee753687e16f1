"""Signed cards, lists and receipts: CMS SignedData, attached, DER, over bytes that others parse (packet.md 7.2)."""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from datetime import datetime

from rehabdesk.core.canon import b64, sha256_hex, unb64
from rehabdesk.core.errors import FormatError, SealBroken
from rehabdesk.core.i18n import tr
from rehabdesk.seals import certificates, signer_trust
from rehabdesk.seals.certificates import KeyPair
from rehabdesk.seals.container import walk_der
from rehabdesk.seals.findings import Trust
from rehabdesk.seals.low_s_signer import low_s_signer
from rehabdesk.seals.offline import complete

MOST_CARD_BYTES = 256 << 10
MOST_LIST_BYTES = 2 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class CardFindings:
    """What an intact card says about its signer. `content` is base64 of the signed bytes, not yet parsed.

    `self_signed`: nobody but the signer vouches for the key; only the ceremony can.
    """

    content: str
    sha256: str
    signer_sha256: str
    signer_key_sha256: str
    signer_role: str
    signer_name: str
    signer_organisation: str
    root_sha256: str
    self_signed: bool
    trust: Trust
    revoked_at: datetime | None = None

    def content_bytes(self) -> bytes:
        """The signed bytes."""
        return unb64(self.content)


def load_signing() -> None:
    """Imports the library that signs; `sign_card` does it by itself at its first use, in about two seconds."""
    importlib.import_module("pyhanko.sign.signers.pdf_cms")


def sign_card(content: bytes, *, key: KeyPair, root: bytes | None, at: datetime) -> bytes:
    """`content` inside a signature of `key`, stated as made `at`. `root` issued the key; None for a self-issued one."""
    import asyncio

    from asn1crypto import cms
    from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes

    signing = low_s_signer(key, root).async_sign_general_data(
        cms.ContentInfo({"content_type": "data", "content": content}),
        "sha256",
        detached=False,
        use_cades=True,
        signed_attr_settings=PdfCMSSignedAttributes(signing_time=at),
    )
    return bytes(asyncio.run(signing).dump())


def examine_card(
    card: bytes,
    *,
    roots: tuple[bytes, ...],
    crls: tuple[bytes, ...],
    moment: datetime,
    most_bytes: int = MOST_CARD_BYTES,
) -> CardFindings:
    """What `card` is. FormatError for another shape; SealBroken for a broken signature or a wrong certificate.

    A site card brings its own root inside its content: examine it with no roots, parse the content, then examine it
    again with that root before believing a word. `roots` and `crls` as for `examiner.examine`.
    """
    if len(card) > most_bytes or walk_der(card) != len(card):
        raise _strange_card()
    try:
        return _examined(card, roots, crls, moment)
    except (FormatError, SealBroken):
        raise
    except Exception:  # noqa: BLE001 - parsers raise anything at all on hostile input (packet.md 8.1)
        raise _strange_card() from None


def content_of(card: bytes) -> bytes:
    """The content of a card that was examined when it came, or that this desk signed itself: nothing is checked."""
    return _parts(card)[0]


def root_of(card: bytes) -> bytes:
    """The root that issued the key of a card or list which was examined when it came: nothing is checked."""
    _, signer, held = _parts(card)
    return next((each for each in held if each != signer), signer)


def _examined(card: bytes, roots: tuple[bytes, ...], crls: tuple[bytes, ...], moment: datetime) -> CardFindings:
    content, signer, held = _parts(card)
    root = next((each for each in roots if each in held or each == signer), None)
    pinned = root is not None
    if root is None:
        root = next((each for each in held if each != signer), signer)
    self_signed = root == signer
    authority = signer_trust.authority(root, pinned=pinned, crls=crls)
    stands = signer_trust.standing(signer, authority, moment, needs_document_signing=not self_signed)
    _require_intact(card, signer, root, moment)
    facts = certificates.facts(signer)
    return CardFindings(
        content=b64(content),
        sha256=sha256_hex(card),
        signer_sha256=facts.sha256,
        signer_key_sha256=facts.key_sha256,
        signer_role=facts.unit,
        signer_name=facts.name,
        signer_organisation=facts.organisation,
        root_sha256=sha256_hex(root),
        self_signed=self_signed,
        trust=stands.trust,
        revoked_at=stands.revoked_at,
    )


def _parts(card: bytes) -> tuple[bytes, bytes, list[bytes]]:
    """Content, signer certificate and all certificates."""
    from asn1crypto import cms

    info = cms.ContentInfo.load(card, strict=True)
    if info["content_type"].native != "signed_data":
        raise ValueError("another kind of content")
    data = info["content"]
    signers = data["signer_infos"]
    inner = data["encap_content_info"]
    attributes = signers[0]["unsigned_attrs"].native
    if len(signers) != 1 or attributes or data["crls"].native or inner["content_type"].native != "data":
        raise ValueError("more or less than one signature")
    held = [each.chosen for each in data["certificates"]]
    named = signers[0]["sid"].chosen
    signer = next(
        each
        for each in (*held, None)
        if each is None or (each.serial_number == named["serial_number"].native and each.issuer == named["issuer"])
    )
    if signer is None or len(held) > 2:
        raise ValueError("the signer's certificate is missing")
    return bytes(inner["content"].native), signer.dump(), [each.dump() for each in held]


def _require_intact(card: bytes, signer: bytes, root: bytes, moment: datetime) -> None:
    """Both answers of the library count: a changed content leaves the signature valid, but not intact."""
    from asn1crypto import cms
    from pyhanko.sign.validation.generic_cms import async_validate_cms_signature
    from pyhanko_certvalidator import ValidationContext

    context: ValidationContext = signer_trust.chain_context(root, moment)
    data = cms.ContentInfo.load(card, strict=True)["content"]
    status = complete(async_validate_cms_signature(data, validation_context=context))
    if not (status.intact and status.valid) or status.signing_cert.dump() != signer:
        raise SealBroken(tr("The card was changed after it was signed. Ask for a new one."))


def _strange_card() -> FormatError:
    return FormatError(tr("The card is not of the form that RehabDesk writes. Ask for a new one."))
