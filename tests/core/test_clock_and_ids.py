"""Times in one form, ids that rise."""

import re
import time
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest

import rehabdesk
from rehabdesk.core.clock import SettableClock, SystemClock, local_day, parse_stamp, stamp
from rehabdesk.core.errors import FormatError
from rehabdesk.core.ids import SeededIds, SystemIds, is_id

NINE = datetime(2026, 11, 24, 9, 0, 0, 123_999, timezone(timedelta(hours=1)))


def test_stamp_is_utc_and_whole_milliseconds() -> None:
    assert stamp(NINE) == "2026-11-24T08:00:00.123Z"
    assert stamp(parse_stamp("2026-11-24T08:00:00.123Z")) == "2026-11-24T08:00:00.123Z"


@pytest.mark.parametrize("text", ["2026-11-24T08:00:00Z", "2026-11-24 08:00:00.123Z", "", "2026-11-24T08:00:00.1Z"])
def test_other_forms_are_refused(text: str) -> None:
    with pytest.raises(FormatError):
        parse_stamp(text)


def test_a_time_without_a_zone_is_a_bug() -> None:
    with pytest.raises(ValueError, match="zone"):
        stamp(datetime(2026, 1, 1))  # noqa: DTZ001 - this is what must fail


def test_the_settable_clock_steps() -> None:
    clock = SettableClock(datetime(2026, 1, 1, tzinfo=UTC), timedelta(seconds=1))
    first, second = clock.now(), clock.now()
    assert second - first == timedelta(seconds=1)
    assert clock.monotonic_ms() == 2000


def test_ids_rise_and_have_the_form_of_uuid7() -> None:
    for ids in (SeededIds(1), SystemIds(SystemClock())):
        made = [ids() for _ in range(50)]
        assert len(set(made)) == 50
        assert all(is_id(one) and one[12] == "7" and one[16] in "89ab" for one in made)
    seeded = SeededIds(1)
    assert (made := [seeded() for _ in range(9)]) == sorted(made)


def test_the_day_is_the_one_at_the_desk(monkeypatch: pytest.MonkeyPatch) -> None:
    late = SettableClock(datetime(2026, 11, 27, 22, 30, tzinfo=UTC))
    try:
        for zone, day in (("UTC", 27), ("Africa/Nairobi", 28), ("America/Bogota", 27)):
            monkeypatch.setenv("TZ", zone)
            time.tzset()
            assert local_day(late) == date(2026, 11, day)
    finally:
        monkeypatch.undo()
        time.tzset()


def test_nobody_takes_the_day_of_utc_for_today() -> None:
    source = Path(rehabdesk.__file__).parent
    assert [
        str(file) for file in source.rglob("*.py") if re.search(r"now\(\)\.date\(\)", file.read_text("utf-8"))
    ] == []
