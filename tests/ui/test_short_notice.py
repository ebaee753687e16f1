"""A release at short notice by keyboard alone: from setting the route to an Express packet that can be signed."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from rehabdesk.access.service import Desk
from rehabdesk.handover.content.profile_model import PROFILES, ProfileCode
from rehabdesk.handover.making.express_model import LONGEST_EXPRESS
from rehabdesk.handover.making.view.packet_builder import PacketBuilder
from rehabdesk.handover.trust.cards_model import CardTeam
from rehabdesk.handover.trust.trust_model import Channel
from rehabdesk.handover.trust.trust_service import Trust
from rehabdesk.people.legal_model import ReleaseRoute, Stage
from rehabdesk.people.service import People
from rehabdesk.people.view.person_page import PersonPage
from rehabdesk.plans.domain_service import load_domains
from rehabdesk.plans.service import Plans
from rehabdesk.readiness.model import Mode
from rehabdesk.seals import sealing
from tests.desks import START, Site
from tests.plans.cases import activate
from tests.windows import CTRL, Hands, MouseWatch, application, hands_on

MOST_GROUPS = 120
LEFT_FOR_LATER = ("RR-J4", "RR-J5")
"""Sealing settles one, the gate the other."""


def certify(site: Site, person: str) -> None:
    """What a site did long before: root, certificates, a team whose digits were read aloud, a plan in force."""
    with_keys = {}
    for sign_in in ("case", "sup"):
        Trust(site.open(sign_in)).request_certificate()
    admin: Desk = site.open("adm")
    trust = Trust(admin)
    with_keys["sup"] = site.keys("sup")
    trust.found_site(with_keys["sup"], contact="Duty desk")
    for request in trust.requests():
        trust.issue(request.uid, with_keys["sup"], seen_in_person=True)
    officer = site.open("case")
    card = CardTeam(id="T-RIVER", name="River House", org="River House", country="XX", phone="+000 20 555 220")
    trust = Trust(officer)
    taken = trust.teams.take_key(card, sealing.recipient_of(sealing.new_identity()))
    trust.teams.confirm(
        "T-RIVER", digits=taken.digits, their_name="Awa Diallo", channel=Channel.CALL_BACK, on=START.date()
    )
    activate(Plans(officer, People(officer), load_domains()), person)
    site.close()


@pytest.fixture
def hands(qtbot: QtBot, tmp_path: Path) -> Iterator[Hands]:
    with hands_on(qtbot, tmp_path) as made:
        certify(made.site, made.people["Idrissa"])
        yield made


def test_from_the_route_to_an_express_packet_ready_for_signing(hands: Hands) -> None:
    watch = MouseWatch()
    application().installEventFilter(watch)
    hands.sign_in("case")
    hands.press(Qt.Key.Key_K, CTRL)
    hands.type("idri")
    hands.press(Qt.Key.Key_Return)
    page = hands.page
    assert isinstance(page, PersonPage)
    number = next(place for place, tab in enumerate(page._tabs) if tab.code == "release")
    hands.press(Qt.Key(Qt.Key.Key_1.value + number), CTRL)

    hands.groups = 0
    set_the_route(hands)
    do_the_first_things(hands)
    express_packet(hands)

    assert watch.presses == 0
    assert hands.groups <= MOST_GROUPS, hands.groups


def set_the_route(hands: Hands) -> None:
    hands.press(Qt.Key.Key_Return, CTRL)
    hands.press(Qt.Key.Key_A, CTRL)
    hands.type("today")
    hands.choose("How", "Pardon")
    hands.press(Qt.Key.Key_Return, CTRL)
    s, person = hands.session.services, hands.people["Idrissa"]
    legal = s.people.legal(person)
    assert (legal.stage, legal.release_route, legal.short_notice) == (Stage.PRE_RELEASE, ReleaseRoute.PARDON, True)
    found = s.releases.of_person(person)
    assert found is not None
    assert found.checklist.mode is Mode.SHORT_NOTICE
    assert found.checklist.anchor == date(2026, 11, 24)


def do_the_first_things(hands: Hands) -> None:
    releases, person = hands.session.services.releases, hands.people["Idrissa"]
    found = releases.of_person(person)
    assert found is not None
    first = [item.template.code for item in found.items[:14]]
    for code in first:
        if code in LEFT_FOR_LATER:
            continue
        hands.press(Qt.Key.Key_Return)
        hands.type("2")
        hands.press(Qt.Key.Key_Tab)
        hands.type("By phone at ten")
        hands.press(Qt.Key.Key_Return, CTRL)
        found = releases.of_person(person)
        assert found is not None
        assert not found.item(code).open, "the next open item is in hand after each"


def express_packet(hands: Hands) -> None:
    hands.press(Qt.Key.Key_K, CTRL)
    hands.type("express")
    hands.press(Qt.Key.Key_Return)
    page = hands.page
    assert isinstance(page, PacketBuilder)
    hands.choose("Team", "River")
    hands.choose("What the team is", "Supervision")
    hands.fill("Name there", "Awa Diallo")
    hands.fill("Role there", "link worker")
    hands.choose("On which basis", "Law")
    hands.push("Name of sup")
    hands.digit("Send now with one signature", 1)
    hands.digit("Yes, told", 1)
    hands.digit("Given", 1)
    hands.press(Qt.Key.Key_Return, CTRL)
    hands.fill("How", "By voice message")
    hands.fill("First night", "At my mother's house")
    hands.push("No safety alert")
    hands.press(Qt.Key.Key_Return, CTRL)
    assert page._summary is None
    hands.wait(lambda: page._pages is not None or page._summary is not None, timeout=20_000)
    assert page._pages is not None
    made = page._pages.packet
    assert made.packet.profile is ProfileCode.EXPRESS
    assert made.packet.countersign_due == made.packet.issued + LONGEST_EXPRESS
    assert tuple(made.sections.present()) == PROFILES[ProfileCode.EXPRESS].sections
    for box in page._ticks.values():
        hands.push(box.accessibleName()[:30])
    hands.press(Qt.Key.Key_Return, CTRL)
    assert page.strip.is_open(), "the packet waits for the passphrase, and for nothing else"
    assert page._summary is None
