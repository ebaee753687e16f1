"""The fonts that ship: which face has a character, and letters shaped by HarfBuzz. In a PDF: embedding.py."""

import unicodedata
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from rehabdesk.core import resources

if TYPE_CHECKING:
    import uharfbuzz

_LAM = "\u0644"
# Presentation forms that a reader's program turns back into lam and the alef (packet.md 11.1, point 5).
_LAM_ALEF = {"\u0622": "\ufef5", "\u0623": "\ufef7", "\u0625": "\ufef9", "\u0627": "\ufefb"}
_CONTEXT = 5  # letters on either side that HarfBuzz looks at
_SPACES = frozenset(" \u00a0\u2007\u202f")
DIRECTION_MARKS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_NEVER_DRAWN = DIRECTION_MARKS | frozenset("\n\r\t\u00ad\u200b\u200c\u200d\u2060\ufeff")


class Glyph(NamedTuple):
    """A placed glyph; lengths in thousandths of the size of the text. `text`: what it says, "" if another says it.

    A plain tuple: a packet has many thousands of them.
    """

    gid: int
    text: str
    advance: float
    dx: float
    dy: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Shaped:
    """Glyphs from left to right with their total width, in thousandths of the font size."""

    glyphs: tuple[Glyph, ...]
    width: float


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingCharacter:
    """A character that no font of ours has, with the fields where it stands, in the order in which they came."""

    character: str
    fields: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.character} (U+{ord(self.character):04X})"


class Face:
    """One font file, as one document uses it."""

    def __init__(self, name: str) -> None:
        self.name = name  # as in the file, also the PostScript name
        self.optical = 1.15 if "Naskh" in name else 1.0  # Naskh letters look small beside Noto Sans of the same size
        self._shaped: dict[tuple[str, str, str, bool], Shaped] = {}
        self._alone: dict[str, Shaped | None] = {}

    @cached_property
    def hb_face(self) -> "uharfbuzz.Face":
        import uharfbuzz

        return uharfbuzz.Face(uharfbuzz.Blob(resources.read_bytes(f"fonts/{self.name}.ttf")))

    @cached_property
    def _hb_font(self) -> "uharfbuzz.Font":
        import uharfbuzz

        return uharfbuzz.Font(self.hb_face)

    @cached_property
    def coverage(self) -> frozenset[int]:
        return frozenset(self.hb_face.unicodes)

    def has_all(self, word: str) -> bool:
        """Whether every character of `word` is in the font."""
        return self.coverage.issuperset(map(ord, word))

    @property
    def scale(self) -> float:
        """From font units to thousandths of the font size."""
        return 1000 / int(self.hb_face.upem)

    @property
    def ascent(self) -> float:
        return float(self._hb_font.get_font_extents("ltr").ascender) * self.scale

    @property
    def descent(self) -> float:
        """Below the line: negative."""
        return float(self._hb_font.get_font_extents("ltr").descender) * self.scale

    def advance(self, gid: int) -> float:
        return float(self._hb_font.get_glyph_h_advance(gid)) * self.scale

    def shape(self, text: str, *, rtl: bool, before: str = "", after: str = "") -> Shaped:
        """`text` of one direction and one script. `before` and `after` are its neighbours: letters join across."""
        key = (text, before[-_CONTEXT:], after[:_CONTEXT], rtl)
        if key not in self._shaped:
            self._shaped[key] = self._shape(*key)
        return self._shaped[key]

    def shape_alone(self, text: str) -> Shaped | None:
        """`text` from left to right, which no neighbour changes; None if the font has not all of it."""
        if text not in self._alone:
            self._alone[text] = self.shape(text, rtl=False) if self.has_all(text) else None
        return self._alone[text]

    def _shape(self, text: str, before: str, after: str, rtl: bool) -> Shaped:
        import uharfbuzz

        buffer = uharfbuzz.Buffer()
        buffer.add_codepoints(list(map(ord, before + text + after)), len(before), len(text))
        buffer.cluster_level = uharfbuzz.BufferClusterLevel.MONOTONE_CHARACTERS
        buffer.guess_segment_properties()
        buffer.direction = "rtl" if rtl else "ltr"
        # Without ligatures in right-to-left runs: the name of God stays four letters that can be searched and copied.
        # Joining and lam-alef are required features and remain; kerning is on, and rare ligatures off, by themselves.
        uharfbuzz.shape(self._hb_font, buffer, {"liga": False} if rtl else None)
        infos, positions = buffer.glyph_infos, buffer.glyph_positions
        texts = _glyph_texts(text, [info.cluster - len(before) for info in infos], [at.x_advance for at in positions])
        scale = self.scale * self.optical
        glyphs = tuple(
            Glyph(
                gid=int(info.codepoint),
                text=said,
                advance=at.x_advance * scale,
                dx=at.x_offset * scale,
                dy=at.y_offset * scale,
            )
            for info, at, said in zip(infos, positions, texts, strict=True)
        )
        return Shaped(glyphs=glyphs, width=sum(glyph.advance for glyph in glyphs))


class FontBook:
    """The faces of one document. Make a new one for each document: nothing is shared between two."""

    def __init__(self) -> None:
        self._faces = {
            bold: (Face(f"NotoSans-{weight}"), Face(f"NotoNaskhArabic-{weight}"))
            for bold, weight in ((False, "Regular"), (True, "Bold"))
        }
        self.layouts: dict[Hashable, Any] = {}
        """Texts that were measured, for the next pass over the same document (lines.measured)."""

    def face_for(self, char: str, *, bold: bool, before: Face | None) -> Face:
        """The face that draws `char`; `before` is the face of the character before it in the same weight.

        Marks and punctuation stay with their neighbour where its face has them; digits are always those of Noto Sans,
        which also has the signs that stand in dates and numbers. ValueError if no face has it: check first.
        """
        faces = self._faces[bold]
        code = ord(char)
        if (
            before is not None
            and before in faces
            and (char in _NEVER_DRAWN or (code in before.coverage and not char.isalnum()))
        ):
            return before
        for face in faces:
            if code in face.coverage or char in _SPACES or char in _NEVER_DRAWN:
                return face
        raise ValueError(f"no font has U+{code:04X}: check with missing_characters before layout")

    def latin(self, *, bold: bool) -> Face:
        """The face that is asked first."""
        return self._faces[bold][0]

    def has(self, char: str) -> bool:
        """Whether every weight can draw `char`, or it needs no drawing."""
        if char in _NEVER_DRAWN or char in _SPACES:
            return True
        return all(any(ord(char) in face.coverage for face in faces) for faces in self._faces.values())


def missing_characters(texts: Iterable[tuple[str, str]]) -> tuple[MissingCharacter, ...]:
    """Characters of (field, text) pairs that no font of ours has. A paper with any of them must not be made."""
    book = FontBook()
    known: dict[str, bool] = {}
    fields: dict[str, list[str]] = {}
    for field, text in texts:
        for char in unicodedata.normalize("NFC", text):
            if char not in known:
                known[char] = book.has(char)
            if not known[char] and field not in fields.setdefault(char, []):
                fields[char].append(field)
    return tuple(MissingCharacter(character=char, fields=tuple(where)) for char, where in fields.items())


def _glyph_texts(text: str, clusters: list[int], advances: list[Any]) -> list[str]:
    """For each glyph the characters that it stands for: the widest glyph of a cluster says them, the others nothing.

    A mark is said by the letter that carries it, because programs that read text out of a PDF lose marks that stand
    off the line.
    """
    if text.isascii() and clusters == list(range(len(text))):  # most words: a glyph a letter, no marks
        return list(text)
    starts = sorted(set(clusters))
    ends = dict(zip(starts, [*starts[1:], len(text)], strict=True))
    says = {start: _as_said(text[start : ends[start]]) for start in starts}
    letter: int | None = None
    for start in starts:
        if letter is not None and says[start] and all(unicodedata.combining(char) for char in says[start]):
            says[letter] += says[start]
            says[start] = ""
        elif says[start]:
            letter = start
    widest: dict[int, int] = {}
    for place, cluster in enumerate(clusters):
        if cluster not in widest or advances[place] > advances[widest[cluster]]:
            widest[cluster] = place
    return [says[cluster] if widest[cluster] == place else "" for place, cluster in enumerate(clusters)]


def _as_said(cluster: str) -> str:
    """A lam-alef drawn as one glyph says one sign: programs that read from the left would turn two letters round."""
    if len(cluster) > 1 and cluster[0] == _LAM:
        for place in range(1, len(cluster)):
            if (sign := _LAM_ALEF.get(cluster[place])) is not None:
                return sign + cluster[1:place] + cluster[place + 1 :]
    return cluster
