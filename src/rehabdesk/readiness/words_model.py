"""The words of checklists as they stand on screens, with the colours that tasks have (interface.md 8.2)."""

from datetime import date

from rehabdesk.core.i18n import ntr, tr
from rehabdesk.readiness.condition_model import Understood
from rehabdesk.readiness.model import Item, ItemStatus, ListState, Side

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
    """The status of an item; an open one whose day has passed is overdue, which is a matter of the task."""
    if item.is_overdue(today):
        days = (today - item.due).days
        return ntr("Overdue, {count} day", "Overdue, {count} days", days), "red"
    return status_words(item.status, name)


def state_words(state: ListState) -> Tagged:
    return {
        ListState.OPEN: (tr("Open"), "grey"),
        ListState.READY: (tr("Ready"), "green"),
        ListState.READY_WITH_WAIVERS: (tr("Ready with waivers"), "green"),
        ListState.HANDED_OVER: (tr("Handed over"), "green"),
        ListState.CLOSED: (tr("Closed"), "grey"),
    }[state]


def side_words(side: Side) -> str:
    return {Side.PRISON: tr("Prison"), Side.COMMUNITY: tr("Community"), Side.BOTH: tr("Both")}[side]


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
