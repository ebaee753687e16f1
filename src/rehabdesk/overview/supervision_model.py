"""The supervision board: kinds of work, how much of each there is, and the lines behind a number.

What stands here counts pieces of work. There is no line and no number of a member of staff, and nothing sorts but the
calendar: domain.md 6.2 gives drafts as a count only, G1 and the board's purpose forbid a ranking of anybody.

A number that opens the list of its work is a work list: exact, because each line leads to a record that a supervisor
may open and act on. A number that leads to nobody is a statistic, and is suppressed below ten (G34).
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from rehabdesk.core.i18n import tr


class WorkKind(StrEnum):
    """In the order of the board."""

    PACKETS = "packets"
    PLANS = "plans"
    MINUTES = "minutes"
    ALERTS = "alerts"
    LATE = "late"
    LOOK = "look"
    NO_LIST = "no_list"
    REVIEWS = "reviews"
    NEAR = "near"


WAITS_FOR_ME = (WorkKind.PACKETS, WorkKind.PLANS, WorkKind.MINUTES, WorkKind.ALERTS)
"""What only a supervisor can do; the rest is others' work, which a supervisor sees to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkLine:
    """One piece of work. `due`: its own day; `release_on`: of the case it belongs to, where one is known.

    `page`, `person` and `id`: where it is opened.
    """

    case_ref: str
    what: str
    due: date | None
    release_on: date | None = None
    late: bool = False
    short_notice: bool = False
    page: str
    person: str
    id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkCount:
    """How many pieces of work of a kind there are now."""

    kind: WorkKind
    count: int


def kind_title(kind: WorkKind) -> str:
    """What stands beside the number."""
    return {
        WorkKind.PACKETS: tr("Packets to countersign"),
        WorkKind.PLANS: tr("Plans to countersign"),
        WorkKind.MINUTES: tr("Minutes to approve"),
        WorkKind.ALERTS: tr("Safety alerts to review"),
        WorkKind.LATE: tr("Late items of release checklists"),
        WorkKind.LOOK: tr("Items that a supervisor looks at, due by now"),
        WorkKind.NO_LIST: tr("Releases within 180 days without a checklist"),
        WorkKind.REVIEWS: tr("Reviews, plans and first talks due in 14 days, or late"),
        WorkKind.NEAR: tr("Releases in the next 4 weeks"),
    }[kind]


def nothing_words(kind: WorkKind) -> str:
    """What an empty list says."""
    return {
        WorkKind.PACKETS: tr("No packet waits for your signature."),
        WorkKind.PLANS: tr("No plan waits for your signature."),
        WorkKind.MINUTES: tr("No minutes wait for you."),
        WorkKind.ALERTS: tr("No safety alert is to be reviewed."),
        WorkKind.LATE: tr("No item is late."),
        WorkKind.LOOK: tr("Nothing is to be looked at."),
        WorkKind.NO_LIST: tr("Everybody who leaves within 180 days has a checklist."),
        WorkKind.REVIEWS: tr("No review is due."),
        WorkKind.NEAR: tr("Nobody is within 4 weeks of release."),
    }[kind]


def order_of(line: WorkLine) -> tuple[date, date, str, str]:
    """By the calendar alone: the nearest release, then the earliest day of the work, then the case number."""
    far = date.max
    return (line.release_on or far, line.due or far, line.case_ref, line.what)
