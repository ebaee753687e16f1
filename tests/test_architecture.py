"""The arrows of the house: who may import whom, in three small tables (the house style: test_house_style.py).

All imports count, also those inside functions and relative ones. A tree is judged by its files alone; nothing is run.
"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[1] / "src"

# Table 1. Features in their order: each may use those to its left, never those to its right.
FEATURES = ("access", "audit", "people", "notes", "plans", "readiness", "handover", "upkeep", "overview")

# A feature that outgrew one folder has rooms by subject. Inside a room, as in the feature itself, the file name says
# the layer; for the arrows its rooms are one house: a service may use the services of the next room.
ROOMS = {
    "notes": {"alerts", "assessments", "attachments", "chaplaincy", "forms", "groups", "paper"},
    "plans": {"conferences", "programmes", "progress", "reviews"},
    "handover": {
        *("collecting", "content", "making", "pages", "annex", "file_index"),
        *("trust", "checking", "inbox", "after"),
    },
}

# Table 2. What a file may import: of its kit; by its name or ending in a feature; at the top.
# "own" = its own feature, "earlier" = the features to the left of its own, "any" = all features, plain words = kits.
KITS = {
    "core": {"core"},
    "db": {"db", "core"},
    "seals": {"seals", "core"},
    "paper": {"paper", "core"},
    "ui": {"ui", "core"},
}
LAYERS = {
    "model": {"own model", "core"},
    "store": {"own model", "own store", "db", "core"},
    "service": {
        *("own model", "own store", "own service", "own pdf", "own wire", "earlier model", "earlier service"),
        *("core", "seals", "db.truth", "db.projection"),
    },
    "pdf": {"own model", "own pdf", "paper", "core"},
    "wire": {"own model", "own wire", "core"},
    "view": {"own model", "own service", "own view", "ui", "core"},
}
MORE = {
    # access opens the files; everyone else meets them as a Desk, and models name compartments as db does
    ("access", "service"): {"db"},
    ("access", "model"): {"db.projection"},
    ("notes", "model"): {"db.projection"},
    # overview owns no record: its pages show what the features before it give
    ("overview", "view"): {"earlier model", "earlier service"},
    # the health check judges the files themselves
    ("audit", "service"): {"access.files_store", "db.chain"},
}
TOP = {
    "__main__": {"app", "demo", "any service", "any model", "core"},
    "app": {"app", "any model", "any store", "any service", "any view", *KITS},
    "demo": {"app", "demo", "any model", "any service", "access.files_store", *KITS},
}

# Table 3. The one home of each third-party library: a kit, a layer, or a single file.
HOMES = {
    "sqlcipher3": {"db"},
    "cryptography": {"seals"},
    "pyhanko": {"seals"},
    "pyhanko_certvalidator": {"seals"},
    "asn1crypto": {"seals"},
    "pyrage": {"seals"},
    "reportlab": {"paper"},
    "uharfbuzz": {"paper"},
    "segno": {"paper"},
    "pypdfium2": {"paper"},
    "PIL": {"paper"},
    "babel": {"paper"},
    "pikepdf": {"paper"},
    "msgspec": {"handover/wire.py"},
    "PySide6": {"ui", "view", "app"},
    "shiboken6": {"ui"},
    "hunspell": {"ui/dictionaries.py"},
}

# Promise 1 of the product: nothing leaves the machine but what a person exports. There is no code that could.
NETWORK = {
    *("socket", "ssl", "socketserver", "http", "urllib.request", "ftplib", "smtplib", "poplib", "imaplib", "xmlrpc"),
    *("telnetlib", "nntplib", "asyncio", "webbrowser", "PySide6.QtNetwork"),
}
# pyHanko signs a card in a coroutine only; a loop that is never given an address drives it.
DRIVES_A_COROUTINE = {("seals/cards.py", "asyncio")}
# A model is values and rules: files and the clock are somebody else's.
NOT_IN_A_MODEL = {"os", "pathlib", "io", "shutil", "tempfile", "subprocess", "sqlite3", "time", "threading", "locale"}


def complaints(source: Path) -> list[str]:
    """One line for each import under `source` (which holds rehabdesk/) that goes against an arrow."""
    package = source / "rehabdesk"
    found = []
    for file in sorted(package.rglob("*.py")):
        place = file.relative_to(package).as_posix()
        if (stray := out_of_place(place)) is not None:
            found.append(stray)
            continue
        for line, name in imports(file, source):
            if reason := objection(place, name):
                found.append(f"{place}:{line}: imports {name}: {reason}")
    return found


def imports(file: Path, source: Path) -> Iterator[tuple[int, str]]:
    """Line and full dotted name of every module that `file` imports; `from a import b` is a.b if that is a module."""
    package = file.relative_to(source).parent.parts
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            start = package[: len(package) - node.level + 1] if node.level else ()
            module = ".".join((*start, *([node.module] if node.module else [])))
            for alias in node.names:
                inner = source.joinpath(*module.split("."), alias.name)
                is_module = inner.is_dir() or inner.with_suffix(".py").is_file() or module in ("PySide6", "urllib")
                yield node.lineno, f"{module}.{alias.name}" if is_module else module


def layer_of(place: str) -> str | None:
    """`model` for people/legal_model.py and plans/reviews/review_model.py, `view` for people/view/list.py, or None."""
    parts = place.removesuffix(".py").split("/")
    folders, stem = parts[1:-1], parts[-1]
    if folders and folders[0] in ROOMS.get(parts[0], ()):
        del folders[0]
    if folders:
        return folders[0] if folders == ["view"] else None
    ending = stem.rpartition("_")[2]
    return ending if ending in LAYERS else None


def out_of_place(place: str) -> str | None:
    """Why a file may not be where it is, or None."""
    first, _, rest = place.partition("/")
    if not rest:
        known = first == "__init__.py" or top_name(first) is not None
        return None if known else f"{place}: neither a kit nor a feature, and not one of {', '.join(TOP)}"
    faces = {"__init__.py", *(f"{room}/__init__.py" for room in ROOMS.get(first, ()))}
    if first in KITS or (first in FEATURES and (rest in faces or layer_of(place))):
        return None
    return f"{place}: there is no such room in the plan of the house"


def top_name(file: str) -> str | None:
    """`demo` for demo.py and demo_people.py."""
    stem = file.removesuffix(".py")
    return next((name for name in TOP if stem == name or stem.startswith(f"{name}_")), None)


def objection(place: str, name: str) -> str | None:
    """Why the file at `place` may not import the module `name`, or None."""
    reaches_out = any(name == module or name.startswith(f"{module}.") for module in NETWORK)
    if reaches_out and (place, name) not in DRIVES_A_COROUTINE:
        return "there is no network in this house"
    first = name.split(".")[0]
    if first == "rehabdesk":
        return objection_inside(place, name.split(".")[1:])
    if first in sys.stdlib_module_names:
        is_model = place.split("/")[0] in FEATURES and layer_of(place) == "model"
        return "a model knows neither files nor the clock" if is_model and first in NOT_IN_A_MODEL else None
    if first not in HOMES:
        return "this library has no home here"
    own = {place, top_name(place) if "/" not in place else place.split("/")[0], layer_of(place)}
    return None if own & HOMES[first] else f"its one home is {' or '.join(sorted(HOMES[first]))}"


def objection_inside(place: str, target: list[str]) -> str | None:
    """The same for a module of ours, given as the parts of its name after rehabdesk."""
    if not target:
        return None  # the version
    room = place.split("/")[0]
    if "/" not in place:
        allowed, room = TOP[top_name(place) or "app"] if room != "__init__.py" else set(), ""
    elif room in KITS:
        allowed = KITS[room]
    elif place.endswith("/__init__.py"):
        allowed = set()
    else:
        layer = layer_of(place) or ""
        allowed = LAYERS[layer] | MORE.get((room, layer), set())
    words = words_for(room, target)
    return None if words & allowed else f"allowed are only {', '.join(sorted(allowed)) or 'none of ours'}"


def words_for(room: str, target: list[str]) -> set[str]:
    """The words of table 2 that stand for the module `target`, seen from `room`."""
    first = target[0]
    if first not in FEATURES:
        top = top_name(first) if len(target) == 1 else None
        return {top or first, ".".join(target[:2])}
    layer = layer_of("/".join(target) + ".py") if len(target) > 1 else None
    if layer is None:
        # the folder itself: its __init__ is empty, so only a name that is no module can be meant
        return {"nothing"}
    if room == first:
        return {f"own {layer}"}
    is_earlier = room in FEATURES and FEATURES.index(first) < FEATURES.index(room)
    return {".".join(target), f"any {layer}"} | ({f"earlier {layer}"} if is_earlier else set())


def test_no_import_goes_against_an_arrow() -> None:
    if found := complaints(SOURCE):
        pytest.fail("\n".join(found))


def test_the_source_was_really_read() -> None:
    seen = {name.split(".")[0] for file in SOURCE.rglob("*.py") for _, name in imports(file, SOURCE)}

    assert {"rehabdesk", "sqlcipher3", "cryptography", "pyhanko", "reportlab", "msgspec"} <= seen


def planted(folder: Path, files: dict[str, str]) -> list[str]:
    """The complaints about a house with these files."""
    for place, content in files.items():
        file = folder / "rehabdesk" / place
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, encoding="utf-8")
    return complaints(folder)


@pytest.mark.parametrize(
    ("place", "content"),
    [
        ("core/text.py", "import rehabdesk.db.truth"),
        ("core/text.py", "import msgspec"),
        ("db/truth.py", "from rehabdesk.seals import record"),
        ("seals/record.py", "def late():\n    from rehabdesk.db import truth"),
        ("seals/record.py", "import sqlcipher3"),
        ("paper/pages.py", "from ..notes import model"),
        ("db/truth.py", "if True:\n    import cryptography.x509"),
        ("notes/model.py", "from rehabdesk.people import model"),
        ("notes/model.py", "from pathlib import Path"),
        ("notes/forms/form_model.py", "from .store import queries"),
        ("notes/store.py", "from rehabdesk.people.store import queries"),
        ("notes/service.py", "from rehabdesk.plans.service import Plans"),
        ("notes/service.py", "from rehabdesk.people import store"),
        ("notes/service.py", "from rehabdesk.db import connection"),
        ("notes/service.py", "from PySide6 import QtCore"),
        ("notes/pdf.py", "from rehabdesk.db import projection"),
        ("notes/view.py", "from rehabdesk.people.view import Page"),
        ("notes/view.py", "from . import store"),
        ("handover/content/schema_wire.py", "import msgspec"),
        ("notes/service.py", "from rehabdesk import app"),
        ("notes/__init__.py", "from rehabdesk.notes.service import Notes"),
        ("__main__.py", "from rehabdesk.db import truth"),
        ("core/text.py", "import requests"),
        ("core/text.py", "from urllib import request"),
        ("core/files.py", "def send():\n    import http.client"),
        ("core/files.py", "import asyncio"),
        ("ui/pages.py", "from PySide6 import QtNetwork"),
        ("notes/stuff.py", ""),
        ("notes/letters/service.py", ""),
        ("plans/reviews/model.py", "from rehabdesk.notes.store import queries"),
        ("plans/reviews/stuff.py", ""),
        ("chat/model.py", ""),
        ("tools.py", ""),
    ],
)
def test_a_broken_arrow_is_named(tmp_path: Path, place: str, content: str) -> None:
    rooms = "db/truth db/connection db/projection seals/record people/model people/store people/service notes/model app"
    bystanders = {f"{room}.py": "" for room in (*rooms.split(), "notes/store")}

    found = planted(tmp_path, {**bystanders, place: content})

    assert len(found) == 1
    assert found[0].startswith(place)


def test_what_the_plan_allows_is_not_complained_about(tmp_path: Path) -> None:
    assert not planted(
        tmp_path,
        {
            "core/text.py": "import unicodedata\nfrom urllib.parse import quote",
            "db/truth.py": "import sqlcipher3\nfrom rehabdesk.core.text import fold",
            "access/service.py": "from rehabdesk.db import connection\nfrom rehabdesk.seals import record",
            "people/model.py": "from datetime import date",
            "people/service.py": "from rehabdesk.access.service import Desk\nfrom rehabdesk.db.truth import Truth",
            "notes/service.py": "from ..people.model import Person\nfrom . import model, store",
            "notes/model.py": "",
            "notes/store.py": "from rehabdesk.db.projection import Projection\nfrom .model import Note",
            "notes/view/page.py": "from PySide6.QtWidgets import QWidget\nfrom rehabdesk.notes.service import Notes",
            "notes/alerts/__init__.py": "",
            "notes/alerts/alert_model.py": "",
            "notes/alerts/alert_service.py": "from rehabdesk.notes.service import Notes\nfrom . import alert_model",
            "notes/alerts/view/alert_page.py": "from rehabdesk.notes.alerts.alert_service import Alerts",
            "handover/wire.py": "import msgspec",
            "app.py": "from rehabdesk.notes.store import PROJECTION\nfrom rehabdesk.notes.view import page",
            "demo.py": "from rehabdesk.app import projections\nfrom rehabdesk.notes.service import Notes",
        },
    )
