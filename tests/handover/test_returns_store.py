"""Records of what happened after the seal stay readable for ever."""

import json
from pathlib import Path
from typing import Any

import pytest

from rehabdesk.core.payload import from_payload, to_payload
from rehabdesk.handover.after import returns_store, status_list_store
from rehabdesk.handover.after.after_seal_model import Delivery, FeedbackKept, ReceiptKept, ReturnSeen, Withdrawal
from rehabdesk.handover.after.status_list_keeping_model import KeptList

PAYLOADS = Path(__file__).parent / "after_payloads"
CLASSES: dict[str, type[Any]] = {
    "packet_delivery": Delivery,
    "packet_withdrawal": Withdrawal,
    "packet_receipt": ReceiptKept,
    "packet_feedback": FeedbackKept,
    "packet_return_seen": ReturnSeen,
    "status_list": KeptList,
}
STORES = (returns_store, status_list_store)
VERSIONS = [(kind, pv) for store in STORES for kind, versions in store.PROJECTION.kinds.items() for pv in versions]


def test_every_kind_has_a_frozen_example_of_every_version() -> None:
    assert {file.stem for file in PAYLOADS.iterdir()} == {f"{kind}-{pv}" for kind, pv in VERSIONS}


@pytest.mark.parametrize(("kind", "pv"), VERSIONS)
def test_a_frozen_payload_is_read_whole_and_written_the_same(kind: str, pv: int) -> None:
    frozen = json.loads((PAYLOADS / f"{kind}-{pv}.json").read_text("utf-8"))
    assert to_payload(from_payload(CLASSES[kind], frozen)) == frozen
