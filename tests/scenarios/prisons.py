"""Two prisons with real desks: one that sends a person's packet, one that takes it in."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from rehabdesk.access.keys_service import Keys
from rehabdesk.access.model import Role
from rehabdesk.access.service import Desk
from rehabdesk.app import PROJECTIONS
from rehabdesk.app_annex_services import AnnexServices
from rehabdesk.core.settings import SiteSettings
from rehabdesk.handover.content.packet_model import Sections
from rehabdesk.handover.content.profile_model import ProfileCode
from rehabdesk.handover.inbox.inbox_service import Inbox
from rehabdesk.handover.inbox.inbox_trust_service import trusted_here
from rehabdesk.handover.inbox.staging_service import Staging, code_words
from rehabdesk.handover.inbox.transfer_service import Transfers
from rehabdesk.handover.service import Packets
from rehabdesk.handover.trust.own_team_service import OwnTeam
from rehabdesk.handover.trust.sites_service import Sites
from rehabdesk.handover.trust.trust_model import Channel
from rehabdesk.handover.trust.trust_service import Trust
from rehabdesk.notes.forms.form_service import load_forms
from rehabdesk.notes.service import Notes
from rehabdesk.people.service import People
from rehabdesk.plans.domain_service import load_domains
from rehabdesk.plans.service import Plans
from rehabdesk.readiness.template_service import load_templates
from tests.desks import START, Site
from tests.handover.workplace import choices
from tests.people.cases import NOON

STAFF = (
    ("green-ferry", Role.CO),
    ("silver-reed", Role.SUP),
    ("calm-harbour", Role.PSY),
    ("plain-lantern", Role.CHA),
    ("amber-kite", Role.ADM),
)


CALLED: dict[str, Any] = {"their_name": "Jonas Weyland", "channel": Channel.CALL_BACK, "on": START.date()}


class Prison:
    """One desk of its own at noon. `found` and `issue` let it send, `found_team` lets it receive."""

    def __init__(self, folder: Path, site: str, name: str) -> None:
        settings = SiteSettings(site=site, name=name, country="XX", phone="+000 20 555 010")
        self.site = Site(folder=folder / "desk", profile=folder / "profile", projections=PROJECTIONS)
        self.site.create(STAFF, settings)
        self.site.clock.set(NOON)
        self.name, self.stick = name, folder / "stick"
        self.stick.mkdir()

    @contextmanager
    def open(self, sign_in: str) -> Iterator["Working"]:
        try:
            yield Working(self.site.open(sign_in))
        finally:
            self.site.close()

    def found(self) -> None:
        """The site's root; who signs asks for a certificate and `issue` gives it."""
        with self.open("amber-kite") as adm:
            adm.trust.found_site(self.site.keys("silver-reed"), contact="Duty desk")

    def issue(self) -> bytes:
        """Certificates for who asked; gives the site's card."""
        with self.open("silver-reed") as supervisor:
            supervisor.trust.request_certificate()
        with self.open("amber-kite") as adm:
            for request in adm.trust.requests():
                adm.trust.issue(request.uid, self.site.keys("silver-reed"), seen_in_person=True)
            return adm.trust.site_card()

    def found_team(self) -> bytes:
        """The keys for receiving; gives the team's card."""
        with self.open("amber-kite") as adm:
            OwnTeam(adm.desk).found()
            return OwnTeam(adm.desk).card()

    def countersign(self, packet: str) -> None:
        with self.open("silver-reed") as supervisor:
            seen = supervisor.packets.review(packet).pdf_sha256
            supervisor.packets.countersign(packet, seen_sha256=seen, typed_again=self.site.keys("silver-reed"))


class Working:
    """The services of the login that is open."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.people, self.trust = desk, People(desk), Trust(desk)
        self.packets = Packets(desk, self.people, self.trust)
        self.transfers = Transfers(desk, self.people)
        self.notes = Notes(desk, self.people, load_forms())
        self.plans = Plans(desk, self.people, load_domains())
        self.annexes = AnnexServices(desk, self.people, self.packets, self.trust)
        self.sites = Sites(desk)
        self.inbox = Inbox(desk, lambda: trusted_here(desk, self.trust))
        self.staging = Staging(desk, self.people, self.inbox, code_words(load_templates(), load_domains()))

    def trust_site(self, card: bytes) -> None:
        """Takes the card of another prison and compares its digits."""
        site = self.sites.take_card(card)
        self.sites.confirm(site.id, digits=site.digits, **CALLED)

    def trust_team(self, card: bytes) -> None:
        team = self.trust.teams.take_card(card)
        self.trust.teams.confirm(team.id, digits=team.digits, **CALLED)

    def draft(self, person: str, team: str, sections: Sections, supervisor: str) -> str:
        """A packet to another prison, not signed yet; gives the draft's id."""
        made = replace(choices(supervisor), team=team, profile=ProfileCode.RECEIVING_PRISON, explained={"S11": "None"})
        return self.packets.drafts.start(person, made, sections)

    def sign(self, draft: str, keys: Keys) -> str:
        """With the author's signature; gives the packet's id."""
        ticked = [hit.id for hit in self.packets.drafts.hits(draft)]
        return self.packets.sign(draft, ticked=ticked, typed_again=keys).id
