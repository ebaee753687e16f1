"""The check before a seal (domain.md 10.5): places that a person must look at. It never blocks silently or deletes."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass
from enum import StrEnum

from rehabdesk.core.canon import sha256_hex
from rehabdesk.core.terms import Terms, pieces
from rehabdesk.core.text import fold
from rehabdesk.handover.content.packet_model import Handover

_SHORTEST_NAME = 3
_AROUND = 40
_PHONE = re.compile(r"(?<![0-9])\+?[0-9](?:[\s()./\u2010\u2011\u2013-]{0,3}[0-9]){6,14}(?![0-9])")
_DATE = re.compile(
    r"(?<![0-9])[0-9]{4}([-/.])[0-9]{1,2}\1[0-9]{1,2}(?![0-9])|(?<![0-9])[0-9]{1,2}([-/.])[0-9]{1,2}\2[0-9]{4}(?![0-9])"
)
_RUN = 6
"""As many words in a row are no accident: the text was taken from there."""
_NAMED_BY_CHOICE = re.compile(r"S1\.names\.|S9\.contacts\.[0-9]+\.name$|S11\.faith_contact\.name$")
"""The person's own names, and those who agreed to stand in the packet."""


class HitKind(StrEnum):
    """What made somebody look."""

    OTHER_PERSON = "other_person"
    PHONE = "phone"
    LISTED_WORD = "listed_word"
    UNSIGNED_TEXT = "unsigned_text"
    LEVEL = "level"
    ASSOCIATION = "association"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One place. `where` is the path in the packet (`S5.goals.1.wording`), `around` some words left and right of it.

    `more_before`, `more_after`: whether the text goes on there.
    """

    kind: HitKind
    where: str
    found: str
    around: str
    more_before: bool = False
    more_after: bool = False

    @property
    def id(self) -> str:
        """The same place with the same words has the same id, so that a tick outlives a second look."""
        return sha256_hex(f"{self.kind}\n{self.where}\n{self.found}\n{self.around}".encode())[:16]

    @property
    def stops(self) -> bool:
        """Whether it cannot be ticked away: what calls a child a member of something (G27)."""
        return self.kind is HitKind.ASSOCIATION


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckList:
    """What to look for: names of others, listed words, texts that nobody signed or that stay inside.

    `other_words`: the site's own and other forms of words; where one of them lies on one of `words`, that is the hit.

    `names_in`: where a text names somebody else, as (from, to). `inside`: texts of a level that is in no packet.
    `association`: words that are a stop in a child's packet, empty for an adult.
    """

    other_names: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    other_words: tuple[str, ...] = ()
    unsigned: tuple[str, ...] = ()
    wrong_level: tuple[str, ...] = ()
    names_in: Callable[[str], Iterable[tuple[int, int]]] | None = None
    inside: tuple[str, ...] = ()
    association: tuple[str, ...] = ()


def check_content(packet: Handover, looked_for: CheckList) -> tuple[Hit, ...]:
    """Every hit in the sections of `packet`, in the order of the pages. Phone fields are no hits, phone numbers in
    running text are.
    """
    names, words, others = (_terms(each) for each in (looked_for.other_names, looked_for.words, looked_for.other_words))
    stops, inside = _terms(looked_for.association), _runs(looked_for.inside)
    hits: list[Hit] = []
    head = packet.packet
    typed = (*_texts(head.purpose, "purpose"), *_texts(head.legal_basis.cite or "", "cite"), *_roles(packet))
    for where, text, is_phone in (*typed, *_texts(packet.sections, "")):
        if not _NAMED_BY_CHOICE.match(where):
            hits.extend(_term_hits(HitKind.OTHER_PERSON, where, text, names))
            if looked_for.names_in is not None:
                hits.extend(
                    _hit(HitKind.OTHER_PERSON, where, text, start, end) for start, end in looked_for.names_in(text)
                )
        hits.extend(_listed_hits(where, fold(text), words, others))
        hits.extend(_term_hits(HitKind.ASSOCIATION, where, fold(text), stops))
        if not is_phone:
            phones = _PHONE.findall(_DATE.sub("", fold(text)))
            hits.extend(_at_start(HitKind.PHONE, where, text, found=each) for each in phones)
            hits.extend(_taken_from_inside(where, text, inside))
        for kind, paths in ((HitKind.UNSIGNED_TEXT, looked_for.unsigned), (HitKind.LEVEL, looked_for.wrong_level)):
            if where in paths:
                hits.append(_at_start(kind, where, text, found=where))
    return tuple(hits)


def unticked(hits: Sequence[Hit], ticked: Iterable[str]) -> tuple[Hit, ...]:
    """The hits that nobody has ticked yet."""
    seen = set(ticked)
    return tuple(hit for hit in hits if hit.stops or hit.id not in seen)


def _terms(listed: Iterable[str]) -> Terms[str]:
    terms: Terms[str] = Terms()
    for term in listed:
        if len(term.strip()) >= _SHORTEST_NAME:
            terms.add(term, term)
    return terms


def _term_hits(kind: HitKind, where: str, text: str, terms: Terms[str]) -> Iterator[Hit]:
    for place in terms.places(text):
        yield _hit(kind, where, text, place.start, place.end)


def _listed_hits(where: str, text: str, words: Terms[str], others: Terms[str]) -> Iterator[Hit]:
    """A hit on the program's own word stays the same whatever the site adds: a seal asks for its tick again."""
    places = [(each.start, each.end) for each in words.places(text)]
    places += [
        (each.start, each.end)
        for each in others.places(text)
        if not any(each.start < end and start < each.end for start, end in places)
    ]
    for start, end in sorted(places):
        yield _hit(HitKind.LISTED_WORD, where, text, start, end)


def _hit(kind: HitKind, where: str, text: str, start: int, end: int) -> Hit:
    first, last = max(0, start - _AROUND), end + _AROUND
    return Hit(
        kind=kind,
        where=where,
        found=text[start:end],
        around=text[first:last],
        more_before=first > 0,
        more_after=last < len(text),
    )


def _at_start(kind: HitKind, where: str, text: str, *, found: str, length: int = _AROUND) -> Hit:
    """With the first `length` signs of the text."""
    return Hit(kind=kind, where=where, found=found, around=text[:length], more_after=length < len(text))


def _runs(texts: Iterable[str]) -> frozenset[tuple[str, ...]]:
    """Every run of some words in the texts."""
    found: set[tuple[str, ...]] = set()
    for text in texts:
        words = pieces(text)
        found.update(words[place : place + _RUN] for place in range(len(words) - _RUN + 1))
    return frozenset(found)


def _taken_from_inside(where: str, text: str, inside: frozenset[tuple[str, ...]]) -> Iterator[Hit]:
    """One hit for a text that repeats something which is of no packet's level."""
    words = pieces(text) if inside else ()
    for place in range(len(words) - _RUN + 1):
        run = words[place : place + _RUN]
        if run in inside:
            yield _at_start(HitKind.LEVEL, where, text, found=" ".join(run), length=2 * _AROUND)
            return


def _roles(packet: Handover) -> Iterator[tuple[str, str, bool]]:
    """The roles of those who receive it, but for those that stand among the contacts too."""
    said = {each.role for each in packet.sections.S13.contacts} if packet.sections.S13 is not None else set()
    for role in dict.fromkeys(each.role for each in packet.to.recipients if each.role not in said):
        yield from _texts(role, "role")


def _texts(node: object, where: str) -> Iterator[tuple[str, str, bool]]:
    """Path, text, and whether the field is one for a telephone number, where such a number is no hit."""
    if isinstance(node, str):
        yield where, str(node), where.rsplit(".", 1)[-1] == "phone"
    elif isinstance(node, tuple):
        for place, part in enumerate(node, start=1):
            yield from _texts(part, f"{where}.{place}")
    elif is_dataclass(node):
        for field in fields(node):
            yield from _texts(getattr(node, field.name), f"{where}.{field.name}".lstrip("."))


def named_by_choice(packet: Handover) -> frozenset[str]:
    """People around the person who stand in the packet because they and the author want it."""
    family, pastoral = packet.sections.S9, packet.sections.S11
    names = [] if family is None else [each.name for each in family.contacts]
    if pastoral is not None and pastoral.faith_contact is not None:
        names.append(pastoral.faith_contact.name)
    return frozenset(names)


def named_in_fields(packet: Handover) -> frozenset[str]:
    """Whom the author named in fields for names: who receives it, and who is called."""
    names = {each.name for each in packet.to.recipients}
    helps, back = packet.sections.S6, packet.sections.S13
    if helps is not None:
        names |= {each.name for each in helps.crisis.contacts}
    if back is not None:
        names |= {back.link_worker.name, *(each.name for each in back.contacts)}
    return frozenset(names)
