"""Names of others in a note: said once each, replaced at every place and nowhere else."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from rehabdesk.core.terms import Terms
from rehabdesk.ui.named import NamedThere, fitting_in, names_in, replaced

NAMES: Terms[str] = Terms()
for name in ("Daniel", "Omar Sall", "عمر سال"):
    NAMES.add(name, name)
ROLE = "another man in the group"


def find(text: str) -> Sequence[NamedThere]:
    return [NamedThere(start=place.start, end=place.end, instead=ROLE) for place in NAMES.places(text)]


def test_a_name_is_one_hit_with_all_its_places() -> None:
    texts = {"psy.P3.free": "Daniel came. So did DANIEL.", "psy.P9": "He listened to Daniel.", "psy.P11": "Quiet."}

    (hit,) = names_in(texts, find, frozenset()) or ()

    assert hit.words == "Daniel"
    assert hit.places == {"psy.P3.free": ((0, 6), (20, 26)), "psy.P9": ((15, 21),)}


def test_a_name_that_stays_is_not_said_again() -> None:
    assert names_in({"a": "daniel and Omar Sall"}, find, frozenset({"daniel", "omar sall"})) == ()


def test_nothing_is_said_while_the_names_are_not_known() -> None:
    assert names_in({"a": "Daniel"}, lambda _text: None, frozenset()) is None


def test_a_sentence_still_begins_with_a_capital() -> None:
    assert replaced("Daniel hit him. «Daniel» saw Daniel.", [(0, 6), (17, 23), (29, 35)], ROLE) == (
        "Another man in the group hit him. «Another man in the group» saw another man in the group."
    )


WORDS = st.lists(
    st.sampled_from(["Daniel", "Omar Sall", "عمر سال", "😀", "he", "said.", "\n", "–", "d'Arc", "éé"]), max_size=30
)


@given(WORDS)
def test_replacing_changes_the_names_and_nothing_else(words: list[str]) -> None:
    text = " ".join(words)
    places = [(each.start, each.end) for each in find(text)]

    after = replaced(text, places, ROLE)

    assert find(after) == []
    kept, last = [], 0
    for start, end in places:
        kept += [text[last:start], fitting_in(text, ROLE, start)]
        last = end
    assert after == "".join([*kept, text[last:]])
    assert sum(after.casefold().count(each) for each in (ROLE,)) == len(places)
