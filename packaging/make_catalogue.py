"""Writes resources/i18n/rehabdesk.pot: every sentence of the program, for translators. Babel finds them.

Run it after a change of words; tests compare. One run also brings resources/i18n/<language>/LC_MESSAGES/rehabdesk.po up
to date (what is translated stays by its exact English words, what is gone is dropped, nothing is guessed) and compiles
the .mo beside it, which the program reads. Translate in the .po, then run it again. An entry keeps its mark
`needs_native_review` until somebody who cleared the translation deletes the mark.
"""

import struct
import sys
import tomllib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "resources" / "i18n" / "rehabdesk.pot"
PLURALS = {
    "fr": "nplurals=2; plural=(n > 1);",
    "ar": "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);",
}
"""Languages of the catalogues, and which form goes with a count; Arabic: none, one, two, few, many, other."""
MARK = "needs_native_review"
_Words = str | tuple[str, ...] | list[str] | None
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
    for file, _line, message, comments, context in extract_from_dir(
        str(source),
        method_map=[("**.py", "python")],
        keywords={"tr": None, "ntr": (1, 2), "tr_as": (1, (2, "c"))},
    ):
        found.add(message, locations=[(f"src/rehabdesk/{file}", 0)], auto_comments=comments, context=context)
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


def as_text(found: Catalog | None = None) -> bytes:
    """The catalogue as a template file; the same words give the same bytes."""
    return _written(found or catalogue())


def _written(words: Catalog) -> bytes:
    written = BytesIO()
    write_po(written, words, width=110, sort_output=True, omit_header=True)
    return written.getvalue()


def po_file(language: str) -> Path:
    """Where the translation into `language` lies; its .mo lies beside it."""
    return TARGET.parent / language / "LC_MESSAGES" / "rehabdesk.po"


def read(kept: bytes, language: str | None = None) -> Catalog:
    """A catalogue as it was written; without `language` a template."""
    return read_po(BytesIO(kept), locale=language, charset="utf-8")


def brought_up_to_date(kept: bytes, language: str, found: Catalog) -> bytes:
    """The .po with exactly the messages of `found`, and for each what `kept` says of it."""
    old, new = read(kept, language), Catalog(locale=language, charset="utf-8", fuzzy=False)
    for message in found:
        if not message.id:
            continue
        string, marks = _translation(old.get(message.id, message.context), message, language)
        new.add(
            message.id,
            string,
            locations=message.locations,
            flags=message.flags,
            auto_comments=message.auto_comments,
            user_comments=marks,
            context=message.context,
        )
    return _header(language) + _written(new)


def _translation(kept: Message | None, message: Message, language: str) -> tuple[_Words, list[str]]:
    """What is translated, and what the translators said of it; a new message waits for its review."""
    forms = int(PLURALS[language][len("nplurals=")]) if message.pluralizable else 0
    if kept is not None and kept.id == message.id and is_translated(kept):
        return kept.string, kept.user_comments
    return ("",) * forms if forms else "", [MARK]


def is_translated(message: Message) -> bool:
    """Whether every form of it has words."""
    return all(message.string) if isinstance(message.string, tuple | list) else bool(message.string)


def _header(language: str) -> bytes:
    """Names no day and no person: the same words give the same bytes."""
    lines = "".join(f'"{line}\\n"\n' for line in _header_lines(language))
    return f'msgid ""\nmsgstr ""\n{lines}\n'.encode()


def _header_lines(language: str) -> tuple[str, ...]:
    return (
        f"Language: {language}",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: 8bit",
        f"Plural-Forms: {PLURALS[language]}",
    )


def compiled(kept: bytes, language: str) -> bytes:
    """The .mo of a .po: what gettext reads. Its parts are sorted, so the same words give the same bytes."""
    pairs = {b"": "".join(f"{line}\n" for line in _header_lines(language)).encode()}
    for message in read(kept, language):
        if message.id and is_translated(message):
            meaning = f"{message.context}\x04" if message.context else ""
            pairs[(meaning + "\0".join(_forms(message.id))).encode()] = "\0".join(_forms(message.string)).encode()
    names = sorted(pairs)
    ids, strings = b"".join(name + b"\0" for name in names), b"".join(pairs[name] + b"\0" for name in names)
    start = 7 * 4 + len(names) * 16
    places, at, words_at = b"", start, start + len(ids)
    for name in names:
        places += struct.pack("<II", len(name), at)
        at += len(name) + 1
    for name in names:
        places += struct.pack("<II", len(pairs[name]), words_at)
        words_at += len(pairs[name]) + 1
    head = struct.pack("<7I", 0x950412DE, 0, len(names), 28, 28 + len(names) * 8, 0, start)
    return head + places + ids + strings


def _forms(words: _Words) -> tuple[str, ...]:
    return tuple(words) if isinstance(words, tuple | list) else (words or "",)


def main() -> int:
    found = catalogue()
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_bytes(as_text(found))
    for language in PLURALS:
        file = po_file(language)
        file.parent.mkdir(parents=True, exist_ok=True)
        kept = file.read_bytes() if file.is_file() else _header(language)
        file.write_bytes(brought_up_to_date(kept, language, found))
        file.with_suffix(".mo").write_bytes(compiled(file.read_bytes(), language))
    return 0


if __name__ == "__main__":
    sys.exit(main())
