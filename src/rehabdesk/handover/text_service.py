"""Words of records as they go into a packet: each with the language in which it seems to be written."""

from rehabdesk.handover.language_model import language_of
from rehabdesk.handover.sections_model import Text


def text(words: str, language: str) -> Text:
    """`language` where the words do not tell theirs; `und` is one too."""
    return Text(text=words, lang=language_of(words, language))


def optional_text(words: str, language: str) -> Text | None:
    return text(words, language) if words.strip() else None


def list_of(words: str, language: str) -> tuple[Text, ...]:
    """One entry a line, as they were typed."""
    return tuple(text(line.strip(), language) for line in words.splitlines() if line.strip())
