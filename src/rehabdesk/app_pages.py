"""Which page a route leads to, and what each role finds in its menu. What a role may not open is absent here."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress

from PySide6.QtWidgets import QPushButton

from rehabdesk.access.model import Role
from rehabdesk.app_services import Services
from rehabdesk.app_tabs import WRITES_PLANS, Tabs, name_of
from rehabdesk.core.errors import RehabDeskError, UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate
from rehabdesk.handover.view.check_page import CheckPage
from rehabdesk.handover.view.packet_builder import PacketBuilder
from rehabdesk.handover.view.packet_page import PacketPage
from rehabdesk.handover.view.packets_page import PacketsPage
from rehabdesk.handover.view.review_page import ReviewPage
from rehabdesk.notes.preset_service import last_note, presets
from rehabdesk.notes.view.encounter_page import EncounterPage
from rehabdesk.notes.view.note_page import Context, NotePage
from rehabdesk.notes.view.read_page import ReadPage
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
from rehabdesk.ui.kit import Kit
from rehabdesk.ui.page import Page, Route

FORM_OF = {
    Role.PSY: "psychologist_session",
    Role.CSUP: "psychologist_session",
    Role.CHA: "chaplain_engagement",
    Role.CO: "keywork",
}
PACKET_ROLES = frozenset({Role.CO, Role.SUP, Role.PSY, Role.CSUP})
OPEN_STEPS = (StepStatus.NOT_STARTED, StepStatus.IN_PROGRESS)
MOST_STEPS = 5
Line = tuple[str, str, str, bool]
"""Name of the route, words, icon, and whether it stands at the foot."""


class Pages:
    """The pages of one session, by route."""

    def __init__(self, kit: Kit, services: Services, files: FileDialogs) -> None:
        self._kit, self._s, self._files = kit, services, files
        self.note_form = FORM_OF.get(services.role, "")
        self._tabs = Tabs(kit, services, self.note_form)
        self._makers: dict[str, Callable[[Route], Page]] = {
            "people": self._people,
            "register": self._register,
            "person": self._person,
            "plan_write": self._plan_write,
            "packets": self._packets,
            "packet": self._packet,
            "packet_review": self._packet_review,
            "packet_view": self._packet_view,
            "packet_check": self._packet_check,
            "note": self._note,
            "note_read": self._read,
            "encounter": self._encounter,
        }

    def menu(self) -> Sequence[Line]:
        """The sidebar of this role."""
        found = [("people", tr("People"), "users", False)]
        if self._s.role in PACKET_ROLES:
            found.append(("packets", tr("Packets"), "package", False))
        return found

    def counts(self) -> Mapping[str, int]:
        """Open work, by route."""
        return {}

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

    # people

    def _people(self, _route: Route) -> Page:
        return PeoplePage(self._kit, self._s.people, may_register=self._s.role is Role.CO)

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

    def _person_acts(self, _row: PersonRow) -> Sequence[QPushButton]:
        return ()

    # plans

    def _plan_write(self, route: Route) -> Page:
        """`new`, `next` (from the version in force), or a draft."""
        s, row = self._s, self._s.people.row(route.person)
        if s.role not in WRITES_PLANS:
            raise UserError(tr("Your role has no such page."))
        drafts = dict(s.plans.typed(route.person))
        start, draft = drafts.get(route.id), route.id if route.id in drafts else None
        if start is None:
            stored = s.plans.in_force(route.person) if route.id == "next" else None
            start = TypedPlan() if stored is None else typed_from(stored.plan)
        convicted = s.people.legal(route.person).convicted
        return PlanWritePage(
            self._kit,
            s.plans,
            s.domains,
            route.person,
            name=name_of(row),
            convicted=convicted,
            start=start,
            draft_id=draft,
        )

    # packets

    def _packets(self, _route: Route) -> Page:
        s = self._s
        return PacketsPage(
            self._kit,
            s.packets,
            name_of=lambda person: name_of(s.people.row(person)),
            may_prepare=s.role is Role.CO,
            may_countersign=s.role is Role.SUP,
        )

    def _packet(self, route: Route) -> Page:
        s, row = self._s, self._s.people.row(route.person)
        if s.role is not Role.CO:
            raise UserError(tr("Your role has no such page."))
        return PacketBuilder(
            self._kit,
            s.preparing,
            route.person,
            route.id or None,
            name=name_of(row),
            supervisors=s.supervisors(),
            prove=s.fresh_keys,
        )

    def _packet_review(self, route: Route) -> Page:
        s = self._s
        if s.role is not Role.SUP:
            raise UserError(tr("Your role has no such page."))
        name = name_of(s.people.row(s.packets.shelf.packet(route.id).person))
        return ReviewPage(self._kit, s.packets, route.id, name=name, prove=s.fresh_keys)

    def _packet_view(self, route: Route) -> Page:
        s = self._s
        name = name_of(s.people.row(s.packets.shelf.packet(route.id).person))
        page = PacketPage(
            self._kit, s.packets, route.id, name=name, may_seal=s.role is Role.CO, folder=self._files.choose_folder
        )
        page.sealed.connect(s.releases.packet_sealed)
        return page

    def _packet_check(self, _route: Route) -> Page:
        s = self._s
        own = []
        with suppress(RehabDeskError):  # a site without a root vouches for nobody
            own = [s.trust.site_card()]
        return CheckPage(self._kit, now=s.clock.now, choose=self._files.choose_file, own_cards=own)

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
        )
        return page

    def _open_steps(self, person_id: str) -> tuple[str, ...]:
        stored = self._s.plans.in_force(person_id) if self._s.role is not Role.FAC else None
        if stored is None:
            return ()
        plan = self._s.plans.as_it_stands(stored.rid).plan
        open_steps = [step for goal in plan.goals for step in goal.steps if step.status in OPEN_STEPS]
        return tuple(step.text for step in open_steps)[:MOST_STEPS]

    def _read(self, route: Route) -> Page:
        s = self._s
        comp, _, rid = route.id.partition(":")
        row = s.people.row(route.person)
        return ReadPage(
            self._kit,
            s.notes,
            s.forms,
            comp,
            rid,
            person_name=name_of(row),
            case_ref=row.case_ref,
            staff=s.staff_name,
            mine=s.desk.uid,
        )

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
