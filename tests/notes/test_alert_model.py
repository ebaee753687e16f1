"""What makes an alert, an outcome and a disclosure valid; old payloads stay readable."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from rehabdesk.core.errors import FormatError, UserError
from rehabdesk.core.payload import from_payload, to_payload
from rehabdesk.notes.alerts.alert_model import (
    AlertKind,
    Disclosure,
    NamedAtRisk,
    Outcome,
    RequestRefusal,
    Result,
    SafetyAlert,
    TypedAlert,
    require_no_name,
    require_past,
    require_review,
)
from rehabdesk.notes.alerts.alert_store import PROJECTION
from tests.people.cases import NOON

PAYLOADS = Path(__file__).parent / "payloads"
CLASSES: dict[str, type[Any]] = {
    "safety_alert": SafetyAlert,
    "alert_outcome": Outcome,
    "alert_named_person": NamedAtRisk,
    "ill_treatment_disclosure": Disclosure,
    "request_refusal": RequestRefusal,
}


def frozen(kind: str, pv: int = 1) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((PAYLOADS / f"{kind}-{pv}.json").read_text("utf-8"))
    return found


def test_every_kind_has_a_frozen_example_of_every_version() -> None:
    wanted = {f"{kind}-{pv}.json" for kind, versions in PROJECTION.kinds.items() for pv in versions}
    assert wanted <= {file.name for file in PAYLOADS.iterdir()}
    assert set(PROJECTION.kinds) == set(CLASSES)


@pytest.mark.parametrize("kind", sorted(CLASSES))
def test_a_frozen_payload_is_read_whole_and_written_the_same(kind: str) -> None:
    assert to_payload(from_payload(CLASSES[kind], frozen(kind))) == frozen(kind)
    with pytest.raises(FormatError):
        from_payload(CLASSES[kind], frozen(kind) | {"colour": "red"})


def test_a_disclosure_is_no_record_of_the_team() -> None:
    with pytest.raises(UserError) as refused:
        from_payload(SafetyAlert, frozen("safety_alert") | {"kind": AlertKind.ILL_TREATMENT.value})
    assert refused.value.field == "kind"


@pytest.mark.parametrize("change", [{"next_review": None}, {"result": "closed"}])
def test_an_alert_that_stays_live_has_a_next_review_and_a_closed_one_has_none(change: dict[str, Any]) -> None:
    payload = {name: value for name, value in (frozen("alert_outcome") | change).items() if value is not None}
    with pytest.raises(UserError):
        from_payload(Outcome, payload)
    assert from_payload(Outcome, frozen("alert_outcome")).result is Result.REVIEWED


def test_a_review_lies_ahead_and_within_72_hours() -> None:
    assert require_review(NOON + timedelta(hours=72), NOON) == NOON + timedelta(hours=72)
    for wrong in (None, NOON, NOON - timedelta(days=1), NOON + timedelta(hours=72, milliseconds=1)):
        with pytest.raises(UserError) as refused:
            require_review(wrong, NOON)
        assert refused.value.field == "review"


def test_a_clock_that_is_a_little_slow_refuses_nobody() -> None:
    assert require_past(NOON + timedelta(minutes=4), NOON) == NOON
    with pytest.raises(UserError):
        require_past(NOON + timedelta(minutes=6), NOON)


@pytest.mark.parametrize("field", ["facts", "did", "told_who", "told_how"])
def test_a_name_at_risk_stands_in_no_text_of_the_team(field: str) -> None:
    typed = TypedAlert(named="Yaya  Quillfeather", **{field: "For yaya quillfeather, at noon."})  # type: ignore[arg-type]
    with pytest.raises(UserError) as refused:
        require_no_name(typed)
    assert refused.value.field == field
    require_no_name(TypedAlert(named="Yaya", facts="For a named person."))
