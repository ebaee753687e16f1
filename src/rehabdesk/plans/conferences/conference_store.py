"""How conferences lie in the team's index: versions, agreed actions with their marks, additions, exchanges.

The team's full-text search holds all their words; who is shown which of them: `conference_search_service.py`.
"""

import json
from collections.abc import Sequence
from datetime import date, datetime

from rehabdesk.core.clock import parse_stamp, stamp
from rehabdesk.core.payload import from_bytes, from_payload
from rehabdesk.db.projection import TEAM, Index, Projection, Record, SearchText
from rehabdesk.plans.conferences.conference_model import (
    AGREED,
    WITH_MINUTES,
    ActionMark,
    Addition,
    Conference,
    ConferenceState,
    Exchange,
)
from rehabdesk.plans.conferences.conference_stored_model import (
    OpenAction,
    StoredAddition,
    StoredConference,
    StoredExchange,
    WaitingConference,
)

CONFERENCE, MARK, ADDITION, EXCHANGE = (
    "conference",
    "conference_mark",
    "conference_addition",
    "conference_exchange",
)
CONFERENCE_TERM = "kindconference"
"""Search term of a conference and of all that is kept beside it."""
DDL = """
CREATE TABLE plans_conference (rid TEXT PRIMARY KEY, person TEXT NOT NULL, ver INTEGER NOT NULL, state TEXT NOT NULL,
    at TEXT NOT NULL, chair TEXT NOT NULL, author TEXT NOT NULL, body BLOB NOT NULL, sid BLOB NOT NULL) WITHOUT ROWID;
CREATE INDEX plans_conference_person ON plans_conference (person, at);
CREATE INDEX plans_conference_state ON plans_conference (state, at);
CREATE TABLE plans_conference_action (conference TEXT NOT NULL, action TEXT NOT NULL, owner TEXT NOT NULL,
    due TEXT NOT NULL, words TEXT NOT NULL, sid BLOB NOT NULL, PRIMARY KEY (conference, action)) WITHOUT ROWID;
CREATE INDEX plans_conference_action_owner ON plans_conference_action (owner, due);
CREATE TABLE plans_conference_mark (seq INTEGER PRIMARY KEY, rid TEXT NOT NULL, conference TEXT NOT NULL,
    action TEXT NOT NULL, status TEXT NOT NULL, body BLOB NOT NULL, sid BLOB NOT NULL);
CREATE INDEX plans_conference_mark_action ON plans_conference_mark (conference, action, seq);
CREATE TABLE plans_conference_beside (seq INTEGER PRIMARY KEY, rid TEXT NOT NULL, conference TEXT NOT NULL,
    kind TEXT NOT NULL, author TEXT NOT NULL, at TEXT NOT NULL, body BLOB NOT NULL, sid BLOB NOT NULL);
CREATE INDEX plans_conference_beside_conference ON plans_conference_beside (conference, kind, seq);
CREATE INDEX plans_conference_mark_rid ON plans_conference_mark (rid);
CREATE INDEX plans_conference_beside_rid ON plans_conference_beside (rid);
"""

_CONFERENCE = "SELECT rid, person, author, body FROM plans_conference"


def conferences(index: Index, person: str) -> tuple[StoredConference, ...]:
    """All of a person, the latest first, as they were written (without marks)."""
    rows = index.rows(f"{_CONFERENCE} WHERE person = :person ORDER BY at DESC, rid DESC", {"person": person})
    return tuple(_stored(*row) for row in rows)


def conference(index: Index, rid: str) -> StoredConference | None:
    row = index.row(f"{_CONFERENCE} WHERE rid = :rid", {"rid": rid})
    return None if row is None else _stored(*row)


def found(index: Index, rids: Sequence[str]) -> tuple[tuple[str, StoredConference], ...]:
    """(record id, conference) of the conferences among these records, and of those beside which these are kept."""
    these = "rid IN (SELECT value FROM json_each(:rids))"
    rows = index.rows(
        f"""WITH hit (rid, conference) AS (SELECT rid, rid FROM plans_conference WHERE {these}
            UNION ALL SELECT rid, conference FROM plans_conference_mark WHERE {these}
            UNION ALL SELECT rid, conference FROM plans_conference_beside WHERE {these})
        SELECT hit.rid, c.rid, c.person, c.author, c.body FROM hit JOIN plans_conference c ON c.rid = hit.conference""",
        {"rids": json.dumps(list(rids))},
    )
    return tuple((str(rid), _stored(*rest)) for rid, *rest in rows)


def marks(index: Index, rid: str) -> tuple[ActionMark, ...]:
    """The marks on the actions of one conference, oldest first."""
    rows = index.rows("SELECT body FROM plans_conference_mark WHERE conference = :rid ORDER BY seq", {"rid": rid})
    return tuple(from_bytes(ActionMark, bytes(body)) for (body,) in rows)


def additions(index: Index, rid: str) -> tuple[StoredAddition, ...]:
    """What was added to agreed minutes, oldest first."""
    return tuple(
        StoredAddition(author=author, at=parse_stamp(at), addition=from_bytes(Addition, bytes(body)))
        for author, at, body in _beside(index, rid, ADDITION)
    )


def exchanges(index: Index, rid: str) -> tuple[StoredExchange, ...]:
    """What was given or refused after the conference, oldest first."""
    return tuple(
        StoredExchange(author=author, at=parse_stamp(at), exchange=from_bytes(Exchange, bytes(body)))
        for author, at, body in _beside(index, rid, EXCHANGE)
    )


def open_actions(index: Index, owner: str, limit: int) -> tuple[OpenAction, ...]:
    """Actions of agreed conferences that this login has to do, the earliest due first."""
    rows = index.rows(
        """SELECT a.conference, c.person, a.action, a.words, a.due FROM plans_conference_action a
        JOIN plans_conference c ON c.rid = a.conference
        WHERE a.owner = :owner AND coalesce((SELECT m.status FROM plans_conference_mark m
            WHERE m.conference = a.conference AND m.action = a.action ORDER BY m.seq DESC LIMIT 1), 'open') = 'open'
        ORDER BY a.due, a.conference, a.action LIMIT :limit""",
        {"owner": owner, "limit": limit},
    )
    return tuple(
        OpenAction(conference=rid, person=person, action=action, words=words, due=date.fromisoformat(due))
        for rid, person, action, words, due in rows
    )


def in_state(
    index: Index, state: ConferenceState, limit: int, *, chair: str = "", author: str = ""
) -> tuple[WaitingConference, ...]:
    """Conferences in a stored state, the earliest first; with `chair` or `author` those of one login only."""
    rows = index.rows(
        """SELECT rid, person, at FROM plans_conference
        WHERE state = :state AND (:chair = '' OR chair = :chair) AND (:author = '' OR author = :author)
        ORDER BY at, rid LIMIT :limit""",
        {"state": state, "chair": chair, "author": author, "limit": limit},
    )
    return tuple(WaitingConference(rid=rid, person=person, at=parse_stamp(at)) for rid, person, at in rows)


def planned_between(
    index: Index, start: datetime, end: datetime, *, chair: str, persons: frozenset[str], limit: int
) -> tuple[WaitingConference, ...]:
    """Conferences that are planned for a stretch of time, the earliest first: of one chair, or about these persons."""
    rows = index.rows(
        """SELECT rid, person, at FROM plans_conference
        WHERE state = :state AND at >= :start AND at < :end
        AND (chair = :chair OR person IN (SELECT value FROM json_each(:persons))) ORDER BY at, rid LIMIT :limit""",
        {
            "state": ConferenceState.SCHEDULED,
            "start": stamp(start),
            "end": stamp(end),
            "chair": chair,
            "persons": json.dumps(sorted(persons)),
            "limit": limit,
        },
    )
    return tuple(WaitingConference(rid=rid, person=person, at=parse_stamp(at)) for rid, person, at in rows)


def scheduled_from(index: Index, at: datetime, limit: int) -> tuple[StoredConference, ...]:
    """Conferences to come, of anybody, the earliest first."""
    rows = index.rows(
        f"{_CONFERENCE} WHERE state = :state AND at >= :at ORDER BY at, rid LIMIT :limit",
        {"state": ConferenceState.SCHEDULED, "at": stamp(at), "limit": limit},
    )
    return tuple(_stored(*row) for row in rows)


def _beside(index: Index, rid: str, kind: str) -> list[tuple[str, str, bytes]]:
    rows = index.rows(
        """SELECT author, at, body FROM plans_conference_beside WHERE conference = :rid AND kind = :kind
        ORDER BY seq""",
        {"rid": rid, "kind": kind},
    )
    return [(author, at, body) for author, at, body in rows]


def _stored(rid: str, person: str, author: str, body: bytes) -> StoredConference:
    return StoredConference(rid=rid, person=person, author=author, conference=from_bytes(Conference, bytes(body)))


def apply(index: Index, record: Record) -> None:
    """Puts one version, mark, addition or exchange into its table; the same record twice changes nothing."""
    values = record.columns() | {"kind": record.kind}
    if record.kind == CONFERENCE:
        _apply_version(index, record, values)
        return
    if record.kind == MARK:
        mark = from_payload(ActionMark, record.payload)
        index.run(
            """INSERT OR REPLACE INTO plans_conference_mark (seq, rid, conference, action, status, body, sid)
            VALUES (:seq, :rid, :conference, :action, :status, :body, :sid)""",
            values | {"conference": mark.conference, "action": mark.action, "status": mark.status},
        )
        return
    if record.kind == ADDITION:
        conference_id = from_payload(Addition, record.payload).conference
    else:
        conference_id = from_payload(Exchange, record.payload).conference
    index.run(
        """INSERT OR REPLACE INTO plans_conference_beside (seq, rid, conference, kind, author, at, body, sid)
        VALUES (:seq, :rid, :conference, :kind, :author, :at, :body, :sid)""",
        values | {"conference": conference_id},
    )


def _apply_version(index: Index, record: Record, values: dict[str, object]) -> None:
    found = from_payload(Conference, record.payload)
    index.run(
        """INSERT INTO plans_conference (rid, person, ver, state, at, chair, author, body, sid)
        VALUES (:rid, :person, :ver, :state, :at, :chair, :author, :body, :sid)
        ON CONFLICT (rid) DO UPDATE SET ver = :ver, state = :state, at = :at, chair = :chair, body = :body
        WHERE :ver >= ver""",
        values | {"state": found.state, "at": stamp(found.at), "chair": found.chair},
    )
    if found.state not in AGREED or found.minutes is None:
        return  # nobody has to do what is not agreed
    for action in found.minutes.actions:  # the same in every later version
        index.run(
            """INSERT OR REPLACE INTO plans_conference_action (conference, action, owner, due, words, sid)
            VALUES (:rid, :action, :owner, :due, :words, :sid)""",
            values | {"action": action.id, "owner": action.owner, "due": action.due.isoformat(), "words": action.text},
        )


def _search(record: Record) -> SearchText | None:
    if record.kind == CONFERENCE:
        typed = _words_of(from_payload(Conference, record.payload))
    elif record.kind == MARK:
        typed = [from_payload(ActionMark, record.payload).words]
    elif record.kind == ADDITION:
        typed = [from_payload(Addition, record.payload).words]
    else:
        exchange = from_payload(Exchange, record.payload)
        given, refused = exchange.given, exchange.refused
        typed = [] if given is None else [given.what, given.to]
        typed += [] if refused is None else [refused.what, refused.agency, refused.asked_by]
        typed.append(exchange.cite)
    body = "\n".join(words for words in typed if words)
    return SearchText(title="", body=body, scope=(record.person or "", CONFERENCE_TERM)) if body else None


def _words_of(one: Conference) -> list[str]:
    """What was typed into it; of minutes that the chair gave back nothing, as no page shows them. Interpreters are
    aliases that nobody looks for (G15).
    """
    typed = [one.place, one.reason, one.not_invited_because]
    typed += [words for each in one.attendees for words in (each.name, each.agency)]
    minutes = one.minutes
    if one.state not in WITH_MINUTES or minutes is None:
        return typed
    typed += [minutes.summary, minutes.person_statement, *minutes.decisions]
    typed += [each.contribution for each in one.attendees]
    typed += [words for action in minutes.actions for words in (action.text, action.owner_words)]
    typed += [words for item in minutes.shared for words in (item.what, item.to)]
    typed += [words for kept in minutes.kept_back for words in (kept.what, kept.agency, kept.asked_by)]
    return typed


PROJECTION = Projection(
    feature="plans_conferences",
    version=2,
    comps=(TEAM,),
    ddl=DDL,
    kinds={CONFERENCE: (1,), MARK: (1,), ADDITION: (1,), EXCHANGE: (1, 2)},
    retention={CONFERENCE: "case", MARK: "case", ADDITION: "case", EXCHANGE: "case"},
    apply=apply,
    search=_search,
)
