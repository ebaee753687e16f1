"""What a note form is: fields with stable codes, declared in resources/forms/*.toml (domain.md 7).

Answers to it: `answers_model.py`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from rehabdesk.core.choices import CODE_PATTERN, OTHER
from rehabdesk.core.declared import DeclarationError, Table, read_declared

HEADER = "header"
"""Name of the form whose fields stand above those of every note (domain.md 7.1)."""

FIELD_PATTERN = r"[a-z]{3}\.[A-Z]{0,2}[0-9]{1,2}(\.[a-z]{2,20})?"
FORM_PATTERN = r"[a-z][a-z_]{2,39}"
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


WRITTEN = (FieldType.LINE, FieldType.TEXT)
LISTED = (FieldType.CHOICE, FieldType.CHOICES, FieldType.GRID)


class Level(StrEnum):
    """Who reads a field: those of the form's compartment, the whole team, safeguarding (TPP), or its author alone."""

    PRIVATE = "private"
    SHARED = "shared"
    PROTECTED = "protected"
    AUTHOR = "author"


class Existence(StrEnum):
    """What the team learns about a signed note of this form besides what is shared (vault.md 3.4)."""

    NONE = "none"
    ENTRY = "entry"
    MONTHLY_COUNT = "monthly_count"


COMPARTMENTS = ("team", "clinical", "pastoral", "none")


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChoice:
    """One answer of a list.

    `closes` ends the form without content; `opens` names the form that the answer calls for; `absent` says that no
    meeting took place, so that nothing else is required.
    """

    code: str
    text: str
    convicted_only: bool = False
    closes: bool = False
    opens: str = ""
    absent: bool = False
    retired: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """The field is asked only while another one is answered by one of these codes."""

    field: str
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One question. `longest` counts characters; `least` and `most` bound a number; `rows` are those of a grid."""

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

    def choice(self, code: str) -> FieldChoice | None:
        return next((choice for choice in self.choices if choice.code == code), None)

    @property
    def words_code(self) -> str:
        """Under which code the words of "other (say)" are kept."""
        return f"{self.code}.{OTHER}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A form in one version. `fields` begin with those of the header where the form has one."""

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


def parse_form(text: str, file: str, *, known_roles: Iterable[str]) -> Form:
    """The form that a TOML text declares, without the header's fields.

    DeclarationError names file, line and key of the first mistake.
    """
    table = read_declared(text, file)
    name = file.rpartition("/")[2].removesuffix(".toml")
    is_header = name == HEADER
    prefix = table.text("prefix", pattern="[a-z]{3}")
    compartment = "none" if is_header else table.one_of("compartment", COMPARTMENTS)
    form = Form(
        name=name,
        prefix=prefix,
        version=table.integer("version", least=1, most=999),
        title=table.text("title", longest=80),
        minutes=0 if is_header else table.integer("minutes", least=1, most=60),
        compartment=compartment,
        existence=Existence.NONE if is_header else Existence(table.one_of("existence", list(Existence))),
        header=False if is_header else table.flag("header", default=True),
        own_page=table.flag("own_page"),
        roles=() if is_header else table.texts("roles", allowed=known_roles),
        fields=_fields(table, prefix),
    )
    table.finish()
    if not is_header:
        _require_whole(form, table)
    return form


def join_header(form: Form, header: Form) -> Form:
    """The form with the header's fields in front, where it has a header."""
    return replace(form, fields=header.fields + form.fields) if form.header else form


def _require_whole(form: Form, table: Table) -> None:
    if not form.roles:
        raise table.wrong("roles", "nobody may write this form")
    if not form.stores_content:
        for field in form.fields:
            if field.type in WRITTEN or any(choice.code == OTHER for choice in field.choices):
                raise table.wrong("field", f"{field.code}: a form that stores no content has no field for words")


def _fields(table: Table, prefix: str) -> tuple[Field, ...]:
    found: dict[str, Field] = {}
    for item in table.tables("field"):
        field = _field(item)
        if not field.code.startswith(f"{prefix}."):
            raise item.wrong("code", f"{field.code!r} does not begin with {prefix}.")
        if field.code in found:
            raise item.wrong("code", f"{field.code!r} stands twice")
        _require_condition(field, found, item)
        found[field.code] = field
    if not found:
        raise table.wrong("field", "the form has no field")
    return tuple(found.values())


def _field(item: Table) -> Field:
    kind = FieldType(item.one_of("type", list(FieldType)))
    field = Field(
        code=item.text("code", pattern=FIELD_PATTERN),
        text=item.text("text", longest=200),
        type=kind,
        required=item.flag("required"),
        level=Level(item.one_of("level", list(Level), default=Level.PRIVATE)),
        help=item.optional_text("help"),
        longest=item.integer("longest", least=1, most=LONGEST_TEXT, default=LONGEST_TEXT)
        if kind is FieldType.TEXT
        else _line_length(item, kind),
        least=item.integer("least", least=0, most=10**6) if kind is FieldType.NUMBER else 0,
        most=item.integer("most", least=0, most=10**6) if kind is FieldType.NUMBER else 0,
        choices=_field_choices(item, kind),
        rows=_choices(item, "rows") if kind is FieldType.GRID else (),
        when=_when(item),
        folded=item.flag("folded"),
        convicted_only=item.flag("convicted_only"),
        suggestions=item.texts("suggestions"),
    )
    item.finish()
    if field.level in (Level.AUTHOR, Level.PROTECTED) and kind not in WRITTEN:
        raise item.wrong("level", "only words can have this level")
    return field


def _line_length(item: Table, kind: FieldType) -> int:
    """A line is short unless the form says more; other types have no length."""
    return item.integer("longest", least=1, most=400, default=200) if kind is FieldType.LINE else LONGEST_TEXT


def _field_choices(item: Table, kind: FieldType) -> tuple[FieldChoice, ...]:
    """Every list ends with "other (say)" (domain.md, conventions), unless the form says `other = false`."""
    if kind not in LISTED:
        return ()
    found = _choices(item, "choices")
    if kind is not FieldType.GRID and item.flag("other", default=True):
        found += (FieldChoice(code=OTHER, text="Other (say)"),)
    return found


def _choices(item: Table, key: str) -> tuple[FieldChoice, ...]:
    found: dict[str, FieldChoice] = {}
    for entry in item.tables(key):
        choice = FieldChoice(
            code=entry.text("code", pattern=CODE_PATTERN),
            text=entry.text("text", longest=200),
            convicted_only=entry.flag("convicted_only"),
            closes=entry.flag("closes"),
            opens=entry.optional_text("opens"),
            absent=entry.flag("absent"),
            retired=entry.flag("retired"),
        )
        entry.finish()
        if choice.code in found or choice.code == OTHER:
            raise entry.wrong("code", f"{choice.code!r} stands twice")
        found[choice.code] = choice
    if not found:
        raise item.wrong(key, "a list of answers is missing")
    return tuple(found.values())


def _when(item: Table) -> When | None:
    table = item.table("when")
    if table is None:
        return None
    when = When(field=table.text("field", pattern=FIELD_PATTERN), answers=table.texts("is"))
    table.finish()
    return when


def _require_condition(field: Field, earlier: Mapping[str, Field], item: Table) -> None:
    if field.when is None:
        return
    asked = earlier.get(field.when.field)
    if asked is None:
        raise item.wrong("when", f"{field.when.field!r} is no earlier field of this form")
    known = {"yes", "no"} if asked.type is FieldType.YES_NO else {choice.code for choice in asked.choices}
    for answer in field.when.answers:
        if answer not in known:
            raise item.wrong("when", f"{answer!r} is no answer of {asked.code}")


def require_unique(forms: Iterable[Form]) -> None:
    """Field codes mean one question in all forms. DeclarationError otherwise."""
    seen: dict[str, str] = {}
    for form in forms:
        for field in form.fields:
            if seen.setdefault(field.code, form.name) != form.name:
                raise DeclarationError(
                    f"forms/{form.name}.toml", 1, "code", f"{field.code!r} is also in {seen[field.code]}"
                )
