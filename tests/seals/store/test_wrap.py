"""Which wraps count: the acceptance rule of vault.md 4.5. A wrap that does not count never locks its owner out."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from rehabdesk.core.errors import FormatError
from rehabdesk.seals.membership import trusted_epochs
from rehabdesk.seals.statement import SignedStatement
from rehabdesk.seals.wrap import WhyIgnored, Wrap, accept_wraps, make_wrap
from tests.seals.store.small_desk import (
    ADM,
    CO,
    NEW,
    PSY,
    PSY2,
    VAULT,
    admitted,
    after,
    genesis,
    identity,
    recovery,
    removed,
    secret,
    signed,
    signed_genesis,
    with_comp,
    wrap,
)
from tests.seals.store.small_desk import compartment as compartment_of


def accept(
    wraps: Sequence[Wrap], to: str = PSY, *later: SignedStatement
) -> tuple[dict[tuple[str, int], bytes], list[WhyIgnored]]:
    accepted, ignored = accept_wraps(
        wraps,
        vault=VAULT,
        to=to,
        private_x=identity(to).private_x,
        epochs=trusted_epochs([signed_genesis(), *later]),
    )
    return accepted, [found.why for found in ignored]


GOOD = wrap("clinical", 1, PSY, PSY2)


def test_wrap_by_a_member() -> None:
    assert accept([GOOD]) == ({("clinical", 1): secret("clinical")}, [])


def test_wrap_by_the_recovery_key() -> None:
    assert accept([wrap("clinical", 1, PSY, "rec:clinical")]) == ({("clinical", 1): secret("clinical")}, [])


def test_wraps_for_others_are_not_ours_to_judge() -> None:
    assert accept([wrap("clinical", 1, PSY2, PSY), wrap("vault", 1, ADM, PSY)]) == ({}, [])


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        (wrap("clinical", 1, PSY, CO), WhyIgnored.SENDER_NOT_MEMBER),
        (wrap("clinical", 1, PSY, NEW), WhyIgnored.SENDER_NOT_MEMBER),
        (replace(GOOD, by="rec:pastoral"), WhyIgnored.SENDER_NOT_MEMBER),
        (replace(GOOD, by=PSY), WhyIgnored.SIGNATURE),
        (replace(GOOD, c="team"), WhyIgnored.SIGNATURE),
        (replace(GOOD, sig=bytes(64)), WhyIgnored.SIGNATURE),
        (replace(wrap("clinical", 1, PSY2, PSY2), to=PSY), WhyIgnored.SIGNATURE),
        (wrap("clinical", 2, PSY, PSY2), WhyIgnored.UNKNOWN_EPOCH),
        (wrap("protected", 1, PSY, PSY2), WhyIgnored.UNKNOWN_EPOCH),
        (wrap("clinical", 1, PSY, PSY2, b"another secret of 32 bytes......"), WhyIgnored.COMMITMENT),
        (wrap("clinical", 1, PSY, PSY2, secret("team")), WhyIgnored.COMMITMENT),
    ],
)
def test_wraps_that_do_not_count(bad: Wrap, why: WhyIgnored) -> None:
    assert accept([bad]) == ({}, [why])
    assert accept([bad, GOOD, bad]) == ({("clinical", 1): secret("clinical")}, [why, why])


def test_sealed_to_another_key_though_well_signed() -> None:
    bad = make_wrap(
        vault=VAULT,
        comp="clinical",
        epoch=1,
        to=PSY,
        public_x=identity(CO).x,
        secret=secret("clinical"),
        by=PSY2,
        signer=identity(PSY2),
    )
    assert accept([bad]) == ({}, [WhyIgnored.DOES_NOT_OPEN])


def test_wrap_of_another_desk() -> None:
    other = make_wrap(
        vault="f" * 32,
        comp="clinical",
        epoch=1,
        to=PSY,
        public_x=identity(PSY).x,
        secret=secret("clinical"),
        by=PSY2,
        signer=identity(PSY2),
    )
    assert accept([other]) == ({}, [WhyIgnored.SIGNATURE])


def test_later_member_passes_on_the_past() -> None:
    later = signed(after(admitted(genesis(), NEW, ["clinical"])))
    assert accept([wrap("clinical", 1, PSY, NEW)], PSY, later)[0]


def test_leaver_cannot_hand_out_the_next_key() -> None:
    later = signed(after(removed(genesis(), PSY2)))
    assert accept([wrap("clinical", 2, PSY, PSY2)], PSY, later) == ({}, [WhyIgnored.SENDER_NOT_MEMBER])
    assert accept([wrap("clinical", 2, PSY, PSY)], PSY, later)[0] == {("clinical", 2): secret("clinical", 2)}


def test_wrap_signed_with_a_recovery_key_that_was_renewed_later() -> None:
    """Whoever was let in by a recovery stays in when there is another one."""
    renewed = with_comp(genesis(), "clinical", rec=compartment_of("clinical", [], 1, 2).rec)
    old = wrap("clinical", 1, PSY, "rec:clinical")
    new = make_wrap(
        vault=VAULT,
        comp="clinical",
        epoch=1,
        to=PSY,
        public_x=identity(PSY).x,
        secret=secret("clinical"),
        by="rec:clinical",
        signer=recovery("clinical", 2),
    )
    for one in (old, new):
        assert accept([one], PSY, signed(after(renewed)))[0] == {("clinical", 1): secret("clinical")}
    assert accept([new]) == ({}, [WhyIgnored.SIGNATURE])


def test_nothing_is_wrapped_to_a_key_that_nobody_holds() -> None:
    with pytest.raises(FormatError):
        make_wrap(
            vault=VAULT, comp="team", epoch=1, to=PSY, public_x=bytes(32), secret=bytes(32), by=CO, signer=identity(CO)
        )
