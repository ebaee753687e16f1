"""How many children a person has, by age band: never a name, never an age (G28)."""

from rehabdesk.access.model import Role
from rehabdesk.access.service import Desk
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.payload import to_payload
from rehabdesk.db.projection import TEAM, NewRecord
from rehabdesk.people import protected_store, store
from rehabdesk.people.model import PAYLOAD_VERSION
from rehabdesk.people.protected_model import ChildrenCount

MAY_READ = frozenset({Role.CO, Role.PSY, Role.CSUP, Role.SUP, Role.AUD})
MAY_WRITE = frozenset({Role.CO, Role.PSY, Role.CSUP})


class Children:
    """Counts of one unlocked desk."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    @property
    def may_read(self) -> bool:
        return self._desk.role in MAY_READ

    @property
    def may_write(self) -> bool:
        return self._desk.role in MAY_WRITE

    def of_person(self, person_id: str) -> ChildrenCount | None:
        """The newest counts; None where nobody asked."""
        if not self.may_read:
            raise UserError(tr("Your role does not see this."))
        return protected_store.children(self._desk.index(TEAM), person_id)

    def count(self, person_id: str, counts: ChildrenCount) -> None:
        """Counts them anew; older counts stay where they are."""
        if not self.may_write:
            raise UserError(tr("Case officers and psychologists keep the contacts."))
        if store.person(self._desk.index(TEAM), person_id) is None:
            raise UserError(tr("This person is not in the register."), field="person")
        item = NewRecord(
            comp=TEAM,
            kind=protected_store.CHILDREN,
            pv=PAYLOAD_VERSION,
            person=person_id,
            payload=to_payload(counts),
        )
        self._desk.commit("children", [item])
