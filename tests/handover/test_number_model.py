"""Packet numbers: the published vectors, what people type, what is caught."""

import pytest

from rehabdesk.core.canon import digits24
from rehabdesk.core.errors import UserError
from rehabdesk.handover.content.number_model import PacketNumber, check_character, is_number, parse_number


@pytest.mark.parametrize(
    ("text", "check"),
    [("RDNORD2026000123", "0"), ("RDNORD2026000124", "Y"), ("RDLAC2027000001", "2"), ("A12425GABC1234002", "M")],
)
def test_published_vectors(text: str, check: str) -> None:
    assert check_character(text) == check


def test_24_digits_vector() -> None:
    assert digits24(b"abc") == "8805-7541-4288-6264-8806-6369"


@pytest.mark.parametrize(
    "typed", ["RD-NORD-2026-000124-Y", "rd nord 2o26 ooo124 y", "RDNORD2026OOO124Y", "RD-NORD-2026-OOOI24-Y"]
)
def test_a_number_is_read_as_people_type_it(typed: str) -> None:
    assert str(parse_number(typed)) == "RD-NORD-2026-000124-Y"


@pytest.mark.parametrize("typed", ["", "RD-NORD-2026-000125-Y", "RD-NORD-2062-000124-Y", "RD-NO-2026-000124-Y", "124"])
def test_a_slip_of_the_pen_is_caught(typed: str) -> None:
    with pytest.raises(UserError):
        parse_number(typed)


def test_only_the_written_form_is_a_number() -> None:
    assert is_number("RD-NORD-2026-000124-Y")
    assert not is_number("RD-NORD-2026-000124-Y\n")
    assert not is_number("rd-nord-2026-000124-y")


@pytest.mark.parametrize("changes", [{"site": "NO"}, {"installation": 10}, {"count": 0}, {"count": 100_000}])
def test_a_number_that_cannot_be_written_is_not_made(changes: dict[str, object]) -> None:
    parts: dict[str, object] = {"site": "NORD", "year": 2026, "installation": 0, "count": 1} | changes
    with pytest.raises(UserError):
        PacketNumber(**parts)  # type: ignore[arg-type]  # wrong values on purpose
