"""Whether a packet about somebody of a random caseload holds what it may, all of it, and nothing else.

Each check gives a line for each fault, so that one run tells of all of them.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import fields, is_dataclass

from rehabdesk.handover.collecting.content_check_model import Hit, HitKind
from rehabdesk.handover.content.binding_wire import content_problems
from rehabdesk.handover.content.packet_model import Handover
from rehabdesk.handover.wire import encode
from tests.handover.caseload.marks import holds, squeezed, wrong
from tests.handover.caseload.notes import LEADER, OTHERS, TO_LEADER
from tests.handover.caseload.reading import everything_in
from tests.handover.caseload.whole import Caseload, Choice

IN_COPY = ("S1", "S2", "S3", "S4", "S6", "S13")
"""Sections of which the person's own copy is made (domain.md 10.2)."""
SURE_IN_COPY = ("own page", "answer to the plan", "strength of the plan", "plain text of a condition")


def sections_of(made: Handover, choice: Choice) -> set[str]:
    """What the packet has, as the marks call it."""
    found = set(made.sections.present())
    if "S11" in found:
        found.add(TO_LEADER if choice.typed.recipient == LEADER else OTHERS)
    return found


def faults_in(
    texts: Mapping[str, str], made: Handover, caseload: Caseload, choice: Choice, *, whole: Collection[str] = ()
) -> Iterator[str]:
    """`texts`: everything that can be read in a paper of this packet; `whole`: those of them that hold all of it."""
    yield from wrong(
        caseload.marks, texts, choice.person.label, sections_of(made, choice), whole=whole, named=choice.named
    )


def faults_of_content(made: Handover, hits: Collection[Hit], caseload: Caseload, choice: Choice) -> Iterator[str]:
    """In the JSON, and whether each name of somebody else is a place that its author must look at."""
    yield from faults_in({"json": encode(made).decode("utf-8")}, made, caseload, choice, whole=("json",))
    yield from content_problems(made)
    by_choice = set(choice.person.agreed if made.sections.S9 is not None else ())
    if made.sections.S11 is not None:
        by_choice |= set(choice.person.agreed)
    names = {name for one in caseload.persons if one is not choice.person for name in one.names}
    names |= set(choice.person.circle) - by_choice
    names |= {name for one in caseload.persons for name in one.circle if one is not choice.person and " " in name}
    found = [hit.found for hit in hits if hit.kind is HitKind.OTHER_PERSON]
    for text in texts_of(made.sections):
        for name in names:
            if holds(squeezed(text), name) and not any(_same(each, name) for each in found):
                yield f"{name} of somebody else is in the packet, and nobody is asked to look"


def _same(one: str, other: str) -> bool:
    """Whether one name is a part of the other."""
    return squeezed(one) in squeezed(other) or squeezed(other) in squeezed(one)


def texts_of(thing: object) -> Iterator[str]:
    if isinstance(thing, str):
        yield str(thing)
    elif isinstance(thing, tuple):
        for each in thing:
            yield from texts_of(each)
    elif is_dataclass(thing):
        for each in fields(thing):
            yield from texts_of(getattr(thing, each.name))


def faults_of_pages(pdf: bytes, made: Handover, caseload: Caseload, choice: Choice) -> Iterator[str]:
    """In everything of the file; pages, attachment and what lies inside hold all that the packet has."""
    texts = everything_in(pdf)
    assert {"pages", "attachment handover.json"} <= set(texts)
    assert "rehabdesk-handover" in texts["inside"], "the file was opened"
    assert made.packet.number in texts["description"]
    yield from faults_in(texts, made, caseload, choice, whole=("pages", "attachment handover.json", "inside"))


def faults_of_own_copy(pages: bytes, made: Handover, caseload: Caseload, choice: Choice) -> Iterator[str]:
    """In the person's own copy, which bears the display name and has no section of staff's alone."""
    texts = everything_in(pages)
    sections = sections_of(made, choice) & set(IN_COPY)
    person = choice.person.label
    own = [mark.word for mark in caseload.marks if mark.person == person and mark.kind == "display name"]
    named = (*choice.named, *own)
    yield from wrong(caseload.marks, texts, person, sections, named=named)
    sure = [mark for mark in caseload.marks if mark.kind in SURE_IN_COPY]
    yield from wrong(sure, texts, person, sections, whole=("pages",), named=named)


def faults_of_annex(pdf: bytes, words: str, caseload: Caseload, choice: Choice) -> Iterator[str]:
    """In the clinical annex, which holds what was written for it, `words` to the marks, and nothing else."""
    texts = everything_in(pdf)
    yield from wrong(caseload.marks, texts, choice.person.label, (words,), whole=("pages", "attachment annex.json"))
