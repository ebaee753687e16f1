"""An Express packet: sealed with one signature, its 72 hours, and the second signature in the same file."""

from datetime import timedelta
from pathlib import Path

import pytest

from rehabdesk.core.errors import UserError
from rehabdesk.handover.after.after_seal_service import AfterSealing, live_packets
from rehabdesk.handover.after.status_list_model import WithdrawnBecause
from rehabdesk.handover.checking.examination_service import Checked
from rehabdesk.handover.checking.verdict_model import State
from rehabdesk.handover.content.profile_model import ProfileCode
from rehabdesk.handover.making.express_model import LONGEST_EXPRESS
from rehabdesk.handover.making.layout_service import paper_code_of
from rehabdesk.handover.packets_model import PacketState
from rehabdesk.overview.express_tasks_service import express_tasks
from tests.handover.inbox_desk import InProcess
from tests.handover.workplace import Workplace

EXPRESS = {"profile": ProfileCode.EXPRESS, "audience": "ngo", "one_signature": True}
SIGNED, COUNTERSIGNED, SEALED = PacketState.SIGNED, PacketState.COUNTERSIGNED, PacketState.SEALED


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Workplace:
    workplace = Workplace(tmp_path_factory.mktemp("express"))
    workplace.found()
    return workplace


@pytest.fixture(scope="module")
def person(place: Workplace) -> str:
    return place.register()


def checked(place: Workplace, card: bytes, file: Path, after: timedelta) -> Checked:
    moment = place.clock.now() + after
    return InProcess([card]).check(file.read_bytes(), moment=moment, identity=place.identity, team="T-RIVER")


def test_one_signature_then_the_second_in_the_same_file(place: Workplace, person: str, tmp_path: Path) -> None:
    packet = place.signed(person, **EXPRESS)
    first, second = tmp_path / "first", tmp_path / "second"
    first.mkdir()
    second.mkdir()
    with place.open("silver-reed") as supervisor, pytest.raises(UserError, match="one signature first"):
        supervisor.packets.countersign(
            packet,
            seen_sha256=supervisor.packets.review(packet).pdf_sha256,
            typed_again=place.site.keys("silver-reed"),
        )
    with place.open("green-ferry") as officer:
        sent = officer.packets.seal(packet, first)
        card, code = officer.trust.site_card(), officer.packets.shelf.code(packet)
        before = officer.packets.shelf.packet(packet)
        with pytest.raises(UserError, match="sealed already"):
            officer.packets.seal(packet, second)
    head = before.content.packet
    assert before.second_due == head.countersign_due == head.issued + LONGEST_EXPRESS
    assert "one signature so far" in sent.slip.read_text("utf-8")
    late = checked(place, card, sent.file, timedelta(hours=73)).verdict
    assert (late.state, late.reasons) == (State.INCOMPLETE, ("express_overdue",))

    place.countersigned(packet)
    with place.open("green-ferry") as officer:
        again = officer.packets.seal(packet, second)
        shelf = officer.packets.shelf
        assert [step.state for step in shelf.steps(packet)] == [SIGNED, SEALED, COUNTERSIGNED, SEALED]
        assert [step.one for step in shelf.history(packet)] == [False, True, False, False]
        assert packet not in [row.id for row in shelf.express()]
        once, twice = shelf.signed_pdf(packet, SIGNED), shelf.newest_pdf(packet)
        assert shelf.code(packet) == again.packet_code != code
    assert twice.startswith(once)
    found = checked(place, card, again.file, timedelta(hours=73))
    assert (found.verdict.state, found.verdict.reasons) == (State.GENUINE, ())
    assert found.packet is not None
    assert found.packet == before.content
    assert found.json is not None
    assert paper_code_of(found.packet, found.json) == paper_code_of(
        before.content, before.record.content.encode("utf-8")
    )
    assert again.file.name == sent.file.name


def test_who_waits_for_the_second_has_no_clock_and_no_stamp(place: Workplace, person: str, tmp_path: Path) -> None:
    packet = place.signed(person, profile=ProfileCode.EXPRESS, audience="ngo")
    with place.open("green-ferry") as officer:
        assert officer.packets.shelf.packet(packet).second_due is None
        with pytest.raises(UserError, match="supervisor must countersign"):
            officer.packets.seal(packet, tmp_path)
    place.countersigned(packet)
    with place.open("green-ferry") as officer:
        sent = officer.packets.seal(packet, tmp_path)
        assert officer.packets.shelf.packet(packet).content.packet.countersign_due is None
    assert "two signatures, two people" in sent.slip.read_text("utf-8")


@pytest.mark.parametrize("profile", [ProfileCode.SUPERVISING_OFFICER])
def test_no_other_kind_goes_with_one_signature(place: Workplace, person: str, profile: ProfileCode) -> None:
    with pytest.raises(UserError, match="Only an Express packet"):
        place.signed(person, profile=profile, one_signature=True)


def test_what_was_not_sent_in_time_is_taken_up_again(place: Workplace, person: str, tmp_path: Path) -> None:
    packet, now = place.signed(person, **EXPRESS), place.clock.now()
    place.clock.set(now + timedelta(hours=73))
    with place.open("green-ferry") as officer:
        with pytest.raises(UserError, match="ended before this packet went out"):
            officer.packets.seal(packet, tmp_path)
        draft = officer.packets.returned.take_up(packet)
        (typed,) = [typed for found, _, typed in officer.packets.drafts.typed() if found == draft]
        assert (typed.profile, typed.one_signature) == ("express", "yes")
        assert officer.packets.shelf.packet(packet).state is PacketState.DRAFT
        officer.desk.drop_draft(draft)


def test_what_is_outside_is_withdrawn_also_before_it_is_sealed_again(
    place: Workplace, person: str, tmp_path: Path
) -> None:
    out, inside = place.signed(person, **EXPRESS), place.signed(person)
    with place.open("green-ferry") as officer:
        officer.packets.seal(out, tmp_path)
    place.countersigned(out)
    place.countersigned(inside)
    with place.open("green-ferry") as officer:
        shelf = officer.packets.shelf
        sealing = AfterSealing(officer.desk, shelf, officer.packets.drafts)
        outside = [row.id for row in live_packets(shelf, person)]
        assert (out in outside, inside in outside) == (True, False)
        with pytest.raises(UserError, match="not at the point"):
            sealing.withdraw(inside, because=WithdrawnBecause.CONSENT)
        sealing.withdraw(out, because=WithdrawnBecause.CONSENT)
        assert shelf.row(out).state is PacketState.WITHDRAWN
        with pytest.raises(UserError, match="not at the point"):
            officer.packets.seal(out, tmp_path)


def test_author_and_supervisor_are_told(place: Workplace, person: str, tmp_path: Path) -> None:
    packet = place.signed(person, **EXPRESS)

    def told(sign_in: str) -> list[tuple[str, int, str, str]]:
        with place.open(sign_in) as here:
            tasks = express_tasks(here.desk, here.packets.shelf, lambda _person: "Idrissa")
            return [(each.words[:12], each.order, each.tag[1], each.page) for each in tasks if each.id == packet]

    assert told("silver-reed") == []
    assert told("green-ferry") == [("Seal Express", 1, "amber", "packet_view")]
    assert told("quiet-orchard") == []
    with place.open("green-ferry") as officer:
        officer.packets.seal(packet, tmp_path)
    assert told("silver-reed") == [("Countersign ", 1, "amber", "packet_review")]
    place.clock.set(place.clock.now() + timedelta(hours=73))
    assert told("silver-reed") == [("Countersign ", 0, "red", "packet_review")]
    assert told("green-ferry") == [("Express pack", 0, "red", "packet_view")]
    place.countersigned(packet)
    assert (told("silver-reed"), told("green-ferry")) == ([], [])
