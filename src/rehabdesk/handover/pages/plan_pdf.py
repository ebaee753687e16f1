"""Pages of S4 (first fortnight), S5 (plan for the community) and S8 (live safety matters)."""

from rehabdesk.core.i18n import tr
from rehabdesk.handover.content.sections_model import S4, S5, S8, Alert, Caller, Goal
from rehabdesk.handover.pages.labels_pdf import domain_title, label
from rehabdesk.handover.pages.words_pdf import code, day, joined, local_moment, name, optional_day, own_words
from rehabdesk.paper.blocks import (
    Block,
    Column,
    Heading,
    KeyValues,
    Note,
    Paragraph,
    Table,
    Together,
    Tone,
    Voice,
    Words,
    bold,
)


def first_fortnight(section: S4, language: str) -> list[Block]:
    """First night, journey, appointments, and what is still missing."""
    rows: list[tuple[Words, Words]] = [(tr("First night"), own_words(section.first_night, language))]
    for title, text in (
        (tr("Journey"), section.journey),
        (tr("Medicines due"), section.medicines_due),
        (tr("Money"), section.money),
        (tr("Telephone"), section.phone_access),
    ):
        if text is not None:
            rows.append((title, own_words(text, language)))
    blocks: list[Block] = [KeyValues(rows=tuple(rows)), Heading(text=tr("Appointments"), level=3, bookmark=False)]
    if not section.appointments:
        blocks.append(Paragraph(words=tr("No appointment has been made yet.")))
    for each in section.appointments:
        details: list[tuple[Words, Words]] = [
            (tr("With"), joined([name(each.with_), code(each.phone) if each.phone else None])),
            (tr("Place"), name(each.place)),
        ]
        if each.directions is not None:
            details.append((tr("How to get there"), own_words(each.directions, language)))
        heading = Paragraph(
            words=(bold(local_moment(each.at)), bold(f" · {name(each.purpose)}")), space_after=2, keep_with_next=True
        )
        blocks.append(Together(blocks=(heading, KeyValues(rows=tuple(details)))))
    blocks.append(Heading(text=tr("Papers that are missing"), level=3, bookmark=False))
    if section.papers_missing:
        blocks.append(
            Table(
                columns=(
                    Column(title=tr("Paper"), share=3),
                    Column(title=tr("Who follows it up"), share=3),
                    Column(title=tr("By when"), share=2),
                ),
                rows=tuple(
                    (name(each.paper), name(each.follow_up_by), optional_day(each.due))
                    for each in section.papers_missing
                ),
            )
        )
    else:
        blocks.append(Paragraph(words=tr("None.")))
    return blocks


def community_plan(section: S5, language: str) -> list[Block]:
    """Active goals in the person's wording, as large as the staff's, with who does what."""
    version = tr("Version {number}").format(number=section.plan_version)
    blocks: list[Block] = [KeyValues(rows=((tr("Plan"), version), (tr("Review due"), day(section.review_due))))]
    if not section.goals:
        blocks.append(Paragraph(words=tr("No goal was shared.")))
    for number, goal in enumerate(section.goals, start=1):
        blocks.extend(_goal(number, goal, language))
    if section.no_need:
        blocks.append(Heading(text=tr("No need named"), level=3, bookmark=False))
        blocks.extend(
            Paragraph(
                words=tr("{area}: no need identified in this area (asked on {day}).").format(
                    area=domain_title(each.domain), day=day(each.asked_on)
                )
            )
            for each in section.no_need
        )
    return blocks


def live_safety(section: S8, language: str) -> list[Block]:
    """Open alerts only, without any third party's name, and whom to call."""
    if not section.alerts:
        return [Paragraph(words=tr("None. No alert was open when this file was made."))]
    return [_alert(alert, language) for alert in section.alerts]


def _goal(number: int, goal: Goal, language: str) -> list[Block]:
    about: list[tuple[Words, Words]] = [
        (tr("State"), joined([label(goal.status), tr("Carried by: {side}").format(side=label(goal.side))])),
        (tr("Target date"), optional_day(goal.target_date)),
    ]
    if goal.indicator is not None:
        about.append((tr("How one can see it"), own_words(goal.indicator, language)))
    head: list[Block] = [
        Heading(
            text=tr("Goal {number}: {area}").format(number=number, area=domain_title(goal.domain)),
            level=3,
            bookmark=False,
        ),
        Voice(label=tr("In the person’s words"), words=own_words(goal.wording, language)),
    ]
    if goal.staff_wording is not None:
        head.append(Voice(label=tr("In the staff’s words"), words=own_words(goal.staff_wording, language)))
    blocks: list[Block] = [Together(blocks=(*head, KeyValues(rows=tuple(about))))]
    if goal.steps:
        blocks.append(
            Table(
                columns=(
                    Column(title=tr("Step"), share=5),
                    Column(title=tr("Who"), share=2),
                    Column(title=tr("By when"), share=2),
                    Column(title=tr("State"), share=2),
                ),
                rows=tuple(
                    (own_words(step.text, language), label(step.actor), optional_day(step.due), label(step.status))
                    for step in goal.steps
                ),
            )
        )
    return blocks


def caller(who: Caller) -> str:
    """A name with the number."""
    return tr("{name}, {phone}").format(name=name(who.name), phone=code(who.phone))


def _alert(alert: Alert, language: str) -> Block:
    rows: tuple[tuple[Words, Words], ...] = (
        (tr("What must be known"), own_words(alert.facts, language)),
        (tr("Who is at risk"), label(alert.at_risk)),
        (tr("What was done"), own_words(alert.action_taken, language)),
        (tr("Whom to call"), joined([caller(each) for each in alert.call]) or "–"),
        (tr("Review by"), local_moment(alert.review_by)),
    )
    return Note(
        blocks=(
            Paragraph(words=(bold(label(alert.kind)),), space_after=3),
            KeyValues(rows=rows),
        ),
        tone=Tone.WARNING,
    )
