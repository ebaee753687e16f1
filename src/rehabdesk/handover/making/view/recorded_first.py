"""What is recorded on another page before a packet has pages: said as the step opens, with the way there."""

from collections.abc import Callable

from PySide6.QtWidgets import QPushButton, QWidget

from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.ui.kit import Kit
from rehabdesk.ui.page import Route

Go = Callable[[Route], object]
"""Keeps the draft and goes to a page about its person; the route names no person."""


def recorded_first(kit: Kit, missing: UserError | None, go: Go) -> QWidget | None:
    """`missing`: as `PacketContents` has it."""
    if missing is None:
        return None
    words, to = tr("Open the legal stage"), Route(name="legal")
    if missing.field == "conditions":
        words, to = tr("Open the release"), Route(name="person", id="release")
    title = tr("Before there are pages")
    said = kit.label(missing.sentence, wrap=True)
    return kit.card(title, said, kit.start(_button(kit, words, "arrow-right", to, go)), kind="warn", gap=2)


def own_page_button(kit: Kit, go: Go) -> QWidget:
    """To the form of the person's own page."""
    to = Route(name="note", id="form:voice_statement")
    return kit.box(kit.start(_button(kit, tr("Write the own page"), "pencil", to, go)))


def _button(kit: Kit, words: str, icon: str, to: Route, go: Go) -> QPushButton:
    button = kit.button(words, icon=icon)
    button.clicked.connect(lambda _on=False: go(to))
    return button
