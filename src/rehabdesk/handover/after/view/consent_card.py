"""Where consents are kept: packets that are still outside after a consent to share was withdrawn."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate, isolate_ltr
from rehabdesk.handover.records_model import PacketRow
from rehabdesk.ui.page import Page, Route


def consent_card(page: Page, packets: Sequence[PacketRow]) -> QWidget | None:
    """None where no packet about the person is outside. Each leads to its page, where it is withdrawn."""
    if not packets:
        return None
    kit = page.kit
    words = tr("A consent to share was withdrawn. These packets are still outside; each can be withdrawn on its page.")
    buttons = []
    for row in packets:
        said = tr("{number}, {team}").format(number=isolate_ltr(row.number), team=isolate(row.team_name))
        button = kit.button(said, icon="package")
        button.clicked.connect(partial(_open, page, row))
        buttons.append(button)
    sentence = kit.row(kit.picture("circle-alert", "warning"), (kit.label(words, wrap=True), 1), gap=2)
    return kit.card(tr("Packets outside"), sentence, kit.flow(*buttons), kind="flat", gap=2)


def _open(page: Page, row: PacketRow, _on: bool = False) -> None:
    page.go.emit(Route(name="packet_view", person=row.person, id=row.id))
