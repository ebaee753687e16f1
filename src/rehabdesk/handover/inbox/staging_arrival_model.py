"""What is typed where somebody comes into the register from a packet, and what is offered to choose from."""

from dataclasses import dataclass
from datetime import date

Option = tuple[str, str]
"""Code and words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedArrival:
    """Codes as the lists give them; `on` is the day of arrival. Who is here again has no number and name typed."""

    stage: str
    on: date
    source: str
    unit: str = ""
    planned_release: date | None = None
    case_ref: str = ""
    display_alias: str = ""
    sex: str = ""
    age_regime: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferedArrival:
    """What is filled in beforehand from the packet, and the lists. Everything can be changed."""

    case_ref: str
    display_alias: str
    age_regime: str
    sex: str
    source: str
    planned_release: date | None
    sexes: tuple[Option, ...]
    ages: tuple[Option, ...]
    stages: tuple[Option, ...]
    sources: tuple[Option, ...]
