"""The register of a random caseload: who it is, the case, people around the person, consents, conditions."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from rehabdesk.app_services import Services
from rehabdesk.people.children_service import Children
from rehabdesk.people.consent_model import ConsentDetails, ConsentMethod, ConsentPurpose, ConsentStatus
from rehabdesk.people.legal_model import DateSource, LegalEpisode, ReleaseRoute, Stage
from rehabdesk.people.model import (
    AssignmentDetails,
    ContactConsent,
    ContactDetails,
    ContactKind,
    PersonName,
    Placement,
    Script,
)
from rehabdesk.people.protected_model import ChildrenCount
from rehabdesk.readiness.condition_model import Condition, Understood
from tests.handover.caseload.hand import WORKING, Hand, Someone
from tests.handover.workplace import TEAM
from tests.people.cases import TODAY, details

CIRCLE = (ContactKind.FAMILY, ContactKind.FRIEND, ContactKind.MENTOR)
OFFICES = (ContactKind.VICTIM_LIAISON, ContactKind.LAWYER)
NOT_AGREED = (ContactConsent.NO, ContactConsent.NOT_ASKED, ContactConsent.UNSAFE)


def person(hand: Hand, me: Services, number: int) -> Someone:
    """Somebody new, with the day of the release and everybody who works with them."""
    label, stays = f"person {number}", hand.marks.stays
    given, family, kunya, variant = (hand.marks.name(label, "name of the person", "S1") for _ in range(4))
    latin = PersonName(script=Script.LATIN, given=given, family=family, kunya=f"Abu {kunya}", variants=(variant,))
    case = replace(
        details(f"26-{100 + number}"),
        display_alias=stays(label, "display name"),
        names=(latin,),
        practical_access_need=hand.maybe(lambda: hand.marks.goes(label, "access need", "S1", sure=False)),
    )
    episode = LegalEpisode(
        stage=hand.one_of(Stage.SENTENCED, Stage.PRE_TRIAL),
        since=date(2026, 1, 10),
        source=DateSource.COURT,
        country="XX",
        authority=stays(label, "authority of the case"),
        file_no=stays(label, "file number"),
        offence_label_short=stays(label, "label of the offence"),
    )
    where = Placement(establishment=stays(label, "establishment"), unit=stays(label, "unit"), since=TODAY)
    rid = me.people.register(case, episode, placement=where).id
    for sign_in, capacity in WORKING:
        me.people.assign(
            rid, AssignmentDetails(staff=hand.place.uids[sign_in], capacity=capacity, since=TODAY, person_told=True)
        )
    me.people.plan_release(
        rid, planned=date(2027, 1, 8), on=TODAY, source=DateSource.COURT, route=ReleaseRoute.COURT_ORDER
    )
    return Someone(label=label, id=rid, convicted=me.people.known.convicted(rid), names=tuple(_spellings(latin)))


def _spellings(name: PersonName) -> Iterator[str]:
    yield from (name.given, name.family, name.kunya, *name.variants, f"{name.family} {name.given}", name.full)


def circle(hand: Hand, me: Services, one: Someone) -> None:
    """Some who agreed, some who did not, children, offices, and some of whom others must not read everything."""
    for _ in hand.some(3, 6):
        _contact(hand, me, one)
    leader = hand.one_of(ContactConsent.YES, *NOT_AGREED)
    sections = ("S11",) if leader is ContactConsent.YES else ()
    name = hand.marks.name(one.label, "name of a faith leader", *sections, sure=False)
    me.people.circle.add(
        one.id,
        ContactDetails(
            kind=ContactKind.FAITH_LEADER, name=name, phone="+000 20 555 662", consent_to_be_contacted=leader
        ),
    )
    one.circle.append(name)
    if sections:
        one.agreed.append(name)
    Children(me.desk).count(one.id, ChildrenCount(up_to_5=hand.chance.randint(0, 2), counted_on=TODAY))


def _contact(hand: Hand, me: Services, one: Someone) -> None:
    kind, never = hand.one_of(*CIRCLE, *CIRCLE, *OFFICES), hand.once_in(6)
    office = kind is ContactKind.VICTIM_LIAISON
    child, protected = not office and hand.once_in(5), not office and hand.once_in(5)
    answer = hand.one_of(ContactConsent.YES, ContactConsent.YES, *NOT_AGREED)
    agreed = kind in CIRCLE and answer is ContactConsent.YES and not (child or protected or never)
    sections = ("S9",) if agreed else ()
    what = f"a {kind.value} who agreed" if agreed else f"a {kind.value} who is not to be named"
    goes, stays = hand.marks.goes, hand.marks.stays
    parts = [hand.marks.name(one.label, f"name of {what}", *sections) for _ in hand.some(1, 2)]
    name = " ".join(parts)
    contact = ContactDetails(
        kind=kind,
        name=name,
        phone="+000 20 555 661",
        consent_to_be_contacted=answer,
        is_child=child,
        do_not_contact=never,
    )
    if not office:
        contact = replace(
            contact,
            relation=goes(one.label, f"relation of {what}", *sections),
            address_landmark=hand.maybe(lambda: stays(one.label, "landmark of a contact")),
            guardian=hand.maybe(lambda: stays(one.label, "guardian of a child")) if child else "",
            offer=hand.maybe(lambda: goes(one.label, f"offer of {what}", *sections)),
        )
    note = stays(one.label, "protected note on a contact") if protected else ""
    me.people.circle.add(one.id, contact, safety_note=note)
    one.circle.append(name)
    if agreed:
        one.agreed.append(name)


def consents(hand: Hand, me: Services, one: Someone) -> None:
    """One that lets packets go to the team, and one that was refused."""
    stays = hand.marks.stays
    given = ConsentDetails(
        purpose=ConsentPurpose.SHARE_WITH_NAMED_ORG,
        status=ConsentStatus.GIVEN,
        scope=stays(one.label, "scope of a consent"),
        recipient=TEAM.org,
        interpreter_alias=stays(one.label, "interpreter"),
        explained_in="fr",
        method=ConsentMethod.SIGNATURE,
        given_on=TODAY,
    )
    me.people.consents.record(one.id, given)
    refused = replace(
        given,
        status=ConsentStatus.REFUSED,
        scope=stays(one.label, "scope of what was refused"),
        recipient=stays(one.label, "who was refused"),
    )
    me.people.consents.record(one.id, refused)


def conditions(hand: Hand, me: Services, one: Someone) -> None:
    goes, kept = hand.marks.goes, me.releases.conditions
    for _ in hand.some(0, 3):
        condition = Condition(
            category=hand.one_of("reporting", "where_i_live"),
            text_official=goes(one.label, "official text of a condition", "S2"),
            text_plain=goes(one.label, "plain text of a condition", "S2"),
            start=TODAY + timedelta(days=45),
            source=goes(one.label, "source of a condition", "S2"),
        )
        question = hand.maybe(lambda: goes(one.label, "question about a condition", "S2"))
        rid = kept.add(one.id, condition).rid
        kept.explain(rid, on=TODAY, language="fr", understood=Understood.PARTLY, question=question)
