"""States and deeds after the seal: who may do what from where, and what the next status list says of it."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from rehabdesk.access.store import PROJECTION as HOUSE
from rehabdesk.core.canon import digits24
from rehabdesk.core.errors import UserError
from rehabdesk.handover.after import status_list_store
from rehabdesk.handover.after.after_seal_model import Medium, state_on
from rehabdesk.handover.after.after_seal_service import live_packets
from rehabdesk.handover.after.status_list_model import KEPT_AFTER_EXPIRY, ListStatus, WithdrawnBecause
from rehabdesk.handover.after.status_list_service import StatusLists
from rehabdesk.handover.checking.verdict_model import State
from rehabdesk.handover.content.packet_model import Mode
from rehabdesk.handover.packets_model import NEXT, PacketState, require_step
from rehabdesk.handover.trust import trust_store
from rehabdesk.handover.trust.trust_service import Trust
from tests.desks import Site
from tests.handover import sample
from tests.handover.aftermath import Aftermath
from tests.handover.made import MadeSite
from tests.handover.test_brought import WITHDRAWN
from tests.handover.test_brought import signed as signed_list
from tests.handover.workplace import TEAM

S = PacketState


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Aftermath:
    workplace = Aftermath(tmp_path_factory.mktemp("after"))
    workplace.found()
    return workplace


@pytest.fixture(scope="module")
def person(place: Aftermath) -> str:
    return place.register()


# what each deed leads to, and the states from which it may be done
DEEDS = {
    S.DELIVERED: {S.SEALED},
    S.ACKNOWLEDGED: {S.SEALED, S.DELIVERED},
    S.CLOSED: {S.ACKNOWLEDGED},
    S.WITHDRAWN: {S.SEALED, S.DELIVERED, S.ACKNOWLEDGED, S.CLOSED, S.EXPIRED},
    S.SUPERSEDED: {S.SEALED, S.DELIVERED, S.ACKNOWLEDGED, S.CLOSED},
}


@pytest.mark.parametrize("deed", DEEDS)
@pytest.mark.parametrize("state", list(S))
def test_states_and_deeds(state: PacketState, deed: PacketState) -> None:
    if state in DEEDS[deed]:
        require_step(state, deed)
    else:
        with pytest.raises(UserError):
            require_step(state, deed)


def test_nothing_follows_what_counts_no_more() -> None:
    assert [NEXT[state] for state in (S.SUPERSEDED, S.WITHDRAWN)] == [(), ()]


def test_a_packet_expires_by_its_date_alone() -> None:
    last = sample.ISSUED.date()
    late = last + timedelta(days=1)
    assert state_on(S.SEALED, last, last) is S.SEALED
    assert {state_on(state, last, late) for state in (S.SEALED, S.DELIVERED, S.ACKNOWLEDGED)} == {S.EXPIRED}
    for state in (S.DRAFT, S.SIGNED, S.COUNTERSIGNED, S.CLOSED, S.SUPERSEDED, S.WITHDRAWN):
        assert state_on(state, last, late) is state


def test_from_the_seal_to_the_end(place: Aftermath, person: str, tmp_path: Path) -> None:
    packet, _ = place.sealed(person, tmp_path)
    with place.after("green-ferry") as officer:
        today = place.clock.now().date()
        for courier, on, field in ((" ", today, "courier"), ("Awa Diop", today + timedelta(days=1), "on")):
            with pytest.raises(UserError) as problem:
                officer.sealing.deliver(packet, courier=courier, medium=Medium.USB, on=on)
            assert problem.value.field == field
        officer.sealing.deliver(packet, courier="Awa Diop", medium=Medium.USB, on=today)
        assert officer.state(packet) is S.DELIVERED
        with pytest.raises(UserError):
            officer.sealing.close(packet)
        code = officer.receipt_code(packet)
        wrong = f"{(int(code) + 1) % 10**8:08d}"
        for tries in (1, 2, 3):  # logged, and nothing is locked
            with pytest.raises(UserError) as problem:
                officer.sealing.acknowledge(packet, code=wrong, by="Somebody")
            assert problem.value.field == "code"
            assert ("3 times" in problem.value.sentence) is (tries == 3)
        with pytest.raises(UserError, match="eight digits"):
            officer.sealing.acknowledge(packet, code="1234", by="Somebody")
        assert officer.state(packet) is S.DELIVERED
        assert [extra.get("count") for deed, extra in officer.deeds() if deed == "receipt_code_wrong"] == [1, 2, 3]
        officer.sealing.acknowledge(packet, code=f"{code[:4]} {code[4:]}", by="Marième Sow")
        assert officer.state(packet) is S.ACKNOWLEDGED
        officer.sealing.close(packet)
        assert officer.state(packet) is S.CLOSED
        kept = officer.sealing.of(packet)
        assert [each.courier for each in kept.deliveries] == ["Awa Diop"]
        assert [each.by for each in kept.receipts] == ["Marième Sow"]
        assert packet in [row.id for row in officer.shelf.gone()]


def test_a_withdrawn_packet_is_withdrawn_for_whoever_holds_the_list(
    place: Aftermath, person: str, tmp_path: Path
) -> None:
    packet, pdf = place.sealed(person, tmp_path)
    with place.after("silver-reed") as supervisor:
        with pytest.raises(UserError) as problem:
            supervisor.sealing.withdraw(packet, because=WithdrawnBecause.OTHER)
        assert problem.value.field == "words"
        supervisor.sealing.withdraw(packet, because=WithdrawnBecause.CONSENT, words="Said so to his officer.")
        assert supervisor.lists.is_behind()
        assert supervisor.check().check(pdf, moment=place.clock.now()).verdict.state is State.GENUINE
        made = supervisor.lists.make()
        assert not supervisor.lists.is_behind()
        verdict = supervisor.check().check(pdf, moment=place.clock.now()).verdict
        assert (verdict.state, verdict.listing and verdict.listing.reason) == (State.WITHDRAWN, "consent")
        number = supervisor.number(packet)
        entry = next(each for each in supervisor.lists.entries() if each.number == number)
        assert (entry.status, entry.reason) == (ListStatus.WITHDRAWN, WithdrawnBecause.CONSENT)
        assert b"officer" not in supervisor.lists.held()[0]  # what was typed stays here
        notice = supervisor.envelopes.notice(packet)
        assert notice.startswith(b"%PDF")
        assert packet not in [row.id for row in live_packets(supervisor.shelf, person)]
        path = supervisor.lists.save(tmp_path)
    assert path.name == f"DEMO-{made.seq}.rdstatus"
    with place.after("green-ferry") as officer, pytest.raises(UserError):
        officer.sealing.withdraw(packet, because=WithdrawnBecause.ERROR)


def test_what_has_expired_is_withdrawn_while_lists_still_name_it(place: Aftermath, person: str, tmp_path: Path) -> None:
    last = place.clock.now().date() + timedelta(days=10)
    for folder in ("seal", "again"):
        (tmp_path / folder).mkdir()
    packet, pdf = place.sealed(person, tmp_path / "seal", expires=last)
    late, _ = place.sealed(person, tmp_path / "again", expires=last)
    place = place.copied_to(tmp_path / "later")
    place.clock.set(place.clock.now() + timedelta(days=10 + KEPT_AFTER_EXPIRY.days))
    with place.after("silver-reed") as supervisor:
        assert supervisor.state(packet) is S.EXPIRED
        supervisor.sealing.withdraw(packet, because=WithdrawnBecause.ERROR)
        assert supervisor.state(packet) is S.WITHDRAWN
        supervisor.lists.make()
        assert supervisor.check().check(pdf, moment=place.clock.now()).verdict.state is State.WITHDRAWN
        place.clock.set(place.clock.now() + timedelta(days=1))
        with pytest.raises(UserError, match="Call the team"):
            supervisor.sealing.withdraw(late, because=WithdrawnBecause.ERROR)


def test_a_new_packet_replaces_the_old_one_when_it_is_sealed(place: Aftermath, person: str, tmp_path: Path) -> None:
    old, old_pdf = place.sealed(person, tmp_path)
    with place.after("green-ferry") as officer:
        draft = officer.sealing.replace(old)
        typed = next(typed for found, _, typed in officer.packets.drafts.typed(person) if found == draft)
        assert (typed.replaces, typed.team, typed.told, typed.copy) == ((old,), "T-RIVER", "", "")
        officer.packets.drafts.drop(draft)
    new = place.signed(person, replaces=(old,))
    with place.after("green-ferry") as officer:
        assert officer.state(old) is S.SEALED  # until the new one has left
        content = officer.shelf.packet(new).content
        assert [each.number for each in content.packet.supersedes] == [officer.number(old)]
    place.countersigned(new)
    with place.after("silver-reed") as supervisor:
        supervisor.lists.make()
    with place.after("green-ferry") as officer:
        officer.packets.seal(new, tmp_path)
        assert officer.state(old) is S.SUPERSEDED
        assert list(tmp_path.glob("DEMO-*.rdstatus"))  # the newest list goes with every later packet
        with pytest.raises(UserError, match="made for a key"):
            officer.envelopes.close(new)
        successor = officer.sealing.successor(old)
        assert successor is not None
        assert successor.id == new
        with pytest.raises(UserError):
            officer.sealing.replace(old)
        with pytest.raises(UserError, match="supervisor makes"):
            officer.lists.make()
    with place.after("silver-reed") as supervisor:
        supervisor.lists.make()
        verdict = supervisor.check().check(old_pdf, moment=place.clock.now()).verdict
        assert (verdict.state, verdict.listing and verdict.listing.by) == (State.REPLACED, successor.number)


def test_an_envelope_is_a_seal_for_a_team_without_keys(place: Aftermath, person: str, tmp_path: Path) -> None:
    with place.after("green-ferry") as officer:
        officer.trust.teams.take_without_key(replace(TEAM, id="T-PAPER"))
    packet = place.signed(person, mode=Mode.PAPER, team="T-PAPER")
    with place.after("green-ferry") as officer:
        assert all(each.age is None for each in officer.shelf.packet(packet).content.to.recipients)
        with pytest.raises(UserError, match="supervisor must countersign"):
            officer.envelopes.close(packet)
    place.countersigned(packet)
    with place.after("green-ferry") as officer:
        assert officer.envelopes.pages(packet).startswith(b"%PDF")
        officer.envelopes.printed(packet)
        officer.envelopes.close(packet)
        assert officer.state(packet) is S.SEALED
        assert officer.envelopes.code(packet) == digits24(officer.shelf.packet(packet).record.content.encode())
        officer.sealing.acknowledge(packet, code=officer.receipt_code(packet), by="Marième Sow")
        assert officer.state(packet) is S.ACKNOWLEDGED


def test_lists_of_other_sites_only_ever_get_newer(tmp_path: Path, made: MadeSite) -> None:
    site = Site(
        folder=tmp_path / "desk",
        profile=tmp_path / "profile",
        projections=(HOUSE, trust_store.PROJECTION, status_list_store.PROJECTION),
    ).create()
    desk = site.open("case")
    lists = StatusLists(desk, Trust(desk), pinned=lambda: [made.site_card()])
    five = signed_list(made, seq=5)
    assert lists.take(five).seq == 5
    assert lists.take(five).seq == 5
    with pytest.raises(UserError, match="newer list"):
        lists.take(signed_list(made, seq=4))
    with pytest.raises(UserError, match="say different things"):
        lists.take(signed_list(made, WITHDRAWN, seq=5))
    with pytest.raises(UserError, match="not confirmed here"):
        lists.take(signed_list(MadeSite.new(), seq=9))
    with pytest.raises(UserError, match="not a status list"):
        lists.take(made.site_card())
    assert lists.held() == (five,)
    new_root = MadeSite.new()
    after = StatusLists(desk, Trust(desk), pinned=lambda: [new_root.site_card()])
    assert after.held() == (), "what a root before signed is no list of the site that counts now"
    one = signed_list(new_root, seq=1)
    assert after.take(one).seq == 1, "its numbers begin anew"
    assert (after.held(), lists.held()) == ((one,), (five,))
    site.clock.advance(timedelta(days=41))
    assert [(each.site, each.seq, each.own) for each in lists.shown()] == [("DEMO", 5, False)]
    assert lists.shown()[0].age_days >= 40
    desk = site.open("psy")
    with pytest.raises(UserError, match="take status lists"):
        StatusLists(desk, Trust(desk), pinned=lambda: [made.site_card()]).take(five)
    site.close()
