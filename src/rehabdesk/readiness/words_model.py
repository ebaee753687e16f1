"""The words of checklists as they stand on screens, with the colours that tasks have (interface.md 8.2)."""

from collections.abc import Callable
from datetime import date

from rehabdesk.core.i18n import ntr, tr, tr_as
from rehabdesk.readiness.condition_model import Understood
from rehabdesk.readiness.item_state_model import TICKED
from rehabdesk.readiness.model import EvidenceKind, Item, ItemStatus, ListState, Side
from rehabdesk.readiness.rest_model import RestWarning

Tagged = tuple[str, str]


def status_words(status: ItemStatus, name: str) -> Tagged:
    """`name`: of the person, for what is the person's own choice."""
    return {
        ItemStatus.NOT_DUE: (tr("Not due"), "grey"),
        ItemStatus.DUE: (tr("Due"), "blue"),
        ItemStatus.IN_PROGRESS: (tr("In progress"), "blue"),
        ItemStatus.DONE: (tr("Done"), "green"),
        ItemStatus.DECLINED: (tr("Declined by {name}").format(name=name), "purple"),
        ItemStatus.NOT_APPLICABLE: (tr("Not applicable"), "grey"),
        ItemStatus.BLOCKED: (tr("Blocked"), "amber"),
        ItemStatus.WAIVED: (tr("Waived"), "grey"),
    }[status]


def item_tag(item: Item, name: str, today: date) -> Tagged:
    """The status of an item; an open one whose day has passed is overdue, which is a matter of the task.

    A no stays a no; where somebody promised to ask again, that day is told.
    """
    if item.is_to_ask_again(today):
        return tr("Ask {name} again").format(name=name), "amber"
    if item.is_overdue(today):
        days = (today - item.due).days
        return ntr("Overdue, {count} day", "Overdue, {count} days", days), "red"
    return status_words(item.status, name)


def state_words(state: ListState) -> Tagged:
    return {
        ListState.OPEN: (tr_as("Open", "state"), "grey"),
        ListState.READY: (tr("Ready"), "green"),
        ListState.READY_WITH_WAIVERS: (tr("Ready with waivers"), "green"),
        ListState.HANDED_OVER: (tr("Handed over"), "green"),
        ListState.CLOSED: (tr("Closed"), "grey"),
    }[state]


def side_words(side: Side) -> str:
    return {Side.PRISON: tr("Prison"), Side.COMMUNITY: tr("Community"), Side.BOTH: tr("Both")}[side]


def detail_words(item: Item, day: Callable[[date], str]) -> str:
    """What was said at an item: the evidence, the reason, when to ask again; else the comment. `day` writes a day."""
    if item.status is ItemStatus.DONE:
        return evidence_words(item, day)
    if item.ask_again is not None:
        return tr("Ask again from {day}").format(day=day(item.ask_again))
    return item.reason or item.comment


def evidence_words(item: Item, day: Callable[[date], str]) -> str:
    """The evidence as it is read: a day as a day, a tick as a word. Older marks may hold words instead."""
    if item.evidence == TICKED and item.template.evidence_kind is EvidenceKind.TICK:
        return tr("Ticked")
    if item.template.evidence_kind is EvidenceKind.DATE:
        try:
            return day(date.fromisoformat(item.evidence))
        except ValueError:
            return item.evidence
    return item.evidence


def rest_words(warning: RestWarning, day: Callable[[date], str]) -> str:
    """What days of rest around a release mean for offices. Nothing here moves the release."""
    if warning.on_rest_day:
        sentence = tr("The release falls on a day of rest. Offices work until {until} and again from {again}.")
    else:
        sentence = tr("Days of rest follow the release. Offices work until {until} and again from {again}.")
    return sentence.format(until=day(warning.until), again=day(warning.again))


def understood_words(answer: Understood) -> str:
    return {Understood.YES: tr("Yes"), Understood.PARTLY: tr("Partly"), Understood.NO: tr("No")}[answer]


def countdown_words(anchor: date, today: date) -> str:
    """`46 days to release`, `Release today`, or how long ago it was."""
    days = (anchor - today).days
    if days > 0:
        return ntr("{count} day to release", "{count} days to release", days)
    if days == 0:
        return tr("Release today")
    return ntr("Released {count} day ago", "Released {count} days ago", -days)
