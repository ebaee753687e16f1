"""Minutes as they are typed while the meeting goes on: nothing needs to be complete. They become minutes when it is."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from rehabdesk.core.canon import Json, dump
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.payload import to_payload
from rehabdesk.plans.conferences.conference_model import Conference
from rehabdesk.plans.conferences.conference_parts_model import Act, Action, Item, KeptBack, Minutes

T = TypeVar("T")
OUTSIDE = "outside"
"""Chosen as owner of an action: somebody who is no login of this desk, named in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedAction:
    """`owner`: a login, OUTSIDE, or empty while nothing is chosen."""

    text: str = ""
    owner: str = ""
    owner_words: str = ""
    due: date | None = None

    @property
    def empty(self) -> bool:
        return not (self.text.strip() or self.owner or self.owner_words.strip() or self.due)


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedItem:
    what: str = ""
    owner_agency: str = ""
    act: str = ""
    to: str = ""

    @property
    def empty(self) -> bool:
        return not (self.what.strip() or self.owner_agency.strip() or self.to.strip())


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedKeptBack:
    what: str = ""
    agency: str = ""
    reason: str = ""
    asked_by: str = ""

    @property
    def empty(self) -> bool:
        return not (self.what.strip() or self.agency.strip() or self.reason or self.asked_by.strip())


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedMinutes:
    """`conference`: the record that they are about. `decisions`: one a line. `contributions`: by place of attendee.

    `begun_from`: the `stand` of the minutes that lay there when these were begun; where it is another one by now,
    somebody wrote newer ones.
    """

    conference: str = ""
    begun_from: str = ""
    summary: str = ""
    contributions: Mapping[str, str] = field(default_factory=dict)
    decisions: str = ""
    nothing_decided: bool = False
    actions: tuple[TypedAction, ...] = ()
    shared: tuple[TypedItem, ...] = ()
    kept_back: tuple[TypedKeptBack, ...] = ()
    nothing_kept_back: bool = False
    person_statement: str = ""


def stand(conference: Conference) -> str:
    """Tells the minutes that a conference has from all others; "" while it has none."""
    if conference.minutes is None:
        return ""
    brought: list[Json] = [each.contribution for each in conference.attendees]
    return hashlib.sha256(dump([to_payload(conference.minutes), brought])).hexdigest()[:16]


def typed_from(rid: str, conference: Conference) -> TypedMinutes:
    """To go on with the minutes that a conference has; empty ones where there are none."""
    minutes = conference.minutes
    if minutes is None:
        return TypedMinutes(conference=rid)
    contributions = {
        str(place): each.contribution for place, each in enumerate(conference.attendees) if each.contribution
    }
    return TypedMinutes(
        conference=rid,
        begun_from=stand(conference),
        summary=minutes.summary,
        contributions=contributions,
        decisions="\n".join(minutes.decisions),
        nothing_decided=minutes.nothing_decided,
        actions=tuple(
            TypedAction(text=each.text, owner=each.owner or OUTSIDE, owner_words=each.owner_words, due=each.due)
            for each in minutes.actions
        ),
        shared=tuple(
            TypedItem(what=each.what, owner_agency=each.owner_agency, act=each.act, to=each.to)
            for each in minutes.shared
        ),
        kept_back=tuple(
            TypedKeptBack(what=each.what, agency=each.agency, reason=each.reason, asked_by=each.asked_by)
            for each in minutes.kept_back
        ),
        nothing_kept_back=minutes.nothing_kept_back,
        person_statement=minutes.person_statement,
    )


def as_minutes(typed: TypedMinutes) -> Minutes:
    """UserError names what is missing; its field is one of Minutes, or of a line: `actions.2.due`, counted from 0."""
    decisions = tuple(line.strip() for line in typed.decisions.splitlines() if line.strip())
    actions = _lines("actions", typed.actions, _action)
    return Minutes(
        summary=typed.summary.strip(),
        decisions=decisions,
        nothing_decided=typed.nothing_decided,
        actions=actions,
        shared=_lines("shared", typed.shared, _item),
        kept_back=_lines("kept_back", typed.kept_back, _kept_back),
        nothing_kept_back=typed.nothing_kept_back,
        person_statement=typed.person_statement.strip(),
    )


def contributions_of(typed: TypedMinutes) -> dict[int, str]:
    """By the place of the attendee."""
    return {int(place): words for place, words in typed.contributions.items() if place.isdecimal()}


Line = TypeVar("Line", TypedAction, TypedItem, TypedKeptBack)


def _lines(name: str, lines: tuple[Line, ...], make: Callable[[int, Line], T]) -> tuple[T, ...]:
    """Lines that hold something, each made whole; the error of a line carries its place."""
    made: list[T] = []
    for place, line in enumerate(lines):
        if line.empty:
            continue
        try:
            made.append(make(len(made), line))
        except UserError as problem:
            raise UserError(problem.sentence, field=f"{name}.{place}.{problem.field}") from None
    return tuple(made)


def _action(count: int, line: TypedAction) -> Action:
    if line.due is None:
        raise UserError(tr("Say by when the action is to be done."), field="due")
    outside = line.owner in ("", OUTSIDE)
    return Action(
        id=f"a{count + 1}",
        text=line.text.strip(),
        due=line.due,
        owner="" if outside else line.owner,
        owner_words=line.owner_words.strip() if outside else "",
    )


def _item(_count: int, line: TypedItem) -> Item:
    if line.act not in [act.value for act in Act]:
        raise UserError(tr("Say whether it was shared between agencies or disclosed to somebody else."), field="act")
    return Item(what=line.what.strip(), owner_agency=line.owner_agency.strip(), act=Act(line.act), to=line.to.strip())


def _kept_back(_count: int, line: TypedKeptBack) -> KeptBack:
    if not line.reason:
        raise UserError(tr("Choose from the list why it was kept back."), field="reason")
    return KeptBack(
        what=line.what.strip(), agency=line.agency.strip(), reason=line.reason, asked_by=line.asked_by.strip()
    )
