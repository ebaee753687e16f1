"""From the records of the desk to the sections of a packet: the newest of each kind, nothing that was not agreed.

What each section takes from a record: identity_sections_, plan_sections_ and onward_collect_service.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from rehabdesk.access.service import Desk
from rehabdesk.core.clock import local_day
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.handover.collecting import identity_sections_service as register
from rehabdesk.handover.collecting import onward_collect_service as onward_of
from rehabdesk.handover.collecting import plan_sections_service as plan_of
from rehabdesk.handover.collecting.handed_on_service import HandedOn
from rehabdesk.handover.collecting.next_step_model import chosen_step
from rehabdesk.handover.collecting.next_step_service import next_steps
from rehabdesk.handover.collecting.staff_service import working_as
from rehabdesk.handover.collecting.text_service import text, without_tabs
from rehabdesk.handover.content import onward_sections_model as onward
from rehabdesk.handover.content import sections_model as s
from rehabdesk.handover.content.packet_model import Ready, Sections
from rehabdesk.handover.content.profile_model import PROFILES, Profile, ProfileCode, SectionCode
from rehabdesk.handover.content.supplement_model import Supplement
from rehabdesk.notes.alerts.alert_model import AtRisk
from rehabdesk.notes.alerts.alert_service import Alerts
from rehabdesk.notes.given_service import GivenWords
from rehabdesk.people.children_service import Children
from rehabdesk.people.model import AgeRegime, Capacity
from rehabdesk.people.service import People
from rehabdesk.plans.conferences.conference_reading_service import ConferenceReading
from rehabdesk.plans.model import Plan
from rehabdesk.plans.programmes.intervention_model import Intervention
from rehabdesk.plans.programmes.intervention_service import Interventions
from rehabdesk.plans.progress.progress_model import purpose_statement
from rehabdesk.plans.progress.progress_service import ProgressWords
from rehabdesk.plans.service import Plans
from rehabdesk.readiness.service import Releases
from rehabdesk.readiness.template_service import Templates

SUPERVISING = PROFILES[ProfileCode.SUPERVISING_OFFICER]
_AT_RISK = {
    AtRisk.SELF: s.AtRisk.SELF,
    AtRisk.CHILD: s.AtRisk.CHILD,
    AtRisk.NAMED_PERSON: s.AtRisk.ANOTHER_PERSON,
    AtRisk.UNKNOWN: s.AtRisk.UNKNOWN,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Collected:
    """Sections for a draft, the reasons of those that are left out, and paths of texts that nobody has signed."""

    sections: Sections
    explained: Mapping[str, str]
    unsigned: tuple[str, ...]
    ready: Ready


class Collection:
    """Reads what a packet needs from the services of the other features, as this login may read them."""

    def __init__(
        self,
        desk: Desk,
        people: People,
        *,
        plans: Plans,
        progress: ProgressWords,
        releases: Releases,
        alerts: Alerts,
        conferences: ConferenceReading,
        programmes: Interventions,
        handed_on: HandedOn,
    ) -> None:
        self._desk, self._people, self._plans, self._progress = desk, people, plans, progress
        self._releases, self._alerts, self._conferences, self._programmes = releases, alerts, conferences, programmes
        self._children, self.given = Children(desk), GivenWords(desk, people)
        self._handed_on = handed_on

    def collect(self, person_id: str, added: Supplement, profile: Profile = SUPERVISING) -> Collected:
        """The sections of this profile that are chosen. UserError names what must be recorded first."""
        stored = self._plans.in_force(person_id)
        plan = None if stored is None else stored.plan
        chosen = self.chosen(person_id, profile, put_in=added.put_in, left_out=added.left_out)
        sections: dict[str, object] = {}
        explained: dict[str, str] = {}
        for code in profile.sections:
            if code not in chosen:
                explained[code.value] = tr("not put in for this recipient")
                continue
            section = self._makers(person_id, plan, added, profile)[code]()
            if isinstance(section, str):
                explained[code.value] = section
            else:
                sections[code.value] = without_tabs(section)
        return Collected(
            sections=Sections(**sections),  # type: ignore[arg-type]  # each by its own code
            explained=explained,
            unsigned=plan_of.unsigned_places(plan, tuple(sections.items())),
            ready=onward_of.ready_as(self._releases.of_person(person_id)),
        )

    def chosen(
        self, person_id: str, profile: Profile, *, put_in: frozenset[SectionCode], left_out: frozenset[SectionCode]
    ) -> frozenset[SectionCode]:
        """Which sections of a profile go in: the required ones, and the optional ones as they were chosen."""
        return (self.usual(person_id, profile) | (put_in & set(profile.optional))) - (left_out & set(profile.optional))

    def usual(self, person_id: str, profile: Profile) -> frozenset[SectionCode]:
        """Which sections go in while nobody chose otherwise."""
        return profile.chosen_by_default(child=self.is_child(person_id))

    def next_steps(self, person_id: str, profile: Profile, language: str) -> tuple[onward.NextStep, ...]:
        """What can be named as the next step in work or learning, the first first."""
        stored = self._plans.in_force(person_id)
        programmes = [each.intervention for each in self._programmes.of_person(person_id)]
        return self._next_steps(person_id, None if stored is None else stored.plan, programmes, profile, language)

    def empty_because(self, person_id: str, code: SectionCode, recipients: tuple[str, ...]) -> str:
        """Why an optional section would be empty for these recipients, or ""."""
        profile, stored = PROFILES[ProfileCode.RECEIVING_PRISON], self._plans.in_force(person_id)
        plan = None if stored is None else stored.plan
        made = self._makers(person_id, plan, Supplement(recipients=recipients), profile)[code]()
        return made if isinstance(made, str) else ""

    def dates_missing(self, person_id: str) -> UserError | None:
        """What must be recorded before the dates and conditions of the release (S2) can be put in."""
        try:
            self._makers(person_id, None, Supplement(), SUPERVISING)[SectionCode.S2]()
        except UserError as problem:
            return problem
        return None

    def is_child(self, person_id: str) -> bool:
        """Whether the rules for somebody under 18 hold (G27)."""
        return self._people.known.age_regime(person_id) is AgeRegime.CHILD

    def live_alerts(self, person_id: str) -> int:
        """How many safety alerts are live, and so go with the person."""
        return len(self._alerts.live_for_packet(person_id))

    # section by section: a sentence instead of a section says why it is left out

    def _makers(
        self, person_id: str, plan: Plan | None, added: Supplement, profile: Profile
    ) -> Mapping[SectionCode, Callable[[], object]]:
        language = added.plan_language
        return {
            SectionCode.S1: lambda: register.identity(
                self._people.person(person_id).details, added, profile.form_of(SectionCode.S1)
            ),
            SectionCode.S2: lambda: register.dates(
                self._people.legal(person_id),
                [stored.condition for stored in self._releases.conditions.of_person(person_id)],
            ),
            SectionCode.S3: lambda: self._own_words(person_id, plan, added),
            SectionCode.S4: lambda: onward_of.fortnight(added),
            SectionCode.S5: lambda: (
                _no_plan()
                if plan is None
                else plan_of.community_plan(plan, language, convicted=self._people.known.convicted(person_id))
            ),
            SectionCode.S6: lambda: _no_plan() if plan is None else plan_of.what_helps(plan, added),
            SectionCode.S7: lambda: self._words(person_id, language, always=SectionCode.S7 in profile.always),
            SectionCode.S8: lambda: s.S8(alerts=self._live(person_id, added)),
            SectionCode.S9: lambda: (
                register.family(
                    self._people.circle.agreed(person_id), self._children.of_person(person_id), self._lead(person_id)
                )
                or tr("nobody agreed to be named")
            ),
            SectionCode.S10: lambda: (
                self._learning(person_id, plan, added, profile) or tr("no course or work is recorded")
            ),
            SectionCode.S11: lambda: self._contribution(person_id, added) or tr("no contribution was agreed for them"),
            SectionCode.S12: lambda: onward_of.follow_up(self._releases.of_person(person_id), added),
            SectionCode.S13: lambda: onward_of.way_back(added),
            SectionCode.S14: lambda: self._conference(person_id, language) or tr("no conference was held"),
        }

    def _own_words(self, person_id: str, plan: Plan | None, added: Supplement) -> s.S3 | str:
        page = self.given.own_page(person_id)
        if plan is None:
            return plan_of.without_plan(page, added) or _no_plan()
        return plan_of.own_words(plan, page, added)

    def _live(self, person_id: str, added: Supplement) -> tuple[s.Alert, ...]:
        """Nobody is named; whom to call are those of the crisis plan."""
        call = tuple(s.Caller(name=each.name, phone=each.phone) for each in added.crisis_contacts)
        return tuple(
            s.Alert(
                kind=s.AlertKind(str(matter.kind)),
                facts=s.ShortText(text=matter.facts, lang=text(matter.facts, "und").lang),
                at_risk=_AT_RISK[matter.at_risk],
                action_taken=text(matter.action_taken, "und"),
                call=call,
                review_by=matter.review_by,
            )
            for matter in self._alerts.live_for_packet(person_id)
        )

    def _words(self, person_id: str, language: str, *, always: bool) -> s.S7 | str:
        """Both voices, at most one pair a domain, under the statement of limits (G41), which `always` stands there."""
        today, convicted = local_day(self._desk.clock), self._people.known.convicted(person_id)
        ratings = tuple(
            plan_of.rating(
                stored.progress,
                language,
                current=stored.progress.is_current(today),
                objection=self._progress.objection(stored),
            )
            for both in self._progress.latest(person_id)
            for stored in (both.staff, both.own)
            if stored is not None and (convicted or stored.progress.domain != plan_of.AFTER_CONVICTION)
        )
        if not ratings and not always:
            return tr("no words on progress were recorded")
        return s.S7(ratings=ratings, statement=text(purpose_statement(), "en"))

    def _learning(self, person_id: str, plan: Plan | None, added: Supplement, profile: Profile) -> onward.S10 | None:
        programmes = [stored.intervention for stored in self._programmes.of_person(person_id)]
        steps = self._next_steps(person_id, plan, programmes, profile, added.plan_language)
        step = chosen_step(steps, added.next_step)
        own = onward_of.learning(programmes, self._programmes.title, self._desk.settings().name, step)
        return self._handed_on.learning(person_id, own)

    def _next_steps(
        self, person_id: str, plan: Plan | None, programmes: Sequence[Intervention], profile: Profile, language: str
    ) -> tuple[onward.NextStep, ...]:
        """From the release on; another prison goes on from today."""
        after = local_day(self._desk.clock)
        if profile.code is not ProfileCode.RECEIVING_PRISON:
            after = max(after, self._people.row(person_id).planned_release or after)
        return next_steps(plan, programmes, self._programmes.title, after=after, language=language)

    def _contribution(self, person_id: str, added: Supplement) -> onward.S11 | None:
        contact = register.faith_contact(self._people.circle.agreed(person_id))
        return onward_of.contribution(self.given.contributions(person_id), contact, added.recipients)

    def _lead(self, person_id: str) -> s.Caller | None:
        """Whom to call about the person's children, by the site's switchboard: no number of staff's own."""
        name = working_as(self._desk, self._people, person_id, Capacity.SAFEGUARDING_LEAD)
        return s.Caller(name=name, phone=self._desk.settings().phone) if name else None

    def _conference(self, person_id: str, language: str) -> onward.S14 | None:
        summary = self._conferences.executive_summary(person_id)
        if summary is None:
            return self._handed_on.conference(person_id)
        return onward_of.conference(summary, language)


def item_titles(templates: Templates) -> dict[str, str]:
    """The words of every checklist code, for the pages."""
    return {item.code: item.text for template in templates.templates for item in template.items}


def _no_plan() -> str:
    return tr("no plan is in force")
