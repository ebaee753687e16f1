"""What lists show of a release checklist: days and open items, derived from one kept row an item, without its texts."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from rehabdesk.readiness.model import (
    SETTLED,
    Blocking,
    Checklist,
    ItemMark,
    ItemStatus,
    Mode,
    Template,
    TemplateItem,
    derived_due,
    marks_that_count,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptItem:
    """The newest status and own day of an item, as kept at writing; None: nobody has set it.

    `ask_again`: when the person who said no is asked once more.
    """

    status: ItemStatus | None = None
    due: date | None = None
    ask_again: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptList:
    """A running list with what is kept of its items, by code."""

    rid: str
    person: str
    checklist: Checklist
    items: Mapping[str, KeptItem]


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenItem:
    """An item that nothing has settled yet, and the day on which it is due."""

    template: TemplateItem
    due: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A running list as a line shows it. `open` are items by their day; `count` is how many items the list has.

    `again`: settled by a no, by the day on which the person is asked once more. It is never late.

    All of it counts things to be done for a release, none of it a person (G1).
    """

    person: str
    release_on: date
    short_notice: bool
    open: tuple[OpenItem, ...]
    count: int
    again: tuple[OpenItem, ...] = ()

    @property
    def done(self) -> int:
        """Items that are settled: done, declined, not applicable or waived."""
        return self.count - len(self.open)

    def open_of(self, blocking: Blocking) -> int:
        """How many open items hold back that much (domain.md 9.1)."""
        return sum(item.template.blocking is blocking for item in self.open)

    def late(self, today: date) -> tuple[OpenItem, ...]:
        """Open items whose day has passed."""
        return tuple(item for item in self.open if item.due < today)


def kept_of(marks: Sequence[ItemMark]) -> KeptItem:
    """What the marks of one item, the oldest first, leave of it; the same rule as `model.items_of`."""
    kept = KeptItem()
    for mark, _ in marks_that_count((one, "") for one in marks):
        if mark.due is not None or mark.due_cleared:
            kept = replace(kept, due=mark.due)
        if mark.status is not None:
            kept = replace(kept, status=mark.status, ask_again=mark.ask_again)
    return kept


def standing_of(kept: KeptList, template: Template, shown: Callable[[TemplateItem], bool]) -> Standing:
    """The list as it stands for whom `shown` says which items they are shown."""
    items = [item for item in template.items if shown(item)]
    nothing, found, again = KeptItem(), [], []
    for item in items:
        known = kept.items.get(item.code, nothing)
        if known.status not in SETTLED:
            found.append(OpenItem(template=item, due=known.due or derived_due(item, kept.checklist)))
        elif known.ask_again is not None:
            again.append(OpenItem(template=item, due=known.ask_again))
    return Standing(
        person=kept.person,
        release_on=kept.checklist.anchor,
        short_notice=kept.checklist.mode is Mode.SHORT_NOTICE,
        open=tuple(sorted(found, key=lambda item: (item.due, item.template.code))),
        count=len(items),
        again=tuple(sorted(again, key=lambda item: (item.due, item.template.code))),
    )
