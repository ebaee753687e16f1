"""A psychologist's public key on paper, for clinicians elsewhere: it opens nothing, and names nobody in care."""

from datetime import datetime

from rehabdesk.core.i18n import language, tr
from rehabdesk.core.settings import SiteSettings
from rehabdesk.core.text import isolate, isolate_ltr
from rehabdesk.handover.annex.clinician_model import groups_of_key
from rehabdesk.paper.blocks import Block, Bullets, Heading, KeyValues, Paragraph, QrCode, bold
from rehabdesk.paper.pages import PageFrame, build

_A_LINE = 8


def key_card(key: str, *, digits: str, name: str, site: SiteSettings, at: datetime) -> bytes:
    """One A4 page as PDF bytes."""
    frame = PageFrame(
        title=tr("Key for clinical annexes"),
        author=site.name,
        creator="RehabDesk",
        language=language() if language() in ("en", "fr", "ar") else "en",
        issued=at,
        heading=site.name,
        watermark="",
        foot=tr("The key opens nothing. Compare it by telephone before anything is sealed to it."),
        page_words=tr("Page {page} of {pages}"),
    )
    return build(frame, _blocks(key, digits, name, site)).pdf


def _blocks(key: str, digits: str, name: str, site: SiteSettings) -> list[Block]:
    groups = groups_of_key(key)
    lines = [" ".join(groups[start : start + _A_LINE]) for start in range(0, len(groups), _A_LINE)]
    return [
        Heading(text=tr("Key for clinical annexes")),
        KeyValues(
            rows=(
                (tr("Of"), (bold(isolate(name)),)),
                (tr("At"), isolate(site.name)),
                (tr("Phone"), isolate_ltr(site.phone)),
                (tr("24 digits"), (bold(isolate_ltr(digits)),)),
            )
        ),
        Paragraph(words=tr("The key, in groups of four, to be read aloud:"), space_before=8),
        *[Paragraph(words=(bold(isolate_ltr(line)),), size=13, leading=20) for line in lines],
        QrCode(text=key.upper()),
        Bullets(
            items=(
                tr("Call a number that you already know. Read the digits or the key to each other, group by group."),
                tr("An annex that is sealed to this key is opened by this clinician alone."),
                tr("When the key is lost, its holder hands out a new one, which is compared again."),
            )
        ),
    ]
