"""Rows, entries and drafts in one transaction; what is reported when the disk does not take it."""

import resource
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from rehabdesk.core.errors import StorageError, UserError
from rehabdesk.db.chain import parse_entry
from tests.db.stores import STATEMENT, Store

DRAFT = "0" * 31 + "1"


def counts(store: Store) -> tuple[int, int, int]:
    """Rows, entries, own rows."""
    found = store.truth.connection.row(
        "SELECT (SELECT count(*) FROM rec), (SELECT count(*) FROM audit), (SELECT count(*) FROM own)"
    )
    assert found is not None
    return int(found[0]), int(found[1]), int(found[2])


def test_each_row_has_its_entry_and_the_drafts_are_gone(store: Store) -> None:
    store.truth.own.put(DRAFT, "note", store.shred.new_sid(), b"typed")
    written = store.commit(store.slip("one"), store.slip("two"), drop_own=[DRAFT])
    assert counts(store) == (2, 2, 0)
    for row, entry in written:
        assert (entry.r, entry.v, entry.h, entry.c) == (row.rid, row.ver, row.h.hex(), "team")
        assert (entry.u, entry.a) == (store.scribe.uid, "put")
        assert store.truth.row_of(entry) == row
    assert len({(entry.t, entry.m) for _, entry in written}) == 1, "one commit is one moment"
    ((_, later),) = store.commit(store.slip("three"))
    assert later.t > written[0][1].t


def test_a_deed_without_a_record_is_one_entry(store: Store) -> None:
    assert store.truth.commit("list", comp="team", extra={"rows": 3}) == ()
    ((n, body, _, _),) = store.truth.raw_entries()
    entry = parse_entry(body)
    assert (n, entry.a, entry.c, entry.h, entry.x) == (1, "list", "team", "", {"rows": 3, "st": STATEMENT})


def test_versions_follow_each_other(store: Store) -> None:
    rid = store.save("first")
    store.save("second", rid=rid)
    newest, first = store.truth.newest(rid), store.truth.version(rid, 1)
    assert newest is not None
    assert first is not None
    assert (newest.ver, first.ver) == (2, 1)


def test_a_draft_that_is_not_there_saves_nothing(store: Store) -> None:
    before, head = counts(store), store.truth.head()
    with pytest.raises(UserError):
        store.commit(store.slip("lost?"), drop_own=[DRAFT])
    assert (counts(store), store.truth.head()) == (before, head)


def test_what_cannot_be_sealed_saves_nothing_of_the_deed(store: Store) -> None:
    before, head = counts(store), store.truth.head()
    with pytest.raises(UserError):
        store.commit(store.slip("good"), store.slip("x" * (2 << 20)))
    assert (counts(store), store.truth.head()) == (before, head)
    store.save("goes on")


def test_the_chain_goes_on_after_reopening(store: Store) -> None:
    store.save("one")
    head = store.truth.head()
    store.close()
    store.open()
    assert store.truth.head() == head
    store.save("two")
    entries = [parse_entry(body) for _, body, _, _ in store.truth.raw_entries()]
    assert [entry.n for entry in entries] == [1, 2]
    assert entries[1].p == head.h.hex()
    assert ["st" in entry.x for entry in entries] == [True, False]


def test_a_new_generation_is_named_once(store: Store) -> None:
    store.save("one")
    store.truth.change_generation((2, "ee" * 32))
    store.save("two")
    store.save("three")
    entries = [parse_entry(body) for _, body, _, _ in store.truth.raw_entries()]
    assert [(entry.g, entry.x.get("st")) for entry in entries] == [(1, STATEMENT), (2, "ee" * 32), (2, None)]


def test_a_draft_is_overwritten_and_keeps_the_day_it_was_begun(store: Store) -> None:
    sid = store.shred.new_sid()
    store.truth.own.put(DRAFT, "note", sid, b"one")
    (first,) = store.truth.own.rows("note")
    store.truth.own.put(DRAFT, "note", store.truth.own.sid(DRAFT) or b"", b"two")
    (second,) = store.truth.own.rows("note")
    assert second.payload == b"two"
    assert (second.made, second.changed > first.changed) == (first.made, True)
    assert store.truth.own.rows("reminder") == ()
    store.truth.commit("drop_draft", drop_own=[DRAFT])
    assert store.truth.own.rows() == ()


def test_no_text_stands_in_the_files(store: Store) -> None:
    store.truth.own.put(DRAFT, "note", store.shred.new_sid(), b"canary-draft")
    store.save("canary-text", person="canary-person")
    store.close()
    raw = b"".join(file.read_bytes() for file in store.folder.iterdir())
    assert b"canary" not in raw
    store.open()
    for table in ("rec", "audit", "own"):
        assert "canary" not in repr(store.truth.connection.rows(f"SELECT * FROM {table}"))


@contextmanager
def largest_file(size: int) -> Iterator[None]:
    """No file of this process grows beyond `size` bytes: the system refuses as it does on a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_save_that_the_disk_refuses_is_not_called_saved_and_the_next_one_works(store: Store) -> None:
    rid = store.save("before")
    before, head = counts(store), store.truth.head()
    item = store.slip("x" * 60_000)
    log = store.truth_path.with_name(store.truth_path.name + "-wal").stat().st_size
    with largest_file(log + 8192), pytest.raises(StorageError):
        store.commit(item)
    assert (counts(store), store.truth.head()) == (before, head)
    assert store.truth.newest(item.rid) is None
    assert store.truth.newest(rid) is not None
    store.commit(item)
    assert store.truth.newest(item.rid) is not None


@pytest.mark.parametrize("room", range(0, 40_000, 2_500))
def test_at_every_fill_level_a_save_is_whole_or_not_there(store: Store, room: int) -> None:
    store.save("before")
    head = store.truth.head()
    log = store.truth_path.with_name(store.truth_path.name + "-wal").stat().st_size
    items = [store.slip("y" * 9_000), store.slip("z" * 9_000)]
    try:
        with largest_file(log + room):
            store.commit(*items)
        saved = True
    except StorageError:
        saved = False
    store.close()
    store.open()
    assert [store.truth.newest(item.rid) is not None for item in items] == [saved, saved]
    assert store.truth.head().n == head.n + 2 * saved
