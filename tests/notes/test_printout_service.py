"""Records on paper: exactly what was signed, for somebody who is named, logged before it leaves, by keys."""

import subprocess
from datetime import timedelta
from pathlib import Path

import pytest

from rehabdesk.access.service import Desk
from rehabdesk.audit.log_service import Log
from rehabdesk.core.dates import day_text
from rehabdesk.core.errors import NoKey, RehabDeskError, UserError
from rehabdesk.core.text import without_isolates
from rehabdesk.db.projection import CLINICAL, PASTORAL, TEAM
from rehabdesk.notes.attachments.attachment_model import facts_of
from rehabdesk.notes.chaplaincy.month_service import Months
from rehabdesk.notes.forms.answer_words_model import answers_in_words
from rehabdesk.notes.forms.answers_model import Answers
from rehabdesk.notes.model import AddendumType, Part, month_of
from rehabdesk.notes.paper.paper_service import Paper
from rehabdesk.notes.paper.printout_service import Printouts
from tests.notes.sessions import FORMS, KEYWORK, MEETING, SESSION, VISIT, services
from tests.notes.test_attachment_service import LETTER, attach, held
from tests.people.cases import NOON, CaseDesk

RECIPIENT = "Maître Awa Diallo"
VISITS = FORMS.form("chaplain_engagement")


def printouts(desk: Desk) -> Printouts:
    all_of = services(desk)
    return Printouts(desk, all_of.people, all_of.notes, held(desk), Months(desk))


def signed(desk: CaseDesk, sign_in: str, form: str, answers: Answers, person: str) -> str:
    with desk.as_login(sign_in) as opened:
        notes = services(opened).notes
        return notes.sign(notes.start(form, person, occurred_at=MEETING, answers=answers)).note.rid


def text_of(pdf: bytes, folder: Path) -> str:
    file = folder / "paper.pdf"
    file.write_bytes(pdf)
    found = subprocess.run(["pdftotext", "-raw", file, "-"], check=True, capture_output=True, text=True).stdout
    return " ".join(found.split())


def said_of(pdf: bytes, folder: Path) -> str:
    file = folder / "paper.pdf"
    file.write_bytes(pdf)
    return subprocess.run(["pdfinfo", file], check=True, capture_output=True, text=True).stdout


def test_the_paper_of_a_note_holds_every_signed_answer_and_nothing_that_lies_elsewhere(
    desk: CaseDesk, tmp_path: Path
) -> None:
    person, other = desk.register(), desk.register("24-018")
    rid = signed(desk, "calm-harbour", "psychologist_session", SESSION, person)
    signed(desk, "calm-harbour", "psychologist_session", {**SESSION, "psy.P9": "Only in the other file."}, other)
    with desk.as_login("calm-harbour") as opened:
        note = services(opened).notes.timeline.open(CLINICAL, rid)
        paper = printouts(opened).note(CLINICAL, rid, RECIPIENT)()
    text = text_of(paper, tmp_path)

    wanted = list(answers_in_words(FORMS.form("psychologist_session"), note.part, is_author=False))
    assert len(wanted) > 10
    for question, words in wanted:
        assert without_isolates(question) in text
        assert " ".join(words.split()) in text
    for expected in ("24-017", RECIPIENT, "Page 1 of", day_text(NOON.date())):
        assert expected in text
    assert "24-018" not in text
    assert "Only in the other file." not in text
    with desk.as_login("silver-reed") as opened:
        summary = next(each for each in services(opened).notes.timeline.page(person) if each.part is Part.SUMMARY)
        text = text_of(printouts(opened).note(TEAM, summary.rid, RECIPIENT)(), tmp_path)
    assert "Sleeps badly; wants morning unlock for class." in text
    assert "Slept three hours" not in text


def test_title_and_data_of_the_file_are_neutral(desk: CaseDesk, tmp_path: Path) -> None:
    person = desk.register()
    rid = signed(desk, "calm-harbour", "psychologist_session", SESSION, person)
    with desk.as_login("calm-harbour") as opened:
        said = said_of(printouts(opened).note(CLINICAL, rid, RECIPIENT)(), tmp_path)

    assert "Title:           Record" in said
    for word in ("24-017", "Diallo", "Session", "Subject", "Keywords"):
        assert word not in said


def test_what_came_after_the_note_stands_below_it_in_its_order(desk: CaseDesk, tmp_path: Path) -> None:
    person = desk.register()
    rid = signed(desk, "green-ferry", "keywork", KEYWORK, person)
    with desk.as_login("green-ferry") as opened:
        notes = services(opened).notes
        notes.add(TEAM, rid, AddendumType.ADDITION, "The shop called back.")
        desk.clock.set(NOON + timedelta(hours=1))
        notes.add(TEAM, rid, AddendumType.PERSON_STATEMENT, "I never said that about my mother.")
        text = text_of(printouts(opened).note(TEAM, rid, RECIPIENT)(), tmp_path)

    assert "Signed, details added" in text
    assert text.index("The shop called back.") < text.index("I never said that about my mother.")
    assert "The person's statement" in text


def test_the_paper_names_what_is_attached_and_that_the_paper_form_is_gone(desk: CaseDesk, tmp_path: Path) -> None:
    person = desk.register()
    rid = signed(desk, "green-ferry", "keywork", {**KEYWORK, "hdr.10": "paper"}, person)
    with desk.as_login("green-ferry") as opened:
        before = text_of(printouts(opened).note(TEAM, rid, RECIPIENT)(), tmp_path)
        attach(opened, TEAM, rid)
        attach(opened, TEAM, rid, name="Paper of the school")
        Paper(opened, services(opened).notes.timeline).destroyed(TEAM, rid, NOON.date())
        text = text_of(printouts(opened).note(TEAM, rid, RECIPIENT)(), tmp_path)

    assert "from a paper form" in before
    assert "attached to this note" not in before
    assert "Paper destroyed" not in before
    assert f"from a paper form. Paper destroyed on {day_text(NOON.date())}" in text
    assert "2 files are attached to this note. They are not printed here." in text
    facts = " · ".join(facts_of(LETTER.kind, LETTER.pages, len(LETTER.content)))
    for name in ("Letter of the hospital", "Paper of the school"):
        assert f"{name} {without_isolates(facts)}" in text


def test_a_struck_note_prints_for_its_author_and_an_inspector_only(desk: CaseDesk, tmp_path: Path) -> None:
    person = desk.register()
    rid = signed(desk, "green-ferry", "keywork", KEYWORK, person)
    with desk.as_login("green-ferry") as opened:
        services(opened).notes.entered_in_error(TEAM, rid, "Wrong week.")
        assert "Wrong week." in text_of(printouts(opened).note(TEAM, rid, RECIPIENT)(), tmp_path)
    with desk.as_login("north-window") as opened:
        assert "Entered in error" in text_of(printouts(opened).note(TEAM, rid, RECIPIENT)(), tmp_path)
    with desk.as_login("silver-reed") as opened, pytest.raises(UserError):
        printouts(opened).note(TEAM, rid, RECIPIENT)


@pytest.mark.parametrize("sign_in", ["green-ferry", "silver-reed", "amber-kite", "north-window", "plain-lantern"])
def test_a_role_without_the_key_prints_no_clinical_note(desk: CaseDesk, sign_in: str) -> None:
    person = desk.register()
    rid = signed(desk, "calm-harbour", "psychologist_session", SESSION, person)
    with desk.as_login(sign_in) as opened:
        paper = printouts(opened)
        with pytest.raises((NoKey, RehabDeskError)):
            paper.note(CLINICAL, rid, RECIPIENT)
        with pytest.raises((NoKey, RehabDeskError)):
            paper.note_leaves("print", CLINICAL, rid)
        assert "print" not in [line.deed for line in Log(opened).page()]


def test_a_colleague_off_the_case_prints_nothing_and_the_refusal_is_logged(desk: CaseDesk) -> None:
    person = desk.register()
    rid = signed(desk, "calm-harbour", "psychologist_session", SESSION, person)
    with desk.as_login("warm-bridge") as opened:
        with pytest.raises(UserError):
            printouts(opened).note(CLINICAL, rid, RECIPIENT)
        assert "refused" in [line.deed for line in Log(opened).page()]


def test_reading_for_paper_and_leaving_are_two_entries(desk: CaseDesk) -> None:
    person = desk.register()
    rid = signed(desk, "plain-lantern", "chaplain_engagement", VISIT, person)
    with desk.as_login("plain-lantern") as opened:
        paper = printouts(opened)
        paper.note(PASTORAL, rid, RECIPIENT)
        assert Log(opened).page()[0].deed == "read"
        paper.note_leaves("save_pages", PASTORAL, rid)
        newest = Log(opened).page()[0]
        assert newest.deed == "save_pages"
        assert RECIPIENT not in newest.words


def test_a_reminder_to_oneself_is_not_printed(desk: CaseDesk, tmp_path: Path) -> None:
    person = desk.register()
    rid = signed(desk, "plain-lantern", "chaplain_engagement", VISIT, person)
    with desk.as_login("plain-lantern") as opened:
        text = text_of(printouts(opened).note(PASTORAL, rid, RECIPIENT)(), tmp_path)

    assert "Bring the small prayer mat." in text
    assert "Ask the library" not in text


@pytest.mark.parametrize("nonsense", ["", "   ", "x" * 81, "Dr.\u202eolleB", "a\nb", "\ud800", "x" * 1_000_000])
def test_a_recipient_that_names_nobody_is_said_at_its_field(desk: CaseDesk, nonsense: str) -> None:
    person = desk.register()
    rid = signed(desk, "green-ferry", "keywork", KEYWORK, person)
    with desk.as_login("green-ferry") as opened, pytest.raises(UserError) as refused:
        printouts(opened).note(TEAM, rid, nonsense)
    assert refused.value.field == "recipient"


def test_signs_that_paper_does_not_have_are_named_and_nothing_is_made(desk: CaseDesk) -> None:
    person = desk.register()
    rid = signed(desk, "green-ferry", "keywork", {**KEYWORK, "key.K2": "He drew 𓀀 and laughed."}, person)
    with desk.as_login("green-ferry") as opened:
        make = printouts(opened).note(TEAM, rid, RECIPIENT)
        with pytest.raises(UserError, match=r"U\+13000"):
            make()


def test_arabic_words_of_a_note_keep_their_letters(desk: CaseDesk, tmp_path: Path) -> None:
    person = desk.register()
    rid = signed(desk, "green-ferry", "keywork", {**KEYWORK, "key.K2": "أريد أن أعمل في المخبزة (قرب البيت)."}, person)
    with desk.as_login("green-ferry") as opened:
        text = text_of(printouts(opened).note(TEAM, rid, "مكتب المحامي")(), tmp_path)
    for word in ("أريد", "أعمل", "المخبزة", "المحامي"):
        assert word in text


def test_the_same_note_for_the_same_recipient_gives_the_same_bytes(desk: CaseDesk) -> None:
    person = desk.register()
    rid = signed(desk, "green-ferry", "keywork", KEYWORK, person)
    with desk.as_login("green-ferry") as opened:
        make = printouts(opened).note(TEAM, rid, RECIPIENT)
        assert make() == make()


def test_the_month_on_paper_holds_counts_of_ten_and_more_and_nobody(desk: CaseDesk, tmp_path: Path) -> None:
    person = desk.register()
    for _ in range(11):
        signed(desk, "plain-lantern", "chaplain_engagement", VISIT, person)
    with desk.as_login("plain-lantern") as opened:
        make = printouts(opened).month_sheet(month_of(MEETING.date()), RECIPIENT, VISITS)
        text = text_of(make(), tmp_path)
        printouts(opened).month_leaves("print")
        assert Log(opened).page()[0].deed == "print"

    assert "Festival or fast 11" in text
    assert "Routine visit fewer than 10" in text
    assert "24-017" not in text
    for role in ("green-ferry", "silver-reed", "calm-harbour"):
        with desk.as_login(role) as opened, pytest.raises(UserError):
            printouts(opened).month_sheet(month_of(MEETING.date()), RECIPIENT, VISITS)


def test_pages_leave_by_known_ways_only(desk: CaseDesk) -> None:
    person = desk.register()
    rid = signed(desk, "green-ferry", "keywork", KEYWORK, person)
    with desk.as_login("green-ferry") as opened, pytest.raises(ValueError, match="mail"):
        printouts(opened).note_leaves("mail", TEAM, rid)
