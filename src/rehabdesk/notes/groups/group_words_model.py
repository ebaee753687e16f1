"""The words of groups and meetings, as they stand on screens, and the letters that mark a row."""

from rehabdesk.core.i18n import tr
from rehabdesk.core.text import join_words
from rehabdesk.notes.forms.form_model import Form
from rehabdesk.notes.groups.group_model import Lines

MARKS: tuple[tuple[str, ...], ...] = (
    ("came",),
    ("came_late",),
    ("left_early",),
    ("declined",),
    ("not_unlocked", "no_escort", "lockdown"),
    ("excused_health", "excused_court", "excused_visit", "excused_worship"),
    ("staff_unavailable",),
)
"""What each letter marks; the same letter again, or a digit, chooses among several reasons."""
_LATIN = "CLEDNXU"


def letters() -> str:
    """One letter for each of `MARKS`, in the language of the screen; the Latin ones where that has no seven."""
    found = tr("CLEDNXU").upper()
    return found if len(set(found)) == len(MARKS) == len(found) and found.isalpha() else _LATIN


def lines_words(lines: Lines) -> str:
    """Where the line about each person lies."""
    return {Lines.TEAM: tr("Lines: Team"), Lines.CLINICAL: tr("Lines: Clinical")}[lines]


def level_tag(lines: Lines) -> tuple[str, str, str]:
    """Words, colour and icon of where the lines lie."""
    return lines_words(lines), "purple" if lines is Lines.CLINICAL else "grey", "lock"


def choice_words(form: Form, code: str, chosen: str) -> str:
    """The words of an answer; the code of one that this version does not know."""
    question = form.field(code)
    choice = question.choice(chosen) if question is not None else None
    return chosen if choice is None else tr(choice.text)


def options(form: Form, code: str) -> list[tuple[str, str]]:
    """The answers of a list that are offered, as code and words."""
    question = form.field(code)
    offered = () if question is None else question.choices
    return [(one.code, tr(one.text)) for one in offered if not one.retired and one.code != "other"]


def legend(form: Form) -> str:
    """What the keys of the table do."""
    said = (
        tr("came"),
        tr("late"),
        tr("left early"),
        tr("declined"),
        tr("not brought"),
        tr("excused"),
        tr("I was unavailable"),
    )
    keys = [f"{letter} {words}" for letter, words in zip(letters(), said, strict=True)]
    took = join_words(words.lower() for _, words in options(form, "grp.GS6.part"))
    return " · ".join([*keys, tr("1 to 4 took part: {words}").format(words=took), tr("Enter: the line")])
