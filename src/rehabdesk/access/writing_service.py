"""A login's help with writing, kept encrypted as an own row: nobody else reads it, and it is outside the chain."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace

from rehabdesk.access.service import Desk
from rehabdesk.access.writing_model import CHECKED, Habits, Snippet, parse_snippets
from rehabdesk.core import resources
from rehabdesk.core.errors import FormatError, UserError
from rehabdesk.core.i18n import language, tr
from rehabdesk.core.payload import from_payload, to_payload
from rehabdesk.core.terms import name_form

WRITING = "writing"
"""Name of the own row."""
SUPPLIED = "snippets/neutral.toml"


class Writing:
    """What this login chose, its own words and snippets. Each deed writes the row and gives what holds now."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.habits = self._kept()
        self.supplied: Sequence[Snippet] = parse_snippets(resources.read_text(SUPPLIED), SUPPLIED)

    def check(self, languages: Sequence[str]) -> Habits:
        """Checks these languages, the one mostly written in first; none: nothing."""
        return self._keep(replace(self.habits, languages=tuple(languages)))

    def keep_word(self, word: str) -> Habits:
        """The word is right from now on."""
        return self._keep(self.habits.with_word(word))

    def drop_word(self, word: str) -> Habits:
        return self._keep(self.habits.without_word(word))

    def keep_snippet(self, word: str, text: str, *, instead_of: str = "") -> Habits:
        """A new snippet, or a changed one. UserError names the field."""
        return self._keep(self.habits.with_snippet(Snippet(word=word.strip(), text=text), instead_of=instead_of))

    def drop_snippet(self, word: str) -> Habits:
        return self._keep(self.habits.without_snippet(word))

    def restore(self, habits: Habits) -> Habits:
        """What held before: for undo."""
        return self._keep(habits)

    def snippets(self) -> Mapping[str, str]:
        """Text by folded short word; the login's own come before those that came with the program."""
        found = {name_form(each.word): tr(each.text) for each in self.supplied}
        return found | {name_form(each.word): each.text for each in self.habits.snippets}

    def _keep(self, habits: Habits) -> Habits:
        self._desk.keep_secret(WRITING, json.dumps(to_payload(habits)).encode("ascii"))
        self.habits = habits
        return habits

    def _kept(self) -> Habits:
        """What was kept; what is not of a form that this version knows counts as nothing kept."""
        kept = self._desk.secret(WRITING)
        try:
            if kept is not None:
                return from_payload(Habits, json.loads(kept))
        except (ValueError, FormatError, UserError):
            pass  # written by a newer version
        first = language() if language() in CHECKED else CHECKED[0]
        return Habits(languages=(first, *(code for code in CHECKED if code != first)))
