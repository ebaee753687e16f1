"""A review as it is being typed: nothing needs to be complete. `as_review` makes one of it, or says what is missing."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.plans.model import Agreement, Plan
from rehabdesk.plans.progress.progress_model import Progress
from rehabdesk.plans.progress.progress_typed_model import TypedProgress, as_own, as_staff
from rehabdesk.plans.reviews.review_model import GoalLook, Outcome, OwnPage, Review, StepLook
from rehabdesk.plans.reviews.review_rule_model import Situation


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedLook:
    """What is said of a goal: a new status, or none. `steps`: new statuses by the step's id."""

    status: str = ""
    reason: str = ""
    words: str = ""
    steps: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedReview:
    """`plan` and `version`: the one that is reviewed. `words` by the code of their domain, `goals` by their id."""

    plan: str
    version: int
    looked_back: str = ""
    own_page: str = ""
    words: Mapping[str, TypedProgress] = field(default_factory=dict)
    goals: Mapping[str, TypedLook] = field(default_factory=dict)
    agreement: str = ""
    agreement_words: str = ""
    no_words_because: str = ""
    outcome: str = Outcome.STANDS.value
    next_due: date | None = None
    late_because: str = ""
    late_words: str = ""
    conference: str = ""


def carried(typed: TypedReview, plan: Plan) -> TypedReview:
    """What was typed about an earlier version, for `plan`: the answer to the earlier one is no answer to this one."""
    goals = {goal.id: {step.id for step in goal.steps} for goal in plan.goals}
    looks = {
        code: replace(look, steps={step: status for step, status in look.steps.items() if step in goals[code]})
        for code, look in typed.goals.items()
        if code in goals
    }
    return TypedReview(
        plan=plan.plan,
        version=plan.version,
        looked_back=typed.looked_back,
        own_page=typed.own_page,
        words=typed.words,
        goals=looks,
        late_because=typed.late_because,
        late_words=typed.late_words,
        conference=typed.conference,
    )


def as_words(typed: TypedReview) -> tuple[tuple[Progress, Progress], ...]:
    """The pairs of words, in the order of their domains. A problem's field is `words.PD-n.<field>`."""
    found = []
    for domain, one in typed.words.items():
        try:
            found.append((as_own(one), as_staff(one)))
        except UserError as problem:
            raise UserError(problem.sentence, field=f"words.{domain}.{problem.field or 'basis'}") from problem
    return tuple(found)


def looks_of(typed: TypedReview) -> tuple[tuple[GoalLook, ...], tuple[StepLook, ...]]:
    """What is said of goals and of steps."""
    goals = tuple(
        GoalLook(goal=goal, status=look.status, reason=look.reason, words=look.words.strip())
        for goal, look in typed.goals.items()
    )
    steps = tuple(
        StepLook(goal=goal, step=step, status=status)
        for goal, look in typed.goals.items()
        for step, status in look.steps.items()
    )
    return goals, steps


def require_looked_back(typed: TypedReview) -> None:
    """UserError for what is missing on top of the page."""
    if not typed.looked_back.strip():
        raise UserError(tr("Write what happened since the last review."), field="looked_back")
    if not typed.own_page:
        raise UserError(tr("Say whether the person's own page was written; declining is an answer."), field="own_page")


def as_review(typed: TypedReview, *, today: date, due: date | None, own_page_note: str) -> Review:
    """UserError names the first thing that is missing."""
    require_looked_back(typed)
    if not typed.agreement:
        raise UserError(tr("Choose what the person answered."), field="agreement")
    if typed.next_due is None:
        raise UserError(tr("Set the day of the next review."), field="next_due")
    return Review(
        plan=typed.plan,
        version=typed.version,
        on=today,
        situation=Situation.NO_DATE,  # filled in when it is signed
        due=due,
        looked_back=typed.looked_back.strip(),
        own_page=OwnPage(typed.own_page),
        own_page_note=own_page_note if typed.own_page == OwnPage.WRITTEN else "",
        agreement=Agreement(typed.agreement),
        agreement_words=typed.agreement_words.strip(),
        no_words_because=typed.no_words_because.strip(),
        outcome=Outcome(typed.outcome),
        next_due=typed.next_due,
        late_because=typed.late_because if due is not None and today > due else "",
        late_words=typed.late_words.strip() if due is not None and today > due else "",
        conference=typed.conference,
    )
