"""Everybody whose release comes, by the days of lists and register. Counts what is open for a release, and no person.

This is a work list: each line leads to the record that is to be worked on, so that its counts are exact. What G34
suppresses are statistics, which lead to nobody.
"""

from collections.abc import Sequence
from datetime import date

from rehabdesk.overview.releases_model import ReleaseLine
from rehabdesk.people.legal_model import READ_ONLY, RELEASED, Stage
from rehabdesk.people.model import PersonRow
from rehabdesk.people.release_service import Leaving
from rehabdesk.people.service import People
from rehabdesk.readiness.model import Blocking
from rehabdesk.readiness.service import NEAR
from rehabdesk.readiness.standing_model import Standing
from rehabdesk.readiness.standing_service import Standings

ENDED_ELSEWHERE = READ_ONLY
"""Another prison holds the case, or nobody: what a list of theirs leaves open is nobody's work here."""


class ReleaseBoard:
    """Asked by the page Releases, and by what counts releases."""

    def __init__(self, people: People, leaving: Leaving, standings: Standings) -> None:
        self._people, self._leaving, self._standings = people, leaving, standings

    def today(self) -> date:
        """The day where the desk stands."""
        return self._standings.today()

    def dated(self, *, mine: bool) -> tuple[ReleaseLine, ...]:
        """Releases whose day is known, the nearest first: running lists, and who leaves without one yet.

        The day of a running list holds: its items go by it.
        """
        standings = self.running(mine=mine)
        listed = {row.id for _, row in standings}
        today = self.today()
        found = [_of_list(standing, row, today) for standing, row in standings]
        found += [_of_row(row) for row in self._leaving.dated(mine=mine) if row.id not in listed]
        return tuple(sorted(found, key=lambda line: (line.day or today, line.case_ref)))

    def unlisted(self, listed: frozenset[str], *, mine: bool) -> tuple[ReleaseLine, ...]:
        """Who leaves within the time of a checklist and is not among those who have one, the nearest first.

        A checklist is started 180 days before the release (domain.md 9.1).
        """
        return tuple(_of_row(row) for row in self._leaving.dated(within=NEAR, mine=mine) if row.id not in listed)

    def undated(self, *, mine: bool, after: ReleaseLine | None = None) -> tuple[ReleaseLine, ...]:
        """Persons in custody whose day is not known, and who have no list, by case number, a page at a time."""
        last = self._people.row(after.person) if after else None
        listed = {standing.person for standing in self._standings.running(mine=mine)}
        rows = self._leaving.undated(mine=mine, after=last)
        return tuple(_of_row(row) for row in rows if row.id not in listed)

    def running(self, *, mine: bool = False) -> Sequence[tuple[Standing, PersonRow]]:
        """Running lists with the person's line, the nearest release first; without cases that ended elsewhere."""
        standings = self._standings.running(mine=mine)
        rows = {row.id: row for row in self._people.caseload.rows(tuple(one.person for one in standings))}
        return [
            (standing, row)
            for standing in standings
            if (row := rows.get(standing.person)) is not None and row.stage not in ENDED_ELSEWHERE
        ]


def _of_list(standing: Standing, row: PersonRow, today: date) -> ReleaseLine:
    return ReleaseLine(
        person=row.id,
        name=row.display_alias or row.name,
        case_ref=row.case_ref,
        unit=row.unit,
        day=standing.release_on,
        has_list=True,
        short_notice=standing.short_notice,
        needed=standing.open_of(Blocking.HANDOVER),
        to_look_at=standing.open_of(Blocking.REVIEW),
        other=standing.open_of(Blocking.NO),
        late=len(standing.late(today)),
        left=_stage(row) in RELEASED,
    )


def _of_row(row: PersonRow) -> ReleaseLine:
    return ReleaseLine(
        person=row.id,
        name=row.display_alias or row.name,
        case_ref=row.case_ref,
        unit=row.unit,
        day=row.planned_release,
    )


def _stage(row: PersonRow) -> Stage | None:
    return Stage(row.stage) if row.stage else None
