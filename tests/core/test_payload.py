"""Records as payloads and back: strict in both directions."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from enum import StrEnum

import pytest

from rehabdesk.core.canon import Json
from rehabdesk.core.errors import FormatError
from rehabdesk.core.payload import from_payload, to_payload


class Colour(StrEnum):
    RED = "red"


@dataclass(frozen=True, slots=True, kw_only=True)
class Inner:
    n: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Outer:
    name: str
    on: date
    at: datetime | None = None
    colour: Colour = Colour.RED
    inner: Inner | None = None
    items: tuple[Inner, ...] = ()
    answers: Mapping[str, str] = field(default_factory=dict)
    yes: bool = False


FULL = Outer(
    name="Awa",
    on=date(2026, 11, 24),
    at=datetime(2026, 11, 24, 9, 0, 0, 5000, UTC),
    inner=Inner(n=1),
    items=(Inner(n=2), Inner(n=3)),
    answers={"a": "b"},
    yes=True,
)


def test_round_trip() -> None:
    assert from_payload(Outer, to_payload(FULL)) == FULL
    bare = Outer(name="x", on=date(2026, 1, 1))
    assert to_payload(bare) == {"name": "x", "on": "2026-01-01"}
    assert from_payload(Outer, to_payload(bare)) == bare


@pytest.mark.parametrize(
    "change",
    [
        {"name": 1},
        {"name": None},
        {"on": "2026-1-1"},
        {"on": "20260101"},
        {"at": "2026-11-24T09:00:00Z"},
        {"colour": "blue"},
        {"inner": {}},
        {"inner": {"n": True}},
        {"inner": {"n": 1, "m": 1}},
        {"items": {"n": 1}},
        {"items": [1]},
        {"answers": {"a": 1}},
        {"yes": 1},
        {"unknown": 1},
    ],
)
def test_wrong_shapes_are_refused(change: dict[str, Json]) -> None:
    with pytest.raises(FormatError):
        from_payload(Outer, to_payload(FULL) | change)


def test_missing_names_are_refused() -> None:
    with pytest.raises(FormatError):
        from_payload(Outer, {"name": "x"})
