"""Where a person stands between arrest and aftercare, in the few days that other dates follow from."""

from dataclasses import dataclass
from datetime import date

from rehabdesk.people.legal_model import SentenceType, Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseCourse:
    """`since`: the day on which `stage` began. `transferred_in` and `recalled`: the newest such day, or None."""

    person: str
    stage: Stage
    since: date
    sentence_type: SentenceType = SentenceType.NONE
    sentenced_on: date | None = None
    planned_release: date | None = None
    transferred_in: date | None = None
    recalled: date | None = None
