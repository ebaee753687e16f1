"""Certificates say what packet.md 5.2 demands; foreign bytes are refused with a sentence."""

from datetime import timedelta

import pytest
from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID

from rehabdesk.core.canon import digits24
from rehabdesk.core.errors import FormatError, UserError
from rehabdesk.seals.certificates import (
    RevocationReason,
    Revoked,
    facts,
    issue,
    list_facts,
    load,
    make_root,
    new_private_key,
    public_key,
    revocation_list,
    site_digits,
)
from tests.seals.packet.workshop import AT, Site


def test_a_members_certificate(site: Site) -> None:
    found = facts(site.author.pair.certificate)
    certificate = load(site.author.pair.certificate)

    assert (found.country, found.organisation, found.unit, found.name) == ("FR", "North site", "CO", "Amal Officer")
    assert found.not_before == AT - timedelta(hours=24)
    assert found.not_after == AT + timedelta(days=730)
    assert int(found.serial, 16).bit_length() > 64
    usage = certificate.extensions.get_extension_for_class(x509.KeyUsage)
    assert usage.critical
    assert usage.value.digital_signature
    assert usage.value.content_commitment
    assert not usage.value.key_cert_sign
    purposes = set(certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value)
    assert purposes == {ExtendedKeyUsageOID.EMAIL_PROTECTION, x509.ObjectIdentifier("1.3.6.1.5.5.7.3.36")}


def test_the_root(site: Site) -> None:
    certificate = load(site.root.certificate)

    assert certificate.extensions.get_extension_for_class(x509.BasicConstraints).value == x509.BasicConstraints(True, 0)
    assert certificate.not_valid_after_utc == AT + timedelta(days=3650)
    assert site_digits(site.root.certificate) == digits24(site.root.certificate)


def test_names_that_do_not_fit(site: Site) -> None:
    with pytest.raises(UserError):
        make_root(site_name="x" * 65, country="FR", at=AT)
    with pytest.raises(UserError):
        make_root(site_name="North", country="France", at=AT)
    with pytest.raises(UserError):
        issue(site.root, public=public_key(new_private_key()), staff_role="CO", name="", at=AT)


def test_names_in_arabic_script_fit(site: Site) -> None:
    assert facts(site.member("CO", "أمل العلي").pair.certificate).name == "أمل العلي"


def test_revocation_lists(site: Site) -> None:
    serial = facts(site.author.pair.certificate).serial
    crl = revocation_list(
        site.root,
        number=7,
        at=AT,
        revoked=[Revoked(serial=serial, at=AT - timedelta(days=1), reason=RevocationReason.LEFT)],
    )

    found = list_facts(crl, site.root.certificate)

    assert (found.number, found.issued, found.next_due) == (7, AT, AT + timedelta(days=400))
    assert found.revoked == {serial: AT - timedelta(days=1)}
    with pytest.raises(FormatError):
        list_facts(crl, Site.new().root.certificate)
    with pytest.raises(FormatError):
        list_facts(crl[:-1], site.root.certificate)


def test_foreign_bytes(site: Site) -> None:
    for raw in (b"", b"\x30\x00", site.root.certificate + b"\0", bytes(9000)):
        with pytest.raises(FormatError):
            facts(raw)
    with pytest.raises(FormatError):
        public_key(b"no key")
