"""Safety alerts on a real desk: who raises, who sees, who closes, and how long one may wait for its review."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from rehabdesk.core.errors import NoKey, UserError
from rehabdesk.db.projection import PROTECTED, TEAM
from rehabdesk.notes.alerts.alert_model import AlertKind, AlertState, AtRisk, Result, TypedAlert, kinds_called_for
from rehabdesk.notes.model import Part
from tests.notes.alert_desk import (
    ADM,
    AUD,
    CHA,
    CO,
    CSUP,
    FAC,
    NAMED,
    OTHER_PSY,
    PSY,
    SUP,
    THREAT,
    TOLD,
    AlertDesk,
    of,
)
from tests.notes.sessions import SESSION, services
from tests.notes.test_service import deeds
from tests.people.cases import NOON


@pytest.fixture
def desk(tmp_path: Path) -> AlertDesk:
    return AlertDesk(tmp_path)


def told(desk: AlertDesk, person: str, typed: TypedAlert = THREAT, by: str = CO) -> str:
    with desk.as_login(by) as opened:
        now = opened.clock.now()
        return of(opened).alerts.tell(replace(typed, told_at=now, review_by=now + timedelta(hours=72)), person)


@pytest.mark.parametrize("writer", [PSY, CSUP, CHA, CO, SUP, AUD])
def test_everybody_who_sees_people_raises_an_alert_about_anybody(desk: AlertDesk, writer: str) -> None:
    person = desk.register()
    rid = told(desk, person, by=writer)
    for reader in (PSY, OTHER_PSY, CSUP, CHA, CO, SUP, AUD):
        with desk.as_login(reader) as opened:
            alerts = of(opened).alerts
            (row,) = alerts.live_of(person)
            assert (row.rid, row.kind, row.state(NOON)) == (rid, AlertKind.THREAT_TO_PERSON, AlertState.LIVE)
            assert alerts.open(rid).alert.facts == THREAT.facts
            entries = services(opened).notes.timeline.page(person)
            assert [(entry.part, entry.preview) for entry in entries] == [(Part.ALERT, THREAT.facts)]


def test_a_facilitator_writes_whom_it_is_about_and_the_team_finds_it(desk: AlertDesk) -> None:
    person = desk.register("24-017")
    with desk.as_login(FAC) as opened:
        with pytest.raises(UserError, match="not in the register"):
            of(opened).alerts.tell(THREAT, person)
        rid = of(opened).alerts.tell(replace(THREAT, about="24-017"), None)
    with desk.as_login(CO) as opened:
        assert [row.rid for row in of(opened).alerts.live_of(person)] == [rid]


def test_an_administrator_raises_one_by_a_letter_that_the_team_opens(desk: AlertDesk) -> None:
    person = desk.register("24-017")
    with desk.as_login(ADM) as opened:
        alerts = of(opened).alerts
        with pytest.raises(UserError) as refused:
            alerts.tell(THREAT, None)
        assert refused.value.field == "person"
        rid = alerts.tell(replace(THREAT, about=" 24-017 "), None)
        with pytest.raises(NoKey):
            alerts.open(rid)
    with desk.as_login(SUP) as opened:
        (row,) = of(opened).alerts.live_of(person)
        assert (row.rid, row.person_id, row.about) == (rid, None, "24-017")
        assert of(opened).alerts.live_for_me() == (row,)
        assert of(opened).alerts.open(rid).alert.about == "24-017"
        assert [deed for deed, comp, _ in deeds(opened) if comp == TEAM][-1] == "read", "letters are read with an entry"
        of(opened).alerts.close(rid, "Moved to another house.")
        assert of(opened).alerts.live_of(person) == ()


def test_a_facilitator_and_an_administrator_are_shown_none(desk: AlertDesk) -> None:
    person = desk.register()
    rid = told(desk, person)
    with desk.as_login(FAC) as opened:
        alerts = of(opened).alerts
        assert (alerts.live_of(person), alerts.live_for_me()) == ((), ())
        with pytest.raises(UserError):
            alerts.open(rid)
        assert ("refused", TEAM) in [(deed, comp) for deed, comp, _ in deeds(opened)]
    with desk.as_login(ADM) as opened:
        assert of(opened).alerts.live_for_me() == ()


def test_own_days_show_what_is_ones_business(desk: AlertDesk) -> None:
    person = desk.register()
    told(desk, person)
    shown = {}
    for reader in (PSY, OTHER_PSY, CSUP, CHA, CO, SUP, FAC):
        with desk.as_login(reader) as opened:
            shown[reader] = len(of(opened).alerts.live_for_me())
    assert shown == {PSY: 1, OTHER_PSY: 0, CSUP: 1, CHA: 1, CO: 1, SUP: 1, FAC: 0}


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"facts": "  "}, "facts"),
        ({"facts": "x" * 401}, "facts"),
        ({"facts": "half \ud800"}, "facts"),
        ({"facts": "turned \u202e round"}, "facts"),
        ({"kind": ""}, "kind"),
        ({"at_risk": ""}, "at_risk"),
        ({"did": ""}, "did"),
        ({"did": "x" * 1_000_000}, "did"),
        ({"told_who": ""}, "told_who"),
        ({"told_how": ""}, "told_how"),
        ({"told_at": None}, "told_at"),
        ({"told_at": NOON + timedelta(hours=2)}, "told_at"),
        ({"review_by": None}, "review"),
        ({"review_by": NOON - timedelta(minutes=1)}, "review"),
        ({"review_by": NOON + timedelta(hours=72, minutes=2)}, "review"),
        ({"at_risk": "named_person", "named": ""}, "named"),
        ({"at_risk": "named_person", "named": "Hale"}, "told_who"),
        ({"at_risk": "named_person", "named": "two men"}, "facts"),
    ],
)
def test_what_cannot_be_is_said_by_its_field(desk: AlertDesk, change: dict[str, object], field: str) -> None:
    person = desk.register()
    desk.clock.set(NOON)
    with desk.as_login(CO) as opened:
        alerts = of(opened).alerts
        with pytest.raises(UserError) as refused:
            alerts.tell(replace(THREAT, **change), person)  # type: ignore[arg-type]  # one field of any type
        assert refused.value.field == field
        assert alerts.live_of(person) == ()


def test_nobody_in_the_register_is_a_mistake_that_is_said(desk: AlertDesk) -> None:
    with desk.as_login(CO) as opened, pytest.raises(UserError) as refused:
        of(opened).alerts.tell(THREAT, None)
    assert refused.value.field == "person"


def test_the_name_of_the_one_at_risk_is_kept_with_the_safeguarding_lead(desk: AlertDesk) -> None:
    person = desk.register()
    rid = told(desk, person, NAMED)
    with desk.as_login(CO) as opened:
        held = of(opened).alerts.open(rid)
        assert held.alert.at_risk is AtRisk.NAMED_PERSON
        assert not held.name_kept
        with pytest.raises(UserError):
            of(opened).alerts.name_at_risk(rid)
        rows = opened.index(TEAM).rows("SELECT preview FROM notes_entry")
        assert "Quillfeather" not in str(rows)
    with desk.as_login(PSY) as opened:
        assert not of(opened).alerts.open(rid).name_kept, "a key is not a reason"


def test_its_writer_reads_the_name_again_and_that_is_logged(desk: AlertDesk) -> None:
    person = desk.register()
    rid = told(desk, person, NAMED, by=PSY)
    with desk.as_login(PSY) as opened:
        assert of(opened).alerts.open(rid).name_kept
        assert of(opened).alerts.name_at_risk(rid) == "Yaya Quillfeather"
        assert [(deed, comp) for deed, comp, _ in deeds(opened)][-1] == ("read", PROTECTED)


def test_a_review_keeps_it_live_for_at_most_three_days_more(desk: AlertDesk) -> None:
    person = desk.register()
    rid = told(desk, person)
    desk.clock.advance(timedelta(hours=73))
    with desk.as_login(SUP) as opened:
        alerts, now = of(opened).alerts, opened.clock.now()
        (row,) = alerts.live_of(person)
        assert row.state(now) is AlertState.REVIEW_DUE
        for following, field in ((now + timedelta(hours=73), "review"), (now, "review"), (None, "review")):
            with pytest.raises(UserError) as refused:
                alerts.review(rid, "Looked at.", following)
            assert refused.value.field == field
        alerts.review(rid, "Still waiting at the gate.", now + timedelta(hours=24))
        (row,) = alerts.live_of(person)
        assert (row.review_by, row.state(now)) == (now + timedelta(hours=24), AlertState.LIVE)
        assert [each.outcome.result for each in alerts.open(rid).outcomes] == [Result.REVIEWED]


@pytest.mark.parametrize(("who", "may"), [(CO, True), (SUP, True), (PSY, False), (CSUP, False), (CHA, False)])
def test_author_and_supervisor_close_it_with_words(desk: AlertDesk, who: str, may: bool) -> None:
    person = desk.register()
    rid = told(desk, person)
    with desk.as_login(who) as opened:
        alerts = of(opened).alerts
        assert alerts.may_end(alerts.live_of(person)[0]) is may
        if not may:
            with pytest.raises(UserError):
                alerts.close(rid, "Over.")
            return
        with pytest.raises(UserError) as refused:
            alerts.close(rid, " ")
        assert refused.value.field == "words"
        alerts.close(rid, "The men were arrested.")
        assert (alerts.live_of(person), alerts.live_for_me()) == ((), ())
        assert alerts.open(rid).row.state(NOON) is AlertState.CLOSED
        with pytest.raises(UserError):
            alerts.close(rid, "Twice.")


def test_an_outcome_that_somebody_else_slipped_in_counts_for_nothing(desk: AlertDesk) -> None:
    """A colleague with the team's key and other tools."""
    from rehabdesk.core.payload import to_payload
    from rehabdesk.db.projection import NewRecord
    from rehabdesk.notes.alerts.alert_model import Outcome

    person = desk.register()
    rid = told(desk, person)
    with desk.as_login(PSY) as opened:
        payload = to_payload(Outcome(alert=rid, result=Result.CLOSED, words="Nothing to see."))
        slip = NewRecord(comp=TEAM, kind="alert_outcome", pv=1, person=person, payload=payload)
        opened.commit("alert_outcome", [slip])
        assert len(of(opened).alerts.live_of(person)) == 1
        assert of(opened).alerts.open(rid).outcomes == ()


def test_a_chaplains_answer_carries_nothing_of_the_note_and_a_psychologists_the_kinds() -> None:
    danger = {**dict.fromkeys(("ending_life", "self_injury", "ill_treatment"), "yes"), "acute_illness": "no"}
    assert kinds_called_for({"psy.P10": danger}) == (AlertKind.SELF_HARM, AlertKind.ILL_TREATMENT)
    assert kinds_called_for({"cha.C8": "yes"}) == ()
    assert kinds_called_for({**SESSION}) == ()


def test_what_is_live_may_go_into_a_packet_without_any_name(desk: AlertDesk) -> None:
    person = desk.register()
    told(desk, person, NAMED)
    closed = told(desk, person)
    with desk.as_login(PSY) as opened:
        of(opened).letters.hand_over(replace(TOLD, told_at=opened.clock.now()), person)
    with desk.as_login(CO) as opened:
        alerts = of(opened).alerts
        alerts.close(closed, "Over.")
        (matter,) = alerts.live_for_packet(person)
        assert (matter.kind, matter.at_risk) == (AlertKind.HARM_TO_OTHER, AtRisk.NAMED_PERSON)
        assert "Quillfeather" not in str(matter)


def test_a_draft_is_kept_over_a_lock_for_its_author_alone(desk: AlertDesk) -> None:
    person = desk.register()
    half = TypedAlert(facts="Two men of his for", kind="threat_to_person", told_at=NOON)
    with desk.as_login(CHA) as opened:
        draft = of(opened).alerts.save_draft(half, person, None)
        of(opened).alerts.save_draft(replace(half, did="Told the"), person, draft)
    with desk.as_login(CO) as opened:
        assert of(opened).alerts.drafts() == ()
    with desk.as_login(CHA) as opened:
        (kept,) = of(opened).alerts.drafts()
        assert (kept.id, kept.person_id, kept.typed) == (draft, person, replace(half, did="Told the"))
        now = opened.clock.now()
        of(opened).alerts.tell(replace(THREAT, told_at=now, review_by=now + timedelta(hours=1)), person, draft)
        assert of(opened).alerts.drafts() == ()
