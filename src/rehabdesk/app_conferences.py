"""The pages of conferences, by route; what they put on somebody's day, and the checklist item that minutes settle."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QPushButton

from rehabdesk.access.model import Role
from rehabdesk.app_paper import paper_tools
from rehabdesk.app_services import Services
from rehabdesk.app_tabs import name_of
from rehabdesk.core.errors import RehabDeskError, UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate
from rehabdesk.overview.day_service import Task
from rehabdesk.people.model import PersonRow
from rehabdesk.plans.conferences.conference_stored_model import Invitation, OpenAction, WaitingConference
from rehabdesk.plans.conferences.minutes_words_model import MinutesWords
from rehabdesk.plans.conferences.view.conference_page import ConferenceContext, ConferencePage, Evidence
from rehabdesk.plans.conferences.view.conference_plan_page import ConferencePlanPage
from rehabdesk.plans.conferences.view.conferences_page import ConferencesPage, InvitationsPage
from rehabdesk.plans.conferences.view.minutes_compare_page import MinutesComparePage
from rehabdesk.plans.conferences.view.minutes_page import MinutesPage
from rehabdesk.readiness.model import ItemStatus
from rehabdesk.ui.dates import short, stamp
from rehabdesk.ui.files import FileDialogs
from rehabdesk.ui.kit import Kit
from rehabdesk.ui.page import Page, Route

SETTLED = "RR-I3"
"""The item that is settled by agreed minutes."""
MAY_SETTLE = frozenset({Role.CO, Role.SUP})


class ConferencePages:
    """What a role may not open is refused here, and absent from its pages."""

    def __init__(self, kit: Kit, services: Services, files: FileDialogs) -> None:
        self._kit, self._s, self._files = kit, services, files

    def makers(self) -> dict[str, Callable[[Route], Page]]:
        """By the name of the route."""
        return {
            "conferences": self._list,
            "conference": self._one,
            "conference_plan": self._plan,
            "minutes": self._minutes,
        }

    def person_acts(self, row: PersonRow, go: Callable[[Route], None]) -> Sequence[QPushButton]:
        """A chaplain's way to the own invitations, where there are any."""
        if not self._s.conferences.reading.invitations(row.id):
            return ()
        button = self._kit.button(tr("Invitations to conferences"), icon="users-round")
        button.clicked.connect(lambda: go(Route(name="conferences", person=row.id)))
        return (button,)

    def tasks(self) -> Sequence[Task]:
        """What conferences ask of this login today."""
        reading = self._s.conferences.reading
        agree = (tr("Agree the minutes about {name}"), tr("Read and agree"))
        approve = (tr("Approve the minutes about {name}"), tr("Read and approve"))
        begun = {draft.typed.conference for draft in self._s.minutes.drafts() if not draft.overtaken}
        write = (tr("Record the conference about {name}"), tr("Open conference"))
        return [
            *(self._action(one) for one in reading.my_open_actions()),
            *(self._waiting(one, *agree) for one in reading.to_agree()),
            *(self._waiting(one, *approve) for one in reading.to_approve()),
            *(self._invitation(one) for one in reading.invitations_to_come()),
            *(self._waiting(one, *write) for one in reading.to_write() if one.rid not in begun),
        ]

    # pages

    def _list(self, route: Route) -> Page:
        s, name = self._s, name_of(self._s.people.row(route.person))
        if s.role is Role.CHA:
            return InvitationsPage(self._kit, s.conferences, route.person, name=name)
        return ConferencesPage(self._kit, s.conferences, route.person, name=name)

    def _one(self, route: Route) -> Page:
        s = self._s
        context = ConferenceContext(
            name=name_of(s.people.row(route.person)),
            staff=s.staff_name,
            evidence=lambda: self._evidence(route.person),
            overtaken=lambda: s.minutes.overtaken(route.id),
            printer=paper_tools(self._files).hand_out,
        )
        return ConferencePage(self._kit, s.conferences, route.id, context)

    def _plan(self, route: Route) -> Page:
        s, row = self._s, self._s.people.row(route.person)
        if not s.conferences.may_write:
            raise UserError(tr("Your role has no such page."))
        stored = s.conferences.reading.conference(route.id) if route.id else None
        return ConferencePlanPage(self._kit, s.conferences, route.person, stored, name=name_of(row))

    def _minutes(self, route: Route) -> Page:
        """The id is a conference, or a conference and the draft to be compared with its newer minutes."""
        s, row = self._s, self._s.people.row(route.person)
        rid, _, draft = route.id.partition(":")
        stored = s.conferences.reading.conference(rid)
        owners = [(card.uid, card.name) for card in s.conferences.seats.can_own()]
        reasons = [(each.code, tr(each.text)) for each in s.conferences.reasons.offered]
        if draft:
            words = MinutesWords(
                attendees=stored.conference.attendees, owners=dict(owners), reasons=dict(reasons), name=name_of(row)
            )
            return MinutesComparePage(self._kit, s.minutes, draft, words, name=name_of(row))
        return MinutesPage(
            self._kit,
            s.minutes,
            stored,
            name=name_of(row),
            chair=s.staff_name(stored.conference.chair),
            convicted=s.people.known.convicted(route.person),
            owners=owners,
            reasons=reasons,
        )

    def _evidence(self, person: str) -> Evidence | None:
        """The open item of a running checklist that these minutes settle."""
        s = self._s
        if s.role not in MAY_SETTLE:
            return None
        readiness = s.releases.of_person(person)
        item = next((each for each in readiness.items if each.template.code == SETTLED), None) if readiness else None
        if item is None or not item.open or (readiness is not None and readiness.checklist.ended is not None):
            return None

        def settle(words: str) -> None:
            s.releases.mark(person, SETTLED, ItemStatus.DONE, evidence=words)

        return Evidence(words=tr(item.template.text), settle=settle)

    # the day

    def _action(self, one: OpenAction) -> Task:
        today = self._kit.today()
        late, due_today = one.due < today, one.due == today
        waiting = (tr("By {day}").format(day=short(one.due)), "grey")
        tag = (tr("Overdue"), "red") if late else (tr("Due today"), "blue") if due_today else waiting
        return Task(
            order=0 if late else 1 if due_today else 2,
            words=one.words,
            detail=tr("From the conference about {name}").format(name=isolate(self._name(one.person))),
            icon="users-round",
            tag=tag,
            act=tr("Open conference"),
            page="conference",
            person=one.person,
            id=one.conference,
        )

    def _waiting(self, one: WaitingConference, words: str, act: str) -> Task:
        return Task(
            order=2,
            words=words.format(name=isolate(self._name(one.person))),
            detail=short(one.at.astimezone().date()),
            icon="users-round",
            tag=(tr("Waiting for you"), "blue"),
            act=act,
            page="conference",
            person=one.person,
            id=one.rid,
        )

    def _invitation(self, one: Invitation) -> Task:
        return Task(
            order=2,
            words=tr("You are invited to a conference about {name}").format(name=isolate(self._name(one.person))),
            detail=" · ".join(isolate(each) for each in (stamp(one.at), one.place) if each),
            icon="users-round",
            tag=(tr("Invited"), "blue"),
            act=tr("Read invitation"),
            page="conferences",
            person=one.person,
        )

    def _name(self, person: str) -> str:
        try:
            return name_of(self._s.people.row(person))
        except RehabDeskError:
            return tr("Unknown")
