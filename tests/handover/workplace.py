"""A desk with everybody who takes part in a packet, up to the point where a case officer can sign one."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from rehabdesk.access.model import Role
from rehabdesk.access.service import Desk
from rehabdesk.app import PROJECTIONS
from rehabdesk.core.clock import SettableClock
from rehabdesk.handover.content.packet_model import LegalBasis, PersonCopy, Withheld, WithheldBecause
from rehabdesk.handover.records_model import Choices, NamedRecipient
from rehabdesk.handover.service import Packets
from rehabdesk.handover.trust.cards_model import CardTeam
from rehabdesk.handover.trust.teams_service import make_team_card
from rehabdesk.handover.trust.trust_model import Channel, Team
from rehabdesk.handover.trust.trust_service import Trust
from rehabdesk.people.service import People
from rehabdesk.seals import certificates, sealing
from tests.desks import START, Site
from tests.handover import sample
from tests.people.cases import details, legal

STAFF = (
    ("green-ferry", Role.CO),
    ("quiet-orchard", Role.CO),
    ("calm-harbour", Role.PSY),
    ("silver-reed", Role.SUP),
    ("amber-kite", Role.ADM),
    ("second-sup", Role.SUP),
)
TEAM = CardTeam(
    id="T-RIVER",
    name="River District Resettlement Team",
    org="Office of Community Supervision",
    country="XX",
    phone="+000 20 555 220",
)


class Workplace:
    """The site, and what the receiving team has."""

    def __init__(self, folder: Path) -> None:
        self.site = Site(
            folder=folder / "desk",
            profile=folder / "profile",
            projections=PROJECTIONS,
        ).create(STAFF)
        self.outbox = folder / "stick"
        self.outbox.mkdir()
        self.identity = sealing.new_identity()
        self.uids: dict[str, str] = {}

    @property
    def clock(self) -> SettableClock:
        return self.site.clock

    @contextmanager
    def open(self, sign_in: str) -> Iterator["Signed"]:
        try:
            yield Signed(self.site.open(sign_in))
        finally:
            self.site.close()

    def found(self) -> None:
        """Root, certificates, a confirmed team: what a site does once."""
        with self.open("amber-kite") as adm:
            self.uids = {one.sign_in: one.card.uid for one in adm.desk.members()}
            adm.trust.found_site(self.site.keys("silver-reed"), contact="Duty desk")
        for sign_in in ("green-ferry", "quiet-orchard", "silver-reed", "second-sup"):
            with self.open(sign_in) as member:
                member.trust.request_certificate()
        with self.open("amber-kite") as adm:
            for request in adm.trust.requests():
                adm.trust.issue(request.uid, self.site.keys("silver-reed"), seen_in_person=True)
        with self.open("green-ferry") as officer:
            team = officer.trust.teams.take_card(self.team_card())
            self.confirm(officer, team)

    def copied_to(self, folder: Path) -> "Workplace":
        """The same desk in another folder, with a clock of its own: founding costs more than copying."""
        other = object.__new__(Workplace)
        clock = SettableClock(self.clock.now(), timedelta(milliseconds=1))
        other.site = replace(self.site, folder=folder / "desk", profile=folder / "profile", clock=clock, opened=[])
        shutil.copytree(self.site.folder, other.site.folder)
        shutil.copytree(self.site.profile, other.site.profile)
        other.outbox, other.identity, other.uids = folder / "stick", self.identity, dict(self.uids)
        other.outbox.mkdir()
        return other

    def confirm(self, officer: "Signed", team: Team) -> None:
        officer.trust.teams.confirm(
            team.id, digits=team.digits, their_name="Marième Sow", channel=Channel.CALL_BACK, on=START.date()
        )

    def team_card(self, identity: str | None = None) -> bytes:
        return make_team_card(
            TEAM, identity=identity or self.identity, private=certificates.new_private_key(), at=START
        )

    def register(self) -> str:
        with self.open("green-ferry") as officer:
            return officer.people.register(details("24-017"), legal()).id

    def choices(self, **changes: object) -> Choices:
        made = choices(self.uids["silver-reed"])
        return replace(made, **changes)  # type: ignore[arg-type]  # any field of the choices

    def signed(self, person: str, **changes: object) -> str:
        """A packet with the author's signature; gives its id."""
        with self.open("green-ferry") as officer:
            choices = self.choices(**changes)
            draft = officer.packets.drafts.start(person, choices, sample.whole_sections())
            ticked = [hit.id for hit in officer.packets.drafts.hits(draft)]
            return officer.packets.sign(draft, ticked=ticked, typed_again=self.site.keys("green-ferry")).id

    def countersigned(self, packet: str) -> None:
        with self.open("silver-reed") as supervisor:
            review = supervisor.packets.review(packet)
            supervisor.packets.countersign(
                packet, seen_sha256=review.pdf_sha256, typed_again=self.site.keys("silver-reed")
            )


class Signed:
    """The services of the login that is open."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.people = People(desk)
        self.trust = Trust(desk)
        self.packets = Packets(desk, self.people, self.trust)


def choices(countersigner: str) -> Choices:
    """For a packet to the team; `countersigner`: uid."""
    return Choices(
        team="T-RIVER",
        recipients=(NamedRecipient(name="Marième Sow", role="supervising officer"),),
        purpose="Supervision after release",
        legal_basis=LegalBasis.SUPERVISION_LAW,
        expires=date(2027, 5, 24),
        countersigners=(countersigner,),
        person_informed=True,
        person_copy=PersonCopy.GIVEN,
        withheld=(
            Withheld(kind="Clinical notes", decided_by="Psychologist 7", reason=WithheldBecause.PROFESSIONAL_SECRECY),
        ),
    )
