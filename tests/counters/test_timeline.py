"""A timeline of 10,000 entries is read page by page to its end, and no page or row costs more than the first."""

from pathlib import Path

import pytest
from bench_vault import BEGINS
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize
from PySide6.QtWidgets import QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from rehabdesk.core.clock import stamp
from rehabdesk.db.projection import TEAM, NewRecord
from rehabdesk.notes.model import Entry, NotePart, Part
from rehabdesk.ui.theme import Theme
from rehabdesk.ui.timeline import Event, TimelineList, _Row
from tests.counters.meters import counting
from tests.notes.sessions import services
from tests.people.cases import CaseDesk
from tests.windows import application

ENTRIES, PAGE = 10_000, 50


def note(desk_ids: str, person: str, number: int) -> NewRecord:
    part = NotePart(
        note=desk_ids,
        form="keywork",
        form_version=1,
        occurred_at=BEGINS.replace(minute=number % 60, hour=number // 60 % 24, day=1 + number // 1_440),
        words={"key.K2": f"Entry {number}, needle" if number % 500 == 0 else f"Entry {number}"},
        marks={},
    )
    return NewRecord(comp=TEAM, kind="note", pv=1, person=person, payload=part.to_payload())


@pytest.fixture
def long_desk(tmp_path: Path) -> tuple[CaseDesk, str]:
    desk = CaseDesk(tmp_path / "desk", tmp_path / "profile")
    person = desk.register()
    with desk.as_login("green-ferry") as opened:
        opened.commit("sign", [note(opened.ids(), person, number) for number in range(ENTRIES)])
    return desk, person


def test_every_entry_is_reached_by_pages_that_cost_the_same(long_desk: tuple[CaseDesk, str]) -> None:
    desk, person = long_desk
    with desk.as_login("green-ferry") as opened:
        timeline, file = services(opened).notes.timeline, opened.index_file(TEAM)
        seen: list[str] = []
        last: Entry | None = None
        asked: set[int] = set()
        pages: list[int] = []
        while True:
            with counting(file) as counted:
                page = timeline.page(person, before=last.cursor if last else None, limit=PAGE)
            asked.add(len(counted.questions))
            pages.append(counted.pages)
            assert not any("OFFSET" in sql.upper() for sql in counted.questions)
            if not page:
                break
            seen += [f"{stamp(entry.occurred_at)} {entry.rid}" for entry in page]
            last = page[-1]
        assert len(seen) == ENTRIES
        assert seen == sorted(set(seen), reverse=True)
        assert len(asked) == 1
        assert max(pages) <= 12
        assert len(timeline.page(person, parts=frozenset({Part.MARKER}))) == 0
        assert len(timeline.search("needle", person_id=person, limit=100)) == ENTRIES // 500


class _Counting(_Row):
    asked = 0

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: N802 - Qt's name
        self.asked += 1
        return super().sizeHint(option, index)


def test_a_long_list_is_laid_out_by_one_row_however_many_there_are(qtbot: QtBot) -> None:
    theme = Theme(application())
    timeline = TimelineList(theme, "Timeline", scrolls=True)
    counting_rows = _Counting(theme, timeline)
    timeline.setItemDelegate(counting_rows)
    qtbot.addWidget(timeline)
    timeline.resize(900, 500)
    timeline.show()
    asked = []
    for first in range(0, ENTRIES, PAGE):
        before = counting_rows.asked
        timeline.add_events([Event(title=f"Entry {first + one}", meta="", icon="users") for one in range(PAGE)])
        timeline.scrollToBottom()
        qtbot.wait(1)
        asked.append(counting_rows.asked - before)

    assert timeline.count() == ENTRIES
    assert max(asked[10:]) <= max(asked[:10]) + 20  # does not grow with what is there
