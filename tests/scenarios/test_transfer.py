"""Prison to prison (domain.md 14, scenario 8): a packet of one desk is taken in by another, by hand and in full."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from rehabdesk.core.choices import load_choice_lists
from rehabdesk.core.errors import UserError
from rehabdesk.handover.checking.verdict_model import State
from rehabdesk.handover.content.sections_model import Condition
from rehabdesk.handover.inbox.staging_model import Into, all_items
from rehabdesk.handover.inbox.staging_told_service import told_by
from rehabdesk.handover.wire import encode, plain
from rehabdesk.notes.model import Part
from rehabdesk.people.arrival_model import Arrival, taken_in
from rehabdesk.people.contact_service import Contacts
from rehabdesk.people.legal_model import DateSource, ReleaseRoute, Stage
from rehabdesk.people.model import (
    AgeRegime,
    AssignmentDetails,
    Capacity,
    ContactDetails,
    ContactKind,
    PersonDetails,
    Sex,
)
from rehabdesk.plans.model import Horizon, Plan, VersionState
from rehabdesk.plans.reviews.review_due_service import ReviewsDue
from rehabdesk.plans.reviews.review_rule_model import MovedBecause
from rehabdesk.plans.reviews.review_rule_service import load_review_rules
from tests.handover import sample
from tests.handover.collecting import collection
from tests.handover.test_collect_service import ADDED
from tests.notes.sessions import MEETING, VISIT
from tests.people.cases import TODAY, details, legal
from tests.scenarios import annexes
from tests.scenarios.prisons import Prison, Working

SENT = replace(sample.every_section(), S11=None)
"""The chaplain gave nothing to the new prison."""
assert SENT.S1 is not None
assert SENT.S2 is not None
WHO, DATES = SENT.S1, SENT.S2
PASTORAL = "Asked for the small prayer mat of his father, and wept."


def test_prison_to_prison(tmp_path: Path) -> None:
    """The packet opens at the new prison, pastoral notes stay behind, the old record is only read from then on."""
    old, new = Prison(tmp_path / "old", "NORD", "Northern Remand House"), Prison(tmp_path / "new", "LAC", "Lake Prison")
    team_card = new.found_team()
    with new.open("calm-harbour") as psychologist:
        own_key = psychologist.annexes.keys.recipient()
    old.found()
    with old.open("green-ferry") as officer:
        officer.trust.request_certificate()
        officer.trust_team(team_card)
        person = officer.people.register(details("24-017"), legal()).id
        chaplain = AssignmentDetails(staff=old.site.uid("plain-lantern"), capacity=Capacity.CHAPLAIN, since=TODAY)
        officer.people.assign(person, chaplain)
        annexes.give_to_psychologist(officer, old, person)
        supervisor = old.site.uid("silver-reed")
    with old.open("plain-lantern") as clergy:
        answers = {**VISIT, "cha.C6": PASTORAL}
        clergy.notes.sign(clergy.notes.start("chaplain_engagement", person, occurred_at=MEETING, answers=answers))
    with old.open("calm-harbour") as psychologist:
        psychologist.trust.request_certificate()
    site_card = old.issue()
    with old.open("green-ferry") as officer:
        draft = officer.draft(person, "LAC-IN", SENT, supervisor)
        asked = annexes.ask(officer, old, person, draft)
    with old.open("calm-harbour") as psychologist:
        annexes.write(psychologist, old, asked, own_key)
    with old.open("green-ferry") as officer:
        packet = officer.sign(draft, old.site.keys("green-ferry"))
        assert not officer.transfers.may_record(officer.packets.shelf.packet(packet)), "not before it went out"
    old.countersign(packet)
    with old.open("green-ferry") as officer:
        on_the_stick = officer.packets.seal(packet, old.stick).file.read_bytes()
        sent = officer.packets.shelf.packet(packet)
        officer.transfers.record(sent, on=TODAY, source=DateSource.REGISTRY)
        assert officer.people.legal(person).stage is Stage.TRANSFERRED
        _is_only_read(officer, person)
        assert not officer.transfers.may_record(sent)
        pages = annexes.printed(officer.packets.shelf.newest_pdf(packet))
    with old.open("calm-harbour") as psychologist:
        annex = psychologist.annexes.writing.send(asked, old.stick)

    moved = _received(new, site_card, on_the_stick)
    read = annexes.opens_for_its_psychologist_alone(new, annex, moved)
    held = {sign_in: annexes.everything_held(new, sign_in) for sign_in in ("green-ferry", "calm-harbour")}
    packets = (pages, str(plain(sent.content)))
    assert all("Kadri" in words for words in (*packets, *held.values())), "words are found where they are"
    for words in (*packets, read, *held.values()):
        assert "prayer" not in words, "what the chaplain of the other house wrote stayed there"
    for words in (*packets, held["green-ferry"]):
        assert "Quittenbaum" not in words, "what the psychologist wrote is in the annex alone"
    with new.open("calm-harbour") as psychologist:
        shown = psychologist.notes.timeline.page(moved, limit=100)
        assert [entry.part for entry in shown].count(Part.OUTSIDE) == len(shown) > 20
    with new.open("plain-lantern") as clergy:
        assert clergy.notes.timeline.page(moved) == (), "what the chaplain of the other house wrote stayed there"
        assert clergy.notes.timeline.search("prayer") == ()


def _received(new: Prison, site_card: bytes, on_the_stick: bytes) -> str:
    """Taken in at the new prison, all of it accepted; gives the person's id there."""
    with new.open("green-ferry") as officer:
        officer.trust_site(site_card)
        arrived = officer.inbox.keep(officer.inbox.looking().look(on_the_stick, "RD.pdf.age"))
        assert arrived.looked.checked.verdict.state is State.GENUINE
        assert encode(officer.inbox.content(officer.inbox.row(arrived.received)).sections) == encode(SENT)
        assert PASTORAL not in str(plain(officer.inbox.content(officer.inbox.row(arrived.received))))
        staged = officer.staging.staged(arrived.received)
        told = told_by(staged.packet)
        person = officer.staging.take_in(
            staged,
            taken_in(
                PersonDetails(
                    case_ref="LAC-1",
                    display_alias="Idrissa K.",
                    names=told.names,
                    sex=Sex.MALE,
                    age_regime=AgeRegime.ADULT,
                ),
                told,
            ),
            Arrival(
                stage=Stage.SENTENCED,
                on=TODAY,
                source=DateSource.REGISTRY,
                came_from=staged.packet.site.name,
                seen_there=staged.packet.packet.issued.date(),
                planned_release=DATES.release_date,
                release_route=ReleaseRoute.CONDITIONAL,
            ),
        )
        annexes.give_to_psychologist(officer, new, person)
        staged = officer.staging.staged(arrived.received)
        done = officer.staging.accept(staged, staged.open_items())
        assert done.row.handled.value == "accepted"
        _is_what_was_sent(officer, person)
        (mother,) = officer.people.contacts(person)
        assert (mother.details.name, mother.details.may_be_contacted) == ("Aminata Kadri", True)
        _review_is_near(officer, person)
        goals = [item for item in all_items(done.parts).values() if item.into is Into.GOAL]
        assert len(goals) == 2
        return person


def _is_what_was_sent(officer: Working, person: str) -> None:
    """Export, import, export: what comes from accepted data is the same again."""
    again = collection(officer.desk, officer.people).collect(person, ADDED).sections
    assert again.S1 is not None
    assert again.S2 is not None
    same = ("names", "date_of_birth", "birth_precision", "literacy", "interpreter_needed")
    assert [getattr(again.S1, each) for each in same] == [getattr(WHO, each) for each in same]
    assert [each.code for each in again.S1.languages or ()] == [each.code for each in WHO.languages or ()]
    assert again.S1.access_needs is not None
    assert WHO.access_needs is not None
    assert again.S1.access_needs.text == WHO.access_needs.text
    assert (again.S2.release_date, again.S2.release_route) == (DATES.release_date, DATES.release_route)
    assert [_words(each) for each in again.S2.conditions] == [_words(each) for each in DATES.conditions]


def _words(condition: Condition) -> Condition:
    """Without the marks of language, which a desk does not keep of a condition."""
    asked = condition.question_raised
    return replace(
        condition,
        official=replace(condition.official, lang="und"),
        plain=replace(condition.plain, lang="und"),
        question_raised=None if asked is None else replace(asked, lang="und"),
    )


def _review_is_near(officer: Working, person: str) -> None:
    due = ReviewsDue(
        officer.desk, officer.people, officer.notes.timeline, load_review_rules(), load_choice_lists()["A2"]
    ).of_person(person)
    assert any(line.moved is MovedBecause.TRANSFER_IN and line.on == TODAY + timedelta(days=14) for line in due)


def _is_only_read(officer: Working, person: str) -> None:
    contact = ContactDetails(kind=ContactKind.FRIEND, name="Somebody")
    plan = Plan(
        plan="",
        version=1,
        state=VersionState.DRAFT,
        horizon=Horizon.RELEASE,
        strengths="Patient",
        goals=(),
        review_due=None,
    )
    for act in (
        lambda: Contacts(officer.desk).add(person, contact),
        lambda: officer.people.amend(person, officer.people.person(person).details),
        lambda: officer.plans.start(person, plan),
        lambda: officer.notes.start("keywork", person),
    ):
        with pytest.raises(UserError, match="only read"):
            act()
