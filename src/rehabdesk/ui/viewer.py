"""The viewer of the system, for pages that came from outside: this program never draws them (packet.md 8.1)."""

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices


def view_file(path: Path) -> bool:
    """Hands a file of this computer to the program that the system has for its kind; False where it has none."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.absolute())))
