"""Unique words, and the search for them in files: as they are, in hex, in base64 and as UTF-16."""

import base64
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field


@dataclass(kw_only=True)
class Canaries:
    """Gives a word for each field, and knows which field a word belongs to."""

    seed: int
    words: dict[str, str] = field(default_factory=dict)

    def word(self, place: str) -> str:
        """The word of that field: fifteen letters that occur nowhere else."""
        digest = hashlib.sha256(f"{self.seed} {place}".encode()).digest()
        word = "Zq" + "".join(chr(ord("a") + byte % 26) for byte in digest[:13])
        self.words[word] = place
        return word


def shapes(word: str) -> Iterator[tuple[str, bytes]]:
    """(name, bytes) of each form in which a word may lie in a file; base64 in its three alignments."""
    raw = word.encode()
    yield "as it is", raw
    yield "in small letters", raw.lower()
    yield "in hex", raw.hex().encode()
    yield "in HEX", raw.hex().upper().encode()
    yield "UTF-16 LE", word.encode("utf-16-le")
    yield "UTF-16 BE", word.encode("utf-16-be")
    for shift in range(3):
        encoded = base64.b64encode(bytes(shift) + raw)
        # the first characters and the last depend on the neighbours
        yield "in base64", encoded[4 if shift else 0 : -4]


def hunt(files: Mapping[str, bytes], words: Mapping[str, str]) -> list[str]:
    """One line for each find: where, which field, in which form."""
    return [
        f"{name}: {place} {form}"
        for word, place in words.items()
        for form, needle in shapes(word)
        for name, content in files.items()
        if needle in content
    ]
