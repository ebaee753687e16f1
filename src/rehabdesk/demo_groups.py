"""The group of the invented caseload: set up in the first round of visits, one meeting in each."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from rehabdesk.access.service import Desk
from rehabdesk.core import resources
from rehabdesk.core.clock import local_day
from rehabdesk.notes.forms.form_service import Forms
from rehabdesk.notes.groups.group_model import Group, Lines, Mark
from rehabdesk.notes.groups.group_service import Groups
from rehabdesk.notes.groups.meeting_service import Meetings
from rehabdesk.people.service import People

_CAME = ("came", "came", "came", "no_escort", "came", "came_late", "excused_health", "came")
_TOOK = ("steadily", "little", "leading")
_SKILLS = ("asked", "none_seen", "listened", "helped")


def meet(desk: Desk, people: People, forms: Forms, cases: Sequence[str], number: int) -> None:
    """The psychologist's meeting of that number with these people, signed an hour after it began."""
    words: Mapping[str, Any] = resources.read_toml("demo/caseload.toml")["group"]
    groups = Groups(desk, people)
    meetings = Meetings(desk, groups, forms)
    found = groups.all()
    group_id = found[0].id if found else _set_up(desk, groups, words, cases[: words["most"]])
    now = desk.clock.now()
    marks = {}
    for place, member in enumerate(groups.members(group_id)):
        attendance = _CAME[(place + number) % len(_CAME)]
        there = attendance in ("came", "came_late")
        marks[member.person] = Mark(
            attendance=attendance,
            took_part=_TOOK[(place + number) % len(_TOOK)] if there else "",
            skill=_SKILLS[(place + number) % len(_SKILLS)] if there else "",
            words=_pick(words, "lines", place + number) if there else "",
            kept=there and place % 2 == 0,
        )
    typed = replace(
        meetings.fresh(group_id),
        theme=_pick(words, "themes", number),
        occurred_at=now - timedelta(minutes=100),
        done=_pick(words, "done", number),
        climate=_pick(words, "climates", number),
        exercise=_pick(words, "exercises", number),
        debrief=words["debrief"] if number == 1 else "",
        marks=marks,
    )
    meetings.sign(meetings.save_draft(typed, None))


def _set_up(desk: Desk, groups: Groups, words: Mapping[str, Any], cases: Sequence[str]) -> str:
    group = Group(name=words["name"], theme=words["programme"], lines=Lines.CLINICAL, facilitators=(desk.uid,))
    group_id = groups.create(group)
    for person in cases:
        groups.add_member(group_id, person, since=local_day(desk.clock) - timedelta(days=1))
    return group_id


def _pick(words: Mapping[str, Any], name: str, number: int) -> str:
    choices: list[str] = words[name]
    return choices[number % len(choices)]
