"""Payloads of every version stay readable for ever."""

import json
from pathlib import Path
from typing import Any

import pytest

from rehabdesk.core.errors import FormatError
from rehabdesk.core.payload import from_payload, to_payload
from rehabdesk.plans import comment_store
from rehabdesk.plans import store as plan_store
from rehabdesk.plans.comment_model import Comment
from rehabdesk.plans.conferences import conference_store
from rehabdesk.plans.conferences.conference_model import ActionMark, Addition, Conference, Exchange
from rehabdesk.plans.mark_model import Mark
from rehabdesk.plans.model import Plan, SignOff, VersionState
from rehabdesk.plans.programmes import intervention_store
from rehabdesk.plans.programmes.intervention_model import Intervention, Session, SiteProgramme
from rehabdesk.plans.progress import progress_store
from rehabdesk.plans.progress.progress_model import Progress, Remark
from rehabdesk.plans.reviews import review_store
from rehabdesk.plans.reviews.review_model import PutOff, Review, ReviewMove, Shortened
from rehabdesk.plans.stored_model import read_plan

PAYLOADS = Path(__file__).parent / "payloads"
CLASSES: dict[str, type[Any]] = {
    "plan": Plan,
    "plan_mark": Mark,
    "progress": Progress,
    "progress_remark": Remark,
    "review": Review,
    "review_move": ReviewMove,
    "review_put_off": PutOff,
    "review_rules": Shortened,
    "conference": Conference,
    "conference_mark": ActionMark,
    "conference_addition": Addition,
    "conference_exchange": Exchange,
    "intervention": Intervention,
    "session_attendance": Session,
    "site_programme": SiteProgramme,
    "plan_comment": Comment,
}
STORES = (plan_store, progress_store, review_store, conference_store, intervention_store, comment_store)
KINDS = {kind: versions for store in STORES for kind, versions in store.PROJECTION.kinds.items()}
VERSIONS = [(kind, pv) for kind, versions in sorted(KINDS.items()) for pv in versions]


def frozen(kind: str, pv: int) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((PAYLOADS / f"{kind}-{pv}.json").read_text("utf-8"))
    return found


def test_every_kind_has_a_frozen_example_of_every_version() -> None:
    assert {file.stem for file in PAYLOADS.iterdir()} == {f"{kind}-{pv}" for kind, pv in VERSIONS}
    assert set(CLASSES) == set(KINDS)


@pytest.mark.parametrize(("kind", "pv"), VERSIONS)
def test_a_frozen_payload_is_read_whole_and_written_the_same(kind: str, pv: int) -> None:
    assert to_payload(from_payload(CLASSES[kind], frozen(kind, pv))) == frozen(kind, pv)


@pytest.mark.parametrize(("kind", "pv"), VERSIONS)
def test_a_payload_with_a_field_that_nobody_knows_is_refused(kind: str, pv: int) -> None:
    with pytest.raises(FormatError):
        from_payload(CLASSES[kind], frozen(kind, pv) | {"total": 3})


def test_a_plan_of_the_first_version_opens_with_the_supervisors_reason_in_its_place() -> None:
    old = read_plan(frozen("plan", 1), 1)
    assert old.state is VersionState.ACTIVE
    assert not old.opened
    returned = frozen("plan", 1) | {"signoff": "returned", "state_reason": "Add the address."}
    plan = read_plan(returned, 1)
    assert (plan.signoff, plan.return_reason, plan.state_reason) == (SignOff.RETURNED, "Add the address.", "")
