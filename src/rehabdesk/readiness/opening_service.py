"""Checklists that open themselves: 180 days before the release, or at a signal of one at short notice (6.1)."""

from datetime import date

from rehabdesk.access.model import Role
from rehabdesk.access.service import Desk
from rehabdesk.core.clock import local_day
from rehabdesk.db.projection import TEAM
from rehabdesk.people.legal_model import ReleaseRoute, Stage
from rehabdesk.people.model import PersonRow
from rehabdesk.people.service import People
from rehabdesk.readiness import store
from rehabdesk.readiness.service import NEAR, Releases

OPENS_IN = frozenset({Stage.SENTENCED, Stage.PRE_RELEASE})


class Openings:
    """A list is a signed record: it opens when a case officer of the case is there, at the unlock or at the signal."""

    def __init__(self, desk: Desk, people: People, releases: Releases) -> None:
        self._desk, self._people, self._releases = desk, people, releases

    def catch_up(self) -> tuple[PersonRow, ...]:
        """Opens what is due for the own cases of this login; gives whose."""
        if self._desk.role is not Role.CO:
            return ()
        return tuple(row for row in self._people.own_cases() if self._open(row))

    def _open(self, row: PersonRow) -> bool:
        """The stage first: a list without it is made at the next unlock."""
        planned, today = row.planned_release, local_day(self._desk.clock)
        if not row.stage or planned is None or not _is_due(Stage(row.stage), planned, today):
            return False
        running = store.newest(self._desk.index(TEAM), row.id)
        if running is not None and (running.checklist.ended is None or running.checklist.anchor == planned):
            return False
        legal = self._people.legal(row.id)
        if legal.stage is Stage.SENTENCED:
            self._people.plan_release(
                row.id,
                planned,
                on=today,
                source=legal.source,
                route=legal.release_route or ReleaseRoute.UNKNOWN,
                short_notice=legal.short_notice,
            )
        self._releases.open_list(row.id, planned, short_notice=legal.short_notice)
        return True


def _is_due(stage: Stage, planned: date, today: date) -> bool:
    """A day that has passed is no signal: somebody looks at it first."""
    return stage in OPENS_IN and today <= planned <= today + NEAR
