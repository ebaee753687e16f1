"""How status lists lie in an index, and what the packets of this desk give to the next list."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from rehabdesk.core.clock import parse_stamp, stamp
from rehabdesk.core.payload import from_payload
from rehabdesk.db.projection import HOUSE, Index, Projection, Record, SearchText
from rehabdesk.handover.after.status_list_keeping_model import KeptList
from rehabdesk.handover.packets_model import PacketState

STATUS_LIST = "status_list"
DDL = """
CREATE TABLE status_list (rid TEXT PRIMARY KEY, sid BLOB NOT NULL, site TEXT NOT NULL, number INTEGER NOT NULL,
    own INTEGER NOT NULL, issued TEXT NOT NULL, sha256 TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX status_list_site ON status_list (site, number);
"""
_WITHDRAWN = "packet_withdrawal"


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldRow:
    """A list that is held. `own`: this desk made it."""

    rid: str
    site: str
    seq: int
    own: bool
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StepRow:
    """A step after which a list has something to say. `at` is a stamp, `expires` a day, both as text."""

    number: str
    expires: str
    state: PacketState
    at: str
    reason: str
    pdf_sha256: str
    because: str


def all_lists(index: Index) -> tuple[HeldRow, ...]:
    """By site, and of each site the highest number first."""
    rows = index.rows("SELECT rid, site, number, own, sha256 FROM status_list ORDER BY site, number DESC, rid")
    return tuple(_held(row) for row in rows)


def newest_of(index: Index, site: str) -> HeldRow | None:
    """The list of highest number of a site, whichever root stands behind it."""
    return next((row for row in all_lists(index) if row.site == site), None)


def last_issued(index: Index, *, own: bool) -> datetime | None:
    """When the latest of the lists was issued that this desk made, or that it took from others."""
    row = index.row("SELECT max(issued) FROM status_list WHERE own = :own", {"own": own})
    return None if row is None or row[0] is None else parse_stamp(str(row[0]))


def listable(index: Index, states: Sequence[PacketState]) -> tuple[StepRow, ...]:
    """Of the team's index: every step into one of `states`, with the reason of a withdrawal, oldest first."""
    found = []
    for state in states:
        rows = index.rows(
            """SELECT p.number, p.expires, s.state, s.at, json_extract(s.details, '$.reason'),
            json_extract(s.details, '$.pdf_sha256'),
            (SELECT json_extract(a.details, '$.because') FROM handover_after AS a
                WHERE a.about = p.rid AND a.kind = :withdrawn ORDER BY a.seq DESC LIMIT 1)
            FROM handover_step AS s JOIN handover_packet AS p ON p.rid = s.packet
            WHERE s.state = :state ORDER BY s.seq""",
            {"state": state.value, "withdrawn": _WITHDRAWN},
        )
        found += [
            StepRow(
                number=str(number),
                expires=str(expires),
                state=PacketState(state_),
                at=str(at),
                reason=str(reason or ""),
                pdf_sha256=str(pdf or ""),
                because=str(because or ""),
            )
            for number, expires, state_, at, reason, pdf, because in rows
        ]
    return tuple(found)


def sealed_before_countersigned(index: Index) -> frozenset[str]:
    """Numbers of the express packets that went out with one signature and got the second one later."""
    rows = index.rows(
        """SELECT DISTINCT p.number FROM handover_packet AS p
        JOIN handover_step AS one ON one.packet = p.rid AND one.state = 'sealed'
        JOIN handover_step AS two ON two.packet = p.rid AND two.state = 'countersigned' AND two.seq > one.seq"""
    )
    return frozenset(str(row[0]) for row in rows)


def _held(row: tuple[object, ...]) -> HeldRow:
    rid, site, number, own, sha256 = row
    return HeldRow(rid=str(rid), site=str(site), seq=int(str(number)), own=bool(own), sha256=str(sha256))


def _apply(index: Index, record: Record) -> None:
    kept = from_payload(KeptList, record.payload)
    index.run(
        """INSERT OR REPLACE INTO status_list (rid, sid, site, number, own, issued, sha256)
        VALUES (:rid, :sid, :site, :number, :own, :issued, :sha256)""",
        {
            "rid": record.rid,
            "sid": record.sid,
            "site": kept.site,
            "number": kept.seq,
            "own": kept.own,
            "issued": stamp(kept.issued),
            "sha256": kept.sha256,
        },
    )


def _search(_: Record) -> SearchText | None:
    return None


PROJECTION = Projection(
    feature="status_lists",
    version=2,
    comps=(HOUSE,),
    ddl=DDL,
    kinds={STATUS_LIST: (1,)},
    retention={STATUS_LIST: "house"},
    apply=_apply,
    search=_search,
)
