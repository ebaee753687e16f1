"""Child B's part in lists, receipts and feedback: what a signed file of these kinds says, and whose word it is.

The plain form is read here too, so that everything foreign is looked at in one limited process (packet.md 8.1).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from rehabdesk.core.canon import b64
from rehabdesk.core.errors import FormatError, SealBroken
from rehabdesk.core.i18n import tr
from rehabdesk.handover.after.feedback_form_model import looks_like_form, read_form
from rehabdesk.handover.after.feedback_model import FEEDBACK_FORMAT
from rehabdesk.handover.after.receipt_model import RECEIPT_FORMAT
from rehabdesk.handover.after.status_list_model import STATUS_FORMAT, list_problems
from rehabdesk.handover.checking.brought_model import BroughtKind
from rehabdesk.handover.wire import decode_feedback, decode_receipt, decode_status_list
from rehabdesk.seals import certificates
from rehabdesk.seals.cards import MOST_CARD_BYTES, MOST_LIST_BYTES, CardFindings, examine_card

DER = b"\x30"
_FORMATS: Mapping[BroughtKind, str] = {
    BroughtKind.STATUS_LIST: STATUS_FORMAT,
    BroughtKind.RECEIPT: RECEIPT_FORMAT,
    BroughtKind.FEEDBACK: FEEDBACK_FORMAT,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PinnedRoot:
    """Root and list of withdrawn keys (DER) of a site that somebody vouches for."""

    root: bytes
    crl: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadFile:
    """What is answered about one file. `content`: what was signed, or the form, in base64; `standing`: as `Trust`.

    `problem` is the code of what is wrong with it, `sentence` says it.
    """

    kind: str = ""
    content: str = ""
    name: str = ""
    cert_sha256: str = ""
    root_sha256: str = ""
    standing: str = ""
    problem: str = ""
    sentence: str = ""


def read_file(raw: bytes, pinned: Sequence[PinnedRoot], moment: datetime) -> ReadFile | None:
    """None where the file is of none of these kinds."""
    try:
        if not raw.startswith(DER):
            return _read_form(raw) if looks_like_form(raw) else None
        return _read_signed(raw, pinned, moment)
    except SealBroken as problem:
        return ReadFile(problem="card_broken", sentence=problem.sentence)
    except FormatError as problem:
        return ReadFile(problem=problem.code, sentence=problem.sentence)


def _read_form(raw: bytes) -> ReadFile:
    read_form(raw)
    return ReadFile(kind=BroughtKind.FORM.value, content=b64(raw))


def _read_signed(raw: bytes, pinned: Sequence[PinnedRoot], moment: datetime) -> ReadFile | None:
    found = examine_card(
        raw,
        roots=tuple(each.root for each in pinned),
        crls=tuple(each.crl for each in pinned),
        moment=moment,
        most_bytes=MOST_LIST_BYTES,
    )
    kind = _kind(found.content_bytes())
    if kind is None:
        return None
    if len(raw) > (MOST_LIST_BYTES if kind is BroughtKind.STATUS_LIST else MOST_CARD_BYTES):
        raise FormatError(tr("The file is larger than allowed."), code="too_large")
    _CHECKS[kind](found)
    return ReadFile(
        kind=kind.value,
        content=found.content,
        name=found.signer_name,
        cert_sha256=found.signer_sha256,
        root_sha256=found.root_sha256,
        standing=found.trust.value,
    )


def _kind(content: bytes) -> BroughtKind | None:
    """By the format that it names; the decoder then holds it to that."""
    return next((kind for kind, name in _FORMATS.items() if f'"format":"{name}"'.encode() in content), None)


def _check_list(found: CardFindings) -> None:
    made = decode_status_list(found.content_bytes()).value
    if found.self_signed or found.signer_role != certificates.CARD_ROLE:
        raise SealBroken(tr("The status list is not signed by a site's card key. Ask the site for a new one."))
    if problems := list_problems(made):
        raise FormatError(tr("The status list contradicts itself. Ask the site for a new one."), code=problems[0])


def _check_receipt(found: CardFindings) -> None:
    decode_receipt(found.content_bytes())
    _require_own_key(found)


def _check_feedback(found: CardFindings) -> None:
    decode_feedback(found.content_bytes())
    _require_own_key(found)


def _require_own_key(found: CardFindings) -> None:
    """A team signs with the key of its card, which nobody issued to it."""
    if not found.self_signed:
        raise SealBroken(tr("It is not signed by a team's own key. Ask the team for it again."))


_CHECKS: Mapping[BroughtKind, Callable[[CardFindings], None]] = {
    BroughtKind.STATUS_LIST: _check_list,
    BroughtKind.RECEIPT: _check_receipt,
    BroughtKind.FEEDBACK: _check_feedback,
}
