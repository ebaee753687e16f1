"""Files that come with the program: fonts, forms, lists, schemas, catalogues."""

from functools import cache
from pathlib import Path
from typing import Any

from rehabdesk.core.errors import Missing


@cache
def _root() -> Path:
    """Inside the installed package, or beside src/ in a checkout."""
    package = Path(__file__).resolve().parents[1]
    for place in (package / "resources", package.parents[1] / "resources"):
        if place.is_dir():
            return place
    raise Missing("The program's own files are missing. Install RehabDesk again.")


def path(name: str) -> Path:
    """Where the file or folder `name` (with forward slashes) lies. Missing if it does not."""
    found = _root() / name
    if not found.exists():
        raise Missing(f"The program's own file {name} is missing. Install RehabDesk again.")
    return found


def names(folder: str, suffix: str) -> tuple[str, ...]:
    """The names, sorted, of the files in `folder` that end in `suffix`; with the folder in front."""
    return tuple(sorted(f"{folder}/{file.name}" for file in path(folder).iterdir() if file.name.endswith(suffix)))


def read_bytes(name: str) -> bytes:
    return path(name).read_bytes()


def read_text(name: str) -> str:
    return path(name).read_text("utf-8")


def read_toml(name: str) -> dict[str, Any]:
    """The content of a TOML file of ours. ValueError names the file and the place if it is broken."""
    import tomllib  # here: the lock page stands without it

    try:
        return tomllib.loads(read_text(name))
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"{name}: {error}") from error
