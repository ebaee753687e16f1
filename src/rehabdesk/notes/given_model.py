"""What of the notes a person, or a chaplain with the person's consent, gave away: the own page, contributions."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from rehabdesk.notes.chaplaincy.contribution_model import Audience


class HowMade(StrEnum):
    """How an own page came about (voi.V8)."""

    WROTE = "wrote"
    SAID = "said"
    DREW = "drew"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnPage:
    """The person's own page as it was signed. `words`: by code, V1 to V7. `read_back` counts where it was said."""

    on: date
    made: HowMade
    words: Mapping[str, str]
    may_be_shared: bool
    read_back: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenContribution:
    """A chaplain's contribution whose wording the person heard and agreed to. `leader`: the faith leader it is for."""

    on: date
    words: str
    audience: Audience
    leader: str = ""
