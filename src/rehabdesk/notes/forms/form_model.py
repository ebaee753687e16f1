"""What a note form is: fields with stable codes, declared in resources/forms/*.toml (domain.md 7).

How a form is read from its file: `form_reading_model.py`. Answers to it: `answers_model.py`.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from rehabdesk.core.choices import OTHER
from rehabdesk.core.declared import DeclarationError

HEADER = "header"
"""Name of the form whose fields stand above those of every note (domain.md 7.1)."""

LONGEST_TEXT = 20_000


class FieldType(StrEnum):
    """How a field is answered; what the answer looks like as data stands in `answers_model.Answer`."""

    PERSON = "person"
    MOMENT = "moment"
    LINE = "line"
    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    TEN_MINUTE_BAND = "ten_minute_band"
    YES_NO = "yes_no"
    TICK = "tick"
    CHOICE = "choice"
    CHOICES = "choices"
    GRID = "grid"
    LINKS = "links"
    STEPS = "steps"
    CONTACTS = "contacts"
    CONSENT = "consent"
    TABLE = "table"
    """Rows to write in by hand: on paper only."""


WRITTEN = (FieldType.LINE, FieldType.TEXT)
LISTED = (FieldType.CHOICE, FieldType.CHOICES, FieldType.GRID)
PICKED = (FieldType.LINKS, FieldType.STEPS, FieldType.CONTACTS, FieldType.CONSENT)
"""What is offered comes from the person's record: goals and steps of the plan, contacts, consents."""


class Level(StrEnum):
    """Who reads a field: those of the form's compartment, the whole team, safeguarding (TPP), or its author alone."""

    PRIVATE = "private"
    SHARED = "shared"
    PROTECTED = "protected"
    AUTHOR = "author"


class Repeat(StrEnum):
    """What a new note takes over from the last one of its form: nothing, the same answer, or the next number."""

    NO = "no"
    SAME = "same"
    ONE_MORE = "one_more"


class Existence(StrEnum):
    """What the team learns about a signed note of this form besides what is shared (vault.md 3.4)."""

    NONE = "none"
    ENTRY = "entry"
    MONTHLY_COUNT = "monthly_count"


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChoice:
    """One answer of a list.

    `closes` ends the form without content; `opens` names the form that the answer calls for; `absent` says that no
    meeting took place, so that nothing else is required. `then`: the answer that the next note starts with after it.
    `share`: how wide the column of a table is beside the others.
    """

    code: str
    text: str
    convicted_only: bool = False
    closes: bool = False
    opens: str = ""
    absent: bool = False
    retired: bool = False
    then: str = ""
    share: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """The field is asked only while another one is answered by one of these codes."""

    field: str
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One question. `longest` counts characters; `least` and `most` bound a number; `rows` are those of a grid.

    `preset` is what stands there in a first note, `repeat` what a later one takes over. `carries`: texts of several
    layouts that hold the same kind of words share this name. `instead_of`: only one of the two may be answered.
    `beside`: share of the row of date and time that it stands in, 0 for a row of its own (header only). `lines`: the
    least rows of a table, whose columns are `choices`.
    """

    code: str
    text: str
    type: FieldType
    required: bool = False
    level: Level = Level.PRIVATE
    help: str = ""
    longest: int = LONGEST_TEXT
    least: int = 0
    most: int = 0
    choices: tuple[FieldChoice, ...] = ()
    rows: tuple[FieldChoice, ...] = ()
    when: When | None = None
    folded: bool = False
    convicted_only: bool = False
    suggestions: tuple[str, ...] = ()
    preset: str | int = ""
    repeat: Repeat = Repeat.NO
    carries: str = ""
    instead_of: str = ""
    beside: int = 0
    lines: int = 0

    def choice(self, code: str) -> FieldChoice | None:
        return next((choice for choice in self.choices if choice.code == code), None)

    @property
    def words_code(self) -> str:
        """Under which code the words of "other (say)" are kept."""
        return f"{self.code}.{OTHER}"

    @property
    def names_code(self) -> str:
        """Under which code the words of what was picked from the record are kept, as they stood then."""
        return f"{self.code}.names"


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A form in one version. `fields` begin with those of the header where the form has one.

    `order`: the lower, the earlier it is offered. `begins`: the question that the caret stands in at first, the first
    text where it is empty; `quick`: the one that takes a quick note. `one_of`: of these at least one is answered.
    A retired form is offered no more; its drafts can be finished. `digest` names its exact text, "" if it was not read.
    `readers`: who reads a sheet of paper, where its compartment does not say it.
    """

    name: str
    prefix: str
    version: int
    title: str
    minutes: int
    compartment: str
    existence: Existence
    roles: tuple[str, ...]
    fields: tuple[Field, ...]
    header: bool = True
    own_page: bool = False
    """Written on a page of its own for several people at once, never as a note about one."""
    order: int = 50
    begins: str = ""
    quick: str = ""
    one_of: tuple[str, ...] = ()
    retired: bool = False
    digest: str = ""
    readers: str = ""

    def field(self, code: str) -> Field | None:
        return next((field for field in self.fields if field.code == code), None)

    def for_person(self, *, convicted: bool) -> "Form":
        """The form as it is shown: without what is for convicted persons only, where the person is not (G18)."""
        if convicted:
            return self
        return replace(
            self,
            fields=tuple(
                replace(field, choices=tuple(choice for choice in field.choices if not choice.convicted_only))
                for field in self.fields
                if not field.convicted_only
            ),
        )

    @property
    def stores_content(self) -> bool:
        return self.compartment != "none"


def join_header(form: Form, header: Form) -> Form:
    """The form with the header's fields in front; without a header it still says who and when, if it keeps content."""
    if form.header:
        return replace(form, fields=header.fields + form.fields)
    if not form.stores_content:
        return form
    who_and_when = (FieldType.PERSON, FieldType.MOMENT)
    return replace(form, fields=tuple(each for each in header.fields if each.type in who_and_when) + form.fields)


def require_unique(forms: Iterable[Form]) -> None:
    """Field codes mean one question in all forms. DeclarationError otherwise."""
    seen: dict[str, str] = {}
    for form in forms:
        for field in form.fields:
            if seen.setdefault(field.code, form.name) != form.name:
                raise DeclarationError(
                    f"forms/{form.name}.toml", 1, "code", f"{field.code!r} is also in {seen[field.code]}"
                )
