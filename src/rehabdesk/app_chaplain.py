"""The pages of a chaplain's work, by route: the contact log, the month sheet, a pastoral contribution."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QPushButton

from rehabdesk.access.model import Role
from rehabdesk.app_lifecycle import found_people
from rehabdesk.app_services import Services
from rehabdesk.app_tabs import name_of
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.notes.chaplaincy.month_service import COUNTS_SEEN_BY
from rehabdesk.notes.chaplaincy.pastoral_model import FORM
from rehabdesk.notes.chaplaincy.view.contact_log_page import Around, ContactLogPage
from rehabdesk.notes.chaplaincy.view.contribution_page import ContributionPage
from rehabdesk.notes.chaplaincy.view.encounter_page import EncounterPage
from rehabdesk.notes.chaplaincy.view.month_page import MonthPage
from rehabdesk.people.model import PersonRow
from rehabdesk.ui.find_line import Found
from rehabdesk.ui.kit import Kit
from rehabdesk.ui.page import Page, Route

MONTH_ROLES = COUNTS_SEEN_BY | {Role.CHA}


class ChaplainPages:
    """What a role may not open is refused here, and absent from its menu."""

    def __init__(self, kit: Kit, services: Services) -> None:
        self._kit, self._s = kit, services

    def makers(self) -> dict[str, Callable[[Route], Page]]:
        """By the name of the route."""
        return {
            "encounter": self._encounter,
            "contact_log": self._log,
            "month_sheet": self._month,
            "contribution": self._contribution,
        }

    def _encounter(self, route: Route) -> Page:
        s = self._s
        if s.role is not Role.CHA:
            raise UserError(tr("Your role has no such page."))
        row = s.people.row(route.person)
        return EncounterPage(
            self._kit,
            s.encounters,
            person_id=route.person,
            person_name=name_of(row),
            closed_draft=route.id or None,
        )

    def deeds(self) -> list[tuple[str, Route, str]]:
        """What the find box offers besides the menu: words, route, icon."""
        if self._s.role is Role.CHA:
            return [(tr("Log contacts"), Route(name="contact_log"), "plus")]
        if self._s.role in MONTH_ROLES:
            return [(tr("Chaplaincy, by month"), Route(name="month_sheet"), "calendar")]
        return []

    def person_acts(self, row: PersonRow, go: Callable[[Route], None]) -> Sequence[QPushButton]:
        """What a chaplain does from the page of a person."""
        log = self._kit.button(tr("Log a contact"), icon="plus")
        log.clicked.connect(lambda: go(Route(name="contact_log", person=row.id)))
        give = self._kit.button(tr("Pastoral contribution"), icon="hand-heart")
        give.clicked.connect(lambda: go(Route(name="contribution", person=row.id)))
        return (give, log)

    def _log(self, route: Route) -> Page:
        s = self._s
        self._require_chaplain()
        around = Around(
            find=lambda words: found_people(s, words),
            found=self._found,
            cases=lambda: [(row.id, name_of(row)) for row in s.people.own_cases()],
            rule=tr(s.desk.settings().sealed_rule_text),
            warn_of=s.sealed_words,
            now=s.clock.now,
        )
        return ContactLogPage(
            self._kit, s.contact_log, s.encounters, s.forms.form(FORM), around, person_id=route.person
        )

    def _found(self, person: str) -> Found:
        row = self._s.people.row(person)
        return Found(row.id, name_of(row), row.unit)

    def _month(self, _route: Route) -> Page:
        if self._s.role not in MONTH_ROLES:
            raise UserError(tr("Your role has no such page."))
        return MonthPage(self._kit, self._s.months, self._s.forms.form(FORM), own=self._s.role is Role.CHA)

    def _contribution(self, route: Route) -> Page:
        s = self._s
        self._require_chaplain()
        s.people.caseload.require(route.person)
        return ContributionPage(
            self._kit,
            s.contributions,
            route.person,
            name=name_of(s.people.row(route.person)),
            rule=tr(s.desk.settings().sealed_rule_text),
            warn_of=s.sealed_words,
        )

    def _require_chaplain(self) -> None:
        if self._s.role is not Role.CHA:
            raise UserError(tr("Your role has no such page."))
