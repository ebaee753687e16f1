"""Adding somebody to a group: a name is typed, the person is chosen from what the register finds."""

from datetime import date

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.notes.groups.group_service import Candidate, Groups
from rehabdesk.ui.kit import Kit
from rehabdesk.ui.table import Column


class AddMember(QObject):
    """`wanted`: Enter was pressed on somebody. The reason is asked only where two capacities meet (domain.md 1.3)."""

    wanted = Signal()

    def __init__(self, kit: Kit, groups: Groups, group_id: str, *, today: date) -> None:
        super().__init__()
        self._groups, self._id = groups, group_id
        self._line = kit.line(hint=tr("Name or case number"))
        self._line.textChanged.connect(lambda _text: self._find())
        self._line.returnPressed.connect(self._entered)
        self._table = kit.table(
            [
                Column(tr("Name"), lambda row: row.name, share=3),
                Column(tr("Case"), lambda row: row.case_ref, least=110),
                Column(tr("Unit"), lambda row: row.unit, least=140),
            ],
            tr("People who could be added"),
        )
        self._table.opened.connect(lambda _row: self.wanted.emit())
        self._since = kit.date_field(today)
        self._reason = kit.line(limit=300)
        person = kit.field(tr("&Person"), self._line, required=True)
        person.setObjectName("person")
        since = kit.field(tr("In the group &since"), self._since, required=True)
        since.setObjectName("since")
        self._reason_field = kit.field(tr("&Why must it be so?"), self._reason)
        self._reason_field.setObjectName("override_reason")
        self._reason_field.hide()
        self.fields: list[QWidget] = [person, self._table, since, self._reason_field]
        self.first: QWidget = self._line
        self._find()

    def add(self) -> str:
        """Adds who is chosen and gives the name. UserError with the field that is not right."""
        row = self._table.current()
        if not isinstance(row, Candidate):
            raise UserError(tr("Nobody is found by that name. Check the spelling, or try the number."), field="person")
        try:
            since = self._since.required()
        except UserError as problem:
            raise UserError(problem.sentence, field="since") from None
        try:
            self._groups.add_member(self._id, row.person, since=since, override_reason=self._reason.text().strip())
        except UserError as problem:
            if problem.field == "override_reason":
                self._reason_field.show()
            raise
        return row.name

    def _entered(self) -> None:
        """Enter takes who alone is found; among several the list asks which one."""
        if len(self._table.rows.records) > 1:
            self._table.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.wanted.emit()

    def _find(self) -> None:
        self._table.show_all(self._groups.candidates(self._id, self._line.text()))
