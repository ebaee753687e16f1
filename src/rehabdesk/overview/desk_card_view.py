"""For those who look after the desk or inspect it: how many logins it has, and the ways to its log and settings."""

from rehabdesk.core.i18n import ntr, tr
from rehabdesk.overview.day_cards_view import Goes
from rehabdesk.ui.kit import Kit
from rehabdesk.ui.page import Route
from rehabdesk.ui.plain_kit import Card


def desk_card(kit: Kit, active: int, go: Goes) -> Card:
    """`active`: logins that can be used. No person in care is counted here."""
    said = ntr("{count} active login on this desk.", "{count} active logins on this desk.", active)
    log, settings = kit.button(tr("Open the activity log")), kit.button(tr("Open settings"))
    log.clicked.connect(lambda: go.emit(Route(name="activity")))
    settings.clicked.connect(lambda: go.emit(Route(name="settings")))
    return kit.card(tr("This desk"), kit.label(said, wrap=True), kit.flow(log, settings), gap=2)
