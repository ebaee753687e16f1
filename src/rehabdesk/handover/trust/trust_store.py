"""How roots, certificates and teams lie in the index of the house compartment, and how they are found again."""

import json
from datetime import datetime
from typing import TypeVar

from rehabdesk.core.clock import parse_stamp, stamp
from rehabdesk.core.errors import FormatError
from rehabdesk.core.payload import from_payload
from rehabdesk.db.projection import HOUSE, Index, Projection, Record, SearchText
from rehabdesk.handover.trust.own_team_model import OwnTeamKeys
from rehabdesk.handover.trust.sites_model import KnownSite
from rehabdesk.handover.trust.trust_model import CardKey, KeyRequest, MemberCertificate, SiteStanding, Team, Withdrawal

SITE_STANDING, CARD_KEY, KEY_REQUEST, CERTIFICATE, TEAM_KEY = (
    "site_standing",
    "card_key",
    "key_request",
    "member_certificate",
    "team_key",
)
WITHDRAWAL, KNOWN_SITE, OWN_TEAM = "key_withdrawal", "known_site", "own_team"
VERSIONS = {SITE_STANDING: 2}
"""The payload version that is written, where it is not the first."""
DDL = """
CREATE TABLE trust (rid TEXT PRIMARY KEY, ver INTEGER NOT NULL, seq INTEGER NOT NULL, sid BLOB NOT NULL,
    kind TEXT NOT NULL, about TEXT NOT NULL, since TEXT, details TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX trust_about ON trust (kind, about, seq);
"""
T = TypeVar("T")
_ABOUT = {KEY_REQUEST: "uid", CERTIFICATE: "uid", TEAM_KEY: "id", WITHDRAWAL: "serial", KNOWN_SITE: "id"}


def newest(index: Index, kind: str, cls: type[T], about: str = "") -> T | None:
    """The newest record of a kind about somebody."""
    row = index.row(
        "SELECT details FROM trust WHERE kind = :kind AND about = :about ORDER BY seq DESC LIMIT 1",
        {"kind": kind, "about": about},
    )
    return None if row is None else from_payload(cls, json.loads(row[0]))


def newest_of_each(index: Index, kind: str, cls: type[T]) -> tuple[T, ...]:
    """For everybody the newest record of a kind, in the order in which they were first heard of."""
    rows = index.rows(
        """SELECT details FROM trust AS one WHERE kind = :kind AND seq = (SELECT max(seq) FROM trust AS other
        WHERE other.kind = one.kind AND other.about = one.about) ORDER BY about""",
        {"kind": kind},
    )
    return tuple(from_payload(cls, json.loads(row[0])) for row in rows)


def all_of(index: Index, kind: str, cls: type[T], about: str | None = None) -> tuple[tuple[str, T], ...]:
    """All records of a kind, each with its id, the one last written first."""
    rows = index.rows(
        """SELECT rid, details FROM trust WHERE kind = :kind AND (:about IS NULL OR about = :about)
        ORDER BY seq DESC""",
        {"kind": kind, "about": about},
    )
    return tuple((str(row[0]), from_payload(cls, json.loads(row[1]))) for row in rows)


def confirmed_sites(index: Index, site: str) -> tuple[tuple[KnownSite, datetime], ...]:
    """The cards of a site that counted here, each with the moment of its ceremony; the one that counts now first."""
    rows = index.rows(
        """SELECT details, since FROM trust WHERE kind = :kind AND about = :site AND since IS NOT NULL
        ORDER BY seq DESC""",
        {"kind": KNOWN_SITE, "site": site},
    )
    return tuple((from_payload(KnownSite, json.loads(row[0])), parse_stamp(str(row[1]))) for row in rows)


def last_written(index: Index, kind: str, about: str) -> int:
    """The place in the order of writing of the newest record of a kind about somebody; 0 where there is none."""
    row = index.row("SELECT max(seq) FROM trust WHERE kind = :kind AND about = :about", {"kind": kind, "about": about})
    return 0 if row is None or row[0] is None else int(row[0])


def rid_of(index: Index, kind: str, about: str) -> str | None:
    """The record to which a next version belongs."""
    row = index.row(
        "SELECT rid FROM trust WHERE kind = :kind AND about = :about ORDER BY seq DESC LIMIT 1",
        {"kind": kind, "about": about},
    )
    return None if row is None else str(row[0])


_CLASSES = {
    SITE_STANDING: SiteStanding,
    CARD_KEY: CardKey,
    KEY_REQUEST: KeyRequest,
    CERTIFICATE: MemberCertificate,
    TEAM_KEY: Team,
    WITHDRAWAL: Withdrawal,
    KNOWN_SITE: KnownSite,
    OWN_TEAM: OwnTeamKeys,
}


def _apply(index: Index, record: Record) -> None:
    from_payload(_CLASSES[record.kind], record.payload)
    about = record.payload.get(_ABOUT[record.kind], "") if record.kind in _ABOUT else ""
    if not isinstance(about, str):
        raise FormatError("A record of the house is not of the form that this version knows.")
    confirmed = record.kind == KNOWN_SITE and record.payload.get("confirmation") is not None
    index.run(
        # a site counts since the first version that says so
        """INSERT INTO trust (rid, ver, seq, sid, kind, about, since, details)
        VALUES (:rid, :ver, :seq, :sid, :kind, :about, :since, :details)
        ON CONFLICT (rid) DO UPDATE SET ver = :ver, seq = :seq, since = coalesce(since, :since), details = :details
        WHERE :ver >= ver""",
        {
            "rid": record.rid,
            "ver": record.ver,
            "seq": record.seq,
            "sid": record.sid,
            "kind": record.kind,
            "about": about,
            "since": stamp(record.recorded_at) if confirmed else None,
            "details": json.dumps(record.payload, ensure_ascii=False),
        },
    )


def _search(_: Record) -> SearchText | None:
    return None


PROJECTION = Projection(
    feature="trust",
    version=3,
    comps=(HOUSE,),
    ddl=DDL,
    kinds={kind: tuple(range(1, VERSIONS.get(kind, 1) + 1)) for kind in _CLASSES},
    retention=dict.fromkeys(_CLASSES, "house"),
    apply=_apply,
    search=_search,
)
