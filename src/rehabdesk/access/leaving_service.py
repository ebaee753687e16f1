"""Ending a login for good: new keys for all that it could open, and the files under new ones (vault.md 8.1, 8.2).

Old records stay under the old keys: what somebody could read, somebody may have copied.
"""

import secrets
from collections.abc import Sequence
from dataclasses import replace

from rehabdesk.access.keys_service import Keys
from rehabdesk.access.model import SHRED, Role
from rehabdesk.access.service import Desk
from rehabdesk.access.unlock_service import Means, open_desk
from rehabdesk.core.canon import Json
from rehabdesk.core.errors import Full, UserError
from rehabdesk.core.files import UNFINISHED, replace_file
from rehabdesk.core.i18n import tr
from rehabdesk.db.connection import FileKind, open_file
from rehabdesk.db.copy import copy_file
from rehabdesk.db.projection import HOUSE
from rehabdesk.db.space import free_bytes
from rehabdesk.seals.kdf import Purpose, derive
from rehabdesk.seals.keyfile import KeyFile
from rehabdesk.seals.membership import check_step, statement_hash
from rehabdesk.seals.record import letter_public
from rehabdesk.seals.statement import Compartment, SignedStatement, Statement, Status
from rehabdesk.seals.wrap import Wrap, commitment

_ROOM = 2.2
"""Of the size of the truth file: so much must be free, because the copy stands beside it for a while."""


def remove_member(desk: Desk, uid: str, signers: Sequence[Keys], means: Means) -> None:
    """Ends the login `uid`. `signers` opened their own slots in turn, as for an admission; the desk's own login counts.

    UserError unless an administrator and a supervisor are here, and for each compartment that is left somebody who
    stays in it: who is the last one there admits a successor first. The desk is locked at the end, also where it fails:
    nothing has changed then. Whoever goes on unlocks anew.
    """
    present = {keys.uid: keys for keys in (desk.keys, *signers)}
    old = desk.keys.statement
    _require_possible(desk, uid, present)
    left = [name for name, comp in sorted(old.comps.items()) if uid in comp.members]
    hands = {name: _who_stays(old, name, uid, present) for name in left}
    secret_of = {name: secrets.token_bytes(32) for name in left}
    statement = _without(old, uid, secret_of)
    step = SignedStatement(
        statement=statement,
        signatures={each: keys.sign_statement(statement) for each, keys in present.items()},
    )
    check_step(old, step)
    changed = _key_file(desk.keys.key_file, step, uid, _wraps(statement, hands, secret_of))
    by: list[Json] = [*sorted(present)]
    desk.log("begin_remove_member", extra={"who": uid, "by": by, "gen": statement.gen})
    files, keys = desk.files, desk.keys
    desk.lock()
    if free_bytes(files.folder) < _ROOM * (files.folder / old.db).stat().st_size:
        raise Full(tr("There is not enough room on the disk for the new files. Make room, then try again."))
    for name, comp, kind in ((statement.db, HOUSE, FileKind.TRUTH), (statement.shred, SHRED, FileKind.SHRED)):
        unfinished = files.folder / (name + UNFINISHED)
        source = open_file(files.folder / (old.db if comp == HOUSE else old.shred), keys.file_key(comp), kind)
        try:
            copy_file(source, unfinished, derive(secret_of[comp], Purpose.FILE), kind)
        finally:
            source.close()
        replace_file(unfinished, files.folder / name)
    files.write_key_file(changed.dump(), keep_previous=False)  # from here on the login is ended
    keys.adopt(changed)
    files.drop_former(statement.db, statement.shred)
    files.drop_indexes({(name, old.comps[name].epoch) for name in left}, uid)
    again = open_desk(files, keys, means)
    try:
        again.log("remove_member", extra={"who": uid, "by": by})
    finally:
        again.keep_pins()
        again.lock()


def _require_possible(desk: Desk, uid: str, present: dict[str, Keys]) -> None:
    statement = desk.keys.statement
    if uid not in statement.active():
        raise UserError(tr("This login has ended already."))
    if uid in present:
        raise UserError(tr("Nobody ends the own login. Two others do it."))
    roles = {desk.staff(each).role for each in set(present) & set(statement.admins)}
    if not {Role.ADM, Role.SUP} <= roles:
        raise UserError(tr("An administrator and a supervisor must both be here: one proposes, the other approves."))
    if len(set(statement.admins) - {uid}) < statement.quorum:
        raise UserError(tr("Then nobody could sign who holds which key. Admit a successor first."))


def _who_stays(old: Statement, name: str, uid: str, present: dict[str, Keys]) -> Keys:
    """Who makes the new key of a compartment, and hands it to the others."""
    found = next((keys for keys in present.values() if keys.uid in old.comps[name].members and keys.holds(name)), None)
    if found is not None:
        return found
    if set(old.comps[name].members) == {uid}:
        raise UserError(tr("Nobody else holds the key of {comp}. Admit a successor first.").format(comp=name))
    raise UserError(tr("A member of {comp} who stays must be here: its key is made anew.").format(comp=name))


def _without(old: Statement, uid: str, secret_of: dict[str, bytes]) -> Statement:
    return replace(
        old,
        gen=old.gen + 1,
        prev=statement_hash(old),
        db=_next_name(old.db),
        shred=_next_name(old.shred),
        admins=tuple(each for each in old.admins if each != uid),
        users={**old.users, uid: replace(old.users[uid], status=Status.REMOVED)},
        comps={
            name: _renewed(name, comp, uid, secret_of[name]) if name in secret_of else comp
            for name, comp in old.comps.items()
        },
    )


def _renewed(name: str, comp: Compartment, uid: str, secret: bytes) -> Compartment:
    return replace(
        comp,
        epoch=comp.epoch + 1,
        members=tuple(each for each in comp.members if each != uid),
        kc=commitment(secret, name),
        letter=letter_public(secret, name),
    )


def _wraps(statement: Statement, hands: dict[str, Keys], secret_of: dict[str, bytes]) -> list[Wrap]:
    return [
        hands[name].wrap_for(to, statement.users[to].x, name, statement.comps[name].epoch, secret)
        for name, secret in secret_of.items()
        for to in statement.comps[name].members
    ]


def _key_file(older: KeyFile, step: SignedStatement, uid: str, wraps: Sequence[Wrap]) -> KeyFile:
    """Without the slots of the login, and without the keys that were handed to it."""
    return replace(
        older,
        history=(*older.history, step),
        slots={each: slot for each, slot in older.slots.items() if each != uid},
        recovery_slots={each: slot for each, slot in older.recovery_slots.items() if each != uid},
        wraps=(*(wrap for wrap in older.wraps if wrap.to != uid), *wraps),
    )


def _next_name(name: str) -> str:
    """`vault-000001.db` to `vault-000002.db`."""
    stem, number = name.removesuffix(".db").split("-")
    return f"{stem}-{int(number) + 1:06d}.db"
