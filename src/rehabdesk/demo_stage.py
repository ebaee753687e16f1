"""The stage of the demo: one invented desk in its folder, one login open at a time, the services of that login."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from rehabdesk.access.keys_service import Keys
from rehabdesk.access.members_service import Founder
from rehabdesk.access.model import Newcomer, Role
from rehabdesk.access.service import Desk
from rehabdesk.access.unlock_service import Means, hold_keys, unlock
from rehabdesk.core.clock import SettableClock
from rehabdesk.demo_caseload import Invented, InventedPerson
from rehabdesk.demo_narrator import Narrator
from rehabdesk.demo_release import CaseWork
from rehabdesk.handover.collecting.collect_service import item_titles
from rehabdesk.handover.service import Packets
from rehabdesk.handover.trust.trust_service import Trust
from rehabdesk.notes.forms.form_service import Forms
from rehabdesk.notes.service import Notes
from rehabdesk.people.service import People
from rehabdesk.plans.domain_service import Domains, load_domains
from rehabdesk.plans.progress.progress_service import ProgressWords
from rehabdesk.plans.service import Plans
from rehabdesk.readiness.service import Releases
from rehabdesk.readiness.template_service import Templates, load_templates


@dataclass(kw_only=True)
class Stage:
    """What the demo has made so far. One login at a time is open, as on the shared PC."""

    folder: Path
    clock: SettableClock
    invented: Invented
    narrator: Narrator
    means: Means
    forms: Forms
    people: tuple[InventedPerson, ...]
    language: str = "en"
    """Of the packet."""
    domains: Domains = field(default_factory=load_domains)
    templates: Templates = field(default_factory=load_templates)
    founders: dict[str, Founder] = field(default_factory=dict)
    uids: dict[str, str] = field(default_factory=dict)
    ids_of_people: list[str] = field(default_factory=list)

    @property
    def vault(self) -> Path:
        return self.folder / "vault"

    def of_role(self, role: Role, number: int = 0) -> Newcomer:
        return [founder.newcomer for founder in self.founders.values() if founder.newcomer.role is role][number]

    @contextmanager
    def unlocked(self, newcomer: Newcomer) -> Iterator["Signed"]:
        """The desk as this person has it open, and locked again afterwards."""
        passphrase = self.founders[newcomer.sign_in].passphrase
        desk = unlock(self.vault, newcomer.sign_in, passphrase, self.means, profile=self.folder / "profile")
        try:
            people = People(desk)
            notes = Notes(desk, people, self.forms)
            yield Signed(desk=desk, people=people, notes=notes, work=self._work(desk, people))
        finally:
            desk.lock()

    def _work(self, desk: Desk, people: People) -> CaseWork:
        trust = Trust(desk)
        return CaseWork(
            desk=desk,
            people=people,
            plans=Plans(desk, people, self.domains),
            progress=ProgressWords(desk, people, self.domains),
            releases=Releases(desk, people, self.templates),
            trust=trust,
            packets=Packets(desk, people, trust, item_titles=item_titles(self.templates)),
        )

    def keys_of(self, newcomer: Newcomer, desk: Desk) -> Keys:
        """The keys of somebody who stands beside the open desk and types the own passphrase."""
        return hold_keys(desk.files, newcomer.sign_in, self.founders[newcomer.sign_in].passphrase, self.means)

    def later(self, by: timedelta) -> datetime:
        self.clock.advance(by)
        return self.clock.now()

    def cases_of(self, newcomer: Newcomer) -> list[int]:
        """Numbers of the people with whom this person works."""
        everybody = range(len(self.people))
        officers = [one.newcomer.sign_in for one in self.founders.values() if one.newcomer.role is Role.CO]
        if newcomer.role is Role.CO:
            mine = officers.index(newcomer.sign_in)
            return [number for number in everybody if number % len(officers) == mine]
        if newcomer.role is Role.PSY:
            return [number for number in everybody if number % 2 == 0]
        return [number for number in everybody if number % 3 == 0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """The services of one unlocked desk."""

    desk: Desk
    people: People
    notes: Notes
    work: CaseWork
