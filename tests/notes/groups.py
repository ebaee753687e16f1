"""A desk with a psychologist, her colleague and a facilitator, people in its register, and a group of them."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from rehabdesk.access.model import Role
from rehabdesk.access.service import Desk
from rehabdesk.access.store import PROJECTION as HOUSE
from rehabdesk.notes.forms.form_service import load_forms
from rehabdesk.notes.forms.form_store import PROJECTION as NOTE_FORMS
from rehabdesk.notes.groups.group_model import Group, Lines, Mark
from rehabdesk.notes.groups.group_service import Groups
from rehabdesk.notes.groups.group_store import PROJECTION as GROUPS
from rehabdesk.notes.groups.meeting_after_service import MeetingsAfter
from rehabdesk.notes.groups.meeting_draft_model import TypedMeeting
from rehabdesk.notes.groups.meeting_service import Meetings
from rehabdesk.notes.groups.meetings_read_service import MeetingsRead
from rehabdesk.notes.service import Notes
from rehabdesk.notes.store import PROJECTION as NOTES
from rehabdesk.people.model import PersonName, Script
from rehabdesk.people.service import People
from rehabdesk.people.store import PROJECTION as PEOPLE
from tests.desks import Site
from tests.people.cases import NOON, details, legal

FORMS = load_forms()
DAY = NOON.date() - timedelta(days=7)
PSY, OTHER_PSY, FAC, OTHER_FAC = "calm-harbour", "warm-bridge", "open-window", "tall-ladder"
CO, SUP, CHA, AUD, CSUP = "green-ferry", "silver-reed", "plain-lantern", "north-window", "wide-meadow"
STAFF = (
    (CO, Role.CO),
    (PSY, Role.PSY),
    (OTHER_PSY, Role.PSY),
    (CSUP, Role.CSUP),
    (FAC, Role.FAC),
    (OTHER_FAC, Role.FAC),
    (CHA, Role.CHA),
    (SUP, Role.SUP),
    ("amber-kite", Role.ADM),
    (AUD, Role.AUD),
)
NAMES = (
    ("Idrissa", "Kadri", "إدريسا"),
    ("Omar", "Sall", "عمر"),
    ("Amina", "Keita", "أمينة"),
    ("Daniel", "Okoro", "دانيال"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Leading:
    """The services of an unlocked desk."""

    desk: Desk
    people: People
    notes: Notes
    groups: Groups
    meetings: Meetings
    after: MeetingsAfter
    read: MeetingsRead


def leading(desk: Desk) -> Leading:
    people = People(desk)
    groups = Groups(desk, people)
    meetings = Meetings(desk, groups, FORMS)
    after = MeetingsAfter(desk, groups, meetings)
    return Leading(
        desk=desk,
        people=people,
        notes=Notes(desk, people, FORMS),
        groups=groups,
        meetings=meetings,
        after=after,
        read=MeetingsRead(desk, people, groups, meetings, after),
    )


class GroupDesk:
    """One desk folder of a test, at noon, with people whose ids stand in `ids` by given name."""

    def __init__(self, folder: Path, names: Sequence[tuple[str, str, str]] = NAMES) -> None:
        self.site = Site(
            folder=folder / "desk", profile=folder / "profile", projections=(HOUSE, PEOPLE, NOTES, NOTE_FORMS, GROUPS)
        ).create(STAFF)
        self.site.clock.set(NOON)
        self.ids: dict[str, str] = {}
        with self.as_login(CO) as me:
            self.uids = {member.sign_in: member.card.uid for member in me.desk.members()}
            for number, (given, family, arabic) in enumerate(names):
                known = replace(
                    details(f"24-{number + 17:03d}"),
                    display_alias=f"{given} {family[0]}.",
                    names=(
                        PersonName(script=Script.LATIN, given=given, family=family),
                        PersonName(script=Script.ARABIC, given=arabic),
                    ),
                )
                self.ids[given] = me.people.register(known, legal()).id

    @contextmanager
    def as_login(self, sign_in: str) -> Iterator[Leading]:
        try:
            yield leading(self.site.open(sign_in))
        finally:
            self.site.close()

    def group(
        self,
        *leaders: str,
        lines: Lines = Lines.CLINICAL,
        name: str = "Choices group",
        people: Sequence[str] | None = None,
    ) -> str:
        """A group with these people, set up by the psychologist."""
        with self.as_login(PSY) as me:
            facilitators = tuple(self.uids[leader] for leader in leaders)
            group_id = me.groups.create(Group(name=name, theme="", lines=lines, facilitators=facilitators))
            for given in people if people is not None else self.ids:
                me.groups.add_member(group_id, self.ids[given], since=DAY)
            return group_id

    def sign(self, group_id: str, sign_in: str = PSY, **changes: object) -> str:
        """A meeting of the group, signed by that login."""
        with self.as_login(sign_in) as me:
            typed = replace(written(me, group_id, self.ids), **changes)  # type: ignore[arg-type]  # fields by name
            return me.meetings.sign(me.meetings.save_draft(typed, None))


def written(me: Leading, group_id: str, ids: Mapping[str, str]) -> TypedMeeting:
    """A meeting that can be signed as it is: one person was not brought."""
    inside = [member.person for member in me.groups.members(group_id)]
    marks = {person: Mark(attendance="came", took_part="steadily", skill="asked") for person in inside}
    if ids.get("Amina") in marks:
        marks[ids["Amina"]] = Mark(attendance="no_escort")
    if ids.get("Omar") in marks:
        marks[ids["Omar"]] = replace(marks[ids["Omar"]], words="Used the short answer.", kept=True)
    return replace(
        me.meetings.fresh(group_id),
        theme="Pressure from old friends",
        done="Role play in pairs, then a round.",
        climate="lively",
        exercise="A card with three answers",
        marks=marks,
    )
