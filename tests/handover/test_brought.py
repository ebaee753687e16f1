"""Lists, receipts and feedback as files: their forms, the rules of a list, and the exit status for every kind."""

import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import jsonschema
import pytest

from rehabdesk.core import canon, resources
from rehabdesk.core.canon import b64
from rehabdesk.core.errors import FormatError, UserError
from rehabdesk.handover import wire
from rehabdesk.handover.after.after_seal_model import FeedbackKept
from rehabdesk.handover.after.continuity_model import continuity
from rehabdesk.handover.after.feedback_form_model import filled_form, form_to_fill_in, looks_like_form, read_form
from rehabdesk.handover.after.feedback_model import Answers, Changed, Feedback, FeedbackKind, answers_of
from rehabdesk.handover.after.receipt_model import Decision, Receipt
from rehabdesk.handover.after.receipt_service import Answer, make_feedback, make_form
from rehabdesk.handover.after.status_list_model import (
    KEPT_AFTER_EXPIRY,
    Listable,
    ListEntry,
    ListStatus,
    StatusList,
    WithdrawnBecause,
    has_second_signature,
    list_problems,
    listing_of,
    still_listed,
)
from rehabdesk.handover.checking.brought_service import newest_lists
from rehabdesk.handover.checking.verdict_model import ListedAs, State
from rehabdesk.handover.content.number_model import is_number
from rehabdesk.handover.content.schema_wire import schema_files
from rehabdesk.seals import certificates, sealing
from rehabdesk.seals.cards import sign_card
from tests.handover import sample
from tests.handover.aftermath import Outside
from tests.handover.made import MadeSite
from tests.handover.test_check_service import Bench

NUMBER = sample.NUMBER
DAY = date(2026, 11, 20)
WITHDRAWN = ListEntry(number=NUMBER, status=ListStatus.WITHDRAWN, date_=DAY, reason=WithdrawnBecause.ERROR)


def entry(**changes: object) -> ListEntry:
    return replace(WITHDRAWN, **changes)  # type: ignore[arg-type]  # any field of an entry


def listed(made: MadeSite, *entries: ListEntry, seq: int = 1) -> StatusList:
    return StatusList(
        format="rehabdesk-status",
        version="1.0",
        site="DEMO",
        seq=seq,
        issued=made.at,
        next_due=made.at + timedelta(days=30),
        crl=b64(certificates.revocation_list(made.root, number=1, at=made.at)),
        entries=entries,
    )


def signed(made: MadeSite, *entries: ListEntry, seq: int = 1) -> bytes:
    content = wire.encode(listed(made, *entries, seq=seq))
    return sign_card(content, key=made.card_key.pair, root=made.root.certificate, at=made.at)


RECEIPT = Receipt(
    format="rehabdesk-receipt",
    version="1.0",
    number=NUMBER,
    pdf_sha256="0" * 64,
    state=State.GENUINE,
    decision=Decision.ACCEPTED,
    received_at=sample.ISSUED,
    by="Marième Sow",
)
FEEDBACK = Feedback(
    format="rehabdesk-feedback",
    version="1.0",
    number=NUMBER,
    kind=FeedbackKind.NO_SHOW,
    by="Marième Sow",
    at=sample.ISSUED,
    answers=Answers(q1="yes", q9="لا نقود للحافلة"),
    changed=(Changed.ADDRESS, Changed.WORK),
)


def test_the_three_formats_are_read_back_the_same(made: MadeSite) -> None:
    made_list = listed(made, WITHDRAWN)
    assert wire.decode_status_list(wire.encode(made_list)).value == made_list
    assert wire.decode_receipt(wire.encode(RECEIPT)).value == RECEIPT
    assert wire.decode_feedback(wire.encode(FEEDBACK)).value == FEEDBACK
    for name, thing in (("status", made_list), ("receipt", RECEIPT), ("feedback", FEEDBACK)):
        file = f"{name}-1.0.json"
        assert resources.read_bytes(f"schema/{file}") == schema_files()[file]
        validator = jsonschema.Draft202012Validator(json.loads(schema_files()[file]))
        value = json.loads(wire.encode(thing))
        validator.validate(value)
        assert not validator.is_valid(value | {"score": 3})
        with pytest.raises(FormatError):
            wire.decode_receipt(canon.dump(value | {"score": 3}))
    assert "date" in json.loads(wire.encode(made_list))["entries"][0]


def test_what_a_list_must_not_say(made: MadeSite) -> None:
    other = "RD-NORD-2026-000124-Y"
    bad = {
        "list_entry": (entry(reason=None), entry(status=ListStatus.SUPERSEDED), entry(status=ListStatus.COUNTERSIGNED)),
        "list_of_other_site": (entry(number=other), entry(status=ListStatus.SUPERSEDED, by=other)),
    }
    for code, entries in bad.items():
        assert all(code in list_problems(listed(made, each)) for each in entries)
    assert list_problems(listed(made, WITHDRAWN, WITHDRAWN)) == ("list_entry_twice",)
    assert list_problems(listed(made, WITHDRAWN, seq=0)) == ("list_order",)
    assert list_problems(listed(made, WITHDRAWN)) == ()


def test_an_entry_leaves_the_list_sixty_days_after_its_packet() -> None:
    last = DAY + KEPT_AFTER_EXPIRY
    held = [Listable(entry=WITHDRAWN, expires=DAY)]
    assert still_listed(held, last) == (WITHDRAWN,)
    assert still_listed(held, last + timedelta(days=1)) == ()


def test_the_newest_list_of_a_site_speaks(made: MadeSite) -> None:
    one, two = listed(made, WITHDRAWN), listed(made, seq=2)
    as_text = [b64(wire.encode(each)) for each in (two, one)]
    assert newest_lists(as_text) == (two,)
    with pytest.raises(UserError, match="say different things"):
        newest_lists([as_text[1], b64(wire.encode(listed(made)))])
    replaced = entry(status=ListStatus.SUPERSEDED, by="RD-NORD-2026-000124-Y", reason=None)
    listing = listing_of(NUMBER, "DEMO", [listed(made, replaced, WITHDRAWN)])
    assert listing is not None
    assert listing.listed_as is ListedAs.WITHDRAWN
    assert listing_of(NUMBER, "NORD", [one]) is None
    second = entry(status=ListStatus.COUNTERSIGNED, pdf_sha256="1" * 64, reason=None)
    assert has_second_signature(NUMBER, "0" * 64, "DEMO", [listed(made, second)])
    assert not has_second_signature(NUMBER, "1" * 64, "DEMO", [listed(made, second)])


def test_the_plain_form_of_any_editor() -> None:
    raw = (
        "\ufeffReceipt code: ١٢٣٤-5678\r\n\r\n\u200fQ1 : oui\r\nkind:  No show\r\nq9: pas d’argent\r\n  pour le bus\r\n"
    )
    read = read_form(raw.encode())
    assert (read.receipt_code, read.kind) == ("12345678", FeedbackKind.NO_SHOW)
    assert dict(read.answers.given()) == {"q1": "oui", "q9": "pas d’argent\npour le bus"}
    answer = Answer(number=NUMBER, kind=FeedbackKind.MILESTONE, by="Marième Sow", answers={"q8": "A job\nor so"})
    name, written = make_form(answer)
    assert name == f"{NUMBER}-feedback.txt"
    assert read_form(written).answers.q8 == "A job / or so"
    assert read_form(filled_form(read).encode()).kind is read.kind
    assert looks_like_form(form_to_fill_in(NUMBER).encode())
    assert not looks_like_form(b"%PDF-2.0\nkind: query\n")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"kind: query\nq1: yes\nq1: no", "Line 3"),
        (b"kind: query\nq11: yes", "Line 2"),
        (b"good day\nkind: query\nq1: yes", "Line 1"),
        (b"kind: quest\nq1: yes", "Line 1"),
        (b"kind: query\nreceipt_code: 123\nq1: yes", "Line 2"),
        (b"kind: query\nq1: \xff", "Line 2"),
        (b"kind: query\nnumber: RD-X\nq1: yes", "Line 2"),
        (b"kind: query\nchanged: mood\nq1: yes", "Line 2"),
        (b"kind: query\nq1: " + b"x" * 1001, "Line 2"),
        ("kind: query\nq1: a\u202eb".encode(), "Line 2"),
        (b"kind: query\nq1:", "none of its questions"),
        (b"q1: yes", "does not say its kind"),
        (b"q1: y\n" + b"x" * (65 << 10), "64 KiB"),
    ],
)
def test_a_form_that_cannot_be_taken_names_line_and_reason(text: bytes, said: str) -> None:
    with pytest.raises(FormatError, match=said):
        read_form(text)


def test_what_is_typed_into_the_form_is_held_to_its_limits() -> None:
    outside = Outside(sealing.new_identity())
    for answers, field in (({}, "q1"), ({"q4": "x" * 1001}, "q4"), ({"q2": "a\u202eb"}, "q2")):
        with pytest.raises(UserError) as problem:
            answers_of(answers)
        assert problem.value.field == field
    for changes, field in (({"kind": None}, "kind"), ({"by": " "}, "by"), ({"number": "RD-X"}, "number")):
        given = Answer(number=NUMBER, kind=FeedbackKind.QUERY, by="x", answers={"q1": "y"})
        nonsense = replace(given, **changes)
        with pytest.raises(UserError) as problem:
            make_feedback(nonsense, key=outside.key, at=sample.ISSUED)
        assert problem.value.field == field


def test_continuity_is_a_count_of_at_least_ten_or_nothing() -> None:
    def kept(packet: int, days: int) -> FeedbackKept:
        return FeedbackKept(
            packet=str(packet),
            kind=FeedbackKind.FIRST_CONTACT_MADE,
            by="x",
            at=sample.ISSUED,
            answers={"q1": "y"},
            signed=True,
            sha256="",
            first_contact=(sample.ISSUED + timedelta(days=days)).date(),
        )

    sent = {str(number): sample.ISSUED for number in range(40)}
    assert continuity([kept(number, 3) for number in range(9)], sent, 7) is None
    ten = [kept(number, 3) for number in range(10)]
    found = continuity(ten, sent, 7)
    assert found is not None
    assert (found.answered, found.in_time) == (10, 10)
    assert continuity([*ten, kept(10, 20)], sent, 7) is None  # one too late: it could be reckoned who
    found = continuity([*ten, *(kept(number, 20) for number in range(10, 20)), kept(0, 30)], sent, 7)
    assert found is not None
    assert (found.answered, found.in_time) == (20, 10)


@pytest.fixture
def bench(tmp_path: Path, made: MadeSite) -> Bench:
    return Bench(tmp_path, made)


def test_the_exit_status_for_lists(bench: Bench, made: MadeSite) -> None:
    raw = signed(made, WITHDRAWN)
    found = bench.judged(raw)
    assert (found["state"], found["kind"], found["list"], found["status"]) == ("genuine", "status_list", 1, 0)
    found = bench.judged(raw, site_cards=[])
    assert (found["state"], found["status"]) == ("unknown_site", 2)
    rogue = MadeSite.new()
    found = bench.judged(signed(rogue))
    assert (found["state"], found["reasons"][0], found["status"]) == ("refused", "other_root", 1)
    found = bench.judged(raw.replace(b'"error"', b'"other"'))
    assert (found["state"], found["status"]) == ("refused", 1)
    content = wire.encode(listed(made))
    by_author = sign_card(content, key=made.author.pair, root=made.root.certificate, at=made.at)
    assert bench.judged(by_author)["status"] == 1


def test_a_packet_is_judged_by_the_lists_that_are_given(bench: Bench, made: MadeSite) -> None:
    withdrawn, packet = bench.put("DEMO-1.rdstatus", signed(made, WITHDRAWN)), made.packet
    found = bench.judged(packet, status_lists=[withdrawn])
    assert (found["state"], found["reasons"], found["status"]) == ("withdrawn", ["withdrawn"], 1)
    by = "RD-DEMO-2026-000123-"
    successor = next(f"{by}{char}" for char in "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ" if is_number(f"{by}{char}"))
    replaced = entry(status=ListStatus.SUPERSEDED, by=successor, reason=None)
    newer = bench.put("DEMO-2.rdstatus", signed(made, replaced, seq=2))
    assert bench.verify(bench.put("p", packet), status_lists=[withdrawn, newer]) == 1
    assert successor in "\n".join(bench.said)
    contradicting = bench.put("x.rdstatus", signed(made, seq=2))
    for lists in ([newer, contradicting], [bench.put("y", signed(MadeSite.new()))], [bench.card]):
        with pytest.raises(UserError):
            bench.verify(bench.put("p", packet), status_lists=lists)


def test_the_exit_status_for_receipts_and_feedback(bench: Bench) -> None:
    outside = Outside(bench.made.identity)
    card = bench.put("T-RIVER.rdteam", outside.card)
    receipt = sign_card(wire.encode(RECEIPT), key=outside.key.pair, root=None, at=sample.ISSUED)
    feedback = sign_card(wire.encode(FEEDBACK), key=outside.key.pair, root=None, at=sample.ISSUED)
    for raw, kind in ((receipt, "receipt"), (feedback, "feedback")):
        found = bench.judged(raw)
        assert (found["state"], found["kind"], found["about"], found["status"]) == ("unknown_site", kind, NUMBER, 2)
        found = bench.judged(raw, site_cards=[card])
        assert (found["state"], found["status"]) == ("genuine", 0)
    assert bench.verify(bench.put("r", receipt)) == 2
    assert "24 digits of its key" in "\n".join(bench.said)
    assert bench.judged(feedback.replace(b"no_show", b"no_shov"))["status"] == 1
    found = bench.judged(b"kind: query\nq1: yes\n")
    assert (found["kind"], found["reasons"][0], found["status"]) == ("form", "not_signed", 2)
    assert bench.verify(bench.put("f.txt", b"kind: query\nq1: yes\nq1: no\n")) == 1
    assert "Line 3" in "\n".join(bench.said)
