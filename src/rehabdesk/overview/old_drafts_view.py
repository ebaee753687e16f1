"""For a supervisor: how many drafts wait longer than 72 hours. One number of all authors, and no word of any draft."""

from rehabdesk.core.i18n import ntr, tr
from rehabdesk.ui.kit import Kit
from rehabdesk.ui.plain_kit import Card


def old_drafts_card(kit: Kit, count: int) -> Card:
    """domain.md 6.2: a count only. Whose they are each author sees on the own day."""
    title = tr("Drafts older than 72 hours")
    number = kit.label(ntr("{count} draft", "{count} drafts", count), "strong")
    if not count:
        number = kit.label(tr("No draft waits that long."), tone="muted", wrap=True)
    words = tr("Of all kinds and all authors together. Each author sees the own ones on My day, and nobody else does.")
    return kit.card(title, number, kit.label(words, "small", tone="muted", wrap=True), gap=2)
