"""What an examined packet turned out to be: facts and stable reason codes. The verdict is made elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from rehabdesk.core.canon import unb64
from rehabdesk.core.errors import FormatError
from rehabdesk.core.i18n import tr


class Outcome(StrEnum):
    """How the shape came out; the later member wins. Says nothing about trust in the site."""

    INTACT = "intact"
    INCOMPLETE = "incomplete"
    CHANGED = "changed"
    REFUSED = "refused"


class Shape(StrEnum):
    """Which fields there are and which are signed (packet.md 8.3); express or not is said by the JSON."""

    FULL = "full"
    AUTHOR_ONLY = "author_only"
    ANNEX = "annex"


class Trust(StrEnum):
    """What the pinned root and its list say about a signer at the moment of judgement; the later member wins."""

    TRUSTED = "trusted"
    EXPIRED = "expired"
    REVOKED = "revoked"
    NOT_YET_VALID = "not_yet_valid"
    LIST_EXPIRED = "list_expired"
    LIST_MISSING = "list_missing"
    UNKNOWN_ROOT = "unknown_root"


class Reason(StrEnum):
    """Stable codes, shown by `--json`; never renamed."""

    SECOND_SIGNATURE_MISSING = "second_signature_missing"
    SAME_KEY = "same_key"
    SAME_PERSON = "same_person"

    EXTRA_BYTES = "extra_bytes"
    CUT_OFF = "cut_off"
    REVISION_COUNT = "revision_count"
    DIGEST_MISMATCH = "digest_mismatch"
    SIGNATURE_BROKEN = "signature_broken"
    NOT_WHOLE_FILE = "not_whole_file"
    CHANGED_AFTER_SIGNING = "changed_after_signing"

    NOT_A_PDF = "not_a_pdf"
    TOO_LARGE = "too_large"
    NO_SIGNATURE = "no_signature"
    BYTE_RANGE = "byte_range"
    CONTAINER_NOT_REBUILT = "container_not_rebuilt"
    UNREADABLE = "unreadable"
    DECODE_LIMIT = "decode_limit"
    EXAMINER_LIMIT = "examiner_limit"
    ENCRYPTED = "encrypted"
    HYBRID_REFERENCES = "hybrid_references"
    HIDDEN_SIGNATURE = "hidden_signature"
    FIELD_SHAPE = "field_shape"
    FIELD_LOCK = "field_lock"
    SUB_FILTER = "sub_filter"
    CERTIFICATION = "certification"
    CATALOG = "catalog"
    ACTIVE_CONTENT = "active_content"
    EXTRA_ANNOTATION = "extra_annotation"
    TOO_MANY_OBJECTS = "too_many_objects"
    PAGES = "pages"
    ATTACHMENT = "attachment"
    ATTACHMENT_TOO_LARGE = "attachment_too_large"
    METADATA = "metadata"
    WRONG_ROLE = "wrong_role"
    CERTIFICATE_FORM = "certificate_form"
    TWO_ROOTS = "two_roots"


_INCOMPLETE = {Reason.SECOND_SIGNATURE_MISSING, Reason.SAME_KEY, Reason.SAME_PERSON}
_CHANGED = {
    Reason.EXTRA_BYTES,
    Reason.CUT_OFF,
    Reason.REVISION_COUNT,
    Reason.DIGEST_MISMATCH,
    Reason.SIGNATURE_BROKEN,
    Reason.NOT_WHOLE_FILE,
    Reason.CHANGED_AFTER_SIGNING,
}


def outcome_of(reasons: tuple[Reason, ...]) -> Outcome:
    """Refused before changed before incomplete (packet.md 9)."""
    if any(reason not in _INCOMPLETE | _CHANGED for reason in reasons):
        return Outcome.REFUSED
    if any(reason in _CHANGED for reason in reasons):
        return Outcome.CHANGED
    return Outcome.INCOMPLETE if reasons else Outcome.INTACT


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatureFacts:
    """One intact signature. `staff_role` and names are the certificate's words, `serial` is its number in hex;
    `stated_at` is the signer's own claim.

    `revoked_at` is set for a withdrawn key, also when it was withdrawn after the moment of judgement (still trusted).
    """

    field: str
    staff_role: str
    name: str
    organisation: str
    country: str
    cert_sha256: str
    key_sha256: str
    stated_at: datetime
    reason: str
    serial: str
    not_before: datetime
    not_after: datetime
    trust: Trust
    revoked_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """Everything the examiner can say without reading the JSON. Plain through `core.payload`.

    Facts other than `outcome`, `reasons`, `detail` and `sha256` are there only when every signature is intact.
    `attachment` is base64; its bytes are not parsed. `detail` names an exception's class, for reports of bugs.
    """

    outcome: Outcome
    reasons: tuple[Reason, ...]
    sha256: str
    detail: str = ""
    shape: Shape | None = None
    trust: Trust | None = None
    root_sha256: str = ""
    list_issued: datetime | None = None
    list_due: datetime | None = None
    signatures: tuple[SignatureFacts, ...] = ()
    title: str = ""
    pages: int = 0
    attachment_name: str = ""
    attachment: str = ""

    def __post_init__(self) -> None:
        if self.outcome is not outcome_of(self.reasons):
            raise FormatError(tr("The findings contradict themselves."))

    def attachment_bytes(self) -> bytes:
        """The embedded file as it was signed."""
        return unb64(self.attachment)


def stopped(sha256: str, *reasons: Reason, detail: str = "") -> Findings:
    """Findings of an examination that ended early."""
    return Findings(outcome=outcome_of(reasons), reasons=reasons, sha256=sha256, detail=detail)
