"""Days of rest around a release."""

from datetime import date, timedelta

import pytest

from rehabdesk.core.errors import UserError
from rehabdesk.readiness.model import Checklist, Item, ItemMark, ItemStatus, Mode, items_of
from rehabdesk.readiness.rest_model import Holiday, RestDays, rest_warning
from rehabdesk.readiness.template_service import load_templates

TEMPLATE = load_templates().newest
FRIDAY = date(2027, 1, 8)
WEST, NORTH = RestDays(weekend=(5, 6)), RestDays(weekend=(4, 5))


def items(*marks: ItemMark) -> tuple[Item, ...]:
    made = Checklist(
        template=TEMPLATE.code, template_version=1, anchor=FRIDAY, mode=Mode.PLANNED, created_on=date(2026, 9, 1)
    )
    return items_of(TEMPLATE, made, tuple((mark, "u") for mark in marks), date(2026, 12, 1))


@pytest.mark.parametrize(
    ("rest", "day", "on_rest_day", "until", "again"),
    [
        (WEST, FRIDAY, False, FRIDAY, date(2027, 1, 11)),
        (NORTH, FRIDAY, True, date(2027, 1, 7), date(2027, 1, 10)),
        (NORTH, date(2027, 1, 7), False, date(2027, 1, 7), date(2027, 1, 10)),
        (WEST, date(2027, 1, 9), True, FRIDAY, date(2027, 1, 11)),
        (RestDays(weekend=()), FRIDAY, None, None, None),
        (WEST, date(2027, 1, 6), None, None, None),
        (
            RestDays(weekend=(5, 6), holidays=(Holiday(day=date(2027, 1, 11), name="Feast"),)),
            FRIDAY,
            False,
            FRIDAY,
            date(2027, 1, 12),
        ),
    ],
)
def test_a_release_on_or_before_a_day_of_rest_is_told(
    rest: RestDays, day: date, on_rest_day: bool | None, until: date | None, again: date | None
) -> None:
    found = rest_warning(day, rest, items())
    if on_rest_day is None:
        assert found is None
        return
    assert found is not None
    assert (found.on_rest_day, found.until, found.again) == (on_rest_day, until, again)
    assert found.closed == tuple(until + timedelta(days=number) for number in range(1, (again - until).days))  # type: ignore[operator]  # both are there


def test_it_names_what_is_open_and_needs_an_office() -> None:
    found = rest_warning(
        FRIDAY, WEST, items(ItemMark(checklist="c", item="RR-A1", status=ItemStatus.DONE, evidence="x"))
    )
    assert found is not None
    codes = [item.template.code for item in found.items]
    assert "RR-A1" not in codes
    assert {"RR-A2", "RR-I4"} <= set(codes)
    assert "RR-B2" not in codes


def test_days_that_cannot_be_are_refused() -> None:
    for wrong in ({"weekend": (7,)}, {"weekend": (0, 1, 2, 3, 4)}):
        with pytest.raises(UserError):
            RestDays(**wrong)
    twice = (Holiday(day=FRIDAY, name="A"), Holiday(day=FRIDAY, name="B"))
    with pytest.raises(UserError):
        RestDays(weekend=(), holidays=twice)
    everything = RestDays(
        weekend=(0, 1, 2, 3), holidays=tuple(Holiday(day=FRIDAY + timedelta(days=n), name="x") for n in range(90))
    )
    assert everything.next_open(FRIDAY) > FRIDAY, "a long closure ends the search, not the program"
