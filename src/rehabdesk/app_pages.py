"""Which page a route leads to, and what each role finds in its menu. What a role may not open is absent here."""

import time
from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QObject, Signal

from rehabdesk.access.model import Role
from rehabdesk.access.settings_view import SettingsPage
from rehabdesk.app_alerts import AlertPages
from rehabdesk.app_annex import AnnexPages
from rehabdesk.app_attachments import AttachmentPages
from rehabdesk.app_chaplain import ChaplainPages
from rehabdesk.app_conferences import ConferencePages
from rehabdesk.app_groups import GROUP_ROLES, MENU_ENTRY, GroupPages
from rehabdesk.app_inbox import INBOX_ENTRY, InboxPages
from rehabdesk.app_keeping import is_there, take_back
from rehabdesk.app_lifecycle import LifecyclePages
from rehabdesk.app_notes import NotePages
from rehabdesk.app_overview import RELEASE_ROLES, OverviewPages
from rehabdesk.app_own_papers import OwnPaperPages
from rehabdesk.app_packet_copy import PacketCopyPages
from rehabdesk.app_packets import PACKET_ROLES, PacketPages
from rehabdesk.app_paper import PaperPages, paper_tools
from rehabdesk.app_people import PeoplePages
from rehabdesk.app_person import PersonPages
from rehabdesk.app_plans import PlanPages
from rehabdesk.app_release import ReleasePages
from rehabdesk.app_reviews import ReviewPages
from rehabdesk.app_search import SearchPages
from rehabdesk.app_services import Services
from rehabdesk.app_site_words import SiteWordPages
from rehabdesk.app_tabs import Tabs, name_of
from rehabdesk.app_trust import SEES_KEYS, TrustPages
from rehabdesk.app_writing import WritingPages
from rehabdesk.audit.log_service import Log
from rehabdesk.audit.service import Audit
from rehabdesk.audit.view import ActivityPage
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.overview.alert_tasks_service import alert_tasks
from rehabdesk.overview.day_service import MyDay
from rehabdesk.overview.draft_tasks_service import draft_tasks
from rehabdesk.overview.express_tasks_service import express_tasks
from rehabdesk.overview.key_tasks_service import key_tasks
from rehabdesk.overview.letter_tasks_service import letter_tasks
from rehabdesk.overview.meeting_tasks_service import meeting_tasks
from rehabdesk.overview.people_tasks_service import register_tasks
from rehabdesk.overview.release_tasks_service import condition_tasks
from rehabdesk.overview.return_tasks_service import return_tasks
from rehabdesk.overview.review_tasks_service import review_tasks, word_draft_tasks
from rehabdesk.ui.files import FileDialogs
from rehabdesk.ui.help_page import HelpPage
from rehabdesk.ui.kit import Kit
from rehabdesk.ui.page import Page, Route

ONLY_FOR = {"register": frozenset({Role.CO})}
"""Pages that their makers would give to anybody."""
Line = tuple[str, str, str, bool]
"""Name of the route, words, icon, and whether it stands at the foot."""


class Pages(QObject):
    """The pages of one session, by route."""

    look_chosen = Signal(object)
    wanted = Signal(object)

    def __init__(self, kit: Kit, services: Services, files: FileDialogs, writing: WritingPages) -> None:
        super().__init__()
        self._kit, self._s, self._files, self._writing = kit, services, files, writing
        self.note_forms = services.forms.offered(services.role)
        self.note_form = self.note_forms[0].name if self.note_forms else ""
        self._note_pages, self._tabs = NotePages(kit, services, writing.named_in), Tabs(kit, services, self.note_form)
        self._lifecycle, self._chaplain = LifecyclePages(kit, services), ChaplainPages(kit, services)
        self._conferences = ConferencePages(kit, services, files)
        self.alerts = AlertPages(kit, services, files)
        self._person_pages = PersonPages(
            kit,
            services,
            self._tabs,
            self.alerts.in_head,
            (self._conferences.person_acts, self._chaplain.person_acts),
            self.wanted.emit,
        )
        self._annexes = AnnexPages(kit, services, files)
        self._paper, self._release = PaperPages(kit, services, files), ReleasePages(kit, services, files)
        self._trust, self._words = TrustPages(kit, services, files), SiteWordPages(kit, services)
        self._overview = OverviewPages(kit, services, files, self._my_day, self._lifecycle.day_cards)
        self._inbox = InboxPages(kit, services, files, lambda name: name in self._makers)
        self._makers: dict[str, Callable[[Route], Page]] = {
            "activity": self._activity,
            "settings": self._settings,
            "help": lambda _route: HelpPage(kit),
            **self._overview.makers(),
            **self._note_pages.makers(),
            **self._lifecycle.makers(),
            **self._chaplain.makers(),
            **PeoplePages(kit, services, files, has=lambda name: name in self._makers).makers(),
            **self._person_pages.makers(),
            **self._conferences.makers(),
            **ReviewPages(kit, services).makers(),
            **PlanPages(kit, services, files).makers(),
            **OwnPaperPages(kit, services, files, writing.named_in).makers(),
            **AttachmentPages(kit, services, files).makers(),
            **PacketPages(kit, services, files, lambda name: name in self._makers).makers(),
            **self._trust.makers(),
            **self._words.makers(),
            **self._annexes.makers(),
            **self._inbox.makers(),
            **PacketCopyPages(kit, services, files, writing.named_in).makers(),
            **self.alerts.makers(),
            **SearchPages(kit, services, files).makers(),
            **writing.makers(),
            **GroupPages(kit, services, lambda name: name in self._makers).makers(),
            **self._paper.makers(),
            **self._release.makers(),
        }

    @property
    def sees_people(self) -> bool:
        """Whether this role finds people at all: an administrator holds no key to the register."""
        return self._s.role is not Role.ADM

    def menu(self) -> Sequence[Line]:
        """The sidebar of this role."""
        role, found = self._s.role, self._overview.menu()
        if self.sees_people and role is not Role.FAC:
            found.append(("people", tr("People"), "users", False))
        if role in GROUP_ROLES:
            found.append(("groups", tr("Groups"), "users-round", False))
        if role is Role.CHA:
            found.append(("month_sheet", tr("Month sheet"), "calendar", False))
        if role in RELEASE_ROLES:
            found.append(("releases", tr("Releases"), "calendar-clock", False))
        if role in PACKET_ROLES:
            found.append(("packets", tr("Packets"), "package", False))
        return [
            *found,
            *self._trust.menu(),
            *self._inbox.menu(),
            *self._release.menu(),
            *self._words.menu(),
            *self.alerts.menu(),
            ("blanks", tr("Forms to print"), "printer", True),
            ("activity", tr("Activity log"), "history", True),
            ("settings", tr("Settings"), "settings", True),
            ("help", tr("Help"), "circle-help", True),
        ]

    def deeds(self) -> list[tuple[str, Route, str]]:
        """What the find box offers besides the menu."""
        return [
            *self._overview.deeds(),
            *self._chaplain.deeds(),
            *self._paper.deeds(),
            *self._trust.deeds(),
            *self._annexes.deeds(),
        ]

    def counts(self) -> Mapping[str, int]:
        """Open work of this login, by route."""
        return {"day": len(self._my_day().tasks()), "letters": self.alerts.unread()} | self._inbox.counts()

    def exists(self, route: Route) -> bool:
        """Whether the route leads somewhere for this login; errors as the services raise them."""
        if route.name not in self._makers:
            return False
        if route.name in ("note", "meeting") and ":" not in route.id:
            self._s.desk.draft(route.id)
        self.alerts.require_draft(route)
        if route.person:
            self._s.people.row(route.person)
        return True

    def is_there(self, route: Route) -> bool:
        """Whether what was begun on the page of a route can still be finished by this login. Opens nothing."""
        has_page = route.name in self._makers and self._s.role in ONLY_FOR.get(route.name, (self._s.role,))
        return has_page and is_there(self._s, route)

    def make(self, route: Route) -> tuple[Page, str]:
        """The page, and the entry of the menu that it belongs to. UserError where this role has no such page."""
        maker = self._makers.get(route.name)
        if maker is None or self._s.role not in ONLY_FOR.get(route.name, (self._s.role,)):
            raise UserError(tr("Your role has no such page."))
        usual = "people" if route.person or route.name in ("register", "import") else route.name
        entry = {**MENU_ENTRY, **INBOX_ENTRY, **self._trust.entries()}.get(route.name, usual)
        return maker(route), entry

    # the day

    def _my_day(self) -> MyDay:
        s = self._s

        def name(person: str) -> str:
            return name_of(s.people.row(person))

        more = [
            self._overview.release_day().tasks,
            lambda: condition_tasks(s.releases.conditions, name),
            lambda: express_tasks(s.desk, s.packets.shelf, name),
            lambda: return_tasks(s.desk, s.after_seal, s.status_lists, name),
            lambda: alert_tasks(s.desk, s.alerts, s.letters, name),
            lambda: letter_tasks(s.letters),
            self._lifecycle.tasks,
            self._conferences.tasks,
            self._annexes.tasks,
            lambda: review_tasks(s.role, s.reviews, name),
            lambda: word_draft_tasks(s.review_writing, s.progress_writing, name),
            lambda: register_tasks(s.desk, s.people, name),
            lambda: meeting_tasks(s.desk, s.meetings_read),
            lambda: key_tasks(s.desk, s.trust, s.own_team),
            lambda: draft_tasks(s.minutes, s.plan_writing, name),
        ]
        return MyDay(s.desk, s.people, s.notes, s.forms, s.plans, s.packets, more)

    def _activity(self, _route: Route) -> Page:
        return ActivityPage(self._kit, Log(self._s.desk), Audit(self._s.desk), time.monotonic)

    def _settings(self, _route: Route) -> Page:
        s = self._s
        page = SettingsPage(
            self._kit,
            s.own_key,
            s.desk.members(),
            printer=paper_tools(self._files).print_here,
            take_back=lambda owner: take_back(s.desk, self._files, owner),
            signing_keys=s.role in SEES_KEYS,
        )
        page.look_chosen.connect(self.look_chosen)
        return page
