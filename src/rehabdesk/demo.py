"""`rehabdesk demo`: the whole main job with invented people, through the same services as the windows use."""

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from rehabdesk.access.keys_service import Keys
from rehabdesk.access.members_service import Founder, create_desk, require_new_folder
from rehabdesk.access.model import Newcomer, Role
from rehabdesk.access.service import Desk
from rehabdesk.access.unlock_service import Means, hold_keys, unlock
from rehabdesk.core.clock import SettableClock
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.demo_caseload import Invented, InventedPerson
from rehabdesk.notes.encounter_service import Encounters
from rehabdesk.notes.form_service import Forms
from rehabdesk.notes.service import Notes
from rehabdesk.people.model import AssignmentDetails, Capacity
from rehabdesk.people.service import People
from rehabdesk.seals.kdf import KdfCost
from rehabdesk.seals.passphrase import generated_words, require_passphrase

FIRST_DAY = timedelta(days=75)
"""How long before today the invented desk was founded."""

ROUNDS = 3
MOST_PEOPLE = 2000


class Narrator:
    """Says each step with its time; progress where a terminal can show it."""

    def __init__(self, *, quiet_stdout: bool) -> None:
        self._out = sys.stderr if quiet_stdout else sys.stdout

    @contextmanager
    def step(self, what: str) -> Iterator[Callable[[int, int], None]]:
        """Names a step, runs it, says how long it took. The value shows progress: (done, of how many)."""
        begun = time.perf_counter()
        live = self._out.isatty()

        def progress(done: int, total: int) -> None:
            if live:
                print(f"\r        {what} … {done} / {total}", end="", file=self._out, flush=True)

        if live:
            print(f"        {what} …", end="", file=self._out, flush=True)
        yield progress
        start, end = ("\r", " " * 16) if live else ("", "")
        print(f"{start}{time.perf_counter() - begun:6.1f} s {what}{end}", file=self._out, flush=True)

    def say(self, line: str = "") -> None:
        print(line, file=self._out, flush=True)


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
            yield Signed(
                desk=desk,
                people=people,
                notes=Notes(desk, people, self.forms),
            )
        finally:
            desk.lock()

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


def found(stage: Stage, cost: KdfCost) -> None:
    """Everybody types an own passphrase, then the desk is made."""
    names = [newcomer.name for newcomer in stage.invented.staff()]
    for newcomer in stage.invented.staff():
        founder = Founder(newcomer=newcomer, passphrase=drawn_passphrase([newcomer.sign_in, *names]))
        stage.founders[newcomer.sign_in] = founder
    create_desk(
        stage.vault,
        stage.invented.settings(),
        list(stage.founders.values()),
        stage.means,
        cost,
        profile=stage.folder / "profile",
    )


def drawn_passphrase(names: Sequence[str]) -> str:
    """Six drawn words, drawn again in the rare case that they hold a name of the desk."""
    while True:
        drawn = generated_words()
        try:
            return require_passphrase(drawn, names=names)
        except UserError:
            continue


def register(stage: Stage, progress: Callable[[int, int], None]) -> None:
    """A case officer registers everybody, with contacts, and says who works with whom."""
    with stage.unlocked(stage.of_role(Role.CO)) as me:
        stage.uids = {member.sign_in: member.card.uid for member in me.desk.members()}
        for number, invented in enumerate(stage.people):
            person = me.people.register(invented.details, invented.legal, placement=invented.placement)
            stage.ids_of_people.append(person.id)
            for contact in invented.contacts:
                me.people.add_contact(person.id, contact)
            for newcomer, capacity in team_of(stage, number):
                me.people.assign(
                    person.id,
                    AssignmentDetails(
                        staff=stage.uids[newcomer.sign_in],
                        capacity=capacity,
                        since=stage.clock.now().date(),
                        person_told=True,
                    ),
                )
            stage.later(timedelta(minutes=7))
            progress(number + 1, len(stage.people))


def team_of(stage: Stage, number: int) -> list[tuple[Newcomer, Capacity]]:
    """Who works with the person of that number."""
    capacities = {
        Role.CO: Capacity.LEAD_CASE_OFFICER,
        Role.PSY: Capacity.PSYCHOLOGIST,
        Role.CHA: Capacity.CHAPLAIN,
    }
    return [
        (founder.newcomer, capacities[founder.newcomer.role])
        for founder in stage.founders.values()
        if founder.newcomer.role in capacities and number in stage.cases_of(founder.newcomer)
    ]


def write_notes(stage: Stage, newcomer: Newcomer, meeting: int, progress: Callable[[int, int], None]) -> None:
    """One round of a practitioner's visits: a draft, then the signed note, for each own case."""
    forms = {
        Role.CO: ("keywork", stage.invented.keywork),
        Role.PSY: ("psychologist_session", stage.invented.session),
        Role.CHA: ("chaplain_engagement", stage.invented.engagement),
    }
    form, answers = forms[newcomer.role]
    cases = stage.cases_of(newcomer)
    with stage.unlocked(newcomer) as me:
        for done, number in enumerate(cases):
            occurred_at = stage.later(timedelta(minutes=50)) - timedelta(minutes=40)
            draft = me.notes.start(form, stage.ids_of_people[number], occurred_at=occurred_at)
            me.notes.save_draft(draft, occurred_at=occurred_at, answers=answers(number, meeting))
            me.notes.sign(draft)
            progress(done + 1, len(cases))
        if newcomer.role is Role.CHA:
            Encounters(me.desk, me.people, stage.forms).record(stage.clock.now().date())


def run_demo(folder: Path, *, people: int, language: str, as_json: bool) -> int:
    """Does the main job in `folder` (empty or new) and gives exit status 0; UserError for wrong use."""
    if language != "en":
        raise UserError(tr("Packets speak English only so far. Leave --lang out, or give --lang en."))
    if not 1 <= people <= MOST_PEOPLE:
        raise UserError(tr("The demo can invent 1 to {most} people.").format(most=MOST_PEOPLE))
    require_new_folder(folder)
    return 0
