"""From the records of the desk to the sections of a packet: the newest of each kind, nothing that was not agreed."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rehabdesk.core.clock import Clock, local_day
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.handover import onward_sections_model as onward
from rehabdesk.handover import sections_model as s
from rehabdesk.handover.packet_model import Ready, Sections
from rehabdesk.handover.sections_model import Text
from rehabdesk.handover.supplement_model import Supplement
from rehabdesk.notes.alert_model import AtRisk
from rehabdesk.notes.alert_service import Alerts
from rehabdesk.people.model import PersonDetails
from rehabdesk.people.service import People
from rehabdesk.plans.conference_model import ExecutiveSummary
from rehabdesk.plans.conference_reading_service import ConferenceReading
from rehabdesk.plans.model import Goal, GoalStatus, Plan, SignOff
from rehabdesk.plans.progress_model import Progress, purpose_statement
from rehabdesk.plans.progress_service import ProgressWords
from rehabdesk.plans.service import Plans
from rehabdesk.readiness.condition_model import Condition
from rehabdesk.readiness.model import Item, ItemStatus, ListState
from rehabdesk.readiness.service import Readiness, Releases
from rehabdesk.readiness.template_service import Templates

AFTER_CONVICTION = "PD-9"
_ARABIC = re.compile("[\u0600-\u06ff]")
_HANDED_ON = frozenset({GoalStatus.ACTIVE, GoalStatus.FUTURE, GoalStatus.PARTLY_ACHIEVED, GoalStatus.CARRIED_OVER})
_AT_RISK = {
    AtRisk.SELF: s.AtRisk.SELF,
    AtRisk.CHILD: s.AtRisk.CHILD,
    AtRisk.NAMED_PERSON: s.AtRisk.ANOTHER_PERSON,
    AtRisk.UNKNOWN: s.AtRisk.UNKNOWN,
}
_READY = {ListState.READY: Ready.READY, ListState.READY_WITH_WAIVERS: Ready.READY_WITH_WAIVERS}


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
        people: People,
        plans: Plans,
        progress: ProgressWords,
        releases: Releases,
        clock: Clock,
        *,
        alerts: Alerts,
        conferences: ConferenceReading | None = None,
    ) -> None:
        self._people, self._plans, self._progress, self._releases = people, plans, progress, releases
        self._clock, self._alerts, self._conferences = clock, alerts, conferences

    def collect(self, person_id: str, added: Supplement) -> Collected:
        """Everything for the supervising officer's packet. UserError names what must be recorded first."""
        details = self._people.person(person_id).details
        stored = self._plans.in_force(person_id)
        plan = stored.plan if stored is not None else None
        readiness = self._releases.of_person(person_id)
        explained: dict[str, str] = {}
        if plan is None:
            for code in ("S3", "S5", "S6"):
                explained[code] = tr("no plan is in force")
        conference = self._conference(person_id, added)
        if conference is None:
            explained["S14"] = self._no_conference(person_id)
        convicted = self._people.known.convicted(person_id)
        goals = () if plan is None else _goals(plan, added.plan_language, convicted=convicted)
        return Collected(
            sections=Sections(
                S1=_identity(details, added),
                S2=self._dates(person_id),
                S3=None if plan is None else _own_words(plan, added),
                S4=_fortnight(added),
                S5=None if plan is None else _community_plan(plan, goals),
                S6=None if plan is None else _what_helps(plan, added),
                S7=self._words(person_id, added.plan_language),
                S8=s.S8(alerts=(*added.alerts, *self._live(person_id, added))),
                S12=_follow_up(readiness, added),
                S13=onward.S13(
                    link_worker=added.link_worker, return_channel=added.return_channel, contacts=added.contacts
                ),
                S14=conference,
            ),
            explained=explained,
            unsigned=_unsigned(plan, goals),
            ready=_ready(readiness),
        )

    def _dates(self, person_id: str) -> s.S2:
        legal = self._people.legal(person_id)
        release = legal.dates.actual_release or legal.dates.planned_release
        if release is None or legal.release_route is None:
            raise UserError(tr("Record the day and the way of release first."), field="planned_release")
        held = [stored.condition for stored in self._releases.conditions.of_person(person_id)]
        return s.S2(
            release_date=release,
            release_route=str(legal.release_route),
            date_source=str(legal.source),
            supervision_end=legal.dates.supervision_end,
            conditions=tuple(_condition(condition) for condition in held),
        )

    def live_alerts(self, person_id: str) -> int:
        """How many safety alerts are live, and so go with the person."""
        return len(self._alerts.live_for_packet(person_id))

    def _live(self, person_id: str, added: Supplement) -> tuple[s.Alert, ...]:
        """Nobody is named; whom to call are those of the crisis plan."""
        call = tuple(s.Caller(name=each.name, phone=each.phone) for each in added.crisis_contacts)
        return tuple(
            s.Alert(
                kind=s.AlertKind(str(matter.kind)),
                facts=s.ShortText(text=matter.facts, lang=_text(matter.facts, "und").lang),
                at_risk=_AT_RISK[matter.at_risk],
                action_taken=_text(matter.action_taken, "und"),
                call=call,
                review_by=matter.review_by,
            )
            for matter in self._alerts.live_for_packet(person_id)
        )

    def _conference(self, person_id: str, added: Supplement) -> onward.S14 | None:
        """What was typed, or the executive summary from the records where it is asked for."""
        if added.conference is not None or not added.with_conference or self._conferences is None:
            return added.conference
        summary = self._conferences.executive_summary(person_id)
        return None if summary is None else _summary(summary, added.plan_language)

    def _no_conference(self, person_id: str) -> str:
        if self._conferences is None or self._conferences.executive_summary(person_id) is None:
            return tr("no conference was held")
        return tr("not put in for this recipient")

    def _words(self, person_id: str, language: str) -> s.S7 | None:
        """Both voices; at most one pair a domain."""
        ratings = tuple(
            _rating(
                stored.progress,
                language,
                current=stored.progress.is_current(local_day(self._clock)),
                objection=self._progress.objection(stored),
            )
            for both in self._progress.latest(person_id)
            for stored in (both.staff, both.own)
            if stored is not None
        )
        return s.S7(ratings=ratings, statement=_text(purpose_statement(), "en")) if ratings else None


def _summary(summary: ExecutiveSummary, language: str) -> onward.S14:
    """Decisions and actions as they were typed, never the discussion (E11)."""
    return onward.S14(
        held_on=summary.held_on,
        kind=str(summary.kind),
        decisions=tuple(_text(each, language) for each in summary.decisions),
        actions=tuple(
            onward.AgreedAction(text=_text(each.text, language), owner=each.owner, due=each.due)
            for each in summary.actions
        ),
    )


def item_titles(templates: Templates) -> dict[str, str]:
    """The words of every checklist code, for the pages."""
    return {item.code: item.text for template in templates.templates for item in template.items}


def _text(words: str, language: str) -> Text:
    """Words with their language: Arabic letters are their own mark."""
    return Text(text=words, lang="ar" if _ARABIC.search(words) else language)


def _optional_text(words: str, language: str) -> Text | None:
    return _text(words, language) if words.strip() else None


def _list_of(words: str, language: str) -> tuple[Text, ...]:
    """One entry a line, as they were typed."""
    return tuple(_text(line.strip(), language) for line in words.splitlines() if line.strip())


def _identity(details: PersonDetails, added: Supplement) -> s.S1:
    return s.S1(
        names=tuple(
            s.PersonName(
                script=s.Script(str(name.script)),
                given=name.given,
                father=name.father or None,
                family=name.family or None,
                kunya=name.kunya or None,
                variants=name.variants,
            )
            for name in details.names
        ),
        date_of_birth=details.birth_date,
        birth_precision=s.BirthPrecision(str(details.birth_precision)),
        languages=tuple(
            s.SpokenLanguage(code=each.code, level=str(each.level), preferred=each.preferred)
            for each in details.languages
        ),
        literacy=s.Literacy(str(details.literacy)),
        interpreter_needed=details.interpreter_needed,
        access_needs=_optional_text(details.practical_access_need, "und"),
        contact_preference=added.contact_preference,
        safe_times=added.safe_times,
    )


def _condition(condition: Condition) -> s.Condition:
    explained, understood = condition.explained_on, condition.understood
    if explained is None or understood is None:
        raise UserError(
            tr("A condition has not been explained yet ({category}). Explain it and record the answer.").format(
                category=condition.category
            ),
            field="conditions",
        )
    return s.Condition(
        category=condition.category,
        official=_text(condition.text_official, "und"),
        plain=_text(condition.text_plain, "und"),
        start=condition.start,
        end=condition.end,
        source=condition.source,
        explained_at=explained,
        explained_lang=condition.explained_in,
        understood=s.Understood(str(understood)),
        question_raised=_optional_text(condition.question_raised, "und"),
        version=condition.version,
    )


def _own_words(plan: Plan, added: Supplement) -> s.S3:
    declined = not added.voice and not plan.agreement_words.strip()
    reason = added.no_voice_because or _optional_text(plan.no_words_because, added.plan_language)
    return s.S3(
        agreement=s.Agreement(str(plan.agreement)),
        agreement_words=_optional_text(plan.agreement_words, added.plan_language),
        voice=added.voice,
        made_by=s.MadeBy.DECLINED if declined else added.made_by,
        reason=reason if declined else None,
    )


def _fortnight(added: Supplement) -> s.S4:
    return s.S4(
        first_night=added.first_night,
        journey=added.journey,
        appointments=added.appointments,
        medicines_due=added.medicines_due,
        money=added.money,
        phone_access=added.phone_access,
        papers_missing=added.papers_missing,
    )


def _goals(plan: Plan, language: str, *, convicted: bool) -> tuple[s.Goal, ...]:
    """Shareable goals that go on, with numbers of their own: no id of a record leaves the desk."""
    kept = [
        goal
        for goal in plan.goals
        if goal.shareable and goal.status in _HANDED_ON and (convicted or goal.domain != AFTER_CONVICTION)
    ]
    found, steps_before = [], 0
    for number, goal in enumerate(kept, start=1):
        found.append(_goal(goal, number, steps_before, language))
        steps_before += len(goal.steps)
    return tuple(found)


def _goal(goal: Goal, number: int, steps_before: int, language: str) -> s.Goal:
    return s.Goal(
        id=f"g{number}",
        domain=goal.domain,  # type: ignore[arg-type]  # one of the ten codes: the plan's own rule, checked at encoding
        wording=_text(goal.wording, language),
        staff_wording=_optional_text(goal.staff_wording, language),
        indicator=_optional_text(goal.indicator, language),
        target_date=goal.target_date,
        status=str(goal.status),
        side=s.Side(str(goal.side)),
        steps=tuple(
            s.Step(
                id=f"s{place}",
                text=_text(step.text, language),
                actor=str(step.actor),
                due=step.due,
                status=str(step.status),
            )
            for place, step in enumerate(goal.steps, start=steps_before + 1)
        ),
    )


def _community_plan(plan: Plan, goals: tuple[s.Goal, ...]) -> s.S5:
    if plan.review_due is None:
        raise UserError(tr("Set the day of the plan's next review."), field="review_due")
    return s.S5(
        plan_version=plan.version,
        review_due=plan.review_due,
        goals=goals,
        no_need=tuple(
            s.NoNeed(domain=each.domain, asked_on=each.asked_on)  # type: ignore[arg-type]  # as above
            for each in plan.no_need
        ),
    )


def _what_helps(plan: Plan, added: Supplement) -> s.S6:
    language = added.plan_language
    return s.S6(
        strengths=_list_of(plan.strengths, language),
        early_signs=_list_of(plan.early_signs, language),
        helps=_list_of(plan.helps, language),
        harder=_list_of(plan.harder, language),
        crisis=s.Crisis(
            steps=tuple(_text(step, language) for step in plan.crisis_steps), contacts=added.crisis_contacts
        ),
    )


def _rating(progress: Progress, language: str, *, current: bool, objection: str) -> s.Rating:
    basis = progress.basis or tr("The person chose not to give a word.")
    return s.Rating(
        domain=progress.domain,  # type: ignore[arg-type]  # one of the ten codes, checked at encoding
        voice=s.RatingVoice(str(progress.voice)),
        word=s.RatingWord(str(progress.word)),
        nr_reason=str(progress.not_rated_because) if progress.not_rated_because is not None else None,
        basis=_text(basis, language),
        confidence=s.Confidence(str(progress.confidence)),
        period_from=progress.period_from,
        period_to=progress.period_to,
        disagreement=_optional_text(objection, language),
        current=current,
    )


def _follow_up(readiness: Readiness | None, added: Supplement) -> onward.S12:
    items: Sequence[Item] = readiness.items if readiness is not None else ()
    return onward.S12(
        items=tuple(
            onward.OpenItem(
                code=item.template.code,
                due=item.due,
                status=str(item.status),
                side=s.Side(str(item.side)),
                comment=_optional_text(item.comment, "und"),
            )
            for item in items
            if item.open
        ),
        waivers=tuple(
            onward.Waiver(code=item.template.code, reason=_text(item.reason, "und"))
            for item in items
            if item.status is ItemStatus.WAIVED
        ),
        health_summary_sent_on=added.health_summary_sent_on,
    )


def _contacts(added: Supplement) -> onward.S13:
    return onward.S13(link_worker=added.link_worker, return_channel=added.return_channel, contacts=added.contacts)


def _ready(readiness: Readiness | None) -> Ready:
    if readiness is None:
        return Ready.NO_CHECKLIST
    return _READY.get(readiness.state, Ready.NOT_READY)


def _unsigned(plan: Plan | None, goals: Sequence[s.Goal]) -> tuple[str, ...]:
    """A plan that nobody has signed off is looked at goal by goal before it leaves."""
    if plan is None or plan.signoff is not SignOff.UNSIGNED:
        return ()
    return tuple(f"S5.goals.{place}.wording.text" for place in range(1, len(goals) + 1))
