"""The health of a desk: what each check finds, and what `rehabdesk check` says and returns."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from rehabdesk.access.keys_service import Cost
from rehabdesk.access.members_service import settings_record
from rehabdesk.access.service import Desk
from rehabdesk.audit.command_service import check_vault
from rehabdesk.audit.model import Level
from rehabdesk.audit.service import Audit
from rehabdesk.core.canon import dump, parse_object
from rehabdesk.db.chain import entry_hash, genesis, parse_entry
from tests.desks import CHEAP_BOUNDS, HOUSE_ONLY, SITE, Site, passphrase


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    made = Site(folder=tmp_path / "desk", profile=tmp_path / "profile", projections=HOUSE_ONLY).create()
    yield made
    made.close()


def fill(desk: Desk) -> None:
    for _ in range(5):
        desk.commit("site_settings", [settings_record(SITE)])


def codes(desk: Desk, level: Level = Level.FULL) -> set[str]:
    return {finding.code for finding in Audit(desk).check(level).findings}


def test_a_whole_desk_is_well_at_every_level(site: Site) -> None:
    desk = site.open("case")
    fill(desk)
    for level in (Level.RUNNING, Level.FULL):
        health = Audit(desk).check(level)
        assert health.ok
        assert health.records == len(site_records(desk))
        assert health.entries == desk.truth.head().n


def test_a_full_check_is_remembered(site: Site) -> None:
    desk = site.open("case")
    fill(desk)
    assert codes(desk) == set()
    checked = desk.truth.head().n
    desk = site.open("case")
    assert desk.pin is not None
    assert desk.pin.checked == checked


def site_records(desk: Desk) -> list[tuple[Any, ...]]:
    return desk.truth.connection.rows("SELECT rid, ver FROM rec")


def rewritten(desk: Desk) -> None:
    """An attacker chains everything anew, but can sign only as himself."""
    previous = genesis(desk.vault_id)
    for n, body, _, _ in list(desk.truth.raw_entries()):
        entry = parse_object(body)
        entry["p"], entry["t"] = previous.hex(), "2020-01-01T00:00:00.000Z"
        raw = dump(entry)
        previous = entry_hash(previous, raw)
        desk.truth.connection.run(
            "UPDATE audit SET body = :body, h = :h, sig = :sig WHERE seq = :n",
            {"n": n, "body": raw.decode(), "h": previous, "sig": desk.keys.sign(previous)},
        )


def sql(statement: str) -> Callable[[Desk], None]:
    return lambda desk: desk.truth.connection.run(statement)


@pytest.mark.parametrize(
    ("attack", "found"),
    [
        (sql("UPDATE audit SET body = replace(body, 'site_settings', 'other_deed') WHERE seq = 7"), "chain_broken"),
        (sql("DELETE FROM audit WHERE seq = 5"), "entry_missing"),
        (sql("UPDATE audit SET seq = -seq WHERE seq IN (5, 6)"), "entry_missing"),
        (sql("UPDATE audit SET body = '{}' WHERE seq = 5"), "entry_unreadable"),
        (sql("UPDATE audit SET sig = zeroblob(64) WHERE seq = 7"), "signature"),
        (sql("DELETE FROM rec WHERE seq = 7"), "record_missing"),
        (sql("UPDATE rec SET ct = (SELECT ct FROM rec WHERE seq = 6) WHERE seq = 7"), "record_changed"),
        (sql("UPDATE rec SET epoch = 2 WHERE seq = 7"), "record_changed"),
        (
            sql("INSERT INTO rec SELECT 99, randomblob(16), 1, comp, epoch, sid, h, ct FROM rec WHERE seq = 6"),
            "record_without_entry",
        ),
        (rewritten, "signature"),
        (lambda desk: desk.shred._connection.run("DELETE FROM salt"), "salt_missing"),
    ],
)
def test_what_was_done_to_the_file_is_found(site: Site, attack: Callable[[Desk], None], found: str) -> None:
    desk = site.open("case")
    fill(desk)
    assert codes(desk) == set()
    attack(desk)
    if found == "salt_missing":
        desk.shred._known.clear()
    assert found in codes(desk)


def test_junk_of_a_colleague_locks_nobody_out_and_is_reported(site: Site) -> None:
    """reliability.md, trap 7: a login writes a row into a compartment it has no key for, under its own name."""
    desk = site.open("case")
    rid, sid, junk = "ab" * 16, desk.shred.new_sid(), b"\x01" + b"junk" * 30
    h = desk.sealer.hash("clinical", 1, sid, bytes.fromhex(rid), 1, junk)
    desk.truth.connection.run(
        "INSERT INTO rec (rid, ver, comp, epoch, sid, h, ct) VALUES (:rid, 1, 'clinical', 1, :sid, :h, :ct)",
        {"rid": bytes.fromhex(rid), "sid": sid, "h": h, "ct": junk},
    )
    with desk.truth.connection.transaction():
        at = desk.truth._moment()
        desk.truth._head, _ = desk.truth._append(desk.truth.head(), "put", "clinical", rid, 1, h.hex(), {}, at)
    author = desk.uid
    desk = site.open("psy")
    assert [notice.code for notice in desk.notices] == ["record_set_aside"]
    assert author in desk.notices[0].sentence
    assert codes(desk) == {"author_not_member", "record_does_not_open"}


@pytest.fixture
def checked(site: Site, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))

    def check(sign_in: str | None, typed: str = "", **more: Any) -> tuple[int, dict[str, Any]]:
        file = tmp_path / "phrase"
        file.write_text(typed or passphrase(sign_in or ""))
        status = check_vault(
            site.folder,
            full=more.get("full", True),
            sign_in=sign_in,
            passphrase_file=str(file),
            as_json=True,
            projections=HOUSE_ONLY,
            cost=Cost(bounds=CHEAP_BOUNDS),
        )
        return status, json.loads(capsys.readouterr().out)

    return check


def test_the_command_says_well_only_to_somebody_who_signed_in(site: Site, checked: Any) -> None:
    site.close()
    status, said = checked(None)
    assert (status, said["ok"], said["level"], said["findings"]) == (2, False, "no_key", [])
    status, said = checked("psy")
    assert (status, said["ok"], said["level"]) == (0, True, "full")
    assert said["records"] == 6
    status, said = checked("psy", full=False)
    assert (status, said["level"]) == (0, "running")


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (lambda folder: (folder / "vault-000001.db").unlink(), "file_missing"),
        (lambda folder: (folder / "vault.rdk").write_bytes(b"x"), "key_file_damaged"),
        (lambda folder: (folder / "vault.rdk").unlink(), "key_file_missing"),
        (lambda folder: (folder / "shred-000001.db").write_bytes(b"SQLite format 3\x00"), "file_not_encrypted"),
    ],
)
def test_the_command_names_what_is_missing_or_damaged(
    site: Site, checked: Any, spoil: Callable[[Path], None], code: str
) -> None:
    site.close()
    (site.folder / "vault.rdk.prev").unlink(missing_ok=True)
    spoil(site.folder)
    before = sorted(file.name for file in site.folder.iterdir())
    status, said = checked("psy")
    assert status == 1
    assert [found["code"] for found in said["findings"]] == [code]
    assert sorted(file.name for file in site.folder.iterdir()) == before


def test_entries_hold_codes_only(site: Site) -> None:
    desk = site.open("psy")
    fill(desk)
    for _, body, _, _ in desk.truth.raw_entries():
        assert b"Name of" not in body
        assert b"Three Wells" not in body
        parse_entry(body)
