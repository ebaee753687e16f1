"""What may follow what: the three axes of a plan version, goals and steps, as tables (domain.md 6.3, 6.4, A3).

The moves of a version obey them and the guards.
"""

from collections.abc import Mapping
from dataclasses import replace

from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.plans.model import (
    IN_FORCE,
    Agreement,
    ClosedBecause,
    GoalStatus,
    Plan,
    SignOff,
    StepStatus,
    SuspendedBecause,
    VersionState,
)
from rehabdesk.plans.words_model import sign_off_words, state_words

MAY_BECOME: Mapping[VersionState, frozenset[VersionState]] = {
    VersionState.DRAFT: frozenset({VersionState.PROPOSED}),
    VersionState.PROPOSED: frozenset({VersionState.ACTIVE, VersionState.REPLACED, VersionState.CLOSED}),
    VersionState.ACTIVE: frozenset(
        {VersionState.UNDER_REVIEW, VersionState.SUSPENDED, VersionState.REPLACED, VersionState.CLOSED}
    ),
    VersionState.UNDER_REVIEW: frozenset(
        {VersionState.ACTIVE, VersionState.SUSPENDED, VersionState.REPLACED, VersionState.CLOSED}
    ),
    VersionState.SUSPENDED: frozenset({VersionState.ACTIVE, VersionState.REPLACED, VersionState.CLOSED}),
    VersionState.REPLACED: frozenset(),
    VersionState.CLOSED: frozenset(),
}
"""A newer version replaces an older one: a proposal by being proposed, one in force or at rest by coming into force."""

AGREEMENT_MAY_BECOME: Mapping[Agreement, frozenset[Agreement]] = {
    answer: frozenset(Agreement) - {Agreement.NOT_ASKED} for answer in Agreement
}
"""The person may answer anything at any time, also the same again in other words; nobody is unasked."""

ANSWERED_IN = frozenset({VersionState.PROPOSED, VersionState.SUSPENDED}) | IN_FORCE
"""In these states the person is asked, also while the plan rests: so it can be taken up again."""

SIGN_OFF_MAY_BECOME: Mapping[SignOff, frozenset[SignOff]] = {
    SignOff.UNSIGNED: frozenset({SignOff.SELF_SIGNED}),
    SignOff.SELF_SIGNED: frozenset({SignOff.AWAITING_COUNTERSIGN}),
    SignOff.AWAITING_COUNTERSIGN: frozenset({SignOff.COUNTERSIGNED, SignOff.RETURNED}),
    SignOff.RETURNED: frozenset({SignOff.SELF_SIGNED}),
    SignOff.COUNTERSIGNED: frozenset(),
}
"""In whatever state the version is: the staff's axis does not wait for the other two."""

GOAL_MAY_BECOME: Mapping[GoalStatus, frozenset[GoalStatus]] = {
    GoalStatus.FUTURE: frozenset({GoalStatus.ACTIVE, GoalStatus.REMOVED}),
    GoalStatus.ACTIVE: frozenset(
        {GoalStatus.ACHIEVED, GoalStatus.PARTLY_ACHIEVED, GoalStatus.CARRIED_OVER, GoalStatus.REMOVED}
    ),
    GoalStatus.ACHIEVED: frozenset({GoalStatus.ACTIVE}),
    GoalStatus.PARTLY_ACHIEVED: frozenset({GoalStatus.ACTIVE, GoalStatus.ACHIEVED, GoalStatus.REMOVED}),
    GoalStatus.CARRIED_OVER: frozenset({GoalStatus.ACTIVE, GoalStatus.REMOVED}),
    GoalStatus.REMOVED: frozenset({GoalStatus.ACTIVE}),
}
"""A removed goal can be taken up again, with a note (domain.md 6.4)."""

STEP_MAY_BECOME: Mapping[StepStatus, frozenset[StepStatus]] = {
    status: frozenset(StepStatus) - {status, StepStatus.NOT_STARTED} for status in StepStatus
}
"""Any order but back to the beginning: what was begun was begun, and a step that was set aside can be taken up."""

BECAUSE: Mapping[VersionState, type[SuspendedBecause] | type[ClosedBecause]] = {
    VersionState.SUSPENDED: SuspendedBecause,
    VersionState.CLOSED: ClosedBecause,
}
"""The states that need a reason from a list."""


def moved(plan: Plan, to: VersionState, *, because: str = "", words: str = "") -> Plan:
    """The version in another state. UserError where that cannot follow, or a guard is not met.

    `because` is a code of the list in `BECAUSE`; `words` say more, and must where the code is `other`.
    """
    if to not in MAY_BECOME[plan.state]:
        sentence = tr("That cannot follow: the plan is {state}.")
        raise UserError(sentence.format(state=state_words(plan.state)[0]), field="state")
    if to is VersionState.ACTIVE:
        require_activation(plan)
    if to in BECAUSE:
        if because not in [str(reason) for reason in BECAUSE[to]]:
            raise UserError(tr("Choose from the list why."), field="because")
        if because == "other" and not words.strip():
            raise UserError(tr("Say why."), field="words")
    elif because or words:
        raise UserError(tr("No reason is asked for that. Leave it out."), field="because")
    return replace(plan, state=to, state_code=because, state_reason=words.strip())


def require_activation(plan: Plan) -> None:
    """The four guards of domain.md 6.3. `did_not_agree` does not block: it is printed on page 1.

    What rests since the person withdrew is not taken up again over the person's head.
    """
    if plan.agreement is Agreement.NOT_ASKED:
        raise UserError(tr("Ask the person first, and record the answer."), field="agreement")
    if plan.state is VersionState.SUSPENDED and plan.agreement is Agreement.WITHDREW:
        raise UserError(tr("The person withdrew. Ask again first, and record the answer."), field="agreement")
    if not plan.agreement_words.strip() and not plan.no_words_because.strip():
        raise UserError(tr("Write the person's own words, or why there are none."), field="agreement_words")
    if not any(goal.approach and goal.status is not GoalStatus.REMOVED for goal in plan.goals):
        raise UserError(tr("A plan needs at least one goal that says what to do, become or have."), field="goals")
    if plan.review_due is None:
        raise UserError(tr("Set the day of the next review."), field="review_due")


def agreed(plan: Plan, answer: Agreement, *, words: str = "", no_words_because: str = "") -> Plan:
    """The version with the person's answer; an answer can be given again as long as the version counts."""
    if plan.state not in ANSWERED_IN:
        raise UserError(tr("Propose the plan to the person first."), field="agreement")
    if answer not in AGREEMENT_MAY_BECOME[plan.agreement]:
        raise UserError(tr("Choose what the person answered."), field="agreement")
    if answer is Agreement.COULD_NOT_BE_ASKED and not no_words_because.strip():
        raise UserError(tr("Say why the person could not be asked."), field="no_words_because")
    answered = replace(plan, agreement=answer, agreement_words=words, no_words_because=no_words_because)
    if plan.state in IN_FORCE:
        require_activation(answered)
    return answered


def signed_off(plan: Plan, to: SignOff, *, reason: str = "") -> Plan:
    """The version further along the staff's axis. UserError where that cannot follow; a return needs its reason."""
    if to not in SIGN_OFF_MAY_BECOME[plan.signoff]:
        sentence = tr("That cannot follow: the plan is {state}.")
        raise UserError(sentence.format(state=sign_off_words(plan.signoff)[0]), field="signoff")
    if to is SignOff.RETURNED and not reason.strip():
        raise UserError(tr("Say why the plan goes back."), field="reason")
    return replace(plan, signoff=to, return_reason=reason.strip() if to is SignOff.RETURNED else "")
