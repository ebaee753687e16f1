"""The tabs of a person's page, as this role has them: each is filled by another feature."""

from collections.abc import Sequence
from datetime import date

from rehabdesk.access.model import Role
from rehabdesk.app_record import contacts_tab, may_rate
from rehabdesk.app_release import release_tab
from rehabdesk.app_services import Services
from rehabdesk.core.errors import RehabDeskError
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate
from rehabdesk.handover.shelf_service import MAY_READ as MAY_READ_PACKETS
from rehabdesk.handover.view.packets_page import PacketsPage
from rehabdesk.notes.view.timeline_tab import TimelineTab, draft_event, event_of
from rehabdesk.notes.words_model import level_words
from rehabdesk.overview.person_view import OverviewTab, Shown
from rehabdesk.people.model import PersonRow
from rehabdesk.people.view.person_page import Tab
from rehabdesk.plans.own_plan_service import MAY_PRINT
from rehabdesk.plans.stored_model import StoredPlan
from rehabdesk.plans.typed_model import SETTLED
from rehabdesk.plans.view.plan_deeds import PlanDeeds
from rehabdesk.plans.view.plan_page import Allowed as PlanAllowed
from rehabdesk.plans.view.plan_page import PlanContext, PlanTab
from rehabdesk.ui.dates import short
from rehabdesk.ui.kit import Kit
from rehabdesk.ui.page import Page, Route

WRITES_PLANS = frozenset({Role.CO, Role.PSY, Role.CSUP})
READS_PLANS = WRITES_PLANS | {Role.SUP, Role.AUD}
SEES_PLAN_TAB = READS_PLANS | {Role.CHA}
"""A chaplain reads the plan and the person's own words on it; no staff word is shown there (domain.md 4.2)."""
READS_LISTS = frozenset({Role.CO, Role.PSY, Role.CSUP, Role.SUP, Role.AUD, Role.CHA})
NEWEST = 6


class Tabs:
    """`note_form`: the form that this role writes, empty where it writes none."""

    def __init__(self, kit: Kit, services: Services, note_form: str) -> None:
        self._kit, self._s, self._note_form = kit, services, note_form

    def of(self, row: PersonRow) -> Sequence[Tab]:
        """In the order of interface.md 4; what this role may not open is absent."""
        role = self._s.role
        if self._s.people.caseload.narrow:
            return [Tab(code="timeline", words=tr("Timeline"), make=lambda: self._timeline(row, only_notes=False))]
        found = [
            Tab(code="overview", words=tr("Overview"), make=lambda: self._overview(row)),
            Tab(code="timeline", words=tr("Timeline"), make=lambda: self._timeline(row, only_notes=False)),
            Tab(code="notes", words=tr("Notes"), make=lambda: self._timeline(row, only_notes=True)),
        ]
        if role in SEES_PLAN_TAB:
            stored = self._in_force(row)
            goals = None if stored is None else sum(goal.status not in SETTLED for goal in stored.plan.goals)
            found.append(Tab(code="plan", words=tr("Plan"), count=goals, make=lambda: self._plan(row)))
        if role in READS_LISTS:
            found.append(Tab(code="release", words=tr("Release"), make=lambda: self._release(row)))
        if self._s.people.circle.may_read:
            contacts = len(self._s.people.contacts(row.id))
            found.append(Tab(code="contacts", words=tr("Contacts"), count=contacts, make=lambda: self._contacts(row)))
        if role in MAY_READ_PACKETS:
            count = len(self._s.packets.shelf.packets_of(row.id))
            found.append(Tab(code="packets", words=tr("Packets"), count=count, make=lambda: self._packets(row)))
        return found

    def _packets(self, row: PersonRow) -> Page:
        s = self._s
        return PacketsPage(
            self._kit,
            s.packets,
            name_of=lambda _person: name_of(row),
            may_prepare=s.role is Role.CO,
            may_countersign=s.role is Role.SUP,
            person_id=row.id,
            annexes=s.role is Role.CO or s.annex.keys.may_use,
            kept=s.annex.reading.count(row.id) if self._is_own(row) else 0,
        )

    def _in_force(self, row: PersonRow) -> StoredPlan | None:
        try:
            return self._s.plans.in_force(row.id)
        except RehabDeskError:
            return None  # not an own case: the tab itself says so

    def _overview(self, row: PersonRow) -> Page:
        s, role, form = self._s, self._s.role, self._s.forms.find(self._note_form)
        quick = "" if form is None else form.quick

        def keep(words: str) -> None:
            s.notes.start(self._note_form, row.id, occurred_at=s.clock.now(), answers={quick: words})

        def show() -> Shown:
            drafts = [
                draft_event(draft, s.forms, draft.changed, s.clock.now())
                for draft in s.notes.drafts()
                if draft.person_id == row.id
            ]
            entries = s.notes.timeline.page(row.id, limit=NEWEST)
            with_plan, with_list = role in READS_PLANS, role in READS_LISTS
            is_own = self._is_own(row)
            return Shown(
                events=[*drafts, *(event_of(entry, s.forms, s.staff_name) for entry in entries)],
                readiness=s.releases.of_person(row.id) if with_list and is_own else None,
                plan=self._in_force(row) if with_plan else None,
                words=s.progress.latest(row.id) if with_plan and is_own else (),
                consents=s.people.consents.of_person(row.id) if s.people.consents.may_read else (),
                sees_plan=with_plan and is_own,
                sees_release=with_list and is_own,
                sees_consents=s.people.consents.may_read,
            )

        own = s.people.caseload.admits(row.id)
        level = level_words(form.compartment) if form is not None else ""
        return OverviewTab(
            self._kit,
            row.id,
            name=name_of(row),
            show=show,
            keep_note=keep if quick and own else None,
            level=level,
            new_note=self._note_form if own else "",
        )

    def _is_own(self, row: PersonRow) -> bool:
        """Whether this login may read the person's plan and list: own cases only where the role is held to them."""
        return not self._s.people.caseload.limited or self._s.people.caseload.admits(row.id)

    def _timeline(self, row: PersonRow, *, only_notes: bool) -> Page:
        s = self._s
        return TimelineTab(
            self._kit,
            s.notes,
            s.forms,
            row.id,
            person_name=name_of(row),
            staff=s.staff_name,
            now=s.clock.now,
            only_notes=only_notes,
            new_note=self._note_form,
            doors=self._doors(row) if only_notes else (),
        )

    def _doors(self, row: PersonRow) -> Sequence[tuple[str, Route]]:
        """What belongs to the notes and has a page of its own."""
        if not self._s.assessments.may_read or not self._is_own(row):
            return ()
        return ((tr("Assessments made elsewhere"), Route(name="assessments", person=row.id)),)

    def _plan(self, row: PersonRow) -> Page:
        s = self._s

        def deeds(page: PlanTab, rid: str) -> PlanDeeds:
            return PlanDeeds(
                page,
                s.plans,
                s.plan_comments,
                row.id,
                rid,
                name=name_of(row),
                prove=s.fresh_keys,
            )

        allowed = PlanAllowed(
            write=s.role in WRITES_PLANS,
            countersign=s.role is Role.SUP,
            rate=s.role in WRITES_PLANS and may_rate(s, row),
            review=s.role in READS_PLANS,
            compare=s.plan_history.may_compare,
            print=s.role in MAY_PRINT,
        )
        context = PlanContext(
            plans=s.plans,
            writing=s.plan_writing,
            words=s.progress,
            domains=s.domains,
            comments=s.plan_comments,
            programmes=s.programmes,
            staff=s.staff_name,
            shown=s.plan_history.shown(row.id),
            assessments=lambda: self._assessed(row),
            next_review=lambda: self._next_review(row),
        )
        return PlanTab(
            self._kit,
            context,
            row.id,
            name=name_of(row),
            allowed=allowed,
            make_deeds=deeds,
        )

    def _next_review(self, row: PersonRow) -> date | None:
        """When it is due by now: nearer than agreed after what brings it forward."""
        if self._s.role not in READS_PLANS:
            return None
        line = self._s.reviews.calendar.review_of(row.id)
        return None if line is None else line.on

    def _assessed(self, row: PersonRow) -> list[str]:
        """A line for each assessment made elsewhere: that it exists, when it was, where it is kept."""
        if not self._s.assessments.may_read or not self._is_own(row):
            return []
        known = [one.assessment for one in self._s.assessments.of_person(row.id)]
        return [" · ".join((isolate(one.name), short(one.on), isolate(one.held_by))) for one in known]

    def _release(self, row: PersonRow) -> Page:
        return release_tab(self._kit, self._s, row, name_of(row))

    def _contacts(self, row: PersonRow) -> Page:
        return contacts_tab(self._kit, self._s, row, name_of(row))


def name_of(row: PersonRow) -> str:
    """The name that is shown."""
    return row.display_alias or row.name
