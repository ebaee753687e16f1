"""A packet taken apart into what can be accepted one by one. Nothing of it is in a record yet (packet.md 8.1)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum


class Into(StrEnum):
    """Where an item goes when it is accepted. All of them also stand on the timeline, with the packet they came in."""

    TEXT = "text"
    IDENTITY = "identity"
    CONDITION = "condition"
    CONTACT = "contact"
    GOAL = "goal"
    ALERT = "alert"


FOR_PLAN = ("S5.g", "S5.n", "S6.")
"""How the ids of those items begin that a plan draft takes over on request."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StagedLine:
    """One thing that is said. `own`: the person's own words; `lang`: in which language they are written."""

    words: str
    caption: str = ""
    lang: str = ""
    own: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StagedItem:
    """One thing that somebody accepts or leaves. `id` is the same in every version of the packet's bytes."""

    id: str
    section: str
    title: str
    lines: tuple[StagedLine, ...]
    into: Into = Into.TEXT


@dataclass(frozen=True, slots=True, kw_only=True)
class StagedPart:
    """One section. `absent`: the reason that the packet gives for leaving it out; `lines`: what is only read."""

    code: str
    title: str
    items: tuple[StagedItem, ...]
    absent: str = ""
    lines: tuple[StagedLine, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Somebody of the register who may be meant."""

    id: str
    name: str
    case_ref: str
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeWords:
    """The words of codes that this desk knows, by code: checklist items, categories of conditions, plan domains."""

    items: Mapping[str, str] = field(default_factory=dict)
    categories: Mapping[str, str] = field(default_factory=dict)
    domains: Mapping[str, str] = field(default_factory=dict)


def all_items(parts: Sequence[StagedPart]) -> dict[str, StagedItem]:
    """Every item by its id, in the order of the packet."""
    return {item.id: item for part in parts for item in part.items}
