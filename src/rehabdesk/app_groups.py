"""The pages of groups, by route: the list, one group, writing a meeting, reading one."""

from collections.abc import Callable

from rehabdesk.access.model import Role
from rehabdesk.app_services import Services
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.notes.groups.group_service import SEES_GROUPS
from rehabdesk.notes.groups.view.group_page import GroupPage
from rehabdesk.notes.groups.view.groups_page import GroupsPage
from rehabdesk.notes.groups.view.meeting_page import MeetingPage, Setting
from rehabdesk.notes.groups.view.meeting_read_page import MeetingReadPage
from rehabdesk.ui.kit import Kit
from rehabdesk.ui.page import Page, Route

GROUP_ROLES = frozenset({Role.PSY, Role.CSUP, Role.FAC})
"""Who finds groups in the menu (interface.md 3); who else may see them opens a meeting from a person's timeline."""
MENU_ENTRY = dict.fromkeys(("group", "group_add", "meeting", "meeting_read"), "groups")
"""To which entry of the menu these pages belong."""
NEW = "group:"
"""Before the id of the group in the route of a meeting that is not kept yet."""


class GroupPages:
    """What a role may not open is refused here, and absent from its menu. `exists`: whether there is such a page."""

    def __init__(self, kit: Kit, services: Services, exists: Callable[[str], bool]) -> None:
        self._kit, self._s, self._exists = kit, services, exists

    def makers(self) -> dict[str, Callable[[Route], Page]]:
        """By the name of the route."""
        return {
            "groups": self._groups,
            "group": lambda route: self._group(route, adding=False),
            "group_add": lambda route: self._group(route, adding=True),
            "meeting": self._meeting,
            "meeting_read": self._read,
        }

    def _groups(self, _route: Route) -> Page:
        self._require()
        return GroupsPage(self._kit, self._s.groups, staff=self._s.staff_name, mine=self._s.desk.uid)

    def _group(self, route: Route, *, adding: bool) -> Page:
        self._require()
        s = self._s
        return GroupPage(
            self._kit,
            s.groups,
            s.meetings,
            s.meetings_read,
            route.id,
            staff=s.staff_name,
            today=self._kit.today,
            opens_people=True,
            adding=adding,
        )

    def _meeting(self, route: Route) -> Page:
        """A draft, or a new meeting of a group."""
        self._require()
        s = self._s
        draft_id = None if route.id.startswith(NEW) else route.id
        group_id = s.meetings.draft(draft_id).typed.group if draft_id else route.id.removeprefix(NEW)
        group = s.groups.group(group_id)
        setting = Setting(
            group_id=group_id,
            group=group,
            leaders=[(uid, s.staff_name(uid)) for uid in group.facilitators],
            mine=s.desk.uid,
            may_add=s.groups.may_keep,
            has_alert=self._exists("alert_new"),
        )
        return MeetingPage(self._kit, s.meetings, setting, draft_id=draft_id, now=s.clock.now)

    def _read(self, route: Route) -> Page:
        self._require()
        s = self._s
        return MeetingReadPage(
            self._kit,
            s.meetings,
            s.meetings_after,
            s.meetings_read,
            route.id,
            staff=s.staff_name,
            mine=s.desk.uid,
            opens_people=s.role is not Role.FAC,
        )

    def _require(self) -> None:
        if self._s.role not in SEES_GROUPS:
            raise UserError(tr("Your role has no such page."))
