"""What co-signing asks of this login today: notes to cosign, and own notes that came back."""

from collections.abc import Callable

from rehabdesk.core.errors import RehabDeskError
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate
from rehabdesk.notes.cosign_service import Cosigning
from rehabdesk.notes.model import Entry
from rehabdesk.overview.day_service import Task
from rehabdesk.people.service import People


class CosignTasks:
    """`staff` gives the name behind a login."""

    def __init__(self, cosigning: Cosigning, people: People, staff: Callable[[str], str]) -> None:
        self._cosigning, self._people, self._staff = cosigning, people, staff

    def tasks(self) -> tuple[Task, ...]:
        to_cosign = [
            self._task(
                entry,
                words=tr("To cosign: the note of {author}").format(author=isolate(self._staff(entry.author))),
                tag=(tr("Waiting for cosign"), "blue"),
                act=tr("Read and cosign"),
            )
            for entry in self._cosigning.waiting()
        ]
        came_back = [
            self._task(entry, words=tr("Your note came back"), tag=(tr("Returned"), "amber"), act=tr("Read why"))
            for entry in self._cosigning.returned()
        ]
        return (*to_cosign, *came_back)

    def _task(self, entry: Entry, *, words: str, tag: tuple[str, str], act: str) -> Task:
        return Task(
            order=2,
            words=words,
            detail=tr("About {name}").format(name=isolate(self._name(entry.person_id))),
            icon="signature",
            tag=tag,
            act=act,
            page="note_read",
            person=entry.person_id,
            id=f"{entry.comp}:{entry.rid}",
        )

    def _name(self, person: str) -> str:
        try:
            row = self._people.row(person)
        except RehabDeskError:
            return tr("Unknown")
        return row.display_alias or row.name
