"""The slow parts of making a packet, with plain values in and out: laying out, signing, checking and sealing.

They hold no open desk, so that a window can do them beside its work. What goes before and after them: `service.py`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from rehabdesk import __version__
from rehabdesk.core.errors import SealBroken
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate_ltr
from rehabdesk.handover.delivery_service import Delivered, deliver
from rehabdesk.handover.examination_service import PacketCheck
from rehabdesk.handover.layout_service import lay_out
from rehabdesk.handover.packet_model import Handover
from rehabdesk.handover.preview_pdf import page_count, page_png
from rehabdesk.handover.records_model import Issue, PacketDraft
from rehabdesk.handover.verdict_model import State
from rehabdesk.seals.pdf_signature import SigningKey, certify, countersign

A4_INCHES = 8.27


@dataclass(frozen=True, slots=True, kw_only=True)
class ToLayOut:
    """A packet that is put together, but for its pages; number and time are taken."""

    draft: PacketDraft
    made: Handover
    issue: Issue
    titles: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pages:
    """The pages as they will be signed: signing only adds to `prepared`. `json` lies inside."""

    of: ToLayOut
    packet: Handover
    json: bytes
    prepared: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Signing:
    """A signature that was allowed and is still to be made on `pdf`; `second` is the supervisor's."""

    pdf: bytes
    key: SigningKey
    stamp: bytes
    at: datetime
    second: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealing:
    """A packet that may be sealed, and where the file goes. `second_due`: of an Express packet with one signature.

    `beside`: name and bytes of what goes with it.
    """

    pdf: bytes
    content: Handover
    folder: Path
    site_card: bytes
    site_digits: str
    at: datetime
    second_due: datetime | None = None
    beside: tuple[tuple[str, bytes], ...] = ()


def lay(to: ToLayOut) -> Pages:
    """UserError if it cannot be printed or has over 200 pages."""
    laid = lay_out(to.made, version=__version__, item_titles=to.titles)
    return Pages(of=to, packet=laid.packet, json=laid.json, prepared=laid.prepared)


def sign(signing: Signing) -> bytes:
    """The signed bytes; they begin with the bytes that were there."""
    make = countersign if signing.second else certify
    return make(signing.pdf, key=signing.key, stamp=signing.stamp, at=signing.at)


def seal(sealing: Sealing) -> Delivered:
    """Checks as strictly as the receiver will, seals, writes and reads back.

    SealBroken if it is not called genuine, or an Express packet with one signature not exactly that.
    """
    checked = PacketCheck([sealing.site_card]).check(sealing.pdf, moment=sealing.at)
    wanted = State.GENUINE if sealing.second_due is None else State.EXPRESS_PENDING
    if checked.verdict.state is not wanted:
        sentence = tr("Our own check does not call this packet genuine ({reasons}). It was not sealed.")
        raise SealBroken(sentence.format(reasons=isolate_ltr(", ".join(checked.verdict.reasons))))
    return deliver(
        sealing.pdf,
        sealing.content,
        sealing.folder,
        site_digits=sealing.site_digits,
        second_due=sealing.second_due,
        beside=sealing.beside,
    )


def picture(pdf: bytes, page: int, width: int) -> bytes:
    """A page (from 0) as PNG, about `width` pixels wide. One at a time: the renderer is not made for threads."""
    return page_png(pdf, page, dpi=max(12, round(width / A4_INCHES)))


def count_pages(pdf: bytes) -> int:
    """How many pages the file has."""
    return page_count(pdf)
