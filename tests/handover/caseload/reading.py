"""Everything that can be read in a file that leaves, by public tools: pages, attachments, description, whatever lies
inside.
"""

import re
import subprocess
import tempfile
from pathlib import Path

_FONT = re.compile(rb"(?s)\nstream\n(?:(?!endstream).){0,200}?\x00.*?\nendstream")
"""A stream that begins with bytes of no text: pages, attachments and descriptions have none."""


def everything_in(pdf: bytes) -> dict[str, str]:
    """Texts by where they stand: `pages` and `attachment NAME`, the description of the file, and `inside`.

    `inside` is every object of every revision with its streams opened, also as UTF-16.
    """
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        file, opened, out = folder / "paper.pdf", folder / "opened.pdf", folder / "out"
        file.write_bytes(pdf)
        out.mkdir()
        _run("pdfdetach", "-saveall", "-o", str(out), str(file))
        _run("qpdf", "--qdf", "--object-streams=disable", "--decode-level=all", str(file), str(opened))
        raw = _FONT.sub(b"", opened.read_bytes())
        found = {f"attachment {each.name}": each.read_bytes().decode("utf-8") for each in sorted(out.iterdir())}
        found |= {f"name of attachment {each.name}": each.name for each in out.iterdir()}
        found["pages"] = _run("pdftotext", str(file), "-") + _run("pdftotext", "-raw", str(file), "-")
        found["description"] = _run("pdfinfo", str(file)) + _run("pdfinfo", "-meta", str(file))
        found["bookmarks"] = _run("mutool", "show", str(file), "outline")
        found["inside"] = raw.decode("utf-8", "replace") + in_utf16(raw)
        return found


def in_utf16(raw: bytes) -> str:
    """Texts of a PDF that are not its bytes: as UTF-16, written as they are or in hexadecimal digits."""
    found = [place[:400].decode("utf-16-be", "replace") for place in raw.split(b"\xfe\xff")[1:]]
    for place in raw.split(b"<feff")[1:]:
        digits = place.partition(b">")[0]
        found.append(bytes.fromhex(digits.decode("ascii")).decode("utf-16-be", "replace"))
    return "\n".join(found)


def _run(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, check=False, timeout=60)
    return done.stdout.decode("utf-8", "replace")
