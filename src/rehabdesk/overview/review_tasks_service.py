"""What reviews ask of this login: own cases whose plan, review, first talk or check is due in the next days."""

from dataclasses import replace
from datetime import date, timedelta

from rehabdesk.access.model import Role
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate
from rehabdesk.overview.day_service import Task
from rehabdesk.overview.draft_tasks_service import Name, draft_task, known
from rehabdesk.plans.progress.progress_writing_service import ProgressWriting
from rehabdesk.plans.reviews.review_rule_model import DueKind
from rehabdesk.plans.reviews.review_service import Reviews
from rehabdesk.plans.reviews.review_stored_model import DueLine
from rehabdesk.plans.reviews.review_words_model import due_words, group_words, moved_words
from rehabdesk.plans.reviews.review_writing_service import ReviewWriting

AHEAD = timedelta(days=7)
REVIEWS_ONLY = frozenset({DueKind.REVIEW})
OF_ROLE = {Role.CO: frozenset(DueKind), Role.PSY: REVIEWS_ONLY, Role.CSUP: REVIEWS_ONLY}
"""A case officer is told of everything, a psychologist of reviews."""


def review_tasks(role: Role, reviews: Reviews, name: Name) -> list[Task]:
    """`name`: of a person in care."""
    kinds = OF_ROLE.get(role)
    if kinds is None:
        return []
    today = reviews.today()
    return [_task(line, name(line.person), today) for line in reviews.due(within=AHEAD) if line.kind in kinds]


def word_draft_tasks(reviews: ReviewWriting, progress: ProgressWriting, name: Name) -> list[Task]:
    """Own reviews and words in writing: they nag as drafts of notes do.

    A review of a plan that is not in force any more leads to where it is deleted.
    """
    now, found = reviews.now(), []
    for draft in reviews.drafts():
        words = tr("Sign your review, {name}").format(name=known(name, draft.person))
        go_on = reviews.may_go_on(draft.person or "")
        act, page = (tr("Go on writing"), "review") if go_on else (tr("Open reviews"), "reviews")
        task = draft_task(words, draft.made, now, act=act, page=page)
        found.append(replace(task, person=draft.person or ""))
    for draft in progress.drafts():
        words = tr("Record your words on progress, {name}").format(name=known(name, draft.person))
        task = draft_task(words, draft.made, now, act=tr("Go on writing"), page="progress")
        found.append(replace(task, person=draft.person or "", id=draft.id))
    return found


def _task(line: DueLine, name: str, today: date) -> Task:
    late, on_day = line.is_late(today), line.on == today
    tag = (tr("Overdue"), "red") if late else (tr("Due today"), "blue") if on_day else (tr("Due soon"), "amber")
    about = [moved_words(line.moved)] if line.moved is not None else []
    about += [group_words(line.put_off)] if line.put_off is not None else []
    act, page, target = {
        DueKind.REVIEW: (tr("Start review"), "review", ""),
        DueKind.FIRST_PLAN: (tr("Open plan"), "person", "plan"),
        DueKind.COMMUNITY_PLAN: (tr("Open plan"), "person", "plan"),
        DueKind.WELCOME_TALK: (tr("Write note"), "note", "form:keywork"),
        DueKind.RELEASE_CHECK: (tr("Write note"), "note", "form:keywork"),
    }[line.kind]
    return Task(
        order=0 if late else 1,
        words=due_words(line.kind).format(name=isolate(name)),
        detail=" · ".join(about),
        icon="target",
        tag=tag,
        act=act,
        page=page,
        person=line.person,
        id=target,
    )
