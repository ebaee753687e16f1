"""Logins that the demo has no part for, for pictures alone: clinical supervisor, trainee, facilitator, inspector.

They are admitted to the finished demo desk, each gets something to do, and the demo itself is not slowed down by them.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from rehabdesk.access.members_service import Founder, add_member
from rehabdesk.access.model import Newcomer, Role
from rehabdesk.access.service import Desk
from rehabdesk.access.unlock_service import Means, hold_keys, unlock
from rehabdesk.demo import drawn_passphrase
from rehabdesk.demo_caseload import Invented
from rehabdesk.notes.alerts.alert_model import AlertKind, TypedAlert
from rehabdesk.notes.alerts.letter_service import Letters
from rehabdesk.notes.forms.form_service import load_forms
from rehabdesk.notes.groups.group_model import Group, Lines
from rehabdesk.notes.groups.group_service import Groups
from rehabdesk.notes.service import Notes
from rehabdesk.people.model import AssignmentDetails, Capacity
from rehabdesk.people.service import People
from rehabdesk.seals.kdf import KdfCost

COST = KdfCost(m=64 << 10, t=3, p=1)
"""The least that a desk takes."""
TRAINEE = "TRAINEE"
"""A psychologist in training, whom pictures tell from the other one."""
OTHERS = (
    ("CSUP", Newcomer(sign_in="still-water", name="Leila Haddad", alias="Clinician 2", role=Role.CSUP)),
    (TRAINEE, Newcomer(sign_in="first-light", name="Adam Roussel", alias="Clinician 9", role=Role.PSY, trainee=True)),
    ("FAC", Newcomer(sign_in="open-circle", name="Mariam Sow", alias="Facilitator 1", role=Role.FAC)),
    ("AUD", Newcomer(sign_in="north-window", name="Karim Bell", alias="Inspector 1", role=Role.AUD)),
)


class Others:
    """Admits them and gives them work. `demo`: what the demo said of itself, as JSON."""

    def __init__(self, demo: Mapping[str, Any], means: Means) -> None:
        self._demo, self._means, self._forms = demo, means, load_forms()
        self._vault = Path(demo["vault"])
        self._phrases = {one["sign_in"]: one["passphrase"] for one in demo["members"]}

    def admit(self) -> list[dict[str, str]]:
        """The new members, in the form of the demo's own; `role` is what their pictures are called by."""
        uids = {}
        with self._unlocked(self._of("ADM")) as desk:
            beside = [self._keys(desk, role) for role in ("SUP", "CO", "PSY")]
            for _, newcomer in OTHERS:
                phrase = self._phrases[newcomer.sign_in] = drawn_passphrase([newcomer.sign_in, newcomer.name])
                founder = Founder(newcomer=newcomer, passphrase=phrase)
                uids[newcomer.sign_in] = add_member(desk, founder, beside, self._means, COST)
        self._give_work(uids)
        return [
            {"role": role, "sign_in": one.sign_in, "name": one.name, "passphrase": self._phrases[one.sign_in]}
            for role, one in OTHERS
        ]

    def _give_work(self, uids: Mapping[str, str]) -> None:
        """A case for each who has cases, then a note that waits for its cosign, a disclosure, and a group."""
        capacities = {
            "still-water": Capacity.PSYCHOLOGIST,
            "first-light": Capacity.PSYCHOLOGIST,
            "open-circle": Capacity.FACILITATOR,
        }
        with self._unlocked(self._of("CO")) as desk:
            people = People(desk)
            cases = [row.id for row in people.own_cases()][:2]
            for person in cases:
                for sign_in, capacity in capacities.items():
                    since = desk.clock.now().date()
                    assigned = AssignmentDetails(staff=uids[sign_in], capacity=capacity, since=since, person_told=True)
                    people.assign(person, assigned)
            self._set_up_group(desk, people, uids["open-circle"], cases)
        with self._unlocked("first-light") as desk:
            self._trainee_writes(desk, cases[0])
            at = desk.clock.now() - timedelta(hours=1)
            told = TypedAlert(
                kind=AlertKind.ILL_TREATMENT,
                facts="Says that he was struck.",
                exact="They hit me on the shoulder.",
                places="Left shoulder",
                did="Asked the doctor for today.",
                told_at=at,
                person_told="yes",
            )
            Letters(desk, People(desk)).hand_over(told, cases[0])

    def _set_up_group(self, desk: Desk, people: People, facilitator: str, cases: Sequence[str]) -> None:
        groups = Groups(desk, people)
        group = groups.create(
            Group(name="Open circle", theme="Religious dialogue", lines=Lines.TEAM, facilitators=(facilitator,))
        )
        for person in cases:
            groups.add_member(group, person, since=desk.clock.now().date())

    def _trainee_writes(self, desk: Desk, person: str) -> None:
        notes = Notes(desk, People(desk), self._forms)
        at = desk.clock.now() - timedelta(hours=3)
        answers = Invented(at.date()).session(0, 1)
        notes.sign(notes.start("psychologist_session", person, occurred_at=at, answers=answers))

    def _of(self, role: str) -> str:
        found: str = next(one["sign_in"] for one in self._demo["members"] if one["role"] == role)
        return found

    def _keys(self, desk: Desk, role: str) -> Any:
        sign_in = self._of(role)
        return hold_keys(desk.files, sign_in, self._phrases[sign_in], self._means)

    @contextmanager
    def _unlocked(self, sign_in: str) -> Iterator[Desk]:
        profile = self._vault.parent / "profile"
        desk = unlock(self._vault, sign_in, self._phrases[sign_in], self._means, profile=profile)
        try:
            yield desk
        finally:
            desk.lock()
