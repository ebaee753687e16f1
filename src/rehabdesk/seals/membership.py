"""The nine rules that every reader replays at every unlock (vault.md 4.4), and what they make trustworthy."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from cryptography.hazmat.primitives.constant_time import bytes_eq

from rehabdesk.core.errors import Tampered
from rehabdesk.core.i18n import tr
from rehabdesk.seals.identity import Domain, signature_holds
from rehabdesk.seals.statement import EVERYBODY, Compartment, SignedStatement, Statement, Status
from rehabdesk.seals.wrap import TrustedEpoch

_CONTENT_KEPT_FROM_ADMINS = ("clinical", "pastoral", "protected")


def statement_hash(statement: Statement) -> bytes:
    return hashlib.sha256(statement.canonical()).digest()


def replay(history: Sequence[SignedStatement], genesis_hash: bytes) -> Statement:
    """The statement in force. Tampered, with the rule that is broken, if any step of the history breaks one.

    `genesis_hash` comes out of the reader's own slot: who can write the file can write another history, but not that.
    """
    if not history:
        raise _broken("it is empty")
    first = history[0]
    if not bytes_eq(statement_hash(first.statement), genesis_hash):
        raise _broken("it does not begin with the statement under which you joined")
    check_genesis(first)
    current = first.statement
    for step in history[1:]:
        check_step(current, step)
        current = step.statement
    return current


def check_genesis(first: SignedStatement) -> None:
    """Rule 1: signed by every uid in it; and the rules that hold for every state."""
    statement = first.statement
    if statement.gen != 1 or statement.prev:
        raise _broken("the first statement is not numbered as the first")
    missing = set(statement.users) - _signers(first, statement)
    if missing:
        raise _broken("the first statement is not signed by everybody in it")
    _check_state(statement)


def check_step(old: Statement, step: SignedStatement) -> None:
    """Rules 2 to 9 for one statement after another."""
    new = step.statement
    _check_sequence(old, new)
    signers = _signers(step, old) | _signers_new_to(step, old)
    _check_users(old, new)
    for name, before in old.comps.items():
        after = new.comps.get(name)
        if after is None:
            raise _broken(f"the compartment {name} disappeared")
        _check_epoch(name, before, after, set(new.users) - new.active())
    _check_state(new)
    if _is_members_rotation(old, new, signers):
        return
    if len(signers & set(old.admins) & old.active()) < old.quorum:
        raise _broken("a statement is not signed by two administrators")
    for name, after in new.comps.items():
        existing = old.comps.get(name)
        if existing is None:
            if not set(after.members) <= signers:
                raise _broken(f"the new compartment {name} is not signed by each of its members")
        elif after != existing and name not in EVERYBODY:
            _check_member_consents(name, existing, after, signers)


def trusted_epochs(history: Iterable[SignedStatement]) -> Mapping[tuple[str, int], TrustedEpoch]:
    """For every epoch: its commitment, and whose wraps of it count (vault.md 4.5)."""
    commitments: dict[tuple[str, int], bytes] = {}
    wrappers: dict[tuple[str, int], dict[str, bytes]] = {}
    for step in history:
        for name, comp in step.statement.comps.items():
            commitments[name, comp.epoch] = comp.kc
            keys = {uid: step.statement.users[uid].e for uid in comp.members}
            if comp.rec is not None:
                keys[f"rec:{name}"] = comp.rec.e
            for epoch in range(1, comp.epoch + 1):
                wrappers.setdefault((name, epoch), {}).update(keys)
    return {key: TrustedEpoch(kc=kc, wrappers=wrappers[key]) for key, kc in commitments.items()}


def _check_sequence(old: Statement, new: Statement) -> None:
    """Rule 2."""
    if new.gen != old.gen + 1 or new.vault != old.vault or new.prev != statement_hash(old):
        raise _broken("a statement does not follow the one before")


def _check_users(old: Statement, new: Statement) -> None:
    """Rule 6, persons."""
    for uid, before in old.users.items():
        after = new.users.get(uid)
        if after is None:
            raise _broken("a login disappeared")
        if (after.x, after.e) != (before.x, before.e):
            raise _broken("the keys of a login were replaced")
        if before.status is Status.REMOVED and after.status is not Status.REMOVED:
            raise _broken("a removed login came back")


def _check_epoch(name: str, before: Compartment, after: Compartment, removed: set[str]) -> None:
    """Rule 6, keys. A removed uid that is dropped leaves like any other."""
    if after.epoch not in (before.epoch, before.epoch + 1):
        raise _broken(f"the generation of {name} jumped")
    if after.epoch == before.epoch:
        if (after.kc, after.letter) != (before.kc, before.letter):
            raise _broken(f"the key of {name} changed within a generation")
        if set(before.members) - set(after.members):
            raise _broken(f"somebody left {name} and its key was not renewed")
    elif after.kc == before.kc or after.letter == before.letter:
        raise _broken(f"a new generation of {name} has the old key")
    if set(after.members) & removed - set(before.members):
        raise _broken(f"a removed login was admitted to {name}")


def _check_state(statement: Statement) -> None:
    """Rules 3 (bounds), 7 and 9: what must hold in every statement."""
    active = statement.active()
    admins = set(statement.admins)
    if not admins <= active:
        raise _broken("an administrator is not an active login")
    if not 2 <= statement.quorum <= len(admins):
        raise _broken("fewer than two administrators would have to sign")
    if any(name not in statement.comps for name in (*EVERYBODY, *statement.due)):
        raise _broken("a compartment is missing")
    for name, comp in statement.comps.items():
        members = set(comp.members)
        if not members <= set(statement.users):
            raise _broken(f"a member of {name} is no login")
        listed_though_removed = members - active
        if bool(listed_though_removed) != (name in statement.due):
            raise _broken(f"a removed login is still a member of {name}")
        if name in EVERYBODY and members != active:
            raise _broken(f"not every active login is in {name}")
        if name.startswith(_CONTENT_KEPT_FROM_ADMINS) and members & admins:
            raise _broken(f"an administrator is a member of {name}")


def _check_member_consents(name: str, before: Compartment, after: Compartment, signers: set[str]) -> None:
    """Rule 4: what stops two administrators who act together."""
    if signers & set(before.members):
        return
    if f"rec:{name}" not in signers:
        raise _broken(f"{name} was changed without the signature of a member")
    if after.epoch == before.epoch or after.rec is None or after.rec == before.rec:
        raise _broken(f"the recovery key of {name} was used and not renewed")


def _is_members_rotation(old: Statement, new: Statement, signers: set[str]) -> bool:
    """Rule 8: only renews one due compartment, drops removed logins from it; one remaining member signs."""
    changed = [name for name in new.comps if new.comps[name] != old.comps.get(name)]
    if len(changed) != 1 or changed[0] not in old.due:
        return False
    name = changed[0]
    before, after = old.comps[name], new.comps[name]
    remaining = tuple(uid for uid in before.members if uid in old.active())
    expected = replace(
        old,
        gen=new.gen,
        prev=new.prev,
        due=tuple(comp for comp in old.due if comp != name),
        comps={
            **old.comps,
            name: replace(before, epoch=before.epoch + 1, members=remaining, kc=after.kc, letter=after.letter),
        },
    )
    return expected == new and bool(signers & set(remaining))


def _signers(step: SignedStatement, known: Statement) -> set[str]:
    """Whose signature holds, among the active logins and the recovery keys of `known`."""
    message = step.statement.canonical()
    keys = {uid: known.users[uid].e for uid in known.active()}
    keys |= {f"rec:{name}": comp.rec.e for name, comp in known.comps.items() if comp.rec is not None}
    return _holding(step, keys, message)


def _signers_new_to(step: SignedStatement, old: Statement) -> set[str]:
    """Newcomers who signed: they count for a compartment that they found, and for nothing else."""
    users = step.statement.users
    keys = {uid: user.e for uid, user in users.items() if uid not in old.users}
    return _holding(step, keys, step.statement.canonical())


def _holding(step: SignedStatement, keys: Mapping[str, bytes], message: bytes) -> set[str]:
    return {
        signer
        for signer, signature in step.signatures.items()
        if signer in keys and signature_holds(keys[signer], Domain.MEMBERSHIP, message, signature)
    }


def _broken(rule: str) -> Tampered:
    return Tampered(
        tr(
            "The list of who holds which key was changed by somebody who may not: {rule}. "
            "Do not go on; call two administrators and compare with a backup."
        ).format(rule=rule)
    )
