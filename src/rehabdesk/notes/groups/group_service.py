"""What a practitioner does with groups: set one up, add and end members. Its meetings: `meeting_service.py`."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from rehabdesk.access.model import Role, StaffCard
from rehabdesk.access.service import Desk
from rehabdesk.core.canon import Json
from rehabdesk.core.clock import local_day
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.payload import to_payload
from rehabdesk.core.text import isolate
from rehabdesk.db.projection import TEAM, Index, NewRecord
from rehabdesk.notes.groups import group_store
from rehabdesk.notes.groups.group_model import PAYLOAD_VERSION, Group, Lines, Membership
from rehabdesk.notes.groups.group_store import StoredMember
from rehabdesk.notes.groups.meeting_draft_model import name_sentence
from rehabdesk.notes.model import Entry, Part
from rehabdesk.notes.spelling_model import NameBook, Spelled
from rehabdesk.people.facilitation_service import Facilitations
from rehabdesk.people.model import Language, PersonRow
from rehabdesk.people.service import People
from rehabdesk.people.spelling_service import Spellings

FACILITATES = frozenset({Role.PSY, Role.CSUP, Role.FAC})
"""Who may lead a group. A chaplain who does has a second login of the role FAC (domain.md 1.3)."""
CLINICAL_FACILITATORS = frozenset({Role.PSY, Role.CSUP})
MAY_KEEP = frozenset({Role.PSY, Role.CSUP, Role.CO, Role.SUP})
"""Who sets groups up and says who belongs to them; a facilitator does not know the register."""
SEES_GROUPS = MAY_KEEP | {Role.FAC, Role.AUD}


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupLineRow:
    """One line of the list of groups."""

    id: str
    group: Group
    members: int
    meetings: int
    mine: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """Somebody of a group as it is shown. `rid`: of the membership."""

    rid: str
    person: str
    name: str
    unit: str
    membership: Membership


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Somebody of the register who could be added to a group."""

    person: str
    name: str
    case_ref: str
    unit: str


class Groups:
    """Groups of one unlocked desk, as this login may see and keep them."""

    def __init__(self, desk: Desk, people: People) -> None:
        self._desk, self._people = desk, people
        self._facilitations, self._names = Facilitations(desk, people), Spellings(desk, people.caseload)

    # reading

    @property
    def sees(self) -> bool:
        """Whether this role learns of groups at all: a chaplain does not."""
        return self._desk.role in SEES_GROUPS

    @property
    def may_keep(self) -> bool:
        """Whether this login may set groups up and add people."""
        return self._desk.role in MAY_KEEP

    def all(self) -> tuple[GroupLineRow, ...]:
        """The groups that this login may see, the open ones first, by name."""
        if not self.sees:
            return ()
        rows = [self._line(rid, group) for rid, group in group_store.groups(self._index) if self._visible(group)]
        return tuple(sorted(rows, key=lambda row: (not row.group.open, row.group.name.casefold(), row.id)))

    def group(self, group_id: str) -> Group:
        """UserError where there is none, or none for this login."""
        found = group_store.group(self._index, group_id) if self.sees else None
        if found is None or not self._visible(found):
            raise UserError(tr("There is no such group for this login."))
        return found

    def leads(self, group: Group) -> bool:
        """Whether this login is a facilitator of the group."""
        return self._desk.uid in group.facilitators and self._desk.role in FACILITATES

    def members(self, group_id: str, *, on: date | None = None) -> tuple[Member, ...]:
        """Who belongs to the group on a day, today if none is given, by name."""
        self.group(group_id)
        stored = group_store.on(group_store.members(self._index, group_id), on or self._today())
        return tuple(sorted((self._member(one) for one in stored), key=lambda one: (one.name.casefold(), one.rid)))

    def groups_of(self, person_id: str) -> tuple[tuple[str, Group], ...]:
        """(id, group) of the open groups to which a person belongs today, as far as this login may see them."""
        today = self._today()
        found = []
        for one in group_store.memberships(self._index, person_id):
            group = group_store.group(self._index, one.membership.group) if one.membership.runs_on(today) else None
            if group is not None and group.open and self.sees and self._visible(group):
                found.append((one.membership.group, group))
        return tuple(found)

    def name_of(self, person_id: str) -> str:
        """The name that is shown of somebody of a group."""
        row = self._row(person_id)
        return tr("Unknown") if row is None else row.display_alias or row.name

    def languages(self, person_id: str) -> tuple[Language, ...]:
        """What somebody of an own group speaks: with name and unit all that a facilitator is shown (domain.md 4.3)."""
        return self._names.languages(person_id)

    def could_facilitate(self) -> tuple[StaffCard, ...]:
        """Active logins that may lead a group, by name."""
        cards = [one.card for one in self._desk.members() if one.active and one.card.role in FACILITATES]
        return tuple(sorted(cards, key=lambda card: card.name.casefold()))

    def candidates(self, group_id: str, words: str, *, limit: int = 8) -> tuple[Candidate, ...]:
        """People of the register who could be added, by any spelling; own cases while nothing is typed."""
        self._require_keeper()
        inside = {one.person for one in self.members(group_id)}
        rows = self._people.find(words, limit=limit + len(inside)) if words.strip() else self._people.own_cases()
        return tuple(
            Candidate(person=row.id, name=row.display_alias or row.name, case_ref=row.case_ref, unit=row.unit)
            for row in rows
            if row.id not in inside
        )[:limit]

    def name_book(self, near: frozenset[str]) -> NameBook:
        """The names of the register, to find them in a text; `near`: the people of the group."""
        return NameBook(self._spelled(near))

    # keeping

    def create(self, group: Group) -> str:
        """Sets a group up and gives its id."""
        self._require_keeper()
        self._require_right(group, frozenset())
        (record,) = self._desk.commit("group", [self._record(group, None)])
        return record.rid

    def change(self, group_id: str, group: Group) -> None:
        """Another name, programme or facilitator. Where lines lie is fixed with the first meeting.

        UserError, also with the dual-role warning where a new facilitator holds another capacity for a member.
        """
        self._require_keeper()
        present = self.group(group_id)
        if group.lines is not present.lines and group_store.meetings(self._index, group_id):
            raise UserError(tr("Where the lines lie was decided with the first meeting."), field="lines")
        self._require_right(group, frozenset(one.person for one in self.members(group_id)))
        new = [uid for uid in group.facilitators if uid not in present.facilitators]
        gone = [uid for uid in present.facilitators if uid not in group.facilitators]
        items = [self._record(group, group_id)]
        for one in self.members(group_id):
            items += self._facilitations.begun(one.person, new, since=self._today(), override_reason="")
            items += self._left(one.person, gone, group_id, self._today())
        self._desk.commit("group", items)

    def close(self, group_id: str) -> None:
        """Ends the group and everybody's belonging to it. What was written stays."""
        self._require_keeper()
        group, today = self.group(group_id), self._today()
        items = [self._record(replace(group, closed_on=today), group_id)]
        for one in group_store.members(self._index, group_id):
            if one.membership.until is None:
                items += self._ended(one, group, today)
        self._desk.commit("group", items)

    def add_member(self, group_id: str, person_id: str, *, since: date, override_reason: str = "") -> str:
        """Adds a person, with the assignment that lets a facilitator work with them; gives the membership's id.

        UserError with the dual-role warning unless there is a reason.
        """
        self._require_keeper()
        group = self.group(group_id)
        if not group.open:
            raise UserError(tr("This group is closed. Set up a new one."))
        if since > self._today():
            raise UserError(tr("Date must be today or in the past."), field="since")
        self._people.row(person_id)
        if any(one.person == person_id and one.membership.until is None for one in self._stored(group_id)):
            raise UserError(tr("{name} is in this group already.").format(name=isolate(self.name_of(person_id))))
        if NameBook(self._spelled(frozenset({person_id}), only=person_id)).named(f"{group.name}\n{group.theme}"):
            raise UserError(tr("The group is called by this person's name. Rename the group first."))
        assigned = self._facilitations.begun(
            person_id, group.facilitators, since=since, override_reason=override_reason
        )
        membership = _new(group_store.MEMBER, person_id, to_payload(Membership(group=group_id, since=since)))
        extra: dict[str, Json] | None = {"override": "dual_capacity"} if override_reason else None
        records = self._desk.commit("group_member", [membership, *assigned], extra=extra)
        return records[0].rid

    def end_member(self, membership_id: str) -> None:
        """The person is no longer in the group from today on."""
        self._require_keeper()
        found = group_store.member(self._index, membership_id)
        if found is None or found.membership.until is not None:
            raise UserError(tr("This person is no longer in the group."))
        group = self.group(found.membership.group)
        self._desk.commit("group_member", self._ended(found, group, self._today()))

    def stay_member(self, membership_id: str) -> None:
        """Takes the end back, as undo does."""
        self._require_keeper()
        found = group_store.member(self._index, membership_id)
        if found is None or found.membership.until is None:
            raise UserError(tr("This person is in the group."))
        membership = replace(found.membership, until=None)
        group = self.group(membership.group)
        items = [_new(group_store.MEMBER, found.person, to_payload(membership), rid=found.rid)]
        items += self._facilitations.begun(found.person, group.facilitators, since=self._today(), override_reason="")
        self._desk.commit("group_member", items)

    # inside

    @property
    def _index(self) -> Index:
        return self._desk.index(TEAM)

    def _today(self) -> date:
        return local_day(self._desk.clock)

    def _spelled(self, near: frozenset[str], *, only: str = "") -> Iterator[Spelled]:
        for person, names in self._names.spellings():
            if only in ("", person):
                yield from (Spelled(person=person, name=name, near=person in near) for name in names)

    def _visible(self, group: Group) -> bool:
        return self._desk.role is not Role.FAC or self._desk.uid in group.facilitators

    def _stored(self, group_id: str) -> tuple[StoredMember, ...]:
        return group_store.members(self._index, group_id)

    def _line(self, rid: str, group: Group) -> GroupLineRow:
        return GroupLineRow(
            id=rid,
            group=group,
            members=len(group_store.on(self._stored(rid), self._today())),
            meetings=len(group_store.meetings(self._index, rid)),
            mine=self.leads(group),
        )

    def _member(self, one: StoredMember) -> Member:
        row = self._row(one.person)
        return Member(
            rid=one.rid,
            person=one.person,
            name=self.name_of(one.person),
            unit="" if row is None else row.unit,
            membership=one.membership,
        )

    def _row(self, person_id: str) -> PersonRow | None:
        return self._names.row(person_id)

    def _require_keeper(self) -> None:
        if not self.may_keep:
            raise UserError(tr("A psychologist or a case officer sets groups up and adds people."))

    def _require_right(self, group: Group, near: frozenset[str]) -> None:
        """The facilitators may lead, lines under the clinical key need psychologists, and the name names nobody."""
        cards = {card.uid: card for card in self.could_facilitate()}
        if any(uid not in cards for uid in group.facilitators):
            raise UserError(
                tr("A group is led by psychologists and facilitators of this desk. Choose somebody else."),
                field="facilitators",
            )
        if group.lines is Lines.CLINICAL and any(
            cards[uid].role not in CLINICAL_FACILITATORS for uid in group.facilitators
        ):
            raise UserError(
                tr("Only where every facilitator is a psychologist can lines be clinical. Choose Team."),
                field="lines",
            )
        book = self.name_book(near)
        for field, text in (("name", group.name), ("theme", group.theme)):
            if named := book.named(text):
                raise UserError(name_sentence(named[0].typed), field=field)

    def _ended(self, one: StoredMember, group: Group, day: date) -> list[NewRecord]:
        membership = replace(one.membership, until=max(day, one.membership.since))
        return [
            _new(group_store.MEMBER, one.person, to_payload(membership), rid=one.rid),
            *self._left(one.person, group.facilitators, one.membership.group, day),
        ]

    def _left(self, person_id: str, staff: tuple[str, ...] | list[str], group_id: str, day: date) -> list[NewRecord]:
        """Ends assignments that no other group of the same facilitator still needs."""
        others = [
            found
            for one in group_store.memberships(self._index, person_id)
            if one.membership.group != group_id and one.membership.runs_on(day)
            if (found := group_store.group(self._index, one.membership.group)) is not None and found.open
        ]
        leaving = [uid for uid in staff if not any(uid in other.facilitators for other in others)]
        return self._facilitations.ended(person_id, leaving, until=day)

    def _record(self, group: Group, rid: str | None) -> NewRecord:
        return _new(group_store.GROUP, None, to_payload(group), rid=rid)


def without_other_names(desk: Desk, people: People, entry: Entry, words: str) -> str:
    """The words. UserError where they go into one person's record of a meeting and name somebody else."""
    if entry.part is not Part.GROUP:
        return words
    index = desk.index(TEAM)
    near = frozenset(
        each.person
        for mine in group_store.of_note(index, entry.note)
        for each in group_store.attendances(index, mine.attendance.meeting)
    )
    book = Groups(desk, people).name_book(near)
    if named := book.named(words, apart_from=entry.person_id):
        raise UserError(name_sentence(named[0].typed), field="body")
    return words


def _new(kind: str, person_id: str | None, payload: Mapping[str, Json], *, rid: str | None = None) -> NewRecord:
    return NewRecord(comp=TEAM, kind=kind, pv=PAYLOAD_VERSION, person=person_id, payload=payload, rid=rid)
