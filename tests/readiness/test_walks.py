"""Random walks through the services, against the tables of domain.md: checklist items, and stages near a release."""

import random
from datetime import timedelta

import pytest

from rehabdesk.access.service import Desk
from rehabdesk.core.errors import UserError
from rehabdesk.people.legal_model import DateSource, ReleaseRoute, Stage, may_follow
from rehabdesk.people.service import People
from rehabdesk.readiness.item_state_model import NEXT, TICKED
from rehabdesk.readiness.model import SEALING_ITEM, Blocking, EvidenceKind, Item, ItemStatus
from rehabdesk.readiness.service import Releases
from rehabdesk.readiness.template_service import load_templates
from tests.people.cases import TODAY
from tests.plans.cases import PlanDesk

STEPS = 150
S = ItemStatus
OPEN = {S.NOT_DUE, S.DUE, S.IN_PROGRESS, S.BLOCKED}
"""Domain.md 6.4 in its own words: what is open takes every answer, what is settled is opened again first."""
SETTABLE = {S.IN_PROGRESS, S.DONE, S.DECLINED, S.NOT_APPLICABLE, S.BLOCKED}
TO = timedelta(days=45)


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> tuple[PlanDesk, str]:
    folder = tmp_path_factory.mktemp("walk")
    desk = PlanDesk(folder / "desk", folder / "profile")
    person = desk.register()
    with desk.as_login("green-ferry") as login:
        service(login).open_list(person, TODAY + TO)
    return desk, person


def service(login: Desk) -> Releases:
    return Releases(login, People(login), load_templates())


def test_the_table_says_what_the_domain_says() -> None:
    assert set(NEXT) == set(ItemStatus)
    for status in OPEN:
        assert NEXT[status] == SETTABLE | {S.WAIVED}
    assert all(S.NOT_DUE not in after and S.DUE not in after for after in NEXT.values()), "these follow from the day"
    for status in set(ItemStatus) - OPEN:
        assert S.IN_PROGRESS in NEXT[status], "a mistake can be put right"
        assert not NEXT[status] & {S.WAIVED, S.BLOCKED, S.NOT_APPLICABLE}


def allowed(item: Item, to: ItemStatus, *, supervisor: bool, help_: bool, evidence: str, reason: str) -> bool:
    """Every guard of 6.4 and 9.1 once more, apart from the program's own words."""
    if item.status not in OPEN and to not in {S.IN_PROGRESS, S.DONE, S.DECLINED}:
        return False
    if item.status is S.DONE and to is S.DECLINED:
        return False
    if item.status is S.WAIVED and to is S.DECLINED:
        return False
    if item.status is S.NOT_APPLICABLE and to is not S.IN_PROGRESS:
        return False
    if supervisor:
        return bool(reason) and (to is S.NOT_APPLICABLE or item.template.blocking is Blocking.HANDOVER)
    if to is S.DONE and (not evidence or item.template.code == SEALING_ITEM):
        return False
    if to is S.DONE and item.template.evidence_kind is EvidenceKind.TICK and evidence != TICKED:
        return False
    if to is S.DONE and item.template.evidence_kind is EvidenceKind.DATE and evidence == TICKED:
        return False
    if to is S.NOT_APPLICABLE and item.template.blocking is not Blocking.NO:
        return False
    if to in (S.NOT_APPLICABLE, S.BLOCKED) and not reason:
        return False
    return to is not S.DECLINED or help_


@pytest.mark.parametrize("seed", [6])
def test_no_walk_over_the_items_takes_a_forbidden_step(walked: tuple[PlanDesk, str], seed: int) -> None:
    desk, person = walked
    chance = random.Random(seed)
    kinds = ("RR-B1", "RR-A5", "RR-C4", "RR-I2", SEALING_ITEM, "RR-G1")
    taken: set[tuple[ItemStatus, ItemStatus]] = set()
    refused = 0
    for supervisor in (False, True, False):
        with desk.as_login("silver-reed" if supervisor else "green-ferry") as login:
            releases = service(login)
            found = releases.of_person(person)
            assert found is not None
            for _ in range(STEPS // 3):
                item = found.item(chance.choice(kinds))
                to = chance.choice((S.WAIVED, S.NOT_APPLICABLE) if supervisor else tuple(SETTABLE))
                evidence, reason = chance.choice(("", "2026-11-20", TICKED)), chance.choice(("", "No host."))
                help_ = chance.random() < 0.7
                may = allowed(item, to, supervisor=supervisor, help_=help_, evidence=evidence, reason=reason)
                code = item.template.code
                try:
                    if to is S.WAIVED:
                        after = releases.waive(person, code, reason)
                    elif supervisor:
                        after = releases.agree_not_applicable(person, code, reason)
                    else:
                        after = releases.mark(person, code, to, evidence=evidence, reason=reason, offered_help=help_)
                except UserError:
                    assert not may, (item.status, to, code, evidence, reason, help_)
                    refused += 1
                    continue
                assert may, (item.status, to, code, evidence, reason, help_)
                assert after.item(code).status is to
                taken.add((item.status, to))
                found = after
    assert len(taken) > 8
    assert refused > 20


AFTER = {
    Stage.PRE_TRIAL: {Stage.DIVERTED, Stage.CONVICTED, Stage.CLEARED, Stage.RELEASED_PRE_TRIAL, Stage.PRE_RELEASE},
    Stage.CONVICTED: {Stage.SENTENCED, Stage.CLEARED, Stage.PRE_RELEASE},
    Stage.SENTENCED: {Stage.PRE_RELEASE, Stage.CLEARED},
    Stage.PRE_RELEASE: {Stage.SENTENCED, Stage.CLEARED},
    Stage.RELEASED_SUPERVISED: {Stage.RECALLED, Stage.CLOSED, Stage.RELEASED_UNSUPERVISED},
    Stage.RELEASED_UNSUPERVISED: {Stage.RECALLED, Stage.CLOSED},
    Stage.REMOVED_FROM_COUNTRY: {Stage.RECALLED, Stage.CLOSED},
    Stage.RECALLED: {Stage.PRE_TRIAL, Stage.CONVICTED, Stage.SENTENCED, Stage.PRE_RELEASE, Stage.CLEARED},
    Stage.CLEARED: {Stage.CLOSED},
}
"""6.1, as far as it concerns a release, typed from the table once more."""
ANY = {Stage.TRANSFERRED, Stage.HOSPITAL, Stage.DECEASED, Stage.UNLAWFULLY_AT_LARGE}
GATE = {Stage.RELEASED_SUPERVISED, Stage.RELEASED_UNSUPERVISED, Stage.REMOVED_FROM_COUNTRY}
IN_CUSTODY = {Stage.PRE_TRIAL, Stage.CONVICTED, Stage.SENTENCED, Stage.PRE_RELEASE, Stage.RECALLED}


@pytest.mark.parametrize("stage", sorted(AFTER))
def test_the_stages_around_a_release_follow_each_other_as_the_table_says(stage: Stage) -> None:
    gate = GATE if stage in IN_CUSTODY else set()
    assert may_follow(stage) == AFTER[stage] | ANY | gate


def test_no_walk_over_the_stages_takes_a_forbidden_step_and_a_release_is_never_refused(
    walked: tuple[PlanDesk, str],
) -> None:
    desk, _ = walked
    chance, released = random.Random(61), 0
    with desk.as_login("green-ferry") as login:
        people = People(login)
        person = next(row.id for row in people.own_cases())
        for _ in range(120):
            stage = people.legal(person).stage
            if stage not in AFTER:
                people.set_stage(
                    person, Stage.SENTENCED, on=TODAY, source=DateSource.COURT, correction="The walk goes on."
                )
                continue
            to = chance.choice(tuple(Stage))
            gate = GATE if stage in IN_CUSTODY else set()
            may = to in AFTER[stage] | ANY | gate
            if to in GATE and stage in IN_CUSTODY | {Stage.CLEARED} and chance.random() < 0.5:
                people.record_release(
                    person, to, on=TODAY, source=DateSource.COURT, route=ReleaseRoute.COURT_ORDER, short_notice=True
                )
                assert people.legal(person).stage is (to if stage in IN_CUSTODY else stage)
                released += 1
                continue
            try:
                people.set_stage(person, to, on=TODAY, source=DateSource.COURT)
            except UserError:
                assert not may, (stage, to)
            else:
                assert may, (stage, to)
    assert released >= 3
