"""States that crash replay found to be survived badly; each was repaired after its test was red (reliability.md 1)."""

from pathlib import Path

from rehabdesk.access.model import Role
from tests.desks import HOUSE_ONLY, Site


def test_an_index_file_without_a_single_table_is_built_again(tmp_path: Path) -> None:
    """Power cut between the making of the file and its schema."""
    site = Site(folder=tmp_path / "desk", profile=tmp_path / "profile", projections=HOUSE_ONLY)
    site.create((("adm", Role.ADM), ("sup", Role.SUP)))
    site.open("sup")
    site.close()
    for index in site.folder.glob("idx-*"):
        index.write_bytes(b"")
    try:
        assert site.open("sup").staff(site.uid("sup")).role is Role.SUP
    finally:
        site.close()
