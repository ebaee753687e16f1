"""What stands beside the pages before they are signed: places to look at, what is in it, and what stays here."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from rehabdesk.core.i18n import ntr, tr
from rehabdesk.core.text import isolate
from rehabdesk.handover.collecting.content_check_model import Hit, HitKind
from rehabdesk.handover.content.packet_model import Handover
from rehabdesk.handover.content.section_words_model import place_title
from rehabdesk.handover.making.preparing_service import Beside, section_lines, withheld_lines
from rehabdesk.ui.kit import STRETCH, Kit


class BesidePages(QWidget):
    """`ticks`: one box for each place that must be looked at, by the id of the hit. Where a box has the focus, the page
    on which its section begins is to be shown.
    """

    looked_at = Signal(int)
    """A page, from 0."""

    def __init__(self, kit: Kit, beside: Beside, ticked: Sequence[str]) -> None:
        super().__init__()
        self._places: dict[QObject, int] = {}
        self.ticks: dict[str, QCheckBox] = {}
        rows: list[QWidget] = []
        for hit in beside.hits:
            box = kit.check("", hit.id in ticked)
            words = hit_words(hit)
            box.setAccessibleName(words)
            text = kit.label(words, "small", wrap=True)
            text.setBuddy(box)
            self.ticks[hit.id] = box
            self._places[box] = beside.starts.get(hit.where.partition(".")[0], 0)
            box.installEventFilter(self)
            rows.append(kit.box(kit.row(box, (text, 1), gap=2)))
        count = len(beside.hits)
        said = (
            ntr("{count} place to look at", "{count} places to look at", count) if count else tr("Nothing to look at.")
        )
        parts = [
            kit.card(tr("Content check"), kit.label(said, "small", tone="muted"), *rows, kind="flat", gap=1),
            _lines(kit, tr("Earlier packet"), beside.replaced) if beside.replaced else None,
            sections_card(kit, beside.packet),
            _lines(kit, tr("What stays here"), withheld_lines(beside.packet)),
        ]
        kit.fill(QVBoxLayout(self), (*(part for part in parts if part is not None), STRETCH), gap=3)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() is QEvent.Type.FocusIn and watched in self._places:
            self.looked_at.emit(self._places[watched])
        return super().eventFilter(watched, event)


def sections_card(kit: Kit, packet: Handover) -> QWidget:
    """Every section with a tick, or with the reason why it is left out."""
    rows = []
    for there, words in section_lines(packet):
        icon = kit.picture("check", "success", 16) if there else kit.picture("x", "text3", 16)
        label = kit.label(words, "small", tone="" if there else "muted", wrap=True)
        label.setAccessibleName(words if there else tr("Not in it. {words}").format(words=words))
        rows.append(kit.row(icon, (label, 1), gap=2))
    return kit.card(tr("What is in it"), *rows, kind="flat", gap=1)


def _lines(kit: Kit, title: str, lines: Sequence[str]) -> QWidget:
    return kit.card(title, *(kit.label(line, "small", wrap=True) for line in lines), kind="flat", gap=1)


def unseen_sentence(count: int) -> str:
    """Why it cannot be signed yet."""
    return ntr(
        "{count} place has not been looked at. Tick it, or change the text.",
        "{count} places have not been looked at. Tick each of them, or change the text.",
        count,
    )


def hit_words(hit: Hit) -> str:
    """What made the program stop at a place, with some words around it."""
    kinds = {
        "other_person": tr("Name of another person"),
        "phone": tr("Phone number"),
        "listed_word": tr("Word on the list"),
        "unsigned_text": tr("Text that nobody signed"),
        "level": tr("Text from inside, of another level"),
        "association": tr("Says that a child belongs to something"),
    }
    section, kind = place_title(hit.where), kinds[hit.kind.value]
    words = (hit.around or hit.found).strip()
    words = isolate(f"{'… ' if hit.more_before else ''}{words}{' …' if hit.more_after else ''}")
    if hit.kind in (HitKind.UNSIGNED_TEXT, HitKind.LEVEL):  # the whole text, not some words of it
        return tr("{section}. {kind}: {words}").format(section=section, kind=kind, words=words)
    return tr("{section}. {kind}: “{found}” in {words}").format(
        section=section, kind=kind, found=isolate(hit.found), words=words
    )
