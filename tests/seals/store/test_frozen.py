"""What was sealed with format 1 is made the same way and opens for ever; what was changed is refused (V1)."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from rehabdesk.core.canon import parse
from rehabdesk.core.errors import SealBroken, WrongKey
from rehabdesk.seals.keyfile import Slot, open_recovery_slot, open_slot
from rehabdesk.seals.membership import replay, trusted_epochs
from rehabdesk.seals.statement import SignedStatement, parse_statement
from rehabdesk.seals.wrap import WhyIgnored, Wrap, accept_wraps
from tests.seals.store import frozen
from tests.seals.store.small_desk import CHA, PSY, VAULT, identity, recovery, secret, signed_genesis


def changed(sealed: bytes, step: int = 1) -> Iterator[bytes]:
    """One bit of every (or every `step`-th) byte, every truncation, one byte more."""
    for at in range(0, len(sealed), step):
        yield sealed[:at] + bytes([sealed[at] ^ 1 << (at % 8)]) + sealed[at + 1 :]
        yield sealed[:at]
    yield sealed + b"\0"


@pytest.mark.parametrize("name", sorted(frozen.EXACT))
def test_made_as_recorded(name: str) -> None:
    assert {"format": 1, **frozen.EXACT[name]()} == frozen.load(name)


# Slots


def slot_from(plain: frozen.Frozen, *, passphrase: bool) -> Slot:
    return Slot(
        cost=frozen.COST if passphrase else None,
        salt=bytes.fromhex(plain["salt"]),
        com=bytes.fromhex(plain["com"]),
        ct=bytes.fromhex(plain["ct"]),
        ctr=plain["ctr"],
    )


def open_frozen_slot(slot: Slot, passphrase: str = frozen.PASSPHRASE, uid: str = PSY, vault: str = VAULT) -> bytes:
    opened, genesis = open_slot(slot, vault=vault, uid=uid, passphrase=passphrase, bounds=frozen.BOUNDS)
    return opened.raw() + genesis


def test_slot_opens() -> None:
    vector = frozen.load("slot")
    assert open_frozen_slot(slot_from(vector["slot"], passphrase=True)).hex() == vector["content"]


def test_slot_opens_however_the_passphrase_was_composed() -> None:
    """NFKC: full-width letters, ligatures and decomposed marks are the same passphrase."""
    slot = slot_from(frozen.load("slot")["slot"], passphrase=True)
    assert open_frozen_slot(slot, "Seven tin roofs — عند الغروب fi") == frozen.content_of_slot()


@pytest.mark.parametrize("passphrase", ["", "seven tin roofs — عند الغروب fi", frozen.PASSPHRASE + " "])
def test_slot_with_another_passphrase(passphrase: str) -> None:
    with pytest.raises(WrongKey):
        open_frozen_slot(slot_from(frozen.load("slot")["slot"], passphrase=True), passphrase)


def test_slot_that_was_changed_is_damaged_and_not_called_wrong() -> None:
    slot = slot_from(frozen.load("slot")["slot"], passphrase=True)
    for ct in changed(slot.ct, 5):
        with pytest.raises(SealBroken):
            open_frozen_slot(replace(slot, ct=ct))
    with pytest.raises(SealBroken):
        open_frozen_slot(replace(slot, ctr=slot.ctr - 1))
    with pytest.raises(SealBroken):
        open_frozen_slot(slot, uid=CHA)
    with pytest.raises(SealBroken):
        open_frozen_slot(slot, vault="f" * 32)


def test_recovery_card_opens_its_slot() -> None:
    vector = frozen.load("slot")
    slot, card = slot_from(vector["rslot"], passphrase=False), vector["card"]
    for typed in (card, card.lower(), "-".join(card[at : at + 5] for at in range(0, 40, 5))):
        opened, genesis = open_recovery_slot(slot, vault=VAULT, uid=PSY, card=typed)
        assert (opened.raw() + genesis).hex() == vector["content"]
    for ct in changed(slot.ct, 9):
        with pytest.raises(SealBroken):
            open_recovery_slot(replace(slot, ct=ct), vault=VAULT, uid=PSY, card=card)


# Records, letters, own rows


def test_records_open() -> None:
    vector, login = frozen.load("record"), frozen.sealer()
    sid, rid = bytes.fromhex(vector["sid"]), bytes.fromhex(vector["rid"])
    for row in vector["rows"]:
        ct = bytes.fromhex(row["ct"])
        assert login.open("clinical", 2, sid, rid, row["ver"], ct).hex() == row["payload"]
        assert login.hash("clinical", 2, sid, rid, row["ver"], ct).hex() == row["h"]


def refuse_all(opening: Callable[[bytes], bytes], sealed: bytes, step: int = 1) -> None:
    for bad in changed(sealed, step):
        with pytest.raises(SealBroken):
            opening(bad)


def test_record_that_was_changed() -> None:
    login, row = frozen.sealer(), frozen.load("record")["rows"][1]
    refuse_all(lambda ct: login.open("clinical", 2, frozen.SID, frozen.RID, row["ver"], ct), bytes.fromhex(row["ct"]))


def test_letters_open_for_their_readers_only() -> None:
    vector = frozen.load("letter")
    payload = bytes.fromhex(vector["payload"])
    to_comp, to_login = bytes.fromhex(vector["to_compartment"]), bytes.fromhex(vector["to_login"])
    reader = frozen.sealer()
    assert reader.open("clinical", 1, frozen.SID, frozen.RID, 1, to_comp) == payload
    assert reader.open(f"own:{PSY}", 1, frozen.SID, frozen.RID, 2, to_login) == payload
    refuse_all(lambda ct: reader.open("clinical", 1, frozen.SID, frozen.RID, 1, ct), to_comp)
    refuse_all(lambda ct: reader.open(f"own:{PSY}", 1, frozen.SID, frozen.RID, 2, ct), to_login, 3)


def test_own_rows_open_for_their_owner_only() -> None:
    vector, owner = frozen.load("own_row"), frozen.sealer()
    did, sid = bytes.fromhex(vector["did"]), bytes.fromhex(vector["sid"])
    for row in vector["rows"]:
        ct = bytes.fromhex(row["ct"])
        assert owner.open_own(did, row["kind"], sid, ct).hex() == row["payload"]
        with pytest.raises(SealBroken):
            frozen.sealer(CHA).open_own(did, row["kind"], sid, ct)
        refuse_all(lambda bad, kind=row["kind"]: owner.open_own(did, kind, sid, bad), ct, 7)  # type: ignore[misc] # bound


# Wraps


def frozen_wraps() -> list[Wrap]:
    return [
        Wrap(
            c=one["c"],
            e=one["e"],
            to=one["to"],
            by=one["by"],
            ct=bytes.fromhex(one["ct"]),
            sig=bytes.fromhex(one["sig"]),
        )
        for one in frozen.load("wrap")["wraps"]
    ]


@pytest.mark.parametrize("number", [0, 1, 2])
def test_wraps_are_accepted(number: int) -> None:
    one = frozen_wraps()[number]
    keys = recovery("pastoral") if one.to.startswith("rec:") else identity(one.to)
    accepted, ignored = accept_wraps(
        [one], vault=VAULT, to=one.to, private_x=keys.private_x, epochs=trusted_epochs([signed_genesis()])
    )
    assert accepted == {(one.c, one.e): secret(one.c)}
    assert not ignored


def test_wrap_that_was_changed_is_ignored() -> None:
    one = frozen_wraps()[0]
    epochs = trusted_epochs([signed_genesis()])
    altered = [replace(one, ct=ct) for ct in changed(one.ct, 3)]
    altered += [replace(one, sig=sig) for sig in changed(one.sig, 3)]
    accepted, ignored = accept_wraps(altered, vault=VAULT, to=PSY, private_x=identity(PSY).private_x, epochs=epochs)
    assert not accepted
    assert {found.why for found in ignored} == {WhyIgnored.SIGNATURE}
    assert len(ignored) == len(altered)


# Statements


def test_history_replays() -> None:
    steps = [
        SignedStatement(
            statement=parse_statement(parse(step["canonical"].encode("ascii"))),
            signatures={signer: bytes.fromhex(signature) for signer, signature in step["signatures"].items()},
        )
        for step in frozen.load("statement")["steps"]
    ]
    genesis_hash = bytes.fromhex(frozen.load("statement")["steps"][0]["hash"])
    assert replay(steps, genesis_hash).due == ("clinical",)


def test_sealer_shows_nothing() -> None:
    assert repr(frozen.sealer()) == "RecordSealer(…)"
    assert repr(identity(PSY)) == "Identity(…)"
