"""The card of a site or team on paper: whom it is of, its 24 digits to be read aloud, and the same as a QR code."""

from dataclasses import dataclass
from datetime import datetime

from rehabdesk.core.i18n import language, tr
from rehabdesk.core.text import isolate_ltr
from rehabdesk.handover.pages.words_pdf import day
from rehabdesk.handover.trust.digits_model import groups_of
from rehabdesk.paper.blocks import (
    Block,
    Bullets,
    Column,
    Gap,
    Heading,
    KeyValues,
    Paragraph,
    QrCode,
    Table,
)
from rehabdesk.paper.pages import PageFrame, build


@dataclass(frozen=True, slots=True, kw_only=True)
class CardSheet:
    """What stands on it. `facts`: more lines, as (caption, words)."""

    title: str
    name: str
    code: str
    phone: str
    facts: tuple[tuple[str, str], ...]
    digits: str
    qr: str
    at: datetime


def card_sheet(sheet: CardSheet) -> bytes:
    """One A4 page as PDF bytes. It holds no secret: it may hang on a wall."""
    frame = PageFrame(
        title=sheet.title,
        author=sheet.name,
        creator="RehabDesk",
        language=language() if language() in ("en", "fr", "ar") else "en",
        issued=sheet.at,
        heading=sheet.name,
        watermark="",
        foot=tr("These digits are no secret. They count when they are compared by voice."),
        page_words=tr("Page {page} of {pages}"),
    )
    return build(frame, _blocks(sheet)).pdf


def _blocks(sheet: CardSheet) -> list[Block]:
    groups = groups_of(sheet.digits)
    columns = tuple(Column(title=str(place)) for place in range(1, len(groups) + 1))
    rows = (
        (tr("Name"), sheet.name),
        (tr("Code"), isolate_ltr(sheet.code)),
        (tr("Phone"), isolate_ltr(sheet.phone)),
        *sheet.facts,
        (tr("Printed"), day(sheet.at.astimezone().date())),
    )
    return [
        Heading(text=sheet.title),
        KeyValues(rows=rows),
        Gap(height=10),
        Heading(text=tr("The 24 digits"), level=2),
        Table(columns=columns, rows=(groups,), size=20),
        Gap(height=10),
        QrCode(text=sheet.qr, size=150),
        Gap(height=10),
        Paragraph(words=tr("Before this card is used:"), bold=True),
        Bullets(
            items=(
                tr("Meet, or call a number that you already knew. Do not take the number from this sheet."),
                tr("One side reads the six groups aloud; the other compares them with its own screen, group by group."),
                tr("Then the other way round. Write down who compared with whom, when and how."),
                tr("If one group differs, use nothing and ask for the card again."),
            )
        ),
    ]
