"""What a packet says, in the terms of the features that keep it: identity, conditions, contacts, goals."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from enum import StrEnum
from typing import TypeVar

from rehabdesk.core.errors import UserError
from rehabdesk.handover.content.packet_model import Handover
from rehabdesk.handover.content.sections_model import S5, Goal, SpokenLanguage, Text
from rehabdesk.handover.content.sections_model import PersonName as SentName
from rehabdesk.handover.inbox.staging_model import Into, StagedItem
from rehabdesk.handover.inbox.staging_parts_service import BIRTH, LANGUAGES, NAMES, NEEDS
from rehabdesk.people.arrival_model import Told
from rehabdesk.people.model import (
    BirthPrecision,
    ContactConsent,
    ContactDetails,
    ContactKind,
    Language,
    LanguageLevel,
    Literacy,
    PersonName,
    Script,
)
from rehabdesk.plans.model import Actor, GoalStatus, NoNeed, Side, StepStatus
from rehabdesk.plans.typed_model import TypedGoal, TypedPlan, TypedStep
from rehabdesk.readiness.condition_model import Condition, Understood

E = TypeVar("E", bound=StrEnum)
WHOLE = (NAMES, BIRTH, LANGUAGES, NEEDS)


def told_by(packet: Handover, items: Collection[str] = WHOLE) -> Told:
    """What the packet says of who the person is; `items`: only these."""
    section = packet.sections.S1
    if section is None:
        return Told()
    spoken = tuple(filter(None, map(_language, section.languages or ())))
    born = section.date_of_birth if BIRTH in items else None
    precision = BirthPrecision(section.birth_precision.value) if section.birth_precision is not None else None
    needs = section.access_needs.text if section.access_needs is not None and NEEDS in items else ""
    speaks = LANGUAGES in items
    return Told(
        names=tuple(_name(each) for each in section.names) if NAMES in items else (),
        birth_date=born,
        birth_precision=BirthPrecision.UNKNOWN if born is None else precision or BirthPrecision.ESTIMATED,
        languages=spoken if speaks else (),
        literacy=Literacy(section.literacy.value) if speaks and section.literacy is not None else None,
        interpreter_needed=section.interpreter_needed if speaks else None,
        access_need=needs,
    )


def condition_of(packet: Handover, item: StagedItem, categories: Collection[str]) -> Condition | None:
    """The condition as this desk keeps it, with what the person understood; None where its rules do not take it."""
    section, place = packet.sections.S2, _place(item)
    if section is None or place >= len(section.conditions) or section.conditions[place].category not in categories:
        return None
    one = section.conditions[place]
    try:
        return Condition(
            category=one.category,
            text_official=one.official.text,
            text_plain=one.plain.text,
            start=one.start,
            source=one.source,
            end=one.end,
            explained_on=one.explained_at,
            explained_in=one.explained_lang,
            understood=Understood(one.understood.value),
            question_raised=one.question_raised.text if one.question_raised is not None else "",
            version=one.version,
        )
    except UserError:
        return None


def contact_of(packet: Handover, item: StagedItem) -> ContactDetails | None:
    """Somebody who agreed to be named and called; None where the desk's rules do not take it."""
    section, place = packet.sections.S9, _place(item)
    if section is None or place >= len(section.contacts):
        return None
    one = section.contacts[place]
    try:
        return ContactDetails(
            kind=ContactKind.FAMILY,
            name=one.name,
            relation=one.relation,
            phone=one.phone or "",
            consent_to_be_contacted=ContactConsent.YES,
            offer=one.offered.text,
        )
    except UserError:
        return None


def with_goals(packet: Handover, items: Sequence[StagedItem], typed: TypedPlan) -> TypedPlan:
    """`typed` with what these items say of a plan behind its own: suggestions, which somebody changes and proposes."""
    section = packet.sections.S5
    if section is not None:
        sent = [
            section.goals[_place(item)]
            for item in items
            if item.into is Into.GOAL and _place(item) < len(section.goals)
        ]
        held = {goal.wording for goal in typed.goals} | {goal.wording for goal in typed.settled}
        more = tuple(_goal(goal) for goal in sent if goal.wording.text not in held)
        typed = _with_no_need(section, items, replace(typed, goals=(*typed.goals, *more)))
    return _with_what_helps(packet, items, typed)


def _with_no_need(section: S5, items: Sequence[StagedItem], typed: TypedPlan) -> TypedPlan:
    """In which areas the person named no need when asked there, unless this plan says something of the area."""
    known = {goal.domain for goal in typed.goals} | {goal.domain for goal in typed.settled}
    known |= {each.domain for each in typed.no_need}
    places = [_place(item) for item in items if item.id.startswith("S5.n")]
    sent = [section.no_need[place] for place in places if place < len(section.no_need)]
    more = [NoNeed(domain=each.domain, asked_on=each.asked_on) for each in sent if each.domain not in known]
    return replace(typed, no_need=(*typed.no_need, *more))


def _with_what_helps(packet: Handover, items: Sequence[StagedItem], typed: TypedPlan) -> TypedPlan:
    """Strengths, signs, what helps and what to do in a crisis; line by line, each once."""
    section, accepted = packet.sections.S6, {item.id for item in items}
    if section is None:
        return typed
    for item, field, texts in (
        ("S6.strengths", "strengths", section.strengths),
        ("S6.signs", "early_signs", section.early_signs),
        ("S6.helps", "helps", section.helps),
        ("S6.harder", "harder", section.harder),
        ("S6.crisis", "crisis", section.crisis.steps),
    ):
        if item in accepted:
            lines = [*getattr(typed, field).splitlines(), *(text.text for text in texts)]
            typed = replace(typed, **{field: "\n".join(dict.fromkeys(lines))})  # type: ignore[arg-type]  # texts of it
    return typed


def _goal(goal: Goal) -> TypedGoal:
    return TypedGoal(
        domain=goal.domain,
        wording=goal.wording.text,
        staff_wording=_words(goal.staff_wording),
        indicator=_words(goal.indicator),
        target_date=goal.target_date,
        status=_known(GoalStatus, goal.status, GoalStatus.ACTIVE),
        side=_known(Side, goal.side.value, Side.BOTH),
        steps=tuple(
            TypedStep(
                text=step.text.text,
                actor=_known(Actor, step.actor, Actor.EXTERNAL),
                due=step.due,
                status=_known(StepStatus, step.status, StepStatus.NOT_STARTED),
            )
            for step in goal.steps
        ),
    )


def _name(name: SentName) -> PersonName:
    return PersonName(
        script=Script(name.script.value),
        given=name.given,
        father=name.father or "",
        family=name.family or "",
        kunya=name.kunya or "",
        variants=name.variants,
    )


def _words(text: Text | None) -> str:
    return "" if text is None else text.text


def _place(item: StagedItem) -> int:
    """The place of the item in its section's list."""
    digits = item.id[len(item.id.rstrip("0123456789")) :]
    return int(digits) if digits else 0


def _language(spoken: SpokenLanguage) -> Language | None:
    """None for a code that the register does not take."""
    try:
        return Language(code=spoken.code, level=_level(spoken.level), preferred=spoken.preferred)
    except UserError:
        return None


def _level(code: str) -> LanguageLevel:
    return _known(LanguageLevel, code, LanguageLevel.FLUENT)


def _known(cls: type[E], code: str, otherwise: E) -> E:
    return next((each for each in cls if each.value == code), otherwise)
