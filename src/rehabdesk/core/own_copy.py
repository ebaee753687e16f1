"""For whom a paper is made that the person it is about keeps, by which site, when, and whom to ask about it."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnCopy:
    """`recipient`: the person, as known on the desk. `officer` may be empty. `training`: the people are invented."""

    recipient: str
    site: str
    phone: str
    at: datetime
    officer: str = ""
    training: bool = False
