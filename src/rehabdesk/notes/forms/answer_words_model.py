"""Answers in words, as they stand on the screen: with the words of the form that they were given to."""

from collections.abc import Iterator, Mapping

from rehabdesk.core.i18n import tr
from rehabdesk.core.text import join_words
from rehabdesk.notes.forms.answers_model import Answer
from rehabdesk.notes.forms.form_model import PICKED, Field, FieldType, Form, Level
from rehabdesk.notes.model import NotePart


def answer_words(question: Field, value: Answer, names: Answer | None = None) -> str:
    """An answer in words. `names`: the words of what was picked from the record, as they stood when it was picked."""
    if question.type in PICKED:
        return _picked_words(question, value, names if isinstance(names, Mapping) else {})
    if isinstance(value, bool):
        return tr("Yes")
    if isinstance(value, tuple):
        return join_words(choice_words(question, code) for code in value)
    if isinstance(value, str):
        if question.type is FieldType.YES_NO:
            return tr("Yes") if value == "yes" else tr("No")
        return choice_words(question, value) if question.choices else value
    if isinstance(value, int):
        return str(value)
    rows = {row.code: tr(row.text) for row in question.rows}
    return "\n".join(_line(rows.get(row, row), choice_words(question, code)) for row, code in value.items())


def plain_words(value: Answer) -> str:
    """An answer whose question is not known any more, as it was kept."""
    if isinstance(value, bool):
        return tr("Yes")
    if isinstance(value, tuple):
        return join_words(value)
    return "\n".join(value.values()) if isinstance(value, Mapping) else str(value)


def answers_in_words(form: Form | None, part: NotePart, *, is_author: bool) -> Iterator[tuple[str, str]]:
    """(question, answer) of a signed part, in the order of the form that it was signed under.

    `form` None: the desk has no form to read it with, the words stand without questions. Its author is told where an
    answer went that lies in `protected`; whether there was one is not said here.
    """
    shown: set[str] = set()
    for question in () if form is None else form.fields:
        codes = (question.code, question.words_code, question.names_code)
        value = part.answer(question.code)
        shown.update(codes)
        if question.type is FieldType.PERSON:
            continue
        if value is not None:
            other = part.answer(question.words_code)
            words = answer_words(question, value, part.answer(question.names_code))
            yield tr(question.text), tr("{words} ({more})").format(words=words, more=other) if other else words
        elif question.level is Level.PROTECTED and is_author:
            yield tr(question.text), tr("What you answered here is kept with the safeguarding lead.")
    for code, value in (*part.words.items(), *part.marks.items()):
        if code not in shown and not code.endswith(".names"):
            yield tr("Also written"), plain_words(value)


def knows(question: Field, value: Answer) -> bool:
    """Whether the question has words for all of an answer, also where they are retired."""
    if question.type is FieldType.CHOICE:
        return isinstance(value, str) and question.choice(value) is not None
    if question.type is FieldType.CHOICES:
        return isinstance(value, tuple) and all(question.choice(code) is not None for code in value)
    if question.type is FieldType.GRID:
        rows = {row.code for row in question.rows}
        return isinstance(value, Mapping) and all(
            row in rows and question.choice(code) is not None for row, code in value.items()
        )
    return True


def choice_words(question: Field, code: str) -> str:
    """The words of one answer of a list."""
    choice = question.choice(code)
    return tr(choice.text) if choice is not None else code


def _picked_words(question: Field, value: Answer, names: Mapping[str, str]) -> str:
    if isinstance(value, Mapping):
        gone = tr("Something that was picked")
        return "\n".join(_line(names.get(each, gone), choice_words(question, code)) for each, code in value.items())
    codes = value if isinstance(value, tuple) else (str(value),)
    return join_words(_picked(question, code, names) for code in codes)


def _picked(question: Field, code: str, names: Mapping[str, str]) -> str:
    if code in names:
        return names[code]
    return choice_words(question, code) if question.choice(code) is not None else tr("Something that was picked")


def _line(name: str, words: str) -> str:
    return tr("{line}: {answer}").format(line=name, answer=words)
