"""Around children and at other levels than the register's: counts by age band, protected notes, clinical needs.

Where it lies (G27, G28, domain.md 3): counts by band are COR, because everybody who prepares a release must know that
children depend on the person; whatever is said about a child, and whether the person was recruited as one, is TPP;
what a psychologist knows of a disability is CLI, and only its practical side is lowered to the team.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import require_text

MOST_CHILDREN = 40
"""Above this a count is a slip of the fingers."""


class AgeBand(StrEnum):
    """A child in any list and packet; never an exact age, never a name (G28)."""

    UP_TO_5 = "0-5"
    UP_TO_11 = "6-11"
    UP_TO_17 = "12-17"
    GROWN = "18+"


def band_of(birth_year: int, today: date) -> AgeBand:
    """The band of a child by the year of birth alone; the younger one where the birthday decides."""
    age = today.year - birth_year - 1
    for most, band in ((5, AgeBand.UP_TO_5), (11, AgeBand.UP_TO_11), (17, AgeBand.UP_TO_17)):
        if age <= most:
            return band
    return AgeBand.GROWN


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildrenCount:
    """How many children of the person are in each band, as told on `counted_on` (COR)."""

    up_to_5: int = 0
    up_to_11: int = 0
    up_to_17: int = 0
    counted_on: date

    def __post_init__(self) -> None:
        for count, field in ((self.up_to_5, "up_to_5"), (self.up_to_11, "up_to_11"), (self.up_to_17, "up_to_17")):
            if not 0 <= count <= MOST_CHILDREN:
                raise UserError(tr("A number of children is 0 to {most}.").format(most=MOST_CHILDREN), field=field)

    @property
    def total(self) -> int:
        return self.up_to_5 + self.up_to_11 + self.up_to_17

    @property
    def by_band(self) -> tuple[tuple[AgeBand, int], ...]:
        return (
            (AgeBand.UP_TO_5, self.up_to_5),
            (AgeBand.UP_TO_11, self.up_to_11),
            (AgeBand.UP_TO_17, self.up_to_17),
        )


class About(StrEnum):
    """What a protected note is about."""

    RECRUITED_AS_CHILD = "recruited_as_child"
    CHILDREN = "children"


class Recruited(StrEnum):
    """Whether the person was recruited as a child: information about a victim (G27)."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProtectedNote:
    """Words that lie in `protected` (TPP). `recruited` is the answer where the note is about that."""

    about: About
    words: str = ""
    recruited: Recruited | None = None

    def __post_init__(self) -> None:
        answered = self.recruited is not None
        require_text(self.words, field="protected", label=tr("Protected note"), longest=1_000, empty_allowed=answered)
        if (self.about is About.RECRUITED_AS_CHILD) != answered:
            raise UserError(tr("Choose an answer: yes, no or not known."), field="recruited")


@dataclass(frozen=True, slots=True, kw_only=True)
class ClinicalNeed:
    """A disability or an access need in a psychologist's words (CLI)."""

    words: str

    def __post_init__(self) -> None:
        require_text(self.words, field="need", label=tr("Need"), longest=1_000)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptWords:
    """That words are kept in a compartment, without the words. `about` is a code, empty where there is one kind."""

    rid: str
    author: str
    recorded_at: datetime
    about: str = ""
