"""The pages of finding and of lists that are brought in, by route."""

from collections.abc import Callable

from rehabdesk.access.kept_service import KeptFilters
from rehabdesk.access.model import Role
from rehabdesk.access.role_words_model import role_words
from rehabdesk.app_services import Services
from rehabdesk.app_tabs import name_of
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.handover.search_service import PacketSearch
from rehabdesk.notes.alerts.alert_search_service import AlertSearch
from rehabdesk.notes.assessments.assessment_search_service import ASSESSMENT, AssessmentSearch
from rehabdesk.notes.attachments.attachment_search_service import AttachmentSearch
from rehabdesk.notes.search_service import NoteSearch
from rehabdesk.notes.view.timeline_tab import NOTE_PAGE, PAGE_OF
from rehabdesk.overview.search_model import Wish
from rehabdesk.overview.search_service import Search
from rehabdesk.overview.search_view import SearchPage
from rehabdesk.people.import_service import Imports
from rehabdesk.people.view.import_page import ImportPage
from rehabdesk.plans.conferences.conference_search_service import CONFERENCE, INVITATION, ConferenceSearch
from rehabdesk.plans.programmes.intervention_search_service import PROGRAMME, ProgrammeSearch
from rehabdesk.plans.progress.progress_search_service import PROGRESS, ProgressSearch
from rehabdesk.plans.reviews.review_search_service import BETWEEN, REVIEW, ReviewSearch
from rehabdesk.plans.search_service import PAST, PlanSearch
from rehabdesk.readiness.search_service import ReleaseSearch
from rehabdesk.ui.files import FileDialogs
from rehabdesk.ui.kit import Kit
from rehabdesk.ui.page import Page, Route

AUTHORS = (Role.PSY, Role.CSUP, Role.CHA, Role.CO, Role.SUP, Role.FAC)
"""Roles that write what a search finds."""
PAGES = {
    ASSESSMENT: "assessments",
    PAST: "plan_history",
    PROGRESS: "words",
    REVIEW: "review_read",
    BETWEEN: "reviews",
    PROGRAMME: "programmes",
    CONFERENCE: "conference",
    INVITATION: "conferences",
}
"""Where what is no note opens, by the kind of what was found."""


def search_of(s: Services) -> Search:
    """The search over every feature of one desk."""
    notes = NoteSearch(s.desk, s.people, s.notes.timeline, s.forms)
    features = (
        AlertSearch(s.desk, s.notes.timeline),
        AttachmentSearch(s.desk, s.notes.timeline),
        AssessmentSearch(s.desk, s.people),
        PlanSearch(s.desk, s.people, s.domains),
        ProgressSearch(s.desk, s.people, s.domains),
        ReviewSearch(s.desk, s.people),
        ProgrammeSearch(s.desk, s.people, s.programmes.catalogue),
        ConferenceSearch(s.desk, s.people),
        ReleaseSearch(s.desk, s.people, s.templates),
        PacketSearch(s.desk),
    )
    return Search(s.desk, s.people, notes, features)


def page_of(kind: str) -> str:
    """The page on which something that was found is read."""
    return PAGES.get(kind) or next((page for part, page in PAGE_OF.items() if part.value == kind), NOTE_PAGE)


class SearchPages:
    """What a role may not open is refused here, and absent from its menu."""

    def __init__(self, kit: Kit, services: Services, files: FileDialogs) -> None:
        self._kit, self._s, self._files = kit, services, files

    def makers(self) -> dict[str, Callable[[Route], Page]]:
        """By the name of the route."""
        return {"import": self._import, "search": self._search}

    def _search(self, route: Route) -> Page:
        """`id` of the route: the words that were typed in the find box."""
        s = self._s
        if s.role is Role.ADM:
            raise UserError(tr("Your role has no such page."))
        present = {card.role for card in s.desk.all_staff()}
        return SearchPage(
            self._kit,
            search_of(s),
            KeptFilters(s.desk, "search"),
            Wish(words=route.id, person=route.person),
            mine=s.desk.uid,
            roles=[(role.value, role_words(role)) for role in AUTHORS if role in present],
            staff=s.staff_name,
            find=lambda words: s.people.find(words, limit=1),
            case_of=lambda person: next((row.case_ref or name_of(row) for row in s.people.search.rows((person,))), ""),
            route_of=lambda hit: Route(name=page_of(hit.kind), person=hit.person, id=hit.id),
        )

    def _import(self, _route: Route) -> Page:
        if self._s.role is not Role.CO:
            raise UserError(tr("Your role has no such page."))
        return ImportPage(self._kit, Imports(self._s.desk), self._files.choose_file)
