"""Payloads of every version stay readable for ever."""

import json
from pathlib import Path
from typing import Any

import pytest

from rehabdesk.core.errors import FormatError
from rehabdesk.core.payload import from_payload, to_payload
from rehabdesk.readiness.condition_model import Condition
from rehabdesk.readiness.model import Checklist, ItemMark
from rehabdesk.readiness.rest_model import RestDays
from rehabdesk.readiness.site_model import SiteTemplate
from rehabdesk.readiness.site_store import PROJECTION as SITE
from rehabdesk.readiness.store import PROJECTION

PAYLOADS = Path(__file__).parent / "payloads"
CLASSES: dict[str, type[Any]] = {
    "checklist": Checklist,
    "checklist_mark": ItemMark,
    "condition": Condition,
    "checklist_template": SiteTemplate,
    "rest_days": RestDays,
}
KINDS = dict(PROJECTION.kinds) | dict(SITE.kinds)
EXAMPLES = [(kind, pv) for kind, versions in sorted(KINDS.items()) for pv in versions]


def frozen(kind: str, pv: int) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((PAYLOADS / f"{kind}-{pv}.json").read_text("utf-8"))
    return found


def test_every_kind_has_a_frozen_example_of_every_version() -> None:
    assert {file.name for file in PAYLOADS.iterdir()} == {f"{kind}-{pv}.json" for kind, pv in EXAMPLES}
    assert set(CLASSES) == set(KINDS)


@pytest.mark.parametrize(("kind", "pv"), EXAMPLES)
def test_a_frozen_payload_is_read_whole_and_written_the_same(kind: str, pv: int) -> None:
    assert to_payload(from_payload(CLASSES[kind], frozen(kind, pv))) == frozen(kind, pv)


@pytest.mark.parametrize(("kind", "pv"), EXAMPLES)
def test_a_payload_with_a_field_that_nobody_knows_is_refused(kind: str, pv: int) -> None:
    with pytest.raises(FormatError):
        from_payload(CLASSES[kind], frozen(kind, pv) | {"total": 3})
