"""What packaging/dev.py decides before it starts anything, and that it passes on how a program ended."""

import importlib.util
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

DEV = Path(__file__).resolve().parents[2] / "packaging" / "dev.py"


@pytest.fixture(name="dev")
def _dev() -> ModuleType:
    spec = importlib.util.spec_from_file_location("dev_under_test", DEV)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ([], False),
        (["--json"], False),
        (["--people", "10", "--json"], False),
        (["--people=10"], False),
        (["somewhere"], True),
        (["--people", "10", "somewhere"], True),
        (["somewhere", "--lang", "en"], True),
        (["--help"], True),
    ],
)
def test_a_folder_among_the_arguments_of_demo_is_seen(dev: ModuleType, arguments: list[str], expected: bool) -> None:
    assert dev.names_folder(arguments) is expected


def test_a_stamp_holds_for_the_very_lock_files_that_were_installed(dev: ModuleType, tmp_path: Path) -> None:
    lock, other = tmp_path / "a.lock", tmp_path / "b.lock"
    lock.write_text("a==1")
    other.write_text("b==1")
    dev.stamp_of(tmp_path).write_text(dev.fingerprint(lock), encoding="ascii")

    assert dev.is_stamped(tmp_path, [lock])
    assert not dev.is_stamped(tmp_path, [lock, other])
    lock.write_text("a==2")
    assert not dev.is_stamped(tmp_path, [lock])


def test_an_environment_without_its_stamp_is_made_anew(
    dev: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    half_made = tmp_path / ".venv"
    (half_made / "bin").mkdir(parents=True)
    (half_made / "bin" / "python").write_text("cut off in the middle")
    empty = tmp_path / "empty.lock"
    empty.write_text("")
    monkeypatch.setattr(dev, "venv_folder", lambda: half_made)
    monkeypatch.setattr(dev, "install", lambda python, locks: None)

    python = dev.ready((empty,))

    source = subprocess.check_output([python, "-c", "import rehabdesk; print(rehabdesk.__file__)"], text=True)
    assert Path(source.strip()) == DEV.parents[1] / "src" / "rehabdesk" / "__init__.py"
    assert dev.is_stamped(half_made, (empty,))


def test_the_exit_status_is_that_of_the_program(dev: ModuleType) -> None:
    assert dev.start_and_wait([sys.executable, "-c", "raise SystemExit(64)"]) == 64
    assert dev.start_and_wait([sys.executable, "-c", "import os; os.kill(os.getpid(), 9)"]) == 128 + 9


def test_the_locks_name_no_address_and_pin_everything_by_hash() -> None:
    locks = list(DEV.parent.glob("*.lock"))

    assert len(locks) == 2
    for lock in locks:
        text = lock.read_text("utf-8")
        assert "://" not in text
        assert "index-url" not in text
        for line in text.splitlines():
            assert line.startswith(("#", "--only-binary", "    --hash=sha256:")) or "==" in line or not line


def test_wrong_use_and_an_unwritable_place_are_one_sentence(tmp_path: Path) -> None:
    wrong = subprocess.run([sys.executable, DEV, "check", "everything"], capture_output=True, text=True, check=False)
    assert wrong.returncode == 2
    assert wrong.stderr.count("\n") == 1

    unwritable = tmp_path / "file"
    unwritable.write_text("")
    script = (
        f"import sys; sys.path.insert(0, {str(DEV.parent)!r}); import dev; from pathlib import Path;"
        f"dev.venv_folder = lambda: Path({str(unwritable)!r}) / 'venv'; sys.exit(dev.main(['run']))"
    )
    refused = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False, env={"PATH": os.environ["PATH"]}
    )
    assert refused.returncode == 2
    assert refused.stderr.count("\n") == 1
    assert "Mend that" in refused.stderr
