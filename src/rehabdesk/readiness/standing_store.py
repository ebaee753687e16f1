"""What lists show of checklists, kept at writing: one row an item, so that many lists are read by two queries."""

import json
from collections.abc import Sequence
from datetime import date

from rehabdesk.core.payload import from_bytes
from rehabdesk.db.projection import Index, Record
from rehabdesk.readiness.model import Checklist, ItemMark, ItemStatus
from rehabdesk.readiness.standing_model import KeptItem, KeptList, kept_of

DDL = """
CREATE TABLE checklist_item (checklist TEXT NOT NULL, item TEXT NOT NULL, sid BLOB NOT NULL, status TEXT NOT NULL,
    due TEXT NOT NULL, ask_again TEXT NOT NULL, PRIMARY KEY (checklist, item)) WITHOUT ROWID;
"""


def keep(index: Index, record: Record, mark: ItemMark) -> None:
    """Keeps the item of a mark as all its marks together leave it, in whatever order they came."""
    rows = index.rows(
        "SELECT body FROM checklist_mark WHERE checklist = :checklist ORDER BY seq", {"checklist": mark.checklist}
    )
    marks = [from_bytes(ItemMark, bytes(body)) for (body,) in rows]
    kept = kept_of([one for one in marks if one.item == mark.item])
    index.run(
        "INSERT OR REPLACE INTO checklist_item (checklist, item, sid, status, due, ask_again)"
        " VALUES (:checklist, :item, :sid, :status, :due, :ask_again)",
        {
            "checklist": mark.checklist,
            "item": mark.item,
            "sid": record.sid,
            "status": str(kept.status or ""),
            "due": kept.due.isoformat() if kept.due else "",
            "ask_again": kept.ask_again.isoformat() if kept.ask_again else "",
        },
    )


def running(index: Index, until: date, persons: frozenset[str] | None, limit: int) -> tuple[KeptList, ...]:
    """Lists that have not ended, with a release up to a day, the nearest first. `persons`: of these alone."""
    rows = index.rows(
        """SELECT rid, person, body FROM checklist WHERE ended = '' AND anchor <= :until
        AND (:persons IS NULL OR person IN (SELECT value FROM json_each(:persons)))
        ORDER BY anchor, rid LIMIT :limit""",
        {
            "until": until.isoformat(),
            "persons": None if persons is None else json.dumps(sorted(persons)),
            "limit": limit,
        },
    )
    items = _items(index, [rid for rid, _, _ in rows])
    return tuple(
        KeptList(rid=rid, person=person, checklist=from_bytes(Checklist, bytes(body)), items=items.get(rid, {}))
        for rid, person, body in rows
    )


def _items(index: Index, lists: Sequence[str]) -> dict[str, dict[str, KeptItem]]:
    """What is kept of the items of these lists."""
    found: dict[str, dict[str, KeptItem]] = {}
    for checklist, item, status, due, again in index.rows(
        """SELECT checklist, item, status, due, ask_again FROM checklist_item
        WHERE checklist IN (SELECT value FROM json_each(:lists))""",
        {"lists": json.dumps(list(lists))},
    ):
        found.setdefault(checklist, {})[item] = KeptItem(
            status=ItemStatus(status) if status else None,
            due=date.fromisoformat(due) if due else None,
            ask_again=date.fromisoformat(again) if again else None,
        )
    return found
