"""A packet's signed ranges by own arithmetic on the bytes alone, before any PDF parser (packet.md 8.1, point 4)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import sha256

from rehabdesk.core.errors import FormatError
from rehabdesk.seals.container import HEX_DIGITS, Container, open_container
from rehabdesk.seals.findings import Reason

MOST_PDF_BYTES = 20 << 20
_HEADERS = (b"%PDF-1.7\n", b"%PDF-2.0\n")
_END = b"\n%%EOF\n"
_BYTE_RANGE = re.compile(rb"/ByteRange \[0 ([1-9][0-9]{0,8}) ([1-9][0-9]{0,8}) ([1-9][0-9]{0,8})\]")
_MOST_SIGNATURES = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedRange:
    """Bytes 0 to `gap_start` and `gap_end` to `end` are signed; the container's hex string is between."""

    gap_start: int
    gap_end: int
    end: int


def find_ranges(pdf: bytes) -> tuple[tuple[SignedRange, ...], tuple[Reason, ...]]:
    """Every signed range in file order, and what is wrong with them as a whole."""
    if len(pdf) > MOST_PDF_BYTES:
        return (), (Reason.TOO_LARGE,)
    if not pdf.startswith(_HEADERS):
        return (), (Reason.NOT_A_PDF,)
    ranges = tuple(_range(match) for match in _BYTE_RANGE.finditer(pdf))
    named = pdf.count(b"/ByteRange")
    if not named:
        return (), (Reason.NO_SIGNATURE,)
    if len(ranges) != named:
        return (), (Reason.BYTE_RANGE,)
    if len(ranges) > _MOST_SIGNATURES:
        return (), (Reason.REVISION_COUNT,)
    return ranges, _problems(pdf, ranges)


def open_containers(
    pdf: bytes, ranges: tuple[SignedRange, ...], roots: tuple[bytes, ...]
) -> tuple[tuple[Container, ...], tuple[Reason, ...]]:
    """The rebuilt container of every range, with digest and signature checked by ourselves."""
    containers = []
    reasons = []
    for each in ranges:
        try:
            container = open_container(pdf[each.gap_start + 1 : each.gap_end - 1], roots)
            holds = container.signature_holds()
        except FormatError:
            reasons.append(Reason.CONTAINER_NOT_REBUILT)
            continue
        if container.message_digest != _digest(pdf, each):
            reasons.append(Reason.DIGEST_MISMATCH)
        if not holds:
            reasons.append(Reason.SIGNATURE_BROKEN)
        containers.append(container)
    return tuple(containers), tuple(dict.fromkeys(reasons))


def _range(match: re.Match[bytes]) -> SignedRange:
    gap_start, gap_end, rest = (int(number) for number in match.groups())
    return SignedRange(gap_start=gap_start, gap_end=gap_end, end=gap_end + rest)


def _problems(pdf: bytes, ranges: tuple[SignedRange, ...]) -> tuple[Reason, ...]:
    reasons = []
    before = 0
    for each in ranges:
        gap = pdf[each.gap_start : each.gap_end]
        if each.end > len(pdf):
            reasons.append(Reason.CUT_OFF)
        elif not (
            before < each.gap_start < each.gap_end < each.end
            and len(gap) == HEX_DIGITS + 2
            and gap[:1] == b"<"
            and gap[-1:] == b">"
            and pdf.endswith(_END, 0, each.end)
        ):
            reasons.append(Reason.BYTE_RANGE)
        before = each.end
    if before < len(pdf):
        reasons.append(Reason.EXTRA_BYTES)
    return tuple(dict.fromkeys(reasons))


def _digest(pdf: bytes, signed: SignedRange) -> bytes:
    digest = sha256(memoryview(pdf)[: signed.gap_start])
    digest.update(memoryview(pdf)[signed.gap_end : signed.end])
    return digest.digest()
