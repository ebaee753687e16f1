"""The desk from making it to locking it: what opens, what does not, and what is said."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from rehabdesk.access.door_service import print_recovery_card
from rehabdesk.access.members_service import add_member, create_desk, settings_record
from rehabdesk.access.model import Role
from rehabdesk.access.unlock_service import change_passphrase, unlock
from rehabdesk.core.errors import Damaged, Full, Locked, Missing, NoKey, StorageError, Tampered, UserError, WrongKey
from rehabdesk.core.settings import SiteSettings
from rehabdesk.db.projection import CLINICAL, PASTORAL, PROTECTED, TEAM
from rehabdesk.seals.keyfile import open_recovery_slot
from tests.desks import CHEAP, HOUSE_ONLY, SITE, STAFF, START, Site, founder, passphrase


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    made = Site(folder=tmp_path / "desk", profile=tmp_path / "profile", projections=HOUSE_ONLY).create()
    yield made
    made.close()


def test_each_login_holds_the_keys_of_its_role_and_no_other(site: Site) -> None:
    held = {
        sign_in: {comp for comp in (TEAM, CLINICAL, PASTORAL, PROTECTED) if site.open(sign_in).holds(comp)}
        for sign_in in ("adm", "sup", "psy", "cha", "case")
    }
    assert held == {
        "adm": set(),
        "sup": {TEAM},
        "psy": {TEAM, CLINICAL, PROTECTED},
        "cha": {TEAM, PASTORAL},
        "case": {TEAM},
    }
    with pytest.raises(NoKey):
        site.open("case").index(CLINICAL)


def test_everybody_sees_who_holds_which_key(site: Site) -> None:
    desk = site.open("case")
    assert {m.sign_in: m.compartments for m in desk.members()}["psy"] == (CLINICAL, PROTECTED, "shred", TEAM, "vault")
    assert desk.staff(desk.uid).name == "Name of case"
    assert desk.role is Role.CO
    assert desk.settings() == SITE


def test_no_file_shows_a_name_or_role(site: Site) -> None:
    site.open("psy").save_draft("note", {"body": "CanaryOfADraft"}, person=None)
    site.close()
    for file in site.folder.rglob("*"):
        if file.is_file():
            raw = file.read_bytes()
            for word in (b"Name of", b"Alias of", b"CanaryOfADraft", b"Three Wells"):
                assert word not in raw, file.name


def test_wrong_passphrase_and_unknown_name_say_the_same(site: Site) -> None:
    said = set()
    for sign_in in ("psy", "nobody-here"):
        with pytest.raises(WrongKey) as refused:
            unlock(site.folder, sign_in, "not the right words at all", site.means, profile=site.profile)
        said.add(refused.value.sentence)
    assert len(said) == 1


def test_five_wrong_tries_make_one_wait_and_are_told_in_the_log(site: Site) -> None:
    for _ in range(5):
        with pytest.raises(WrongKey):
            site.open("psy", "not the right words at all")
    with pytest.raises(UserError, match="Too many"):
        site.open("psy")
    site.open("cha")  # somebody else need not wait
    site.clock.set(START.replace(hour=9))
    desk = site.open("psy")
    last = [body for _, body, _, _ in desk.truth.raw_entries()][-1]
    assert b'"tries":5' in last
    assert not (site.folder / "tries").exists()


def test_a_member_is_admitted_by_two_administrators_and_a_member(site: Site) -> None:
    desk = site.open("sup")
    with pytest.raises(UserError, match="administrator"):
        add_member(desk, founder("cha2", Role.CHA), [site.keys("cha")], site.means, CHEAP)
    with pytest.raises(Tampered, match="pastoral"):
        add_member(desk, founder("cha2", Role.CHA), [site.keys("adm")], site.means, CHEAP)
    uid = add_member(desk, founder("cha2", Role.CHA), [site.keys("adm"), site.keys("cha")], site.means, CHEAP)
    assert desk.staff(uid).name == "Name of cha2"
    newcomer = site.open("cha2")
    assert newcomer.holds(PASTORAL)
    assert not newcomer.holds(CLINICAL)
    site.open("psy")  # the others replay the longer history


def test_an_admission_that_failed_changed_nothing(site: Site) -> None:
    before = (site.folder / "vault.rdk").read_bytes()
    desk = site.open("sup")
    with pytest.raises(Tampered):
        add_member(desk, founder("psy2", Role.PSY), [site.keys("adm")], site.means, CHEAP)
    assert (site.folder / "vault.rdk").read_bytes() == before
    desk.log("still_here")


def test_changing_the_passphrase_closes_the_older_one(site: Site) -> None:
    desk = site.open("psy")
    with pytest.raises(WrongKey):
        change_passphrase(desk, "not the right words", "quite other words entirely", CHEAP, site.means)
    with pytest.raises(UserError):
        change_passphrase(desk, passphrase("psy"), "too short", CHEAP, site.means)
    change_passphrase(desk, passphrase("psy"), "quite other words entirely", CHEAP, site.means)
    assert not (site.folder / "vault.rdk.prev").exists()
    with pytest.raises(WrongKey):
        site.open("psy")
    site.open("psy", "quite other words entirely")


def test_an_older_slot_put_back_is_noticed(site: Site) -> None:
    older = (site.folder / "vault.rdk").read_bytes()
    desk = site.open("psy")
    change_passphrase(desk, passphrase("psy"), "quite other words entirely", CHEAP, site.means)
    site.close()
    (site.folder / "vault.rdk").write_bytes(older)
    with pytest.raises(Tampered):
        site.open("psy")


def test_the_recovery_card_opens_the_login(site: Site) -> None:
    desk = site.open("psy")
    card = print_recovery_card(desk)
    key_file = desk.keys.key_file
    identity, genesis = open_recovery_slot(
        key_file.recovery_slots[desk.uid], vault=key_file.vault, uid=desk.uid, card=card
    )
    assert identity.x == desk.keys.identity.x
    assert genesis == desk.keys.genesis
    mistyped = ("B" if card[0] != "B" else "C") + card[1:]
    with pytest.raises(UserError):
        open_recovery_slot(key_file.recovery_slots[desk.uid], vault=key_file.vault, uid=desk.uid, card=mistyped)


def test_a_second_program_is_told_so(site: Site) -> None:
    site.open("psy")
    with pytest.raises(Locked):
        unlock(site.folder, "cha", passphrase("cha"), site.means, profile=site.profile)


@pytest.mark.parametrize("name", ["vault-000001.db", "shred-000001.db"])
def test_a_missing_file_is_never_made_anew(site: Site, name: str) -> None:
    (site.folder / name).rename(site.folder.parent / name)
    before = sorted(file.name for file in site.folder.iterdir())
    with pytest.raises(Missing, match=name):
        site.open("psy")
    assert sorted(file.name for file in site.folder.iterdir()) == before


def test_a_missing_key_file_is_named(site: Site) -> None:
    (site.folder / "vault.rdk").unlink()
    with pytest.raises(Missing, match="key file"):
        site.open("psy")
    assert not (site.folder / "vault.rdk").exists()


def test_a_torn_key_file_falls_back_and_says_so(site: Site) -> None:
    whole = (site.folder / "vault.rdk").read_bytes()
    (site.folder / "vault.rdk.prev").write_bytes(whole)
    (site.folder / "vault.rdk").write_bytes(whole[:500])
    assert [notice.code for notice in site.open("psy").notices] == ["previous_key_file"]
    site.close()
    (site.folder / "vault.rdk.prev").unlink()
    with pytest.raises(Damaged):
        site.open("psy")


def test_a_previous_key_file_that_lacks_an_admission_is_refused(site: Site) -> None:
    """Otherwise the admission would be undone, and the log would go back to an older generation."""
    desk = site.open("sup")
    add_member(desk, founder("co2", Role.CO), [site.keys("adm")], site.means, CHEAP)
    site.close()
    (site.folder / "vault.rdk").write_bytes(b"torn")
    for sign_in in ("psy", "sup"):
        with pytest.raises(Tampered, match="key file"):
            site.open(sign_in)


def test_rolled_back_membership_is_noticed(site: Site) -> None:
    older = (site.folder / "vault.rdk").read_bytes()
    desk = site.open("sup")
    add_member(desk, founder("co2", Role.CO), [site.keys("adm")], site.means, CHEAP)
    site.close()
    (site.folder / "vault.rdk").write_bytes(older)
    with pytest.raises(Tampered):
        site.open("sup")


def test_a_deleted_pin_is_noticed_and_the_other_copy_serves(site: Site) -> None:
    site.open("psy")
    uid = site.uid("psy")
    site.close()
    (site.folder / "pins" / f"{uid}.pin").unlink()
    assert site.open("psy").notices == ()
    site.close()
    for copy in (*site.folder.glob("pins/*"), *site.profile.glob("*/*")):
        copy.unlink()
    assert [notice.code for notice in site.open("psy").notices] == ["pin_missing"]


def test_a_truncated_log_is_noticed_by_the_pin(site: Site, tmp_path: Path) -> None:
    site.open("psy")
    site.close()
    shutil.copytree(site.folder, tmp_path / "older")
    desk = site.open("psy")
    desk.log("one_more")
    site.close()
    for name in ("vault-000001.db", "vault-000001.db-wal"):
        (site.folder / name).unlink(missing_ok=True)
        if (tmp_path / "older" / name).exists():
            shutil.copy(tmp_path / "older" / name, site.folder / name)
    with pytest.raises(Tampered, match="shorter"):
        site.open("psy")


@pytest.mark.parametrize("content", [b"", b"RDKEYS", b"RDKEYS\x00\x02" + bytes(100), bytes(5000)])
def test_what_is_no_key_file_is_refused(site: Site, content: bytes) -> None:
    (site.folder / "vault.rdk").write_bytes(content)
    (site.folder / "vault.rdk.prev").unlink(missing_ok=True)
    with pytest.raises(StorageError):
        site.open("psy")


def test_drafts_belong_to_their_author_and_come_back(site: Site) -> None:
    desk = site.open("psy")
    first = desk.save_draft("note", {"body": "a"}, person="p1")
    desk.save_draft("note", {"body": "ab"}, person="p1", draft_id=first)
    desk.keep_secret("certificate", b"k1")
    desk.keep_secret("certificate", b"k2")
    assert site.open("cha").drafts() == ()
    desk = site.open("psy")
    (draft,) = desk.drafts("note")
    assert (draft.id, draft.person, draft.payload) == (first, "p1", {"body": "ab"})
    assert desk.secret("certificate") == b"k2"
    assert desk.secret("other") is None
    desk.drop_draft(first)
    with pytest.raises(UserError):
        desk.draft(first)


def test_a_folder_that_cannot_be_a_desk_is_refused(tmp_path: Path, site: Site) -> None:
    founders = [founder(*one) for one in STAFF]
    with pytest.raises(UserError, match="not empty"):
        create_desk(site.folder, SITE, founders, site.means, CHEAP)
    (tmp_path / "file").write_text("x")
    for place in (tmp_path / "file", tmp_path / "Dropbox" / "desk"):
        with pytest.raises(UserError):
            create_desk(place, SITE, founders, site.means, CHEAP, profile=tmp_path / "p")
    (tmp_path / "p").mkdir(exist_ok=True)
    with pytest.raises(UserError, match="no vault"):
        Site(folder=tmp_path / "p", profile=tmp_path / "p2", projections=HOUSE_ONLY).open("psy")


def test_a_desk_needs_two_people_who_sign(tmp_path: Path) -> None:
    site = Site(folder=tmp_path / "d", profile=tmp_path / "p", projections=HOUSE_ONLY)
    with pytest.raises(UserError, match="supervisor"):
        site.create((("adm", Role.ADM), ("psy", Role.PSY)))
    assert not (tmp_path / "d" / "vault.rdk").exists()


@pytest.mark.parametrize("site_code", ["demo", "AB", "TOOLONGX", "ÀBC"])
def test_site_codes(site_code: str) -> None:
    with pytest.raises(UserError):
        SiteSettings(site=site_code, name="x", country="XX", phone="1")


def test_an_index_that_could_not_follow_fails_no_save_and_catches_up(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """vault.md 7: the save is reported from the truth; what depends on the index waits for it."""
    desk = site.open("case")
    index = desk.index_file("vault")
    with monkeypatch.context() as patch:
        patch.setattr(index, "_mark_position", failing)
        patch.setattr(index, "_set_position", failing)
        desk.commit("site_settings", [settings_record(SITE)])
        assert index.dirty
        with pytest.raises(StorageError, match="catching up"):
            desk.require_current("vault")
    desk.require_current("vault")
    assert not index.dirty
    assert index.row("SELECT count(*) FROM site_settings") == (2,)


def failing(*_: object) -> None:
    raise Full("The disk is full.")


def test_a_clock_that_was_put_back_is_told_and_logged_and_work_goes_on(site: Site) -> None:
    site.open("psy").log("something")
    site.close()
    site.clock.set(START.replace(year=2016))
    desk = site.open("psy")
    assert [notice.code for notice in desk.notices] == ["clock_back"]
    assert b'"noticed":["clock_back"]' in [body for _, body, _, _ in desk.truth.raw_entries()][-1]
    desk.log("something_else")
    assert [notice.code for notice in site.open("cha").notices] == []


def test_half_a_character_is_refused_with_a_sentence(site: Site) -> None:
    desk = site.open("psy")
    with pytest.raises(UserError, match="half a character"):
        desk.save_draft("note", {"body": "a\ud800"}, person=None)
    assert desk.drafts() == ()
