"""Plans and words of progress as they are kept: with record, author and time."""

from dataclasses import dataclass
from datetime import date

from rehabdesk.plans.model import Plan
from rehabdesk.plans.progress_model import Progress


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredPlan:
    """A version and the record it lies in. `author` proposed it; who recorded its later states is in the log."""

    rid: str
    person: str
    author: str
    plan: Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredProgress:
    """A word of progress, who wrote it down and when."""

    rid: str
    author: str
    at: str
    progress: Progress


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewDue:
    """One line of the list of reviews."""

    person: str
    review_due: date
