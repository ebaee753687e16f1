"""Answers to a form: which are missing or wrong, all at once, each with the sentence beside its field."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from rehabdesk.core.choices import OTHER
from rehabdesk.core.errors import FormatError, UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import require_text
from rehabdesk.notes.forms.form_model import PICKED, WRITTEN, Field, FieldChoice, FieldType, Form

Answer = str | int | bool | tuple[str, ...] | Mapping[str, str]
"""line, text: the words · number: int · date: YYYY-MM-DD · band: HH:M0 · yes_no: yes or no · tick: True ·
choice: code · choices: codes · grid: row code to choice code · links: ids of goals · steps: step id to new status ·
contacts: ids, or codes of the list · consent: an id, or a code of the list. The words of "other (say)" stand under
`Field.words_code`, those of what was picked under `Field.names_code` (id to words)."""

Answers = Mapping[str, Answer]

_CLOCK_SLACK = timedelta(minutes=10)
_BAND = re.compile(r"([01][0-9]|2[0-3]):[0-5]0")
_PICKED = re.compile(r"[0-9a-f]{32}(\.[A-Za-z0-9]{1,12}){0,2}")
"""An id of a record, or of a goal or a step within a plan: plan.goal.step."""
_LONGEST_OTHER = 200
_LONGEST_NAME = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What is missing or wrong in one field."""

    field: str
    sentence: str


class UnansweredError(UserError):
    """A form cannot be signed yet; `problems` holds one sentence for each field, in the order of the form."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(
            tr("{number} answers are missing or not right. The first: {sentence}").format(
                number=len(problems), sentence=problems[0].sentence
            )
            if len(problems) > 1
            else problems[0].sentence,
            field=problems[0].field,
        )
        self.problems = problems


def answered(value: Answer | None) -> bool:
    """Whether something was said: an empty text, list or table and an unset tick are no answer."""
    if isinstance(value, str):
        return bool(value.strip())
    return bool(value) or (value == 0 and value is not False)


def asked(field: Field, answers: Answers) -> bool:
    """Whether the field applies, given the answers to those before it."""
    if field.when is None:
        return True
    given = answers.get(field.when.field)
    codes = given if isinstance(given, tuple) else (given,)
    return any(answer in codes for answer in field.when.answers)


def problems(
    form: Form, answers: Answers, *, person: str | None, moment: datetime | None, now: datetime
) -> tuple[Problem, ...]:
    """Everything that stands in the way of signing. Empty: the form may be signed.

    `form` is the one for this person (`Form.for_person`); `moment` is when it happened, `now` the present.
    """
    found: list[Problem] = []
    known: set[str] = set()
    met = not any(choice.absent for choice in _chosen(form, answers))
    for field in form.fields:
        known.update(_codes_of(field))
        sentence = _problem(
            field if met else replace(field, required=False), answers, person=person, moment=moment, now=now
        )
        if sentence:
            found.append(Problem(field=field.code, sentence=sentence))
    if met and form.one_of and not any(answered(answers.get(code)) for code in form.one_of):
        found.append(Problem(field=form.one_of[0], sentence=tr("Write at least one of the answers, or decline.")))
    found.extend(
        Problem(field=code, sentence=tr("An answer here is not asked any more. Move its text, or clear it."))
        for code in answers
        if code not in known and answered(answers[code])
    )
    return tuple(found)


def clean_answers(form: Form, answers: Answers) -> dict[str, Answer]:
    """The answers as they are signed: texts trimmed, nothing empty. Only for answers without problems."""
    found: dict[str, Answer] = {}
    for field in form.fields:
        for code in _codes_of(field):
            value = answers.get(code)
            if value is None or not answered(value):
                continue
            is_words = isinstance(value, str) and (field.type in WRITTEN or code == field.words_code)
            found[code] = _words(field, str(value), code) if is_words else value
    return found


def unkeepable(answers: Answers) -> tuple[Problem, ...]:
    """Words with half a character, which no file can hold: they are said, and everything else is kept."""
    sentence = tr("This holds half a character, which cannot be kept. Delete the odd sign and type it again.")
    return tuple(
        Problem(field=code, sentence=sentence)
        for code, value in answers.items()
        if isinstance(value, str) and any("\ud800" <= sign <= "\udfff" for sign in value)
    )


def opened_forms(form: Form, answers: Answers) -> tuple[str, ...]:
    """Names of the forms that the answers call for, for example `safety_alert`."""
    return tuple(dict.fromkeys(choice.opens for choice in _chosen(form, answers) if choice.opens))


def closes(form: Form, answers: Answers) -> bool:
    """Whether an answer ends the form without content: the confidential encounter (G13)."""
    return any(choice.closes for choice in _chosen(form, answers))


def read_answers(value: object) -> dict[str, Answer]:
    """Answers from a payload or a draft. FormatError if they are not of the declared shapes."""
    if not isinstance(value, Mapping):
        raise FormatError("Answers of a note are not of the form that this version knows.")
    return {_text(code): _answer(item) for code, item in value.items()}


def _answer(item: object) -> Answer:
    if isinstance(item, str | int | bool):
        return item
    if isinstance(item, list | tuple):
        return tuple(_text(entry) for entry in item)
    if isinstance(item, Mapping):
        return {_text(row): _text(code) for row, code in item.items()}
    raise FormatError("An answer of a note is not of the form that this version knows.")


def _text(item: object) -> str:
    if not isinstance(item, str):
        raise FormatError("An answer of a note is not of the form that this version knows.")
    return item


def _chosen(form: Form, answers: Answers) -> Iterator[FieldChoice]:
    for field in form.fields:
        for code in _codes(answers.get(field.code)):
            choice = field.choice(code)
            if choice is not None:
                yield choice


def _codes_of(field: Field) -> tuple[str, ...]:
    """Under which codes answers to a question are kept."""
    names = (field.names_code,) if field.type in PICKED else ()
    return (field.code, field.words_code, *names)


def _codes(value: Answer | None) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,)
    if isinstance(value, tuple):
        return value
    return tuple(value.values()) if isinstance(value, Mapping) else ()


def _problem(
    field: Field, answers: Answers, *, person: str | None, moment: datetime | None, now: datetime
) -> str | None:
    label = tr(field.text)
    if field.type is FieldType.PERSON:
        return None if person else tr("Choose the person.")
    if field.type is FieldType.MOMENT:
        return _moment_problem(moment, now, label)
    value = answers.get(field.code)
    if not asked(field, answers):
        if value is not None and answered(value):
            return tr("{label} does not belong to what is answered above. Move its text, or clear it.").format(
                label=label
            )
        return None
    if value is None or not answered(value):
        return _unanswered(label) if field.required else None
    if field.instead_of and answered(answers.get(field.instead_of)):
        return tr("{label}: this does not go together with the answer before. Clear one of the two.").format(
            label=label
        )
    try:
        _require_answer(field, value, answers, label)
    except UserError as error:
        return error.sentence
    return None


def _moment_problem(moment: datetime | None, now: datetime, label: str) -> str | None:
    if moment is None:
        return _unanswered(label)
    if moment > now + _CLOCK_SLACK:
        return tr("The meeting lies in the future. Correct its date and time, or sign afterwards.")
    return None


def _require_answer(field: Field, value: Answer, answers: Answers, label: str) -> None:
    match field.type:
        case FieldType.LINE | FieldType.TEXT:
            _words(field, value if isinstance(value, str) else "", field.code)
        case FieldType.NUMBER:
            _require_number(field, value, label)
        case FieldType.DATE:
            _require_day(value, field, label)
        case FieldType.TEN_MINUTE_BAND:
            _require(
                isinstance(value, str) and bool(_BAND.fullmatch(value)),
                field,
                tr("Choose a time in steps of ten minutes."),
            )
        case FieldType.YES_NO:
            _require(value in ("yes", "no"), field, tr("Answer yes or no: {label}.").format(label=label))
        case FieldType.TICK:
            _require(value is True, field, tr("Tick {label} or leave it.").format(label=label))
        case FieldType.LINKS | FieldType.STEPS | FieldType.CONTACTS | FieldType.CONSENT:
            _require_picked(field, value, answers, label)
        case FieldType.GRID:
            _require_grid(field, value, label)
        case _:
            _require_choices(field, value, answers, label)


def _require_number(field: Field, value: Answer, label: str) -> None:
    _require(
        type(value) is int and field.least <= value <= field.most,
        field,
        tr("{label} is a whole number from {least} to {most}.").format(label=label, least=field.least, most=field.most),
    )


def _require_day(value: Answer, field: Field, label: str) -> None:
    try:
        good = isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        good = False
    _require(
        good,
        field,
        tr("{label} is not a date. Write it as year-month-day, for example 2026-11-24.").format(label=label),
    )


def _require_grid(field: Field, value: Answer, label: str) -> None:
    rows = {row.code: row for row in field.rows if not row.retired}
    good = isinstance(value, Mapping) and all(
        row in rows and field.choice(code) is not None for row, code in value.items()
    )
    _require(good, field, tr("Choose from the answers: {label}.").format(label=label))
    if field.required and isinstance(value, Mapping):
        for code, row in rows.items():
            if code not in value:
                raise UserError(
                    tr("Answer every line of {label}. Missing: {row}.").format(label=label, row=tr(row.text)),
                    field=field.code,
                )


def _require_picked(field: Field, value: Answer, answers: Answers, label: str) -> None:
    """Ids of the right shape with their words; whether they may be picked is asked of the record (`picks_service`)."""
    sentence = tr("Choose from the list: {label}.").format(label=label)
    shapes = {FieldType.STEPS: Mapping, FieldType.CONSENT: str}
    _require(isinstance(value, shapes.get(field.type, tuple)), field, sentence)
    codes = tuple(value) if isinstance(value, Mapping) else _codes(value)
    choices: set[str] = set()
    if isinstance(value, Mapping):
        _require(all(field.choice(status) is not None for status in value.values()), field, sentence)
    else:
        choices = {choice.code for choice in field.choices}
    _require(all(code in choices or _PICKED.fullmatch(code) for code in codes), field, sentence)
    names = answers.get(field.names_code, {})
    _require(isinstance(names, Mapping) and set(names) <= set(codes), field, sentence)
    if isinstance(names, Mapping):
        for words in names.values():
            require_text(words, field=field.code, label=label, longest=_LONGEST_NAME)
    if not isinstance(value, Mapping):
        _require_other(field, codes, answers)


def _require_other(field: Field, codes: tuple[str, ...], answers: Answers) -> None:
    """The words of "other (say)" are there if it is chosen, and only then."""
    words = answers.get(field.words_code)
    if OTHER in codes:
        _words(field, words if isinstance(words, str) else "", field.words_code)
    else:
        _require(words is None or not answered(words), field, tr('Choose "other" for these words, or clear them.'))


def _require_choices(field: Field, value: Answer, answers: Answers, label: str) -> None:
    several = field.type is FieldType.CHOICES
    _require(
        isinstance(value, tuple if several else str), field, tr("Choose from the answers: {label}.").format(label=label)
    )
    codes = _codes(value)
    for code in codes:
        choice = field.choice(code)
        _require(
            choice is not None and not choice.retired,
            field,
            tr("Choose from the answers: {label}.").format(label=label),
        )
    _require_other(field, codes, answers)


def _unanswered(label: str) -> str:
    """A question is put again as it stands; anything else is named."""
    if label.endswith("?"):
        return tr("Answer: {question}").format(question=label)
    return tr("Fill in: {label}.").format(label=label)


def _words(field: Field, text: str, code: str) -> str:
    is_other = code == field.words_code
    label = tr("{label}, other").format(label=tr(field.text)) if is_other else tr(field.text)
    clean = require_text(text, field=code, label=label, longest=_LONGEST_OTHER if is_other else field.longest)
    if field.type is FieldType.LINE and "\n" in clean:
        raise UserError(tr("{label} is one line. Remove the line break.").format(label=label), field=code)
    return clean


def _require(good: bool, field: Field, sentence: str) -> None:
    if not good:
        raise UserError(sentence, field=field.code)
