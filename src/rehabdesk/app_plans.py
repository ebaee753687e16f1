"""The pages of plans by route: writing one, its versions side by side, programmes and their sessions."""

from collections.abc import Callable

from rehabdesk.access.model import Role
from rehabdesk.app_paper import paper_tools
from rehabdesk.app_services import Services
from rehabdesk.app_tabs import WRITES_PLANS, name_of
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.plans.programmes.view.programmes_page import ProgrammeContext, ProgrammesPage
from rehabdesk.plans.typed_model import TypedPlan, typed_from
from rehabdesk.plans.view.plan_history_page import PlanHistoryPage
from rehabdesk.plans.view.plan_history_paper import PlanHistoryPaperPage
from rehabdesk.plans.view.plan_write_page import PlanWritePage
from rehabdesk.ui.files import FileDialogs
from rehabdesk.ui.kit import Kit
from rehabdesk.ui.page import Page, Route


class PlanPages:
    """What a role may not open is refused here, and absent from its pages."""

    def __init__(self, kit: Kit, services: Services, files: FileDialogs) -> None:
        self._kit, self._s, self._files = kit, services, files

    def makers(self) -> dict[str, Callable[[Route], Page]]:
        """By the name of the route."""
        return {
            "plan_write": self._write,
            "plan_history": self._history,
            "plan_history_paper": self._history_paper,
            "programmes": self._programmes,
        }

    def _write(self, route: Route) -> Page:
        """`new`, `next` (from what is worked on now), or a draft."""
        s, row = self._s, self._s.people.row(route.person)
        if s.role not in WRITES_PLANS:
            raise UserError(tr("Your role has no such page."))
        drafts = dict(s.plan_writing.of_person(route.person))
        start, draft = drafts.get(route.id), route.id if route.id in drafts else None
        if start is None:
            stored = s.plans.current(route.person) if route.id == "next" else None
            start = TypedPlan() if stored is None else typed_from(stored.plan)
        return PlanWritePage(
            self._kit,
            s.plan_writing,
            s.domains,
            route.person,
            name=name_of(row),
            convicted=s.people.known.convicted(route.person),
            under_appeal=s.people.known.under_appeal(route.person),
            start=start,
            draft_id=draft,
        )

    def _history(self, route: Route) -> Page:
        """The id is a pair of versions with a colon between, or nothing."""
        s, row = self._s, self._s.people.row(route.person)
        return PlanHistoryPage(self._kit, s.plan_history, route.person, name=name_of(row), pair=route.id)

    def _history_paper(self, route: Route) -> Page:
        s, row = self._s, self._s.people.row(route.person)
        if not s.plan_history.may_compare:
            raise UserError(tr("Your role has no such page."))
        tools = paper_tools(self._files)
        return PlanHistoryPaperPage(self._kit, s.plan_history, tools, route.person, pair=route.id, name=name_of(row))

    def _programmes(self, route: Route) -> Page:
        s, row = self._s, self._s.people.row(route.person)
        if not s.programmes.may_read:
            raise UserError(tr("Your role has no such page."))
        convicted = s.people.known.convicted(route.person)
        groups = s.groups.groups_of(route.person) if s.role is not Role.AUD else ()
        context = ProgrammeContext(
            name=name_of(row),
            groups=[(rid, group.name) for rid, group in groups],
            areas=[(domain.code, tr(domain.title)) for domain in s.domains.open_to(convicted=convicted)],
        )
        return ProgrammesPage(self._kit, s.programmes, route.person, context)
