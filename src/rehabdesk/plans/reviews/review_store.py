"""How reviews lie in the team's index: signed ones, what moved or put off the next, and the site's shorter times."""

import json
from collections.abc import Sequence
from datetime import date, datetime

from rehabdesk.core.clock import parse_stamp
from rehabdesk.core.payload import from_bytes, from_payload
from rehabdesk.db.projection import TEAM, Index, Projection, Record, SearchText
from rehabdesk.plans.reviews.review_model import PutOff, Review, ReviewMove, Shortened
from rehabdesk.plans.reviews.review_rule_model import MovedBecause
from rehabdesk.plans.reviews.review_stored_model import ReviewCourse, StoredMove, StoredPutOff, StoredReview
from rehabdesk.plans.store import PLAN_TERM

REVIEW, MOVE, PUT_OFF, SHORTENED = "review", "review_move", "review_put_off", "review_rules"
DDL = """
CREATE TABLE plans_review (seq INTEGER PRIMARY KEY, rid TEXT NOT NULL, person TEXT NOT NULL, held TEXT NOT NULL,
    author TEXT NOT NULL, at TEXT NOT NULL, body BLOB NOT NULL, sid BLOB NOT NULL);
CREATE INDEX plans_review_person ON plans_review (person, held, at, seq);
CREATE INDEX plans_review_rid ON plans_review (rid);
CREATE TABLE plans_review_beside (rid TEXT PRIMARY KEY, ver INTEGER NOT NULL, seq INTEGER NOT NULL,
    person TEXT NOT NULL, kind TEXT NOT NULL, because TEXT NOT NULL, day TEXT NOT NULL, taken_back INTEGER NOT NULL,
    author TEXT NOT NULL, at TEXT NOT NULL, body BLOB NOT NULL, sid BLOB NOT NULL);
CREATE INDEX plans_review_beside_person ON plans_review_beside (person, kind, taken_back, seq, because, day, at);
CREATE TABLE plans_review_rules (seq INTEGER PRIMARY KEY, rid TEXT NOT NULL, body BLOB NOT NULL, sid BLOB NOT NULL);
"""

_REVIEW = "SELECT rid, person, author, at, body FROM plans_review"


def reviews(index: Index, person: str) -> tuple[StoredReview, ...]:
    """All of a person, the latest first."""
    rows = index.rows(f"{_REVIEW} WHERE person = :person ORDER BY held DESC, seq DESC", {"person": person})
    return tuple(_stored(*row) for row in rows)


def review(index: Index, rid: str) -> StoredReview | None:
    row = index.row(f"{_REVIEW} WHERE rid = :rid", {"rid": rid})
    return None if row is None else _stored(*row)


def moves(index: Index, person: str) -> tuple[StoredMove, ...]:
    """What was noted to have happened, the latest first."""
    return tuple(
        StoredMove(author=author, at=at, move=from_bytes(ReviewMove, body))
        for author, at, body in _beside(index, person, MOVE)
    )


def put_off(index: Index, person: str) -> tuple[StoredPutOff, ...]:
    """Sittings that did not take place, the latest first."""
    return tuple(
        StoredPutOff(author=author, at=at, put_off=from_bytes(PutOff, body))
        for author, at, body in _beside(index, person, PUT_OFF)
    )


def reviews_among(index: Index, rids: Sequence[str]) -> tuple[StoredReview, ...]:
    """The reviews among these records."""
    rows = index.rows(f"{_REVIEW} WHERE rid IN (SELECT value FROM json_each(:rids))", {"rids": json.dumps(list(rids))})
    return tuple(_stored(*row) for row in rows)


def noted_among(index: Index, rids: Sequence[str]) -> tuple[tuple[str, str, str, date], ...]:
    """(record id, person, kind, day) of what was noted between reviews among these records, and stands."""
    rows = index.rows(
        """SELECT rid, person, kind, day FROM plans_review_beside
        WHERE taken_back = 0 AND rid IN (SELECT value FROM json_each(:rids))""",
        {"rids": json.dumps(list(rids))},
    )
    return tuple((str(rid), str(person), str(kind), date.fromisoformat(day)) for rid, person, kind, day in rows)


def noted(index: Index, rid: str) -> tuple[str, str, ReviewMove | PutOff] | None:
    """(kind, person, what) of something that was noted between reviews."""
    row = index.row("SELECT kind, person, body FROM plans_review_beside WHERE rid = :rid", {"rid": rid})
    if row is None:
        return None
    kind, person, body = str(row[0]), str(row[1]), bytes(row[2])
    return kind, person, from_bytes(ReviewMove, body) if kind == MOVE else from_bytes(PutOff, body)


def courses(index: Index, persons: Sequence[str]) -> dict[str, ReviewCourse]:
    """The last review of each of these persons and what was noted, by person; nobody of whom there is nothing."""
    values = {"persons": json.dumps(list(persons))}
    these = "person IN (SELECT value FROM json_each(:persons))"
    last: dict[str, tuple[str, str]] = {}
    for person, held, at in index.rows(
        f"SELECT person, held, at FROM plans_review WHERE {these} ORDER BY person, held, seq", values
    ):
        last[person] = (held, at)
    moved: dict[str, list[tuple[MovedBecause, date, str]]] = {}
    tried: dict[str, list[tuple[str, str]]] = {}
    for person, kind, because, day, at in index.rows(
        f"""SELECT person, kind, because, day, at FROM plans_review_beside WHERE {these} AND taken_back = 0
        ORDER BY person, kind, seq""",
        values,
    ):
        if kind == MOVE:
            moved.setdefault(person, []).append((MovedBecause(because), date.fromisoformat(day), at))
        else:
            tried.setdefault(person, []).append((because, at))
    return {
        person: ReviewCourse(
            person=person,
            last=date.fromisoformat(last[person][0]) if person in last else None,
            at=parse_stamp(last[person][1]) if person in last else None,
            moves=tuple((because, day, parse_stamp(at)) for because, day, at in moved.get(person, ())),
            put_off=tuple((because, parse_stamp(at)) for because, at in tried.get(person, ())),
        )
        for person in {*last, *moved, *tried}
    }


def shortened(index: Index) -> Shortened | None:
    """What the site reviews more often, as it was set last."""
    row = index.row("SELECT body FROM plans_review_rules ORDER BY seq DESC LIMIT 1")
    return None if row is None else from_bytes(Shortened, bytes(row[0]))


def _beside(index: Index, person: str, kind: str) -> list[tuple[str, datetime, bytes]]:
    rows = index.rows(
        """SELECT author, at, body FROM plans_review_beside
        WHERE person = :person AND kind = :kind AND taken_back = 0 ORDER BY seq DESC""",
        {"person": person, "kind": kind},
    )
    return [(author, parse_stamp(at), bytes(body)) for author, at, body in rows]


def _stored(rid: str, person: str, author: str, at: str, body: bytes) -> StoredReview:
    found = from_bytes(Review, bytes(body))
    return StoredReview(rid=rid, person=person, author=author, at=parse_stamp(at), review=found)


def apply(index: Index, record: Record) -> None:
    values = record.columns()
    if record.kind == SHORTENED:
        index.run(
            "INSERT OR REPLACE INTO plans_review_rules (seq, rid, body, sid) VALUES (:seq, :rid, :body, :sid)", values
        )
    elif record.kind == REVIEW:
        held = from_payload(Review, record.payload).on.isoformat()
        index.run(
            """INSERT OR REPLACE INTO plans_review (seq, rid, person, held, author, at, body, sid)
            VALUES (:seq, :rid, :person, :held, :author, :at, :body, :sid)""",
            values | {"held": held},
        )
    else:
        beside = _beside_in(record)
        index.run(
            """INSERT INTO plans_review_beside
                (rid, ver, seq, person, kind, because, day, taken_back, author, at, body, sid)
            VALUES (:rid, :ver, :seq, :person, :kind, :because, :day, :taken_back, :author, :at, :body, :sid)
            ON CONFLICT (rid) DO UPDATE SET ver = :ver, taken_back = :taken_back, body = :body WHERE :ver >= ver""",
            values
            | {
                "ver": record.ver,
                "kind": record.kind,
                "because": str(beside.because),
                "day": beside.on.isoformat(),
                "taken_back": int(beside.taken_back),
            },
        )


def _beside_in(record: Record) -> ReviewMove | PutOff:
    return from_payload(ReviewMove, record.payload) if record.kind == MOVE else from_payload(PutOff, record.payload)


def search(record: Record) -> SearchText | None:
    """Reviews are found by what was typed into them, what was noted in between by its words until it is taken back."""
    if record.kind == REVIEW:
        one = from_payload(Review, record.payload)
        typed = [one.looked_back, one.agreement_words, one.no_words_because, one.late_words]
        typed += [look.words for look in one.goals]
    elif record.kind in (MOVE, PUT_OFF):
        beside = _beside_in(record)
        typed = [] if beside.taken_back else [beside.words]
    else:
        return None
    body = "\n".join(words for words in typed if words)
    return SearchText(title="", body=body, scope=(record.person or "", PLAN_TERM)) if body else None


PROJECTION = Projection(
    feature="plans_reviews",
    version=2,
    comps=(TEAM,),
    ddl=DDL,
    kinds={REVIEW: (1,), MOVE: (1,), PUT_OFF: (1,), SHORTENED: (1,)},
    retention={REVIEW: "case", MOVE: "case", PUT_OFF: "case", SHORTENED: "single"},
    apply=apply,
    search=search,
)
