"""What a practitioner can do for a release. One method is one deed, one transaction, one audit entry."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from rehabdesk.access.model import Role
from rehabdesk.access.service import Desk
from rehabdesk.core.clock import local_day
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.payload import to_payload
from rehabdesk.db.projection import TEAM, Index, NewRecord
from rehabdesk.people.service import People
from rehabdesk.readiness import item_state_model as states
from rehabdesk.readiness import model, store
from rehabdesk.readiness.condition_service import Conditions
from rehabdesk.readiness.model import Blocking, Checklist, Item, ItemMark, ItemStatus, ListState, Mode, Side
from rehabdesk.readiness.move_model import Moves, moves_between
from rehabdesk.readiness.rest_model import RestWarning, rest_warning
from rehabdesk.readiness.site_service import SiteChecklists
from rehabdesk.readiness.stored_model import StoredChecklist
from rehabdesk.readiness.template_service import Templates

LIST_VERSION, MARK_VERSION = 1, 2
"""Payload versions that are written."""
MAY_KEEP = frozenset({Role.CO})
MAY_MARK = frozenset({Role.CO, Role.PSY, Role.CSUP, Role.CHA, Role.SUP})
MAY_READ = frozenset({Role.CO, Role.PSY, Role.CSUP, Role.CHA, Role.SUP, Role.AUD})
OWN_ITEMS_ONLY = frozenset({Role.PSY, Role.CSUP, Role.CHA})
"""Roles that are shown the items that name them (domain.md 4.2)."""
NEAR = timedelta(days=180)


@dataclass(frozen=True, slots=True, kw_only=True)
class Readiness:
    """A person's list as it stands today. `items` are those that the reader's role is shown; `state` counts all.

    `groups`: titles by code, in their order.
    """

    rid: str
    person: str
    checklist: Checklist
    items: tuple[Item, ...]
    groups: Mapping[str, str]
    state: ListState

    def item(self, code: str) -> Item:
        """UserError where the list has no such item."""
        for item in self.items:
            if item.template.code == code:
                return item
        raise UserError(tr("That item is not in this checklist."), field="item")

    @property
    def open_blocking(self) -> tuple[Item, ...]:
        """What keeps the word "ready" from the packet. It keeps nobody from leaving."""
        return tuple(item for item in self.items if item.open and item.template.blocking is Blocking.HANDOVER)


class Releases:
    """Checklists of one unlocked desk; `conditions` and what the `site` keeps stand beside them."""

    def __init__(self, desk: Desk, people: People, templates: Templates) -> None:
        self._desk, self._people = desk, people
        self.site = SiteChecklists(desk, templates)
        self.conditions = Conditions(desk, people, templates)

    # lists

    def open_list(self, person_id: str, release_on: date, *, short_notice: bool = False) -> Readiness:
        """Makes the list on a release signal. UserError where one is running."""
        self._require(MAY_KEEP, tr("A case officer opens the checklist."))
        self._people.row(person_id)
        self._people.known.require_here(person_id)
        running = store.newest(self._index, person_id)
        if running is not None and running.checklist.ended is None:
            raise UserError(tr("A checklist is running for this person. Move its date instead."))
        template = self.site.newest
        checklist = Checklist(
            template=template.code,
            template_version=template.version,
            anchor=release_on,
            mode=Mode.SHORT_NOTICE if short_notice else Mode.PLANNED,
            created_on=self._today(),
            short_notice_since=self._today() if short_notice else None,
        )
        (record,) = self._desk.commit("open_checklist", [self._item(store.CHECKLIST, person_id, checklist)])
        return self._as_it_stands(StoredChecklist(rid=record.rid, person=person_id, checklist=checklist))

    def move_release(self, person_id: str, release_on: date, *, short_notice: bool | None = None) -> Readiness:
        """Another release day: what was derived moves with it, what a person set stays. Can be moved back."""
        self._require(MAY_KEEP, tr("A case officer moves the release date."))
        stored = self._running(person_id)
        changed = self._moved(stored.checklist, release_on, short_notice)
        self._desk.commit("move_release", [self._item(store.CHECKLIST, person_id, changed, stored.rid)])
        return self._as_it_stands(replace(stored, checklist=changed))

    def moves(self, person_id: str, release_on: date, *, short_notice: bool | None = None) -> Moves:
        """What `move_release` would move, and what stays; nothing is written."""
        self._require(MAY_KEEP, tr("A case officer moves the release date."))
        stored = self._running(person_id)
        before = self._as_it_stands(stored)
        moved = self._moved(stored.checklist, release_on, short_notice)
        after = self._as_it_stands(replace(stored, checklist=moved))
        return moves_between(before.items, after.items, self._today())

    def rest_warning(self, readiness: Readiness) -> RestWarning | None:
        """What offices cannot do any more where the release is on or before days of rest."""
        return rest_warning(readiness.checklist.anchor, self.site.rest_days, readiness.items)

    def end_list(self, person_id: str, how: ListState) -> None:
        """Handed over or closed; what is open stays written as open."""
        self._require(MAY_KEEP, tr("A case officer closes the checklist."))
        stored = self._running(person_id)
        changed = replace(stored.checklist, ended=how)
        self._desk.commit("end_checklist", [self._item(store.CHECKLIST, person_id, changed, stored.rid)])

    def of_person(self, person_id: str) -> Readiness | None:
        """The person's latest list as it stands, or None."""
        self._may_read(person_id)
        stored = store.newest(self._index, person_id)
        return None if stored is None else _shown(self._as_it_stands(stored), self._desk.role)

    # items

    def mark(
        self,
        person_id: str,
        code: str,
        status: ItemStatus,
        *,
        evidence: str = "",
        comment: str = "",
        reason: str = "",
        offered_help: bool = False,
        ask_again: date | None = None,
        due: date | None = None,
        due_cleared: bool = False,
        side: Side | None = None,
    ) -> Readiness:
        """A new status. `done` needs evidence; `declined` the question whether an interpreter or reader was offered.

        Waiving is `waive`; "not applicable" on a blocking item is `agree_not_applicable`, by a second role. `due`,
        `due_cleared` and `side` as in `adjust`, with the same deed.
        """
        stored, item = self._markable(person_id, code)
        states.require_settable(item.template, status, offered_help=offered_help)
        states.require_step(item, status)
        mark = ItemMark(
            checklist=stored.rid,
            item=code,
            status=status,
            evidence=states.evidence_of(item.template, status, evidence, comment, self._today()),
            comment=comment,
            reason=reason,
            offered_help=offered_help,
            ask_again=ask_again,
            due=due,
            due_cleared=due_cleared,
            side=side,
        )
        return self._write("mark_item", stored, mark)

    def take_back(self, person_id: str, code: str) -> Readiness:
        """The item as it was before its newest mark, which is one of this login. The history keeps both."""
        stored, item = self._markable(person_id, code)
        states.require_step(item, ItemStatus.IN_PROGRESS)
        marks = [each for each in model.marks_that_count(store.marks(self._index, stored.rid)) if each[0].item == code]
        if not marks or marks[-1][1] != self._desk.uid:
            raise UserError(tr("Somebody else marked this item since. Look at it again."))
        return self._write("take_back_mark", stored, ItemMark(checklist=stored.rid, item=code, taken_back=True))

    def waive(self, person_id: str, code: str, reason: str) -> Readiness:
        """The supervisor sets a blocking item aside; the reason is printed in the packet."""
        self._require(frozenset({Role.SUP}), tr("Only the supervisor waives an item."))
        stored = self._running(person_id)
        item = self._as_it_stands(stored).item(code)
        if item.template.blocking is not Blocking.HANDOVER:
            raise UserError(
                tr("Nothing needs to be waived: this item does not hold back the word ready."), field="item"
            )
        states.require_step(item, ItemStatus.WAIVED)
        mark = ItemMark(checklist=stored.rid, item=code, status=ItemStatus.WAIVED, reason=reason)
        return self._write("waive_item", stored, mark)

    def agree_not_applicable(self, person_id: str, code: str, reason: str) -> Readiness:
        """The supervisor as second role says that an item does not apply."""
        self._require(frozenset({Role.SUP}), tr("A supervisor is the second person here."))
        stored = self._running(person_id)
        states.require_step(self._as_it_stands(stored).item(code), ItemStatus.NOT_APPLICABLE)
        mark = ItemMark(checklist=stored.rid, item=code, status=ItemStatus.NOT_APPLICABLE, reason=reason)
        return self._write("not_applicable_item", stored, mark)

    def set_due(self, person_id: str, code: str, due: date | None) -> Readiness:
        """A day that stays when the release moves; None gives the item back to the template."""
        stored, _ = self._markable(person_id, code)
        return self._write(
            "set_due", stored, ItemMark(checklist=stored.rid, item=code, due=due, due_cleared=due is None)
        )

    def adjust(
        self,
        person_id: str,
        code: str,
        *,
        due: date | None = None,
        due_cleared: bool = False,
        side: Side | None = None,
    ) -> Readiness:
        """Another day, another side that carries the item, or both; the status stays.

        `due_cleared` gives the item back to the template.
        """
        stored, _ = self._markable(person_id, code)
        mark = ItemMark(checklist=stored.rid, item=code, due=due, due_cleared=due_cleared, side=side)
        return self._write("set_due" if due or due_cleared else "assign_side", stored, mark)

    def packet_sealed(self, person_id: str, number: str) -> None:
        """Settles RR-J4: it is fulfilled by the sealing itself. Does nothing where no list is running."""
        stored = store.newest(self._index, person_id)
        if stored is None or stored.checklist.ended is not None:
            return
        mark = ItemMark(checklist=stored.rid, item=model.SEALING_ITEM, status=ItemStatus.DONE, evidence=number)
        self._write("mark_item", stored, mark)

    # inside

    @property
    def _index(self) -> Index:
        return self._desk.index(TEAM)

    def _today(self) -> date:
        return local_day(self._desk.clock)

    def _template(self, stored: StoredChecklist) -> model.Template:
        return self.site.template(stored.checklist.template, stored.checklist.template_version)

    def _as_it_stands(self, stored: StoredChecklist) -> Readiness:
        marks = store.marks(self._index, stored.rid)
        template = self._template(stored)
        items = model.items_of(template, stored.checklist, marks, self._today())
        return Readiness(
            rid=stored.rid,
            person=stored.person,
            checklist=stored.checklist,
            items=items,
            groups=template.groups,
            state=model.state_of(stored.checklist, items),
        )

    def _running(self, person_id: str) -> StoredChecklist:
        stored = store.newest(self._index, person_id)
        if stored is None or stored.checklist.ended is not None:
            raise UserError(tr("No checklist is running for this person. Open one."))
        return stored

    def _markable(self, person_id: str, code: str) -> tuple[StoredChecklist, Item]:
        """A case officer marks every item, other roles those that name them, within their caseload."""
        self._require(MAY_MARK, tr("Your role does not mark items."))
        self._people.caseload.require(person_id)
        stored = self._running(person_id)
        item = self._as_it_stands(stored).item(code)
        if self._desk.role is not Role.CO and self._desk.role not in roles_of(item.template):
            raise UserError(tr("This item belongs to another discipline."), field="item")
        return stored, item

    def _moved(self, checklist: Checklist, to: date, short_notice: bool | None) -> Checklist:
        changed = replace(checklist, anchor=to)
        if short_notice is False:
            return replace(changed, mode=Mode.PLANNED, short_notice_since=None)
        if short_notice and changed.mode is Mode.PLANNED:
            return replace(changed, mode=Mode.SHORT_NOTICE, short_notice_since=self._today())
        return changed

    def _item(self, kind: str, person_id: str, thing: object, rid: str | None = None) -> NewRecord:
        pv = MARK_VERSION if kind == store.MARK else LIST_VERSION
        return NewRecord(comp=TEAM, kind=kind, pv=pv, person=person_id, payload=to_payload(thing), rid=rid)

    def _write(self, deed: str, stored: StoredChecklist, mark: ItemMark) -> Readiness:
        self._desk.commit(deed, [self._item(store.MARK, stored.person, mark)])
        return _shown(self._as_it_stands(stored), self._desk.role)

    def _may_read(self, person_id: str) -> None:
        self._require(MAY_READ, tr("Your role does not read checklists and conditions."))
        self._people.caseload.require(person_id)

    def _require(self, roles: frozenset[Role], sentence: str) -> None:
        if self._desk.role not in roles:
            raise UserError(sentence)


def _shown(readiness: Readiness, role: Role) -> Readiness:
    if role not in OWN_ITEMS_ONLY:
        return readiness
    return replace(readiness, items=tuple(item for item in readiness.items if role in roles_of(item.template)))


def roles_of(item: model.TemplateItem) -> frozenset[str]:
    """The roles that an item is for; a clinical supervisor is a psychologist too (domain.md 4.1)."""
    return frozenset(item.roles) | ({Role.CSUP} if Role.PSY in item.roles else set())
