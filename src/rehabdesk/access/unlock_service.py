"""Signing in: waits after wrong passphrases, the opened desk, change of passphrase, recovery card."""

import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from rehabdesk.access.attach_service import remove_leftovers
from rehabdesk.access.files_store import NOBODY, DeskFiles
from rehabdesk.access.keys_service import RELEASE_COST, Cost, Keys, read_key_file
from rehabdesk.access.model import SHRED, TRIES_BEFORE_WAIT, wait_until
from rehabdesk.access.pins_service import Pin, check_pin, read_pin
from rehabdesk.access.service import Desk, Notice, Open
from rehabdesk.core.canon import Json
from rehabdesk.core.clock import Clock, parse_stamp
from rehabdesk.core.dates import time_text
from rehabdesk.core.errors import Tampered, UserError, WrongKey
from rehabdesk.core.i18n import ntr, tr
from rehabdesk.core.ids import Ids
from rehabdesk.core.text import isolate
from rehabdesk.db.chain import Entry, parse_entry
from rehabdesk.db.connection import FileKind, open_file
from rehabdesk.db.index import IndexFile
from rehabdesk.db.projection import HOUSE, OWN, OWN_EPOCH, Projection, own_comp
from rehabdesk.db.shred import Shred
from rehabdesk.db.space import BALLAST_BYTES, Ballast, refuse_unsuitable
from rehabdesk.db.truth import Truth
from rehabdesk.seals.identity import Domain, signature_holds
from rehabdesk.seals.kdf import KdfCost, passphrase_key
from rehabdesk.seals.keyfile import KeyFile, make_slot, open_slot
from rehabdesk.seals.membership import statement_hash
from rehabdesk.seals.passphrase import require_passphrase
from rehabdesk.seals.record import RecordSealer, index_key, own_index_key

CLOCK_BACK = "clock_back"
"""Code of the notice, also in the log: the clock stands before the last entry."""

Progress = Callable[[str, int, int], None]
"""(compartment, entries done, entries in all) while an index is brought up to date."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """What unlocking needs from outside: clock, ids, what features project, and what tests make cheaper."""

    clock: Clock
    ids: Ids
    projections: Sequence[Projection]
    cost: Cost = RELEASE_COST
    ballast_bytes: int = BALLAST_BYTES
    progress: Progress | None = None


def hold_keys(files: DeskFiles, sign_in: str, passphrase: str, means: Means) -> Keys:
    """Opens a login's own slot, keys only: for signing a ceremony at somebody else's desk.

    WrongKey for a wrong name or passphrase (the same sentence, the same time); UserError while one must wait.
    """
    key_file, _ = read_key_file(files, means.cost)
    uid = _uid_of(key_file, sign_in)
    tried = uid or NOBODY
    _refuse_while_waiting(files, tried, means.clock)
    try:
        return _open_own(key_file, uid, passphrase, means.cost)
    except WrongKey:
        files.add_try(means.clock.now(), tried)
        raise WrongKey(_wrong_words(sum(uid == tried for _, uid in files.read_tries()))) from None


def unlock(folder: Path, sign_in: str, passphrase: str, means: Means, *, profile: Path | None = None) -> Desk:
    """Opens the desk as `sign_in`.

    StorageErrors: WrongKey, Missing, Damaged, Locked, Tampered; nothing is made in the place of what is missing.
    """
    files = DeskFiles(folder, profile)
    files.require_vault()
    refuse_unsuitable(folder)
    _, older = read_key_file(files, means.cost)
    return open_desk(files, hold_keys(files, sign_in, passphrase, means), means, older_key_file=older)


def open_desk(
    files: DeskFiles, keys: Keys, means: Means, *, older_key_file: bool = False, deed: str = "unlock"
) -> Desk:
    """The desk for keys that are open already. `deed` is what its first entry is called."""
    notices = _notices_of_keys(keys, older_key_file=older_key_file)
    with ExitStack() as undo:  # what was opened is closed again if anything after it fails
        shred = Shred(open_file(files.folder / keys.statement.shred, keys.file_key(SHRED), FileKind.SHRED))
        undo.callback(shred.close)
        sealer = RecordSealer(
            vault=keys.vault,
            uid=keys.uid,
            x_secret=keys.identity.x_secret(),
            secrets_of=keys.secrets,
            salt_of=shred.salt,
        )
        truth = Truth(
            lambda: open_file(files.folder / keys.statement.db, keys.file_key(HOUSE), FileKind.TRUTH),
            vault=keys.vault,
            sealer=sealer,
            signer=keys,
            clock=means.clock,
            generation=(keys.statement.gen, keys.statement_digest()),
        )
        undo.callback(truth.close)
        pin, more = _look_at_pin(files, keys, truth)
        more += _check_head(keys, truth, means.clock.now())
        files.drop_unfinished()
        remove_leftovers(files, truth, shred, means.clock.now())
        indexes = _open_indexes(files, keys, sealer, truth, means, pin, undo)
        _log_unlock(files, keys, truth, deed, [notice.code for notice in more])
        opened = Open(
            files=files,
            keys=keys,
            sealer=sealer,
            truth=truth,
            shred=shred,
            indexes=indexes,
            clock=means.clock,
            ids=means.ids,
            ballast=Ballast(files.folder, means.ballast_bytes),
            pin=pin,
        )
        opened.ballast.lay()
        desk = Desk(opened, [*notices, *more, *_notices_of_indexes(indexes)])
        undo.pop_all()
        return desk


def change_passphrase(desk: Desk, old: str, new: str, cost: KdfCost, means: Means) -> None:
    """A new slot with the counter one higher; the older key file is removed (vault.md 8.1, R8).

    WrongKey if `old` is not right; UserError if `new` is too weak.
    """
    keys = desk.keys
    key_file = keys.key_file
    _open_own(key_file, keys.uid, old, means.cost)
    _require_strong(desk, new)
    slot = make_slot(
        vault=key_file.vault,
        uid=keys.uid,
        passphrase=new,
        identity=keys.identity,
        genesis=keys.genesis,
        cost=cost,
        ctr=key_file.slots[keys.uid].ctr + 1,
        bounds=means.cost.bounds,
    )
    changed = key_file.with_slot(keys.uid, slot)
    desk.files.write_key_file(changed.dump(), keep_previous=False)
    keys.adopt(changed)
    desk.log("change_passphrase")
    desk.keep_pins()


def _open_own(key_file: KeyFile, uid: str | None, passphrase: str, cost: Cost) -> Keys:
    slot = None if uid is None else key_file.slots.get(uid)
    if uid is None or slot is None:
        # an unknown name costs the same time and gives the same sentence
        some = next((one.cost for one in key_file.slots.values() if one.cost is not None), KdfCost())
        passphrase_key(passphrase, secrets.token_bytes(16), some, cost.bounds)
        raise WrongKey(tr("That is not right. Check the sign-in name and the passphrase, then try again."))
    identity, genesis = open_slot(slot, vault=key_file.vault, uid=uid, passphrase=passphrase, bounds=cost.bounds)
    return Keys(uid=uid, identity=identity, genesis=genesis, key_file=key_file)


def _uid_of(key_file: KeyFile, sign_in: str) -> str | None:
    newest = key_file.history[-1].statement
    wanted = sign_in.strip().casefold()
    return next((uid for uid, user in newest.users.items() if user.sign == wanted), None)


def _wrong_words(tries: int) -> str:
    """What is said after so many wrong tries for one name; which of the two was wrong is never said."""
    left = TRIES_BEFORE_WAIT - tries % TRIES_BEFORE_WAIT
    if left == TRIES_BEFORE_WAIT:
        return tr("Name and passphrase do not match. Wait five minutes, then try again.")
    return ntr(
        "Name and passphrase do not match. {count} try left before a five-minute wait.",
        "Name and passphrase do not match. {count} tries left before a five-minute wait.",
        left,
    )


def _refuse_while_waiting(files: DeskFiles, uid: str, clock: Clock) -> None:
    until = wait_until(tuple(at for at, tried in files.read_tries() if tried == uid))
    if until is not None and clock.now() < until:
        raise UserError(
            tr("Too many wrong passphrases. Try again after {time}.").format(time=f"{until.astimezone():%H:%M}"),
            field="passphrase",
        )


def _require_strong(desk: Desk, passphrase: str) -> None:
    words = [desk.keys.statement.users[desk.uid].sign, *(card.name for card in desk.all_staff())]
    require_passphrase(passphrase, names=words)


def _look_at_pin(files: DeskFiles, keys: Keys, truth: Truth) -> tuple[Pin | None, list[Notice]]:
    pin = read_pin(files, keys)
    if pin is not None:
        check_pin(pin, keys, truth)
        return pin, []
    known = any(f'"u":"{keys.uid}"'.encode("ascii") in body for _, body, _, _ in truth.raw_entries())
    if not known:
        return None, []
    sentence = tr(
        "What you saw last is not recorded on this computer any more. Compare the last line of the "
        "paper book with the log."
    )
    return None, [Notice(code="pin_missing", sentence=sentence)]


def _check_head(keys: Keys, truth: Truth, now: datetime) -> list[Notice]:
    """The quick check: the last entry is signed by the login it names, under no newer membership (vault.md 6.4).

    A clock that stands before the last entry is told and logged, and work goes on: order comes from numbers (9).
    """
    head, notices = truth.head(), []
    for _, body, h, sig in truth.raw_entries(after=head.n - 1) if head.n else ():
        entry = parse_entry(body)
        if entry.g > keys.statement.gen:
            raise Tampered(
                tr(
                    "The key file is older than the log: it lacks the last change of who holds which key. Copy the "
                    "newest key file back from the backup or the recovery medium."
                )
            )
        if not author_signed(keys, entry, h, sig):
            raise Tampered(tr("The last entry of the log is not signed by the login it names. Compare with a backup."))
        if now < parse_stamp(entry.t):
            sentence = tr("The computer's clock stands at {now}, before the last entry of the log. Set the clock.")
            notices.append(Notice(code=CLOCK_BACK, sentence=sentence.format(now=isolate(time_text(now)))))
    return notices


def author_signed(keys: Keys, entry: Entry, h: bytes, sig: bytes) -> bool:
    """Whether the login named by an entry signed it. Public keys of a uid never change (vault.md 4.4, rule 6)."""
    user = keys.statement.users.get(entry.u)
    return user is not None and signature_holds(user.e, Domain.AUDIT, h, sig)


def _open_indexes(
    files: DeskFiles,
    keys: Keys,
    sealer: RecordSealer,
    truth: Truth,
    means: Means,
    pin: Pin | None,
    undo: ExitStack,
) -> dict[str, IndexFile]:
    checked = pin.checked if pin else 0
    opened: dict[str, IndexFile] = {}
    for comp, path, key in _indexes_of(files, keys):
        opened[comp] = IndexFile(
            path,
            key,
            comp=comp,
            projections=means.projections,
            truth=truth,
            sealer=sealer,
            trusted_author=lambda entry, h, sig: entry.n <= checked or author_signed(keys, entry, h, sig),
            progress=_progress_of(comp, means.progress),
        )
        undo.callback(opened[comp].close)
    return opened


def _indexes_of(files: DeskFiles, keys: Keys) -> Iterator[tuple[str, Path, bytes]]:
    """(compartment, file, raw key) of every index that this login has; the last is that of the letters to it."""
    x_secret = keys.identity.x_secret()
    for comp in sorted(keys.statement.comps):
        if comp != SHRED and keys.holds(comp):
            epoch, secret = keys.current(comp)
            yield comp, files.index_path(comp, epoch, keys.uid), index_key(x_secret, secret, comp)
    yield own_comp(keys.uid), files.index_path(OWN, OWN_EPOCH, keys.uid), own_index_key(x_secret, keys.uid)


def _progress_of(comp: str, progress: Progress | None) -> Callable[[int, int], None] | None:
    if progress is None:
        return None
    return lambda done, total: progress(comp, done, total)


def _log_unlock(files: DeskFiles, keys: Keys, truth: Truth, deed: str, noticed: Sequence[str]) -> None:
    """The entry, with the wrong tries since the last one folded in (vault.md 2.1)."""
    tries = sum(1 for _, uid in files.read_tries() if uid == keys.uid)
    extra: dict[str, Json] = {"tries": tries} if tries else {}
    if noticed:
        extra["noticed"] = list(noticed)
    truth.commit(deed, extra=extra)
    if tries:
        files.clear_tries(keys.uid)


def _notices_of_keys(keys: Keys, *, older_key_file: bool) -> list[Notice]:
    notices = []
    if older_key_file:
        sentence = tr("The key file was torn; the previous one was used. Make a backup today.")
        notices.append(Notice(code="previous_key_file", sentence=sentence))
    for ignored in keys.ignored:
        sentence = tr("A key for {comp} that {uid} handed to you was ignored. Ask the members of {comp}.").format(
            comp=ignored.c, uid=ignored.by
        )
        notices.append(Notice(code="wrap_ignored", sentence=sentence))
    return notices


def _notices_of_indexes(indexes: dict[str, IndexFile]) -> list[Notice]:
    return [
        Notice(
            code="record_set_aside",
            sentence=tr("A record written by {uid} cannot be read and was set aside. Check the desk.").format(
                uid=found.author
            ),
        )
        for index in indexes.values()
        for found in index.quarantined
    ]


def genesis_of(key_file: KeyFile) -> bytes:
    """The hash that goes into a newcomer's slot."""
    return statement_hash(key_file.history[0].statement)
