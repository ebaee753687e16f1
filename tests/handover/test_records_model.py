"""Packets as a desk keeps them stay readable, also those of older payload versions."""

import json
from pathlib import Path

import pytest

from rehabdesk.core.payload import from_payload, to_payload
from rehabdesk.handover.content.packet_model import LegalBasis
from rehabdesk.handover.making.typed_again_model import typed_again
from rehabdesk.handover.records_model import PacketRecord
from rehabdesk.handover.store import PACKET, VERSIONS
from tests.handover import sample

PAYLOADS = Path(__file__).parent / "payloads"


@pytest.mark.parametrize("version", VERSIONS[PACKET])
def test_every_version_of_a_packet_is_read(version: int) -> None:
    payload = json.loads((PAYLOADS / f"packet-{version}.json").read_text("utf-8"))
    record = from_payload(PacketRecord, payload)
    assert record.choices.legal_basis is (LegalBasis.SUPERVISION_LAW if version == 1 else LegalBasis.CONSENT)
    again = typed_again(record.choices, sample.whole_sections(), record.ticked)
    assert again.kept_back == ("victim",), "what was ticked, without what the desk writes itself"
    if version == VERSIONS[PACKET][-1]:
        assert to_payload(record) == payload
        assert (again.audience, again.put_in, again.copy_because) == ("ngo", ("S14",), "No safe place to keep it.")
