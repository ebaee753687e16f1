"""Text into lines, without any canvas: levels of the whole paragraph, faces, shaping, breaking, order of each line.

The steps follow packet.md 11.1: nothing is reordered before the lines are known.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise, repeat
from typing import NamedTuple

from rehabdesk.paper.bidi import directions, levels, reorder
from rehabdesk.paper.blocks import Direction, Run, Words
from rehabdesk.paper.fonts import DIRECTION_MARKS, Face, FontBook, Shaped

_MAY_TURN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u0590-\u08ff\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2065\u2067\u206a-\u206f"
    "\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
"""What runs from right to left, makes its neighbours do so, or is not drawn."""
_KEPT = re.compile("\u2066[^\u2066-\u2069]{1,24}\u2069")
"""A number in parts, which is not broken at its spaces."""
_WORD_OR_SPACE = re.compile(" |[^ \u2066-\u2069]+")
_ISOLATE = re.compile("[\u2066-\u2068]")
_BREAK_AFTER = frozenset("-/_.,@:;\u2010\u2013\u2014")  # where an over-long word is broken if it can be


class Piece(NamedTuple):
    """Characters `start` to `end` of the text: one word or part of it, or one space, in one face and level.

    A tuple, as thousands are made for each packet.
    """

    start: int
    end: int
    level: int
    face: Face
    colour: str | None
    shaped: Shaped
    space: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line, its pieces from left to right. `width` is in thousandths of the font size."""

    pieces: tuple[Piece, ...]
    width: float
    rtl: bool


class TextLayout:
    """A text with its looks, ready to be broken into lines of any width."""

    def __init__(
        self,
        words: Words,
        book: FontBook,
        *,
        direction: Direction = Direction.AUTO,
        bold: bool = False,
        page_rtl: bool = False,
    ) -> None:
        runs = (Run(text=words, bold=bold),) if isinstance(words, str) else words
        runs = tuple(Run(text=_clean(run.text), bold=run.bold or bold, colour=run.colour) for run in runs)
        self.text = "".join(run.text for run in runs)
        self._kept = {at for found in _KEPT.finditer(self.text) for at in range(*found.span())}
        self._book = book
        self._looks = [look for run in runs for look in repeat((run.bold, run.colour), len(run.text))]
        self._one_look = len(runs) == 1
        self.rtl = _runs_right_to_left(self.text, direction, page_rtl=page_rtl)
        self._paragraphs = tuple(self._pieces(start, end) for start, end in _hard_lines(self.text))
        self.has_arabic = any(
            piece.face.name.startswith("NotoNaskh") for pieces in self._paragraphs for piece in pieces
        )
        self._broken_to: dict[float, tuple[Line, ...]] = {}

    def lines(self, width: float) -> tuple[Line, ...]:
        """The lines, none wider than `width` (thousandths of the font size); at least one, perhaps empty."""
        if width not in self._broken_to:  # tables ask the same more than once
            self._broken_to[width] = tuple(
                self._line(pieces) for paragraph in self._paragraphs for pieces in self._broken(paragraph, width)
            )
        return self._broken_to[width]

    def one_line(self) -> Line:
        """The whole text on one line, however long."""
        return self._line([piece for paragraph in self._paragraphs for piece in paragraph])

    def _pieces(self, start: int, end: int) -> list[Piece]:
        text = self.text[start:end]
        if not self.rtl and not _MAY_TURN.search(text) and (plain := self._plain_pieces(start, end)) is not None:
            return plain
        found = levels(text, int(self.rtl))
        pieces: list[Piece] = []
        faces = self._faces(start, end)
        place = 0
        while place < len(text):
            if found.ignored[place] or text[place] in DIRECTION_MARKS:
                place += 1
                continue
            stop = place + 1
            while (
                stop < len(text)
                and text[place] != " " != text[stop]
                and not found.ignored[stop]
                and text[stop] not in DIRECTION_MARKS
                and found.levels[stop] == found.levels[place]
                and faces[stop] is faces[place]
                and self._looks[start + stop] == self._looks[start + place]
            ):
                stop += 1
            pieces.append(self._piece(start + place, start + stop, found.levels[place], faces[place]))
            place = stop
        return pieces

    def _plain_pieces(self, start: int, end: int) -> list[Piece] | None:
        """As `_pieces`, quickly, for text that runs from left to right throughout; None if one face has not all of it.

        Isolates change nothing there: all levels are even.
        """
        if start == end:
            return []
        if any(map(_joins, set(self.text[max(start - 5, 0) : end + 5]))):
            return None
        places = () if self._one_look else range(start + 1, end)
        cuts = [at for at in places if self._looks[at] != self._looks[at - 1]]
        pieces: list[Piece] = []
        for first, last in pairwise((start, *cuts, end)):
            bold, colour = self._looks[first]
            face = self._book.latin(bold=bold)
            for found in _WORD_OR_SPACE.finditer(self.text, first, last):
                word = found.group()
                shaped = face.shape_alone(word)
                if shaped is None:
                    return None
                at, stop = found.span()
                space = word == " " and at not in self._kept
                pieces.append(Piece(at, stop, 0, face, colour, shaped, space))
        return pieces

    def _faces(self, start: int, end: int) -> list[Face]:
        """The face of each character. A mark follows its letter, punctuation its neighbour, where the face has it."""
        faces: list[Face] = []
        before: dict[bool, Face] = {}
        for index in range(start, end):
            bold = self._looks[index][0]
            face = self._book.face_for(self.text[index], bold=bold, before=before.get(bold))
            faces.append(face)
            before[bold] = face
        return faces

    def _piece(self, start: int, end: int, level: int, face: Face) -> Piece:
        text = self.text[start:end]
        shaped = face.shape(
            text,
            rtl=bool(level & 1),
            before=_joining(self.text[max(start - 5, 0) : start]),
            after=_joining(self.text[end : end + 5]),
        )
        colour = self._looks[start][1]
        return Piece(
            start=start,
            end=end,
            level=level,
            face=face,
            colour=colour,
            shaped=shaped,
            space=text == " " and start not in self._kept,
        )

    def _broken(self, pieces: list[Piece], width: float) -> Iterator[list[Piece]]:
        """Greedy breaking at spaces, in logical order; a word wider than the line is broken inside."""
        line: list[Piece] = []
        used = 0.0
        for whole in _words(pieces):
            word = whole
            needed = _width(word)
            if word[0].space:
                line += word
                used += needed
                continue
            if line and used + needed > width:
                yield _without_trailing_space(line)
                line, used = [], 0.0
            while needed > width:
                head, rest = self._cut(word, width)
                if not rest:  # a single letter wider than the line: it stands out
                    break
                word = rest
                yield head
                needed = _width(word)
            line += word
            used += needed
        yield _without_trailing_space(line)

    def _cut(self, word: list[Piece], width: float) -> tuple[list[Piece], list[Piece]]:
        """`word` in two: as much as fits on a line, at least one letter, and the rest."""
        room = width
        for number, piece in enumerate(word):
            if piece.shaped.width <= room:
                room -= piece.shaped.width
                continue
            cut = self._cut_in(piece, room, may_be_empty=number > 0)
            if cut == piece.start:
                return word[:number], word[number:]
            if cut == piece.end:
                return word[: number + 1], word[number + 1 :]
            head = self._piece(piece.start, cut, piece.level, piece.face)
            tail = self._piece(cut, piece.end, piece.level, piece.face)
            return [*word[:number], head], [tail, *word[number + 1 :]]
        return word, []

    def _cut_in(self, piece: Piece, room: float, *, may_be_empty: bool) -> int:
        """Where to cut `piece` so that its head fits in `room`: after a sign in its later half, or between letters."""
        fitting = [
            cut
            for cut in range(piece.start + 1, piece.end)
            if not _holds_together(self.text[cut - 1], self.text[cut])
            and self._piece(piece.start, cut, piece.level, piece.face).shaped.width <= room
        ]
        if not fitting:
            if may_be_empty:
                return piece.start
            later = range(piece.start + 1, piece.end)
            return next((cut for cut in later if not _holds_together(self.text[cut - 1], self.text[cut])), piece.end)
        half = (piece.start + fitting[-1]) / 2
        good = [cut for cut in fitting if cut > half and self.text[cut - 1] in _BREAK_AFTER]
        return good[-1] if good else fitting[-1]

    def _line(self, pieces: Sequence[Piece]) -> Line:
        in_order = [pieces[place] for place in reorder([piece.level for piece in pieces])]
        return Line(pieces=tuple(in_order), width=_width(pieces), rtl=self.rtl)


def measured(words: Words, book: FontBook, *, direction: Direction, bold: bool, page_rtl: bool) -> TextLayout:
    """The layout of a text, the one that `book` has where it was asked for before."""
    key = (words, direction, bold, page_rtl)
    if key not in book.layouts:
        book.layouts[key] = TextLayout(words, book, direction=direction, bold=bold, page_rtl=page_rtl)
    layout: TextLayout = book.layouts[key]
    return layout


def _runs_right_to_left(text: str, direction: Direction, *, page_rtl: bool) -> bool:
    if direction in (Direction.LTR, Direction.RTL):
        return direction is Direction.RTL
    found = directions(text)
    if not found:  # parts side by side, each isolated, have no direction of their own
        return page_rtl and (direction is Direction.PAGE or _ISOLATE.search(text) is not None)
    return page_rtl if direction is Direction.PAGE and int(page_rtl) in found else found[0] == 1


def _clean(text: str) -> str:
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\t", " ").replace("\u00ad", ""))


def _hard_lines(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for part in text.split("\n"):
        yield start, start + len(part)
        start += len(part) + 1


def _words(pieces: list[Piece]) -> Iterator[list[Piece]]:
    """Neighbouring pieces without a space between them; a space is a word of its own."""
    word: list[Piece] = []
    for piece in pieces:
        if word and (piece.space or word[-1].space):
            yield word
            word = []
        word.append(piece)
    if word:
        yield word


def _width(pieces: Sequence[Piece]) -> float:
    return pieces[0].shaped.width if len(pieces) == 1 else sum([piece.shaped.width for piece in pieces])


def _without_trailing_space(pieces: list[Piece]) -> list[Piece]:
    end = len(pieces)
    while end and pieces[end - 1].space:
        end -= 1
    return pieces[:end]


@cache
def _joins(char: str) -> bool:
    """Whether `char` can matter to the form of its neighbour: letters and marks of a joining script, joiners."""
    return unicodedata.bidirectional(char) in ("AL", "NSM") or char in "\u200c\u200d"


def _joining(neighbours: str) -> str:
    """`neighbours` if shaping may look at them, else "": most words then share one entry in the cache."""
    return neighbours if any(_joins(char) for char in neighbours) else ""


def _holds_together(before: str, after: str) -> bool:
    """Whether no line may be broken between two characters: before a mark, and inside lam-alef."""
    return unicodedata.combining(after) != 0 or (before == "\u0644" and after in "\u0622\u0623\u0625\u0627")
