"""Words of progress on a real encrypted desk: the person first, a basis that exists, both voices side by side."""

from dataclasses import replace
from datetime import timedelta

import pytest

from rehabdesk.core.errors import UserError
from rehabdesk.notes.model import Part
from rehabdesk.notes.service import Notes
from rehabdesk.people.legal_model import Stage
from rehabdesk.people.model import AgeRegime
from rehabdesk.people.service import People
from rehabdesk.plans.progress.progress_model import Beside, NotRatedBecause, Voice, Word
from rehabdesk.plans.progress.progress_service import period_text
from tests.notes.sessions import FORMS, MEETING, SESSION, VISIT
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


def test_neither_a_marker_nor_what_is_pastoral_is_a_basis(desk: PlanDesk, planned: str) -> None:
    with desk.as_login("calm-harbour") as login:
        notes = Notes(login, People(login), FORMS)
        clinical = notes.sign(notes.start("psychologist_session", planned, occurred_at=MEETING, answers=SESSION))
        mine = work(login).progress
        mine.record_self(planned, own_word())
        mine.record(planned, staff_word(sources=(clinical.note.rid,)))
    with desk.as_login("plain-lantern") as login:
        notes = Notes(login, People(login), FORMS)
        pastoral = notes.sign(notes.start("chaplain_engagement", planned, occurred_at=MEETING, answers=VISIT))
    with desk.as_login("green-ferry") as login:
        me = work(login)
        me.progress.record_self(planned, own_word())
        entries = Notes(login, me.people, FORMS).timeline.page(planned)
        marker = next(entry.rid for entry in entries if entry.part is Part.MARKER)
        for source in (marker, clinical.note.rid, pastoral.note.rid):
            with pytest.raises(UserError) as refused:
                me.progress.record(planned, staff_word(sources=(source,)))
            assert refused.value.field in ("sources", None)
        assert len(me.progress.lines(planned, "PD-7")) == 2, "the words of the psychologist and the answer since"


def test_the_person_is_asked_in_the_period_of_the_word(desk: PlanDesk, planned: str) -> None:
    long_ago = TODAY - timedelta(days=60)
    with desk.as_login("green-ferry") as login:
        progress = work(login).progress
        progress.record_self(planned, own_word(period_from=long_ago, period_to=long_ago))
        with pytest.raises(UserError, match="Ask the person"):
            progress.record(planned, staff_word())
        progress.record(planned, staff_word(period_from=long_ago))


def test_words_are_added_beside_a_word_and_it_stays_as_it_was(desk: PlanDesk, planned: str) -> None:
    with desk.as_login("green-ferry") as login:
        progress = work(login).progress
        progress.record_self(planned, own_word())
        progress.record(planned, staff_word(disagrees=True))
        (line,) = progress.lines(planned, "PD-7")
        assert line.staff is not None
        rid = line.staff.rid
        assert progress.objection(line.staff) == "Does not agree, and says no more."
        progress.remark(rid, Beside.PERSON_STATEMENT, "I was ill that week.")
        progress.remark(rid, Beside.RESPONSE, "Written down.")
        with pytest.raises(UserError):
            progress.remark(rid, Beside.RESPONSE, " ")
        assert [each.remark.kind for each in progress.remarks(rid)] == [Beside.PERSON_STATEMENT, Beside.RESPONSE]
        assert progress.objection(line.staff).endswith("I was ill that week.")
        assert progress.lines(planned, "PD-7") == (line,)
    with desk.as_login("plain-lantern") as login:
        progress = work(login).progress
        for deed in (
            lambda: progress.remarks(rid),
            lambda: progress.remark(rid, Beside.PERSON_STATEMENT, "Words."),
            lambda: progress.remark(rid, Beside.RESPONSE, "Words."),
        ):
            with pytest.raises(UserError, match="not there"):
                deed()
        assert progress.open_domains(planned) == ()


def test_where_words_are_given_at_all(desk: PlanDesk, planned: str) -> None:
    with desk.as_login("green-ferry") as login:
        me = work(login)
        child = me.people.register(replace(details("24-019"), age_regime=AgeRegime.CHILD), legal()).id
        untried = me.people.register(details("24-020"), legal(Stage.PRE_TRIAL)).id
        assert me.progress.open_domains(child) == ()
        codes = {person: {each.code for each in me.progress.open_domains(person)} for person in (planned, untried)}
        assert codes[planned] - codes[untried] == {"PD-9"}
        assert "PD-6" not in codes[planned]
        for what in ("PD-6", "PD-99", ""):
            with pytest.raises(UserError):
                me.progress_writing.start(planned, what)
