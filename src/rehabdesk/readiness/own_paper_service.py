"""What the person keeps of a release on paper: the own list and the cards of conditions, logged before they leave."""

from collections.abc import Callable, Mapping
from functools import cache
from types import MappingProxyType

from rehabdesk.access.model import Role
from rehabdesk.access.service import Desk
from rehabdesk.core import resources
from rehabdesk.core.clock import local_day
from rehabdesk.core.declared import read_declared
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import LANGUAGES, speaking, tr
from rehabdesk.core.languages import languages
from rehabdesk.db.projection import TEAM
from rehabdesk.people.own_copy_service import own_copy_of
from rehabdesk.people.service import People
from rehabdesk.readiness.card_pdf import card_pages
from rehabdesk.readiness.condition_model import Condition
from rehabdesk.readiness.own_list_model import OwnWords, own_list
from rehabdesk.readiness.own_list_pdf import OwnListPaper, own_list_pages
from rehabdesk.readiness.service import Releases

OWN_LIST = "checklists/own-list.toml"
MAY_PRINT = frozenset({Role.CO, Role.SUP})
"""Who is shown every item: other roles would hand out a list with holes."""
LIST_DEEDS = {"print": "print_own_list", "save_pages": "save_own_list"}
CARD_DEEDS = {"print": "print_cards", "save_pages": "save_cards"}
"""By the way in which pages leave."""


@cache
def load_own_words() -> Mapping[str, OwnWords]:
    """The items in the person's words, by code. DeclarationError names file, line and key of a mistake."""
    table, found = read_declared(resources.read_text(OWN_LIST), OWN_LIST), dict[str, OwnWords]()
    table.text("code")
    table.text("title")
    for one in table.tables("items"):
        code = one.text("code")
        if code in found:
            raise one.wrong("code", f"{code!r} stands here twice")
        found[code] = OwnWords(text=one.text("text"), can_do=one.optional_text("help"))
        one.finish()
    table.finish()
    return MappingProxyType(found)


class OwnPapers:
    """Lists and cards for the person on one unlocked desk."""

    def __init__(self, desk: Desk, people: People, releases: Releases) -> None:
        self._desk, self._people, self._releases = desk, people, releases
        self._words = load_own_words()

    @property
    def may_print(self) -> bool:
        return self._desk.role in MAY_PRINT

    def list_paper(self, person_id: str, language: str) -> Callable[[], bytes]:
        """What makes the pages of the list, slow, for a job. UserError where this login may not read it."""
        self._require(person_id, language)
        readiness = self._releases.of_person(person_id)
        copy, paper = own_copy_of(self._desk, self._people, person_id), None
        if readiness is not None:
            checklist = readiness.checklist
            paper = OwnListPaper(
                anchor=checklist.anchor,
                lines=own_list(readiness.items, self._words),
                ended=checklist.ended is not None,
            )
        return _in_language(language, lambda: own_list_pages(paper, copy))

    def cards(self, person_id: str, language: str) -> Callable[[], bytes]:
        """As `list_paper`, for a card of each condition that has not ended."""
        self._require(person_id, language)
        copy = own_copy_of(self._desk, self._people, person_id)
        conditions = [condition for _, condition in self._running(person_id)]
        categories = {each.code: each.text for each in self._releases.conditions.categories}
        return _in_language(language, lambda: card_pages(conditions, categories, languages(), copy))

    def list_leaves(self, how: str, person_id: str) -> None:
        """Logs that the list leaves, by one of the ways of `LIST_DEEDS`, before it does."""
        readiness = self._releases.of_person(person_id)
        self._log(LIST_DEEDS, how, "" if readiness is None else readiness.rid)

    def cards_leave(self, how: str, person_id: str) -> None:
        """As `list_leaves`, for the cards; the entry names the first of them."""
        self._log(CARD_DEEDS, how, next((rid for rid, _ in self._running(person_id)), ""))

    # inside

    def _running(self, person_id: str) -> list[tuple[str, Condition]]:
        today = local_day(self._desk.clock)
        held = self._releases.conditions.of_person(person_id)
        return [
            (each.rid, each.condition) for each in held if each.condition.end is None or each.condition.end >= today
        ]

    def _require(self, person_id: str, language: str) -> None:
        if not self.may_print:
            raise UserError(tr("Your role does not print lists and cards."))
        self._people.caseload.require(person_id)
        if language not in LANGUAGES:
            raise UserError(tr("Choose English, French or Arabic for the sheet."), field="language")

    def _log(self, deeds: Mapping[str, str], how: str, rid: str) -> None:
        if how not in deeds:
            raise ValueError(f"pages do not leave by {how}")
        if not self.may_print:
            raise UserError(tr("Your role does not print lists and cards."))
        self._desk.log(deeds[how], comp=TEAM, rid=rid)


def _in_language(language: str, make: Callable[[], bytes]) -> Callable[[], bytes]:
    def spoken() -> bytes:
        with speaking(language, resources.path("i18n")):
            return make()

    return spoken
