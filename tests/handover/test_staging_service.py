"""Accepting what came, item by item: whom it is about is said by a person; nothing in a record changes by itself."""

import shutil
import time
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from rehabdesk.core.errors import UserError
from rehabdesk.core.text import without_isolates
from rehabdesk.db.projection import TEAM
from rehabdesk.handover.inbox.inbox_model import Handled
from rehabdesk.handover.inbox.staging_model import Into, all_items
from rehabdesk.handover.inbox.staging_parts_service import item_count
from rehabdesk.handover.inbox.staging_words_service import moment
from rehabdesk.notes.forms.form_service import load_forms
from rehabdesk.notes.model import Part
from rehabdesk.notes.received_service import open_outside
from rehabdesk.notes.timeline_service import Timeline
from rehabdesk.people.arrival_model import Arrival
from rehabdesk.people.legal_model import DateSource, ReleaseRoute, Stage
from rehabdesk.people.model import AgeRegime, PersonDetails, PersonName, Script, Sex
from rehabdesk.plans.domain_service import load_domains
from rehabdesk.plans.progress.progress_service import ProgressWords
from rehabdesk.readiness.condition_service import Conditions
from rehabdesk.readiness.template_service import load_templates
from tests.handover import sample
from tests.handover.inbox_desk import InboxDesk, Receiving
from tests.handover.made import MadeSite
from tests.handover.test_brought import WITHDRAWN
from tests.handover.test_brought import signed as signed_list
from tests.people.cases import TODAY


@pytest.fixture
def desk(tmp_path: Path, made: MadeSite) -> InboxDesk:
    return InboxDesk(tmp_path, made)


def timeline(here: Receiving) -> Timeline:
    return Timeline(here.desk, here.people, load_forms())


def arrival(**changes: object) -> Arrival:
    given = {
        "stage": Stage.SENTENCED,
        "on": TODAY,
        "source": DateSource.REGISTRY,
        "came_from": "Residence of the Three Wells",
        "seen_there": sample.ISSUED.date(),
        "planned_release": date(2027, 1, 8),
        "release_route": ReleaseRoute.CONDITIONAL,
    }
    return Arrival(**(given | changes))  # type: ignore[arg-type]  # any field of an arrival


def test_every_section_falls_into_items_with_words(made: MadeSite, desk: InboxDesk) -> None:
    with desk.officer() as here:
        received = here.take(made.packet).received
        staged = here.staging.staged(received)
        items = all_items(staged.parts)
        assert len(items) == item_count(staged.packet) == staged.row.packet.items == 31
        assert [part.code for part in staged.parts] == [
            "S0",
            *(entry.code for entry in staged.packet.manifest.sections),
        ]
        assert {item.into for item in items.values()} == set(Into) - {Into.CONTACT}
        for item in items.values():
            assert item.title
            assert item.lines
            assert not any(code in f"{item.title} {line.caption}" for line in item.lines for code in ("PD-", "RR-"))
        (told,) = [line.words for line in staged.parts[0].lines if line.caption == "Kept back"]
        assert without_isolates(told) == "Clinical notes: professional secrecy, decided by Psychologist 7"
        spoken = " ".join(line.words for item in items.values() for line in item.lines)
        assert not {"in_progress", "not_due", "conditional", "staff", "case_officer"} & set(spoken.split()), "no codes"
        own = {item.id for item in items.values() if any(line.own for line in item.lines)}
        assert {"S3.v0", "S5.g0", "S7.r1"} <= own


def test_nothing_is_accepted_before_somebody_says_whom_it_is_about(made: MadeSite, desk: InboxDesk) -> None:
    person = desk.register("24-017")
    with desk.officer() as here:
        before = here.people.person(person)
        staged = here.staging.staged(here.take(made.packet).received)
        assert [row.id for row in here.staging.alike(staged)] == [person]
        assert here.people.person(person) == before
        with pytest.raises(UserError, match="whom it is about") as refused:
            here.staging.accept(staged, ["S3.v0"])
        assert refused.value.field == "person"
        here.staging.match(staged, person)
        assert timeline(here).page(person) == ()
        with pytest.raises(UserError, match="not in this packet"):
            here.staging.accept(here.staging.staged(staged.row.id), ["S3.v0", "S9.c0"])
        assert timeline(here).page(person) == ()


def test_what_is_accepted_stands_with_its_origin_and_changes_no_word(made: MadeSite, desk: InboxDesk) -> None:
    person = desk.register("24-017")
    with desk.officer() as here:
        staged = here.staging.staged(here.take(made.packet).received)
        here.staging.match(staged, person)
        done = here.staging.accept(staged, ["S7.r0", "S2.c0", "S1.names", "S1.languages"])
        assert done.row.handled is Handled.IN_PART
        entries = timeline(here).page(person)
        assert [entry.part for entry in entries] == [Part.OUTSIDE] * 4
        shown = open_outside(here.desk, timeline(here), next(e.rid for e in entries if "Education" in e.preview))
        assert (shown.outside.number, shown.outside.site) == (sample.NUMBER, "Residence of the Three Wells")
        assert any(line.words == "Trying" for line in shown.outside.lines)
        progress = ProgressWords(here.desk, here.people, load_domains())
        assert progress.latest(person) == (), "a word from outside is read, and is no word of this desk"
        (condition,) = Conditions(here.desk, here.people, load_templates()).of_person(person)
        sent = staged.packet.sections.S2.conditions[0]  # type: ignore[union-attr]  # the sample has it
        assert condition.condition.text_official == sent.official.text
        assert condition.condition.question_raised == "What happens when the bus does not run?"
        details = here.people.person(person).details
        assert "Idriss Kadiri" in details.spellings
        assert {each.code for each in details.languages} >= {"dje", "fr"}
        assert [entry.rid for entry in timeline(here).search("lundi")], "it is found by its words"
        with pytest.raises(UserError, match="accepted already"):
            here.staging.accept(done, ["S7.r0"])
        left = here.staging.leave(done, ["S8.a0"])
        assert (left.was_left("S8.a0"), left.stands("S8.a0")) == (True, False)
        rest = here.staging.accept(left, left.open_items())
        assert rest.row.handled is Handled.IN_PART
        assert here.staging.accept(rest, ["S8.a0"]).row.handled is Handled.ACCEPTED
    for sign_in, sees in (("calm-harbour", 31), ("silver-reed", 31), ("plain-lantern", 0)):
        with desk.officer(sign_in) as here:
            parts = [entry.part for entry in timeline(here).page(person, limit=100)]
            assert parts.count(Part.OUTSIDE) == sees


def test_an_error_is_taken_back_by_the_hand_that_made_it(made: MadeSite, desk: InboxDesk) -> None:
    person = desk.register("24-017")
    with desk.officer() as here:
        staged = here.staging.staged(here.take(made.packet).received)
        here.staging.match(staged, person)
        done = here.staging.accept(staged, ["S6.helps"])
        entry = done.answers["S6.helps"].acceptance.entry
        with pytest.raises(UserError, match="choose another person"):
            here.staging.match(done, person)
        with pytest.raises(UserError, match="why"):
            here.staging.take_back(entry, " ")
    with desk.officer("quiet-orchard") as here, pytest.raises(UserError, match="Only who accepted"):
        here.staging.take_back(entry, "Not this person")
    with desk.officer() as here:
        here.staging.take_back(entry, "Not this person")
        again = here.staging.staged(staged.row.id)
        assert not again.stands("S6.helps")
        assert "S6.helps" in again.open_items()
        (struck,) = timeline(here).page(person)
        assert struck.struck
        with pytest.raises(UserError, match="already"):
            here.staging.take_back(entry, "Twice")
        here.staging.accept(again, ["S6.helps"])


def test_what_another_page_shows_still_is_judged_as_it_stands_now(made: MadeSite, desk: InboxDesk) -> None:
    person, other = desk.register("24-017"), desk.register("24-018")
    with desk.officer() as here:
        staged = here.staging.staged(here.take(made.packet).received)
        here.staging.match(staged, person)
        here.staging.accept(staged, ["S6.helps"])
        with pytest.raises(UserError, match="accepted already"):
            here.staging.accept(staged, ["S6.helps"])
        with pytest.raises(UserError, match="choose another person"):
            here.staging.match(staged, other)
        with pytest.raises(UserError, match="nothing to leave"):
            here.staging.leave(staged, ["S6.helps"])
        assert len(timeline(here).page(person)) == 1


def test_nothing_is_accepted_once_a_list_speaks_against_it(made: MadeSite, desk: InboxDesk) -> None:
    """Also from a page that was opened before the list came."""
    person = desk.register("24-017")
    with desk.officer() as here:
        staged = here.staging.staged(here.take(made.packet).received)
        here.staging.match(staged, person)
        desk.lists = [signed_list(made, WITHDRAWN, seq=2)]
        with pytest.raises(UserError, match="look at what the check says"):
            here.staging.accept(staged, ["S6.helps"])
        assert timeline(here).page(person) == ()


def test_a_new_person_comes_with_places_stage_and_lead(made: MadeSite, desk: InboxDesk) -> None:
    known = desk.register("24-017")
    with desk.officer() as here:
        staged = here.staging.staged(here.take(made.packet).received)
        details = PersonDetails(
            case_ref="26-101",
            display_alias="Idrissa K.",
            names=(PersonName(script=Script.LATIN, given="Idrissa", family="Kadri"),),
            sex=Sex.MALE,
            age_regime=AgeRegime.ADULT,
        )
        with pytest.raises(UserError, match="past"):
            here.staging.take_in(staged, details, arrival(on=TODAY + timedelta(days=1)))
        with pytest.raises(UserError, match="already in the register"):
            here.staging.take_in(staged, replace(details, case_ref="24-017"), arrival())
        person = here.staging.take_in(staged, details, arrival())
        row = here.inbox.row(staged.row.id)
        assert (row.person, row.handled) == (person, Handled.IN_PART)
        here_now, before = here.people.placements(person)
        assert (here_now.establishment, before.establishment) == (
            here.desk.settings().name,
            "Residence of the Three Wells",
        )
        assert here.people.caseload.own_cases() == {known, person}
        assert here.people.legal(person).dates.planned_release == date(2027, 1, 8)
        for again in (staged, here.staging.staged(row.id)):
            with pytest.raises(UserError, match="choose another person"):
                here.staging.take_in(again, replace(details, case_ref="26-102"), arrival())


def test_a_power_cut_between_taking_in_and_accepting_loses_and_invents_nothing(
    made: MadeSite, desk: InboxDesk, tmp_path: Path
) -> None:
    person = desk.register("24-017")
    with desk.officer() as here:
        received = here.take(made.packet).received
        here.staging.match(here.staging.staged(received), person)
        shutil.copytree(desk.folder, tmp_path / "cut")
        here.staging.accept(here.staging.staged(received), ["S6.helps", "S6.harder"])
        shutil.copytree(desk.folder, tmp_path / "after")
    for name, accepted in (("cut", 0), ("after", 2)):
        other = InboxDesk.at(tmp_path / name, desk)
        with other.officer() as here:
            staged = here.staging.staged(received)
            assert (staged.row.person, len(staged.answers)) == (person, accepted)
            assert len(timeline(here).page(person)) == accepted
            rids = [each.acceptance.entry for each in staged.answers.values()]
            assert all(here.desk.read(TEAM, rid) for rid in rids)


def test_a_moment_of_a_packet_is_said_by_the_clock_on_the_wall(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Asia/Karachi")
    time.tzset()
    try:
        assert without_isolates(moment(datetime(2026, 11, 24, 9, 0, tzinfo=UTC))) == "24 Nov 2026, 14:00"
    finally:
        monkeypatch.undo()
        time.tzset()
