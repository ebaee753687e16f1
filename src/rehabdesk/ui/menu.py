"""A short menu at a button: what is done seldom. It closes with the lock, as every window of its own does."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QPushButton


def show_menu(button: QPushButton, choices: Sequence[tuple[str, Callable[[], object]]]) -> None:
    """Opens it below the button, or above where there is no room. `choices`: the words, and what each does."""
    menu = QMenu(button)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for words, do in choices:
        menu.addAction(words).triggered.connect(partial(_act, do))
    menu.popup(button.mapToGlobal(button.rect().bottomLeft()))


def _act(do: Callable[[], object], _checked: bool = False) -> None:
    do()
