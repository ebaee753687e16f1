"""Writes src/rehabdesk/paper/bidi_data.py from the Unicode data files of the Debian package unicode-data.

Run it when a new Unicode version brings brackets: python packaging/make_bidi_data.py
"""

from pathlib import Path

UNICODE = Path("/usr/share/unicode")
TARGET = Path(__file__).resolve().parents[1] / "src" / "rehabdesk" / "paper" / "bidi_data.py"


def main() -> None:
    pairs = [(_char(fields[0]), _char(fields[1]), fields[2] == "o") for fields in _fields("BidiBrackets.txt")]
    version = (
        (UNICODE / "BidiBrackets.txt")
        .read_text("utf-8")
        .split("\n", 1)[0]
        .removeprefix("# BidiBrackets-")
        .removesuffix(".txt")
    )
    lines = [
        f'"""Paired brackets of Unicode {version}. Made by packaging/make_bidi_data.py; not edited."""',
        "",
        "# character: (its partner, whether it opens)",
        "BRACKETS: dict[str, tuple[str, bool]] = {",
        *(f'    "{_escape(char)}": ("{_escape(partner)}", {opens}),' for char, partner, opens in pairs),
        "}",
    ]
    TARGET.write_text("\n".join(lines) + "\n", "utf-8")


def _fields(name: str) -> list[list[str]]:
    rows = [line.split("#")[0].strip() for line in (UNICODE / name).read_text("utf-8").splitlines()]
    return [[field.strip() for field in row.split(";")] for row in rows if row]


def _char(code: str) -> str:
    return chr(int(code, 16))


def _escape(char: str) -> str:
    return char if char.isascii() else f"\\u{ord(char):04x}"


if __name__ == "__main__":
    main()
