"""`rehabdesk verify` and `open` on real files, through the real children."""

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from rehabdesk.core import canon
from rehabdesk.core.clock import SettableClock, stamp
from rehabdesk.core.errors import UserError
from rehabdesk.handover.checking.check_service import open_packet, verify
from rehabdesk.handover.wire import encode
from rehabdesk.seals import sealing
from tests.handover import sample
from tests.handover.made import MadeSite

SEEN = sample.ISSUED + timedelta(hours=2)


class Bench:
    """A folder with a site card, the team's key and files to judge; judged at a fixed time."""

    def __init__(self, folder: Path, made: MadeSite) -> None:
        self.folder, self.made = folder, made
        self.card = self.put("DEMO.rdsite", made.site_card())
        self.key = self.put("team.agekey", f"# made for a test\n{made.identity}\n".encode())
        self.said: list[str] = []

    def put(self, name: str, content: bytes) -> Path:
        path = self.folder / name
        path.write_bytes(content)
        return path

    def verify(self, *paths: Path, **options: Any) -> int:
        self.said.clear()
        settings: dict[str, Any] = {"site_cards": [self.card], "identity": self.key, "clock": SettableClock(SEEN)}
        return verify(list(paths), say=self.said.append, **(settings | options))

    def judged(self, content: bytes, **options: Any) -> dict[str, Any]:
        status = self.verify(self.put("file", content), as_json=True, **options)
        found: dict[str, Any] = json.loads(self.said[0])
        return found | {"status": status}

    def open(self, path: Path, out: Path, **options: Any) -> int:
        self.said.clear()
        settings: dict[str, Any] = {"site_cards": [self.card], "identity": self.key, "clock": SettableClock(SEEN)}
        return open_packet(path, out=out, say=self.said.append, **(settings | options))


@pytest.fixture
def bench(tmp_path: Path, made: MadeSite) -> Bench:
    return Bench(tmp_path, made)


def test_a_sealed_packet_is_genuine_and_says_so(bench: Bench, made: MadeSite) -> None:
    found = bench.judged(made.sealed, team="T-RIVER")
    assert found["state"] == "genuine"
    assert found["status"] == 0
    assert found["reasons"] == []
    assert found["notes"] == []
    assert found["number"] == sample.NUMBER
    assert [(each["role"], each["staff_role"], each["name"]) for each in found["signers"]] == [
        ("author", "CO", "Claire Dumont"),
        ("supervisor", "SUP", "Jonas Weyland"),
    ]
    assert found["signers"][0]["stated_at"] == stamp(sample.ISSUED)
    assert found["sha256"] == canon.sha256_hex(made.packet)
    assert found["packet_code"] == canon.digits24(made.packet)
    assert found["judged_at"] == stamp(SEEN)
    assert found["site"] == "Residence of the Three Wells"
    assert found["trusted"] is True


def test_in_words_for_a_person(bench: Bench, made: MadeSite) -> None:
    assert bench.verify(bench.put("p.pdf", made.packet)) == 0
    said = "\n".join(bench.said)
    assert "Genuine. Signed by Claire Dumont, approved by Jonas Weyland, Residence of the Three Wells." in said
    assert canon.digits24(made.root.certificate) in said
    assert "Without --team it was not judged" in said
    assert bench.verify(bench.put("p.pdf", made.packet), language="ar") == 0
    assert "أصلي. وقّعه Claire Dumont" in bench.said[1]


def test_a_flipped_byte_is_never_genuine(bench: Bench, made: MadeSite) -> None:
    for place in (100, len(made.packet) // 2, len(made.packet) - 50):
        spoilt = bytearray(made.packet)
        spoilt[place] ^= 1
        found = bench.judged(bytes(spoilt))
        assert found["state"] in ("changed", "refused")
        assert found["status"] == 1
        assert found["number"] is None
        assert found["signers"] == []


def test_a_spoilt_seal_is_told_from_a_wrong_key(bench: Bench, made: MadeSite) -> None:
    spoilt = bytearray(made.sealed)
    spoilt[-1] ^= 1
    found = bench.judged(bytes(spoilt))
    assert (found["state"], found["reasons"], found["status"]) == ("refused", ["seal_damaged"], 1)
    stranger = bench.put("other.agekey", sealing.new_identity().encode())
    found = bench.judged(made.sealed, identity=stranger)
    assert (found["state"], found["reasons"], found["status"]) == ("cannot_open", ["no_matching_key"], 2)
    found = bench.judged(made.sealed, identity=None)
    assert (found["state"], found["reasons"], found["status"]) == ("cannot_open", ["no_identity_given"], 2)


def test_the_authors_signature_alone_is_not_enough(bench: Bench, made: MadeSite) -> None:
    found = bench.judged(made.certified())
    assert (found["state"], found["reasons"]) == ("incomplete", ["second_signature_missing"])
    assert found["status"] == 1


def test_a_site_that_nobody_vouches_for_is_only_claimed(bench: Bench, made: MadeSite) -> None:
    found = bench.judged(made.packet, site_cards=[])
    assert (found["state"], found["status"], found["trusted"]) == ("unknown_site", 2, False)
    assert found["number"] == sample.NUMBER


def test_a_strangers_authority_with_the_same_names_is_refused(bench: Bench) -> None:
    rogue = MadeSite.new()
    found = bench.judged(rogue.packet)
    assert (found["state"], found["status"]) == ("refused", 1)
    assert "other_root" in found["reasons"]


def test_another_team_and_a_key_that_is_not_named(bench: Bench, made: MadeSite) -> None:
    found = bench.judged(made.packet, team="T-HILL")
    assert (found["state"], found["reasons"], found["status"]) == ("not_for_this_team", ["other_team"], 1)
    stranger = sealing.new_identity()
    resealed = sealing.seal(made.packet, [sealing.recipient_of(stranger)])
    found = bench.judged(resealed, identity=bench.put("other.agekey", stranger.encode()))
    assert (found["state"], found["reasons"]) == ("not_for_this_team", ["key_not_named"])


def test_the_day_may_have_passed(bench: Bench, made: MadeSite) -> None:
    found = bench.judged(made.packet, at="2027-05-25T00:00:00Z")
    assert (found["state"], found["reasons"]) == ("out_of_date", ["date_passed", "judged_at_given_time"])
    assert found["judged_at"] == "2027-05-25T00:00:00.000Z"


Change = Callable[[MadeSite], bytes]
WRONG_CONTENT: list[tuple[str, str, Change]] = [
    ("refused", "title", lambda made: made.signed(title="Personal resettlement file")),
    ("refused", "page_count", lambda made: made.signed(sample.with_head(made.content(), pages=4))),
    ("refused", "signer_not_named", lambda made: made.signed(sample.with_other_supervisor(made.content()))),
    ("refused", "root_not_named", lambda made: made.signed(sample.with_other_root(made.content()))),
    ("refused", "duplicate_key", lambda made: made.signed(attachment=b'{"a":1,"a":2}')),
    ("refused", "section_hash", lambda made: made.signed(sample.with_other_section(made.content()))),
    ("cannot_open", "needs_newer_rehabdesk", lambda made: made.signed(attachment=sample.newer(made.content()))),
]


@pytest.mark.parametrize(("state", "reason", "change"), WRONG_CONTENT, ids=[each[1] for each in WRONG_CONTENT])
def test_signed_content_that_contradicts_itself(
    bench: Bench, made: MadeSite, state: str, reason: str, change: Change
) -> None:
    found = bench.judged(change(made))
    assert found["state"] == state
    assert reason in found["reasons"]


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7\n%%EOF\n", b"hello", b"\x30\x03abc", b"age-encryption.org/v1\nx"])
def test_an_unknown_file_is_refused(bench: Bench, content: bytes) -> None:
    found = bench.judged(content)
    assert (found["state"], found["status"]) == ("refused", 1)


def test_cards_are_judged_too(bench: Bench, made: MadeSite) -> None:
    card = bench.card.read_bytes()
    found = bench.judged(card)
    assert (found["state"], found["card"], found["status"]) == ("genuine", "site", 0)
    assert found["card_digits"] == canon.digits24(made.root.certificate)
    found = bench.judged(card, site_cards=[])
    assert (found["state"], found["status"]) == ("unknown_site", 2)
    spoilt = card.replace(b"Three Wells", b"Three Walls")
    assert bench.judged(spoilt)["state"] == "refused"
    assert bench.judged(MadeSite.new().site_card())["state"] == "refused"


def test_what_cannot_be_used_is_wrong_use(bench: Bench, made: MadeSite) -> None:
    packet = bench.put("p.pdf", made.packet)
    assert bench.verify(bench.folder / "nowhere.pdf", packet) == 64
    assert len(bench.said) > 1
    assert bench.verify(bench.folder) == 64
    for options in (
        {"at": "yesterday"},
        {"at": "2026-11-24"},
        {"identity": bench.put("k", b"AGE-SECRET-KEY-1NO")},
        {"identity": bench.put("k", b"\xff\xfe")},
        {"site_cards": [packet]},
        {"site_cards": [bench.put("c", made.site_card(key=made.author))]},
    ):
        with pytest.raises(UserError):
            bench.verify(packet, **options)


def test_several_files_end_with_the_worst(bench: Bench, made: MadeSite) -> None:
    good, half = bench.put("a.pdf", made.packet), bench.put("b.pdf", made.certified())
    assert bench.verify(good, half, as_json=True) == 1
    assert [json.loads(line)["state"] for line in bench.said] == ["genuine", "incomplete"]


def test_open_writes_what_was_sealed_and_nothing_else(bench: Bench, made: MadeSite) -> None:
    sealed, out = bench.put("p.pdf.age", made.sealed), bench.folder / "out"
    assert bench.open(sealed, out) == 0
    number = sample.NUMBER
    assert {file.name for file in out.iterdir()} == {f"{number}.pdf", f"{number}.json"}
    assert (out / f"{number}.pdf").read_bytes() == made.packet
    assert (out / f"{number}.json").read_bytes() == encode(made.content())


def test_open_leaves_nothing_of_a_file_that_may_not_be_shown(bench: Bench, made: MadeSite) -> None:
    out = bench.folder / "out"
    spoilt = made.packet + b"\n"
    for content, status in ((spoilt, 1), (made.certified(), 1), (made.sealed[:-3], 1)):
        assert bench.open(bench.put("p", content), out) == status
        assert not out.exists()
    assert bench.open(bench.put("p", made.packet), out, site_cards=[]) == 2
    assert not out.exists()


def test_an_outdated_packet_may_be_opened(bench: Bench, made: MadeSite) -> None:
    out = bench.folder / "out"
    late = SettableClock(sample.ISSUED + timedelta(days=200))
    assert bench.open(bench.put("p", made.packet), out, clock=late) == 1
    assert (out / f"{sample.NUMBER}.pdf").is_file()


def test_a_list_that_is_too_old_says_so(bench: Bench, made: MadeSite) -> None:
    found = bench.judged(made.packet, at=stamp(made.at + timedelta(days=401)))
    assert found["state"] == "unknown_site"
    assert "status_list_expired" in found["reasons"]
    assert found["list_age_days"] == 401


def test_a_newer_card_replaces_nothing_by_itself(bench: Bench, made: MadeSite) -> None:
    newer = bench.put("newer.rdsite", made.site_card(number=2))
    assert bench.judged(made.packet, site_cards=[bench.card, newer], team="T-RIVER")["state"] == "genuine"
