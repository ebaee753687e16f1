"""What a release checklist is: template, items, due dates, marks, and when the word "ready" may be used.

Which status may follow which: `item_state_model.py`. What moves with a release day: `move_model.py`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import require_text

SEALING_ITEM = "RR-J4"
"""Fulfilled by the sealing of the packet itself (domain.md 9.1)."""


class Mode(StrEnum):
    PLANNED = "planned"
    SHORT_NOTICE = "short_notice"


class ListState(StrEnum):
    """What may be said of the whole list; derived, but for the end."""

    OPEN = "open"
    READY = "ready"
    READY_WITH_WAIVERS = "ready_with_waivers"
    HANDED_OVER = "handed_over"
    CLOSED = "closed"


class ItemStatus(StrEnum):
    NOT_DUE = "not_due"
    DUE = "due"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    DECLINED = "declined"
    NOT_APPLICABLE = "not_applicable"
    BLOCKED = "blocked"
    WAIVED = "waived"


SETTLED = frozenset({ItemStatus.DONE, ItemStatus.DECLINED, ItemStatus.NOT_APPLICABLE, ItemStatus.WAIVED})
"""Statuses after which nothing is open. Declining is the person's choice and neutral."""


class Blocking(StrEnum):
    """What an item holds back: nothing, a look by the supervisor, or the word "ready". Never a release."""

    NO = "no"
    REVIEW = "review"
    HANDOVER = "handover"


class EvidenceKind(StrEnum):
    """What the evidence of an item is: words that name it, a day alone, or a tick alone.

    A tick alone stands where the matter belongs to another level, a day alone where no detail is held here (G29, G30).
    """

    REFERENCE = "reference"
    DATE = "date"
    TICK = "tick"


class Side(StrEnum):
    PRISON = "prison"
    COMMUNITY = "community"
    BOTH = "both"


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateItem:
    """One line of a template. `offset`: days from the planned release; `short_notice`: place in the minimum set or 0.

    `office`: it needs an office that is closed on days of rest.
    """

    code: str
    group: str
    text: str
    offset: int
    roles: tuple[str, ...]
    evidence: str
    blocking: Blocking
    side: Side
    short_notice: int = 0
    evidence_kind: EvidenceKind = EvidenceKind.REFERENCE
    office: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """A checklist as data. A site may change offsets; codes keep their meaning."""

    code: str
    version: int
    title: str
    groups: Mapping[str, str]
    items: tuple[TemplateItem, ...]

    def item(self, code: str) -> TemplateItem:
        """UserError for an unknown code."""
        for item in self.items:
            if item.code == code:
                return item
        raise UserError(tr("That item is not in this checklist."), field="item")


@dataclass(frozen=True, slots=True, kw_only=True)
class Checklist:
    """A person's list. `anchor` is the planned release; `ended` says that it was handed over or closed.

    `short_notice_since` is the day on which the release became one at short notice.
    """

    template: str
    template_version: int
    anchor: date
    mode: Mode
    created_on: date
    ended: ListState | None = None
    short_notice_since: date | None = None

    def __post_init__(self) -> None:
        if (self.mode is Mode.SHORT_NOTICE) != (self.short_notice_since is not None):
            raise UserError(tr("Say since when the release is at short notice."), field="mode")
        if self.ended not in (None, ListState.HANDED_OVER, ListState.CLOSED):
            raise UserError(tr("A list ends handed over or closed."), field="ended")


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemMark:
    """Something new about one item; the newest of each kind counts.

    `due` is a day that a person set: it stays when the release moves; `due_cleared` gives the item back to the
    template. `offered_help` says that an interpreter or reader was offered before a "declined" (G32), `ask_again` on
    which day the person is asked once more. `taken_back`: the newest mark of the item before this one does not count.
    """

    checklist: str
    item: str
    status: ItemStatus | None = None
    evidence: str = ""
    comment: str = ""
    reason: str = ""
    due: date | None = None
    due_cleared: bool = False
    side: Side | None = None
    offered_help: bool = False
    ask_again: date | None = None
    taken_back: bool = False

    def __post_init__(self) -> None:
        for text, field, label, longest in (
            (self.evidence, "evidence", tr("Evidence"), 300),
            (self.comment, "comment", tr("Comment"), 600),
            (self.reason, "reason", tr("Reason"), 400),
        ):
            require_text(text, field=field, label=label, longest=longest, empty_allowed=True)
        if self.status is ItemStatus.DONE and not self.evidence.strip():
            raise UserError(tr("Name the evidence: done means that the outcome is secured."), field="evidence")
        if (
            self.status in (ItemStatus.WAIVED, ItemStatus.NOT_APPLICABLE, ItemStatus.BLOCKED)
            and not self.reason.strip()
        ):
            raise UserError(tr("Say why."), field="reason")
        if self.status in (ItemStatus.NOT_DUE, ItemStatus.DUE):
            raise UserError(tr("Whether an item is due follows from its day."), field="status")
        if self.ask_again is not None and self.status is not ItemStatus.DECLINED:
            raise UserError(tr("Only after a no is a day to ask again."), field="ask_again")
        says = (self.status, self.due, self.side, self.due_cleared, self.evidence, self.comment, self.reason)
        if self.taken_back and any(says):
            raise UserError(tr("Mark the item anew: what takes a mark back says nothing else."), field="status")


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """An item as it stands today. `set_by_person`: the due day was set by somebody and does not move."""

    template: TemplateItem
    due: date
    set_by_person: bool
    status: ItemStatus
    evidence: str = ""
    comment: str = ""
    reason: str = ""
    side: Side
    marked_by: str = ""
    ask_again: date | None = None

    @property
    def open(self) -> bool:
        return self.status not in SETTLED

    def is_to_ask_again(self, today: date) -> bool:
        """Whether the day has come on which the person is asked once more. The no stands until then and after."""
        return self.ask_again is not None and self.ask_again <= today

    def is_overdue(self, today: date) -> bool:
        return self.open and self.due < today


def items_of(
    template: Template, checklist: Checklist, marks: tuple[tuple[ItemMark, str], ...], today: date
) -> tuple[Item, ...]:
    """Every item with its due day and status; `marks` are (mark, author), oldest first.

    In short-notice mode the minimum set comes first, in its order, due on the day of the notice.
    """
    found = [_fresh(item, checklist) for item in template.items]
    places = {item.template.code: place for place, item in enumerate(found)}
    for mark, author in marks_that_count(marks):
        place = places.get(mark.item)
        if place is not None:
            found[place] = _after(found[place], mark, author, checklist)
    settled = [_timed(item, today) for item in found]
    if checklist.mode is Mode.SHORT_NOTICE:
        settled.sort(key=lambda item: (item.template.short_notice or 99, item.due, item.template.code))
    return tuple(settled)


def marks_that_count(marks: Iterable[tuple[ItemMark, str]]) -> list[tuple[ItemMark, str]]:
    """Without those that were taken back; oldest first."""
    kept: list[tuple[ItemMark, str]] = []
    for mark, author in marks:
        if not mark.taken_back:
            kept.append((mark, author))
            continue
        newest = next((place for place in reversed(range(len(kept))) if kept[place][0].item == mark.item), None)
        if newest is not None:
            del kept[newest]
    return kept


def derived_due(item: TemplateItem, checklist: Checklist) -> date:
    """The day that follows from the release day, or, at short notice, from the day of the notice.

    At short notice what is not in the minimum set is due one to thirty days after the release, what would have been
    begun first the last (domain.md 9.3).
    """
    if checklist.short_notice_since is None:
        return checklist.anchor + timedelta(days=item.offset)
    if item.short_notice:
        return checklist.short_notice_since
    after = item.offset if item.offset > 0 else 1 - item.offset // 6
    return checklist.anchor + timedelta(days=min(30, max(1, after)))


def _fresh(item: TemplateItem, checklist: Checklist) -> Item:
    later = checklist.mode is Mode.SHORT_NOTICE and not item.short_notice
    return Item(
        template=item,
        due=derived_due(item, checklist),
        set_by_person=False,
        status=ItemStatus.NOT_DUE,
        side=Side.BOTH if later and item.side is Side.PRISON else item.side,
    )


def _after(item: Item, mark: ItemMark, author: str, checklist: Checklist) -> Item:
    if mark.due is not None:
        item = replace(item, due=mark.due, set_by_person=True)
    elif mark.due_cleared:
        item = replace(item, due=derived_due(item.template, checklist), set_by_person=False)
    if mark.side is not None:
        item = replace(item, side=mark.side)
    if mark.status is not None:
        item = replace(
            item,
            status=mark.status,
            evidence=mark.evidence,
            reason=mark.reason,
            comment=mark.comment,
            marked_by=author,
            ask_again=mark.ask_again,
        )
    elif mark.comment:
        item = replace(item, comment=mark.comment, marked_by=author)
    return item


def _timed(item: Item, today: date) -> Item:
    """Not due becomes due on its day; other statuses were set by somebody."""
    if item.status is ItemStatus.NOT_DUE and item.due <= today:
        return replace(item, status=ItemStatus.DUE)
    return item


def state_of(checklist: Checklist, items: tuple[Item, ...]) -> ListState:
    """What may be said of the list. "Ready" needs every blocking item settled;
    RR-J4 is settled by the sealing itself.
    """
    if checklist.ended is not None:
        return checklist.ended
    blocking = [
        item for item in items if item.template.blocking is Blocking.HANDOVER and item.template.code != SEALING_ITEM
    ]
    if any(item.open for item in blocking):
        return ListState.OPEN
    waived = any(item.status is ItemStatus.WAIVED for item in blocking)
    return ListState.READY_WITH_WAIVERS if waived else ListState.READY
