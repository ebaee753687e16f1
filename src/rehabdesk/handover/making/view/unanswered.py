"""What is missing on a page of fields: said all at once, each at its field, and gone through by F8."""

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QApplication, QWidget

from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.ui.field import Field
from rehabdesk.ui.page import Page


def said_at_fields(page: Page, fields: Mapping[str, Field], problems: Sequence[UserError], otherwise: QWidget) -> None:
    """The fields that are wrong say so, and no others. `otherwise`: where the focus goes for what has no field."""
    for field in fields.values():
        field.calm()
    found: list[tuple[str, QWidget]] = []
    for problem in problems:
        wrong = fields.get(problem.field or "")
        if wrong is not None:
            wrong.complain(problem.sentence)
        found.append((problem.sentence, otherwise if wrong is None else wrong.control))
    page.problems(found)


def go_to_next(page: Page, fields: Mapping[str, Field], problems: Sequence[UserError]) -> None:
    """To the field of the next problem behind the one that has the focus, then again from the first."""
    missing = [fields[name] for name in (problem.field or "" for problem in problems) if name in fields]
    if not missing:
        page.said.emit(tr("Everything on this page is answered."))
        return
    here = next((place for place, field in enumerate(missing) if _has_focus(field)), -1)
    page.reveal(missing[(here + 1) % len(missing)].control)


def _has_focus(field: Field) -> bool:
    return field.isAncestorOf(QApplication.focusWidget() or field.window())
