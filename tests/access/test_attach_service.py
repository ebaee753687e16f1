"""Attachments on the disk: opened as they were sealed or not at all; leftovers go, nobody else's chunks do."""

import errno
import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from rehabdesk.access.attach_service import ATTACH_DEED, Attaching, Opening, Sealed, SealedFiles
from rehabdesk.access.service import Desk
from rehabdesk.app import PROJECTIONS
from rehabdesk.audit.model import Level
from rehabdesk.audit.service import Audit
from rehabdesk.core.errors import Damaged, Full, Missing, NoKey, StorageError
from rehabdesk.core.payload import to_payload
from rehabdesk.db.projection import CLINICAL, PASTORAL, NewRecord
from rehabdesk.notes.attachments.attachment_model import Attachment, AttachmentKind
from rehabdesk.notes.attachments.attachment_store import ATTACHMENT
from rehabdesk.notes.model import Addendum, AddendumType
from rehabdesk.seals.attachment import CONTENT_BYTES
from tests.desks import Site

PERSON = "0198c0de00007000800000000000000a"
CONTENT = bytes(range(256)) * (CONTENT_BYTES // 128) + b"the third chunk"
"""Two full chunks and a short one."""
LATER = timedelta(days=8)


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    made = Site(folder=tmp_path / "desk", profile=tmp_path / "profile", projections=PROJECTIONS).create()
    yield made
    made.close()


def known(desk: Desk, comp: str) -> None:
    """Any record about the person in the compartment."""
    addendum = Addendum(note="n", type=AddendumType.ADDITION, body="Something.")
    desk.commit("addendum", [NewRecord(comp=comp, kind="addendum", pv=1, person=PERSON, payload=to_payload(addendum))])


def begin(desk: Desk, comp: str = CLINICAL) -> Attaching:
    known(desk, comp)
    return SealedFiles(desk).begin(comp, PERSON, ATTACHMENT)


def commit(desk: Desk, sealed: Sealed, comp: str = CLINICAL) -> None:
    attachment = Attachment(
        note="n",
        kind=AttachmentKind.PDF,
        name="Letter",
        pages=1,
        size=sealed.size,
        sha256=sealed.sha256,
        chunks=sealed.chunks,
        seal=sealed.seal,
        metadata_stripped=True,
    )
    item = NewRecord(comp=comp, kind=ATTACHMENT, pv=1, person=PERSON, payload=to_payload(attachment), rid=sealed.rid)
    desk.commit(ATTACH_DEED, [item], extra=sealed.extra)


def attach(desk: Desk, content: bytes = CONTENT, comp: str = CLINICAL) -> str:
    sealed = begin(desk, comp).write(content)
    commit(desk, sealed, comp)
    return sealed.rid


def opening(desk: Desk, rid: str, comp: str = CLINICAL) -> Opening:
    record = desk.read(comp, rid)
    payload = record.payload
    return SealedFiles(desk).opening(
        record,
        seal=str(payload["seal"]),
        size=int(str(payload["size"])),
        sha256=str(payload["sha256"]),
        chunks=int(str(payload["chunks"])),
    )


def chunks(site: Site) -> list[Path]:
    return sorted((site.folder / "attach").iterdir())


def codes(desk: Desk, level: Level) -> set[str]:
    return {finding.code for finding in Audit(desk).check(level).findings}


@pytest.mark.parametrize("size", [1, CONTENT_BYTES, CONTENT_BYTES + 1, len(CONTENT)])
def test_what_is_attached_comes_back(site: Site, size: int) -> None:
    rid = attach(site.open("psy"), CONTENT[:size])
    desk = site.open("psy")
    assert opening(desk, rid).read() == CONTENT[:size]
    assert codes(desk, Level.FULL) == codes(desk, Level.RUNNING) == set()


def test_nothing_of_it_lies_readable_and_nobody_else_opens_it(site: Site) -> None:
    rid = attach(site.open("psy"))
    assert all(CONTENT[:64] not in file.read_bytes() for file in site.folder.rglob("*") if file.is_file())
    for stranger in ("cha", "case", "adm"):
        with pytest.raises(NoKey):
            opening(site.open(stranger), rid)


def test_a_missing_chunk_is_told(site: Site) -> None:
    rid = attach(site.open("psy"))
    chunks(site)[1].unlink()
    desk = site.open("psy")
    with pytest.raises(Missing, match="attach"):
        opening(desk, rid).read()
    assert codes(desk, Level.RUNNING) == {"attachment_missing"}


@pytest.mark.parametrize("damage", ["flip", "cut", "longer", "swap", "other", "empty"])
def test_a_changed_chunk_is_never_shown(site: Site, damage: str) -> None:
    desk = site.open("psy")
    rid, other = attach(desk), attach(desk, CONTENT[::-1])
    mine = [file for file in chunks(site) if file.name.startswith(rid)]
    content = mine[0].read_bytes()
    changed = {
        "flip": content[:5_000] + bytes([content[5_000] ^ 1]) + content[5_001:],
        "cut": content[:-1],
        "longer": content + b"\0",
        "swap": mine[1].read_bytes(),
        "other": (site.folder / "attach" / f"{other}-0000").read_bytes(),
        "empty": b"",
    }
    mine[0].write_bytes(changed[damage])
    with pytest.raises((Damaged, StorageError)):
        opening(desk, rid).read()
    assert opening(desk, other).read() == CONTENT[::-1]
    assert codes(desk, Level.FULL) == {"attachment_damaged"}


def test_a_chunk_too_many_is_no_part_of_it_and_is_found(site: Site) -> None:
    desk = site.open("psy")
    rid = attach(desk)
    (site.folder / "attach" / f"{rid}-0003").write_bytes(chunks(site)[0].read_bytes())
    (site.folder / "attach" / "holiday.jpg").write_bytes(b"x")
    assert opening(desk, rid).read() == CONTENT
    age(site, LATER)
    assert codes(desk, Level.RUNNING) == {"attachment_extra"}


def age(site: Site, by: timedelta) -> None:
    """Every chunk was written that long before now, by the desk's clock."""
    for file in chunks(site):
        moment = (site.clock.now() - by).timestamp()
        os.utime(file, (moment, moment))


def test_chunks_that_no_record_names_go_after_a_week(site: Site) -> None:
    desk = site.open("psy")
    kept, sealed = attach(desk), begin(desk).write(CONTENT)
    age(site, timedelta(days=6))
    site.open("adm")
    assert len(chunks(site)) == 6
    age(site, LATER)
    site.open("adm")
    assert {file.name.partition("-")[0] for file in chunks(site)} == {kept}
    assert sealed.rid != kept
    assert opening(site.open("psy"), kept).read() == CONTENT


def test_of_what_is_old_a_part_is_looked_at_each_day(site: Site) -> None:
    """So an unlock costs the same after years; a month later nothing is left."""
    desk = site.open("psy")
    kept = attach(desk)
    strays = [begin(desk).write(b"x").rid for _ in range(12)]
    site.clock.set(site.clock.now() + timedelta(days=100))
    age(site, LATER)
    left = []
    for _ in range(32):
        site.clock.set(site.clock.now() + timedelta(days=1))
        site.open("adm")
        left.append(len({file.name.partition("-")[0] for file in chunks(site)} - {kept}))
    assert len(strays) > left[0] > left[-1] == 0
    assert opening(site.open("psy"), kept).read() == CONTENT


def test_chunks_of_a_compartment_that_is_closed_here_stay(site: Site) -> None:
    rid = attach(site.open("cha"), comp=PASTORAL)
    age(site, timedelta(days=900))
    for sign_in in ("adm", "psy", "case"):
        site.open(sign_in)
    assert opening(site.open("cha"), rid, PASTORAL).read() == CONTENT


def test_nothing_goes_while_another_copy_of_the_log_waits(site: Site) -> None:
    desk = site.open("psy")
    begin(desk).write(CONTENT)
    with desk.truth.connection.transaction():
        desk.truth.connection.run(
            "INSERT INTO branch (bid, seq, body, h, sig) VALUES (:b, 1, '', :b, :b)", {"b": b"\0" * 16}
        )
    age(site, LATER)
    site.open("psy")
    assert len(chunks(site)) == 3


def test_what_was_erased_opens_no_more_and_goes(site: Site) -> None:
    desk = site.open("psy")
    rid = attach(desk)
    row, record = desk.truth.newest(rid), desk.read(CLINICAL, rid)
    assert row is not None
    connection = desk.shred._connection
    with connection.transaction():
        connection.run("DELETE FROM salt WHERE sid = :sid", {"sid": row.sid})
        connection.run("INSERT INTO gone (sid, seq) VALUES (:sid, 1)", {"sid": row.sid})
    desk.shred._known.clear()
    with pytest.raises(NoKey):
        SealedFiles(desk).opening(record, seal="0" * 32, size=1, sha256="", chunks=3)
    assert codes(desk, Level.FULL) == set()
    site.open("adm")
    assert chunks(site) == []
    assert codes(site.opened[-1], Level.FULL) == set()


@pytest.mark.parametrize("at", [0, 1, 2])
@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO])
def test_a_disk_that_fails_leaves_nothing_half_done(
    site: Site, monkeypatch: pytest.MonkeyPatch, at: int, code: int
) -> None:
    attaching, writes, write = begin(site.open("psy")), [0], os.write

    def failing(handle: int, data: bytes) -> int:
        writes[0] += 1
        if writes[0] > at:
            raise OSError(code, "injected")
        return write(handle, data)

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", failing)
        with pytest.raises(Full if code == errno.ENOSPC else StorageError, match="attach"):
            attaching.write(CONTENT)
    assert chunks(site) == []
    attach(site.opened[-1])


@pytest.mark.parametrize("at", [0, 1, 3])
def test_stopping_leaves_nothing(site: Site, at: int) -> None:
    class Stopped(Exception):
        pass

    def stop(done: int, of: int) -> None:
        if done == at:
            raise Stopped

    with pytest.raises(Stopped):
        begin(site.open("psy")).write(CONTENT, stop)
    assert chunks(site) == []


def test_it_needs_a_person_who_is_known_there(site: Site) -> None:
    with pytest.raises(ValueError, match="there"):
        SealedFiles(site.open("psy")).begin(CLINICAL, PERSON, ATTACHMENT)
    with pytest.raises(NoKey):
        SealedFiles(site.open("case")).begin(CLINICAL, PERSON, ATTACHMENT)
