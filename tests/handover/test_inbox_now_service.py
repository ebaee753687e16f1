"""A line of the Inbox says what a new look at the packet would say, and no packet is parsed for it."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from rehabdesk.core.canon import b64
from rehabdesk.handover import wire
from rehabdesk.handover.after.status_list_model import ListEntry, ListStatus
from rehabdesk.handover.checking.former_model import FormerCard
from rehabdesk.handover.checking.verdict_model import LIST_EXPIRED, OTHER_ROOT, State
from rehabdesk.handover.inbox.inbox_now_service import judged_now, trust_now
from rehabdesk.seals import certificates
from rehabdesk.seals.cards import sign_card
from rehabdesk.seals.certificates import RevocationReason, Revoked
from tests.handover import sample
from tests.handover.inbox_desk import InboxDesk, Receiving, express, number
from tests.handover.made import MadeSite
from tests.handover.test_brought import WITHDRAWN, listed, signed

REPLACED = ListEntry(number=sample.NUMBER, status=ListStatus.SUPERSEDED, date_=date(2026, 11, 20), by=number(2))


@pytest.fixture
def desk(tmp_path: Path, made: MadeSite) -> InboxDesk:
    return InboxDesk(tmp_path, made)


def with_keys(made: MadeSite, *, days: int) -> bytes:
    """A status list that carries a newer list of withdrawn keys: the author's key went `days` after all was made."""
    serial = certificates.facts(made.author.pair.certificate).serial
    gone = Revoked(serial=serial, at=made.at + timedelta(days=days), reason=RevocationReason.LEFT)
    crl = certificates.revocation_list(made.root, number=5, at=made.at + timedelta(days=days), revoked=[gone])
    content = wire.encode(replace(listed(made, seq=5), crl=b64(crl)))
    return sign_card(content, key=made.card_key.pair, root=made.root.certificate, at=made.at)


def change(desk: InboxDesk, **values: object) -> Callable[[], None]:
    def do() -> None:
        desk.__dict__.update(values)

    return do


def changes(desk: InboxDesk, made: MadeSite) -> Iterator[tuple[Callable[[], None], State]]:
    """What may happen without anybody looking at the packet, and what it is then."""
    yield change(desk), State.GENUINE
    yield change(desk, lists=[signed(made, WITHDRAWN, seq=2)]), State.WITHDRAWN
    yield change(desk, lists=[signed(made, REPLACED, seq=3)]), State.REPLACED
    yield change(desk, lists=[with_keys(made, days=-1)]), State.WITHDRAWN
    yield change(desk, lists=[with_keys(made, days=3)]), State.GENUINE
    yield change(desk, lists=[], cards=[]), State.UNKNOWN_SITE
    yield change(desk, cards=[made.site_card(site="NORD")]), State.REFUSED
    yield change(desk, cards=[made.site_card()], team="T-HILL"), State.NOT_FOR_THIS_TEAM
    yield change(desk, team="T-RIVER"), State.GENUINE
    yield lambda: desk.clock.set(desk.clock.now() + timedelta(days=300)), State.OUT_OF_DATE


def test_a_line_says_what_a_new_look_says(desk: InboxDesk, made: MadeSite) -> None:
    with desk.officer() as here:
        received = here.take(made.packet).received
        for happens, state in changes(desk, made):
            happens()
            (row,) = here.inbox.rows()
            looked = here.inbox.looking_again().look(made.packet, "again").checked.verdict.state
            assert (row.state, looked) == (state, state)
            assert row.packet.state is State.GENUINE, "nobody has opened it"
            assert here.inbox.row(received).state is state


def after_a_new_root(desk: InboxDesk, made: MadeSite, seen: datetime) -> Iterator[tuple[Callable[[], None], State]]:
    """The site has another root since; the packet came in the time of the one before."""
    new, late = MadeSite.new(made.at), seen + timedelta(hours=1)

    def before(*lists: bytes, until: datetime = late) -> Callable[[], None]:
        return change(desk, former=[FormerCard(card=made.site_card(), until=until, lists=lists)])

    yield change(desk, cards=[new.site_card()]), State.REFUSED
    yield before(), State.GENUINE
    yield before(signed(made, seq=2)), State.GENUINE
    yield before(with_keys(made, days=-1)), State.WITHDRAWN
    yield before(signed(made, WITHDRAWN, seq=2)), State.WITHDRAWN
    yield change(desk, lists=[signed(new, seq=2)]), State.WITHDRAWN
    yield before(), State.GENUINE
    yield change(desk, lists=[signed(new, WITHDRAWN, seq=3)]), State.WITHDRAWN
    yield change(desk, lists=[]), State.GENUINE
    yield before(until=seen), State.REFUSED


def test_a_new_root_of_the_site_takes_nothing_from_what_was_seen_before(desk: InboxDesk, made: MadeSite) -> None:
    with desk.officer() as here:
        received = here.take(made.packet).received
        for happens, state in after_a_new_root(desk, made, here.inbox.row(received).first_seen):
            happens()
            looked = here.inbox.looking_again().look(made.packet, "again").checked.verdict.state
            assert (here.inbox.row(received).state, looked) == (state, state)


def test_what_comes_after_the_new_root_is_not_believed_for_the_former_one(desk: InboxDesk, made: MadeSite) -> None:
    """Its keys that were withdrawn since stand on the list of the new root only."""
    desk.former = [FormerCard(card=made.site_card(), until=desk.clock.now())]
    desk.cards = [MadeSite.new(made.at).site_card()]
    with desk.officer() as here:
        verdict = here.inbox.looking().look(made.packet, "late").checked.verdict
        assert (verdict.state, verdict.reasons[0]) == (State.REFUSED, OTHER_ROOT)


def test_one_signature_that_stays_alone(desk: InboxDesk, made: MadeSite) -> None:
    due = sample.ISSUED + timedelta(hours=48)
    with desk.officer() as here:
        here.take(made.certified(made.prepared(express(made.content(), due=due))))
        assert here.inbox.rows()[0].state is State.EXPRESS_PENDING
        desk.clock.set(due + timedelta(seconds=1))
        assert here.inbox.rows()[0].state is State.INCOMPLETE


def test_what_was_kept_before_findings_were_is_judged_by_lists_and_day(desk: InboxDesk, made: MadeSite) -> None:
    with desk.officer() as here:
        here.take(made.packet)
        old = older(here)
        assert old(State.GENUINE) is State.GENUINE
        assert old(State.UNKNOWN_SITE, LIST_EXPIRED) is State.UNKNOWN_SITE, "until somebody opens it"
        desk.lists = [signed(made, WITHDRAWN, seq=2)]
        assert old(State.GENUINE) is State.WITHDRAWN


def older(here: Receiving) -> Callable[..., State]:
    """The state of the packet as it was written by the first version."""

    def judged(state: State, *reasons: str) -> State:
        row, trusted = here.inbox.rows()[0], here.inbox.looking().trusted
        first = replace(row, packet=replace(row.packet, state=state, reasons=reasons, found=None), judged=None)
        return judged_now(first, trust_now(trusted.check, trusted.team), here.inbox.now()).state

    return judged
