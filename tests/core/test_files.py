"""Durable writing: the old or the new file, never half of one."""

import errno
import os
from pathlib import Path

import pytest

from rehabdesk.core.errors import Full, MediumGone, Missing, ReadOnly, StorageError
from rehabdesk.core.files import durable_write, on_foreign_medium, read_limited, storage_error


def test_replaces_and_keeps_the_previous(tmp_path: Path) -> None:
    file = tmp_path / "key"
    durable_write(file, b"one", keep_previous=True)
    durable_write(file, b"two", keep_previous=True)
    assert file.read_bytes() == b"two"
    assert (tmp_path / "key.prev").read_bytes() == b"one"
    assert sorted(name.name for name in tmp_path.iterdir()) == ["key", "key.prev"]
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_full_disk_leaves_the_old_file(tmp_path: Path) -> None:
    file = tmp_path / "key"
    durable_write(file, b"one")
    resource = pytest.importorskip("resource", reason="the size limit is a limit of Unix systems")
    signal = pytest.importorskip("signal")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, before[1]))
    try:
        with pytest.raises(Full):
            durable_write(file, b"x" * 5000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)
    assert file.read_bytes() == b"one"
    assert [name.name for name in tmp_path.iterdir()] == ["key"]


def test_reading_is_limited(tmp_path: Path) -> None:
    file = tmp_path / "f"
    file.write_bytes(b"12345")
    assert read_limited(file, 5) == b"12345"
    with pytest.raises(StorageError):
        read_limited(file, 4)
    with pytest.raises(Missing):
        read_limited(tmp_path / "none", 4)


@pytest.mark.parametrize(
    ("code", "kind"),
    [(errno.ENOSPC, Full), (errno.EROFS, ReadOnly), (errno.ENOENT, Missing), (errno.EIO, StorageError)],
)
def test_system_errors_become_sentences(code: int, kind: type[StorageError]) -> None:
    error = storage_error(OSError(code, os.strerror(code)), "vault.rdk")
    assert type(error) is kind
    assert "vault.rdk" in error.sentence


def test_a_stick_that_went_away_is_asked_for_again_and_no_backup_is_spoken_of(tmp_path: Path) -> None:
    with pytest.raises(MediumGone, match="Put it back") as gone, on_foreign_medium():
        durable_write(tmp_path / "stick" / "packet", b"sealed")
    assert "backup" not in gone.value.sentence
    with pytest.raises(MediumGone), on_foreign_medium():
        raise OSError(errno.EIO, "input/output error")


@pytest.mark.parametrize("kind", [Full, ReadOnly])
def test_a_full_or_closed_stick_is_called_so(kind: type[StorageError]) -> None:
    with pytest.raises(kind), on_foreign_medium():
        raise kind("as it is")
