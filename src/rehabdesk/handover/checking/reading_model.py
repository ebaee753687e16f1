"""A packet as lines to be read: sections, and in them headings, texts, points and facts."""

from dataclasses import dataclass
from enum import StrEnum


class LineKind(StrEnum):
    HEADING = "heading"
    TEXT = "text"
    POINT = "point"
    FACT = "fact"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a section. `caption` names a fact, or who says it."""

    kind: LineKind
    words: str
    caption: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One section of the packet."""

    code: str
    title: str
    lines: tuple[Line, ...]
