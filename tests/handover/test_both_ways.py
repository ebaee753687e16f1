"""All fourteen sections of a packet to another prison, there and back.

What is accepted and kept in a record of the receiving desk is sent on as it came: who it is, dates and conditions, who
agreed to be called, and the goals once somebody has put them into a plan.

Everything else stays an entry from outside, which this desk does not send on as its own words; whoever sends writes it
anew: how to reach the person (S1), the end of the supervision (S2), the person's own page and agreement (S3), the first
fortnight (S4), no need and the day of the review (S5), what helps (S6), words of progress (S7), alerts (S8), children
and whom to call about them (S9), learning (S10), the chaplain's words (S11), open items (S12), contacts (S13), the
conference (S14).
"""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TypeVar

from rehabdesk.core.canon import sha256_hex
from rehabdesk.handover import staging_words_service as w
from rehabdesk.handover.inbox_model import Handled
from rehabdesk.handover.packet_model import Handover
from rehabdesk.handover.profile_model import PROFILES, ProfileCode
from rehabdesk.handover.staging_parts_service import staged_parts
from rehabdesk.handover.staging_service import code_words
from rehabdesk.handover.staging_told_service import told_by
from rehabdesk.handover.verdict_model import State
from rehabdesk.handover.wire import encode
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


def to_a_prison(made: MadeSite) -> Handover:
    content = made.content()
    return replace(
        content,
        packet=replace(content.packet, profile=PROFILE.code),
        manifest=sample.manifest_of(CHOSEN, PROFILE.code),
        sections=CHOSEN,
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


def test_what_is_kept_in_records_is_sent_on_as_it_came(made: MadeSite, tmp_path: Path) -> None:
    with InboxDesk(tmp_path, made).officer() as here:
        staged = here.staging.staged(arrived(here, made, to_a_prison(made)))
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
        staged = here.staging.accept(staged, staged.open_items())
        assert staged.row.handled is Handled.ACCEPTED
        put_in_force(here, here.staging.with_goals(staged, TypedPlan(strengths="Patient")), staged.row.person)
        added = replace(
            ADDED,
            contact_preference=of(CHOSEN.S1).contact_preference,
            safe_times=of(CHOSEN.S1).safe_times,
            put_in=frozenset(PROFILE.sections),
        )
        again = collection(here.desk, here.people).collect(staged.row.person, added, PROFILE).sections
    assert without_marks(of(again.S1)) == without_marks(of(CHOSEN.S1))
    assert without_marks(of(again.S2)) == without_marks(replace(of(CHOSEN.S2), supervision_end=None))
    sent = of(CHOSEN.S9)
    assert without_marks(of(again.S9)) == without_marks(replace(sent, children=(), safeguarding_lead=None))
    assert without_marks(of(again.S5).goals) == without_marks(of(CHOSEN.S5).goals)
    assert of(again.S8).alerts == ()
    assert (again.S7, again.S10, again.S11, again.S14) == (None,) * 4, "what another house said stays an entry"


def put_in_force(here: Receiving, typed: TypedPlan, person: str) -> None:
    plans = Plans(here.desk, here.people, load_domains())
    plan = as_plan(replace(typed, review_due=TODAY + timedelta(days=14)))
    rid = plans.propose(plans.start(person, plan)).rid
    plans.record_agreement(rid, Agreement.AGREED, words="I want this.")
    plans.activate(rid)


def of(section: T | None) -> T:
    assert section is not None
    return section


def without_marks(thing: object) -> list[tuple[str, object]]:
    """Everything but the languages of texts, which a desk tells anew from the words."""
    return [(at, said) for at, said in leaves(thing, "") if not at.endswith(".lang")]
