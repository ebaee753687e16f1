"""The page of one person: what its head says for this role, its tabs, and what can be begun from it."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtWidgets import QPushButton

from rehabdesk.access.model import Role
from rehabdesk.app_record import strips_of
from rehabdesk.app_release import changed_conditions
from rehabdesk.app_services import Services
from rehabdesk.app_tabs import Tabs, name_of
from rehabdesk.core.i18n import tr
from rehabdesk.core.languages import language_words
from rehabdesk.core.text import isolate, join_words
from rehabdesk.people.legal_model import Stage
from rehabdesk.people.model import Capacity, Literacy, PersonRow
from rehabdesk.people.service import MAY_READ_WHOLE
from rehabdesk.people.view.person_page import Head, PersonPage, case_line
from rehabdesk.people.words_model import birth_words, stage_words
from rehabdesk.ui.dates import short
from rehabdesk.ui.kit import Kit
from rehabdesk.ui.page import Page, Route

Go = Callable[[Route], None]


class PersonPages:
    """`alerts` gives the live alerts of a person with their page, `chaplains` what a chaplain can begin there."""

    def __init__(
        self,
        kit: Kit,
        services: Services,
        tabs: Tabs,
        alerts: Callable[[str], tuple[tuple[str, Route], ...]],
        chaplains: Sequence[Callable[[PersonRow, Go], Sequence[QPushButton]]],
        go: Go,
    ) -> None:
        self._kit, self._s, self._tabs = kit, services, tabs
        self._alerts, self._chaplains, self._go = alerts, chaplains, go

    def makers(self) -> Mapping[str, Callable[[Route], Page]]:
        return {"person": self._person}

    def _person(self, route: Route) -> Page:
        row = self._s.people.row(route.person)
        return PersonPage(
            self._kit, self._head(row), self._tabs.of(row), shown=route.id or "overview", acts=self._acts(row)
        )

    def _head(self, row: PersonRow) -> Head:
        s = self._s
        if s.people.caseload.narrow:  # a facilitator knows name, unit and languages (domain.md 4.3)
            spoken = join_words(language_words(each.code) for each in s.groups.languages(row.id))
            return Head(name=name_of(row), facts=tuple(fact for fact in (row.unit, spoken) if fact))
        facts, tags = [case_line(row.case_ref)] if row.case_ref else [], []
        whole = s.role in MAY_READ_WHOLE
        spoken = next((language_words(each.code) for each in s.people.languages(row.id)), "")
        if not whole and spoken:
            facts.append(tr("Speaks {language}").format(language=isolate(spoken)))
        if whole:
            details = s.people.person(row.id).details
            born = short(details.birth_date) if details.birth_date else ""
            facts += [birth_words(details, born)]
            if details.interpreter_needed:
                tags.append((tr("Interpreter: {language}").format(language=spoken), "blue", "languages"))
            if details.literacy is Literacy.DOES_NOT_READ:
                tags.append((tr("Does not read"), "grey", ""))
        facts += [row.unit, stage_words(Stage(row.stage)) if whole else ""]
        if row.planned_release is not None and whole:
            facts.append(tr("Release {day}").format(day=short(row.planned_release)))
        lead = next(
            (
                each.details.staff
                for each in s.people.assignments(row.id)
                if each.details.capacity is Capacity.LEAD_CASE_OFFICER and each.details.until is None
            ),
            None,
        )
        if lead is not None:
            facts.append(tr("Case officer {name}").format(name=isolate(s.staff_name(lead))))
        return Head(
            name=name_of(row),
            facts=tuple(fact for fact in facts if fact),
            tags=tuple(tags),
            strips=(*strips_of(s, row), *changed_conditions(s, row)),
            alerts=self._alerts(row.id),
        )

    def _acts(self, row: PersonRow) -> Sequence[QPushButton]:
        role = self._s.role
        acts = [button for each in self._chaplains for button in each(row, self._go)] if role is Role.CHA else []
        if role is Role.CO:
            prepare = self._kit.button(tr("Prepare packet"), icon="package")
            prepare.clicked.connect(lambda: self._go(Route(name="packet", person=row.id)))
            acts.append(prepare)
        if role in MAY_READ_WHOLE:
            edit = self._kit.button(tr("Edit") if role is Role.CO else tr("Details"), icon="pencil")
            edit.clicked.connect(lambda: self._go(Route(name="person_edit", person=row.id)))
            acts.append(edit)
        return acts
