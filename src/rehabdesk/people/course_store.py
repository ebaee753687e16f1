"""The course of many cases at once, without opening their records one by one."""

import json
from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import Any

from rehabdesk.db.projection import Index
from rehabdesk.people.course_model import CaseCourse
from rehabdesk.people.legal_model import SentenceType, Stage

_OF_THESE = "WHERE person IN (SELECT value FROM json_each(:persons))"


def courses(index: Index, persons: Sequence[str]) -> dict[str, CaseCourse]:
    """The courses of these persons, by person."""
    values = {"persons": json.dumps(list(persons))}
    rows = index.rows(
        f"""SELECT person, stage, json_extract(details, '$.since'), coalesce(json_extract(details, '$.correction'), ''),
        coalesce(json_extract(details, '$.sentence_type'), 'none'), json_extract(details, '$.dates.sentence'),
        planned_release FROM people_legal {_OF_THESE} ORDER BY person, seq, ver""",
        values,
    )
    states: dict[str, list[tuple[Any, ...]]] = {}
    for person, *state in rows:
        states.setdefault(person, []).append(tuple(state))
    moves = _moves_in(index, values)
    return {person: _course(person, known, moves.get(person)) for person, known in states.items()}


def persons_in(index: Index, stages: frozenset[Stage]) -> tuple[str, ...]:
    """Everybody in one of these stages."""
    rows = index.rows(
        "SELECT person FROM people_line WHERE stage IN (SELECT value FROM json_each(:stages))",
        {"stages": json.dumps(sorted(stages))},
    )
    return tuple(str(person) for (person,) in rows)


def _moves_in(index: Index, values: dict[str, str]) -> dict[str, date]:
    """The newest day on which somebody came from another establishment."""
    rows = index.rows(
        f"""SELECT person, since, json_extract(details, '$.establishment') FROM people_placement
        {_OF_THESE} AND coalesce(json_extract(details, '$.taken_back'), 0) = 0 ORDER BY person, since, seq""",
        values,
    )
    found: dict[str, date] = {}
    last = ("", "")
    for person, since, establishment in rows:
        if last[0] == person and last[1] != establishment:
            found[person] = date.fromisoformat(since)
        last = (person, establishment)
    return found


def _course(person: str, states: Sequence[tuple[Any, ...]], moved_in: date | None) -> CaseCourse:
    """`states` oldest first. A correction takes back what the state before it seemed to be."""
    stages: list[tuple[str, str]] = []
    for stage, since, correction, *_ in states:
        if correction:
            del stages[-1:]
        if not stages or stages[-1][0] != stage:
            stages.append((stage, since))
    recalled = [since for stage, since in stages if stage == Stage.RECALLED]
    came_back = [since for (before, _), (_, since) in pairwise(stages) if before == Stage.TRANSFERRED]
    stage, since, _, sentence_type, sentenced_on, release = states[-1]
    return CaseCourse(
        person=person,
        stage=Stage(stage),
        since=date.fromisoformat(since),
        sentence_type=SentenceType(sentence_type),
        sentenced_on=date.fromisoformat(sentenced_on) if sentenced_on else None,
        planned_release=date.fromisoformat(release) if release else None,
        transferred_in=_newest(moved_in, came_back),
        recalled=_newest(None, recalled),
    )


def _newest(known: date | None, days: Sequence[str]) -> date | None:
    found = [date.fromisoformat(day) for day in days] + ([] if known is None else [known])
    return max(found, default=None)
