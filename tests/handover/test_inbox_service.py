"""What comes is looked at, seen for the first time once, and kept only where it may be shown."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from rehabdesk.access.members_service import settings_record
from rehabdesk.core.canon import sha256_hex
from rehabdesk.core.errors import UserError
from rehabdesk.handover.annex.annex_check_service import CheckedAnnex
from rehabdesk.handover.annex.annex_reading_service import AnnexReading
from rehabdesk.handover.annex.clinician_key_service import ClinicianKeys
from rehabdesk.handover.checking.verdict_model import State
from rehabdesk.handover.content.packet_model import Superseded
from rehabdesk.handover.inbox import inbox_store
from rehabdesk.handover.inbox.inbox_model import FileKind, Handled
from rehabdesk.handover.wire import encode
from rehabdesk.seals import sealing
from tests.handover import sample
from tests.handover.inbox_desk import InboxDesk, express, number, renumbered
from tests.handover.made import MadeSite


@pytest.fixture
def desk(tmp_path: Path, made: MadeSite) -> InboxDesk:
    return InboxDesk(tmp_path, made)


def test_a_packet_is_kept_as_it_was_signed_and_once(desk: InboxDesk, made: MadeSite) -> None:
    with desk.officer() as here:
        first = here.take(made.sealed)
        (row,) = here.inbox.rows()
        assert (first.again, first.received, first.looked.kind) == (False, row.id, FileKind.PACKET)
        assert (row.state, row.handled, row.packet.sha256) == (State.GENUINE, Handled.NEW, sha256_hex(made.packet))
        assert here.inbox.pdf(row) == made.packet
        assert here.inbox.content(row) == made.content()
        seen = row.first_seen
    with desk.officer("calm-harbour") as here:
        reading = AnnexReading(here.desk, here.people, ClinicianKeys(here.desk))
        assert reading.packet_at_hand(row.packet.number) == made.packet, "an annex is judged with it"
        assert reading.packet_at_hand(number(9)) is None
    desk.clock.set(desk.clock.now() + timedelta(days=3))
    with desk.officer("quiet-orchard") as here:
        again = here.take(made.packet)  # the same bytes, without their seal
        assert (again.again, again.received) == (True, row.id)
        (same,) = here.inbox.rows()
        assert same.first_seen == seen, "never moved"
        assert here.inbox.was_read(same).handled is Handled.READ
        assert here.inbox.set_aside(same).handled is Handled.SET_ASIDE
        assert here.inbox.take_up(same).handled is Handled.READ


def test_an_older_version_is_marked_whichever_comes_first(desk: InboxDesk, made: MadeSite) -> None:
    old = made.content()
    named = Superseded(number=old.packet.number, json_sha256=sha256_hex(encode(old)))
    newer = made.signed(renumbered(old, 2, replaces=[named]))
    with desk.officer() as here:
        first = here.take(made.packet).received
        assert here.inbox.row(first).state is State.GENUINE
        second = here.take(newer).received
        assert (here.inbox.row(first).state, here.inbox.row(first).by) == (State.REPLACED, number(2))
        assert here.inbox.row(second).state is State.GENUINE
        staged = here.staging.staged(first)
        with pytest.raises(UserError, match="newer packet replaces"):
            here.staging.match(staged, "0" * 32)
        looked = here.inbox.looking().look(made.packet, "old.pdf")
        verdict = looked.checked.verdict
        assert (verdict.state, verdict.listing and verdict.listing.by) == (State.REPLACED, number(2))
        other_team = replace(old, to=replace(old.to, team="T-HILL"))
        assert here.inbox.held_here().replaced is not None
        desk.team = "T-HILL"
        assert here.inbox.looking().look(made.signed(other_team), "x").checked.verdict.state is State.GENUINE


def test_the_second_signature_makes_no_second_entry(desk: InboxDesk, made: MadeSite) -> None:
    due = sample.ISSUED + timedelta(hours=48)
    content = express(made.content(), due=due)
    pending = made.certified(made.prepared(content))
    with desk.officer() as here:
        first = here.take(pending).received
        row = here.inbox.row(first)
        assert row.state is State.EXPRESS_PENDING
        desk.clock.set(due + timedelta(hours=1))
        with pytest.raises(UserError, match="overdue"):
            here.staging.match(here.staging.staged(first), "0" * 32)
        desk.clock.set(due - timedelta(hours=1))
        whole = made.completed(pending)
        done = here.take(whole)
        assert (done.again, done.received) == (True, first)
        (row,) = here.inbox.rows()
        assert (row.state, row.packet.before) == (State.GENUINE, (sha256_hex(pending),))
        assert here.inbox.pdf(row) == whole
        assert here.take(pending).received == first, "the first bytes lead to the same entry"
        row = here.inbox.row(first)
        assert row.packet.sha256 == sha256_hex(whole), "and never take the second signature away"
        assert row.state is State.GENUINE, "nor what is judged by it"


def test_the_first_signature_may_come_after_the_second(desk: InboxDesk, made: MadeSite) -> None:
    pending = made.certified(made.prepared(express(made.content(), due=sample.ISSUED + timedelta(hours=48))))
    with desk.officer() as here:
        whole = here.take(made.completed(pending)).received
        late = here.take(pending)
        assert (late.again, late.received, late.sentence) == (True, whole, "")
        (row,) = here.inbox.rows()
        assert row.state is State.GENUINE


def test_what_may_not_be_shown_leaves_nothing_on_the_disk(desk: InboxDesk, made: MadeSite) -> None:
    """Of a refused, changed or foreign file there is an entry in the log; of one that is whole, that it was seen."""
    stranger = sealing.seal(made.packet, [sealing.recipient_of(sealing.new_identity())])
    half = made.certified()
    files = {
        State.REFUSED: b"%PDF-1.7\n%%EOF\n",
        State.CHANGED: made.packet + b"\n",
        State.CANNOT_OPEN: stranger,
        State.INCOMPLETE: half,
    }
    with desk.officer() as here:
        before = {file: file.read_bytes() for file in desk.folder.rglob("*") if file.is_file()}
        for state, raw in files.items():
            arrived = here.take(raw, "x.pdf")
            assert (arrived.looked.checked.verdict.state, arrived.received) == (state, "")
        desk.cards = []
        assert here.take(made.packet).looked.checked.verdict.state is State.UNKNOWN_SITE
        desk.cards, desk.team = [made.site_card()], "T-HILL"
        assert here.take(made.packet).looked.checked.verdict.state is State.NOT_FOR_THIS_TEAM
        assert here.inbox.rows() == ()
        index = here.desk.index("team")
        assert set(inbox_store.first_seen(index)) == {sha256_hex(half), sha256_hex(made.packet)}
        assert index.rows("SELECT * FROM inbox_part") == []
        grown = [file for file in desk.folder.rglob("*") if file.is_file() and file not in before]
        assert grown == []
        desk.team = "T-RIVER"
        kept = here.take(made.packet).received
        assert here.inbox.row(kept).state is State.GENUINE, "once the site is known here it is taken in"


def test_certificates_are_judged_when_the_packet_was_first_seen(desk: InboxDesk, made: MadeSite) -> None:
    """A card of today with a list of withdrawn keys: what was seen before is trusted, what comes later is not."""
    with desk.officer() as here:
        received = here.take(made.packet).received
        desk.clock.set(desk.clock.now() + timedelta(days=30))
        desk.cards = [made.site_card(number=2, revoked_at=desk.clock.now() - timedelta(days=10))]
        looked = here.inbox.looking().look(made.packet, "again.pdf")
        assert looked.checked.verdict.state is State.GENUINE
        assert "signer_key_withdrawn_later" in looked.checked.verdict.notes
        other = made.signed(renumbered(made.content(), 7))
        assert here.take(other).looked.checked.verdict.state is State.WITHDRAWN
        assert here.inbox.judged_again(here.inbox.row(received), looked.checked).state is State.GENUINE


def test_a_number_is_given_once(desk: InboxDesk, made: MadeSite) -> None:
    with desk.officer() as here:
        here.take(made.packet)
        other = made.signed(sample.with_head(made.content(), purpose="Another purpose"))
        arrived = here.take(other)
        assert arrived.received == ""
        assert "is here already" in arrived.sentence
        assert len(here.inbox.rows()) == 1


def test_each_file_is_known_by_its_content(desk: InboxDesk, made: MadeSite) -> None:
    form = f"number: {number(1)}\nkind: received\nreceipt_code: 40718253\nq1: yes\n".encode()
    with desk.officer() as here:
        kinds = {
            made.site_card(): FileKind.SITE_CARD,
            form: FileKind.FEEDBACK,
            b"hello": FileKind.OTHER,
        }
        for raw, kind in kinds.items():
            assert here.inbox.looking().look(raw, "file").kind is kind
        assert here.inbox.looking().look(b"age-encryption.org/v1\nx", "RD-X-CX.pdf.age").kind is FileKind.ANNEX
        desk.identities = (sealing.new_identity(), made.identity)
        opened = here.inbox.looking().look(made.sealed, "x").checked
        assert opened.verdict.state is State.GENUINE, "sealed to the key before the newest"


def test_only_a_case_officer_takes_in(desk: InboxDesk, made: MadeSite) -> None:
    with desk.officer() as here:
        here.take(made.packet)
    with desk.officer("silver-reed") as here:
        assert len(here.inbox.rows()) == 1
        with pytest.raises(UserError, match="case officer"):
            here.inbox.looking()
    with desk.officer("plain-lantern") as here, pytest.raises(UserError, match="does not read"):
        here.inbox.rows()


def test_a_training_packet_is_taken_into_no_real_desk(desk: InboxDesk, made: MadeSite) -> None:
    """Genuine by a card that somebody chose by hand, or of a site that is not known: it stays outside (packet.md 2)."""
    person = desk.register()
    with desk.as_login("amber-kite") as adm:
        adm.commit("site_settings", [settings_record(replace(adm.settings(), site="NORD"))])
    with desk.officer() as here:
        for cards, state in ((desk.cards, State.GENUINE), ([], State.UNKNOWN_SITE)):
            desk.cards = cards
            arrived = here.take(made.sealed)
            assert (arrived.looked.checked.verdict.state, arrived.received) == (state, "")
            assert "training packet of an invented site" in arrived.sentence
        assert here.inbox.rows() == ()
        assert here.desk.index("team").rows("SELECT * FROM inbox_part") == []
        annex = sample.annex()
        genuine = here.inbox.looking().look(made.packet, "x").checked.verdict
    with desk.officer("calm-harbour") as here:
        reading = AnnexReading(here.desk, here.people, ClinicianKeys(here.desk))
        checked = CheckedAnnex(verdict=replace(genuine, state=State.GENUINE), sha256="a" * 64, annex=annex)
        with pytest.raises(UserError, match="training packet"):
            reading.keep(checked, person)
