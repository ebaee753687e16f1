"""What a person keeps for writing: languages that are checked, own words, snippets."""

from dataclasses import dataclass, replace

from rehabdesk.core.declared import read_declared
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.terms import name_form
from rehabdesk.core.text import require_text

CHECKED = ("en", "fr", "ar")
LONGEST_WORD = 20
LONGEST_TEXT = 2_000
MOST_SNIPPETS = 200
MOST_WORDS = 5_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Snippet:
    """`;` and `word` in a text become `text`. `code` names a snippet that comes with the program."""

    word: str
    text: str
    code: str = ""

    def __post_init__(self) -> None:
        require_text(self.word, field="word", label=tr("Short word"), longest=LONGEST_WORD)
        if not self.word.isalnum():
            raise UserError(tr("A short word has letters and digits only, without blanks."), field="word")
        require_text(self.text, field="text", label=tr("Text"), longest=LONGEST_TEXT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Habits:
    """One login's help with writing. `languages`: those checked, the one mostly written in first; none: it is off."""

    languages: tuple[str, ...] = CHECKED
    words: tuple[str, ...] = ()
    snippets: tuple[Snippet, ...] = ()

    def __post_init__(self) -> None:
        if set(self.languages) - set(CHECKED) or len(set(self.languages)) != len(self.languages):
            raise UserError(tr("Choose among the languages that can be checked."), field="languages")
        if len(self.snippets) > MOST_SNIPPETS:
            raise UserError(tr("You have 200 snippets. Delete one first."), field="word")
        if len(self.words) > MOST_WORDS:
            raise UserError(tr("Your list of words is full. Delete one first."), field="word")

    def with_word(self, word: str) -> "Habits":
        """With one more of the person's own words, sorted."""
        clean = require_text(word, field="word", label=tr("Word"), longest=60)
        return replace(self, words=tuple(sorted({*self.words, clean}, key=name_form)))

    def without_word(self, word: str) -> "Habits":
        return replace(self, words=tuple(each for each in self.words if each != word))

    def with_snippet(self, snippet: Snippet, *, instead_of: str = "") -> "Habits":
        """With a new snippet, or with a changed one in place of that of the word `instead_of`."""
        clean = replace(snippet, word=snippet.word.strip(), text=snippet.text.strip())
        others = [each for each in self.snippets if each.word != instead_of]
        if any(name_form(each.word) == name_form(clean.word) for each in others):
            raise UserError(tr("You have a snippet of that word already. Take another word."), field="word")
        return replace(self, snippets=tuple(sorted((*others, clean), key=lambda each: name_form(each.word))))

    def without_snippet(self, word: str) -> "Habits":
        return replace(self, snippets=tuple(each for each in self.snippets if each.word != word))


def parse_snippets(text: str, file: str) -> tuple[Snippet, ...]:
    """The snippets that a TOML text declares. DeclarationError names file, line and key of a mistake."""
    table = read_declared(text, file)
    found: dict[str, Snippet] = {}
    for item in table.tables("snippet"):
        one = Snippet(
            code=item.text("code", pattern=r"[a-z][a-z0-9_]*"),
            word=item.text("word", longest=LONGEST_WORD, pattern=r"\w+"),
            text=item.text("text", longest=LONGEST_TEXT),
        )
        item.finish()
        if name_form(one.word) in found:
            raise item.wrong("word", f"{one.word!r} stands twice")
        found[name_form(one.word)] = one
    table.finish()
    return tuple(found.values())
