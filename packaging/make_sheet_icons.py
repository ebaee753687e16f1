"""Writes resources/icons/sheet/: the icons that theme.qss shows, one file for each colour it may ask for.

A style sheet can name a file but not colour it. Run it after a change of theme.qss or of a colour; a test compares.
"""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))

from rehabdesk.ui.theme import coloured  # noqa: E402 - the path comes first
from rehabdesk.ui.tokens import SCHEMES  # noqa: E402

STROKE = 3.0


def pictures() -> dict[str, str]:
    """File name to drawing, for every `@image(icon colour)` of the sheet in every scheme."""
    icons = ROOT / "resources" / "icons"
    asked = re.findall(
        r"@image\(([\w-]+) (\w+)\)",
        re.sub(r"/\*.*?\*/", "", (ROOT / "resources/theme.qss").read_text(), flags=re.DOTALL),
    )
    return {
        f"{icon}-{tokens[colour][1:].lower()}.svg": coloured(icons / f"{icon}.svg", tokens[colour], STROKE)
        for icon, colour in asked
        for tokens in SCHEMES.values()
    }


def main() -> None:
    folder = ROOT / "resources" / "icons" / "sheet"
    folder.mkdir(exist_ok=True)
    wanted = pictures()
    for old in folder.glob("*.svg"):
        if old.name not in wanted:
            old.unlink()
    for name, drawing in wanted.items():
        (folder / name).write_text(drawing, encoding="utf-8")


if __name__ == "__main__":
    main()
