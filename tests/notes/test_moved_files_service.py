"""A note on the wrong person had files: none is lost, none is read through the wrong record, none is moved unsigned."""

import pytest

from rehabdesk.access.service import Desk
from rehabdesk.core.errors import NoKey, RehabDeskError, UserError
from rehabdesk.db.projection import CLINICAL, TEAM
from rehabdesk.notes.attachments.attachment_model import Cleaned
from rehabdesk.notes.model import Note, Part
from tests.notes.sessions import MEETING, SESSION, services
from tests.notes.test_attachment_service import LETTER, attach, held
from tests.people.cases import CaseDesk


def summary_of(desk: Desk, person: str) -> str:
    page = services(desk).notes.timeline.page(person, previews=False)
    return next(entry.rid for entry in page if entry.part is Part.SUMMARY)


def again(desk: Desk, note: Note, name: str) -> None:
    """Attaches what the struck note has under that name, as the page does: opened, sealed anew, signed."""
    attachments = held(desk)
    left = next(one for one in attachments.moved.left_behind(note) if one.stored.attachment.name == name)
    opened = attachments.moved.open(left.stored.comp, left.stored.rid)
    content = opened.opening.read()
    sealed = attachments.begin(left.comp, left.rid, name).write(content)
    kept = opened.stored.attachment
    attachments.add(left.comp, left.rid, name, Cleaned(kind=kept.kind, content=content, pages=kept.pages), sealed)


def test_files_of_a_struck_note_are_sealed_anew_for_the_right_person_and_stay_where_they_were(desk: CaseDesk) -> None:
    wrong, right = desk.register("24-017"), desk.register("24-018")
    with desk.as_login("calm-harbour") as opened:
        notes = services(opened).notes
        rid = notes.sign(notes.start("psychologist_session", wrong, occurred_at=MEETING, answers=SESSION)).note.rid
        first = attach(opened, CLINICAL, rid)
        attach(opened, TEAM, summary_of(opened, wrong), Cleaned(kind=LETTER.kind, content=b"%PDF-2", pages=1), "Pass")
        struck = notes.timeline.open(CLINICAL, rid).part.note
        assert held(opened).moved.left_behind(notes.timeline.open(CLINICAL, rid)) == ()
        with pytest.raises(UserError):  # of a note that stands nothing is left behind
            held(opened).moved.open(CLINICAL, first.rid)

        draft = notes.recorded_on_wrong_person(CLINICAL, rid, right, "Two files were open.")
        assert notes.draft(draft).moved_from == struck
        named = [one.attachment.name for one in held(opened).moved.of(struck)]
        note = notes.sign(draft).note
        left = held(opened).moved.left_behind(note)
        assert sorted(named) == ["Letter of the hospital", "Pass"]
        assert [one.comp for one in left] == [TEAM, CLINICAL]
        again(opened, note, "Letter of the hospital")
        again(opened, note, "Pass")

        assert held(opened).moved.left_behind(note) == ()
        (moved,) = held(opened).of(CLINICAL, note.rid)
        assert (moved.person_id, moved.attachment.sha256) == (right, first.attachment.sha256)
        assert moved.attachment.seal != first.attachment.seal
        assert held(opened).open(CLINICAL, note.rid, moved.rid).opening.read() == LETTER.content
        assert [one.attachment.name for one in held(opened).of(TEAM, summary_of(opened, right))] == ["Pass"]
        assert held(opened).of(CLINICAL, rid) == (first,)
        assert held(opened).open(CLINICAL, rid, first.rid).opening.read() == LETTER.content


@pytest.mark.parametrize("sign_in", ["warm-bridge", "green-ferry", "silver-reed", "plain-lantern"])
def test_nobody_else_reads_them_through_the_wrong_record(desk: CaseDesk, sign_in: str) -> None:
    wrong, right = desk.register("24-017"), desk.register("24-018")
    with desk.as_login("calm-harbour") as opened:
        notes = services(opened).notes
        rid = notes.sign(notes.start("psychologist_session", wrong, occurred_at=MEETING, answers=SESSION)).note.rid
        summary = summary_of(opened, wrong)
        clinical = attach(opened, CLINICAL, rid).rid
        shared = attach(opened, TEAM, summary, name="Pass").rid
        notes.sign(notes.recorded_on_wrong_person(CLINICAL, rid, right, "Two files were open."))
    with desk.as_login(sign_in) as opened:
        for comp, note, one in ((CLINICAL, rid, clinical), (TEAM, summary, shared)):
            with pytest.raises((NoKey, RehabDeskError)):
                held(opened).of(comp, note)
            with pytest.raises((NoKey, RehabDeskError)):
                held(opened).open(comp, note, one)
            with pytest.raises((NoKey, RehabDeskError)):
                held(opened).moved.open(comp, one)
