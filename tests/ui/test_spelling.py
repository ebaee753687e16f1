"""The spell-checker with its real dictionaries, in its real child process. The window has none."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QObject, QProcess
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from rehabdesk.core.process import own_command
from rehabdesk.ui.speller import CHILD_COMMAND, Speller
from rehabdesk.ui.spelling import forms_of, signs, units, words_to_check, wrong_words

ALL = ("en", "fr", "ar")


@pytest.fixture
def speller(qtbot: QtBot) -> Iterator[Speller]:
    made = Speller(ALL)
    yield made
    made.stop()


@pytest.fixture(scope="module")
def shared(qapp: QApplication) -> Iterator[Speller]:
    """For tests that only ask: a child loads its dictionaries once."""
    made = Speller(ALL)
    yield made
    made.stop()


def wrong(qtbot: QtBot, speller: Speller, paragraph: str, *known: str) -> list[str]:
    words = [word.form for word in words_to_check(paragraph)]
    speller.ask(words)
    qtbot.waitUntil(lambda: all(speller.right_in(word) is not None for word in words), timeout=20_000)
    found = wrong_words(paragraph, speller.right_in, lambda word: bool(set(known) & set(forms_of(word))))
    return [paragraph[word.start : word.end] for word in found]


@pytest.mark.parametrize(
    ("paragraph", "expected"),
    [
        ("He recieved the letter yesterday and was glad about it.", ["recieved"]),
        ("The colour of the programme; he doesn’t realise that it's the children's.", []),
        ("The well-known co-worker was there, and a wel-known one.", ["wel-known"]),
        ("Il a reçu la letre hier et il était content de l’apprentissage.", ["letre"]),
        ("La sècheresse, ou la sécheresse : aujourd’hui les deux sont justes.", []),
        ("ذهب السجين إلى المدرسه يوم الأحد", ["المدرسه"]),
        ("قَرَأَ الكِتابَ في المكتبة", []),
        ("He came in at 24-017 with PSY and RR-B3 to http://x.example/recieve and a@b.example, v2a.", []),
        ("See file recieve.pdf and C:\\recieve\\x for it.", []),
        ("Good 😀😀 recieve", ["recieve"]),
        ("", []),
    ],
)
def test_each_language_by_its_own_words(qtbot: QtBot, shared: Speller, paragraph: str, expected: list[str]) -> None:
    assert wrong(qtbot, shared, paragraph) == expected


def test_a_paragraph_in_two_languages_takes_words_of_both(qtbot: QtBot, shared: Speller) -> None:
    assert wrong(qtbot, shared, "merci beaucoup, thank you") == []
    assert wrong(qtbot, shared, "He said merci beaucoup xqzt") == ["xqzt"]
    assert wrong(qtbot, shared, "He wrote الكتاب and المدرسه in it") == ["المدرسه"]


def test_a_paragraph_in_one_language_is_judged_by_it(qtbot: QtBot, shared: Speller) -> None:
    assert wrong(qtbot, shared, "We went to the workshop and he showed me his aujourd’hui.") == ["aujourd’hui"]


def test_a_name_is_never_wrong_in_any_of_its_forms(qtbot: QtBot, shared: Speller) -> None:
    paragraph = "Idrissa’s letter, IDRISSA's form, Idrissa-Kada and Kadas came with Zeynéb."

    assert wrong(qtbot, shared, paragraph, "idrissa", "kada", "zeyneb") == ["Kadas"]


def test_a_language_that_is_off_is_not_judged(qtbot: QtBot, speller: Speller) -> None:
    speller.use(("en",))

    assert wrong(qtbot, speller, "المدرسه is a school and xqzt is none") == ["xqzt"]


def test_suggestions_are_at_most_five_and_reach_only_who_is_there(qtbot: QtBot, shared: Speller) -> None:
    owner, gone, arrived = QObject(), QObject(), []
    shared.suggest("recieve", "en", gone, lambda found: arrived.append(("gone", found)))
    gone.deleteLater()
    qtbot.wait(1)
    shared.suggest("aprentissage", "fr", owner, lambda found: arrived.append(("fr", found)))
    shared.suggest("بلسلامة", "ar", owner, lambda found: arrived.append(("ar", found)))
    qtbot.waitUntil(lambda: len(arrived) == 2, timeout=20_000)

    assert dict(arrived)["fr"] == ["apprentissage"]
    assert "بالسلامة" in dict(arrived)["ar"]
    assert len(dict(arrived)["ar"]) <= 5


def test_a_child_that_dies_is_started_again(qtbot: QtBot, speller: Speller) -> None:
    assert wrong(qtbot, speller, "recieve") == ["recieve"]
    speller._process.kill()
    qtbot.waitUntil(lambda: speller._process.state() == QProcess.ProcessState.NotRunning)

    assert wrong(qtbot, speller, "speling") == ["speling"]


def test_what_is_stopped_says_nothing_and_leaves_no_process(qtbot: QtBot, speller: Speller) -> None:
    said: list[int] = []
    speller.judged.connect(lambda: said.append(1))
    speller.ask(["recieve"])
    qtbot.waitUntil(lambda: speller._process.state() == QProcess.ProcessState.Running)
    child = int(speller._process.processId())
    speller.stop()
    qtbot.wait(50)

    assert said == []
    assert not Path(f"/proc/{child}").exists()
    speller.ask(["speling"])
    assert speller._process.state() == QProcess.ProcessState.NotRunning


@pytest.mark.parametrize(
    "line",
    [
        "nonsense",
        "[]",
        "{}",
        '{"n": 1}',
        '{"n": 1, "words": 3, "in": ["en"]}',
        '{"n": 1, "suggest": "x", "in": []}',
        "null",
    ],
)
def test_the_child_passes_over_what_is_no_question_and_ends_with_the_last(line: str) -> None:
    good = json.dumps({"n": 2, "words": ["recieve", "a" * 5_000, "\ud800", "x\u0000y"], "in": ["en", "xx"]})
    done = subprocess.run(
        own_command(CHILD_COMMAND), input=f"{line}\n{good}\n".encode(), capture_output=True, check=True, timeout=30
    )

    assert json.loads(done.stdout) == {"n": 2, "right": [[], ["en"], ["en"], ["en"]]}


@given(st.text(max_size=300))
def test_words_lie_in_order_and_are_what_stands_there(paragraph: str) -> None:
    last = 0
    for word in words_to_check(paragraph):
        assert last <= word.start < word.end <= len(paragraph)
        assert not any(char.isspace() or char.isdigit() for char in paragraph[word.start : word.end])
        last = word.end


@given(st.text(max_size=60), st.integers(0, 60))
def test_places_are_the_same_for_qt_and_for_us(text: str, place: int) -> None:
    place = min(place, len(text))

    assert signs(text, units(text, place)) == place


def test_this_process_holds_no_dictionary() -> None:
    """Every test above had its answers from the child: hunspell would stop the window while it works."""
    assert "hunspell" not in sys.modules
