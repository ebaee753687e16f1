"""Notes are never in a packet, whatever is chosen for it (interface.md 16, criterion 37)."""

import subprocess
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rehabdesk.handover import making_service as making
from rehabdesk.handover.packet_model import LegalBasis, NotInformedBecause, PersonCopy
from rehabdesk.handover.typed_model import KEPT_BACK, TypedPacket
from rehabdesk.notes.answers_model import Answer
from rehabdesk.people.model import AssignmentDetails, Capacity
from tests.desks import START
from tests.handover.packet_window import CHAPLAIN, TEXTS, PacketDesk
from tests.handover.workplace import Signed
from tests.notes.sessions import KEYWORK, SESSION, VISIT, services

PRIVATE = ("quicksilver", "marmot", "umbrella", "obsidian", "lattice", "zeppelin", "periwinkle")
NOTES: tuple[tuple[str, str, Capacity, dict[str, Answer]], ...] = (
    (
        "calm-harbour",
        "psychologist_session",
        Capacity.PSYCHOLOGIST,
        {**SESSION, "psy.P3.happened": "quicksilver", "psy.P3.make": "marmot", "psy.P11": "umbrella"},
    ),
    (CHAPLAIN, "chaplain_engagement", Capacity.CHAPLAIN, {**VISIT, "cha.C6": "obsidian", "cha.C7": "lattice"}),
    (
        "green-ferry",
        "keywork",
        Capacity.LEAD_CASE_OFFICER,
        {**KEYWORK, "key.K2": "zeppelin", "key.K6": "periwinkle"},
    ),
)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> PacketDesk:
    """A desk on which each discipline signed a note about the person."""
    desk = PacketDesk(tmp_path_factory.mktemp("notes"))
    uids = {}
    with desk.open("amber-kite") as administrator:
        uids = {one.sign_in: one.card.uid for one in administrator.desk.members()}
    with desk.open("green-ferry") as officer:
        for sign_in, _, capacity, _ in NOTES:
            given_to = AssignmentDetails(staff=uids[sign_in], capacity=capacity, since=date(2026, 1, 1))
            officer.people.assign(desk.person, given_to)
    for sign_in, form, _, answers in NOTES:
        with desk.open(sign_in) as writer:
            notes = services(writer.desk).notes
            notes.sign(notes.start(form, desk.person, occurred_at=START - timedelta(hours=3), answers=answers))
    return desk


@st.composite
def chosen(draw: st.DrawFn) -> TypedPacket:
    """Anything that can be chosen for a packet."""
    told = draw(st.sampled_from(["yes", "no"]))
    because = draw(st.sampled_from([each.value for each in NotInformedBecause])) if told == "no" else ""
    optional = draw(st.sets(st.sampled_from(["journey", "medicines", "money", "phone_access", "V2", "V3", "V4", "V5"])))
    return TypedPacket(
        team="T-RIVER",
        recipient="Marième Sow",
        recipient_role="supervising officer",
        purpose="Supervision after release",
        basis=draw(st.sampled_from([each.value for each in LegalBasis])),
        cite="Article 12",
        expires=date(2027, 5, 24),
        told=told,
        not_told_because=because,
        copy=draw(st.sampled_from([each.value for each in PersonCopy])),
        kept_back=tuple(draw(st.sets(st.sampled_from(sorted(KEPT_BACK))))),
        no_alert=True,
        texts={**TEXTS, **dict.fromkeys(optional, "As we said.")},
    )


@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=chosen())
def test_no_word_of_a_note_is_in_any_packet(desk: PacketDesk, tmp_path: Path, typed: TypedPacket) -> None:
    with desk.open("green-ferry") as officer:
        pages = _pages(desk, officer, typed)
    file = tmp_path / "pages.pdf"
    file.write_bytes(pages.prepared)
    printed = subprocess.run(["pdftotext", "-raw", file, "-"], capture_output=True, check=True).stdout.decode()
    for said in (printed, pages.json.decode("utf-8")):
        assert "As we said." in said or "I ask before I shout." in said, "the packet itself can be read"
        assert [word for word in PRIVATE if word in said.casefold()] == []


def _pages(desk: PacketDesk, officer: Signed, typed: TypedPacket) -> making.Pages:
    typed = replace(typed, countersigners=(desk.uids["silver-reed"],))
    to_lay, _ = desk.preparing(officer).assemble(desk.person, typed, "a draft")
    return making.lay(to_lay)
