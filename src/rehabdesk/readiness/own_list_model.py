"""The checklist as the person keeps it: what is done, what is being done, what the person can do, by date.

Plain words of its own; what is about somebody else, about safety, health or faith has none, and stands nowhere.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from rehabdesk.readiness.model import Item, ItemStatus

NOT_NEEDED = frozenset({ItemStatus.WAIVED, ItemStatus.NOT_APPLICABLE})
"""Nothing that the person waits for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnWords:
    """An item in the person's words. `can_do`: what the person can do for it, or nothing."""

    text: str
    can_do: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnLine:
    """One line of the paper. `by`: until when, None where nothing is left to do. `waits`: something holds it up."""

    text: str
    by: date | None = None
    waits: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnList:
    """`declined`: what the person said no to, which can become a yes on any day."""

    done: tuple[OwnLine, ...]
    doing: tuple[OwnLine, ...]
    mine: tuple[OwnLine, ...]
    declined: tuple[OwnLine, ...]


def own_list(items: Iterable[Item], words: Mapping[str, OwnWords]) -> OwnList:
    """The earliest due first. `words` by the code of the item."""
    known = [(item, words[item.template.code]) for item in items if item.template.code in words]
    known.sort(key=lambda each: (each[0].due, each[0].template.code))
    going_on = [(item, said) for item, said in known if item.open]
    return OwnList(
        done=tuple(OwnLine(text=said.text) for item, said in known if item.status is ItemStatus.DONE),
        doing=tuple(
            OwnLine(text=said.text, by=item.due, waits=item.status is ItemStatus.BLOCKED) for item, said in going_on
        ),
        mine=tuple(OwnLine(text=said.can_do, by=item.due) for item, said in going_on if said.can_do),
        declined=tuple(OwnLine(text=said.text) for item, said in known if item.status is ItemStatus.DECLINED),
    )
