"""Breaking and ordering of lines."""

import re

import pytest

from rehabdesk.core.text import isolate_ltr
from rehabdesk.paper import lines
from rehabdesk.paper.blocks import Direction, Run, bold
from rehabdesk.paper.fonts import FontBook
from rehabdesk.paper.lines import Line, TextLayout


def shown(layout: TextLayout, line: Line) -> str:
    """Words of a line from left to right, each in logical order."""
    return "".join(layout.text[piece.start : piece.end] for piece in line.pieces)


def layout(words: str | tuple[Run, ...], direction: Direction = Direction.AUTO) -> TextLayout:
    return TextLayout(words, FontBook(), direction=direction)


def test_an_id_keeps_its_order_in_an_arabic_line() -> None:
    text = layout(f"رقم {isolate_ltr('4471-22')}")
    assert text.rtl
    assert shown(text, text.one_line()) == "4471-22 رقم"


def test_lines_break_first_and_are_ordered_after() -> None:
    """Reordering before breaking would put the end of the text on the first line."""
    text = layout("واحد اثنان ثلاثة أربعة")
    width = text.one_line().width / 2 + 200
    assert [shown(text, line) for line in text.lines(width)] == ["اثنان واحد", "أربعة ثلاثة"]


def test_bold_stands_where_the_sentence_has_it() -> None:
    text = layout((Run(text="هذا "), bold("فريق"), Run(text=" الإدماج")))
    line = text.one_line()
    assert shown(text, line) == "الإدماج فريق هذا"
    assert [piece.face.name for piece in line.pieces if not piece.space] == [
        "NotoNaskhArabic-Regular",
        "NotoNaskhArabic-Bold",
        "NotoNaskhArabic-Regular",
    ]


def test_a_word_half_bold_stays_joined() -> None:
    plain = [glyph.text for piece in layout("مستشفى").one_line().pieces for glyph in piece.shaped.glyphs]
    half = layout((Run(text="مست"), bold("شفى"))).one_line()
    assert [glyph.text for piece in half.pieces for glyph in piece.shaped.glyphs] == plain
    ending, beginning = half.pieces
    regular = layout("مستشفى").one_line().pieces[0].shaped.glyphs
    assert [glyph.gid for glyph in beginning.shaped.glyphs] == [glyph.gid for glyph in regular[3:]]
    assert ending.face.name.endswith("Bold")


def test_latin_words_in_arabic_keep_their_order_and_brackets() -> None:
    text = layout("في النجارة (Level 2 Carpentry) منذ شهرين")
    assert (
        shown(text, text.one_line()) == "شهرين منذ )Level 2 Carpentry( النجارة في"
    )  # the brackets are mirrored glyphs


@pytest.mark.parametrize(
    ("words", "direction", "rtl"),
    [
        ("SOAP: ما قيل", Direction.PAGE, True),  # words of ours run as the page
        ("SOAP: ما قيل", Direction.AUTO, False),
        ("Not translated.", Direction.PAGE, False),  # but not where nothing in them does
        ("\u2066+000 20\u2069 · \u2068Marième\u2069", Direction.AUTO, True),  # parts side by side have no other
        ("+000 20", Direction.AUTO, False),
    ],
)
def test_how_a_line_runs_on_an_arabic_page(words: str, direction: Direction, rtl: bool) -> None:
    assert TextLayout(words, FontBook(), direction=direction, page_rtl=True).rtl is rtl


def test_an_arabic_name_in_english_leaves_the_sentence_in_order() -> None:
    text = layout("Plan of \u2068نادر حداد\u2069 (12) agreed")
    assert not text.rtl
    assert shown(text, text.one_line()) == "Plan of حداد نادر (12) agreed"


@pytest.mark.parametrize("word", ["Donaudampfschiff" * 9, "مستشفى" * 20, "office-" * 20])
def test_a_word_longer_than_the_line_is_broken_and_nothing_is_lost(word: str) -> None:
    text = layout("x " + word)
    lines = text.lines(9000)
    assert len(lines) > 3
    assert all(line.width <= 9000 for line in lines)
    pieces = sorted(
        (piece for line in lines for piece in line.pieces if not piece.space), key=lambda piece: piece.start
    )
    assert "".join(text.text[piece.start : piece.end] for piece in pieces) == "x" + word


def test_a_line_narrower_than_a_letter_still_ends() -> None:
    assert len(layout("wide").lines(1)) == 4


@pytest.mark.parametrize(
    "words",
    [
        "Plan of \u2068Zoë, née Sow\u2069 (\u2066+000 20 555\u2069), 3\u00a0% – “done”.\n\n12.",
        (Run(text="3. "), bold("Écrit «\u202fici\u202f»"), Run(text="  and on", colour="#52606d")),
    ],
)
def test_the_quick_way_for_text_from_left_to_right_gives_the_same(
    words: str | tuple[Run, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    def told(text: TextLayout) -> list[tuple[object, ...]]:
        return [
            (each.start, each.end, each.level & 1, each.face.name, each.colour, each.shaped, each.space)
            for each in text.one_line().pieces
        ]

    quick = told(layout(words))
    monkeypatch.setattr(lines, "_MAY_TURN", re.compile(""))
    assert told(layout(words)) == quick


def test_a_number_in_parts_is_not_broken_at_its_spaces() -> None:
    text = layout(f"Telephone {isolate_ltr('+000 20 555 010')}, all day")
    whole = text.one_line().width
    assert [shown(text, line) for line in text.lines(whole * 0.6)] == ["Telephone", "+000 20 555 010, all", "day"]


def test_line_feeds_are_kept_and_empty_text_is_one_line() -> None:
    assert len(layout("a\n\nb").lines(9000)) == 3
    assert len(layout("").lines(9000)) == 1
