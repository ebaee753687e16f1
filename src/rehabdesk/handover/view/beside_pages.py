"""What stands beside the pages before they are signed: places to look at, what is in it, and what stays here."""

from collections.abc import Sequence

from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from rehabdesk.core.i18n import ntr, tr
from rehabdesk.handover.content_check_model import Hit
from rehabdesk.handover.packet_model import Handover
from rehabdesk.handover.preparing_service import section_lines, withheld_lines
from rehabdesk.ui.kit import STRETCH, Kit


class BesidePages(QWidget):
    """`ticks`: one box for each place that must be looked at, by the id of the hit."""

    def __init__(self, kit: Kit, packet: Handover, hits: Sequence[Hit], ticked: Sequence[str]) -> None:
        super().__init__()
        self.ticks: dict[str, QCheckBox] = {}
        rows: list[QWidget] = []
        for hit in hits:
            box = kit.check("", hit.id in ticked)
            words = hit_words(hit)
            box.setAccessibleName(words)
            text = kit.label(words, "small", wrap=True)
            text.setBuddy(box)
            self.ticks[hit.id] = box
            rows.append(kit.box(kit.row(box, (text, 1), gap=2)))
        count = len(hits)
        said = (
            ntr("{count} place to look at", "{count} places to look at", count) if count else tr("Nothing to look at.")
        )
        parts = [
            kit.card(tr("Content check"), kit.label(said, "small", tone="muted"), *rows, kind="flat", gap=1),
            _lines(kit, tr("What is in it"), section_lines(packet)),
            _lines(kit, tr("What stays here"), withheld_lines(packet)),
        ]
        kit.fill(QVBoxLayout(self), (*parts, STRETCH), gap=3)


def _lines(kit: Kit, title: str, lines: Sequence[str]) -> QWidget:
    return kit.card(title, *(kit.label(line, "small", wrap=True) for line in lines), kind="flat", gap=1)


def hit_words(hit: Hit) -> str:
    """What made the program stop at a place, with some words around it."""
    kinds = {
        "other_person": tr("Name of another person"),
        "phone": tr("Phone number"),
        "listed_word": tr("Word on the list"),
        "unsigned_text": tr("Text that nobody signed"),
        "level": tr("Text of another level"),
    }
    return f"{kinds[hit.kind.value]}: … {hit.around or hit.found} …"
