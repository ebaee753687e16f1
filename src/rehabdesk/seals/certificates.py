"""The site's own small authority: root, certificates of members, card key, revocation lists (packet.md 5.2, 7).

Keys and certificates are plain DER bytes on the outside, so that no caller needs the library. Keys are P-256.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from rehabdesk.core.canon import digits24, sha256_hex
from rehabdesk.core.errors import FormatError, UserError
from rehabdesk.core.i18n import tr

if TYPE_CHECKING:
    from cryptography import x509
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey, EllipticCurvePublicKey

ROOT_YEARS = 10
MEMBER_YEARS = 2
BACKDATED = timedelta(hours=24)  # a receiver's clock may be somewhat behind
LIST_DAYS = 400  # an offline team must not lose genuine packets over a rare exchange
CARD_ROLE = "CARD"
DOCUMENT_SIGNING = "1.3.6.1.5.5.7.3.36"
_MOST_NAME_LETTERS = 64  # RFC 5280, upper bounds
_MOST_CERTIFICATE_BYTES = 8192
_MOST_LIST_BYTES = 2 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyPair:
    """A private key (PKCS#8 DER, unencrypted: keep it sealed) and the certificate that names it (DER)."""

    private: bytes
    certificate: bytes


class RevocationReason(StrEnum):
    """Why a certificate is on the list."""

    KEY_COMPROMISED = "key_compromised"
    LEFT = "left"
    REPLACED = "replaced"


@dataclass(frozen=True, slots=True, kw_only=True)
class Revoked:
    """One entry of a revocation list. `serial` as `CertificateFacts.serial` gives it."""

    serial: str
    at: datetime
    reason: RevocationReason


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateFacts:
    """What a certificate says. `sha256` is over the whole certificate, `key_sha256` over its public key; hex."""

    country: str
    organisation: str
    unit: str
    name: str
    serial: str
    not_before: datetime
    not_after: datetime
    sha256: str
    key_sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ListFacts:
    """What a revocation list says; `revoked` maps the serial (hex) to the time of revocation."""

    number: int
    issued: datetime
    next_due: datetime
    revoked: dict[str, datetime]


def new_private_key() -> bytes:
    """A fresh P-256 key as PKCS#8 DER."""
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    return ec.generate_private_key(ec.SECP256R1()).private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def public_key(private: bytes) -> bytes:
    """The public half as SubjectPublicKeyInfo DER: what a member hands to the ceremony that issues a certificate."""
    return _spki(load_private(private).public_key())


def make_root(*, site_name: str, country: str, at: datetime) -> KeyPair:
    """A new site root: its own authority for 10 years, able to issue members' certificates and lists, no further CA.

    `country` is two letters. UserError when a name does not fit a certificate.
    """
    from cryptography import x509

    private = new_private_key()
    key = load_private(private)
    subject = _subject(country=country, organisation=site_name, unit=None, name=tr("Site root"))
    builder = _builder(subject, subject, _spki(key.public_key()), at, ROOT_YEARS)
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    builder = builder.add_extension(key_usage(authority=True), critical=True)
    builder = builder.add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    return KeyPair(private=private, certificate=_signed(builder, key))


def issue(root: KeyPair, *, public: bytes, staff_role: str, name: str, at: datetime) -> bytes:
    """A certificate for one person in one role, valid for 2 years, in the country and organisation of the root.

    `public` is what `public_key` gives; `staff_role` a role code, or `CARD_ROLE`; `name` the name or alias.
    """
    from cryptography import x509
    from cryptography.x509.oid import ExtendedKeyUsageOID

    root_facts = facts(root.certificate)
    holder = load_public(public)
    subject = _subject(country=root_facts.country, organisation=root_facts.organisation, unit=staff_role, name=name)
    root_key = load_private(root.private)
    builder = _builder(subject, load(root.certificate).subject, public, at, MEMBER_YEARS)
    # both purposes: documentSigning alone makes pdfsig and openssl refuse the certificate (packet.md 5.2)
    purposes = [ExtendedKeyUsageOID.EMAIL_PROTECTION, x509.ObjectIdentifier(DOCUMENT_SIGNING)]
    builder = (
        builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(key_usage(authority=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage(purposes), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(holder), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(root_key.public_key()), critical=False)
    )
    return _signed(builder, root_key)


def self_issued(*, private: bytes, country: str, organisation: str, name: str, at: datetime) -> bytes:
    """A team's own certificate for signing its card and receipts; trusted only after the ceremony (packet.md 7.2)."""
    from cryptography import x509
    from cryptography.x509.oid import ExtendedKeyUsageOID

    key = load_private(private)
    subject = _subject(country=country, organisation=organisation, unit=CARD_ROLE, name=name)
    builder = (
        _builder(subject, subject, _spki(key.public_key()), at, MEMBER_YEARS)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(key_usage(authority=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION]), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )
    return _signed(builder, key)


def revocation_list(root: KeyPair, *, number: int, at: datetime, revoked: Iterable[Revoked] = ()) -> bytes:
    """The site's list of withdrawn certificates, good for 400 days. `number` strictly rises from list to list."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization

    flags = {
        RevocationReason.KEY_COMPROMISED: x509.ReasonFlags.key_compromise,
        RevocationReason.LEFT: x509.ReasonFlags.cessation_of_operation,
        RevocationReason.REPLACED: x509.ReasonFlags.superseded,
    }
    root_key = load_private(root.private)
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(load(root.certificate).subject)
        .last_update(_plain(at))
        .next_update(_plain(at + timedelta(days=LIST_DAYS)))
        .add_extension(x509.CRLNumber(number), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(root_key.public_key()), critical=False)
    )
    for entry in revoked:
        builder = builder.add_revoked_certificate(
            x509.RevokedCertificateBuilder()
            .serial_number(int(entry.serial, 16))
            .revocation_date(_plain(entry.at))
            .add_extension(x509.CRLReason(flags[entry.reason]), critical=False)
            .build()
        )
    return builder.sign(root_key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)


def facts(certificate: bytes) -> CertificateFacts:
    """What `certificate` (DER) says. FormatError if it is none of ours: every name exactly once, a P-256 key."""
    from cryptography.x509.oid import NameOID

    found = load(certificate)

    def only(oid: x509.ObjectIdentifier) -> str:
        try:
            values = found.subject.get_attributes_for_oid(oid)
        except ValueError:
            raise FormatError(tr("The names in a key in it are not of the form that RehabDesk writes.")) from None
        if len(values) > 1:
            raise FormatError(tr("A key in it names its holder twice."))
        return str(values[0].value) if values else ""

    return CertificateFacts(
        country=only(NameOID.COUNTRY_NAME),
        organisation=only(NameOID.ORGANIZATION_NAME),
        unit=only(NameOID.ORGANIZATIONAL_UNIT_NAME),
        name=only(NameOID.COMMON_NAME),
        serial=f"{found.serial_number:x}",
        not_before=found.not_valid_before_utc,
        not_after=found.not_valid_after_utc,
        sha256=sha256_hex(certificate),
        key_sha256=sha256_hex(_spki(certificate_key(found))),
    )


def is_of(certificate: bytes, root_certificate: bytes) -> bool:
    """Whether this very root signed the certificate: a later root of the same site has the same name."""
    from cryptography.exceptions import InvalidSignature

    try:
        load(certificate).verify_directly_issued_by(load(root_certificate))
    except (InvalidSignature, ValueError, TypeError):
        return False
    return True


def list_facts(revocations: bytes, root_certificate: bytes) -> ListFacts:
    """What a revocation list (DER) says. FormatError unless it is a list of exactly this root, signed by its key."""
    from cryptography import x509

    if len(revocations) > _MOST_LIST_BYTES:
        raise FormatError(tr("The status list is larger than allowed."))
    root = load(root_certificate)
    try:
        found = x509.load_der_x509_crl(revocations)
        good = found.issuer == root.subject and found.is_signature_valid(certificate_key(root))
        number = found.extensions.get_extension_for_class(x509.CRLNumber).value.crl_number
        next_due = found.next_update_utc
        revoked = {f"{entry.serial_number:x}": entry.revocation_date_utc for entry in found}
    except (ValueError, TypeError, x509.ExtensionNotFound) as problem:
        raise FormatError(tr("The status list is not of the form that RehabDesk writes.")) from problem
    if not good or next_due is None:
        raise FormatError(tr("The status list was not made by this site."))
    return ListFacts(number=number, issued=found.last_update_utc, next_due=next_due, revoked=revoked)


def site_digits(root_certificate: bytes) -> str:
    """The 24 digits that two people read to each other before a site is trusted (packet.md 2)."""
    return digits24(root_certificate)


def load(certificate: bytes) -> x509.Certificate:
    """For this package only: the library's object. FormatError for anything that is not one DER certificate."""
    from cryptography import x509
    from cryptography.hazmat.primitives.serialization import Encoding

    if len(certificate) <= _MOST_CERTIFICATE_BYTES:
        try:
            found = x509.load_der_x509_certificate(certificate)
            if found.public_bytes(Encoding.DER) == certificate:
                return found
        except (ValueError, TypeError, x509.InvalidVersion):
            pass
    raise FormatError(tr("A key in it is not of the form that RehabDesk writes."))


def load_private(private: bytes) -> EllipticCurvePrivateKey:
    """For this package only: the library's object. FormatError for anything but a P-256 key."""
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    try:
        key = serialization.load_der_private_key(private, password=None)
    except (ValueError, TypeError):
        key = None
    if isinstance(key, ec.EllipticCurvePrivateKey) and isinstance(key.curve, ec.SECP256R1):
        return key
    raise FormatError(tr("The signing key is not of the form that RehabDesk writes."))


def load_public(public: bytes) -> EllipticCurvePublicKey:
    """For this package only: a P-256 public key from SubjectPublicKeyInfo DER. FormatError for anything else."""
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    try:
        key = serialization.load_der_public_key(public)
    except (ValueError, TypeError):
        key = None
    if isinstance(key, ec.EllipticCurvePublicKey) and isinstance(key.curve, ec.SECP256R1):
        return key
    raise FormatError(tr("The public key is not of the form that RehabDesk writes."))


def certificate_key(certificate: x509.Certificate) -> EllipticCurvePublicKey:
    """For this package only: the P-256 key that a certificate names. FormatError for another kind of key."""
    from cryptography.hazmat.primitives.asymmetric import ec

    try:
        key = certificate.public_key()
    except (ValueError, TypeError):  # a key that the library does not know is none of ours
        raise FormatError(tr("A key in it is of another kind than RehabDesk uses.")) from None
    if isinstance(key, ec.EllipticCurvePublicKey) and isinstance(key.curve, ec.SECP256R1):
        return key
    raise FormatError(tr("A key in it is of another kind than RehabDesk uses."))


def _subject(*, country: str, organisation: str, unit: str | None, name: str) -> x509.Name:
    from cryptography import x509
    from cryptography.x509.oid import NameOID

    parts = [(NameOID.COUNTRY_NAME, country), (NameOID.ORGANIZATION_NAME, organisation)]
    if unit is not None:
        parts.append((NameOID.ORGANIZATIONAL_UNIT_NAME, unit))
    parts.append((NameOID.COMMON_NAME, name))
    try:
        if not all(text.strip() and len(text) <= _MOST_NAME_LETTERS for _, text in parts):
            raise ValueError("empty or too long")
        return x509.Name([x509.NameAttribute(oid, text) for oid, text in parts])
    except ValueError:
        raise UserError(
            tr("A name in a signing key has 1 to 64 characters, the country exactly two letters. Shorten the name.")
        ) from None


def _builder(subject: x509.Name, issuer: x509.Name, public: bytes, at: datetime, years: int) -> x509.CertificateBuilder:
    from cryptography import x509

    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(load_public(public))
        .serial_number(x509.random_serial_number())
        .not_valid_before(_plain(at - BACKDATED))
        .not_valid_after(_plain(at + timedelta(days=365 * years)))
    )


def key_usage(*, authority: bool) -> x509.KeyUsage:
    """For this package only: signing for members, issuing for the root, never both."""
    from cryptography import x509

    return x509.KeyUsage(
        digital_signature=not authority,
        content_commitment=not authority,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=authority,
        crl_sign=authority,
        encipher_only=False,
        decipher_only=False,
    )


def _signed(builder: x509.CertificateBuilder, key: EllipticCurvePrivateKey) -> bytes:
    from cryptography.hazmat.primitives import hashes, serialization

    return builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)


def _spki(key: EllipticCurvePublicKey) -> bytes:
    from cryptography.hazmat.primitives import serialization

    return key.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)


def _plain(moment: datetime) -> datetime:
    """The library counts in whole seconds."""
    return moment.astimezone(UTC).replace(microsecond=0)
