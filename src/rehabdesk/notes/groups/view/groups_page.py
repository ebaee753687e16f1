"""The groups of this desk, and the form in which one is set up or changed."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import join_words
from rehabdesk.notes.groups.group_model import LONGEST_NAME, LONGEST_THEME, Group, Lines
from rehabdesk.notes.groups.group_service import GroupLineRow, Groups
from rehabdesk.notes.groups.group_words_model import lines_words
from rehabdesk.ui.field import Field
from rehabdesk.ui.kit import STRETCH, Kit
from rehabdesk.ui.page import Page, Route
from rehabdesk.ui.table import Column


class GroupsPage(Page):
    """`staff`: the name behind a login. `mine`: this login, ticked in a new group."""

    def __init__(self, kit: Kit, groups: Groups, *, staff: Callable[[str], str], mine: str) -> None:
        super().__init__(kit)
        self._groups, self._staff, self._mine = groups, staff, mine
        self.refresh()

    def refresh(self) -> None:
        kit, rows, new = self.kit, self._groups.all(), None
        self._act = None
        if self._groups.may_keep:
            new = kit.button(tr("New group"), kind="primary", icon="plus")
            new.setObjectName("new-group")
            new.clicked.connect(self._ask)
            self._act = self._ask
        self.set_head(kit.row(kit.label(tr("Groups"), "h1"), STRETCH, new if rows else None))
        self.set_foot(kit.row(STRETCH))
        if not rows:
            self._first = new
            words = (
                tr("No group yet. Set one up, then add people.")
                if new is not None
                else tr("No group yet. A psychologist or a case officer sets one up and adds people.")
            )
            self.set_body(kit.box(kit.column(kit.empty(words, *([new] if new is not None else [])), STRETCH)))
            return
        table = kit.table(self._columns(), tr("Groups"))
        table.show_all(rows)
        table.opened.connect(lambda row: self.go.emit(Route(name="group", id=row.id)))
        self._first = table
        self.set_body(kit.box(kit.column(table, STRETCH)))

    def _columns(self) -> list[Column]:
        return [
            Column(tr("Group"), lambda row: row.group.name, share=4),
            Column(tr("Programme"), lambda row: row.group.theme or "–", share=3),
            Column(tr("Facilitators"), self._names, share=4),
            Column(tr("People"), lambda row: str(row.members), least=80),
            Column(tr("Meetings"), lambda row: str(row.meetings), least=90),
            Column(tr("State"), lambda _row: "", tag=_state, least=140),
        ]

    def _names(self, row: GroupLineRow) -> str:
        return join_words(self._staff(uid) for uid in row.group.facilitators)

    def _ask(self) -> None:
        form = GroupForm(self.kit, self._groups, None, chosen=(self._mine,))

        def create() -> None:
            group_id = self._groups.create(form.group())
            self.said.emit(tr("The group is set up. Add its people."))
            self.go.emit(Route(name="group", id=group_id))

        self._act = self.show_form(tr("New group"), form.fields, tr("Set up the group"), create, first=form.first)


class GroupForm:
    """Name, programme, facilitators, and where the lines lie. `group` None: a new one."""

    def __init__(self, kit: Kit, groups: Groups, group: Group | None, *, chosen: tuple[str, ...]) -> None:
        self._present = group
        self._name = kit.line("" if group is None else group.name, limit=LONGEST_NAME)
        self._theme = kit.line("" if group is None else group.theme, limit=LONGEST_THEME)
        leaders = [(card.uid, card.name) for card in groups.could_facilitate()]
        self._leaders = kit.several(leaders, chosen=chosen if group is None else group.facilitators)
        self._lines = kit.choice(
            [(Lines.TEAM.value, tr("Team")), (Lines.CLINICAL.value, tr("Clinical"))],
            chosen=Lines.TEAM.value if group is None else group.lines.value,
        )
        neutral = tr("A neutral name: it stands in every member's record.")
        where = tr("The group decides once. Clinical only where every facilitator is a psychologist.")
        self.fields: list[Field] = [
            kit.field(tr("&Name of the group"), self._name, required=True, hint=neutral),
            kit.field(tr("&Programme"), self._theme),
            kit.field(tr("&Facilitators"), self._leaders, required=True),
            kit.field(tr("Who reads the &line about each person?"), self._lines, required=True, hint=where),
        ]
        for field, name in zip(self.fields, ("name", "theme", "facilitators", "lines"), strict=True):
            field.setObjectName(name)
        self.first: QWidget = self._name

    def group(self) -> Group:
        """What is typed. UserError with the field that is not right."""
        if (lines := self._lines.code()) is None:
            raise UserError(tr("Choose who reads the lines."), field="lines")
        return Group(
            name=self._name.text().strip(),
            theme=self._theme.text().strip(),
            lines=Lines(lines),
            facilitators=self._leaders.codes(),
            closed_on=None if self._present is None else self._present.closed_on,
        )


def _state(row: GroupLineRow) -> tuple[str, str]:
    return (lines_words(row.group.lines), "grey") if row.group.open else (tr("Closed"), "grey")
