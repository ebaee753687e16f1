"""The table of legal stages, and the release that nothing stops."""

from datetime import date, timedelta

import pytest

from rehabdesk.core.errors import UserError
from rehabdesk.people.legal_model import (
    CUSTODY,
    RELEASED,
    DateSource,
    LegalEpisode,
    ReleaseRoute,
    Stage,
    change_stage,
    may_follow,
    plan_release,
    release,
)

SINCE = date(2026, 3, 1)
LATER = date(2026, 6, 1)


def at(stage: Stage) -> LegalEpisode:
    return LegalEpisode(stage=stage, since=SINCE, source=DateSource.COURT, country="XX")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (Stage.PRE_TRIAL, Stage.DIVERTED),
        (Stage.PRE_TRIAL, Stage.CONVICTED),
        (Stage.PRE_TRIAL, Stage.CLEARED),
        (Stage.PRE_TRIAL, Stage.RELEASED_PRE_TRIAL),
        (Stage.CONVICTED, Stage.SENTENCED),
        (Stage.SENTENCED, Stage.PRE_RELEASE),
        (Stage.PRE_TRIAL, Stage.PRE_RELEASE),
        (Stage.CONVICTED, Stage.PRE_RELEASE),
        (Stage.HOSPITAL, Stage.PRE_RELEASE),
        (Stage.PRE_RELEASE, Stage.RELEASED_SUPERVISED),
        (Stage.PRE_RELEASE, Stage.RELEASED_UNSUPERVISED),
        (Stage.PRE_RELEASE, Stage.REMOVED_FROM_COUNTRY),
        (Stage.RELEASED_SUPERVISED, Stage.RECALLED),
        (Stage.RELEASED_SUPERVISED, Stage.CLOSED),
        (Stage.SENTENCED, Stage.TRANSFERRED),
        (Stage.RELEASED_SUPERVISED, Stage.DECEASED),
        (Stage.HOSPITAL, Stage.SENTENCED),
    ],
)
def test_a_stage_that_may_follow_is_taken_with_day_and_source(before: Stage, after: Stage) -> None:
    changed = change_stage(at(before), after, on=LATER, source=DateSource.WARRANT)
    assert (changed.stage, changed.since, changed.source) == (after, LATER, DateSource.WARRANT)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (Stage.PRE_TRIAL, Stage.SENTENCED),
        (Stage.PRE_TRIAL, Stage.CLOSED),
        (Stage.CLEARED, Stage.SENTENCED),
        (Stage.CLEARED, Stage.CONVICTED),
        (Stage.SENTENCED, Stage.PRE_TRIAL),
        (Stage.SENTENCED, Stage.SENTENCED),
        (Stage.DECEASED, Stage.RECALLED),
        (Stage.CLOSED, Stage.TRANSFERRED),
        (Stage.RELEASED_UNSUPERVISED, Stage.SENTENCED),
    ],
)
def test_a_stage_that_cannot_follow_is_refused_unless_it_corrects(before: Stage, after: Stage) -> None:
    with pytest.raises(UserError) as refused:
        change_stage(at(before), after, on=LATER, source=DateSource.COURT)
    assert refused.value.field == "stage"
    corrected = change_stage(at(before), after, on=LATER, source=DateSource.COURT, correction="Wrong file")
    assert (corrected.stage, corrected.correction) == (after, "Wrong file")


def test_a_change_does_not_lie_before_the_stage_it_ends() -> None:
    with pytest.raises(UserError) as refused:
        change_stage(at(Stage.PRE_TRIAL), Stage.CONVICTED, on=SINCE - timedelta(days=1), source=DateSource.COURT)
    assert refused.value.field == "since"


@pytest.mark.parametrize("stage", list(Stage))
def test_a_release_is_recorded_from_every_stage(stage: Stage) -> None:
    freed = release(
        at(stage), Stage.RELEASED_UNSUPERVISED, on=LATER, source=DateSource.REGISTRY, route=ReleaseRoute.COURT_ORDER
    )
    assert freed.dates.actual_release == LATER
    assert freed.release_route is ReleaseRoute.COURT_ORDER
    assert freed.stage is (Stage.RELEASED_UNSUPERVISED if stage in CUSTODY else stage)


@pytest.mark.parametrize("stage", sorted(CUSTODY))
def test_every_custody_stage_leads_to_the_gate_and_to_a_planned_release(stage: Stage) -> None:
    assert may_follow(stage) >= RELEASED
    planned = plan_release(
        at(stage),
        planned=LATER,
        on=SINCE,
        source=DateSource.COURT,
        route=ReleaseRoute.PARDON,
        short_notice=True,
    )
    assert (planned.stage, planned.dates.planned_release, planned.short_notice) == (Stage.PRE_RELEASE, LATER, True)


def test_a_release_is_no_other_stage() -> None:
    with pytest.raises(UserError):
        release(at(Stage.SENTENCED), Stage.CLOSED, on=LATER, source=DateSource.COURT, route=ReleaseRoute.PARDON)


def test_being_cleared_starts_a_clock_of_thirty_days_that_a_release_does_not_stop() -> None:
    cleared = change_stage(at(Stage.PRE_TRIAL), Stage.CLEARED, on=LATER, source=DateSource.COURT)
    assert cleared.erasure_review_due == LATER + timedelta(days=30)
    freed = release(
        cleared,
        Stage.RELEASED_UNSUPERVISED,
        on=LATER + timedelta(days=1),
        source=DateSource.COURT,
        route=ReleaseRoute.ACQUITTAL,
    )
    assert freed.erasure_review_due == LATER + timedelta(days=30)


@pytest.mark.parametrize("stage", list(Stage))
def test_the_pre_trial_guard_is_on_until_a_conviction(stage: Stage) -> None:
    guarded = {Stage.PRE_TRIAL, Stage.DIVERTED, Stage.RELEASED_PRE_TRIAL, Stage.CLEARED}
    assert at(stage).convicted is (stage not in guarded)


def test_another_release_route_is_said_in_words() -> None:
    with pytest.raises(UserError) as refused:
        release(
            at(Stage.SENTENCED),
            Stage.RELEASED_UNSUPERVISED,
            on=LATER,
            source=DateSource.COURT,
            route=ReleaseRoute.OTHER,
        )
    assert refused.value.field == "release_route"
