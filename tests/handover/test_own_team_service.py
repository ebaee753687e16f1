"""The keys for receiving: letters to those who open what arrives, a card, renewal, newcomers and those who left."""

from dataclasses import replace
from datetime import timedelta

import pytest

from rehabdesk.access.members_service import add_member
from rehabdesk.access.model import Role
from rehabdesk.core.canon import unb64
from rehabdesk.core.errors import UserError
from rehabdesk.core.payload import to_payload
from rehabdesk.handover.checking.child_service import read_team_card
from rehabdesk.handover.trust import trust_store as store
from rehabdesk.handover.trust.cards_model import OpensWith
from rehabdesk.handover.trust.own_team_service import OwnTeam
from rehabdesk.handover.trust.trust_model import Channel
from rehabdesk.seals import sealing
from rehabdesk.seals.cards import content_of, examine_card, sign_card
from tests.desks import CHEAP, START, founder
from tests.handover.workplace import Workplace


def test_each_holder_opens_the_same_keys_and_others_are_told_whom_to_ask(founded: Workplace) -> None:
    with founded.open("green-ferry") as officer:
        with pytest.raises(UserError, match="Only an administrator"):
            OwnTeam(officer.desk).found()
        with pytest.raises(UserError, match="no keys for receiving packets yet"):
            OwnTeam(officer.desk).identity()
        assert OwnTeam(officer.desk).identities() == ()
    with founded.open("amber-kite") as adm:
        made = OwnTeam(adm.desk).found()
        with pytest.raises(UserError, match="already"):
            OwnTeam(adm.desk).found()
    identities = set()
    for sign_in in ("green-ferry", "silver-reed", "amber-kite"):
        with founded.open(sign_in) as member:
            identities.add(OwnTeam(member.desk).identity())
    (identity,) = identities
    assert sealing.recipient_of(identity) == made.recipient
    with founded.open("calm-harbour") as psychologist:
        own = OwnTeam(psychologist.desk)
        assert not own.may_read()
        for closed in (own.identity, own.receipt_key, own.hand_over):
            with pytest.raises(UserError, match="Ask one of them"):
                closed()
    for file in founded.site.folder.rglob("*"):
        if file.is_file():
            assert identity.encode() not in file.read_bytes()


def test_the_card_is_one_that_others_take_and_receipts_are_signed_by_its_key(founded: Workplace) -> None:
    with founded.open("silver-reed") as supervisor:
        own = OwnTeam(supervisor.desk)
        own.found(name="Reception of the Three Wells")
        read = read_team_card(own.card(), founded.clock.now())
        assert (read.card.team.id, read.card.team.name) == ("DEMO-IN", "Reception of the Three Wells")
        assert (read.card.opens_with, read.card.age) == (OpensWith.AGE, (own.standing().recipient,))
        key = own.receipt_key()
        receipt = sign_card(b"{}", key=key.pair, root=None, at=founded.clock.now())
        found = examine_card(receipt, roots=(), crls=(), moment=founded.clock.now())
        assert found.self_signed
        assert unb64(own.standing().certificate) == key.pair.certificate
        assert own.standing().certificate.encode() in content_of(own.card())


def test_a_card_that_has_ended_signs_no_receipt_until_it_is_renewed(founded: Workplace) -> None:
    with founded.open("silver-reed") as supervisor:
        own = OwnTeam(supervisor.desk)
        own.found()
        founded.clock.set(own.receipts_until() - timedelta(seconds=1))
        supervisor.trust.clock.confirm()
        own.receipt_key()
        founded.clock.advance(timedelta(seconds=1))
        with pytest.raises(UserError, match="renews it in Sites and teams"):
            own.receipt_key()
        assert own.identity(), "what arrives can still be opened"
        own.rotate()
        own.receipt_key()


def test_renewed_keys_read_what_was_sealed_before(founded: Workplace) -> None:
    with founded.open("amber-kite") as adm:
        own = OwnTeam(adm.desk)
        own.found()
        first, card = own.identity(), own.card()
        founded.clock.advance(timedelta(days=1))
        renewed = own.rotate()
        assert renewed.seq == 2
        assert own.identities() == (own.identity(), first)
        assert own.identity() != first
    with founded.open("green-ferry") as officer:
        sealed = sealing.seal(b"%PDF-", [sealing.recipient_of(first)])
        opened = [sealing.open_sealed(sealed, each) for each in OwnTeam(officer.desk).identities()[1:]]
        assert opened == [b"%PDF-"]
        teams = officer.trust.teams
        taken = teams.keep_card(card, read_team_card(card, START + timedelta(days=1)))
        teams.confirm(
            taken.id, digits=taken.digits, their_name="A. Barry", channel=Channel.FACE_TO_FACE, on=START.date()
        )
        renewed_card = OwnTeam(officer.desk).card()
        newer = teams.keep_card(renewed_card, read_team_card(renewed_card, founded.clock.now()))
        assert newer.confirmation is None, "a new key needs the ceremony again"
        with pytest.raises(UserError, match="older than the one held"):
            teams.keep_card(card, read_team_card(card, START + timedelta(days=1)))
        assert teams.use_confirmed_again(taken.id).digits == taken.digits
        with pytest.raises(UserError, match="no earlier key"):
            teams.use_confirmed_again(taken.id)


def test_a_newcomer_is_handed_every_generation_and_somebody_who_left_is_named(founded: Workplace) -> None:
    with founded.open("amber-kite") as adm:
        own = OwnTeam(adm.desk)
        own.found()
        own.rotate()
        assert own.joined() == ()
        signers = [founded.site.keys("silver-reed"), founded.site.keys("green-ferry")]
        uid = add_member(adm.desk, founder("new-officer", Role.CO), signers, founded.site.means, CHEAP)
        assert own.joined() == (uid,)
    with founded.open("new-officer") as newcomer, pytest.raises(UserError, match="hands it to you in Sites and teams"):
        OwnTeam(newcomer.desk).identity()
    with founded.open("quiet-orchard") as officer:
        assert OwnTeam(officer.desk).hand_over() == (uid,)
        assert OwnTeam(officer.desk).hand_over() == ()
    with founded.open("new-officer") as newcomer:
        own = OwnTeam(newcomer.desk)
        assert len(own.identities()) == 2
        held, rid = own.standing(), store.all_of(newcomer.trust.own_site.house, store.OWN_TEAM, type(own.standing()))
        gone = replace(held, sealed={**held.sealed, "ugoneaway": "AAAA"})
        newcomer.desk.commit(
            "hand_over_own_team", [newcomer.trust.own_site.record(store.OWN_TEAM, to_payload(gone), rid[0][0])]
        )
        assert own.left() == ("ugoneaway",)
    with founded.open("silver-reed") as supervisor:
        own = OwnTeam(supervisor.desk)
        own.rotate()
        assert own.left() == (), "new keys go to those who work here"
