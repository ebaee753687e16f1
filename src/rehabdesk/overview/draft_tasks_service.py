"""Own minutes and plans in writing on the day: they nag as drafts of notes do (domain.md 6.2)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from rehabdesk.core.errors import RehabDeskError
from rehabdesk.core.i18n import ntr, tr
from rehabdesk.core.text import isolate
from rehabdesk.notes.draft_age_model import DraftAge, age_colour, age_words, draft_age
from rehabdesk.overview.day_service import Task
from rehabdesk.plans.conferences.conference_stored_model import MinutesDraft
from rehabdesk.plans.conferences.conference_writing_service import MinutesWriting
from rehabdesk.plans.writing_service import PlanWriting

Name = Callable[[str], str]


def draft_tasks(minutes: MinutesWriting, plans: PlanWriting, name: Name) -> list[Task]:
    """`name`: of a person in care."""
    now = minutes.now()
    typed = [_minutes(draft, now, name) for draft in minutes.drafts()]
    for draft in plans.drafts():
        words = tr("Propose your plan, {name}").format(name=known(name, draft.person))
        task = draft_task(words, draft.made, now, act=tr("Go on writing"), page="plan_write")
        typed.append(replace(task, person=draft.person or "", id=draft.id))
    return typed


def _minutes(draft: MinutesDraft, now: datetime, name: Name) -> Task:
    """What was overtaken by newer minutes says so, and is compared before anything else."""
    words = tr("Finish your minutes, {name}").format(name=known(name, draft.person))
    task = draft_task(words, draft.made, now, act=tr("Go on writing"), page="minutes")
    rid = draft.typed.conference
    if not draft.overtaken:
        return replace(task, person=draft.person, id=rid)
    return replace(
        task,
        words=tr("Your minutes, {name}: there are newer ones").format(name=known(name, draft.person)),
        act=tr("Compare"),
        person=draft.person,
        id=f"{rid}:{draft.id}",
    )


def draft_task(words: str, made: datetime, now: datetime, *, act: str, page: str) -> Task:
    """A draft by its age."""
    age, days = draft_age(made, now), (now - made).days
    aged = ntr("Draft, {count} day", "Draft, {count} days", days)
    return Task(
        order=3,
        words=words,
        detail=age_words(age),
        icon="file-pen-line",
        tag=(tr("Draft"), "grey") if age is DraftAge.FRESH else (aged, age_colour(age)),
        act=act,
        page=page,
    )


def known(name: Name, person: str | None) -> str:
    try:
        return isolate(name(person or ""))
    except RehabDeskError:
        return tr("Unknown")
