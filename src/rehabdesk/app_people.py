"""The pages of one person's record, by route, and the cards of other levels that stand on them."""

from collections.abc import Callable, Sequence

from rehabdesk.access.kept_service import KeptFilters
from rehabdesk.access.model import Role
from rehabdesk.app_paper import paper_tools
from rehabdesk.app_record import is_read_only, record_places, strips_of
from rehabdesk.app_returns import ReturnPages
from rehabdesk.app_services import Services
from rehabdesk.app_tabs import name_of
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.people.assignment_service import Assignments
from rehabdesk.people.identity_service import Identities
from rehabdesk.people.legal_service import LegalStages
from rehabdesk.people.need_service import Needs
from rehabdesk.people.placement_service import Placements
from rehabdesk.people.protected_model import About
from rehabdesk.people.protected_service import ProtectedNotes
from rehabdesk.people.service import MAY_READ_WHOLE
from rehabdesk.people.view.assignments_page import AssignmentsPage
from rehabdesk.people.view.compartment_cards import NeedsCard, ProtectedCard
from rehabdesk.people.view.consents_page import ConsentsPage
from rehabdesk.people.view.identity_page import IdentityPage
from rehabdesk.people.view.legal_page import LegalPage
from rehabdesk.people.view.people_page import PeoplePage
from rehabdesk.people.view.placements_page import PlacementsPage
from rehabdesk.people.view.record_page import RecordOf
from rehabdesk.people.view.register_page import RegisterPage
from rehabdesk.ui.files import FileDialogs
from rehabdesk.ui.kit import Kit
from rehabdesk.ui.page import Page, Route


class PeoplePages:
    """What a role may not open is refused here, and absent from the person's page. `has`: whether there is a route."""

    def __init__(self, kit: Kit, services: Services, files: FileDialogs, *, has: Callable[[str], bool]) -> None:
        self._kit, self._s, self._files, self._has = kit, services, files, has

    def makers(self) -> dict[str, Callable[[Route], Page]]:
        """By the name of the route."""
        return {
            "people": self._people,
            "register": self._register,
            "person_edit": self._identity,
            "legal": self._legal,
            "placements": self._placements,
            "assignments": self._assignments,
            "consents": self._consents,
        }

    def _people(self, _route: Route) -> Page:
        if self._s.role in (Role.FAC, Role.ADM):
            raise UserError(tr("Your role has no such page."))
        return PeoplePage(
            self._kit,
            self._s.people,
            KeptFilters(self._s.desk, "people"),
            may_register=self._s.role is Role.CO,
            may_import=self._s.role is Role.CO and self._has("import"),
            sees_case=self._s.role in MAY_READ_WHOLE,
        )

    def _register(self, _route: Route) -> Page:
        s = self._s
        return RegisterPage(
            self._kit,
            s.people,
            Identities(s.desk, s.people),
            team=s.team(),
            mine=s.desk.uid,
            site=s.desk.settings().name,
        )

    def _record(self, route: Route) -> RecordOf:
        s, row = self._s, self._s.people.row(route.person)
        if route.name not in {place for place, _words in record_places(s)}:
            raise UserError(tr("Your role has no such page."))
        return RecordOf(
            person=row.id,
            name=name_of(row),
            case_ref=row.case_ref,
            places=record_places(s),
            strips=strips_of(s, row),
            read_only=is_read_only(s, row),
        )

    def _identity(self, route: Route) -> Page:
        s, record = self._s, self._record(route)
        need = s.people.person(record.person).details.practical_access_need
        needs, notes = Needs(s.desk), ProtectedNotes(s.desk)

        return IdentityPage(
            self._kit,
            Identities(s.desk, s.people),
            record,
            show=lambda: s.people.person(route.person).details,
            staff=s.staff_name,
            parts=[
                NeedsCard(
                    self._kit,
                    needs,
                    record.person,
                    name=record.name,
                    practical=need,
                    staff=s.staff_name,
                ).build,
                ProtectedCard(
                    self._kit,
                    notes,
                    record.person,
                    about=About.RECRUITED_AS_CHILD,
                    name=record.name,
                    staff=s.staff_name,
                    writes=not record.read_only,
                ).build,
            ],
        )

    def _legal(self, route: Route) -> Page:
        s = self._s

        def still_open() -> Sequence[str]:
            if s.people.caseload.limited and not s.people.caseload.admits(route.person):
                return ()
            readiness = s.releases.of_person(route.person)
            return [] if readiness is None else [tr(item.template.text) for item in readiness.open_blocking]

        return LegalPage(
            self._kit,
            LegalStages(s.desk, s.people),
            self._record(route),
            staff=s.staff_name,
            still_open=still_open,
            may_prepare=s.role is Role.CO,
        )

    def _placements(self, route: Route) -> Page:
        s = self._s
        return PlacementsPage(self._kit, Placements(s.desk, s.people), self._record(route), site=s.desk.settings().name)

    def _assignments(self, route: Route) -> Page:
        s = self._s
        return AssignmentsPage(self._kit, Assignments(s.desk, s.people), self._record(route), staff=s.staff_name)

    def _consents(self, route: Route) -> Page:
        s = self._s
        return ConsentsPage(
            self._kit,
            s.people.consents,
            self._record(route),
            staff=s.staff_name,
            save=self._files.save_file,
            printer=paper_tools(self._files).print_here,
            outside=lambda page: ReturnPages(self._kit, s, self._files).after_consent(page, route.person),
        )
