"""The demo's own words that packets are checked for: invented labels of the region, in three languages."""

from rehabdesk.access.service import Desk
from rehabdesk.handover.collecting.site_words_service import CheckWords


def add_words(desk: Desk) -> None:
    """By the administrator."""
    CheckWords(desk).keep({"en": "katiba\nblack flag", "fr": "katiba\ndrapeau noir", "ar": "كتيبة\nراية سوداء"})
