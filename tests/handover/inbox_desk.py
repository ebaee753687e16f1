"""Two places for tests of receiving: a made site that sends, and a real desk that takes in."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from rehabdesk.access.service import Desk
from rehabdesk.core.canon import sha256_hex
from rehabdesk.core.process import ReadyChild
from rehabdesk.handover.checking.child_service import Answer, examination_request, examiner_child, read_answer
from rehabdesk.handover.checking.examination_service import PacketCheck
from rehabdesk.handover.checking.former_model import FormerCard
from rehabdesk.handover.content.number_model import PacketNumber
from rehabdesk.handover.content.packet_model import Handover, Sections, Superseded
from rehabdesk.handover.content.profile_model import ProfileCode
from rehabdesk.handover.inbox.inbox_service import Arrived, Inbox, Trusted
from rehabdesk.handover.inbox.staging_model import CodeWords
from rehabdesk.handover.inbox.staging_service import Staging
from rehabdesk.people.service import People
from rehabdesk.seals.findings import Findings
from tests.handover import sample
from tests.handover.made import MadeSite
from tests.people.cases import CaseDesk

WORDS = CodeWords(
    items={"RR-C5": "First appointment kept"},
    categories={"reporting": "Reporting", "where_i_live": "Where I live"},
    domains={"PD-7": "Education, work, time"},
)


class InProcess(PacketCheck):
    """The same examination without a process of its own: what the children hold off is tested with the command."""

    def _examined(
        self,
        body: bytes,
        moment: datetime,
        waiting: Callable[[], None] | None = None,
        ready: ReadyChild | None = None,
    ) -> tuple[Findings, Answer]:
        if waiting is not None:
            waiting()
        return read_answer(
            examiner_child(examination_request(body, self._cards, moment, self._lists)), sha256_hex(body)
        )


class InboxDesk(CaseDesk):
    """The receiving desk. `cards`: the sites that are pinned; `identity` opens what is sealed to the team."""

    def __init__(self, folder: Path, made: MadeSite) -> None:
        super().__init__(folder / "desk", folder / "profile")
        self.made, self.cards, self.team = made, [made.site_card()], "T-RIVER"
        self.identities: tuple[str, ...] = (made.identity,)
        self.lists: list[bytes] = []
        self.former: list[FormerCard] = []

    @classmethod
    def at(cls, folder: Path, other: "InboxDesk") -> "InboxDesk":
        """The desk in a copy of the folder of another one."""
        found = cls.__new__(cls)
        found.__dict__ |= other.__dict__
        found._site = replace(other._site, folder=folder, profile=folder.parent / f"{folder.name}-profile", opened=[])
        found.folder = folder
        return found

    @contextmanager
    def officer(self, sign_in: str = "green-ferry") -> Iterator["Receiving"]:
        with self.as_login(sign_in) as desk:
            yield Receiving(desk, self)

    def trusted(self) -> Trusted:
        return Trusted(check=InProcess(self.cards, self.lists, self.former), identities=self.identities, team=self.team)


class Receiving:
    """The receiving services of the login that is open."""

    def __init__(self, desk: Desk, place: InboxDesk) -> None:
        self.desk, self.people = desk, People(desk)
        self.inbox = Inbox(desk, place.trusted)
        self.staging = Staging(desk, self.people, self.inbox, WORDS)

    def take(self, raw: bytes, name: str = "file") -> Arrived:
        return self.inbox.keep(self.inbox.looking().look(raw, name))


def number(count: int) -> str:
    return str(PacketNumber(site="DEMO", year=2026, installation=0, count=count))


def express(content: Handover, *, due: datetime) -> Handover:
    """An express packet of the same content, whose second signature is due."""
    whole = content.sections
    held = Sections(S1=whole.S1, S2=whole.S2, S4=whole.S4, S6=whole.S6, S8=whole.S8, S12=whole.S12, S13=whole.S13)
    head = replace(content.packet, profile=ProfileCode.EXPRESS, countersign_due=due)
    return replace(content, packet=head, sections=held, manifest=sample.manifest_of(held, ProfileCode.EXPRESS))


def renumbered(content: Handover, count: int, *, replaces: Sequence[Superseded] = ()) -> Handover:
    """The same content as another packet, perhaps one that replaces others."""
    return replace(content, packet=replace(content.packet, number=number(count), supersedes=tuple(replaces)))
