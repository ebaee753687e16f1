"""One packet, one form: what is written is read back the same, and nothing else is read."""

import copy
import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rehabdesk.core import canon, resources
from rehabdesk.core.errors import FormatError
from rehabdesk.core.text import nfc
from rehabdesk.handover import wire
from rehabdesk.handover.content import binding_wire
from rehabdesk.handover.content.packet_model import Handover
from rehabdesk.handover.content.schema_wire import schema_files
from tests.handover import sample
from tests.handover.inbox_desk import express


def as_json(packet: Handover) -> Any:
    return json.loads(wire.encode(packet))


def raw(value: Any) -> bytes:
    return canon.dump(value)


def test_a_packet_is_read_back_the_same() -> None:
    made = sample.whole_packet()
    decoded = wire.decode_handover(wire.encode(made))
    assert decoded.value == made
    assert decoded.not_understood == ()
    assert wire.encode(decoded.value) == wire.encode(made)
    assert binding_wire.content_problems(made) == ()


def test_reserved_words_stand_without_their_underscore() -> None:
    appointment = as_json(sample.whole_packet())["sections"]["S4"]["appointments"][0]
    assert appointment["with"] == "Marième Sow"
    assert "with_" not in appointment


@pytest.mark.parametrize("name", ["handover-1.0.json", "site-1.0.json", "team-1.0.json"])
def test_published_schemas_are_the_generated_ones(name: str) -> None:
    assert resources.read_bytes(f"schema/{name}") == schema_files()[name]


def test_a_standard_validator_accepts_a_packet_and_nothing_unknown() -> None:
    schema = json.loads(resources.read_bytes("schema/handover-1.0.json"))
    validator = jsonschema.Draft202012Validator(schema)
    value = as_json(sample.whole_packet())
    validator.validate(value)
    value["sections"]["S1"]["risk"] = "high"
    assert not validator.is_valid(value)


FREE_TEXT = st.text(st.characters(codec="utf-8", categories=("L", "M", "N", "P", "S", "Zs")), max_size=60)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(words=st.lists(FREE_TEXT, min_size=1, max_size=6), version=st.integers(0, 2**53))
def test_any_words_survive_the_way_through_json(words: list[str], version: int) -> None:
    made = sample.whole_packet()
    helps, plan = made.sections.S6, made.sections.S5
    assert helps is not None
    assert plan is not None
    texts = tuple(sample.text(nfc(each)) for each in words)
    held = replace(made.sections, S6=replace(helps, helps=texts), S5=replace(plan, plan_version=version))
    varied = sample.whole_packet(sections=held)
    assert wire.decode_handover(wire.encode(varied)).value == varied


def refused(data: bytes) -> str:
    with pytest.raises(FormatError) as problem:
        wire.decode_handover(data)
    return problem.value.code


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "not_json"),
        (b"{" * 100_000, "too_deep"),
        (b"[" * 11 + b"]" * 11, "too_deep"),
        (b'{"a":1,"a":2}', "duplicate_key"),
        (b'{"a":NaN}', "not_whole_number"),
        (b'{"a":1e999}', "not_whole_number"),
        (b'{"a":1.0}', "not_whole_number"),
        (b'{"a":-0}', "not_canonical"),
        (b'{"a":' + b"9" * 400 + b"}", "number_too_large"),
        (b'{"a":9007199254740993}', "number_too_large"),
        (b'{"a":null}', "null_value"),
        (b'\xef\xbb\xbf{"a":1}', "not_json"),
        ('{"a":1}'.encode("utf-16"), "not_json"),
        (b'{"a":"\\ud800"}', "not_canonical"),
        (b'{"a":"\\u00e9"}', "not_canonical"),
        (b'{"b":1,"a":1}', "not_canonical"),
        (b'{"a": 1}', "not_canonical"),
        (b"[" + b"1," * 5001 + b"1]", "list_too_long"),
        (b'{"a":"' + b"x" * 20_001 + b'"}', "text_too_long"),
        (b" " * ((4 << 20) + 1), "too_large"),
        (b'{"format":"other"}', "format"),
        (b"[]", "format"),
    ],
)
def test_hostile_json_is_refused_with_a_code(data: bytes, code: str) -> None:
    assert refused(data) == code


@pytest.mark.parametrize(
    "character", ["\u202e", "\u202a", "\t", "\x00", "\x7f", "\ue000", "\ufdd0", "\uffff", "\u2068", "\u2069", "\r"]
)
def test_characters_that_hide_or_turn_text_are_refused(character: str) -> None:
    value = as_json(sample.whole_packet())
    value["sections"]["S6"]["helps"][0]["text"] = f"a{character}b"
    assert refused(raw(value)) == "character"


def test_balanced_isolates_and_line_feeds_are_allowed() -> None:
    value = as_json(sample.whole_packet())
    value["sections"]["S6"]["helps"][0]["text"] = "\u2068a\u2069\nb"
    assert wire.decode_handover(raw(value)).value.sections.S6 is not None


def test_text_that_is_not_in_its_normal_form_is_refused() -> None:
    value = as_json(sample.whole_packet())
    value["sections"]["S6"]["helps"][0]["text"] = "e\u0301"
    assert refused(raw(value)) == "not_normal_form"


def set_at(value: Any, path: str, to: Any) -> bytes:
    node = value
    *steps, last = path.split(".")
    for step in steps:
        node = node[int(step)] if step.isdigit() else node[step]
    node[last] = to
    return raw(value)


@pytest.mark.parametrize(
    ("path", "to", "code"),
    [
        ("extra", 1, "unknown_key"),
        ("sections.S2.conditions.0.risk", "x", "unknown_key"),
        ("packet.issued", "2026-11-24T09:00:00Z", "shape"),
        ("packet.issued", "2026-02-30T09:00:00.000Z", "no_such_time"),
        ("packet.expires", "2026-02-30", "no_such_day"),
        ("packet.expires", "2026-11-24\n", "shape"),
        ("packet.pages", True, "shape"),
        ("packet.pages", "12", "shape"),
        ("packet.profile", "police", "shape"),
        ("packet.number", "rd-demo-1", "shape"),
        ("site.phone", "call me", "shape"),
        ("site.name", " padded ", "shape"),
        ("sections.S7.ratings.0.word", "L3", "shape"),
        ("sections.S8.alerts.0.kind", "ill_treatment_disclosure", "shape"),
        ("sections.S8.alerts.0.facts", {"text": "x" * 401, "lang": "en"}, "shape"),
        ("to.recipients", [{"name": "a", "role": "b"}] * 21, "shape"),
        ("version", "2.0", "needs_newer_rehabdesk"),
        ("min_reader", "1.1", "needs_newer_rehabdesk"),
        ("version", "1", "version"),
    ],
)
def test_what_is_not_of_the_published_form_is_refused(path: str, to: Any, code: str) -> None:
    assert refused(set_at(as_json(sample.whole_packet()), path, to)) == code


def test_a_newer_minor_version_is_read_and_says_what_was_not_understood() -> None:
    value = as_json(sample.whole_packet())
    value["version"] = "1.7"
    value["sections"]["S4"]["bicycle"] = {"text": "yes"}
    value["sections"]["S2"]["conditions"][1]["shade"] = "blue"
    for entry in value["manifest"]["sections"]:
        if entry["code"] in ("S2", "S4"):
            entry["sha256"] = canon.sha256_hex(canon.dump(value["sections"][entry["code"]]))
    decoded = wire.decode_handover(raw(value))
    assert binding_wire.content_problems(decoded.value, raw(value)) == (), "the manifest is of what was written"
    value["sections"]["S4"]["bicycle"] = {"text": "no"}
    assert binding_wire.content_problems(decoded.value, raw(value)) == ("section_hash",)
    assert decoded.not_understood == ("sections.S2.conditions.shade", "sections.S4.bicycle")
    assert decoded.value.sections == sample.whole_sections()


def problems(path: str, to: Any) -> tuple[str, ...]:
    value = copy.deepcopy(as_json(sample.whole_packet()))
    return binding_wire.content_problems(wire.decode_handover(set_at(value, path, to)).value)


@pytest.mark.parametrize(
    ("path", "to", "code"),
    [
        ("packet.number", "RD-DEMO-2026-000001-A", "number"),
        ("site.id", "NORD", "number"),
        ("packet.expires", "2026-11-23", "dates"),
        ("signers.countersigners", [], "signers_or_recipients"),
        ("to.recipients", [], "signers_or_recipients"),
        ("packet.person_informed", {"value": "no"}, "person_informed"),
        ("sections.S4.first_night", {"text": "Elsewhere", "lang": "en"}, "section_hash"),
        ("sections.S9", {"contacts": [], "children": []}, "profile_sections"),
        ("packet.profile", "ngo_mentor", "profile_sections"),
        ("packet.countersign_due", "2026-11-25T09:00:00.000Z", "express_rule"),
        ("x", {"big": ["y" * 20_000] * 4}, "extension_too_large"),
    ],
)
def test_a_packet_that_contradicts_itself_is_named(path: str, to: Any, code: str) -> None:
    assert code in problems(path, to)


def test_an_express_packet_of_another_country_is_read_by_nobody() -> None:
    made = express(sample.whole_packet(), due=sample.ISSUED + timedelta(hours=72))
    assert binding_wire.content_problems(made) == ()
    assert binding_wire.content_problems(replace(made, to=replace(made.to, country="YY"))) == ("express_rule",)
    both = replace(made, packet=replace(made.packet, countersign_due=None), to=replace(made.to, country="YY"))
    assert binding_wire.content_problems(both) == ("express_rule",), "nor with both signatures"


def test_a_section_may_be_missing_only_with_its_reason() -> None:
    without = replace(sample.whole_sections(), S14=None)
    made = sample.whole_packet(sections=without)
    assert binding_wire.content_problems(made) == ()
    silent = replace(made.manifest.sections[-1], reason=None)
    broken = replace(made, manifest=replace(made.manifest, sections=(*made.manifest.sections[:-1], silent)))
    assert binding_wire.content_problems(broken) == ("manifest",)
