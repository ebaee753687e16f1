"""How a key stands, and records of trust as older versions wrote them: each stays readable."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from rehabdesk.core.payload import from_payload, to_payload
from rehabdesk.handover.trust.trust_model import KeyState, SiteStanding, key_state
from rehabdesk.handover.trust.trust_store import _CLASSES, PROJECTION

PAYLOADS = Path(__file__).parent / "trust_payloads"
TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("days", "said", "state"),
    [
        (61, {}, KeyState.GOOD),
        (60, {}, KeyState.ENDS_SOON),
        (0, {}, KeyState.ENDS_SOON),
        (-1, {}, KeyState.ENDED),
        (-1, {"withdrawn": True}, KeyState.WITHDRAWN),
        (300, {"newest": False}, KeyState.OLDER),
        (300, {"fits": False}, KeyState.TO_WITHDRAW),
        (300, {"fits": False, "newest": False}, KeyState.TO_WITHDRAW),
        (-1, {"fits": False}, KeyState.ENDED),
    ],
)
def test_how_a_key_stands(days: int, said: dict[str, bool], state: KeyState) -> None:
    told = {"withdrawn": False, "newest": True, "fits": True, **said}
    assert key_state(today=TODAY, until=TODAY + timedelta(days=days), **told) is state


@pytest.mark.parametrize("file", sorted(PAYLOADS.glob("*.json")), ids=lambda file: file.stem)
def test_a_payload_stays_readable(file: Path) -> None:
    kind, _, version = file.stem.rpartition("-")
    payload = json.loads(file.read_text("utf-8"))
    assert int(version) in PROJECTION.kinds[kind]
    assert to_payload(from_payload(_CLASSES[kind], payload)) == payload


def test_the_first_standing_is_of_the_first_card() -> None:
    held = from_payload(SiteStanding, json.loads((PAYLOADS / "site_standing-1.json").read_text("utf-8")))
    assert (held.seq, held.list_made()) == (1, held.issued)
