"""The French and Arabic catalogues: up to date, compiled as they stand, whole where it counts, true to the English."""

import ast
import re
import sys
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message

from rehabdesk.core import resources
from rehabdesk.core.i18n import ntr, tr, use_language

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "packaging"))

import make_catalogue as tool  # noqa: E402 - it lies in packaging/, which is no package

LANGUAGES = [language for language in tool.PLURALS if tool.po_file(language).is_file()]
MUST_BE_COMPLETE = (
    "src/rehabdesk/handover/",
    "src/rehabdesk/paper/",
    "resources/forms/",
    "resources/blanks/",
    "resources/checklists/",
    "resources/lists/",
    "resources/plans/",
)
"""What packets, their verdicts and the forms say: never in a mixture of languages."""
NO_WORDS = "rehabdesk birp dap soap pdf mb kb utc tab"
"""Names, units and the key Tab: no language changes them."""
SAME_WORD = {
    "fr": "action actions alias code condition conditions contacts contribution conversation copies correction "
    "danger date dates discipline document documents express mentor minute minutes note notes options organisation "
    "page pages pastoral plan possible prison programme programmes question questions signature signatures "
    "source suggestions supervision version versions",
    "ar": "",
}
"""English words that happen to be words of that language, with the same meaning."""
_PLACES = re.compile(r"\{[^{}]*\}")
_KEY = re.compile(r"&(?=\w)")
_MARKUP = re.compile(r"</?[a-z]+[^<>]*>|&&")
_WORD = re.compile("[a-z]+")
_OVERRIDES = re.compile("[\u202a-\u202e]")


@cache
def kept(language: str) -> Catalog:
    return tool.read(tool.po_file(language).read_bytes(), language)


@cache
def template() -> Catalog:
    return tool.read(tool.TARGET.read_bytes())


def forms(words: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    return tuple(words) if isinstance(words, tuple | list) else (words or "",)


def translated(language: str) -> Iterator[Message]:
    return (message for message in kept(language) if message.id and tool.is_translated(message))


def unlike(message: Message, seen: re.Pattern[str]) -> bool:
    """Whether some form of the translation does not hold what the English holds, each as often.

    A form for one, two or no things may leave the number to its words.
    """
    allowed = [Counter(seen.findall(each)) for each in forms(message.id)]
    if message.pluralizable:
        allowed += [each - Counter({"{count}": each["{count}"]}) for each in allowed]
    return any(Counter(seen.findall(each)) not in allowed for each in forms(message.string))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_translation_is_up_to_date_with_the_english_and_compiled(language: str) -> None:
    po = tool.po_file(language)
    assert tool.brought_up_to_date(po.read_bytes(), language, template()) == po.read_bytes(), "run make_catalogue.py"
    assert tool.compiled(po.read_bytes(), language) == po.with_suffix(".mo").read_bytes(), "run make_catalogue.py"


@pytest.mark.parametrize("language", LANGUAGES)
def test_paper_verdicts_and_forms_are_translated_whole(language: str) -> None:
    missing = [
        message.id
        for message in kept(language)
        if message.id
        and not tool.is_translated(message)
        and any(str(place).startswith(MUST_BE_COMPLETE) for place, _line in message.locations)
    ]
    assert not missing, f"{len(missing)} messages, for example {missing[:3]}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_keeps_places_keys_markup_and_the_spaces_at_its_ends(language: str) -> None:
    wrong = []
    for message in translated(language):
        of_ends = [(each[: len(each) - len(each.lstrip())], each[len(each.rstrip()) :]) for each in forms(message.id)]
        of_lines = {each.count("\n") for each in forms(message.id)}
        for each in forms(message.string):
            ends = (each[: len(each) - len(each.lstrip())], each[len(each.rstrip()) :])
            if ends not in of_ends or each.count("\n") not in of_lines:
                wrong.append(("ends", message.id))
        wrong += [
            (name, message.id)
            for name, seen in (("place", _PLACES), ("key", _KEY), ("markup", _MARKUP))
            if unlike(message, seen)
        ]
    assert not wrong


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_has_a_form_for_every_count_and_no_hidden_direction(language: str) -> None:
    expected = int(tool.PLURALS[language][len("nplurals=")])
    for message in translated(language):
        assert len(forms(message.string)) == (expected if message.pluralizable else 1), message.id
        assert not any(_OVERRIDES.search(each) for each in forms(message.string)), message.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_left_in_english(language: str) -> None:
    known = {*NO_WORDS.split(), *SAME_WORD[language].split()}
    left = [
        each
        for message in translated(language)
        for each in forms(message.string)
        if each in forms(message.id) and not set(_WORD.findall(_PLACES.sub("", each).replace("&", "").lower())) <= known
    ]
    assert not left


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_nobody_cleared_carries_its_mark(language: str) -> None:
    """Also where a translation is missing: whoever adds it finds the mark there."""
    unmarked = [message.id for message in kept(language) if message.id and tool.MARK not in message.user_comments]
    assert not unmarked, "cleared by a practitioner? then name it here"


def test_french_writes_its_signs_as_french_does() -> None:
    """A narrow space before ; ! ?, a space that does not break before a colon and within quotation marks; ’ alone."""
    bad = re.compile("'|[ \u00a0][;!?]|[ \u202f]:|« |[ \u202f]»|“|”|\\S  \\S|\\.\\.\\.")
    wrong = [message.id for message in translated("fr") if any(bad.search(each) for each in forms(message.string))]
    assert not wrong


@pytest.mark.parametrize(
    ("language", "never"),
    [
        (
            "fr",
            r"\b(certificat|valides?\b|invalide|soumett|utilisat(eur|rice)|synchro|hach|radicalis|terroris|repenti)",
        ),
        ("ar", r"تائب|إرهابي|متطرف"),
    ],
)
def test_words_that_judge_or_that_nobody_says_do_not_appear(language: str, never: str) -> None:
    """What interface.md 8.1 keeps out of English stays out of its translations."""
    said = re.compile(never, re.IGNORECASE)
    wrong = [message.id for message in translated(language) if any(said.search(each) for each in forms(message.string))]
    assert not wrong


def test_what_is_said_keeps_its_translation_and_what_is_gone_goes() -> None:
    found = Catalog()
    for words in ("Stays", ("{count} day", "{count} days"), "New"):
        found.add(words, locations=[("src/a.py", 0)])
    before = tool.brought_up_to_date(b"", "fr", found).decode()
    before = before.replace('"Stays"\nmsgstr ""', '"Stays"\nmsgstr "Reste"').replace('"New"', '"Gone"')

    after = tool.brought_up_to_date(before.encode(), "fr", found)

    assert {message.id: message.string for message in tool.read(after, "fr") if message.id} == {
        "Stays": "Reste",
        ("{count} day", "{count} days"): ("", ""),
        "New": "",
    }
    assert tool.brought_up_to_date(after, "fr", found) == after


def test_what_the_code_says_is_what_the_template_holds() -> None:
    """Also within f-strings, where Babel does not look: there a sentence would stay English for ever."""
    held = {words for message in template() for words in forms(message.id)}
    missing = [
        f"{file.relative_to(ROOT)}:{node.lineno}: {first.value!r}"
        for file in sorted((ROOT / "src").rglob("*.py"))
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("tr", "ntr", "tr_as")
        for first in node.args[:1]
        if isinstance(first, ast.Constant) and first.value not in held
    ]
    assert not missing, "take the call out of the f-string"


@pytest.mark.parametrize(("language", "word"), [("fr", "Brouillon"), ("ar", "مسودة")])
def test_the_program_speaks_what_was_compiled(language: str, word: str) -> None:
    if language not in LANGUAGES or not any(message.id == "Draft" for message in translated(language)):
        pytest.skip("not translated yet")
    use_language(language, resources.path("i18n"))
    try:
        assert tr("Draft") == word
        assert ntr("{count} open", "{count} open", 3).count("3") == 1
    finally:
        use_language("en", resources.path("i18n"))
