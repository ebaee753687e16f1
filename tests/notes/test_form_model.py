"""Forms as data: what is declared is what is asked, and a mistake is named by file, line and key."""

import pytest

from rehabdesk.access.model import Role
from rehabdesk.core import resources
from rehabdesk.core.choices import OTHER
from rehabdesk.core.declared import DeclarationError
from rehabdesk.notes.forms.form_model import Field, FieldType, Form, Level
from rehabdesk.notes.forms.form_reading_model import parse_form
from rehabdesk.notes.forms.form_service import Forms, load_forms

HEAD = """prefix = "zzz"
version = 1
title = "A form"
minutes = 2
compartment = "clinical"
existence = "entry"
roles = ["PSY"]
"""
NAME = "forms/a_form.toml"
ONE = '[[field]]\ncode = "zzz.A1"\ntext = "First"\ntype = "line"\n'
TWICE = """choices = [
  { code = "a", text = "A" },
  { code = "a", text = "B" },
]
"""


def parsed(text: str, file: str = NAME) -> Form:
    return parse_form(text, file, known_roles=list(Role))


@pytest.mark.parametrize(
    ("text", "line", "key"),
    [
        (HEAD + ONE + 'colour = "red"\n', 12, "colour"),
        (HEAD + ONE + ONE, 13, "code"),
        (HEAD + '[[field]]\ncode = "zzz.A1"\ntype = "line"\n', 8, "text"),
        (HEAD + ONE.replace('"First"', '" "'), 10, "text"),
        (HEAD + ONE.replace("zzz.A1", "yyy.A1"), 9, "code"),
        (HEAD + ONE.replace("zzz.A1", "zzz.a1"), 9, "code"),
        (HEAD + ONE.replace('"line"', '"essay"'), 11, "type"),
        (HEAD + ONE + 'required = "yes"\n', 12, "required"),
        (HEAD + ONE + "longest = 100000\n", 12, "longest"),
        (HEAD + ONE.replace('"line"', '"choice"'), 8, "choices"),
        (
            HEAD + ONE.replace('"line"', '"choice"') + TWICE,
            14,
            "code",
        ),
        (HEAD + ONE.replace('"line"', '"choice"') + 'choices = [\n  { code = "a" },\n]\n', 13, "text"),
        (HEAD + ONE + 'when = { field = "zzz.A9", is = ["yes"] }\n', 12, "when"),
        (HEAD + ONE.replace('"line"', '"tick"') + 'level = "author"\n', 12, "level"),
        (HEAD.replace('"PSY"', '"POLICE"') + ONE, 7, "roles"),
        (HEAD.replace('["PSY"]', "[]") + ONE, 7, "roles"),
        (HEAD.replace("version = 1", "version = 0") + ONE, 2, "version"),
        (HEAD.replace('"clinical"', '"sealed"') + ONE, 5, "compartment"),
        (HEAD.replace('"clinical"', '"none"') + ONE, 8, "field"),
        (HEAD, 1, "field"),
        (HEAD + "[[field]\n", 8, "-"),
    ],
)
def test_a_broken_form_is_named_by_file_line_and_key(text: str, line: int, key: str) -> None:
    with pytest.raises(DeclarationError) as broken:
        parsed(text)
    assert (broken.value.file, broken.value.line, broken.value.key) == (NAME, line, key)
    assert str(broken.value).startswith(f"{NAME}, line {line}, {key}: ")


def test_a_code_means_one_question_in_all_forms() -> None:
    texts = {file: resources.read_text(file) for file in resources.names("forms", ".toml")}
    with pytest.raises(DeclarationError):
        Forms({**texts, NAME: HEAD + ONE, "forms/b_form.toml": HEAD + ONE})


def test_a_new_choice_and_a_new_field_need_no_code() -> None:
    file = "forms/keywork.toml"
    texts = {name: resources.read_text(name) for name in resources.names("forms", ".toml")}
    changed = texts[file].replace(
        '{ code = "weekly", text = "Weekly" },',
        '{ code = "weekly", text = "Weekly" },\n    { code = "monthly", text = "Monthly" },',
    )
    changed += '\n[[field]]\ncode = "key.K12"\ntext = "Weather"\ntype = "line"\n'
    form = Forms({**texts, file: changed}).form("keywork")
    reason, weather = field_of(form, "key.K1"), field_of(form, "key.K12")
    assert reason.choice("monthly") is not None
    assert weather.type is FieldType.LINE


def test_the_forms_of_the_design_are_there() -> None:
    forms = {form.name: form for form in load_forms().all()}
    session, visit, keywork = forms["psychologist_session"], forms["chaplain_engagement"], forms["keywork"]
    assert (session.compartment, visit.compartment, keywork.compartment) == ("clinical", "pastoral", "team")
    assert [field.code for field in session.fields if field.level is Level.SHARED] == ["psy.P11", "psy.P12"]
    assert field_of(session, "psy.P11").longest == 600
    assert len(field_of(session, "psy.P10").rows) == 8
    assert field_of(visit, "cha.C7").level is Level.AUTHOR
    assert field_of(visit, "cha.C7").longest == 300
    assert len(field_of(keywork, "key.K3").rows) == 7
    for form in (session, visit, keywork):
        assert form.fields[0].code == "hdr.1"
        assert {f"{form.prefix}.", "hdr."} == {field.code[:4] for field in form.fields}


def test_the_confidential_encounter_has_no_place_for_words() -> None:
    form = load_forms().form("confidential_encounter")
    assert not form.stores_content
    assert {field.type for field in form.fields} <= {FieldType.DATE, FieldType.YES_NO, FieldType.TEN_MINUTE_BAND}


def test_choice_lists_end_with_other_unless_they_are_closed() -> None:
    closed = {"hdr.9", "psy.P2", "cha.C8", "voi.V7", "voi.V8", "grp.GS5", "grp.GS6.part", "grp.GS6.skill"}
    for form in load_forms().all():
        for field in form.fields:
            if field.type in (FieldType.CHOICE, FieldType.CHOICES):
                assert (field.choices[-1].code == OTHER) is (field.code not in closed), field.code


def test_no_form_asks_for_what_is_not_held() -> None:
    forbidden = ("risk", "truthful", "sincer", "orthodox", "diagnos", "radical", "attended prayers")
    for form in load_forms().all():
        for field in form.fields:
            said = " ".join([field.text, *(choice.text for choice in (*field.choices, *field.rows))]).lower()
            assert not any(word in said for word in forbidden), field.code


def test_levels_of_later_forms_are_carried_as_data() -> None:
    form = parsed(HEAD + ONE + 'level = "protected"\n')
    assert form.fields[0].level is Level.PROTECTED


def field_of(form: Form, code: str) -> Field:
    found = form.field(code)
    assert found is not None
    return found
