"""What a page can hold: plain declarations without any drawing library, laid out by `rehabdesk.paper.pages.build`.

Lengths are in points (1/72 inch). Text may hold isolates (core.text) and line feeds; it never holds markup.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

INK = "#1b2430"
SOFT_INK = "#52606d"
WARNING_INK = "#8a2c0d"


class Direction(StrEnum):
    AUTO = "auto"  # by the first strong letter outside isolates; as the document where there are isolates only
    PAGE = "page"  # as the document, if one letter runs so: for words of our own, which may begin with a foreign one
    LTR = "ltr"
    RTL = "rtl"


class Align(StrEnum):
    START = "start"  # the side where the paragraph itself starts: right for Arabic
    END = "end"
    CENTRE = "centre"
    PAGE = "page"  # the side where the document starts, whatever the paragraph's own direction: for cells


class Mark(StrEnum):
    """What stands before an item of a list. All are drawn, because no font of ours has a tick or an arrow."""

    DOT = "dot"
    TICK = "tick"
    ARROW = "arrow"  # points the way that the document is read
    BOX = "box"  # to be ticked by hand


class Sign(StrEnum):
    """A small picture before a heading, for who reads with effort (paper/signs.py)."""

    HOUSE = "house"
    CALENDAR = "calendar"
    PHONE = "phone"
    BUS = "bus"
    MEDICINE = "medicine"
    MONEY = "money"
    PEOPLE = "people"


class Tone(StrEnum):
    PLAIN = "plain"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Part of a paragraph in one look. `colour` is "#rrggbb"; None is the paragraph's own."""

    text: str
    bold: bool = False
    colour: str | None = None


Words = str | tuple[Run, ...]


def plain(words: Words) -> str:
    return words if isinstance(words, str) else "".join(run.text for run in words)


def bold(text: str) -> Run:
    return Run(text=text, bold=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """Text that flows over lines and pages. `leading` None: by size and script. `struck`: with a line through it."""

    words: Words
    size: float = 10
    leading: float | None = None
    bold: bool = False
    colour: str = INK
    align: Align = Align.START
    direction: Direction = Direction.AUTO
    space_before: float = 0
    space_after: float = 5
    keep_with_next: bool = False
    struck: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading of level 1, 2 or 3, listed in the outline unless `bookmark` is False."""

    text: str
    level: int = 1
    bookmark: bool = True
    sign: Sign | None = None

    def __post_init__(self) -> None:
        if self.level not in (1, 2, 3):
            raise ValueError("a heading has level 1, 2 or 3")


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyValues:
    """Rows of a label and a value. `label_share` of the width belongs to the labels."""

    rows: tuple[tuple[Words, Words], ...]
    label_share: float = 0.3


@dataclass(frozen=True, slots=True, kw_only=True)
class Bullets:
    items: tuple[Words, ...]
    mark: Mark = Mark.DOT


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a table. `share` is its part of the width, in any unit common to the table."""

    title: Words
    share: float = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table in reading order: the first column stands where the document starts. The header repeats on each page."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Words, ...], ...]
    size: float = 9

    def __post_init__(self) -> None:
        if any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError("each row of a table has one cell per column")


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Blocks in a box."""

    blocks: "tuple[Block, ...]"
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """Somebody's own words under a label. The person's words and those of staff have the same size."""

    label: Words
    words: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Blocks side by side, the first where the document starts."""

    cells: "tuple[tuple[Block, ...], ...]"
    shares: tuple[float, ...]
    space_after: float = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatureArea:
    """An empty frame for a signature field. Its page and rectangle are in `Paper.areas[name]`."""

    name: str
    width: float = 230
    height: float = 92


@dataclass(frozen=True, slots=True, kw_only=True)
class QrCode:
    """A QR symbol, error level M, of `text` in capitals, digits and the signs of alphanumeric mode."""

    text: str
    size: float = 108


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyOutline:
    """An empty human outline, front and back, to draw on by hand; the words name the views and the person's sides."""

    front: str
    back: str
    right: str
    left: str
    height: float = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    height: float = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A thin line across the page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageBreak:
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class Together:
    """Blocks that stand on one page where they fit on one."""

    blocks: "tuple[Block, ...]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A card to cut out. `foot` stands at its lower edge."""

    blocks: "tuple[Block, ...]"
    foot: "tuple[Block, ...]" = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Cards:
    """Cards in two columns inside lines to cut along, each `height` high; what is too long for one takes the whole
    width, after the others, and goes on on the next page.
    """

    cards: tuple[Card, ...]
    height: float = 362


@dataclass(frozen=True, slots=True, kw_only=True)
class WritingLines:
    """Empty lines to write on by hand."""

    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TickBox:
    """One box to tick by hand. `writes`: with a line behind it, for words."""

    words: Words
    writes: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TickBoxes:
    """Boxes to tick, as many side by side as there is room, in reading order."""

    boxes: tuple[TickBox, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TickTable:
    """A box for each row and column. Rows whose words are empty are there to be written in."""

    columns: tuple[Words, ...]
    rows: tuple[Words, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteTable:
    """Empty rows to write in by hand, under the titles of `columns`."""

    columns: tuple[Column, ...]
    rows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question of a form on paper: its code, what is asked, smaller lines below, and room for the answer.

    `beside`: the room is at the side of the question, else below it.
    """

    code: str
    words: Words
    notes: tuple[Words, ...] = ()
    answer: "tuple[Block, ...]" = ()
    beside: bool = False


Block = (
    Paragraph
    | Heading
    | KeyValues
    | Bullets
    | Table
    | Note
    | Voice
    | Columns
    | SignatureArea
    | QrCode
    | BodyOutline
    | Gap
    | Rule
    | PageBreak
    | Together
    | Cards
    | WritingLines
    | TickBoxes
    | TickTable
    | WriteTable
    | Question
)


def texts_of(blocks: Sequence[Block]) -> list[str]:
    """Every text that `blocks` print, for the check of missing characters."""
    found: list[str] = []
    for block in blocks:
        match block:
            case Paragraph():
                found.append(plain(block.words))
            case Heading():
                found.append(block.text)
            case KeyValues():
                found += [plain(words) for row in block.rows for words in row]
            case Bullets():
                found += [plain(words) for words in block.items]
            case Table():
                found += [plain(column.title) for column in block.columns]
                found += [plain(words) for row in block.rows for words in row]
            case Voice():
                found += [plain(block.label), plain(block.words)]
            case Note() | Together():
                found += texts_of(block.blocks)
            case Columns():
                for cell in block.cells:
                    found += texts_of(cell)
            case Cards():
                for card in block.cards:
                    found += texts_of((*card.blocks, *card.foot))
            case BodyOutline():
                found += [block.front, block.back, block.right, block.left]
            case TickBoxes():
                found += [plain(box.words) for box in block.boxes]
            case TickTable():
                found += [plain(words) for words in (*block.columns, *block.rows)]
            case WriteTable():
                found += [plain(column.title) for column in block.columns]
            case Question():
                found += [block.code, plain(block.words), *map(plain, block.notes), *texts_of(block.answer)]
            case SignatureArea() | QrCode() | Gap() | Rule() | PageBreak() | WritingLines():
                pass
    return found
