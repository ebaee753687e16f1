"""The slow parts of making a packet, with plain values in and out: laying out, signing, checking and sealing.

They hold no open desk, so that a window can do them beside its work. What goes before and after them: `service.py`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from rehabdesk import __version__
from rehabdesk.core.errors import SealBroken
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate_ltr, without_isolates
from rehabdesk.handover.checking.examination_service import PacketCheck
from rehabdesk.handover.checking.verdict_model import State
from rehabdesk.handover.content.packet_model import Handover
from rehabdesk.handover.file_index.file_index_model import FileEntry, index_name, with_index
from rehabdesk.handover.file_index.file_index_pdf import index_pages
from rehabdesk.handover.making.delivery_service import Delivered, deliver
from rehabdesk.handover.making.layout_service import lay_out
from rehabdesk.handover.pages.preview_pdf import bookmarks, page_count, page_png
from rehabdesk.handover.records_model import Issue, PacketDraft
from rehabdesk.seals import sealing as seals
from rehabdesk.seals.pdf_signature import SigningKey, certify, countersign

A4_INCHES = 8.27


@dataclass(frozen=True, slots=True, kw_only=True)
class ToLayOut:
    """A packet that is put together, but for its pages; number and time are taken.

    `entries`: what the file of the person holds, where the packet goes with a file index.
    """

    draft: PacketDraft
    made: Handover
    issue: Issue
    titles: Mapping[str, str]
    entries: tuple[FileEntry, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pages:
    """The pages as they will be signed: signing only adds to `prepared`. `json` lies inside.

    `index`: the pages of the file index whose sum `json` names.
    """

    of: ToLayOut
    packet: Handover
    json: bytes
    prepared: bytes
    index: bytes | None = None


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

    `beside`: name and bytes of what goes with it; `index`: the file index, sealed to the same keys.
    """

    pdf: bytes
    content: Handover
    folder: Path
    site_card: bytes
    site_digits: str
    at: datetime
    second_due: datetime | None = None
    beside: tuple[tuple[str, bytes], ...] = ()
    index: bytes | None = None


def lay(to: ToLayOut) -> Pages:
    """UserError if it cannot be printed or has over 200 pages."""
    made, index = to.made, None
    if to.entries is not None:
        index = index_pages(made, to.entries, version=__version__)
        made = with_index(made, index)
    laid = lay_out(made, version=__version__, item_titles=to.titles)
    return Pages(of=to, packet=laid.packet, json=laid.json, prepared=laid.prepared, index=index)


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
        beside=(*_sealed_index(sealing), *sealing.beside),
    )


def _sealed_index(sealing: Sealing) -> tuple[tuple[str, bytes], ...]:
    """The file index as it goes beside the packet, for who opens the packet and for nobody else."""
    if sealing.index is None:
        return ()
    recipients = [each.age for each in sealing.content.to.recipients if each.age is not None]
    return ((f"{index_name(sealing.content.packet.number)}.age", seals.seal(sealing.index, recipients)),)


def picture(pdf: bytes, page: int, width: int) -> bytes:
    """A page (from 0) as PNG, about `width` pixels wide. One at a time: the renderer is not made for threads."""
    return page_png(pdf, page, dpi=max(12, round(width / A4_INCHES)))


def count_pages(pdf: bytes) -> int:
    """How many pages the file has."""
    return page_count(pdf)


def section_pages(pdf: bytes) -> dict[str, int]:
    """On which page (from 0) each section begins, by its code."""
    found: dict[str, int] = {}
    for title, page in bookmarks(pdf):
        code = re.match(r"S[0-9]{1,2}\b", without_isolates(title))
        if code is not None:
            found.setdefault(code[0], page)
    return found
