"""The clock before a signature: never before what is known to have happened, and a long jump is asked about."""

from datetime import timedelta

import pytest

from rehabdesk.core.errors import UserError
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
    with founded.open("silver-reed") as supervisor:
        supervisor.trust.clock.require()
