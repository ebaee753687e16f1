"""Writes the published JSON Schemas of resources/schema/ from the formats themselves.

Run: `python packaging/make_schema.py` with the Python of .venv. A test proves file = generated.
"""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "resources" / "schema"


def main() -> None:
    """Writes every schema file."""
    sys.path.insert(0, str(ROOT / "src"))
    from rehabdesk.handover.content.schema_wire import schema_files

    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, content in schema_files().items():
        (FOLDER / name).write_bytes(content)
        print(name)


if __name__ == "__main__":
    main()
