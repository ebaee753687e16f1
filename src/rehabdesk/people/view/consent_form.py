"""The form of a consent: what was asked, in which language, what was answered, until when, what to withhold."""

from datetime import date

from PySide6.QtWidgets import QWidget

from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.people.consent_model import ConsentDetails, ConsentMethod, ConsentPurpose, ConsentStatus
from rehabdesk.people.record_words_model import method_words, purpose_words, status_words
from rehabdesk.people.view.identity_fields import OTHER, language_combo
from rehabdesk.people.view.record_page import shown_if
from rehabdesk.ui.field import Field
from rehabdesk.ui.fields import DateField
from rehabdesk.ui.kit import Kit

ANSWERS = (
    ConsentStatus.GIVEN,
    ConsentStatus.REFUSED,
    ConsentStatus.NOT_ASKED,
    ConsentStatus.NOT_REQUIRED_BY_LAW,
)
ASKED = frozenset({ConsentStatus.GIVEN, ConsentStatus.REFUSED})


class ConsentForm:
    """`start`: purpose, recipient and scope of an answer that is asked for again."""

    def __init__(self, kit: Kit, start: ConsentDetails | None = None) -> None:
        self._kit = kit
        self._purpose = kit.combo(
            [(each.value, purpose_words(each)) for each in ConsentPurpose],
            chosen=start.purpose.value if start else ConsentPurpose.SHARE_WITH_NAMED_ORG.value,
        )
        self._recipient = kit.line(start.recipient if start else "", limit=300)
        self._scope = kit.line(start.scope if start else "", limit=600)
        self._status = kit.choice([(each.value, status_words(each)[0]) for each in ANSWERS])
        self._law = kit.line(limit=300)
        self._language = language_combo(kit, start.explained_in if start else "", other=True)
        self._code = kit.line(limit=12)
        self._interpreter = kit.line(limit=300)
        self._method = kit.choice([(each.value, method_words(each)) for each in ConsentMethod])
        self._day, self._until = kit.date_field(kit.today()), kit.date_field()
        self._withheld = kit.line(start.withheld if start else "", limit=300)
        self._copy = kit.check(tr("The person has a copy"))
        self.fields: dict[str, QWidget] = {}
        self._named: dict[str, Field] = {}
        self._lay_out()
        for changed in (self._status.changed, self._purpose.changed, self._language.changed):
            changed.connect(lambda _code: self._fit())
        self._fit()

    @property
    def first(self) -> QWidget:
        return self._purpose

    def details(self) -> ConsentDetails:
        """What was typed. UserError, naming the field, where it cannot be."""
        code = self._status.code()
        if code is None:
            raise UserError(tr("Choose the answer. Not asked is an answer too."), field="status")
        status, asked = ConsentStatus(code), ConsentStatus(code) in ASKED
        language = self._language.code() or ""
        if language == OTHER:
            language = self._code.text().strip()
        method = self._method.code()
        return ConsentDetails(
            purpose=ConsentPurpose(self._purpose.code() or "programme"),
            status=status,
            scope=self._scope.text().strip(),
            recipient=self._recipient.text().strip(),
            withheld=self._withheld.text().strip(),
            legal_basis=self._law.text().strip() if status is ConsentStatus.NOT_REQUIRED_BY_LAW else "",
            explained_in=language if asked else "",
            interpreter_alias=self._interpreter.text().strip() if asked else "",
            method=ConsentMethod(method) if asked and method is not None else None,
            given_on=_day(self._day, "given_on") if asked else None,
            review_due=_day(self._until, "review_due") if status is ConsentStatus.GIVEN else None,
            copy_given=asked and self._copy.isChecked(),
        )

    # inside

    def _lay_out(self) -> None:
        kit, field = self._kit, self._field
        self.fields = {
            "purpose": field("purpose", tr("About"), self._purpose, required=True),
            "recipient": field("recipient", tr("Organisation or person who receives it"), self._recipient),
            "scope": field("scope", tr("What it covers"), self._scope, required=True),
            "status": field("status", tr("The answer"), self._status, required=True),
            "legal_basis": field("legal_basis", tr("Which law makes it unnecessary?"), self._law, required=True),
            "spoken": kit.box(
                kit.row(
                    (field("explained_in", tr("Explained in"), self._language, required=True), 2),
                    (field("code", tr("Its code"), self._code), 1),
                    (
                        field(
                            "interpreter_alias",
                            tr("Interpreter's alias"),
                            self._interpreter,
                        ),
                        2,
                    ),
                    gap=3,
                )
            ),
            "method": field("method", tr("How it was given"), self._method, required=True),
            "days": kit.box(
                kit.row(
                    (field("given_on", tr("Answered on"), self._day, required=True), 1),
                    (field("review_due", tr("Until"), self._until), 1),
                    gap=3,
                )
            ),
            "withheld": field("withheld", tr("What to withhold, from whom and why"), self._withheld),
            "copy": self._copy,
        }
        for name, each in self._named.items():
            each.setObjectName(name)

    def _fit(self) -> None:
        """Only what this answer needs is asked; what was typed stays behind what is hidden."""
        status = ConsentStatus(self._status.code() or "not_asked")
        asked = status in ASKED or self._status.code() is None
        shown_if(self.fields["spoken"], asked)
        shown_if(self.fields["days"], asked)
        shown_if(self._named["method"], asked)
        shown_if(self._named["code"], self._language.code() == OTHER)
        shown_if(self._named["review_due"], status is ConsentStatus.GIVEN or self._status.code() is None)
        shown_if(self._named["legal_basis"], status is ConsentStatus.NOT_REQUIRED_BY_LAW)
        shown_if(self._copy, asked)

    def _field(self, name: str, caption: str, control: QWidget, *, required: bool = False) -> Field:
        self._named[name] = self._kit.field(caption, control, required=required)
        return self._named[name]


def _day(field: DateField, name: str) -> date | None:
    """The day; None where nothing was typed. UserError, naming the field, where it is not understood."""
    if not field.line.text().strip():
        return None
    try:
        return field.required()
    except UserError as problem:
        raise UserError(problem.sentence, field=name) from None
