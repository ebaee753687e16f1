"""The chaplain's month and promises: what is counted without persons, and what was promised to one (domain.md 7.3)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr

FORM = "chaplain_engagement"
KIND, TRADITION, NEEDS, THEMES = "cha.C1", "cha.C3", "cha.C4", "cha.C5"
FOLLOW_UP, FOLLOW_UP_ON, REMINDER, CONCERN = "cha.C6", "cha.C6.date", "cha.C7", "cha.C8"
WORSHIP, CONFIDENTIAL = "worship", "confidential_encounter"
"""Kinds of contact that never stand in the record of a person from the contact log."""
MATERIALS = "books"
"""The need that counts as materials asked for."""
DECLINED = "declined"
SHOWN_FROM = 10
"""Counts below this are not shown to others than their author (G34)."""
MOST_AT_WORSHIP = 5_000


class Gathering(StrEnum):
    """What a number without names is counted of."""

    WORSHIP = "worship"


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupCount:
    """How many came, in a month (`YYYY-MM`). No person, no day, no text field exists."""

    what: Gathering
    month: str
    number: int

    def __post_init__(self) -> None:
        if not 1 <= self.number <= MOST_AT_WORSHIP:
            raise UserError(
                tr("How many came is a whole number from {least} to {most}.").format(least=1, most=MOST_AT_WORSHIP),
                field="number",
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpMark:
    """A promise was kept, or the tick was taken back."""

    note: str
    done: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """Something that this chaplain promised to a person. `on`: until when, if a day was given."""

    note: str
    person_id: str
    words: str
    on: date | None
    done: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthSheet:
    """A chaplain's own month in numbers, without persons. `kinds` and `needs` count contacts by code of the form.

    `encounters` and `worship` are those of the whole chaplaincy: nothing says whose they were.
    `worship` is how many came, in `gatherings` gatherings.
    """

    month: str
    contacts: int = 0
    declined: int = 0
    kinds: Mapping[str, int] = field(default_factory=dict)
    needs: Mapping[str, int] = field(default_factory=dict)
    encounters: int = 0
    gatherings: int = 0
    worship: int = 0

    @property
    def materials(self) -> int:
        """How often materials were asked for."""
        return self.needs.get(MATERIALS, 0)

    @property
    def empty(self) -> bool:
        return not (self.contacts or self.encounters or self.gatherings)
