"""Whether a signer's certificate is one of the site's and still stands: form, chain, list, time (packet.md 7.4).

The library is asked too, in its strictest mode; both must agree before anybody is trusted.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from rehabdesk.core.errors import FormatError, SealBroken
from rehabdesk.core.i18n import tr
from rehabdesk.seals import certificates
from rehabdesk.seals.certificates import DOCUMENT_SIGNING, ListFacts
from rehabdesk.seals.findings import Trust
from rehabdesk.seals.offline import complete

if TYPE_CHECKING:
    from cryptography import x509
    from pyhanko_certvalidator import ValidationContext


@dataclass(frozen=True, slots=True, kw_only=True)
class Authority:
    """One root and the newest list known of it. `pinned`: the caller vouches for the root."""

    root: bytes
    pinned: bool
    revocations: bytes = b""
    list: ListFacts | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a signer stands; `revoked_at` also when that came after the moment judged."""

    trust: Trust
    revoked_at: datetime | None = None


def authority(root: bytes, *, pinned: bool, crls: tuple[bytes, ...]) -> Authority:
    """The root with the list of highest number among those of `crls` that this root has signed."""
    newest = Authority(root=root, pinned=pinned)
    for revocations in crls if pinned else ():
        try:
            found = certificates.list_facts(revocations, root)
        except FormatError:
            continue
        if newest.list is None or found.number > newest.list.number:
            newest = Authority(root=root, pinned=pinned, revocations=revocations, list=found)
    return newest


def standing(signer: bytes, of: Authority, moment: datetime, *, needs_document_signing: bool = True) -> Standing:
    """How the certificate `signer` stands at `moment`. SealBroken when it is not a member certificate of this root.

    `needs_document_signing` is false for cards, which a team without a site signs by itself.
    """
    certificate, root = certificates.load(signer), certificates.load(of.root)
    check_form(certificate, root, needs_document_signing=needs_document_signing)
    if signer != of.root:
        check_root_form(root)
    first = max(certificate.not_valid_before_utc, root.not_valid_before_utc)
    last = min(certificate.not_valid_after_utc, root.not_valid_after_utc)
    within = min(max(moment, first), last)
    stands = by_list(f"{certificate.serial_number:x}", (first, last), of, moment)
    if stands.trust is Trust.TRUSTED:
        if not _library_trusts(signer, _context(of.root, moment, of.revocations)):  # judges the chain too
            raise SealBroken(tr("The signing key does not stand up against the status list."))
    elif not _library_trusts(signer, _context(of.root, within)):
        raise SealBroken(tr("The signing key was not made with the root that it names."))
    return stands


def by_list(serial: str, valid: tuple[datetime, datetime], of: Authority, moment: datetime) -> Standing:
    """How a certificate stands at `moment` that was found to be one of this root: by the list and the time alone.

    `valid`: from when until when certificate and root both count.
    """
    if not of.pinned:
        return Standing(trust=Trust.UNKNOWN_ROOT)
    if of.list is None:
        return Standing(trust=Trust.LIST_MISSING)
    revoked_at = of.list.revoked.get(serial)
    first, last = valid
    if moment > of.list.next_due:
        trust = Trust.LIST_EXPIRED
    elif moment < first:
        trust = Trust.NOT_YET_VALID
    elif revoked_at is not None and revoked_at <= moment:
        trust = Trust.REVOKED
    else:
        trust = Trust.EXPIRED if moment > last else Trust.TRUSTED
    return Standing(trust=trust, revoked_at=revoked_at)


def chain_context(root: bytes, moment: datetime) -> ValidationContext:
    """For this package only: what the library needs to judge a chain to `root`, without any list and never online."""
    return _context(root, moment)


def check_form(certificate: x509.Certificate, root: x509.Certificate, *, needs_document_signing: bool = True) -> None:
    """SealBroken unless the certificate has exactly the purposes of packet.md 5.2 and this root signed it."""
    from cryptography import x509
    from cryptography.x509.oid import ExtendedKeyUsageOID

    try:
        certificates.certificate_key(certificate)
        certificate.verify_directly_issued_by(root)
        extensions = certificate.extensions
        usage = extensions.get_extension_for_class(x509.KeyUsage)
        purposes = set(extensions.get_extension_for_class(x509.ExtendedKeyUsage).value)
        is_authority = extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except _certificate_errors():
        raise SealBroken(tr("The signing key is not one that a site makes for its members.")) from None
    wanted = {ExtendedKeyUsageOID.EMAIL_PROTECTION}
    if needs_document_signing:
        wanted.add(x509.ObjectIdentifier(DOCUMENT_SIGNING))
    right_usage = usage.critical and usage.value == certificates.key_usage(authority=False)
    if is_authority or not right_usage or not wanted <= purposes:
        raise SealBroken(tr("The signing key is for another purpose than signing packets."))


def check_root_form(root: x509.Certificate) -> None:
    """SealBroken unless the certificate is a root as packet.md 5.2 says: its own issuer, for issuing and lists only."""
    from cryptography import x509

    try:
        root.verify_directly_issued_by(root)
        limits = root.extensions.get_extension_for_class(x509.BasicConstraints)
        usage = root.extensions.get_extension_for_class(x509.KeyUsage)
    except _certificate_errors():
        raise SealBroken(tr("The root that the signer names is not one that a site makes.")) from None
    right_limits = limits.critical and limits.value == x509.BasicConstraints(ca=True, path_length=0)
    if not right_limits or not usage.critical or usage.value != certificates.key_usage(authority=True):
        raise SealBroken(tr("The root that the signer names is not one that a site makes."))


def _certificate_errors() -> tuple[type[Exception], ...]:
    """What the library raises for odd, doubled or missing parts of a certificate; some of it is no ValueError."""
    from cryptography import x509
    from cryptography.exceptions import InvalidSignature

    return (
        ValueError,
        TypeError,
        FormatError,
        InvalidSignature,
        x509.ExtensionNotFound,
        x509.DuplicateExtension,
        x509.UnsupportedGeneralNameType,
    )


def _context(root: bytes, moment: datetime, revocations: bytes = b"") -> ValidationContext:
    from asn1crypto import crl
    from asn1crypto import x509 as asn1_x509
    from pyhanko_certvalidator import ValidationContext

    return ValidationContext(
        trust_roots=[asn1_x509.Certificate.load(root)],
        crls=[crl.CertificateList.load(revocations)] if revocations else [],
        moment=moment,
        revocation_mode="require" if revocations else "soft-fail",
        retroactive_revinfo=True,
        allow_fetching=False,
    )


def _library_trusts(signer: bytes, context: ValidationContext) -> bool:
    from asn1crypto import x509 as asn1_x509
    from pyhanko_certvalidator import CertificateValidator
    from pyhanko_certvalidator.errors import PathError, ValidationError

    validator = CertificateValidator(asn1_x509.Certificate.load(signer), validation_context=context)
    try:
        complete(validator.async_validate_usage(key_usage={"digital_signature", "non_repudiation"}))
    except (PathError, ValidationError):
        return False
    return True
