"""age files: only team keys, a short plain header, nothing changed."""

import shutil
import subprocess
from pathlib import Path

import pytest

from rehabdesk.core.errors import FormatError, NoKey, SealBroken, UserError
from rehabdesk.seals import sealing
from rehabdesk.seals.sealing import (
    check_recipient,
    count_recipients,
    identity_in,
    new_identity,
    open_sealed,
    recipient_of,
    seal,
)

DATA = b"%PDF-2.0\n" + bytes(range(256)) * 40


def test_each_of_twenty_opens_it_alone() -> None:
    identities = [new_identity() for _ in range(20)]
    sealed = seal(DATA, [recipient_of(each) for each in identities])

    assert count_recipients(sealed) == 20
    assert all(open_sealed(sealed, each) == DATA for each in identities)


def test_how_many_and_which_recipients() -> None:
    one = recipient_of(new_identity())
    for recipients in ([], [recipient_of(new_identity()) for _ in range(21)], [one, one], ["age1x"], ["ssh-rsa AAAA"]):
        with pytest.raises(UserError):
            seal(DATA, recipients)


def test_another_key_does_not_open_it() -> None:
    sealed = seal(DATA, [recipient_of(new_identity())])

    with pytest.raises(NoKey):
        open_sealed(sealed, new_identity())


def test_no_changed_byte_is_ever_opened() -> None:
    identity = new_identity()
    sealed = seal(DATA[:100], [recipient_of(identity)])
    for at in range(len(sealed)):
        with pytest.raises((FormatError, NoKey, SealBroken)):
            open_sealed(sealed[:at] + bytes([sealed[at] ^ 1]) + sealed[at + 1 :], identity)


def test_cut_off_and_extended_files() -> None:
    identity = new_identity()
    sealed = seal(DATA, [recipient_of(identity)])
    for spoiled in (sealed[:-1], sealed[:300], sealed + b"x", b"\n" + sealed, sealed[:10], b""):
        with pytest.raises((FormatError, SealBroken)):
            open_sealed(spoiled, identity)


def test_a_changed_body_is_called_damaged() -> None:
    identity = new_identity()
    sealed = seal(DATA, [recipient_of(identity)])

    with pytest.raises(SealBroken):
        open_sealed(sealed[:-40] + bytes([sealed[-40] ^ 1]) + sealed[-39:], identity)


def test_headers_that_are_never_given_to_the_library() -> None:
    identity = new_identity()
    sealed = seal(DATA, [recipient_of(identity)])
    version, rest = sealed.split(b"\n", 1)
    stanza = b"\n".join(rest.split(b"\n")[:2]) + b"\n"
    expensive = b"-> scrypt " + b"A" * 22 + b" 23\n" + b"A" * 43 + b"\n"
    for header in (
        expensive,
        expensive + stanza,
        b"-> ssh-ed25519 AAAA BBBB\n" + b"A" * 43 + b"\n" + stanza,
        b"-> plugin-x AAAA\n" + b"A" * 43 + b"\n" + stanza,
        b"-> a-grease\nAAAA\n-> b-grease\nAAAA\n" + stanza,
        stanza * 20,
        b"-> X25519 short\n" + b"A" * 43 + b"\n",
        b"-> x-grease\n" + (b"A" * 64 + b"\n") * 200 + b"AA\n" + stanza,
        b"\n",
    ):
        with pytest.raises(FormatError):
            open_sealed(version + b"\n" + header + rest, identity)


def test_more_recipients_than_allowed_are_not_opened() -> None:
    import pyrage

    identities = [pyrage.x25519.Identity.generate() for _ in range(21)]
    sealed = pyrage.encrypt(DATA, [each.to_public() for each in identities])

    with pytest.raises(FormatError):
        open_sealed(sealed, str(identities[0]))


def test_a_file_over_the_limit() -> None:
    with pytest.raises(FormatError):
        open_sealed(b"age-encryption.org/v1\n" + bytes(sealing.MOST_SEALED_BYTES), new_identity())


def test_key_files_and_recipients() -> None:
    identity = new_identity()
    text = f"# created: 2026-11-24\n# public key: {recipient_of(identity)}\n{identity}\n"

    assert identity_in(text) == identity
    assert check_recipient(f" {recipient_of(identity)}\n") == recipient_of(identity)
    for wrong in ("", "# nothing", identity + "\n" + identity, "AGE-SECRET-KEY-1QQ", recipient_of(identity)):
        with pytest.raises(FormatError):
            identity_in(wrong)


@pytest.mark.skipif(shutil.which("age") is None, reason="the age program is not installed")
def test_the_age_program_opens_it_byte_for_byte_and_the_other_way_round(tmp_path: Path) -> None:
    identity = new_identity()
    (tmp_path / "key").write_text(identity + "\n")
    (tmp_path / "ours.age").write_bytes(seal(DATA, [recipient_of(identity), recipient_of(new_identity())]))

    opened = subprocess.run(
        ["age", "-d", "-i", tmp_path / "key", tmp_path / "ours.age"], capture_output=True, check=True
    ).stdout
    theirs = subprocess.run(["age", "-r", recipient_of(identity)], input=DATA, capture_output=True, check=True).stdout

    assert opened == DATA
    assert open_sealed(theirs, identity) == DATA
