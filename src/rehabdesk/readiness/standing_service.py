"""Running checklists as lists show them, many at once: reads what is kept at writing, and writes nothing."""

from datetime import date, timedelta

from rehabdesk.access.service import Desk
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.db.projection import TEAM
from rehabdesk.people.service import People
from rehabdesk.readiness import standing_store as store
from rehabdesk.readiness.model import Template, TemplateItem
from rehabdesk.readiness.service import MAY_READ, OWN_ITEMS_ONLY, roles_of
from rehabdesk.readiness.site_service import SiteChecklists
from rehabdesk.readiness.standing_model import Standing, standing_of
from rehabdesk.readiness.template_service import Templates

FAR = date(9999, 12, 31)
MOST = 2_000


class Standings:
    """Asked by every page that lists releases or what is late.

    Two queries, however many lists there are, and one for each version of the site's own checklist among them.
    """

    def __init__(self, desk: Desk, people: People, templates: Templates) -> None:
        self._desk, self._people, self._site = desk, people, SiteChecklists(desk, templates)

    def running(
        self, *, within: timedelta | None = None, mine: bool = False, limit: int = MOST
    ) -> tuple[Standing, ...]:
        """The nearest release first. `mine`: own cases alone; roles that are held to theirs never see others.

        `within`: releases up to so long from today, also those that have passed. A role that is shown the items that
        name it (domain.md 4.2) gets no other in the counts. UserError for a role that reads no lists.
        """
        if self._desk.role not in MAY_READ:
            raise UserError(tr("Your role does not read checklists."))
        caseload = self._people.caseload
        persons = caseload.own_cases() if mine or caseload.limited else None
        until = FAR if within is None else self.today() + within
        found = store.running(self._desk.index(TEAM), until, persons, limit)
        versions = {(kept.checklist.template, kept.checklist.template_version) for kept in found}
        templates: dict[tuple[str, int], Template] = {one: self._site.template(*one) for one in versions}
        return tuple(
            standing_of(kept, templates[kept.checklist.template, kept.checklist.template_version], self._shows)
            for kept in found
        )

    def today(self) -> date:
        """The day where the desk stands."""
        return self._desk.clock.now().astimezone().date()

    def _shows(self, item: TemplateItem) -> bool:
        return self._desk.role not in OWN_ITEMS_ONLY or self._desk.role in roles_of(item)
