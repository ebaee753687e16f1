"""Every rewrite of the last container that leaves its signature valid is refused (packet.md 8.2, 12.2)."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest

from rehabdesk.core.errors import FormatError
from rehabdesk.seals.container import HEX_DIGITS, P256_ORDER, open_container, walk_der
from rehabdesk.seals.findings import Reason
from tests.seals.packet.workshop import Site, ranges_of


def _last_container(site: Site) -> bytes:
    last = ranges_of(site.packet)[1]
    raw = bytes.fromhex(site.packet[last.gap_start + 1 : last.gap_end - 1].decode())
    return raw[: walk_der(raw)]


def _with_container(site: Site, container: bytes, *, lower_case: bool = False) -> bytes:
    last = ranges_of(site.packet)[1]
    digits = container.hex() if lower_case else container.hex().upper()
    text = digits.ljust(HEX_DIGITS, "0").encode()
    return site.packet[: last.gap_start + 1] + text + site.packet[last.gap_end - 1 :]


def _reencoded(container: bytes, change: Callable[[Any], None]) -> bytes:
    from asn1crypto import cms

    info = cms.ContentInfo.load(container)
    change(info["content"])
    return bytes(info.dump(force=True))


def _other_s(data: Any) -> None:
    from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature

    r, s = decode_dss_signature(data["signer_infos"][0]["signature"].native)
    data["signer_infos"][0]["signature"] = encode_dss_signature(r, P256_ORDER - s)


def _without_root(data: Any) -> None:
    from asn1crypto import cms

    signer = data["signer_infos"][0]["sid"].chosen["serial_number"].native
    data["certificates"] = cms.CertificateSet([c for c in data["certificates"] if c.chosen.serial_number == signer])


def _root_twice(data: Any) -> None:
    from asn1crypto import cms

    held = list(data["certificates"])
    data["certificates"] = cms.CertificateSet([*held, held[-1]])


def _digest_without_null(data: Any) -> None:
    from asn1crypto import algos

    data["signer_infos"][0]["digest_algorithm"] = algos.DigestAlgorithm.load(
        bytes.fromhex("300b0609608648016503040201")
    )


def _signature_algorithm_with_null(data: Any) -> None:
    from asn1crypto import algos, core

    data["signer_infos"][0]["signature_algorithm"] = algos.SignedDigestAlgorithm(
        {"algorithm": "sha256_ecdsa", "parameters": core.Null()}
    )


def _unsigned_attribute(data: Any) -> None:
    from asn1crypto import cms, core

    extra = cms.CMSAttribute({"type": "1.2.3.4", "values": [core.Integer(1)]})
    data["signer_infos"][0]["unsigned_attrs"] = cms.CMSAttributes([extra])


def _empty_list(data: Any) -> None:
    from asn1crypto import cms

    data["crls"] = cms.RevocationInfoChoices([])


def _another_version(data: Any) -> None:
    data["version"] = "v3"


def test_the_own_container_is_rebuilt_to_the_byte(site: Site) -> None:
    container = _last_container(site)

    found = open_container(container.hex().upper().ljust(HEX_DIGITS, "0").encode(), (site.root.certificate,))

    assert found.signer == site.supervisor.pair.certificate
    assert found.root == site.root.certificate
    assert found.signature_holds()
    assert _with_container(site, container) == site.packet


@pytest.mark.parametrize(
    "change",
    [
        _other_s,
        _without_root,
        _root_twice,
        _digest_without_null,
        _signature_algorithm_with_null,
        _unsigned_attribute,
        _empty_list,
        _another_version,
    ],
)
def test_rewritten_containers(site: Site, change: Callable[[Any], None]) -> None:
    spoiled = _reencoded(_last_container(site), change)

    assert spoiled != _last_container(site)
    assert site.examine(_with_container(site, spoiled)).reasons == (Reason.CONTAINER_NOT_REBUILT,)


def test_certificates_in_another_order(site: Site) -> None:
    container = _last_container(site)
    first, second = sorted((site.root.certificate, site.supervisor.pair.certificate))
    spoiled = container.replace(first + second, second + first)

    assert spoiled != container
    assert site.examine(_with_container(site, spoiled)).reasons == (Reason.CONTAINER_NOT_REBUILT,)


def test_hex_in_the_other_case(site: Site) -> None:
    spoiled = _with_container(site, _last_container(site), lower_case=True)

    assert site.examine(spoiled).reasons == (Reason.CONTAINER_NOT_REBUILT,)


def test_every_padding_digit(site: Site) -> None:
    last = ranges_of(site.packet)[1]
    start = last.gap_start + 1 + 2 * len(_last_container(site))
    for at in range(start, last.gap_end - 1, 301):
        spoiled = site.packet[:at] + b"1" + site.packet[at + 1 :]
        assert site.examine(spoiled).reasons == (Reason.CONTAINER_NOT_REBUILT,)


def test_indefinite_lengths_are_refused_at_once(site: Site) -> None:
    container = _last_container(site)
    spoiled = b"\x30\x80" + container[4:] + b"\0\0"
    deep = b"\x30\x80" * 2000

    started = time.perf_counter()
    assert site.examine(_with_container(site, spoiled)).reasons == (Reason.CONTAINER_NOT_REBUILT,)
    assert site.examine(_with_container(site, deep)).reasons == (Reason.CONTAINER_NOT_REBUILT,)
    assert time.perf_counter() - started < 1


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\x30",
        b"\x31\x00",
        b"\x30\x80\x00\x00",
        b"\x30\x81\x05" + b"\x02\x01\x01\x05\x00",
        b"\x30\x82\x00\x80" + b"\x04\x7e" + bytes(126),
        b"\x30\x05\x02\x01",
        b"\x30\x03\x05\x01\x00",
        b"\x30\x04\x1f\x81\x01\x00",
        b"\x30\x85\x00\x00\x00\x00\x00",
        b"\x30\x84\xff\xff\xff\xff",
        b"".join(b"\x30" + bytes([2 * (40 - depth)]) for depth in range(40)),
    ],
)
def test_what_is_not_strict_der(raw: bytes) -> None:
    with pytest.raises(FormatError):
        walk_der(raw)
