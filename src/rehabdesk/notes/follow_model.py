"""What a signed note calls for elsewhere: steps noted as changed, items of the checklist. Each is a deed of its own."""

from collections.abc import Mapping
from dataclasses import dataclass

from rehabdesk.core.i18n import tr
from rehabdesk.notes.forms.answer_words_model import choice_words
from rehabdesk.notes.forms.form_model import FieldType, Form
from rehabdesk.notes.model import NotePart

CHECKLIST = "checklist"
"""What an answer `opens` that belongs to the release checklist."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepNoted:
    """A step of the plan that a note says has changed. `status` is the code, `status_words` how the form calls it."""

    id: str
    words: str
    status: str
    status_words: str


def steps_noted(form: Form, part: NotePart) -> tuple[StepNoted, ...]:
    """Steps of the plan that a signed note says have changed."""
    found: list[StepNoted] = []
    for field in form.fields:
        value, names = part.answer(field.code), part.answer(field.names_code)
        if field.type is not FieldType.STEPS or not isinstance(value, Mapping):
            continue
        known = names if isinstance(names, Mapping) else {}
        found += [
            StepNoted(id=step, words=known.get(step, ""), status=status, status_words=choice_words(field, status))
            for step, status in value.items()
        ]
    return tuple(found)


def topics_noted(form: Form, part: NotePart) -> tuple[str, ...]:
    """Words of the answers that belong to items of the checklist."""
    found: list[str] = []
    for field in form.fields:
        value = part.answer(field.code)
        codes = value if isinstance(value, tuple) else (value,)
        found += [tr(choice.text) for choice in field.choices if choice.opens == CHECKLIST and choice.code in codes]
    return tuple(found)


def follows(form: Form, part: NotePart) -> bool:
    """Whether something elsewhere is offered after signing."""
    return bool(steps_noted(form, part) or topics_noted(form, part))
