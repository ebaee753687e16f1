"""The status lists that are held, with their age, and the next own one: a small card below the list of packets."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from rehabdesk.core.i18n import ntr, tr
from rehabdesk.core.text import isolate
from rehabdesk.handover.after.status_list_keeping_model import HeldList
from rehabdesk.handover.after.status_list_service import StatusLists
from rehabdesk.handover.after.view.after_card import save_list
from rehabdesk.ui.page import Page

SHOWN_FROM, STRONGLY_FROM = 30, 90
"""Days from which the age of a list is said, and said strongly (packet.md 7.4)."""


def lists_card(page: Page, lists: StatusLists, folder: Callable[[QWidget, str], Path | None]) -> QWidget | None:
    """None where nothing is held and nothing is to be said."""
    kit, shown, behind = page.kit, lists.shown(), lists.is_behind()
    if not shown and not behind:
        return None
    lines = []
    for held in shown:
        words, colour = _age(held)
        tag = kit.tag(words, colour) if words else None
        lines.append(kit.row((kit.label(_words(held), wrap=True), 1), tag, gap=2))
    if behind:
        said = tr("Packets were withdrawn, replaced or signed a second time since the last list.")
        lines.append(kit.row(kit.picture("circle-alert", "warning"), (kit.label(said, wrap=True), 1), gap=2))
    button = None
    if lists.may_make or (shown and not behind):
        act = tr("Make and save the status list") if behind else tr("Save the status list")
        button = kit.button(act, icon="usb")
        button.clicked.connect(lambda _on=False: save_list(page, lists, folder))
    start = None if button is None else kit.start(button)
    return kit.card(tr("Status lists"), *lines, start, kind="flat", gap=2)


def _words(held: HeldList) -> str:
    words = tr("Own list, number {number}") if held.own else tr("List of {site}, number {number}")
    return words.format(site=isolate(held.site), number=held.seq)


def _age(held: HeldList) -> tuple[str, str]:
    """How old it is, once that matters."""
    if held.age_days < SHOWN_FROM:
        return "", "grey"
    words = ntr("{count} day old", "{count} days old", held.age_days)
    return words, "red" if held.age_days >= STRONGLY_FROM else "amber"
