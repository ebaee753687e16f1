"""A month of own work as screen and paper show it: titles, words and numbers. No name, no case, no day."""

from dataclasses import dataclass
from datetime import date, datetime

Line = tuple[str, int]
MonthPart = tuple[str, tuple[Line, ...]]
"""A title, and what is counted under it."""
SHOWN_FROM = 10
"""What others are given shows no smaller number (G34)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthPaper:
    """`staff` did the work; `recipient` is for whom it is printed. `training`: the people of the site are invented."""

    month: date
    parts: tuple[MonthPart, ...]
    staff: str
    recipient: str
    site: str
    at: datetime
    training: bool = False
