"""One signed state of the membership: who belongs to which compartment, with which public keys (vault.md 4.3)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from rehabdesk.core.canon import Json, b64, dump, unb64
from rehabdesk.core.errors import FormatError
from rehabdesk.seals.identity import names_nobody

VERSION: Final = 1
EVERYBODY = ("vault", "shred")
UID = re.compile(r"u[a-z2-7]{7}")
COMPARTMENT = re.compile(r"vault|shred|team|clinical|pastoral(-[2-9])?|protected")
_SIGN_IN = re.compile(r"[a-z0-9-]{3,32}")
_VAULT = re.compile(r"[0-9a-f]{32}")
_FILE = re.compile(r"(vault|shred)-[0-9]{6}\.db")


class Status(StrEnum):
    ACTIVE = "active"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """A login: sign-in name, SHA-256 of the salted staff card, public keys."""

    sign: str
    card: bytes
    x: bytes
    e: bytes
    status: Status


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryKey:
    """Public halves of a compartment's recovery key."""

    x: bytes
    e: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Compartment:
    """One generation of a compartment's key: `kc` commits to the secret, `letter` is the public letter key."""

    epoch: int
    members: tuple[str, ...]
    kc: bytes
    letter: bytes
    rec: RecoveryKey | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """`prev` is the hash of the statement before, empty in the first; `db` and `shred` name the files in force."""

    vault: str
    gen: int
    prev: bytes
    db: str
    shred: str
    quorum: int
    admins: tuple[str, ...]
    due: tuple[str, ...]
    users: Mapping[str, User]
    comps: Mapping[str, Compartment]

    def canonical(self) -> bytes:
        """What is signed and hashed."""
        return dump(self.plain())

    def plain(self) -> dict[str, Json]:
        return {
            "v": VERSION,
            "vault": self.vault,
            "gen": self.gen,
            "prev": b64(self.prev),
            "db": self.db,
            "shred": self.shred,
            "quorum": self.quorum,
            "admins": list(self.admins),
            "due": list(self.due),
            "users": {uid: _plain_user(user) for uid, user in self.users.items()},
            "comps": {name: _plain_compartment(comp) for name, comp in self.comps.items()},
        }

    def active(self) -> set[str]:
        return {uid for uid, user in self.users.items() if user.status is Status.ACTIVE}


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedStatement:
    """A statement with its Ed25519 signatures by signer: a uid or `rec:<compartment>`."""

    statement: Statement
    signatures: Mapping[str, bytes]


def parse_statement(value: Json) -> Statement:
    """FormatError for anything but the exact fields, types and bounds."""
    fields = exact(value, "v", "vault", "gen", "prev", "db", "shred", "quorum", "admins", "due", "users", "comps")
    if fields["v"] != VERSION or fields["v"] is True:
        raise wrong()
    users, comps = fields["users"], fields["comps"]
    if not isinstance(users, dict) or not isinstance(comps, dict) or not users or len(users) > 5_000:
        raise wrong()
    prev = unb64(fields["prev"])
    if len(prev) not in (0, 32):
        raise wrong()
    return Statement(
        vault=text(fields["vault"], _VAULT),
        gen=number(fields["gen"], 1, 5_000),
        prev=prev,
        db=text(fields["db"], _FILE),
        shred=text(fields["shred"], _FILE),
        quorum=number(fields["quorum"], 1, 200),
        admins=_names(fields["admins"], UID),
        due=_names(fields["due"], COMPARTMENT),
        users={text(uid, UID): _parse_user(user) for uid, user in users.items()},
        comps={text(name, COMPARTMENT): _parse_compartment(comp) for name, comp in comps.items()},
    )


def exact(value: Json, *names: str) -> dict[str, Json]:
    """The object if it has exactly these names."""
    if not isinstance(value, dict) or set(value) != set(names):
        raise wrong()
    return value


def text(value: Json, form: re.Pattern[str]) -> str:
    if not isinstance(value, str) or form.fullmatch(value) is None:
        raise wrong()
    return value


def number(value: Json, least: int, most: int) -> int:
    if type(value) is not int or not least <= value <= most:
        raise wrong()
    return value


def wrong() -> FormatError:
    return FormatError("The key file is not of the form that this version knows.")


def _names(value: Json, form: re.Pattern[str]) -> tuple[str, ...]:
    """A list of different names, sorted: one order, so that one state has one form."""
    if not isinstance(value, list):
        raise wrong()
    names = tuple(text(name, form) for name in value)
    if list(names) != sorted(set(names)):
        raise wrong()
    return names


def _parse_user(value: Json) -> User:
    fields = exact(value, "sign", "card", "x", "e", "status")
    if fields["status"] not in list(Status):
        raise wrong()
    x, e = _public_pair(fields)
    return User(
        sign=text(fields["sign"], _SIGN_IN),
        card=unb64(fields["card"], 32),
        x=x,
        e=e,
        status=Status(str(fields["status"])),
    )


def _public_pair(fields: dict[str, Json]) -> tuple[bytes, bytes]:
    x, e = unb64(fields["x"], 32), unb64(fields["e"], 32)
    if names_nobody(x=x, e=e):
        raise wrong()
    return x, e


def _parse_compartment(value: Json) -> Compartment:
    fields = exact(value, "epoch", "members", "kc", "letter", "rec")
    rec = None
    if fields["rec"] != {}:
        x, e = _public_pair(exact(fields["rec"], "x", "e"))
        rec = RecoveryKey(x=x, e=e)
    letter = unb64(fields["letter"], 32)
    if names_nobody(x=letter):
        raise wrong()
    return Compartment(
        epoch=number(fields["epoch"], 1, 5_000),
        members=_names(fields["members"], UID),
        kc=unb64(fields["kc"], 32),
        letter=letter,
        rec=rec,
    )


def _plain_user(user: User) -> Json:
    return {
        "sign": user.sign,
        "card": b64(user.card),
        "x": b64(user.x),
        "e": b64(user.e),
        "status": str(user.status),
    }


def _plain_compartment(comp: Compartment) -> Json:
    rec: Json = {} if comp.rec is None else {"x": b64(comp.rec.x), "e": b64(comp.rec.e)}
    return {
        "epoch": comp.epoch,
        "members": list(comp.members),
        "kc": b64(comp.kc),
        "letter": b64(comp.letter),
        "rec": rec,
    }
