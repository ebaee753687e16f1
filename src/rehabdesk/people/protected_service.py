"""What lies in `protected` about a person and the people around: kept by anybody who works with the person, read by
its author and by the named safeguarding lead alone, every reading logged (domain.md 4.2, vault.md 3.3, 3.4).
"""

from rehabdesk.access.model import Role
from rehabdesk.access.service import Desk
from rehabdesk.core.clock import local_day
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.payload import from_payload, to_payload
from rehabdesk.db.projection import PROTECTED, TEAM, NewRecord
from rehabdesk.people import protected_store, store
from rehabdesk.people.caseload_service import Caseload
from rehabdesk.people.model import PAYLOAD_VERSION, Capacity
from rehabdesk.people.protected_model import KeptWords, ProtectedNote

MAY_KEEP = frozenset({Role.CO, Role.PSY, Role.CSUP, Role.CHA})


class ProtectedNotes:
    """Protected notes of one unlocked desk. Who holds no key writes letters, and sees afterwards that it was kept."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._caseload = Caseload(desk)

    @property
    def may_keep(self) -> bool:
        return self._desk.role in MAY_KEEP

    def keep(self, person_id: str, note: ProtectedNote) -> bool:
        """Keeps words with the safeguarding lead; gives whether this login can read them again."""
        if not self.may_keep:
            raise UserError(tr("Your role keeps no protected notes."))
        self._caseload.require(person_id)
        if store.person(self._desk.index(TEAM), person_id) is None:
            raise UserError(tr("This person is not in the register."), field="person")
        item = NewRecord(
            comp=PROTECTED,
            kind=protected_store.PROTECTED_NOTE,
            pv=PAYLOAD_VERSION,
            person=person_id,
            payload=to_payload(note),
        )
        self._desk.commit("protect", [item])
        return self._desk.holds(PROTECTED)

    def kept(self, person_id: str) -> tuple[KeptWords, ...]:
        """What this login may read, oldest first; nothing without the key, also not that something is there."""
        if not self._desk.holds(PROTECTED):
            return ()
        found = protected_store.kept(self._desk.index(PROTECTED), protected_store.PROTECTED_NOTE, person_id)
        return tuple(one for one in found if self.may_read(person_id, one.author))

    def read(self, person_id: str, rid: str) -> ProtectedNote:
        """The words; that they were read is logged first."""
        if rid not in {one.rid for one in self.kept(person_id)}:
            raise UserError(tr("That record is not there."))
        return from_payload(ProtectedNote, self._desk.read(PROTECTED, rid).payload)

    def may_read(self, person_id: str, author: str) -> bool:
        """Inside the compartment the author reads, and who is the safeguarding lead today."""
        return self._desk.holds(PROTECTED) and self._desk.uid in (author, *self._leads(person_id))

    def lead(self, person_id: str) -> str | None:
        """The login that is the safeguarding lead of this person today, or None."""
        return next(iter(self._leads(person_id)), None)

    def lead_reads(self, person_id: str) -> bool:
        """Whether the named lead holds the key: a case officer is given it by the administrator (vault.md 3.2)."""
        lead = self.lead(person_id)
        return any(member.card.uid == lead and PROTECTED in member.compartments for member in self._desk.members())

    def _leads(self, person_id: str) -> tuple[str, ...]:
        """Where two were named, for a handing over, both are."""
        today = local_day(self._desk.clock)
        return tuple(
            one.details.staff
            for one in store.assignments(self._desk.index(TEAM), person_id)
            if one.details.capacity is Capacity.SAFEGUARDING_LEAD and one.details.runs_on(today)
        )
