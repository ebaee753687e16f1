"""What two people do with the root: withdraw a key, renew the list, the card and its key, hand the root over."""

from datetime import timedelta

import pytest

from rehabdesk.access.members_service import add_member
from rehabdesk.access.model import Role
from rehabdesk.core.canon import sha256_hex, unb64
from rehabdesk.core.errors import NoKey, SealBroken, UserError
from rehabdesk.handover.checking.child_service import read_site_card
from rehabdesk.handover.checking.verdict_model import OTHER_ROOT, PAST_EXPIRY, State
from rehabdesk.handover.inbox.inbox_model import HeldHere
from rehabdesk.handover.packets_model import PacketState
from rehabdesk.handover.trust.sites_service import Sites
from rehabdesk.handover.trust.trust_model import SITE_ROOT, KeyState, WithdrawnBecause
from rehabdesk.seals import certificates, site_root
from rehabdesk.seals.examiner import examine
from rehabdesk.seals.findings import Trust
from tests.desks import CHEAP, founder
from tests.handover.inbox_desk import InProcess
from tests.handover.workplace import Signed, Workplace

YEAR = timedelta(days=365)


@pytest.fixture
def place(founded: Workplace) -> Workplace:
    return founded


def serial_of(signed: Signed, uid: str) -> str:
    issued = signed.trust.keys.newest(uid)
    assert issued is not None
    return certificates.facts(unb64(issued.certificate)).serial


def test_a_withdrawn_key_is_on_the_next_list_and_card_and_signs_nothing_more(place: Workplace) -> None:
    officer = place.uids["green-ferry"]
    with place.open("green-ferry") as asks:
        asked = asks.trust.keys.request()
    with place.open("amber-kite") as adm:
        before, other = adm.trust.site(), place.site.keys("silver-reed")
        serial = serial_of(adm, officer)
        for alone in ("amber-kite", "green-ferry"):
            with pytest.raises(UserError, match="must both be here"):
                adm.trust.authority.withdraw(serial, place.site.keys(alone), because=WithdrawnBecause.LEFT)
        assert adm.trust.site() == before, "nothing happens while only one of the two is here"
        after = adm.trust.authority.withdraw(serial, other, because=WithdrawnBecause.KEY_LOST)
        assert (after.number, after.seq) == (before.number + 1, before.seq + 1)
        facts = certificates.list_facts(unb64(after.crl), unb64(after.root))
        assert (facts.number, set(facts.revoked)) == (after.number, {serial})
        assert facts.next_due - facts.issued == timedelta(days=400)
        card = read_site_card(adm.trust.site_card(), place.clock.now())
        assert (card.seq, card.crl) == (after.seq, unb64(after.crl))
        with pytest.raises(UserError, match="withdrawn already"):
            adm.trust.authority.withdraw(serial, other, because=WithdrawnBecause.LEFT)
        with pytest.raises(UserError, match="no such key"):
            adm.trust.authority.withdraw("ff", other, because=WithdrawnBecause.LEFT)
        second = serial_of(adm, place.uids["second-sup"])
        adm.trust.authority.withdraw(second, other, because=WithdrawnBecause.ROLE_CHANGED)
        last = adm.trust.site()
        assert set(certificates.list_facts(unb64(last.crl), unb64(last.root)).revoked) == {serial, second}
        assert adm.trust.certificate_of(officer) is None
        with pytest.raises(UserError, match="withdrawn already"):
            adm.trust.issue(officer, other, seen_in_person=True)
    with place.open("green-ferry") as withdrawn:
        with pytest.raises(UserError, match="was withdrawn on"):
            withdrawn.trust.signing_key()
        assert withdrawn.trust.keys.request().public != asked.public, "a key that was withdrawn comes back no more"


def test_a_packet_of_a_withdrawn_signer_is_withdrawn_for_who_sees_it_later(place: Workplace) -> None:
    person = place.register()
    packet = place.signed(person)
    place.countersigned(packet)
    with place.open("amber-kite") as adm:
        first_seen = place.clock.now()
        place.clock.advance(timedelta(hours=1))
        older, serial = adm.trust.site(), serial_of(adm, place.uids["green-ferry"])
        newer = adm.trust.authority.withdraw(serial, place.site.keys("silver-reed"), because=WithdrawnBecause.KEY_LOST)
        later, root = place.clock.now() + timedelta(minutes=5), unb64(newer.root)
    with place.open("green-ferry") as officer:
        pdf = officer.packets.shelf.signed_pdf(packet, PacketState.COUNTERSIGNED)
    for held, seen, trust in (
        (older, later, Trust.TRUSTED),  # as fresh as the list
        (newer, later, Trust.REVOKED),
        (newer, first_seen, Trust.TRUSTED),
    ):
        assert examine(pdf, roots=(root,), crls=(unb64(held.crl),), moment=seen).trust is trust


def test_a_list_is_renewed_with_what_is_on_it(place: Workplace) -> None:
    with place.open("amber-kite") as adm:
        other, serial = place.site.keys("silver-reed"), serial_of(adm, place.uids["green-ferry"])
        adm.trust.authority.withdraw(serial, other, because=WithdrawnBecause.LEFT)
        assert not adm.trust.own_site.health().list_is_old
        place.clock.advance(timedelta(days=301))
        assert adm.trust.own_site.health().list_is_old
        renewed = adm.trust.authority.renew_list(other)
        assert not adm.trust.own_site.health().list_is_old
        facts = certificates.list_facts(unb64(renewed.crl), unb64(renewed.root))
        assert (facts.number, set(facts.revoked)) == (3, {serial})


def test_the_card_is_renewed_by_one_and_its_key_by_two(place: Workplace) -> None:
    with place.open("silver-reed") as supervisor:
        before = supervisor.trust.site()
        after = supervisor.trust.authority.renew_card(contact="Night desk")
        assert (after.root, after.crl, after.number) == (before.root, before.crl, before.number)
        card = read_site_card(supervisor.trust.site_card(), place.clock.now())
        assert (card.seq, card.site.contact) == (before.seq + 1, "Night desk")
        place.clock.advance(2 * YEAR - timedelta(days=61))
        supervisor.trust.clock.confirm()
        assert not supervisor.trust.own_site.health().card_key_ends_soon
        place.clock.advance(timedelta(days=30))
        assert supervisor.trust.own_site.health().card_key_ends_soon
        with pytest.raises(UserError, match="must both be here"):
            supervisor.trust.authority.renew_card_key(supervisor.desk.keys)
        renewed = supervisor.trust.authority.renew_card_key(place.site.keys("amber-kite"))
        health = supervisor.trust.own_site.health()
        assert not health.card_key_ends_soon
        assert (renewed.seq, health.list_made) == (before.seq + 2, before.issued.date())
        assert read_site_card(supervisor.trust.site_card(), place.clock.now()).site.contact == "Night desk"
    with place.open("green-ferry") as officer, pytest.raises(UserError, match="Only administrators"):
        officer.trust.authority.renew_card(contact="x")


def test_who_joins_gets_the_root_and_who_left_loses_it(place: Workplace) -> None:
    """A new supervisor is admitted; in the file there is also a half of somebody who is none any more."""
    with place.open("amber-kite") as adm:
        other = place.site.keys("silver-reed")
        uid = add_member(
            adm.desk, founder("third-sup", Role.SUP), [other, place.site.keys("green-ferry")], place.site.means, CHEAP
        )
        root = adm.trust.own_site.open_root(other)
        halves = {one: adm.desk.keys.statement.users[one].x for one in adm.desk.keys.statement.admins if one != uid}
        halves_a = {place.uids["amber-kite"]: halves.pop(place.uids["amber-kite"])}
        gone = {"ugoneaway": b"\x09" + bytes(31)}
        content = site_root.seal_root(root, vault=adm.desk.vault_id, administrators=halves_a | gone, supervisors=halves)
        (place.site.folder / SITE_ROOT).write_bytes(content)
        health = adm.trust.own_site.health()
        assert (health.joined, health.left) == ((uid,), ("ugoneaway",))
    with place.open("third-sup") as newcomer:
        with pytest.raises(NoKey, match="half of the site root"):
            newcomer.trust.authority.renew_list(place.site.keys("amber-kite"))
        with pytest.raises(NoKey, match="card key"):
            newcomer.trust.authority.renew_card(contact="x")
    with place.open("silver-reed") as supervisor:
        supervisor.trust.authority.hand_over(place.site.keys("amber-kite"))
        health = supervisor.trust.own_site.health()
        assert (health.joined, health.left) == ((), ())
    with place.open("third-sup") as newcomer:
        newcomer.trust.authority.renew_list(place.site.keys("amber-kite"))
        newcomer.trust.authority.renew_card(contact="Third desk")
    assert b"ugoneaway" not in (place.site.folder / SITE_ROOT).read_bytes()


def test_a_key_is_renewed_with_the_same_or_another_key(place: Workplace) -> None:
    uid = place.uids["green-ferry"]
    with place.open("green-ferry") as officer:
        first = officer.trust.signing_key()
        officer.trust.keys.request()
        assert officer.trust.keys.waits()
    with place.open("amber-kite") as adm:
        assert [request.uid for request in adm.trust.requests()] == [uid]
        adm.trust.issue(uid, place.site.keys("silver-reed"), seen_in_person=True)
        assert adm.trust.requests() == ()
    with place.open("green-ferry") as officer:
        second = officer.trust.signing_key()
        assert second.pair.private == first.pair.private
        assert second.pair.certificate != first.pair.certificate
        officer.trust.keys.request(new_key=True)
        assert officer.trust.signing_key() == second, "the key in use stays in use until the new one is certified"
    with place.open("amber-kite") as adm:
        adm.trust.issue(uid, place.site.keys("silver-reed"), seen_in_person=True)
        states = [line.state for line in adm.trust.keys.lines() if line.uid == uid]
        assert sorted(states) == [KeyState.GOOD, KeyState.OLDER, KeyState.OLDER]
    with place.open("green-ferry") as officer:
        third = officer.trust.signing_key()
        assert third.pair.private != first.pair.private
        officer.trust.keys.request()
        assert officer.trust.signing_key() == third
        assert officer.trust.keys.requests()[0].public != ""
        assert sha256_hex(unb64(officer.trust.requests()[0].public)) == sha256_hex(
            certificates.public_key(third.pair.private)
        )


def test_a_key_that_ends_soon_is_told_and_one_that_ended_signs_nothing(place: Workplace) -> None:
    with place.open("green-ferry") as officer:
        line = officer.trust.keys.own_line()
        assert line is not None
        assert line.state is KeyState.GOOD
        officer.trust.keys.require_not_outlived(line.until, (line.uid,))
        with pytest.raises(UserError, match="would outlive the signing key") as refused:
            officer.trust.keys.require_not_outlived(line.until + timedelta(days=1), (line.uid,))
        assert refused.value.field == "expires"
        place.clock.advance(2 * YEAR - timedelta(days=59))
        soon = officer.trust.keys.own_line()
        assert soon is not None
        assert soon.state is KeyState.ENDS_SOON
        officer.trust.clock.confirm()
        officer.trust.signing_key()
        place.clock.advance(timedelta(days=60))
        ended = officer.trust.keys.own_line()
        assert ended is not None
        assert ended.state is KeyState.ENDED
        with pytest.raises(UserError, match="signing key ended on"):
            officer.trust.signing_key()


def test_a_file_of_another_root_opens_for_nobody(place: Workplace) -> None:
    with place.open("amber-kite") as adm:
        (place.site.folder / SITE_ROOT).write_bytes(
            site_root.seal_root(
                certificates.make_root(site_name="Other", country="XX", at=place.clock.now()),
                vault=adm.desk.vault_id,
                administrators={place.uids["amber-kite"]: b"\x09" + bytes(31)},
                supervisors={place.uids["silver-reed"]: b"\x09" + bytes(31)},
            )
        )
        with pytest.raises(SealBroken, match="replaced"):
            adm.trust.authority.renew_list(place.site.keys("silver-reed"))


def test_after_ten_years_two_people_make_a_new_root(place: Workplace) -> None:
    """Members ask anew, the card has other digits, and what was signed under the old root is still checked here."""
    packet = place.signed(place.register())
    place.countersigned(packet)
    with place.open("green-ferry") as officer:
        pdf, first = officer.packets.shelf.newest_pdf(packet), officer.trust.site_digits()
        seen = place.clock.now()
    place.clock.set(seen + 9 * YEAR + timedelta(days=30))
    with place.open("amber-kite") as adm:
        other = place.site.keys("silver-reed")
        adm.trust.clock.confirm()
        before = adm.trust.site()
        adm.trust.authority.renew_root(other)
        after = adm.trust.site()
        assert (after.seq, after.number) == (before.seq + 1, before.number + 1)
        assert adm.trust.site_digits() != first
        with pytest.raises(UserError, match="more than a year"):
            adm.trust.authority.renew_root(other)
        read_site_card(adm.trust.site_card(), place.clock.now())
    with place.open("green-ferry") as officer:
        with pytest.raises(UserError, match="new root since"):
            officer.trust.signing_key()
        assert officer.trust.certificate_of(officer.desk.uid) is None
        line = officer.trust.keys.own_line()
        assert line is not None
        assert line.state is KeyState.ENDED
        officer.trust.request_certificate()
    with place.open("amber-kite") as adm:
        (asked,) = adm.trust.requests()
        adm.trust.issue(asked.uid, place.site.keys("silver-reed"), seen_in_person=True)
    with place.open("green-ferry") as officer:
        key = officer.trust.signing_key()
        assert certificates.is_of(key.pair.certificate, unb64(officer.trust.site().root))
        held = HeldHere(first_seen={sha256_hex(pdf): seen})
        sites = Sites(officer.desk)
        check = InProcess(sites.pinned(), former=sites.former())
        found = check.check(pdf, moment=seen + timedelta(days=1), held=held).verdict
        assert (found.state, found.reasons) == (State.GENUINE, ())
        now = check.check(pdf, moment=place.clock.now(), held=held).verdict
        assert (now.state, now.reasons) == (State.OUT_OF_DATE, (PAST_EXPIRY,)), "its day is over, its root is not asked"
        late = check.check(pdf, moment=place.clock.now()).verdict
        assert (late.state, late.reasons[0]) == (State.REFUSED, OTHER_ROOT), "nobody saw it in the time of that root"
