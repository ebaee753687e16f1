"""What letters ask of those who get them: inspectors disclosures, clinical supervisors also declined requests."""

from rehabdesk.core.i18n import ntr, tr
from rehabdesk.notes.alerts.letter_service import Letters
from rehabdesk.overview.day_service import Task


def letter_tasks(letters: Letters) -> list[Task]:
    """One line for all that were not opened yet: the list itself says what they are."""
    count = len(letters.unread(letters.to_me())) if letters.gets_letters else 0
    if not count:
        return []
    return [
        Task(
            order=-1,
            words=ntr("{count} letter to you", "{count} letters to you", count),
            detail="",
            icon="inbox",
            tag=(tr("Not read yet"), "blue"),
            act=tr("Open letters"),
            page="letters",
        )
    ]
