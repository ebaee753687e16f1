"""Plans as they are kept: with record, author and time."""

from dataclasses import dataclass
from datetime import date, datetime

from rehabdesk.plans.model import Agreement, Horizon, Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredPlan:
    """A version and the record it lies in. `author` proposed it; who recorded its later states is in the log."""

    rid: str
    person: str
    author: str
    plan: Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewDue:
    """One line of the list of reviews."""

    person: str
    review_due: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanCourse:
    """How the plans of one person stand. `in_force`: record of the version in force, empty where there is none.

    `suspended`: there is none because it rests. `begun`: when it came into force; `answered`: since when the person's
    answer to it is what it is. `horizons` are those of all versions.
    """

    person: str
    in_force: str = ""
    suspended: bool = False
    review_due: date | None = None
    begun: datetime | None = None
    answered: datetime | None = None
    agreement: Agreement = Agreement.NOT_ASKED
    horizons: frozenset[Horizon] = frozenset()
