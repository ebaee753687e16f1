"""A form as it is asked on paper: the codes of its questions, which of them share one place, and room to write."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from rehabdesk.notes.forms.form_model import Field, FieldType, Form

OF_HEADER = "hdr"
_PER_LINE = 75
"""Characters that a hand writes on a line across the page."""
_IN_FULL = 600
"""Up to so many characters there is room for all; what is longer grows slowly, and goes on on another sheet."""
LEAST_LINES = 2
_SHORT_LINE = 60
_SHORT = (
    *(FieldType.PERSON, FieldType.MOMENT, FieldType.DATE, FieldType.TEN_MINUTE_BAND),
    *(FieldType.YES_NO, FieldType.TICK),
)
_BEHIND_A_BOX = (FieldType.LINE, FieldType.DATE, FieldType.NUMBER)
_BOXED = (FieldType.CHOICE, FieldType.CHOICES, FieldType.YES_NO)


@dataclass(frozen=True, slots=True, kw_only=True)
class Blank:
    """A form to be printed empty. `site` is the name of the desk's site; `rule` what it says of sealed matters;
    `training`: its people are invented.
    """

    form: Form
    convicted: bool
    site: str
    rule: str = ""
    training: bool = False


def paper_code(code: str) -> str:
    """The code of a question as paper and screen show it: `P3`, `GS1`, `hdr 5`; nothing for questions of number 0."""
    prefix, _, rest = code.partition(".")
    number = rest.partition(".")[0]
    if number == "0":
        return ""
    return f"{prefix} {number}" if prefix == OF_HEADER else number


def followers(form: Form) -> dict[tuple[str, str], Field]:
    """Short questions that one answer of the same code calls for, by (code of the question, answer): on paper they
    stand behind the box of that answer.
    """
    found: dict[tuple[str, str], Field] = {}
    for field in form.fields:
        when, called_by = field.when, form.field(field.when.field) if field.when else None
        if when is None or called_by is None or len(when.answers) != 1 or field.type not in _BEHIND_A_BOX:
            continue
        if called_by.type in _BOXED and paper_code(called_by.code) == paper_code(field.code):
            found.setdefault((called_by.code, when.answers[0]), field)
    return found


def is_short(form: Form, field: Field) -> bool:
    """Whether two such questions stand side by side."""
    if any(code == field.code for code, _ in followers(form)):
        return False
    if field.type is FieldType.LINE:
        return field.longest <= _SHORT_LINE
    if field.type is FieldType.NUMBER:
        return not field.suggestions
    return field.type in _SHORT


def asked_on_paper(form: Form) -> tuple[tuple[Field, ...], ...]:
    """The questions in their order, but for `followers`. Texts of one code, of which an earlier answer calls for some,
    share one place.
    """
    found: list[list[Field]] = []
    behind = {field.code for field in followers(form).values()}
    for field in form.fields:
        if field.code in behind:
            continue
        if found and _alternatives(found[-1][-1], field):
            found[-1].append(field)
        else:
            found.append([field])
    return tuple(tuple(each) if _differ(each) else (field,) for each in found for field in _heads(each))


def lines_for(longest: int, room: float) -> int:
    """How many lines to write on a text of at most `longest` characters gets; `room` 1 is the usual room."""
    lines = min(longest, _IN_FULL) / _PER_LINE + math.log2(max(1.0, longest / _IN_FULL))
    return max(LEAST_LINES, round(lines * room))


def _alternatives(one: Field, other: Field) -> bool:
    return (
        one.type is other.type is FieldType.TEXT
        and one.when is not None
        and other.when is not None
        and one.when.field == other.when.field
        and paper_code(one.code) == paper_code(other.code)
    )


def _differ(fields: Sequence[Field]) -> bool:
    return len({field.when.answers for field in fields if field.when is not None}) > 1


def _heads(fields: Sequence[Field]) -> Sequence[Field]:
    """One for a group that shares its place, else each."""
    return fields[:1] if _differ(fields) else fields
