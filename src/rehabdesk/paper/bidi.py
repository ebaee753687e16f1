"""The Unicode Bidirectional Algorithm (UAX #9), complete: levels of a whole paragraph, and the order of one line.

The names of the rules (X1 to X10, W1 to W7, N0 to N2, I1, I2, L1, L2) are those of the standard.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from unicodedata import bidirectional

from rehabdesk.paper.bidi_data import BRACKETS

_DEEPEST = 125  # BD2: max_depth
_MOST_OPEN_BRACKETS = 63  # BD16
_ISOLATE_STARTS = frozenset(("LRI", "RLI", "FSI"))
_EMBEDDINGS = frozenset(("LRE", "RLE", "LRO", "RLO"))
_NEUTRAL = frozenset(("B", "S", "WS", "ON", "FSI", "LRI", "RLI", "PDI"))
_FORCED = {"LRO": "L", "RLO": "R"}
_STRONG_FOR_NEUTRALS = {"L": "L", "R": "R", "EN": "R", "AN": "R"}
# BD16 compares brackets under canonical equivalence; these two are the only pair that has equivalents.
_SAME_BRACKET = {"\u2329": "\u3008", "\u232a": "\u3009"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Levels:
    """One embedding level per character; odd is right to left.

    `ignored` marks the characters that X9 takes out (embeddings, overrides, boundary neutrals): they are not drawn.
    """

    levels: tuple[int, ...]
    base: int
    ignored: tuple[bool, ...]


def levels(text: str, base: int | None = None) -> Levels:
    """The levels of the one paragraph `text`. `base` is 0 (left to right), 1 (right to left) or None: first strong."""
    if base != 1 and text.isascii() and text.isprintable():
        return Levels(levels=(0,) * len(text), base=0, ignored=(False,) * len(text))
    return _Paragraph(text, base).resolve()


def directions(text: str) -> tuple[int, ...]:
    """Bases (0, 1) that strong characters outside isolates speak for, in their order; the first is that of P2, P3."""
    found: dict[int, None] = {}
    depth = 0
    for char in text:
        kind = bidirectional(char)
        if kind in _ISOLATE_STARTS:
            depth += 1
        elif kind == "PDI":
            depth = max(0, depth - 1)
        elif not depth and kind in ("L", "R", "AL"):
            found[0 if kind == "L" else 1] = None
            if len(found) == 2:
                break
    return tuple(found)


def reorder(line: Sequence[int]) -> list[int]:
    """Rule L2: from the levels of one line, in logical order, the indices from left to right."""
    order = list(range(len(line)))
    odd = [level for level in line if level & 1]
    if not odd:
        return order
    for level in range(max(line), min(odd) - 1, -1):
        start = 0
        while start < len(order):
            if line[order[start]] < level:
                start += 1
                continue
            end = start
            while end < len(order) and line[order[end]] >= level:
                end += 1
            order[start:end] = order[start:end][::-1]
            start = end
    return order


@dataclass(frozen=True, slots=True)
class _Status:
    """An entry of the directional status stack (X1)."""

    level: int
    override: str | None
    isolate: bool


class _Paragraph:
    """The state while the levels of one paragraph are worked out."""

    def __init__(self, text: str, base: int | None) -> None:
        self.text = text
        self.original = [bidirectional(char) or "L" for char in text]
        self.types = self.original[:]
        self.partner = _matching_isolates(self.original)
        self.base = self._first_strong(0, len(text)) if base is None else base
        self.levels = [self.base] * len(text)
        self.ignored = [False] * len(text)

    def resolve(self) -> Levels:
        self._explicit_levels()
        kept = [index for index, ignored in enumerate(self.ignored) if not ignored]
        embedded = self.levels[:]
        for sequence in self._sequences(kept, embedded):
            sequence.resolve()
            for index, kind in zip(sequence.indices, sequence.types, strict=True):
                self.levels[index] = sequence.level + _raise(sequence.level, kind)
        self._reset_trailing_space()
        return Levels(levels=tuple(self.levels), base=self.base, ignored=tuple(self.ignored))

    def _first_strong(self, start: int, end: int) -> int:
        """P2, P3: 1 when the first strong character outside isolates is right to left, else 0."""
        index = start
        while index < end:
            kind = self.original[index]
            if kind == "L":
                return 0
            if kind in ("R", "AL"):
                return 1
            if kind in _ISOLATE_STARTS:
                index = self.partner.get(index, end)
            index += 1
        return 0

    def _explicit_levels(self) -> None:
        """X1 to X8, and X9 as a mark instead of a removal."""
        stack = [_Status(self.base, None, False)]
        overflow_isolates = overflow_embeddings = valid_isolates = 0
        for index, kind in enumerate(self.original):
            if kind in _EMBEDDINGS:
                self._place(index, stack[-1], ignored=True)
                level = _next_level(stack[-1].level, to_right=kind in ("LRE", "LRO"))
                if level <= _DEEPEST and not overflow_isolates and not overflow_embeddings:
                    stack.append(_Status(level, _FORCED.get(kind), False))
                elif not overflow_isolates:
                    overflow_embeddings += 1
            elif kind in _ISOLATE_STARTS:
                self._place(index, stack[-1])
                level = _next_level(stack[-1].level, to_right=self._isolate_to_right(index))
                if level <= _DEEPEST and not overflow_isolates and not overflow_embeddings:
                    valid_isolates += 1
                    stack.append(_Status(level, None, True))
                else:
                    overflow_isolates += 1
            elif kind == "PDI":
                if overflow_isolates:
                    overflow_isolates -= 1
                elif valid_isolates:
                    overflow_embeddings = 0
                    while not stack.pop().isolate:
                        pass
                    valid_isolates -= 1
                self._place(index, stack[-1])
            elif kind == "PDF":
                self._place(index, stack[-1], ignored=True)
                if overflow_isolates:
                    pass
                elif overflow_embeddings:
                    overflow_embeddings -= 1
                elif not stack[-1].isolate and len(stack) > 1:
                    stack.pop()
            elif kind != "B":
                self._place(index, stack[-1], ignored=kind == "BN")

    def _place(self, index: int, status: _Status, *, ignored: bool = False) -> None:
        self.levels[index] = status.level
        self.ignored[index] = ignored
        if status.override and not ignored:
            self.types[index] = status.override

    def _isolate_to_right(self, index: int) -> bool:
        """X5a to X5c: whether the isolate that starts at `index` runs left to right."""
        kind = self.original[index]
        if kind == "FSI":
            return self._first_strong(index + 1, self.partner.get(index, len(self.text))) == 0
        return kind == "LRI"

    def _sequences(self, kept: list[int], embedded: list[int]) -> Iterator["_Sequence"]:
        """X10, BD13: the isolating run sequences with their boundaries sos and eos."""
        runs: list[list[int]] = []
        for index in kept:
            if runs and embedded[runs[-1][-1]] == embedded[index]:
                runs[-1].append(index)
            else:
                runs.append([index])
        run_at = {run[0]: run for run in runs}
        position = {index: place for place, index in enumerate(kept)}
        for run in runs:
            if self.original[run[0]] == "PDI" and run[0] in self.partner:
                continue  # belongs to the sequence of its isolate start
            indices = list(run)
            while self.original[indices[-1]] in _ISOLATE_STARTS and indices[-1] in self.partner:
                indices += run_at[self.partner[indices[-1]]]
            level = embedded[indices[0]]
            before = position[indices[0]] - 1
            after = position[indices[-1]] + 1
            level_before = embedded[kept[before]] if before >= 0 else self.base
            unmatched = self.original[indices[-1]] in _ISOLATE_STARTS
            level_after = embedded[kept[after]] if after < len(kept) and not unmatched else self.base
            yield _Sequence(self, indices, level, _direction(max(level, level_before)), max(level, level_after))

    def _reset_trailing_space(self) -> None:
        """L1 for the paragraph as one line; a line cut from it drops its own trailing spaces instead."""
        trailing = True
        for index in range(len(self.original) - 1, -1, -1):
            kind = self.original[index]
            if kind in ("B", "S"):
                trailing = True
            elif not (kind in ("WS", "FSI", "LRI", "RLI", "PDI") or self.ignored[index]):
                trailing = False
            if trailing:
                self.levels[index] = self.base


class _Sequence:
    """One isolating run sequence while its weak and neutral types are resolved."""

    def __init__(self, paragraph: _Paragraph, indices: list[int], level: int, sos: str, end_level: int) -> None:
        self.text = paragraph.text
        self.original = paragraph.original
        self.indices = indices
        self.types = [paragraph.types[index] for index in indices]
        self.level = level
        self.sos = sos
        self.eos = _direction(end_level)
        self.embedding = _direction(level)

    def resolve(self) -> None:
        present = set(self.types)
        if not present <= {"L", "R"}:
            self._weak(present)
            if "ON" in self.types:
                self._brackets()
            self._neutrals()

    def _weak(self, present: set[str]) -> None:
        types = self.types
        if "NSM" in present:
            self._marks()
        if "EN" in present and "AL" in present:
            self._after_strong("AL", "AN", keep=("L", "R", "AL"))  # W2
        if "AL" in present:
            types[:] = ["R" if kind == "AL" else kind for kind in types]  # W3
        if present & {"ES", "CS", "ET"}:
            self._separators_and_terminators()
        if "EN" in present:
            self._after_strong("L", "L", keep=("L", "R"))  # W7

    def _marks(self) -> None:
        """W1: a mark takes the type of what it stands on."""
        before = self.sos
        for place, kind in enumerate(self.types):
            if kind == "NSM":
                self.types[place] = "ON" if before in _ISOLATE_STARTS or before == "PDI" else before
            before = self.types[place]

    def _after_strong(self, strong: str, becomes: str, keep: tuple[str, ...]) -> None:
        """W2 and W7: European numbers become `becomes` where the last strong type is `strong`."""
        last = self.sos
        for place, kind in enumerate(self.types):
            if kind in keep:
                last = kind
            elif kind == "EN" and last == strong:
                self.types[place] = becomes

    def _separators_and_terminators(self) -> None:
        types = self.types
        for place in range(1, len(types) - 1):  # W4
            before, after = types[place - 1], types[place + 1]
            if (types[place] == "ES" and before == after == "EN") or (
                types[place] == "CS" and before == after and before in ("EN", "AN")
            ):
                types[place] = before
        for start, end in _stretches(types, frozenset(("ET",))):  # W5
            if (start and types[start - 1] == "EN") or (end < len(types) and types[end] == "EN"):
                types[start:end] = ["EN"] * (end - start)
        types[:] = ["ON" if kind in ("ES", "ET", "CS") else kind for kind in types]  # W6

    def _brackets(self) -> None:
        """N0: each pair of brackets takes one direction from what it holds or what comes before."""
        for opening, closing in self._bracket_pairs():
            inside = {_STRONG_FOR_NEUTRALS.get(kind) for kind in self.types[opening + 1 : closing]} - {None}
            if self.embedding in inside:
                direction = self.embedding
            elif inside:
                direction = self._strong_before(opening)
            else:
                continue
            for place in (opening, closing):
                self.types[place] = direction
                mark = place + 1
                while mark < len(self.types) and self.original[self.indices[mark]] == "NSM":
                    self.types[mark] = direction
                    mark += 1

    def _bracket_pairs(self) -> list[tuple[int, int]]:
        """BD16: the pairs, in the order of their opening brackets."""
        opened: list[tuple[str, int]] = []
        pairs: list[tuple[int, int]] = []
        for place, index in enumerate(self.indices):
            if self.types[place] != "ON" or (bracket := BRACKETS.get(self.text[index])) is None:
                continue
            partner, opens = bracket
            if opens:
                if len(opened) == _MOST_OPEN_BRACKETS:
                    break
                opened.append((_SAME_BRACKET.get(partner, partner), place))
                continue
            closing = _SAME_BRACKET.get(self.text[index], self.text[index])
            for depth in range(len(opened) - 1, -1, -1):
                if opened[depth][0] == closing:
                    pairs.append((opened[depth][1], place))
                    del opened[depth:]
                    break
        return sorted(pairs)

    def _strong_before(self, place: int) -> str:
        for kind in reversed(self.types[:place]):
            if kind in _STRONG_FOR_NEUTRALS:
                return _STRONG_FOR_NEUTRALS[kind]
        return self.sos

    def _neutrals(self) -> None:
        """N1, N2: neutrals between equal directions take that direction, others that of the embedding."""
        types = self.types
        for start, end in _stretches(types, _NEUTRAL):
            before = _STRONG_FOR_NEUTRALS[types[start - 1]] if start else self.sos
            after = _STRONG_FOR_NEUTRALS[types[end]] if end < len(types) else self.eos
            types[start:end] = [before if before == after else self.embedding] * (end - start)


def _matching_isolates(types: list[str]) -> dict[int, int]:
    """BD9: from each isolate start to its PDI, and back."""
    partner: dict[int, int] = {}
    opened: list[int] = []
    for index, kind in enumerate(types):
        if kind in _ISOLATE_STARTS:
            opened.append(index)
        elif kind == "PDI" and opened:
            start = opened.pop()
            partner[start] = index
            partner[index] = start
    return partner


def _stretches(types: list[str], wanted: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Start and end of each longest stretch of types that are all in `wanted`."""
    start = 0
    while start < len(types):
        if types[start] not in wanted:
            start += 1
            continue
        end = start
        while end < len(types) and types[end] in wanted:
            end += 1
        yield start, end
        start = end


def _next_level(level: int, *, to_right: bool) -> int:
    """The least even (to_right) or odd level above `level`."""
    return (level + 2) & ~1 if to_right else (level + 1) | 1


def _direction(level: int) -> str:
    return "R" if level & 1 else "L"


def _raise(level: int, kind: str) -> int:
    """I1, I2: by how much a resolved type lies above the level of its sequence."""
    if level & 1:
        return 0 if kind == "R" else 1
    return {"L": 0, "R": 1}.get(kind, 2)
