"""How the site's own words for the content check lie in the index of the house: every list that ever held."""

from datetime import datetime

from rehabdesk.core.canon import dump
from rehabdesk.core.clock import parse_stamp, stamp
from rehabdesk.core.payload import from_bytes, from_payload
from rehabdesk.db.projection import HOUSE, Index, Projection, Record, SearchText
from rehabdesk.handover.collecting.site_words_model import SiteWords

WORDS = "content_check_words"
DDL = """
CREATE TABLE content_check_words (rid TEXT PRIMARY KEY, seq INTEGER NOT NULL, by TEXT NOT NULL, at TEXT NOT NULL,
                                  body BLOB NOT NULL, sid BLOB NOT NULL) WITHOUT ROWID;
"""


def lists(index: Index, limit: int) -> tuple[tuple[SiteWords, str, datetime], ...]:
    """The lists with the uid of who kept each and when, the one that holds first."""
    rows = index.rows("SELECT body, by, at FROM content_check_words ORDER BY seq DESC LIMIT :limit", {"limit": limit})
    return tuple((from_bytes(SiteWords, bytes(row[0])), str(row[1]), parse_stamp(str(row[2]))) for row in rows)


def apply(index: Index, record: Record) -> None:
    from_payload(SiteWords, record.payload)
    index.run(
        "INSERT OR REPLACE INTO content_check_words (rid, seq, by, at, body, sid)"
        " VALUES (:rid, :seq, :by, :at, :body, :sid)",
        {
            "rid": record.rid,
            "seq": record.seq,
            "by": record.author,
            "at": stamp(record.recorded_at),
            "body": dump(dict(record.payload)),
            "sid": record.sid,
        },
    )


def search(_record: Record) -> SearchText | None:
    """No person stands in them."""
    return None


PROJECTION = Projection(
    feature="handover_words",
    version=1,
    comps=(HOUSE,),
    ddl=DDL,
    kinds={WORDS: (1,)},
    retention={WORDS: "house"},
    apply=apply,
    search=search,
)
