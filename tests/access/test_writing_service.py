"""What a login keeps for writing: encrypted, its own, there again after a lock, and never of a wrong form."""

from pathlib import Path

import pytest

from rehabdesk.access.model import Role
from rehabdesk.access.writing_model import Habits, Snippet, parse_snippets
from rehabdesk.access.writing_service import WRITING, Writing
from rehabdesk.core.declared import DeclarationError
from rehabdesk.core.errors import UserError
from tests.desks import HOUSE_ONLY, Site

STAFF = (("adm", Role.ADM), ("sup", Role.SUP), ("psy", Role.PSY), ("cha", Role.CHA))


@pytest.fixture
def site(tmp_path: Path) -> Site:
    made = Site(folder=tmp_path / "vault", profile=tmp_path / "profile", projections=HOUSE_ONLY)
    return made.create(STAFF)


def test_words_and_snippets_survive_a_lock_and_belong_to_one_login(site: Site) -> None:
    writing = Writing(site.open("psy"))
    writing.keep_word("Zarmaphone")
    writing.keep_snippet("cert", "The certificate is on its way.\nNext: the exam.")
    writing.check(("fr", "ar"))

    again = Writing(site.open("psy"))
    other = Writing(site.open("cha"))

    assert again.habits.words == ("Zarmaphone",)
    assert again.habits.languages == ("fr", "ar")
    assert again.snippets()["cert"] == "The certificate is on its way.\nNext: the exam."
    assert other.habits == Habits()
    assert "cert" not in other.snippets()


def test_nothing_of_it_can_be_read_in_the_files(site: Site) -> None:
    writing = Writing(site.open("psy"))
    writing.keep_word("Zarmaphone")
    writing.keep_snippet("cert", "Certificates travel slowly")
    site.close()

    for file in (each for each in site.folder.rglob("*") if each.is_file()):
        raw = file.read_bytes()
        assert b"Zarmaphone" not in raw
        assert b"Certificates travel" not in raw


def test_own_snippets_come_before_those_of_the_program(site: Site) -> None:
    writing = Writing(site.open("psy"))
    supplied = writing.supplied[0]
    assert writing.snippets()[supplied.word] == supplied.text
    writing.keep_snippet(supplied.word, "In my own words.")

    assert writing.snippets()[supplied.word] == "In my own words."
    writing.drop_snippet(supplied.word)
    assert writing.snippets()[supplied.word] == supplied.text


def test_a_row_of_another_form_counts_as_nothing_kept(site: Site) -> None:
    desk = site.open("psy")
    for row in (b"not json", b'{"later": 1}', b'{"languages": ["xx"]}', b"[]"):
        desk.keep_secret(WRITING, row)
        assert Writing(desk).habits == Habits()


@pytest.mark.parametrize(
    ("word", "text", "field"),
    [
        ("", "Text", "word"),
        ("two words", "Text", "word"),
        (";x", "Text", "word"),
        ("x" * 21, "Text", "word"),
        ("x", "", "text"),
        ("x", " \n ", "text"),
        ("x", "a\u202eb", "text"),
        ("x", "\ud800", "text"),
        ("x", "x" * 1_000_000, "text"),
        ("cert", "Twice", "word"),
        ("CERT", "Twice", "word"),
    ],
)
def test_nonsense_is_refused_by_its_field_and_nothing_is_lost(site: Site, word: str, text: str, field: str) -> None:
    writing = Writing(site.open("psy"))
    writing.keep_snippet("cert", "Kept.")

    with pytest.raises(UserError) as caught:
        writing.keep_snippet(word, text)

    assert caught.value.field == field
    assert [each.text for each in Writing(site.opened[-1]).habits.snippets] == ["Kept."]


def test_a_changed_snippet_takes_the_place_of_the_old_one() -> None:
    before = Habits(snippets=(Snippet(word="cert", text="Old"), Snippet(word="exam", text="Exam")))

    after = before.with_snippet(Snippet(word="paper", text="New"), instead_of="cert")

    assert [(each.word, each.text) for each in after.snippets] == [("exam", "Exam"), ("paper", "New")]


def test_a_broken_file_of_snippets_is_named_by_file_line_and_key() -> None:
    text = '[[snippet]]\ncode = "a"\nword = "x"\ntext = "T"\n[[snippet]]\ncode = "b"\nword = "X"\ntext = "T"\n'

    with pytest.raises(DeclarationError, match=r"neutral\.toml, line 7, word"):
        parse_snippets(text, "neutral.toml")
