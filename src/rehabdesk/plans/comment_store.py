"""How chaplains' comments on plans lie in the team's index."""

import json
from collections.abc import Sequence

from rehabdesk.core.clock import parse_stamp
from rehabdesk.core.payload import from_bytes, from_payload
from rehabdesk.db.projection import TEAM, Index, Projection, Record, SearchText
from rehabdesk.plans.comment_model import Comment, StoredComment
from rehabdesk.plans.store import PLAN_TERM

COMMENT = "plan_comment"
DDL = """
CREATE TABLE plans_comment (rid TEXT PRIMARY KEY, person TEXT NOT NULL, plan TEXT NOT NULL, author TEXT NOT NULL,
    at TEXT NOT NULL, body BLOB NOT NULL, sid BLOB NOT NULL) WITHOUT ROWID;
CREATE INDEX plans_comment_plan ON plans_comment (plan, at, rid);
"""


def comments(index: Index, plan: str) -> tuple[StoredComment, ...]:
    """On a plan over all its versions, newest first."""
    rows = index.rows(
        "SELECT rid, author, at, body FROM plans_comment WHERE plan = :plan ORDER BY at DESC, rid DESC", {"plan": plan}
    )
    return tuple(
        StoredComment(rid=rid, author=author, at=parse_stamp(at), comment=from_bytes(Comment, bytes(body)))
        for rid, author, at, body in rows
    )


def found(index: Index, rids: Sequence[str]) -> tuple[tuple[str, str, Comment], ...]:
    """(record id, person, comment) of the comments among these records."""
    rows = index.rows(
        "SELECT rid, person, body FROM plans_comment WHERE rid IN (SELECT value FROM json_each(:rids))",
        {"rids": json.dumps(list(rids))},
    )
    return tuple((str(rid), str(person), from_bytes(Comment, bytes(body))) for rid, person, body in rows)


def apply(index: Index, record: Record) -> None:
    """Puts one comment into the table; the same record twice changes nothing."""
    index.run(
        "INSERT OR REPLACE INTO plans_comment (rid, person, plan, author, at, body, sid)"
        " VALUES (:rid, :person, :plan, :author, :at, :body, :sid)",
        record.columns() | {"plan": from_payload(Comment, record.payload).plan},
    )


def _search(record: Record) -> SearchText | None:
    words = from_payload(Comment, record.payload).words
    return SearchText(title="", body=words, scope=(record.person or "", PLAN_TERM))


PROJECTION = Projection(
    feature="plans_comments",
    version=2,
    comps=(TEAM,),
    ddl=DDL,
    kinds={COMMENT: (1,)},
    retention={COMMENT: "case"},
    apply=apply,
    search=_search,
)
