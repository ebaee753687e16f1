"""The command line as its users meet it: the demo, then everything that can be asked of what it made."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from rehabdesk import __version__

ROOT = Path(__file__).resolve().parents[1]


def rehabdesk(*arguments: object, stdin: str = "", **environment: str) -> "subprocess.CompletedProcess[str]":
    """Runs the program as its own process, as a person would."""
    return subprocess.run(
        [sys.executable, "-m", "rehabdesk", *map(str, arguments)],
        capture_output=True,
        text=True,
        input=stdin,
        env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT / "src"), **environment},
        check=False,
        timeout=400,
    )


@dataclass(frozen=True, kw_only=True)
class Made:
    """What `rehabdesk demo --json` said."""

    folder: Path
    said: Mapping[str, Any]
    stderr: str

    @property
    def packet(self) -> Path:
        return Path(self.said["packet"]["file"])

    def trust(self) -> tuple[object, ...]:
        return ("--site", self.said["site_card"], "--identity", self.said["team_identity"])

    def member(self, role: str) -> Mapping[str, str]:
        found: Mapping[str, str] = next(member for member in self.said["members"] if member["role"] == role)
        return found


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    folder = tmp_path_factory.mktemp("demo") / "desk"
    done = rehabdesk("demo", folder, "--people", 5, "--json", HOME=str(folder.parent / "home"))
    assert done.returncode == 0, done.stderr
    return Made(folder=folder, said=json.loads(done.stdout), stderr=done.stderr)


def test_the_demo_says_what_it_made(made: Made) -> None:
    said = made.said
    assert set(said) == {
        "vault", "members", "packet", "site_card", "team_identity", "verdict", "people", "records",
    }  # fmt: skip
    assert said["verdict"] == "genuine"
    assert said["people"] == 5
    assert said["records"] > 100
    assert said["packet"]["language"] == "en"
    assert {"uid", "sign_in", "role", "name", "passphrase"} == set(said["members"][0])
    assert {member["role"] for member in said["members"]} == {"ADM", "SUP", "PSY", "CHA", "CO"}
    assert " s Making the desk" in made.stderr


def test_the_demo_leaves_nothing_outside_its_folder(made: Made) -> None:
    assert not (made.folder.parent / "home").exists()


@pytest.mark.parametrize("arguments", [("--lang", "de"), ("--people", "0"), ("--people", "9999")])
def test_what_the_demo_does_not_do_is_refused_before_anything_is_made(
    tmp_path: Path, arguments: tuple[str, str]
) -> None:
    done = rehabdesk("demo", tmp_path / "new", *arguments)
    assert done.returncode == 64
    assert len(done.stderr.strip().splitlines()) == 1
    assert not (tmp_path / "new").exists()


def test_the_demo_wants_an_empty_folder(made: Made, tmp_path: Path) -> None:
    before = sorted(made.folder.rglob("*"))
    assert rehabdesk("demo", made.folder).returncode == 64
    assert sorted(made.folder.rglob("*")) == before
    file = tmp_path / "file"
    file.write_text("x")
    assert rehabdesk("demo", file).returncode == 64


def test_verify_says_genuine_to_those_who_know_the_site(made: Made) -> None:
    done = rehabdesk("verify", made.packet, *made.trust(), "--team", "T-RIVER", "--json")
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert said["state"] == "genuine"
    assert said["number"] == made.said["packet"]["number"]
    assert [signer["staff_role"] for signer in said["signers"]] == ["CO", "SUP"]
    assert rehabdesk("verify", made.packet, *made.trust(), "--team", "T-OTHER").returncode == 1
    assert rehabdesk("verify", made.packet, "--identity", made.said["team_identity"]).returncode == 2
    assert rehabdesk("verify", made.packet, "--site", made.said["site_card"]).returncode == 2


def test_a_flipped_byte_of_the_sealed_file_is_never_genuine(made: Made, tmp_path: Path) -> None:
    raw = bytearray(made.packet.read_bytes())
    for at in (3, 40, 120, 200, len(raw) // 2, len(raw) - 1):
        changed = bytearray(raw)
        changed[at] ^= 1
        file = tmp_path / f"{at}.age"
        file.write_bytes(changed)
        done = rehabdesk("verify", file, *made.trust())
        assert done.returncode in (1, 2)
        assert "Genuine" not in done.stdout


def test_open_writes_what_was_signed_and_nothing_for_others(made: Made, tmp_path: Path) -> None:
    done = rehabdesk("open", made.packet, "--out", tmp_path / "out", *made.trust())
    assert done.returncode == 0, done.stderr
    number = made.said["packet"]["number"]
    assert sorted(file.name for file in (tmp_path / "out").iterdir()) == [f"{number}.json", f"{number}.pdf"]
    content = json.loads((tmp_path / "out" / f"{number}.json").read_text("utf-8"))
    assert content["packet"]["number"] == number
    damaged = tmp_path / "damaged.age"
    damaged.write_bytes(made.packet.read_bytes()[:-40])
    assert rehabdesk("open", damaged, "--out", tmp_path / "none", *made.trust()).returncode == 1
    assert not (tmp_path / "none").exists()


def test_check_is_well_for_every_login(made: Made, tmp_path: Path) -> None:
    state = {"XDG_STATE_HOME": str(tmp_path)}
    for role in ("ADM", "PSY", "CHA"):
        member = made.member(role)
        done = rehabdesk(
            "check", "--vault", made.said["vault"], "--full", "--sign-in", member["sign_in"],
            "--passphrase-file", "-", "--json", stdin=member["passphrase"] + "\n", **state,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        said = json.loads(done.stdout)
        assert set(said) == {"ok", "level", "records", "entries", "findings"}
        assert (said["ok"], said["level"], said["findings"]) == (True, "full", [])
    assert rehabdesk("check", "--vault", made.said["vault"]).returncode == 2


def test_check_with_a_wrong_passphrase_cannot_say(made: Made, tmp_path: Path) -> None:
    done = rehabdesk(
        "check", "--vault", made.said["vault"], "--sign-in", made.member("CO")["sign_in"],
        "--passphrase-file", "-", stdin="these are not the words\n", XDG_STATE_HOME=str(tmp_path),
    )  # fmt: skip
    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ("nonsense",),
        ("verify",),
        ("verify", "missing.pdf"),
        ("check", "--vault", "missing"),
        ("demo",),
        ("open", "x"),
    ],
)
def test_wrong_use_is_one_sentence_and_64(arguments: tuple[str, ...]) -> None:
    done = rehabdesk(*arguments)
    assert done.returncode == 64
    assert "Traceback" not in done.stderr
    assert done.stderr.strip()


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a screen is always there")
def test_without_a_screen_the_window_says_so() -> None:
    done = rehabdesk()

    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 1
    assert "screen" in done.stderr


def test_an_unknown_file_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "letter.pdf"
    file.write_bytes(b"%PDF-1.4 hello")
    done = rehabdesk("verify", file, "--json")
    assert done.returncode == 1
    assert json.loads(done.stdout)["state"] == "refused"
    file.write_bytes(b"")
    assert rehabdesk("verify", file).returncode in (1, 64)


def test_what_is_no_file_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for arguments in (
        ("verify", tmp_path / "pipe"),
        ("verify", tmp_path),
        ("verify", "x", "--site", tmp_path / "pipe"),
        ("verify", tmp_path / ("x" * 300)),
    ):
        assert rehabdesk(*arguments).returncode == 64


def test_a_damaged_page_is_a_no(made: Made, tmp_path: Path) -> None:
    folder = tmp_path / "vault"
    shutil.copytree(made.said["vault"], folder)
    truth = folder / "vault-000001.db"
    raw = bytearray(truth.read_bytes())
    raw[len(raw) // 2] ^= 1
    truth.write_bytes(raw)
    member = made.member("SUP")
    done = rehabdesk(
        "check", "--vault", folder, "--full", "--sign-in", member["sign_in"], "--passphrase-file", "-",
        "--json", stdin=member["passphrase"], XDG_STATE_HOME=str(tmp_path / "state"),
    )  # fmt: skip
    assert done.returncode == 1, done.stdout + done.stderr
    assert json.loads(done.stdout)["findings"]


@pytest.mark.parametrize("words", [["verify", "--help"], ["--help"], ["verify"], ["nonsense"]])
def test_help_and_wrong_use_load_neither_windows_nor_cryptography_nor_words(words: list[str]) -> None:
    code = (
        "import sys\nfrom rehabdesk.__main__ import main\n"
        f"try:\n    main({words})\nexcept SystemExit:\n    pass\n"
        "heavy = {'PySide6', 'pyhanko', 'reportlab', 'cryptography', 'sqlcipher3', 'msgspec', 'asn1crypto',"
        " 'rehabdesk.core.i18n'}\n"
        "heavy |= {'dataclasses', 'inspect', 'pathlib', 'shutil', 'socket', 'subprocess', 'threading', 'typing'}\n"
        "print('heavy:', sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env={"PYTHONPATH": str(ROOT / "src")}, check=True
    )
    assert "heavy: []" in done.stdout


@pytest.mark.parametrize(("language", "word"), [("fr", "montrer cette aide"), ("ar", "عرض هذه المساعدة")])
def test_help_speaks_the_language_that_is_asked_for(language: str, word: str) -> None:
    said = rehabdesk("verify", "--help", f"--lang={language}").stdout
    assert word in said
    assert "show this help" not in said


def test_version() -> None:
    assert rehabdesk("--version").stdout.strip() == f"RehabDesk {__version__}"
