"""Canonical JSON with the limits passed in, base64, framed hashing and the 24 digits.

One value has one form: keys sorted, no white space, minimal escapes, no floats (vault.md 4.3, packet.md 4.1; equal to
RFC 8785 for what is allowed here). What is read must write itself to the very same bytes.
"""

import base64
import binascii
import hashlib
import json
import re
from dataclasses import dataclass
from typing import NoReturn, TypeAlias

from rehabdesk.core.errors import FormatError

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | bool | None"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a parser lets in. Sizes in bytes for the whole, in characters for a string."""

    max_bytes: int
    max_depth: int
    max_items: int = 1_000_000
    max_string: int = 8 << 20
    max_integer: int = 10**16 - 1
    null_allowed: bool = False


VAULT_LIMITS = Limits(max_bytes=4 << 20, max_depth=12)
PACKET_LIMITS = Limits(max_bytes=4 << 20, max_depth=10, max_items=5_000, max_string=20_000, max_integer=2**53)

_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
# a string that never ends is taken to its end: tried again from each of its quotes, a hostile one would take hours
_BRACKETS_AND_STRINGS = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*"?|[\[\]{}]', re.DOTALL)


def dump(value: Json) -> bytes:
    """`value` in its one form. ValueError or TypeError for floats and for what JSON cannot hold."""
    _refuse_floats(value)
    return _write(value)


def parse(raw: bytes, limits: Limits = VAULT_LIMITS) -> Json:
    """The value whose canonical form is `raw`. FormatError for everything else."""
    if len(raw) > limits.max_bytes:
        raise FormatError("The data is larger than allowed.", code="too_large")
    _check_depth(raw, limits.max_depth)
    try:
        value: Json = _DECODER.decode(raw.decode("utf-8"))
    except (ValueError, RecursionError):  # UnicodeDecodeError and JSONDecodeError are ValueErrors
        raise FormatError("The data is not JSON of the allowed form.", code="not_json") from None
    _check_values(value, limits)
    try:
        same = _write(value) == raw
    except ValueError:
        same = False
    if not same:
        raise FormatError("The data is not in its canonical form.", code="not_canonical")
    return value


def parse_object(raw: bytes, limits: Limits = VAULT_LIMITS) -> dict[str, Json]:
    """As `parse`, for what must be an object."""
    value = parse(raw, limits)
    if not isinstance(value, dict):
        raise FormatError("The data is not a JSON object.")
    return value


def b64(raw: bytes) -> str:
    """Canonical base64 with padding."""
    return base64.b64encode(raw).decode("ascii")


def unb64(text: Json, size: int | None = None) -> bytes:
    """The bytes of canonical base64, `size` of them if given. FormatError otherwise."""
    if isinstance(text, str):
        try:
            raw = base64.b64decode(text.encode("ascii"), validate=True)
        except (ValueError, binascii.Error):
            raw = None
        if raw is not None and b64(raw) == text and (size is None or len(raw) == size):
            return raw
    raise FormatError("A byte string in the file is not canonical base64 of the right length.")


def H(*parts: bytes) -> bytes:  # noqa: N802 - the name it has in vault.md
    """SHA-256 over every part preceded by its length as u64 LE (vault.md, head)."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8, "little"))
        digest.update(part)
    return digest.digest()


def sha256_hex(raw: bytes) -> str:
    """SHA-256 in lower-case hex."""
    return hashlib.sha256(raw).hexdigest()


def digits24(data: bytes) -> str:
    """`dddd-dddd-dddd-dddd-dddd-dddd`: 10 bytes of SHA-256 of `data` as an integer modulo 10^24 (packet.md 2)."""
    return digits24_of_sha256(hashlib.sha256(data).digest())


def digits24_of_sha256(digest: bytes) -> str:
    """As `digits24`, for data of which only the hash (32 bytes) is known."""
    digits = f"{int.from_bytes(digest[:10], 'big') % 10**24:024d}"
    return "-".join(digits[at : at + 4] for at in range(0, 24, 4))


def _check_depth(raw: bytes, deepest: int) -> None:
    """Counts brackets outside strings before any parser recurses; so few brackets in all cannot be too deep."""
    if raw.count(b"[") + raw.count(b"{") <= deepest:
        return
    depth = 0
    for found in _BRACKETS_AND_STRINGS.finditer(raw):
        first = found.group()[0]
        if first in b"[{":
            depth += 1
            if depth > deepest:
                raise FormatError("The data is nested deeper than allowed.", code="too_deep")
        elif first in b"]}":
            depth -= 1


def _no_duplicates(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    value = dict(pairs)
    if len(value) != len(pairs):
        raise FormatError("A name stands twice in the same object.", code="duplicate_key")
    return value


def _no_float(_: str) -> NoReturn:
    raise FormatError("The data holds a number that is not a whole number.", code="not_whole_number")


def _short_int(text: str) -> int:
    if len(text) > 17:
        raise FormatError("The data holds a number that is too long.", code="number_too_large")
    return int(text)


def _check_values(value: Json, limits: Limits) -> None:
    """Called for every node, names in objects too; how deep it goes was checked before."""
    kind = type(value)
    if kind is str:
        if len(value) > limits.max_string:  # type: ignore[arg-type]  # a str
            raise FormatError("The data holds a text that is too long.", code="text_too_long")
    elif kind is int:
        if abs(value) > limits.max_integer:  # type: ignore[arg-type]  # an int
            raise FormatError("The data holds a number that is too large.", code="number_too_large")
    elif isinstance(value, dict | list):
        if len(value) > limits.max_items:
            raise FormatError("The data holds a list that is too long.", code="list_too_long")
        for node in value:
            _check_values(node, limits)
        if isinstance(value, dict):
            for node in value.values():
                _check_values(node, limits)
    elif value is None and not limits.null_allowed:
        raise FormatError("The data holds an empty value where it should leave the name out.", code="null_value")


def _refuse_floats(value: Json) -> None:
    """Without recursion: what is written comes from our own code and may be as deep as that likes."""
    waiting: list[Json] = [value]
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict):
            waiting.extend(node)
            waiting.extend(node.values())
        elif isinstance(node, list):
            waiting.extend(node)
        elif isinstance(node, float):
            raise ValueError("a float has no canonical form")


def _write(value: Json) -> bytes:
    return _ENCODER.encode(value).encode("utf-8")  # a lone surrogate raises UnicodeEncodeError, a ValueError


_DECODER = json.JSONDecoder(
    object_pairs_hook=_no_duplicates, parse_float=_no_float, parse_constant=_no_float, parse_int=_short_int
)
