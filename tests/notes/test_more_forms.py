"""Family contact, the person's own page, plan steps, protected answers and assessments made elsewhere."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest

from rehabdesk.access.model import Role
from rehabdesk.access.service import Desk
from rehabdesk.core import resources
from rehabdesk.core.canon import dump
from rehabdesk.core.errors import UserError
from rehabdesk.db.projection import PROTECTED, TEAM
from rehabdesk.notes.assessments.assessment_model import ExternalAssessment
from rehabdesk.notes.assessments.assessment_service import Assessments
from rehabdesk.notes.follow_model import follows, steps_noted, topics_noted
from rehabdesk.notes.forms.answer_words_model import answers_in_words
from rehabdesk.notes.forms.answers_model import Answer, UnansweredError, asked, problems, unkeepable
from rehabdesk.notes.forms.form_model import WRITTEN
from rehabdesk.notes.forms.form_service import Forms
from rehabdesk.notes.forms.picks_service import consents, contacts
from rehabdesk.notes.forms.preset_service import presets
from rehabdesk.notes.model import Part
from rehabdesk.notes.service import Notes
from rehabdesk.people.consent_model import ConsentDetails, ConsentMethod, ConsentPurpose, ConsentStatus
from rehabdesk.people.model import ContactConsent, ContactDetails, ContactKind
from rehabdesk.people.service import People
from tests.notes.sessions import FORMS, HEADER, KEYWORK, MEETING, SAFE, SESSION, VISIT, services
from tests.notes.test_service import deeds
from tests.people.cases import NOON, TODAY, CaseDesk

OFFICER, PSYCHOLOGIST, CHAPLAIN = "green-ferry", "calm-harbour", "plain-lantern"
PLAN = "0199aa00000070008000000000000077"
MOTHER = ContactDetails(
    kind=ContactKind.FAMILY, name="Mariam", relation="mother", consent_to_be_contacted=ContactConsent.YES
)
CONSENT = ConsentDetails(
    purpose=ConsentPurpose.FAMILY_CONTACT,
    status=ConsentStatus.GIVEN,
    scope="Calls with my mother",
    explained_in="fr",
    method=ConsentMethod.SIGNATURE,
    given_on=TODAY,
)


@contextmanager
def family(desk: CaseDesk) -> Iterator[tuple[Desk, Notes, str, dict[str, Answer]]]:
    """An officer at a person with a mother and a consent, and answers that can be signed."""
    person = desk.register()
    with desk.as_login(OFFICER) as opened:
        work = services(opened)
        mother = work.people.circle.add(person, MOTHER)
        consent = work.people.consents.record(person, CONSENT)
        answers: dict[str, Answer] = {
            **HEADER,
            "fam.F1": "phone",
            "fam.F1.outcome": "reached",
            "fam.F2": (mother.id,),
            "fam.F2.names": {mother.id: "Mariam, mother"},
            "fam.F3": consent.id,
            "fam.F3.names": {consent.id: "Calls with my mother"},
            "fam.F4": "afraid",
            "fam.F5": "warm",
            "fam.F8": "other",
            "fam.F8.other": "Kestrel words",
        }
        yield opened, work.notes, person, answers


def start(notes: Notes, form: str, person: str, answers: dict[str, Answer]) -> str:
    return notes.start(form, person, occurred_at=MEETING, answers=answers)


def fields_of(notes: Notes, form: str, person: str, answers: dict[str, Answer]) -> list[str]:
    return [problem.field for problem in notes.problems(start(notes, form, person, answers))]


# protected answers


def test_protected_choices_go_into_the_protected_record_alone(desk: CaseDesk) -> None:
    with family(desk) as (opened, notes, person, answers):
        note = notes.sign(start(notes, "family_contact", person, answers)).note
        payload = dump(dict(opened.read(TEAM, note.rid).payload)).decode()
        assert "fam.F4" not in payload
        assert "fam.F8" not in payload
        assert "Kestrel" not in payload
        assert sorted(comp for deed, comp, _ in deeds(opened) if deed == "sign") == [PROTECTED, TEAM, "vault"]
        lines = dict(answers_in_words(notes.kept.form_of(note.part), note.part, is_author=True))
        assert "safeguarding lead" in lines["The relative's own consent and safety"]
        assert "safeguarding lead" in lines["Children: best-interest check"]
        others = dict(answers_in_words(notes.kept.form_of(note.part), note.part, is_author=False))
        assert "Children: best-interest check" not in others
        assert others["With whom"] == "Mariam, mother"
    with desk.as_login(PSYCHOLOGIST) as held:
        rids = [rid for (rid,) in held.index(PROTECTED).rows("SELECT rid FROM notes_entry")]
        kept = held.read(PROTECTED, rids[0]).payload["marks"]
        assert kept == {"fam.F4": "afraid", "fam.F8": "other"}
        assert services(held).notes.timeline.page(person)[0].part is Part.NOTE


def test_no_protected_record_without_a_protected_answer(desk: CaseDesk) -> None:
    with family(desk) as (opened, notes, person, answers):
        rest = {code: value for code, value in answers.items() if not code.startswith(("fam.F4", "fam.F8"))}
        notes.sign(start(notes, "family_contact", person, rest))
        assert PROTECTED not in [comp for deed, comp, _ in deeds(opened) if deed == "sign"]


# family contact


@pytest.mark.parametrize(
    ("change", "barred"),
    [
        ({"do_not_contact": True}, "do not contact"),
        ({"consent_to_be_contacted": ContactConsent.UNSAFE}, "not safe"),
        ({"consent_to_be_contacted": ContactConsent.NO}, "does not want"),
    ],
)
def test_who_must_not_be_contacted_cannot_be_picked_and_it_is_said_why(
    desk: CaseDesk, change: dict[str, object], barred: str
) -> None:
    with family(desk) as (opened, notes, person, answers):
        people = People(opened)
        mother = people.contacts(person)[0]
        people.circle.change(mother.id, replace(MOTHER, **change))  # type: ignore[arg-type]  # one field each
        (pick,) = contacts(people, person, TODAY)
        assert barred in pick.barred
        draft = start(notes, "family_contact", person, answers)
        with pytest.raises(UnansweredError) as refused:
            notes.sign(draft)
        assert refused.value.field == "fam.F2"
        assert barred in refused.value.sentence
        assert notes.draft(draft).answers["fam.F8.other"] == "Kestrel words"


def test_a_contact_of_another_person_cannot_be_picked(desk: CaseDesk) -> None:
    with family(desk) as (_, notes, person, answers):
        stranger = "0199aa00000070008000000000000099"
        assert fields_of(notes, "family_contact", person, {**answers, "fam.F2": (stranger,), "fam.F2.names": {}}) == [
            "fam.F2"
        ]


def test_consent_is_needed_and_what_stands_is_offered(desk: CaseDesk) -> None:
    with family(desk) as (opened, notes, person, answers):
        people = People(opened)
        without = {code: value for code, value in answers.items() if not code.startswith("fam.F3")}
        assert fields_of(notes, "family_contact", person, without) == ["fam.F3"]
        assert fields_of(notes, "family_contact", person, {**without, "fam.F3": "not_ours"}) == []
        people.consents.withdraw(str(answers["fam.F3"]), on=TODAY)
        assert fields_of(notes, "family_contact", person, answers) == ["fam.F3"]
        (pick,) = consents(people, person, TODAY)
        assert "withdrew" in pick.barred
        people.consents.record(person, replace(CONSENT, status=ConsentStatus.REFUSED))
        assert "refused" in consents(people, person, TODAY)[0].barred
        ended = replace(CONSENT, given_on=TODAY - timedelta(days=9), review_due=TODAY - timedelta(days=1))
        people.consents.record(person, ended)
        assert "Ask again" in consents(people, person, TODAY)[0].barred


def test_children_are_named_by_age_band_only(desk: CaseDesk) -> None:
    with family(desk) as (opened, _, person, _answers):
        people = People(opened)
        for born in (TODAY.year - 3, TODAY.year - 8, TODAY.year - 15, None):
            people.circle.add(person, replace(MOTHER, name="Zebra", is_child=True, child_birth_year=born))
        words = [pick.words for pick in contacts(people, person, TODAY)]
        assert not any("Zebra" in each for each in words)
        assert {"A child of 0 to 5", "A child of 6 to 11", "A child of 12 to 17", "A child"} <= set(words)


def test_only_the_case_officer_writes_a_family_contact_and_the_team_reads_it(desk: CaseDesk) -> None:
    with family(desk) as (_, notes, person, answers):
        note = notes.sign(start(notes, "family_contact", person, answers)).note
    for sign_in, reads in ((PSYCHOLOGIST, True), ("silver-reed", True), ("north-window", True), (CHAPLAIN, False)):
        with desk.as_login(sign_in) as opened:
            timeline = services(opened).notes.timeline
            if reads:
                assert timeline.open(TEAM, note.rid).part.answer("fam.F1") == "phone"
            else:
                with pytest.raises(UserError):
                    timeline.open(TEAM, note.rid)
            with pytest.raises(UserError):
                services(opened).notes.start("family_contact", person)


# the person's own page


def test_declining_the_own_page_needs_no_other_answer(desk: CaseDesk) -> None:
    person = desk.register()
    with desk.as_login(CHAPLAIN) as opened:
        notes = services(opened).notes
        note = notes.sign(start(notes, "voice_statement", person, {"voi.V8": "declined"})).note
        assert note.part.marks == {"voi.V8": "declined"}


@pytest.mark.parametrize(
    ("answers", "fields"),
    [
        ({}, ["voi.V8", "voi.V1"]),
        ({"voi.V8": "wrote"}, ["voi.V1"]),
        ({"voi.V8": "wrote", "voi.V3": "My mother."}, []),
        ({"voi.V8": "said", "voi.V3": "My mother."}, ["voi.V8.by", "voi.V8.read"]),
        ({"voi.V8": "drew", "voi.V8.where": "In the paper file."}, []),
        ({"voi.V8": "declined", "voi.V3": "My mother."}, ["voi.V3"]),
    ],
)
def test_the_own_page_asks_for_the_words_of_the_person_only(
    desk: CaseDesk, answers: dict[str, Answer], fields: list[str]
) -> None:
    person = desk.register()
    with desk.as_login(OFFICER) as opened:
        assert fields_of(services(opened).notes, "voice_statement", person, answers) == fields


def test_whoever_may_write_the_own_page_reads_it_and_nothing_else_of_the_team(desk: CaseDesk) -> None:
    person = desk.register()
    with desk.as_login(OFFICER) as opened:
        notes = services(opened).notes
        notes.sign(start(notes, "keywork", person, KEYWORK))
        notes.sign(start(notes, "voice_statement", person, {"voi.V8": "wrote", "voi.V2": "My first coat."}))
    with desk.as_login(CHAPLAIN) as opened:
        timeline = services(opened).notes.timeline
        (entry,) = timeline.page(person)
        assert entry.form == "voice_statement"
        assert timeline.open(TEAM, entry.rid).part.words["voi.V2"] == "My first coat."
        assert [one.rid for one in timeline.search("coat")] == [entry.rid]


def test_the_own_page_has_no_field_for_what_others_make_of_it() -> None:
    form = FORMS.form("voice_statement")
    said = " ".join(field.text for field in form.fields).lower()
    assert not any(word in said for word in ("interpretation", "assess", "impression", "opinion", "sincer"))
    assert not any(field.code.startswith("hdr.") and field.code not in ("hdr.1", "hdr.2") for field in form.fields)


# key-work: steps and topics


def test_steps_are_ids_and_words_and_what_follows_is_offered(desk: CaseDesk) -> None:
    person = desk.register()
    step = f"{PLAN}.g1.s2"
    answers = {
        **KEYWORK,
        "key.K4": {step: "completed"},
        "key.K4.names": {step: "Sit the practical test"},
        "key.K8": ("papers", "home"),
    }
    with desk.as_login(OFFICER) as opened:
        notes = services(opened).notes
        signed = notes.sign(start(notes, "keywork", person, answers))
        form = notes.kept.form_of(signed.note.part)
        assert form is not None
        assert signed.opens == ("checklist",)
        (noted,) = steps_noted(form, signed.note.part)
        assert (noted.id, noted.words, noted.status) == (step, "Sit the practical test", "completed")
        assert topics_noted(form, signed.note.part) == ("Papers", "Home")
        assert follows(form, signed.note.part)
        lines = dict(answers_in_words(form, signed.note.part, is_author=True))
        assert lines["Plan steps reviewed"] == "Sit the practical test: Completed"
        plain = notes.sign(start(notes, "keywork", person, KEYWORK)).note
        assert not follows(form, plain.part)


@pytest.mark.parametrize(
    "value",
    [
        "completed",
        ("s1",),
        {"s1": "completed"},
        {f"{PLAN}.g1.s1": "achieved"},
        {f"{PLAN}.g1.s1.x": "completed"},
        {f"{PLAN.upper()}.g1": "completed"},
    ],
)
def test_steps_of_another_shape_are_refused(desk: CaseDesk, value: Answer) -> None:
    person = desk.register()
    with desk.as_login(OFFICER) as opened:
        notes = services(opened).notes
        assert fields_of(notes, "keywork", person, {**KEYWORK, "key.K4": value}) == ["key.K4"]


# the psychologist's form


def test_a_next_meeting_and_an_ending_do_not_go_together(desk: CaseDesk) -> None:
    person = desk.register()
    with desk.as_login(PSYCHOLOGIST) as opened:
        notes = services(opened).notes
        both: dict[str, Answer] = {**SESSION, "psy.P13": "2026-12-01", "psy.P13.ending": True}
        assert fields_of(notes, "psychologist_session", person, both) == ["psy.P13.ending"]
        one: dict[str, Answer] = {**SESSION, "psy.P13.ending": True, "psy.P7.goal": (f"{PLAN}.g1",)}
        assert fields_of(notes, "psychologist_session", person, one) == []


def test_any_yes_in_the_safety_check_calls_for_the_alert(desk: CaseDesk) -> None:
    person = desk.register()
    with desk.as_login(PSYCHOLOGIST) as opened:
        notes = services(opened).notes
        answers: dict[str, Answer] = {**SESSION, "psy.P10": {**SAFE, "acute_illness": "yes"}}
        assert notes.sign(start(notes, "psychologist_session", person, answers)).opens == ("safety_alert",)


def test_what_a_note_starts_with_is_said_by_the_form(desk: CaseDesk) -> None:
    person = desk.register()
    form = FORMS.form("psychologist_session")
    first = presets(form, None)
    assert first["psy.P1"] == "first_meeting"
    assert first["psy.P1.number"] == 1
    with desk.as_login(PSYCHOLOGIST) as opened:
        notes = services(opened).notes
        answers: dict[str, Answer] = {**SESSION, "psy.P1": "first_meeting", "psy.P1.number": 1, "hdr.4": "other"}
        note = notes.sign(start(notes, form.name, person, {**answers, "hdr.4.other": "Under the tree"})).note
    later = presets(form, note)
    assert (later["psy.P1"], later["psy.P1.number"], later["psy.P2"]) == ("working_session", 2, "DAP")
    assert later["hdr.4"] == "interview_room"
    assert not later.keys() & {"hdr.5.hearing", "psy.P6", "psy.P9", "psy.P10", "psy.P12"}


# a site's own forms


def test_a_whole_new_form_needs_no_code(desk: CaseDesk) -> None:
    texts = {file: resources.read_text(file) for file in resources.names("forms", ".toml")}
    texts["forms/garden_hour.toml"] = """prefix = "gar"
version = 1
title = "Garden hour"
minutes = 1
compartment = "team"
existence = "none"
roles = ["CO"]
order = 1
quick = "gar.A1"

[[field]]
code = "gar.A1"
text = "What grew"
type = "text"
required = true
"""
    person = desk.register()
    with desk.as_login(OFFICER) as opened:
        forms = Forms(texts)
        assert forms.offered(Role.CO)[0].name == "garden_hour"
        notes = Notes(opened, People(opened), forms)
        note = notes.sign(start(notes, "garden_hour", person, {**HEADER, "gar.A1": "Beans."})).note
        lines = dict(answers_in_words(notes.kept.form_of(note.part), note.part, is_author=True))
        assert lines["What grew"] == "Beans."


def test_a_retired_form_is_offered_no_more_and_its_drafts_are_finished(desk: CaseDesk) -> None:
    texts = {file: resources.read_text(file) for file in resources.names("forms", ".toml")}
    person = desk.register()
    with desk.as_login(OFFICER) as opened:
        draft = start(services(opened).notes, "keywork", person, KEYWORK)
        file = "forms/keywork.toml"
        forms = Forms({**texts, file: texts[file].replace('roles = ["CO"]', 'roles = ["CO"]\nretired = true')})
        assert "keywork" not in [form.name for form in forms.offered(Role.CO)]
        notes = Notes(opened, People(opened), forms)
        assert notes.sign(draft).note.part.form == "keywork"


# assessments made elsewhere

MADE = ExternalAssessment(name="Interview of needs", on=TODAY, assessor="Dr Ama Bello", held_by="The ministry")


def test_psychologists_record_that_an_assessment_exists_and_the_team_learns_of_it(desk: CaseDesk) -> None:
    person = desk.register()
    with desk.as_login(PSYCHOLOGIST) as opened:
        kept = Assessments(opened, People(opened)).record(
            person, replace(MADE, person_comment="I was asked twice."), by_me=False
        )
        assert Assessments(opened, People(opened)).of_person(person) == (kept,)
    for sign_in, comment in ((OFFICER, ""), ("silver-reed", ""), ("north-window", "I was asked twice.")):
        with desk.as_login(sign_in) as opened:
            assessments = Assessments(opened, People(opened))
            (one,) = assessments.of_person(person)
            assert (one.assessment.name, one.assessment.person_comment) == (MADE.name, comment)
            with pytest.raises(UserError):
                assessments.record(person, MADE, by_me=False)
    for sign_in in (CHAPLAIN, "amber-kite"):
        with desk.as_login(sign_in) as opened, pytest.raises(UserError):
            Assessments(opened, People(opened)).of_person(person)


def test_a_psychologist_who_treats_and_assesses_is_warned_and_says_why(desk: CaseDesk) -> None:
    person = desk.register()
    with desk.as_login(PSYCHOLOGIST) as opened:
        assessments = Assessments(opened, People(opened))
        with pytest.raises(UserError) as warned:
            assessments.record(person, MADE, by_me=True)
        assert warned.value.field == "override_reason"
        assert "assessment report" in warned.value.sentence
        kept = assessments.record(person, replace(MADE, override_reason="Nobody else is trained."), by_me=True)
        assert kept.assessment.override_reason == "Nobody else is trained."
        assert [extra for deed, _, extra in deeds(opened) if deed == "assessment"] == [{"override": "dual_capacity"}]
        assert assessments.record(person, replace(MADE, override_reason="x"), by_me=False).assessment == MADE


def test_an_assessment_lies_in_the_past_and_is_of_an_own_case(desk: CaseDesk) -> None:
    person = desk.register()
    with desk.as_login(PSYCHOLOGIST) as opened, pytest.raises(UserError) as future:
        Assessments(opened, People(opened)).record(person, replace(MADE, on=TODAY + timedelta(days=1)), by_me=False)
    assert future.value.field == "on"
    with pytest.raises(UserError) as early:
        replace(MADE, next_review=TODAY - timedelta(days=1))
    assert early.value.field == "next_review"
    with desk.as_login("warm-bridge") as opened, pytest.raises(UserError):
        Assessments(opened, People(opened)).record(person, MADE, by_me=False)


# nonsense

GOOD: dict[str, tuple[str, dict[str, Answer]]] = {
    "psychologist_session": (PSYCHOLOGIST, SESSION),
    "chaplain_engagement": (CHAPLAIN, VISIT),
    "keywork": (OFFICER, KEYWORK),
    "voice_statement": (OFFICER, {"voi.V8": "wrote", "voi.V1": "A lot."}),
    "family_contact": (OFFICER, {**HEADER, "fam.F1": "phone", "fam.F2": ("children_only",), "fam.F3": "not_ours"}),
}
NONSENSE: tuple[Answer, ...] = (
    " ",
    "x" * 25_000,
    "y" * 1_000_000,
    "9999-12-31T",
    "bell\u0007",
    "turned\u202eround",
    "half \ud800",
    "two\nlines",
    -1,
    10**15,
    True,
    ("a", "\ud800"),
    {"row": "\u202e"},
    (),
)


@pytest.mark.parametrize("name", sorted(GOOD))
def test_nonsense_in_any_field_gives_a_sentence_there_and_keeps_every_other(desk: CaseDesk, name: str) -> None:
    """What a field cannot hold is said by that field; nothing is signed, and what stands in the others stays."""
    sign_in, good = GOOD[name]
    person = desk.register()
    form = FORMS.form(name)
    with desk.as_login(sign_in) as opened:
        notes = services(opened).notes
        draft = start(notes, name, person, good)
        assert notes.problems(draft) == ()
        for field in form.fields[2:]:
            for value in NONSENSE:
                found = _problems_with(form.name, {**good, field.code: value})
                assert all(sentence and "{" not in sentence for _, sentence in found), field.code
                touched = {code for code, _ in found}
                allowed = {field.code} | {each.code for each in form.fields if each.when} | set(form.one_of)
                assert touched <= allowed, (field.code, value if not isinstance(value, str) else value[:20])
        assert notes.draft(draft).answers == good


BAD_WORDS = ("x" * 1_000_000, "bell\u0007", "turned\u202eround", "half \ud800", "private \ue000", 3, True, ("a",))


@pytest.mark.parametrize("name", sorted(GOOD))
def test_words_that_no_field_may_hold_are_refused_by_that_field(name: str) -> None:
    _, good = GOOD[name]
    form = FORMS.form(name)
    for field in form.fields:
        if field.type in WRITTEN and asked(field, good):
            for value in BAD_WORDS:
                found = _problems_with(name, {**good, field.code: value})
                assert [code for code, _ in found] == [field.code], (field.code, str(value)[:20])


def test_half_a_character_is_said_and_nothing_else_is_held_back() -> None:
    assert [one.field for one in unkeepable({"psy.P9": "odd \udc00", "psy.P11": "whole \U0001f642"})] == ["psy.P9"]


def _problems_with(form: str, answers: dict[str, Answer]) -> list[tuple[str, str]]:
    return [
        (problem.field, problem.sentence)
        for problem in problems(FORMS.form(form), answers, person=PLAN, moment=MEETING, now=NOON)
    ]
