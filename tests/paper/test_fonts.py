"""Shaping, fallback and the check for characters that no font has."""

import pytest

from rehabdesk.paper.fonts import Face, FontBook, missing_characters

ARABIC = Face("NotoNaskhArabic-Regular")
LATIN = Face("NotoSans-Regular")
BEH = "ب"


def forms(text: str, *, before: str = "", after: str = "") -> list[int]:
    """Glyph ids in logical order."""
    return [glyph.gid for glyph in reversed(ARABIC.shape(text, rtl=True, before=before, after=after).glyphs)]


def test_a_letter_has_four_forms() -> None:
    isolated = forms(BEH)[0]
    initial, medial, final = forms(BEH * 3)
    assert len({isolated, initial, medial, final}) == 4


def test_joining_goes_on_across_a_change_of_style() -> None:
    whole = forms(BEH * 3)
    assert forms(BEH, after=BEH * 2) == whole[:1]
    assert forms(BEH, before=BEH, after=BEH) == whole[1:2]
    assert forms(BEH, before=BEH * 2) == whole[2:]


def test_lam_alef_is_one_shape_and_says_its_letters_once() -> None:
    together = ARABIC.shape("لا", rtl=True)
    assert together.width < ARABIC.shape("ل", rtl=True).width + ARABIC.shape("ا", rtl=True).width
    assert {glyph.gid for glyph in together.glyphs}.isdisjoint(forms("ل") + forms("ا"))
    said = "".join(glyph.text for glyph in reversed(together.glyphs))
    assert said in ("لا", "\ufefb")


def test_the_name_of_god_stays_four_letters() -> None:
    assert [glyph.text for glyph in reversed(ARABIC.shape("الله", rtl=True).glyphs)] == list("الله")


def test_a_mark_is_placed_on_its_letter_and_said_by_it() -> None:
    mark, letter = ARABIC.shape("بَ", rtl=True).glyphs
    assert (mark.text, letter.text) == ("", "بَ")
    assert mark.advance == 0
    assert mark.dy != 0 or mark.dx != 0


def test_brackets_are_mirrored_where_the_run_goes_right_to_left() -> None:
    opened, closed = (LATIN.shape(sign, rtl=False).glyphs[0].gid for sign in "()")
    assert LATIN.shape("(", rtl=True).glyphs[0].gid == closed
    assert LATIN.shape(")", rtl=True).glyphs[0].gid == opened


def test_each_character_finds_a_face_and_punctuation_stays_with_its_neighbour() -> None:
    book = FontBook()
    letter = book.face_for("ب", bold=True, before=None)
    assert letter.name == "NotoNaskhArabic-Bold"
    assert book.face_for("،", bold=True, before=letter) is letter
    assert book.face_for("1", bold=True, before=letter).name == "NotoSans-Bold"
    assert book.face_for("(", bold=True, before=letter).name == "NotoSans-Bold"
    with pytest.raises(ValueError, match="U\\+4E2D"):
        book.face_for("中", bold=False, before=None)


def test_missing_characters_are_listed_with_their_fields() -> None:
    found = missing_characters([("name", "Łukasz 中"), ("goal", "فرن \u2066A-1\u2069 中✓"), ("note", "fine\n")])
    assert [(missing.character, missing.fields) for missing in found] == [("中", ("name", "goal")), ("✓", ("goal",))]
    assert str(found[0]) == "中 (U+4E2D)"


def test_the_languages_of_the_house_miss_nothing() -> None:
    assert missing_characters([("x", "« Où ça ? » – l’œuvre … ‚a‘ €\u202f%\u00a0؟ ٠١٢ پچگ ﷺ"[:-1])]) == ()
