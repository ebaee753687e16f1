"""The summary of what is wrong on a page: one link for each control, in the words that stand at the control."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QPushButton, QWidget

from rehabdesk.core.i18n import tr
from rehabdesk.ui.kit import Kit


def summary_of(
    kit: Kit, found: Sequence[tuple[str, QWidget]], reveal: Callable[[QWidget], None]
) -> tuple[QFrame, QPushButton]:
    """The card, and its first link."""
    links = []
    for sentence, control in found:
        link = kit.button(sentence.replace("&", "&&"), kind="errorlink")
        link.clicked.connect(lambda _on=False, target=control: reveal(target))
        links.append(link)
    title = kit.label(tr("There is a problem"), "h3")
    words = kit.column(title, *(kit.start(link) for link in links), gap=1)
    icon = kit.column(kit.picture("circle-alert", "danger", 20))
    icon.setAlignment(Qt.AlignmentFlag.AlignTop)
    summary = kit.card("", kit.row(icon, (words, 1), gap=3), kind="error")
    summary.setAccessibleName(tr("There is a problem"))
    summary.setProperty("ring", True)
    summary.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return summary, links[0]
