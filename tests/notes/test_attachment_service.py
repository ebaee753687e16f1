"""Attachments of notes: attached by the author, opened by who reads the note, copied with a log, never half done."""

import sys
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from rehabdesk.access.service import Desk
from rehabdesk.audit.log_service import Log
from rehabdesk.core.errors import MediumGone, RehabDeskError, SealBroken, UserError
from rehabdesk.db.projection import CLINICAL, PASTORAL, TEAM
from rehabdesk.notes.attachments.attachment_model import (
    MOST_BYTES,
    AttachmentKind,
    Cleaned,
    StoredAttachment,
    require_name,
)
from rehabdesk.notes.attachments.attachment_service import Attachments, read_chosen
from rehabdesk.notes.forms.answers_model import Answer
from rehabdesk.notes.model import Part
from rehabdesk.people.service import People
from tests.notes.sessions import KEYWORK, MEETING, SESSION, VISIT, services
from tests.people.cases import CaseDesk

LETTER = Cleaned(kind=AttachmentKind.PDF, content=b"%PDF-1.4 stands for a letter", pages=2)
SCAN = Cleaned(kind=AttachmentKind.IMAGE, content=b"\xff\xd8\xff stands for a scan", pages=1)
AUDITOR = "north-window"


@dataclass(kw_only=True)
class Case:
    desk: CaseDesk
    person: str

    def signed(self, sign_in: str, form: str, answers: dict[str, Answer]) -> str:
        with self.desk.as_login(sign_in) as desk:
            notes = services(desk).notes
            return notes.sign(notes.start(form, self.person, occurred_at=MEETING, answers=answers)).note.rid

    def session(self) -> str:
        return self.signed("calm-harbour", "psychologist_session", SESSION)


@pytest.fixture
def case(desk: CaseDesk) -> Case:
    return Case(desk=desk, person=desk.register())


def held(desk: Desk) -> Attachments:
    return Attachments(desk, People(desk), services(desk).notes.timeline)


def attach(
    desk: Desk, comp: str, rid: str, cleaned: Cleaned = LETTER, name: str = "Letter of the hospital"
) -> StoredAttachment:
    attachments = held(desk)
    sealed = attachments.begin(comp, rid, name).write(cleaned.content)
    return attachments.add(comp, rid, name, cleaned, sealed)


def test_the_marker_of_a_clinical_note_shows_nothing_of_its_summary(case: Case) -> None:
    """Both carry the number of the note; the marker is read by more people than the summary."""
    rid = case.session()
    with case.desk.as_login("calm-harbour") as desk:
        page = services(desk).notes.timeline.page(case.person, previews=False)
        summary = next(one for one in page if one.part is Part.SUMMARY)
        attach(desk, TEAM, summary.rid)
        assert len(held(desk).of(TEAM, summary.rid)) == 1
        markers = desk.index(TEAM)
        assert markers is not None
    with case.desk.as_login("green-ferry") as desk:
        page = services(desk).notes.timeline.page(case.person, previews=False)
        marker = next(one for one in page if one.part is Part.MARKER)
        assert marker.note == summary.note
        assert held(desk).of(TEAM, marker.rid) == ()
        assert held(desk).counted(case.person) == {(summary.note, summary.author): 1}
        assert not held(desk).may_attach(TEAM, marker.rid)
    assert rid


def deeds(desk: Desk) -> list[str]:
    return [line.deed for line in Log(desk).page()]


def test_the_author_attaches_and_opens_it_again(case: Case) -> None:
    rid = case.session()
    with case.desk.as_login("calm-harbour") as desk:
        stored = attach(desk, CLINICAL, rid, name="  Letter of\nthe hospital ")
        assert deeds(desk)[0] == "attach"
    with case.desk.as_login("calm-harbour") as desk:
        assert held(desk).of(CLINICAL, rid) == (stored,)
        assert (stored.attachment.name, stored.attachment.pages) == ("Letter of the hospital", 2)
        assert stored.attachment.metadata_stripped
        opened = held(desk).open(CLINICAL, rid, stored.rid)
        assert opened.opening.read() == LETTER.content
        assert deeds(desk)[0] == "read"


def test_a_colleague_who_reads_the_note_opens_it_and_attaches_nothing(case: Case) -> None:
    rid = case.signed("green-ferry", "keywork", KEYWORK)
    with case.desk.as_login("green-ferry") as desk:
        stored = attach(desk, TEAM, rid)
    with case.desk.as_login("silver-reed") as desk:
        assert held(desk).open(TEAM, rid, stored.rid).opening.read() == LETTER.content
        assert not held(desk).may_attach(TEAM, rid)
        with pytest.raises(UserError, match="Only its author"):
            held(desk).begin(TEAM, rid, "Another")


OTHERS = ("green-ferry", "silver-reed", "amber-kite", AUDITOR)


@pytest.mark.parametrize(
    ("sign_in", "comp", "form", "answers", "strangers"),
    [
        ("calm-harbour", CLINICAL, "psychologist_session", SESSION, ("warm-bridge", "plain-lantern", *OTHERS)),
        ("plain-lantern", PASTORAL, "chaplain_engagement", VISIT, ("calm-harbour", *OTHERS)),
        ("green-ferry", TEAM, "keywork", KEYWORK, ("plain-lantern", "amber-kite")),
    ],
)
def test_who_may_not_read_the_note_finds_no_attachment(
    case: Case, sign_in: str, comp: str, form: str, answers: dict[str, Answer], strangers: tuple[str, ...]
) -> None:
    """By keys where the compartment is closed, by the caseload where it is a colleague's (warm-bridge)."""
    rid = case.signed(sign_in, form, answers)
    with case.desk.as_login(sign_in) as desk:
        stored = attach(desk, comp, rid)
    for stranger in strangers:
        with case.desk.as_login(stranger) as desk:
            attachments = held(desk)
            with pytest.raises(RehabDeskError):
                attachments.of(comp, rid)
            with pytest.raises(RehabDeskError):
                attachments.open(comp, rid, stored.rid)
            with pytest.raises(RehabDeskError):
                attachments.begin(comp, rid, "x")


def test_an_attachment_is_opened_by_its_own_note_only(case: Case) -> None:
    first, second = case.session(), case.session()
    with case.desk.as_login("calm-harbour") as desk:
        stored = attach(desk, CLINICAL, first)
        for wrong in (second, stored.rid):
            with pytest.raises(UserError, match="nothing to open"):
                held(desk).open(CLINICAL, wrong, stored.rid)
        with pytest.raises(RehabDeskError):
            held(desk).open(TEAM, first, stored.rid)


def test_a_struck_note_takes_none_and_shows_them_to_its_author_only(case: Case) -> None:
    rid = case.signed("green-ferry", "keywork", KEYWORK)
    with case.desk.as_login("green-ferry") as desk:
        attach(desk, TEAM, rid)
        sealing = held(desk).begin(TEAM, rid, "Too late").write(SCAN.content)
        services(desk).notes.entered_in_error(TEAM, rid, "Another person.")
        assert len(held(desk).of(TEAM, rid)) == 1
        with pytest.raises(UserError, match="entered in error"):
            held(desk).begin(TEAM, rid, "x")
        with pytest.raises(UserError, match="entered in error"):
            held(desk).add(TEAM, rid, "Too late", SCAN, sealing)
    with case.desk.as_login("silver-reed") as desk, pytest.raises(UserError):
        held(desk).of(TEAM, rid)


@pytest.mark.parametrize("name", ["", "   ", "x" * 121, "a\u202eb", "a\0b", "\ud800", "x" * 1_000_000])
def test_a_name_that_is_none_is_refused_before_anything_is_written(case: Case, name: str) -> None:
    rid = case.session()
    with case.desk.as_login("calm-harbour") as desk:
        with pytest.raises(UserError) as told:
            held(desk).begin(CLINICAL, rid, name)
        assert told.value.field == "name"
    assert not (case.desk.folder / "attach").exists()


def test_a_name_is_one_line() -> None:
    assert require_name(" a \n\t b ") == "a b"


def test_a_note_holds_twenty(case: Case) -> None:
    rid = case.session()
    with case.desk.as_login("calm-harbour") as desk:
        for number in range(20):
            attach(desk, CLINICAL, rid, name=f"Page {number}")
        assert not held(desk).may_attach(CLINICAL, rid)
        with pytest.raises(UserError, match="20"):
            attach(desk, CLINICAL, rid)


# copies


def test_a_copy_is_logged_and_its_name_says_nothing(case: Case, tmp_path: Path) -> None:
    rid, stick = case.session(), tmp_path / "stick"
    stick.mkdir()
    with case.desk.as_login("calm-harbour") as desk:
        for cleaned, ending in ((LETTER, ".pdf"), (SCAN, ".jpg")):
            stored = attach(desk, CLINICAL, rid, cleaned)
            content = held(desk).open(CLINICAL, rid, stored.rid).opening.read()
            file = held(desk).save_copy(stored, content, stick)
            assert file.read_bytes() == cleaned.content
            assert file.suffix == ending
            assert file.name.startswith("attachment-2026")
            assert deeds(desk)[0] == "copy_attachment"
        with pytest.raises(UserError, match="not written over"):
            held(desk).save_copy(stored, content, stick)
        with pytest.raises(UserError, match="no folder"):
            held(desk).save_copy(stored, content, stick / "gone")
        with pytest.raises(SealBroken):
            held(desk).save_copy(stored, content + b"x", stick)
        with pytest.raises(MediumGone):
            held(desk).save_copy(replace(stored, rid="f" * 32), content, Path("/proc/self"))


# what is chosen


def test_what_was_chosen_is_read_or_told(tmp_path: Path) -> None:
    file = tmp_path / "x.pdf"
    file.write_bytes(b"abc")
    assert read_chosen(file) == b"abc"
    large = tmp_path / "large"
    with large.open("wb") as sparse:
        sparse.truncate(MOST_BYTES + 1)
    for wrong in (tmp_path, tmp_path / "gone", large, Path("/dev/zero")):
        with pytest.raises(UserError) as told:
            read_chosen(wrong)
        assert told.value.field == "file"


def test_only_chunks_and_the_desk_itself_are_ever_written(case: Case) -> None:
    """No temporary file and no thumbnail: every file that is opened for writing while attaching and opening."""
    rid, opened_files = case.session(), set[str]()
    with case.desk.as_login("calm-harbour") as desk:
        watching = [True]

        def watch(event: str, arguments: tuple[object, ...]) -> None:
            if watching[0] and event == "open" and isinstance(arguments[2], int) and arguments[2] & 0o3:
                opened_files.add(str(arguments[0]))

        sys.addaudithook(watch)  # stays for the life of the process, so it is switched off below
        stored = attach(desk, CLINICAL, rid)
        held(desk).open(CLINICAL, rid, stored.rid).opening.read()
        watching[0] = False
    assert opened_files == {str(case.desk.folder / "attach" / f"{stored.rid}-0000")}
