"""A signed note and what comes after it, by route; and what lifecycles of notes put on somebody's day."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from rehabdesk.access.model import Role
from rehabdesk.app_services import Services
from rehabdesk.app_tabs import name_of
from rehabdesk.core.errors import RehabDeskError
from rehabdesk.core.i18n import ntr, tr, tr_as
from rehabdesk.core.text import isolate
from rehabdesk.db.projection import PASTORAL
from rehabdesk.notes.chaplaincy.view.follow_ups_card import follow_ups_card
from rehabdesk.notes.view.read_deeds import Deeds
from rehabdesk.notes.view.read_page import ReadPage
from rehabdesk.overview.cosign_tasks_service import CosignTasks
from rehabdesk.overview.day_service import Task
from rehabdesk.overview.old_drafts_view import old_drafts_card
from rehabdesk.people.model import Capacity
from rehabdesk.ui.find_line import Found
from rehabdesk.ui.kit import Kit
from rehabdesk.ui.page import Page, Route

FOUND = 6


class LifecyclePages:
    """Pages, tasks and cards of one session."""

    def __init__(self, kit: Kit, services: Services) -> None:
        self._kit, self._s = kit, services

    def makers(self) -> dict[str, Callable[[Route], Page]]:
        """By the name of the route."""
        return {"note_read": self._read}

    def tasks(self) -> Sequence[Task]:
        """What waits for this login."""
        s = self._s
        return CosignTasks(s.cosigning, s.people, s.staff_name).tasks()

    def day_cards(self, page: Page) -> list[QWidget]:
        """What stands beside the tasks of the day, by role."""
        if self._s.role is Role.SUP:
            return [old_drafts_card(self._kit, sum(self._s.old_drafts.by_member().values()))]
        if self._s.role is Role.CHA:
            return [self._contacts(page), self._follow_ups(page)]
        return []

    def _read(self, route: Route) -> Page:
        s = self._s
        comp, _, rid = route.id.partition(":")
        row = s.people.row(route.person)
        deeds = Deeds(
            notes=s.notes,
            cosigning=s.cosigning,
            paper=s.paper,
            attachments=s.attachments,
            find=lambda words: found_people(s, words),
            assigns=self._who_assigns,
            staff=s.staff_name,
            prove=s.fresh_keys,
            mine=s.desk.uid,
            sealed=s.sealed_words if comp == PASTORAL else None,
        )
        return ReadPage(self._kit, s.forms, deeds, comp, rid, person_name=name_of(row), case_ref=row.case_ref)

    def _who_assigns(self, person: str) -> str:
        """Why a note cannot go to a person, and who can change that."""
        s = self._s
        lead = next(
            (
                one.details.staff
                for one in s.people.assignments(person)
                if one.details.capacity is Capacity.LEAD_CASE_OFFICER and one.details.until is None
            ),
            None,
        )
        name = isolate(name_of(s.people.row(person)))
        if lead is None:
            sentence = tr("You are not assigned to {name}. A case officer or the supervisor can assign you.")
            return sentence.format(name=name)
        return tr("You are not assigned to {name}. {officer} or the supervisor can assign you.").format(
            name=name, officer=isolate(s.staff_name(lead))
        )

    def _contacts(self, page: Page) -> QWidget:
        """The way to the contact log, with how many contacts are typed and not signed."""
        kit, typed = self._kit, len(self._s.contact_log.logged())
        words = (
            ntr("{count} contact typed, not signed", "{count} contacts typed, not signed", typed)
            if typed
            else tr("No contact waits for your signature.")
        )
        log = kit.button(tr("Log contacts"), icon="plus")
        log.clicked.connect(lambda: page.go.emit(Route(name="contact_log")))
        return kit.card(tr_as("Contacts", "meetings"), kit.label(words, tone="muted", wrap=True), kit.start(log), gap=2)

    def _follow_ups(self, page: Page) -> QWidget:
        return follow_ups_card(self._kit, self._s.follow_ups, name_of=self._name, said=page.said.emit)

    def _name(self, person: str) -> str:
        try:
            return name_of(self._s.people.row(person))
        except RehabDeskError:
            return tr("Unknown")


def found_people(services: Services, words: str) -> Sequence[Found]:
    """People by any spelling, in any script, or by case number."""
    return [
        Found(row.id, name_of(row), " · ".join(each for each in (row.case_ref, row.unit) if each))
        for row in services.people.find(words, limit=FOUND)
    ]
