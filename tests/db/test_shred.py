"""Salts: durable when they are given out, and without them nobody opens anything."""

import pytest

from rehabdesk.core.errors import NoKey
from rehabdesk.db.connection import FileKind, open_file
from rehabdesk.db.shred import Shred
from tests.db.stores import SHRED_KEY, Store


def test_a_salt_is_on_the_disk_when_it_is_given_out(store: Store) -> None:
    sid = store.shred.new_sid(b"tag")
    salt = store.shred.salt(sid)
    store.close()
    again = Shred(open_file(store.folder / "shred-000001.db", SHRED_KEY, FileKind.SHRED))
    assert again.salt(sid) == salt
    again.close()
    store.open()


def test_sids_and_salts_are_never_the_same(store: Store) -> None:
    sids = [store.shred.new_sid() for _ in range(20)]
    assert len(set(sids)) == len({store.shred.salt(sid) for sid in sids}) == 20
    assert {len(sid) for sid in sids} == {16}


def test_an_unknown_sid_has_no_salt_and_no_tombstone(store: Store) -> None:
    assert store.shred.salt(bytes(16)) is None
    assert not store.shred.is_gone(bytes(16))


def test_without_its_salt_a_record_does_not_open_and_the_index_goes_on(store: Store) -> None:
    gone, kept = store.save("one", person="p1"), store.save("two", person="p2")
    row = store.truth.newest(gone)
    assert row is not None
    store.shred._connection.run("DELETE FROM salt WHERE sid = :sid", {"sid": row.sid})
    store.close()
    store.index_path.unlink()
    store.open()
    with pytest.raises(NoKey):
        store.index.opened(row, store.scribe.uid, "2026-01-01T00:00:00.000Z")
    assert store.index.rows("SELECT rid FROM slip") == [(kept,)]
    assert store.index.match("one") == []
    assert store.index.quarantined == []


def test_the_journal_of_the_shred_file_keeps_no_salt(store: Store) -> None:
    store.shred.new_sid()
    journal = store.folder / "shred-000001.db-journal"
    assert not journal.exists() or journal.stat().st_size == 0
