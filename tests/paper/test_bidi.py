"""UAX #9 against the conformance files of the Unicode Consortium (Debian package unicode-data)."""

from pathlib import Path

import pytest

from rehabdesk.paper.bidi import levels, reorder

UNICODE = Path("/usr/share/unicode")
# one character of each bidirectional class, for BidiTest.txt, which speaks in classes
SPECIMEN = {
    "L": "a", "R": "\u05d0", "AL": "\u0627", "EN": "1", "ES": "+", "ET": "$", "AN": "\u0661", "CS": ",",
    "NSM": "\u0300", "BN": "\u00ad", "B": "\u2029", "S": "\t", "WS": " ", "ON": "!", "LRE": "\u202a",
    "LRO": "\u202d", "RLE": "\u202b", "RLO": "\u202e", "PDF": "\u202c", "LRI": "\u2066", "RLI": "\u2067",
    "FSI": "\u2068", "PDI": "\u2069",
}  # fmt: skip


def conformance_lines(name: str) -> list[str]:
    file = UNICODE / name
    if not file.exists():
        pytest.fail(f"{file} is missing. Install the Debian package unicode-data (packaging/dev.py test does it).")
    return [line for line in file.read_text("utf-8").splitlines() if line and not line.startswith("#")]


def judged(text: str, base: int | None) -> tuple[list[str], str, str]:
    """Levels ('x' where ignored), base level and visual order, written as in the files."""
    found = levels(text, base)
    kept = [index for index, ignored in enumerate(found.ignored) if not ignored]
    order = [kept[place] for place in reorder([found.levels[index] for index in kept])]
    written = ["x" if ignored else str(level) for level, ignored in zip(found.levels, found.ignored, strict=True)]
    return written, str(found.base), " ".join(map(str, order))


def test_every_case_of_the_character_file_holds() -> None:
    right = 0
    wrong: list[str] = []
    for line in conformance_lines("BidiCharacterTest.txt"):
        codes, direction, base, expected, order = line.split(";")
        text = "".join(chr(int(code, 16)) for code in codes.split())
        if judged(text, (0, 1, None)[int(direction)]) == (expected.split(), base, order):
            right += 1
        else:
            wrong.append(line)
    assert wrong[:5] == []
    assert right == 91_707


def test_cases_by_class_hold() -> None:
    """Every 40th line of BidiTest.txt: the whole file (490,846 lines) takes minutes and holds too."""
    expected: list[str] = []
    order = ""
    wrong: list[str] = []
    checked = 0
    for number, line in enumerate(conformance_lines("BidiTest.txt")):
        if line.startswith("@Levels:"):
            expected = line.split(":")[1].split()
        elif line.startswith("@Reorder:"):
            order = line.split(":")[1].strip()
        elif number % 40 == 0:
            classes, directions = line.split(";")
            text = "".join(SPECIMEN[kind] for kind in classes.split())
            for bit, base in ((1, None), (2, 0), (4, 1)):
                if int(directions, 16) & bit:
                    found = judged(text, base)
                    checked += 1
                    if (found[0], found[2]) != (expected, order):
                        wrong.append(f"{line} {base}")
    assert wrong[:5] == []
    assert checked > 10_000


@pytest.mark.parametrize(
    ("text", "visual"),
    [
        ("رقم \u20664471-22\u2069", "4471-22 مقر"),
        ("رقم 4471-22", "22-4471 مقر"),  # what the standard demands without isolates: the reason for core.text
    ],
)
def test_isolates_keep_the_order_of_an_id(text: str, visual: str) -> None:
    found = levels(text, 1)
    shown = "".join(text[index] for index in reorder(found.levels))
    assert shown.translate({0x2066: None, 0x2069: None}) == visual
