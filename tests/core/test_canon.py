"""Canonical JSON: one form for one value, and nothing else gets in."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehabdesk.core.canon import PACKET_LIMITS, H, Json, Limits, b64, digits24, dump, parse, unb64
from rehabdesk.core.errors import FormatError

VALUES = st.recursive(
    st.booleans() | st.integers(-(10**15), 10**15) | st.text(st.characters(codec="utf-8"), max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(st.characters(codec="utf-8")), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(VALUES)
def test_what_is_written_is_read_back(value: Json) -> None:
    assert parse(dump(value)) == value


@pytest.mark.parametrize(
    "raw",
    [
        b'{"a":1,"a":1}',
        b'{"a":1.0}',
        b'{"a":1e400}',
        b'{"a":NaN}',
        b'{"a":-0}',
        b'{"a": 1}',
        b'{"b":1,"a":1}',
        b'{"a":"\\ud800"}',
        b'{"a":"\\u0061"}',
        b'{"a":null}',
        b'\xef\xbb\xbf{"a":1}',
        b'{"a":1}\n',
        b'"\xff"',
        b'{"a":12345678901234567}',
        b"",
        b"[" * 100_000 + b"]" * 100_000,
        b'{"a":"' + b"[" * 20 + b'\\"' * 500_000,  # tried from each of its quotes, this would take hours
        b'{"a":' + b"9" * 500_000 + b"}",
        '{"a":1}'.encode("utf-16"),
    ],
)
def test_any_other_form_is_refused(raw: bytes) -> None:
    with pytest.raises(FormatError):
        parse(raw)


def test_brackets_inside_strings_do_not_count_as_depth() -> None:
    value: Json = {"a": "[[[[[[[[[[[[[[[[" + '"' + "{{{{{{{{{{{{"}
    assert parse(dump(value)) == value


def test_limits_hold() -> None:
    small = Limits(max_bytes=20, max_depth=2, max_items=2, max_string=3)
    for value in ("abcd", [1, 2, 3], [[[1]]], "a" * 30):
        with pytest.raises(FormatError):
            parse(dump(value), small)  # type: ignore[arg-type]  # lists of lists of ints are Json
    with pytest.raises(FormatError):
        parse(dump(2**53 + 1), PACKET_LIMITS)


def test_floats_and_lone_surrogates_are_not_written() -> None:
    for value in (1.5, {"a": [0.0]}, "\ud800"):
        with pytest.raises(ValueError, match=r"float|surrogates"):
            dump(value)  # type: ignore[arg-type]  # what the types forbid must fail at run time too


def test_base64_is_canonical() -> None:
    assert unb64(b64(b"abc"), 3) == b"abc"
    for text in ("YWJj\n", "YWJj=", "YWI", "YWJ=", "YW Jj", 7, None, "é"):
        with pytest.raises(FormatError):
            unb64(text, 3)


def test_digits_of_the_published_vector() -> None:
    assert digits24(b"abc") == "8805-7541-4288-6264-8806-6369"  # packet.md 2


def test_framing_tells_parts_apart() -> None:
    assert H(b"ab", b"c") != H(b"a", b"bc")
    assert H(b"a") == hashlib.sha256(b"\x01" + bytes(7) + b"a").digest()


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b'{"a":1,"a":1}', "duplicate_key"),
        (b"[1.5]", "not_whole_number"),
        (b"[NaN]", "not_whole_number"),
        (b"[1 ]", "not_canonical"),
        (b'"\xff"', "not_json"),
        (b"[" * 20 + b"]" * 20, "too_deep"),
        (b"[null]", "null_value"),
    ],
)
def test_a_refusal_bears_a_stable_code(raw: bytes, code: str) -> None:
    with pytest.raises(FormatError) as refused:
        parse(raw)
    assert refused.value.code == code
