"""The library's signer, made to write the one allowed form of every signature (packet.md 5.7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rehabdesk.seals import certificates
from rehabdesk.seals.certificates import KeyPair
from rehabdesk.seals.container import low_s

if TYPE_CHECKING:
    from pyhanko.sign.signers import SimpleSigner


def low_s_signer(pair: KeyPair, root: bytes | None) -> SimpleSigner:
    """Signs with `pair` and puts exactly its certificate and `root` into what it signs. FormatError for a wrong key.

    Built by its constructor: `SimpleSigner.load` would ignore the subclass.
    """
    from asn1crypto import keys, x509
    from pyhanko.sign.signers import SimpleSigner
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    class LowS(SimpleSigner):
        async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
            return low_s(await super().async_sign_raw(data, digest_algorithm, dry_run))

    certificates.load_private(pair.private)
    certificates.load(pair.certificate)
    store = SimpleCertificateStore()
    if root is not None:
        store.register(x509.Certificate.load(root))
    return LowS(
        signing_cert=x509.Certificate.load(pair.certificate),
        signing_key=keys.PrivateKeyInfo.load(pair.private),
        cert_registry=store,
    )
