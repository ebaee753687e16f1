"""A day's work of three disciplines through the services, with a word of its own in every field.

A program of its own, so that profile, temporary folder and output can be searched.
"""

import json
import os
import sys
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from rehabdesk.access.service import Desk
from rehabdesk.app import PROJECTIONS
from rehabdesk.notes.attachments.attachment_child_service import clean
from rehabdesk.notes.attachments.attachment_service import Attachments
from rehabdesk.notes.forms.answers_model import Answer
from rehabdesk.notes.forms.form_model import FieldType
from rehabdesk.notes.model import AddendumType
from rehabdesk.people.consent_model import ConsentDetails, ConsentMethod, ConsentPurpose, ConsentStatus
from rehabdesk.people.legal_model import DateSource, LegalEpisode, Stage
from rehabdesk.people.model import (
    AgeRegime,
    AssignmentDetails,
    Capacity,
    ContactDetails,
    ContactKind,
    PersonDetails,
    PersonName,
    Placement,
    Script,
    Sex,
)
from rehabdesk.people.service import People
from rehabdesk.plans.domain_service import load_domains
from rehabdesk.plans.model import Actor, Goal, Horizon, Plan, Step, VersionState
from rehabdesk.plans.service import Plans
from rehabdesk.readiness.condition_model import Condition
from rehabdesk.readiness.service import Releases
from rehabdesk.readiness.template_service import load_templates
from tests.desks import Site, keep_no_moulds
from tests.notes.sessions import KEYWORK, MEETING, SESSION, VISIT, services
from tests.people.cases import NOON, STAFF, TODAY
from tests.torture.canaries import Canaries

OFFICER, PSYCHOLOGIST, CHAPLAIN = "green-ferry", "calm-harbour", "plain-lantern"
WRITTEN_BY_FORM: Mapping[str, tuple[str, Mapping[str, Answer]]] = {
    "keywork": (OFFICER, KEYWORK),
    "psychologist_session": (PSYCHOLOGIST, SESSION),
    "chaplain_engagement": (CHAPLAIN, VISIT),
}


class Day:
    """Everybody's deeds on one desk."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.canaries = Canaries(seed=seed)
        self.site = Site(folder=folder / "desk", profile=folder / "profile", projections=PROJECTIONS).create(STAFF)
        self.site.clock.set(NOON)
        self.person = ""

    def work(self) -> None:
        """Everything that is written and signed, one login after the other."""
        self._register(self.site.open(OFFICER))
        for form, (sign_in, answers) in WRITTEN_BY_FORM.items():
            self._write_note(self.site.open(sign_in), form, answers)
        self._plan_and_release(self.site.open(OFFICER))

    def start_a_draft(self) -> None:
        """The psychologist is in the middle of a note."""
        notes = services(self.site.open(PSYCHOLOGIST)).notes
        words = self.canaries.word("draft of a session")
        notes.start("psychologist_session", self.person, occurred_at=MEETING, answers={"psy.P9": words})

    def _register(self, desk: Desk) -> None:
        word, people = self.canaries.word, People(desk)
        name = PersonName(
            script=Script.LATIN,
            given=word("given name"),
            father=word("father's name"),
            family=word("family name"),
            kunya=word("kunya"),
            variants=(word("spelling"),),
        )
        details = PersonDetails(
            case_ref=word("case number"),
            display_alias=word("display name"),
            names=(name,),
            sex=Sex.MALE,
            age_regime=AgeRegime.ADULT,
            practical_access_need=word("access need"),
        )
        legal = LegalEpisode(
            stage=Stage.SENTENCED,
            since=TODAY - timedelta(days=300),
            source=DateSource.COURT,
            country="XX",
            authority=word("authority"),
            file_no=word("file number"),
            offence_label_short=word("short label"),
        )
        placement = Placement(establishment=word("establishment"), unit=word("unit"), since=TODAY)
        self.person = people.register(details, legal, placement=placement).id
        self._people_around(people, desk)

    def _people_around(self, people: People, desk: Desk) -> None:
        word = self.canaries.word
        uids = {member.sign_in: member.card.uid for member in desk.members()}
        for sign_in, capacity in (
            (OFFICER, Capacity.LEAD_CASE_OFFICER),
            (PSYCHOLOGIST, Capacity.PSYCHOLOGIST),
            (CHAPLAIN, Capacity.CHAPLAIN),
        ):
            people.assign(
                self.person, AssignmentDetails(staff=uids[sign_in], capacity=capacity, since=TODAY, person_told=True)
            )
        contact = ContactDetails(
            kind=ContactKind.FAMILY,
            name=word("contact's name"),
            relation=word("relation"),
            phone=word("phone"),
            address_landmark=word("landmark"),
            offer=word("offer"),
        )
        people.circle.add(self.person, contact, safety_note=word("safety note"))
        consent = ConsentDetails(
            purpose=ConsentPurpose.SHARE_WITH_NAMED_ORG,
            status=ConsentStatus.GIVEN,
            scope=word("scope of the consent"),
            recipient=word("recipient"),
            withheld=word("withheld"),
            interpreter_alias=word("interpreter"),
            explained_in="fr",
            method=ConsentMethod.SIGNATURE,
            given_on=TODAY,
            review_due=TODAY + timedelta(days=90),
        )
        people.consents.record(self.person, consent)

    def _write_note(self, desk: Desk, form: str, answers: Mapping[str, Answer]) -> None:
        """Every line and text of the form that can stand open gets a word beside what makes the note complete."""
        notes = services(desk).notes
        filled = dict(answers)
        for asked in notes.sheet(form, self.person).form.fields:
            if asked.type in (FieldType.LINE, FieldType.TEXT) and (asked.when is None or asked.code in answers):
                filled[asked.code] = self.canaries.word(f"{form} {asked.code}")
        draft = notes.start(form, self.person, occurred_at=MEETING, answers={})
        notes.save_draft(draft, occurred_at=MEETING, answers=filled)
        note = notes.sign(draft).note
        comp = next(comp for comp in ("clinical", "pastoral", "team") if desk.holds(comp))
        notes.add(comp, note.rid, AddendumType.ADDITION, self.canaries.word(f"{form} addendum"))
        self._attach(Attachments(desk, People(desk), notes.timeline), comp, note.rid, form)
        notes.timeline.open(comp, note.rid)
        notes.timeline.page(self.person)

    def _attach(self, attachments: Attachments, comp: str, rid: str, form: str) -> None:
        """A foreign text is made anew by the child, sealed, signed, and read again."""
        cleaned = clean(self.canaries.word(f"text attached to {form}").encode())
        name = self.canaries.word(f"{form} name of an attachment")
        stored = attachments.add(comp, rid, name, cleaned, attachments.begin(comp, rid, name).write(cleaned.content))
        attachments.open(comp, rid, stored.rid).opening.read()

    def _plan_and_release(self, desk: Desk) -> None:
        word, people = self.canaries.word, People(desk)
        step = Step(id="s1", text=word("step"), actor=Actor.PERSON)
        goal = Goal(
            id="g1",
            domain="PD-7",
            wording=word("goal"),
            staff_wording=word("goal in staff words"),
            indicator=word("indicator"),
            steps=(step,),
        )
        plan = Plan(
            plan="",
            version=1,
            state=VersionState.DRAFT,
            horizon=Horizon.CUSTODY,
            strengths=word("strengths"),
            goals=(goal,),
            review_due=TODAY + timedelta(days=60),
            formulation_shared=word("shared understanding"),
            early_signs=word("early signs"),
            helps=word("what helps"),
            harder=word("what makes it harder"),
        )
        plans = Plans(desk, people, load_domains())
        plans.propose(plans.start(self.person, plan))
        plans.start(self.person, replace(plan, strengths=word("strengths of a draft")))
        condition = Condition(
            category="reporting",
            text_official=word("official text"),
            text_plain=word("plain text"),
            start=TODAY,
            source=word("source of the condition"),
        )
        Releases(desk, people, load_templates()).conditions.add(self.person, condition)


def _run(folder: Path, words: Path, seed: int) -> None:
    day = Day(folder, seed)
    day.work()
    day.start_a_draft()
    words.write_text(json.dumps(day.canaries.words))
    os._exit(0)  # as a crash does: nothing is locked, nothing is closed


if __name__ == "__main__":
    keep_no_moulds()
    _run(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
