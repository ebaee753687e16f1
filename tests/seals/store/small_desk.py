"""A small desk made of keys alone, the same in every run: statements, signatures, slots and wraps without any file."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from rehabdesk.seals.identity import Domain, Identity
from rehabdesk.seals.kdf import KdfBounds, KdfCost, Purpose, derive
from rehabdesk.seals.keyfile import KeyFile, make_recovery_slot, make_slot
from rehabdesk.seals.membership import statement_hash
from rehabdesk.seals.record import letter_public
from rehabdesk.seals.statement import Compartment, RecoveryKey, SignedStatement, Statement, Status, User
from rehabdesk.seals.wrap import Wrap, commitment, make_wrap

VAULT = "0123456789abcdef0123456789abcdef"
CHEAP = KdfCost(m=64, t=1, p=1)
CHEAP_BOUNDS = KdfBounds(memory=(8, 1 << 10), rounds=(1, 4), lanes=(1, 4), work=4 << 10)

ADM, SUP, PSY, PSY2, CHA, CO, NEW = (f"u{name:a<7}" for name in ("adm", "sup", "psy", "psytwo", "cha", "co", "new"))
FOUNDERS = (ADM, SUP, PSY, PSY2, CHA, CO)
MEMBERS: Mapping[str, tuple[str, ...]] = {
    "vault": FOUNDERS,
    "shred": FOUNDERS,
    "team": (SUP, PSY, PSY2, CHA, CO),
    "clinical": (PSY, PSY2),
    "pastoral": (CHA,),
}


def random_from(seed: str) -> Callable[[int], bytes]:
    """Bytes that depend on `seed` and on how often they were asked for."""
    count = 0

    def next_bytes(size: int) -> bytes:
        nonlocal count
        count += 1
        return hashlib.shake_256(f"{seed}/{count}".encode()).digest(size)

    return next_bytes


def identity(name: str) -> Identity:
    return Identity.make(random_from(f"identity {name}"))


def recovery(comp: str, number: int = 1) -> Identity:
    """The recovery key of a compartment; `number` counts renewals."""
    seed = random_from(f"recovery {comp} {number}")(32)
    return Identity(derive(seed, Purpose.REC_X, comp), derive(seed, Purpose.REC_E, comp))


def secret(comp: str, epoch: int = 1) -> bytes:
    return random_from(f"secret {comp} {epoch}")(32)


def user(uid: str, status: Status = Status.ACTIVE) -> User:
    keys = identity(uid)
    card = hashlib.sha256(uid.encode()).digest()
    return User(sign=f"lamp-{uid[1:4]}", card=card, x=keys.x, e=keys.e, status=status)


def compartment(comp: str, members: Sequence[str], epoch: int = 1, recovery_number: int | None = 1) -> Compartment:
    rec = None if recovery_number is None else recovery(comp, recovery_number)
    return Compartment(
        epoch=epoch,
        members=tuple(sorted(members)),
        kc=commitment(secret(comp, epoch), comp),
        letter=letter_public(secret(comp, epoch), comp),
        rec=None if rec is None else RecoveryKey(x=rec.x, e=rec.e),
    )


def genesis() -> Statement:
    return Statement(
        vault=VAULT,
        gen=1,
        prev=b"",
        db="vault-000001.db",
        shred="shred-000001.db",
        quorum=2,
        admins=tuple(sorted((ADM, SUP))),
        due=(),
        users={uid: user(uid) for uid in FOUNDERS},
        comps={comp: compartment(comp, members) for comp, members in MEMBERS.items()},
    )


def after(new: Statement, old: Statement | None = None, **changes: object) -> Statement:
    """`new`, numbered as the statement that follows `old` (the genesis, if none is given), with `changes`."""
    before = genesis() if old is None else old
    numbered = {"gen": before.gen + 1, "prev": statement_hash(before), **changes}
    return replace(new, **numbered)  # type: ignore[arg-type] # any field


def with_comp(statement: Statement, comp: str, **changes: object) -> Statement:
    changed = replace(statement.comps[comp], **changes)  # type: ignore[arg-type] # any field
    return replace(statement, comps={**statement.comps, comp: changed})


def rotated(statement: Statement, comp: str, members: Sequence[str] | None = None) -> Statement:
    """`comp` with the key of its next epoch and, if given, other members."""
    now = statement.comps[comp]
    renewed = compartment(comp, now.members if members is None else members, now.epoch + 1)
    return replace(statement, comps={**statement.comps, comp: replace(renewed, rec=now.rec)})


def removed(statement: Statement, uid: str, *, due: Sequence[str] = ()) -> Statement:
    """`uid` removed, everything it leaves rotated, except what stays on `due`."""
    gone = replace(statement.users[uid], status=Status.REMOVED)
    new = replace(statement, users={**statement.users, uid: gone}, due=tuple(sorted({*statement.due, *due})))
    for comp, held in statement.comps.items():
        if uid in held.members and comp not in due:
            new = rotated(new, comp, [member for member in held.members if member != uid])
    return new


def admitted(statement: Statement, uid: str, comps: Sequence[str]) -> Statement:
    """A newcomer in `vault`, `shred` and `comps`."""
    new = replace(statement, users={**statement.users, uid: user(uid)})
    for comp in ("vault", "shred", *comps):
        new = with_comp(new, comp, members=tuple(sorted((*new.comps[comp].members, uid))))
    return new


def signed(statement: Statement, *signers: str) -> SignedStatement:
    """Signed by uids, and by `rec:<c>` or `rec:<c>:<number>`."""
    message = statement.canonical()
    signatures = {}
    for signer in signers:
        parts = signer.split(":")
        keys = recovery(parts[1], int(parts[2]) if len(parts) == 3 else 1) if parts[0] == "rec" else identity(signer)
        signatures[":".join(parts[:2])] = keys.sign(Domain.MEMBERSHIP, message)
    return SignedStatement(statement=statement, signatures=signatures)


def signed_genesis() -> SignedStatement:
    return signed(genesis(), *FOUNDERS)


def wrap(comp: str, epoch: int, to: str, by: str, content: bytes | None = None) -> Wrap:
    return make_wrap(
        vault=VAULT,
        comp=comp,
        epoch=epoch,
        to=to,
        public_x=recovery(comp).x if to.startswith("rec:") else identity(to).x,
        secret=secret(comp, epoch) if content is None else content,
        by=by,
        signer=recovery(comp) if by.startswith("rec:") else identity(by),
    )


def key_file(*later: SignedStatement) -> KeyFile:
    """The genesis and `later` statements, a slot for each founder, a recovery card for the psychologist, all wraps."""
    digest = statement_hash(genesis())
    slots = {
        uid: make_slot(
            vault=VAULT,
            uid=uid,
            passphrase=f"seven tin roofs of {uid}",
            identity=identity(uid),
            genesis=digest,
            cost=CHEAP,
            ctr=1,
            bounds=CHEAP_BOUNDS,
            random=random_from(f"slot {uid}"),
        )
        for uid in FOUNDERS
    }
    card, _ = make_recovery_slot(
        vault=VAULT, uid=PSY, identity=identity(PSY), genesis=digest, ctr=1, random=random_from("card")
    )
    wraps = [wrap(comp, 1, to, members[0]) for comp, members in MEMBERS.items() for to in (*members, f"rec:{comp}")]
    return KeyFile(
        vault=VAULT,
        history=(signed_genesis(), *later),
        slots=slots,
        recovery_slots={PSY: card},
        wraps=tuple(wraps),
    )
