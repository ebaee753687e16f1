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
        raise _broken(tr("The list of who holds which key is empty."))
    first = history[0]
    if not bytes_eq(statement_hash(first.statement), genesis_hash):
        raise _broken(tr("The list of who holds which key does not begin with the one under which you joined."))
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
        raise _broken(tr("The first list of who holds which key is not numbered as the first."))
    if set(statement.users) - _signers(first, statement):
        raise _broken(tr("The first list of who holds which key is not signed by everybody in it."))
    for name, comp in statement.comps.items():
        _check_beginning(name, comp)
    _check_state(statement)


def check_step(old: Statement, step: SignedStatement) -> None:
    """Rules 2 to 9 for one statement after another."""
    new = step.statement
    _check_sequence(old, new)
    _check_users(old, new)
    _check_compartments(old, new)
    _check_state(new)
    signers = _signers(step, old)
    _check_recovery_keys(old, new, signers)
    if _is_members_rotation(old, new, signers):
        return
    _check_quorum(old, signers)
    _check_consents(old, new, signers, founders=_newcomers(step, old))


def trusted_epochs(history: Iterable[SignedStatement]) -> Mapping[tuple[str, int], TrustedEpoch]:
    """For every epoch: its commitment, and whose wraps of it count (vault.md 4.5). `history` must have been replayed.

    Whoever is a member in a later epoch may pass on the secrets of earlier ones, not the other way round.
    """
    commitments: dict[str, dict[int, bytes]] = {}
    keys: dict[str, dict[int, dict[str, set[bytes]]]] = {}
    for step in history:
        for name, comp in step.statement.comps.items():
            commitments.setdefault(name, {})[comp.epoch] = comp.kc
            of_epoch = keys.setdefault(name, {}).setdefault(comp.epoch, {})
            for uid in comp.members:
                of_epoch.setdefault(uid, set()).add(step.statement.users[uid].e)
            if comp.rec is not None:
                of_epoch.setdefault(f"rec:{name}", set()).add(comp.rec.e)
    trusted: dict[tuple[str, int], TrustedEpoch] = {}
    for name, by_epoch in commitments.items():
        wrappers: dict[str, frozenset[bytes]] = {}
        for epoch in sorted(by_epoch, reverse=True):
            for sender, public in keys[name][epoch].items():
                wrappers[sender] = wrappers.get(sender, frozenset()) | public
            trusted[name, epoch] = TrustedEpoch(kc=by_epoch[epoch], wrappers=dict(wrappers))
    return trusted


def _check_sequence(old: Statement, new: Statement) -> None:
    """Rule 2."""
    if new.gen != old.gen + 1 or new.vault != old.vault or new.prev != statement_hash(old):
        raise _broken(tr("A list of who holds which key does not follow the one before."))


def _check_users(old: Statement, new: Statement) -> None:
    """Rule 6, persons."""
    for uid, before in old.users.items():
        after = new.users.get(uid)
        if after is None:
            raise _broken(tr("The login {login} disappeared.").format(login=uid))
        if (after.x, after.e) != (before.x, before.e):
            raise _broken(tr("The keys of the login {login} were replaced.").format(login=uid))
        if before.status is Status.REMOVED and after.status is not Status.REMOVED:
            raise _broken(tr("The removed login {login} came back.").format(login=uid))


def _check_compartments(old: Statement, new: Statement) -> None:
    """Rules 5 and 6: none disappears, a new one begins at the beginning, a key lives for one epoch."""
    for name in old.comps:
        if name not in new.comps:
            raise _broken(tr("The compartment {name} disappeared.").format(name=name))
    removed = set(new.users) - new.active()
    for name, after in new.comps.items():
        before = old.comps.get(name)
        if before is None:
            _check_beginning(name, after)
        else:
            _check_epoch(name, before, after, removed)


def _check_beginning(name: str, comp: Compartment) -> None:
    if comp.epoch != 1 or not comp.members:
        raise _broken(
            tr("The compartment {name} does not begin with a first key and a first member.").format(name=name)
        )


def _check_epoch(name: str, before: Compartment, after: Compartment, removed: set[str]) -> None:
    """Rule 6, keys. A removed uid that is dropped leaves like any other."""
    if after.epoch not in (before.epoch, before.epoch + 1):
        raise _broken(tr("The key of the compartment {name} is not the same and not the next one.").format(name=name))
    if after.epoch == before.epoch:
        if (after.kc, after.letter) != (before.kc, before.letter):
            raise _broken(tr("The key of the compartment {name} was exchanged unseen.").format(name=name))
        if set(before.members) - set(after.members):
            raise _broken(tr("Somebody left the compartment {name} and its key was not renewed.").format(name=name))
    elif after.kc == before.kc or after.letter == before.letter:
        raise _broken(tr("The key of the compartment {name} was renewed with the old one.").format(name=name))
    if (set(after.members) & removed) - set(before.members):
        raise _broken(tr("A removed login was admitted to the compartment {name}.").format(name=name))


def _check_state(statement: Statement) -> None:
    """Rules 3 (bounds), 7 and 9: what must hold in every statement."""
    active, admins = statement.active(), set(statement.admins)
    if not admins <= active:
        raise _broken(tr("An administrator is not an active login."))
    if not 2 <= statement.quorum <= len(admins):
        raise _broken(tr("Fewer than two administrators would have to sign, or more than there are."))
    if any(len({user[half] for user in _key_pairs(statement)}) != len(statement.users) for half in (0, 1)):
        raise _broken(tr("Two logins have the same key, so that one person could sign as two."))
    if not set(EVERYBODY) <= set(statement.comps):
        raise _broken(tr("A compartment that everybody belongs to is missing."))
    if not set(statement.due) <= set(statement.comps) - set(EVERYBODY):
        raise _broken(tr("A compartment is waiting for a new key that cannot wait for one."))
    for name, comp in statement.comps.items():
        _check_members(statement, name, set(comp.members), active, admins)


def _check_members(statement: Statement, name: str, members: set[str], active: set[str], admins: set[str]) -> None:
    if not members <= set(statement.users):
        raise _broken(tr("A member of the compartment {name} is no login.").format(name=name))
    if members - active and name not in statement.due:
        raise _broken(tr("A removed login is still a member of the compartment {name}.").format(name=name))
    if name in EVERYBODY and members != active:
        raise _broken(tr("Not every active login is in the compartment {name}.").format(name=name))
    if name.startswith(_CONTENT_KEPT_FROM_ADMINS) and members & admins:
        raise _broken(tr("An administrator is a member of the compartment {name}.").format(name=name))


def _key_pairs(statement: Statement) -> list[tuple[bytes, bytes]]:
    return [(user.x, user.e) for user in statement.users.values()]


def _check_quorum(old: Statement, signers: set[str]) -> None:
    """Rule 3: administrators of the statement before."""
    if len(signers & set(old.admins)) < old.quorum:
        raise _broken(tr("A change of who holds which key is not signed by two administrators."))


def _check_recovery_keys(old: Statement, new: Statement, signers: set[str]) -> None:
    """Rule 4: whoever signs with a recovery key must renew it and the key of its compartment."""
    for name, before in old.comps.items():
        after = new.comps[name]
        if f"rec:{name}" in signers and (after.epoch == before.epoch or after.rec is None or after.rec == before.rec):
            raise _broken(tr("The recovery key of the compartment {name} was used and not renewed.").format(name=name))


def _check_consents(old: Statement, new: Statement, signers: set[str], *, founders: set[str]) -> None:
    """Rules 4 and 5: what stops two administrators who act together. A newcomer may only found a compartment."""
    for name, after in new.comps.items():
        before = old.comps.get(name)
        if before is None:
            if not set(after.members) <= signers | founders:
                raise _broken(tr("The new compartment {name} is not signed by each member.").format(name=name))
        elif after != before and name not in EVERYBODY and not signers & {*before.members, f"rec:{name}"}:
            raise _broken(tr("The compartment {name} was changed without the signature of a member.").format(name=name))


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
    keys = {uid: known.users[uid].e for uid in known.active()}
    keys |= {f"rec:{name}": comp.rec.e for name, comp in known.comps.items() if comp.rec is not None}
    return _holding(step, keys)


def _newcomers(step: SignedStatement, old: Statement) -> set[str]:
    """Logins that this statement brings and that signed it."""
    return _holding(step, {uid: user.e for uid, user in step.statement.users.items() if uid not in old.users})


def _holding(step: SignedStatement, keys: Mapping[str, bytes]) -> set[str]:
    message = step.statement.canonical()
    return {
        signer
        for signer, signature in step.signatures.items()
        if signer in keys and signature_holds(keys[signer], Domain.MEMBERSHIP, message, signature)
    }


def _broken(what: str) -> Tampered:
    """`what` is a whole sentence; the next step is the same for all."""
    then = tr("Do not go on. Call two administrators and compare the key file with a backup.")
    return Tampered(f"{what} {then}")
