"""The form of an identity: its cards, what was typed in them, and errors beside their fields."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import join_words, typed_words
from rehabdesk.people.identity_model import birth_text
from rehabdesk.people.model import AgeRegime, Literacy, PersonDetails, Removal, Sex
from rehabdesk.people.record_words_model import (
    age_words,
    child_hint,
    literacy_words,
    removal_hint,
    removal_words,
    sex_words,
)
from rehabdesk.people.view.identity_fields import BirthLine, LanguageRows, NameRows
from rehabdesk.people.view.record_page import shown_if
from rehabdesk.ui.field import Field
from rehabdesk.ui.kit import Kit


class IdentityForm:
    """`details`: what is shown, `saved`: what stands in the record. What a psychologist lowered is not typed here."""

    def __init__(self, kit: Kit, details: PersonDetails, *, saved: PersonDetails, holds_faith: bool) -> None:
        self._kit, self._start, self._holds_faith = kit, saved, holds_faith
        self._fields: dict[str, Field] = {}
        self._names = NameRows(kit, details.names)
        self._alias, self._case = kit.line(details.display_alias, limit=80), kit.line(details.case_ref, limit=40)
        self._birth = BirthLine(kit, birth_text(details))
        self._sex = kit.choice([(each.value, sex_words(each)) for each in Sex], chosen=details.sex.value)
        self._age = kit.choice([(each.value, age_words(each)) for each in AgeRegime], chosen=details.age_regime.value)
        self._nationality = kit.line(join_words(details.nationality), limit=60)
        self._languages = LanguageRows(kit, details.languages)
        self._literacy = kit.choice(
            [(each.value, literacy_words(each)) for each in Literacy], chosen=details.literacy.value
        )
        self._interpreter = kit.check(tr("Interpreter needed"), details.interpreter_needed)
        self._address = kit.check(
            tr("Address is protected: it stands on nothing that leaves the desk"), details.address_protected
        )
        self._removal = kit.choice(
            [(each.value, removal_words(each)) for each in Removal], chosen=details.removal_or_deportation.value
        )
        self._faith = kit.line(details.faith_self_described, limit=80)
        self._hints = {name: kit.label("", "small", tone="warn", wrap=True) for name in ("age", "removal")}
        self._age.changed.connect(lambda _code: self._tell())
        self._removal.changed.connect(lambda _code: self._tell())
        self._tell()

    @property
    def first(self) -> QWidget:
        return self._names.first

    def cards(self) -> Sequence[QWidget]:
        """Names, birth and languages, what is to be heeded."""
        return self._name_card(), self._birth_card(), self._language_card(), self._heed_card()

    def details(self) -> PersonDetails:
        """What was typed. UserError where it cannot be."""
        born, precision = self._birth.birth()
        codes = typed_words(self._nationality.text())
        return PersonDetails(
            case_ref=self._case.text().strip(),
            display_alias=self._alias.text().strip(),
            names=self._names.names(),
            sex=Sex(self._sex.code() or "not_recorded"),
            age_regime=AgeRegime(self._age.code() or "adult"),
            birth_date=born,
            birth_precision=precision,
            nationality=tuple(code.upper() for code in codes),
            languages=self._languages.languages(),
            literacy=Literacy(self._literacy.code() or "unknown"),
            interpreter_needed=self._interpreter.isChecked(),
            address_protected=self._address.isChecked(),
            removal_or_deportation=Removal(self._removal.code() or "unknown"),
            practical_access_need=self._start.practical_access_need,
            faith_self_described=self._faith.text().strip(),
        )

    def is_changed(self) -> bool:
        """Whether something is typed that is not saved."""
        try:
            return self.details() != self._start
        except UserError:
            return True

    def calm(self) -> None:
        for field in self._fields.values():
            field.calm()

    def complain(self, problem: UserError) -> QWidget:
        """Shows the error by its field; gives the control that it is about."""
        field = self._fields.get(problem.field or "")
        if field is None:
            return self.first
        field.complain(problem.sentence)
        return field.control

    # cards

    def _name_card(self) -> QWidget:
        kit = self._kit
        return kit.card(
            tr("Names"),
            self._field("names", tr("As they are written in each script"), self._names),
            kit.row(
                (self._field("display_alias", tr("Display name"), self._alias, required=True), 1),
                (self._field("case_ref", tr("Case number"), self._case, required=True), 1),
                gap=3,
            ),
        )

    def _birth_card(self) -> QWidget:
        kit = self._kit
        nationality = self._field(
            "nationality", tr("Nationality"), self._nationality, hint=tr("Three letters for each country, as NER, MAR")
        )
        birth = self._field("birth_date", tr("Born"), self._birth, hint=tr("3 Mar 1997, 03/1997, 1997 or about 1997"))
        row = kit.row((birth, 1), (nationality, 1), gap=3)
        return kit.card(
            tr("Birth, sex, nationality"),
            row,
            self._field("sex", tr("Sex"), self._sex),
            self._field("age_regime", tr("Age group"), self._age),
            self._hints["age"],
        )

    def _language_card(self) -> QWidget:
        kit, need = self._kit, self._start.practical_access_need
        lowered = kit.label(
            need or tr("None is known. A psychologist gives the practical side of a need to the team."), wrap=True
        )
        return kit.card(
            tr("Languages and reading"),
            self._field("languages", tr("What the person speaks"), self._languages),
            self._field("literacy", tr("Reading"), self._literacy),
            self._interpreter,
            kit.column(kit.label(tr("Practical access need"), "strong"), lowered, gap=1),
        )

    def _heed_card(self) -> QWidget:
        kit = self._kit
        faith = None
        if self._holds_faith:
            faith = self._field("faith_self_described", tr("Faith, as the person calls it"), self._faith)
        return kit.card(
            tr("To be heeded"),
            self._address,
            self._field("removal_or_deportation", tr("Removal or deportation"), self._removal),
            self._hints["removal"],
            faith,
        )

    def _tell(self) -> None:
        """The hints that go with what is chosen."""
        hints = {
            "age": child_hint(AgeRegime(self._age.code() or "adult")),
            "removal": removal_hint(Removal(self._removal.code() or "unknown")),
        }
        for name, words in hints.items():
            self._hints[name].setText(words)
            shown_if(self._hints[name], bool(words))

    def _field(self, name: str, caption: str, control: QWidget, *, hint: str = "", required: bool = False) -> Field:
        self._fields[name] = self._kit.field(caption, control, hint=hint, required=required)
        return self._fields[name]
