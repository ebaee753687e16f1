"""A list of people as a file of another program gives it: bytes to rows, strictly bounded (vault.md 11).

Nothing in a file is ever evaluated, followed or kept: it is text in rows, or the whole file is refused with a sentence.
What the columns mean: `import_columns_model.py`. What a row becomes: `import_rows_model.py`.
"""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr

MOST_BYTES = 5 * 1024 * 1024
MOST_LINES = 5_000
"""Of people; the line of headings comes on top."""
MOST_COLUMNS = 100
LONGEST_LINE = 20_000
LONGEST_CELL = 2_000
SEPARATORS = (",", ";", "\t")
_LINE_END = re.compile("\r\n|\r|\n")
_HIGH = re.compile(rb"[\x80-\xff]+")


class Encoding(StrEnum):
    """How the letters of a file are written; the names are Python's."""

    UTF_8 = "utf-8"
    UTF_16 = "utf-16"
    WINDOWS_WEST = "cp1252"
    WINDOWS_ARABIC = "cp1256"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """`number`: that of its first line in the file, from 1, as an editor counts."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A file that could be read. Every line has as many cells as there are headings."""

    encoding: Encoding
    separator: str
    headings: tuple[str, ...]
    lines: tuple[Line, ...]


def read_sheet(raw: bytes, *, encoding: Encoding | None = None, separator: str | None = None) -> Sheet:
    """The rows of a file; what is not told is guessed. UserError where it is too large, broken, or no list at all."""
    if not raw.strip():
        raise UserError(tr("The file is empty. Choose the list that the registry exported."), field="file")
    if len(raw) > MOST_BYTES:
        raise UserError(too_large(), field="file")
    chosen = encoding or guess_encoding(raw)
    text = _decoded(raw, chosen)
    lines = _LINE_END.split(text)
    _refuse_bombs(lines)
    mark = separator or guess_separator(next((line for line in lines if line.strip()), ""))
    rows = [line for line in _rows(lines, mark) if any(cell.strip() for cell in line.cells)]
    if len(rows) < 2:
        raise UserError(tr("The file holds no line of people under its headings. Choose another file."), field="file")
    if len(rows) > MOST_LINES + 1:
        raise UserError(
            tr("The list has more than {count} lines. Split it and bring in one part at a time.").format(
                count=MOST_LINES
            ),
            field="file",
        )
    headings = tuple(cell.strip()[:80] for cell in rows[0].cells)
    return Sheet(encoding=chosen, separator=mark, headings=headings, lines=tuple(_fitted(rows, len(headings))))


def too_large() -> str:
    """The sentence for a file that no list of people can be."""
    return tr("The file is larger than 5 MB. Split the list and bring in one part at a time.")


def guess_encoding(raw: bytes) -> Encoding:
    """By the mark at the beginning, else by what the bytes can be at all, else by how letters stand together.

    In Windows-1256 whole words are bytes above 127, in Windows-1252 single accented letters are.
    """
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")) or _looks_wide(raw):
        return Encoding.UTF_16
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        runs = [len(found) for found in _HIGH.findall(raw[:200_000])]
        together = sum(length for length in runs if length > 1)
        return Encoding.WINDOWS_ARABIC if together * 2 > sum(runs) else Encoding.WINDOWS_WEST
    return Encoding.UTF_8


def guess_separator(heading: str) -> str:
    """The one that occurs most often in the line of headings, outside of quotes."""
    bare = re.sub(r'"[^"]*"', "", heading)
    return max(SEPARATORS, key=bare.count)


def _looks_wide(raw: bytes) -> bool:
    """Two bytes a letter without a mark: every other byte of Latin text is 0, of Arabic 6."""
    sample = raw[:2_000]
    halves = (sample[0::2], sample[1::2])
    return len(sample) >= 8 and any(sum(half.count(byte) for byte in (0, 6)) * 10 > len(half) * 9 for half in halves)


def _decoded(raw: bytes, encoding: Encoding) -> str:
    name = encoding.value
    if encoding is Encoding.UTF_8:
        name = "utf-8-sig"
    elif encoding is Encoding.UTF_16 and not raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        name = "utf-16-be" if raw[0] in (0, 6) else "utf-16-le"
    try:
        text = raw.decode(name)
    except UnicodeDecodeError:
        sentence = tr("The letters of the file cannot be read this way. Choose another encoding, or save it as UTF-8.")
        raise UserError(sentence, field="encoding") from None
    if "\0" in text:
        sentence = tr("The file is no list of text. Save it in the other program as CSV and choose that file.")
        raise UserError(sentence, field="file")
    return text


def _refuse_bombs(lines: Sequence[str]) -> None:
    for number, line in enumerate(lines, 1):
        if len(line) > LONGEST_LINE:
            raise UserError(
                tr("Line {line}: it is longer than any person's line can be. Check the file.").format(line=number),
                field="file",
            )


def _rows(lines: Sequence[str], separator: str) -> Iterator[Line]:
    reader = csv.reader((f"{line}\n" for line in lines), delimiter=separator, strict=True)
    before = 0
    try:
        for cells in reader:
            first, before = before + 1, reader.line_num
            if len(cells) > MOST_COLUMNS:
                raise UserError(
                    tr("Line {line}: it has more than {count} columns. Check the separator.").format(
                        line=first, count=MOST_COLUMNS
                    ),
                    field="separator",
                )
            yield Line(number=first, cells=tuple(cells))
    except csv.Error:
        raise UserError(
            tr("Line {line}: a quotation mark is opened and not closed, or stands alone. Mend it in the file.").format(
                line=before + 1
            ),
            field="file",
        ) from None


def _fitted(rows: Sequence[Line], columns: int) -> Iterator[Line]:
    """Every line but the headings, as wide as these. Longer cells are cut where no field is that long."""
    for row in rows[1:]:
        if len(row.cells) > columns and any(cell.strip() for cell in row.cells[columns:]):
            raise UserError(
                tr("Line {line}: it has more cells than there are headings. Mend it in the file.").format(
                    line=row.number
                ),
                field="file",
            )
        cells = [cell[:LONGEST_CELL] for cell in row.cells[:columns]]
        yield Line(number=row.number, cells=(*cells, *[""] * (columns - len(cells))))
