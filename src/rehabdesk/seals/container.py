"""The CMS container of a PDF signature: a DER walk before any parser, then byte-equal rebuilding (packet.md 8.2).

No signature covers the bytes inside the last `/Contents`, so each of them is pinned here.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from rehabdesk.core.errors import FormatError
from rehabdesk.core.i18n import tr
from rehabdesk.seals import certificates

HEX_DIGITS = 8192  # of every container, padding included
_DEEPEST = 20
_SEQUENCE = 0x30
_SET = 0x31
P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551

# the one allowed encoding of every algorithm identifier
_SHA256 = bytes.fromhex("300d06096086480165030402010500")
_ECDSA_SHA256 = bytes.fromhex("300a06082a8648ce3d040302")
_DATA = bytes.fromhex("06092a864886f70d010701")
_SIGNED_DATA = bytes.fromhex("06092a864886f70d010702")
_VERSION_1 = bytes.fromhex("020101")
# the three signed attributes of a PAdES baseline signature, and no other
_CONTENT_TYPE = bytes.fromhex("06092a864886f70d010903")
_MESSAGE_DIGEST = bytes.fromhex("06092a864886f70d010904")
_SIGNING_CERTIFICATE_V2 = bytes.fromhex("060b2a864886f70d010910022f")


@dataclass(frozen=True, slots=True, kw_only=True)
class Container:
    """What a well-formed container holds, all DER. `root` is the pinned root, or the one the container brings."""

    signer: bytes
    root: bytes
    signed_attributes: bytes
    signature: bytes
    message_digest: bytes

    def signature_holds(self) -> bool:
        """Whether the signer's key made this signature over these attributes."""
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives import hashes
        from cryptography.hazmat.primitives.asymmetric import ec

        key = certificates.certificate_key(certificates.load(self.signer))
        try:
            key.verify(self.signature, self.signed_attributes, ec.ECDSA(hashes.SHA256()))
        except InvalidSignature:
            return False
        return True


def walk_der(raw: bytes) -> int:
    """Length of the one DER value at the start of `raw`. FormatError unless every length is definite and minimal,
    no tag number is high, depth ≤ 20 and NULL is empty. Linear in time: safe before any parser.
    """
    if raw[:1] != bytes([_SEQUENCE]):
        raise _not_der()
    return _walk(raw, 0, len(raw), 0)


def open_container(hex_digits: bytes, roots: tuple[bytes, ...]) -> Container:
    """The container in the `/Contents` string `hex_digits`. FormatError unless it is, byte for byte, the one that
    signer, root, attributes and signature allow. `roots`: pinned root certificates, DER.
    """
    if len(hex_digits) != HEX_DIGITS or hex_digits.strip(b"0123456789ABCDEF"):
        raise FormatError(tr("The signature is not written the way RehabDesk writes it."))
    raw = bytes.fromhex(hex_digits.decode("ascii"))
    if raw[:2] != b"\x30\x82":
        raise _not_der()
    length = walk_der(raw)
    if any(raw[length:]):
        raise _not_der()
    try:
        found = _read(raw[:length], roots)
        rebuilt = _build(found)
    except IndexError:  # a part is missing that our own containers have
        raise _not_der() from None
    if rebuilt != raw[:length]:
        raise FormatError(tr("The signature holds more or other bytes than RehabDesk writes."))
    return found


def low_s(signature: bytes) -> bytes:
    """The same ECDSA signature with s ≤ n/2, so that nobody can turn it into a second valid one."""
    from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature

    r, s = decode_dss_signature(signature)
    return encode_dss_signature(r, min(s, P256_ORDER - s))


def _read(der: bytes, roots: tuple[bytes, ...]) -> Container:
    """Takes the variable parts out; whatever else is wrong shows when the rebuilt bytes differ."""
    content = _children(_children(der)[1])[0]
    parts = _children(content)
    if len(parts) != 5:
        raise _not_der()
    held = [bytes(each) for each in _children(parts[3])]
    if len(held) != 2:
        raise FormatError(tr("The signature does not hold exactly two keys."))
    signer_info = _children(_children(parts[4])[0])
    if len(signer_info) != 6:
        raise _not_der()
    issuer_and_serial = signer_info[1]
    signer = next((each for each in held if _names(each) == issuer_and_serial), None)
    if signer is None:
        raise FormatError(tr("The signature does not hold the signing key of its signer."))
    root = held[0] if signer == held[1] else held[1]
    if root not in roots:
        certificates.load(root)
    attributes = b"\x31" + signer_info[3][1:]
    return Container(
        signer=signer,
        root=root,
        signed_attributes=attributes,
        signature=_canonical_signature(_content(signer_info[5])),
        message_digest=_message_digest(attributes, signer),
    )


def _build(found: Container) -> bytes:
    """The one container that RehabDesk writes from these parts."""
    attributes = _tlv(_SET, b"".join(sorted(_children(found.signed_attributes))))
    signer_info = _sequence(
        _VERSION_1,
        _names(found.signer),
        _SHA256,
        b"\xa0" + attributes[1:],
        _ECDSA_SHA256,
        _tlv(0x04, found.signature),
    )
    signed_data = _sequence(
        _VERSION_1,
        _tlv(_SET, _SHA256),
        _sequence(_DATA),
        _tlv(0xA0, b"".join(sorted({found.signer, found.root}))),
        _tlv(_SET, signer_info),
    )
    return _sequence(_SIGNED_DATA, _tlv(0xA0, signed_data))


def _message_digest(attributes: bytes, signer: bytes) -> bytes:
    """The digest in the signed attributes, which must be the three of a baseline signature in their exact form."""
    expected_signer = _sequence(_sequence(_sequence(_tlv(0x04, sha256(signer).digest()))))
    digest = None
    seen = []
    for attribute in _children(attributes):
        kind, values = _children(attribute)
        seen.append(kind)
        if kind == _MESSAGE_DIGEST:
            digest = _content(_content(values))
        elif kind == _CONTENT_TYPE and _content(values) != _DATA:
            raise FormatError(tr("The signature is about another kind of content."))
        elif kind == _SIGNING_CERTIFICATE_V2 and not _names_signer(_content(values), signer, expected_signer):
            raise FormatError(tr("The signature names another signing key than it holds."))
    if sorted(seen) != sorted([_CONTENT_TYPE, _MESSAGE_DIGEST, _SIGNING_CERTIFICATE_V2]) or digest is None:
        raise FormatError(tr("The signature states more or less than RehabDesk states."))
    return digest


def _names_signer(value: bytes, signer: bytes, short_form: bytes) -> bool:
    """Whether a SigningCertificateV2 holds the hash of `signer`; it may add issuer and serial."""
    if value == short_form:
        return True
    identifiers = _children(_children(value)[0])
    first = _children(identifiers[0])
    return len(identifiers) == 1 and first[0] == _tlv(0x04, sha256(signer).digest())


def _canonical_signature(signature: bytes) -> bytes:
    from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature

    try:
        r, s = decode_dss_signature(signature)
        in_range = 0 < r < P256_ORDER and 0 < s <= P256_ORDER // 2
        if in_range and encode_dss_signature(r, s) == signature:
            return signature
    except ValueError:
        pass
    raise FormatError(tr("The signature value is not in its one allowed form."))


def _names(certificate: bytes) -> bytes:
    """IssuerAndSerialNumber of a certificate, from its own bytes."""
    fields = _children(_children(certificate)[0])
    if fields[0][:1] == b"\xa0":  # the explicit version
        fields = fields[1:]
    return _sequence(fields[2], fields[0])


def _walk(raw: bytes, at: int, end: int, depth: int) -> int:
    """End of the value that starts at `at`."""
    if depth > _DEEPEST:
        raise _not_der()
    tag, start, stop = _header(raw, at, end)
    if tag == 0x05 and stop != start:
        raise _not_der()
    if tag & 0x20:
        while start < stop:
            start = _walk(raw, start, stop, depth + 1)
    return stop


def _header(raw: bytes, at: int, end: int) -> tuple[int, int, int]:
    """Tag, start and end of the content. FormatError for high tags and for indefinite or padded lengths."""
    if at + 2 > end or raw[at] & 0x1F == 0x1F:
        raise _not_der()
    length, start = raw[at + 1], at + 2
    if length & 0x80:
        count = length & 0x7F
        if not 1 <= count <= 4 or start + count > end:
            raise _not_der()
        length = int.from_bytes(raw[start : start + count], "big")
        start += count
        if length < 0x80 or length.bit_length() <= 8 * (count - 1):
            raise _not_der()
    if start + length > end:
        raise _not_der()
    return raw[at], start, start + length


def _content(value: bytes) -> bytes:
    _, start, stop = _header(value, 0, len(value))
    return value[start:stop]


def _children(value: bytes) -> list[bytes]:
    """The values inside a constructed value. FormatError when there is none."""
    tag, at, end = _header(value, 0, len(value))
    found = []
    while tag & 0x20 and at < end:
        _, _, stop = _header(value, at, end)
        found.append(value[at:stop])
        at = stop
    if not found:
        raise _not_der()
    return found


def _sequence(*parts: bytes) -> bytes:
    return _tlv(_SEQUENCE, b"".join(parts))


def _tlv(tag: int, content: bytes) -> bytes:
    length = len(content)
    if length < 0x80:
        return bytes([tag, length]) + content
    size = (length.bit_length() + 7) // 8
    return bytes([tag, 0x80 | size]) + length.to_bytes(size, "big") + content


def _not_der() -> FormatError:
    return FormatError(tr("The signature is not in the strict form that RehabDesk writes."))
