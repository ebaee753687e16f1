"""Searching everything that this login may read: words, filters, and the places where they stand, newest first."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QPushButton, QWidget

from rehabdesk.access.kept_service import KeptFilters
from rehabdesk.core.canon import Json
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import ntr, tr
from rehabdesk.core.text import isolate
from rehabdesk.overview.search_model import PEOPLE, Hit, Place, Wish, read, written
from rehabdesk.overview.search_service import CONTACT, PAGE, PERSON, Search
from rehabdesk.people.model import PersonRow
from rehabdesk.ui.dates import short, stamp
from rehabdesk.ui.kit import Kit
from rehabdesk.ui.page import Page, Route
from rehabdesk.ui.saved_filters import SavedFilters
from rehabdesk.ui.timeline import Event, TimelineList

AT_ONCE = 20
"""Lines that one piece of the list brings: between two pieces the window has its turn."""
TYPING_MS = 250
"""After the last key the search begins; while it goes on, another key ends it."""
ICONS = {
    PERSON: "user",
    CONTACT: "phone",
    "plan": "target",
    "plan_past": "target",
    "plan_comment": "message-square-quote",
    "progress": "target",
    "review": "calendar-clock",
    "review_between": "calendar-clock",
    "programme": "book-open",
    "conference": "users-round",
    "conference_invitation": "users-round",
    "assessment": "file-text",
    "safety_alert": "shield-alert",
    "check": "list-checks",
    "condition": "landmark",
    "packet": "package",
}
TABS = {
    PERSON: "overview",
    CONTACT: "contacts",
    "plan": "plan",
    "plan_comment": "plan",
    "check": "release",
    "condition": "release",
}
NOTE_ICON = "message-circle"


class SearchPage(Page):
    """`staff` and `roles`: whom and which disciplines one can choose. `find`: persons by name or number.

    `route_of`: where a hit opens that is on no tab of the person. `case_of`: the case number of a person, or "".
    """

    def __init__(
        self,
        kit: Kit,
        search: Search,
        filters: KeptFilters,
        wish: Wish,
        *,
        mine: str,
        roles: Sequence[tuple[str, str]],
        staff: Callable[[str], str],
        find: Callable[[str], Sequence[PersonRow]],
        route_of: Callable[[Hit], Route],
        case_of: Callable[[str], str],
    ) -> None:
        super().__init__(kit)
        self._search, self._filters, self._mine = search, filters, mine
        self._staff, self._find, self._route_of, self._case_of = staff, find, route_of, case_of
        self._wish, self._place, self._count, self._wanted = wish, Place(), 0, 0
        self.list = TimelineList(kit.theme, tr("What was found"), scrolls=True, rail=False)
        self.list.setProperty("ring", False)
        self.list.opened.connect(self.go)
        self.list.ended.connect(self._more)
        self._timer, self._slice = QTimer(self), QTimer(self)
        for timer, do in ((self._timer, self._begin), (self._slice, self._go_on)):
            timer.setSingleShot(True)
            timer.timeout.connect(do)
        self._make_fields(roles)
        self._said = kit.label("", "small", tone="muted", wrap=True)
        self._said.setObjectName("found-count")
        self._nothing = kit.empty(
            tr("Nothing matches. Check the spelling, try the number, or remove a filter."),
            self._button(tr("Remove the filters"), self._clear),
        )
        self._place_all()
        self._show_wish(wish)

    def first_focus(self) -> QWidget:
        return self._words

    def place(self) -> Mapping[str, Json]:
        return {"wish": written(self._wish), "row": self.list.currentRow()}

    def restore(self, place: Mapping[str, Json]) -> None:
        kept = place.get("wish")
        if isinstance(kept, dict):
            self._show_wish(read(kept))

    def leave(self) -> None:
        self._timer.stop()
        self._slice.stop()

    # fields

    def _make_fields(self, roles: Sequence[tuple[str, str]]) -> None:
        kit = self.kit
        self._words = kit.line(hint=tr("Words, a name or a number"))
        self._words.setAccessibleName(tr("Search for"))
        self._words.textEdited.connect(lambda _text: self._timer.start(TYPING_MS))
        self._words.returnPressed.connect(self._to_list)
        kinds = [
            (PEOPLE, tr("People")),
            ("note", tr("Notes and summaries")),
            ("plan", tr("Plans and reviews")),
            ("conference", tr("Conferences")),
            ("check", tr("Checklists")),
            ("packet", tr("Packets")),
        ]
        self._kind = kit.combo(kinds, empty=tr("Everything"))
        self._author = kit.combo([(self._mine, tr("Written by me"))], empty=tr("Any author"))
        self._role = kit.combo(list(roles), empty=tr("All disciplines"))
        for combo, name in ((self._kind, tr("Kind")), (self._author, tr("Author")), (self._role, tr("Discipline"))):
            combo.setAccessibleName(name)
            combo.changed.connect(lambda _code: self._begin())
        self._person = kit.line(hint=tr("About: name or number"))
        self._person.setAccessibleName(tr("About whom"))
        self._person.editingFinished.connect(self._begin)
        self._since, self._until = kit.date_field(), kit.date_field()
        for field, name, hint in (
            (self._since, tr("From day"), tr("From")),
            (self._until, tr("To day"), tr("To")),
        ):
            field.line.setAccessibleName(name)
            field.line.setPlaceholderText(hint)
            field.line.editingFinished.connect(self._begin)
            field.picked.connect(self._begin)
            field.setFixedWidth(kit.theme.px(158))

    def _place_all(self) -> None:
        kit = self.kit
        self._saved = SavedFilters(
            kit,
            self,
            names=self._filters.names,
            keep=lambda name: self._filters.keep(name, written(self._read_wish())),
            drop=self._filters.drop,
        )
        self._saved.chosen.connect(self._use)
        for control, width in ((self._kind, 170), (self._author, 170), (self._role, 160), (self._person, 190)):
            control.setFixedWidth(kit.theme.px(width))
        filters = kit.flow(self._kind, self._person, self._author, self._role, self._since, self._until)
        title = kit.row(kit.label(tr("Search"), "h1"), (self._words, 1), self._saved, gap=3)
        self.set_head(kit.column(title, filters, gap=2))
        self.set_body(kit.box(kit.column(self._said, (self.list, 1), self._nothing, gap=1)))

    def _show_wish(self, wish: Wish) -> None:
        self._words.setText(wish.words)
        for combo, code in ((self._kind, wish.kind), (self._author, wish.author), (self._role, wish.role)):
            combo.blockSignals(True)
            combo.choose(code or None)
            combo.blockSignals(False)
        self._since.set_date(wish.since)
        self._until.set_date(wish.until)
        self._person.setText(self._case_of(wish.person) if wish.person else "")
        self._wish = wish
        self._begin()

    def _read_wish(self) -> Wish:
        """What stands in the fields. UserError for a day or a person that is not understood."""
        person, known = "", self._wish.person
        if (typed := self._person.text().strip()) and known and typed == self._case_of(known):
            person = known  # two may have one name, which is all that some roles are shown
        elif typed:
            rows = self._find(typed)
            if not rows:
                raise UserError(tr("Nobody here is called {name}. Try the case number.").format(name=isolate(typed)))
            person = rows[0].id
            self._person.setText(self._case_of(person))
        days = []
        for field in (self._since, self._until):
            typed = field.text().strip()
            days.append(field.required() if typed else None)
        return Wish(
            words=self._words.text().strip(),
            kind=self._kind.code() or "",
            person=person,
            author=self._author.code() or "",
            role=self._role.code() or "",
            since=days[0],
            until=days[1],
        )

    def _use(self, name: str) -> None:
        try:
            self._show_wish(read(self._filters.filter(name)))
        except UserError as problem:
            self.said.emit(problem.sentence)
        self._words.setFocus()

    def _clear(self) -> None:
        self._show_wish(Wish(words=self._words.text().strip()))
        self._words.setFocus()

    def _to_list(self) -> None:
        if self._timer.isActive():
            self._begin()
        if self.list.count():
            self.list.setFocus()

    # searching

    def _begin(self) -> None:
        """Anew, from the newest on."""
        self._timer.stop()
        self._slice.stop()
        try:
            self._wish = self._read_wish()
        except UserError as problem:
            self._said.setText(problem.sentence)
            return
        self._place, self._wanted = Place(), PAGE
        self.list.clear()
        people = self._search.people(self._wish) if self._wish.words else ()
        self._count = len(people)
        self.list.show_events([self._event(hit) for hit in people])
        self._go_on()

    def _go_on(self) -> None:
        """One short piece, then the window has its turn: a search that leaves out much never holds it up."""
        results = self._search.records(self._wish, self._place, limit=min(AT_ONCE, max(1, self._wanted)))
        self._place = results.place
        self._count += len(results.hits)
        self._wanted -= len(results.hits)
        self.list.add_events([self._event(hit) for hit in results.hits])
        if self.list.currentRow() < 0:
            self.list.setCurrentRow(0)
        goes_on = not self._place.ended and self._wanted > 0
        if goes_on:
            self._slice.start(0)
        back = short(results.back_to.astimezone().date()) if results.back_to is not None else ""
        self._tell(back if goes_on else "", through=self._place.ended)

    def _more(self) -> None:
        if not self._place.ended and not self._slice.isActive() and self._wish.words:
            self._wanted = PAGE
            self._slice.start(0)

    def _tell(self, back: str, *, through: bool) -> None:
        if not self._wish.words:
            words = tr("Type words that stand in the text, a name, or a number.")
        elif back:
            words = tr("Searching, back to {day}…").format(day=back)
        elif through:
            words = ntr("{count} place found", "{count} places found", self._count)
        else:
            words = tr("{count} shown, newest first. Scroll for more.").format(count=self._count)
        nothing = through and not self._count and bool(self._wish.words)
        self._said.setText("" if nothing else words)
        self._said.setVisible(not nothing)
        self._nothing.setVisible(nothing)
        self.list.setVisible(not nothing)

    def _event(self, hit: Hit) -> Event:
        if hit.kind in (PERSON, CONTACT):
            return Event(
                title=hit.title,
                meta=isolate(hit.name),
                icon=ICONS[hit.kind],
                preview=hit.snippet.text,
                route=self._route(hit),
            )
        return Event(
            title=tr("{name}: {what}").format(name=isolate(hit.name), what=isolate(hit.title)),
            meta=" · ".join((stamp(hit.at), isolate(self._staff(hit.author)))),
            icon=ICONS.get(hit.kind, NOTE_ICON),
            colour="grey" if hit.kind in ICONS else "blue",
            preview=hit.snippet.text,
            marks=hit.snippet.marks,
            route=self._route(hit),
        )

    def _route(self, hit: Hit) -> Route:
        if hit.kind in TABS:
            return Route(name="person", person=hit.person, id=TABS[hit.kind])
        if hit.kind == "packet":
            return Route(name="packet_view", person=hit.person, id=hit.id)
        return self._route_of(hit)

    def _button(self, words: str, do: Callable[[], None]) -> QPushButton:
        button = self.kit.button(words)
        button.clicked.connect(lambda _on=False: do())
        return button
