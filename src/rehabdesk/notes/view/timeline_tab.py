"""All that was recorded about a person and that this login may see: newest first, more as one scrolls."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from rehabdesk.core.canon import Json
from rehabdesk.core.i18n import tr
from rehabdesk.notes.draft_age_model import age_colour, draft_age
from rehabdesk.notes.forms.form_model import WRITTEN, Field
from rehabdesk.notes.forms.form_service import Forms
from rehabdesk.notes.model import PREVIEW_LENGTH, Entry, NoteDraft, Part
from rehabdesk.notes.service import Notes
from rehabdesk.notes.view.timeline_bar import TimelineBar
from rehabdesk.notes.words_model import entry_words, level_name, state_tag
from rehabdesk.ui.dates import short, stamp
from rehabdesk.ui.kit import STRETCH, Kit
from rehabdesk.ui.page import Page, Route
from rehabdesk.ui.timeline import Event, TimelineList

MOST_FOUND = 200
"""Entries that hold the words one looks for in a timeline; more words find fewer."""
NOTE_PAGE = "note_read"
ICONS = {
    Part.NOTE: ("message-circle", "blue"),
    Part.SUMMARY: ("users-round", "grey"),
    Part.MARKER: ("lock", "grey"),
    Part.CONTRIBUTION: ("hand-heart", "purple"),
    Part.GROUP: ("users", "blue"),
    Part.ALERT: ("shield-alert", "grey"),
    Part.OUTSIDE: ("package", "grey"),
}
PAGE_OF: dict[Part, str] = {Part.ALERT: "alert", Part.OUTSIDE: "outside_entry"}
"""The page on which an entry is read, where it is not the page of notes."""
StaffName = Callable[[str], str]


def event_of(entry: Entry, forms: Forms, staff: StaffName) -> Event:
    """One entry as a point of the rail."""
    icon, colour = ICONS[entry.part]
    # a marker knows the day only
    when = short(entry.occurred_at.date()) if entry.part is Part.MARKER else stamp(entry.occurred_at)
    return Event(
        title=entry_words(entry, forms.entry_title(entry.form)),
        meta=" · ".join((when, staff(entry.author), level_name(entry.comp))),
        icon=icon,
        colour=colour,
        preview=entry.preview if len(entry.preview) < PREVIEW_LENGTH else f"{entry.preview.rstrip()} …",
        tag=state_tag(entry),
        route=None
        if entry.part is Part.MARKER
        else Route(name=PAGE_OF.get(entry.part, NOTE_PAGE), person=entry.person_id, id=f"{entry.comp}:{entry.rid}"),
    )


def draft_event(draft: NoteDraft, forms: Forms, changed: datetime, now: datetime) -> Event:
    """An own draft stands above what is signed; amber once it was begun a day ago."""
    colour = age_colour(draft_age(draft.made, now))
    form = forms.find(draft.form)
    fields = [] if form is None else [field for field in form.fields if _is_text(field)]
    said = [str(draft.answers[field.code]) for field in fields if draft.answers.get(field.code)]
    words = " · ".join(" ".join(text.split()) for text in said)
    return Event(
        title=forms.title(draft.form),
        meta=tr("Written {time}, only you can open it").format(time=stamp(changed)),
        icon="file-pen-line",
        colour="grey" if colour == "grey" else "amber",
        preview=words[:160],
        tag=(tr("Draft, not signed"), colour),
        route=Route(name="note", person=draft.person_id or "", id=draft.id),
    )


def _is_text(field: Field) -> bool:
    return field.type in WRITTEN and not field.code.startswith("hdr.")


class TimelineTab(Page):
    """`only_notes`: the Notes tab shows what can be opened, without the signs that something exists.

    `doors`: words and route of pages that belong to the notes.
    """

    def __init__(
        self,
        kit: Kit,
        notes: Notes,
        forms: Forms,
        person_id: str,
        *,
        person_name: str,
        staff: StaffName,
        now: Callable[[], datetime],
        only_notes: bool = False,
        new_note: str = "",
        doors: Sequence[tuple[str, Route]] = (),
    ) -> None:
        super().__init__(kit)
        self._notes, self._forms, self._person = notes, forms, person_id
        self._name, self._staff, self._now, self._only, self._form = person_name, staff, now, only_notes, new_note
        self._last: Entry | None = None
        self._ended = False
        self.list = TimelineList(kit.theme, tr("Timeline of {name}").format(name=person_name), scrolls=True)
        self.list.setProperty("ring", False)
        self.list.opened.connect(self.go)
        self.list.ended.connect(self._more)
        shown = notes.timeline.parts(person_id) - (frozenset({Part.MARKER}) if only_notes else frozenset())
        self._bar = TimelineBar(kit, shown)
        self._bar.changed.connect(self._narrow)
        self._bar.left.connect(self.list.setFocus)
        self._narrowed = self._bar.state()
        QShortcut(QKeySequence.StandardKey.Find, self).activated.connect(self._bar.find_words)
        self._none = kit.label("", tone="muted", wrap=True)
        self._none.hide()
        self._place_list()
        if doors:
            self.set_foot(kit.row(*(self._door(*door) for door in doors), STRETCH))

    def first_focus(self) -> QWidget | None:
        return self.list if self.list.count() else self._first

    def refresh(self) -> None:
        self._fill()

    def place(self) -> Mapping[str, Json]:
        return {"row": self.list.currentRow()}

    def restore(self, place: Mapping[str, Json]) -> None:
        row = place.get("row")
        if isinstance(row, int):
            self.list.setCurrentRow(min(row, self.list.count() - 1))

    def _place_list(self) -> None:
        self._fill()
        if self.list.count():
            self.set_body(self.kit.box(self.kit.column(self._bar, self._none, (self.list, 1))))
            return
        buttons = []
        if self._form:
            write = self.kit.button(tr("Write the first note"), icon="plus")
            write.clicked.connect(
                lambda: self.go.emit(Route(name="note", person=self._person, id=f"form:{self._form}"))
            )
            buttons.append(write)
        self._first = buttons[0] if buttons else None
        sentence = tr("Nothing about {name} is recorded yet. Write the first note, or start a plan together.")
        sentence = sentence.format(name=self._name)
        self.set_body(self.kit.box(self.kit.column(self.kit.empty(sentence, *buttons), STRETCH)))

    def _door(self, words: str, route: Route) -> QWidget:
        button = self.kit.button(words, kind="quiet", icon="arrow-right")
        button.clicked.connect(lambda: self.go.emit(route))
        return button

    def _narrow(self) -> None:
        """What was chosen in the bar; nothing is read again where it is what is shown."""
        if self._bar.state() != self._narrowed:
            self._narrowed = self._bar.state()
            self._fill()
            self._none.setText(tr("No entry fits. Choose all kinds, other words or another day."))
            self._none.setVisible(not self.list.count())

    def _fill(self) -> None:
        whole = self._bar.parts() is None and not self._bar.words() and self._bar.start() is None
        events = [
            draft_event(draft, self._forms, draft.changed, self._now())
            for draft in (self._notes.drafts() if whole else ())
            if draft.person_id == self._person
        ]
        entries = self._page(None)
        self.list.show_events([*events, *(event_of(entry, self._forms, self._staff) for entry in entries)])

    def _page(self, after: Entry | None) -> tuple[Entry, ...]:
        timeline, parts = self._notes.timeline, self._bar.parts()
        if words := self._bar.words():
            page = timeline.search(words, person_id=self._person, limit=MOST_FOUND) if after is None else ()
            page = tuple(entry for entry in page if parts is None or entry.part in parts)
        else:
            before = self._bar.start() if after is None else after.cursor
            page = timeline.page(self._person, before=before, parts=parts)
        self._last = page[-1] if page else self._last
        self._ended = not page
        return tuple(entry for entry in page if not self._only or entry.part is not Part.MARKER)

    def _more(self) -> None:
        if self._last is None or self._ended:
            return
        self.list.add_events([event_of(entry, self._forms, self._staff) for entry in self._page(self._last)])
