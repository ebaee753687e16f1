"""How words of progress lie in the team's index, with what is said beside them. No query orders or counts by a word."""

import json
from collections.abc import Sequence

from rehabdesk.core.payload import from_bytes, from_payload
from rehabdesk.db.projection import TEAM, Index, Projection, Record, SearchText
from rehabdesk.plans.progress.progress_model import Progress, Remark, Voice
from rehabdesk.plans.progress.progress_stored_model import FoundProgress, StoredProgress, StoredRemark
from rehabdesk.plans.store import PLAN_TERM

PROGRESS, REMARK = "progress", "progress_remark"
DDL = """
CREATE TABLE progress (seq INTEGER PRIMARY KEY, rid TEXT NOT NULL, person TEXT NOT NULL, domain TEXT NOT NULL,
    voice TEXT NOT NULL, author TEXT NOT NULL, at TEXT NOT NULL, body BLOB NOT NULL, sid BLOB NOT NULL);
CREATE INDEX progress_person ON progress (person, domain, voice, seq);
CREATE INDEX progress_rid ON progress (rid);
CREATE TABLE progress_remark (seq INTEGER PRIMARY KEY, rid TEXT NOT NULL, progress TEXT NOT NULL, author TEXT NOT NULL,
    at TEXT NOT NULL, body BLOB NOT NULL, sid BLOB NOT NULL);
CREATE INDEX progress_remark_progress ON progress_remark (progress, seq);
CREATE INDEX progress_remark_rid ON progress_remark (rid);
"""

_PROGRESS = "SELECT rid, author, at, body FROM progress"


def progress(index: Index, person: str) -> tuple[StoredProgress, ...]:
    """All words on a person by domain, newest first within each domain and voice."""
    rows = index.rows(f"{_PROGRESS} WHERE person = :person ORDER BY domain, voice, seq DESC", {"person": person})
    return tuple(_stored(*row) for row in rows)


def newest(index: Index, person: str, domain: str, voice: Voice) -> StoredProgress | None:
    """The newest word of one voice on one domain."""
    row = index.row(
        f"{_PROGRESS} WHERE person = :person AND domain = :domain AND voice = :voice ORDER BY seq DESC LIMIT 1",
        {"person": person, "domain": domain, "voice": voice},
    )
    return None if row is None else _stored(*row)


def word(index: Index, rid: str) -> tuple[str, StoredProgress] | None:
    """(person, word) of one record."""
    row = index.row("SELECT person, rid, author, at, body FROM progress WHERE rid = :rid", {"rid": rid})
    return None if row is None else (str(row[0]), _stored(*row[1:]))


def remarks(index: Index, rid: str) -> tuple[StoredRemark, ...]:
    """What was said beside a word, oldest first."""
    rows = index.rows("SELECT author, at, body FROM progress_remark WHERE progress = :rid ORDER BY seq", {"rid": rid})
    return tuple(
        StoredRemark(author=author, at=at, remark=from_bytes(Remark, bytes(body))) for author, at, body in rows
    )


def found(index: Index, rids: Sequence[str]) -> tuple[FoundProgress, ...]:
    """The words among these records, and those beside which these are remarks."""
    rows = index.rows(
        """WITH hit (rid, progress) AS (
            SELECT rid, rid FROM progress WHERE rid IN (SELECT value FROM json_each(:rids))
            UNION ALL SELECT rid, progress FROM progress_remark WHERE rid IN (SELECT value FROM json_each(:rids)))
        SELECT hit.rid, p.person, EXISTS (SELECT 1 FROM progress n WHERE n.person = p.person AND n.domain = p.domain
            AND n.voice = p.voice AND n.seq > p.seq), p.rid, p.author, p.at, p.body
        FROM hit JOIN progress p ON p.rid = hit.progress""",
        {"rids": json.dumps(list(rids))},
    )
    return tuple(
        FoundProgress(rid=rid, person=person, followed=bool(followed), word=_stored(*rest))
        for rid, person, followed, *rest in rows
    )


def apply(index: Index, record: Record) -> None:
    values = record.columns()
    if record.kind == REMARK:
        index.run(
            """INSERT OR REPLACE INTO progress_remark (seq, rid, progress, author, at, body, sid)
            VALUES (:seq, :rid, :progress, :author, :at, :body, :sid)""",
            values | {"progress": from_payload(Remark, record.payload).progress},
        )
        return
    found = from_payload(Progress, record.payload)
    index.run(
        """INSERT OR REPLACE INTO progress (seq, rid, person, domain, voice, author, at, body, sid)
        VALUES (:seq, :rid, :person, :domain, :voice, :author, :at, :body, :sid)""",
        values | {"domain": found.domain, "voice": found.voice},
    )


def search(record: Record) -> SearchText | None:
    """Found by what was written as its basis and beside it; never by the word itself, which nobody may ask for (G1)."""
    if record.kind == REMARK:
        body = from_payload(Remark, record.payload).words
    else:
        one = from_payload(Progress, record.payload)
        typed = (one.basis, one.harder, one.setting, one.disagreement, one.response)
        body = "\n".join(words for words in typed if words)
    return SearchText(title="", body=body, scope=(record.person or "", PLAN_TERM)) if body else None


def _stored(rid: str, author: str, at: str, body: bytes) -> StoredProgress:
    return StoredProgress(rid=rid, author=author, at=at, progress=from_bytes(Progress, bytes(body)))


PROJECTION = Projection(
    feature="progress",
    version=2,
    comps=(TEAM,),
    ddl=DDL,
    kinds={PROGRESS: (1, 2), REMARK: (1,)},
    retention={PROGRESS: "case", REMARK: "case"},
    apply=apply,
    search=search,
)
