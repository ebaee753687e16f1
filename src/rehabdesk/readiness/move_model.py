"""What moves with a release day, and what stays because a person set it. Said before it is done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from rehabdesk.readiness.model import Item, TemplateItem


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One item whose due day becomes another."""

    item: TemplateItem
    before: date
    after: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Moves:
    """Of what is open. `stay`: days that a person set. `late`: how many would be overdue that are not now."""

    moves: tuple[Move, ...] = ()
    stay: tuple[Item, ...] = ()
    late: int = 0


def moves_between(before: Sequence[Item], after: Sequence[Item], today: date) -> Moves:
    """The difference between a list and the same list with another release day, in the order of the new days."""
    old = {item.template.code: item for item in before}
    moved = [
        Move(item=item.template, before=old[item.template.code].due, after=item.due)
        for item in after
        if item.open and old[item.template.code].due != item.due
    ]
    return Moves(
        moves=tuple(sorted(moved, key=lambda each: (each.after, each.item.code))),
        stay=tuple(item for item in after if item.open and item.set_by_person),
        late=sum(item.is_overdue(today) and not old[item.template.code].is_overdue(today) for item in after),
    )
