"""When plans are due and reviewed (A1, domain.md 12): by stage and time to release, and what moves the day. Pure dates.

The day of a review says something about the work, never about the person: nothing here looks at a word of progress.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum

from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr


class Situation(StrEnum):
    """The rows of A1, by the code of their rule."""

    PRE_TRIAL = "pre_trial"
    CONVICTED = "convicted"
    OVER_24_MONTHS = "over_24_months"
    UP_TO_24_MONTHS = "up_to_24_months"
    UP_TO_12_MONTHS = "up_to_12_months"
    UP_TO_6_MONTHS = "up_to_6_months"
    NO_DATE = "no_date"
    MOVED = "moved"
    AFTER_RELEASE = "after_release"


class Phase(StrEnum):
    """What of the legal stage matters here."""

    PRE_TRIAL = "pre_trial"
    CONVICTED = "convicted"
    SENTENCED = "sentenced"
    RELEASED = "released"


class MovedBecause(StrEnum):
    """What brings a review forward to 14 days."""

    TRANSFER_IN = "transfer_in"
    RECALL = "recall"
    MAJOR_INCIDENT = "major_incident"
    BEREAVEMENT = "bereavement"
    PLAN_DISAGREEMENT = "plan_disagreement"


BY_HAND = frozenset({MovedBecause.MAJOR_INCIDENT, MovedBecause.BEREAVEMENT})
"""What somebody writes down; the others follow from what is recorded anyway."""


class DueKind(StrEnum):
    WELCOME_TALK = "welcome_talk"
    FIRST_PLAN = "first_plan"
    COMMUNITY_PLAN = "community_plan"
    REVIEW = "review"
    RELEASE_CHECK = "release_check"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewRule:
    """One row of A1, in days. 0: the row has no such day."""

    situation: Situation
    text: str
    every: int
    most: int
    first: int = 0
    welcome: int = 0
    check: int = 0
    community_draft: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewRules:
    """All rows. `shortened`: what the site reviews more often, by situation."""

    rules: Mapping[Situation, ReviewRule]
    shortened: Mapping[str, int] = field(default_factory=dict)

    def rule(self, situation: Situation) -> ReviewRule:
        """The row as it holds at this site."""
        rule = self.rules[situation]
        return replace(rule, every=min(rule.every, self.shortened.get(situation, rule.every)))


def require_shorter(rules: ReviewRules, situation: Situation, every: int) -> None:
    """UserError where a site would review less often than A1 says (domain.md 5.3)."""
    usual = rules.rules[situation].every
    if not 1 <= every <= usual:
        raise UserError(
            tr("Enter 1 to {days} days: a site may shorten the time, never lengthen it.").format(days=usual),
            field=situation,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """Something after which a review is due in 14 days; not yet reviewed."""

    because: MovedBecause
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the days of one person follow from.

    `anchor`: the day of the sentence, of the release, or on which the stage began. `base`: the last review, else when
    the plan came into force; None without a plan in force. `planned`: the day that was agreed for the next review.
    `resting`: there is none because it rests, or was closed since the anchor. `met`: somebody met the person since the
    anchor. `community`: a version of the plan looks beyond the gate.
    """

    phase: Phase
    anchor: date
    release: date | None = None
    indeterminate: bool = False
    base: date | None = None
    planned: date | None = None
    resting: bool = False
    met: bool = False
    community: bool = False
    happened: tuple[Happened, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DueDay:
    """Something that is due about a plan. `moved`: why it is earlier than planned."""

    kind: DueKind
    on: date
    situation: Situation
    moved: MovedBecause | None = None


def situation_of(facts: Facts, today: date) -> Situation:
    """The row of A1 that holds today."""
    if facts.phase is Phase.PRE_TRIAL:
        return Situation.PRE_TRIAL
    if facts.phase is Phase.CONVICTED:
        return Situation.CONVICTED
    if facts.phase is Phase.RELEASED:
        return Situation.AFTER_RELEASE
    if facts.release is None or facts.indeterminate:
        return Situation.NO_DATE
    if facts.release < _months_after(today, 6):
        return Situation.UP_TO_6_MONTHS
    if facts.release < _months_after(today, 12):
        return Situation.UP_TO_12_MONTHS
    return Situation.UP_TO_24_MONTHS if facts.release <= _months_after(today, 24) else Situation.OVER_24_MONTHS


def due_days(rules: ReviewRules, facts: Facts, today: date) -> tuple[DueDay, ...]:
    """What is due about this person's plan, the earliest first."""
    situation = situation_of(facts, today)
    rule, found = rules.rule(situation), []
    reviewed = facts.base is not None and facts.base >= facts.anchor
    for days, kind in ((rule.welcome, DueKind.WELCOME_TALK), (rule.check, DueKind.RELEASE_CHECK)):
        if days and not facts.met and not reviewed:
            found.append(DueDay(kind=kind, on=facts.anchor + timedelta(days=days), situation=situation))
    if facts.base is None:
        if not facts.resting:
            on, moved = _moved(rules, facts, facts.anchor + timedelta(days=rule.first), {MovedBecause.TRANSFER_IN})
            found.append(DueDay(kind=DueKind.FIRST_PLAN, on=on, situation=situation, moved=moved))
        return tuple(sorted(found, key=lambda due: due.on))
    found.append(_review(rules, rule, facts, facts.base))
    if rule.community_draft and facts.release is not None and not facts.community:
        on = facts.release - timedelta(days=rule.community_draft)
        found.append(DueDay(kind=DueKind.COMMUNITY_PLAN, on=on, situation=situation))
    return tuple(sorted(found, key=lambda due: due.on))


def next_days(rules: ReviewRules, situation: Situation, on: date, *, disagreed: bool) -> tuple[date, date]:
    """The usual day of the review after the one held `on`, and the latest one.

    `disagreed`: the person does not agree any more as before.
    """
    rule = rules.rule(situation)
    if disagreed:
        rule = rules.rule(Situation.MOVED) if rules.rule(Situation.MOVED).every < rule.every else rule
    return on + timedelta(days=rule.every), on + timedelta(days=rule.most)


def _review(rules: ReviewRules, rule: ReviewRule, facts: Facts, base: date) -> DueDay:
    """The agreed day, never later than the longest time; earlier after what moves it."""
    on = min(facts.planned or base + timedelta(days=rule.every), base + timedelta(days=rule.most))
    if rule.first and rule.situation not in (Situation.PRE_TRIAL, Situation.CONVICTED) and base < facts.anchor:
        on = min(on, facts.anchor + timedelta(days=rule.first))
    on, moved = _moved(rules, facts, on, frozenset(MovedBecause))
    return DueDay(kind=DueKind.REVIEW, on=on, situation=rule.situation, moved=moved)


def _moved(
    rules: ReviewRules, facts: Facts, on: date, counts: Collection[MovedBecause]
) -> tuple[date, MovedBecause | None]:
    """The day, or an earlier one after what `counts`, and why: a first plan, too, does not wait after a transfer."""
    moved = None
    soon = timedelta(days=rules.rule(Situation.MOVED).every)
    for one in sorted(facts.happened, key=lambda one: one.on):
        if one.because in counts and one.on + soon < on:
            on, moved = one.on + soon, one.because
    return on, moved


def _months_after(day: date, months: int) -> date:
    """The same day of a later month, or its last."""
    years, month = divmod(day.month - 1 + months, 12)
    for last in range(day.day, 0, -1):
        try:
            return date(day.year + years, month + 1, last)
        except ValueError:
            continue
    return day
