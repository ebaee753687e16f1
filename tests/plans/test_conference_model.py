"""The states of a conference as a table, every guard, and what its parts refuse."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehabdesk.core.choices import load_choice_lists
from rehabdesk.core.errors import UserError
from rehabdesk.core.payload import from_payload, to_payload
from rehabdesk.handover.content.packet_model import LegalBasis, WithheldBecause
from rehabdesk.handover.state_words_model import basis_words
from rehabdesk.plans.conferences import conference_model as model
from rehabdesk.plans.conferences.conference_model import (
    AGREED,
    MAY_BECOME,
    ActionMark,
    Addition,
    AdditionKind,
    Conference,
    ConferenceState,
    Exchange,
)
from rehabdesk.plans.conferences.conference_parts_model import (
    ACTION_MAY_BECOME,
    Act,
    Action,
    ActionStatus,
    Attendee,
    Item,
    KeptBack,
    Minutes,
    PersonAttended,
)
from rehabdesk.plans.conferences.conference_typed_model import (
    OUTSIDE,
    TypedAction,
    TypedItem,
    TypedKeptBack,
    TypedMinutes,
    as_minutes,
    typed_from,
)
from tests.people.cases import NOON, TODAY
from tests.plans.conferences import NGO, minutes, planned

CHAIR, SUP = "u1chair", "u2super"
CAME = (replace(NGO, attended=True),)


def took_place(**changes: Any) -> Conference:
    return model.held(planned(CHAIR, **changes), CAME, PersonAttended.IN_PERSON, now=NOON)


def laid() -> Conference:
    return model.laid(took_place(), minutes(CHAIR), {0: "Offers a room", 7: "nobody"})


def agreed() -> Conference:
    return model.agreed(laid(), by=CHAIR, now=NOON, supervises=False)


STATES: dict[ConferenceState, Callable[[], Conference]] = {
    ConferenceState.SCHEDULED: lambda: planned(CHAIR),
    ConferenceState.HELD: took_place,
    ConferenceState.MINUTES_DRAFT: laid,
    ConferenceState.MINUTES_AGREED: agreed,
    ConferenceState.ACTIONS_OPEN: lambda: model.approved(agreed(), by=SUP, now=NOON),
    ConferenceState.CLOSED: lambda: model.cancelled(planned(CHAIR), "Lockdown"),
}
DEEDS: dict[str, tuple[ConferenceState, ConferenceState, Callable[[Conference], Conference]]] = {
    "held": (
        ConferenceState.SCHEDULED,
        ConferenceState.HELD,
        lambda one: model.held(one, CAME, PersonAttended.REPRESENTED, now=NOON),
    ),
    "cancelled": (
        ConferenceState.SCHEDULED,
        ConferenceState.CLOSED,
        lambda one: model.cancelled(one, "Lockdown"),
    ),
    "laid": (
        ConferenceState.HELD,
        ConferenceState.MINUTES_DRAFT,
        lambda one: model.laid(one, minutes(CHAIR), {}),
    ),
    "returned": (
        ConferenceState.MINUTES_DRAFT,
        ConferenceState.HELD,
        lambda one: model.returned(one, "Shorter."),
    ),
    "agreed": (
        ConferenceState.MINUTES_DRAFT,
        ConferenceState.MINUTES_AGREED,
        lambda one: model.agreed(one, by=CHAIR, now=NOON, supervises=False),
    ),
    "approved": (
        ConferenceState.MINUTES_AGREED,
        ConferenceState.ACTIONS_OPEN,
        lambda one: model.approved(one, by=SUP, now=NOON),
    ),
}
"""From which state, to which state, and how."""


@pytest.mark.parametrize("state", list(ConferenceState))
@pytest.mark.parametrize("deed", list(DEEDS))
def test_every_deed_in_every_state_follows_the_table(state: ConferenceState, deed: str) -> None:
    begin, to, do = DEEDS[deed]
    before = STATES[state]()
    assert before.state is state
    assert to in MAY_BECOME[begin]
    if state is begin:
        assert do(before).state is to
    else:
        with pytest.raises(UserError):
            do(before)


@given(st.lists(st.sampled_from([*DEEDS, "done_a1", "done_a2", "open_a1", "open_a2"]), max_size=16))
def test_no_walk_leaves_the_table_and_what_is_agreed_stays(walk: list[str]) -> None:
    written, marks = planned(CHAIR), list[ActionMark]()
    for step in walk:
        before = model.as_it_stands(written, marks)
        if step in DEEDS:
            try:
                written = DEEDS[step][2](written)
            except UserError:
                continue
        elif written.state in AGREED and not written.cancelled:
            code, _, action = step.partition("_")
            status = ActionStatus.DONE if code == "done" else ActionStatus.OPEN
            if status not in ACTION_MAY_BECOME[model.statuses(written, marks)[action]]:
                continue
            marks.append(ActionMark(conference="c", action=action, status=status))
        after = model.as_it_stands(written, marks)
        through = {ConferenceState.ACTIONS_OPEN} & MAY_BECOME[before.state]  # approved with every action done
        reach = {before.state} | MAY_BECOME[before.state] | {to for by in through for to in MAY_BECOME[by]}
        assert after.state in reach, step
        if before.agreed_at is not None:
            assert (after.minutes, after.attendees, after.agreed_at) == (
                before.minutes,
                before.attendees,
                before.agreed_at,
            )
        open_ones = ActionStatus.OPEN in model.statuses(written, marks).values()
        assert (after.state is ConferenceState.CLOSED) == (
            written.cancelled or (written.state is ConferenceState.ACTIONS_OPEN and not open_ones)
        )


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("attendees", {"attendees": (NGO,)}),
        ("person_attended", {"attended": None}),
        ("not_invited_because", {"attended": PersonAttended.NOT_INVITED}),
        ("not_invited_because", {"not_invited_because": "A reason for nothing"}),
        ("help_offered", {"attended": PersonAttended.DECLINED}),
        ("at", {"now": NOON - timedelta(days=1)}),
    ],
)
def test_what_is_missing_when_it_was_held_is_said_at_its_field(field: str, changes: dict[str, Any]) -> None:
    given_: dict[str, Any] = {"attendees": CAME, "attended": PersonAttended.IN_PERSON, "now": NOON} | changes
    with pytest.raises(UserError) as said:
        model.held(planned(CHAIR), given_.pop("attendees"), given_.pop("attended"), **given_)
    assert said.value.field == field


def test_a_no_is_taken_once_help_was_offered_and_not_invited_with_its_reason() -> None:
    one = planned(CHAIR)
    assert model.held(one, CAME, PersonAttended.DECLINED, now=NOON, help_offered=True).help_offered
    why = "The court forbids it."
    told = model.held(one, CAME, PersonAttended.NOT_INVITED, now=NOON, not_invited_because=why)
    assert told.not_invited_because == why


def test_contributions_belong_to_those_who_came() -> None:
    absent = replace(NGO, name="Bako", attended=False)
    one = model.held(planned(CHAIR), (*CAME, absent), PersonAttended.IN_PERSON, now=NOON)
    done = model.laid(one, minutes(CHAIR), {0: " Offers a room ", 1: "was not there"})
    assert [each.contribution for each in done.attendees] == ["Offers a room", ""]


def test_only_the_chair_agrees_and_a_supervisor_in_the_chair_approves() -> None:
    with pytest.raises(UserError) as said:
        model.agreed(laid(), by=SUP, now=NOON, supervises=True)
    assert said.value.field == "chair"
    done = model.agreed(laid(), by=CHAIR, now=NOON, supervises=True)
    assert (done.state, done.approved_by) == (ConferenceState.ACTIONS_OPEN, CHAIR)


@pytest.mark.parametrize(
    "broken",
    [
        lambda: replace(planned(CHAIR), chair=""),
        lambda: replace(planned(CHAIR), state=ConferenceState.HELD),
        lambda: replace(took_place(), state=ConferenceState.MINUTES_DRAFT),
        lambda: replace(laid(), state=ConferenceState.MINUTES_AGREED),
        lambda: replace(took_place(), agreed_at=NOON),
        lambda: replace(planned(CHAIR), attendees=(replace(NGO, staff="u3"), replace(NGO, staff="u3"))),
        lambda: replace(planned(CHAIR), interpreters=("",)),
        lambda: Exchange(conference="c"),
        lambda: Exchange(
            conference="c",
            given=Item(what="x", owner_agency="x", act=Act.SHARED, to="x"),
            refused=KeptBack(what="x", agency="x", reason="child"),
        ),
        lambda: Action(id="a1", text="x", due=TODAY),
        lambda: Action(id="a1", text="x", due=TODAY, owner="u1", owner_words="Ama"),
        lambda: minutes(decisions=()),
        lambda: minutes(nothing_decided=True),
        lambda: minutes(kept_back=()),
        lambda: minutes(nothing_kept_back=True),
        lambda: minutes(actions=(minutes().actions[0], minutes().actions[0])),
        lambda: minutes(decisions=("x",) * 61),
    ],
)
def test_what_cannot_be_does_not_exist(broken: Callable[[], object]) -> None:
    with pytest.raises(UserError):
        broken()


NONSENSE = ["", " ", "x" * 9_000, "a\x00b", "a\u202eb", "a\ue000b", "\u2068open"]


@pytest.mark.parametrize("words", NONSENSE)
@pytest.mark.parametrize(
    "make",
    [
        lambda words: Attendee(name=words, agency="x", role="x"),
        lambda words: Attendee(name="x", agency=words, role="x"),
        lambda words: Attendee(name="x", agency="x", role=words),
        lambda words: Action(id="a1", text=words, due=TODAY, owner="u1"),
        lambda words: Item(what=words, owner_agency="x", act=Act.SHARED, to="x"),
        lambda words: Item(what="x", owner_agency="x", act=Act.SHARED, to=words),
        lambda words: KeptBack(what=words, agency="x", reason="child"),
        lambda words: minutes(summary=words),
        lambda words: minutes(decisions=(words,)),
        lambda words: Addition(conference="c", kind=AdditionKind.ADDITION, words=words),
    ],
)
def test_nonsense_is_a_sentence_at_a_field(make: Callable[[str], object], words: str) -> None:
    with pytest.raises(UserError) as said:
        make(words)
    assert said.value.field


def test_typed_minutes_become_minutes_and_back() -> None:
    whole = minutes(CHAIR, person_statement="I want to sew.")
    assert as_minutes(typed_from("c", replace(laid(), minutes=whole))) == whole
    assert from_payload(Minutes, to_payload(whole)) == whole


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("summary", {"summary": "  "}),
        ("decisions", {"decisions": "\n \n"}),
        ("kept_back", {"kept_back": ()}),
        ("actions.1.due", {"actions": (TypedAction(), TypedAction(text="Call", owner="u1"))}),
        ("actions.0.owner", {"actions": (TypedAction(text="Call", owner=OUTSIDE, due=TODAY),)}),
        ("actions.0.text", {"actions": (TypedAction(owner="u1", due=TODAY),)}),
        ("shared.0.act", {"shared": (TypedItem(what="Dates", owner_agency="Prison", to="NGO"),)}),
        ("shared.0.to", {"shared": (TypedItem(what="Dates", owner_agency="Prison", act="shared"),)}),
        ("kept_back.0.reason", {"kept_back": (TypedKeptBack(what="Notes", agency="Prison"),)}),
        ("kept_back.0.agency", {"kept_back": (TypedKeptBack(what="Notes", reason="child"),)}),
    ],
)
def test_what_is_missing_in_typed_minutes_is_said_at_its_line(field: str, changes: dict[str, Any]) -> None:
    typed = typed_from("c", laid())
    with pytest.raises(UserError) as said:
        as_minutes(replace(typed, **changes))
    assert said.value.field == field


def test_empty_lines_are_no_lines() -> None:
    typed = TypedMinutes(
        conference="c",
        summary="x",
        decisions="One\n\n Two ",
        actions=(TypedAction(), TypedAction(text="Call", owner="u1", due=TODAY)),
        shared=(TypedItem(act="shared"),),
        kept_back=(TypedKeptBack(),),
        nothing_kept_back=True,
    )
    made = as_minutes(typed)
    assert made.decisions == ("One", "Two")
    assert [action.id for action in made.actions] == ["a1"]
    assert (made.shared, made.kept_back) == ((), ())


def test_the_summary_holds_decisions_and_actions_and_nothing_else() -> None:
    summary = model.executive_summary(agreed(), {CHAIR: "Case officer"}, TODAY)
    whole = to_payload(summary)
    assert set(whole) == {"held_on", "kind", "decisions", "actions"}
    assert [each.owner for each in summary.actions] == ["Case officer", "River House"]
    for secret in (minutes().summary, "Clinical notes", "Dates of release", NGO.name):
        assert secret not in str(whole)


def test_the_legal_bases_are_those_of_a_packet_in_the_same_words() -> None:
    bases = {choice.code: choice.text for choice in load_choice_lists()["A7"].choices}
    assert bases == {basis.value: basis_words(basis) for basis in LegalBasis}


def test_the_reasons_are_those_of_a_packet() -> None:
    codes = [choice.code for choice in load_choice_lists()["A8"].choices]
    assert codes == [str(reason) for reason in WithheldBecause]
