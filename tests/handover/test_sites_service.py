"""Cards of other sites: nothing counts before the ceremony, and a card never goes back."""

from dataclasses import replace

import pytest

from rehabdesk.access.members_service import settings_record
from rehabdesk.access.service import Desk
from rehabdesk.core.canon import unb64
from rehabdesk.core.errors import UserError
from rehabdesk.handover.checking.child_service import read_site_card
from rehabdesk.handover.trust.sites_model import KnownSite
from rehabdesk.handover.trust.sites_service import Sites
from rehabdesk.handover.trust.trust_model import Channel
from tests.desks import START
from tests.handover.made import MadeSite
from tests.handover.workplace import Workplace


@pytest.fixture(scope="module")
def nord() -> MadeSite:
    return MadeSite.new(START)


def take(desk: Desk, card: bytes) -> KnownSite:
    """As `take_card`, without the price of a child."""
    return Sites(desk).keep_card(card, read_site_card(card, START))


def confirm(desk: Desk, digits: str) -> KnownSite:
    return Sites(desk).confirm(
        "NORD", digits=digits, their_name="Amadou Barry", channel=Channel.CALL_BACK, on=START.date()
    )


def test_a_card_from_a_stick_counts_after_the_ceremony_only(founded: Workplace, nord: MadeSite) -> None:
    card = nord.site_card(site="NORD")
    with founded.open("green-ferry") as officer:
        sites, own = Sites(officer.desk), officer.trust.site_card()
        taken = sites.take_card(card)
        assert sites.pinned() == (own,), "a card that came on a stick pins nothing"
        wrong = taken.digits[:-1] + ("1" if taken.digits[-1] != "1" else "2")
        with pytest.raises(UserError, match="Group 6 is not the same"):
            confirm(officer.desk, wrong)
        assert sites.pinned() == (own,)
        confirmed = confirm(officer.desk, taken.digits.replace("-", " "))
        assert sites.pinned() == (own, card)
        assert confirmed.confirmation is not None
        assert (confirmed.confirmation.by, confirmed.confirmation.their_name) == (officer.desk.uid, "Amadou Barry")
        with pytest.raises(UserError, match="No card of this site waits"):
            confirm(officer.desk, taken.digits)
        for broken in (card[:-1], card[:400] + b"\0" + card[401:], b"", b"%PDF-1.7"):
            with pytest.raises(UserError, match="not a site card"):
                sites.take_card(broken)
    with founded.open("silver-reed") as supervisor:
        assert Sites(supervisor.desk).pinned() == (own, card), "what one confirmed counts for the site"


def test_a_card_never_goes_back_and_two_with_one_number_are_an_alarm(founded: Workplace, nord: MadeSite) -> None:
    with founded.open("green-ferry") as officer:
        desk, sites = officer.desk, Sites(officer.desk)
        second = nord.site_card(site="NORD", number=2)
        confirm(desk, take(desk, second).digits)
        with pytest.raises(UserError, match="older than the one held"):
            take(desk, nord.site_card(site="NORD", number=1))
        with pytest.raises(UserError, match="Use neither; call") as alarm:
            take(desk, nord.site_card(site="NORD", number=2, name="Residence of the Four Wells"))
        assert "+000 20 555 010" in alarm.value.sentence
        assert take(desk, second).seq == 2, "the very same file is no other card"
        third = nord.site_card(site="NORD", number=3)
        assert take(desk, third).confirmation is not None, "the same root needs no second ceremony"
        assert sites.pinned()[1:] == (third,)


def test_another_root_waits_and_the_confirmed_one_counts_until_then(founded: Workplace, nord: MadeSite) -> None:
    with founded.open("green-ferry") as officer:
        desk, sites = officer.desk, Sites(officer.desk)
        first = nord.site_card(site="NORD")
        confirm(desk, take(desk, first).digits)
        stranger, new = MadeSite.new(START), MadeSite.new(START)
        take(desk, stranger.site_card(site="NORD", number=9))
        assert sites.find("NORD").other_root
        assert sites.pinned()[1:] == (first,)
        sites.put_aside("NORD")
        assert not sites.find("NORD").other_root
        take(desk, stranger.site_card(site="NORD", number=9))
        taken = take(desk, new.site_card(site="NORD"))
        renewed = nord.site_card(site="NORD", number=2)
        take(desk, renewed)
        assert sites.find("NORD").waiting == taken, "the ceremony that is due stays due"
        begun = founded.clock.now()
        confirm(desk, taken.digits)
        line = sites.find("NORD")
        assert (line.waiting, sites.pinned()[1:]) == (None, (unb64(taken.card),))
        (former,) = sites.former()
        assert (former.card, begun < former.until < founded.clock.now()) == (renewed, True)
        take(desk, new.site_card(site="NORD", number=2))
        assert sites.former() == (former,), "a card that is renewed does not move the ceremony"
        assert take(desk, renewed).confirmation is None, "the older root does not come back by itself"


def test_whose_cards_are_not_taken(founded: Workplace, nord: MadeSite) -> None:
    with founded.open("green-ferry") as officer:
        with pytest.raises(UserError, match="your own site"):
            take(officer.desk, officer.trust.site_card())
        with pytest.raises(UserError, match="did not make it"):
            take(officer.desk, nord.site_card())
        digits = take(officer.desk, nord.site_card(site="NORD")).digits
        with pytest.raises(UserError, match="Who confirmed it there") as refused:
            Sites(officer.desk).confirm(
                "NORD", digits=digits, their_name=" ", channel=Channel.CALL_BACK, on=START.date()
            )
        assert refused.value.field == "their_name"
    with founded.open("calm-harbour") as psychologist, pytest.raises(UserError, match="keep the cards of sites"):
        take(psychologist.desk, nord.site_card(site="NORD"))


def test_an_invented_site_stays_outside_a_real_desk(founded: Workplace, nord: MadeSite) -> None:
    with founded.open("amber-kite") as adm:
        adm.desk.commit("site_settings", [settings_record(replace(adm.desk.settings(), site="SUD"))])
        with pytest.raises(UserError, match="invented site"):
            take(adm.desk, nord.site_card())
