"""Rules of notes that need no desk; old payloads stay readable."""

import json
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from rehabdesk.access.model import Role
from rehabdesk.core.errors import FormatError
from rehabdesk.core.payload import from_payload, to_payload
from rehabdesk.notes.alerts.alert_store import PROJECTION as ALERTS
from rehabdesk.notes.assessments.assessment_model import ExternalAssessment
from rehabdesk.notes.assessments.assessment_store import PROJECTION as ASSESSMENTS
from rehabdesk.notes.attachments.attachment_model import Attachment
from rehabdesk.notes.attachments.attachment_store import PROJECTION as ATTACHMENTS
from rehabdesk.notes.chaplaincy.contribution_model import Contribution
from rehabdesk.notes.chaplaincy.pastoral_model import FollowUpMark, GroupCount
from rehabdesk.notes.cosign_model import Cosign
from rehabdesk.notes.forms.form_store import PROJECTION as NOTE_FORMS
from rehabdesk.notes.forms.kept_form_model import FormText
from rehabdesk.notes.model import (
    PART_VERSIONS,
    PARTS_SEEN,
    PREVIEW_LENGTH,
    Addendum,
    AddendumType,
    EncounterLink,
    Marker,
    Strike,
    Tally,
    is_late,
    may_add,
    preview_of,
    read_note_part,
)
from rehabdesk.notes.paper.paper_model import PaperDestroyed
from rehabdesk.notes.received_store import PROJECTION as OUTSIDE
from rehabdesk.notes.store import PROJECTION

PAYLOADS = Path(__file__).parent / "payloads"
PARTS = ("note", "shared_summary", "protected_part")
CLASSES: dict[str, type[Any]] = {
    "clinical_marker": Marker,
    "addendum": Addendum,
    "note_struck": Strike,
    "tally": Tally,
    "encounter_link": EncounterLink,
    "pastoral_contribution": Contribution,
    "note_form": FormText,
    "external_assessment": ExternalAssessment,
    "attachment": Attachment,
    "cosign": Cosign,
    "paper_destroyed": PaperDestroyed,
    "follow_up": FollowUpMark,
    "group_count": GroupCount,
}


def frozen(kind: str, pv: int = 1) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((PAYLOADS / f"{kind}-{pv}.json").read_text("utf-8"))
    return found


def test_every_kind_has_a_frozen_example_of_every_version() -> None:
    wanted = {
        f"{kind}-{pv}.json"
        for projection in (PROJECTION, NOTE_FORMS, ASSESSMENTS, ALERTS, ATTACHMENTS, OUTSIDE)
        for kind, versions in projection.kinds.items()
        for pv in versions
    }
    assert {file.name for file in PAYLOADS.glob("*.json")} == wanted


@pytest.mark.parametrize("pv", PART_VERSIONS)
@pytest.mark.parametrize("kind", PARTS)
def test_a_frozen_part_of_a_note_is_read_whole_and_written_the_same(kind: str, pv: int) -> None:
    part = read_note_part(frozen(kind, pv), pv)
    assert part.to_payload() == frozen(kind, pv)
    assert part.payload_version == pv
    assert part.answer("psy.P4") == ("other",)
    assert part.answer("psy.P4.other") == "Drawing"


@pytest.mark.parametrize("kind", sorted(CLASSES))
def test_a_frozen_payload_is_read_whole_and_written_the_same(kind: str) -> None:
    assert to_payload(from_payload(CLASSES[kind], frozen(kind))) == frozen(kind)


@pytest.mark.parametrize(
    "changes",
    [{"author": "uabcdefg"}, {"words": {"psy.P9": 3}}, {"form_version": True}, {"note": None}, {"marks": []}],
)
def test_a_part_of_another_form_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(FormatError):
        read_note_part({**frozen("note"), **changes}, 1)


def test_a_newer_part_is_refused() -> None:
    with pytest.raises(FormatError):
        read_note_part(frozen("note"), max(PART_VERSIONS) + 1)


def test_a_digest_belongs_to_version_2_alone() -> None:
    with pytest.raises(FormatError):
        read_note_part(frozen("note"), 2)
    with pytest.raises(FormatError):
        read_note_part(frozen("note", 2), 1)


def test_a_marker_of_an_assessment_has_no_room_for_items_levels_or_totals() -> None:
    assert set(frozen("external_assessment")) == {each.name for each in fields(ExternalAssessment)}
    for name in ("score", "total", "level", "items"):
        with pytest.raises(FormatError):
            from_payload(ExternalAssessment, {**frozen("external_assessment"), name: 3})


@pytest.mark.parametrize(("hours", "late"), [(0, False), (71, False), (72, False), (73, True)])
def test_an_entry_is_late_after_72_hours(hours: int, late: bool) -> None:
    moment = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
    assert is_late(moment, moment + timedelta(hours=hours)) is late


def test_a_preview_follows_the_form_leaves_out_the_header_and_is_short() -> None:
    words = {"key.K10.person": "Third.", "key.K2": "First\n line.", "hdr.6": "Zarma", "key.K6": "Second."}
    assert preview_of(words) == "First line. · Second. · Third."
    assert len(preview_of({"key.K2": "long " * 100})) == PREVIEW_LENGTH


@pytest.mark.parametrize("kind", list(AddendumType))
def test_only_the_author_adds_but_a_statement_of_the_person_goes_through_everybody(kind: AddendumType) -> None:
    assert may_add(kind, is_author=True)
    assert may_add(kind, is_author=False) is (kind is AddendumType.PERSON_STATEMENT)


def test_every_role_has_its_line_in_the_table_of_what_is_seen() -> None:
    assert set(PARTS_SEEN) == set(Role)


def test_a_tally_has_no_room_for_a_person_a_day_or_words() -> None:
    assert set(frozen("tally")) == {"what", "month"}
    with pytest.raises(FormatError):
        from_payload(Tally, {**frozen("tally"), "on": "2026-11-24"})
