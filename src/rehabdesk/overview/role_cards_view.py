"""What stands beside the tasks of some roles: groups and people of a facilitator, a trainee's notes, the desk."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from rehabdesk.core.i18n import ntr, tr
from rehabdesk.core.text import isolate
from rehabdesk.notes.groups.group_service import GroupLineRow
from rehabdesk.overview.day_cards_view import Goes, opener, ruled
from rehabdesk.people.model import PersonRow
from rehabdesk.ui.kit import Kit
from rehabdesk.ui.page import Route
from rehabdesk.ui.plain_kit import Card


def groups_card(kit: Kit, groups: Sequence[GroupLineRow], go: Goes) -> Card:
    """The groups that a facilitator leads."""
    rows: list[QWidget] = []
    for one in groups:
        members = ntr("{count} person", "{count} people", one.members)
        words = kit.column(
            kit.label(isolate(one.group.name), "strong", wrap=True), kit.label(members, "small", tone="muted"), gap=0
        )
        button = opener(kit, one.group.name, go, Route(name="group", id=one.id))
        rows.append(kit.box(kit.row((kit.box(words), 1), button, gap=3, margins=(0, 6, 0, 6))))
    if not rows:
        rows = [kit.empty(tr("No group yet. A psychologist or a case officer sets groups up."))]
    return kit.card(tr("Your groups"), *ruled(kit, rows), gap=1)


def people_card(kit: Kit, people: Sequence[PersonRow], go: Goes) -> Card:
    """Name and unit of those with whom a facilitator works; nothing else of them is known to that role."""
    rows: list[QWidget] = []
    for one in people:
        name = one.display_alias or one.name
        words = kit.column(
            kit.label(isolate(name), "strong", wrap=True), kit.label(isolate(one.unit), "small", tone="muted"), gap=0
        )
        button = opener(kit, name, go, Route(name="person", person=one.id, id="timeline"))
        rows.append(kit.box(kit.row((kit.box(words), 1), button, gap=3, margins=(0, 6, 0, 6))))
    if not rows:
        rows = [kit.empty(tr("You work with nobody yet. A case officer says who works with whom."))]
    return kit.card(tr("People in your interventions"), *ruled(kit, rows), gap=1)


def waiting_card(kit: Kit, count: int) -> Card:
    """Own signed notes of somebody in training that a clinical supervisor has not answered."""
    words = ntr("{count} signed note waits for its cosign.", "{count} signed notes wait for their cosign.", count)
    if not count:
        words = tr("None of your notes waits for a cosign.")
    return kit.card(tr("Waiting for cosign"), kit.label(words, tone="" if count else "muted", wrap=True), gap=2)


def desk_card(kit: Kit, active: int, go: Goes) -> Card:
    """For those who look after the desk or inspect it. `active`: logins that can be used. No person is counted here."""
    said = ntr("{count} active login on this desk.", "{count} active logins on this desk.", active)
    log, settings = kit.button(tr("Open the activity log")), kit.button(tr("Open settings"))
    log.clicked.connect(lambda: go.emit(Route(name="activity")))
    settings.clicked.connect(lambda: go.emit(Route(name="settings")))
    return kit.card(tr("This desk"), kit.label(said, wrap=True), kit.flow(log, settings), gap=2)
