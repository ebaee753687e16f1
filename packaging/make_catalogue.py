"""Writes resources/i18n/rehabdesk.pot: every sentence of the program, for translators. Babel finds them.

Run it after a change of words; a test compares. French and Arabic catalogues are made from it.
"""

import sys
import tomllib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import write_po

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "resources" / "i18n" / "rehabdesk.pot"
WORDS_IN_DATA = (
    "text",
    "title",
    "help",
    "card",
    "evidence",
    "goals",
    "interventions",
    "indicators",
    "protective",
    "never",
    "readers",
)
"""Keys of forms, checklists and lists whose values people read."""


def catalogue() -> Catalog:
    """All sentences, from the code and from the data."""
    found = Catalog(project="RehabDesk", charset="utf-8", fuzzy=False)
    source = ROOT / "src" / "rehabdesk"
    for file, _line, message, comments, _context in extract_from_dir(
        str(source), method_map=[("**.py", "python")], keywords={"tr": None, "ntr": (1, 2)}
    ):
        found.add(message, locations=[(f"src/rehabdesk/{file}", 0)], auto_comments=comments)
    for folder in ("forms", "blanks", "checklists", "lists", "plans", "snippets"):
        for data in sorted((ROOT / "resources" / folder).glob("*.toml")):
            for words in sorted(set(_words(tomllib.loads(data.read_text("utf-8"))))):
                found.add(words, locations=[(f"resources/{folder}/{data.name}", 0)])
    return found


def _words(value: object, key: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _words(inner, "text" if key == "anchors" else name)
    elif isinstance(value, list):
        for inner in value:
            yield from _words(inner, key)
    elif isinstance(value, str) and key in WORDS_IN_DATA and value.strip():
        yield value


def as_text() -> bytes:
    """The catalogue as a template file; the same words give the same bytes."""
    written = BytesIO()
    write_po(written, catalogue(), width=110, sort_output=True, omit_header=True)
    return written.getvalue()


def main() -> int:
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_bytes(as_text())
    return 0


if __name__ == "__main__":
    sys.exit(main())
