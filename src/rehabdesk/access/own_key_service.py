"""What a login does with its own key: another passphrase, another recovery card."""

from collections.abc import Callable
from datetime import datetime

from rehabdesk.access.card_service import groups_of
from rehabdesk.access.door_service import Door, print_recovery_card
from rehabdesk.access.service import Desk
from rehabdesk.access.setup_service import Card
from rehabdesk.access.unlock_service import change_passphrase
from rehabdesk.seals.kdf import calibrate


class OwnKey:
    """The key of the login that is unlocked."""

    def __init__(self, desk: Desk, door: Door, sign_in: str) -> None:
        self._desk, self._door, self._sign_in = desk, door, sign_in

    def change(self, old: str, new: str) -> Callable[[], None]:
        """The work of a change, for a job: it takes seconds. WrongKey, or UserError for a phrase that is too weak."""

        def work() -> None:
            change_passphrase(self._desk, old, new, self._door.cost or calibrate(), self._door.means)

        return work

    def new_card(self) -> Card:
        """A new recovery card; the older one opens nothing any more."""
        name = self._desk.staff(self._desk.uid).name
        return Card(sign_in=self._sign_in, name=name, characters=print_recovery_card(self._desk))

    def groups(self, card: Card) -> tuple[str, ...]:
        return groups_of(card.characters)

    def now(self) -> datetime:
        return self._desk.clock.now()

    def site(self) -> str:
        return self._desk.settings().name
