"""Checklists and conditions as they are kept: with record and person."""

from dataclasses import dataclass

from rehabdesk.readiness.condition_model import Condition
from rehabdesk.readiness.model import Checklist


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredChecklist:
    rid: str
    person: str
    checklist: Checklist


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredCondition:
    rid: str
    person: str
    condition: Condition


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundMark:
    """A mark on an item that a search found. `item`: the item's code."""

    rid: str
    person: str
    item: str
    checklist: Checklist


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundCondition:
    rid: str
    person: str
