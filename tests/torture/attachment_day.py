"""Attaching, one file after another, as a program of its own that is recorded, cut off, and judged."""

import json
import os
import random
import sys
from datetime import timedelta
from pathlib import Path

from rehabdesk.access import attach_store
from rehabdesk.access.attach_service import ATTACH_DEED, Attaching, SealedFiles
from rehabdesk.access.service import Desk
from rehabdesk.app import PROJECTIONS
from rehabdesk.core.canon import sha256_hex
from rehabdesk.core.ids import SeededIds
from rehabdesk.core.payload import to_payload
from rehabdesk.db.projection import CLINICAL, PASTORAL, TEAM, NewRecord, Record
from rehabdesk.notes.attachments.attachment_model import Attachment, AttachmentKind, attachment_from
from rehabdesk.notes.attachments.attachment_store import ATTACHMENT
from rehabdesk.notes.model import Addendum, AddendumType
from rehabdesk.seals.attachment import CONTENT_BYTES
from tests.desks import Site
from tests.torture.judge import Lost
from tests.torture.load import STAFF, Place

PERSON = "0198c0de00007000800000000000000a"
FILES = 8
MADE = "made"


def site_of(place: Place, seed: int) -> Site:
    return Site(folder=place.desk, profile=place.profile, projections=PROJECTIONS, ids=SeededIds(seed))


def content_of(seed: int, number: int) -> bytes:
    """Between nothing and a bit more than two chunks."""
    rng = random.Random(f"{seed} {number}")
    return rng.randbytes(rng.choice((0, 9, CONTENT_BYTES, CONTENT_BYTES + 1, 2 * CONTENT_BYTES + 77)))


def new_record(content: bytes, rid: str, seal: str, chunks: int) -> NewRecord:
    attachment = Attachment(
        note="n",
        kind=AttachmentKind.PDF,
        name="Letter",
        pages=1,
        size=len(content),
        sha256=sha256_hex(content),
        chunks=chunks,
        seal=seal,
        metadata_stripped=True,
    )
    payload = to_payload(attachment)
    return NewRecord(comp=CLINICAL, kind=ATTACHMENT, pv=1, person=PERSON, payload=payload, rid=rid)


def attach(desk: Desk, content: bytes) -> str:
    sealed = SealedFiles(desk).begin(CLINICAL, PERSON, ATTACHMENT).write(content)
    desk.commit(ATTACH_DEED, [new_record(content, sealed.rid, sealed.seal, sealed.chunks)], extra=sealed.extra)
    return sealed.rid


def attach_row_first(desk: Desk, content: bytes) -> str:
    """The wrong way round: a mutation."""
    attaching = SealedFiles(desk).begin(CLINICAL, PERSON, ATTACHMENT)
    chunks = max(1, -(-len(content) // CONTENT_BYTES))
    desk.commit(ATTACH_DEED, [new_record(content, attaching.rid, attaching._rnd.hex(), chunks)])
    _write(attaching, content)
    return attaching.rid


def _write(attaching: Attaching, content: bytes) -> None:
    attaching.write(content)


def _not_synced(path: Path, data: bytes, told: str) -> None:
    path.write_bytes(data)


def work(place: Place, seed: int, mutation: str) -> None:
    """Acknowledges each attachment in the ledger once it is signed."""
    if mutation == "chunks_not_synced":
        attach_store.write_new = _not_synced  # type: ignore[attr-defined]  # that is what a mutation is
    site = site_of(place, seed).create(STAFF)
    desk = site.open("psy")
    addendum = Addendum(note="n", type=AddendumType.ADDITION, body="Something.")
    known = NewRecord(comp=CLINICAL, kind="addendum", pv=1, person=PERSON, payload=to_payload(addendum))
    desk.commit("addendum", [known])
    with place.ledger.open("ab", buffering=0) as ledger:
        ledger.write(json.dumps(MADE).encode() + b"\n")
        for number in range(FILES):
            content = content_of(seed, number)
            rid = attach_row_first(desk, content) if mutation == "row_first" else attach(desk, content)
            ledger.write(json.dumps([rid, sha256_hex(content)]).encode() + b"\n")


def judge(place: Place, promised: dict[str, str], seed: int) -> tuple[int, int]:
    """(attachments that are whole, leftovers removed). Lost when one that was signed is not there whole."""
    site = site_of(place, seed + 1_000)
    desk = site.open("psy")
    rows = desk.index(CLINICAL).rows("SELECT rid FROM notes_attachment ORDER BY rid")
    found = {str(row[0]): _read(desk, desk.read(CLINICAL, row[0])) for row in rows}
    for rid, sha256 in promised.items():
        if found.get(rid) != sha256:
            raise Lost(f"attachment {rid} was acknowledged and is gone")
    folder = place.desk / "attach"
    long_ago = (site.clock.now() - timedelta(days=8)).timestamp()
    held = sorted(folder.iterdir()) if folder.exists() else []
    for file in held:
        os.utime(file, (long_ago, long_ago))
    desk = site.open("psy")
    left = sorted(folder.iterdir()) if folder.exists() else []
    if strays := {file.name.partition("-")[0] for file in left} - set(found):
        raise Lost(f"chunks of {strays} belong to nothing and were not removed")
    if _read(desk, desk.read(CLINICAL, attach(desk, b"and one more"))) != sha256_hex(b"and one more"):
        raise Lost("the next one is not kept")
    site.close()
    return len(found), len(held) - len(left)


def _read(desk: Desk, record: Record) -> str:
    return sha256_hex(content_in(desk, record))


def content_in(desk: Desk, record: Record) -> bytes:
    """What a record of an attachment names; raises what is told to people where it is not whole."""
    kept = attachment_from(record.payload)
    opening = SealedFiles(desk).opening(record, seal=kept.seal, size=kept.size, sha256=kept.sha256, chunks=kept.chunks)
    return opening.read()


def everything_attached(desk: Desk) -> list[bytes]:
    """The content of every attachment whose key this login holds."""
    held = [comp for comp in (TEAM, CLINICAL, PASTORAL) if desk.holds(comp)]
    rows = [(comp, rid) for comp in held for (rid,) in desk.index(comp).rows("SELECT rid FROM notes_attachment")]
    return [content_in(desk, desk.read(comp, rid)) for comp, rid in rows]


if __name__ == "__main__":
    work(Place(root=Path(sys.argv[1])), int(sys.argv[2]), sys.argv[3] if len(sys.argv) > 3 else "")
