"""Files written so that a power cut leaves the old or the new one, never half of one; and read within a limit."""

import contextlib
import errno
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from rehabdesk.core.errors import Full, MediumGone, Missing, ReadOnly, StorageError
from rehabdesk.core.i18n import tr

UNFINISHED = ".new"
PREVIOUS = ".prev"


def durable_write(path: Path, data: bytes, *, keep_previous: bool = False) -> None:
    """Replaces `path` by `data` in one step that survives a power cut; the old file stays as `.prev` if asked for.

    StorageError (Full, ReadOnly) when the disk does not take it; the old file is then untouched.
    """
    unfinished = path.with_name(path.name + UNFINISHED)
    try:
        _write_synced(unfinished, data)
        if keep_previous and path.exists():
            previous = path.with_name(path.name + PREVIOUS)
            older = previous.with_name(previous.name + UNFINISHED)
            _write_synced(older, path.read_bytes())
            _replace(older, previous)
        _replace(unfinished, path)
        sync_folder(path.parent)
    except OSError as error:
        with contextlib.suppress(OSError):
            unfinished.unlink(missing_ok=True)
        raise storage_error(error, path.name) from error


def write_new(path: Path, data: bytes, told: str) -> None:
    """Writes a file of a new name; its bytes are durable then, its name after `sync_folder`.

    StorageError, which calls it `told`, where the disk does not take it.
    """
    try:
        _write_synced(path, data)
    except OSError as error:
        raise storage_error(error, told) from error


@contextlib.contextmanager
def on_foreign_medium() -> Iterator[None]:
    """For what leaves the desk: a stick that is pulled out gives no backup to look into, but can be put back.

    MediumGone instead of Missing and of errors of the medium; Full and ReadOnly say what they say.
    """
    try:
        yield
    except (Full, ReadOnly):
        raise
    except (StorageError, OSError) as error:
        raise MediumGone(
            tr(
                "The stick or folder was taken away, or failed, while saving. Nothing on it can be relied on. "
                "Put it back or choose another one, then save again."
            )
        ) from error


def read_limited(path: Path, limit: int) -> bytes:
    """The whole file, of at most `limit` bytes. Missing or StorageError otherwise."""
    try:
        with path.open("rb") as file:
            data = file.read(limit + 1)
    except OSError as error:
        raise storage_error(error, path.name) from error
    if len(data) > limit:
        raise StorageError(tr("The file {name} is larger than it can be.").format(name=path.name))
    return data


def remove(path: Path) -> None:
    """Removes a file if it is there; the removal is durable."""
    try:
        path.unlink(missing_ok=True)
        sync_folder(path.parent)
    except OSError as error:
        raise storage_error(error, path.name) from error


def sync_folder(folder: Path) -> None:
    """Makes names in `folder` durable. Windows does this with the replacement itself."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def storage_error(error: OSError, name: str) -> StorageError:
    """The sentence for an error of the operating system about the file `name`."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return Full(
            tr("The disk is full: {name} could not be written. Free some space, then try again.").format(name=name)
        )
    if error.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
        return ReadOnly(tr("{name} cannot be written or read here. Check the rights of the folder.").format(name=name))
    if error.errno == errno.ENOENT:
        return Missing(tr("The file {name} is missing. Look for it in the latest backup.").format(name=name))
    return StorageError(
        tr("The disk reported an error at {name} ({code}). Try again, then use a backup.").format(
            name=name, code=errno.errorcode.get(error.errno or 0, "?")
        )
    )


def _write_synced(path: Path, data: bytes) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o600)
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(handle, rest) :]
        _sync(handle)
    finally:
        os.close(handle)


def _sync(handle: int) -> None:
    if sys.platform == "darwin":  # fsync there stops at the drive's cache
        import fcntl

        fcntl.fcntl(handle, fcntl.F_FULLFSYNC)
    else:
        os.fsync(handle)


def _replace(source: Path, target: Path) -> None:
    if sys.platform == "win32":  # os.replace does not ask Windows to write through
        import ctypes

        replace_existing, write_through = 0x1, 0x8
        if not ctypes.windll.kernel32.MoveFileExW(str(source), str(target), replace_existing | write_through):
            raise ctypes.WinError()
    else:
        source.replace(target)
