"""How programmes of people, their sessions and the site's own names for programmes lie in the team's index."""

import json
from collections.abc import Sequence

from rehabdesk.core.payload import from_bytes, from_payload
from rehabdesk.db.projection import TEAM, Index, Projection, Record, SearchText
from rehabdesk.plans.programmes.intervention_model import (
    Intervention,
    Session,
    SiteProgramme,
    StoredIntervention,
    StoredSession,
)
from rehabdesk.plans.store import PLAN_TERM

INTERVENTION, SESSION, PROGRAMME = "intervention", "session_attendance", "site_programme"
DDL = """
CREATE TABLE plans_intervention (rid TEXT PRIMARY KEY, person TEXT NOT NULL, ver INTEGER NOT NULL, state TEXT NOT NULL,
    start TEXT NOT NULL, author TEXT NOT NULL, body BLOB NOT NULL, sid BLOB NOT NULL) WITHOUT ROWID;
CREATE INDEX plans_intervention_person ON plans_intervention (person, start, rid);
CREATE TABLE plans_session (rid TEXT PRIMARY KEY, person TEXT NOT NULL, intervention TEXT NOT NULL,
    ver INTEGER NOT NULL, day TEXT NOT NULL, taken_back INTEGER NOT NULL, author TEXT NOT NULL, body BLOB NOT NULL,
    sid BLOB NOT NULL) WITHOUT ROWID;
CREATE INDEX plans_session_of ON plans_session (intervention, day, rid);
CREATE TABLE plans_programme (rid TEXT PRIMARY KEY, name TEXT NOT NULL, body BLOB NOT NULL, sid BLOB NOT NULL)
    WITHOUT ROWID;
"""


def interventions(index: Index, person: str) -> tuple[StoredIntervention, ...]:
    """All of a person: what runs, then what is planned, then what ended, each the latest first."""
    rows = index.rows(
        """SELECT rid, person, author, body FROM plans_intervention WHERE person = :person
        ORDER BY CASE state WHEN 'running' THEN 0 WHEN 'planned' THEN 1 ELSE 2 END, start DESC, rid DESC""",
        {"person": person},
    )
    return tuple(_intervention(*row) for row in rows)


def intervention(index: Index, rid: str) -> StoredIntervention | None:
    row = index.row("SELECT rid, person, author, body FROM plans_intervention WHERE rid = :rid", {"rid": rid})
    return None if row is None else _intervention(*row)


def found(index: Index, rids: Sequence[str]) -> tuple[StoredIntervention, ...]:
    """The programmes of people among these records."""
    rows = index.rows(
        """SELECT rid, person, author, body FROM plans_intervention
        WHERE rid IN (SELECT value FROM json_each(:rids))""",
        {"rids": json.dumps(list(rids))},
    )
    return tuple(_intervention(*row) for row in rows)


def sessions(index: Index, rid: str) -> tuple[StoredSession, ...]:
    """Of one programme, the latest first, without those recorded by mistake."""
    rows = index.rows(
        """SELECT rid, person, author, body FROM plans_session WHERE intervention = :rid AND NOT taken_back
        ORDER BY day DESC, rid DESC""",
        {"rid": rid},
    )
    return tuple(_session(*row) for row in rows)


def session(index: Index, rid: str) -> StoredSession | None:
    row = index.row("SELECT rid, person, author, body FROM plans_session WHERE rid = :rid", {"rid": rid})
    return None if row is None else _session(*row)


def programmes(index: Index) -> tuple[SiteProgramme, ...]:
    """The names that this site added, in order of the alphabet as bytes have it."""
    rows = index.rows("SELECT body FROM plans_programme ORDER BY name, rid")
    return tuple(from_bytes(SiteProgramme, bytes(body)) for (body,) in rows)


def _intervention(rid: str, person: str, author: str, body: bytes) -> StoredIntervention:
    return StoredIntervention(rid=rid, person=person, author=author, intervention=from_bytes(Intervention, bytes(body)))


def _session(rid: str, person: str, author: str, body: bytes) -> StoredSession:
    return StoredSession(rid=rid, person=person, author=author, session=from_bytes(Session, bytes(body)))


def apply(index: Index, record: Record) -> None:
    """Puts one version into its table; the same record twice changes nothing."""
    values = record.columns()
    if record.kind == INTERVENTION:
        one = from_payload(Intervention, record.payload)
        index.run(
            """INSERT INTO plans_intervention (rid, person, ver, state, start, author, body, sid)
            VALUES (:rid, :person, :ver, :state, :start, :author, :body, :sid)
            ON CONFLICT (rid) DO UPDATE SET ver = :ver, state = :state, start = :start, body = :body
            WHERE :ver >= ver""",
            values | {"state": one.state, "start": one.start.isoformat()},
        )
    elif record.kind == SESSION:
        held = from_payload(Session, record.payload)
        index.run(
            """INSERT INTO plans_session (rid, person, intervention, ver, day, taken_back, author, body, sid)
            VALUES (:rid, :person, :intervention, :ver, :day, :taken_back, :author, :body, :sid)
            ON CONFLICT (rid) DO UPDATE SET ver = :ver, taken_back = :taken_back, body = :body WHERE :ver >= ver""",
            values
            | {"intervention": held.intervention, "day": held.on.isoformat(), "taken_back": int(held.taken_back)},
        )
    else:
        index.run(
            "INSERT OR REPLACE INTO plans_programme (rid, name, body, sid) VALUES (:rid, :name, :body, :sid)",
            values | {"name": from_payload(SiteProgramme, record.payload).name},
        )


def search(record: Record) -> SearchText | None:
    """A programme is found by its name, provider and words."""
    if record.kind != INTERVENTION or record.person is None:
        return None
    one = from_payload(Intervention, record.payload)
    body = "\n".join(words for words in (one.name, one.provider, one.words) if words)
    return SearchText(title="", body=body, scope=(record.person, PLAN_TERM))


PROJECTION = Projection(
    feature="plans_interventions",
    version=2,
    comps=(TEAM,),
    ddl=DDL,
    kinds={INTERVENTION: (1,), SESSION: (1,), PROGRAMME: (1,)},
    retention={INTERVENTION: "case", SESSION: "case", PROGRAMME: "house"},
    apply=apply,
    search=search,
)
