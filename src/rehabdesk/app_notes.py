"""What notes take from the plan and give back to it, and the pages that follow from a note."""

from collections.abc import Callable, Sequence

from rehabdesk.access.model import Role
from rehabdesk.app_services import Services
from rehabdesk.app_tabs import READS_PLANS, WRITES_PLANS, name_of
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.db.projection import PASTORAL
from rehabdesk.notes.assessments.view.assessments_page import AssessmentsPage
from rehabdesk.notes.follow_model import StepNoted
from rehabdesk.notes.forms.form_model import FieldType
from rehabdesk.notes.forms.picks_model import Pick
from rehabdesk.notes.forms.picks_service import Picks
from rehabdesk.notes.forms.preset_service import last_note, presets
from rehabdesk.notes.view.follow_page import FollowPage
from rehabdesk.notes.view.note_page import Context, NotePage
from rehabdesk.plans.model import GoalStatus, Plan, Step, StepStatus
from rehabdesk.plans.words_model import step_words
from rehabdesk.ui.kit import Kit
from rehabdesk.ui.named import Find
from rehabdesk.ui.page import Page, Route

OPEN_STEPS = (StepStatus.NOT_STARTED, StepStatus.IN_PROGRESS)
MOST_STEPS = 5
OPEN = (StepStatus.NOT_STARTED, StepStatus.IN_PROGRESS, StepStatus.CANNOT_BE_DONE_YET)
LIVE = (GoalStatus.ACTIVE, GoalStatus.PARTLY_ACHIEVED, GoalStatus.CARRIED_OVER)


class NotePages:
    """Ids that a note keeps name the plan, the goal in it, and the step: plan.goal.step. `named_in` finds other people
    in what is written about one.
    """

    def __init__(self, kit: Kit, services: Services, named_in: Callable[[str], Find]) -> None:
        self._kit, self._s, self._named_in = kit, services, named_in
        self._picks = Picks(services.people, kit.today, goals=self._goals, steps=self._steps)

    def makers(self) -> dict[str, Callable[[Route], Page]]:
        """By the name of the route."""
        return {"note": self._note, "note_follow": self._follow, "assessments": self._assessments}

    def picks_of(self, person_id: str) -> Callable[[FieldType], Sequence[Pick]]:
        """What notes about this person can pick from the record."""
        return lambda kind: self._picks.of(kind, person_id)

    def others(self, form_name: str) -> tuple[tuple[str, str], ...]:
        """Name and title of the other forms that this role may write."""
        offered = self._s.forms.offered(self._s.role)
        return tuple((form.name, tr(form.title)) for form in offered if form.name != form_name)

    def _follow(self, route: Route) -> Page:
        s = self._s
        comp, _, rid = route.id.partition(":")
        record = (lambda steps: self._record(route.person, steps)) if s.role in WRITES_PLANS else None
        return FollowPage(self._kit, s.notes, comp, rid, person_name=name_of(s.people.row(route.person)), record=record)

    def _assessments(self, route: Route) -> Page:
        s = self._s
        if not s.assessments.may_read:
            raise UserError(tr("Your role has no such page."))
        name = name_of(s.people.row(route.person))
        return AssessmentsPage(self._kit, s.assessments, route.person, person_name=name, me=s.staff_name(s.desk.uid))

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
            names=self._named_in(route.person),
            sealed=s.sealed_words if form.compartment == PASTORAL else None,
            picks=self.picks_of(route.person),
            forms=self.others(form_name),
            files_of=lambda note: [one.attachment.name for one in s.attachments.moved.of(note)],
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

    # the plan

    def _plan(self, person_id: str) -> Plan | None:
        if self._s.role not in READS_PLANS:
            return None
        stored = self._s.plans.in_force(person_id)
        return None if stored is None else stored.plan

    def _goals(self, person_id: str) -> Sequence[Pick]:
        plan = self._plan(person_id)
        if plan is None:
            return ()
        return [Pick(id=f"{plan.plan}.{goal.id}", words=goal.wording) for goal in plan.goals if goal.status in LIVE]

    def _steps(self, person_id: str) -> Sequence[Pick]:
        plan = self._plan(person_id)
        if plan is None:
            return ()
        return [
            Pick(id=f"{plan.plan}.{goal.id}.{step.id}", words=step.text, now=step_words(step.status)[0])
            for goal in plan.goals
            for step in goal.steps
            if goal.status in LIVE and step.status in OPEN
        ]

    def _record(self, person_id: str, steps: Sequence[StepNoted]) -> list[str]:
        """Marks each step in the plan in force; gives a sentence for each that could not be marked."""
        refused = []
        for noted in steps:
            try:
                self._mark(person_id, noted)
            except UserError as problem:
                refused.append(tr("{step}: {why}").format(step=noted.words, why=problem.sentence))
        return refused

    def _mark(self, person_id: str, noted: StepNoted) -> None:
        stored = self._s.plans.in_force(person_id)
        plan_id, goal_id, step_id = noted.id.split(".")
        step = None
        if stored is not None and stored.plan.plan == plan_id:
            step = _step(stored.plan, goal_id, step_id)
        if stored is None or step is None:
            raise UserError(tr("It is not in the plan that is in force now."))
        if noted.status not in list(StepStatus):
            raise UserError(tr("The plan knows no such status. Choose it in the plan."))
        if step.status != noted.status:
            self._s.plans.mark_step(stored.rid, goal_id, step_id, StepStatus(noted.status))


def _step(plan: Plan, goal_id: str, step_id: str) -> Step | None:
    goal = next((one for one in plan.goals if one.id == goal_id), None)
    return None if goal is None else next((step for step in goal.steps if step.id == step_id), None)
