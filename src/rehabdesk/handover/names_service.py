"""Where a text of a packet names somebody else: of the register in any usual spelling, or around somebody of it."""

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise

from rehabdesk.core.names import asked_keys, stored_keys
from rehabdesk.core.terms import Terms, is_arabic, name_form, pieces
from rehabdesk.people.service import People

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_SHORTEST = 3
PAGE = 500


class OtherNames:
    """The names of a desk, read anew only when the register changed; looking through a text is then quick."""

    def __init__(self, people: People) -> None:
        self._people = people
        self._heard: Mapping[str, frozenset[str]] = {}
        self._newest = -1

    def places(self, text: str, person_id: str, chosen: frozenset[str]) -> Iterator[tuple[int, int]]:
        """From where to where in `text`, in its order, each place once. `chosen`: contacts who stand in the packet by
        choice and by their own consent.
        """
        naming = self._people.naming
        while naming.read_some():
            pass
        if naming.newest != self._newest:
            self._heard, self._newest = self._read(), naming.newest
        found = {(each.start, each.end) for each in naming.others_in(text, person_id)}
        found |= set(naming.contacts_of_others(text, person_id))
        found |= {(place.start, place.end) for place in self._circle(person_id, chosen).places(text)}
        found |= set(self._sounding(text, person_id))
        last = 0
        for start, end in sorted(found, key=lambda place: (place[0], -place[1])):
            if start >= last:
                yield start, end
                last = end

    def _circle(self, person_id: str, chosen: frozenset[str]) -> Terms[str]:
        """People around the person, who were not asked whether a text may name them."""
        terms: Terms[str] = Terms()
        names = self._people.person(person_id).details.names
        own = {word for name in names for part in (name.given, name.father, name.family) for word in pieces(part)}
        for contact in self._people.contacts(person_id):
            details = contact.details
            if details.name in chosen:
                continue
            terms_of = [details.name]
            if details.is_child or details.protected_note:  # the first name alone would already tell who it is (G28)
                terms_of += [word for word in _WORD.findall(details.name) if name_form(word) not in own]
            for name in terms_of:
                if len(name.strip()) >= _SHORTEST:
                    terms.add(name, name)
        return terms

    def _sounding(self, text: str, person_id: str) -> Iterator[tuple[int, int]]:
        """Two names beside each other that sound like those of one other person: another spelling of it."""
        words = [match for match in _WORD.finditer(text) if match[0][0].isupper() or is_arabic(match[0])]
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
