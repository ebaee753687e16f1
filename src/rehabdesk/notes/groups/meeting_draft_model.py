"""A group meeting as it is typed, complete or not, and everything that stands in the way of signing it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from rehabdesk.core.canon import Json
from rehabdesk.core.clock import parse_stamp, stamp
from rehabdesk.core.errors import FormatError, UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate, require_text
from rehabdesk.notes.forms.answers_model import Problem
from rehabdesk.notes.forms.form_model import Form
from rehabdesk.notes.groups.group_model import (
    CAME,
    LONGEST_DEBRIEF,
    LONGEST_DONE,
    LONGEST_EXERCISE,
    LONGEST_LINE,
    LONGEST_THEME,
    MOST_MINUTES,
    MOST_NUMBER,
    Mark,
)
from rehabdesk.notes.spelling_model import NameBook

ROW = "row:"
"""Before the id of the person whose row a problem belongs to."""
_SLACK = timedelta(minutes=10)


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedMeeting:
    """What was typed. Number and length stay as they were typed; `marks` by person."""

    group: str
    number: str = ""
    theme: str = ""
    occurred_at: datetime | None = None
    minutes: str = ""
    facilitators: tuple[str, ...] = ()
    done: str = ""
    climate: str = ""
    exercise: str = ""
    debrief: str = ""
    marks: Mapping[str, Mark] = field(default_factory=dict)

    def mark(self, person: str) -> Mark:
        return self.marks.get(person, Mark())

    def to_payload(self) -> dict[str, Json]:
        found: dict[str, Json] = {
            "group": self.group,
            "facilitators": list(self.facilitators),
            "marks": {person: _plain(mark) for person, mark in self.marks.items() if not mark.empty},
        }
        for name in _TEXTS:
            found[name] = getattr(self, name)
        if self.occurred_at is not None:
            found["occurred_at"] = stamp(self.occurred_at)
        return found


_TEXTS = ("number", "theme", "minutes", "done", "climate", "exercise", "debrief")


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingDraft:
    """The author's unsigned meeting."""

    id: str
    typed: TypedMeeting
    changed: datetime


def read_typed(payload: Mapping[str, Json]) -> TypedMeeting:
    """What `to_payload` wrote. FormatError for anything else."""
    marks, facilitators, at = payload.get("marks"), payload.get("facilitators"), payload.get("occurred_at")
    texts = {name: payload.get(name, "") for name in _TEXTS}
    group = payload.get("group")
    if (
        set(payload) - {"group", "facilitators", "marks", "occurred_at", *_TEXTS}
        or not isinstance(group, str)
        or not isinstance(marks, dict)
        or not isinstance(facilitators, list)
        or not all(isinstance(each, str) for each in (*texts.values(), *facilitators))
    ):
        raise _wrong()
    return TypedMeeting(
        group=group,
        facilitators=tuple(str(uid) for uid in facilitators),
        occurred_at=parse_stamp(at) if isinstance(at, str) else None,
        marks={person: _read_mark(mark) for person, mark in marks.items()},
        **{name: str(text) for name, text in texts.items()},
    )


def came_all(typed: TypedMeeting, persons: Sequence[str]) -> dict[str, Mark]:
    """The marks after "Everyone came": whoever has no mark yet came."""
    return {
        person: mark if (mark := typed.mark(person)).attendance else Mark(
            attendance=CAME, took_part=mark.took_part, skill=mark.skill, words=mark.words, kept=mark.kept
        )
        for person in persons
    }  # fmt: skip


def missing_of(mark: Mark) -> int:
    """How many answers a row still needs before it can be signed."""
    if not mark.attendance:
        return 1
    return 0 if mark.absent or mark.took_part else 1


def problems_of(
    typed: TypedMeeting,
    form: Form,
    people: Mapping[str, str],
    *,
    names: NameBook,
    taken: frozenset[int],
    now: datetime,
) -> tuple[Problem, ...]:
    """Everything that is missing or wrong, in the order of the page. `people`: id and name; `taken`: used numbers."""
    found = [*_common(typed, form, taken, now), *_named_in_common(typed, names)]
    for person, name in people.items():
        found += _row(person, name, typed.mark(person), form, names)
    if not people:
        found.append(Problem(field="people", sentence=tr("Nobody is in this group yet. Add a person first.")))
    return tuple(found)


def _common(typed: TypedMeeting, form: Form, taken: frozenset[int], now: datetime) -> list[Problem]:
    found: list[Problem] = []

    def check(code: str, do: Callable[[], object]) -> None:
        try:
            do()
        except UserError as problem:
            found.append(Problem(field=code, sentence=problem.sentence))

    def text(code: str, words: str, longest: int, *, empty_allowed: bool = False) -> None:
        label = label_of(form, code)
        check(
            code,
            lambda: require_text(words, field=code, label=label, longest=longest, empty_allowed=empty_allowed),
        )

    check("hdr.2", lambda: require_past(typed.occurred_at, now))
    check("hdr.3", lambda: require_minutes(typed.minutes))
    check("grp.GS1.number", lambda: require_number(typed.number, taken))
    text("grp.GS1", typed.theme, LONGEST_THEME)
    text("grp.GS4", typed.done, LONGEST_DONE)
    climate = form.field("grp.GS5")
    if climate is not None and climate.choice(typed.climate) is None:
        found.append(Problem(field="grp.GS5", sentence=tr("Choose how the group was.")))
    text("grp.GS7", typed.exercise, LONGEST_EXERCISE, empty_allowed=True)
    text("grp.GS8", typed.debrief, LONGEST_DEBRIEF, empty_allowed=True)
    return found


def named_in(typed: TypedMeeting, names: NameBook) -> dict[str, str]:
    """The name that stands in a field where no name may stand, by code of the field; of rows by `ROW` and person."""
    texts = {
        "grp.GS1": typed.theme,
        "grp.GS4": typed.done,
        "grp.GS7": typed.exercise,
        "grp.GS8": typed.debrief,
    }
    found = {code: hits[0].typed for code, text in texts.items() if text and (hits := names.named(text))}
    for person, mark in typed.marks.items():
        if mark.words and (hits := names.named(mark.words, apart_from=person)):
            found[f"{ROW}{person}"] = hits[0].typed
    return found


def name_sentence(typed: str) -> str:
    """What is said beside a field that names somebody."""
    return tr("This names {name}. Use a role instead, for example “another man in the group”.").format(
        name=isolate(typed)
    )


def require_number(typed: str, taken: frozenset[int]) -> int:
    """The number of the meeting. UserError where it is none, or another meeting has it."""
    number = _whole(typed)
    if number is None or not 1 <= number <= MOST_NUMBER:
        raise UserError(tr("Number the meeting from 1 to {most}.").format(most=MOST_NUMBER), field="grp.GS1.number")
    if number in taken:
        raise UserError(
            tr("This group has a meeting no. {number} already. Give the next number.").format(number=number),
            field="grp.GS1.number",
        )
    return number


def require_minutes(typed: str) -> int:
    """The length in minutes."""
    minutes = _whole(typed)
    if minutes is None or not 1 <= minutes <= MOST_MINUTES:
        raise UserError(tr("The length is 1 to {most} minutes.").format(most=MOST_MINUTES), field="hdr.3")
    return minutes


def require_past(moment: datetime | None, now: datetime) -> datetime:
    """When the meeting began: a known moment that has passed."""
    if moment is None:
        raise UserError(tr("Enter the date and time of the meeting."), field="hdr.2")
    if moment > now + _SLACK:
        raise UserError(tr("Date must be today or in the past."), field="hdr.2")
    return moment


def label_of(form: Form, code: str) -> str:
    """What a field is called on the screen."""
    question = form.field(code)
    return code if question is None else tr(question.text)


def row_problems(person: str, name: str, mark: Mark, form: Form, names: NameBook) -> tuple[Problem, ...]:
    """What is missing or wrong in one person's row."""
    return tuple(_row(person, name, mark, form, names))


def _named_in_common(typed: TypedMeeting, names: NameBook) -> list[Problem]:
    return [
        Problem(field=code, sentence=name_sentence(name))
        for code, name in named_in(typed, names).items()
        if not code.startswith(ROW)
    ]


def _row(person: str, name: str, mark: Mark, form: Form, names: NameBook) -> list[Problem]:
    code, found = f"{ROW}{person}", list[Problem]()
    who = isolate(name)

    def known(of: str, chosen: str) -> bool:
        question = form.field(of)
        return question is not None and question.choice(chosen) is not None

    if not mark.attendance or not known("hdr.7", mark.attendance):
        found.append(Problem(field=code, sentence=tr("Say whether {name} came.").format(name=who)))
    elif not mark.absent and not known("grp.GS6.part", mark.took_part):
        found.append(Problem(field=code, sentence=tr("Say how {name} took part.").format(name=who)))
    if mark.skill and not known("grp.GS6.skill", mark.skill):
        found.append(Problem(field=code, sentence=tr("Choose the skill of {name} from the list.").format(name=who)))
    try:
        label = tr("The line about {name}").format(name=who)
        require_text(mark.words, field=code, label=label, longest=LONGEST_LINE, empty_allowed=True)
    except UserError as problem:
        found.append(Problem(field=code, sentence=problem.sentence))
    if hits := names.named(mark.words, apart_from=person):
        sentence = tr(
            "The line about {name} names {other}. Use a role instead, for example “another man in the group”."
        )
        found.append(Problem(field=code, sentence=sentence.format(name=who, other=isolate(hits[0].typed))))
    return found


def _whole(typed: str) -> int | None:
    """Digits of any script as a whole number of at most four places."""
    text = typed.strip()
    return int(text) if text.isdecimal() and len(text) <= 4 else None


def _plain(mark: Mark) -> dict[str, Json]:
    found: dict[str, Json] = {
        name: text for name in ("attendance", "took_part", "skill", "words") if (text := getattr(mark, name))
    }
    return {**found, "kept": True} if mark.kept else found


def _read_mark(found: Json) -> Mark:
    if not isinstance(found, dict) or set(found) - {"attendance", "took_part", "skill", "words", "kept"}:
        raise _wrong()
    texts = {name: found.get(name, "") for name in ("attendance", "took_part", "skill", "words")}
    kept = found.get("kept", False)
    if not isinstance(kept, bool) or not all(isinstance(text, str) for text in texts.values()):
        raise _wrong()
    return Mark(kept=kept, **{name: str(text) for name, text in texts.items()})


def _wrong() -> FormatError:
    return FormatError("A draft of a meeting is not of the form that this version knows.")
