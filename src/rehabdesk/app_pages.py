"""Which page a route leads to, and what each role finds in its menu. What a role may not open is absent here."""

import time
from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QPushButton

from rehabdesk.access.model import Role
from rehabdesk.access.settings_view import SettingsPage
from rehabdesk.app_chaplain import ChaplainPages
from rehabdesk.app_lifecycle import LifecyclePages
from rehabdesk.app_notes import NotePages
from rehabdesk.app_packets import PACKET_ROLES, PacketPages
from rehabdesk.app_paper import PaperPages, paper_tools
from rehabdesk.app_services import Services
from rehabdesk.app_tabs import WRITES_PLANS, Tabs, name_of
from rehabdesk.audit.log_service import Log
from rehabdesk.audit.service import Audit
from rehabdesk.audit.view import ActivityPage
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate
from rehabdesk.db.projection import PASTORAL
from rehabdesk.notes.preset_service import last_note, presets
from rehabdesk.notes.view.encounter_page import EncounterPage
from rehabdesk.notes.view.note_page import Context, NotePage
from rehabdesk.overview.day_service import MyDay
from rehabdesk.overview.day_view import DayPage
from rehabdesk.overview.releases_view import ReleasesPage
from rehabdesk.people.legal_model import Stage
from rehabdesk.people.model import Capacity, Literacy, PersonRow
from rehabdesk.people.view.people_page import PeoplePage
from rehabdesk.people.view.person_page import Head, PersonPage, case_line
from rehabdesk.people.view.register_page import RegisterPage
from rehabdesk.people.words_model import birth_words, stage_words
from rehabdesk.plans.model import StepStatus
from rehabdesk.plans.typed_model import TypedPlan, typed_from
from rehabdesk.plans.view.plan_write_page import PlanWritePage
from rehabdesk.ui.dates import short
from rehabdesk.ui.files import FileDialogs
from rehabdesk.ui.help_page import HelpPage
from rehabdesk.ui.kit import Kit
from rehabdesk.ui.page import Page, Route

DAY_ROLES = frozenset({Role.PSY, Role.CSUP, Role.CHA, Role.CO, Role.SUP, Role.FAC})
RELEASE_ROLES = frozenset({Role.CO, Role.SUP})
OPEN_STEPS = (StepStatus.NOT_STARTED, StepStatus.IN_PROGRESS)
MOST_STEPS = 5
Line = tuple[str, str, str, bool]
"""Name of the route, words, icon, and whether it stands at the foot."""


class Pages(QObject):
    """The pages of one session, by route."""

    look_chosen = Signal(object)
    wanted = Signal(object)

    def __init__(self, kit: Kit, services: Services, files: FileDialogs) -> None:
        super().__init__()
        self._kit, self._s, self._files = kit, services, files
        self.note_forms = services.forms.offered(services.role)
        self.note_form = self.note_forms[0].name if self.note_forms else ""
        self._note_pages = NotePages(kit, services)
        self._tabs = Tabs(kit, services, self.note_form)
        self._lifecycle, self._chaplain = LifecyclePages(kit, services), ChaplainPages(kit, services)
        self._paper = PaperPages(kit, services, files)
        self._makers: dict[str, Callable[[Route], Page]] = {
            "day": self._day,
            "releases": self._releases,
            "activity": self._activity,
            "settings": self._settings,
            "help": lambda _route: HelpPage(kit),
            "people": self._people,
            "register": self._register,
            "person": self._person,
            "plan_write": self._plan_write,
            "note": self._note,
            "encounter": self._encounter,
            **self._note_pages.makers(),
            **self._lifecycle.makers(),
            **self._chaplain.makers(),
            **PacketPages(kit, services, files).makers(),
            **self._paper.makers(),
        }

    @property
    def sees_people(self) -> bool:
        """Whether this role finds people at all: an administrator holds no key to the register."""
        return self._s.role is not Role.ADM

    def menu(self) -> Sequence[Line]:
        """The sidebar of this role."""
        role, found = self._s.role, []
        if role in DAY_ROLES:
            found.append(("day", tr("My day"), "sun", False))
        if self.sees_people:
            found.append(("people", tr("People"), "users", False))
        if role is Role.CHA:
            found.append(("month_sheet", tr("Month sheet"), "calendar", False))
        if role in RELEASE_ROLES:
            found.append(("releases", tr("Releases"), "calendar-clock", False))
        if role in PACKET_ROLES:
            found.append(("packets", tr("Packets"), "package", False))
        return [
            *found,
            ("blanks", tr("Forms to print"), "printer", True),
            ("activity", tr("Activity log"), "history", True),
            ("settings", tr("Settings"), "settings", True),
            ("help", tr("Help"), "circle-help", True),
        ]

    def deeds(self) -> list[tuple[str, Route, str]]:
        """What the find box offers besides the menu."""
        return [*self._chaplain.deeds(), *self._paper.deeds()]

    def counts(self) -> Mapping[str, int]:
        """Open work of this login, by route."""
        return {"day": len(self._my_day().tasks())} if self._s.role in DAY_ROLES else {}

    def exists(self, route: Route) -> bool:
        """Whether the route leads somewhere for this login; errors as the services raise them."""
        if route.name not in self._makers:
            return False
        if route.name == "note" and not route.id.startswith("form:"):
            self._s.notes.draft(route.id)
        if route.person:
            self._s.people.row(route.person)
        return True

    def make(self, route: Route) -> tuple[Page, str]:
        """The page, and the entry of the menu that it belongs to. UserError where this role has no such page."""
        maker = self._makers.get(route.name)
        if maker is None:
            raise UserError(tr("Your role has no such page."))
        entry = "people" if route.person or route.name == "register" else route.name
        return maker(route), entry

    # the day

    def _my_day(self) -> MyDay:
        s = self._s
        more = [self._lifecycle.tasks]
        return MyDay(s.desk, s.people, s.notes, s.forms, s.plans, s.releases, s.packets, more)

    def _day(self, _route: Route) -> Page:
        if self._s.role not in DAY_ROLES:
            raise UserError(tr("Your role has no such page."))
        return DayPage(self._kit, self._my_day(), self._s.clock.now, self._lifecycle.day_cards)

    def _releases(self, _route: Route) -> Page:
        if self._s.role not in RELEASE_ROLES:
            raise UserError(tr("Your role has no such page."))
        return ReleasesPage(self._kit, self._s.releases, self._s.people.row)

    def _activity(self, _route: Route) -> Page:
        return ActivityPage(self._kit, Log(self._s.desk), Audit(self._s.desk), time.monotonic)

    def _settings(self, _route: Route) -> Page:
        s = self._s
        page = SettingsPage(
            self._kit,
            s.own_key,
            s.desk.members(),
            printer=paper_tools(self._files).print_here,
        )
        page.look_chosen.connect(self.look_chosen)
        return page

    # people

    def _people(self, _route: Route) -> Page:
        return PeoplePage(
            self._kit, self._s.people, may_register=self._s.role is Role.CO, sees_stage=self._s.role is not Role.CHA
        )

    def _register(self, _route: Route) -> Page:
        s = self._s
        return RegisterPage(self._kit, s.people, team=s.team(), mine=s.desk.uid, site=s.desk.settings().name)

    def _person(self, route: Route) -> Page:
        row = self._s.people.row(route.person)
        return PersonPage(
            self._kit, self._head(row), self._tabs.of(row), shown=route.id or "overview", acts=self._person_acts(row)
        )

    def _head(self, row: PersonRow) -> Head:
        s = self._s
        facts, tags = [case_line(row.case_ref)], []
        if s.role is not Role.CHA:
            details = s.people.person(row.id).details
            born = short(details.birth_date) if details.birth_date else ""
            facts += [birth_words(details, born)]
            if details.interpreter_needed:
                spoken = next((each.code for each in details.languages if each.preferred), "")
                tags.append((tr("Interpreter: {language}").format(language=spoken), "blue", "languages"))
            if details.literacy is Literacy.DOES_NOT_READ:
                tags.append((tr("Does not read"), "grey", ""))
        facts += [row.unit, stage_words(Stage(row.stage)) if s.role is not Role.CHA else ""]
        if row.planned_release is not None and s.role is not Role.CHA:
            facts.append(tr("Release {day}").format(day=short(row.planned_release)))
        lead = next(
            (
                each.details.staff
                for each in s.people.assignments(row.id)
                if each.details.capacity is Capacity.LEAD_CASE_OFFICER and each.details.until is None
            ),
            None,
        )
        if lead is not None:
            facts.append(tr("Case officer {name}").format(name=isolate(s.staff_name(lead))))
        return Head(name=name_of(row), facts=tuple(fact for fact in facts if fact), tags=tuple(tags))

    def _person_acts(self, row: PersonRow) -> Sequence[QPushButton]:
        if self._s.role is Role.CHA:
            return self._chaplain.person_acts(row, self.wanted.emit)
        if self._s.role is not Role.CO:
            return ()
        prepare = self._kit.button(tr("Prepare packet"), icon="package")
        prepare.clicked.connect(lambda: self.wanted.emit(Route(name="packet", person=row.id)))
        return (prepare,)

    # plans

    def _plan_write(self, route: Route) -> Page:
        """`new`, `next` (from the version in force), or a draft."""
        s, row = self._s, self._s.people.row(route.person)
        if s.role not in WRITES_PLANS:
            raise UserError(tr("Your role has no such page."))
        drafts = dict(s.plan_writing.of_person(route.person))
        start, draft = drafts.get(route.id), route.id if route.id in drafts else None
        if start is None:
            stored = s.plans.in_force(route.person) if route.id == "next" else None
            start = TypedPlan() if stored is None else typed_from(stored.plan)
        convicted = s.people.legal(route.person).convicted
        return PlanWritePage(
            self._kit,
            s.plan_writing,
            s.domains,
            route.person,
            name=name_of(row),
            convicted=convicted,
            start=start,
            draft_id=draft,
        )

    # notes

    def _note(self, route: Route) -> Page:
        s = self._s
        draft_id = None if route.id.startswith("form:") else route.id
        form_name = s.notes.draft(draft_id).form if draft_id else route.id.removeprefix("form:")
        s.people.caseload.require(route.person)
        row, form = s.people.row(route.person), s.forms.form(form_name)
        last = last_note(s.notes.timeline, form, route.person)
        context = Context(
            person_id=route.person,
            person_name=name_of(row),
            case_ref=row.case_ref,
            last=last,
            steps=self._open_steps(route.person),
            picks=self._note_pages.picks_of(route.person),
            forms=self._note_pages.others(form_name),
            has_alert="alert_new" in self._makers,
        )
        page = NotePage(
            self._kit,
            s.notes,
            form,
            context,
            draft_id=draft_id,
            start=presets(form, last),
            now=s.clock.now,
            on_closing=lambda closed: page.go.emit(Route(name="encounter", person=route.person, id=closed or "")),
            warn_of=s.sealed_words if form.compartment == PASTORAL else (),
        )
        return page

    def _open_steps(self, person_id: str) -> tuple[str, ...]:
        stored = self._s.plans.in_force(person_id) if self._s.role is not Role.FAC else None
        if stored is None:
            return ()
        plan = self._s.plans.as_it_stands(stored.rid).plan
        open_steps = [step for goal in plan.goals for step in goal.steps if step.status in OPEN_STEPS]
        return tuple(step.text for step in open_steps)[:MOST_STEPS]

    def _encounter(self, route: Route) -> Page:
        s = self._s
        if s.role is not Role.CHA:
            raise UserError(tr("Your role has no such page."))
        row = s.people.row(route.person)
        return EncounterPage(
            self._kit,
            s.encounters,
            person_id=route.person,
            person_name=name_of(row),
            closed_draft=route.id or None,
        )
