"""The site root's file opens with two people of two kinds, and with nothing less."""

import os

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from rehabdesk.core.errors import FormatError, NoKey, SealBroken, UserError
from rehabdesk.seals.certificates import facts
from rehabdesk.seals.site_root import open_root, root_certificate, seal_root, unwrap_with
from tests.seals.packet.workshop import Site

VAULT = "0" * 32
PEOPLE = ("adm1", "adm2", "sup1", "sup2")


@pytest.fixture(scope="module")
def keys() -> dict[str, X25519PrivateKey]:
    return {each: X25519PrivateKey.generate() for each in PEOPLE}


@pytest.fixture(scope="module")
def file(site: Site, keys: dict[str, X25519PrivateKey]) -> bytes:
    public = {uid: key.public_key().public_bytes_raw() for uid, key in keys.items()}
    return seal_root(
        site.root,
        vault=VAULT,
        administrators={uid: public[uid] for uid in ("adm1", "adm2")},
        supervisors={uid: public[uid] for uid in ("sup1", "sup2")},
    )


def test_any_administrator_with_any_supervisor(site: Site, keys: dict[str, X25519PrivateKey], file: bytes) -> None:
    for administrator in ("adm1", "adm2"):
        for supervisor in ("sup1", "sup2"):
            opened = open_root(
                file,
                vault=VAULT,
                administrator=(administrator, unwrap_with(keys[administrator].private_bytes_raw())),
                supervisor=(supervisor, unwrap_with(keys[supervisor].private_bytes_raw())),
            )
            assert opened == site.root


def test_no_one_person_and_no_two_of_a_kind(keys: dict[str, X25519PrivateKey], file: bytes) -> None:
    unwrap = {uid: unwrap_with(key.private_bytes_raw()) for uid, key in keys.items()}
    for first, second in (("adm1", "adm1"), ("adm1", "adm2"), ("sup1", "sup2"), ("sup1", "adm1"), ("adm1", "other")):
        with pytest.raises(NoKey):
            open_root(
                file,
                vault=VAULT,
                administrator=(first, unwrap[first]),
                supervisor=(second, unwrap.get(second, unwrap["sup1"])),
            )


def test_another_persons_half_does_not_open(keys: dict[str, X25519PrivateKey], file: bytes) -> None:
    with pytest.raises(SealBroken):
        open_root(
            file,
            vault=VAULT,
            administrator=("adm1", unwrap_with(keys["adm2"].private_bytes_raw())),
            supervisor=("sup1", unwrap_with(keys["sup1"].private_bytes_raw())),
        )


def test_the_private_key_is_not_in_the_file(site: Site, file: bytes) -> None:
    assert site.root.private not in file
    assert facts(root_certificate(file, vault=VAULT)) == facts(site.root.certificate)


def test_changed_or_foreign_files(keys: dict[str, X25519PrivateKey], file: bytes) -> None:
    people = {
        "administrator": ("adm1", unwrap_with(keys["adm1"].private_bytes_raw())),
        "supervisor": ("sup1", unwrap_with(keys["sup1"].private_bytes_raw())),
    }
    at = file.index(b'"key":"') + 30
    for spoiled in (
        b"",
        b"RDROOT\x00\x02{}",
        file[:-1],
        file[:at] + bytes([file[at] ^ 1]) + file[at + 1 :],
        os.urandom(99),
    ):
        with pytest.raises((FormatError, SealBroken)):
            open_root(spoiled, vault=VAULT, **people)
    with pytest.raises(SealBroken):
        open_root(file, vault="1" * 32, **people)


def test_nobody_keeps_both_halves(site: Site, keys: dict[str, X25519PrivateKey]) -> None:
    public = keys["adm1"].public_key().public_bytes_raw()
    for administrators, supervisors in (({"x": public}, {"x": public}), ({}, {"x": public}), ({"x": public}, {})):
        with pytest.raises(UserError):
            seal_root(site.root, vault=VAULT, administrators=administrators, supervisors=supervisors)
