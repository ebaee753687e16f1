"""Reads the names of a desk in slices, so that nobody waits for them, and says where a text names somebody else."""

from rehabdesk.access.service import Desk
from rehabdesk.db.projection import TEAM
from rehabdesk.people import naming_store
from rehabdesk.people.naming_model import KnownNames, Named

SLICE = 20
"""Records in one slice: a few milliseconds."""


class Naming:
    """The names that an unlocked desk knows, for as long as it is unlocked. Who holds no register knows staff only."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._known = KnownNames()
        self._after_person = self._after_contact = 0
        self._read_all = False
        for card in desk.all_staff():
            self._known.add_staff(f"{card.name} {card.alias}")

    @property
    def ready(self) -> bool:
        """Whether everything was read once."""
        return self._read_all

    @property
    def newest(self) -> int:
        """Rises with every person who was added or changed since."""
        return self._after_person

    def read_some(self) -> bool:
        """Reads a slice of what is not known yet; whether there is more. Also takes up who was added since."""
        if self._desk.locked or not self._desk.holds(TEAM):
            self._read_all = True
            return False
        index = self._desk.index(TEAM)
        people = naming_store.names_of_persons(index, after=self._after_person, limit=SLICE)
        for place, person_id, details in people:
            self._known.add_person(person_id, details)
            self._after_person = place
        contacts = naming_store.names_of_contacts(index, after=self._after_contact, limit=SLICE)
        for place, person_id, name in contacts:
            self._known.add_contact(person_id, name)
            self._after_contact = place
        more = len(people) == SLICE or len(contacts) == SLICE
        self._read_all = self._read_all or not more
        return more

    def is_name(self, form: str) -> bool:
        """Whether a folded word (`terms.name_form`) is part of a name of somebody here."""
        return self._known.is_name(form)

    def staff_words(self) -> frozenset[str]:
        """Folded words of the names and aliases of staff."""
        return self._known.staff_words

    def others_in(self, text: str, person_id: str) -> tuple[Named, ...]:
        """Where a text about one person names others of the register."""
        return self._known.others_in(text, person_id)

    def contacts_of_others(self, text: str, person_id: str) -> tuple[tuple[int, int], ...]:
        """As `KnownNames.contacts_of_others`."""
        return tuple(self._known.contacts_of_others(text, person_id))
