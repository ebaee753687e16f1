"""The release of a person in the window: its tab, the site's own checklist, lists that open themselves, banners."""

from collections.abc import Callable, Sequence
from datetime import date

from rehabdesk.access.model import Role
from rehabdesk.app_services import Services
from rehabdesk.core.i18n import ntr, tr
from rehabdesk.core.text import isolate, join_words
from rehabdesk.people.legal_model import RELEASED, DateSource, LegalEpisode, ReleaseRoute
from rehabdesk.people.model import PersonRow
from rehabdesk.people.record_words_model import source_words
from rehabdesk.people.service import MAY_READ_WHOLE
from rehabdesk.people.words_model import route_words
from rehabdesk.readiness.opening_service import Openings
from rehabdesk.readiness.own_paper_service import MAY_PRINT
from rehabdesk.readiness.view.conditions_card import ConditionsCard
from rehabdesk.readiness.view.list_forms import Said
from rehabdesk.readiness.view.release_page import Allowed, Register, ReleaseTab
from rehabdesk.readiness.view.site_page import SitePage
from rehabdesk.ui.files import FileDialogs
from rehabdesk.ui.kit import Kit
from rehabdesk.ui.page import Page, Route

EXPRESS = "express"
"""Instead of a draft of a packet: an Express packet, the one that was begun or a new one."""
SITE_LIST = "site_checklist"
MARKS_LISTS = frozenset({Role.CO, Role.PSY, Role.CSUP, Role.CHA})


class ReleasePages:
    """Pages of this subject that are no tab of a person."""

    def __init__(self, kit: Kit, services: Services, files: FileDialogs) -> None:
        self._kit, self._s, self._files = kit, services, files

    def makers(self) -> dict[str, Callable[[Route], Page]]:
        """By the name of the route; absent for who does not keep the site's checklist."""
        return {SITE_LIST: self._site} if self._s.releases.site.may_edit else {}

    def menu(self) -> list[tuple[str, str, str, bool]]:
        """The line of the sidebar."""
        return [(SITE_LIST, tr("Release checklist"), "list-checks", False)] if self.makers() else []

    def _site(self, _route: Route) -> Page:
        return SitePage(self._kit, self._s.releases.site, choose=self._files.choose_file, save=self._files.save_file)


def opened_by_themselves(services: Services) -> str:
    """Opens the lists that are due for this login's cases; the sentence that says so, or nothing."""
    opened = Openings(services.desk, services.people, services.releases).catch_up()
    if not opened:
        return ""
    names = join_words(isolate(row.display_alias or row.name) for row in opened[:3])
    return ntr(
        "{count} release checklist opened by itself: {names}.",
        "{count} release checklists opened by themselves: {names}.",
        len(opened),
    ).format(count=len(opened), names=names if len(opened) <= 3 else f"{names}, …")


def changed_conditions(services: Services, row: PersonRow) -> Sequence[str]:
    """What a banner on the person's page says until this login has seen the new wording."""
    if services.role not in MAY_READ_WHOLE or not _is_own(services, row):
        return ()
    count = len(services.releases.conditions.changed(row.id))
    if not count:
        return ()
    words = ntr(
        "{count} condition has another wording since you saw it. The tab Release shows it.",
        "{count} conditions have another wording since you saw them. The tab Release shows them.",
        count,
    )
    return (words,)


def release_tab(kit: Kit, s: Services, row: PersonRow, name: str) -> Page:
    """Checklist and conditions as this role has them."""
    keeps = s.role is Role.CO
    legal = s.people.legal(row.id) if keeps else None
    known = said_in(legal)
    offered = [route for route in ReleaseRoute if route is not ReleaseRoute.OTHER or known.route == route]

    def record(day: date, said: Said, short_notice: bool) -> Said:
        now = s.people.legal(row.id)
        before = said_in(now)
        if now.stage in RELEASED:
            return before  # who has left is not planned for again: the list alone counts from another day
        s.people.plan_release(
            row.id,
            day,
            on=kit.today(),
            source=DateSource(said.source or before.source),
            route=ReleaseRoute(said.route or before.route),
            short_notice=short_notice,
        )
        return before

    return ReleaseTab(
        kit,
        s.releases,
        row.id,
        name=name,
        register=Register(
            planned=row.planned_release,
            released=legal.dates.actual_release if legal is not None else None,
            known=known,
            record=record,
            routes=[(route.value, route_words(route)) for route in offered],
            sources=[(source.value, source_words(source)) for source in DateSource],
        ),
        allowed=Allowed(keep=keeps, mark=s.role in MARKS_LISTS, waive=s.role is Role.SUP, print=s.role in MAY_PRINT),
        conditions=ConditionsCard(
            kit,
            s.releases.conditions,
            row.id,
            name=name,
            may_keep=keeps,
            may_print=s.role in MAY_PRINT,
            staff=s.staff_name,
        ),
        prove=s.fresh_keys,
        express=Route(name="packet", person=row.id, id=EXPRESS) if keeps else None,
    )


def said_in(legal: LegalEpisode | None) -> Said:
    """What the register says of the release."""
    if legal is None:
        return Said(route=ReleaseRoute.UNKNOWN, source=DateSource.REGISTRY)
    return Said(route=legal.release_route or ReleaseRoute.UNKNOWN, source=legal.source)


def _is_own(s: Services, row: PersonRow) -> bool:
    return not s.people.caseload.limited or s.people.caseload.admits(row.id)
