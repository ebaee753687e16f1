"""The ways from a plan to what has a page of its own: conferences, programmes, the paper that the person keeps."""

from PySide6.QtWidgets import QPushButton

from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate
from rehabdesk.ui.page import Page, Route


def plan_doors(page: Page, person_id: str, name: str, *, programmes: bool, own_plan: str | None) -> list[QPushButton]:
    """`programmes`: this role reads them. `own_plan`: the version to print for the person, None where it may not."""
    found = [door(page, tr("Conferences"), "users-round", Route(name="conferences", person=person_id))]
    if programmes:
        found.append(door(page, tr("Programmes"), "calendar", Route(name="programmes", person=person_id)))
    if own_plan is not None:
        words = tr("Print for {name}").format(name=isolate(name))
        own = page.kit.button("", kind="icon", icon="printer", name=words)  # the foot of a plan is full of words
        own.clicked.connect(lambda: page.go.emit(Route(name="own_plan", person=person_id, id=own_plan)))
        found.append(own)
    return found


def door(page: Page, words: str, icon: str, to: Route, *, kind: str = "") -> QPushButton:
    """A button that leads there."""
    button = page.kit.button(words, icon=icon, kind=kind)
    button.clicked.connect(lambda: page.go.emit(to))
    return button
