"""What the event loop does between two deeds of a person, for programs that drive the windows without one."""

from PySide6.QtCore import QCoreApplication, QEvent


def settle() -> None:
    """Lets what was asked for happen, and pages that were left die: else they pile up, and each is dressed anew."""
    for _ in range(3):
        QCoreApplication.processEvents()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
