"""What is kept of packets that came: frozen payloads, what a packet counts as, and when nothing may be accepted."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from rehabdesk.core.errors import FormatError, UserError
from rehabdesk.core.payload import from_payload, to_payload
from rehabdesk.handover.checking.verdict_model import State
from rehabdesk.handover.inbox.inbox_model import (
    Acceptance,
    Did,
    FirstSeen,
    Handled,
    Mark,
    ReceivedPacket,
    ReceivedPart,
    ReceivedRow,
    handled,
    require_acceptable,
)
from rehabdesk.handover.inbox.inbox_store import PROJECTION
from rehabdesk.notes.received_model import Outside
from rehabdesk.notes.received_store import PROJECTION as OUTSIDE

PAYLOADS = Path(__file__).parent / "payloads"
CLASSES: dict[str, type[Any]] = {
    "packet_first_seen": FirstSeen,
    "received_packet": ReceivedPacket,
    "received_part": ReceivedPart,
    "received_mark": Mark,
    "received_acceptance": Acceptance,
}
ELSEWHERE: dict[str, type[Any]] = {"received_outside": Outside}


VERSIONS = [(kind, pv) for each in (PROJECTION, OUTSIDE) for kind, versions in each.kinds.items() for pv in versions]


def frozen(kind: str, pv: int = 1) -> dict[str, Any]:
    folder = PAYLOADS if kind in CLASSES else PAYLOADS.parents[1] / "notes" / "payloads"
    found: dict[str, Any] = json.loads((folder / f"{kind}-{pv}.json").read_text("utf-8"))
    return found


def test_every_kind_has_a_frozen_example() -> None:
    assert set(PROJECTION.kinds) == set(CLASSES)
    assert set(OUTSIDE.kinds) == set(ELSEWHERE)


@pytest.mark.parametrize(("kind", "pv"), VERSIONS)
def test_a_frozen_payload_is_read_whole_and_written_the_same(kind: str, pv: int) -> None:
    cls = (CLASSES | ELSEWHERE)[kind]
    assert to_payload(from_payload(cls, frozen(kind, pv))) == frozen(kind, pv)
    with pytest.raises(FormatError):
        from_payload(cls, frozen(kind, pv) | {"total": 3})


def said(*answers: bool, back: str = "") -> tuple[Acceptance, ...]:
    return tuple(
        Acceptance(received="r", item=f"S1.{place}", accepted=one, taken_back=back) for place, one in enumerate(answers)
    )


def test_a_packet_counts_as_what_was_done_with_it() -> None:
    cases: list[tuple[tuple[Did, ...], tuple[Acceptance, ...], Handled]] = [
        ((), (), Handled.NEW),
        ((Did.READ,), (), Handled.READ),
        ((Did.READ, Did.SET_ASIDE), (), Handled.SET_ASIDE),
        ((Did.SET_ASIDE, Did.TAKEN_UP), (), Handled.READ),
        ((Did.READ,), said(True), Handled.IN_PART),
        ((Did.READ, Did.SET_ASIDE), said(True), Handled.IN_PART),
        ((Did.READ,), said(True, True), Handled.ACCEPTED),
        ((Did.READ,), said(True, False), Handled.IN_PART),
        ((Did.READ,), said(False, False), Handled.READ),
        ((Did.READ,), said(True, True, back="Another person"), Handled.READ),
    ]
    assert [handled(did, answers, 2) for did, answers, _ in cases] == [wanted for *_, wanted in cases]


@pytest.mark.parametrize("state", [State.OUT_OF_DATE, State.REPLACED, State.WITHDRAWN])
def test_only_two_states_are_accepted_from(state: State) -> None:
    packet: ReceivedPacket = from_payload(ReceivedPacket, frozen("received_packet"))
    row = ReceivedRow(id="r", packet=packet, first_seen=packet.issued, handled=Handled.NEW)
    now = packet.issued
    require_acceptable(row, now)
    pending = replace(row, packet=replace(packet, state=State.EXPRESS_PENDING))
    require_acceptable(pending, now)
    with pytest.raises(UserError, match="overdue"):
        require_acceptable(pending, now + timedelta(seconds=1))
    with pytest.raises(UserError, match="Nothing is accepted"):
        require_acceptable(replace(row, packet=replace(packet, state=state)), now)
    with pytest.raises(UserError, match="newer packet"):
        require_acceptable(replace(row, by="RD-NORD-2026-000125-W"), now)
    with pytest.raises(UserError, match="has passed"):
        require_acceptable(row, now + timedelta(days=400))
