"""What gives the lists of the demo something to show: releases at all distances, one at short notice, an old draft."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from rehabdesk.demo_release import CaseWork
from rehabdesk.notes.service import Notes
from rehabdesk.people.legal_model import DateSource, ReleaseRoute
from rehabdesk.readiness.model import ItemStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class _Leaves:
    """`days` until the release; `left_open`: items that nobody has settled, of those due by today."""

    days: int
    route: ReleaseRoute
    has_list: bool = True
    short_notice: bool = False
    left_open: tuple[str, ...] = ()


_LEAVING = (
    _Leaves(days=2, route=ReleaseRoute.PARDON, short_notice=True),
    _Leaves(days=24, route=ReleaseRoute.CONDITIONAL, left_open=("RR-B3", "RR-F2", "RR-H2")),
    _Leaves(days=66, route=ReleaseRoute.END_OF_SENTENCE, left_open=("RR-A5", "RR-D1")),
    _Leaves(days=150, route=ReleaseRoute.END_OF_SENTENCE, has_list=False),
    _Leaves(days=400, route=ReleaseRoute.END_OF_SENTENCE, has_list=False),
)


_TICKS, _DAYS = frozenset({"RR-C4", "RR-G1"}), frozenset({"RR-D1", "RR-I2"})


def leave(work: CaseWork, persons: Sequence[str]) -> None:
    """As the case officer of these persons records it; who is not there leaves nowhere."""
    for person, one in zip(persons, _LEAVING, strict=False):
        day = work.today + timedelta(days=one.days)
        work.people.plan_release(
            person, day, on=work.today, source=DateSource.REGISTRY, route=one.route, short_notice=one.short_notice
        )
        if not one.has_list:
            continue
        readiness = work.releases.open_list(person, day, short_notice=one.short_notice)
        if one.short_notice:
            continue
        for item in readiness.items:
            if item.due <= work.today and item.template.code not in one.left_open:
                evidence = _evidence(item.template.code, work.today)
                work.releases.mark(person, item.template.code, ItemStatus.DONE, evidence=evidence)


def _evidence(code: str, today: date) -> str:
    """Where a tick or a day alone stands, no words do (domain.md 9.2, G29, G30)."""
    if code in _TICKS:
        return "ticked"
    return today.isoformat() if code in _DAYS else "Seen in the file"


def leave_draft(notes: Notes, person: str) -> None:
    """A note that its author began and did not sign."""
    notes.start("psychologist_session", person, answers={"psy.P3.free": "To be finished after the next meeting."})
