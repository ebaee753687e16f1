"""Answers without a place in the form as it is asked now: of another layout, of an older version. None is lost."""

from collections.abc import Mapping

from rehabdesk.core.choices import OTHER
from rehabdesk.notes.forms.answers_model import Answer, Answers, answered, asked
from rehabdesk.notes.forms.form_model import PICKED, WRITTEN, Field, FieldType, Form


def carried(form: Form, answers: Answers) -> dict[str, Answer]:
    """The answers after a change of layout.

    A text that is asked no more goes to the asked text of the same kind (`Field.carries`), if that one is empty. Any
    other text stays where it is: it is asked again when the layout is changed back, and shown as left over until then.
    Nothing is joined, shortened or dropped.
    """
    found = dict(answers)
    for field in form.fields:
        if not field.carries or asked(field, found) or not answered(found.get(field.code)):
            continue
        target = next((each for each in form.fields if _takes(each, field, found)), None)
        if target is not None:
            found[target.code] = found.pop(field.code)
    return found


def without_place(form: Form, answers: Answers) -> dict[str, Answer]:
    """What the controls of this form cannot show: whole answers, or the part of one that was retired."""
    fields = {field.code: field for field in form.fields}
    owners = {field.words_code: field for field in form.fields if field.choice(OTHER) is not None}
    owners |= {field.names_code: field for field in form.fields if field.type in PICKED}
    found: dict[str, Answer] = {}
    for code, value in answers.items():
        if code in owners or not answered(value):
            continue
        field = fields.get(code)
        left = value if field is None else _strange(field, value)
        if left is not None and answered(left):
            found[code] = left
    return found


def out_of_turn(form: Form, answers: Answers) -> tuple[Field, ...]:
    """Questions with words that are not asked with the answers above them."""
    return tuple(
        field
        for field in form.fields
        if field.type in WRITTEN and answered(answers.get(field.code)) and not asked(field, answers)
    )


def with_place(answers: Answers, left: Answers) -> dict[str, Answer]:
    """The answers without the parts that `without_place` found."""
    found: dict[str, Answer] = {}
    for code, value in answers.items():
        strange = left.get(code)
        if strange is None:
            found[code] = value
        elif isinstance(value, tuple) and isinstance(strange, tuple):
            found[code] = tuple(each for each in value if each not in strange)
        elif isinstance(value, Mapping) and isinstance(strange, Mapping):
            found[code] = {row: answer for row, answer in value.items() if row not in strange}
    return {code: value for code, value in found.items() if answered(value)}


def together(shown: Answers, left: Answers) -> dict[str, Answer]:
    """What is shown and what has no place, as one: nothing of what was kept is missing.

    An answer that was given anew replaces the one that has no place; of several, both are kept.
    """
    found = dict(left)
    for code, value in shown.items():
        other = left.get(code)
        if isinstance(value, tuple) and isinstance(other, tuple):
            found[code] = value + tuple(each for each in other if each not in value)
        elif isinstance(value, Mapping) and isinstance(other, Mapping):
            found[code] = {**other, **value}
        else:
            found[code] = value
    return found


def conditions_met(form: Form, answers: Answers) -> frozenset[str]:
    """Codes of the questions that are asked under a condition, and are asked with these answers."""
    return frozenset(field.code for field in form.fields if field.when is not None and asked(field, answers))


def room_for(form: Form, field: Field, answers: Answers) -> Field | None:
    """The asked text that takes the words of `field`: of the same kind, else the first. Never one that others read."""
    texts = [
        each
        for each in form.fields
        if each.type is FieldType.TEXT
        and each.level is field.level
        and each.code != field.code
        and not each.folded
        and asked(each, answers)
    ]
    same = [each for each in texts if each.carries and each.carries == field.carries]
    return next(iter([*same, *texts]), None)


def _takes(target: Field, field: Field, answers: Answers) -> bool:
    return (
        target.carries == field.carries
        and target.level is field.level
        and asked(target, answers)
        and not answered(answers.get(target.code))
    )


def _strange(field: Field, value: Answer) -> Answer | None:
    """The part of an answer that the question does not offer (any more); None where all of it has its place."""
    offered = {choice.code for choice in field.choices if not choice.retired}
    match field.type:
        case FieldType.CHOICE:
            return None if value in offered else value
        case FieldType.CHOICES if isinstance(value, tuple):
            return tuple(code for code in value if code not in offered) or None
        case FieldType.GRID if isinstance(value, Mapping):
            rows = {row.code for row in field.rows if not row.retired}
            return {row: code for row, code in value.items() if row not in rows or code not in offered} or None
        case FieldType.YES_NO:
            return None if value in ("yes", "no") else value
        case FieldType.TICK:
            return None if value is True else value
        case FieldType.LINE | FieldType.TEXT:
            return None if isinstance(value, str) else value
        case FieldType.NUMBER | FieldType.DATE:
            return None if isinstance(value, str | int) else value
        case FieldType.LINKS | FieldType.CONTACTS:
            return None if isinstance(value, tuple) else value
        case FieldType.STEPS:
            return None if isinstance(value, Mapping) else value
        case FieldType.CONSENT:
            return None if isinstance(value, str) else value
        case _:
            return value
