"""Clinical annexes in the window, by route: keys of clinicians, writing, sending, and what came from elsewhere."""

from collections.abc import Callable, Sequence

from rehabdesk.app_paper import paper_tools
from rehabdesk.app_services import Services
from rehabdesk.app_tabs import name_of
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.handover.annex.annex_model import AnnexState
from rehabdesk.handover.annex.view.annex_in_page import AnnexInPage
from rehabdesk.handover.annex.view.annex_kept_page import AnnexKeptPage
from rehabdesk.handover.annex.view.annex_page import AnnexPage
from rehabdesk.handover.annex.view.annex_signed_page import AnnexSignedPage
from rehabdesk.handover.annex.view.clinician_keys_page import ClinicianKeysPage
from rehabdesk.overview.annex_tasks_service import annex_tasks
from rehabdesk.overview.day_service import Task
from rehabdesk.ui.files import FileDialogs
from rehabdesk.ui.kit import Kit
from rehabdesk.ui.page import Page, Route


class AnnexPages:
    """What a role may not open is refused here."""

    def __init__(self, kit: Kit, services: Services, files: FileDialogs) -> None:
        self._kit, self._s, self._files = kit, services, files

    def makers(self) -> dict[str, Callable[[Route], Page]]:
        """By the name of the route."""
        return {
            "annex": self._annex,
            "annex_kept": self._kept,
            "clinician_keys": self._keys,
            "inbox_annex": self._inbox,
        }

    def deeds(self) -> list[tuple[str, Route, str]]:
        """What the find box offers besides the menu: words, route, icon."""
        if not self._s.annex.keys.may_use:
            return []
        return [
            (tr("Keys for clinical annexes"), Route(name="clinician_keys"), "key"),
            (tr("Open a clinical annex"), Route(name="inbox_annex"), "file-lock"),
        ]

    def tasks(self) -> Sequence[Task]:
        """What waits for this login."""
        s = self._s
        if not s.annex.keys.may_use:
            return []
        return annex_tasks(s.annex.requests, s.annex.writing, self._name)

    # pages

    def _annex(self, route: Route) -> Page:
        s = self._s
        asked = s.annex.writing.mine(route.id)
        name = self._name(asked.person)
        if asked.state is AnnexState.ASKED:
            return AnnexPage(
                self._kit,
                s.annex.writing,
                asked,
                name=name,
                asked_by=s.staff_name(asked.officer),
                prove=s.fresh_keys,
            )
        if asked.state in (AnnexState.DECLINED, AnnexState.TAKEN_BACK):
            raise UserError(tr("This annex is not waited for any more. Ask the case officer if it is needed again."))
        return AnnexSignedPage(self._kit, s.annex.writing, asked.id, name=name, folder=self._files.choose_folder)

    def _keys(self, route: Route) -> Page:
        self._require()
        back = Route(name="person", person=route.person, id="packets") if route.person else Route(name="packets")
        return ClinicianKeysPage(
            self._kit,
            self._s.annex.keys,
            paper_tools(self._files),
            staff=self._s.staff_name,
            back=back,
        )

    def _kept(self, route: Route) -> Page:
        self._require()
        return AnnexKeptPage(self._kit, self._s.annex.reading, route.person, name=self._name(route.person))

    def _inbox(self, route: Route) -> Page:
        self._require()
        s = self._s
        cases = sorted((self._name(person), person) for person in s.people.caseload.own_cases())
        return AnnexInPage(
            self._kit,
            s.annex.reading,
            choose=self._files.choose_file,
            now=s.clock.now,
            cards=s.sites.pinned(),
            lists=s.status_lists.held(),
            seen=s.inbox.held_here(),
            former=s.status_lists.beside(s.sites.former()),
            note=s.inbox.note_seen,
            at_hand=s.annex.reading.packet_at_hand,
            cases=[(person, name) for name, person in cases],
            given=self._given(route.id),
        )

    # inside

    def _given(self, arrival: str) -> tuple[str, bytes] | None:
        """A file that was dropped into the Inbox, as long as it is at hand; nobody but its clinician opens it."""
        if not arrival:
            return None
        looked = self._s.inbox.arrival(arrival).looked
        return looked.name, looked.raw

    def _require(self) -> None:
        if not self._s.annex.keys.may_use:
            raise UserError(tr("Your role has no such page."))

    def _name(self, person: str) -> str:
        return name_of(self._s.people.row(person))
