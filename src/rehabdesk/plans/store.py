"""How plans lie in the team's index: versions and marks. "Current" is a query."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from rehabdesk.core.canon import dump
from rehabdesk.core.clock import parse_stamp
from rehabdesk.core.payload import from_bytes, from_payload, to_payload
from rehabdesk.db.projection import TEAM, Index, Projection, Record, SearchText
from rehabdesk.plans.mark_model import Mark
from rehabdesk.plans.model import IN_FORCE, Agreement, ClosedBecause, Horizon, Plan, SignOff, VersionState
from rehabdesk.plans.stored_model import PlanCourse, StoredPlan, read_plan

PLAN, MARK = "plan", "plan_mark"
PLAN_TERM = "plan"
"""Search term of plans and of all that is said, done and reviewed beside them."""
DDL = """
CREATE TABLE plan (rid TEXT PRIMARY KEY, plan TEXT NOT NULL, person TEXT NOT NULL, version INTEGER NOT NULL,
                   ver INTEGER NOT NULL, state TEXT NOT NULL, agreement TEXT NOT NULL, signoff TEXT NOT NULL,
                   review_due TEXT, author TEXT NOT NULL, body BLOB NOT NULL, sid BLOB NOT NULL,
                   begun TEXT, answered TEXT, ended TEXT, horizon TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX plan_person ON plan (person, version);
CREATE TABLE plan_mark (seq INTEGER PRIMARY KEY, rid TEXT NOT NULL, plan TEXT NOT NULL, version INTEGER NOT NULL,
                        body BLOB NOT NULL, sid BLOB NOT NULL);
CREATE INDEX plan_mark_plan ON plan_mark (plan, version, seq);
"""


_PLAN = "SELECT rid, person, author, body FROM plan"


def versions(index: Index, person: str) -> tuple[StoredPlan, ...]:
    """Every version of a person's plans, newest first, as it was written (without marks)."""
    rows = index.rows(f"{_PLAN} WHERE person = :person ORDER BY version DESC, rid DESC", {"person": person})
    return tuple(_stored(*row) for row in rows)


def current(index: Index, person: str) -> StoredPlan | None:
    """What a person's plan page shows: the newest version that counts or rests, a proposal before the one in force."""
    row = index.row(
        f"""{_PLAN} WHERE person = :person
        AND state IN ('proposed', 'active', 'under_review', 'suspended') ORDER BY version DESC LIMIT 1""",
        {"person": person},
    )
    return None if row is None else _stored(*row)


def in_force(index: Index, person: str) -> StoredPlan | None:
    """The newest version that is active or under review."""
    row = index.row(
        f"{_PLAN} WHERE person = :person AND state IN ('active', 'under_review') ORDER BY version DESC LIMIT 1",
        {"person": person},
    )
    return None if row is None else _stored(*row)


def version(index: Index, rid: str) -> StoredPlan | None:
    row = index.row(f"{_PLAN} WHERE rid = :rid", {"rid": rid})
    return None if row is None else _stored(*row)


def marks(index: Index, plan: Plan) -> tuple[Mark, ...]:
    """The marks on this version, oldest first."""
    rows = index.rows(
        "SELECT body FROM plan_mark WHERE plan = :plan AND version = :version ORDER BY seq",
        {"plan": plan.plan, "version": plan.version},
    )
    return tuple(from_bytes(Mark, bytes(body)) for (body,) in rows)


def found(index: Index, rids: Sequence[str]) -> tuple[StoredPlan, ...]:
    """The plans among these records, as they were written (without marks)."""
    rows = index.rows(
        f"{_PLAN} WHERE rid IN (SELECT value FROM json_each(:rids))",
        {"rids": json.dumps(list(rids))},
    )
    return tuple(_stored(*row) for row in rows)


def courses(index: Index, persons: Sequence[str]) -> dict[str, PlanCourse]:
    """How the plans of these persons stand, for the days of their reviews; nobody who never had a version."""
    rows = index.rows(
        """SELECT person, state, agreement, review_due, begun, answered, ended, horizon, rid FROM plan
        WHERE person IN (SELECT value FROM json_each(:persons)) ORDER BY person, version DESC""",
        {"persons": json.dumps(list(persons))},
    )
    found: dict[str, PlanCourse] = {}
    for person, state, agreement, due, begun, answered, ended, horizon, rid in rows:
        known = found.get(person, PlanCourse(person=person))
        horizons = known.horizons | {Horizon(horizon)}
        suspended = known.suspended or (not known.in_force and state == VersionState.SUSPENDED)
        over = known.ended or (parse_stamp(ended) if begun and ended else None)
        if state in IN_FORCE and not known.in_force:
            known = PlanCourse(
                person=person,
                in_force=rid,
                review_due=date.fromisoformat(due) if due else None,
                begun=parse_stamp(begun) if begun else None,
                answered=parse_stamp(answered) if answered else None,
                agreement=Agreement(agreement),
            )
        found[person] = replace(known, horizons=horizons, suspended=suspended, ended=over)
    return found


def waiting(index: Index) -> tuple[str, ...]:
    """People whose plan waits for a countersignature, also while it rests."""
    rows = index.rows(
        "SELECT DISTINCT person FROM plan WHERE signoff = :waiting AND state NOT IN (:replaced, :closed)",
        {
            "waiting": SignOff.AWAITING_COUNTERSIGN,
            "replaced": VersionState.REPLACED,
            "closed": VersionState.CLOSED,
        },
    )
    return tuple(str(person) for (person,) in rows)


def _stored(rid: str, person: str, author: str, body: bytes) -> StoredPlan:
    return StoredPlan(rid=rid, person=person, author=author, plan=from_bytes(Plan, bytes(body)))


def apply(index: Index, record: Record) -> None:
    common = record.columns()
    if record.kind == PLAN:
        plan = read_plan(record.payload, record.pv)
        index.run(
            """INSERT INTO plan
                (rid, plan, person, version, ver, state, agreement, signoff, review_due, author, body, sid,
                begun, answered, ended, horizon)
            VALUES
                (:rid, :plan, :person, :version, :ver, :state, :agreement, :signoff, :review_due, :author, :body, :sid,
                :begun, :answered, :ended, :horizon)
            ON CONFLICT (rid) DO UPDATE SET ver = :ver, state = :state, signoff = :signoff, review_due = :review_due,
                body = :body, begun = coalesce(begun, :begun), ended = :ended, horizon = :horizon,
                answered = CASE WHEN agreement = :agreement THEN answered ELSE :answered END, agreement = :agreement
                WHERE :ver >= ver""",
            common
            | {
                "body": dump(to_payload(plan)),
                "plan": plan.plan,
                "version": plan.version,
                "state": plan.state,
                "agreement": plan.agreement,
                "signoff": plan.signoff,
                "review_due": plan.review_due.isoformat() if plan.review_due else None,
                "begun": common["at"] if plan.state in IN_FORCE else None,
                "answered": None if plan.agreement is Agreement.NOT_ASKED else common["at"],
                "ended": common["at"] if _is_over(plan) else None,
                "horizon": plan.horizon,
            },
        )
    else:
        mark = from_payload(Mark, record.payload)
        index.run(
            "INSERT OR REPLACE INTO plan_mark (seq, rid, plan, version, body, sid)"
            " VALUES (:seq, :rid, :plan, :version, :body, :sid)",
            common | {"plan": mark.plan, "version": mark.version},
        )


def _is_over(plan: Plan) -> bool:
    """Whether somebody said that the plan is at its end; a duplicate leaves the other to be written."""
    return plan.state is VersionState.CLOSED and plan.state_code != ClosedBecause.DUPLICATE


def search(record: Record) -> SearchText | None:
    """Plans are found by what was typed into them."""
    if record.kind != PLAN or record.person is None:
        return None
    body = words_of(read_plan(record.payload, record.pv))
    return SearchText(title="", body=body, scope=(record.person, PLAN_TERM))


def words_of(plan: Plan) -> str:
    """Goals with their steps, strengths, what was understood together, and the answer in the person's words."""
    words = [plan.strengths, plan.agreement_words]
    for goal in plan.goals:
        words += [goal.wording, goal.staff_wording, goal.indicator, *(step.text for step in goal.steps)]
    words += [plan.formulation_shared, plan.early_signs, plan.helps, plan.harder, plan.protective, *plan.crisis_steps]
    return "\n".join(word for word in words if word)


PROJECTION = Projection(
    feature="plans",
    version=3,
    comps=(TEAM,),
    ddl=DDL,
    kinds={PLAN: (1, 2), MARK: (1,)},
    retention={PLAN: "case", MARK: "case"},
    apply=apply,
    search=search,
)
