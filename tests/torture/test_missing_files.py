"""One file of a desk taken away at a time, after a crash: a named message, nothing invented (reliability.md F12)."""

import random
from pathlib import Path

import pytest

from rehabdesk.access.unlock_service import unlock
from rehabdesk.core.errors import Missing, Tampered
from tests.desks import Site, passphrase
from tests.torture.crashsim import KILL
from tests.torture.judge import judge
from tests.torture.load import NEW_PASSPHRASE, Place
from tests.torture.recording import Recording


@pytest.fixture
def crashed(recording: Recording, quick_folder: Path) -> Place:
    """The desk as the recorded day left it: the last saves stand in the write-ahead log only."""
    return recording.lay_state(len(recording.steps), KILL, random.Random(1), quick_folder / "state")


def open_as_psychologist(place: Place) -> Site:
    site = place.site(3)
    site.opened.append(unlock(place.desk, "psy", NEW_PASSPHRASE, site.means, profile=place.profile))
    return site


@pytest.mark.parametrize("name", ["vault.rdk", "vault-000001.db", "shred-000001.db"])
def test_without_it_nothing_opens_and_nothing_is_made(crashed: Place, name: str) -> None:
    for lost in crashed.desk.glob(f"{name}*"):
        lost.unlink()
    before = sorted(path.name for path in crashed.desk.rglob("*"))
    with pytest.raises(Missing) as told:
        open_as_psychologist(crashed)
    assert name in told.value.sentence
    assert sorted(path.name for path in crashed.desk.rglob("*")) == before


@pytest.mark.parametrize("pattern", ["vault.rdk.prev", "idx-*", "*.db-journal", "ballast", "pins/*"])
def test_without_it_everything_is_still_there(crashed: Place, recording: Recording, pattern: str) -> None:
    """The pins have their second copy in the profile of the operating system."""
    taken = list(crashed.desk.glob(pattern))
    assert taken
    for lost in taken:
        lost.unlink()
    judge(crashed, recording.promises(len(recording.steps)), 3)


def test_without_the_newest_key_file_its_predecessor_does_not_undo_an_admission(crashed: Place) -> None:
    """The day's last membership is in the log already: the older key file must not bring an older one back."""
    (crashed.desk / "vault.rdk").unlink()
    before = sorted(path.name for path in crashed.desk.rglob("*") if not path.name.endswith(("-wal", "-shm")))
    with pytest.raises(Tampered, match="key file"):
        open_as_psychologist(crashed)
    after = sorted(path.name for path in crashed.desk.rglob("*") if not path.name.endswith(("-wal", "-shm")))
    assert after == before


def test_a_lost_write_ahead_log_is_told_by_the_pin(crashed: Place) -> None:
    """The log of the truth file goes while the desk was open; what the pin saw is not there any more."""
    site = open_as_psychologist(crashed)
    site.opened[-1].keep_pins()
    log = crashed.desk / "vault-000001.db-wal"
    truth = crashed.desk / "vault-000001.db"
    assert log.stat().st_size > 0
    as_it_was = truth.read_bytes()
    site.close()
    truth.write_bytes(as_it_was)
    assert not log.exists()
    with pytest.raises(Tampered, match="shorter"):
        open_as_psychologist(crashed)


def test_somebody_elses_pin_does_not_serve(crashed: Place) -> None:
    pins = sorted(crashed.desk.glob("pins/*.pin"))
    content = pins[0].read_bytes()
    for pin in (*pins[1:], *crashed.profile.glob("*/*.pin")):
        pin.write_bytes(content)
    site = crashed.site(3)
    for sign_in, typed in (("psy", NEW_PASSPHRASE), ("cha", passphrase("cha"))):
        site.opened.append(unlock(crashed.desk, sign_in, typed, site.means, profile=crashed.profile))
        codes = [notice.code for notice in site.opened[-1].notices if notice.code != "clock_back"]
        site.close()
        assert codes in ([], ["pin_missing"])
