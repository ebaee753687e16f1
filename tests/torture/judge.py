"""What "survived" means, as one function (reliability.md 1, rule 4). It asks the desk only through its public deeds."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from rehabdesk.access.service import Desk
from rehabdesk.access.unlock_service import hold_keys
from rehabdesk.audit.model import Level
from rehabdesk.audit.service import Audit
from rehabdesk.core.canon import parse_object
from rehabdesk.core.errors import RehabDeskError, WrongKey
from rehabdesk.db.connection import FileKind, open_file
from rehabdesk.db.projection import HOUSE, NewRecord
from rehabdesk.seals.record import index_key
from tests.desks import Site, passphrase
from tests.torture.ledger import Deed, Name, Promises
from tests.torture.load import JOTTING, Place

CONTENT = ("team", "clinical", "pastoral", "protected")
_PAGE_CHECKS = ("PRAGMA cipher_integrity_check", "PRAGMA integrity_check")


_Version = tuple[str, int]
"""(rid, ver) of a record."""


class Lost(AssertionError):
    """The desk did not survive; says what it broke."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What was looked at, so that a count can be reported."""

    records: int
    entries: int
    extra: bool


def judge(
    place: Place, promises: Promises, seed: int, sign_ins: Sequence[str] = ("psy",), *, anew: bool = True
) -> Judged:
    """Lost, unless the desk holds everything that was promised, as each of `sign_ins` sees it.

    The first of them also writes on and has every page checked; with `anew` the indexes are built again and compared.
    """
    if not promises.made:
        raise ValueError("before the desk was acknowledged there is nothing to judge")
    site = place.site(seed)
    try:
        judged, written = _judge_as(site, sign_ins[0], promises, random.Random(seed), anew)
        for sign_in in sign_ins[1:]:
            _open_and_compare(site, sign_in, promises, written)
    except RehabDeskError as error:
        raise Lost(f"{type(error).__name__}: {error}") from error
    finally:
        site.close()
    return judged


def _judge_as(site: Site, sign_in: str, promises: Promises, rng: random.Random, anew: bool) -> tuple[Judged, _Version]:
    judged = _open_and_compare(site, sign_in, promises)
    desk = site.opened[-1]
    written = _write_on(desk, rng)
    kept = {comp: _tables(desk, comp) for comp in (*CONTENT, HOUSE) if desk.holds(comp)} if anew else {}
    _close_and_look_at_pages(site, desk)
    if not anew:
        return judged, written
    for index in site.folder.glob("idx-*"):
        index.unlink()
    desk = _unlock(site, sign_in, promises)
    for comp, before in kept.items():
        _require(_tables(desk, comp) == before, f"the index of {comp} is not what its truth makes")
    return judged, written


def _open_and_compare(site: Site, sign_in: str, promises: Promises, written: _Version | None = None) -> Judged:
    """`written` is what the judge itself has added."""
    desk = _unlock(site, sign_in, promises)
    for n, h in promises.heads.items():
        found = desk.truth.entry_hash_at(n)
        _require(found is not None and found.hex() == h, f"acknowledged entry {n} is not in the log")
    extra = _compare_records(desk, promises, written)
    _compare_drafts(desk, sign_in, promises)
    _compare_members(site, desk, sign_in, promises)
    health = Audit(desk).check(Level.FULL)
    _require(health.ok, f"full check: {[(one.code, one.where) for one in health.findings]}")
    return Judged(records=health.records, entries=health.entries, extra=extra)


def _unlock(site: Site, sign_in: str, promises: Promises) -> Desk:
    """With the acknowledged passphrase, or the one whose change was under way."""
    acknowledged, *perhaps = promises.passphrases_of(sign_in, passphrase(sign_in))
    try:
        return site.open(sign_in, acknowledged)
    except WrongKey:
        for typed in perhaps:
            return site.open(sign_in, typed)
        raise


def _compare_records(desk: Desk, promises: Promises, written: _Version | None) -> bool:
    """Every acknowledged record is there, reads as it was written and is found; one more at most."""
    rows = {(row.rid, row.ver): row for row in desk.truth.rows_after(0) if row.comp in CONTENT}
    for (rid, ver), deed in promises.saved.items():
        row = rows.get((rid, ver))
        _require(row is not None, f"acknowledged record {deed.word} is lost")
        assert row is not None
        if desk.holds(deed.comp):
            payload = parse_object(desk.sealer.open(row.comp, row.epoch, row.sid, bytes.fromhex(rid), ver, row.ct))
            _require(str(payload["words"]).startswith(deed.word), f"{deed.word} reads otherwise")
    more = rows.keys() - promises.saved.keys() - {written}
    asked = promises.open_deed
    allowed = {(asked.rid, asked.ver)} if asked is not None and asked.rid else set()
    _require(more <= allowed, f"records that nobody asked for: {sorted(more - allowed)}")
    for deed in _newest(promises.saved.values(), superseded=more):
        if desk.holds(deed.comp):
            _require(desk.index(deed.comp).match(deed.word) == [deed.rid], f"search does not find {deed.word}")
    return bool(more)


def _newest(saved: Any, superseded: set[_Version]) -> list[Deed]:
    newest: dict[str, Deed] = {}
    for deed in sorted(saved, key=lambda one: one.ver):
        newest[deed.rid] = deed
    return [deed for deed in newest.values() if (deed.rid, deed.ver + 1) not in superseded]


def _compare_drafts(desk: Desk, sign_in: str, promises: Promises) -> None:
    """Drafts are the psychologist's only; the one that was being written or signed may be as before or as after."""
    found = {draft.id: str(draft.payload["words"]).split()[0] for draft in desk.drafts()}
    if sign_in != "psy":
        _require(not found, "a draft is shown to somebody else")
        return
    asked = promises.open_deed
    in_work = asked.draft if asked is not None else ""
    for did, word in promises.drafts.items():
        if did != in_work:
            _require(found.get(did) == word, f"acknowledged draft {word} is lost")
        elif asked is not None and asked.name is Name.DRAFT:
            _require(found.get(did) in (word, asked.word), f"draft {word} is neither as before nor as after")
    _require(found.keys() - promises.drafts.keys() <= {in_work}, "a signed draft came back")


def _compare_members(site: Site, desk: Desk, sign_in: str, promises: Promises) -> None:
    active = {member.sign_in for member in desk.members() if member.active}
    _require(promises.admitted <= active, f"admission undone: {promises.admitted - active}")
    for older in promises.replaced_passphrases(sign_in, passphrase(sign_in)):
        try:
            hold_keys(desk.files, sign_in, older, site.means)
        except WrongKey:
            continue
        raise Lost("a replaced passphrase opens the login again")


def _write_on(desk: Desk, rng: random.Random) -> _Version:
    """The next save after the crash."""
    word = f"after{rng.randrange(1 << 40):x}"
    comp = "clinical" if desk.holds("clinical") else "team"
    record = NewRecord(comp=comp, kind=JOTTING, pv=1, person="p0", payload={"words": word})
    (saved,) = desk.commit("jot", [record])
    _require(desk.index(comp).match(word) == [saved.rid], "the next save is not found")
    _require(desk.read(comp, saved.rid).payload["words"] == word, "the next save reads otherwise")
    return saved.rid, saved.ver


def _tables(desk: Desk, comp: str) -> dict[str, list[tuple[Any, ...]]]:
    """Every table of an index but for its position in the log; full text by what its words find."""
    index = desk.index(comp)
    names = [
        str(row[0])
        for row in index.rows("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'fts%'")
        if row[0] not in ("st", "sqlite_sequence")
    ]
    tables = {name: sorted(index.rows(f"SELECT * FROM {name}"), key=repr) for name in names}
    found = index.rows("SELECT rowid FROM fts ORDER BY rowid")
    _require(len(found) == len(tables["map"]), f"full text of {comp} holds other records than its map")
    return tables | {"fts": found, "common": [(rid,) for rid in index.match("common", limit=1000)]}


def _close_and_look_at_pages(site: Site, desk: Desk) -> None:
    """Locks, which checkpoints, and asks engine and cipher on a fresh connection whether each page is whole."""
    keys = desk.keys
    secrets = {comp: keys.current(comp) for comp in (*CONTENT, HOUSE) if keys.holds(comp)}
    site.close()
    places = [
        (site.folder / keys.statement.db, keys.file_key(HOUSE), FileKind.TRUTH),
        (site.folder / keys.statement.shred, keys.file_key("shred"), FileKind.SHRED),
    ]
    for comp, (epoch, secret) in secrets.items():
        path = desk.files.index_path(comp, epoch, keys.uid)
        places.append((path, index_key(keys.identity.x_secret(), secret, comp), FileKind.INDEX))
    for path, key, kind in places:
        connection = open_file(path, key, kind)
        try:
            bad = [row[0] for check in _PAGE_CHECKS for row in connection.rows(check) if row[0] != "ok"]
        finally:
            connection.close()
        _require(not bad, f"{path.name}: {bad[:3]}")


def _require(holds: bool, otherwise: str) -> None:
    if not holds:
        raise Lost(otherwise)
