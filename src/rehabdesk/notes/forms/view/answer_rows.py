"""The answers of a signed note, question by question, as the form asked them when it was signed."""

from PySide6.QtWidgets import QWidget

from rehabdesk.core.text import isolate
from rehabdesk.notes.forms.answer_words_model import answers_in_words
from rehabdesk.notes.forms.form_model import Form
from rehabdesk.notes.model import NotePart
from rehabdesk.ui.kit import STRETCH, Kit


def answer_rows(kit: Kit, form: Form | None, part: NotePart, *, is_author: bool) -> list[QWidget]:
    """One row for each answer; see `answers_in_words`."""
    return [pair(kit, caption, words) for caption, words in answers_in_words(form, part, is_author=is_author)]


def pair(kit: Kit, caption: str, words: str) -> QWidget:
    """What was asked, and beside it what was answered."""
    name = kit.label(caption, "small", tone="muted", wrap=True)
    return kit.box(
        kit.row(
            (kit.box(kit.column(name, STRETCH)), 1), (kit.label(isolate(words), wrap=True, selectable=True), 3), gap=3
        )
    )
