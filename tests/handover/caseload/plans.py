"""Plans, words of progress, checklists, programmes and conferences of a random caseload."""

from dataclasses import replace
from datetime import date, timedelta

from rehabdesk.app_services import Services
from rehabdesk.plans.conferences.conference_parts_model import (
    Act,
    Action,
    Attendee,
    Item,
    KeptBack,
    Minutes,
    PersonAttended,
)
from rehabdesk.plans.model import (
    Actor,
    Agreement,
    Goal,
    GoalStatus,
    Horizon,
    Plan,
    Responsivity,
    Step,
    StepStatus,
    VersionState,
)
from rehabdesk.plans.programmes.intervention_model import Intervention, Kind, Outcome, Participation
from rehabdesk.plans.progress.progress_model import Progress, Voice, Word
from rehabdesk.readiness.model import Blocking, EvidenceKind, ItemStatus
from tests.handover.caseload.hand import Hand, Someone
from tests.people.cases import NOON, TODAY
from tests.plans.conferences import planned

DOMAINS = ("PD-1", "PD-3", "PD-5", "PD-7", "PD-8", "PD-9")
GO_ON = (GoalStatus.ACTIVE, GoalStatus.ACTIVE, GoalStatus.FUTURE)
ENDED = (GoalStatus.ACHIEVED, GoalStatus.REMOVED)
LEARNING = (Kind.EDUCATION, Kind.WORK, Kind.PRACTICAL)
OTHER_KINDS = (Kind.HEALTH, Kind.PASTORAL)


def plans(hand: Hand, me: Services, one: Someone) -> None:
    """A former version, one in force and one in preparation; sometimes none is in force."""
    if not hand.once_in(6):
        former = me.plans.propose(me.plans.start(one.id, plan(hand, one, in_force=False))).rid
        me.plans.record_agreement(former, Agreement.AGREED, words=hand.marks.stays(one.label, "former answer"))
        me.plans.activate(former)
        rid = me.plans.propose(me.plans.start(one.id, plan(hand, one, in_force=True))).rid
        said = hand.marks.goes(one.label, "answer to the plan", "S3")
        me.plans.record_agreement(rid, Agreement.AGREED_IN_PART, words=said)
        me.plans.activate(rid)
        for goal in me.plans.as_it_stands(rid).plan.goals:
            if goal.steps and hand.once_in(2):
                words = hand.marks.stays(one.label, "why a step cannot be done, of the house")
                me.plans.mark_step(rid, goal.id, goal.steps[0].id, StepStatus.CANNOT_BE_DONE_YET, words=words)
    me.plans.start(one.id, plan(hand, one, in_force=False))


def plan(hand: Hand, one: Someone, *, in_force: bool) -> Plan:
    """One version with goals of all kinds. Of one that is not in force nothing leaves."""
    what = "the plan" if in_force else "a plan that is not in force"
    helps = ("S6",) if in_force else ()

    def helped(part: str) -> str:
        return hand.marks.goes(one.label, f"{part} of {what}", *helps)

    def stays(part: str) -> str:
        return hand.marks.stays(one.label, f"{part} of {what}")

    return Plan(
        plan="",
        version=1,
        state=VersionState.DRAFT,
        horizon=Horizon.COMMUNITY,
        strengths="\n".join(helped("strength") for _ in hand.some(1, 3)),
        goals=tuple(_goal(hand, one, number, in_force=in_force) for number in hand.some(1, 5)),
        review_due=TODAY + timedelta(days=30),
        formulation_shared=hand.maybe(lambda: stays("shared understanding")),
        early_signs=hand.maybe(lambda: helped("early sign")),
        helps=hand.maybe(lambda: helped("what helps")),
        harder=hand.maybe(lambda: helped("what makes it harder")),
        crisis_steps=tuple(helped("step in a crisis") for _ in hand.some(0, 2)),
        protective=hand.maybe(lambda: stays("who stands by")),
        responsivity=Responsivity(trauma=stays("hard experiences"), worship=stays("worship"), gender=stays("gender")),
    )


def _goal(hand: Hand, one: Someone, number: int, *, in_force: bool) -> Goal:
    domain, shareable = hand.one_of(*DOMAINS), not hand.once_in(3)
    status = hand.one_of(*GO_ON, *ENDED) if number else GoalStatus.ACTIVE  # without one no plan can be in force
    open_to_all = domain != "PD-9" or one.convicted
    goes_on = in_force and shareable and status in GO_ON and open_to_all
    what = "a goal" if goes_on else "a goal that is kept inside" if in_force else "a goal of another plan"

    def words(part: str) -> str:
        return hand.marks.goes(one.label, f"{part} of {what}", *(("S5",) if goes_on else ()))

    return Goal(
        id=f"g{number + 1}",
        domain=domain if open_to_all else "PD-7",
        wording=words("wording"),
        staff_wording=hand.maybe(lambda: words("staff's wording")),
        indicator=hand.maybe(lambda: words("indicator")),
        status=status,
        shareable=shareable,
        status_words=hand.marks.stays(one.label, "note on a goal") if status in ENDED else "",
        steps=tuple(
            Step(
                id=f"s{10 * number + step}",
                text=words("step"),
                actor=Actor.PERSON,
                due=hand.one_of(None, TODAY + timedelta(days=60)),
            )
            for step in hand.some(0, 2)
        ),
    )


def progress(hand: Hand, me: Services, one: Someone, source: str) -> None:
    """Former words and the newest ones, in both voices. `source`: the record on which staff's word rests."""
    for domain in hand.chance.sample(DOMAINS[:5], hand.chance.randint(0, 3)):
        for days, newest in ((60, False), (0, True)):
            sections, what = (("S7",), "a word") if newest else ((), "a former word")
            own = Progress(
                domain=domain,
                voice=Voice.SELF,
                word=hand.one_of(Word.DOING, Word.TRYING),
                basis=hand.marks.goes(one.label, f"own basis of {what}", *sections),
                harder=hand.marks.stays(one.label, "what made it harder"),
                period_from=TODAY - timedelta(days=days + 30),
                period_to=TODAY - timedelta(days=days),
            )
            staff = replace(
                own,
                voice=Voice.STAFF,
                basis=hand.marks.goes(one.label, f"staff's basis of {what}", *sections),
                sources=(source,),
                shared_with_person_on=TODAY,
                disagrees=True,
                disagreement=hand.marks.goes(one.label, f"disagreement with {what}", *sections),
                response=hand.marks.stays(one.label, "staff's answer to a disagreement"),
                setting=hand.marks.stays(one.label, "where a word was seen"),
                harder=hand.marks.stays(one.label, "what made it harder, staff's words"),
            )
            me.progress.record_self(one.id, own)
            me.progress.record(one.id, staff)


def checklist(hand: Hand, me: Services, one: Someone) -> None:
    """Items that are open with a comment, and some that are settled."""
    if hand.once_in(6):
        return
    listed = me.releases.open_list(one.id, TODAY + timedelta(days=45))
    mine = [each.template for each in listed.items if each.template.evidence_kind is EvidenceKind.REFERENCE]
    for item in hand.chance.sample(mine, min(len(mine), 6)):
        if item.code == "RR-G1" or me.desk.role not in item.roles:
            continue
        status = hand.one_of(ItemStatus.IN_PROGRESS, ItemStatus.BLOCKED, ItemStatus.DONE)
        sections = () if status is ItemStatus.DONE else ("S12",)
        me.releases.mark(
            one.id,
            item.code,
            status,
            evidence=hand.marks.stays(one.label, "evidence of an item") if status is ItemStatus.DONE else "",
            comment=hand.marks.goes(one.label, f"comment on an item that is {status.value}", *sections),
            reason=hand.marks.stays(one.label, "reason of an item, of the house"),
        )


def waived(hand: Hand, me: Services, one: Someone) -> None:
    """A supervisor sets one item aside."""
    listed = me.releases.of_person(one.id)
    for item in () if listed is None else listed.items:
        if item.open and item.template.blocking is Blocking.HANDOVER and not item.comment and hand.once_in(3):
            reason = hand.marks.goes(one.label, "why an item was waived", "S12")
            me.releases.waive(one.id, item.template.code, reason)
            return


def programmes(hand: Hand, me: Services, one: Someone) -> None:
    """Of work and learning, and of what is nobody's skill."""
    for _ in hand.some(0, 3):
        kind = hand.one_of(*LEARNING, *OTHER_KINDS, *OTHER_KINDS)
        entry = hand.one_of(*(each for each in me.programmes.catalogue.entries if each.kind is kind))
        sections = ("S10",) if kind in LEARNING else ()
        facts = Intervention(
            catalogue=entry.code,
            kind=kind,
            participation=Participation.VOLUNTARY,
            provider="Evening school" if sections else hand.marks.stays(one.label, f"provider of {kind.value}"),
            start=date(2026, 3, 1),
            name=hand.marks.goes(one.label, f"programme of {kind.value}", *sections),
        )
        rid = me.programmes.record(one.id, facts).rid
        if not hand.once_in(3):
            words = hand.marks.stays(one.label, "how a programme ended")
            me.programmes.end(rid, hand.one_of(Outcome.COMPLETED, Outcome.IN_PART), date(2026, 9, 1), words=words)


def conferences(hand: Hand, me: Services, one: Someone) -> None:
    """One that was agreed, and a later one whose minutes nobody agreed yet."""
    for days, agreed in ((9, True), (2, False)):
        if hand.once_in(4):
            return
        stays = hand.marks.stays
        guest = Attendee(name=hand.marks.name(one.label, "name at a conference"), agency="River House", role="mentor")
        held = planned(me.conferences.me, at=NOON - timedelta(days=days), attendees=(guest,))
        rid = me.conferences.schedule(one.id, held).rid
        listed = me.conferences.reading.conference(rid).conference.attendees
        me.conferences.hold(rid, [replace(each, attended=True) for each in listed], PersonAttended.IN_PERSON)
        minutes = _minutes(hand, one, agreed=agreed)
        said = {place: stays(one.label, "what somebody brought to a conference") for place in range(len(listed))}
        me.conferences.lay(rid, minutes, said)
        if agreed:
            me.conferences.agree(rid)


def _minutes(hand: Hand, one: Someone, *, agreed: bool) -> Minutes:
    sections, what = (("S14",), "a conference") if agreed else ((), "minutes that were not agreed")
    goes, stays = hand.marks.goes, hand.marks.stays
    return Minutes(
        summary=stays(one.label, f"discussion of {what}"),
        decisions=tuple(goes(one.label, f"decision of {what}", *sections) for _ in hand.some(1, 3)),
        actions=(
            Action(
                id="a1",
                text=goes(one.label, f"action of {what}", *sections),
                due=TODAY + timedelta(days=7),
                owner_words="River House",
            ),
        ),
        shared=(
            Item(
                what=stays(one.label, f"what was shared in {what}"),
                owner_agency="Prison",
                act=Act.SHARED,
                to="Probation office",
            ),
        ),
        kept_back=(
            KeptBack(
                what=stays(one.label, f"what was kept back in {what}"),
                agency="Psychology",
                reason="professional_secrecy",
                asked_by=stays(one.label, f"who asked in {what}"),
            ),
        ),
        person_statement=hand.maybe(lambda: stays(one.label, f"statement at {what}")),
    )
