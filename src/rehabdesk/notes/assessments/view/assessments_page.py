"""Which assessments of a person exist elsewhere: a list of markers, and a form that has no place for results."""

from datetime import date

from PySide6.QtWidgets import QWidget

from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate
from rehabdesk.notes.assessments.assessment_model import ExternalAssessment, StoredAssessment
from rehabdesk.notes.assessments.assessment_service import Assessments
from rehabdesk.ui.dates import short
from rehabdesk.ui.field import Field
from rehabdesk.ui.fields import DateField
from rehabdesk.ui.kit import STRETCH, Kit
from rehabdesk.ui.page import Page, Route
from rehabdesk.ui.plain_kit import Card


class AssessmentsPage(Page):
    """`me`: the name of this login, which is filled in as the assessor where it was."""

    def __init__(self, kit: Kit, assessments: Assessments, person_id: str, *, person_name: str, me: str) -> None:
        super().__init__(kit)
        self._assessments, self._person, self._name, self._me = assessments, person_id, person_name, me
        self.refresh()

    def refresh(self) -> None:
        kit = self.kit
        found = self._assessments.of_person(self._person)
        self.set_head(
            kit.column(
                kit.label(tr("Assessments made elsewhere"), "h1"),
                kit.label(isolate(self._name), "small", tone="muted"),
                gap=0,
            )
        )
        rule = tr("That one exists, never what is in it: no items, no levels, no totals. The plan cites needs.")
        cards: list[QWidget] = [self._card(one) for one in found]
        if not cards:
            cards = [kit.empty(tr("{name}: none is recorded yet.").format(name=isolate(self._name)))]
        body = kit.column(kit.label(rule, "small", tone="muted", wrap=True), *cards, STRETCH, gap=3)
        self.set_body(kit.box(body))
        back = kit.button(tr("Back"), icon="arrow-left")
        back.clicked.connect(lambda: self.go.emit(Route(name="person", person=self._person, id="notes")))
        add = None
        self._act, self._first = None, back
        if self._assessments.may_record:
            add = kit.button(tr("Record that one exists"), kind="primary", icon="plus")
            add.clicked.connect(self._ask)
            self._act, self._first = self._ask, add
        self.set_foot(kit.row(back, STRETCH, add))

    def _card(self, stored: StoredAssessment) -> Card:
        kit, one = self.kit, stored.assessment
        facts = [
            tr("{day}, by {assessor}").format(day=short(one.on), assessor=isolate(one.assessor)),
            tr("Kept by {holder}").format(holder=isolate(one.held_by)),
        ]
        if one.next_review is not None:
            facts.append(tr("Next review {day}").format(day=short(one.next_review)))
        lines = [kit.label(fact, "small", tone="muted", wrap=True) for fact in facts]
        if one.person_comment:
            said = tr("{name}: “{words}”").format(name=isolate(self._name), words=one.person_comment)
            lines.append(kit.label(said, wrap=True, selectable=True))
        if one.override_reason:
            why = tr("The person's psychologist made it, because: {reason}").format(reason=one.override_reason)
            lines.append(kit.label(why, "small", tone="muted", wrap=True))
        return kit.card(one.name, *lines, gap=1)

    def _ask(self) -> None:
        kit = self.kit
        name, assessor, held_by = kit.line(limit=120), kit.line(limit=120), kit.line(limit=200)
        day, review = kit.date_field(), kit.date_field()
        comment, reason = kit.text_area(limit=2_000, lines=3), kit.line(limit=300)
        mine = kit.check(tr("I was the assessor"))
        warning = self._assessments.dual_role_warning(self._person)
        why = self._named("override_reason", kit.field(tr("Why it must be so"), reason, hint=warning or ""))
        why.hide()

        def by_me(on: bool) -> None:
            why.setVisible(on and warning is not None)
            if on and not assessor.text().strip():
                assessor.setText(self._me)

        mine.toggled.connect(by_me)

        def keep() -> None:
            assessment = ExternalAssessment(
                name=name.text().strip(),
                on=_day("on", day),
                assessor=assessor.text().strip(),
                held_by=held_by.text().strip(),
                next_review=_day("next_review", review) if review.text().strip() else None,
                person_comment=comment.words().strip(),
                override_reason=reason.text().strip(),
            )
            self._assessments.record(self._person, assessment, by_me=mine.isChecked())
            self.said.emit(tr("Recorded that it exists."))

        fields: list[QWidget] = [
            self._named("name", kit.field(tr("&Name of the assessment"), name, required=True)),
            self._named("on", kit.field(tr("&Day"), day, required=True)),
            self._named("assessor", kit.field(tr("&Assessor"), assessor, required=True)),
            mine,
            why,
            self._named("held_by", kit.field(tr("&Where it is kept"), held_by, required=True)),
            self._named("next_review", kit.field(tr("Next re&view"), review)),
            self._named("person_comment", kit.field(tr("What the person &says about it"), comment)),
        ]
        self._act = self.show_form(tr("An assessment made elsewhere"), fields, tr("Record"), keep, first=name)

    def _named(self, code: str, field: Field) -> Field:
        """A field that an error finds by its name."""
        field.setObjectName(code)
        return field


def _day(code: str, field: DateField) -> date:
    try:
        return field.required()
    except UserError as problem:
        raise UserError(problem.sentence, field=code) from problem
