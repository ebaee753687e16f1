"""Disclosures of ill-treatment and declined requests: past the line of command, by keys and in every list and log."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from rehabdesk.access.files_store import DeskFiles
from rehabdesk.access.members_service import add_member
from rehabdesk.access.model import Role
from rehabdesk.access.service import Desk
from rehabdesk.access.unlock_service import hold_keys
from rehabdesk.app import PROJECTIONS
from rehabdesk.audit.log_service import Log
from rehabdesk.audit.model import Level
from rehabdesk.audit.service import Audit
from rehabdesk.core.errors import NoKey, UserError
from rehabdesk.db.projection import CLINICAL, OWN_EPOCH, TEAM, NewRecord, own_comp
from rehabdesk.notes.alerts.letter_service import lay_out
from rehabdesk.notes.model import Part
from tests.desks import CHEAP, Site, founder, passphrase
from tests.notes.alert_desk import (
    ADM,
    AUD,
    CHA,
    CO,
    CSUP,
    EVERYBODY,
    EXACT,
    FAC,
    OTHER_PSY,
    PSY,
    SECRET_WORDS,
    SUP,
    TOLD,
    AlertDesk,
    of,
)
from tests.notes.sessions import services
from tests.notes.test_service import deeds
from tests.torture.keyring import Keyring, readable_bytes, readable_rows


@pytest.fixture
def desk(tmp_path: Path) -> AlertDesk:
    return AlertDesk(tmp_path)


def hand_over(desk: AlertDesk, person: str | None, by: str) -> None:
    with desk.as_login(by) as opened:
        about = "24-017" if person is None else ""
        of(opened).letters.hand_over(replace(TOLD, told_at=opened.clock.now(), about=about), person)


def found_words(readable: Iterable[tuple[str, bytes]]) -> set[str]:
    return {word for _, content in readable for word in SECRET_WORDS if word.encode() in content.lower()}


def ring_of(desk: AlertDesk, sign_in: str) -> Keyring:
    files = DeskFiles(desk.site.folder, desk.site.profile)
    return Keyring(hold_keys(files, sign_in, passphrase(sign_in), desk.site.means))


def readers_of(desk: AlertDesk) -> set[str]:
    """Whose keys open a row that holds one of the words."""
    return {sign_in for sign_in, _ in EVERYBODY if found_words(readable_rows(desk.site.folder, ring_of(desk, sign_in)))}


@pytest.mark.parametrize("writer", [PSY, CSUP, CHA, CO, FAC, SUP, ADM])
def test_only_inspector_and_psychologists_read_it_whoever_heard_it(desk: AlertDesk, writer: str) -> None:
    """Every derivable key of each login on every row of the desk."""
    person = desk.register()
    hand_over(desk, None if writer == ADM else person, by=writer)
    assert readers_of(desk) == {AUD, PSY, OTHER_PSY, CSUP}


def test_a_facilitator_hands_over_what_somebody_of_no_own_group_said(desk: AlertDesk) -> None:
    """Who cannot choose from the register writes whom it is about, key of the team or not."""
    desk.register()
    with desk.as_login(FAC) as opened:
        letters = of(opened).letters
        with pytest.raises(UserError, match="number or the name"):
            letters.hand_over(TOLD, None)
        letters.hand_over(replace(TOLD, about="24-017"), None)
    with desk.as_login(AUD) as opened:
        letters = of(opened).letters
        (row,) = letters.to_me()
        assert letters.disclosure(row.comp, row.rid)[1].about == "24-017"
    with desk.as_login(CO) as opened, pytest.raises(UserError, match="Choose the person"):
        of(opened).letters.hand_over(replace(TOLD, about="24-017"), None)


def test_no_file_of_the_desk_shows_it_to_a_supervisor_or_a_case_officer(desk: AlertDesk) -> None:
    """Every database file too, opened with every key that they can derive."""
    person = desk.register()
    hand_over(desk, person, by=PSY)
    for sign_in, reads in ((SUP, False), (CO, False), (AUD, True)):
        ring = ring_of(desk, sign_in)
        assert bool(found_words(readable_bytes(desk.site.folder, ring))) is reads


def test_the_inspector_is_told_and_reads_it_with_an_entry(desk: AlertDesk) -> None:
    person = desk.register()
    hand_over(desk, person, by=CHA)
    with desk.as_login(AUD) as opened:
        letters = of(opened).letters
        (row,) = letters.unread(letters.to_me())
        said_by, said = letters.disclosure(row.comp, row.rid)
        assert (said.exact_words, said.places) == (EXACT, TOLD.places)
        assert (said_by.person_id, opened.staff(said_by.author).role) == (person, Role.CHA)
        assert [(deed, comp) for deed, comp, _ in deeds(opened)][-1] == ("read", own_comp(opened.uid))
        assert letters.unread(letters.to_me()) == ()
    with desk.as_login(AUD) as opened:
        letters = of(opened).letters
        assert (len(letters.to_me()), letters.unread(letters.to_me())) == (1, ())
        assert Audit(opened).check(Level.FULL).ok


@pytest.mark.parametrize("reader", [CO, SUP, ADM, FAC, CHA])
def test_the_line_of_command_finds_no_count_no_hit_and_no_sentence(desk: AlertDesk, reader: str) -> None:
    person = desk.register()
    with desk.as_login(reader) as opened:
        before = {line.number for line in Log(opened).page()}
    hand_over(desk, person, by=PSY)
    hand_over(desk, person, by=CHA if reader != CHA else PSY)
    with desk.as_login(AUD) as opened:
        letters = of(opened).letters
        for row in letters.to_me():
            letters.disclosure(row.comp, row.rid)
    with desk.as_login(reader) as opened:
        mine = of(opened)
        assert (mine.letters.to_me(), mine.letters.handed_to_me()) == ((), ())
        assert mine.letters.unread(mine.letters.to_me()) == ()
        if reader != ADM:
            timeline = services(opened).notes.timeline
            assert mine.alerts.live_of(person) == ()
            assert timeline.page(person) == ()
            assert timeline.latest([person]) == ()
            assert [timeline.search(word) for word in SECRET_WORDS] == [()] * len(SECRET_WORDS)
        said = [line for line in Log(opened).page() if line.number not in before]
        assert {line.deed for line in said} <= {"unlock", "lock", "read"}
        assert not [line for line in said if "letter" in line.words.lower() or "disclos" in line.words.lower()]
        chain = [(deed, comp, extra) for deed, comp, extra in deeds(opened) if deed == "letter"]
        assert {comp.partition(":")[0] for _, comp, _ in chain} == {"own", CLINICAL}
        assert all(extra == {} for _, _, extra in chain), "the chain says that a letter was written, no more"
        with pytest.raises((NoKey, UserError)):
            mine.letters.disclosure(CLINICAL, "ab" * 16)


def test_a_chaplain_keeps_no_copy_and_a_psychologist_does(desk: AlertDesk) -> None:
    person = desk.register()
    for writer, keeps in ((CHA, False), (PSY, True)):
        hand_over(desk, person, by=writer)
        with desk.as_login(writer) as opened:
            letters = of(opened).letters
            assert letters.keeps_copy is keeps
            entries = services(opened).notes.timeline.page(person)
            mine = [entry for entry in entries if entry.comp == CLINICAL and entry.author == opened.uid]
            assert [entry.part for entry in mine] == ([Part.ALERT] if keeps else [])
            assert all(entry.preview == "" for entry in entries)
            if keeps:
                assert letters.disclosure(CLINICAL, mine[0].rid)[1].exact_words == EXACT


def test_the_psychologist_of_the_case_is_told_of_what_a_chaplain_handed_over(desk: AlertDesk) -> None:
    person = desk.register()
    hand_over(desk, person, by=CHA)
    counts = {}
    for reader in (PSY, OTHER_PSY, CSUP, CO, SUP):
        with desk.as_login(reader) as opened:
            counts[reader] = len(of(opened).letters.unread(of(opened).letters.handed_to_me()))
    assert counts == {PSY: 1, OTHER_PSY: 0, CSUP: 1, CO: 0, SUP: 0}
    with desk.as_login(OTHER_PSY) as opened:
        rid = opened.index(CLINICAL).rows("SELECT rid FROM notes_letter")[0][0]
        with pytest.raises(UserError):
            of(opened).letters.disclosure(CLINICAL, rid)
        assert [(deed, comp) for deed, comp, _ in deeds(opened)][-1] == ("refused", CLINICAL)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"exact": " "}, "exact"),
        ({"exact": "x" * 6_001}, "exact"),
        ({"exact": "half \ud800"}, "exact"),
        ({"did": ""}, "did"),
        ({"places": "turned \u202e"}, "places"),
        ({"told_at": None}, "told_at"),
    ],
)
def test_what_cannot_be_is_said_by_its_field(desk: AlertDesk, change: dict[str, object], field: str) -> None:
    person = desk.register()
    with desk.as_login(PSY) as opened, pytest.raises(UserError) as refused:
        of(opened).letters.hand_over(replace(TOLD, **change), person)  # type: ignore[arg-type]  # one field of any type
    assert refused.value.field == field


def test_without_a_reader_it_is_refused_with_the_way_out(tmp_path: Path) -> None:
    site = Site(folder=tmp_path / "desk", profile=tmp_path / "profile", projections=PROJECTIONS)
    site.create((("adm", Role.ADM), ("sup", Role.SUP), ("case", Role.CO)))
    desk = site.open("adm")
    letters = of(desk).letters
    with pytest.raises(UserError, match="Print the hand-off"):
        letters.hand_over(replace(TOLD, told_at=desk.clock.now(), about="24-017"), None)
    site.close()


def test_an_inspector_who_comes_later_reads_what_was_written_later_only(desk: AlertDesk) -> None:
    person = desk.register()
    hand_over(desk, person, by=PSY)
    opened = desk.site.open(SUP)
    beside = [desk.site.keys(ADM)]
    add_member(opened, founder("late-window", Role.AUD), beside, desk.site.means, CHEAP)
    desk.site.close()
    hand_over(desk, person, by=PSY)
    with desk.as_login("late-window") as late:
        assert len(of(late).letters.to_me()) == 1
    with desk.as_login(AUD) as first:
        assert len(of(first).letters.to_me()) == 2


def test_a_letter_to_somebody_who_is_not_here_is_refused(desk: AlertDesk) -> None:
    with desk.as_login(PSY) as opened:
        item = NewRecord(comp=own_comp("uabcdefg"), kind="request_refusal", pv=1, person=None, payload={})
        with pytest.raises(UserError):
            opened.commit("letter", [item])


def test_what_was_put_into_somebodys_letters_by_other_means_is_found(desk: AlertDesk) -> None:
    """A row of the compartment of a login that is no letter; and a letter to nobody."""

    def slip(opened: Desk, comp: str, ct: bytes, rid: str) -> None:
        sid = opened.shred.new_sid()
        h = opened.sealer.hash(comp, OWN_EPOCH, sid, bytes.fromhex(rid), 1, ct)
        opened.truth.connection.run(
            "INSERT INTO rec (rid, ver, comp, epoch, sid, h, ct) VALUES (:rid, 1, :comp, 1, :sid, :h, :ct)",
            {"rid": bytes.fromhex(rid), "comp": comp, "sid": sid, "h": h, "ct": ct},
        )
        with opened.truth.connection.transaction():
            at = opened.truth._moment()
            opened.truth._head, _ = opened.truth._append(opened.truth.head(), "letter", comp, rid, 1, h.hex(), {}, at)

    with desk.as_login(CO) as opened:
        aud = desk.site.uid(AUD)
        slip(opened, own_comp(aud), b"\x01" + b"junk" * 30, "ab" * 16)
        slip(opened, own_comp("uabcdefg"), b"\x02" + b"junk" * 30, "cd" * 16)
    with desk.as_login(AUD) as opened:
        assert of(opened).letters.to_me() == ()
        found = {each.code for each in Audit(opened).check(Level.FULL).findings}
        assert {"author_not_member", "letter_to_nobody"} <= found


def test_the_hand_off_says_the_words_on_pages_with_a_neutral_name(desk: AlertDesk) -> None:
    from rehabdesk.paper.pictures import page_count

    person = desk.register()
    with desk.as_login(PSY) as opened:
        letters = of(opened).letters
        said = letters.disclosure_of(replace(TOLD, told_at=opened.clock.now() - timedelta(minutes=3)), person)
        hand_off = letters.hand_off(said, about="Idrissa K. · 24-017", author="Psychologist 7", recipient="Inspector")
        pdf = lay_out(hand_off)
        assert page_count(pdf) == 2
        assert b"treatment" not in pdf
        assert lay_out(hand_off) == pdf
        with pytest.raises(UserError, match="by hand"):
            lay_out(replace(hand_off, about="\U0001f600"))
        letters.log_leaving("print", None)
        assert [deed for deed, _, _ in deeds(opened)][-1] == "print"


@pytest.mark.parametrize("writer", [PSY, CHA])
def test_a_declined_request_is_read_by_the_clinical_supervisor_alone(desk: AlertDesk, writer: str) -> None:
    person = desk.register()
    with desk.as_login(writer) as opened:
        of(opened).letters.refuse_request("Marzipan of the security office", "Content is not theirs.", person)
    assert readers_of(desk) == {CSUP}
    with desk.as_login(CSUP) as opened:
        letters = of(opened).letters
        (row,) = letters.to_me()
        assert letters.refusal(row.rid)[1].requester == "Marzipan of the security office"
        with pytest.raises(UserError):
            letters.disclosure(row.comp, row.rid)


def test_others_log_no_declined_request_and_an_empty_one_is_said_by_its_field(desk: AlertDesk) -> None:
    with desk.as_login(CO) as opened, pytest.raises(UserError):
        of(opened).letters.refuse_request("Somebody", "No.")
    with desk.as_login(PSY) as opened:
        for requester, reason, field in (("", "No.", "requester"), ("Somebody", " ", "reason")):
            with pytest.raises(UserError) as refused:
                of(opened).letters.refuse_request(requester, reason)
            assert refused.value.field == field
        assert not [comp for deed, comp, _ in deeds(opened) if deed == "letter" and comp != TEAM]
