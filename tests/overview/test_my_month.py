"""My month: own deeds and meetings by kind; no name, nobody else's work, and nothing small on paper."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rehabdesk.access.service import Desk
from rehabdesk.audit.deeds_model import LETTER, known_deeds
from rehabdesk.audit.month_model import NOT_WORK, counted, is_work, month_parts, words_of
from rehabdesk.core.errors import UserError
from rehabdesk.db.projection import CLINICAL
from rehabdesk.notes.forms.answers_model import Answer
from rehabdesk.notes.groups.met_model import Side, by_side
from rehabdesk.notes.service import Notes
from rehabdesk.overview.month_model import MonthPaper
from rehabdesk.overview.month_pdf import month_pages
from rehabdesk.overview.month_service import MyMonth
from rehabdesk.people.service import People
from tests.notes.sessions import FORMS, KEYWORK, SESSION
from tests.people.cases import NOON
from tests.plans.cases import PlanDesk


def numbers(desk: Desk, month: str = "2026-11") -> Mapping[str, Mapping[str, int]]:
    return {title: dict(lines) for title, lines in MyMonth(desk).parts(month)}


def test_a_month_counts_own_deeds_once_and_own_meetings_by_side(desk: PlanDesk) -> None:
    person = desk.register()
    with desk.as_login("calm-harbour") as login:
        notes = Notes(login, People(login), FORMS)
        signed = []
        for day, came in ((1, "came"), (2, "came_late"), (3, "not_unlocked"), (4, "declined"), (5, "excused_court")):
            answers = {**(SESSION if came.startswith("came") else MISSED), "hdr.7": came}
            at = NOON - timedelta(days=day)
            signed.append(notes.sign(notes.start("psychologist_session", person, occurred_at=at, answers=answers)))
            desk.clock.advance(timedelta(minutes=3))
        found = numbers(login)
        assert found["Notes, plans and lists"]["Signed a note."] == 5, "a summary beside a note is no second deed"
        met = dict(zip(Side, found["Meetings"].values(), strict=True))
        assert met == {Side.TOOK_PLACE: 2, Side.REGIME: 1, Side.EXCUSED: 1, Side.PERSON: 1, Side.OTHER: 0}
        notes.entered_in_error(CLINICAL, signed[0].note.rid, "Written twice")
        assert sum(numbers(login)["Meetings"].values()) == 4
    desk.drop_indexes()
    with desk.as_login("calm-harbour") as login:
        assert sum(numbers(login)["Meetings"].values()) == 4
        assert numbers(login, "2026-10") == {}
    with desk.as_login("warm-bridge") as login:
        assert numbers(login) == {}, "nobody has the month of a colleague"
    desk.clock.set(datetime(2027, 2, 3, 9, tzinfo=UTC))
    with desk.as_login("calm-harbour") as login:
        months = MyMonth(login)
        assert months.months()[:4] == ("2027-02", "2027-01", "2026-12", "2026-11")
        assert numbers(login, "2026-11")["Notes, plans and lists"]["Signed a note."] == 5, "an old month stays"
        assert months.parts("2027-01") == ()
        for other in ("2026-02", "2027-03", "", "2026-13"):
            with pytest.raises(UserError):
                months.parts(other)
    for sign_in in ("plain-lantern", "amber-kite", "north-window"):
        with desk.as_login(sign_in) as login:
            assert not MyMonth(login).may_see
            with pytest.raises(UserError):
                MyMonth(login).parts("2027-02")


def words_on(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        return " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())


MISSED: dict[str, Answer] = {"hdr.3": 10, "hdr.4": "wing", "hdr.5.hearing": "no"}


def test_the_paper_names_its_recipient_hides_small_numbers_and_is_logged(desk: PlanDesk) -> None:
    person = desk.register()
    with desk.as_login("green-ferry") as login:
        notes, months = Notes(login, People(login), FORMS), MyMonth(login)
        for count in range(11):
            at = NOON - timedelta(days=1, minutes=count)
            notes.sign(notes.start("keywork", person, occurred_at=at, answers=KEYWORK))
            desk.clock.advance(timedelta(minutes=1))
        said = words_on(months.paper("2026-11", "Regional supervisor")())
        assert "Regional supervisor" in said
        assert "Signed a note. 11" in said
        assert "Added a person to the register. fewer than 10" in said
        assert not [word for word in ("Idrissa", "24-017", person) if word in said]
        for wrong in ("", "  ", "two\nlines", "x" * 81):
            with pytest.raises(UserError) as refused:
                months.paper("2026-11", wrong)
            assert refused.value.field == "recipient"
        before = login.truth.head().n
        months.leaves("print")
        assert login.truth.head().n == before + 1
        with pytest.raises(ValueError, match="do not leave"):
            months.leaves("by pigeon")


@settings(max_examples=30)
@given(st.dictionaries(st.sampled_from(sorted(known_deeds())), st.integers(1, 40)))
def test_no_sheet_says_more_than_kinds_and_numbers(deeds: Mapping[str, int]) -> None:
    month = counted("2026-11", [deed for deed, number in deeds.items() for _ in range(number)])
    lines = [line for _, part in month_parts(month) for line in part]
    wanted: dict[str, int] = {}
    for deed, number in deeds.items():
        if is_work(deed):
            wanted[words_of(deed)] = wanted.get(words_of(deed), 0) + number
    assert dict(lines) == wanted
    assert len(lines) == len(wanted)
    for _, part in month_parts(month):
        assert [words for words, _ in part] == sorted(words for words, _ in part), "never by number"


def test_deeds_that_are_no_work_stand_on_no_month() -> None:
    """A sheet for the line of command must not even show that a letter passed it by (vault.md 3.3)."""
    assert LETTER in NOT_WORK
    others = (LETTER, "tally", "read", "unlock", "lock", "refused", "of_a_newer_version")
    assert not [deed for deed in others if is_work(deed)]
    plain = [words_of(deed) for deed in known_deeds() if is_work(deed)]
    assert len(set(plain)) > 50
    assert not [words for words in plain if re.search(r"[{}]|\s\.|\d", words)]


def test_reasons_of_the_house_are_never_the_persons() -> None:
    """Every code of the form has a side, and a door that nobody unlocked is no refusal (domain.md 5.4, G33)."""
    field = FORMS.form("keywork").field("hdr.7")
    assert field is not None
    codes = [choice.code for choice in field.choices]
    assert sum(by_side(dict.fromkeys(codes, 1)).values()) == len(codes)
    assert by_side({"not_unlocked": 1, "no_escort": 1, "lockdown": 1, "staff_unavailable": 1})[Side.REGIME] == 4
    assert by_side({"declined": 1})[Side.PERSON] == 1
    assert by_side({"of_a_newer_version": 3}) == dict.fromkeys(Side, 0)


def test_an_empty_month_is_said_on_paper() -> None:
    paper = MonthPaper(month=NOON.date(), parts=(), staff="A", recipient="B", site="C", at=NOON)
    assert "Nothing is counted in this month." in words_on(month_pages(paper))
