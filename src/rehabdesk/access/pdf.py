"""The recovery card on paper: handed to one person, kept in an envelope, never in the computer."""

from collections.abc import Sequence
from datetime import datetime

from rehabdesk.core.i18n import language, tr
from rehabdesk.paper.blocks import Block, Bullets, Heading, Paragraph, Table
from rehabdesk.paper.blocks import Column as PaperColumn
from rehabdesk.paper.pages import PageFrame, build

GROUP = 4


def groups_of(characters: str) -> tuple[str, ...]:
    """The characters of a card in groups of four, as they are printed and typed back."""
    return tuple(characters[start : start + GROUP] for start in range(0, len(characters), GROUP))


def recovery_card(characters: str, *, sign_in: str, site: str, at: datetime) -> bytes:
    """One A4 page as PDF bytes. Neither name nor role of the person stands on it."""
    frame = PageFrame(
        title=tr("Recovery card"),
        author=site,
        creator="RehabDesk",
        language=language() if language() in ("en", "fr", "ar") else "en",
        issued=at,
        heading=site,
        watermark="",
        foot=tr("Keep it in a closed envelope, away from the computer."),
        page_words=tr("Page {page} of {pages}"),
    )
    return build(frame, _blocks(groups_of(characters), sign_in)).pdf


def _blocks(groups: Sequence[str], sign_in: str) -> list[Block]:
    rows = tuple((str(number), group) for number, group in enumerate(groups, 1))
    return [
        Heading(text=tr("Recovery card")),
        Paragraph(words=tr("Sign-in name: {name}").format(name=sign_in)),
        Paragraph(words=tr("Whoever holds this card can read everything that you can read.")),
        Table(columns=(PaperColumn(title=tr("Group")), PaperColumn(title=tr("Characters"), share=3)), rows=rows),
        Bullets(
            items=(
                tr("Use it on the lock page: Forgot passphrase."),
                tr("After use, print a new one: this card then opens nothing any more."),
                tr("If it is lost, print a new one at once."),
            )
        ),
    ]
