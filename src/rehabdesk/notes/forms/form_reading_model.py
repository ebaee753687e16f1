"""A form as its TOML text declares it (resources/forms/*.toml); every mistake is named by file, line and key."""

from collections.abc import Iterable, Mapping

from rehabdesk.core.choices import CODE_PATTERN, OTHER
from rehabdesk.core.declared import Table, read_declared
from rehabdesk.notes.forms.form_model import (
    HEADER,
    LISTED,
    LONGEST_TEXT,
    WRITTEN,
    Existence,
    Field,
    FieldChoice,
    FieldType,
    Form,
    Level,
    Repeat,
    When,
)

FIELD_PATTERN = r"[a-z]{3}\.[A-Z]{0,2}[0-9]{1,2}(\.[a-z]{2,20})?"
COMPARTMENTS = ("team", "clinical", "pastoral", "none")


def parse_form(text: str, file: str, *, known_roles: Iterable[str], paper: bool = False) -> Form:
    """The form that a TOML text declares, without the header's fields. `paper`: it is a sheet that no screen asks.

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
        fields=_fields(table, prefix, paper=paper),
        order=table.integer("order", least=1, most=99, default=50),
        begins=table.optional_text("begins"),
        quick=table.optional_text("quick"),
        one_of=table.texts("one_of"),
        retired=table.flag("retired"),
        readers=table.optional_text("readers") if paper else "",
    )
    table.finish()
    if not is_header:
        _require_whole(form, table)
    return form


def _require_whole(form: Form, table: Table) -> None:
    if not form.roles:
        raise table.wrong("roles", "nobody may write this form")
    _require_named(form, table)
    if not form.stores_content:
        for field in form.fields:
            if field.type in WRITTEN or any(choice.code == OTHER for choice in field.choices):
                raise table.wrong("field", f"{field.code}: a form that stores no content has no field for words")


def _require_named(form: Form, table: Table) -> None:
    """Keys of the form that name questions name its own."""
    texts = {field.code for field in form.fields if field.type in WRITTEN}
    for key, codes in (("begins", (form.begins,)), ("quick", (form.quick,)), ("one_of", form.one_of)):
        for code in codes:
            if code and form.field(code) is None:
                raise table.wrong(key, f"{code!r} is no field of this form")
    if form.quick and form.quick not in texts:
        raise table.wrong("quick", f"{form.quick!r} takes no words")


def _fields(table: Table, prefix: str, *, paper: bool) -> tuple[Field, ...]:
    found: dict[str, Field] = {}
    for item in table.tables("field"):
        field = _field(item)
        if not field.code.startswith(f"{prefix}."):
            raise item.wrong("code", f"{field.code!r} does not begin with {prefix}.")
        if field.type is FieldType.TABLE and not paper:
            raise item.wrong("type", "only a sheet of paper has a table to write in")
        if field.code in found:
            raise item.wrong("code", f"{field.code!r} stands twice")
        if field.code.endswith((f".{OTHER}", ".names")):
            raise item.wrong("code", f"{field.code!r}: this ending is kept for words that belong to an answer")
        _require_condition(field, found, item)
        if field.instead_of and field.instead_of not in found:
            raise item.wrong("instead_of", f"{field.instead_of!r} is no earlier field of this form")
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
        preset=item.integer("preset", least=0, most=10**6, default=0)
        if kind is FieldType.NUMBER
        else item.optional_text("preset"),
        repeat=Repeat(item.one_of("repeat", list(Repeat), default=Repeat.NO)),
        carries=item.optional_text("carries"),
        instead_of=item.optional_text("instead_of"),
        beside=item.integer("beside", least=0, most=9, default=0),
        lines=item.integer("lines", least=1, most=30) if kind is FieldType.TABLE else 0,
    )
    item.finish()
    _require_fitting(field, item)
    return field


def _require_fitting(field: Field, item: Table) -> None:
    """What only some types of answers can have."""
    if field.level is Level.AUTHOR and field.type not in WRITTEN:
        raise item.wrong("level", "only words can have this level")
    if field.level is Level.PROTECTED and field.type in (FieldType.PERSON, FieldType.MOMENT):
        raise item.wrong("level", "who and when cannot have this level")
    if field.carries and field.type is not FieldType.TEXT:
        raise item.wrong("carries", "only texts are carried")
    if field.repeat is Repeat.ONE_MORE and field.type is not FieldType.NUMBER:
        raise item.wrong("repeat", "only numbers have a next one")
    answers = {choice.code for choice in field.choices}
    if field.type is FieldType.CHOICE and field.preset and field.preset not in answers:
        raise item.wrong("preset", f"{field.preset!r} is no answer of this field")
    for choice in field.choices:
        if choice.then and choice.then not in answers:
            raise item.wrong("choices", f"{choice.then!r} is no answer of this field")


def _line_length(item: Table, kind: FieldType) -> int:
    """A line is short unless the form says more; other types have no length."""
    return item.integer("longest", least=1, most=400, default=200) if kind is FieldType.LINE else LONGEST_TEXT


def _field_choices(item: Table, kind: FieldType) -> tuple[FieldChoice, ...]:
    """Every list ends with "other (say)" (domain.md, conventions), unless the form says `other = false`."""
    if kind in (FieldType.CONTACTS, FieldType.CONSENT):
        found = _choices(item, "choices", least=0)
    elif kind in LISTED or kind in (FieldType.STEPS, FieldType.TABLE):
        found = _choices(item, "choices")
    else:
        return ()
    if kind not in (FieldType.GRID, FieldType.STEPS, FieldType.TABLE) and item.flag("other", default=True):
        found += (FieldChoice(code=OTHER, text="Other (say)"),)
    return found


def _choices(item: Table, key: str, *, least: int = 1) -> tuple[FieldChoice, ...]:
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
            then=entry.optional_text("then"),
            share=entry.integer("share", least=1, most=9, default=1),
        )
        entry.finish()
        if choice.code in found or choice.code == OTHER:
            raise entry.wrong("code", f"{choice.code!r} stands twice")
        found[choice.code] = choice
    if len(found) < least:
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
