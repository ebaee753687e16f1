"""The 24 digits on the screen: six groups that are easy to read aloud, and the line into which heard ones are typed."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate_ltr
from rehabdesk.handover.trust.digits_model import groups_of, in_groups
from rehabdesk.ui.kit import Kit


def shown_digits(kit: Kit, digits: str) -> QWidget:
    """Each group large above its place: always from the left, as they are read in every language."""
    groups = groups_of(digits)
    places = []
    for place, group in enumerate(groups, 1):
        number = kit.label(group, "display", selectable=True)
        small = kit.label(str(place), "small", tone="muted")
        for each in (number, small):
            each.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        places.append(kit.card("", number, small, kind="sunken", gap=0))
    box = kit.flow(*places, gap=2)
    box.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    spoken = ", ".join(" ".join(group) for group in groups)
    box.setAccessibleName(tr("24 digits: {digits}").format(digits=isolate_ltr(spoken)))
    return box


def digits_line(kit: Kit) -> QLineEdit:
    """Dashes come by themselves. A bare key, which has letters, stays as it is typed."""
    line = kit.line(hint="0000-0000-0000-0000-0000-0000")
    line.setFont(kit.theme.font("h2"))
    line.setFixedHeight(kit.theme.px(44))
    line.setMinimumWidth(kit.theme.px(340))
    line.setLayoutDirection(Qt.LayoutDirection.LeftToRight)

    def group(typed: str) -> None:
        at_end = line.cursorPosition() == len(typed)
        plain = all(char.isdecimal() or char in " -" for char in typed)
        if at_end and plain and (grouped := in_groups(typed)) != typed.rstrip("- "):
            line.setText(grouped)

    line.textEdited.connect(group)
    return line


def our_digits(kit: Kit, digits: str) -> QWidget:
    """What the other side compares."""
    said = tr("They compare ours with their card. Read the groups aloud, one after the other:")
    return kit.card(
        tr("Our digits"),
        kit.label(said, wrap=True),
        shown_digits(kit, digits),
        kind="flat",
    )
