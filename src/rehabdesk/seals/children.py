"""What the two limited child processes read and answer (packet.md 8.1): A opens the seal and has the key, B examines.

Plain functions from bytes to bytes; who starts them, and what B adds about the JSON, is not decided here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from rehabdesk.core import canon
from rehabdesk.core.canon import Json, b64, unb64
from rehabdesk.core.clock import parse_stamp, stamp
from rehabdesk.core.errors import FormatError, NoKey, SealBroken
from rehabdesk.core.i18n import tr
from rehabdesk.core.payload import from_payload, to_payload
from rehabdesk.core.process import ChildLimits, Ended, own_command, run_limited
from rehabdesk.seals import sealing
from rehabdesk.seals.examiner import examine
from rehabdesk.seals.findings import Findings, Reason, stopped
from rehabdesk.seals.raw_scan import MOST_PDF_BYTES

OPENER_COMMAND = "_open"
OPENER_LIMITS = ChildLimits(output_bytes=MOST_PDF_BYTES + 1024)
LINE_LIMITS = canon.Limits(max_bytes=6 << 20, max_depth=12)
_MOST_HEAD_BYTES = 32 << 20  # pinned roots and lists, our own data
_HEAD_LIMITS = canon.Limits(max_bytes=_MOST_HEAD_BYTES, max_depth=4)
_OPENED, _NO_KEY, _DAMAGED, _REFUSED = "opened", "no_key", "damaged", "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExaminationRequest:
    """What child B needs to know; arguments as for `examiner.examine`. No secret."""

    pdf: bytes
    roots: tuple[bytes, ...]
    crls: tuple[bytes, ...]
    moment: datetime

    def to_bytes(self) -> bytes:
        """One line of JSON, then the PDF as it is."""
        head: dict[str, Json] = {
            "roots": [b64(each) for each in self.roots],
            "crls": [b64(each) for each in self.crls],
            "moment": stamp(self.moment),
        }
        return canon.dump(head) + b"\n" + self.pdf

    @classmethod
    def from_bytes(cls, raw: bytes) -> ExaminationRequest:
        """What `to_bytes` wrote."""
        head, pdf = _split(raw)
        roots, crls, moment = head.get("roots"), head.get("crls"), head.get("moment")
        if not (isinstance(roots, list) and isinstance(crls, list) and isinstance(moment, str)):
            raise FormatError(tr("The request is not of the form that RehabDesk writes."))
        return cls(
            pdf=pdf,
            roots=tuple(unb64(each) for each in roots),
            crls=tuple(unb64(each) for each in crls),
            moment=parse_stamp(moment),
        )


def examiner_child(request: bytes) -> bytes:
    """Child B without the JSON checks: the findings as one line."""
    asked = ExaminationRequest.from_bytes(request)
    return findings_line(examine(asked.pdf, roots=asked.roots, crls=asked.crls, moment=asked.moment))


def findings_line(findings: Findings) -> bytes:
    """Findings as one line of JSON."""
    return canon.dump(to_payload(findings)) + b"\n"


def read_findings(line: bytes) -> Findings:
    """What `findings_line` wrote. FormatError for anything else: a child that was taken over may answer anything."""
    return from_payload(Findings, canon.parse_object(line.removesuffix(b"\n"), LINE_LIMITS))


def over_the_limit(pdf: bytes) -> Findings:
    """The findings when child B was too slow, too large, crashed or answered nonsense."""
    return stopped(canon.sha256_hex(pdf), Reason.EXAMINER_LIMIT)


def open_in_child(sealed: bytes, identity: str) -> bytes:
    """`sealing.open_sealed` in a child of its own; also refuses what is not a PDF inside. Errors as there."""
    if len(sealed) > sealing.MOST_SEALED_BYTES:
        raise FormatError(tr("The sealed file is larger than allowed."))
    result = run_limited(own_command(OPENER_COMMAND), opening_request(sealed, identity), OPENER_LIMITS)
    if result.ended is not Ended.FINISHED:
        raise FormatError(tr("The sealed file could not be opened within the allowed time and memory."))
    return read_opened(result.output)


def opening_request(sealed: bytes, identity: str) -> bytes:
    """What child A reads. Holds the secret key: never anywhere but in the pipe to the child."""
    return canon.dump({"identity": identity}) + b"\n" + sealed


def opener_child(request: bytes) -> bytes:
    """Child A: one line that says how it went, then the PDF if it opened. It parses no PDF."""
    head, sealed = _split(request)
    try:
        opened = sealing.open_sealed(sealed, str(head.get("identity")))
    except NoKey:
        return _opening(_NO_KEY)
    except SealBroken:
        return _opening(_DAMAGED)
    except FormatError:
        return _opening(_REFUSED)
    if not opened.startswith(b"%PDF-") or len(opened) > MOST_PDF_BYTES:
        return _opening(_REFUSED)
    return _opening(_OPENED, opened)


def read_opened(answer: bytes) -> bytes:
    """The PDF in the answer of child A. NoKey, SealBroken or FormatError as `sealing.open_sealed`."""
    head, opened = _split(answer)
    state = head.get("state")
    if state == _OPENED:
        return opened
    if state == _NO_KEY:
        raise NoKey(tr("We cannot open it with this team's key."))
    if state == _DAMAGED:
        raise SealBroken(tr("The seal is damaged: the file was changed or cut off on its way."))
    raise FormatError(tr("This is not a sealed packet that RehabDesk opens."))


def _opening(state: str, opened: bytes = b"") -> bytes:
    return canon.dump({"state": state}) + b"\n" + opened


def _split(raw: bytes) -> tuple[dict[str, Json], bytes]:
    head, line_end, rest = raw.partition(b"\n")
    if not line_end:
        raise FormatError(tr("The request is not of the form that RehabDesk writes."))
    return canon.parse_object(head, _HEAD_LIMITS), rest
