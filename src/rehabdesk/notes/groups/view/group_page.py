"""One group: who belongs to it, its meetings with the newest first, and the way to the next one."""

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QPushButton, QWidget

from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import ntr, tr
from rehabdesk.core.text import isolate, join_words
from rehabdesk.notes.groups.group_model import Group
from rehabdesk.notes.groups.group_service import Groups, Member
from rehabdesk.notes.groups.group_words_model import level_tag
from rehabdesk.notes.groups.meeting_service import Meetings
from rehabdesk.notes.groups.meetings_read_service import MeetingRow, MeetingsRead
from rehabdesk.notes.groups.view.add_member import AddMember
from rehabdesk.notes.groups.view.groups_page import GroupForm
from rehabdesk.ui.dates import all_days, local, short
from rehabdesk.ui.kit import STRETCH, Kit
from rehabdesk.ui.page import Page, Route
from rehabdesk.ui.plain_kit import Card
from rehabdesk.ui.table import Column, Table

ADD = "add"
"""After the id of the group in a route: the page begins with adding somebody."""


class GroupPage(Page):
    """`opens_people`: this role has a page for a person. `adding`: begins with adding somebody."""

    def __init__(
        self,
        kit: Kit,
        groups: Groups,
        meetings: Meetings,
        read: MeetingsRead,
        group_id: str,
        *,
        staff: Callable[[str], str],
        today: Callable[[], date],
        opens_people: bool,
        adding: bool = False,
    ) -> None:
        super().__init__(kit)
        self._groups, self._meetings, self._read, self._id = groups, meetings, read, group_id
        self._staff, self._today, self._opens = staff, today, opens_people
        self._group: Group = groups.group(group_id)
        self.refresh()
        if adding and groups.may_keep and self._group.open:
            self._ask_member()

    def refresh(self) -> None:
        kit, group = self.kit, self._groups.group(self._id)
        self._group, self._act = group, None
        write = self._write_button()
        state = kit.tag(tr("Closed"), "grey") if not group.open else None
        title = kit.row(kit.label(group.name, "h1"), kit.tag(*level_tag(group.lines)), state, STRETCH, gap=3)
        names = join_words(isolate(self._staff(uid)) for uid in group.facilitators)
        facts = " · ".join(each for each in (isolate(group.theme) if group.theme else "", names) if each)
        words = kit.column(title, kit.label(facts, "small", tone="muted", wrap=True), gap=0)
        self.set_head(kit.row((kit.box(words), 1), write, gap=3))
        meetings, members = self._meetings_card(), self._members_card()
        self._first = write or self.first_table
        self.set_body(
            kit.row((kit.box(kit.column(meetings, STRETCH)), 3), (kit.box(kit.column(members, STRETCH)), 2), gap=4)
        )
        back = kit.button(tr("Back"), icon="arrow-left")
        back.clicked.connect(lambda: self.go.emit(Route(name="groups")))
        self.set_foot(kit.row(back, STRETCH, *self._keeping()))

    # the two lists

    def _write_button(self) -> QPushButton | None:
        """The next meeting, or the draft that is gone on with."""
        if not self._groups.leads(self._group) or not self._group.open or not self._groups.members(self._id):
            return None
        draft = self._meetings.draft_of(self._id)
        words = (
            tr("Go on with the draft")
            if draft is not None
            else tr("Write meeting no. {number}").format(number=self._meetings.next_number(self._id))
        )
        button = self.kit.button(words, kind="primary", icon="file-pen-line")
        button.setObjectName("write-meeting")
        target = Route(name="meeting", id=draft.id if draft is not None else f"group:{self._id}")
        button.clicked.connect(lambda: self.go.emit(target))
        self._act = button.click
        return button

    def _meetings_card(self) -> Card:
        kit, rows = self.kit, self._read.of_group(self._id)
        self.first_table: QWidget | None = None
        if not rows:
            words = tr("No meetings yet.")
            return kit.card(tr("Meetings"), kit.empty(words))
        table = kit.table(
            [
                Column(tr("No."), lambda row: str(row.meeting.number), least=56),
                Column(tr("Theme"), lambda row: row.meeting.theme, share=1),
                Column(tr("Day"), lambda row: short(local(row.meeting.occurred_at).date()), widest=all_days()),
                Column(tr("State"), lambda _row: "", tag=self._state, least=200),
            ],
            tr("Meetings"),
        )
        table.show_all(rows)
        table.opened.connect(lambda row: self.go.emit(Route(name="meeting_read", id=row.id)))
        self.first_table = table
        return kit.card(tr("Meetings"), table)

    def _state(self, row: MeetingRow) -> tuple[str, str]:
        if row.struck:
            return tr("Entered in error"), "grey"
        if row.waits_for:
            return tr("Waiting for {name}").format(name=self._staff(row.waits_for[0])), "blue"
        return tr("Signed"), "green"

    def _members_card(self) -> Card:
        kit, rows = self.kit, self._groups.members(self._id)
        may_change = self._groups.may_keep and self._group.open
        title = ntr("{count} person", "{count} people", len(rows)) if rows else tr("People")
        add = None
        if may_change:
            add = kit.button(tr("&Add person"), icon="user-plus")
            add.setObjectName("add-member")
            add.clicked.connect(self._ask_member)
        if not rows:
            self.first_table = self.first_table or add
            return kit.card(title, kit.empty(tr("Nobody is in this group yet."), *([add] if add else [])))
        table = kit.table(
            [
                Column(tr("Name"), lambda member: member.name, share=3),
                Column(tr("Unit"), lambda member: member.unit, share=2),
            ],
            tr("People of this group"),
        )
        table.show_all(rows)
        if self._opens:
            table.opened.connect(lambda member: self.go.emit(Route(name="person", person=member.person, id="timeline")))
        end = None
        if may_change:
            end = kit.button(tr("No longer in the group"), kind="quiet", icon="log-out")
            end.clicked.connect(lambda: self._end(table))
        return kit.card(title, table, kit.start(end) if end is not None else None, action=add)

    # keeping

    def _keeping(self) -> list[QPushButton]:
        if not self._groups.may_keep or not self._group.open:
            return []
        change = self.kit.button(tr("Change the group"), icon="pencil")
        change.clicked.connect(self._ask_change)
        close = self.kit.button(tr("Close the group"), kind="quiet", icon="ban")
        close.clicked.connect(self._ask_close)
        return [close, change]

    def _ask_member(self) -> None:
        form = AddMember(self.kit, self._groups, self._id, today=self._today())

        def add() -> None:
            name = form.add()
            self.said.emit(tr("{name} is in the group.").format(name=isolate(name)))

        self._act = self.show_form(tr("Add a person"), form.fields, tr("Add to the group"), add, first=form.first)
        form.wanted.connect(self._act)

    def _end(self, table: Table) -> None:
        member = table.current()
        if not isinstance(member, Member):
            return
        try:
            self._groups.end_member(member.rid)
        except UserError as problem:
            self.problems([(problem.sentence, table)])
            return

        def back() -> None:
            self._groups.stay_member(member.rid)
            self.said.emit(tr("{name} is in the group.").format(name=isolate(member.name)))
            self.show_again()

        self._undo = back
        words = tr("{name} is no longer in the group. Ctrl+Z takes it back.")
        self.said.emit(words.format(name=isolate(member.name)))
        self.show_again()

    def _ask_change(self) -> None:
        form = GroupForm(self.kit, self._groups, self._group, chosen=())

        def change() -> None:
            self._groups.change(self._id, form.group())
            self.said.emit(tr("The group is changed."))

        self._act = self.show_form(tr("Change the group"), form.fields, tr("Save"), change, first=form.first)

    def _ask_close(self) -> None:
        def close() -> None:
            self._groups.close(self._id)
            self.said.emit(tr("The group is closed. What was written stays."))
            self.show_again()

        words = tr("Closing {group}: nobody belongs to it any longer, and no meeting can be written.")
        self.ask(words.format(group=isolate(self._group.name)), tr("Close the group"), close, danger=True)
