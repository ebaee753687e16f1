"""Conditions on a real desk: wordings, explanations, what was changed since somebody saw it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from rehabdesk.access.service import Desk
from rehabdesk.core.errors import UserError
from rehabdesk.people.service import People
from rehabdesk.readiness.condition_model import Understood
from rehabdesk.readiness.condition_service import Conditions
from rehabdesk.readiness.template_service import load_templates
from tests.people.cases import TODAY
from tests.plans.cases import PlanDesk
from tests.readiness.test_service import CONDITION

TUESDAY = replace(CONDITION, text_plain="I meet my officer every Tuesday.")


def conditions(login: Desk) -> Conditions:
    return Conditions(login, People(login), load_templates())


def test_every_wording_and_every_explanation_stays(desk: PlanDesk, person: str) -> None:
    with desk.as_login("green-ferry") as login:
        held = conditions(login)
        rid = held.add(person, CONDITION).rid
        again = TODAY + timedelta(days=7)
        held.explain(rid, on=TODAY, language="dje", understood=Understood.NO, ask_again=again)
        held.explain(rid, on=TODAY, language="fr", understood=Understood.YES)
        changed = held.change(rid, TUESDAY).condition
        assert (changed.version, changed.is_explained, changed.ask_again) == (2, False, None)
        states = held.history(rid)
        assert [each.condition.understood for each in states] == [None, Understood.YES, Understood.NO, None]
        assert [each.condition.version for each in states] == [2, 1, 1, 1]
        assert states[2].condition.is_to_ask_again(again)
        assert {each.by for each in states} == {login.uid}
        with pytest.raises(UserError, match="Nothing was changed"):
            held.change(rid, TUESDAY)
    desk.drop_indexes()
    with desk.as_login("plain-lantern") as login:
        assert conditions(login).history(rid) == states, "a chaplain reads conditions (domain.md 4.2)"
        with pytest.raises(UserError):
            conditions(login).change(rid, CONDITION)


def test_the_end_of_the_card_is_no_new_wording(desk: PlanDesk, person: str) -> None:
    with desk.as_login("green-ferry") as login:
        held = conditions(login)
        rid = held.add(person, CONDITION).rid
        held.explain(rid, on=TODAY, language="dje", understood=Understood.YES, question="And by bus?")
        found = held.change(rid, replace(CONDITION, can_ask="Another hour.", ask_whom="My officer.")).condition
        assert (found.version, found.understood, found.question_raised) == (1, Understood.YES, "And by bus?")
        assert (found.can_ask, found.ask_whom) == ("Another hour.", "My officer.")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"on": TODAY + timedelta(days=1)}, "explained_on"),
        ({"language": "French"}, "explained_in"),
        ({"language": ""}, "explained_in"),
        ({"ask_again": TODAY - timedelta(days=1)}, "ask_again"),
    ],
)
def test_an_explanation_that_cannot_be_is_refused(
    desk: PlanDesk, person: str, changes: dict[str, object], field: str
) -> None:
    with desk.as_login("green-ferry") as login:
        held = conditions(login)
        rid = held.add(person, CONDITION).rid
        with pytest.raises(UserError) as refused:
            held.explain(rid, **({"on": TODAY, "language": "fr", "understood": Understood.YES} | changes))  # type: ignore[arg-type]  # one of them is wrong
        assert refused.value.field == field
        assert len(held.history(rid)) == 1


def test_a_changed_wording_is_told_until_each_has_seen_it(desk: PlanDesk, person: str) -> None:
    with desk.as_login("green-ferry") as login:
        held = conditions(login)
        rid = held.add(person, CONDITION).rid
        held.add(person, replace(CONDITION, category="people"))
        assert held.changed(person) == ()
        held.change(rid, TUESDAY)
        assert held.changed(person) == (), "who changed it has seen it"
    with desk.as_login("calm-harbour") as login:
        held = conditions(login)
        assert [stored.rid for stored in held.changed(person)] == [rid]
        held.note_seen(person)
        assert held.changed(person) == ()
    with desk.as_login("silver-reed") as login:
        assert len(conditions(login).changed(person)) == 1, "each for himself"
    with desk.as_login("green-ferry") as login:
        conditions(login).change(rid, CONDITION)
    with desk.as_login("calm-harbour") as login:
        assert len(conditions(login).changed(person)) == 1
