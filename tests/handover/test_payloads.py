"""Payloads of packets and annexes stay readable for ever, in every version."""

import json
from pathlib import Path
from typing import Any

import pytest

from rehabdesk.core.payload import from_payload, to_payload
from rehabdesk.handover import store
from rehabdesk.handover.annex import annex_store, clinician_store
from rehabdesk.handover.annex.annex_records_model import AnnexPart, AnnexRecord, AnnexRequest, AnnexStep, ReceivedAnnex
from rehabdesk.handover.annex.clinician_model import Clinician
from rehabdesk.handover.collecting import site_words_store
from rehabdesk.handover.collecting.site_words_model import SiteWords
from rehabdesk.handover.file_index import file_index_store
from rehabdesk.handover.file_index.file_index_model import IndexPart
from rehabdesk.handover.records_model import FilePart, PacketRecord, Step

PAYLOADS = Path(__file__).parent / "payloads"
CLASSES: dict[str, type[Any]] = {
    "packet": PacketRecord,
    "packet_file": FilePart,
    "packet_step": Step,
    "annex_request": AnnexRequest,
    "annex_step": AnnexStep,
    "annex": AnnexRecord,
    "annex_file": AnnexPart,
    "annex_received": ReceivedAnnex,
    "clinician_key": Clinician,
    "packet_index_file": IndexPart,
    "content_check_words": SiteWords,
}
STORES = (store, annex_store, clinician_store, file_index_store, site_words_store)
VERSIONS = [(kind, pv) for each in STORES for kind, versions in each.PROJECTION.kinds.items() for pv in versions]


def test_every_kind_has_a_frozen_example_of_every_version() -> None:
    assert {kind for kind, _ in VERSIONS} == set(CLASSES)
    assert {f"{kind}-{pv}" for kind, pv in VERSIONS} <= {file.stem for file in PAYLOADS.iterdir()}


@pytest.mark.parametrize(("kind", "pv"), VERSIONS)
def test_a_frozen_payload_is_read_whole_and_written_the_same(kind: str, pv: int) -> None:
    frozen = json.loads((PAYLOADS / f"{kind}-{pv}.json").read_text("utf-8"))
    assert to_payload(from_payload(CLASSES[kind], frozen)) == frozen
