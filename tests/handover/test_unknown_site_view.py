"""A file of a site that nobody here knows: from the Inbox to its card, the digits compared, and back to the file."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from rehabdesk.core.text import without_isolates
from rehabdesk.handover.checking.verdict_model import State
from rehabdesk.handover.content.number_model import PacketNumber
from rehabdesk.handover.content.packet_model import Handover
from rehabdesk.handover.inbox.inbox_service import Inbox
from rehabdesk.handover.inbox.view.inbox_page import InboxPage
from rehabdesk.handover.trust.own_team_service import OwnTeam
from rehabdesk.handover.trust.sites_service import Sites
from rehabdesk.handover.trust.trust_model import Channel
from rehabdesk.handover.trust.trust_service import Trust
from rehabdesk.handover.trust.view.own_cards import CardsOut
from rehabdesk.handover.trust.view.sites_teams_page import FromFile, MayWith, SitesTeamsPage
from rehabdesk.ui.page import Route
from tests.desks import START
from tests.handover.inbox_desk import InboxDesk
from tests.handover.made import MadeSite
from tests.handover.packet_window import Hand


@pytest.fixture
def hand(qtbot: QtBot) -> Iterator[Hand]:
    one = Hand(qtbot)
    yield one
    one.close()


def of_another_site(made: MadeSite) -> Handover:
    content = made.content()
    number = str(PacketNumber(site="LAC", year=2026, installation=0, count=1))
    return replace(content, site=replace(content.site, id="LAC"), packet=replace(content.packet, number=number))


def inbox_page(hand: Hand, inbox: Inbox, again: str = "") -> InboxPage:
    page = InboxPage(
        hand.kit,
        inbox,
        lambda *_: [],
        name_of=str,
        leads=lambda _name: True,
        take_card=print,
        again=again,
    )
    hand.show(page)
    return page


def test_compare_digits_leads_to_the_card_and_back_to_the_file(hand: Hand, made: MadeSite, tmp_path: Path) -> None:
    desk = InboxDesk(tmp_path / "desk", made)
    desk.cards.clear()
    with desk.officer() as here:
        arrived = here.take(made.signed(of_another_site(made)), "RD.pdf")
        packet = arrived.looked.checked.verdict.packet
        assert arrived.looked.checked.verdict.state is State.UNKNOWN_SITE
        assert packet is not None
        hand.press(inbox_page(hand, here.inbox), "Compare digits")
        assert hand.gone[-1] == Route(name="sites_teams", id=arrived.id)

        sites, back = Sites(here.desk), Route(name="inbox", id=arrived.id)
        page = SitesTeamsPage(
            hand.kit,
            Trust(here.desk),
            sites,
            OwnTeam(here.desk),
            may=MayWith(keeps=True, leads=False),
            out=CardsOut(save=lambda *_: None, print=lambda *_: False, now=here.desk.clock.now),
            choose=lambda *_: None,
            staff=str,
            about=FromFile(site=packet.site, back=back),
        )
        hand.show(page)
        assert "from site LAC. No card of it is here" in without_isolates(hand.words(page))
        for site, name in (("ABC", "A house before it"), ("LAC", "Residence of the Three Wells")):
            sites.take_card(made.site_card(site=site, name=name))
        page.refresh()
        assert "from site LAC. Compare its digits" in without_isolates(hand.words(page))
        first = page.first_focus()
        assert isinstance(first, QPushButton)
        assert "Three Wells" in first.accessibleName(), "the card of the file, not the first of the alphabet"
        waiting = sites.find("LAC").waiting
        assert waiting is not None
        sites.confirm("LAC", digits=waiting.digits, their_name="Jonas", channel=Channel.CALL_BACK, on=START.date())
        page.refresh()
        page.main_act()
        assert hand.gone[-1] == back

        desk.cards.extend(sites.pinned())
        again = inbox_page(hand, here.inbox, arrived.id)
        hand.wait(lambda: again._job is None)
        assert [each.looked.checked.verdict.state for each in here.inbox.arrivals()] == [State.GENUINE]
