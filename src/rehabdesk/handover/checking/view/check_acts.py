"""What is offered after a check, by its result (interface.md 8.3), and the sheet for the telephone."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate, isolate_ltr
from rehabdesk.handover.checking.examination_service import Checked
from rehabdesk.handover.checking.verdict_model import State
from rehabdesk.handover.inbox.inbox_service import Arrived, Looked, Looking
from rehabdesk.ui.kit import Kit


@dataclass(frozen=True, slots=True, kw_only=True)
class HereActs:
    """What a desk with somebody signed in adds to a check.

    `looking`: with its own pinned sites, lists and keys. `seen` keeps the moment of a first look. `keep` takes the
    packet into the Inbox, None for a role that takes nothing in. `newer`: where the packet of a number is, empty where
    it has not come. `leads`: whether a page of that name is there.
    """

    looking: Callable[[], Looking]
    seen: Callable[[Checked], None]
    keep: Callable[[Looked], Arrived] | None
    newer: Callable[[str], str]
    leads: Callable[[str], bool]


CALLED = frozenset(
    {
        State.EXPRESS_PENDING,
        State.OUT_OF_DATE,
        State.WITHDRAWN,
        State.INCOMPLETE,
        State.CHANGED,
    }
)
"""Results after which somebody calls the sender."""
TAKEN_IN = frozenset({State.GENUINE, State.EXPRESS_PENDING})


def call_sheet(kit: Kit, checked: Checked, *, vouched: bool) -> QWidget:
    """Whom to call and what to say. A number to call stands here only from a card whose digits were compared, and not
    where it was just chosen (`vouched`).
    """
    verdict = checked.verdict
    sites = () if vouched else checked.sites
    site = next((each.site for each in sites if each.site.name == verdict.known_site), None)
    packet = verdict.packet
    if site is not None:
        call = tr("Call {site}, {phone}.").format(site=isolate(site.name), phone=isolate_ltr(site.phone))
    else:
        call = tr("Call the sender on a number that you already know, never on one from the file.")
    say = {
        State.EXPRESS_PENDING: tr("Ask when the second signature comes, and whether the content still holds."),
        State.OUT_OF_DATE: tr("Ask whether it is still right, and for a new one."),
        State.WITHDRAWN: tr("Say that the withdrawn packet has come, and ask what holds instead."),
        State.INCOMPLETE: tr("Say that only one person has signed, and ask for the whole packet."),
        State.CHANGED: tr("Say that the file was changed on its way, and ask for it again."),
    }.get(verdict.state, tr("Ask whether this packet is current."))
    lines = [call, say]
    if packet is not None and verdict.trusted:
        lines.append(tr("Number of the packet: {number}").format(number=isolate_ltr(packet.number)))
    lines.append(tr("Say no name of the person before you know who answers."))
    return kit.card(
        tr("Call sheet"), *(kit.label(line, wrap=True, selectable=True) for line in lines), kind="quiet", gap=1
    )
