"""What the builder says by itself: everything that is missing at once, earlier packets, habits, wishes, a next step."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from pytestqt.qtbot import QtBot

from rehabdesk.audit.deeds_model import known_deeds
from rehabdesk.core.errors import UserError
from rehabdesk.handover.collecting.next_step_model import NONE, chosen_step, code_of
from rehabdesk.handover.collecting.next_step_service import next_steps
from rehabdesk.handover.collecting.site_words_model import SiteWords
from rehabdesk.handover.collecting.site_words_service import CheckWords
from rehabdesk.handover.content.language_model import language_in
from rehabdesk.handover.content.profile_model import ProfileCode
from rehabdesk.handover.making import making_service as making
from rehabdesk.handover.making.team_before_service import Earlier, Habit
from rehabdesk.handover.making.typed_model import TypedPacket, unanswered, unwritten
from rehabdesk.handover.making.view.packet_builder import CONTENTS, PacketBuilder
from rehabdesk.handover.making.view.recipient_step import RecipientStep
from rehabdesk.people.consent_model import ConsentDetails, ConsentMethod, ConsentPurpose, ConsentStatus
from rehabdesk.plans.model import Actor, Goal, Horizon, Plan, Step, VersionState
from rehabdesk.plans.programmes.intervention_model import Intervention, Kind, Participation
from rehabdesk.ui.page import Route
from tests.handover.packet_window import Hand, PacketDesk
from tests.handover.workplace import TEAM, Signed
from tests.people.cases import TODAY, details, legal


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> PacketDesk:
    return PacketDesk(tmp_path_factory.mktemp("words"))


@pytest.fixture
def officer(desk: PacketDesk) -> Iterator[Signed]:
    with desk.open("green-ferry") as signed:
        yield signed


def test_everything_that_is_missing_is_said_at_once_in_the_order_of_the_page() -> None:
    fields = [problem.field for problem in unanswered(TypedPacket(told="no", copy="not_safe"))]
    assert fields == [
        *("team", "audience", "recipient", "recipient_role", "purpose", "basis", "expires", "countersigners"),
        *("not_told_because", "copy_because"),
    ]
    express = TypedPacket(profile=ProfileCode.EXPRESS.value)
    assert {"one_signature", "told"} <= {problem.field for problem in unanswered(express)}
    written = [problem.field for problem in unwritten(TypedPacket(), own_page=False)]
    assert written == [
        *("V1", "contact_preference", "first_night", "link_name", "link_phone", "return_channel", "no_alert"),
    ]
    assert "V1" not in [problem.field for problem in unwritten(TypedPacket(), own_page=True)]


def test_a_team_is_written_to_as_before_and_what_it_holds_is_named(desk: PacketDesk, officer: Signed) -> None:
    preparing, team = desk.preparing(officer), officer.trust.teams.team("T-RIVER")
    first = preparing.addressees(desk.person, ()).habit(team)
    assert (first.language, first.number) == ("en", "")
    assert preparing.addressees(desk.person, ()).habit(replace(team, country="NE")).language == "fr"
    assert [language_in(country) for country in ("MA", "SN", "TD", "CM", "", "A")] == ["ar", "fr", "fr", "", "", ""]
    typed = desk.typed(language="fr", recipient="Ilyas Moro", recipient_role="agent")
    draft = preparing.keep(desk.person, typed, None)
    to_lay, hits = preparing.assemble(desk.person, typed, draft)
    pages, ticked = making.lay(to_lay), tuple(hit.id for hit in hits)
    assert making.section_pages(pages.prepared)["S1"] <= making.section_pages(pages.prepared)["S13"]
    signing = preparing.allow_signature(pages, ticked, desk.site.keys("green-ferry"))
    number = preparing.keep_signed(pages, signing, making.sign(signing), ticked)
    assert preparing.addressees(desk.person, ()).earlier == {}, "what has not left is not in anybody's hands"
    habit = preparing.addressees(desk.person, ()).habit(team)
    found = (habit.language, habit.audience, habit.recipient, habit.role, habit.number)
    assert found == ("fr", "supervision", "Ilyas Moro", "agent", number)


def test_the_wish_of_the_person_stands_where_sections_are_chosen(desk: PacketDesk, officer: Signed) -> None:
    wish = ConsentDetails(
        purpose=ConsentPurpose.SHARE_WITH_NAMED_ORG,
        status=ConsentStatus.GIVEN,
        scope="What the team needs",
        recipient=TEAM.org,
        withheld="Nothing about my brother.",
        explained_in="fr",
        method=ConsentMethod.THUMBPRINT,
        given_on=TODAY,
    )
    officer.people.consents.record(desk.person, wish)
    contents = desk.preparing(officer).contents.of(desk.person, desk.typed())
    assert contents.asked == ("Nothing about my brother.",)


def test_what_is_recorded_first_is_said_as_the_step_opens(desk: PacketDesk, officer: Signed, qtbot: QtBot) -> None:
    assert desk.preparing(officer).contents.of(desk.person, desk.typed()).missing is None
    person = officer.people.register(details("24-018"), legal()).id
    draft = officer.packets.drafts.keep_typed(person, desk.typed())
    hand = Hand(qtbot)
    page = PacketBuilder(
        hand.kit, desk.preparing(officer), person, draft, name="B.", supervisors=(), prove=desk.keys("green-ferry")
    )
    hand.show(page)
    page._go_to(CONTENTS)
    assert "Record the day and the way of release first." in hand.words(page)
    hand.press(page, "Open the legal stage")
    hand.press(page, "Write the own page")
    assert hand.gone == [
        Route(name="legal", person=person),
        Route(name="note", person=person, id="form:voice_statement"),
    ]
    assert [found for found, _, _ in officer.packets.drafts.typed(person)] == [draft]
    hand.close()


def test_the_site_adds_words_which_count_at_once_and_are_taken_back(desk: PacketDesk) -> None:
    with desk.open("green-ferry") as officer:
        with pytest.raises(UserError, match="administrator"):
            CheckWords(officer.desk).keep({"en": "wallflower"})
        assert found(officer, desk, "He met the Wallflowers.") == []
    with desk.open("amber-kite") as adm:
        words = CheckWords(adm.desk)
        assert words.own == SiteWords()
        assert words.changes() == ()
        assert words.keep({"en": "wallflower\nvictim", "ar": "• كتيبة"}) == 1
        with pytest.raises(UserError, match="Nothing is new"):
            words.keep({"en": "WALLFLOWER", "ar": "كتيبه"})
        (change,) = words.changes()
        assert (change.added, change.removed) == (("wallflower", "كتيبة"), ())
    for file in desk.site.folder.glob("idx-*"):
        file.unlink()
    with desk.open("green-ferry") as officer:
        assert found(officer, desk, "He met the Wallflowers.") == ["Wallflowers"]
        assert found(officer, desk, "قائد الكتيبة") == ["الكتيبه"]
    with desk.open("amber-kite") as adm:
        words = CheckWords(adm.desk)
        words.put_back(SiteWords())
        assert words.changes()[0].removed == ("wallflower", "كتيبة")
        assert "content_check_words" in known_deeds()
    with desk.open("green-ferry") as officer:
        assert found(officer, desk, "He met the Wallflowers.") == []


def found(officer: Signed, desk: PacketDesk, words: str) -> list[str]:
    typed = desk.typed(purpose=words)
    _, hits = desk.preparing(officer).assemble(desk.person, typed, "a draft")
    return [hit.found for hit in hits if hit.where == "purpose"]


def goal(goal_id: str, *steps: Step, **changes: object) -> Goal:
    made = Goal(id=goal_id, domain="PD-7", wording="I learn a trade.", steps=steps)
    return replace(made, **changes)  # type: ignore[arg-type]  # any field of it


def test_a_next_step_comes_from_the_plan_or_a_planned_course_and_is_chosen() -> None:
    after = date(2027, 1, 8)
    late, early = after + timedelta(days=30), after + timedelta(days=3)
    plan = Plan(
        plan="p",
        version=1,
        state=VersionState.ACTIVE,
        horizon=Horizon.RELEASE,
        strengths="Patience.",
        review_due=None,
        goals=(
            goal("g1", Step(id="s1", text="Ask at the workshop.", actor=Actor.EXTERNAL, due=late)),
            goal("g2", Step(id="s2", text="Inside only.", actor=Actor.PERSON, due=late), shareable=False),
            goal("g3", Step(id="s3", text="Something else.", actor=Actor.PERSON, due=late), domain="PD-5"),
            goal("g4", Step(id="s4", text="Before the gate.", actor=Actor.PERSON, due=after - timedelta(days=1))),
        ),
    )
    course = Intervention(
        catalogue="x", kind=Kind.EDUCATION, participation=Participation.VOLUNTARY, provider="Town school", start=early
    )
    found = next_steps(plan, [course], lambda _one: "Evening course", after=after, language="en")
    assert [(step.what.text, step.with_, step.date_) for step in found] == [
        ("Evening course", "Town school", early),
        ("Ask at the workshop.", "Somebody outside", late),
    ]
    assert chosen_step(found, "") == found[0]
    assert chosen_step(found, code_of(found[1])) == found[1]
    assert chosen_step(found, NONE) is None
    assert chosen_step((), "") is None
    with pytest.raises(UserError, match="Choose it again") as refused:
        chosen_step(found[:1], code_of(found[1]))
    assert refused.value.field == "next_step"


def test_what_was_filled_in_for_one_team_does_not_stay_for_another(
    qtbot: QtBot, desk: PacketDesk, officer: Signed
) -> None:
    hand = Hand(qtbot)
    river = officer.trust.teams.team("T-RIVER")
    other, third = replace(river, id="T-OTHER"), replace(river, id="T-THIRD")
    habits = {
        "T-RIVER": Habit(language="fr", audience="ngo", recipient="Marième Sow", role="mentor", number="RD-1"),
        "T-OTHER": Habit(language="ar"),
        "T-THIRD": Habit(language="en", audience="guardian", recipient="Ilyas Moro", role="agent", number="RD-2"),
    }
    held = {"T-THIRD": [Earlier(id="a packet", number="RD-2", issued=TODAY)]}
    to = desk.preparing(officer).addressees(desk.person, ())
    to = replace(to, teams=[river, other, third], habit=lambda team: habits[team.id], earlier=held)
    step = RecipientStep(hand.kit, TypedPacket(), to, "Idrissa K.")
    qtbot.addWidget(step)
    said = []
    for team in habits:
        step._team.choose(team)
        typed = step.take_into(TypedPacket())
        said.append((typed.language, typed.audience, typed.recipient, typed.recipient_role, typed.replaces))
    assert said == [
        ("fr", "ngo", "Marième Sow", "mentor", ()),
        ("ar", "", "", "", ()),
        ("en", "", "Ilyas Moro", "agent", ()),  # an audience that this person has not is not chosen
    ]
    step._replaces._box.setChecked(True)
    step._recipient.setText("Somebody else")
    step._language.choose("ar")
    assert step.take_into(TypedPacket()).replaces == ("a packet",)
    step._team.choose("T-RIVER")
    typed = step.take_into(TypedPacket())
    assert (typed.language, typed.recipient, typed.recipient_role) == ("ar", "Somebody else", "mentor")
    assert typed.replaces == ()
    hand.close()
