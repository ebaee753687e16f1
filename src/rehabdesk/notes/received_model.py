"""What came from outside and was accepted: words of another house, as they came, with the packet that brought them.

They are no note: nobody here signed what they say, and no word on progress here changes by them (domain.md 11.1).
"""

from dataclasses import dataclass
from datetime import date

from rehabdesk.core.i18n import tr
from rehabdesk.core.text import require_text


@dataclass(frozen=True, slots=True, kw_only=True)
class OutsideLine:
    """One thing that is said. `caption` names it, `lang` is the language in which it was written, where that is known.

    `own`: the person's own words.
    """

    words: str
    caption: str = ""
    lang: str = ""
    own: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    """One accepted item. `number` is that of the packet, `site` the name under which its sender is trusted here.

    `received` and `item` lead back to where it was accepted; `section` is the packet's, `issued` its day.
    """

    number: str
    site: str
    issued: date
    section: str
    title: str
    lines: tuple[OutsideLine, ...]
    received: str
    item: str

    def __post_init__(self) -> None:
        require_text(self.title, field="title", label=tr("Title"), longest=300)
        for line in self.lines:
            require_text(line.words, field="words", label=tr("Words"), longest=20_000, empty_allowed=True)

    def said(self) -> tuple[str, ...]:
        """Each thing that is said, behind its caption."""
        return tuple(f"{line.caption}: {line.words}" if line.caption else line.words for line in self.lines)

    def text(self) -> str:
        """All that is said, a line each."""
        return "\n".join(self.said())
