"""Whether a first contact followed in time after packets went out: one number of the whole site, or no number."""

from PySide6.QtWidgets import QWidget

from rehabdesk.core.i18n import ntr, tr
from rehabdesk.handover.after.continuity_model import FIRST_CONTACT_DAYS, Continuity
from rehabdesk.ui.kit import Kit


def continuity_card(kit: Kit, found: Continuity | None) -> QWidget:
    """A statistic: it leads to nobody, and says no number below ten (G34)."""
    title = tr("First contact outside")
    if found is None:
        nothing = tr("Too few records to show without pointing at someone.")
        return kit.card(title, kit.label(nothing, tone="muted", wrap=True), gap=2)
    words = ntr("within {count} day after the packet", "within {count} days after the packet", FIRST_CONTACT_DAYS)
    said = tr("{number} of {all} answered packets").format(number=found.in_time, all=found.answered)
    about = kit.label(words.format(count=found.within_days), "small", tone="muted", wrap=True)
    return kit.card(title, kit.label(said, "strong", wrap=True), about, gap=1)
