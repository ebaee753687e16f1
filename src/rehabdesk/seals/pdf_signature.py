"""The two PAdES baseline signatures of a packet: the author certifies, the supervisor countersigns (packet.md 5)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING

from rehabdesk.core.errors import SealBroken, UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate_ltr
from rehabdesk.seals.certificates import KeyPair
from rehabdesk.seals.container import HEX_DIGITS
from rehabdesk.seals.examiner import examine
from rehabdesk.seals.findings import Reason, Trust
from rehabdesk.seals.low_s_signer import low_s_signer
from rehabdesk.seals.pdf_preparation import AUTHOR_FIELD, SUPERVISOR_FIELD

if TYPE_CHECKING:
    from pyhanko.pdf_utils.content import PdfContent
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.pdf_utils.writer import BasePdfFileWriter
    from pyhanko.sign.fields import MDPPerm
    from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
    from pyhanko.stamp import StaticStampStyle

AUTHOR_REASON = "I prepared this packet"
SUPERVISOR_REASON = "I checked it and approve its release"


@dataclass(frozen=True, slots=True, kw_only=True)
class SigningKey:
    """Who signs: own key and certificate, and the site root that issued it (DER)."""

    pair: KeyPair
    root: bytes


def certify(
    prepared: bytes,
    *,
    key: SigningKey,
    stamp: bytes,
    at: datetime,
    reason: str = AUTHOR_REASON,
    allows_countersignature: bool = True,
) -> bytes:
    """`prepared` with the author's signature. `stamp` is the appearance, our own one-page PDF, scaled into the field.

    `allows_countersignature` is false for an annex only, which one person signs. UserError when the key is for another
    role; SealBroken when the result does not pass the strict profile.
    """
    from pyhanko.sign.fields import MDPPerm

    allowed = MDPPerm.FILL_FORMS if allows_countersignature else MDPPerm.NO_CHANGES
    signed = _sign(prepared, key, AUTHOR_FIELD, stamp=stamp, at=at, reason=reason, certifies=allowed)
    open_ends = (Reason.SECOND_SIGNATURE_MISSING,) if allows_countersignature else ()
    return _examined(signed, key.root, at, *open_ends)


def countersign(
    certified: bytes, *, key: SigningKey, stamp: bytes, at: datetime, reason: str = SUPERVISOR_REASON
) -> bytes:
    """`certified` followed by the supervisor's signature: the very bytes of `certified` stay in front.

    UserError for the author's own key or person and for another role; SealBroken when the result, or what was given,
    does not pass the strict profile.
    """
    signed = _sign(certified, key, SUPERVISOR_FIELD, stamp=stamp, at=at, reason=reason, certifies=None)
    return _examined(signed, key.root, at)


def _sign(
    pdf: bytes, key: SigningKey, field: str, *, stamp: bytes, at: datetime, reason: str, certifies: MDPPerm | None
) -> bytes:
    from pyhanko.sign import fields, signers
    from pyhanko.stamp import StaticStampStyle

    metadata = signers.PdfSignatureMetadata(
        field_name=field,
        md_algorithm="sha256",
        reason=reason,
        certify=certifies is not None,
        docmdp_permissions=certifies or fields.MDPPerm.NO_CHANGES,  # the lock of the second field says the same
        subfilter=fields.SigSeedSubFilter.PADES,
    )
    appearance = StaticStampStyle(border_width=0, background=_page_content(stamp))
    signer = _dated(metadata, low_s_signer(key.pair, key.root), appearance, at)
    out = BytesIO()
    writer = _unchanged_metadata(pdf)
    signer.sign_pdf(writer, existing_fields_only=True, bytes_reserved=HEX_DIGITS, output=out)
    return out.getvalue()


def _examined(signed: bytes, root: bytes, at: datetime, *expected: Reason) -> bytes:
    """`signed`, if a receiver would find exactly `expected` about it. Nothing else leaves this module."""
    findings = examine(signed, roots=(root,), crls=(), moment=at)
    if findings.reasons == expected and findings.trust is Trust.LIST_MISSING:
        return signed
    if {Reason.SAME_KEY, Reason.SAME_PERSON} & set(findings.reasons):
        raise UserError(tr("The author of a packet cannot also approve it. Ask another supervisor to countersign."))
    if Reason.WRONG_ROLE in findings.reasons:
        raise UserError(
            tr("This signing key is for another role. A case officer signs as author, a supervisor countersigns.")
        )
    codes = isolate_ltr(", ".join((*findings.reasons, findings.trust or "", findings.detail)))
    raise SealBroken(
        tr("The signed file did not pass RehabDesk's own examination ({codes}) and was not kept.").format(codes=codes)
    )


def _dated(
    metadata: PdfSignatureMetadata, signer: SimpleSigner, appearance: StaticStampStyle, at: datetime
) -> PdfSigner:
    """A signer whose stated time is `at`, never the machine's."""
    from pyhanko.sign.signers import PdfSigner
    from pyhanko.sign.signers.pdf_signer import PdfSigningSession

    class Dated(PdfSigner):
        def init_signing_session(
            self, pdf_out: BasePdfFileWriter, existing_fields_only: bool = False
        ) -> PdfSigningSession:
            session = super().init_signing_session(pdf_out, existing_fields_only)
            session.system_time = at
            return session

    return Dated(metadata, signer, stamp_style=appearance)


def _unchanged_metadata(pdf: bytes) -> IncrementalPdfFileWriter:
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    class Writer(IncrementalPdfFileWriter):
        """A signature is not an edit: Info and XMP stay as they were issued."""

        def _update_meta(self) -> None:
            pass

    return Writer(BytesIO(pdf), strict=True)


def _page_content(page: bytes) -> PdfContent:
    """The one page of a PDF as a piece of content; the library's own class reads from a path only."""
    from pyhanko.pdf_utils.content import PdfContent
    from pyhanko.pdf_utils.layout import BoxConstraints
    from pyhanko.pdf_utils.reader import PdfFileReader

    class Page(PdfContent):
        def render(self) -> bytes:
            form = self._ensure_writer.import_page_as_xobject(PdfFileReader(BytesIO(page)), page_ix=0)
            self.resources.xobject["/Stamp"] = form
            left, bottom, right, top = form.get_object()["/BBox"]
            self.box = BoxConstraints(width=abs(left - right), height=abs(bottom - top))
            return b"/Stamp Do"

    return Page()
