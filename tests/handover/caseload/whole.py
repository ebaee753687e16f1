"""A random caseload as a whole, and random choices for packets about its persons."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from rehabdesk.handover.content.audience_model import AT_SHORT_NOTICE, AudienceCode, audiences
from rehabdesk.handover.content.packet_model import LegalBasis, NotInformedBecause, PersonCopy
from rehabdesk.handover.content.profile_model import ProfileCode, SectionCode
from rehabdesk.handover.making.typed_model import KEPT_BACK, TypedPacket
from tests.handover.caseload import notes, people, plans
from tests.handover.caseload.hand import CHA, CO, FAC, PSY, SUP, Hand, Someone
from tests.handover.caseload.marks import Mark, Marks
from tests.handover.workplace import Workplace

LAST = date(2027, 5, 24)
SHORT_NOTICE = tuple(each for each in AT_SHORT_NOTICE if each in audiences(child=False))
TEXT_SECTIONS: Mapping[str, str] = {
    "V1": "S3",
    "contact_preference": "S1",
    "safe_times": "S1",
    "first_night": "S4",
    "journey": "S4",
    "medicines": "S4",
    "money": "S4",
    "phone_access": "S4",
    "return_channel": "S13",
    "link_role": "S13",
    "link_hours": "S13",
}
"""Where what is typed for one packet goes."""
NEVER_ALONE = ("medicines", "money", "phone_access", "journey", "safe_times")


@dataclass(frozen=True, kw_only=True)
class Caseload:
    """What was written, and by which words it is known."""

    hand: Hand
    persons: Sequence[Someone]

    @property
    def marks(self) -> Sequence[Mark]:
        return self.hand.marks.all


@dataclass(frozen=True, kw_only=True)
class Choice:
    """What is chosen for one packet. `named`: names that the typed texts hold by choice."""

    person: Someone
    typed: TypedPacket
    named: tuple[str, ...]


def random_caseload(place: Workplace, seed: int, *, most: int = 3) -> Caseload:
    """Two to `most` persons on a founded desk."""
    chance = random.Random(seed)
    hand = Hand(place=place, chance=chance, marks=Marks(chance=chance))
    with hand.as_login(CO) as me:
        persons = [people.person(hand, me, number) for number in range(chance.randint(2, most))]
        sources = {}
        for one in persons:
            people.circle(hand, me, one)
            people.consents(hand, me, one)
            people.conditions(hand, me, one)
            sources[one.id] = notes.officer(hand, me, one)
            notes.own_page(hand, me, one)
            plans.plans(hand, me, one)
            plans.checklist(hand, me, one)
            plans.programmes(hand, me, one)
            plans.conferences(hand, me, one)
            plans.progress(hand, me, one, sources[one.id])
            notes.alerts(hand, me, one)
    for sign_in, write in (
        (PSY, notes.psychologist),
        (CHA, notes.chaplain),
        (FAC, notes.facilitator),
        (SUP, plans.waived),
    ):
        with hand.as_login(sign_in) as me:
            for one in persons:
                write(hand, me, one)
    return Caseload(hand=hand, persons=persons)


def choice(caseload: Caseload, *, language: str = "", most: bool = False) -> Choice:
    """Anything that can be chosen for a packet. `most`: the kind that holds most, with everything put in."""
    hand, chance = caseload.hand, caseload.hand.chance
    person = chance.choice(caseload.persons)
    texts, named = _texts(caseload, person)
    codes = [section.value for section in SectionCode]
    told = hand.one_of("yes", "no")
    copy = hand.one_of(*PersonCopy) if told == "yes" else hand.one_of(PersonCopy.NOT_SAFE, PersonCopy.NOT_POSSIBLE)
    typed = TypedPacket(
        team="T-RIVER",
        language=language or hand.one_of("en", "fr", "ar"),
        recipient=hand.one_of("Marième Sow", notes.LEADER),
        recipient_role="who reads it",
        purpose="Support after release",
        basis=hand.one_of(*LegalBasis).value,
        cite="Article 12",
        expires=LAST,
        countersigners=(hand.place.uids[SUP],),
        told=told,
        not_told_because=hand.one_of(*NotInformedBecause).value if told == "no" else "",
        copy=copy.value,
        copy_because=hand.marks.stays(person.label, "why there is no copy"),
        lawyer_note=hand.marks.stays(person.label, "note of a lawyer"),
        kept_back=tuple(chance.sample(sorted(KEPT_BACK), chance.randint(0, 3))),
        no_alert=True,
        put_in=tuple(codes) if most else tuple(chance.sample(codes, chance.randint(0, len(codes)))),
        left_out=() if most else tuple(chance.sample(codes, chance.randint(0, 4))),
        one_signature="no",
        texts=texts,
    )
    if most:
        typed = typed.for_audience(AudienceCode.PRISON.value)
    elif hand.once_in(8):
        typed = replace(typed, profile=ProfileCode.EXPRESS.value).for_audience(hand.one_of(*SHORT_NOTICE).value)
    else:
        typed = typed.for_audience(hand.one_of(*audiences(child=False)).value)
    return Choice(person=person, typed=typed, named=named)


def _texts(caseload: Caseload, person: Someone) -> tuple[dict[str, str], tuple[str, ...]]:
    """What is typed for one packet; in one of the texts somebody else may be named."""
    hand = caseload.hand
    texts = {
        name: hand.marks.goes(person.label, f"typed {name}", section, sure=False)
        for name, section in TEXT_SECTIONS.items()
        if name not in NEVER_ALONE or not hand.once_in(3)
    }
    texts |= {"link_name": "Paul Renard", "link_phone": "+000 20 555 012"}
    others = [name for one in caseload.persons if one is not person for name in one.names]
    around = [name for name in person.circle if name not in person.agreed]
    strangers = [name for one in caseload.persons if one is not person for name in one.circle if " " in name]
    named: tuple[str, ...] = ()
    if hand.once_in(2):
        named = (hand.one_of(*others, *around, *strangers),)
        field = hand.one_of("contact_preference", "first_night", "return_channel", "V1")
        texts[field] += f" {named[0]}"
    return texts, named
