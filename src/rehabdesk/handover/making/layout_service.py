"""Pages, JSON and paper code of one packet, made to agree: two layouts, as the JSON counts the pages."""

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace

from rehabdesk.core.canon import digits24
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.handover.content.packet_model import Handover, document_title
from rehabdesk.handover.pages.cover_pdf import PaperCode
from rehabdesk.handover.pdf import Layout, Pages
from rehabdesk.handover.wire import encode
from rehabdesk.seals.pdf_preparation import Box, Description, prepare

_MOST_PAGES = 200
_NO_DIGITS = PaperCode(digits="0000-0000-0000-0000-0000-0000", qr="RDP1/" + "0" * 66)


@dataclass(frozen=True, slots=True, kw_only=True)
class LaidOut:
    """A packet that is ready to sign: `packet` with its number of pages, the canonical JSON, and the prepared PDF."""

    packet: Handover
    json: bytes
    prepared: bytes
    pages: Pages


def lay_out(packet: Handover, *, version: str, item_titles: Mapping[str, str] | None = None) -> LaidOut:
    """Lays `packet` out twice and puts the JSON inside. UserError if it cannot be printed or has over 200 pages."""
    encode(replace(packet, packet=replace(packet.packet, pages=1)))  # what no packet holds is refused before its pages
    layout = Layout(version=version, item_titles=item_titles or {})
    count = layout.count(packet, _NO_DIGITS)
    if count > _MOST_PAGES:
        raise UserError(tr("The packet would have more than 200 pages. Shorten it."))
    counted = replace(packet, packet=replace(packet.packet, pages=count))
    json = encode(counted)
    pages = layout.pages(counted, paper_code_of(counted, json))
    if pages.count != count:
        raise ValueError("the two layouts differ")  # a bug of ours: codes have a fixed width
    prepared = prepare(
        pages.pdf,
        attachment=json,
        attachment_name="handover.json",
        attachment_note="The same content for machines",
        description=Description(
            title=document_title(counted.packet),
            author=counted.site.name,
            creator=f"RehabDesk {version}",
            language=counted.packet.languages[0],
            issued=counted.packet.issued,
        ),
        author_box=_author_box(pages),
        supervisor_box=_supervisor_box(pages),
    )
    return LaidOut(packet=counted, json=json, prepared=prepared, pages=pages)


def paper_code_of(packet: Handover, json: bytes) -> PaperCode:
    """The 24 digits and the QR text: no name, date of birth or risk word (packet.md 3.3)."""
    head = packet.packet
    part = base64.b32encode(hashlib.sha256(json).digest()[:16]).decode("ascii").rstrip("=")
    fields = (
        "RDP1",
        head.number.replace("-", ""),
        f"{head.issued:%Y%m%d}",
        part,
        packet.site.root_sha256[:12].upper(),
    )
    return PaperCode(digits=digits24(json), qr="/".join(fields))


def _author_box(pages: Pages) -> Box:
    area = pages.author
    return _box(area.page, area.left, area.bottom, area.right, area.top)


def _supervisor_box(pages: Pages) -> Box:
    area = pages.supervisor
    return _box(area.page, area.left, area.bottom, area.right, area.top)


def _box(page: int, left: float, bottom: float, right: float, top: float) -> Box:
    return Box(page=page, left=round(left), bottom=round(bottom), right=round(right), top=round(top))
