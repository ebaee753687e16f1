"""What comes back: receipts and feedback, signed and plain, right ones, replayed ones, and those of somebody else."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from rehabdesk.core.canon import sha256_hex
from rehabdesk.core.errors import UserError
from rehabdesk.handover.after.feedback_form_model import FeedbackForm, filled_form
from rehabdesk.handover.after.feedback_model import Answers, FeedbackKind
from rehabdesk.handover.after.receipt_model import Decision
from rehabdesk.handover.after.receipt_service import held_packet, make_receipt
from rehabdesk.handover.after.returns_model import LookedAt, Remark, offers_for
from rehabdesk.handover.checking.examination_service import PacketCheck
from rehabdesk.handover.checking.verdict_model import CLOCK, State
from rehabdesk.handover.packets_model import PacketState
from rehabdesk.handover.trust.trust_model import Channel
from tests.handover.aftermath import After, Aftermath, Outside


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> tuple[Aftermath, tuple[str, bytes]]:
    """A desk with a packet that is out; each test gets a copy, as all of them answer the same packet."""
    workplace = Aftermath(tmp_path_factory.mktemp("returns"))
    workplace.found()
    return workplace, workplace.sealed(workplace.register(), tmp_path_factory.mktemp("stick"))


@pytest.fixture
def place(first: tuple[Aftermath, tuple[str, bytes]], tmp_path: Path) -> Aftermath:
    return first[0].copied_to(tmp_path)


@pytest.fixture
def sent(first: tuple[Aftermath, tuple[str, bytes]]) -> tuple[str, bytes]:
    """The packet, and its signed PDF."""
    return first[1]


def form(number: str, code: str, **answers: str) -> bytes:
    said = Answers(**(answers or {"q9": "no bus fare"}))
    written = FeedbackForm(kind=FeedbackKind.NO_SHOW, receipt_code=code, answers=said, number=number)
    return filled_form(written).encode()


def remarks(officer: After, raw: bytes, name: str = "file") -> tuple[Remark, ...]:
    """Each file is examined once: a child process takes its time."""
    if raw not in officer.examined:
        officer.examined[raw] = officer.returns.examine(raw)
    return officer.returns.looked_at(name, officer.examined[raw]).remarks


def accept(officer: After, raw: bytes, name: str = "file") -> LookedAt:
    remarks(officer, raw, name)
    return officer.returns.accept_checked(raw, name, officer.examined[raw])


def test_a_receipt_acknowledges_and_is_taken_once(place: Aftermath, sent: tuple[str, bytes]) -> None:
    packet, pdf = sent
    with place.after("green-ferry") as officer:
        number, now = officer.number(packet), place.clock.now()
        held = held_packet(PacketCheck([officer.trust.site_card()]).check(pdf, moment=now, team="T-RIVER"))

        def written(decision: Decision, key: Outside = place.outside, pdf: bytes = pdf, note: str = "") -> bytes:
            about = replace(held, pdf_sha256=sha256_hex(pdf))
            name, raw = make_receipt(about, decision=decision, by="Marième Sow", key=key.key, at=now, note=note)
            assert name == f"{number}.rdreceipt"
            return raw

        with pytest.raises(UserError) as problem:
            written(Decision.QUERY)
        assert problem.value.field == "note"
        late = replace(held, state=State.OUT_OF_DATE)
        with pytest.raises(UserError) as problem:
            make_receipt(late, decision=Decision.ACCEPTED, by="x", key=place.outside.key, at=now)
        assert problem.value.field == "decision"
        assert Remark.OTHER_FILE in remarks(officer, written(Decision.ACCEPTED, pdf=pdf + b"x"))
        stranger = Outside(place.identity, team="T-HILL")
        theirs = written(Decision.ACCEPTED, stranger)
        assert remarks(officer, theirs) == (Remark.TEAM_NOT_KNOWN,)
        officer.examined.clear()
        officer.trust.teams.take_card(stranger.card)
        digits = officer.trust.teams.team("T-HILL").digits
        officer.trust.teams.confirm(
            "T-HILL", digits=digits, their_name="Somebody", channel=Channel.FACE_TO_FACE, on=now.date()
        )
        assert remarks(officer, theirs) == (Remark.OTHER_TEAM,)
        with pytest.raises(UserError):
            accept(officer, theirs)

        back = written(Decision.REJECTED, note="Page 3 cannot be read.")
        looked = accept(officer, back, "file")
        assert looked.remarks == (Remark.SENT_BACK,)
        assert officer.state(packet) is PacketState.SEALED
        assert [row.packet for row in officer.sealing.unseen()] == [packet]
        officer.sealing.see(packet)
        assert officer.sealing.unseen() == ()

        good = written(Decision.ACCEPTED)
        looked = officer.returns.look(good, f"{number}.rdreceipt")
        assert (looked.remarks, looked.may_be_accepted) == ((), True)
        assert looked.brought.signed is not None
        assert looked.brought.signed.team == "T-RIVER"
        assert officer.state(packet) is PacketState.SEALED  # looking changes nothing
        accept(officer, good, "file")
        assert officer.state(packet) is PacketState.ACKNOWLEDGED
        assert Remark.TAKEN in remarks(officer, good)
        assert Remark.TAKEN in remarks(officer, written(Decision.ACCEPTED))  # the same words, signed once more
        with pytest.raises(UserError):
            accept(officer, good, "file")
        assert officer.sealing.unseen() == ()


def test_feedback_that_is_signed(place: Aftermath, sent: tuple[str, bytes]) -> None:
    packet, _ = sent
    with place.after("green-ferry") as officer:
        number, now = officer.number(packet), place.clock.now()
        raw = place.outside.feedback(number, now, FeedbackKind.FIRST_CONTACT_MADE, q4="2026-11-26", q10="Yes please")
        looked = officer.returns.looked_at("file", officer.returns.examine(raw))
        assert (looked.remarks, looked.first_contact and looked.first_contact.isoformat()) == ((), "2026-11-26")
        assert [offer.code for offer in offers_for(FeedbackKind.FIRST_CONTACT_MADE)] == ["RR-K1", "RR-K2"]
        accept(officer, raw, "file")
        kept = officer.sealing.of(packet).feedback[-1]
        assert (kept.kind, kept.signed, kept.answers["q10"]) == (FeedbackKind.FIRST_CONTACT_MADE, True, "Yes please")
        assert [row.packet for row in officer.sealing.unseen()] == [packet]  # a call back is asked for
        assert officer.returns.continuity(14) is None  # one alone is never counted (G34)

        early = place.outside.feedback(number, now - timedelta(days=300))
        assert Remark.BEFORE_SEAL in remarks(officer, early)
        other = place.outside.feedback("RD-NORD-2026-000124-Y", now)
        assert remarks(officer, other) == (Remark.UNKNOWN_PACKET,)
        assert Remark.TWO_NUMBERS in remarks(officer, raw, "RD-NORD-2026-000124-Y.rdfeedback")
        spoilt = raw.replace(b"Yes please", b"No, please")
        with pytest.raises(UserError):
            officer.returns.look(spoilt, "file")
    with place.after("calm-harbour") as psychologist, pytest.raises(UserError):
        psychologist.returns.look(raw, "file")


def test_the_plain_form_counts_by_its_receipt_code(place: Aftermath, sent: tuple[str, bytes]) -> None:
    packet, _ = sent
    with place.after("green-ferry") as officer:
        number, code = officer.number(packet), officer.receipt_code(packet)
        wrong = f"{(int(code) + 7) % 10**8:08d}"
        for _ in range(3):
            assert remarks(officer, form(number, wrong)) == (Remark.WRONG_CODE,)
        counts = [extra["count"] for deed, extra in officer.deeds() if deed == "receipt_code_wrong"]
        assert counts == [1, 2, 3]
        with pytest.raises(UserError):
            accept(officer, form(number, wrong), "file")
        assert remarks(officer, form(number, "")) == (Remark.NO_CODE,)
        assert remarks(officer, form("", code)) == (Remark.NO_NUMBER,)
        right = form("", code)
        looked = accept(officer, right, f"{number}-feedback (1).txt")
        assert (looked.remarks, looked.brought.signed) == ((Remark.NOT_SIGNED,), None)
        again = right.replace(b"\n", b"\r\n")
        assert Remark.TAKEN in remarks(officer, again, f"{number}-feedback.txt")
        with pytest.raises(UserError, match="Line 2"):
            officer.returns.look(b"kind: query\nq11: what?\n", f"{number}-feedback.txt")
        kept = officer.sealing.of(packet).feedback[-1]
        assert (kept.signed, kept.kind, dict(kept.answers)) == (False, FeedbackKind.NO_SHOW, {"q9": "no bus fare"})


def test_what_is_dated_ahead_is_taken_only_knowingly(place: Aftermath, sent: tuple[str, bytes]) -> None:
    packet, _ = sent
    with place.after("green-ferry") as officer:
        number, now = officer.number(packet), officer.desk.clock.now()
        near = place.outside.feedback(number, now + timedelta(hours=23))
        assert remarks(officer, near) == ()
        ahead = place.outside.feedback(number, now + timedelta(hours=25))
        assert remarks(officer, ahead) == (Remark.AHEAD,)
        assert [officer.examined[raw].verdict.notes for raw in (near, ahead)] == [(), (CLOCK,)], "`verify` says it too"
        checked = officer.examined[ahead]
        with pytest.raises(UserError, match="a day ahead of this computer"):
            officer.returns.accept_checked(ahead, "file", checked)
        assert officer.state(packet) is PacketState.SEALED
        officer.returns.accept_checked(ahead, "file", checked, knowing=True)
        assert officer.state(packet) is PacketState.ACKNOWLEDGED
