"""Root, certificates and teams: two people, seen in person, compared by a second channel."""

from pathlib import Path

import pytest

from rehabdesk.access.model import Role
from rehabdesk.app import PROJECTIONS
from rehabdesk.core.canon import dump, sha256_hex, unb64
from rehabdesk.core.errors import SealBroken, UserError
from rehabdesk.db.projection import HOUSE
from rehabdesk.handover.service import Packets
from rehabdesk.handover.trust import trust_store
from rehabdesk.handover.trust.trust_model import SITE_ROOT, CardKey, Channel, KeyState
from rehabdesk.handover.trust.trust_service import Trust
from rehabdesk.people.service import People
from rehabdesk.seals import certificates, sealing, site_root
from rehabdesk.seals.wrap import hpke_open
from tests.desks import START, Site
from tests.handover.workplace import TEAM, Workplace

POINT = b"\x09" + bytes(31)


@pytest.fixture
def place(tmp_path: Path) -> Workplace:
    return Workplace(tmp_path)


def test_the_root_is_made_by_an_administrator_and_a_supervisor(place: Workplace) -> None:
    with place.open("amber-kite") as adm:
        for other in ("amber-kite", "green-ferry"):
            with pytest.raises(UserError, match="must both be here"):
                adm.trust.found_site(place.site.keys(other), contact="Duty desk")
        standing = adm.trust.found_site(place.site.keys("silver-reed"), contact="Duty desk")
        with pytest.raises(UserError, match="already"):
            adm.trust.found_site(place.site.keys("silver-reed"), contact="Duty desk")
        assert adm.trust.site() == standing
        assert adm.trust.site_digits() == certificates.site_digits(unb64(standing.root))
    kept = (place.site.folder / SITE_ROOT).read_bytes()
    assert unb64(standing.root) == site_root.root_certificate(kept, vault=adm.desk.vault_id)


def test_one_person_alone_never_opens_the_root(place: Workplace) -> None:
    place.found()
    with place.open("amber-kite") as adm:
        with pytest.raises(UserError, match="must both be here"):
            adm.trust.issue(place.uids["green-ferry"], adm.desk.keys, seen_in_person=True)
        with pytest.raises(UserError, match="must both be here"):
            adm.trust.issue(place.uids["green-ferry"], place.site.keys("green-ferry"), seen_in_person=True)
        with pytest.raises(UserError, match="seen the person"):
            adm.trust.issue(place.uids["green-ferry"], place.site.keys("silver-reed"), seen_in_person=False)
        with pytest.raises(UserError, match="has not asked"):
            adm.trust.issue(place.uids["calm-harbour"], place.site.keys("silver-reed"), seen_in_person=True)


def test_a_certificate_names_person_and_role_and_its_key_stays_with_the_login(place: Workplace) -> None:
    place.found()
    with place.open("green-ferry") as officer:
        key = officer.trust.signing_key()
        facts = certificates.facts(key.pair.certificate)
        assert (facts.unit, facts.name, facts.organisation) == (
            "CO",
            "Name of green-ferry",
            "Residence of the Three Wells",
        )
        assert facts.sha256 == sha256_hex(key.pair.certificate)
    for file in place.site.folder.rglob("*"):
        if file.is_file():
            assert key.pair.private not in file.read_bytes()


def test_who_signs_nothing_gets_no_certificate(place: Workplace) -> None:
    with place.open("amber-kite") as adm, pytest.raises(UserError, match="Only case officers"):
        adm.trust.request_certificate()
    with place.open("calm-harbour") as psychologist, pytest.raises(UserError, match="no signing key yet"):
        psychologist.trust.signing_key()


def test_an_exchanged_root_file_stops_signing(place: Workplace) -> None:
    place.found()
    other = certificates.make_root(site_name="Residence of the Three Wells", country="XX", at=START)
    with place.open("green-ferry") as officer:
        exchanged = site_root.seal_root(
            other, vault=officer.desk.vault_id, administrators={"a": POINT}, supervisors={"b": POINT}
        )
        (place.site.folder / SITE_ROOT).write_bytes(exchanged)
        with pytest.raises(SealBroken, match="replaced"):
            officer.trust.signing_key()


def test_a_team_card_counts_after_the_ceremony_only(place: Workplace) -> None:
    place.found()
    with place.open("quiet-orchard") as officer:
        team = officer.trust.teams.take_card(place.team_card(sealing.new_identity()))
        with pytest.raises(UserError, match="not confirmed"):
            officer.trust.teams.team("T-RIVER").require_confirmed()
        with pytest.raises(UserError, match="not the digits"):
            officer.trust.teams.confirm(
                "T-RIVER",
                digits="0000-0000-0000-0000-0000-0000",
                their_name="Marième Sow",
                channel=Channel.CALL_BACK,
                on=START.date(),
            )
        spoken = team.digits.replace("-", " ")
        officer.trust.teams.confirm(
            "T-RIVER", digits=spoken, their_name="Marième Sow", channel=Channel.FACE_TO_FACE, on=START.date()
        )
        officer.trust.teams.team("T-RIVER").require_confirmed()
        assert len(officer.trust.teams.all()) == 1


def test_a_bare_key_is_taken_and_a_broken_card_is_not(place: Workplace) -> None:
    with place.open("green-ferry") as officer:
        key = sealing.recipient_of(place.identity)
        assert officer.trust.teams.take_key(TEAM, f" {key}\n").age == (key,)
        with pytest.raises(UserError, match="not an age key") as refused:
            officer.trust.teams.take_key(TEAM, key[:-1])
        assert refused.value.field == "key"
        card = bytearray(place.team_card())
        card[len(card) // 2] ^= 1
        for broken in (bytes(card), b"", b"%PDF-1.7"):
            with pytest.raises(UserError, match="not a team card"):
                officer.trust.teams.take_card(broken)
    with place.open("calm-harbour") as psychologist, pytest.raises(UserError, match="keep the keys of teams"):
        psychologist.trust.teams.take_key(TEAM, key)


def test_another_supervisor_opens_the_root_with_the_own_half(place: Workplace) -> None:
    place.found()
    with place.open("green-ferry") as officer:
        officer.trust.request_certificate()
    with place.open("second-sup") as supervisor:
        issued = supervisor.trust.issue(place.uids["green-ferry"], place.site.keys("amber-kite"), seen_in_person=True)
    assert issued.issued_by == (place.uids["second-sup"], place.uids["amber-kite"])


def test_the_card_key_is_a_letter_to_those_who_hand_out_cards(place: Workplace) -> None:
    place.found()
    with place.open("second-sup") as supervisor:
        held = trust_store.newest(supervisor.desk.index(HOUSE), trust_store.CARD_KEY, CardKey)
        assert held is not None
        uid, vault = supervisor.desk.uid, supervisor.desk.vault_id
        private = hpke_open(
            supervisor.desk.keys.identity.private_x, unb64(held.sealed[uid]), dump(["rd/cardkey/1", vault, uid])
        )
        facts = certificates.facts(unb64(held.certificate))
        assert facts.key_sha256 == sha256_hex(certificates.public_key(private))
        assert place.uids["green-ferry"] not in held.sealed


def test_a_clinical_supervisor_signs_annexes_as_the_psychologist_that_she_is(tmp_path: Path) -> None:
    """CSUP is PSY and cosigns besides (domain.md 4.1); readers know PSY alone as the author of an annex."""
    staff = (("silver-reed", Role.SUP), ("amber-kite", Role.ADM), ("still-water", Role.CSUP))
    site = Site(folder=tmp_path / "desk", profile=tmp_path / "profile", projections=PROJECTIONS).create(staff)
    trust = Trust(site.open("amber-kite"))
    trust.found_site(site.keys("silver-reed"), contact="Duty desk")
    asked = Trust(site.open("still-water")).request_certificate()
    assert asked.staff_role == "PSY"
    trust = Trust(site.open("amber-kite"))
    assert [each.uid for each in trust.requests()] == [asked.uid]
    trust.issue(asked.uid, site.keys("silver-reed"), seen_in_person=True)
    desk = site.open("still-water")
    trust = Trust(desk)
    assert certificates.facts(trust.signing_key().pair.certificate).unit == "PSY"
    line = trust.keys.own_line()
    assert line is not None
    assert line.state is KeyState.GOOD
    named = Packets(desk, People(desk), trust).annexes.psychologists()
    assert [uid for uid, _ in named] == [asked.uid], "she can be asked for one"
    site.close()
