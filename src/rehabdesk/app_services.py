"""The services of all features on one unlocked desk, built once per unlock."""

from collections.abc import Sequence

from rehabdesk.access.door_service import Door
from rehabdesk.access.drafts_service import OldDrafts
from rehabdesk.access.keys_service import Keys
from rehabdesk.access.model import Role
from rehabdesk.access.own_key_service import OwnKey
from rehabdesk.access.service import Desk
from rehabdesk.access.writing_service import Writing
from rehabdesk.app_annex_services import AnnexServices
from rehabdesk.core.choices import load_choice_lists
from rehabdesk.core.clock import Clock
from rehabdesk.core.errors import RehabDeskError
from rehabdesk.core.i18n import tr
from rehabdesk.handover.after.after_seal_service import AfterSealing
from rehabdesk.handover.after.feedback_entry_service import feedback_entry
from rehabdesk.handover.after.returns_service import Returns
from rehabdesk.handover.after.status_list_service import StatusLists
from rehabdesk.handover.annex.annex_writing_service import TYPED as ANNEX_DRAFT
from rehabdesk.handover.collecting.collect_service import Collection, item_titles
from rehabdesk.handover.collecting.handed_on_service import HandedOn
from rehabdesk.handover.file_index.file_entries_service import FileEntries, FileSources
from rehabdesk.handover.inbox.inbox_service import Inbox
from rehabdesk.handover.inbox.inbox_trust_service import trusted_here
from rehabdesk.handover.inbox.staging_service import Staging, code_words
from rehabdesk.handover.making.envelope_service import Envelopes
from rehabdesk.handover.making.preparing_service import Preparing
from rehabdesk.handover.service import Packets
from rehabdesk.handover.trust.own_team_service import OwnTeam
from rehabdesk.handover.trust.sites_service import Sites
from rehabdesk.handover.trust.trust_service import Trust
from rehabdesk.notes.alerts.alert_service import Alerts
from rehabdesk.notes.alerts.letter_service import Letters
from rehabdesk.notes.assessments.assessment_service import Assessments
from rehabdesk.notes.attachments.attachment_service import Attachments
from rehabdesk.notes.chaplaincy.contact_log_service import ContactLog
from rehabdesk.notes.chaplaincy.contribution_service import Contributions
from rehabdesk.notes.chaplaincy.encounter_service import Encounters
from rehabdesk.notes.chaplaincy.follow_up_service import FollowUps
from rehabdesk.notes.chaplaincy.month_service import Months
from rehabdesk.notes.chaplaincy.sealed_words_service import load_sealed_words
from rehabdesk.notes.cosign_service import Cosigning
from rehabdesk.notes.forms.blanks_service import paper_forms
from rehabdesk.notes.forms.form_service import load_forms
from rehabdesk.notes.groups.group_service import Groups
from rehabdesk.notes.groups.meeting_after_service import MeetingsAfter
from rehabdesk.notes.groups.meeting_service import MEETING_DRAFT, Meetings
from rehabdesk.notes.groups.meetings_read_service import MeetingsRead
from rehabdesk.notes.paper.paper_service import Paper
from rehabdesk.notes.service import NOTE_DRAFT, Notes
from rehabdesk.overview.releases_service import ReleaseBoard
from rehabdesk.people.model import Capacity
from rehabdesk.people.release_service import Leaving
from rehabdesk.people.service import People
from rehabdesk.plans.comment_service import PlanComments
from rehabdesk.plans.conferences.conference_service import Conferences
from rehabdesk.plans.conferences.conference_writing_service import MINUTES_DRAFT, MinutesWriting
from rehabdesk.plans.domain_service import load_domains
from rehabdesk.plans.history_service import PlanHistory
from rehabdesk.plans.programmes.intervention_service import Interventions, load_catalogue
from rehabdesk.plans.progress.progress_service import ProgressWords
from rehabdesk.plans.progress.progress_writing_service import TYPED as PROGRESS_DRAFT
from rehabdesk.plans.progress.progress_writing_service import ProgressWriting
from rehabdesk.plans.reviews.review_rule_service import load_review_rules
from rehabdesk.plans.reviews.review_service import Reviews
from rehabdesk.plans.reviews.review_writing_service import TYPED as REVIEW_DRAFT
from rehabdesk.plans.reviews.review_writing_service import ReviewWriting
from rehabdesk.plans.service import Plans
from rehabdesk.plans.writing_service import TYPED as PLAN_DRAFT
from rehabdesk.plans.writing_service import PlanWriting
from rehabdesk.readiness.service import Releases
from rehabdesk.readiness.standing_service import Standings
from rehabdesk.readiness.template_service import load_templates

WORKS_AS = {
    Capacity.LEAD_CASE_OFFICER: Role.CO,
    Capacity.PSYCHOLOGIST: Role.PSY,
    Capacity.CHAPLAIN: Role.CHA,
}

DRAFTS = (NOTE_DRAFT, MEETING_DRAFT, MINUTES_DRAFT, PLAN_DRAFT, PROGRESS_DRAFT, REVIEW_DRAFT, ANNEX_DRAFT)
"""Kinds of drafts that a supervisor counts once they are old."""


SHIPPED = (
    load_forms,
    paper_forms,
    load_domains,
    load_templates,
    load_catalogue,
    load_review_rules,
    load_choice_lists,
    load_sealed_words,
)


def read_what_is_shipped() -> None:
    """Forms, lists and words: each is read once in a process, and best before somebody comes in."""
    for read in SHIPPED:
        read()


class Services:
    """What the pages of this session call."""

    def __init__(self, desk: Desk, door: Door) -> None:
        self.desk, self._door = desk, door
        self.clock: Clock = desk.clock
        self.role = desk.role
        self.forms, self.domains, self.templates = load_forms(), load_domains(), load_templates()
        self.people = People(desk)
        self.notes = Notes(desk, self.people, self.forms)
        self.assessments = Assessments(desk, self.people)
        self.alerts, self.letters = Alerts(desk, self.people), Letters(desk, self.people)
        self.attachments = Attachments(desk, self.people, self.notes.timeline)
        self.encounters = Encounters(desk, self.people, self.forms)
        self.cosigning, self.paper = Cosigning(desk, self.notes.timeline), Paper(desk, self.notes.timeline)
        self.contact_log, self.months = ContactLog(desk, self.notes), Months(desk)
        self.follow_ups = FollowUps(desk, self.notes.reminders)
        self.contributions = Contributions(desk, self.people, self.notes.timeline)
        self.old_drafts, self.sealed_words = OldDrafts(desk, DRAFTS), load_sealed_words()
        self.groups = Groups(desk, self.people)
        self.meetings = Meetings(desk, self.groups, self.forms)
        self.meetings_after = MeetingsAfter(desk, self.groups, self.meetings)
        self.meetings_read = MeetingsRead(desk, self.people, self.groups, self.meetings, self.meetings_after)
        self.plans = Plans(desk, self.people, self.domains)
        self.plan_writing = PlanWriting(desk, self.people, self.plans)
        self.plan_comments = PlanComments(desk, self.people, self.plans)
        self.plan_history = PlanHistory(desk, self.people, self.plans, self.domains)
        self.programmes = Interventions(desk, self.people, load_catalogue(), self.domains, self.groups)
        self.progress = ProgressWords(desk, self.people, self.domains)
        self.progress_writing = ProgressWriting(desk, self.people, self.progress)
        lists = load_choice_lists()
        self.reviews = Reviews(desk, self.people, self.plans, self.progress, load_review_rules(), lists["A2"])
        self.review_writing = ReviewWriting(desk, self.people, self.reviews)
        self.conferences = Conferences(desk, self.people, lists)
        self.minutes = MinutesWriting(desk, self.conferences)
        self.releases = Releases(desk, self.people, self.templates)
        standings = Standings(desk, self.people, self.templates)
        self.board = ReleaseBoard(self.people, Leaving(desk, self.people.caseload), standings)
        self.writing, self.own_key = Writing(desk), OwnKey(desk, door, self.sign_in)
        self._begin_handover(desk)

    def _begin_handover(self, desk: Desk) -> None:
        """What packets need, on top of all that they are filled from."""
        self.trust, self.sites, self.own_team = Trust(desk), Sites(desk), OwnTeam(desk)
        self.inbox = Inbox(desk, lambda: trusted_here(desk, self.trust))
        self.staging = Staging(desk, self.people, self.inbox, code_words(self.templates, self.domains))
        titles, file_of = item_titles(self.templates), FileEntries(desk, self.people, self._file_sources()).of_person
        self.packets = Packets(desk, self.people, self.trust, item_titles=titles, file_of=file_of)
        collection = Collection(
            *(desk, self.people),
            plans=self.plans,
            progress=self.progress,
            releases=self.releases,
            alerts=self.alerts,
            conferences=self.conferences.reading,
            programmes=self.programmes,
            handed_on=HandedOn(desk, self.inbox),
        )
        self.annex = AnnexServices(desk, self.people, self.packets, self.trust)
        self.envelopes = Envelopes(desk, self.packets.shelf, self.packets.seals, self.trust)
        self.after_seal = AfterSealing(desk, self.packets.shelf, self.packets.drafts)
        self.status_lists = StatusLists(desk, self.trust)
        self.returns = Returns(desk, self.packets.shelf, self.trust, self.after_seal.codes, feedback_entry)
        self.preparing = Preparing(desk, self.people, self.packets, collection, self.trust)

    def _file_sources(self) -> FileSources:
        return FileSources(
            plans=self.plans,
            progress=self.progress,
            reviews=self.reviews,
            conferences=self.conferences.reading,
            programmes=self.programmes,
            releases=self.releases,
        )

    def staff_name(self, uid: str) -> str:
        """The name on the card of a login; a plain word where nobody vouches for it."""
        try:
            return self.desk.staff(uid).name
        except RehabDeskError:
            return tr("Unknown")

    def fresh_keys(self, passphrase: str) -> Keys:
        """This login's keys by the passphrase that was just typed. Slow: for a job. WrongKey if it is not right."""
        return self._door.keys(self.sign_in, passphrase)

    def keys_of(self, uid: str, passphrase: str) -> Keys:
        """As `fresh_keys`, of somebody who stands beside the open desk."""
        sign_in = next(member.sign_in for member in self.desk.members() if member.card.uid == uid)
        return self._door.keys(sign_in, passphrase)

    @property
    def sign_in(self) -> str:
        return next(member.sign_in for member in self.desk.members() if member.card.uid == self.desk.uid)

    def team(self) -> dict[Capacity, Sequence[tuple[str, str]]]:
        """For each capacity the active staff who may take it, as (uid, name)."""
        members = [member for member in self.desk.members() if member.active]
        return {
            capacity: [(one.card.uid, one.card.name) for one in members if one.card.role is role]
            for capacity, role in WORKS_AS.items()
        }

    def supervisors(self) -> Sequence[tuple[str, str]]:
        """Who may countersign: active supervisors with a certificate, as (uid, name)."""
        return [
            (member.card.uid, member.card.name)
            for member in self.desk.members()
            if member.active and member.card.role is Role.SUP and self.trust.certificate_of(member.card.uid) is not None
        ]
