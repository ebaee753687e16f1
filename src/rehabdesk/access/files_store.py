"""The desk's small files on disk: key file, pins, tries, drafts that found no room.

Bytes in, bytes out; no keys here.
"""

import os
import re
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from rehabdesk.core.clock import parse_stamp, stamp
from rehabdesk.core.errors import Damaged, FormatError, Missing, StorageError, UserError
from rehabdesk.core.files import PREVIOUS, UNFINISHED, durable_write, read_limited, remove, storage_error
from rehabdesk.core.i18n import tr

KEY_FILE = "vault.rdk"
SITE_ROOT = "site-root.rdk"
KEY_FILE_LIMIT = (4 << 20) + 44
TRIES_KEPT = 1_000
NOBODY = "-"
"""Stands in `tries` for a sign-in name that no login has."""

_NUMBERED = re.compile(r"(vault|shred)-([0-9]{6})\.db")
T = TypeVar("T")


class DeskFiles:
    """The folder of one desk, and where the operating system's profile keeps the second copy of the pins."""

    def __init__(self, folder: Path, profile: Path | None = None) -> None:
        self.folder = folder
        self._profile = profile or default_profile()

    def require_vault(self) -> None:
        """UserError where the folder holds no vault at all; Missing where it holds one without its key file."""
        if not self.folder.is_dir():
            raise UserError(tr("There is no folder {name}.").format(name=self.folder))
        if self.key_file.exists() or self._previous.exists():
            return
        if any(_NUMBERED.fullmatch(file.name) for file in self.folder.iterdir()):
            raise Missing(
                tr(
                    "The key file vault.rdk is missing. Copy it back from the backup or the recovery "
                    "medium; nothing else opens the desk."
                )
            )
        raise UserError(tr("The folder {name} holds no vault.").format(name=self.folder))

    def require_empty(self) -> None:
        """Makes the folder if it is not there. UserError if it is not empty or not a folder."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            if any(self.folder.iterdir()):
                raise UserError(
                    tr("The folder {name} is not empty. Name an empty or a new one.").format(name=self.folder)
                )
        except (FileExistsError, NotADirectoryError):
            raise UserError(tr("{name} is a file. Name an empty or a new folder.").format(name=self.folder)) from None
        except OSError:
            raise UserError(tr("The folder {name} cannot be made or read here.").format(name=self.folder)) from None

    @property
    def key_file(self) -> Path:
        return self.folder / KEY_FILE

    @property
    def _previous(self) -> Path:
        return self.folder / (KEY_FILE + PREVIOUS)

    def read_key_file(self, parse: Callable[[bytes], T]) -> tuple[T, bool]:
        """The parsed key file, and whether it had to be the previous one because the newer is torn."""
        self.require_vault()
        for path, older in ((self.key_file, False), (self._previous, True)):
            try:
                return parse(read_limited(path, KEY_FILE_LIMIT)), older
            except (FormatError, Missing):
                continue
        raise Damaged(
            tr(
                "The key file vault.rdk is damaged. Copy it back from the latest backup or the "
                "recovery medium; nothing was changed."
            )
        )

    def write_key_file(self, data: bytes, *, keep_previous: bool = True) -> None:
        """Replaces the key file; without `keep_previous` the older one is removed too (after a change of
        passphrase).
        """
        durable_write(self.key_file, data, keep_previous=keep_previous)
        if not keep_previous:
            remove(self._previous)

    def index_path(self, comp: str, epoch: int, uid: str) -> Path:
        return self.folder / f"idx-{comp}-{epoch}-{uid}.db"

    def drop_unfinished(self) -> None:
        """Removes `.new` files: copies that were never finished (vault.md 2.1)."""
        for file in self.folder.iterdir():
            if file.name.endswith(UNFINISHED):
                remove(file)

    # pins: what this login saw last, in two copies

    def read_pins(self, vault: str, uid: str) -> tuple[bytes, ...]:
        """The copies that are there, each as sealed bytes."""
        found = []
        for path in self._pin_paths(vault, uid):
            try:
                found.append(read_limited(path, 4096))
            except StorageError:
                continue
        return tuple(found)

    def write_pins(self, vault: str, uid: str, sealed: bytes) -> None:
        """Both copies. The first error is raised after both were tried: one copy is better than none."""
        failed: StorageError | None = None
        for path in self._pin_paths(vault, uid):
            try:
                path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
                durable_write(path, sealed)
            except StorageError as error:
                failed = failed or error
            except OSError as error:
                failed = failed or StorageError(tr("A pin could not be written ({code}).").format(code=error.errno))
        if failed is not None:
            raise failed

    def _pin_paths(self, vault: str, uid: str) -> tuple[Path, Path]:
        return self.folder / "pins" / f"{uid}.pin", self._profile / vault / f"{uid}.pin"

    # tries: wrong passphrases since the last unlock, time and uid only

    def read_tries(self) -> tuple[tuple[datetime, str], ...]:
        """What can be read of the file; a line that is not ours is passed over, for a torn last line must not
        lock out.
        """
        try:
            lines = read_limited(self.folder / "tries", 64 * TRIES_KEPT).decode("ascii", "replace").splitlines()
        except Missing:
            return ()
        found = []
        for line in lines:
            at, _, uid = line.partition(" ")
            try:
                found.append((parse_stamp(at), uid))
            except FormatError:
                continue
        return tuple(found)

    def add_try(self, at: datetime, uid: str) -> None:
        kept = (*self.read_tries(), (at, uid))[-TRIES_KEPT:]
        durable_write(self.folder / "tries", _tries_text(kept))

    def clear_tries(self, uid: str) -> None:
        """Forgets the tries for `uid` once they stand in the chain; those for others stay."""
        kept = tuple(entry for entry in self.read_tries() if entry[1] != uid)
        if kept:
            durable_write(self.folder / "tries", _tries_text(kept))
        else:
            remove(self.folder / "tries")

    # rescue: drafts, sealed to their owner, that the truth file could not take

    def keep_rescue(self, uid: str, draft_id: str, sealed: bytes) -> None:
        """StorageError where the folder does not take it."""
        folder = self.folder / "rescue"
        try:
            folder.mkdir(exist_ok=True, mode=0o700)
        except OSError as error:
            raise storage_error(error, folder.name) from error
        durable_write(folder / rescue_name(uid, draft_id), sealed)

    def rescued(self, uid: str) -> tuple[tuple[str, bytes], ...]:
        """(draft id, sealed bytes) of this login's rescued drafts."""
        folder = self.folder / "rescue"
        if not folder.is_dir():
            return ()
        files = sorted(
            file for file in folder.iterdir() if file.name.startswith(f"{uid}-") and UNFINISHED not in file.name
        )
        return tuple((file.name.partition("-")[2], read_limited(file, 8 << 20)) for file in files)

    def drop_rescue(self, uid: str, draft_id: str) -> None:
        remove(self.folder / "rescue" / rescue_name(uid, draft_id))


def rescue_name(uid: str, draft_id: str) -> str:
    """What a sealed draft is called in `rescue/`, and on a stick that it was copied to."""
    return f"{uid}-{draft_id}"


def default_vault() -> Path:
    """Where a desk lies unless somebody says otherwise."""
    return _own_folder("XDG_DATA_HOME", "share") / "desk"


def default_profile() -> Path:
    """Where the operating system's profile keeps the second copies of pins: no names, sealed bytes only."""
    return _own_folder("XDG_STATE_HOME", "state") / "pins"


def _own_folder(variable: str, usual: str) -> Path:
    """Ours in the user's profile. `variable` names the folder where there is one of each kind, `usual` is its name."""
    if sys.platform == "win32":
        root = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        root = Path.home() / "Library" / "Application Support"
    else:
        root = Path(os.environ.get(variable) or Path.home() / ".local" / usual)
    return root / "rehabdesk"


def _tries_text(entries: tuple[tuple[datetime, str], ...]) -> bytes:
    return "".join(f"{stamp(at)} {uid}\n" for at, uid in entries).encode("ascii")
