"""How checklists, marks and conditions lie in the team's index."""

import json
from collections.abc import Sequence
from datetime import date

from rehabdesk.core.clock import parse_stamp
from rehabdesk.core.payload import from_bytes, from_payload
from rehabdesk.db.projection import TEAM, Index, Projection, Record, SearchText
from rehabdesk.readiness import standing_store
from rehabdesk.readiness.condition_model import Condition, ConditionVersion
from rehabdesk.readiness.model import Checklist, ItemMark, marks_that_count
from rehabdesk.readiness.stored_model import FoundCondition, FoundMark, StoredChecklist, StoredCondition

CHECKLIST, MARK, CONDITION = "checklist", "checklist_mark", "condition"
CHECK_TERM = "kindcheck"
"""Search term that marks and conditions carry."""
DDL = """
CREATE TABLE checklist (rid TEXT PRIMARY KEY, ver INTEGER NOT NULL, person TEXT NOT NULL, anchor TEXT NOT NULL,
                        ended TEXT NOT NULL, body BLOB NOT NULL, sid BLOB NOT NULL) WITHOUT ROWID;
CREATE INDEX checklist_person ON checklist (person, rid);
CREATE INDEX checklist_anchor ON checklist (ended, anchor);
CREATE TABLE checklist_mark (seq INTEGER PRIMARY KEY, rid TEXT NOT NULL, checklist TEXT NOT NULL, item TEXT NOT NULL,
                             author TEXT NOT NULL, body BLOB NOT NULL, sid BLOB NOT NULL);
CREATE INDEX checklist_mark_list ON checklist_mark (checklist, seq);
CREATE INDEX checklist_mark_rid ON checklist_mark (rid);
CREATE TABLE release_condition (rid TEXT PRIMARY KEY, ver INTEGER NOT NULL, person TEXT NOT NULL, ask_again TEXT,
                                body BLOB NOT NULL, sid BLOB NOT NULL) WITHOUT ROWID;
CREATE INDEX release_condition_again ON release_condition (ask_again) WHERE ask_again IS NOT NULL;
CREATE INDEX release_condition_person ON release_condition (person, rid);
CREATE TABLE release_condition_version (rid TEXT NOT NULL, ver INTEGER NOT NULL, author TEXT NOT NULL,
                                        at TEXT NOT NULL, body BLOB NOT NULL, sid BLOB NOT NULL,
                                        PRIMARY KEY (rid, ver)) WITHOUT ROWID;
"""
DDL += standing_store.DDL


def newest(index: Index, person: str) -> StoredChecklist | None:
    """The person's latest list."""
    row = index.row(
        "SELECT rid, person, body FROM checklist WHERE person = :person ORDER BY rid DESC LIMIT 1", {"person": person}
    )
    return (
        None
        if row is None
        else StoredChecklist(rid=row[0], person=row[1], checklist=from_bytes(Checklist, bytes(row[2])))
    )


def checklist(index: Index, rid: str) -> StoredChecklist | None:
    row = index.row("SELECT rid, person, body FROM checklist WHERE rid = :rid", {"rid": rid})
    return (
        None
        if row is None
        else StoredChecklist(rid=row[0], person=row[1], checklist=from_bytes(Checklist, bytes(row[2])))
    )


def marks(index: Index, checklist_rid: str) -> tuple[tuple[ItemMark, str], ...]:
    """(mark, author), oldest first."""
    rows = index.rows(
        "SELECT body, author FROM checklist_mark WHERE checklist = :checklist ORDER BY seq",
        {"checklist": checklist_rid},
    )
    return tuple((from_bytes(ItemMark, bytes(body)), author) for body, author in rows)


def conditions(index: Index, person: str) -> tuple[StoredCondition, ...]:
    """In the order in which they were recorded."""
    rows = index.rows(
        "SELECT rid, person, body FROM release_condition WHERE person = :person ORDER BY rid", {"person": person}
    )
    return tuple(
        StoredCondition(rid=rid, person=who, condition=from_bytes(Condition, bytes(body))) for rid, who, body in rows
    )


def to_ask_again(index: Index, until: date) -> tuple[StoredCondition, ...]:
    """Conditions about which the person is to be asked once more, up to a day, the earliest first."""
    rows = index.rows(
        "SELECT rid, person, body FROM release_condition WHERE ask_again <= :until ORDER BY ask_again, rid",
        {"until": until.isoformat()},
    )
    return tuple(
        StoredCondition(rid=rid, person=who, condition=from_bytes(Condition, bytes(body))) for rid, who, body in rows
    )


def condition(index: Index, rid: str) -> StoredCondition | None:
    row = index.row("SELECT rid, person, body FROM release_condition WHERE rid = :rid", {"rid": rid})
    return (
        None
        if row is None
        else StoredCondition(rid=row[0], person=row[1], condition=from_bytes(Condition, bytes(row[2])))
    )


def condition_versions(index: Index, rid: str) -> tuple[ConditionVersion, ...]:
    """Every state of one condition, oldest first."""
    rows = index.rows(
        "SELECT body, author, at FROM release_condition_version WHERE rid = :rid ORDER BY ver", {"rid": rid}
    )
    return tuple(
        ConditionVersion(condition=from_bytes(Condition, bytes(body)), by=author, at=parse_stamp(at))
        for body, author, at in rows
    )


def apply(index: Index, record: Record) -> None:
    common = record.columns()
    if record.kind == CHECKLIST:
        found = from_payload(Checklist, record.payload)
        index.run(
            """INSERT INTO checklist (rid, ver, person, anchor, ended, body, sid)
            VALUES (:rid, :ver, :person, :anchor, :ended, :body, :sid)
            ON CONFLICT (rid) DO UPDATE SET ver = :ver, anchor = :anchor, ended = :ended, body = :body
            WHERE :ver >= ver""",
            common | {"anchor": found.anchor.isoformat(), "ended": str(found.ended or "")},
        )
    elif record.kind == MARK:
        mark = from_payload(ItemMark, record.payload)
        index.run(
            "INSERT OR REPLACE INTO checklist_mark (seq, rid, checklist, item, author, body, sid)"
            " VALUES (:seq, :rid, :checklist, :item, :author, :body, :sid)",
            common | {"checklist": mark.checklist, "item": mark.item},
        )
        standing_store.keep(index, record, mark)
    else:
        again = from_payload(Condition, record.payload).ask_again
        index.run(
            """INSERT INTO release_condition (rid, ver, person, ask_again, body, sid)
            VALUES (:rid, :ver, :person, :ask_again, :body, :sid)
            ON CONFLICT (rid) DO UPDATE SET ver = :ver, ask_again = :ask_again, body = :body WHERE :ver >= ver""",
            common | {"ask_again": again.isoformat() if again else None},
        )
        index.run(
            """INSERT OR REPLACE INTO release_condition_version (rid, ver, author, at, body, sid)
            VALUES (:rid, :ver, :author, :at, :body, :sid)""",
            common,
        )


def found(index: Index, rids: Sequence[str]) -> tuple[FoundMark | FoundCondition, ...]:
    """The marks and conditions among these records; no mark that was taken back."""
    wanted = {"rids": json.dumps(list(rids))}
    marked = index.rows(
        """SELECT m.rid, c.person, m.body, c.body FROM checklist_mark m JOIN checklist c ON c.rid = m.checklist
        WHERE m.rid IN (SELECT value FROM json_each(:rids))""",
        wanted,
    )
    conditioned = index.rows(
        "SELECT rid, person FROM release_condition WHERE rid IN (SELECT value FROM json_each(:rids))", wanted
    )
    standing = _standing(index, rids) if marked else {}
    return (
        *(
            FoundMark(
                rid=rid,
                person=person,
                item=from_bytes(ItemMark, bytes(mark)).item,
                checklist=from_bytes(Checklist, bytes(checklist)),
                followed=standing[rid],
            )
            for rid, person, mark, checklist in marked
            if rid in standing
        ),
        *(FoundCondition(rid=rid, person=person) for rid, person in conditioned),
    )


def _standing(index: Index, rids: Sequence[str]) -> dict[str, bool]:
    """The marks on the items of these marks that were not taken back; of each whether other words followed."""
    rows = index.rows(
        """SELECT o.rid, o.body FROM checklist_mark o JOIN (SELECT DISTINCT checklist, item FROM checklist_mark
            WHERE rid IN (SELECT value FROM json_each(:rids))) m ON o.checklist = m.checklist AND o.item = m.item
        ORDER BY o.seq""",
        {"rids": json.dumps(list(rids))},
    )
    by_list: dict[str, list[tuple[ItemMark, str]]] = {}
    for rid, body in rows:
        mark = from_bytes(ItemMark, bytes(body))
        by_list.setdefault(mark.checklist, []).append((mark, rid))
    followed: dict[str, bool] = {}
    for marks_of_list in by_list.values():
        later: set[str] = set()
        for mark, rid in reversed(marks_that_count(marks_of_list)):
            followed[rid] = mark.item in later
            if mark.comment or mark.evidence or mark.reason:
                later.add(mark.item)
    return followed


def search(record: Record) -> SearchText | None:
    """Items are found by what was written at them, conditions by their text."""
    if record.kind == MARK:
        mark = from_payload(ItemMark, record.payload)
        words = [mark.comment, mark.evidence, mark.reason]
    elif record.kind == CONDITION:
        condition = from_payload(Condition, record.payload)
        words = [condition.text_plain, condition.text_official, condition.question_raised]
    else:
        return None
    body = "\n".join(word for word in words if word)
    return SearchText(title="", body=body, scope=(record.person or "", CHECK_TERM)) if body else None


PROJECTION = Projection(
    feature="readiness",
    version=5,
    comps=(TEAM,),
    ddl=DDL,
    kinds={CHECKLIST: (1,), MARK: (1, 2), CONDITION: (1, 2)},
    retention={CHECKLIST: "case", MARK: "case", CONDITION: "case"},
    apply=apply,
    search=search,
)
