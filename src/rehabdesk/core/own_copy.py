"""For whom a paper is made that the person it is about keeps, by which site, when, and whom to ask about it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Form(StrEnum):
    """How the pages come; the small ones have a neutral cover."""

    A4 = "a4"
    A5 = "a5"
    BOOKLET = "booklet"  # A5, two side by side on A4, to be folded


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnCopy:
    """`recipient`: the person, as known on the desk. `officer` may be empty. `training`: the people are invented."""

    recipient: str
    site: str
    phone: str
    at: datetime
    officer: str = ""
    training: bool = False
