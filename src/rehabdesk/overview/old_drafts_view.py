"""On a supervisor's day: how many drafts of whom wait longer than 72 hours. A number each, and no word of them."""

from collections.abc import Sequence

from rehabdesk.core.i18n import ntr, tr
from rehabdesk.core.text import isolate
from rehabdesk.ui.kit import STRETCH, Kit
from rehabdesk.ui.plain_kit import Card


def old_drafts_card(kit: Kit, counts: Sequence[tuple[str, int]]) -> Card:
    """`counts`: name of a member and how many."""
    words = tr(
        "Notes, minutes, plans and reviews that were begun and not finished. What they say is their authors' own."
    )
    said = kit.label(words, "small", tone="muted", wrap=True)
    rows = [
        kit.box(
            kit.row(
                (kit.label(isolate(name), wrap=True), 1),
                kit.label(ntr("{count} draft", "{count} drafts", count), "strong"),
                gap=3,
            )
        )
        for name, count in counts
    ]
    if not rows:
        rows = [kit.box(kit.row(kit.label(tr("No draft waits that long."), tone="muted"), STRETCH))]
    return kit.card(tr("Drafts older than 72 hours"), said, *rows, gap=2)
