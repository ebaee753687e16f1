"""Writes packaging/runtime.lock and packaging/test.lock from pyproject.toml: exact versions, with hashes.

Run: `python packaging/make_lock.py [ARGS of uv pip compile]`, with `uv` on the path. What is pinned stays pinned as
long as pyproject.toml allows it; `--upgrade` or `--upgrade-package NAME` lifts it. See decisions/lock-files.md.
"""

import re
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

FOLDER = Path(__file__).resolve().parent

HEAD = """\
# {what} Made by packaging/make_lock.py; see packaging/decisions/lock-files.md.
--only-binary :all:

"""


def main(arguments: list[str]) -> None:
    """Resolves everything at once, so that both files agree, and deals it out."""
    settings = tomllib.loads((FOLDER.parent / "pyproject.toml").read_text("utf-8"))
    run_needs: list[str] = settings["project"]["dependencies"]
    test_needs: list[str] = settings["dependency-groups"]["test"]
    runtime = resolved(run_needs, read("runtime.lock"), arguments)
    everything = resolved([*run_needs, *test_needs], [*runtime, *read("test.lock")], arguments)
    versions = {version(pin) for pin in runtime}
    if not versions <= {version(pin) for pin in everything}:
        sys.exit("The tests need other versions than the program. Change pyproject.toml so that they agree.")
    write("runtime.lock", "What RehabDesk runs with.", [pin for pin in everything if version(pin) in versions])
    beside = [pin for pin in everything if version(pin) not in versions]
    write("test.lock", "What tests and checks need beside runtime.lock.", beside)


def resolved(needs: list[str], pins: list[str], arguments: list[str]) -> list[str]:
    """One entry (version, condition, hashes) for each package; for every platform and Python that is supported."""
    with tempfile.TemporaryDirectory() as folder:
        wanted, found = Path(folder, "wanted.in"), Path(folder, "found.txt")
        wanted.write_text("\n".join(needs), "utf-8")
        found.write_text("\n".join(pins), "utf-8")  # uv keeps to what the old result holds
        command = ["uv", "pip", "compile", str(wanted), "--output-file", str(found), "--quiet"]
        command += ["--universal", "--python-version", "3.11", "--generate-hashes", "--no-header", "--no-annotate"]
        subprocess.run([*command, *arguments], check=True)
        return entries(found.read_text("utf-8"))


def version(pin: str) -> str:
    """`babel==2.18.0`; the condition may differ, since tests can need it on more systems."""
    return pin.split()[0]


def read(name: str) -> list[str]:
    file = FOLDER / name
    return entries(file.read_text("utf-8")) if file.exists() else []


def entries(text: str) -> list[str]:
    """The entries of a lock file, without comments and options."""
    return [part for part in re.split(r"\n(?=\S)", text.strip()) if re.match(r"[a-z0-9]", part)]


def write(name: str, what: str, pins: list[str]) -> None:
    text = HEAD.format(what=what) + "".join(f"{pin.rstrip()}\n" for pin in pins)
    if "://" in text:
        sys.exit(f"{name} would name an address.")
    (FOLDER / name).write_text(text, "utf-8")
    print(f"{name}: {len(pins)} packages")


if __name__ == "__main__":
    main(sys.argv[1:])
