"""What a search may find in notes: every part and addition that this login is shown on a timeline, and no more."""

from collections.abc import Sequence

from rehabdesk.access.service import Desk
from rehabdesk.core.found import Found
from rehabdesk.core.i18n import tr
from rehabdesk.db.projection import CLINICAL, PASTORAL
from rehabdesk.notes import store
from rehabdesk.notes.forms.form_service import Forms
from rehabdesk.notes.model import Entry
from rehabdesk.notes.timeline_service import Timeline
from rehabdesk.notes.words_model import entry_words
from rehabdesk.people.service import People

OWN_CASES_IN = (CLINICAL, PASTORAL)


class NoteSearch:
    """Notes of one unlocked desk, for a search over everything."""

    def __init__(self, desk: Desk, people: People, timeline: Timeline, forms: Forms) -> None:
        self._desk, self._people, self._timeline, self._forms = desk, people, timeline, forms

    def cases_in(self, comp: str) -> frozenset[str] | None:
        """The persons to whom a search in a compartment is held; None where it is not."""
        caseload = self._people.caseload
        return caseload.own_cases() if comp in OWN_CASES_IN and caseload.limited else None

    def found(self, comp: str, rids: Sequence[str]) -> tuple[Found, ...]:
        """Those of these records that belong to notes and that this login is shown."""
        entries = {entry.rid: entry for entry in self._timeline.visible(comp, rids)}
        shown = [self._found(entry, entry.rid) for rid, entry in entries.items() if rid in rids]
        of_note = {entry.note: entry for entry in entries.values()}
        for rid, note in store.notes_of_additions(self._desk.index(comp), rids):
            if (entry := of_note.get(note)) is not None:
                shown.append(self._found(entry, rid))
        return tuple(shown)

    def _found(self, entry: Entry, rid: str) -> Found:
        title = entry_words(entry, self._forms.entry_title(entry.form))
        if entry.struck:
            title = tr("{title} (entered in error)").format(title=title)
        is_addition = rid != entry.rid
        return Found(
            rid=rid,
            comp=entry.comp,
            kind=entry.part.value,
            title=tr("Added: {title}").format(title=title) if is_addition else title,
            person=entry.person_id,
            at=None if is_addition else entry.occurred_at,
            id=f"{entry.comp}:{entry.rid}",
        )
