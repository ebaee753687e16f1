"""Examines one foreign PDF by the strict profile (packet.md 8.1 to 8.3) and reports facts, never raising.

Run it in the limited child process for files from outside. It parses no JSON: that belongs to the packet's own format.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING

from rehabdesk.core.canon import b64, sha256_hex
from rehabdesk.core.errors import FormatError, SealBroken
from rehabdesk.core.i18n import tr
from rehabdesk.seals import certificates, object_walk, signer_trust
from rehabdesk.seals.container import Container
from rehabdesk.seals.findings import Findings, Outcome, Reason, Shape, SignatureFacts, Trust, outcome_of, stopped
from rehabdesk.seals.offline import complete
from rehabdesk.seals.pdf_preparation import AUTHOR_FIELD, SUPERVISOR_FIELD
from rehabdesk.seals.raw_scan import SignedRange, find_ranges, open_containers
from rehabdesk.seals.signer_trust import Authority

if TYPE_CHECKING:
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation import EmbeddedPdfSignature

ATTACHMENT_NAMES = {Shape.FULL: "handover.json", Shape.AUTHOR_ONLY: "handover.json", Shape.ANNEX: "annex.json"}
_ROLES = {Shape.FULL: ("CO", "SUP"), Shape.AUTHOR_ONLY: ("CO",), Shape.ANNEX: ("PSY",)}
_TRUST_ORDER = list(Trust)


@dataclass(slots=True)
class _Notes:
    """What is gathered while the file is read."""

    reasons: list[Reason] = field(default_factory=list)
    shape: Shape | None = None
    signatures: list[SignatureFacts] = field(default_factory=list)
    title: str = ""
    pages: int = 0
    attachment: object_walk.Attachment | None = None


def examine(pdf: bytes, *, roots: tuple[bytes, ...], crls: tuple[bytes, ...], moment: datetime) -> Findings:
    """What `pdf` is. `roots`: pinned site roots (DER); `crls`: the newest lists held (DER); `moment`: first-seen time.

    An author's signature alone gives exactly the reason `second_signature_missing`: whether that is an express packet
    is for the reader of the JSON to say. A chain that ends in another root than the one pinned for the JSON's
    `site.id` shows in `root_sha256` and `trust`.
    """
    digest = sha256_hex(pdf)
    notes = _Notes()
    try:
        ranges, reasons = find_ranges(pdf)
        if reasons:
            return stopped(digest, *reasons)
        containers, reasons = open_containers(pdf, ranges, roots)
        if reasons:
            return stopped(digest, *reasons)
        root = containers[0].root
        if any(each.root != root for each in containers):
            return stopped(digest, Reason.TWO_ROOTS)
        authority = signer_trust.authority(root, pinned=root in roots, crls=crls)
        _read(pdf, ranges, containers, authority, moment, notes)
    except Exception as problem:  # noqa: BLE001 - parsers raise anything at all on hostile input (packet.md 8.1)
        return stopped(digest, *notes.reasons, _reason_of(problem), detail=type(problem).__name__)
    return _findings(digest, notes, authority)


def _findings(digest: str, notes: _Notes, authority: Authority) -> Findings:
    reasons = tuple(dict.fromkeys(notes.reasons))
    outcome = outcome_of(reasons)
    if outcome in (Outcome.CHANGED, Outcome.REFUSED) or notes.attachment is None:
        return stopped(digest, *reasons)
    return Findings(
        outcome=outcome,
        reasons=reasons,
        sha256=digest,
        shape=notes.shape,
        trust=max((each.trust for each in notes.signatures), key=_TRUST_ORDER.index),
        root_sha256=sha256_hex(authority.root),
        list_issued=authority.list.issued if authority.list else None,
        list_due=authority.list.next_due if authority.list else None,
        signatures=tuple(notes.signatures),
        title=notes.title,
        pages=notes.pages,
        attachment_name=notes.attachment.name,
        attachment=b64(notes.attachment.data),
    )


def _read(
    pdf: bytes,
    ranges: tuple[SignedRange, ...],
    containers: tuple[Container, ...],
    authority: Authority,
    moment: datetime,
    notes: _Notes,
) -> None:
    """Everything that needs the PDF parser. Raises whatever the parser raises."""
    reader = _open(pdf)
    if reader.encrypted:
        notes.reasons.append(Reason.ENCRYPTED)
        return
    if reader.xrefs.hybrid_xrefs_present:
        notes.reasons.append(Reason.HYBRID_REFERENCES)
    signatures = reader.embedded_signatures
    # what the parser takes for the signatures must be what our own scan has checked
    seen = [tuple(int(number) for number in each.byte_range) for each in signatures]
    scanned = [(0, each.gap_start, each.gap_end, each.end - each.gap_end) for each in ranges]
    if seen != scanned or reader.embedded_timestamp_signatures:
        notes.reasons.append(Reason.HIDDEN_SIGNATURE)
        return
    if reader.total_revisions != 1 + len(signatures):
        notes.reasons.append(Reason.REVISION_COUNT)
    notes.shape = _shape(reader, notes)
    if notes.shape is None:
        return
    for place, (signature, container) in enumerate(zip(signatures, containers, strict=True)):
        _check_signature(signature, last=place == len(signatures) - 1, authority=authority, notes=notes, at=moment)
        _add_signer(signature, container, authority, moment, notes)
    if len(notes.signatures) == len(signatures):
        _compare_signers(notes)
    _check_content(reader, notes)


def _open(pdf: bytes) -> PdfFileReader:
    from pyhanko.pdf_utils.decode_limits import DecodeLimits, DocumentDecodeBudget, StreamDecodeLimits
    from pyhanko.pdf_utils.reader import PdfFileReader

    limits = DecodeLimits(
        per_stream=StreamDecodeLimits(max_output_size=8 << 20),
        document_budget=DocumentDecodeBudget(base_allowance=64 << 20, max_ratio=10),
    )
    return PdfFileReader(BytesIO(pdf), strict=True, decode_limits=limits)


def _shape(reader: PdfFileReader, notes: _Notes) -> Shape | None:
    """Which of the allowed shapes the fields have; None, with a reason noted, for any other."""
    fields = [each.get_object() for each in reader.root["/AcroForm"]["/Fields"]]
    names = [str(each["/T"]) for each in fields]
    signed = ["/V" in each for each in fields]
    shapes = {
        ((AUTHOR_FIELD, SUPERVISOR_FIELD), (True, True)): Shape.FULL,
        ((AUTHOR_FIELD, SUPERVISOR_FIELD), (True, False)): Shape.AUTHOR_ONLY,
        ((AUTHOR_FIELD,), (True,)): Shape.ANNEX,
    }
    shape = shapes.get((tuple(names), tuple(signed)))
    plain = all(each["/FT"] == "/Sig" and "/Kids" not in each and "/Parent" not in each for each in fields)
    if shape is None or not plain:
        notes.reasons.append(Reason.FIELD_SHAPE)
        return None
    if shape is not Shape.ANNEX:
        lock = object_walk.entry(fields[1], "/Lock")
        if dict(lock) != {"/Type": "/SigFieldLock", "/Action": "/All", "/P": 1}:
            notes.reasons.append(Reason.FIELD_LOCK)
    if shape is Shape.AUTHOR_ONLY:
        notes.reasons.append(Reason.SECOND_SIGNATURE_MISSING)
    return shape


def _check_signature(
    signature: EmbeddedPdfSignature, *, last: bool, authority: Authority, notes: _Notes, at: datetime
) -> None:
    """The library's own judgement of digest, coverage and later changes, and what the signature dictionary states."""
    from pyhanko.sign.diff_analysis import ModificationLevel
    from pyhanko.sign.fields import MDPPerm
    from pyhanko.sign.validation import async_validate_pdf_signature
    from pyhanko.sign.validation.status import SignatureCoverageLevel

    context = signer_trust.chain_context(authority.root, at)
    status = complete(async_validate_pdf_signature(signature, signer_validation_context=context))
    if not (status.intact and status.valid):
        notes.reasons.append(Reason.SIGNATURE_BROKEN)
    whole = SignatureCoverageLevel.ENTIRE_FILE if last else SignatureCoverageLevel.ENTIRE_REVISION
    if status.coverage is not whole:
        notes.reasons.append(Reason.NOT_WHOLE_FILE)
    most = ModificationLevel.NONE if last else ModificationLevel.FORM_FILLING
    level = status.modification_level
    if level is None or level > most or status.docmdp_ok is False:
        notes.reasons.append(Reason.CHANGED_AFTER_SIGNING)
    stated = signature.sig_object
    if stated["/SubFilter"] != "/ETSI.CAdES.detached" or stated["/Filter"] != "/Adobe.PPKLite":
        notes.reasons.append(Reason.SUB_FILTER)
    if signature.field_name == AUTHOR_FIELD:
        allowed = MDPPerm.NO_CHANGES if notes.shape is Shape.ANNEX else MDPPerm.FILL_FORMS
        certifying = signature.reader.root["/Perms"].raw_get("/DocMDP")
        if signature.docmdp_level is not allowed or certifying != signature.sig_field.raw_get("/V"):
            notes.reasons.append(Reason.CERTIFICATION)


def _add_signer(
    signature: EmbeddedPdfSignature, container: Container, authority: Authority, moment: datetime, notes: _Notes
) -> None:
    try:
        stands = signer_trust.standing(container.signer, authority, moment)
        facts = certificates.facts(container.signer)
    except (SealBroken, FormatError):
        notes.reasons.append(Reason.CERTIFICATE_FORM)
        return
    stated_at = signature.self_reported_timestamp
    if stated_at is None or stated_at.tzinfo is None:
        raise FormatError(tr("The signature states no time."))
    notes.signatures.append(
        SignatureFacts(
            field=signature.field_name,
            staff_role=facts.unit,
            name=facts.name,
            organisation=facts.organisation,
            country=facts.country,
            cert_sha256=facts.sha256,
            key_sha256=facts.key_sha256,
            stated_at=stated_at.astimezone(UTC),
            reason=str(signature.sig_object["/Reason"]),
            serial=facts.serial,
            not_before=facts.not_before,
            not_after=facts.not_after,
            trust=stands.trust,
            revoked_at=stands.revoked_at,
        )
    )


def _compare_signers(notes: _Notes) -> None:
    """Two different persons in the two right roles."""
    if len(notes.signatures) == 2:
        author, supervisor = notes.signatures
        if author.key_sha256 == supervisor.key_sha256 or author.cert_sha256 == supervisor.cert_sha256:
            notes.reasons.append(Reason.SAME_KEY)
            return
        # the role is left out: one person who holds both roles is still one person
        if (author.country, author.organisation, author.name) == (
            supervisor.country,
            supervisor.organisation,
            supervisor.name,
        ):
            notes.reasons.append(Reason.SAME_PERSON)
            return
    roles = tuple(each.staff_role for each in notes.signatures)
    if notes.shape is not None and roles != _ROLES[notes.shape]:
        notes.reasons.append(Reason.WRONG_ROLE)


def _check_content(reader: PdfFileReader, notes: _Notes) -> None:
    reached = object_walk.walk(reader)
    notes.reasons.extend(object_walk.content_problems(reader, reached))
    if outcome_of(tuple(notes.reasons)) in (Outcome.CHANGED, Outcome.REFUSED):
        return
    try:
        notes.pages = object_walk.count_pages(reader)
    except FormatError:
        notes.reasons.append(Reason.PAGES)
    try:
        notes.title = object_walk.title(reader)
    except FormatError:
        notes.reasons.append(Reason.METADATA)
    try:
        found = object_walk.attachment(reader, reached)
    except FormatError:
        notes.reasons.append(Reason.ATTACHMENT)
        return
    if len(found.data) > object_walk.MOST_ATTACHMENT_BYTES:
        notes.reasons.append(Reason.ATTACHMENT_TOO_LARGE)
    elif notes.shape is None or found.name != ATTACHMENT_NAMES[notes.shape]:
        notes.reasons.append(Reason.ATTACHMENT)
    else:
        notes.attachment = found


def _reason_of(problem: Exception) -> Reason:
    from pyhanko.pdf_utils.misc import PdfReadError

    is_limit = isinstance(problem, MemoryError | RecursionError) or "Limit" in type(problem).__name__
    return (
        Reason.DECODE_LIMIT
        if is_limit and isinstance(problem, PdfReadError | MemoryError | RecursionError)
        else (Reason.UNREADABLE)
    )
