"""What stands above the questions of a note: its standing warning, and the forms that could be written instead."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from rehabdesk.core.i18n import tr
from rehabdesk.ui.kit import Kit
from rehabdesk.ui.page import Route


def write_instead(
    kit: Kit, forms: Sequence[tuple[str, str]], person_id: str, go: Callable[[Route], None]
) -> QWidget | None:
    """`forms`: name and title of each; a new note begins with the first form of the role, the others are a key away."""
    if not forms:
        return None
    buttons = []
    for name, title in forms:
        button = kit.button(title.replace("&", "&&"), kind="quiet", icon="file-pen-line")
        button.setAccessibleName(tr("Write instead: {form}").format(form=title))
        route = Route(name="note", person=person_id, id=f"form:{name}")
        button.clicked.connect(lambda _on=False, route=route: go(route))
        buttons.append(button)
    words = kit.label(tr("Write instead:"), "small", tone="muted")
    return kit.box(kit.row(words, (kit.flow(*buttons, gap=1), 1), gap=2))


def standing_warning(kit: Kit, words: str) -> QWidget | None:
    """What a form says above all its questions."""
    if not words:
        return None
    icon = kit.picture("triangle-alert", "amber_fg", 16)
    return kit.card("", kit.row(icon, (kit.label(words, "strong", wrap=True), 1)), kind="warn")
