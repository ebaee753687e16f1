"""The recovery card as paper and as groups, for the wizard and for the settings page."""

from datetime import datetime

from rehabdesk.access.pdf import groups_of, recovery_card
from rehabdesk.access.setup_service import Card

__all__ = ["card_paper", "groups_of"]


def card_paper(card: Card, *, site: str, at: datetime) -> bytes:
    """The card as PDF bytes."""
    return recovery_card(card.characters, sign_in=card.sign_in, site=site, at=at)
