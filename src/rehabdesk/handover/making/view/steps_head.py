"""The head of the packet builder: whom it is about, and which of the five steps is in sight."""

from PySide6.QtWidgets import QLayout, QWidget

from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate
from rehabdesk.ui.kit import Kit


def steps_head(kit: Kit, name: str, now: int) -> QLayout:
    """`now`: the step in sight, from 0. Steps before it have a tick."""
    title = kit.label(tr("Packet about {name}").format(name=isolate(name)), "h1")
    return kit.column(title, kit.flow(*(_step(kit, number, now) for number in range(5)), gap=4), gap=1)


def _step(kit: Kit, number: int, now: int) -> QWidget:
    words = (tr("Recipient"), tr("Contents"), tr("Check pages"), tr("Sign"), tr("Seal"))[number]
    here = number == now
    label = kit.label(f"{number + 1} {words}", "strong" if here else "small", tone="" if here else "hint")
    if here:
        label.setAccessibleName(tr("Step {number} of 5: {words}").format(number=number + 1, words=words))
    done = kit.picture("check", "success", 14) if number < now else None
    return kit.box(kit.row(done, label, gap=1))
