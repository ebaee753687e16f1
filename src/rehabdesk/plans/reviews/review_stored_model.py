"""Reviews as they are kept and listed: with record, author and time. Lists count work, never persons or words (G1)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from rehabdesk.plans.reviews.review_model import LateGroup, PutOff, Review, ReviewMove
from rehabdesk.plans.reviews.review_rule_model import DueKind, MovedBecause, Situation


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredReview:
    """A signed review and the record it lies in."""

    rid: str
    person: str
    author: str
    at: datetime
    review: Review


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredMove:
    """Something that moved a review, noted by whom and when."""

    author: str
    at: datetime
    move: ReviewMove


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredPutOff:
    """A sitting that did not take place, noted by whom and when."""

    author: str
    at: datetime
    put_off: PutOff


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewCourse:
    """What of one person's reviews the next day follows from. `last`: when it was held; `at`: when it was signed."""

    person: str
    last: date | None = None
    at: datetime | None = None
    moves: tuple[tuple[MovedBecause, date, datetime], ...] = ()
    put_off: tuple[tuple[str, datetime], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DueLine:
    """Something that is due about somebody's plan. `put_off`: why it was not held, for the newest time it was tried."""

    person: str
    kind: DueKind
    on: date
    situation: Situation
    moved: MovedBecause | None = None
    put_off: LateGroup | None = None

    def is_late(self, today: date) -> bool:
        return self.on < today


@dataclass(frozen=True, slots=True, kw_only=True)
class DueCounts:
    """How much is due: late, in the next seven days, and later. `put_off`: what is late, by who caused it (G33)."""

    late: int
    this_week: int
    later: int
    put_off: Mapping[LateGroup, int]


def counted(lines: Sequence[DueLine], today: date) -> DueCounts:
    """Counts of work for a board; never a ranking of persons or staff."""
    late = [line for line in lines if line.is_late(today)]
    week = [line for line in lines if 0 <= (line.on - today).days <= 7]
    groups = {group: sum(line.put_off is group for line in late) for group in LateGroup}
    return DueCounts(
        late=len(late),
        this_week=len(week),
        later=len(lines) - len(late) - len(week),
        put_off={group: count for group, count in groups.items() if count},
    )
