"""The pages of the demo's packet in each language as pictures: letters, order, brackets, columns, edges."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rehabdesk import __version__
from rehabdesk.core.i18n import LANGUAGES
from rehabdesk.handover.collect_service import item_titles
from rehabdesk.handover.examination_service import PacketCheck
from rehabdesk.handover.layout_service import lay_out
from rehabdesk.handover.preview_pdf import page_count, page_png
from rehabdesk.readiness.template_service import load_templates

DPI = 100


def packet_pages(demo: Mapping[str, Any], folder: Path) -> int:
    """Writes them into `folder`, one folder a language; gives how many pictures they are."""
    check = PacketCheck([Path(demo["site_card"]).read_bytes()])
    identity = Path(demo["team_identity"]).read_text("ascii").strip()
    sealed = Path(demo["packet"]["file"]).read_bytes()
    packet = check.check(sealed, moment=datetime.now(UTC), identity=identity).packet
    if packet is None:
        raise ValueError("the demo's packet cannot be shown")
    titles, count = item_titles(load_templates()), 0
    for language in LANGUAGES:
        spoken = replace(packet, packet=replace(packet.packet, languages=(language,)))
        pages = lay_out(spoken, version=__version__, item_titles=titles).prepared
        target = folder / f"packet-{language}"
        target.mkdir(parents=True, exist_ok=True)
        for page in range(page_count(pages)):
            (target / f"{page + 1:02}.png").write_bytes(page_png(pages, page, dpi=DPI))
            count += 1
    return count
