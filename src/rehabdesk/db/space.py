"""Room on the disk: the ballast that is given back when it is full, and folders where no desk may lie."""

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from rehabdesk.core.errors import Full, UserError
from rehabdesk.core.i18n import tr

T = TypeVar("T")
BALLAST_BYTES = 64 << 20
_CHUNK = 1 << 20
_NETWORK = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "davfs", "fuse.davfs2", "fuse.sshfs", "9p", "afs", "ncpfs"}
_NO_RIGHTS = {"vfat", "msdos", "exfat"}
_SYNC_FOLDERS = {"onedrive", "dropbox", "google drive", "googledrive", "icloud drive", "iclouddrive", "nextcloud"}


class Ballast:
    """A file of random bytes that holds a place: `give_back` frees it so that work can be finished."""

    def __init__(self, folder: Path, size: int = BALLAST_BYTES, random: Callable[[int], bytes] = os.urandom) -> None:
        self._path, self._size, self._random = folder / "ballast", size, random

    def lay(self) -> bool:
        """Makes it if it is not there and there is ample room; whether it is there then."""
        if self._path.exists():
            return True
        with suppress(OSError):
            if free_bytes(self._path.parent) < 4 * self._size:
                return False
            with self._path.open("xb") as file:
                for _ in range(self._size // _CHUNK):
                    file.write(self._random(_CHUNK))
            return True
        with suppress(OSError):
            self._path.unlink(missing_ok=True)
        return False

    def give_back(self) -> bool:
        """Frees the room; false if there was none to give."""
        try:
            self._path.unlink()
        except OSError:
            return False
        return True

    def make_room_for(self, write: Callable[[], T]) -> T:
        """Runs `write`; if the disk is full, once more after giving the room back. Full if that was not enough."""
        try:
            return write()
        except Full:
            if not self.give_back():
                raise
            return write()


def free_bytes(folder: Path) -> int:
    """What an ordinary user can still write there."""
    state = os.statvfs(folder) if hasattr(os, "statvfs") else None
    if state is None:
        import shutil

        return shutil.disk_usage(folder).free
    return state.f_bavail * state.f_frsize


def refuse_unsuitable(folder: Path, mounts: Path = Path("/proc/mounts")) -> None:
    """UserError for network, synchronised and FAT folders: there a desk cannot be kept whole or closed (vault.md 9)."""
    for part in folder.absolute().parts:
        if part.casefold() in _SYNC_FOLDERS:
            raise UserError(
                tr(
                    "A folder that is synchronised with a network service cannot hold a desk. Choose "
                    "a folder of this computer."
                )
            )
    kind = _file_system(folder.absolute(), mounts)
    if kind in _NETWORK:
        raise UserError(tr("A network folder cannot hold a desk. Choose a folder of this computer."))
    if kind in _NO_RIGHTS:
        raise UserError(tr("This disk (FAT) keeps no rights of access. Choose a folder on the computer's own disk."))


def _file_system(folder: Path, mounts: Path) -> str:
    """The kind of file system below `folder`, "" where it cannot be told."""
    try:
        lines = mounts.read_text("utf-8", "replace").splitlines()
    except OSError:
        return ""
    best, kind = Path(), ""
    for line in lines:
        fields = line.split(" ")
        if len(fields) < 3:
            continue
        point = Path(fields[1].replace("\\040", " "))
        if folder.is_relative_to(point) and len(point.parts) >= len(best.parts):
            best, kind = point, fields[2]
    return kind
