"""The pages of the overview, by route: My day, Releases, Supervision with its lists, My month on screen and paper."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from rehabdesk.access.model import Role
from rehabdesk.app_paper import paper_tools
from rehabdesk.app_services import Services
from rehabdesk.app_tabs import name_of
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.handover.after.continuity_model import FIRST_CONTACT_DAYS
from rehabdesk.overview.continuity_view import continuity_card
from rehabdesk.overview.day_service import MyDay
from rehabdesk.overview.day_view import DayPage, DayParts
from rehabdesk.overview.month_service import MyMonth
from rehabdesk.overview.month_view import PAGE, PAPER, MyMonthPage, MyMonthPaperPage
from rehabdesk.overview.release_tasks_service import ReleaseDay
from rehabdesk.overview.releases_view import ReleasesPage
from rehabdesk.overview.role_cards_view import desk_card, groups_card, people_card, waiting_card
from rehabdesk.overview.supervision_model import WorkKind
from rehabdesk.overview.supervision_service import Supervision
from rehabdesk.overview.supervision_view import LIST, SupervisionPage, WorkListPage, board_card
from rehabdesk.overview.today_service import meetings_today
from rehabdesk.ui.files import FileDialogs
from rehabdesk.ui.kit import Kit
from rehabdesk.ui.page import Page, Route

RELEASE_ROLES = frozenset({Role.CO, Role.SUP})


class OverviewPages:
    """What a role may not open is refused here, and absent from its menu. `day`: the tasks as they stand; `beside`: the
    cards of other subjects beside them.
    """

    def __init__(
        self,
        kit: Kit,
        services: Services,
        files: FileDialogs,
        day: Callable[[], MyDay],
        beside: Callable[[Page], Sequence[QWidget]],
    ) -> None:
        self._kit, self._s, self._files, self._tasks, self._cards = kit, services, files, day, beside
        self._months = MyMonth(services.desk)

    def makers(self) -> dict[str, Callable[[Route], Page]]:
        """By the name of the route."""
        return {
            "day": self._day,
            "releases": self._releases,
            "supervision": lambda _route: SupervisionPage(self._kit, self._supervision(), self._statistics),
            LIST: self._work,
            PAGE: self._month,
            PAPER: self._month_paper,
        }

    def menu(self) -> list[tuple[str, str, str, bool]]:
        """Home and, for a supervisor, the board."""
        found = [("day", tr("My day"), "sun", False)]
        if self._s.role is Role.SUP:
            found.append(("supervision", tr("Supervision"), "layout-list", False))
        return found

    def deeds(self) -> list[tuple[str, Route, str]]:
        """What the find box offers besides the menu: words, route, icon."""
        return [(tr("My month"), Route(name=PAGE), "calendar")] if self._months.may_see else []

    # pages

    def _day(self, _route: Route) -> Page:
        s = self._s
        parts = DayParts(
            now=s.clock.now,
            releases=self.release_day,
            meetings=lambda: meetings_today(s.conferences.reading, lambda person: name_of(s.people.row(person))),
            beside=self._beside,
            month=self._months.may_see,
        )
        return DayPage(self._kit, self._tasks(), parts)

    def release_day(self) -> ReleaseDay:
        """What the lists say today."""
        return ReleaseDay(self._s.desk, self._s.board)

    def _beside(self, page: Page) -> list[QWidget]:
        cards = list(self._cards(page))
        if self._s.role is Role.SUP:
            cards.append(board_card(self._kit, self._supervision(), page.go))
        if self._s.role in (Role.ADM, Role.AUD):
            active = sum(member.active for member in self._s.desk.members())
            cards.append(desk_card(self._kit, active, page.go))
        if self._s.role is Role.FAC:
            mine = [one for one in self._s.groups.all() if one.mine and one.group.open]
            cards.append(groups_card(self._kit, mine, page.go))
            cards.append(people_card(self._kit, self._s.people.own_cases(), page.go))
        if (waiting := self._s.cosigning.own_waiting()) is not None:
            cards.append(waiting_card(self._kit, waiting))
        return cards

    def _releases(self, _route: Route) -> Page:
        if self._s.role not in RELEASE_ROLES:
            raise UserError(tr("Your role has no such page."))
        return ReleasesPage(self._kit, self._s.board, mine=self._s.role is Role.CO)

    def _statistics(self) -> list[QWidget]:
        return [continuity_card(self._kit, self._s.returns.continuity(FIRST_CONTACT_DAYS))]

    def _supervision(self) -> Supervision:
        s = self._s
        return Supervision(
            s.desk, s.people, s.board, s.plans, s.reviews, s.packets, s.conferences.reading, s.alerts, s.old_drafts
        )

    def _work(self, route: Route) -> Page:
        supervision = self._supervision()
        if route.id not in set(WorkKind):
            raise UserError(tr("There is nothing to open here for this login."))
        return WorkListPage(self._kit, supervision, WorkKind(route.id))

    def _month(self, route: Route) -> Page:
        self._require_month()
        return MyMonthPage(self._kit, self._months, route.id)

    def _month_paper(self, route: Route) -> Page:
        self._require_month()
        if route.id not in self._months.months():
            raise UserError(tr("There is nothing to open here for this login."))
        return MyMonthPaperPage(self._kit, self._months, paper_tools(self._files), month=route.id)

    def _require_month(self) -> None:
        if not self._months.may_see:
            raise UserError(tr("Your role has no such page."))
