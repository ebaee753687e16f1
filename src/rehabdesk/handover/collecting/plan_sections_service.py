"""Sections from the plan and its surroundings: own words (S3), plan (S5), what helps (S6), progress in words (S7)."""

from collections.abc import Sequence

from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.handover.collecting.text_service import list_of, optional_text, text
from rehabdesk.handover.content import sections_model as s
from rehabdesk.handover.content.supplement_model import Supplement
from rehabdesk.notes.given_model import HowMade, OwnPage
from rehabdesk.plans.model import Goal, GoalStatus, Plan, SignOff
from rehabdesk.plans.progress.progress_model import Progress

AFTER_CONVICTION = "PD-9"
HANDED_ON = frozenset({GoalStatus.ACTIVE, GoalStatus.FUTURE, GoalStatus.PARTLY_ACHIEVED, GoalStatus.CARRIED_OVER})
_MADE = {
    HowMade.WROTE: s.MadeBy.WROTE,
    HowMade.SAID: s.MadeBy.DICTATED_READ_BACK,
    HowMade.DREW: s.MadeBy.DRAWING,
    HowMade.DECLINED: s.MadeBy.DECLINED,
}


def own_words(plan: Plan, page: OwnPage | None, added: Supplement) -> s.S3:
    """S3: agreement to the plan, and the own page where the person lets it go out; typed words where there is none."""
    language = added.plan_language
    voice, made_by, reason = _voice(page, added)
    if not voice and plan.agreement_words.strip() and made_by is s.MadeBy.DECLINED and page is None:
        made_by, reason = added.made_by, None  # the agreement's own words are words too
    if made_by is s.MadeBy.DECLINED and reason is None:
        reason = optional_text(plan.no_words_because, language)
    return s.S3(
        agreement=s.Agreement(str(plan.agreement)),
        agreement_words=optional_text(plan.agreement_words, language),
        voice=voice,
        made_by=made_by,
        reason=reason,
    )


def without_plan(page: OwnPage | None, added: Supplement) -> s.S3 | None:
    """S3 where no plan is in force: the person's words all the same. None where there are none."""
    voice, made_by, reason = _voice(page, added)
    return s.S3(agreement=s.Agreement.NOT_ASKED, voice=voice, made_by=made_by, reason=reason) if voice else None


def _voice(page: OwnPage | None, added: Supplement) -> tuple[tuple[s.VoiceLine, ...], s.MadeBy, s.Text | None]:
    """The lines, how they were made, and why there are none."""
    if page is None:
        made = added.made_by if added.voice else s.MadeBy.DECLINED
        return added.voice, made, None if added.voice else added.no_voice_because
    if page.made is HowMade.DECLINED:
        return (), s.MadeBy.DECLINED, None
    if not page.may_be_shared:
        return (), _MADE[page.made], text(tr("The person keeps this page inside."), "und")
    if not page.read_back:
        return (), _MADE[page.made], text(tr("It was written down and not read back yet."), "und")
    lines = tuple(
        s.VoiceLine(code=code, text=text(words, "und"))  # type: ignore[arg-type]  # V1 to V7
        for code, words in sorted(page.words.items())
    )
    return lines, _MADE[page.made], None


def community_plan(plan: Plan, language: str, *, convicted: bool) -> s.S5:
    """S5: shareable goals that go on, with numbers of their own: no id of a record leaves the desk."""
    if plan.review_due is None:
        raise UserError(tr("Set the day of the plan's next review."), field="review_due")
    return s.S5(
        plan_version=plan.version,
        review_due=plan.review_due,
        goals=_goals(plan, language, convicted=convicted),
        no_need=tuple(
            s.NoNeed(domain=each.domain, asked_on=each.asked_on)  # type: ignore[arg-type]  # one of the ten codes
            for each in plan.no_need
            if convicted or each.domain != AFTER_CONVICTION
        ),
    )


def kept_inside(plan: Plan) -> tuple[str, ...]:
    """What stands in the plan and is not to be shared."""
    goals = [goal for goal in plan.goals if not goal.shareable]
    steps = [step.text for goal in goals for step in goal.steps]
    return tuple(words for goal in goals for words in (goal.wording, goal.staff_wording, goal.indicator)) + tuple(steps)


def what_helps(plan: Plan, added: Supplement) -> s.S6:
    language = added.plan_language
    return s.S6(
        strengths=list_of(plan.strengths, language),
        early_signs=list_of(plan.early_signs, language),
        helps=list_of(plan.helps, language),
        harder=list_of(plan.harder, language),
        crisis=s.Crisis(
            steps=tuple(text(step, language) for step in plan.crisis_steps), contacts=added.crisis_contacts
        ),
    )


def rating(progress: Progress, language: str, *, current: bool, objection: str) -> s.Rating:
    """One word of progress with its basis; `objection` is what the person says against it (G8)."""
    basis = progress.basis or tr("The person chose not to give a word.")
    return s.Rating(
        domain=progress.domain,  # type: ignore[arg-type]  # one of the ten codes, checked at encoding
        voice=s.RatingVoice(str(progress.voice)),
        word=s.RatingWord(str(progress.word)),
        nr_reason=str(progress.not_rated_because) if progress.not_rated_because is not None else None,
        basis=text(basis, language),
        confidence=s.Confidence(str(progress.confidence)),
        period_from=progress.period_from,
        period_to=progress.period_to,
        disagreement=optional_text(objection, language),
        current=current,
    )


def unsigned_places(plan: Plan | None, sections: Sequence[tuple[str, object]]) -> tuple[str, ...]:
    """A plan that nobody has signed off is looked at line by line before it leaves."""
    if plan is None or plan.signoff is not SignOff.UNSIGNED:
        return ()
    found: list[str] = []
    for code, section in sections:
        if isinstance(section, s.S5):
            for place, goal in enumerate(section.goals, start=1):
                here = f"{code}.goals.{place}"
                found += [
                    f"{here}.{part}.text"
                    for part in ("wording", "staff_wording", "indicator")
                    if getattr(goal, part) is not None
                ]
                found += [f"{here}.steps.{step}.text.text" for step in range(1, len(goal.steps) + 1)]
        elif isinstance(section, s.S6):
            for part in ("strengths", "early_signs", "helps", "harder"):
                found += [f"{code}.{part}.{place}.text" for place in range(1, len(getattr(section, part)) + 1)]
            found += [f"{code}.crisis.steps.{place}.text" for place in range(1, len(section.crisis.steps) + 1)]
    return tuple(found)


def _goals(plan: Plan, language: str, *, convicted: bool) -> tuple[s.Goal, ...]:
    kept = [
        goal
        for goal in plan.goals
        if goal.shareable and goal.status in HANDED_ON and (convicted or goal.domain != AFTER_CONVICTION)
    ]
    found, steps_before = [], 0
    for number, goal in enumerate(kept, start=1):
        found.append(_goal(goal, number, steps_before, language))
        steps_before += len(goal.steps)
    return tuple(found)


def _goal(goal: Goal, number: int, steps_before: int, language: str) -> s.Goal:
    return s.Goal(
        id=f"g{number}",
        domain=goal.domain,  # type: ignore[arg-type]  # one of the ten codes: the plan's own rule, checked at encoding
        wording=text(goal.wording, language),
        staff_wording=optional_text(goal.staff_wording, language),
        indicator=optional_text(goal.indicator, language),
        target_date=goal.target_date,
        status=str(goal.status),
        side=s.Side(str(goal.side)),
        steps=tuple(
            s.Step(
                id=f"s{place}",
                text=text(step.text, language),
                actor=str(step.actor),
                due=step.due,
                status=str(step.status),
            )
            for place, step in enumerate(goal.steps, start=steps_before + 1)
        ),
    )
