"""When plans are reviewed: the table A1 of domain.md 12, row by row, and what brings a day forward."""

import random
from dataclasses import replace
from datetime import date, timedelta

import pytest

from rehabdesk.core.declared import DeclarationError
from rehabdesk.core.errors import UserError
from rehabdesk.plans.reviews.review_rule_model import (
    DueKind,
    Facts,
    Happened,
    MovedBecause,
    Phase,
    ReviewRules,
    Situation,
    due_days,
    next_days,
    require_shorter,
    situation_of,
)
from rehabdesk.plans.reviews.review_rule_service import load_review_rules, parse_review_rules

RULES = load_review_rules()
TODAY = date(2026, 11, 24)
A1 = {
    "pre_trial": (60, 90),
    "convicted": (60, 90),
    "over_24_months": (180, 365),
    "up_to_24_months": (120, 180),
    "up_to_12_months": (90, 120),
    "up_to_6_months": (45, 60),
    "no_date": (120, 180),
    "moved": (14, 21),
    "after_release": (90, 120),
}
"""Every, and at most, of domain.md 12."""


def days(count: int) -> timedelta:
    return timedelta(days=count)


def facts(phase: Phase = Phase.SENTENCED, **changes: object) -> Facts:
    """A sentenced person with a plan in force since today and three years left."""
    given = Facts(phase=phase, anchor=TODAY - days(400), release=TODAY + days(1100), base=TODAY, community=True)
    return replace(given, **changes)  # type: ignore[arg-type]  # names of fields


def test_the_table_is_that_of_the_domain() -> None:
    assert {str(code): (rule.every, rule.most) for code, rule in RULES.rules.items()} == A1
    assert (RULES.rule(Situation.PRE_TRIAL).welcome, RULES.rule(Situation.PRE_TRIAL).first) == (7, 30)
    assert RULES.rule(Situation.OVER_24_MONTHS).first == 45
    assert RULES.rule(Situation.UP_TO_6_MONTHS).community_draft == 120
    assert (RULES.rule(Situation.AFTER_RELEASE).check, RULES.rule(Situation.AFTER_RELEASE).first) == (7, 30)


@pytest.mark.parametrize(
    ("phase", "release", "indeterminate", "wanted"),
    [
        (Phase.PRE_TRIAL, None, False, Situation.PRE_TRIAL),
        (Phase.CONVICTED, None, False, Situation.CONVICTED),
        (Phase.SENTENCED, None, False, Situation.NO_DATE),
        (Phase.SENTENCED, date(2027, 1, 1), True, Situation.NO_DATE),
        (Phase.SENTENCED, date(2028, 11, 25), False, Situation.OVER_24_MONTHS),
        (Phase.SENTENCED, date(2028, 11, 24), False, Situation.UP_TO_24_MONTHS),
        (Phase.SENTENCED, date(2027, 11, 24), False, Situation.UP_TO_24_MONTHS),
        (Phase.SENTENCED, date(2027, 11, 23), False, Situation.UP_TO_12_MONTHS),
        (Phase.SENTENCED, date(2027, 5, 24), False, Situation.UP_TO_12_MONTHS),
        (Phase.SENTENCED, date(2027, 5, 23), False, Situation.UP_TO_6_MONTHS),
        (Phase.SENTENCED, date(2026, 11, 1), False, Situation.UP_TO_6_MONTHS),
        (Phase.RELEASED, date(2026, 11, 1), False, Situation.AFTER_RELEASE),
    ],
)
def test_stage_and_time_left_decide_the_row(
    phase: Phase, release: date | None, indeterminate: bool, wanted: Situation
) -> None:
    assert situation_of(facts(phase, release=release, indeterminate=indeterminate), TODAY) is wanted


def test_the_agreed_day_stands_but_never_beyond_the_longest_time() -> None:
    (due,) = due_days(RULES, facts(planned=TODAY + days(100)), TODAY)
    assert (due.kind, due.on) == (DueKind.REVIEW, TODAY + days(100))
    (due,) = due_days(RULES, facts(planned=TODAY + days(600)), TODAY)
    assert due.on == TODAY + days(365)
    (due,) = due_days(RULES, facts(), TODAY)
    assert due.on == TODAY + days(180)


def test_a_day_comes_nearer_when_the_release_does() -> None:
    planned = TODAY + days(100)
    (due,) = due_days(RULES, facts(planned=planned, release=TODAY + days(90)), TODAY)
    assert (due.on, due.situation) == (TODAY + days(60), Situation.UP_TO_6_MONTHS)


@pytest.mark.parametrize("because", list(MovedBecause))
def test_what_happened_brings_the_review_to_14_days(because: MovedBecause) -> None:
    happened = (Happened(because=because, on=TODAY + days(20)),)
    (due,) = due_days(RULES, facts(planned=TODAY + days(100), happened=happened), TODAY)
    assert (due.on, due.moved) == (TODAY + days(34), because)
    (due,) = due_days(RULES, facts(planned=TODAY + days(10), happened=happened), TODAY)
    assert (due.on, due.moved) == (TODAY + days(10), None)


def test_first_talk_and_first_plan() -> None:
    new = facts(Phase.PRE_TRIAL, anchor=TODAY, base=None, release=None)
    found = {due.kind: due.on for due in due_days(RULES, new, TODAY)}
    assert found == {DueKind.WELCOME_TALK: TODAY + days(7), DueKind.FIRST_PLAN: TODAY + days(30)}
    assert [due.kind for due in due_days(RULES, replace(new, met=True), TODAY)] == [DueKind.FIRST_PLAN]
    assert due_days(RULES, replace(new, met=True, resting=True), TODAY) == ()
    (due,) = due_days(RULES, facts(anchor=TODAY, base=None), TODAY)
    assert (due.kind, due.on) == (DueKind.FIRST_PLAN, TODAY + days(45))


def test_a_plan_from_before_the_sentence_is_looked_at_45_days_after_it() -> None:
    (due,) = due_days(RULES, facts(anchor=TODAY, base=TODAY - days(1), planned=TODAY + days(100)), TODAY)
    assert due.on == TODAY + days(45)


def test_before_and_after_the_gate() -> None:
    near = facts(release=TODAY + days(130), community=False)
    assert (DueKind.COMMUNITY_PLAN, TODAY + days(10)) in [(due.kind, due.on) for due in due_days(RULES, near, TODAY)]
    out = facts(Phase.RELEASED, anchor=TODAY, base=TODAY - days(1), planned=TODAY + days(80))
    found = {due.kind: due.on for due in due_days(RULES, out, TODAY)}
    assert found == {DueKind.RELEASE_CHECK: TODAY + days(7), DueKind.REVIEW: TODAY + days(30)}


def test_a_site_may_shorten_and_never_lengthen() -> None:
    rng = random.Random(12)
    for _ in range(300):
        situation, every = rng.choice(list(Situation)), rng.randrange(-5, 400)
        usual = RULES.rules[situation]
        if 1 <= every <= usual.every:
            require_shorter(RULES, situation, every)
            held = ReviewRules(rules=RULES.rules, shortened={situation.value: every}).rule(situation)
            assert (held.every, held.most) == (every, usual.most)
        else:
            with pytest.raises(UserError):
                require_shorter(RULES, situation, every)
    assert ReviewRules(rules=RULES.rules, shortened={"pre_trial": 999}).rule(Situation.PRE_TRIAL).every == 60


def test_the_next_day_after_a_disagreement_is_near() -> None:
    assert next_days(RULES, Situation.OVER_24_MONTHS, TODAY, disagreed=False) == (TODAY + days(180), TODAY + days(365))
    assert next_days(RULES, Situation.OVER_24_MONTHS, TODAY, disagreed=True) == (TODAY + days(14), TODAY + days(21))


def test_a_table_without_a_row_is_refused() -> None:
    with pytest.raises(DeclarationError, match="no rule for"):
        parse_review_rules('[[rules]]\ncode = "pre_trial"\ntext = "x"\nevery = 1\nmost = 2\n', "x.toml")
