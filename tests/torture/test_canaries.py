"""No word that was typed lies readable anywhere (reliability.md F13); no key opens another discipline's notes."""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from rehabdesk.access.files_store import DeskFiles
from rehabdesk.access.unlock_service import hold_keys
from rehabdesk.app import PROJECTIONS
from rehabdesk.notes.forms.form_model import Level
from tests.desks import Site, passphrase
from tests.notes.sessions import FORMS
from tests.torture.attachment_day import everything_attached
from tests.torture.canaries import hunt, shapes
from tests.torture.conftest import Report
from tests.torture.crashsim import Step, read_log
from tests.torture.day import CHAPLAIN, OFFICER, PSYCHOLOGIST
from tests.torture.keyring import Keyring, readable_bytes, readable_rows
from tests.torture.recording import ROOT, child_environment

OWN_FOLDERS = (
    "HOME",
    "TMPDIR",
    "XDG_CONFIG_HOME",
    "XDG_CACHE_HOME",
    "XDG_DATA_HOME",
    "XDG_STATE_HOME",
    "XDG_RUNTIME_DIR",
)
_UID = "u[a-z2-7]{7}"
_MAY_WRITE = re.compile(
    r"desk/(vault\.rdk|vault\.rdk\.prev|tries)(\.new)?"
    r"|desk/(vault|shred)-[0-9]{6}\.db(-wal|-journal)?"
    rf"|desk/idx-[a-z]+-[0-9]+-{_UID}\.db(-wal|-journal)?"
    rf"|(desk/pins|profile/[0-9a-f]{{32}})/{_UID}\.pin(\.new)?"
    r"|desk/attach/[0-9a-f]{32}-[0-9]{4}"
    r"|desk/ballast|desk/site-root\.rdk(\.new)?"
    r"|stick/RD-DEMO-[0-9-]+[A-Z0-9-]*\.(pdf\.age|txt)(\.new)?"
)
"""Every file that a day's work may make or write (vault.md 2.1), and what is handed over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Worked:
    """A day that is over: where it took place, what was typed in which field, what was written, what was printed."""

    root: Path
    words: Mapping[str, str]
    steps: tuple[Step, ...]
    printed: bytes

    def files(self) -> dict[str, bytes]:
        """Everything that lies there now."""
        there = {str(path.relative_to(self.root)): path.read_bytes() for path in self.root.rglob("*") if path.is_file()}
        return there | {"standard output and error": self.printed}

    def written(self) -> dict[str, bytes]:
        """Everything that was ever written into a file, also into those that are gone."""
        data: dict[str, bytearray] = {}
        for step in self.steps:
            if step.op == "W":
                data.setdefault(f"written to {step.name}", bytearray()).extend(step.data)
        return {name: bytes(content) for name, content in data.items()}


def watch(program: str, folder: Path, preload: Path, *more: str) -> Worked:
    """Runs a program of these tests with profile and temporary folder of its own, and every write recorded."""
    root, words, log = (folder / f"{program}{ending}" for ending in ("", ".words", ".log"))
    own = {name: str(root / name.lower()) for name in OWN_FOLDERS}
    for kept in own.values():
        Path(kept).mkdir(parents=True)
    trace = {"LD_PRELOAD": str(preload), "IOTRACE_ROOT": "/", "IOTRACE_LOG": str(log), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-m", f"tests.torture.{program}", str(root), str(words), *more]
    done = subprocess.run(command, env=child_environment(own | trace), cwd=ROOT, capture_output=True, check=True)
    steps = tuple(step for step in read_log(log) if step.name != str(words))
    typed = json.loads(words.read_text())
    return Worked(root=root, words=typed, steps=steps, printed=done.stdout + done.stderr)


@pytest.fixture(scope="module")
def worked(session_folder: Path, preload: Path, seed: int) -> Worked:
    return watch("day", session_folder, preload, str(seed))


@pytest.fixture(scope="module")
def exported(session_folder: Path, preload: Path) -> Worked:
    return watch("packet_day", session_folder, preload)


def ring_of(worked: Worked, sign_in: str) -> Keyring:
    site = Site(folder=worked.root / "desk", profile=worked.root / "profile", projections=PROJECTIONS)
    files = DeskFiles(site.folder, site.profile)
    return Keyring(hold_keys(files, sign_in, passphrase(sign_in), site.means))


def places_in(texts: list[bytes], words: Mapping[str, str]) -> set[str]:
    return {place for word, place in words.items() if any(word.encode() in text for text in texts)}


def secret_places(words: Mapping[str, str], form: str) -> set[str]:
    """The fields of that form's notes, drafts and addenda that are not shared with the team by the form itself."""
    shared = {f"{form} {asked.code}" for asked in FORMS.form(form).fields if asked.level is Level.SHARED}
    return {place for place in words.values() if place.startswith(form)} - shared


def test_no_typed_word_lies_readable_anywhere(worked: Worked, report: Report) -> None:
    everything = worked.files() | worked.written()
    found = hunt(everything, worked.words)
    report(words=len(worked.words), files=len(everything), megabytes=sum(map(len, everything.values())) >> 20)
    assert found == []
    assert len(worked.words) > 60


def test_no_sentence_of_a_packet_lies_readable_anywhere(exported: Worked, report: Report) -> None:
    """Draft, signed PDF and sealed file: nothing outside the seal, not even for the moment of making it."""
    everything = exported.files() | exported.written()
    report(sentences=len(exported.words), files=len(everything))
    assert hunt(everything, exported.words) == []
    assert [name for name, content in everything.items() if b"%PDF-" in content or b"/FlateDecode" in content] == []
    assert any(name.endswith(".pdf.age") for name in everything)
    assert len(exported.words) > 30


@pytest.mark.parametrize("program", ["worked", "exported"])
def test_only_the_files_of_a_desk_are_written(program: str, request: pytest.FixtureRequest) -> None:
    """Nothing in the temporary folder, the profile's caches or anywhere else on the system."""
    done: Worked = request.getfixturevalue(program)
    written = {step.name for step in done.steps if step.op in "CWR"}
    own = {name.removeprefix(f"{done.root}/") for name in written if name.startswith(f"{done.root}/")}
    assert {name for name in own if not _MAY_WRITE.fullmatch(name)} == set()
    assert {name for name in written if not name.startswith(f"{done.root}/")} <= {"/dev/null"}
    assert any(name.endswith("-wal") for name in own), "the recording sees what the engine writes"


@pytest.mark.parametrize("form_number", range(9))
def test_the_hunt_finds_a_word_in_each_form(form_number: int) -> None:
    word = "Zqexampleofaword"
    name, shape = list(shapes(word))[form_number]
    assert hunt({"a leak": b"before " + shape + b" after"}, {word: "a field"}) != [], name
    assert hunt({"no leak": b"before after"}, {word: "a field"}) == []


def test_each_word_was_really_kept(worked: Worked, tmp_path: Path) -> None:
    """The members together open every word; otherwise the hunt would look for what was never there."""
    opened = [
        text
        for sign_in in (OFFICER, PSYCHOLOGIST, CHAPLAIN)
        for _, text in readable_rows(worked.root / "desk", ring_of(worked, sign_in))
    ]
    shutil.copytree(worked.root, tmp_path / "copy")  # opening a desk writes into it
    site = Site(folder=tmp_path / "copy/desk", profile=tmp_path / "copy/profile", projections=PROJECTIONS)
    for sign_in in (OFFICER, PSYCHOLOGIST, CHAPLAIN):
        opened += everything_attached(site.open(sign_in))
    site.close()
    assert set(worked.words.values()) - places_in(opened, worked.words) == set()


def test_the_case_officers_keys_open_no_word_of_a_clinical_or_pastoral_note(worked: Worked, report: Report) -> None:
    """Every derivable key on every row and every database file, and all files as they are."""
    ring = ring_of(worked, OFFICER)
    readable = list(readable_bytes(worked.root / "desk", ring))
    seen = places_in([text for _, text in readable], worked.words)
    opened = {where.partition("-1-")[0] for where, _ in readable if where.endswith(" opened")}
    clinical = secret_places(worked.words, "psychologist_session")
    pastoral = secret_places(worked.words, "chaplain_engagement")
    report(keys_tried=ring.tries, clinical_words=len(clinical), pastoral_words=len(pastoral))
    assert len(clinical) > 5
    assert len(pastoral) > 3
    assert seen & (clinical | pastoral | {"safety note", "draft of a session"}) == set()
    assert opened == {"idx-own", "idx-team", "idx-vault", "vault-000001.db opened", "shred-000001.db opened"}
    assert {"given name", "strengths", "keywork addendum"} <= seen, (
        "what is the officer's own is readable: the keys work"
    )


@pytest.mark.parametrize(
    ("sign_in", "own", "other"),
    [
        (PSYCHOLOGIST, "psychologist_session", "chaplain_engagement"),
        (CHAPLAIN, "chaplain_engagement", "psychologist_session"),
    ],
)
def test_each_discipline_opens_its_own_notes_only(worked: Worked, sign_in: str, own: str, other: str) -> None:
    seen = places_in([text for _, text in readable_rows(worked.root / "desk", ring_of(worked, sign_in))], worked.words)
    assert secret_places(worked.words, own) <= seen
    assert secret_places(worked.words, other) & seen == set()
