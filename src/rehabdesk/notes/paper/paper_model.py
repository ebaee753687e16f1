"""What becomes of the paper on which a note was first written (domain.md 14.15)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from rehabdesk.core.canon import Json
from rehabdesk.core.payload import from_payload

MADE_FROM = "hdr.10"
"""The field of the header that says what an entry was made from."""
PAPER = "paper"
"""Its answer for a paper form."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperDestroyed:
    """The paper form of a note is no more: its author destroyed it on that day, after the note was signed."""

    note: str
    on: date


def paper_destroyed_from(payload: Mapping[str, Json]) -> PaperDestroyed:
    return from_payload(PaperDestroyed, payload)
