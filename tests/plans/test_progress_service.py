"""Words of progress on a real encrypted desk: the person first, a basis that exists, both voices side by side."""

from dataclasses import replace
from datetime import timedelta

import pytest

from rehabdesk.core.errors import UserError
from rehabdesk.people.model import AgeRegime
from rehabdesk.people.service import People
from rehabdesk.plans.progress_model import NotRatedBecause, Voice, Word
from rehabdesk.plans.progress_service import period_text
from tests.people.cases import TODAY, details, legal
from tests.plans.cases import PlanDesk, activate, declined, own_word, signed_keywork, staff_word, work


@pytest.fixture
def planned(desk: PlanDesk, person: str) -> str:
    """The person, with a plan in force that has the step s1."""
    with desk.as_login("green-ferry") as login:
        activate(work(login).plans, person)
    return person


def test_staff_gives_no_word_before_the_person_was_asked(desk: PlanDesk, planned: str) -> None:
    with desk.as_login("green-ferry") as login:
        progress = work(login).progress
        with pytest.raises(UserError, match="Ask the person"):
            progress.record(planned, staff_word())
        progress.record_self(planned, declined())
        progress.record(planned, staff_word())


def test_staff_shares_the_word_with_the_person_before_it_is_recorded(desk: PlanDesk, planned: str) -> None:
    with desk.as_login("green-ferry") as login:
        progress = work(login).progress
        progress.record_self(planned, own_word())
        with pytest.raises(UserError, match="Share the word"):
            progress.record(planned, staff_word(shared_with_person_on=None))


def test_a_word_rests_on_a_step_or_on_a_signed_note_on_this_person(desk: PlanDesk, planned: str) -> None:
    other = desk.register("24-018")
    with desk.as_login("green-ferry") as login:
        progress = work(login).progress
        progress.record_self(planned, own_word())
        note, foreign = signed_keywork(login, planned), signed_keywork(login, other)
        for source in (foreign, "s9", "0" * 32):
            with pytest.raises(UserError):
                progress.record(planned, staff_word(sources=(source,)))
        progress.record(planned, staff_word(sources=(note, "s1")))
        (both,) = progress.latest(planned)
        assert both.staff is not None
        assert both.staff.progress.sources == (note, "s1")


def test_both_voices_stand_side_by_side_and_a_later_word_follows(desk: PlanDesk, planned: str) -> None:
    with desk.as_login("green-ferry") as login:
        progress = work(login).progress
        progress.record_self(planned, own_word())
        progress.record(planned, staff_word(disagreement="I never missed when I was unlocked."))
        progress.record(planned, staff_word(word=Word.OPENING, basis="Two of five classes, two not unlocked."))
        (both,) = progress.latest(planned)
        assert both.staff is not None
        assert both.own is not None
        assert (both.own.progress.word, both.staff.progress.word) == (Word.DOING, Word.OPENING)
        assert [found.progress.voice for found in progress.history(planned)["PD-7"]] == [
            Voice.STAFF,
            Voice.STAFF,
            Voice.SELF,
        ]


def test_a_setback_is_said_to_be_ordinary(desk: PlanDesk, planned: str) -> None:
    with desk.as_login("green-ferry") as login:
        progress = work(login).progress
        progress.record_self(planned, own_word())
        progress.record(planned, staff_word())
        assert "does not predict" in progress.setback_line(planned, staff_word(word=Word.OPENING))
        assert progress.setback_line(planned, staff_word(word=Word.DOING)) == ""


def test_a_chaplain_gives_no_word_and_reads_none_of_staff(desk: PlanDesk, planned: str) -> None:
    with desk.as_login("green-ferry") as login:
        progress = work(login).progress
        progress.record_self(planned, own_word())
        progress.record(planned, staff_word())
    with desk.as_login("plain-lantern") as login:
        progress = work(login).progress
        with pytest.raises(UserError, match="gives no word"):
            progress.record(planned, staff_word())
        progress.record_self(planned, own_word(basis="I help in the workshop."))
        (both,) = progress.latest(planned)
        assert both.staff is None
        assert {found.progress.voice for found in progress.history(planned)["PD-7"]} == {Voice.SELF}


def test_faith_is_not_worded_and_no_period_lies_ahead(desk: PlanDesk, planned: str) -> None:
    with desk.as_login("green-ferry") as login:
        progress = work(login).progress
        with pytest.raises(UserError, match="No word is given"):
            progress.record_self(planned, own_word("PD-6"))
        with pytest.raises(UserError) as refused:
            progress.record_self(planned, own_word(period_to=TODAY + timedelta(days=1)))
        assert refused.value.field == "period_to"


def test_children_are_not_worded(desk: PlanDesk) -> None:
    with desk.as_login("green-ferry") as login:
        child = People(login).register(replace(details("24-019"), age_regime=AgeRegime.CHILD), legal()).id
        with pytest.raises(UserError, match="children"):
            work(login).progress.record_self(child, own_word())


def test_that_no_word_is_given_needs_no_source_but_its_reason_and_is_told_too(desk: PlanDesk, planned: str) -> None:
    with desk.as_login("green-ferry") as login:
        progress = work(login).progress
        progress.record_self(planned, declined())
        none = staff_word(word=Word.NOT_RATED, basis="", sources=(), not_rated_because=NotRatedBecause.TOO_EARLY)
        with pytest.raises(UserError, match="Share the word"):
            progress.record(planned, replace(none, shared_with_person_on=None))
        progress.record(planned, none)


def test_an_old_word_says_that_it_is_not_current() -> None:
    assert period_text(own_word(), TODAY).endswith(TODAY.isoformat())
    assert "not current" in period_text(own_word(), TODAY + timedelta(days=181))
