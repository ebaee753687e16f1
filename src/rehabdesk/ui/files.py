"""Choosing and saving: Qt's own dialogs only, because a native one leaves names in the system's lists."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from rehabdesk.core.files import durable_write, on_foreign_medium
from rehabdesk.core.i18n import tr
from rehabdesk.ui.printing import Printers
from rehabdesk.ui.viewer import view_file


class FileDialogs:
    """How pages ask for files: Qt's own dialogs; and the printers. A test gives paths and printers of its own."""

    printers = Printers()

    def choose_file(self, owner: QWidget, title: str, pattern: str) -> Path | None:
        return choose_file(owner, title, pattern)

    def choose_files(self, owner: QWidget, title: str, pattern: str) -> Sequence[Path]:
        """One or several; none where the person thought better of it."""
        names, _ = QFileDialog.getOpenFileNames(
            owner, title, "", pattern, options=QFileDialog.Option.DontUseNativeDialog
        )
        return [Path(name) for name in names]

    def choose_folder(self, owner: QWidget, title: str) -> Path | None:
        return choose_folder(owner, title)

    def save_file(
        self, owner: QWidget, name: str, content: bytes, leaving: Callable[[], None] = lambda: None
    ) -> Path | None:
        return save_file(owner, name, content, leaving)

    def view_file(self, path: Path) -> bool:
        """Opens it in the system's viewer; False where the system has none for it."""
        return view_file(path)


def choose_file(owner: QWidget, title: str, pattern: str) -> Path | None:
    """A file that is there; None where the person thought better of it. `pattern`: as Qt writes filters."""
    name, _ = QFileDialog.getOpenFileName(owner, title, "", pattern, options=QFileDialog.Option.DontUseNativeDialog)
    return Path(name) if name else None


def choose_folder(owner: QWidget, title: str) -> Path | None:
    """A folder; None where the person thought better of it."""
    name = QFileDialog.getExistingDirectory(owner, title, "", QFileDialog.Option.DontUseNativeDialog)
    return Path(name) if name else None


def save_file(owner: QWidget, name: str, content: bytes, leaving: Callable[[], None] = lambda: None) -> Path | None:
    """Asks where the file goes (an existing one is asked about) and writes it durably. StorageError if it cannot.

    `leaving` is called once that is answered, and before a byte is written: the log has what is outside, and nothing
    that the person thought better of. What it raises keeps the file from being written.
    """
    chosen, _ = QFileDialog.getSaveFileName(owner, tr("Save"), name, options=QFileDialog.Option.DontUseNativeDialog)
    if not chosen:
        return None
    leaving()
    with on_foreign_medium():
        durable_write(Path(chosen), content)
    return Path(chosen)
