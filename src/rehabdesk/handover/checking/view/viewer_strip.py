"""The pages of a packet that came, for the viewer of the system: saved and handed over, never drawn here."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QWidget

from rehabdesk.core.errors import RehabDeskError
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate_ltr
from rehabdesk.ui.page import Page


@dataclass(frozen=True, slots=True, kw_only=True)
class PagesOut:
    """`save` asks where the pages go; `view` hands the file to the system's viewer, False where the system has none."""

    save: Callable[[QWidget, str, bytes], Path | None]
    view: Callable[[Path], bool]


def ask_pages(page: Page, out: PagesOut, name: str, pdf: Callable[[], bytes]) -> None:
    """With the note that belongs to the pages, before anything leaves (packet.md 8.1). `name`: of the file."""
    note = tr(
        "{file} is saved and opened. A viewer may show more or less than was checked, and the file is not sealed."
    )

    def save_and_open() -> None:
        try:
            path = out.save(page, name, pdf())
        except RehabDeskError as problem:
            page.problems([(problem.sentence, page.first_focus() or page)])
            return
        if path is None:
            return
        if out.view(path):
            page.said.emit(
                tr("{file} is with the viewer. Protect it: it is not sealed.").format(file=isolate_ltr(path.name))
            )
            return
        words = tr("{file} is saved. This computer has no program that shows it; open it on another one.")
        page.problems([(words.format(file=isolate_ltr(path.name)), page.first_focus() or page)])

    page.ask(note.format(file=isolate_ltr(name)), tr("Save and open"), save_and_open)
