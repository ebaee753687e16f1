"""The check before a seal (domain.md 10.5): places that a person must look at. It never blocks silently or deletes."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass
from enum import StrEnum

from rehabdesk.core.canon import sha256_hex
from rehabdesk.core.terms import Terms
from rehabdesk.core.text import fold
from rehabdesk.handover.packet_model import Handover

_SHORTEST_NAME = 3
_AROUND = 40
_PHONE = re.compile(r"(?<![0-9])\+?[0-9](?:[ ().-]?[0-9]){6,14}(?![0-9])")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}|(?<![0-9])[0-9]{1,2}([-/.])[0-9]{1,2}\1[0-9]{4}(?![0-9])")


class HitKind(StrEnum):
    """What made somebody look."""

    OTHER_PERSON = "other_person"
    PHONE = "phone"
    LISTED_WORD = "listed_word"
    UNSIGNED_TEXT = "unsigned_text"
    LEVEL = "level"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One place. `where` is the path in the packet (`S5.goals.1.wording`), `around` some words left and right of it."""

    kind: HitKind
    where: str
    found: str
    around: str

    @property
    def id(self) -> str:
        """The same place with the same words has the same id, so that a tick outlives a second look."""
        return sha256_hex(f"{self.kind}\n{self.where}\n{self.found}\n{self.around}".encode())[:16]


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckList:
    """What to look for: names of other people in the desk, the site's words, paths of texts that nobody signed."""

    other_names: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    unsigned: tuple[str, ...] = ()
    wrong_level: tuple[str, ...] = ()


def check_content(packet: Handover, looked_for: CheckList) -> tuple[Hit, ...]:
    """Every hit in the sections of `packet`, in the order of the pages. Phone fields are no hits, phone numbers in
    running text are.
    """
    names, words = _terms(looked_for.other_names), _terms(looked_for.words)
    hits: list[Hit] = []
    for where, text, is_free_text in _texts(packet.sections, ""):
        searched = fold(text).casefold()
        for kind, terms in ((HitKind.OTHER_PERSON, names), (HitKind.LISTED_WORD, words)):
            hits.extend(_term_hits(kind, where, searched, terms))
        if is_free_text:
            phones = _PHONE.findall(_DATE.sub("", text))
            hits.extend(Hit(kind=HitKind.PHONE, where=where, found=each, around=text[:_AROUND]) for each in phones)
        for kind, paths in ((HitKind.UNSIGNED_TEXT, looked_for.unsigned), (HitKind.LEVEL, looked_for.wrong_level)):
            if where in paths:
                hits.append(Hit(kind=kind, where=where, found=where, around=text[:_AROUND]))
    return tuple(hits)


def unticked(hits: Sequence[Hit], ticked: Iterable[str]) -> tuple[Hit, ...]:
    """The hits that nobody has ticked yet."""
    seen = set(ticked)
    return tuple(hit for hit in hits if hit.id not in seen)


def _terms(listed: Iterable[str]) -> Terms[str]:
    terms: Terms[str] = Terms()
    for term in listed:
        if len(term.strip()) >= _SHORTEST_NAME:
            terms.add(term, term)
    return terms


def _term_hits(kind: HitKind, where: str, text: str, terms: Terms[str]) -> Iterator[Hit]:
    for place in terms.places(text):
        around = text[max(0, place.start - _AROUND) : place.end + _AROUND]
        yield Hit(kind=kind, where=where, found=text[place.start : place.end], around=around)


def _texts(node: object, where: str) -> Iterator[tuple[str, str, bool]]:
    """Path, text, and whether the text is free (a `text` field) rather than a name, code or number."""
    if isinstance(node, str):
        yield where, str(node), where.rsplit(".", 1)[-1] == "text"
    elif isinstance(node, tuple):
        for place, part in enumerate(node, start=1):
            yield from _texts(part, f"{where}.{place}")
    elif is_dataclass(node):
        for field in fields(node):
            yield from _texts(getattr(node, field.name), f"{where}.{field.name}".lstrip("."))
