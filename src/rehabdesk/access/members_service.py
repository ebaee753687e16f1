"""Making a desk, and admitting a member: the ceremonies that change who holds which key (vault.md 8.1)."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from rehabdesk.access import store
from rehabdesk.access.files_store import DeskFiles
from rehabdesk.access.keys_service import Keys
from rehabdesk.access.model import ADMIN_ROLES, EVERYBODY, SHRED, Newcomer, Role, StaffCard, compartments_of
from rehabdesk.access.service import Desk
from rehabdesk.access.store import SaltedCard
from rehabdesk.access.unlock_service import Means, genesis_of, open_desk
from rehabdesk.core.canon import Json, b64, sha256_hex
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.payload import to_payload
from rehabdesk.core.settings import SiteSettings
from rehabdesk.db.connection import FileKind, create_file
from rehabdesk.db.projection import HOUSE, NewRecord
from rehabdesk.db.space import refuse_unsuitable
from rehabdesk.seals.identity import Domain, Identity
from rehabdesk.seals.kdf import KdfCost, Purpose, derive
from rehabdesk.seals.keyfile import KeyFile, make_slot
from rehabdesk.seals.membership import check_genesis, check_step, statement_hash
from rehabdesk.seals.passphrase import require_passphrase, word_list
from rehabdesk.seals.record import letter_public
from rehabdesk.seals.statement import (
    Compartment,
    RecoveryKey,
    SignedStatement,
    Statement,
    Status,
    User,
)
from rehabdesk.seals.wrap import Wrap, commitment, make_wrap

QUORUM = 2
_BASE32 = "abcdefghijklmnopqrstuvwxyz234567"


@dataclass(frozen=True, slots=True, kw_only=True)
class Founder:
    """One person of a new desk and the passphrase that this person alone typed."""

    newcomer: Newcomer
    passphrase: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Joining:
    """A login in the making: private keys, salted card, the user as it will stand in the statement."""

    uid: str
    newcomer: Newcomer
    identity: Identity
    card: SaltedCard
    user: User

    @property
    def compartments(self) -> tuple[str, ...]:
        role, lead = self.newcomer.role, self.newcomer.safeguarding_lead
        return (*EVERYBODY, *compartments_of(role, safeguarding_lead=lead))


def create_desk(
    folder: Path,
    settings: SiteSettings,
    founders: Sequence[Founder],
    means: Means,
    cost: KdfCost,
    *,
    profile: Path | None = None,
) -> None:
    """Makes a desk in an empty or new folder: files, keys, staff cards, settings. UserError for what cannot be.

    The key file comes last but for the house records: a folder without it is no desk.
    """
    files = DeskFiles(folder, profile)
    _check_founders(founders)
    files.require_empty()
    refuse_unsuitable(folder)
    joining = [_join(founder.newcomer) for founder in founders]
    vault = secrets.token_hex(16)
    secret_of = {comp: secrets.token_bytes(32) for comp in _compartments(joining)}
    genesis = _genesis(vault, joining, secret_of)
    message = genesis.canonical()
    signed = SignedStatement(
        statement=genesis,
        signatures={one.uid: one.identity.sign(Domain.MEMBERSHIP, message) for one in joining},
    )
    check_genesis(signed)
    trust_root = statement_hash(genesis)
    slots = {
        one.uid: make_slot(
            vault=vault,
            uid=one.uid,
            passphrase=founder.passphrase,
            identity=one.identity,
            genesis=trust_root,
            cost=cost,
            ctr=1,
            bounds=means.cost.bounds,
        )
        for one, founder in zip(joining, founders, strict=True)
    }
    key_file = KeyFile(
        vault=vault, history=(signed,), slots=slots, recovery_slots={}, wraps=_first_wraps(vault, joining, secret_of)
    )
    (folder / "pins").mkdir(mode=0o700)
    for name, comp, kind in ((genesis.db, HOUSE, FileKind.TRUTH), (genesis.shred, SHRED, FileKind.SHRED)):
        create_file(folder / name, derive(secret_of[comp], Purpose.FILE), kind).close()
    files.write_key_file(key_file.dump())
    _write_house(files, joining, settings, key_file, trust_root, means)


def add_member(
    desk: Desk,
    founder: Founder,
    signers: Sequence[Keys],
    means: Means,
    cost: KdfCost,
    *,
    history: bool = True,
) -> str:
    """Admits a newcomer to the compartments of the role; gives the new uid.

    `signers` opened their own slots in turn (keys only): two administrators, one ADM and one SUP, and for each
    compartment a member, who wraps its key; the desk's own login counts too. `history` false admits "from now".
    """
    newcomer = founder.newcomer
    if any(user.sign == newcomer.sign_in for user in desk.keys.statement.users.values()):
        raise UserError(tr("That sign-in name is taken. Let another one be drawn."), field="sign_in")
    require_passphrase(founder.passphrase, names=[newcomer.sign_in, newcomer.name])
    present = {keys.uid: keys for keys in (desk.keys, *signers)}
    _require_two_administrators(desk, set(present))
    joining = _join(newcomer)
    statement = _with_member(desk.keys.statement, joining)
    message = statement.canonical()
    step = SignedStatement(
        statement=statement,
        signatures={uid: keys.sign_statement(statement) for uid, keys in present.items()}
        | {joining.uid: joining.identity.sign(Domain.MEMBERSHIP, message)},
    )
    check_step(desk.keys.statement, step)
    wraps = _admission_wraps(joining, list(present.values()), history=history)
    older = desk.keys.key_file
    slot = make_slot(
        vault=older.vault,
        uid=joining.uid,
        passphrase=founder.passphrase,
        identity=joining.identity,
        genesis=genesis_of(older),
        cost=cost,
        ctr=1,
        bounds=means.cost.bounds,
    )
    changed = replace(older, history=(*older.history, step), wraps=(*older.wraps, *wraps)).with_slot(joining.uid, slot)
    desk.commit("staff_card", [_card_record(joining)])
    desk.files.write_key_file(changed.dump())
    desk.keys.adopt(changed)
    desk.refresh_membership()
    by: list[Json] = [*sorted(present)]
    desk.log("add_member", extra={"who": joining.uid, "by": by, "history": history})
    desk.keep_pins()
    return joining.uid


def require_new_folder(folder: Path) -> None:
    """Makes the folder if it is not there. UserError if it is not empty, or no folder."""
    DeskFiles(folder).require_empty()


def draw_sign_in(taken: Sequence[str]) -> str:
    """Two neutral words, never the real name (vault.md 4.3)."""
    words = word_list()
    while True:
        drawn = f"{secrets.choice(words)}-{secrets.choice(words)}"
        if drawn.isascii() and drawn.replace("-", "").isalnum() and drawn not in taken and len(drawn) <= 20:
            return drawn


def _check_founders(founders: Sequence[Founder]) -> None:
    signs = [founder.newcomer.sign_in for founder in founders]
    if len(set(signs)) != len(signs):
        raise UserError(tr("Two people have the same sign-in name."), field="sign_in")
    for role in ADMIN_ROLES:
        if not any(founder.newcomer.role is role for founder in founders):
            raise UserError(tr("A desk needs an administrator and a supervisor: two people sign who holds which key."))
    for founder in founders:
        newcomer = founder.newcomer
        require_passphrase(founder.passphrase, names=[newcomer.sign_in, newcomer.name])


def _admission_wraps(joining: _Joining, present: Sequence[Keys], *, history: bool) -> list[Wrap]:
    """The keys of every compartment of the newcomer, each handed over by a member who is here."""
    wraps: list[Wrap] = []
    for comp in joining.compartments:
        member = next((keys for keys in present if keys.holds(comp)), None)
        if member is None:
            raise UserError(tr("A member of {comp} must be here to hand over its key.").format(comp=comp))
        wraps += member.wraps_for(joining.uid, joining.identity.x, comp, history=history)
    return wraps


def _require_two_administrators(desk: Desk, present: set[str]) -> None:
    admins = present & set(desk.keys.statement.admins)
    roles = {desk.staff(uid).role for uid in admins}
    if not {Role.ADM, Role.SUP} <= roles:
        raise UserError(tr("An administrator and a supervisor must both be here: one proposes, the other approves."))


def _join(newcomer: Newcomer) -> _Joining:
    uid = "u" + "".join(secrets.choice(_BASE32) for _ in range(7))
    identity = Identity.make()
    card = SaltedCard(salt=secrets.token_bytes(32), card=newcomer.card(uid))
    return _Joining(
        uid=uid,
        newcomer=newcomer,
        identity=identity,
        card=card,
        user=User(
            sign=newcomer.sign_in,
            card=bytes.fromhex(_digest(card)),
            x=identity.x,
            e=identity.e,
            status=Status.ACTIVE,
        ),
    )


def _digest(card: SaltedCard) -> str:
    return sha256_hex(card.signed_form())


def _compartments(joining: Sequence[_Joining]) -> tuple[str, ...]:
    return tuple(sorted({comp for one in joining for comp in one.compartments}))


def _genesis(vault: str, joining: Sequence[_Joining], secret_of: dict[str, bytes]) -> Statement:
    return Statement(
        vault=vault,
        gen=1,
        prev=b"",
        db="vault-000001.db",
        shred="shred-000001.db",
        quorum=QUORUM,
        admins=tuple(sorted(one.uid for one in joining if one.newcomer.role in ADMIN_ROLES)),
        due=(),
        users={one.uid: one.user for one in joining},
        comps={comp: _compartment(comp, secret, joining) for comp, secret in secret_of.items()},
    )


def _compartment(comp: str, secret: bytes, joining: Sequence[_Joining]) -> Compartment:
    """Recovery keys come with the shares (a later deed): until then the statement names none."""
    no_shares: RecoveryKey | None = None
    return Compartment(
        epoch=1,
        members=tuple(sorted(one.uid for one in joining if comp in one.compartments)),
        kc=commitment(secret, comp),
        letter=letter_public(secret, comp),
        rec=no_shares,
    )


def _first_wraps(vault: str, joining: Sequence[_Joining], secret_of: dict[str, bytes]) -> tuple[Wrap, ...]:
    """Each member's wrap is made by the first member of the compartment."""
    wraps = []
    for comp, secret in sorted(secret_of.items()):
        members = sorted((one for one in joining if comp in one.compartments), key=lambda one: one.uid)
        wraps += [
            make_wrap(
                vault=vault,
                comp=comp,
                epoch=1,
                to=one.uid,
                public_x=one.identity.x,
                secret=secret,
                by=members[0].uid,
                signer=members[0].identity,
            )
            for one in members
        ]
    return tuple(wraps)


def _with_member(old: Statement, joining: _Joining) -> Statement:
    comps = dict(old.comps)
    for comp in joining.compartments:
        held = comps.get(comp)
        if held is None:
            raise UserError(tr("This desk has no compartment {comp} yet.").format(comp=comp))
        comps[comp] = replace(held, members=tuple(sorted((*held.members, joining.uid))))
    admins = (*old.admins, joining.uid) if joining.newcomer.role in ADMIN_ROLES else old.admins
    return replace(
        old,
        gen=old.gen + 1,
        prev=statement_hash(old),
        admins=tuple(sorted(admins)),
        users={**old.users, joining.uid: joining.user},
        comps=comps,
    )


def _write_house(
    files: DeskFiles,
    joining: Sequence[_Joining],
    settings: SiteSettings,
    key_file: KeyFile,
    trust_root: bytes,
    means: Means,
) -> None:
    """Cards and settings are the first records, written by the first administrator in the deed that founds the desk."""
    founder = next(one for one in joining if one.newcomer.role is Role.ADM)
    keys = Keys(uid=founder.uid, identity=founder.identity, genesis=trust_root, key_file=key_file)
    desk = open_desk(files, keys, means, deed="found_desk")
    try:
        desk.commit("staff_card", [_card_record(one) for one in joining])
        desk.refresh_membership()
        desk.commit("site_settings", [settings_record(settings)])
    finally:
        desk.lock()


def settings_record(settings: SiteSettings, rid: str | None = None) -> NewRecord:
    return NewRecord(
        comp=HOUSE,
        kind=store.SITE_SETTINGS,
        pv=1,
        person=None,
        payload={"settings": dict(to_payload(settings))},
        rid=rid,
    )


def _card_record(joining: _Joining) -> NewRecord:
    card: StaffCard = joining.card.card
    return NewRecord(
        comp=HOUSE,
        kind=store.STAFF_CARD,
        pv=1,
        person=joining.uid,
        payload={"salt": b64(joining.card.salt), "card": dict(to_payload(card))},
    )
