"""Words of records as they go into a packet: each with the language in which it seems to be written."""

from dataclasses import fields, is_dataclass, replace
from typing import TypeVar, cast

from rehabdesk.handover.content.language_model import language_of
from rehabdesk.handover.content.sections_model import Text


def text(words: str, language: str) -> Text:
    """`language` where the words do not tell theirs; `und` is one too."""
    return Text(text=words, lang=language_of(words, language))


def optional_text(words: str, language: str) -> Text | None:
    return text(words, language) if words.strip() else None


def list_of(words: str, language: str) -> tuple[Text, ...]:
    """One entry a line, as they were typed."""
    return tuple(text(line.strip(), language) for line in words.splitlines() if line.strip())


T = TypeVar("T")


def without_tabs(thing: T) -> T:
    """A section with a space for every tab: the desk holds tabs, which come with pasted tables, and a packet none."""
    if isinstance(thing, str):
        return cast("T", thing.replace("\t", " ")) if "\t" in thing else thing
    if isinstance(thing, tuple):
        return cast("T", tuple(without_tabs(part) for part in thing))
    if not is_dataclass(thing) or isinstance(thing, type):
        return thing
    return replace(thing, **{field.name: without_tabs(getattr(thing, field.name)) for field in fields(thing)})
