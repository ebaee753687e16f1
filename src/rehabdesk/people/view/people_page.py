"""The register as a list: mine, all, released; and the way to somebody new."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from rehabdesk.core.canon import Json
from rehabdesk.core.i18n import ntr, tr, tr_as
from rehabdesk.core.text import isolate
from rehabdesk.people.legal_model import RELEASED, Stage
from rehabdesk.people.model import PersonRow
from rehabdesk.people.service import People
from rehabdesk.people.words_model import stage_words
from rehabdesk.ui.dates import short
from rehabdesk.ui.kit import STRETCH, Kit
from rehabdesk.ui.page import Page, Route
from rehabdesk.ui.saved_filters import Kept, SavedFilters
from rehabdesk.ui.table import Column, Table

PAGE = 100


class PeoplePage(Page):
    """`may_register`: this role adds people, `may_import`: also from a list. `sees_case`: it knows case numbers, legal
    stages and releases. `kept`: saved filters.
    """

    def __init__(
        self, kit: Kit, people: People, kept: Kept, *, may_register: bool, may_import: bool = False, sees_case: bool
    ) -> None:
        super().__init__(kit)
        self._people = people
        self._may_register, self._may_import = may_register, may_import
        self._similar: frozenset[str] = frozenset()
        filters = [("mine", tr("Mine")), ("all", tr("All"))]
        if sees_case:
            filters.append(("released", tr_as("Released", "people")))
        self._filter = kit.choice(filters, chosen="mine")
        self._filter.changed.connect(lambda _code: self.refresh())
        self._count = kit.label("", "small", tone="muted")
        self._set_frame(kept)
        self.table = self._make_table(sees_case=sees_case)
        self.table.page_with(self._more)
        self.table.opened.connect(lambda row: self.go.emit(Route(name="person", person=row.id, id="overview")))
        if not people.own_cases():
            self._filter.choose("all")
        self.refresh()

    def _set_frame(self, kept: Kept) -> None:
        """What stands in the head: title, what narrows the list, what adds to it."""
        kit = self.kit
        self._find = kit.line(hint=tr("Name or case number"))
        self._find.setAccessibleName(tr("Find in this list"))
        self._find.textChanged.connect(lambda _text: self.refresh())
        self._find.returnPressed.connect(self._open_first)
        self._find.setMinimumWidth(kit.theme.px(200))
        self._find.setMaximumWidth(kit.theme.px(280))
        add = bring = None
        if self._may_import:
            bring = kit.button("", kind="icon", icon="download", name=tr("Bring in a list (CSV)"))
            bring.clicked.connect(lambda: self.go.emit(Route(name="import")))
        if self._may_register:
            add = kit.button(tr("Add a person"), kind="primary", icon="user-plus")
            add.setObjectName("add-person")
            add.clicked.connect(lambda: self.go.emit(Route(name="register")))
        self.saved = SavedFilters(
            kit,
            self,
            names=kept.names,
            keep=lambda name: kept.keep(name, {"list": self._filter.code(), "words": self._find.text().strip()}),
            drop=kept.drop,
            small=True,
        )
        self.saved.chosen.connect(lambda name: self._use(kept.filter(name)))
        titles = kit.column(kit.label(tr("People"), "h1"), self._count, gap=0)
        head = kit.row(titles, STRETCH, self._find, self._filter, self.saved, bring, add)
        head.setAlignment(self._filter, Qt.AlignmentFlag.AlignVCenter)  # its neighbours are taller
        self.set_head(head)

    def _make_table(self, *, sees_case: bool) -> Table:
        number = [Column(tr("Case"), lambda row: row.case_ref, least=110)]
        case = [
            Column(tr("Stage"), lambda row: stage_words(Stage(row.stage)), share=2),
            Column(tr("Release"), _release, least=150),
        ]
        return self.kit.table(
            [
                Column(tr("Name"), self._name, share=3),
                *(number if sees_case else []),
                Column(tr("Unit"), lambda row: row.unit, least=140),
                *(case if sees_case else []),
            ],
            tr("People"),
        )

    def first_focus(self) -> QWidget:
        return self.table if self.table.rows.records else self._find

    def refresh(self) -> None:
        rows = self._first_rows()
        self.table.show_records(rows)
        shown = len(rows)
        self._count.setText(
            tr("More than {count}").format(count=shown)
            if shown >= PAGE
            else ntr("{count} person", "{count} people", shown)
        )
        if rows:
            if self.table.parentWidget() is None or not self.table.isVisible():
                self.table.setParent(None)
                self.set_body(self.kit.box(self.kit.column(self.table)))
                self.table.show()
            return
        self.table.setParent(None)
        self.set_body(self.kit.box(self.kit.column(self._nothing(), STRETCH)))

    def _use(self, kept: Mapping[str, Json]) -> None:
        """A filter that was kept under a name."""
        self._filter.choose(str(kept.get("list")))
        self._find.setText(str(kept.get("words") or ""))
        self._find.setFocus(Qt.FocusReason.OtherFocusReason)

    def _nothing(self) -> QWidget:
        if self._find.text():
            clear = self.kit.button(tr("Clear the search"))
            clear.clicked.connect(self._find.clear)
            return self.kit.empty(tr("Nothing matches. Check the spelling, or try the number."), clear)
        if self._filter.code() == "mine" and self._people.register_page(limit=1):
            everybody = self.kit.button(tr("Show everybody"))
            everybody.clicked.connect(lambda: self._filter.choose("all"))
            return self.kit.empty(tr("You work with nobody yet. A case officer says who works with whom."), everybody)
        if not self._may_register:
            return self.kit.empty(tr("Nobody here yet. A case officer adds people and says who works with them."))
        if self._filter.code() == "released":
            return self.kit.empty(tr("Nobody has been released yet. A release is recorded on the page Legal stage."))
        buttons = [self.kit.button(tr("Add the first person"), icon="user-plus")]
        buttons[0].clicked.connect(lambda: self.go.emit(Route(name="register")))
        if self._may_import:
            buttons.append(self.kit.button(tr("Bring in a list (CSV)"), icon="upload"))
            buttons[1].clicked.connect(lambda: self.go.emit(Route(name="import")))
        return self.kit.empty(tr("No people yet."), *buttons)

    def _first_rows(self) -> Sequence[PersonRow]:
        if words := self._find.text().strip():
            found = self._people.search.persons(words, limit=PAGE)
            self._similar = frozenset(one.row.id for one in found if one.similar)
            return self._admitted([one.row for one in found])
        if self._filter.code() == "mine":
            return self._people.next_to_see()
        if self._filter.code() == "released":
            return self._people.released_page(limit=PAGE)
        return self._people.register_page(limit=PAGE)

    def _name(self, row: PersonRow) -> str:
        name = row.display_alias or row.name
        if row.id in self._similar and self._find.text().strip():
            return tr("{name} (similar name)").format(name=isolate(name))
        return name

    def _more(self, last: PersonRow) -> Sequence[PersonRow]:
        if self._find.text().strip() or self._filter.code() == "mine":
            return ()
        if self._filter.code() == "released":
            return self._people.released_page(after=last, limit=PAGE)
        return self._people.register_page(after=last, limit=PAGE)

    def _admitted(self, rows: Sequence[PersonRow]) -> Sequence[PersonRow]:
        if self._filter.code() != "released":
            return rows
        return tuple(row for row in rows if Stage(row.stage) in RELEASED)

    def _open_first(self) -> None:
        if self.table.rows.records:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
            self.table.opened.emit(self.table.rows.record(0))


def _release(row: PersonRow) -> str:
    return "" if row.planned_release is None else short(row.planned_release)
