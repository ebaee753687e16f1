"""Words of progress: what makes one valid, where none is given, and what is no basis for one."""

from datetime import timedelta
from typing import Any

import pytest

from rehabdesk.core.errors import UserError
from rehabdesk.handover.content.sections_model import RatingWord
from rehabdesk.plans.progress.progress_model import (
    CURRENT_FOR,
    NotRatedBecause,
    Progress,
    Voice,
    Word,
    is_setback,
    require_appeal_respected,
    require_domain_open,
    require_fair_basis,
)
from rehabdesk.plans.progress.progress_stored_model import StoredProgress, side_by_side
from tests.people.cases import TODAY
from tests.plans.cases import DOMAINS, declined, own_word, staff_word


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"basis": " "}, "basis"),
        ({"sources": ()}, "sources"),
        ({"period_from": TODAY + timedelta(days=1)}, "period_to"),
        ({"word": Word.NOT_RATED}, "not_rated_because"),
        ({"not_rated_because": NotRatedBecause.TOO_EARLY}, "not_rated_because"),
        ({"declined": True}, "declined"),
    ],
)
def test_a_word_that_cannot_be_is_refused_beside_its_field(changes: dict[str, Any], field: str) -> None:
    with pytest.raises(UserError) as refused:
        staff_word(**changes)
    assert refused.value.field == field


def test_the_person_may_decline_without_a_basis() -> None:
    assert declined().voice is Voice.SELF


def test_a_word_is_current_for_180_days() -> None:
    word = own_word()
    assert word.is_current(TODAY + CURRENT_FOR)
    assert not word.is_current(TODAY + CURRENT_FOR + timedelta(days=1))


def test_the_words_are_those_of_the_packet() -> None:
    assert [str(word) for word in Word] == [str(word) for word in RatingWord]


@pytest.mark.parametrize(
    ("domain", "convicted", "minor", "allowed", "open_"),
    [
        ("PD-7", False, False, False, True),
        ("PD-6", True, False, False, False),
        ("PD-9", False, False, False, False),
        ("PD-9", True, False, False, True),
        ("PD-7", True, True, False, False),
        ("PD-7", True, True, True, True),
    ],
)
def test_where_no_word_is_given(domain: str, convicted: bool, minor: bool, allowed: bool, open_: bool) -> None:
    def ask() -> None:
        require_domain_open(DOMAINS.domain(domain), convicted=convicted, minor=minor, minors_allowed=allowed)

    if open_:
        ask()
        return
    with pytest.raises(UserError):
        ask()


@pytest.mark.parametrize(
    ("domain", "basis"),
    [
        ("PD-4", "Prays with X."),
        ("PD-1", "Has grown a BEARD again"),
        ("PD-2", "Voices a lawful political opinion."),
        ("PD-3", "Refuses medication"),
        ("PD-7", "Il prie toujours avec X."),
        ("PD-2", "كان يصلّي مع صاحبه"),
        ("PD-10", "Did not want to speak to the press."),
    ],
)
def test_what_is_never_an_indicator_is_shown_and_another_basis_asked_for(domain: str, basis: str) -> None:
    with pytest.raises(UserError) as refused:
        require_fair_basis(DOMAINS.domain(domain), DOMAINS.never_anywhere, basis)
    assert refused.value.field == "basis"
    assert DOMAINS.domain(domain).never in refused.value.sentence


@pytest.mark.parametrize(
    ("domain", "basis"),
    [
        ("PD-1", "Addressed the new teacher by name and kept the commitment for nine weeks."),
        ("PD-10", "Kept to the plan under pressure and called the helper immediately."),
        ("PD-5", "Wrote every month; the conversation with his mother was long."),
        ("PD-7", "Attended eleven of fourteen classes."),
        ("PD-8", "Expresses clearly which papers are missing."),
    ],
)
def test_ordinary_words_are_not_taken_for_those(domain: str, basis: str) -> None:
    require_fair_basis(DOMAINS.domain(domain), DOMAINS.never_anywhere, basis)


def test_harm_is_worded_under_appeal_only_where_the_person_takes_part() -> None:
    domain = DOMAINS.domain("PD-9")
    require_appeal_respected(domain, own_word("PD-9"), under_appeal=True)
    require_appeal_respected(domain, declined("PD-9"), under_appeal=False)
    require_appeal_respected(DOMAINS.domain("PD-7"), declined(), under_appeal=True)
    with pytest.raises(UserError, match="under appeal"):
        require_appeal_respected(domain, declined("PD-9"), under_appeal=True)


@pytest.mark.parametrize("field", ["disagreement", "response", "harder", "setting"])
def test_what_is_beside_a_word_is_checked_as_the_word_is(field: str) -> None:
    for words in ("x" * 1_001, "\x07", "\ud800", "\u202e"):
        with pytest.raises(UserError) as refused:
            staff_word(**{field: words})
        assert refused.value.field == field


def stored(number: int, word: Progress) -> StoredProgress:
    return StoredProgress(rid=f"r{number}", author="a", at=f"2026-11-24T0{number}:00:00.000Z", progress=word)


def test_voices_of_one_day_stand_side_by_side_and_none_is_left_out() -> None:
    before = TODAY - timedelta(days=90)
    old: dict[str, Any] = {"period_from": before, "period_to": before}
    history = [
        stored(6, staff_word(basis="Of the psychologist.")),
        stored(5, staff_word(basis="Of the case officer.")),
        stored(4, own_word()),
        stored(3, staff_word(**old)),
        stored(2, own_word(period_from=before, period_to=before + timedelta(days=1))),
        stored(1, declined()),
    ]
    lines = side_by_side(history)
    shown = [[one and one.rid for one in (line.staff, line.own)] for line in lines]
    assert shown == [["r6", "r4"], ["r5", "r1"], [None, "r2"], ["r3", None]]
    assert sorted(one.rid for line in lines for one in line.said) == [f"r{number}" for number in range(1, 7)]


def test_a_lower_word_is_asked_about_and_none_is_no_step_down() -> None:
    assert is_setback(Word.DOING, Word.TRYING)
    for before, now in ((None, Word.OPENING), (Word.TRYING, Word.DOING), (Word.DOING, Word.NOT_RATED)):
        assert not is_setback(before, now)
