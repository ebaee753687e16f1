"""The index equals the truth, whatever became of it; search finds what people wrote, in three languages."""

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from rehabdesk.core.text import fold
from rehabdesk.db.connection import LOG_WORTH_FOLDING
from rehabdesk.db.index import IndexFile
from tests.db.stores import MOST, Store

WORDS = ("échéance", "peuvent", "prison", "meeting", "release", "مُقَابَلَة", "الأسرة", "إفراج", "٢٠٢٦")


def content(index: IndexFile) -> dict[str, list[tuple[Any, ...]]]:
    """Everything in an index but the shadow tables of full text, whose layout depends on when they were merged."""
    tables = [
        str(name)
        for (name,) in index.rows("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
        if not str(name).startswith("fts")
    ]
    held = {table: sorted(index.rows(f"SELECT * FROM {table}"), key=repr) for table in tables}
    return held | {word: [(rid,) for rid in index.match(word, limit=10_000)] for word in WORDS}


def test_built_anew_equals_kept_up(store: Store, tmp_path: Path) -> None:
    """P3 of reliability.md, with next versions, rows of other forms and a row that is junk."""
    chance = random.Random(20261124)
    rids: list[str] = []
    for turn in range(60):
        text = " ".join(chance.choices(WORDS, k=5))
        old = chance.choice(rids) if rids and chance.random() < 0.3 else None
        rids.append(store.save(text, person=f"p{turn % 5}", number=turn, rid=old))
        if turn == 20:
            store.commit(store.item({"k": "newer_kind", "pv": 1}), store.item({"k": "slip", "pv": 9}))
            store.commit(store.item([]))
            store.index.catch_up()
    anew = store.open_index(tmp_path / "anew.db")
    assert content(anew) == content(store.index)
    assert [one.why for one in anew.quarantined] == ["unreadable"]
    anew.close()


def spoil_nothing(store: Store) -> None:
    pass


def lose(store: Store) -> None:
    for file in store.folder.glob("idx-*"):
        file.unlink()


def empty(store: Store) -> None:
    store.index_path.write_bytes(b"")


def flip(store: Store) -> None:
    raw = bytearray(store.index_path.read_bytes())
    raw[len(raw) // 3] ^= 1
    raw[50] ^= 1
    store.index_path.write_bytes(raw)


def cut(store: Store) -> None:
    store.index_path.write_bytes(store.index_path.read_bytes()[:5000])


def replace_by_noise(store: Store) -> None:
    store.index_path.write_bytes(random.Random(1).randbytes(8192))


@pytest.mark.parametrize("spoil", [spoil_nothing, lose, empty, flip, cut, replace_by_noise], ids=lambda f: f.__name__)
def test_whatever_became_of_it_the_next_opening_has_it_whole(store: Store, spoil: Callable[[Store], None]) -> None:
    for number in range(5):
        store.save("a meeting", number=number)
    before = content(store.index)
    store.close()
    spoil(store)
    store.open()
    assert content(store.index) == before
    store.save("goes on")


def test_an_index_of_another_version_is_built_anew(store: Store) -> None:
    store.save("a meeting")
    store.index.close()
    first = store.index_path.read_bytes()
    newer = store.open_index(store.index_path, version=2)
    assert newer.match("meeting") != []
    newer.close()
    assert store.index_path.read_bytes() != first
    store.index = store.open_index(store.index_path)
    assert len(store.index.rows("SELECT * FROM slip")) == 1


def test_an_index_ahead_of_the_truth_is_built_anew(store: Store) -> None:
    store.save("one")
    store.truth.connection.checkpoint()
    older = store.truth_path.read_bytes()
    lost = store.save("two")
    store.close()
    store.truth_path.write_bytes(older)
    store.open()
    assert store.truth.newest(lost) is None
    assert [text for (text,) in store.index.rows("SELECT text FROM slip")] == ["one"]
    assert store.index.match("two") == []


def test_what_was_saved_while_the_index_was_away_is_caught_up(store: Store) -> None:
    store.save("one")
    store.commit(store.slip("two"), store.slip("three"))
    assert store.index.match("three") == []
    store.index.catch_up()
    assert len(store.index.match("three")) == 1


@pytest.mark.parametrize(
    "payload",
    [
        [],
        {},
        {"k": 5, "pv": 1},
        {"k": "slip", "pv": "1"},
        {"k": "slip", "pv": True},
        {"k": "slip", "pv": 1, "person": 7},
    ],
)
def test_a_junk_row_locks_nobody_out(store: Store, payload: Any) -> None:
    good = store.save("good")
    store.commit(store.item(payload))
    store.close()
    lose(store)
    store.open()
    (junk,) = store.index.quarantined
    assert (junk.author, junk.why) == (store.scribe.uid, "unreadable")
    assert store.index.rows("SELECT rid FROM slip") == [(good,)]
    store.save("goes on")


def test_a_row_that_was_changed_behind_its_entry_is_set_aside(store: Store) -> None:
    rid = store.save("genuine")
    store.truth.connection.run("UPDATE rec SET ct = CAST(substr(ct, 1, length(ct) - 1) || x'00' AS BLOB)")
    store.close()
    lose(store)
    store.open()
    assert [(one.rid, one.why) for one in store.index.quarantined] == [(rid, "unreadable")]
    assert store.index.rows("SELECT * FROM slip") == []


def test_a_row_whose_entry_another_signed_is_set_aside(store: Store) -> None:
    store.save("forged")
    store.truth.connection.run("UPDATE audit SET sig = zeroblob(64)")
    store.close()
    lose(store)
    store.open()
    assert [one.why for one in store.index.quarantined] == ["signature"]


def test_kinds_of_a_newer_version_are_counted_not_dropped(store: Store) -> None:
    store.commit(store.item({"k": "hologram", "pv": 1}), store.item({"k": "slip", "pv": 2}))
    store.index.catch_up()
    assert sorted(store.index.rows("SELECT k, pv FROM later")) == [("hologram", 1), ("slip", 2)]
    assert store.index.quarantined == []


def test_sids_come_back_with_the_records(store: Store) -> None:
    rid = store.save("one", person="p7")
    row = store.truth.newest(rid)
    assert row is not None
    store.close()
    lose(store)
    store.open()
    assert store.index.known_sid("p7", "case") == row.sid
    assert store.index.known_sid("p8", "case") is None


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("l'échéance du 12 était prête", "echeance"),
        ("L'ÉCHÉANCE", "l'échéance"),
        ("مُقَابَلَة مع الأُسْرَة", "مقابله"),
        ("مقابلة", "مُقَابَلَةٌ"),
        ("الإفراج", "الافراج"),
        ("مستشفى", "مستشفي"),
        ("ســلام", "سلام"),
        ("يوم ٢٤", "24"),
        ("روز ۲۴", "٢٤"),
        ("ﬁnance", "finance"),
        ("release plan", "rele"),
    ],
)
def test_folding_lets_them_meet(store: Store, written: str, asked: str) -> None:
    rid = store.save(written)
    store.save("something else")
    assert store.index.match(asked) == [rid]


SYNTAX = (
    '"', "'", "*", "-", "^a", "a*b", "NOT", "a OR b", "a AND b", "NEAR(a b, 2)", "title:a", "{body} : a", "body : a",
    'a" OR "b', "a'); DROP TABLE slip; --", "(", ")", "+", "a + b", "_", "²", "\x00", "\ud800", "\u064e", "\u0640",
    "😀",
)  # fmt: skip


@pytest.mark.parametrize("query", SYNTAX, ids=ascii)
def test_no_query_is_read_as_syntax(store: Store, query: str) -> None:
    store.save("quite other words")
    assert store.index.match(query.replace("\ud800", "")) == []
    assert len(store.index.rows("SELECT * FROM slip")) == 1


def test_operators_are_words_like_others(store: Store) -> None:
    rid = store.save("this OR that, NOT near")
    assert store.index.match("or not near") == [rid]
    assert store.index.match("this or these") == []


def test_nothing_typed_finds_nothing(store: Store) -> None:
    store.save("something")
    assert store.index.match("  … ") == []
    assert store.index.match("", scope=["p1"]) == []


def test_all_words_count_and_the_scope_narrows(store: Store) -> None:
    first, second = store.save("family meeting", person="p1"), store.save("family visit", person="p2")
    assert store.index.match("family") == [second, first]
    assert store.index.match("family meeting") == [first]
    assert store.index.match("family", scope=["p2"]) == [second]
    assert store.index.match("family", scope=["p1", "p2"]) == [second, first]
    assert store.index.match("p2") == [], "a scope is no text"


def test_lists_go_on_where_they_ended(store: Store) -> None:
    rids = [store.save("common", number=number) for number in range(7)]
    seen: list[str] = []
    before: int | None = None
    while page := store.index.match_rows("common", limit=3, before=before):
        seen += [rid for _, rid in page]
        before = page[-1][0]
    assert seen == rids[::-1]


def test_a_next_version_replaces_the_text_of_the_older(store: Store) -> None:
    rid = store.save("postponed")
    other = store.save("other")
    store.save("agreed other", rid=rid)
    assert store.index.match("postponed") == []
    assert store.index.match("other") == [rid, other]


def test_search_equals_a_linear_scan(store: Store) -> None:
    chance = random.Random(7)
    texts: dict[str, str] = {}
    for _ in range(40):
        text = " ".join(chance.choices(WORDS, k=4))
        texts[store.save(text)] = text
    for word in WORDS:
        folded = fold(word)
        scanned = [rid for rid, text in texts.items() if folded in fold(text).split()]
        assert store.index.match(word, limit=100) == scanned[::-1]


def test_authors_and_times_come_from_the_entry(store: Store) -> None:
    ((row, entry),) = store.commit(
        store.item({"k": "slip", "pv": 1, "person": "p", "text": "t", "number": MOST - 1, "author": "somebody else"})
    )
    (record,) = store.index.apply([(row, entry)])
    assert record.author == store.scribe.uid
    assert store.index.rows("SELECT author FROM slip") == [(store.scribe.uid,)]
    assert store.index.seen(row.rid, 1) == (row.h, entry.u, entry.t)


def test_no_text_of_an_index_stands_in_its_file(store: Store) -> None:
    store.save("canary meeting", person="canaryperson")
    store.close()
    raw = b"".join(file.read_bytes() for file in store.folder.glob("idx-*"))
    assert b"canary" not in raw
    store.open()


def segments(store: Store) -> int:
    """Of how many parts the full text consists: each save makes one."""
    return len(store.index.rows("SELECT DISTINCT segid FROM fts_idx"))


def test_idle_merging_changes_no_answer_and_comes_to_an_end(store: Store) -> None:
    for number in range(30):
        store.save(f"common word{number}", number=number)
    before, parts = content(store.index), segments(store)
    turns = 0
    while store.index.rest():
        turns += 1
        assert turns < 1000

    assert segments(store) < parts / 4
    assert content(store.index) == before
    assert len(store.index.match("word7")) == 1


def test_an_idle_desk_uses_its_write_ahead_log_again(store: Store) -> None:
    for number in range(80):
        store.save(" ".join(f"w{number}x{turn}" for turn in range(120)), number=number)
    log = store.index_path.with_name(store.index_path.name + "-wal")
    grown = log.stat().st_size
    assert grown > LOG_WORTH_FOLDING
    for number in range(40):
        while store.index.rest():
            pass
        store.save(" ".join(f"v{number}x{turn}" for turn in range(120)), number=number)

    assert log.stat().st_size < grown * 1.25


def test_the_beginning_of_a_word_finds_its_most_frequent_words(store: Store) -> None:
    rids = [store.save("lavender " + ("ladder" if turn % 2 else "lantern")) for turn in range(64)]
    alone = store.save("labyrinth")

    assert set(store.index.match("la", limit=100)) == {*rids, alone}
    assert store.index.match("labyr") == [alone]
    assert store.index.match("lag") == []


def test_a_whole_word_is_found_though_many_frequent_ones_begin_like_it(store: Store) -> None:
    alone = store.save("can")
    for turn in range(16):
        store.save(" ".join(f"can{chr(97 + letter)}" for letter in range(26)), number=turn)

    assert alone in store.index.match("can", limit=1000)
    (found,) = store.index.rows("SELECT count(*) FROM terms WHERE term GLOB 'can?'")
    assert found == (26,)


@pytest.mark.parametrize("typed", ["echeance", "ÉCHÉANCE", "éché", "ECHE"])
def test_beginnings_are_found_without_case_and_accents(store: Store, typed: str) -> None:
    rid = store.save("L'échéance est passée")
    assert store.index.match(typed) == [rid]
