"""Words of progress: what makes one valid, where none is given, and what is no basis for one."""

from datetime import timedelta
from typing import Any

import pytest

from rehabdesk.core.errors import UserError
from rehabdesk.handover.sections_model import RatingWord
from rehabdesk.plans.progress_model import (
    CURRENT_FOR,
    NotRatedBecause,
    Voice,
    Word,
    require_domain_open,
    require_fair_basis,
)
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
