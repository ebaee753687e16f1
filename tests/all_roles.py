"""A desk with a login of every role, all services of each, and one record of every kind about the same person."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from rehabdesk.access.door_service import Door
from rehabdesk.access.model import Role
from rehabdesk.access.service import Desk
from rehabdesk.app import PROJECTIONS
from rehabdesk.app_services import Services
from rehabdesk.db.projection import CLINICAL, TEAM
from rehabdesk.notes.assessments.assessment_model import ExternalAssessment
from rehabdesk.notes.attachments.attachment_model import AttachmentKind, Cleaned
from rehabdesk.notes.chaplaincy.contribution_model import Agreed, Audience, Contribution
from rehabdesk.notes.forms.answers_model import Answer
from rehabdesk.notes.groups.group_model import Group, Lines, Mark
from rehabdesk.notes.groups.meeting_draft_model import TypedMeeting
from rehabdesk.people.consent_model import ConsentDetails, ConsentMethod, ConsentPurpose, ConsentStatus
from rehabdesk.people.model import AssignmentDetails, Capacity, ContactConsent, ContactDetails, ContactKind
from rehabdesk.readiness.condition_model import Condition
from tests.desks import CHEAP, Site
from tests.notes.alert_desk import THREAT, TOLD
from tests.notes.sessions import HEADER, KEYWORK, MEETING, SESSION, VISIT
from tests.notes.test_attachment_service import attach
from tests.people.cases import NOON, TODAY, details, legal
from tests.plans.cases import activate, draft_plan, own_word, staff_word
from tests.plans.conferences import agree

CO, PSY, OTHER_PSY, CSUP, CHA, FAC, SUP, ADM, AUD = (
    "green-ferry",
    "calm-harbour",
    "warm-bridge",
    "wide-meadow",
    "plain-lantern",
    "open-window",
    "silver-reed",
    "amber-kite",
    "north-window",
)
STAFF = (
    (CO, Role.CO),
    (PSY, Role.PSY),
    (OTHER_PSY, Role.PSY),
    (CSUP, Role.CSUP),
    (CHA, Role.CHA),
    (FAC, Role.FAC),
    (SUP, Role.SUP),
    (ADM, Role.ADM),
    (AUD, Role.AUD),
)
WORKING = (
    (CO, Capacity.LEAD_CASE_OFFICER),
    (PSY, Capacity.PSYCHOLOGIST),
    (CHA, Capacity.CHAPLAIN),
    (FAC, Capacity.FACILITATOR),
)
FAMILY_CALL: dict[str, Answer] = {
    **HEADER,
    "fam.F1": "phone",
    "fam.F2": ("children_only",),
    "fam.F3": "not_ours",
    "fam.F5.note": "Carded wool for the neighbours.",
}
VOICE: dict[str, Answer] = {"voi.V8": "wrote", "voi.V1": "Larch wood and a plane."}
"""The clinical words, the pastoral words and the words of the safety note stand nowhere else."""
CLINICAL_WORDS = ("laughed about his first sewing machine", "Broken sleep seems to carry", "breathing exercise")
PASTORAL_WORDS = ("small prayer mat", "second volume")
SUMMARY_WORDS = "wants morning unlock"
KEYWORK_WORDS = "Finished the second pattern"
CONTRIBUTION_WORDS = "He helps to keep the library."
SAFETY_NOTE = "Wolfram: his uncle waits at the bus stop"
DISCLOSED = "Marzipan lantern"
GROUP_DONE, GROUP_LINE = "Role play in pairs", "Used the short answer"
REPORT = Cleaned(kind=AttachmentKind.PDF, content=b"%PDF-1.4 stands for a report", pages=1)
CERTIFICATE = Cleaned(kind=AttachmentKind.PDF, content=b"%PDF-1.4 stands for a certificate", pages=1)
CONTACT = "Hawa Thistledown"
CONSENT_SCOPE = "Talks with the sewing shop"
INSTRUMENT = "Quarterly wellbeing sheet"
CONDITION = Condition(
    category="reporting",
    text_official="Se présenter chaque lundi.",
    text_plain="I meet my officer every Monday.",
    start=TODAY + timedelta(days=45),
    source="Court decision 214",
)


class AllRoles:
    """`person` is the case of CO, PSY, CHA and FAC; `stranger` has a case officer only."""

    def __init__(self, folder: Path, *, people: bool = True) -> None:
        self.site = Site(folder=folder / "desk", profile=folder / "profile", projections=PROJECTIONS).create(STAFF)
        self.site.clock.set(NOON)
        self.ids: dict[str, str] = {}
        self._number = 20
        self.person = self.stranger = ""
        with self.as_login(CO) as me:
            self.uids = {one.sign_in: one.card.uid for one in me.desk.members()}
        if people:
            self._register()

    def _register(self) -> None:
        with self.as_login(CO) as me:
            self.person = me.people.register(details("24-017"), legal()).id
            self.stranger = me.people.register(replace(details("24-018"), display_alias="Omar S."), legal()).id
            for sign_in, capacity in WORKING:
                me.people.assign(self.person, self.assigned(sign_in, capacity))
            me.people.assign(self.stranger, self.assigned(CO, Capacity.LEAD_CASE_OFFICER))

    def assigned(self, sign_in: str, capacity: Capacity) -> AssignmentDetails:
        return AssignmentDetails(staff=self.uids[sign_in], capacity=capacity, since=TODAY - timedelta(days=30))

    def services(self, desk: Desk) -> Services:
        return Services(desk, Door(self.site.folder, self.site.means, profile=self.site.profile, cost=CHEAP))

    @contextmanager
    def as_login(self, sign_in: str) -> Iterator[Services]:
        """The services of that login; locked again at the end."""
        try:
            yield self.services(self.site.open(sign_in))
        finally:
            self.site.close()

    def clock_on(self, time: timedelta) -> None:
        """Lets time pass."""
        self.site.clock.advance(time)

    def fresh_number(self) -> str:
        """A case number that nobody has."""
        self._number += 1
        return f"24-{self._number:03d}"

    def write_everything(self) -> None:
        """One record of every kind, by who may write it; their ids stand in `ids`."""
        self._write_with_psychologist()
        self._write_with_chaplain()
        self._write_with_case_officer()
        self._write_group()
        with self.as_login(CSUP) as me:
            self.ids["alert_of_another"] = me.alerts.tell(THREAT, self.person)

    def _write_with_psychologist(self) -> None:
        with self.as_login(PSY) as me:
            self.ids["clinical"] = sign(me, "psychologist_session", self.person, SESSION)
            self.ids["draft"] = me.notes.start(
                "psychologist_session", self.person, occurred_at=MEETING, answers={"psy.P3.free": "Draft of calm words"}
            )
            self.ids["assessment"] = me.assessments.record(self.person, assessment(), by_me=False).rid
            self.ids["attachment"] = attach(me.desk, CLINICAL, self.ids["clinical"], REPORT).rid
            me.letters.hand_over(TOLD, self.person)

    def _write_with_chaplain(self) -> None:
        with self.as_login(CHA) as me:
            self.ids["pastoral"] = sign(me, "chaplain_engagement", self.person, VISIT)
            me.encounters.record(TODAY)
            me.contributions.record_consent(self.person, explained_in="dje", method=Agreed.WITNESSED)
            self.ids["contribution"] = me.contributions.give(self.person, contribution()).rid

    def _write_with_case_officer(self) -> None:
        with self.as_login(CO) as me:
            self.ids["keywork"] = sign(me, "keywork", self.person, KEYWORK)
            sign(me, "family_contact", self.person, FAMILY_CALL)
            sign(me, "voice_statement", self.person, VOICE)
            self.ids["letter"] = attach(me.desk, TEAM, self.ids["keywork"], CERTIFICATE).rid
            self.ids["conference"] = agree(me.conferences, self.person)
            self.ids["contact"] = me.people.circle.add(self.person, contact(), safety_note=SAFETY_NOTE).id
            self.ids["consent"] = me.people.consents.record(self.person, consent()).id
            self.ids["alert"] = me.alerts.tell(THREAT, self.person)
            self.ids["plan"] = activate(me.plans, self.person)
            me.progress.record_self(self.person, own_word())
            me.progress.record(self.person, staff_word(sources=(self.ids["keywork"],)))
            me.releases.open_list(self.person, TODAY + timedelta(days=45))
            me.plans.ask_countersign(self.ids["plan"])
            self.ids["condition"] = me.releases.conditions.add(self.person, CONDITION).rid

    def _write_group(self) -> None:
        with self.as_login(PSY) as me:
            group = Group(name="Choices group", theme="", lines=Lines.CLINICAL, facilitators=(self.uids[PSY],))
            self.ids["group"] = me.groups.create(group)
            me.groups.add_member(self.ids["group"], self.person, since=TODAY - timedelta(days=7))
            typed = self.meeting(me, self.ids["group"], GROUP_LINE)
            self.ids["meeting"] = me.meetings.sign(me.meetings.save_draft(typed, None))
            led = replace(group, name="Evening circle", lines=Lines.TEAM, facilitators=(self.uids[FAC],))
            self.ids["circle"] = me.groups.create(led)
            me.groups.add_member(self.ids["circle"], self.person, since=TODAY - timedelta(days=7))
        with self.as_login(FAC) as me:
            typed = replace(self.meeting(me, self.ids["circle"]), done="Cumulus clouds drawn by each.")
            self.ids["circle_meeting"] = me.meetings.sign(me.meetings.save_draft(typed, None))

    def meeting(self, me: Services, group: str, line: str = "Was there.") -> TypedMeeting:
        """A meeting that can be signed as it is."""
        mark = Mark(attendance="came", took_part="steadily", skill="asked", words=line, kept=True)
        return replace(
            me.meetings.fresh(group),
            theme="Pressure from old friends",
            done=GROUP_DONE,
            climate="lively",
            exercise="A card with three answers",
            marks={self.person: mark},
        )


def sign(me: Services, form: str, person: str, answers: dict[str, Answer]) -> str:
    """A signed note; gives the id of its record."""
    return me.notes.sign(me.notes.start(form, person, occurred_at=MEETING, answers=answers)).note.rid


def contact(name: str = CONTACT) -> ContactDetails:
    return ContactDetails(kind=ContactKind.FAMILY, name=name, consent_to_be_contacted=ContactConsent.YES)


def consent() -> ConsentDetails:
    return ConsentDetails(
        purpose=ConsentPurpose.SHARE_WITH_NAMED_ORG,
        status=ConsentStatus.GIVEN,
        scope=CONSENT_SCOPE,
        recipient="Sewing shop",
        explained_in="dje",
        method=ConsentMethod.VERBAL_WITNESSED,
        given_on=TODAY,
    )


def contribution() -> Contribution:
    return Contribution(
        words=CONTRIBUTION_WORDS, read_back=True, consent="", audience=Audience.TEAM, agreed=Agreed.WITNESSED
    )


def assessment() -> ExternalAssessment:
    return ExternalAssessment(name=INSTRUMENT, on=TODAY, assessor="Dr Reed", held_by="Health unit")


def proposed(me: Services, person: str) -> str:
    """A plan in force; gives the id of its record."""
    return me.plans.propose(me.plans.start(person, draft_plan())).rid
