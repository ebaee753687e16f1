"""`handover.json` and cards: frozen objects to canonical bytes and back, by one strict decoder (packet.md 4, 8.4).

The only importer of msgspec: its structs, and with them the published schemas, are made from the dataclasses of the
models, so that a field is named once. Pure; also runs in the child that examines foreign files.
"""

import re
import types
import typing
from collections.abc import Iterator, Mapping
from dataclasses import Field, dataclass, fields, is_dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from typing import Annotated, Any, Generic, Literal, TypeVar, cast

import msgspec

from rehabdesk.core import canon
from rehabdesk.core.canon import PACKET_LIMITS, Json, Limits
from rehabdesk.core.clock import parse_stamp, stamp
from rehabdesk.core.errors import FormatError, UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import forbidden_character, nfc
from rehabdesk.handover.after.feedback_model import FEEDBACK_FORMAT, Feedback
from rehabdesk.handover.after.receipt_model import RECEIPT_FORMAT, Receipt
from rehabdesk.handover.after.status_list_model import STATUS_FORMAT, StatusList
from rehabdesk.handover.annex.annex_model import ANNEX_FORMAT, ClinicalAnnex
from rehabdesk.handover.content.packet_model import FORMAT, VERSION, Handover, Sections
from rehabdesk.handover.content.rules_model import AtMost, Shape
from rehabdesk.handover.trust.cards_model import SITE_FORMAT, TEAM_FORMAT, SiteCard, TeamCard

T = TypeVar("T")

CARD_LIMITS = Limits(max_bytes=256 << 10, max_depth=10, max_items=5_000, max_string=20_000, max_integer=2**53)
LIST_LIMITS = Limits(max_bytes=2 << 20, max_depth=10, max_items=5_000, max_string=20_000, max_integer=2**53)
NEEDS_NEWER = "needs_newer_rehabdesk"
_DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_MOMENT = _DAY + r"T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z"
_PLACE = re.compile(r"`\$\.?(\S+)`$")
_VERSION = re.compile(r"([1-9][0-9]{0,2})\.([0-9]{1,3})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded(Generic[T]):
    """What was read. `not_understood` names the keys of a newer minor version that were set aside."""

    value: T
    not_understood: tuple[str, ...]


def encode(thing: object) -> bytes:
    """The canonical bytes of a packet, a section or a card. UserError, naming the place, for what no file may hold."""
    value = plain(thing)
    try:
        _check_characters(value)
        _check_shape(type(thing), value)
    except FormatError as problem:
        place = _PLACE.search(str(problem.__cause__))
        raise UserError(
            tr("This cannot be written into the packet: {why} ({place})").format(
                why=problem.sentence, place=place[1] if place is not None else problem.code
            )
        ) from problem
    return canon.dump(value)


def decode_handover(raw: bytes) -> Decoded[Handover]:
    """The packet in `raw`. FormatError, with a stable code, for everything that is not one in its one form."""
    return _decode(Handover, raw, FORMAT, PACKET_LIMITS)


def decode_site_card(raw: bytes) -> Decoded[SiteCard]:
    """The payload of a `.rdsite`. FormatError as for a packet."""
    return _decode(SiteCard, raw, SITE_FORMAT, CARD_LIMITS)


def decode_team_card(raw: bytes) -> Decoded[TeamCard]:
    """The payload of a `.rdteam`. FormatError as for a packet."""
    return _decode(TeamCard, raw, TEAM_FORMAT, CARD_LIMITS)


def decode_annex(raw: bytes) -> Decoded[ClinicalAnnex]:
    """The clinical annex in `raw`. FormatError as for a packet."""
    return _decode(ClinicalAnnex, raw, ANNEX_FORMAT, PACKET_LIMITS)


def decode_status_list(raw: bytes) -> Decoded[StatusList]:
    """The payload of a `.rdstatus`. FormatError as for a packet."""
    return _decode(StatusList, raw, STATUS_FORMAT, LIST_LIMITS)


def decode_receipt(raw: bytes) -> Decoded[Receipt]:
    """The payload of a `.rdreceipt`. FormatError as for a packet."""
    return _decode(Receipt, raw, RECEIPT_FORMAT, CARD_LIMITS)


def decode_feedback(raw: bytes) -> Decoded[Feedback]:
    """The payload of a `.rdfeedback`. FormatError as for a packet."""
    return _decode(Feedback, raw, FEEDBACK_FORMAT, CARD_LIMITS)


def decode_sections(raw: bytes) -> Sections:
    """Sections that this program kept in a draft. FormatError as for a packet."""
    value = canon.parse(raw, PACKET_LIMITS)
    _check_characters(value)
    _check_shape(Sections, value)
    return cast(Sections, _build(Sections, value))


def section_sha256(section: object) -> str:
    """SHA-256 over the canonical bytes of one section, as the manifest lists it."""
    return canon.sha256_hex(canon.dump(plain(section)))


def section_hashes(raw: bytes) -> Mapping[str, str]:
    """As `section_sha256`, of every section in a packet that was read, with what a newer minor version added to it."""
    sections = canon.parse_object(raw, PACKET_LIMITS).get("sections")
    held = sections if isinstance(sections, dict) else {}
    return {code: canon.sha256_hex(canon.dump(section)) for code, section in held.items() if isinstance(section, dict)}


def schema(cls: type, *, title: str) -> dict[str, Json]:
    """The JSON Schema (2020-12) of what `cls` writes."""
    made = cast("dict[str, Json]", msgspec.json.schema(_struct_of(cls)))
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": title, **made}


def plain(thing: object) -> dict[str, Json]:
    """A dataclass instance as JSON: every field, except those that are None."""
    found: dict[str, Json] = {}
    for field in fields(cast("Any", thing)):
        value = getattr(thing, field.name)
        if value is not None:
            found[_key(field.name)] = _plain_value(value)
    return found


def _plain_value(value: Any) -> Json:
    if isinstance(value, StrEnum):
        return str(value)
    if isinstance(value, bool | int | str):
        return value
    if isinstance(value, datetime):
        return stamp(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [_plain_value(each) for each in value]
    if isinstance(value, Mapping):
        return {str(key): _plain_value(each) for key, each in value.items()}
    return plain(value)


def _decode(cls: type[T], raw: bytes, format_name: str, limits: Limits) -> Decoded[T]:
    value = canon.parse(raw, limits)
    if not isinstance(value, dict) or value.get("format") != format_name:
        raise FormatError(tr("This is not a file that RehabDesk writes."), code="format")
    _check_characters(value)
    set_aside: list[str] = []
    if _is_newer_minor(value):
        value = cast("dict[str, Json]", _without_unknown(cls, value, "", set_aside))
    _check_shape(cls, value)
    return Decoded(value=cast(T, _build(cls, value)), not_understood=tuple(set_aside))


def _is_newer_minor(value: Mapping[str, Json]) -> bool:
    """Whether unknown keys are to be set aside. FormatError when this program is too old to read it at all."""
    ours = _version(VERSION)
    theirs = _version(value.get("version"))
    # cards have no `min_reader`: within one major version they are read
    least = _version(value["min_reader"]) if "min_reader" in value else (theirs[0], 0)
    if theirs[0] > ours[0] or least > ours:
        raise FormatError(tr("It was made by a newer RehabDesk. Ask for the newer version."), code=NEEDS_NEWER)
    return theirs > ours


def _version(text: Json) -> tuple[int, int]:
    found = _VERSION.fullmatch(text) if isinstance(text, str) else None
    if found is None:
        raise FormatError(tr("The file does not say its version."), code="version")
    return int(found[1]), int(found[2])


def _check_characters(value: Json) -> None:
    """Every text is in NFC and holds none of the characters that packet.md 4.1 shuts out."""
    for text in _texts(value):
        if "\t" in text or forbidden_character(text) is not None:
            raise FormatError(tr("A text in the file holds a character that is not allowed."), code="character")
        if nfc(text) != text:
            raise FormatError(tr("A text in the file is not in its normal form."), code="not_normal_form")


def _texts(value: Json) -> Iterator[str]:
    waiting = [value]
    while waiting:
        node = waiting.pop()
        if isinstance(node, str):
            yield node
        elif isinstance(node, dict):
            yield from node
            waiting.extend(node.values())
        elif isinstance(node, list):
            waiting.extend(node)


def _check_shape(cls: type, value: Json) -> None:
    try:
        msgspec.convert(value, _struct_of(cls), strict=True)
    except msgspec.ValidationError as problem:
        code = "unknown_key" if "unknown field" in str(problem) else "shape"
        raise FormatError(tr("The file is not of the form that its version says."), code=code) from problem


def _without_unknown(hint: Any, value: Json, where: str, set_aside: list[str]) -> Json:
    """`value` without the keys that this version does not know, whose paths go into `set_aside`."""
    hint = _bare(hint)
    if is_dataclass(hint) and isinstance(value, dict):
        known = {_key(name): part for name, part in _hints(cast(type, hint)).items()}
        set_aside.extend(f"{where}{name}" for name in sorted(set(value) - set(known)))
        return {
            name: _without_unknown(known[name], part, f"{where}{name}.", set_aside)
            for name, part in value.items()
            if name in known
        }
    if typing.get_origin(hint) is tuple and isinstance(value, list):
        inner = typing.get_args(hint)[0]
        return [_without_unknown(inner, part, where, set_aside) for part in value]
    return value


def _build(hint: Any, value: Json) -> Any:
    """The dataclass that `value` stands for; its shape has been checked."""
    hint = _bare(hint)
    if is_dataclass(hint) and isinstance(value, dict):
        known = _hints(cast(type, hint))
        return cast("Any", hint)(
            **{name: _build(part, value[_key(name)]) if _key(name) in value else None for name, part in known.items()}
        )
    if typing.get_origin(hint) is tuple and isinstance(value, list):
        return tuple(_build(typing.get_args(hint)[0], part) for part in value)
    if isinstance(hint, type) and issubclass(hint, StrEnum) and isinstance(value, str):
        return hint(value)
    if hint is datetime and isinstance(value, str):
        return _moment(value)
    if hint is date and isinstance(value, str):
        return _day(value)
    if hint == Literal[True] and value is not True:
        raise FormatError(tr("The file is not of the form that its version says."), code="shape")
    return value


def _moment(text: str) -> datetime:
    try:
        return parse_stamp(text)
    except FormatError as problem:
        raise FormatError(problem.sentence, code="no_such_time") from None


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise FormatError(tr("A date in the file does not exist."), code="no_such_day") from None


@cache
def _struct_of(cls: type) -> type[msgspec.Struct]:
    parts: list[Any] = []
    hints = _hints(cls)
    for field in fields(cls):
        hint = hints[field.name]
        if _is_optional(field):
            parts.append((field.name, _wire_type(hint) | msgspec.UnsetType, msgspec.UNSET))
        else:
            parts.append((field.name, _wire_type(hint)))
    return msgspec.defstruct(
        cls.__name__,
        parts,
        kw_only=True,
        frozen=True,
        forbid_unknown_fields=True,
        rename={field.name: _key(field.name) for field in fields(cls)},
    )


def _is_optional(field: "Field[Any]") -> bool:
    return field.default is None


def _wire_type(hint: Any) -> Any:
    """What msgspec is to expect for a field of type `hint`."""
    hint, rules = _taken_apart(hint)
    if hint is str:
        return Annotated[str, msgspec.Meta(**_text_rules(rules))]
    if hint is date:
        return Annotated[str, msgspec.Meta(pattern=_anchored(_DAY))]
    if hint is datetime:
        return Annotated[str, msgspec.Meta(pattern=_anchored(_MOMENT))]
    if hint is int:
        return Annotated[int, msgspec.Meta(ge=0, le=PACKET_LIMITS.max_integer)]
    if hint == Literal[True]:
        return Annotated[bool, msgspec.Meta(extra_json_schema={"const": True})]
    if typing.get_origin(hint) is tuple:
        inner = _wire_type(typing.get_args(hint)[0])
        most = next((rule.count for rule in rules if isinstance(rule, AtMost)), PACKET_LIMITS.max_items)
        return Annotated[list[inner], msgspec.Meta(max_length=most)]  # type: ignore[valid-type]  # made at run time
    if isinstance(typing.get_origin(hint), type) and issubclass(cast(type, typing.get_origin(hint)), Mapping):
        return dict[str, Any]
    return _struct_of(cast(type, hint)) if is_dataclass(hint) else hint


def _text_rules(rules: tuple[Any, ...]) -> dict[str, Any]:
    found: dict[str, Any] = {"max_length": PACKET_LIMITS.max_string}
    for rule in rules:
        if isinstance(rule, Shape):
            found["pattern"] = _anchored(rule.pattern)
        elif isinstance(rule, AtMost):
            found["max_length"] = rule.count
    return found


def _anchored(pattern: str) -> str:
    """From the first to the very last character: `$` alone would let a line feed follow."""
    return rf"^(?:{pattern})$(?!\n)"


@cache
def _hints(cls: type) -> dict[str, Any]:
    return typing.get_type_hints(cls, include_extras=True)


def _taken_apart(hint: Any) -> tuple[Any, tuple[Any, ...]]:
    """The type without `| None` and without its rules, and the rules."""
    if typing.get_origin(hint) in (types.UnionType, typing.Union):
        hint = next(part for part in typing.get_args(hint) if part is not types.NoneType)
    if typing.get_origin(hint) is Annotated:
        return typing.get_args(hint)[0], typing.get_args(hint)[1:]
    return hint, ()


def _bare(hint: Any) -> Any:
    return _taken_apart(hint)[0]


def _key(name: str) -> str:
    """`with_` is written `with`: a word of the language cannot name a field."""
    return name.removesuffix("_")
