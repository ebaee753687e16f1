"""The form of an assignment: capacity, who, from when; and the warning before two capacities meet in one hand."""

from PySide6.QtWidgets import QWidget

from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.people.assignment_service import Assignments
from rehabdesk.people.model import AssignmentDetails, Capacity
from rehabdesk.people.view.record_page import shown_if
from rehabdesk.people.words_model import capacity_words
from rehabdesk.ui.kit import Kit


class AssignmentForm:
    """Who may take a capacity follows from the role; the warning and its reason stand here once they are needed."""

    def __init__(self, kit: Kit, assignments: Assignments, person_id: str) -> None:
        self._assignments, self._person = assignments, person_id
        self._capacity = kit.combo([(each.value, capacity_words(each)) for each in Capacity])
        self._staff = kit.combo([], empty=tr("Choose"))
        self._day, self._reason = kit.date_field(kit.today()), kit.line(limit=300)
        self._told = kit.check(tr("The person was told"))
        self._why = kit.field(tr("Why must one person hold both capacities?"), self._reason, required=True)
        self._warned = kit.label("", "small", tone="warn", wrap=True)
        self.fields: dict[str, QWidget] = {
            "capacity": kit.field(tr("In which capacity?"), self._capacity, required=True),
            "staff": kit.field(tr("Who?"), self._staff, required=True),
            "warning": self._warned,
            "override_reason": self._why,
            "since": kit.field(tr("From which day?"), self._day, required=True),
            "told": self._told,
        }
        self._capacity.changed.connect(lambda _code: self._offer())
        self._staff.changed.connect(lambda _code: self._warn())
        self._day.changed.connect(self._warn)
        self._offer()
        self._warn()

    @property
    def first(self) -> QWidget:
        return self._capacity

    def details(self) -> AssignmentDetails:
        """What was chosen. UserError, naming the field."""
        staff = self._staff.code()
        if staff is None:
            raise UserError(tr("Choose who it is."), field="staff")
        try:
            since = self._day.required()
        except UserError as problem:
            raise UserError(problem.sentence, field="since") from None
        return AssignmentDetails(
            staff=staff,
            capacity=Capacity(self._capacity.code() or "lead_case_officer"),
            since=since,
            person_told=self._told.isChecked(),
            override_reason=self._reason.text().strip() if self._warned.text() else "",
        )

    def _offer(self) -> None:
        self._staff.clear()
        self._staff.addItem(tr("Choose"), "")
        for uid, name in self._assignments.offered(Capacity(self._capacity.code() or "lead_case_officer")):
            self._staff.addItem(name, uid)

    def _warn(self) -> None:
        warning = None
        if self._staff.code() is not None and self._day.day() is not None:
            warning = self._assignments.warning(self._person, self.details())
        self._warned.setText(warning or "")
        shown_if(self._warned, warning is not None)
        shown_if(self._why, warning is not None)
