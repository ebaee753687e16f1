"""Where no desk may lie, and the room that is kept back."""

from pathlib import Path

import pytest

from rehabdesk.core.errors import UserError
from rehabdesk.db.space import Ballast, free_bytes, refuse_unsuitable

MIB = 1 << 20


@pytest.mark.parametrize("kind", ["nfs", "nfs4", "cifs", "smb3", "fuse.sshfs", "9p", "vfat", "msdos", "exfat"])
def test_network_and_fat_are_refused(tmp_path: Path, kind: str) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(f"/dev/x / ext4 rw 0 0\nserver {tmp_path}/share {kind} rw 0 0\n")
    refuse_unsuitable(tmp_path / "desk", mounts)
    with pytest.raises(UserError):
        refuse_unsuitable(tmp_path / "share" / "desk", mounts)


def test_the_nearest_mount_counts(tmp_path: Path) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(f"server / nfs rw 0 0\n/dev/x {tmp_path}/a\\040disk ext4 rw 0 0\n")
    refuse_unsuitable(tmp_path / "a disk" / "desk", mounts)
    with pytest.raises(UserError):
        refuse_unsuitable(tmp_path / "a" / "desk", mounts)


@pytest.mark.parametrize("name", ["OneDrive", "Dropbox", "Google Drive", "iCloud Drive", "nextcloud"])
def test_synchronised_folders_are_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(UserError):
        refuse_unsuitable(tmp_path / name / "desk")


def test_an_ordinary_folder_is_taken(tmp_path: Path) -> None:
    refuse_unsuitable(tmp_path / "desk", tmp_path / "no mounts here")


def test_ballast_holds_its_place_and_gives_it_back_once(tmp_path: Path) -> None:
    ballast = Ballast(tmp_path, MIB)
    assert ballast.lay()
    assert ballast.lay()
    assert (tmp_path / "ballast").stat().st_size == MIB
    assert ballast.give_back()
    assert not ballast.give_back()


def test_ballast_is_not_laid_where_there_is_no_room(tmp_path: Path) -> None:
    assert not Ballast(tmp_path, free_bytes(tmp_path)).lay()
    assert list(tmp_path.iterdir()) == []
