"""A login's opened slot: private keys, the membership as replayed, the secrets that count. Holds keys; shows none."""

from collections.abc import Mapping
from dataclasses import dataclass

from rehabdesk.access.files_store import DeskFiles
from rehabdesk.core.errors import NoKey, Tampered
from rehabdesk.core.i18n import tr
from rehabdesk.seals.identity import Domain, Identity
from rehabdesk.seals.kdf import RELEASE_BOUNDS, KdfBounds, Purpose, derive
from rehabdesk.seals.keyfile import KeyFile, parse_key_file
from rehabdesk.seals.membership import replay, statement_hash, trusted_epochs
from rehabdesk.seals.statement import Statement
from rehabdesk.seals.wrap import Wrap, accept_wraps, make_wrap


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """Bounds of key derivation; a release has one, tests pass cheaper ones in."""

    bounds: KdfBounds = RELEASE_BOUNDS


RELEASE_COST = Cost()


class Keys:
    """What one login can do with its keys. Signs entries and statements, opens wraps, hands out file keys to `db`."""

    def __init__(self, *, uid: str, identity: Identity, genesis: bytes, key_file: KeyFile) -> None:
        """Replays the membership first: Tampered if it breaks a rule or does not begin where this login joined."""
        self.uid, self.genesis, self._identity = uid, genesis, identity
        self.adopt(key_file)

    def __repr__(self) -> str:
        return f"Keys({self.uid})"

    def adopt(self, key_file: KeyFile) -> None:
        """Goes on with another key file: replays it, and takes the secrets that count."""
        statement = replay(key_file.history, self.genesis)
        me = statement.users.get(self.uid)
        if me is None or self.uid not in statement.active() or (me.x, me.e) != (self._identity.x, self._identity.e):
            raise NoKey(tr("This login is not active any more. Ask an administrator."))
        secrets, ignored = accept_wraps(
            key_file.wraps,
            vault=key_file.vault,
            to=self.uid,
            private_x=self._identity.private_x,
            epochs=trusted_epochs(key_file.history),
        )
        self.key_file, self.statement, self.ignored = key_file, statement, ignored
        self._secrets: Mapping[tuple[str, int], bytes] = secrets

    @property
    def vault(self) -> str:
        return self.key_file.vault

    @property
    def identity(self) -> Identity:
        return self._identity

    @property
    def secrets(self) -> Mapping[tuple[str, int], bytes]:
        return self._secrets

    def holds(self, comp: str) -> bool:
        """Whether this login holds the key of the compartment's current generation."""
        current = self.statement.comps.get(comp)
        return current is not None and (comp, current.epoch) in self._secrets

    def current(self, comp: str) -> tuple[int, bytes]:
        """(epoch, secret) of a compartment. NoKey where this login holds none."""
        held = self.statement.comps.get(comp)
        if held is not None and (secret := self._secrets.get((comp, held.epoch))) is not None:
            return held.epoch, secret
        raise NoKey(tr("This login holds no key for that."))

    def file_key(self, comp: str) -> bytes:
        """Raw key of the truth file (`vault`) or the shred file (`shred`)."""
        return derive(self.current(comp)[1], Purpose.FILE)

    def pin_key(self) -> bytes:
        return derive(self._identity.x_secret(), Purpose.PIN)

    def sign(self, entry: bytes) -> bytes:
        """The signature of an audit entry."""
        return self._identity.sign(Domain.AUDIT, entry)

    def sign_statement(self, statement: Statement) -> bytes:
        return self._identity.sign(Domain.MEMBERSHIP, statement.canonical())

    def wrap_for(self, to: str, public_x: bytes, comp: str, epoch: int, secret: bytes) -> Wrap:
        return make_wrap(
            vault=self.vault,
            comp=comp,
            epoch=epoch,
            to=to,
            public_x=public_x,
            secret=secret,
            by=self.uid,
            signer=self._identity,
        )

    def wraps_for(self, to: str, public_x: bytes, comp: str, *, history: bool) -> tuple[Wrap, ...]:
        """What admits somebody: every generation of a compartment, or only the current one ("from now")."""
        now, _ = self.current(comp)
        return tuple(
            self.wrap_for(to, public_x, comp, epoch, secret)
            for (name, epoch), secret in sorted(self._secrets.items())
            if name == comp and (history or epoch == now)
        )

    def statement_digest(self) -> str:
        """SHA-256 of the statement in force, in hex: what the first entry of a generation carries."""
        return statement_hash(self.statement).hex()


def read_key_file(files: DeskFiles, cost: Cost) -> tuple[KeyFile, bool]:
    """The key file, and whether it is the previous one because the newer was torn."""
    return files.read_key_file(lambda raw: parse_key_file(raw, cost.bounds))


def require_gone_on(keys: Keys, pinned_gen: int, pinned_statement: str) -> None:
    """Tampered if the membership that this login saw last is not in the history (vault.md 6.3)."""
    for step in keys.key_file.history:
        if step.statement.gen == pinned_gen:
            if statement_hash(step.statement).hex() == pinned_statement:
                return
            break
    raise Tampered(
        tr(
            "The key file is older than the one you saw last. Either the disk lost writes or an older copy was "
            "put back. Do not go on; compare with a backup."
        )
    )
