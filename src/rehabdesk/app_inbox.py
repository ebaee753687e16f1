"""The pages of what comes from outside, by route: the Inbox, a packet that came, an accepted entry of a timeline."""

from collections.abc import Callable

from rehabdesk.access.model import Role
from rehabdesk.app_services import Services
from rehabdesk.app_tabs import name_of
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.db.projection import TEAM
from rehabdesk.handover.checking.view.check_acts import HereActs
from rehabdesk.handover.checking.view.viewer_strip import PagesOut
from rehabdesk.handover.inbox.inbox_service import MAY_READ, Looked
from rehabdesk.handover.inbox.staging_service import Staged
from rehabdesk.handover.inbox.view.inbox_packet_page import InboxContext, InboxPacketPage
from rehabdesk.handover.inbox.view.inbox_page import InboxPage
from rehabdesk.notes.received_service import open_outside
from rehabdesk.notes.view.received_page import OutsidePage
from rehabdesk.plans.typed_model import TypedPlan, typed_from
from rehabdesk.ui.files import FileDialogs
from rehabdesk.ui.kit import Kit
from rehabdesk.ui.page import Page, Route

INBOX_ENTRY = {"inbox_packet": "inbox", "inbox_return": "inbox", "packet_feedback": "inbox"}
"""To which entry of the menu these pages belong."""


class InboxPages:
    """What a role may not open is refused here, and absent from its menu. `has`: whether a page of a name is there."""

    def __init__(self, kit: Kit, services: Services, files: FileDialogs, has: Callable[[str], bool]) -> None:
        self._kit, self._s, self._files, self._has = kit, services, files, has

    def makers(self) -> dict[str, Callable[[Route], Page]]:
        """By the name of the route."""
        return {"inbox": self._inbox, "inbox_packet": self._packet, "outside_entry": self._entry}

    def menu(self) -> list[tuple[str, str, str, bool]]:
        """The line of the sidebar, for who reads what came."""
        return [("inbox", tr("Inbox"), "inbox", False)] if self._s.role in MAY_READ else []

    def counts(self) -> dict[str, int]:
        """Packets at which nobody has looked yet, for who has the page."""
        return {"inbox": self._s.inbox.new_count()} if self._s.role in MAY_READ else {}

    def _inbox(self, route: Route) -> Page:
        self._require_reader()
        return InboxPage(
            self._kit,
            self._s.inbox,
            self._files.choose_files,
            name_of=self._name,
            leads=self._leads,
            take_card=self._take_card,
            again=route.id,
        )

    def _leads(self, name: str) -> bool:
        """A clinical annex is opened by psychologists alone."""
        return self._has(name) and name != "inbox_annex"

    def _take_card(self, looked: Looked) -> None:
        checked = looked.checked
        if checked.site_card is not None:
            self._s.sites.keep_card(looked.raw, checked.site_card)
        elif checked.team_card is not None:
            self._s.trust.teams.keep_card(looked.raw, checked.team_card)

    def _packet(self, route: Route) -> Page:
        self._require_reader()
        s = self._s
        context = InboxContext(
            name_of=self._name,
            is_read_only=s.people.known.is_read_only,
            plan_draft=self._plan_draft,
            out=PagesOut(save=self._files.save_file, view=self._files.view_file),
        )
        return InboxPacketPage(self._kit, s.inbox, s.staging, route.id, context)

    def _entry(self, route: Route) -> Page:
        s = self._s
        rid = route.id.rpartition(":")[2]
        opened = open_outside(s.desk, s.notes.timeline, rid)
        mine = opened.author == s.desk.uid and s.role is Role.CO
        source = Route(name="inbox_packet", id=opened.outside.received) if s.role in MAY_READ else None
        known = s.staging.accepted_as(rid)
        return OutsidePage(
            self._kit,
            lambda: open_outside(s.desk, s.notes.timeline, rid),
            name=self._name(opened.person_id),
            staff=s.staff_name,
            take_back=(lambda words: s.staging.take_back(rid, words)) if mine and known is not None else None,
            source=source if known is not None else None,
        )

    def _plan_draft(self, staged: Staged) -> Route:
        """What is accepted stands behind what the draft, or the plan in force, says: whoever writes it decides."""
        s, person = self._s, staged.row.person
        drafts = s.plan_writing.of_person(person)
        draft_id, typed = drafts[-1] if drafts else (None, self._begun(person))
        with_them = s.staging.with_goals(staged, typed)
        kept = s.plan_writing.keep(person, with_them, draft_id)
        return Route(name="plan_write", person=person, id=kept)

    def _begun(self, person: str) -> TypedPlan:
        stored = self._s.plans.in_force(person)
        return TypedPlan() if stored is None else typed_from(stored.plan)

    def _name(self, person: str) -> str:
        return name_of(self._s.people.row(person))

    def _require_reader(self) -> None:
        if self._s.role not in MAY_READ:
            raise UserError(tr("Your role has no such page."))


def here_acts(s: Services, has: Callable[[str], bool]) -> HereActs | None:
    """What the page of the check can do for this login; nothing for one without the team's records."""
    if not s.desk.holds(TEAM):
        return None

    def newer(number: str) -> str:
        row = s.inbox.with_number(number) if s.role in MAY_READ else None
        return "" if row is None else row.id

    return HereActs(
        looking=s.inbox.looking_anywhere,
        seen=s.inbox.note_seen,
        keep=s.inbox.keep if s.inbox.may_take else None,
        newer=newer,
        leads=has,
    )
