"""All fourteen sections of a packet to another prison, there and back.

What is accepted is sent on as it came: who it is, dates and conditions, who agreed to be called; goals, areas without
need and what helps, once somebody has put them into a plan; learning and conferences, under the name of the house that
they came from. What is not sent on, and why, stands in one table: `WRITTEN_ANEW`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TypeVar

from rehabdesk.core.canon import sha256_hex
from rehabdesk.handover.checking.verdict_model import State
from rehabdesk.handover.collecting.handed_on_service import HandedOn
from rehabdesk.handover.content import onward_sections_model as onward
from rehabdesk.handover.content.packet_model import Handover, Sections
from rehabdesk.handover.content.profile_model import PROFILES, ProfileCode
from rehabdesk.handover.inbox import staging_words_service as w
from rehabdesk.handover.inbox.inbox_model import Handled
from rehabdesk.handover.inbox.staging_parts_service import staged_parts
from rehabdesk.handover.inbox.staging_service import Staged, code_words
from rehabdesk.handover.inbox.staging_told_service import told_by
from rehabdesk.handover.pages import follow_up_pdf, network_pdf
from rehabdesk.handover.wire import encode
from rehabdesk.paper.blocks import texts_of
from rehabdesk.people.arrival_model import Arrival, taken_in
from rehabdesk.people.legal_model import DateSource, ReleaseRoute, Stage
from rehabdesk.people.model import AgeRegime, PersonDetails, Sex
from rehabdesk.plans.domain_service import load_domains
from rehabdesk.plans.model import Agreement
from rehabdesk.plans.service import Plans
from rehabdesk.plans.typed_model import TypedPlan, as_plan
from rehabdesk.readiness.template_service import load_templates
from rehabdesk.seals import sealing
from tests.handover import sample
from tests.handover.collecting import collection
from tests.handover.inbox_desk import InboxDesk, Receiving
from tests.handover.made import MadeSite
from tests.handover.test_brought import WITHDRAWN
from tests.handover.test_brought import signed as status_list
from tests.handover.test_collect_service import ADDED
from tests.people.cases import TODAY

CHOSEN = sample.every_section()
T = TypeVar("T")
PROFILE = PROFILES[ProfileCode.RECEIVING_PRISON]
AS_WORDS = frozenset(
    {
        "script",
        "birth_precision",
        "code",
        "preferred",
        "literacy",
        "interpreter_needed",
        "release_route",
        "date_source",
        "category",
        "explained_lang",
        "understood",
        "agreement",
        "made_by",
        "domain",
        "status",
        "side",
        "voice",
        "word",
        "confidence",
        "current",
        "kind",
        "at_risk",
    }
)
"""Fields of codes: shown as the words of this desk for them, by `test_every_section_falls_into_items_with_words`."""
NOT_SHOWN = frozenset({"S5.plan_version", "S5.goals.id", "S5.goals.steps.id", "S11.read_back"})
"""Numbers inside the packet, and what is true of every one."""


WRITTEN_ANEW: Mapping[str, str] = {
    "S1.contact_preference": "asked for each packet, in the words of the day",
    "S1.safe_times": "asked for each packet, in the words of the day",
    "S2.supervision_end": "a day of the case, which is recorded here with its source",
    "S3": "the person answers to the plan and writes the own page here; the page was let out of the other house only",
    "S4": "the first fortnight is arranged and confirmed by who lets the person out",
    "S5.plan_version": "counts the versions of this house",
    "S5.review_due": "set by this house; the first review is due within 14 days",
    "S6.crisis.contacts": "whom to call from here",
    "S7": "words on progress never change by what comes from outside, and go out by who gave them",
    "S8": "whoever has the case judges what is live and tells it anew",
    "S9.children": "counted here, on the day on which somebody asks",
    "S9.safeguarding_lead": "the lead of this house",
    "S10.next_step": "chosen among the steps of this plan and the programmes of this house",
    "S11": "stays unless the chaplain gives it anew, with the consent of the person",
    "S12": "the checklist of this house",
    "S13": "the link worker and the way back to this house",
}
"""Every key that is not in the second packet as it was in the first, and the reason. All others are."""


def leaves(thing: object, at: str) -> Iterator[tuple[str, object]]:
    """Everything that is said, with its place."""
    if is_dataclass(thing):
        for each in fields(thing):
            yield from leaves(getattr(thing, each.name), f"{at}.{each.name}")
    elif isinstance(thing, tuple):
        for each in thing:
            yield from leaves(each, at)
    elif thing is not None:
        yield at, thing


def to_a_prison(made: MadeSite, sections: Sections = CHOSEN) -> Handover:
    content = made.content()
    return replace(
        content,
        packet=replace(content.packet, profile=PROFILE.code),
        manifest=sample.manifest_of(sections, PROFILE.code),
        sections=sections,
    )


def arrived(here: Receiving, made: MadeSite, content: Handover) -> str:
    """Signed twice, sealed, opened, staged; gives the id of what came."""
    came = here.take(sealing.seal(made.signed(content), [sealing.recipient_of(made.identity)]), "RD.pdf.age")
    assert came.looked.checked.verdict.state is State.GENUINE
    return came.received


def test_what_lies_in_the_staging_is_what_was_chosen_field_by_field(made: MadeSite, tmp_path: Path) -> None:
    sent = to_a_prison(made)
    signed = {str(entry.code): entry.sha256 for entry in sent.manifest.sections}
    assert list(signed) == [field.name for field in fields(CHOSEN)], "all fourteen"
    with InboxDesk(tmp_path, made).officer() as here:
        staged = here.staging.staged(arrived(here, made, sent))
    came = staged.packet.sections.present()
    for code, section in CHOSEN.present().items():
        assert list(leaves(came[code], code)) == list(leaves(section, code))
        assert sha256_hex(encode(came[code])) == signed[code], "the bytes that were signed"
    assert encode(staged.packet) == encode(sent)
    for part in staged_parts(staged.packet, code_words(load_templates(), load_domains()))[1:]:
        lines = [*part.lines, *(line for item in part.items for line in item.lines)]
        shown = "\n".join(
            [*(item.title for item in part.items), *(f"{line.caption}: {line.words} {line.lang}" for line in lines)]
        )
        for at, said in leaves(getattr(CHOSEN, part.code), part.code):
            if at.rpartition(".")[2] not in AS_WORDS and at not in NOT_SHOWN and at != "S1.date_of_birth":
                assert words_of(said) in shown, at
        assert w.unknown() not in shown, part.code


def words_of(said: object) -> str:
    if isinstance(said, datetime):
        return w.moment(said)
    return w.day(said) if isinstance(said, date) else str(said)


def test_what_is_accepted_is_sent_on_as_it_came(made: MadeSite, tmp_path: Path) -> None:
    """From one house to the next and to a third: what the third one gets is what the second one got."""
    second = sent_on(made, tmp_path / "second", CHOSEN)
    third = sent_on(made, tmp_path / "third", second)
    assert as_it_came(second) == as_it_came(CHOSEN)
    assert list(leaves(third, "")) == list(leaves(second, "")), "and under the name of the same house"
    house = made.content().site.name
    certificate = of(second.S10).certificates[0]
    assert [each.owner_agency for each in (of(second.S10), certificate, of(second.S14))] == [house] * 3
    assert of(second.S8).alerts == ()
    assert (second.S7, second.S11) == (None, None), "what another house said of that stays an entry"
    everything = [at for at, _ in leaves(CHOSEN, "")]
    assert [key for key in WRITTEN_ANEW if not any(is_under(at, key) for at in everything)] == [], "in no packet"


def test_learning_of_two_houses_stands_together(made: MadeSite, tmp_path: Path) -> None:
    """Own records come first; what was taken back goes no further, nor what its house withdrew."""
    place = InboxDesk(tmp_path, made)
    with place.officer() as here:
        staged = taken_in_whole(here, made, CHOSEN)
        person, handed_on = staged.row.person, HandedOn(here.desk, here.inbox)
        own = onward.S10(
            skills=(sample.text("Baking"),),
            certificates=(onward.TrainingRecord(title="Baking 1", date_=TODAY, issuer="Evening school"),),
        )
        both = of(handed_on.learning(person, own))
        assert [each.title for each in both.certificates] == ["Baking 1", "Tailoring 1"]
        assert (both.skills, both.owner_agency) == (own.skills, None)
        for item in ("S10.t0", "S14.summary"):
            here.staging.take_back(staged.answers[item].acceptance.entry, "It was somebody else's.")
        place.lists = [status_list(made, replace(WITHDRAWN, number=staged.row.packet.number))]
        assert handed_on.learning(person, own) == own
        assert (handed_on.learning(person, None), handed_on.conference(person)) == (None, None)
        place.lists = []
        left = of(handed_on.learning(person, None))
        assert (left.certificates, left.skills) == ((), of(CHOSEN.S10).skills)
        here.staging.take_back(staged.answers["S10.skills"].acceptance.entry, "It was somebody else's.")
        assert handed_on.learning(person, None) is None
        step = of(of(CHOSEN.S10).next_step)
        only = onward.S10(skills=(), certificates=(), next_step=step)
        assert handed_on.learning(person, only) == only
        assert handed_on.conference(person) is None


def sent_on(made: MadeSite, folder: Path, sections: Sections) -> Sections:
    """What a house sends on of a packet that it accepted whole, and whose plan it took over."""
    with InboxDesk(folder, made).officer() as here:
        staged = taken_in_whole(here, made, sections)
        assert staged.row.handled is Handled.ACCEPTED
        put_in_force(here, here.staging.with_goals(staged, TypedPlan()), staged.row.person)
        added = replace(
            ADDED,
            contact_preference=of(sections.S1).contact_preference,
            safe_times=of(sections.S1).safe_times,
            put_in=frozenset(PROFILE.sections),
        )
        return collection(here.desk, here.people, here.inbox).collect(staged.row.person, added, PROFILE).sections


def taken_in_whole(here: Receiving, made: MadeSite, sections: Sections) -> Staged:
    """Somebody new, made from the packet; everything in it is accepted."""
    staged = here.staging.staged(arrived(here, made, to_a_prison(made, sections)))
    told = told_by(staged.packet)
    details = PersonDetails(
        case_ref="26-101", display_alias="Idrissa K.", names=told.names, sex=Sex.MALE, age_regime=AgeRegime.ADULT
    )
    here.staging.take_in(
        staged,
        taken_in(details, told),
        Arrival(
            stage=Stage.SENTENCED,
            on=TODAY,
            source=DateSource.COURT,
            came_from=staged.packet.site.name,
            seen_there=sample.ISSUED.date(),
            planned_release=date(2027, 1, 8),
            release_route=ReleaseRoute.CONDITIONAL,
        ),
    )
    staged = here.staging.staged(staged.row.id)
    return here.staging.accept(staged, staged.open_items())


def as_it_came(sections: Sections) -> list[tuple[str, object]]:
    """All but what is written anew, whose it is, and the languages of texts, which a desk tells from the words."""
    return [
        (at, said)
        for at, said in leaves(sections, "")
        if not at.endswith((".lang", ".owner_agency")) and not any(is_under(at, key) for key in WRITTEN_ANEW)
    ]


def is_under(at: str, key: str) -> bool:
    return f"{at}.".startswith(f".{key}.")


def put_in_force(here: Receiving, typed: TypedPlan, person: str) -> None:
    plans = Plans(here.desk, here.people, load_domains())
    plan = as_plan(replace(typed, review_due=TODAY + timedelta(days=14)))
    rid = plans.propose(plans.start(person, plan)).rid
    plans.record_agreement(rid, Agreement.AGREED, words="I want this.")
    plans.activate(rid)


def of(section: T | None) -> T:
    assert section is not None
    return section


def test_whose_it_is_stands_on_the_pages_and_in_the_staging(made: MadeSite) -> None:
    other, third = "The Other House", "The Third House"
    learnt, held = of(CHOSEN.S10), of(CHOSEN.S14)
    certificates = tuple(replace(each, owner_agency=third) for each in learnt.certificates)
    owned = replace(
        CHOSEN,
        S10=replace(learnt, certificates=certificates, owner_agency=other),
        S14=replace(held, owner_agency=other),
    )
    for sections, there in ((CHOSEN, (0, 0, 0)), (owned, (1, 1, 1))):
        learning = " ".join(texts_of(network_pdf.learning(of(sections.S10), "en")))
        conference = " ".join(texts_of(follow_up_pdf.conference(of(sections.S14), "en")))
        assert (learning.count(other), learning.count(third), conference.count(other)) == there
        parts = staged_parts(to_a_prison(made, sections), code_words(load_templates(), load_domains()))
        lines = [line.words for part in parts for item in part.items for line in item.lines]
        assert sum(other in words for words in lines) == 2 * there[0]
        assert sum(third in words for words in lines) == there[0]
