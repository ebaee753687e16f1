"""The plan for the person, in large print: the own words and the answer first, whatever it is (G8, domain.md 6.3)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from rehabdesk.core.dates import day_text
from rehabdesk.core.i18n import tr
from rehabdesk.core.own_copy import OwnCopy
from rehabdesk.core.text import isolate, numbers_kept
from rehabdesk.paper.blocks import Align, Block, Bullets, Heading, Mark, Note, Paragraph, Together, WritingLines
from rehabdesk.paper.own_copy import decides_nothing, own_copy, own_statement, part_title, sentence, whom_to_ask
from rehabdesk.plans.model import Actor, Agreement, Goal, Plan, Step, StepStatus, VersionState
from rehabdesk.plans.own_plan_model import OwnGoals, own_goals
from rehabdesk.plans.words_model import actor_words

_GOAL = 11.0
_ROOM = 6
_KEPT_STEPS = 2
"""Steps that stay on the page of their goal."""


def own_plan_pages(plan: Plan | None, shown: frozenset[str], copy: OwnCopy) -> bytes:
    """`plan` None: that there is none yet, with room for what the person wants. `shown`: the domains that are open."""
    blocks = _nothing() if plan is None else _plan(plan, own_goals(plan, shown), copy.at.astimezone().date())
    blocks += [*_next(plan, copy), decides_nothing(_decides_nothing()), *own_statement()]
    return own_copy(blocks, copy, title=tr("My plan"))


def answer_words(answer: Agreement) -> str:
    """The person's answer as the person says it."""
    return {
        Agreement.NOT_ASKED: tr("I have not been asked yet whether I agree."),
        Agreement.AGREED: tr("I agree with this plan."),
        Agreement.AGREED_IN_PART: tr("I agree with a part of this plan, and not with all of it."),
        Agreement.DID_NOT_AGREE: tr("I do not agree with this plan."),
        Agreement.COULD_NOT_BE_ASKED: tr("I could not be asked whether I agree."),
        Agreement.WITHDREW: tr("I agreed before, and I took that back."),
    }[answer]


def _plan(plan: Plan, goals: OwnGoals, today: date) -> list[Block]:
    blocks: list[Block] = [Heading(text=tr("My plan")), *_own_words(plan)]
    blocks.append(sentence(_state(plan)))
    blocks += [part_title(tr("My strengths")), Paragraph(words=numbers_kept(plan.strengths))]
    blocks.append(part_title(tr("My goals")))
    if not goals.now:
        blocks.append(sentence(tr("No goal is worked on now.")))
    for goal in goals.now:
        blocks += _goal(goal, today)
    if goals.later:
        blocks += [part_title(tr("Goals for later")), _wordings(goals.later, Mark.DOT)]
    if goals.reached:
        blocks += [part_title(tr("What I have reached")), _wordings(goals.reached, Mark.TICK)]
    helps = numbers_kept(plan.helps) or tr("Nothing is written here yet.")
    return [*blocks, part_title(tr("What helps me")), Paragraph(words=helps)]


def _own_words(plan: Plan) -> list[Block]:
    """First on the first page, the answer before the words, in letters as large as everything that staff wrote."""
    answer = sentence(answer_words(plan.agreement), bold=True)
    words = sentence(tr("No words of mine are written here yet."))
    if plan.agreement_words:
        words = Paragraph(words=numbers_kept(plan.agreement_words))
    return [
        part_title(tr("What I say about this plan")),
        Note(blocks=(answer, replace(words, space_after=0))),
    ]


def _state(plan: Plan) -> str:
    return {
        VersionState.DRAFT: tr("This is a proposal. We do not work with it before I was asked."),
        VersionState.PROPOSED: tr("This is a proposal. We do not work with it before I was asked."),
        VersionState.ACTIVE: tr("We work with this plan now."),
        VersionState.UNDER_REVIEW: tr("We work with this plan now, and look at it again."),
        VersionState.SUSPENDED: tr("This plan rests for now."),
        VersionState.REPLACED: tr("There is a newer plan than this one."),
        VersionState.CLOSED: tr("This plan is closed."),
    }[plan.state]


def _goal(goal: Goal, today: date) -> list[Block]:
    """The goal, by when, and who does what; the first steps stay with it."""
    blocks: list[Block] = [
        Paragraph(
            words=numbers_kept(goal.wording), size=_GOAL, bold=True, align=Align.PAGE, space_before=8, space_after=2
        )
    ]
    if goal.target_date is not None:
        blocks.append(Paragraph(words=_day_words(goal.target_date, today), align=Align.PAGE, space_after=3))
    steps: list[Block] = [_step(step, today) for step in goal.steps]
    if not steps:
        steps = [sentence(tr("No steps are agreed yet."))]
    return [Together(blocks=(*blocks, *steps[:_KEPT_STEPS])), *steps[_KEPT_STEPS:]]


def _step(step: Step, today: date) -> Bullets:
    done = step.status is StepStatus.COMPLETED
    said = [tr("I do it.") if step.actor is Actor.PERSON else tr("Who: {who}.").format(who=actor_words(step.actor, ""))]
    if done:
        said.append(tr("Done."))
    elif step.status is StepStatus.CANNOT_BE_DONE_YET:
        said.append(tr("It cannot be done yet."))
    elif step.due is not None:
        said.append(_day_words(step.due, today))
    return Bullets(
        items=(f"{isolate(numbers_kept(step.text))}\n{' '.join(said)}",), mark=Mark.TICK if done else Mark.BOX
    )


def _day_words(day: date, today: date) -> str:
    words = tr("By {day}.") if day >= today else tr("It was planned for {day}.")
    return words.format(day=isolate(day_text(day)))


def _wordings(goals: Sequence[Goal], mark: Mark) -> Bullets:
    return Bullets(items=tuple(isolate(numbers_kept(goal.wording)) for goal in goals), mark=mark)


def _next(plan: Plan | None, copy: OwnCopy) -> list[Block]:
    blocks: list[Block] = [part_title(tr("What comes next"))]
    if plan is not None and plan.review_due is not None:
        due = isolate(day_text(plan.review_due))
        words = tr("We look at this plan again together on {day}.")
        if plan.review_due < copy.at.astimezone().date():
            words = tr("We wanted to look at this plan again on {day}. I can ask for a new day.")
        blocks.append(sentence(words.format(day=due)))
    elif plan is not None:
        blocks.append(sentence(tr("No day is set yet on which we look at this plan again. I can ask for one.")))
    return [*blocks, sentence(whom_to_ask(copy))]


def _nothing() -> list[Block]:
    return [
        Heading(text=tr("My plan")),
        sentence(tr("There is no plan yet. A plan begins with what I want.")),
        part_title(tr("What I want")),
        WritingLines(count=_ROOM),
    ]


def _decides_nothing() -> str:
    return tr(
        "Nobody is scored or compared here. This plan decides nothing about release, parole, transfer or privileges."
    )
