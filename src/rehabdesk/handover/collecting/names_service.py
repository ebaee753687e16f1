"""Where a text of a packet names somebody else: of the register in any usual spelling, or around somebody of it."""

from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise

from rehabdesk.core.names import asked_keys, stored_keys
from rehabdesk.core.terms import is_arabic
from rehabdesk.handover.collecting.circle_names_model import WORD, Around, Circle
from rehabdesk.people.service import People

PAGE = 500


Finder = Callable[[str], Iterator[tuple[int, int]]]


class OtherNames:
    """The names of a desk, read anew only when the register changed; looking through a text is then quick."""

    def __init__(self, people: People) -> None:
        self._people = people
        self._heard: Mapping[str, frozenset[str]] = {}
        self._newest = -1

    def of(self, person_id: str, chosen: frozenset[str], others: frozenset[str] = frozenset()) -> Finder:
        """Looks through texts about a person: from where to where each names somebody else, in order, each place once.

        `chosen`: contacts who stand in the packet by choice and by their own consent. `others`: names of people whom
        the author put into fields for names, such as the link worker.
        """
        naming = self._people.naming
        while naming.read_some():
            pass
        if naming.newest != self._newest:
            self._heard, self._newest = self._read(), naming.newest
        circle = self._circle(person_id, chosen, others)

        def places(text: str) -> Iterator[tuple[int, int]]:
            found = {(each.start, each.end) for each in naming.others_in(text, person_id)}
            found |= {*circle.places(text), *self._sounding(text, person_id)}
            found |= set(naming.contacts_of_others(text, person_id))
            last = 0
            for start, end in sorted(found, key=lambda place: (place[0], -place[1])):
                if start >= last:
                    yield start, end
                    last = end

        return places

    def _circle(self, person_id: str, chosen: frozenset[str], others: frozenset[str]) -> Circle:
        """People around the person, who were not asked whether a text may name them; guardians are such too."""
        around = []
        for contact in self._people.contacts(person_id):
            details = contact.details
            hidden = details.is_child or details.protected_note
            around += [Around(name=name, hidden=hidden) for name in (details.name,) if name not in chosen]
            around += [Around(name=name) for name in (details.guardian,) if name.strip() and name not in chosen]
        own = [f"{name.full} {name.kunya}" for name in self._people.person(person_id).details.names]
        return Circle(around, own=own, others=(*chosen, *others, *self._people.naming.staff_words()))

    def _sounding(self, text: str, person_id: str) -> Iterator[tuple[int, int]]:
        """Two names beside each other that sound like those of one other person: another spelling of it."""
        words = [match for match in WORD.finditer(text) if match[0][0].isupper() or is_arabic(match[0])]
        for one, other in pairwise(words):
            if other.start() - one.end() == 1:
                alike = self._alike(one[0]) & self._alike(other[0]) - {person_id}
                if alike and person_id not in self._alike(one[0]) & self._alike(other[0]):
                    yield one.start(), other.end()

    def _alike(self, word: str) -> set[str]:
        """The persons one of whose names sounds so."""
        keys: set[str] = set().union(*asked_keys(word))
        return {person for key in keys for person in self._heard.get(key, ())}

    def _read(self) -> Mapping[str, frozenset[str]]:
        """By the keys of how a name sounds, who bears it."""
        heard: dict[str, set[str]] = {}
        page = self._people.register_page(limit=PAGE)
        while page:
            for row in page:
                for name in (row.name, row.name_arabic):
                    for key in stored_keys(name) if name else ():
                        heard.setdefault(key, set()).add(row.id)
            page = self._people.register_page(after=page[-1], limit=PAGE)
        return {key: frozenset(persons) for key, persons in heard.items()}
