"""The demo's way to the gate: plan, progress in words, checklist, packet, two signatures, seal, the team's check."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from rehabdesk import demo_plans
from rehabdesk.access.keys_service import Keys
from rehabdesk.access.service import Desk
from rehabdesk.core import resources
from rehabdesk.core.clock import local_day
from rehabdesk.core.files import durable_write
from rehabdesk.core.i18n import speaking, tr
from rehabdesk.handover.collecting.collect_service import Collection
from rehabdesk.handover.collecting.handed_on_service import HandedOn
from rehabdesk.handover.content.onward_sections_model import HelpContact, LinkWorker
from rehabdesk.handover.content.packet_model import LegalBasis, PersonCopy, Withheld, WithheldBecause
from rehabdesk.handover.content.sections_model import (
    Appointment,
    CallerWithHours,
    MadeBy,
    MissingPaper,
    Text,
    VoiceLine,
)
from rehabdesk.handover.content.supplement_model import Supplement
from rehabdesk.handover.inbox.inbox_service import Inbox
from rehabdesk.handover.inbox.inbox_trust_service import trusted_here
from rehabdesk.handover.making.delivery_service import Delivered
from rehabdesk.handover.records_model import Choices, NamedRecipient
from rehabdesk.handover.service import Packets
from rehabdesk.handover.trust.cards_model import CardTeam
from rehabdesk.handover.trust.trust_model import Channel
from rehabdesk.handover.trust.trust_service import Trust
from rehabdesk.notes.alerts.alert_service import Alerts
from rehabdesk.notes.groups.group_service import Groups
from rehabdesk.people.consent_model import ConsentDetails, ConsentMethod, ConsentPurpose, ConsentStatus
from rehabdesk.people.legal_model import DateSource, ReleaseRoute
from rehabdesk.people.service import People
from rehabdesk.plans.conferences.conference_reading_service import ConferenceReading
from rehabdesk.plans.domain_service import load_domains
from rehabdesk.plans.model import Actor, Agreement, Goal, GoalHorizon, Horizon, Plan, SignOff, Step, VersionState
from rehabdesk.plans.programmes.intervention_service import Interventions, load_catalogue
from rehabdesk.plans.progress.progress_model import Confidence, NotRatedBecause, Progress, Voice, Word
from rehabdesk.plans.progress.progress_service import ProgressWords
from rehabdesk.plans.service import Plans
from rehabdesk.readiness.condition_model import Condition, Understood
from rehabdesk.readiness.item_state_model import TICKED
from rehabdesk.readiness.model import Blocking, EvidenceKind, Item, ItemStatus
from rehabdesk.readiness.service import Releases

WAIVED = "RR-B2"
"""The item that the demo's supervisor sets aside with a reason."""

LEFT_OPEN = (WAIVED, "RR-C3", "RR-F2", "RR-J4")
"""Items that the demo does not mark: waived, still open, and settled by the sealing itself."""

_VOICES = (("V1", "changed"), ("V2", "proud"), ("V3", "helps"), ("V4", "harder"), ("V5", "outside"))


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseWork:
    """The services that bring one person to the gate, on one unlocked desk."""

    desk: Desk
    people: People
    plans: Plans
    progress: ProgressWords
    releases: Releases
    trust: Trust
    packets: Packets

    @property
    def today(self) -> date:
        return local_day(self.desk.clock)


def make_plan(work: CaseWork, person: str, thread: Mapping[str, Any]) -> str:
    """Draft, proposal, the person's answer in own words, in force. The person agrees in part."""
    words = thread["plan"]
    plan = Plan(
        plan="",
        version=1,
        state=VersionState.DRAFT,
        horizon=Horizon.RELEASE,
        strengths=words["strengths"],
        early_signs=words["early_signs"],
        helps=words["helps"],
        harder=words["harder"],
        crisis_steps=("Call the link worker.", "Go to my mother's house.", "Call the helpline if it is night."),
        goals=tuple(_goal(number, goal, work.today) for number, goal in enumerate(thread["goals"], start=1)),
        review_due=work.today + timedelta(days=45),
    )
    before = demo_plans.earlier_version(work.plans, person, work.today, plan)
    plan = demo_plans.with_surroundings(plan, before, work.today)
    proposed = work.plans.propose(work.plans.start(person, plan))
    work.plans.record_agreement(proposed.rid, Agreement.AGREED_IN_PART, words=words["agreement_words"])
    work.plans.activate(proposed.rid)
    work.plans.ask_countersign(proposed.rid)
    return proposed.rid


def record_progress(work: CaseWork, person: str, thread: Mapping[str, Any], source: str) -> None:
    """The person's own word first, then staff's, and one domain on which the person gives none."""
    words, month_ago = thread["progress"], work.today - timedelta(days=30)
    work.progress.record_self(
        person,
        Progress(
            domain="PD-7",
            voice=Voice.SELF,
            word=Word(words["self_word"]),
            basis=words["self_words"],
            period_from=month_ago,
            period_to=work.today,
        ),
    )
    work.progress.record(
        person,
        Progress(
            domain="PD-7",
            voice=Voice.STAFF,
            word=Word(words["staff_word"]),
            basis=words["staff_basis"],
            period_from=month_ago,
            period_to=work.today,
            confidence=Confidence.GOOD,
            sources=(source,),
            shared_with_person_on=work.today,
            disagreement=words["self_words"],
        ),
    )
    work.progress.record_self(
        person,
        Progress(
            domain="PD-2",
            voice=Voice.SELF,
            word=Word.NOT_RATED,
            basis="",
            period_from=month_ago,
            period_to=work.today,
            not_rated_because=NotRatedBecause.PERSON_PREFERS_NOT,
            declined=True,
        ),
    )


def plan_release(work: CaseWork, person: str, release_on: date, thread: Mapping[str, Any]) -> None:
    """The release date, the checklist with evidence, the conditions explained in the person's language."""
    work.people.plan_release(person, release_on, on=work.today, source=DateSource.COURT, route=ReleaseRoute.CONDITIONAL)
    readiness = work.releases.open_list(person, release_on)
    for item in readiness.items:
        needed = item.due <= work.today or item.template.blocking is Blocking.HANDOVER
        if needed and item.template.code not in LEFT_OPEN:
            work.releases.mark(person, item.template.code, ItemStatus.DONE, evidence=_evidence(item, work))
    for condition in thread["conditions"]:
        stored = work.releases.conditions.add(
            person,
            Condition(
                category=condition["category"],
                text_official=condition["official"],
                text_plain=condition["plain"],
                start=release_on,
                source="Court order on conditional release",
            ),
        )
        work.releases.conditions.explain(
            stored.rid,
            on=work.today,
            language="dje",
            understood=Understood.YES,
            question=condition.get("question", ""),
        )


def _evidence(item: Item, work: CaseWork) -> str:
    """What may stand as evidence at this item."""
    kind = item.template.evidence_kind
    if kind is EvidenceKind.TICK:
        return TICKED
    return work.today.isoformat() if kind is EvidenceKind.DATE else f"Seen: {item.template.evidence}"


def consent_to_handover(work: CaseWork, person: str, organisation: str) -> None:
    work.people.consents.record(
        person,
        ConsentDetails(
            purpose=ConsentPurpose.SHARE_WITH_NAMED_ORG,
            status=ConsentStatus.GIVEN,
            scope="The packet for the supervising officer",
            recipient=organisation,
            explained_in="dje",
            method=ConsentMethod.THUMBPRINT,
            given_on=work.today,
            copy_given=True,
        ),
    )


def collection(work: CaseWork, alerts: Alerts) -> Collection:
    """What reads the sections of a packet from the records."""
    groups = Groups(work.desk, work.people)
    return Collection(
        work.desk,
        work.people,
        plans=work.plans,
        progress=work.progress,
        releases=work.releases,
        alerts=alerts,
        conferences=ConferenceReading(work.desk, work.people),
        programmes=Interventions(work.desk, work.people, load_catalogue(), load_domains(), groups),
        handed_on=HandedOn(work.desk, Inbox(work.desk, lambda: trusted_here(work.desk, work.trust))),
    )


def sign_packet(
    work: CaseWork, person: str, collection: Collection, choices: Choices, added: Supplement, typed_again: Keys
) -> str:
    """Draft from the records, every hit looked at, the author's signature; gives the packet's id."""
    with speaking(choices.language, resources.path("i18n")):
        collected = collection.collect(person, added)
    filled = replace(choices, ready=collected.ready, explained=collected.explained)
    draft = work.packets.drafts.start(person, filled, collected.sections, unsigned=collected.unsigned)
    ticked = [hit.id for hit in work.packets.drafts.hits(draft)]
    return work.packets.sign(draft, ticked=ticked, typed_again=typed_again).id


def supplement(thread: Mapping[str, Any], team: Mapping[str, str], release_at: datetime, officer: str) -> Supplement:
    """What the case officer types for this packet."""
    first = thread["first_fortnight"]
    return Supplement(
        contact_preference=_english("By voice message; he does not read."),
        safe_times=_english("After 16:00, when the workshop closes."),
        first_night=_english(first["first_night"]),
        journey=_english(first["journey"]),
        appointments=(
            Appointment(
                at=release_at + timedelta(days=2, hours=4),
                with_=team["recipient"],
                place="River District office, ground floor",
                directions=_english("Blue door beside the post office; bus 4 stops across the street."),
                phone=team["phone"],
                purpose="First appointment",
            ),
        ),
        medicines_due=_english(first["medicines"]),
        money=_english(first["money"]),
        phone_access=_english(first["phone_access"]),
        papers_missing=(
            MissingPaper(
                paper="Supplementary birth judgment",
                follow_up_by=officer,
                due=release_at.date() + timedelta(days=21),
            ),
        ),
        link_worker=LinkWorker(name=officer, role="case officer", phone="+000 20 555 012", hours="Mon to Fri, 8 to 16"),
        return_channel=_english(
            "Send the feedback page back by post or with the visiting officer, or read it out by phone."
        ),
        contacts=(HelpContact(name=team["recipient"], role=team["recipient_role"], phone=team["phone"]),),
        crisis_contacts=(
            CallerWithHours(name="Link worker", phone="+000 20 555 012", hours="Mon to Fri, 8 to 16"),
            CallerWithHours(name="Helpline", phone="+000 20 555 999", hours="day and night"),
        ),
        voice=tuple(
            VoiceLine(code=code, text=_english(thread["voice"][name]))  # type: ignore[arg-type]  # V1 to V5 above
            for code, name in _VOICES
        ),
        made_by=MadeBy.DICTATED_READ_BACK,
    )


def choices(work: CaseWork, team: Mapping[str, str], countersigner: str, language: str) -> Choices:
    """To whom, why, until when, in which language, what stays here and why."""
    with speaking(language, resources.path("i18n")):
        withheld = (
            Withheld(
                kind=tr("Notes of psychological sessions"),
                decided_by=tr("psychologist"),
                reason=WithheldBecause.PROFESSIONAL_SECRECY,
            ),
            Withheld(
                kind=tr("Pastoral notes and sealed matters, if there are any"),
                decided_by=tr("chaplaincy"),
                reason=WithheldBecause.FAITH_CONFIDENCE,
            ),
        )
    return Choices(
        team=team["id"],
        recipients=(NamedRecipient(name=team["recipient"], role=team["recipient_role"]),),
        purpose="Supervision and support after conditional release",
        legal_basis=LegalBasis.CONSENT,
        expires=work.today + timedelta(days=180),
        countersigners=(countersigner,),
        person_informed=True,
        person_copy=PersonCopy.GIVEN,
        withheld=withheld,
        language=language,
    )


def countersign(work: CaseWork, packet_id: str, typed_again: Keys) -> None:
    """The supervisor opens the exact bytes, then signs them."""
    seen = work.packets.review(packet_id)
    work.packets.countersign(packet_id, seen_sha256=seen.pdf_sha256, typed_again=typed_again)


def seal(work: CaseWork, packet_id: str, outbox: Path) -> Delivered:
    """Seals to the team, writes file and slip; the checklist item of the sealing is settled by it."""
    outbox.mkdir(exist_ok=True)
    delivered = work.packets.seal(packet_id, outbox)
    packet = work.packets.shelf.packet(packet_id)
    work.releases.packet_sealed(packet.person, packet.record.number)
    durable_write(outbox / f"{work.desk.settings().site}.rdsite", work.trust.site_card())
    return delivered


def take_team(work: CaseWork, team: Mapping[str, str], recipient: str) -> None:
    """The team's key, and the ceremony in which its 24 digits were read aloud."""
    card = CardTeam(id=team["id"], name=team["name"], org=team["org"], country=team["country"], phone=team["phone"])
    taken = work.trust.teams.take_key(card, recipient)
    work.trust.teams.confirm(
        team["id"],
        digits=taken.digits,
        their_name=team["recipient"],
        channel=Channel.CALL_BACK,
        on=work.today,
    )


def approve_plan(work: CaseWork, person: str) -> None:
    """The supervisor's countersignature on the plan in force."""
    stored = work.plans.in_force(person)
    if stored is not None and stored.plan.signoff is SignOff.AWAITING_COUNTERSIGN:
        work.plans.countersign(stored.rid)


def _goal(number: int, goal: Mapping[str, Any], today: date) -> Goal:
    return Goal(
        id=f"g{number}",
        domain=goal["domain"],
        wording=goal["wording"],
        staff_wording=goal["staff_wording"],
        indicator=goal["indicator"],
        good_tag=goal["good_tag"],
        horizon=GoalHorizon.SHORT,
        target_date=today + timedelta(days=goal["target_days"]),
        steps=tuple(
            Step(
                id=f"s{number}{place}",
                text=step["text"],
                actor=Actor(step["actor"]),
                due=today + timedelta(days=step["days"]),
            )
            for place, step in enumerate(goal["steps"], start=1)
        ),
    )


def _english(words: str) -> Text:
    return Text(text=words, lang="en")
