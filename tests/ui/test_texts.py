"""Other words in a text: what they replace changes, nothing else does, and one step of undo brings it back."""

from functools import partial

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtWidgets import QApplication, QLineEdit

from rehabdesk.core.terms import Terms
from rehabdesk.ui.fields import TextArea
from rehabdesk.ui.named import fitting_in, replaced
from rehabdesk.ui.texts import Control, put
from rehabdesk.ui.theme import Theme

NAMES: Terms[str] = Terms()
for name in ("Daniel", "Omar Sall", "عمر سال"):
    NAMES.add(name, name)
ROLE = "another man in the group"
WORDS = st.lists(st.sampled_from(["Daniel", "Omar Sall", "عمر سال", "😀", "he", "said.", "–", "d'Arc"]), max_size=20)


def put_roles(control: Control, text: str) -> str:
    places = [(place.start, place.end) for place in NAMES.places(text)]
    put(control, places, partial(fitting_in, text, ROLE))
    return replaced(text, places, ROLE)


@given(words=WORDS, breaks=st.booleans())
def test_a_text_is_replaced_and_brought_back_whole(qapp: QApplication, words: list[str], breaks: bool) -> None:
    text = ("\n" if breaks else " ").join(words)
    area = TextArea(Theme(qapp), 3)
    area.set_words(text)

    expected = put_roles(area, text)

    assert area.words() == expected
    area.undo()
    assert area.words() == text
    area.deleteLater()


@given(words=WORDS)
def test_a_line_is_replaced_at_the_same_places(qapp: QApplication, words: list[str]) -> None:
    line = QLineEdit(" ".join(words))

    expected = put_roles(line, " ".join(words))

    assert line.text() == expected
    line.deleteLater()
