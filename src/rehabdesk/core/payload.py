"""Frozen dataclass to plain JSON and back, strictly: what a record's payload is made of.

Supported in a field: str, int, bool, date, datetime (UTC, whole ms), StrEnum, other dataclasses, `X | None` (left
out when None), `tuple[X, ...]` and `Mapping[str, X]`. No floats (vault.md 5).
"""

import types
import typing
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar, cast

from rehabdesk.core.canon import Json, parse_object
from rehabdesk.core.clock import parse_stamp, stamp
from rehabdesk.core.errors import FormatError

T = TypeVar("T")


def to_payload(thing: object) -> dict[str, Json]:
    """The fields of a dataclass instance as JSON; a field that is None, or equals its default, is left out."""
    if not is_dataclass(thing) or isinstance(thing, type):
        raise TypeError("only a dataclass instance has a payload")
    found: dict[str, Json] = {}
    for field in fields(thing):
        value = getattr(thing, field.name)
        if value is None or _is_default(field, value):
            continue
        found[field.name] = _plain(value)
    return found


def from_payload(cls: type[T], payload: Mapping[str, Json]) -> T:
    """The instance of `cls` that `to_payload` wrote. FormatError for unknown or missing names and wrong types.

    A `UserError` of the class's own rules is passed on.
    """
    if not isinstance(payload, Mapping):
        raise _wrong(cls, "shape")
    hints = _hints(cast("Any", cls))
    unknown = set(payload) - set(hints)
    if unknown:
        raise _wrong(cls, min(map(str, unknown)))
    values: dict[str, Any] = {}
    for name, (hint, has_default) in hints.items():
        if name in payload:
            values[name] = _value(hint, payload[name], f"{cls.__name__}.{name}")
        elif _optional(hint) is not None and not has_default:
            values[name] = None
        elif not has_default:
            raise _wrong(cls, name)
    return cls(**values)


def from_bytes(cls: type[T], raw: bytes) -> T:
    """As `from_payload`, for canonical JSON as an index keeps it."""
    return from_payload(cls, parse_object(raw))


def _is_default(field: "Field[Any]", value: object) -> bool:
    if field.default is not MISSING:
        return bool(value == field.default)
    if field.default_factory is not MISSING:
        return bool(value == field.default_factory())
    return False


def _plain(value: object) -> Json:
    if isinstance(value, bool | int) or value is None:
        return value
    if isinstance(value, str):
        return str(value)
    if isinstance(value, datetime):
        return stamp(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    return to_payload(value)


@cache
def _hints(cls: type) -> dict[str, tuple[Any, bool]]:
    types_of = typing.get_type_hints(cls)
    return {
        field.name: (
            types_of[field.name],
            field.default is not MISSING or field.default_factory is not MISSING,
        )
        for field in fields(cls)
    }


def _optional(hint: Any) -> Any:
    """X of `X | None`, else None."""
    if typing.get_origin(hint) in (types.UnionType, typing.Union):
        inner = [part for part in typing.get_args(hint) if part is not types.NoneType]
        if len(inner) == 1 and len(typing.get_args(hint)) == 2:
            return inner[0]
    return None


def _value(hint: Any, value: Json, where: str) -> Any:
    inner = _optional(hint)
    if inner is not None:
        hint = inner
    origin = typing.get_origin(hint)
    if origin is tuple:
        if isinstance(value, list):
            return tuple(_value(typing.get_args(hint)[0], item, where) for item in value)
    elif origin is not None and issubclass(origin, Mapping):
        if isinstance(value, dict):
            return {key: _value(typing.get_args(hint)[1], item, where) for key, item in value.items()}
    elif hint is bool or hint is int:
        if type(value) is hint:
            return value
    elif isinstance(hint, type) and is_dataclass(hint):
        if isinstance(value, dict):
            return from_payload(cast(type[Any], hint), value)
    elif isinstance(value, str):
        return _from_text(hint, value, where)
    raise FormatError(f"A record holds a value that does not belong there ({where}).")


def _from_text(hint: Any, text: str, where: str) -> Any:
    if hint is str:
        return text
    try:
        if hint is datetime:
            return parse_stamp(text)
        if hint is date:
            day = date.fromisoformat(text)
            if day.isoformat() == text:
                return day
        elif isinstance(hint, type) and issubclass(hint, StrEnum):
            return hint(text)
    except ValueError:
        pass
    raise FormatError(f"A record holds a value that does not belong there ({where}).")


def _wrong(cls: type, name: str) -> FormatError:
    return FormatError(f"A record is not of the form that this version knows ({cls.__name__}.{name}).")
