"""Due days, marks and the word "ready", without a desk."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehabdesk.core.errors import UserError
from rehabdesk.readiness.condition_model import Condition, Understood
from rehabdesk.readiness.item_state_model import require_settable
from rehabdesk.readiness.model import (
    SEALING_ITEM,
    Blocking,
    Checklist,
    Item,
    ItemMark,
    ItemStatus,
    ListState,
    Mode,
    Side,
    items_of,
    state_of,
)
from rehabdesk.readiness.template_service import load_templates

TEMPLATE = load_templates().newest
CODES = [item.code for item in TEMPLATE.items]
BLOCKING = [item.code for item in TEMPLATE.items if item.blocking is Blocking.HANDOVER]
TODAY = date(2026, 11, 24)
RELEASE = date(2027, 1, 8)
LIST = Checklist(
    template=TEMPLATE.code, template_version=1, anchor=RELEASE, mode=Mode.PLANNED, created_on=date(2026, 7, 12)
)
SHORT = replace(LIST, anchor=TODAY, mode=Mode.SHORT_NOTICE, short_notice_since=TODAY)
DAYS = st.dates(date(2026, 1, 1), date(2028, 12, 31))


def mark(item: str, **changes: Any) -> ItemMark:
    return ItemMark(checklist="c", item=item, **changes)


def after(*marks: ItemMark, checklist: Checklist = LIST) -> dict[str, Item]:
    """The items by code as they stand."""
    found = items_of(TEMPLATE, checklist, tuple((one, "uco") for one in marks), TODAY)
    return {item.template.code: item for item in found}


def state(marks: Sequence[ItemMark], checklist: Checklist = LIST) -> ListState:
    return state_of(checklist, tuple(after(*marks, checklist=checklist).values()))


def done(code: str) -> ItemMark:
    return mark(code, status=ItemStatus.DONE, evidence="seen")


@given(
    st.dictionaries(st.sampled_from(CODES), DAYS, max_size=10),
    st.lists(st.tuples(DAYS, st.booleans()), min_size=1, max_size=8),
)
def test_a_day_that_a_person_set_stays_however_the_release_moves(
    own: dict[str, date], moves: list[tuple[date, bool]]
) -> None:
    marks = [mark(code, due=day) for code, day in own.items()]
    first = after(*marks)
    for anchor, short in moves:
        moved = replace(
            LIST,
            anchor=anchor,
            mode=Mode.SHORT_NOTICE if short else Mode.PLANNED,
            short_notice_since=TODAY if short else None,
        )
        items = after(*marks, checklist=moved)
        assert {code: items[code].due for code in own} == own
        for code, item in items.items():
            assert item.set_by_person is (code in own)
            if code not in own and not short:
                assert item.due == anchor + timedelta(days=item.template.offset)
    assert after(*marks) == first, "moved back, everything is as it was"


@given(
    st.dictionaries(st.sampled_from(CODES), DAYS, min_size=1, max_size=6),
    st.lists(st.tuples(st.sampled_from(CODES), st.booleans()), max_size=12),
    DAYS,
)
def test_no_other_mark_takes_that_day_away_and_what_is_taken_back_leaves_no_trace(
    own: dict[str, date], others: list[tuple[str, bool]], anchor: date
) -> None:
    days = [mark(code, due=day) for code, day in own.items()]
    between = [mark(code, side=Side.BOTH) if side else done(code) for code, side in others]
    moved = replace(LIST, anchor=anchor)
    items = after(*days, *between, checklist=moved)
    assert {code: items[code].due for code in own} == own
    undone = [mark(each.item, taken_back=True) for each in reversed(between)]
    assert after(*days, *between, *undone, checklist=moved) == after(*days, checklist=moved)


@pytest.mark.parametrize("says", [{"status": ItemStatus.IN_PROGRESS}, {"due": TODAY}, {"due_cleared": True}])
def test_what_takes_a_mark_back_says_nothing_else(says: dict[str, Any]) -> None:
    with pytest.raises(UserError):
        mark("RR-B1", taken_back=True, **says)


def test_a_day_can_be_given_back_to_the_template() -> None:
    items = after(mark("RR-B1", due=TODAY), mark("RR-B1", due_cleared=True))
    assert items["RR-B1"].due == RELEASE - timedelta(days=120)
    assert not items["RR-B1"].set_by_person


def test_an_item_becomes_due_on_its_day_and_late_after_it() -> None:
    items = after(mark("RR-B3", due=TODAY), mark("RR-B4", due=TODAY - timedelta(days=1)))
    assert items["RR-B3"].status is ItemStatus.DUE
    assert not items["RR-B3"].is_overdue(TODAY)
    assert items["RR-B4"].is_overdue(TODAY)
    assert items["RR-K3"].status is ItemStatus.NOT_DUE
    settled = after(mark("RR-B4", due=TODAY - timedelta(days=9)), done("RR-B4"))
    assert not settled["RR-B4"].is_overdue(TODAY)


def test_at_short_notice_14_items_are_due_today_and_the_rest_after_the_gate() -> None:
    items = items_of(TEMPLATE, SHORT, (), TODAY)
    first = [item for item in items if item.template.short_notice]
    assert list(items[:14]) == first
    assert [item.template.short_notice for item in first] == list(range(1, 15))
    assert {item.due for item in first} == {TODAY}
    for item in items[14:]:
        assert timedelta(days=1) <= item.due - TODAY <= timedelta(days=30)
        assert item.side in (Side.COMMUNITY, Side.BOTH)


def test_a_list_that_becomes_one_at_short_notice_is_due_on_that_day() -> None:
    assert after(checklist=replace(SHORT, created_on=date(2026, 7, 12)))["RR-A1"].due == TODAY


@pytest.mark.parametrize(
    "changes", [{"mode": Mode.SHORT_NOTICE}, {"short_notice_since": TODAY}, {"ended": ListState.READY}]
)
def test_a_list_that_cannot_be_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(UserError):
        replace(LIST, **changes)


def test_ready_needs_every_blocking_item_but_the_sealing() -> None:
    assert state([]) is ListState.OPEN
    all_done = [done(code) for code in BLOCKING if code != SEALING_ITEM]
    assert state(all_done) is ListState.READY
    for missing in range(len(all_done)):
        assert state(all_done[:missing] + all_done[missing + 1 :]) is ListState.OPEN


def test_nothing_but_a_blocking_item_holds_the_word_back() -> None:
    all_done = [done(code) for code in BLOCKING if code != SEALING_ITEM]
    open_ = [mark(code, status=ItemStatus.BLOCKED, reason="r") for code in CODES if code not in BLOCKING]
    assert state(all_done + open_) is ListState.READY


def test_a_waiver_is_said_and_declining_is_neutral() -> None:
    rest = [done(code) for code in BLOCKING if code not in ("RR-B2", SEALING_ITEM)]
    assert state([*rest, mark("RR-B2", status=ItemStatus.WAIVED, reason="No host.")]) is ListState.READY_WITH_WAIVERS
    assert state([*rest, mark("RR-B2", status=ItemStatus.DECLINED, offered_help=True)]) is ListState.READY


def test_a_list_that_ended_says_so_whatever_is_open() -> None:
    assert state([], replace(LIST, ended=ListState.HANDED_OVER)) is ListState.HANDED_OVER


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"status": ItemStatus.DONE}, "evidence"),
        ({"status": ItemStatus.DONE, "evidence": " "}, "evidence"),
        ({"status": ItemStatus.WAIVED}, "reason"),
        ({"status": ItemStatus.NOT_APPLICABLE}, "reason"),
        ({"status": ItemStatus.BLOCKED}, "reason"),
        ({"status": ItemStatus.DUE}, "status"),
        ({"status": ItemStatus.NOT_DUE}, "status"),
    ],
)
def test_a_mark_that_cannot_be_is_refused_beside_its_field(changes: dict[str, Any], field: str) -> None:
    with pytest.raises(UserError) as refused:
        mark("RR-B1", **changes)
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("code", "status", "help_", "allowed"),
    [
        ("RR-B1", ItemStatus.WAIVED, False, False),
        (SEALING_ITEM, ItemStatus.DONE, False, False),
        (SEALING_ITEM, ItemStatus.IN_PROGRESS, False, True),
        ("RR-B1", ItemStatus.NOT_APPLICABLE, False, False),
        ("RR-A2", ItemStatus.NOT_APPLICABLE, False, False),
        ("RR-A5", ItemStatus.NOT_APPLICABLE, False, True),
        ("RR-G1", ItemStatus.DECLINED, False, False),
        ("RR-G1", ItemStatus.DECLINED, True, True),
        ("RR-B1", ItemStatus.DONE, False, True),
    ],
)
def test_what_one_person_alone_may_say(code: str, status: ItemStatus, help_: bool, allowed: bool) -> None:
    def ask() -> None:
        require_settable(TEMPLATE.item(code), status, offered_help=help_)

    if allowed:
        ask()
        return
    with pytest.raises(UserError) as refused:
        ask()
    assert refused.value.field == ("offered_help" if status is ItemStatus.DECLINED else "status")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"text_plain": " "}, "text_plain"),
        ({"end": date(2026, 1, 1)}, "end"),
        ({"explained_on": TODAY}, "explained_on"),
        ({"understood": Understood.YES}, "explained_on"),
    ],
)
def test_a_condition_that_cannot_be_is_refused(changes: dict[str, Any], field: str) -> None:
    given_: dict[str, Any] = {
        "category": "reporting",
        "text_official": "Se présenter chaque lundi.",
        "text_plain": "I meet my officer every Monday.",
        "start": RELEASE,
        "source": "Court decision 214",
    }
    with pytest.raises(UserError) as refused:
        Condition(**(given_ | changes))
    assert refused.value.field == field
