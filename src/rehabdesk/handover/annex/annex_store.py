"""How annexes lie in the indexes: requests and their states in the team's, what was written in the psychologists'."""

import json
from typing import Any

from rehabdesk.core.clock import parse_stamp, stamp
from rehabdesk.core.errors import FormatError
from rehabdesk.core.payload import from_payload
from rehabdesk.db.projection import CLINICAL, TEAM, Index, Projection, Record, SearchText
from rehabdesk.handover.annex.annex_model import AnnexState
from rehabdesk.handover.annex.annex_records_model import (
    AnnexPart,
    AnnexRecord,
    AnnexRequest,
    AnnexStep,
    AskedAnnex,
    Bytes,
    ReceivedAnnex,
)
from rehabdesk.handover.content.number_model import parse_number

REQUEST, STEP = "annex_request", "annex_step"
ANNEX, PART, RECEIVED = "annex", "annex_file", "annex_received"
DDL = """
CREATE TABLE annex_request (rid TEXT PRIMARY KEY, sid BLOB NOT NULL, seq INTEGER NOT NULL, person TEXT NOT NULL,
    draft TEXT NOT NULL, psychologist TEXT NOT NULL, site TEXT NOT NULL, year INTEGER NOT NULL,
    installation INTEGER NOT NULL, count INTEGER NOT NULL, number TEXT NOT NULL, officer TEXT NOT NULL,
    at TEXT NOT NULL, details TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX annex_request_person ON annex_request (person, seq);
CREATE INDEX annex_request_number ON annex_request (site, year, installation, count);
CREATE TABLE annex_step (rid TEXT PRIMARY KEY, sid BLOB NOT NULL, seq INTEGER NOT NULL, request TEXT NOT NULL,
    details TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX annex_step_request ON annex_step (request, seq);
CREATE TABLE annex_written (rid TEXT PRIMARY KEY, sid BLOB NOT NULL, seq INTEGER NOT NULL, request TEXT NOT NULL)
    WITHOUT ROWID;
CREATE TABLE annex_part (rid TEXT PRIMARY KEY, sid BLOB NOT NULL, annex TEXT NOT NULL, which TEXT NOT NULL,
    part INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE annex_received (rid TEXT PRIMARY KEY, sid BLOB NOT NULL, seq INTEGER NOT NULL, person TEXT NOT NULL,
    pdf_sha256 TEXT NOT NULL) WITHOUT ROWID;
"""
_ASKED = """SELECT r.rid, r.person, r.officer, r.at, r.details,
    (SELECT s.details FROM annex_step AS s WHERE s.request = r.rid ORDER BY s.seq DESC LIMIT 1),
    (SELECT s.details FROM annex_step AS s WHERE s.request = r.rid
        AND json_extract(s.details, '$.state') = 'ready' ORDER BY s.seq DESC LIMIT 1)
    FROM annex_request AS r"""


# the team's


def newest_count(index: Index, site: str, year: int, installation: int) -> int:
    """The highest number that a request keeps on this installation this year; 0 if none."""
    row = index.row(
        "SELECT max(count) FROM annex_request WHERE site = :site AND year = :year AND installation = :installation",
        {"site": site, "year": year, "installation": installation},
    )
    return 0 if row is None or row[0] is None else int(row[0])


def request_of(index: Index, rid: str) -> AskedAnnex | None:
    row = index.row(f"{_ASKED} WHERE r.rid = :rid", {"rid": rid})
    return None if row is None else _asked(row)


def requests_of(index: Index, person: str) -> tuple[AskedAnnex, ...]:
    """Newest first."""
    rows = index.rows(f"{_ASKED} WHERE r.person = :person ORDER BY r.seq DESC", {"person": person})
    return tuple(map(_asked, rows))


def requests_to(index: Index, psychologist: str) -> tuple[AskedAnnex, ...]:
    """Everything that was asked of a psychologist, oldest first."""
    rows = index.rows(f"{_ASKED} WHERE r.psychologist = :uid ORDER BY r.seq", {"uid": psychologist})
    return tuple(map(_asked, rows))


def request_for(index: Index, draft: str) -> AskedAnnex | None:
    """The newest request for a draft."""
    row = index.row(f"{_ASKED} WHERE r.draft = :draft ORDER BY r.seq DESC LIMIT 1", {"draft": draft})
    return None if row is None else _asked(row)


# the psychologists'


def written_for(index: Index, request: str) -> str | None:
    """The record of the newest signed annex to a request."""
    row = index.row(
        "SELECT rid FROM annex_written WHERE request = :request ORDER BY seq DESC LIMIT 1", {"request": request}
    )
    return None if row is None else str(row[0])


def parts_of(index: Index, annex: str, which: Bytes) -> tuple[str, ...]:
    """The records that hold the bytes, in order."""
    rows = index.rows(
        "SELECT rid FROM annex_part WHERE annex = :annex AND which = :which ORDER BY part",
        {"annex": annex, "which": which.value},
    )
    return tuple(str(row[0]) for row in rows)


def received_of(index: Index, person: str) -> tuple[str, ...]:
    """Annexes from elsewhere that were kept about a person, newest first."""
    rows = index.rows("SELECT rid FROM annex_received WHERE person = :person ORDER BY seq DESC", {"person": person})
    return tuple(str(row[0]) for row in rows)


def is_received(index: Index, pdf_sha256: str) -> bool:
    """Whether the annex with these bytes was kept already."""
    return index.row("SELECT 1 FROM annex_received WHERE pdf_sha256 = :sha", {"sha": pdf_sha256}) is not None


def _asked(row: tuple[Any, ...]) -> AskedAnnex:
    newest = AnnexStep(request="", state=AnnexState.ASKED) if row[5] is None else _step(row[5])
    ready = newest if row[6] is None else _step(row[6])
    return AskedAnnex(
        id=row[0],
        person=row[1],
        officer=row[2],
        asked_at=parse_stamp(row[3]),
        request=from_payload(AnnexRequest, json.loads(row[4])),
        state=newest.state,
        for_name=ready.for_name,
        pdf_sha256=ready.pdf_sha256,
    )


def _step(details: str) -> AnnexStep:
    return from_payload(AnnexStep, json.loads(details))


def _apply(index: Index, record: Record) -> None:
    if record.person is None:
        raise FormatError("A record of an annex names no person.")
    places: dict[str, Any] = {"rid": record.rid, "sid": record.sid, "seq": record.seq, "person": record.person}
    details = json.dumps(record.payload, ensure_ascii=False)
    if record.kind == REQUEST:
        _apply_request(index, record, places | {"details": details})
    elif record.kind == STEP:
        step = from_payload(AnnexStep, record.payload)
        index.run(
            """INSERT OR REPLACE INTO annex_step (rid, sid, seq, request, details)
            VALUES (:rid, :sid, :seq, :request, :details)""",
            places | {"request": step.request, "details": details},
        )
    elif record.kind == ANNEX:
        written = from_payload(AnnexRecord, record.payload)
        index.run(
            "INSERT OR REPLACE INTO annex_written (rid, sid, seq, request) VALUES (:rid, :sid, :seq, :request)",
            places | {"request": written.request},
        )
    elif record.kind == PART:
        part = from_payload(AnnexPart, record.payload)
        index.run(
            """INSERT OR REPLACE INTO annex_part (rid, sid, annex, which, part)
            VALUES (:rid, :sid, :annex, :which, :part)""",
            places | {"annex": part.annex, "which": part.which.value, "part": part.part},
        )
    else:
        received = from_payload(ReceivedAnnex, record.payload)
        index.run(
            """INSERT OR REPLACE INTO annex_received (rid, sid, seq, person, pdf_sha256)
            VALUES (:rid, :sid, :seq, :person, :sha)""",
            places | {"sha": received.pdf_sha256},
        )


def _apply_request(index: Index, record: Record, places: dict[str, Any]) -> None:
    request = from_payload(AnnexRequest, record.payload)
    number = parse_number(request.number)
    index.run(
        """INSERT OR REPLACE INTO annex_request (rid, sid, seq, person, draft, psychologist, site, year, installation,
        count, number, officer, at, details) VALUES (:rid, :sid, :seq, :person, :draft, :psychologist, :site, :year,
        :installation, :count, :number, :officer, :at, :details)""",
        places
        | {
            "draft": request.draft,
            "psychologist": request.psychologist,
            "site": number.site,
            "year": number.year,
            "installation": number.installation,
            "count": number.count,
            "number": request.number,
            "officer": record.author,
            "at": stamp(record.recorded_at),
        },
    )


def _search(_: Record) -> SearchText | None:
    """An annex is found beside its packet; its text is in no search of anybody."""
    return None


PROJECTION = Projection(
    feature="annexes",
    version=1,
    comps=(TEAM, CLINICAL),
    ddl=DDL,
    kinds=dict.fromkeys((REQUEST, STEP, ANNEX, PART, RECEIVED), (1,)),
    retention=dict.fromkeys((REQUEST, STEP, ANNEX, PART, RECEIVED), "case"),
    apply=_apply,
    search=_search,
)
