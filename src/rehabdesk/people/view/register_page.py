"""A new person: name, case number, birth, language, stage, unit, release date, and who leads the case."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate, isolate_ltr
from rehabdesk.people.identity_service import Identities
from rehabdesk.people.legal_model import DateSource, LegalDates, LegalEpisode, Stage
from rehabdesk.people.model import (
    AgeRegime,
    AssignmentDetails,
    Capacity,
    Language,
    Literacy,
    PersonDetails,
    PersonName,
    Placement,
    Sex,
)
from rehabdesk.people.record_words_model import sex_words
from rehabdesk.people.service import People
from rehabdesk.people.view.identity_fields import OTHER, BirthLine, language_combo, script_of
from rehabdesk.people.view.record_page import shown_if
from rehabdesk.people.words_model import capacity_words, stage_words
from rehabdesk.ui.field import Field
from rehabdesk.ui.kit import STRETCH, Kit, empty
from rehabdesk.ui.page import Page, Route

FIRST_STAGES = (Stage.PRE_TRIAL, Stage.CONVICTED, Stage.SENTENCED, Stage.PRE_RELEASE, Stage.RECALLED)
REGISTER = "register"
TEAM_CAPACITIES = (Capacity.LEAD_CASE_OFFICER, Capacity.PSYCHOLOGIST, Capacity.CHAPLAIN)


class RegisterPage(Page):
    """`team`: for each capacity the staff who may take it, as (uid, name). `mine`: this login's uid."""

    def __init__(
        self,
        kit: Kit,
        people: People,
        identities: Identities,
        *,
        team: dict[Capacity, Sequence[tuple[str, str]]],
        mine: str,
        site: str,
    ) -> None:
        super().__init__(kit)
        self._people, self._identities, self._site = people, identities, site
        self._given, self._family = kit.line(limit=80), kit.line(limit=120)
        self._other_given, self._other_family = kit.line(limit=80), kit.line(limit=120)
        self._case, self._born = kit.line(limit=40), BirthLine(kit)
        self._language, self._code = language_combo(kit), kit.line(limit=12)
        self._sex = kit.combo([(each.value, sex_words(each)) for each in Sex], chosen=Sex.NOT_RECORDED.value)
        self._warned: frozenset[str] = frozenset()
        self._alike = kit.column()
        self._stage = kit.combo([(stage.value, stage_words(stage)) for stage in FIRST_STAGES], chosen="sentenced")
        self._since, self._release = kit.date_field(kit.today()), kit.date_field()
        self._unit = kit.line(limit=60)
        self._age = kit.choice(
            [("adult", tr("Adult")), ("young_adult", tr("Young adult")), ("child", tr("Under 18"))], chosen="adult"
        )
        self._interpreter, self._reads = kit.check(tr("Interpreter needed")), kit.check(tr("Does not read"))
        self._team = {
            capacity: kit.combo(
                list(staff), empty=tr("Nobody yet"), chosen=mine if capacity in TEAM_CAPACITIES[:1] else None
            )
            for capacity, staff in team.items()
        }
        self._fields: dict[str, Field] = {}
        self.set_head(kit.label(tr("New person"), "h1"))
        self._language.changed.connect(lambda code: shown_if(self._fields["code"], code == OTHER))
        self.set_body(kit.box(kit.column(self._alike, self._identity(), self._legal(), self._who(), STRETCH, gap=4)))
        self._fields["code"].hide()
        save = kit.button(tr("Add the person"), kind="primary", icon="user-plus")
        save.clicked.connect(self.main_act)
        back = kit.button(tr("Cancel"))
        back.clicked.connect(self._cancel)
        self.set_foot(kit.row(STRETCH, back, save))
        self.forms.show(REGISTER, [*self._fields.values(), self._interpreter, self._reads])

    def first_focus(self) -> QWidget:
        return self._given

    def main_act(self) -> None:
        """Adds the person, with the team that was chosen, and opens the page."""
        for field in self._fields.values():
            field.calm()
        try:
            details, legal = self._details(), self._episode()
            if self._may_be_known(details):
                return
            placement = Placement(establishment=self._site, since=legal.since, unit=self._unit.text().strip())
            person = self._people.register(details, legal, placement=placement)
            for capacity, chosen in self._team.items():
                if (staff := chosen.code()) is not None:
                    self._people.assign(
                        person.id, AssignmentDetails(staff=staff, capacity=capacity, since=self.kit.today())
                    )
        except UserError as problem:
            self.complain(problem.sentence, self._fields.get(problem.field or ""))
            return
        self.forms.finish(REGISTER)
        self.said.emit(tr("Added: {name}").format(name=details.display_alias))
        self.go.emit(Route(name="person", person=person.id, id="overview"))

    def _cancel(self) -> None:
        self.forms.finish(REGISTER)
        self.go.emit(Route(name="people"))

    def _may_be_known(self, details: PersonDetails) -> bool:
        """Shows who of the register may be the same person, once: the second time the person is added."""
        empty(self._alike)
        found = {
            row.id: row
            for name in details.names
            for row in self._identities.similar(name, (details.birth_date, details.birth_precision))
        }
        if not found or frozenset(found) <= self._warned:
            return False
        self._warned = frozenset(found)
        kit, first = self.kit, None
        rows: list[QWidget] = []
        for row in found.values():
            words = tr("{name}, case {number}").format(name=isolate(row.name), number=isolate_ltr(row.case_ref))
            button = kit.button(tr("Open"), kind="quiet")
            button.setAccessibleName(tr("Open {name}").format(name=words))
            button.clicked.connect(
                lambda _on=False, person=row.id: self.go.emit(Route(name="person", person=person, id="overview"))
            )
            first = first or button
            rows.append(kit.box(kit.row((kit.label(words, wrap=True), 1), button)))
        said = kit.label(tr("Is it somebody else? Then press Add the person once more."), "small", wrap=True)
        self._alike.addWidget(kit.card(tr("Maybe already in the register"), *rows, said, kind="warn", gap=1))
        self.scroll_area().verticalScrollBar().setValue(0)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def _identity(self) -> QWidget:
        kit, field = self.kit, self._field
        return kit.card(
            tr("Who"),
            kit.row(
                (field("names", tr("&Given name"), self._given, required=True), 2),
                (field("family", tr("&Family name"), self._family), 2),
                (field("case_ref", tr("&Case number"), self._case, required=True), 1),
                gap=3,
            ),
            kit.row(
                (field("other", tr("Given name in another script"), self._other_given), 2),
                (field("other_family", tr("Family name in another script"), self._other_family), 2),
                (field("sex", tr("Sex"), self._sex), 1),
                gap=3,
            ),
            kit.row(
                (field("birth_date", tr("&Born"), self._born, hint=tr("3 Mar 1997, 1997 or about 1997")), 2),
                (field("languages", tr("&Language"), self._language, hint=tr("The one spoken best")), 1),
                (field("code", tr("Its code"), self._code, hint=tr("Two or three letters")), 1),
                (field("unit", tr("&Unit"), self._unit, hint=tr("Wing and cell")), 1),
                gap=3,
            ),
            field("age", tr("Age group"), self._age),
            kit.flow(self._interpreter, self._reads, gap=4),
        )

    def _legal(self) -> QWidget:
        kit, field = self.kit, self._field
        return kit.card(
            tr("Legal stage"),
            kit.row(
                (field("stage", tr("&Stage"), self._stage, required=True), 2),
                (field("since", tr("S&ince"), self._since, required=True), 1),
                (field("planned_release", tr("&Planned release"), self._release), 1),
                gap=3,
            ),
        )

    def _who(self) -> QWidget:
        kit = self.kit
        fields = [
            (self._field(capacity.value, capacity_words(capacity), combo), 1) for capacity, combo in self._team.items()
        ]
        return kit.card(tr("Who works with this person"), kit.row(*fields, gap=3))

    def _field(self, code: str, caption: str, control: QWidget, *, hint: str = "", required: bool = False) -> Field:
        self._fields[code] = self.kit.field(caption, control, hint=hint, required=required)
        self._fields[code].setObjectName(code)
        return self._fields[code]

    def _details(self) -> PersonDetails:
        given, family = self._given.text().strip(), self._family.text().strip()
        born, precision = self._born.birth()
        alias = f"{given} {family[:1]}." if family else given
        language = self._language.code() or ""
        if language == OTHER and not (language := self._code.text().strip()):
            raise UserError(tr("Which other language? Type its code, for example dje."), field="code")
        names = [PersonName(script=script_of(given), given=given, family=family)]
        if other := self._other_given.text().strip():
            names.append(PersonName(script=script_of(other), given=other, family=self._other_family.text().strip()))
        elif self._other_family.text().strip():
            raise UserError(tr("Write the given name in that script too."), field="other")
        return PersonDetails(
            case_ref=self._case.text().strip(),
            display_alias=alias,
            names=tuple(names),
            sex=Sex(self._sex.code() or "not_recorded"),
            age_regime=AgeRegime(self._age.code() or "adult"),
            birth_date=born,
            birth_precision=precision,
            languages=(Language(code=language, preferred=True),) if language else (),
            literacy=Literacy.DOES_NOT_READ if self._reads.isChecked() else Literacy.UNKNOWN,
            interpreter_needed=self._interpreter.isChecked(),
        )

    def _episode(self) -> LegalEpisode:
        try:
            since = self._since.required()
        except UserError as problem:
            raise UserError(problem.sentence, field="since") from None
        if self._release.text().strip() and self._release.day() is None:
            raise UserError(tr("Date must be like 20/11, 20 Nov 2026 or yesterday."), field="planned_release")
        return LegalEpisode(
            stage=Stage(self._stage.code() or "sentenced"),
            since=since,
            source=DateSource.REGISTRY,
            country="XX",
            dates=LegalDates(planned_release=self._release.day()),
        )
