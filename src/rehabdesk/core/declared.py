"""Reads our own data files (forms, lists, checklists: TOML) strictly; every mistake is named by file, line and key."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from typing import Any


class DeclarationError(ValueError):
    """One of our data files is not as declared. The text names file, line and key."""

    def __init__(self, file: str, line: int, key: str, what: str) -> None:
        super().__init__(f"{file}, line {line}, {key}: {what}")
        self.file, self.line, self.key, self.what = file, line, key, what


class Table:
    """One table of a data file. Each reader takes a key once; `finish` refuses keys that nobody took."""

    def __init__(
        self,
        values: Mapping[str, Any],
        file: str,
        lines: tuple[str, ...],
        first_line: int,
        last_line: int | None = None,
    ) -> None:
        self._values, self._file, self._lines = values, file, lines
        self._first, self._last = first_line, last_line or len(lines)
        self._taken: set[str] = set()

    def text(self, key: str, *, longest: int = 400, pattern: str = "") -> str:
        """A text that must be there and not be empty; `pattern` is matched whole."""
        value = self._take(key)
        if not isinstance(value, str) or not value.strip():
            raise self.wrong(key, "a text is missing")
        if len(value) > longest:
            raise self.wrong(key, f"longer than {longest} characters")
        if pattern and not re.fullmatch(pattern, value):
            raise self.wrong(key, f"{value!r} does not have the form {pattern}")
        return value

    def optional_text(self, key: str, *, longest: int = 400) -> str:
        """A text, or "" where the key is left out."""
        return self.text(key, longest=longest) if key in self._values else ""

    def one_of(self, key: str, allowed: Iterable[str], default: str | None = None) -> str:
        if key not in self._values and default is not None:
            return default
        value, known = self.text(key), sorted(allowed)
        if value not in known:
            raise self.wrong(key, f"{value!r} is none of {', '.join(known)}")
        return value

    def integer(self, key: str, *, least: int, most: int, default: int | None = None) -> int:
        if key not in self._values and default is not None:
            return default
        value = self._take(key)
        if type(value) is not int or not least <= value <= most:
            raise self.wrong(key, f"a whole number from {least} to {most} is missing")
        return value

    def flag(self, key: str, default: bool = False) -> bool:
        if key not in self._values:
            return default
        value = self._take(key)
        if type(value) is not bool:
            raise self.wrong(key, "only true or false")
        return value

    def texts(self, key: str, *, allowed: Iterable[str] | None = None) -> tuple[str, ...]:
        """A list of different texts; () where the key is left out."""
        if key not in self._values:
            return ()
        value = self._take(key)
        if not isinstance(value, list) or not all(isinstance(item, str) and item for item in value):
            raise self.wrong(key, "a list of texts is missing")
        if len(set(value)) != len(value):
            raise self.wrong(key, "says something twice")
        known = None if allowed is None else set(allowed)
        for item in value:
            if known is not None and item not in known:
                raise self.wrong(key, f"{item!r} is none of {', '.join(sorted(known))}")
        return tuple(value)

    def tables(self, key: str) -> tuple["Table", ...]:
        """A list of tables; () where the key is left out."""
        if key not in self._values:
            return ()
        value = self._take(key)
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            raise self.wrong(key, "a list of tables is missing")
        found, line = [], self.line_of(key)
        inline = not any(text.strip() == f"[[{key}]]" for text in self._lines)
        for item in value:
            line = self._line_of_item(key, item, line, inline)
            found.append(Table(item, self._file, self._lines, line, line if inline else None))
            line += 1
        return tuple(found)

    def table(self, key: str) -> "Table | None":
        """A table inside this one, or None."""
        if key not in self._values:
            return None
        value = self._take(key)
        if not isinstance(value, dict):
            raise self.wrong(key, "a table is missing")
        return Table(value, self._file, self._lines, self.line_of(key))

    def finish(self) -> None:
        """Refuses keys that no reader took: a misspelt key must not pass for a missing one."""
        for key in self._values:
            if key not in self._taken:
                raise self.wrong(key, "this key is not known here")

    def wrong(self, key: str, what: str) -> DeclarationError:
        """The mistake `what` at `key` of this table."""
        return DeclarationError(self._file, self.line_of(key), key, what)

    def line_of(self, key: str) -> int:
        """The line, from 1, on which `key` of this table stands; the table's own line where it does not."""
        wanted = re.compile(rf'(^|[\s,{{\[])"?{re.escape(key)}"?\s*(=|\]\])')
        for number in range(self._first, self._last + 1):
            line = self._lines[number - 1]
            if wanted.search(line):
                return number
            if number > self._first and line.startswith("[") and key not in line:
                break
        return self._first

    def _line_of_item(self, key: str, item: Mapping[str, Any], start: int, inline: bool) -> int:
        """Where a table of a list begins: its `[[key]]`, or the line that holds its first value."""
        first = next((f'"{value}"' for value in item.values() if isinstance(value, str)), None)
        for number in range(start, len(self._lines) + 1):
            line = self._lines[number - 1]
            if inline and (first is None or first in line):
                return number
            if not inline and line.strip() == f"[[{key}]]":
                return number
        return start

    def _take(self, key: str) -> Any:
        self._taken.add(key)
        return self._values.get(key)


def read_declared(text: str, file: str) -> Table:
    """The whole of a data file. DeclarationError if it is not TOML."""
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"line (\d+)", str(error))
        raise DeclarationError(file, int(place[1]) if place else len(text.splitlines()), "-", str(error)) from error
    return Table(values, file, tuple(text.splitlines()), 1)
