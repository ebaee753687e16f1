"""age files to X25519 recipients, with our own header reader in front of the library (packet.md 6.1, 8.1 point 2)."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Sequence
from typing import Any

from rehabdesk.core.errors import FormatError, NoKey, SealBroken, UserError
from rehabdesk.core.i18n import tr

MOST_SEALED_BYTES = 25 << 20
MOST_RECIPIENTS = 20
_MOST_HEADER_BYTES = 8192
_VERSION = b"age-encryption.org/v1"
_BODY_LINE = re.compile(rb"[A-Za-z0-9+/]{0,64}")
_STANZA = re.compile(rb"-> ([!-~]+)((?: [!-~]+)*)")
_MAC = re.compile(rb"--- [A-Za-z0-9+/]{43}")
_COLUMNS = 64
_X25519 = b"X25519"


def new_identity() -> str:
    """A fresh secret key, `AGE-SECRET-KEY-1…`. Keep it sealed."""
    import pyrage

    return str(pyrage.x25519.Identity.generate())


def recipient_of(identity: str) -> str:
    """The public half, `age1…`, of a secret key. FormatError for anything else; surrounding white space is ignored."""
    return str(_identity(identity).to_public())


def identity_in(key_file: str) -> str:
    """The one secret key in the text of a key file as `age-keygen` writes it (comment lines, then the key)."""
    lines = [line.strip() for line in key_file.splitlines()]
    keys = [line for line in lines if line and not line.startswith("#")]
    if len(keys) != 1:
        raise FormatError(tr("A key file holds exactly one secret key, a line that begins with AGE-SECRET-KEY-1."))
    _identity(keys[0])
    return keys[0]


def check_recipient(recipient: str) -> str:
    """`recipient` without surrounding white space. UserError if it is no X25519 age key."""
    import pyrage

    try:
        return str(pyrage.x25519.Recipient.from_str(recipient.strip()))
    except (ValueError, pyrage.RecipientError):
        raise UserError(
            tr("This is not an age key. It begins with age1 and has 62 characters. Read it back with the team.")
        ) from None


def seal(data: bytes, recipients: Sequence[str]) -> bytes:
    """`data` so that each of 1 to 20 recipients can open it alone. The header is read again before anything leaves."""
    import pyrage

    if not 1 <= len(recipients) <= MOST_RECIPIENTS:
        raise UserError(tr("A packet is sealed for 1 to 20 recipients. Choose fewer."))
    keys = [check_recipient(each) for each in recipients]
    if len(set(keys)) != len(keys):
        raise UserError(tr("The same recipient is named twice. Remove one of them."))
    sealed: bytes = pyrage.encrypt(data, [pyrage.x25519.Recipient.from_str(each) for each in keys])
    if count_recipients(sealed) != len(keys):
        raise SealBroken(tr("The sealed file does not hold one entry per recipient and was not kept."))
    return sealed


def open_sealed(sealed: bytes, identity: str) -> bytes:
    """What was sealed. FormatError for a header that is not ours (a passphrase, a plug-in, too long); NoKey when no
    entry is for `identity`; SealBroken when header or content do not authenticate.
    """
    import pyrage

    if len(sealed) > MOST_SEALED_BYTES:
        raise FormatError(tr("The sealed file is larger than allowed."))
    count_recipients(sealed)
    key = _identity(identity)
    try:
        opened: bytes = pyrage.decrypt(sealed, [key])
    except pyrage.DecryptError as problem:
        # the library tells the two apart only by its sentence; a flip inside the entry looks like another key
        if "no matching keys" in str(problem).lower():
            raise NoKey(tr("This file is not sealed for this key.")) from None
        raise SealBroken(tr("The seal is damaged: the file was changed or cut off on its way.")) from None
    return opened


def is_sealed(raw: bytes) -> bool:
    """Whether `raw` begins like a binary age file."""
    return raw.startswith(_VERSION + b"\n")


def count_recipients(sealed: bytes) -> int:
    """How many X25519 entries the header has. FormatError unless it is short, plain and holds nothing else but at most
    one `grease` entry, by which the format keeps readers honest.
    """
    lines = _header_lines(sealed)
    kinds: list[bytes] = []
    body_open = False
    for line in lines:
        if body_open:
            if not _BODY_LINE.fullmatch(line):
                raise _strange_header()
            body_open = len(line) == _COLUMNS
            continue
        stanza = _STANZA.fullmatch(line)
        if stanza is None:
            raise _strange_header()
        kinds.append(_kind(stanza))
        body_open = True
    grease = [kind for kind in kinds if kind.endswith(b"-grease")]
    count = kinds.count(_X25519)
    if body_open or len(grease) > 1 or count + len(grease) != len(kinds) or not 1 <= count <= MOST_RECIPIENTS:
        raise _strange_header()
    return count


def _kind(stanza: re.Match[bytes]) -> bytes:
    kind, arguments = stanza.group(1), stanza.group(2).split()
    if kind == _X25519:
        try:
            share = base64.b64decode(arguments[0] + b"=", validate=True) if len(arguments) == 1 else b""
        except binascii.Error:
            share = b""
        if len(share) != 32:
            raise _strange_header()
    return kind


def _header_lines(sealed: bytes) -> list[bytes]:
    """The lines between the version line and the line of the header's own check value."""
    start = sealed[:_MOST_HEADER_BYTES]
    lines = start.split(b"\n")
    if lines[0] != _VERSION:
        raise FormatError(tr("This is not a sealed packet (an age file)."))
    for place, line in enumerate(lines[1:-1], start=1):
        if line.startswith(b"---"):
            if not _MAC.fullmatch(line):
                break
            return lines[1:place]
    raise _strange_header()


def _identity(text: str) -> Any:
    import pyrage

    try:
        return pyrage.x25519.Identity.from_str(text.strip())
    except (ValueError, pyrage.IdentityError):
        raise FormatError(tr("This is not a secret age key. It begins with AGE-SECRET-KEY-1.")) from None


def _strange_header() -> FormatError:
    return FormatError(
        tr("The file is sealed in a way that RehabDesk does not open: only team keys are accepted, no passphrase.")
    )
