"""The folder `attach/`: chunks of attachments as sealed bytes, by record and number. No keys here.

A chunk is called after the record that names it, so that whoever may list the folder knows what belongs to nothing.
"""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rehabdesk.core.errors import Missing, StorageError
from rehabdesk.core.files import read_limited, remove, storage_error, sync_folder, write_new
from rehabdesk.core.i18n import tr

FOLDER = "attach"
_CHUNK = re.compile(r"([0-9a-f]{32})-([0-9]{4})")


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldChunk:
    """A file in the folder. `rid` is "" where its name is none of ours; `changed` in seconds since 1970."""

    name: str
    rid: str
    number: int
    size: int
    changed: float


class AttachFiles:
    """The chunks of one desk."""

    def __init__(self, desk_folder: Path) -> None:
        self._folder = desk_folder / FOLDER

    def write(self, rid: str, number: int, sealed: bytes) -> None:
        """Durable but for its name, which `sync` makes durable for all. StorageError if the disk does not take it."""
        write_new(self._path(rid, number), sealed, FOLDER)

    def make(self) -> None:
        """Makes the folder where there is none."""
        try:
            if not self._folder.is_dir():
                self._folder.mkdir(mode=0o700)
                sync_folder(self._folder.parent)
        except OSError as error:
            raise storage_error(error, FOLDER) from error

    def sync(self) -> None:
        """The names of all that was written are durable."""
        try:
            sync_folder(self._folder)
        except OSError as error:
            raise storage_error(error, FOLDER) from error

    def read(self, rid: str, number: int, limit: int) -> bytes:
        """One chunk of at most `limit` bytes. Missing where it is not there."""
        try:
            return read_limited(self._path(rid, number), limit)
        except Missing:
            raise Missing(
                tr("A piece of the attachment is missing. Look for the folder attach in the latest backup.")
            ) from None

    def drop(self, rid: str) -> None:
        """Removes every chunk of a record. StorageError at the first that stays."""
        for chunk in self.held(rid):
            remove(self._folder / chunk.name)

    def rids(self) -> frozenset[str]:
        """Every record that chunks are called after: a listing alone, quick also with many thousand chunks."""
        return frozenset(found[1] for name in self._names() if (found := _CHUNK.fullmatch(name)))

    def held(self, rid: str = "") -> Iterator[HeldChunk]:
        """Every file of the folder, or the chunks of one record, in the order of names."""
        for name in self._names():
            if not name.startswith(rid):
                continue
            found = _CHUNK.fullmatch(name)
            try:
                state = (self._folder / name).lstat()
            except OSError:
                continue
            yield HeldChunk(
                name=name,
                rid=found[1] if found else "",
                number=int(found[2]) if found else -1,
                size=state.st_size,
                changed=state.st_mtime,
            )

    def _names(self) -> list[str]:
        """A folder that cannot be read holds nothing."""
        try:
            return sorted(os.listdir(self._folder))
        except OSError:
            return []

    def size(self, rid: str, number: int) -> int | None:
        """Bytes of a chunk; None where it is not there."""
        try:
            return self._path(rid, number).stat().st_size
        except OSError:
            return None

    def content(self, rid: str, number: int, limit: int) -> bytes:
        """As `read`, but empty where it cannot be read: for checks."""
        try:
            return read_limited(self._path(rid, number), limit)
        except StorageError:
            return b""

    def _path(self, rid: str, number: int) -> Path:
        return self._folder / f"{rid}-{number:04d}"
