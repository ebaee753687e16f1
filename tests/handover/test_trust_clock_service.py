"""The clock before a signature: never before what is known to have happened, and a long jump is asked about."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from rehabdesk.access.members_service import settings_record
from rehabdesk.core.errors import UserError
from rehabdesk.handover import wire
from rehabdesk.handover.after.status_list_service import StatusLists
from rehabdesk.handover.checking.brought_model import Brought, BroughtKind
from rehabdesk.handover.checking.verdict_model import State
from rehabdesk.handover.trust.own_team_service import OwnTeam
from rehabdesk.seals.cards import sign_card
from tests.handover.made import MadeSite
from tests.handover.test_brought import listed
from tests.handover.workplace import Workplace


def test_a_clock_that_was_set_back_signs_nothing(founded: Workplace) -> None:
    with founded.open("silver-reed") as supervisor:
        supervisor.trust.clock.require()
    founded.clock.set(founded.clock.now() - timedelta(hours=2))
    with founded.open("silver-reed") as supervisor:
        with pytest.raises(UserError, match="before the last entry"):
            supervisor.trust.clock.require()
        with pytest.raises(UserError, match="before the last entry"):
            supervisor.trust.authority.renew_card(contact="Night desk")
        with pytest.raises(UserError, match="before the last entry"):
            supervisor.trust.authority.renew_list(founded.site.keys("amber-kite"))


def test_unlocking_again_does_not_make_the_clock_right(founded: Workplace) -> None:
    """Neither for who was there when it was set back, nor for anybody else, with pins or without."""
    founded.clock.advance(timedelta(days=30))  # no list and no signature since
    with founded.open("green-ferry") as officer:
        officer.trust.clock.require()
    right = founded.clock.now()
    founded.clock.set(right - timedelta(days=20))
    for sign_in in ("silver-reed", "silver-reed", "green-ferry", "silver-reed"):
        with founded.open(sign_in) as here, pytest.raises(UserError, match="before the last entry"):
            here.trust.clock.require()
    for kept in (founded.site.folder, founded.site.profile):
        for pin in kept.rglob("*.pin"):
            pin.unlink()
    with founded.open("silver-reed") as supervisor, pytest.raises(UserError, match="before the last entry"):
        supervisor.trust.clock.require()
    founded.clock.set(right + timedelta(minutes=1))
    with founded.open("silver-reed") as supervisor:
        supervisor.trust.clock.require()


def test_a_session_of_many_entries_forgets_nothing(founded: Workplace) -> None:
    with founded.open("amber-kite") as adm:
        founded.clock.advance(timedelta(days=2))
        adm.desk.commit("site_settings", [settings_record(adm.desk.settings())] * 1_001)
        founded.clock.set(founded.clock.now() - timedelta(days=1))
        with pytest.raises(UserError, match="before the last entry"):
            adm.trust.clock.require()


def test_a_clock_that_was_years_ahead_for_a_while_locks_nothing(founded: Workplace) -> None:
    right = founded.clock.now()
    founded.clock.set(right + timedelta(days=36 * 365))
    for sign_in in ("silver-reed", "green-ferry", "silver-reed"):
        with founded.open(sign_in) as here:
            assert here.trust.clock.has_jumped(), "nobody has said yet that it is right"
    founded.clock.set(right + timedelta(minutes=1))
    for _ in range(2):
        with founded.open("silver-reed") as supervisor:
            supervisor.trust.clock.require()


@pytest.mark.parametrize("sign_in", ["silver-reed", "green-ferry"])
def test_every_key_that_signs_for_others_is_given_out_behind_the_clock(founded: Workplace, sign_in: str) -> None:
    """Packets and annexes, status lists and cards, receipts and feedback, certificates and lists of the root."""
    with founded.open("silver-reed") as supervisor:
        OwnTeam(supervisor.desk).found()
    with founded.open("green-ferry") as officer:
        OwnTeam(officer.desk).receipt_key()
    founded.clock.set(founded.clock.now() - timedelta(hours=2))
    with founded.open(sign_in) as here:
        own, site = OwnTeam(here.desk), here.trust.own_site
        deeds: list[Callable[[], object]] = [here.trust.signing_key, own.receipt_key]
        if sign_in == "silver-reed":
            other = founded.site.keys("amber-kite")
            deeds += [StatusLists(here.desk, here.trust).make, own.rotate, lambda: site.open_root(other)]
        for deed in deeds:
            with pytest.raises(UserError, match="before the last entry"):
                deed()


def test_a_list_that_was_taken_counts_as_a_moment_that_was(founded: Workplace, made: MadeSite) -> None:
    now = founded.clock.now()
    with founded.open("silver-reed") as supervisor:
        lists = StatusLists(supervisor.desk, supervisor.trust, pinned=lambda: [made.site_card(site="NORD")])
        with pytest.raises(UserError, match="ask the site for a new list"):
            lists.keep(*dated(made, now + timedelta(hours=25)))
        lists.keep(*dated(made, now + timedelta(hours=23)))
        supervisor.trust.clock.require()  # theirs may go a day ahead
        founded.clock.set(now + timedelta(days=30))
        lists.keep(*dated(made, founded.clock.now(), seq=2))
        founded.clock.set(now + timedelta(days=3))
        with pytest.raises(UserError, match="before the last entry"):
            supervisor.trust.clock.require()


def dated(made: MadeSite, issued: datetime, seq: int = 1) -> tuple[bytes, Brought, State]:
    """A list of another site, as it was examined."""
    said = replace(listed(made, seq=seq), site="NORD", issued=issued, next_due=issued)
    raw = sign_card(wire.encode(said), key=made.card_key.pair, root=made.root.certificate, at=made.at)
    return raw, Brought(kind=BroughtKind.STATUS_LIST, content=said), State.GENUINE


def test_a_jump_of_more_than_400_days_is_asked_about_once(founded: Workplace) -> None:
    founded.clock.advance(timedelta(days=399))
    with founded.open("silver-reed") as supervisor:
        supervisor.trust.clock.require()
    founded.clock.advance(timedelta(days=401))
    with founded.open("silver-reed") as supervisor:
        clock = supervisor.trust.clock
        assert clock.has_jumped()
        with pytest.raises(UserError, match="Signing keys") as asked:
            supervisor.trust.authority.renew_list(founded.site.keys("amber-kite"))
        assert asked.value.field == "clock"
        clock.confirm()
        supervisor.trust.authority.renew_list(founded.site.keys("amber-kite"))
        OwnTeam(supervisor.desk).found()  # whoever asks: it was said once
    with founded.open("silver-reed") as supervisor:
        supervisor.trust.clock.require()
