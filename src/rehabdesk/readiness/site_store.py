"""How a site's own checklists and days of rest lie in the index of the house."""

from rehabdesk.core.payload import from_bytes, from_payload
from rehabdesk.db.projection import HOUSE, Index, Projection, Record, SearchText
from rehabdesk.readiness.rest_model import RestDays
from rehabdesk.readiness.site_model import SiteTemplate

TEMPLATE, REST_DAYS = "checklist_template", "rest_days"
DDL = """
CREATE TABLE checklist_template (rid TEXT PRIMARY KEY, seq INTEGER NOT NULL, version INTEGER NOT NULL,
                                 body BLOB NOT NULL, sid BLOB NOT NULL) WITHOUT ROWID;
CREATE INDEX checklist_template_version ON checklist_template (version, seq);
CREATE TABLE rest_days (rid TEXT PRIMARY KEY, seq INTEGER NOT NULL, body BLOB NOT NULL,
                        sid BLOB NOT NULL) WITHOUT ROWID;
"""


def newest_template(index: Index) -> SiteTemplate | None:
    """The copy that new lists are made with."""
    row = index.row("SELECT body FROM checklist_template ORDER BY version DESC, seq LIMIT 1")
    return None if row is None else from_bytes(SiteTemplate, bytes(row[0]))


def template(index: Index, version: int) -> SiteTemplate | None:
    """The first that was written under this version."""
    row = index.row(
        "SELECT body FROM checklist_template WHERE version = :version ORDER BY seq LIMIT 1", {"version": version}
    )
    return None if row is None else from_bytes(SiteTemplate, bytes(row[0]))


def rest_days(index: Index) -> RestDays | None:
    """The newest."""
    row = index.row("SELECT body FROM rest_days ORDER BY seq DESC LIMIT 1")
    return None if row is None else from_bytes(RestDays, bytes(row[0]))


def apply(index: Index, record: Record) -> None:
    values = record.columns()
    if record.kind == TEMPLATE:
        copy = from_payload(SiteTemplate, record.payload)
        index.run(
            "INSERT OR REPLACE INTO checklist_template (rid, seq, version, body, sid)"
            " VALUES (:rid, :seq, :version, :body, :sid)",
            values | {"version": copy.version},
        )
    else:
        from_payload(RestDays, record.payload)
        index.run("INSERT OR REPLACE INTO rest_days (rid, seq, body, sid) VALUES (:rid, :seq, :body, :sid)", values)


def search(_record: Record) -> SearchText | None:
    """No person stands in them."""
    return None


PROJECTION = Projection(
    feature="readiness_site",
    version=1,
    comps=(HOUSE,),
    ddl=DDL,
    kinds={TEMPLATE: (1,), REST_DAYS: (1,)},
    retention={TEMPLATE: "house", REST_DAYS: "house"},
    apply=apply,
    search=search,
)
