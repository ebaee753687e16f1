"""Signed cards: what was changed, who signed, whether the site still stands behind the key."""

import random
import subprocess
from datetime import timedelta
from pathlib import Path

import pytest

from rehabdesk.core.errors import FormatError, SealBroken
from rehabdesk.seals.cards import examine_card, sign_card
from rehabdesk.seals.certificates import CARD_ROLE, KeyPair, new_private_key, self_issued
from rehabdesk.seals.findings import Trust
from tests.seals.packet.workshop import AT, Site

CONTENT = b'{"format":"rehabdesk-site","version":"1.0"}'


@pytest.fixture(scope="module")
def card(site: Site) -> bytes:
    key = site.member(CARD_ROLE, "Card key")
    return sign_card(CONTENT, key=key.pair, root=site.root.certificate, at=AT)


def test_a_site_card(site: Site, card: bytes) -> None:
    known = examine_card(card, roots=(site.root.certificate,), crls=(site.crl,), moment=AT)
    unknown = examine_card(card, roots=(), crls=(), moment=AT)

    assert known.content_bytes() == unknown.content_bytes() == CONTENT
    assert (known.trust, known.signer_role, known.self_signed) == (Trust.TRUSTED, CARD_ROLE, False)
    assert unknown.trust is Trust.UNKNOWN_ROOT
    assert unknown.root_sha256 == known.root_sha256


def test_a_team_card_is_vouched_for_by_nobody_else() -> None:
    private = new_private_key()
    own = KeyPair(
        private=private,
        certificate=self_issued(private=private, country="FR", organisation="Team Lyon-Sud", name="Lyon-Sud", at=AT),
    )
    found = examine_card(sign_card(CONTENT, key=own, root=None, at=AT), roots=(), crls=(), moment=AT)

    assert (found.self_signed, found.trust, found.signer_name) == (True, Trust.UNKNOWN_ROOT, "Lyon-Sud")


def test_no_changed_byte_brings_other_words_or_another_signer(site: Site, card: bytes) -> None:
    good = examine_card(card, roots=(site.root.certificate,), crls=(site.crl,), moment=AT)
    chance = random.Random(5)
    for at in {*range(0, len(card), 7), *(chance.randrange(len(card)) for _ in range(60))}:
        spoiled = card[:at] + bytes([card[at] ^ 1]) + card[at + 1 :]
        try:
            found = examine_card(spoiled, roots=(site.root.certificate,), crls=(site.crl,), moment=AT)
        except (FormatError, SealBroken):
            continue
        # the wrapping around content, signer and signature may vary; what counts may not
        assert found.content_bytes() == CONTENT
        assert found.signer_sha256 == good.signer_sha256


def test_shapes_that_are_refused(card: bytes) -> None:
    for spoiled in (b"", card[:-1], card + b"\0", b"\x30\x80" + card[4:], b"{}", bytes(300 << 10)):
        with pytest.raises(FormatError):
            examine_card(spoiled, roots=(), crls=(), moment=AT)


def test_changed_content_with_a_signature_that_still_verifies(site: Site, card: bytes) -> None:
    spoiled = card.replace(b'"1.0"', b'"1.1"')

    assert spoiled != card
    with pytest.raises(SealBroken):
        examine_card(spoiled, roots=(site.root.certificate,), crls=(site.crl,), moment=AT)


def test_a_list_that_ran_out(site: Site, card: bytes) -> None:
    late = AT + timedelta(days=401)

    assert examine_card(card, roots=(site.root.certificate,), crls=(site.crl,), moment=late).trust is Trust.LIST_EXPIRED


def test_openssl_shows_the_content(site: Site, card: bytes, tmp_path: Path) -> None:
    (tmp_path / "card").write_bytes(card)
    (tmp_path / "root.der").write_bytes(site.root.certificate)
    subprocess.run(
        ["openssl", "x509", "-inform", "DER", "-in", "root.der", "-out", "root.pem"], cwd=tmp_path, check=True
    )

    shown = subprocess.run(
        [
            "openssl",
            "cms",
            "-verify",
            "-binary",
            "-inform",
            "DER",
            "-in",
            "card",
            "-no_check_time",
            "-CAfile",
            "root.pem",
        ],
        cwd=tmp_path,
        capture_output=True,
        check=True,
    ).stdout

    assert shown == CONTENT
