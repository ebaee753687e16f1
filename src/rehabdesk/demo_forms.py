"""What the demo writes about the person of the thread besides the usual notes: family, own page, an assessment."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from rehabdesk.access.model import Role
from rehabdesk.access.service import Desk
from rehabdesk.notes.assessments.assessment_model import ExternalAssessment
from rehabdesk.notes.assessments.assessment_service import Assessments
from rehabdesk.notes.forms.answers_model import Answer
from rehabdesk.notes.forms.picks_service import contacts
from rehabdesk.notes.service import Notes
from rehabdesk.people.consent_model import ConsentDetails, ConsentMethod, ConsentPurpose, ConsentStatus
from rehabdesk.people.service import People

HEADER: dict[str, Answer] = {"hdr.3": 20, "hdr.4": "visiting_room", "hdr.5.hearing": "no", "hdr.7": "came"}


def write_more(desk: Desk, people: People, notes: Notes, person: str, at: datetime, words: Mapping[str, Any]) -> None:
    """In the role of whoever is signed in. `words` are those of the caseload, `at` is when the meeting began."""
    if desk.role is Role.CO:
        _family(people, notes, person, at, words)
        _own_page(notes, person, at, words)
    if desk.role is Role.PSY:
        assessment = ExternalAssessment(
            name=words["assessment"],
            on=at.date() - timedelta(days=40),
            assessor=words["assessor"],
            held_by=words["held_by"],
            next_review=at.date() + timedelta(days=140),
            person_comment=words["comment"],
        )
        Assessments(desk, people).record(person, assessment, by_me=False)


def _family(people: People, notes: Notes, person: str, at: datetime, words: Mapping[str, Any]) -> None:
    consent = people.consents.record(
        person,
        ConsentDetails(
            purpose=ConsentPurpose.FAMILY_CONTACT,
            status=ConsentStatus.GIVEN,
            scope=words["consent"],
            explained_in="dje",
            method=ConsentMethod.THUMBPRINT,
            given_on=at.date(),
        ),
    )
    mother = contacts(people, person, at.date())[0]
    answers: dict[str, Answer] = {
        **HEADER,
        "fam.F1": "in_person",
        "fam.F1.outcome": "reached",
        "fam.F2": (mother.id,),
        "fam.F2.names": {mother.id: mother.words},
        "fam.F3": consent.id,
        "fam.F3.names": {consent.id: words["consent"]},
        "fam.F4": "willing",
        "fam.F5": "warm",
        "fam.F5.note": words["family"],
        "fam.F6": ("place_to_stay", "company"),
        "fam.F10": ("support_offered",),
    }
    notes.sign(notes.start("family_contact", person, occurred_at=at, answers=answers))


def _own_page(notes: Notes, person: str, at: datetime, words: Mapping[str, Any]) -> None:
    answers: dict[str, Answer] = {
        "voi.V8": "said",
        "voi.V8.by": words["scribe"],
        "voi.V8.read": "yes",
        "voi.V1": words["changed"],
        "voi.V3": words["helps"],
        "voi.V7": "agree",
        "voi.V8.share": True,
    }
    notes.sign(notes.start("voice_statement", person, occurred_at=at, answers=answers))
