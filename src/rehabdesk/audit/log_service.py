"""The log in plain sentences, newest first: own entries, or all for those whose work it is to look (domain.md 4.2)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from rehabdesk.access.model import Role
from rehabdesk.access.service import Desk
from rehabdesk.audit import store
from rehabdesk.audit.deeds_model import LETTER, deeds_of, sentence
from rehabdesk.core.clock import parse_stamp
from rehabdesk.core.errors import RehabDeskError
from rehabdesk.core.i18n import tr
from rehabdesk.db.chain import Entry
from rehabdesk.db.projection import OWN, PASTORAL, family_of

SEES_ALL = frozenset({Role.AUD, Role.SUP})
SEES_NUMBERS = frozenset({Role.AUD})
"""Numbers of the chain have gaps where deeds are hidden: only who may count those too is shown them."""
PAGE = 100
_LOOKED_AT = 2_000
"""Entries that one page looks through at most for those that this login may see."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One entry. `who` is the name on a staff card; the sentence names no person in care and no text."""

    number: int
    at: datetime
    uid: str
    who: str
    deed: str
    words: str


class Log:
    """The log of one unlocked desk, as this login may read it."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    @property
    def sees_all(self) -> bool:
        """Whether entries of others are shown too."""
        return self._desk.role in SEES_ALL

    @property
    def sees_numbers(self) -> bool:
        """Whether numbers of entries are shown, and how many there are."""
        return self._desk.role in SEES_NUMBERS

    def newest(self) -> int:
        """The number of the newest entry."""
        return self._desk.truth.head().n

    def page(self, *, before: int | None = None, who: str = "", kind: str = "") -> tuple[Line, ...]:
        """Entries with a smaller number than `before`, newest first; `who`: of one login only; `kind`: of one of
        `deeds_model.kinds`.
        """
        end = self.newest() + 1 if before is None else before
        only, deeds = who if self.sees_all else self._desk.uid, deeds_of(kind) if kind else None
        found: list[Line] = []
        while end > 1 and len(found) < PAGE:
            start = max(0, end - 1 - _LOOKED_AT)
            above: Entry | None = None
            for entry in reversed(store.entries_between(self._desk.truth, start, end)):
                same, above = _is_one_deed(entry, above), entry
                if same or (only and entry.u != only) or not self._shows(entry):
                    continue
                if deeds is not None and entry.a not in deeds:
                    continue
                found.append(
                    Line(
                        number=entry.n,
                        at=parse_stamp(entry.t),
                        uid=entry.u,
                        who=self._name(entry.u),
                        deed=entry.a,
                        words=sentence(entry.a, entry.x),
                    )
                )
                if len(found) == PAGE:
                    break
            end = start + 1
        return tuple(found)

    def staff(self) -> Sequence[tuple[str, str]]:
        """Who may be chosen in the filter, as (uid, name)."""
        return [(card.uid, card.name) for card in self._desk.all_staff()] if self.sees_all else []

    def _shows(self, entry: Entry) -> bool:
        """What chaplains do with pastoral records is in nobody else's list, not even as a count (domain.md 3).

        Letters that pass the line of command by are in the lists of their authors and readers (domain.md 4.2, the row
        of ill-treatment). The chain itself holds every entry.
        """
        hidden = entry.c == PASTORAL or family_of(entry.c) == OWN or entry.a == LETTER
        return not hidden or entry.u == self._desk.uid or self._desk.holds(entry.c)

    def _name(self, uid: str) -> str:
        try:
            return self._desk.staff(uid).name
        except RehabDeskError:
            return tr("Unknown")


def _is_one_deed(entry: Entry, above: Entry | None) -> bool:
    """A deed that wrote several records is many entries of one moment and one line.

    What wrote none (something was read, refused, printed, copied out) has a line each time.
    """
    if above is None or not entry.v or not above.v:
        return False
    return (entry.t, entry.m, entry.u, entry.a) == (above.t, above.m, above.u, above.a)
