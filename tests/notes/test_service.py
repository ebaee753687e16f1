"""Drafting, signing, adding to and striking notes, on a real encrypted desk."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from rehabdesk.access.model import Role
from rehabdesk.access.service import Desk
from rehabdesk.core.canon import parse_object
from rehabdesk.core.errors import NoKey, UserError
from rehabdesk.core.payload import to_payload
from rehabdesk.db.projection import CLINICAL, HOUSE, PASTORAL, TEAM, NewRecord
from rehabdesk.notes import tally_store
from rehabdesk.notes.chaplaincy.month_service import Months
from rehabdesk.notes.forms.answers_model import UnansweredError
from rehabdesk.notes.model import AddendumType, NoteState, Part, Strike, StrikeReason
from rehabdesk.people.legal_model import Stage
from tests.notes.sessions import FORMS, KEYWORK, MEETING, SAFE, SESSION, VISIT, services
from tests.people.cases import NOON, CaseDesk

PSY, CHA, CO = "psychologist_session", "chaplain_engagement", "keywork"


def deeds(desk: Desk) -> Iterator[tuple[str, str, dict[str, object]]]:
    """(deed, compartment, extra) of every entry of the chain."""
    for _, body, _, _ in desk.truth.raw_entries(after=0):
        entry = parse_object(body)
        extra = entry.get("x")
        yield str(entry["a"]), str(entry["c"]), dict(extra) if isinstance(extra, dict) else {}


def signed_session(desk: CaseDesk, person: str) -> str:
    with desk.as_login("calm-harbour") as opened:
        notes = services(opened).notes
        return notes.sign(notes.start(PSY, person, occurred_at=MEETING, answers=SESSION)).note.rid


def test_signing_keeps_the_private_part_the_summary_and_the_marker_in_one_deed(desk: CaseDesk) -> None:
    person = desk.register()
    with desk.as_login("calm-harbour") as opened:
        notes = services(opened).notes
        draft = notes.start(PSY, person, occurred_at=MEETING, answers=SESSION)
        signed = notes.sign(draft)
        assert signed.opens == ()
        assert signed.note.state is NoteState.SIGNED
        assert signed.note.part.answer("psy.P11") == SESSION["psy.P11"]
        assert notes.drafts() == ()
        sign_entries = [comp for deed, comp, _ in deeds(opened) if deed == "sign"]
        assert sorted(sign_entries) == [CLINICAL, TEAM, TEAM, HOUSE]
        assert {entry.part for entry in notes.timeline.page(person)} == {Part.SUMMARY, Part.NOTE}
    with desk.as_login("green-ferry") as opened:
        page = services(opened).notes.timeline.page(person)
        assert {entry.part for entry in page} == {Part.SUMMARY, Part.MARKER}
        summary = next(entry for entry in page if entry.part is Part.SUMMARY)
        note = services(opened).notes.timeline.open(TEAM, summary.rid)
        assert dict(note.part.words) == {"psy.P11": SESSION["psy.P11"]}
        assert note.part.answer("psy.P3.happened") is None


def test_a_note_without_summary_shares_its_existence_only(desk: CaseDesk) -> None:
    person = desk.register()
    with desk.as_login("calm-harbour") as opened:
        notes = services(opened).notes
        notes.sign(notes.start(PSY, person, occurred_at=MEETING, answers={**SESSION, "psy.P11": ""}))
    with desk.as_login("silver-reed") as opened:
        (entry,) = services(opened).notes.timeline.page(person)
        assert entry.part is Part.MARKER
        assert entry.preview == ""
        with pytest.raises(UserError):
            services(opened).notes.timeline.open(TEAM, entry.rid)


def test_all_problems_are_told_at_once_and_nothing_is_signed(desk: CaseDesk) -> None:
    person = desk.register()
    with desk.as_login("calm-harbour") as opened:
        notes = services(opened).notes
        draft = notes.start(PSY, person, answers={"psy.P2": "SOAP"})
        with pytest.raises(UnansweredError) as refused:
            notes.sign(draft)
        fields = [problem.field for problem in refused.value.problems]
        assert {"hdr.2", "hdr.3", "hdr.4", "hdr.5.hearing", "hdr.7", "psy.P1", "psy.P3.seen", "psy.P10"} <= set(fields)
        assert refused.value.field == fields[0]
        assert notes.problems(draft) == refused.value.problems
        assert len(notes.drafts()) == 1
        assert not [deed for deed, _, _ in deeds(opened) if deed == "sign"]


def test_a_draft_belongs_to_its_author_and_is_kept_over_a_lock(desk: CaseDesk) -> None:
    person = desk.register()
    with desk.as_login("calm-harbour") as opened:
        notes = services(opened).notes
        draft = notes.start(PSY, person)
        notes.save_draft(draft, occurred_at=MEETING, answers={"psy.P9": "Half a sentence"})
    with desk.as_login("warm-bridge") as opened:
        assert services(opened).notes.drafts() == ()
        with pytest.raises(UserError):
            services(opened).notes.sign(draft)
    with desk.as_login("calm-harbour") as opened:
        (kept,) = services(opened).notes.drafts()
        assert kept.answers == {"psy.P9": "Half a sentence"}
        assert kept.occurred_at == MEETING


def test_a_note_may_be_written_on_own_cases_only(desk: CaseDesk) -> None:
    person = desk.register()
    with desk.as_login("warm-bridge") as opened, pytest.raises(UserError) as refused:
        services(opened).notes.start(PSY, person)
    assert refused.value.field == "person"


@pytest.mark.parametrize(
    ("sign_in", "form"),
    [
        ("green-ferry", PSY),
        ("silver-reed", CO),
        ("calm-harbour", CHA),
        ("plain-lantern", PSY),
        ("north-window", CO),
    ],
)
def test_each_form_belongs_to_its_discipline(desk: CaseDesk, sign_in: str, form: str) -> None:
    person = desk.register()
    with desk.as_login(sign_in) as opened, pytest.raises(UserError):
        services(opened).notes.start(form, person)


def test_another_psychologist_is_refused_and_the_attempt_is_logged(desk: CaseDesk) -> None:
    person = desk.register()
    rid = signed_session(desk, person)
    with desk.as_login("warm-bridge") as opened:
        notes = services(opened).notes
        assert Part.NOTE not in {entry.part for entry in notes.timeline.page(person)}
        with pytest.raises(UserError):
            notes.timeline.open(CLINICAL, rid)
        assert ("refused", CLINICAL) in {(deed, comp) for deed, comp, _ in deeds(opened)}


def test_reading_is_logged_before_the_text_is_given(desk: CaseDesk) -> None:
    person = desk.register()
    rid = signed_session(desk, person)
    with desk.as_login("calm-harbour") as opened:
        timeline = services(opened).notes.timeline
        before = list(deeds(opened))
        timeline.page(person, previews=False)
        assert list(deeds(opened)) == before
        timeline.page(person)
        assert list(deeds(opened))[len(before) :] == [("list", CLINICAL, {"count": 1})]
        timeline.open(CLINICAL, rid)
        assert [deed for deed, _, _ in deeds(opened)][-1] == "read"


def test_additions_follow_the_note_and_never_change_it(desk: CaseDesk) -> None:
    person = desk.register()
    rid = signed_session(desk, person)
    with desk.as_login("calm-harbour") as opened:
        notes = services(opened).notes
        note = notes.add(CLINICAL, rid, AddendumType.CORRECTION, "It was four hours, not three.")
        assert note.state is NoteState.AMENDED
        assert note.part.answer("psy.P3.happened") == SESSION["psy.P3.happened"]
        assert [one.addendum.body for one in note.additions] == ["It was four hours, not three."]
        assert next(entry for entry in notes.timeline.page(person) if entry.rid == rid).additions == 1
        assert [entry.rid for entry in notes.timeline.search("four hours")] == [rid]


def test_a_colleague_adds_only_what_the_person_says(desk: CaseDesk) -> None:
    person = desk.register()
    with desk.as_login("green-ferry") as opened:
        notes = services(opened).notes
        rid = notes.sign(notes.start(CO, person, occurred_at=MEETING, answers=KEYWORK)).note.rid
    with desk.as_login("quiet-orchard") as opened:
        notes = services(opened).notes
        with pytest.raises(UserError):
            notes.add(TEAM, rid, AddendumType.CORRECTION, "I know better.")
        with pytest.raises(UserError):
            notes.entered_in_error(TEAM, rid, "I know better.")
        note = notes.add(TEAM, rid, AddendumType.PERSON_STATEMENT, "I said my aunt, not my mother.")
        assert note.additions[0].author == opened.uid
    with desk.as_login("north-window") as opened, pytest.raises(UserError):
        services(opened).notes.add(TEAM, rid, AddendumType.PERSON_STATEMENT, "No.")


def test_honest_mistake_a_note_entered_in_error_is_seen_by_author_and_inspector_only(desk: CaseDesk) -> None:
    person = desk.register()
    with desk.as_login("green-ferry") as opened:
        notes = services(opened).notes
        rid = notes.sign(notes.start(CO, person, occurred_at=MEETING, answers=KEYWORK)).note.rid
        with pytest.raises(UserError) as refused:
            notes.entered_in_error(TEAM, rid, " ")
        assert refused.value.field == "reason"
        notes.entered_in_error(TEAM, rid, "Wrong week.")
        note = notes.timeline.open(TEAM, rid)
        assert note.state is NoteState.ENTERED_IN_ERROR
        assert note.strike is not None
        assert note.strike.words == "Wrong week."
        with pytest.raises(UserError):
            notes.add(TEAM, rid, AddendumType.ADDITION, "More")
        assert notes.timeline.latest([person]) == ()
    for sign_in in ("silver-reed", "calm-harbour", "quiet-orchard"):
        with desk.as_login(sign_in) as opened:
            timeline = services(opened).notes.timeline
            assert timeline.page(person) == ()
            assert timeline.search("sew") == ()
            with pytest.raises(UserError):
                timeline.open(TEAM, rid)
    with desk.as_login("north-window") as opened:
        (entry,) = services(opened).notes.timeline.page(person)
        assert entry.struck


def test_a_strike_by_somebody_else_counts_for_nothing(desk: CaseDesk) -> None:
    person = desk.register()
    with desk.as_login("green-ferry") as opened:
        notes = services(opened).notes
        signed = notes.sign(notes.start(CO, person, occurred_at=MEETING, answers=KEYWORK)).note
    with desk.as_login("quiet-orchard") as opened:  # past the service, as somebody with own tools could
        strike = to_payload(Strike(note=signed.part.note, reason=StrikeReason.ENTERED_IN_ERROR, words="Away with it"))
        opened.commit("strike", [NewRecord(comp=TEAM, kind="note_struck", pv=1, person=person, payload=strike)])
        assert services(opened).notes.timeline.open(TEAM, signed.rid).state is NoteState.SIGNED


def test_a_struck_session_takes_summary_and_marker_with_it_and_tells_the_team_no_reason(desk: CaseDesk) -> None:
    person = desk.register()
    rid = signed_session(desk, person)
    with desk.as_login("calm-harbour") as opened:
        services(opened).notes.entered_in_error(CLINICAL, rid, "Written on the wrong sheet.")
    with desk.as_login("green-ferry") as opened:
        assert services(opened).notes.timeline.page(person) == ()
        strikes = opened.index(TEAM).rows("SELECT rid FROM notes_strike")
        assert [opened.read(TEAM, row[0]).payload.get("words") for row in strikes] == [None]


def test_honest_mistake_a_note_on_the_wrong_person_is_struck_there_and_signed_again_here(desk: CaseDesk) -> None:
    wrong, right = desk.register("24-017"), desk.register("24-018")
    rid = signed_session(desk, wrong)
    with desk.as_login("calm-harbour") as opened:
        notes = services(opened).notes
        draft = notes.recorded_on_wrong_person(CLINICAL, rid, right, "Two files were open.")
        struck = notes.timeline.open(CLINICAL, rid)
        assert struck.strike is not None
        assert struck.strike.reason is StrikeReason.WRONG_PERSON
        moved = notes.sign(draft).note
        assert moved.person_id == right
        assert moved.part.moved_from == struck.part.note
        assert moved.part.words == struck.part.words
        links = [extra for deed, _, extra in deeds(opened) if deed in ("strike", "sign") and extra]
        assert {"draft": draft, "reason": "wrong_person"} in links
        assert {"moved_from": struck.part.note} in links
    with desk.as_login("green-ferry") as opened:
        timeline = services(opened).notes.timeline
        assert timeline.page(wrong) == ()
        assert {entry.part for entry in timeline.page(right)} == {Part.SUMMARY, Part.MARKER}


def test_before_a_conviction_the_banner_stands_and_work_on_the_offence_cannot_be_chosen(desk: CaseDesk) -> None:
    person = desk.register(stage=Stage.PRE_TRIAL)
    with desk.as_login("calm-harbour") as opened:
        notes = services(opened).notes
        sheet = notes.sheet(PSY, person)
        assert "not convicted" in sheet.banner
        topics = sheet.form.field("psy.P5")
        assert topics is not None
        assert topics.choice("PD-9") is None
        assert topics.choice("PD-8") is not None
        draft = notes.start(PSY, person, occurred_at=MEETING, answers={**SESSION, "psy.P5": ("PD-9",)})
        assert [problem.field for problem in notes.problems(draft)] == ["psy.P5"]


def test_after_a_conviction_there_is_no_banner(desk: CaseDesk) -> None:
    person = desk.register(stage=Stage.SENTENCED)
    with desk.as_login("calm-harbour") as opened:
        sheet = services(opened).notes.sheet(PSY, person)
        assert sheet.banner == ""
        topics = sheet.form.field("psy.P5")
        assert topics is not None
        assert topics.choice("PD-9") is not None


def test_a_note_signed_after_three_days_is_a_late_entry(desk: CaseDesk) -> None:
    person = desk.register()
    with desk.as_login("green-ferry") as opened:
        notes = services(opened).notes
        early = notes.sign(notes.start(CO, person, occurred_at=NOON - timedelta(hours=71), answers=KEYWORK)).note
        late = notes.sign(notes.start(CO, person, occurred_at=NOON - timedelta(hours=73), answers=KEYWORK)).note
        assert (early.late_entry, late.late_entry) == (False, True)
        assert [entry.late_entry for entry in notes.timeline.page(person)] == [False, True]


def test_an_answer_of_danger_opens_the_safety_alert(desk: CaseDesk) -> None:
    person = desk.register()
    with desk.as_login("calm-harbour") as opened:
        notes = services(opened).notes
        answers = {**SESSION, "psy.P10": {**SAFE, "self_injury": "yes"}}
        assert notes.sign(notes.start(PSY, person, occurred_at=MEETING, answers=answers)).opens == ("safety_alert",)


def test_a_pastoral_note_tells_the_team_a_monthly_number_and_keeps_the_reminder_private(desk: CaseDesk) -> None:
    person = desk.register()
    with desk.as_login("plain-lantern") as opened:
        notes = services(opened).notes
        note = notes.sign(notes.start(CHA, person, occurred_at=MEETING, answers=VISIT)).note
        assert note.part.answer("cha.C7") is None
        (reminder,) = notes.reminders.all()
        assert reminder.words == VISIT["cha.C7"]
        notes.reminders.set_done(reminder.id, True)
        desk.clock.advance(timedelta(days=29))
        assert notes.reminders.drop_old() == 0
        desk.clock.advance(timedelta(days=2))
        assert notes.reminders.drop_old() == 1
        assert notes.reminders.all() == ()
        assert opened.index(PASTORAL).match("volume") == []
    with desk.as_login("green-ferry") as opened:
        timeline = services(opened).notes.timeline
        assert timeline.page(person) == ()
        assert tally_store.tally(opened.index(TEAM), "2026-11") == {"pastoral_note": 1}
        assert Months(opened).team_count("2026-11").pastoral_notes is None
        with pytest.raises(NoKey):
            timeline.open(PASTORAL, note.rid)


def test_forms_of_a_login_are_those_of_its_role() -> None:
    assert {form.name for form in FORMS.of_role(Role.CHA)} == {CHA, "confidential_encounter", "voice_statement"}
    assert [form.name for form in FORMS.offered(Role.CHA)] == [CHA, "voice_statement"]
    assert [form.name for form in FORMS.offered(Role.CO)] == [CO, "family_contact", "voice_statement"]
    assert [form.name for form in FORMS.offered(Role.PSY)] == [PSY, "voice_statement"]
    assert {form.name for form in FORMS.of_role(Role.SUP)} == set()
