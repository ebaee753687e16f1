"""What makes an identity, contact, consent or assignment valid; old payloads stay readable."""

import json
from collections.abc import Callable
from dataclasses import fields, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from rehabdesk.core.choices import load_choice_lists
from rehabdesk.core.errors import UserError
from rehabdesk.core.payload import from_payload, to_payload
from rehabdesk.people import protected_store
from rehabdesk.people.consent_model import ConsentDetails, ConsentMethod, ConsentPurpose, ConsentStatus
from rehabdesk.people.legal_model import LegalEpisode, ReleaseRoute
from rehabdesk.people.model import (
    AssignmentDetails,
    BirthPrecision,
    Capacity,
    ContactConsent,
    ContactDetails,
    ContactKind,
    PersonDetails,
    Placement,
    SafetyNote,
    dual_capacity_warning,
)
from rehabdesk.people.protected_model import ChildrenCount, ClinicalNeed, ProtectedNote
from rehabdesk.people.store import PROJECTION
from tests.people.cases import details

PAYLOADS = Path(__file__).parent / "payloads"
CLASSES: dict[str, type[Any]] = {
    "person": PersonDetails,
    "legal": LegalEpisode,
    "placement": Placement,
    "contact": ContactDetails,
    "consent": ConsentDetails,
    "assignment": AssignmentDetails,
    "safety_note": SafetyNote,
    "children": ChildrenCount,
    "protected_note": ProtectedNote,
    "clinical_need": ClinicalNeed,
}
CONTACT = ContactDetails(kind=ContactKind.FAMILY, name="Hawa Kadri")
DAY = date(2026, 11, 24)


def consent(**changes: Any) -> ConsentDetails:
    given: dict[str, Any] = {
        "purpose": ConsentPurpose.PROGRAMME,
        "status": ConsentStatus.GIVEN,
        "scope": "Weekly sessions",
        "explained_in": "fr",
        "method": ConsentMethod.SIGNATURE,
        "given_on": DAY,
    }
    return ConsentDetails(**(given | changes))


@pytest.mark.parametrize(
    ("make", "field"),
    [
        (lambda: replace(details(), case_ref=" "), "case_ref"),
        (lambda: replace(details(), names=()), "names"),
        (lambda: replace(details(), birth_precision=BirthPrecision.UNKNOWN), "birth_date"),
        (lambda: replace(details(), birth_date=None), "birth_date"),
        (lambda: replace(details(), nationality=("ne",)), "nationality"),
        (lambda: replace(details(), display_alias="Idrissa\u202e K."), "display_alias"),
        (lambda: replace(details(), display_alias="Idrissa \ud800"), "display_alias"),
        (lambda: replace(details(), nationality=("N\x07R",)), "nationality"),
        (lambda: replace(CONTACT, child_birth_year=2020), "child_birth_year"),
        (
            lambda: replace(CONTACT, receives_summary=True, consent_to_be_contacted=ContactConsent.NOT_ASKED),
            "receives_summary",
        ),
        (lambda: consent(purpose=ConsentPurpose.SHARE_WITH_NAMED_ORG), "recipient"),
        (lambda: consent(status=ConsentStatus.NOT_REQUIRED_BY_LAW), "legal_basis"),
        (lambda: consent(explained_in=""), "explained_in"),
        (lambda: consent(method=None), "method"),
        (lambda: consent(given_on=None), "given_on"),
        (lambda: consent(withdrawn_on=DAY), "withdrawn_on"),
        (lambda: consent(status=ConsentStatus.REFUSED, method=None), "method"),
        (lambda: Placement(establishment="Three Wells", since=DAY, until=date(2026, 1, 1)), "until"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(make: Callable[[], object], field: str) -> None:
    with pytest.raises(UserError) as refused:
        make()
    assert refused.value.field == field


def test_refusing_and_not_being_asked_are_ordinary_answers() -> None:
    assert consent(status=ConsentStatus.REFUSED).status is ConsentStatus.REFUSED
    asked = ConsentDetails(purpose=ConsentPurpose.PHOTO, status=ConsentStatus.NOT_ASKED, scope="Portrait")
    assert not asked.allows(ConsentPurpose.PHOTO, on=DAY)


def test_what_is_not_held_has_no_field() -> None:
    forbidden = ("risk", "ethnic", "politic", "religio", "orientation", "informant", "score", "danger", "co_offender")
    for cls in CLASSES.values():
        for field in fields(cls):
            assert not any(word in field.name for word in forbidden), field.name


@pytest.mark.parametrize(
    ("held", "new", "warned"),
    [
        (Capacity.CHAPLAIN, Capacity.FACILITATOR, True),
        (Capacity.FACILITATOR, Capacity.CHAPLAIN, True),
        (Capacity.PSYCHOLOGIST, Capacity.ASSESSMENT_AUTHOR, True),
        (Capacity.PSYCHOLOGIST, Capacity.FACILITATOR, False),
        (Capacity.LEAD_CASE_OFFICER, Capacity.DEPUTY, False),
    ],
)
def test_two_capacities_that_should_not_meet_are_warned_about(held: Capacity, new: Capacity, warned: bool) -> None:
    assert (dual_capacity_warning({held: True}, new) is not None) is warned


def test_release_routes_of_the_list_are_those_of_the_record() -> None:
    routes = load_choice_lists()["A12"]
    assert {choice.code for choice in routes.choices} == set(ReleaseRoute)


def test_every_kind_has_a_frozen_example_of_every_version() -> None:
    kinds = {**PROJECTION.kinds, **protected_store.PROJECTION.kinds}
    wanted = {f"{kind}-{pv}.json" for kind, versions in kinds.items() for pv in versions}
    assert {file.name for file in PAYLOADS.iterdir()} == wanted


@pytest.mark.parametrize("file", sorted(PAYLOADS.iterdir()), ids=lambda file: file.stem)
def test_a_frozen_payload_is_read_whole_and_written_the_same(file: Path) -> None:
    payload = json.loads(file.read_text("utf-8"))
    assert to_payload(from_payload(CLASSES[file.stem.partition("-")[0]], payload)) == payload
