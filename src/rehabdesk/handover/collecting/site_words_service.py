"""The words that packets are looked through for: those of the program, and the site's own (domain.md 5.3, 10.5).

The program's words always count. The administrator adds to them; a list is never changed, only followed by another.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from rehabdesk.access.model import Role
from rehabdesk.access.service import Desk
from rehabdesk.core import resources
from rehabdesk.core.errors import RehabDeskError, UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.payload import to_payload
from rehabdesk.db.projection import HOUSE, NewRecord
from rehabdesk.handover.collecting import site_words_store as store
from rehabdesk.handover.collecting.site_words_model import LANGUAGES, SiteWords, forms_of, read_words, same_words

PAYLOAD_VERSION = 1
MAY_EDIT = frozenset({Role.ADM})
FILE = "words/content_check.toml"
MOST_CHANGES = 20
"""Changes that are shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A list that was kept: by whom, when, which words came and which went."""

    who: str
    at: datetime
    added: tuple[str, ...]
    removed: tuple[str, ...]


class CheckWords:
    """The words of one unlocked desk. Everybody may read them: they say nothing about anybody."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    @property
    def may_edit(self) -> bool:
        return self._desk.role in MAY_EDIT

    @property
    def own(self) -> SiteWords:
        """What the site added."""
        kept = store.lists(self._desk.index(HOUSE), 1)
        return kept[0][0] if kept else SiteWords()

    @property
    def supplied(self) -> SiteWords:
        """What comes with the program."""
        return SiteWords(**{language: listed("check", language) for language in LANGUAGES})

    @property
    def others(self) -> tuple[str, ...]:
        """The site's own words, and the other forms of all words: what depends on the day and on the program."""
        own = self.own.all
        return (*own, *(form for word in own for form in forms_of(word)), *_supplied_forms())

    def changes(self) -> tuple[Change, ...]:
        """The last changes, the newest first."""
        kept = store.lists(self._desk.index(HOUSE), MOST_CHANGES + 1)
        found = []
        for place, (words, uid, at) in enumerate(kept[:MOST_CHANGES]):
            before = set(kept[place + 1][0].all) if place + 1 < len(kept) else set()
            now = set(words.all)
            added = tuple(word for word in words.all if word not in before)
            removed = tuple(sorted(before - now))
            found.append(Change(who=self._name(uid), at=at, added=added, removed=removed))
        return tuple(found)

    def keep(self, typed: Mapping[str, str]) -> int:
        """Takes the lists as they were typed or pasted, by language; gives how many words were known already.

        UserError with the language as its field.
        """
        read = {
            language: read_words(typed.get(language, ""), language, listed("check", language)) for language in LANGUAGES
        }
        words = SiteWords(**{language: each.words for language, each in read.items()})
        if same_words(words, self.own):
            raise UserError(tr("Nothing is new in these lists. Add a word, or take one out."), field=LANGUAGES[0])
        self.put_back(words)
        return sum(each.known for each in read.values())

    def put_back(self, words: SiteWords) -> None:
        """Another list, as a new record; for undo the one before."""
        if not self.may_edit:
            raise UserError(tr("Only the administrator keeps the words that packets are checked for."))
        record = NewRecord(comp=HOUSE, kind=store.WORDS, pv=PAYLOAD_VERSION, person=None, payload=to_payload(words))
        self._desk.commit("content_check_words", [record])

    def _name(self, uid: str) -> str:
        try:
            return self._desk.staff(uid).name
        except RehabDeskError:
            return tr("Unknown")


@cache
def listed(table: str, language: str) -> tuple[str, ...]:
    """The program's words of a kind (`check`, `association`) in a language."""
    return tuple(resources.read_toml(FILE)[table][language])


def all_listed(table: str) -> tuple[str, ...]:
    """As `listed`, of all languages: a packet in one may hold a text in another."""
    return tuple(word for language in LANGUAGES for word in listed(table, language))


@cache
def _supplied_forms() -> tuple[str, ...]:
    return tuple(form for word in all_listed("check") for form in forms_of(word))
