"""Ending a login: two administrators, new keys and new files, and nothing of it where it fails."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from rehabdesk.access.leaving_service import remove_member
from rehabdesk.access.members_service import settings_record
from rehabdesk.audit.model import Level
from rehabdesk.audit.service import Audit
from rehabdesk.core.errors import NoKey, StorageError, UserError, WrongKey
from rehabdesk.db.connection import FileKind, open_file
from rehabdesk.db.projection import HOUSE, TEAM
from tests.desks import HOUSE_ONLY, SITE, Site


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    made = Site(folder=tmp_path / "desk", profile=tmp_path / "profile", projections=HOUSE_ONLY).create()
    yield made
    made.close()


def test_a_login_that_was_ended_opens_nothing_and_the_others_go_on(site: Site) -> None:
    site.open("case")
    leaver = site.keys("case")
    desk = site.open("sup")
    desk.commit("site_settings", [settings_record(SITE)])
    entries = desk.truth.head().n
    uid, epoch = site.uid("case"), desk.keys.current(TEAM)[0]
    remove_member(desk, uid, [site.keys("adm")], site.means)
    assert desk.locked
    with pytest.raises(WrongKey):
        site.open("case")
    for sign_in in ("sup", "adm", "psy", "cha"):
        desk = site.open(sign_in)
        assert desk.settings() == SITE, "what was written before is read"
        assert desk.truth.head().n > entries
        assert not next(one for one in desk.members() if one.card.uid == uid).active
        desk.commit("site_settings", [settings_record(SITE)])
        if desk.holds(TEAM):
            assert desk.keys.current(TEAM)[0] == epoch + 1
    with pytest.raises(UserError, match="ended already"):
        remove_member(site.open("sup"), uid, [site.keys("adm")], site.means)
    names = {file.name for file in site.folder.iterdir()}
    assert {"vault-000002.db", "shred-000002.db"} <= names
    assert not {"vault-000001.db", "shred-000001.db", "vault.rdk.prev"} & names
    assert not [name for name in names if uid in name], "nor an index of that login"
    site.close()
    with pytest.raises(StorageError):
        open_file(site.folder / "vault-000002.db", leaver.file_key(HOUSE), FileKind.TRUTH)
    desk = site.open("sup")
    assert Audit(desk).check(Level.FULL).findings == (), "the chain goes on, and every record is whole"
    with pytest.raises(NoKey):
        leaver.adopt(desk.keys.key_file)


def test_who_may_end_a_login(site: Site) -> None:
    desk = site.open("sup")
    adm, case, cha = site.keys("adm"), site.uid("case"), site.uid("cha")
    before = (site.folder / "vault.rdk").read_bytes()
    for uid, signers, said in (
        (case, [site.keys("psy")], "administrator and a supervisor"),
        (case, [adm, site.keys("case")], "Nobody ends the own login"),
        (desk.uid, [adm], "Nobody ends the own login"),
        (cha, [adm], "successor first"),
    ):
        with pytest.raises(UserError, match=said):
            remove_member(desk, uid, signers, site.means)
    assert not desk.locked
    assert (site.folder / "vault.rdk").read_bytes() == before


def test_where_it_fails_nothing_has_changed(site: Site) -> None:
    desk = site.open("sup")
    before = (site.folder / "vault.rdk").read_bytes()
    (site.folder / "vault-000002.db.new").write_bytes(b"in the way")
    with pytest.raises(StorageError):
        remove_member(desk, site.uid("case"), [site.keys("adm")], site.means)
    assert (site.folder / "vault.rdk").read_bytes() == before
    site.open("case").log("still_here")
    assert not (site.folder / "vault-000002.db.new").exists()


def test_old_files_that_a_power_cut_left_go_at_the_next_unlock(site: Site, tmp_path: Path) -> None:
    desk = site.open("sup")
    remove_keys = site.keys("adm")
    uid = site.uid("case")
    left = {"shred-000001.db": "shred-000001.db", "vault.rdk": "vault.rdk.prev"}
    for name in left:
        shutil.copy(site.folder / name, tmp_path / name)
    remove_member(desk, uid, [remove_keys], site.means)
    for name, there in left.items():
        shutil.copy(tmp_path / name, site.folder / there)
    site.open("adm")
    assert not [there for there in left.values() if (site.folder / there).exists()], "with the slot of that login"
