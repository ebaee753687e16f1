"""Searching everything that this login may read: the indexes it holds are asked, each feature says what of it is shown.

Newest first, as recorded. A piece of the list looks through few rows, so that the window never waits: what filters
leave out costs another piece, not a longer one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from rehabdesk.access.list_service import read_for_list
from rehabdesk.access.service import Desk
from rehabdesk.core.clock import parse_stamp
from rehabdesk.core.errors import RehabDeskError
from rehabdesk.core.found import Found, Snippet, holds, snippet
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate
from rehabdesk.db.projection import CLINICAL, PASTORAL, PROTECTED, TEAM
from rehabdesk.notes.search_service import NoteSearch
from rehabdesk.overview.search_model import KINDS, PEOPLE, Hit, Place, Results, Wish
from rehabdesk.people.model import Contact, PersonRow
from rehabdesk.people.service import People

COMPS = (TEAM, CLINICAL, PASTORAL, PROTECTED)
PAGE = 50
LOOKED_AT = 60
"""Rows of each compartment that one piece of the list looks through."""
MOST_PEOPLE = 20
PERSON, CONTACT = "person", "contact"


class Searched(Protocol):
    """What each feature tells: which of these records this login is shown, and as what."""

    def found(self, comp: str, rids: Sequence[str]) -> tuple[Found, ...]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class _Candidate:
    """A row that holds the words, seen or not."""

    comp: str
    row: int
    author: str
    recorded: str
    found: Found | None


class Search:
    """Of one unlocked desk. `features`: whatever else than notes holds words."""

    def __init__(self, desk: Desk, people: People, notes: NoteSearch, features: Sequence[Searched]) -> None:
        self._desk, self._people, self._notes, self._features = desk, people, notes, tuple(features)

    def people(self, wish: Wish) -> tuple[Hit, ...]:
        """Persons and those around them, by name or case number; in front of everything else."""
        if wish.kind not in ("", PEOPLE) or not self._desk.holds(TEAM) or wish.person:
            return ()
        hits = [self._person(one.row, similar=one.similar) for one in self._people.search.persons(wish.words)]
        hits += [self._contact(one, similar=similar) for one, similar in self._people.search.contacts(wish.words)]
        return tuple(hits[:MOST_PEOPLE])

    def records(self, wish: Wish, place: Place, *, limit: int = PAGE) -> Results:
        """The next piece of the list, from `place` on: at most `limit` lines, fewer where much was left out.

        What is shown of clinical, pastoral and protected texts is logged before, one entry for each compartment.
        """
        comps = [comp for comp in COMPS if self._desk.holds(comp) and place.row(comp) != 0]
        if not wish.words.strip() or wish.kind == PEOPLE or not comps:
            return Results(hits=(), place=Place(rows=tuple((comp, 0) for comp in COMPS)))
        streams = {comp: self._candidates(comp, wish, place.row(comp)) for comp in comps}
        full = [stream[-1] for stream in streams.values() if len(stream) == LOOKED_AT]
        boundary = max((last.recorded for last in full), default="")
        ordered = sorted(
            (one for stream in streams.values() for one in stream),
            key=lambda one: (one.recorded, one.comp, one.row),
            reverse=True,
        )
        rows: dict[str, int] = {comp: place.row(comp) or 1 << 60 for comp in comps}
        taken: list[_Candidate] = []
        last = ""
        for one in ordered:
            if one.recorded < boundary or len(taken) == limit:
                break
            rows[one.comp], last = one.row, one.recorded
            if self._fits(one, wish):
                taken.append(one)
        for comp, stream in streams.items():
            is_through = not stream or rows[comp] == stream[-1].row
            if is_through and len(stream) < LOOKED_AT:
                rows[comp] = 0
        ends = tuple((comp, rows.get(comp, 0)) for comp in COMPS)
        return Results(
            hits=self._shown(taken, wish.words), place=Place(rows=ends), back_to=parse_stamp(last) if last else None
        )

    # inside

    def _candidates(self, comp: str, wish: Wish, before: int | None) -> list[_Candidate]:
        narrow: list[Sequence[str]] = []
        if (cases := self._notes.cases_in(comp)) is not None:
            if not cases:
                return []
            narrow.append(sorted(cases))
        if wish.person:
            narrow.append((wish.person,))
        if wish.kind:
            narrow.append(KINDS[wish.kind])
        matched = self._desk.index_file(comp).match_recorded(wish.words, narrow=narrow, limit=LOOKED_AT, before=before)
        rids = [one.rid for one in matched]
        found = {one.rid: one for feature in (self._notes, *self._features) for one in feature.found(comp, rids)}
        return [
            _Candidate(comp=comp, row=one.row, author=one.author, recorded=one.recorded, found=found.get(one.rid))
            for one in matched
        ]

    def _fits(self, one: _Candidate, wish: Wish) -> bool:
        if one.found is None or (wish.author and one.author != wish.author):
            return False
        if one.found.words is not None and not holds(one.found.words, wish.words):
            return False  # the words stand in what this login is not shown of it
        if wish.role and self._role(one.author) != wish.role:
            return False
        return wish.takes(_day(one.found.at or parse_stamp(one.recorded)))

    def _role(self, author: str) -> str:
        try:
            return self._desk.staff(author).role.value
        except RehabDeskError:
            return ""

    def _shown(self, taken: Sequence[_Candidate], query: str) -> tuple[Hit, ...]:
        words: dict[str, str] = {}
        for comp in COMPS:
            rids = [one.found.rid for one in taken if one.comp == comp and one.found is not None]
            if rids:
                words.update(read_for_list(self._desk, comp, rids))
        names = self._names({one.found.person for one in taken if one.found is not None})
        return tuple(
            Hit(
                kind=one.found.kind,
                comp=one.comp,
                title=one.found.title,
                person=one.found.person,
                name=names.get(one.found.person, tr("Unknown")),
                author=one.author,
                at=one.found.at or parse_stamp(one.recorded),
                snippet=snippet(words[one.found.rid] if one.found.words is None else one.found.words, query),
                id=one.found.id,
            )
            for one in taken
            if one.found is not None and one.found.rid in words
        )

    def _names(self, persons: set[str]) -> Mapping[str, str]:
        return {row.id: row.display_alias or row.name for row in self._people.search.rows(tuple(persons))}

    def _person(self, row: PersonRow, *, similar: bool) -> Hit:
        name = row.display_alias or row.name
        return Hit(
            kind=PERSON,
            comp=TEAM,
            title=name,
            person=row.id,
            name=tr("Case {number}").format(number=row.case_ref) if row.case_ref else row.unit,
            author="",
            at=self._desk.clock.now(),
            snippet=Snippet(text=tr("Similar name") if similar else ""),
        )

    def _contact(self, contact: Contact, *, similar: bool) -> Hit:
        about = self._names({contact.person_id}).get(contact.person_id, tr("Unknown"))
        return Hit(
            kind=CONTACT,
            comp=TEAM,
            title=contact.details.name,
            person=contact.person_id,
            name=tr("Contact of {name}").format(name=isolate(about)),
            author="",
            at=self._desk.clock.now(),
            snippet=Snippet(text=tr("Similar name") if similar else ""),
        )


def _day(moment: datetime) -> date:
    return moment.astimezone().date()
