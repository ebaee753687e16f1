"""Plans as they are kept: with record, author and time; in every version of the payload."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from rehabdesk.core.canon import Json
from rehabdesk.core.payload import from_payload
from rehabdesk.plans.model import Agreement, Horizon, Plan, SignOff

PLAN_VERSION = 2
"""Of the payload of a plan. Version 1 kept a supervisor's reason for returning it where that of the state lies."""


def read_plan(payload: Mapping[str, Json], version: int) -> Plan:
    """A plan as it was written in that version of the payload."""
    if version == 1 and payload.get("signoff") == SignOff.RETURNED and "state_code" not in payload:
        reason = payload.get("state_reason", "")
        payload = {name: value for name, value in payload.items() if name != "state_reason"} | {"return_reason": reason}
    return from_payload(Plan, payload)


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredPlan:
    """A version and the record it lies in. `author` proposed it; who recorded its later states is in the log."""

    rid: str
    person: str
    author: str
    plan: Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanCourse:
    """How the plans of one person stand. `in_force`: record of the version in force, empty where there is none.

    `suspended`: there is none because it rests. `ended`: when one that was in force was closed last. `begun`: when it
    came into force; `answered`: since when the person's answer to it is what it is. `horizons` are those of all
    versions.
    """

    person: str
    in_force: str = ""
    suspended: bool = False
    ended: datetime | None = None
    review_due: date | None = None
    begun: datetime | None = None
    answered: datetime | None = None
    agreement: Agreement = Agreement.NOT_ASKED
    horizons: frozenset[Horizon] = frozenset()
