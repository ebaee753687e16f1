"""Choice lists (domain.md 12): stable codes and translatable texts from resources/lists/*.toml."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from rehabdesk.core import resources
from rehabdesk.core.declared import Table, read_declared
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr

OTHER = "other"
CODE_PATTERN = r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One answer of a list. `group` sorts long lists; a retired choice is still read but no longer offered."""

    code: str
    text: str
    group: str = ""
    retired: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceList:
    """A list by its stable code, for example `A12`."""

    code: str
    title: str
    choices: tuple[Choice, ...]

    def text(self, code: str) -> str:
        """The text of a choice, in the reader's language. UserError for an unknown code."""
        return tr(self.require(code).text)

    def require(self, code: str, field: str | None = None) -> Choice:
        """The choice with this code, retired ones too. UserError, naming `field`, if there is none."""
        for choice in self.choices:
            if choice.code == code:
                return choice
        raise UserError(tr("Choose one of the answers of the list: {list}.").format(list=tr(self.title)), field=field)

    @property
    def offered(self) -> tuple[Choice, ...]:
        return tuple(choice for choice in self.choices if not choice.retired)


def parse_choice_list(text: str, file: str) -> ChoiceList:
    """The list that a TOML text declares. DeclarationError names file, line and key of a mistake."""
    table = read_declared(text, file)
    code, title = table.text("code", pattern=CODE_PATTERN), table.text("title")
    choices: dict[str, Choice] = {}
    for item in table.tables("choices"):
        choice = _choice(item)
        if choice.code in choices:
            raise item.wrong("code", f"{choice.code!r} stands twice")
        choices[choice.code] = choice
    table.finish()
    if not choices:
        raise table.wrong("choices", "the list is empty")
    return ChoiceList(code=code, title=title, choices=tuple(choices.values()))


@cache
def load_choice_lists() -> Mapping[str, ChoiceList]:
    """All lists that come with the program, by their code; read once in a process."""
    found: dict[str, ChoiceList] = {}
    for file in resources.names("lists", ".toml"):
        one = parse_choice_list(resources.read_text(file), file)
        if one.code in found:
            raise ValueError(f"{file}, line 1, code: the list {one.code} is declared twice")
        found[one.code] = one
    return MappingProxyType(found)


def _choice(item: Table) -> Choice:
    choice = Choice(
        code=item.text("code", pattern=CODE_PATTERN),
        text=item.text("text"),
        group=item.optional_text("group"),
        retired=item.flag("retired"),
    )
    item.finish()
    return choice
