"""The records in which a deed on a packet is written: the signed bytes in parts, and the step."""

from collections.abc import Mapping

from rehabdesk.core.canon import Json, sha256_hex
from rehabdesk.core.payload import to_payload
from rehabdesk.db.projection import TEAM, NewRecord
from rehabdesk.handover import store
from rehabdesk.handover.content.packet_model import Mode
from rehabdesk.handover.packets_model import PacketState
from rehabdesk.handover.parts_model import in_parts
from rehabdesk.handover.records_model import FilePart, Step


def file_records(packet_id: str, person: str, stage: PacketState, pdf: bytes) -> list[NewRecord]:
    """The signed bytes of a stage, in parts that a record can hold."""
    return [
        new_record(store.FILE, person, to_payload(FilePart(packet=packet_id, stage=stage, **part)))
        for part in in_parts(pdf)
    ]


def step_record(
    packet_id: str,
    person: str,
    state: PacketState,
    *,
    pdf: bytes | None = None,
    reason: str = "",
    mode: Mode = Mode.SEALED,
) -> NewRecord:
    """`pdf`: the signed bytes that the step made, or closed."""
    digest = "" if pdf is None else sha256_hex(pdf)
    step = Step(packet=packet_id, state=state, pdf_sha256=digest, reason=reason, mode=mode)
    return new_record(store.STEP, person, to_payload(step))


def new_record(kind: str, person: str, payload: Mapping[str, Json], rid: str | None = None) -> NewRecord:
    return NewRecord(
        comp=TEAM, kind=kind, pv=store.VERSIONS.get(kind, (1,))[-1], person=person, payload=payload, rid=rid
    )
