"""Conferences on a real encrypted desk: states, chair and supervisor, who reads what, what waits for whom."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from rehabdesk.access.members_service import settings_record
from rehabdesk.access.service import Desk
from rehabdesk.core.errors import UserError
from rehabdesk.db.projection import TEAM
from rehabdesk.people.legal_model import Stage
from rehabdesk.people.service import People
from rehabdesk.plans.conferences.conference_model import AdditionKind, ConferenceState
from rehabdesk.plans.conferences.conference_parts_model import ActionStatus, KeptBack, PersonAttended
from rehabdesk.plans.conferences.conference_search_service import ConferenceSearch
from rehabdesk.plans.conferences.conference_typed_model import TypedMinutes
from rehabdesk.plans.conferences.conference_writing_service import MinutesWriting
from tests.all_roles import consent
from tests.people.cases import NOON, TODAY, details, legal
from tests.plans.cases import PlanDesk
from tests.plans.conferences import DISCUSSED, NGO, agree, conferences, hold, minutes, planned, uid_of

OFFICER, OTHER, PSY, STRANGER, CHAPLAIN, SUP, AUDITOR = (
    *("green-ferry", "quiet-orchard", "calm-harbour", "warm-bridge", "plain-lantern", "silver-reed", "north-window"),
)


def invite_chaplains(desk: Desk, on: bool = True) -> None:
    """What two people switch for the site."""
    desk.commit("site_settings", [settings_record(replace(desk.settings(), chaplain_conference_invitation=on))])


def test_from_the_plan_to_the_last_action(desk: PlanDesk, person: str) -> None:
    with desk.as_login(OFFICER) as login:
        work = conferences(login)
        rid = agree(work, person)
        assert work.reading.conference(rid).conference.state is ConferenceState.MINUTES_AGREED
    with desk.as_login(SUP) as login:
        supervisor = conferences(login)
        (waiting,) = supervisor.reading.to_approve()
        assert supervisor.approve(waiting.rid).conference.state is ConferenceState.ACTIONS_OPEN
        assert supervisor.reading.to_approve() == ()
    with desk.as_login(OFFICER) as login:
        work = conferences(login)
        (mine,) = work.reading.my_open_actions()
        assert (mine.action, mine.conference, mine.person) == ("a1", rid, person)
        assert work.mark(rid, "a1", ActionStatus.DONE).conference.state is ConferenceState.ACTIONS_OPEN
        closed = work.mark(rid, "a2", ActionStatus.NO_LONGER_NEEDED)
        assert closed.conference.state is ConferenceState.CLOSED
        assert work.reading.my_open_actions() == ()
        again = work.mark(rid, "a1", ActionStatus.OPEN)
        assert again.conference.state is ConferenceState.ACTIONS_OPEN
        assert len(work.reading.marks(rid)) == 3, "history keeps both marks"


def test_a_supervisor_in_the_chair_approves_by_agreeing(desk: PlanDesk, person: str) -> None:
    with desk.as_login(OFFICER) as login:
        work = conferences(login)
        rid = hold(work, person, chair=uid_of(login, SUP))
        work.lay(rid, minutes(), {})
        with pytest.raises(UserError, match="chair agrees"):
            work.agree(rid)
    with desk.as_login(SUP) as login:
        supervisor = conferences(login)
        assert [one.rid for one in supervisor.reading.to_agree()] == [rid]
        agreed = supervisor.agree(rid).conference
        assert agreed.state is ConferenceState.ACTIONS_OPEN
        assert agreed.approved_by == supervisor.me
        with pytest.raises(UserError):
            supervisor.approve(rid)


def test_a_conference_without_actions_closes_with_its_approval(desk: PlanDesk, person: str) -> None:
    with desk.as_login(OFFICER) as login:
        rid = agree(conferences(login), person, minutes(actions=()))
    with desk.as_login(SUP) as login:
        assert conferences(login).approve(rid).conference.state is ConferenceState.CLOSED


def test_what_is_agreed_is_only_added_to(desk: PlanDesk, person: str) -> None:
    with desk.as_login(OFFICER) as login:
        work = conferences(login)
        rid = agree(work, person)
        before = work.reading.conference(rid).conference
        deeds: list[Callable[[], object]] = [
            lambda: work.lay(rid, minutes(), {}),
            lambda: work.change(rid, planned(work.me)),
            lambda: work.name_chair(rid, uid_of(login, SUP)),
            lambda: work.cancel(rid, "no"),
            lambda: work.give_back(rid, "again"),
            lambda: work.agree(rid),
            lambda: work.hold(rid, (replace(NGO, attended=True),), PersonAttended.IN_PERSON),
        ]
        for deed in deeds:
            with pytest.raises(UserError):
                deed()
        work.add(rid, AdditionKind.CORRECTION, "The bus leaves at ten, not at nine.")
        work.add(rid, AdditionKind.PERSON_STATEMENT, "I said that I want to sew.")
        assert work.reading.conference(rid).conference == before
        kinds = [one.addition.kind for one in work.reading.additions(rid)]
        assert kinds == [AdditionKind.CORRECTION, AdditionKind.PERSON_STATEMENT]


def test_the_chair_gives_minutes_back_and_they_come_again(desk: PlanDesk, person: str) -> None:
    with desk.as_login(OFFICER) as login:
        work = conferences(login)
        rid = hold(work, person, chair=uid_of(login, SUP))
        work.lay(rid, minutes(work.me), {1: "Offers a room"})
        with pytest.raises(UserError, match="chair gives"):
            work.give_back(rid, "no")
    with desk.as_login(SUP) as login:
        with pytest.raises(UserError, match="what is to be changed"):
            conferences(login).give_back(rid, " ")
        conferences(login).give_back(rid, "Say who meets him.")
    with desk.as_login(OFFICER) as login:
        work = conferences(login)
        begun = MinutesWriting(login, work).start(rid)
        typed = begun.typed
        assert begun.draft is None
        assert typed.summary == DISCUSSED
        assert typed.contributions["1"] == "Offers a room"
        assert work.reading.conference(rid).conference.reason == "Say who meets him."
        again = MinutesWriting(login, work).lay(typed, None).conference
        assert again.minutes == minutes(work.me)


def test_typed_minutes_are_their_authors_alone_and_go_when_they_are_laid(desk: PlanDesk, person: str) -> None:
    with desk.as_login(OFFICER) as login:
        work = conferences(login)
        writing, rid = MinutesWriting(login, work), hold(work, person)
        draft = writing.keep(person, TypedMinutes(conference=rid, summary=DISCUSSED), None)
    with desk.as_login(OTHER) as login:
        other = MinutesWriting(login, conferences(login))
        assert other.drafts() == ()
        assert other.start(rid).typed.summary == ""
    with desk.as_login(OFFICER) as login:
        work = conferences(login)
        writing = MinutesWriting(login, work)
        begun = writing.start(rid)
        kept, typed = begun.draft, begun.typed
        assert (kept, typed.summary) == (draft, DISCUSSED), "a lock keeps what was typed"
        with pytest.raises(UserError, match="was decided"):
            writing.lay(typed, kept)
        assert writing.drafts(), "what was typed stays until it is laid"
        whole = replace(typed, nothing_decided=True, nothing_kept_back=True)
        writing.lay(whole, kept)
        assert writing.drafts() == ()
        with pytest.raises(UserError, match="until the chair has them"):
            writing.start(rid)


@pytest.mark.parametrize("reader", [PSY, SUP, AUDITOR, OTHER])
def test_the_team_reads_all_of_it(desk: PlanDesk, person: str, reader: str) -> None:
    with desk.as_login(OFFICER) as login:
        rid = agree(conferences(login), person)
    with desk.as_login(reader) as login:
        reading = conferences(login).reading
        (found,) = reading.of_person(person)
        assert found.rid == rid
        assert found.conference.minutes is not None
        assert found.conference.minutes.summary == DISCUSSED


@pytest.mark.parametrize("stranger", [STRANGER, CHAPLAIN])
def test_who_is_not_on_the_case_or_a_chaplain_reads_none(desk: PlanDesk, person: str, stranger: str) -> None:
    with desk.as_login(OFFICER) as login:
        rid = agree(conferences(login), person)
    with desk.as_login(stranger) as login:
        reading = conferences(login).reading
        looks: list[Callable[[], object]] = [
            lambda: reading.of_person(person),
            lambda: reading.conference(rid),
            lambda: reading.summary(rid),
            lambda: reading.executive_summary(person),
            lambda: reading.additions(rid),
            lambda: reading.exchanges(rid),
        ]
        for look in looks:
            with pytest.raises(UserError):
                look()
        assert reading.my_open_actions() == ()
        for word in ("lamplighter", "turnips", "registry"):
            rids = login.index(TEAM).match(word)
            assert (len(rids), ConferenceSearch(login, People(login)).found(TEAM, rids)) == (1, ())


@pytest.mark.parametrize("who", [PSY, SUP, AUDITOR, CHAPLAIN])
def test_only_a_case_officer_plans_holds_and_writes(desk: PlanDesk, person: str, who: str) -> None:
    with desk.as_login(OFFICER) as login:
        chair = uid_of(login, OFFICER)
        first = conferences(login).schedule(person, planned(chair)).rid
        second = hold(conferences(login), person)
    with desk.as_login(who) as login:
        work = conferences(login)
        deeds: list[Callable[[], object]] = [
            lambda: work.schedule(person, planned(chair)),
            lambda: work.change(first, planned(chair)),
            lambda: work.cancel(first, "no"),
            lambda: work.hold(first, (replace(NGO, attended=True),), PersonAttended.IN_PERSON),
            lambda: work.lay(second, minutes(), {}),
            lambda: work.agree(second),
        ]
        for deed in deeds:
            with pytest.raises(UserError):
                deed()
    with desk.as_login(OFFICER) as login:
        states = [one.conference.state for one in conferences(login).reading.of_person(person)]
        assert set(states) == {ConferenceState.SCHEDULED, ConferenceState.HELD}


def test_a_chaplain_is_invited_where_the_site_says_so_reads_the_summary_only_and_can_leave(
    desk: PlanDesk, person: str
) -> None:
    with desk.as_login(OFFICER) as login:
        work, chaplain = conferences(login), uid_of(login, CHAPLAIN)
        assert chaplain not in [card.uid for card in work.seats.can_sit()], "off by default"
        with pytest.raises(UserError, match="cannot be invited"):
            work.seats.invitation(chaplain)
        invite_chaplains(login)
        line = work.seats.invitation(chaplain)
        rid = agree(work, person, attendees=(NGO, line))
        never = agree(work, person)
    with desk.as_login(CHAPLAIN) as login:
        work = conferences(login)
        assert [(one.rid, one.agreed) for one in work.reading.invitations(person)] == [(rid, True)]
        summary = work.reading.summary(rid)
        assert summary.decisions == minutes().decisions
        assert DISCUSSED not in str(summary)
        for look in (lambda: work.reading.summary(never), lambda: work.reading.conference(rid)):
            with pytest.raises(UserError):
                look()
        with pytest.raises(UserError):
            work.withdraw_invitation(rid, uid_of(login, OFFICER))
        assert work.withdraw_invitation(rid, work.me) is None
        assert work.reading.invitations(person) == ()
        with pytest.raises(UserError):
            work.reading.summary(rid)


@pytest.mark.parametrize("assigned", [True, False])
def test_a_chaplain_sees_an_invitation_at_once_and_can_leave_before_the_conference(
    desk: PlanDesk, person: str, assigned: bool
) -> None:
    with desk.as_login(OFFICER) as login:
        invite_chaplains(login)
        work, chaplain = conferences(login), uid_of(login, CHAPLAIN)
        person = person if assigned else People(login).register(details("24-099"), legal(Stage.SENTENCED)).id
        line, coming = work.seats.invitation(chaplain), NOON + timedelta(days=3)
        rid = work.schedule(person, planned(work.me, at=coming, place="Room 2", attendees=(NGO, line))).rid
        never = work.schedule(person, planned(work.me, at=coming)).rid
        off = work.schedule(person, planned(work.me, at=coming, attendees=(line,))).rid
        work.cancel(off, "Lockdown")
    with desk.as_login(CHAPLAIN) as login:
        work = conferences(login)
        (seen,) = work.reading.invitations(person)
        assert (seen.rid, seen.at, seen.place, seen.agreed, seen.summary) == (rid, coming, "Room 2", False, None)
        assert work.reading.invitations_to_come() == (seen,)
        assert NGO.name not in str(seen)
        with pytest.raises(UserError, match="not there"):
            work.withdraw_invitation(never, work.me)
        assert work.withdraw_invitation(rid, work.me) is None
        assert work.reading.invitations(person) == work.reading.invitations_to_come() == ()
    with desk.as_login(OFFICER) as login:
        work = conferences(login)
        assert not work.reading.conference(rid).conference.invited(chaplain)
        assert work.reading.invitations(person) == (), "a chaplain's alone"


def test_an_invitation_that_was_taken_back_stays_so_when_the_time_moves(desk: PlanDesk, person: str) -> None:
    with desk.as_login(OFFICER) as login:
        invite_chaplains(login)
        work, chaplain = conferences(login), uid_of(login, CHAPLAIN)
        invited = planned(work.me, attendees=(NGO, work.seats.invitation(chaplain)))
        rid = work.schedule(person, invited).rid
        work.withdraw_invitation(rid, chaplain)
        moved = work.change(rid, planned(work.me, at=NOON + timedelta(days=9)))
        assert moved.conference.withdrawn == (chaplain,)
        assert not moved.conference.invited(chaplain)
        asked_again = work.change(rid, invited)
        assert asked_again.conference.invited(chaplain), "only where somebody ticks the name again"


def test_each_action_mark_is_read_by_whom_the_conference_is(desk: PlanDesk, person: str) -> None:
    with desk.as_login(OFFICER) as login:
        work = conferences(login)
        rid = agree(work, person)
        work.mark(rid, "a1", ActionStatus.DONE, words="Done on Monday.")
        assert [one.words for one in work.reading.marks(rid)] == ["Done on Monday."]
    with desk.as_login(CHAPLAIN) as login, pytest.raises(UserError):
        conferences(login).reading.marks(rid)


def test_a_contribution_that_cannot_be_kept_says_whose_it_is(desk: PlanDesk, person: str) -> None:
    with desk.as_login(OFFICER) as login:
        work = conferences(login)
        rid = hold(work, person)
        last = len(work.reading.conference(rid).conference.attendees) - 1
        with pytest.raises(UserError) as caught:
            work.lay(rid, minutes(), {last: "turned \u202e round"})
        assert caught.value.field == f"contribution.{last}"


def test_a_chaplain_reads_no_summary_once_the_site_switches_it_off(desk: PlanDesk, person: str) -> None:
    with desk.as_login(OFFICER) as login:
        invite_chaplains(login)
        work = conferences(login)
        rid = hold(work, person, attendees=(work.seats.invitation(uid_of(login, CHAPLAIN)),))
        invite_chaplains(login, on=False)
        work.lay(rid, minutes(), {})
        work.agree(rid)
    with desk.as_login(CHAPLAIN) as login:
        assert conferences(login).reading.invitations(person) == ()


def test_who_has_an_action_to_do_marks_it_and_nobody_elses(desk: PlanDesk, person: str) -> None:
    with desk.as_login(OFFICER) as login:
        work, psychologist = conferences(login), uid_of(login, PSY)
        rid = agree(work, person, minutes(psychologist))
    with desk.as_login(PSY) as login:
        work = conferences(login)
        assert [one.action for one in work.reading.my_open_actions()] == ["a1"]
        with pytest.raises(UserError, match="Whoever has"):
            work.mark(rid, "a2", ActionStatus.DONE)
        work.mark(rid, "a1", ActionStatus.DONE, words="Done on Monday.")
        with pytest.raises(UserError, match="marked so already"):
            work.mark(rid, "a1", ActionStatus.DONE)
    for who in (AUDITOR, SUP):
        with desk.as_login(who) as login, pytest.raises(UserError):
            conferences(login).mark(rid, "a1", ActionStatus.OPEN)


def test_nobody_has_to_do_what_is_not_agreed(desk: PlanDesk, person: str) -> None:
    with desk.as_login(OFFICER) as login:
        work = conferences(login)
        rid = hold(work, person)
        work.lay(rid, minutes(work.me), {})
        assert work.reading.my_open_actions() == ()
        with pytest.raises(UserError, match="once the minutes are agreed"):
            work.mark(rid, "a1", ActionStatus.DONE)
        with pytest.raises(UserError, match="once the minutes are agreed"):
            work.reading.summary(rid)


def test_a_summary_goes_by_consent_only_while_that_consent_stands(desk: PlanDesk, person: str) -> None:
    with desk.as_login(OFFICER) as login:
        work, consents = conferences(login), People(login).consents
        rid = agree(work, person)
        given = consents.record(person, consent())
        exchange, _paper = work.giving.summary_for(rid, "sewing  shop, market street", "consent")
        with pytest.raises(UserError) as refused:
            work.giving.summary_for(rid, "Shoe shop", "consent")
        assert refused.value.field == "basis"
        consents.withdraw(given.id, on=TODAY)
        for late in (
            lambda: work.giving.give_summary(exchange),
            lambda: work.giving.summary_for(rid, "Sewing shop", "consent"),
        ):
            with pytest.raises(UserError, match="No consent to share"):
                late()
        assert work.reading.exchanges(rid) == ()
        assert work.giving.summary_for(rid, "Sewing shop", "court_order")[0].basis == "court_order"


def test_a_refusal_and_a_summary_given_are_kept_with_the_conference(desk: PlanDesk, person: str) -> None:
    kept = KeptBack(what="Minutes", agency="Prison", reason="source_agency", asked_by="A newspaper")
    with desk.as_login(OFFICER) as login:
        work = conferences(login)
        rid = agree(work, person)
        giving = work.giving
        giving.refuse(rid, kept)
        with pytest.raises(UserError, match="Say who asked"):
            giving.refuse(rid, replace(kept, asked_by=""))
        with pytest.raises(UserError, match="Choose one of the answers"):
            giving.refuse(rid, replace(kept, reason="because"))
        exchange, paper = giving.summary_for(rid, "Probation office of the river district", "supervision_law")
        assert paper().startswith(b"%PDF")
        for wrong, sentence in {
            ("Office \U0001f3db", "court_order", ""): "cannot be printed",
            ("Office", "", ""): "Choose the legal basis",
            ("Office", "consent", ""): "No consent to share with this recipient stands",
            ("Office", "because", ""): "Choose one of the answers",
            ("Office", "other", " "): "which legal basis",
            ("Office", "other", "x" * 201): "too long",
        }.items():
            with pytest.raises(UserError, match=sentence):
                giving.summary_for(rid, *wrong)
        assert len(work.reading.exchanges(rid)) == 1, "nothing is recorded before the pages leave"
        giving.give_summary(exchange)
        first, second = work.reading.exchanges(rid)
        assert first.exchange.refused == kept
        assert second.exchange.given is not None
        assert second.exchange.given.to == "Probation office of the river district"
        assert second.exchange.basis == "supervision_law"
    with desk.as_login(PSY) as login, pytest.raises(UserError):
        conferences(login).giving.give_summary(exchange)


def test_the_latest_agreed_conference_is_the_one_of_a_packet(desk: PlanDesk, person: str) -> None:
    with desk.as_login(OFFICER) as login:
        work = conferences(login)
        assert work.reading.executive_summary(person) is None
        agree(work, person, minutes(decisions=("Older",)), at=NOON - timedelta(days=9))
        agree(work, person, minutes(decisions=("Newer",)), at=NOON - timedelta(days=2))
        hold(work, person)
        cancelled = work.schedule(person, planned(work.me, at=NOON - timedelta(hours=1))).rid
        assert work.cancel(cancelled, "Lockdown").conference.cancelled
        summary = work.reading.executive_summary(person)
        assert summary is not None
        assert summary.decisions == ("Newer",)
        assert [each.owner for each in summary.actions] == ["The embassy", "River House"]


def test_who_planned_a_conference_is_reminded_of_it_until_the_minutes_lie_before_the_chair(
    desk: PlanDesk, person: str
) -> None:
    with desk.as_login(OFFICER) as login:
        work = conferences(login)
        work.schedule(person, planned(work.me, at=NOON + timedelta(days=2)))
        rid = work.schedule(person, planned(uid_of(login, SUP))).rid
        assert [one.rid for one in work.reading.to_write()] == [rid], "what lies ahead needs nothing yet"
        work.hold(rid, (replace(NGO, attended=True),), PersonAttended.IN_PERSON)
        assert [one.rid for one in work.reading.to_write()] == [rid]
        work.lay(rid, minutes(), {})
        assert work.reading.to_write() == ()
        ahead = work.reading.of_person(person)[0].rid
        with pytest.raises(UserError, match="lies in the future"):
            work.hold(ahead, (replace(NGO, attended=True),), PersonAttended.IN_PERSON)
    with desk.as_login(OTHER) as login:
        assert conferences(login).reading.to_write() == ()


def test_a_conference_whose_chair_left_gets_another(desk: PlanDesk, person: str) -> None:
    with desk.as_login(OFFICER) as login:
        work = conferences(login)
        rid = hold(work, person, chair=uid_of(login, OTHER))
        work.lay(rid, minutes(), {})
        with pytest.raises(UserError, match="Ask a supervisor"):
            work.name_chair(rid, work.me)  # the chair is there: nobody agrees minutes in the place of the chair
    with desk.as_login(SUP) as login:
        work = conferences(login)
        with pytest.raises(UserError, match="case officer or a supervisor"):
            work.name_chair(rid, uid_of(login, PSY))
        work.name_chair(rid, work.me)
        work.agree(rid)


def test_indexes_built_anew_say_the_same(desk: PlanDesk, person: str) -> None:
    with desk.as_login(OFFICER) as login:
        work = conferences(login)
        rid = agree(work, person)
        work.mark(rid, "a1", ActionStatus.DONE)
        work.add(rid, AdditionKind.ADDITION, "More.")
        before = (work.reading.conference(rid), work.reading.statuses(rid), work.reading.additions(rid))
    desk.drop_indexes()
    with desk.as_login(OFFICER) as login:
        reading = conferences(login).reading
        assert (reading.conference(rid), reading.statuses(rid), reading.additions(rid)) == before
