"""The life of a packet, step by step, and the guards before signature and seal."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from rehabdesk.core.errors import UserError
from rehabdesk.handover import packets_model as m
from rehabdesk.handover.collecting.content_check_model import CheckList, HitKind, check_content, unticked
from rehabdesk.handover.content.number_model import DEMO_SITE
from rehabdesk.handover.content.packet_model import Recipient
from rehabdesk.handover.content.sections_model import Text
from rehabdesk.handover.packets_model import PacketState as State
from rehabdesk.handover.packets_model import Person, SealConditions
from tests.handover import sample

ALLOWED = {
    (State.DRAFT, State.IN_REVIEW),
    (State.DRAFT, State.SIGNED),
    (State.IN_REVIEW, State.SIGNED),
    (State.IN_REVIEW, State.RETURNED),
    (State.RETURNED, State.DRAFT),
    (State.SIGNED, State.COUNTERSIGNED),
    (State.SIGNED, State.RETURNED),
    (State.COUNTERSIGNED, State.SEALED),
    (State.SEALED, State.DELIVERED),
    (State.SEALED, State.ACKNOWLEDGED),
    (State.DELIVERED, State.ACKNOWLEDGED),
    (State.ACKNOWLEDGED, State.CLOSED),
    (State.EXPIRED, State.WITHDRAWN),
} | {
    (before, after)
    for before in (State.SEALED, State.DELIVERED, State.ACKNOWLEDGED, State.CLOSED)
    for after in (State.SUPERSEDED, State.WITHDRAWN, State.EXPIRED)
}


@pytest.mark.parametrize("before", State)
@pytest.mark.parametrize("after", State)
def test_every_pair_of_states(before: State, after: State) -> None:
    if (before, after) in ALLOWED:
        m.require_step(before, after)
    else:
        with pytest.raises(UserError):
            m.require_step(before, after)


def test_only_express_is_sealed_with_one_signature() -> None:
    m.require_step(State.SIGNED, State.SEALED, express=True)
    with pytest.raises(UserError, match="supervisor must countersign"):
        m.require_step(State.SIGNED, State.SEALED)


AUTHOR = Person(uid="1", staff_role="CO", name="Amal", cert_sha256="a", key_sha256="ka")
SUPERVISOR = Person(uid="2", staff_role="SUP", name="Sam", cert_sha256="b", key_sha256="kb")


def test_two_people_may_sign() -> None:
    m.require_second_person(AUTHOR, SUPERVISOR, ("b",))


@pytest.mark.parametrize(
    ("second", "named", "words"),
    [
        (replace(SUPERVISOR, uid="1"), ("b",), "You signed this packet as its author"),
        (replace(SUPERVISOR, staff_role="CO"), ("b",), "Only a supervisor countersigns"),
        (replace(SUPERVISOR, key_sha256="ka"), ("b",), "the key that the author signed with"),
        (replace(SUPERVISOR, name="Amal"), ("b",), "the same name"),
        (SUPERVISOR, ("c",), "not one of the supervisors"),
    ],
)
def test_each_way_of_being_one_person_is_refused(second: Person, named: tuple[str, ...], words: str) -> None:
    with pytest.raises(UserError, match=words):
        m.require_second_person(AUTHOR, second, named)


READY = SealConditions(recipient_confirmed=True, unticked_hits=0, withheld_complete=True)


def test_a_packet_is_sealed_when_everything_is_said() -> None:
    m.require_sealable(sample.whole_packet(), READY)


@pytest.mark.parametrize(
    ("missing", "words"),
    [
        (replace(READY, recipient_confirmed=False), "not confirmed"),
        (replace(READY, unticked_hits=3), "3 places"),
        (replace(READY, withheld_complete=False), "kept back"),
    ],
)
def test_each_guard_of_the_seal(missing: SealConditions, words: str) -> None:
    with pytest.raises(UserError, match=words):
        m.require_sealable(sample.whole_packet(), missing)


def test_signing_needs_required_sections_and_possible_dates() -> None:
    made = sample.whole_packet()
    today, longest = sample.ISSUED.date(), date(2028, 1, 1)
    m.require_signable(made, today=today, longest=longest)
    with pytest.raises(UserError, match="already past"):
        m.require_signable(made, today=date(2027, 6, 1), longest=longest)
    with pytest.raises(UserError, match="outlive"):
        m.require_signable(made, today=today, longest=date(2027, 1, 1))
    silent = replace(made.manifest.sections[2], state=made.manifest.sections[2].state.NONE, reason="")
    entries = (*made.manifest.sections[:2], silent, *made.manifest.sections[3:])
    with pytest.raises(UserError, match="own words"):
        m.require_signable(
            replace(made, manifest=replace(made.manifest, sections=entries)), today=today, longest=longest
        )


def test_a_clock_that_went_back_is_not_signed_with() -> None:
    m.require_clock(sample.ISSUED, None)
    with pytest.raises(UserError, match="clock"):
        m.require_clock(sample.ISSUED, sample.ISSUED + timedelta(minutes=1))


def test_a_training_packet_stays_out_of_a_real_desk() -> None:
    m.require_importable(DEMO_SITE, training=True)
    with pytest.raises(UserError, match="training packet"):
        m.require_importable(DEMO_SITE, training=False)


def test_the_content_check_lists_names_phones_words_and_unsigned_texts() -> None:
    held = sample.whole_sections()
    assert held.S6 is not None
    words = (
        Text(text="His friend Bako TANIMOUNE helps; call 020 555 377 or come on 2027-01-11.", lang="en"),
        Text(text="يسأل عن صديقه باكو كثيرا", lang="ar"),
        Text(text="He is a sleeper in the morning.", lang="en"),
    )
    made = sample.whole_packet(sections=replace(held, S6=replace(held.S6, helps=words)))
    looked_for = CheckList(
        other_names=("Bako Tanimoune", "باكو"), words=("sleeper",), unsigned=("S6.strengths.1.text",)
    )
    hits = check_content(made, looked_for)
    assert [(hit.kind, hit.where) for hit in hits] == [
        (HitKind.UNSIGNED_TEXT, "S6.strengths.1.text"),
        (HitKind.OTHER_PERSON, "S6.helps.1.text"),
        (HitKind.PHONE, "S6.helps.1.text"),
        (HitKind.OTHER_PERSON, "S6.helps.2.text"),
        (HitKind.LISTED_WORD, "S6.helps.3.text"),
    ]
    assert hits[2].found == "020 555 377"
    assert unticked(hits, [hit.id for hit in hits[1:]]) == hits[:1]


@pytest.mark.parametrize(
    "number", ["٠٦١٢٣٤٥٦٧٨", "06\u00a012\u00a034\u00a056\u00a078", "06\u202f12\u202f34\u202f56", "06/12/34/56/78"]
)
def test_a_phone_number_is_found_however_it_is_typed_and_in_the_purpose_too(number: str) -> None:
    made = sample.with_head(sample.whole_packet(), purpose=f"Call {number} from 24/11/2026 to 2027-01-11.")
    assert [(hit.kind, hit.where) for hit in check_content(made, CheckList())] == [(HitKind.PHONE, "purpose")]


def test_the_role_of_a_recipient_is_looked_at() -> None:
    made = sample.whole_packet()
    made = replace(made, to=replace(made.to, recipients=(Recipient(name="Awa Sow", role="aunt of Bako Tanimoune"),)))
    hits = check_content(made, CheckList(other_names=("Bako Tanimoune",)))
    assert [(hit.kind, hit.where) for hit in hits] == [(HitKind.OTHER_PERSON, "role")]


def test_part_of_a_word_is_no_hit() -> None:
    assert check_content(sample.whole_packet(), CheckList(other_names=("Sew", "Ali", "Mo"), words=("cert",))) == ()
