"""The verdict that holds now on packets that are kept: by what was found in them, today's lists and the clock.

No packet is parsed again. Chain and shape were found when it came; what a card, a list, a newer packet or the day can
change is judged by the same rules as at the first look (packet.md 7.4, 9).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from rehabdesk.core.canon import unb64
from rehabdesk.handover.after.status_list_model import StatusList
from rehabdesk.handover.checking import verdict_model as v
from rehabdesk.handover.checking.brought_service import as_fresh_as, with_lists
from rehabdesk.handover.checking.child_service import PinnedSite, is_team, pinned_site
from rehabdesk.handover.checking.examination_service import PacketCheck, with_site
from rehabdesk.handover.checking.found_model import Found, FoundSigner
from rehabdesk.handover.checking.verdict_model import Examined, Known, Outcome, PacketFacts, Standing, State
from rehabdesk.handover.inbox.inbox_model import ReceivedPacket, ReceivedRow
from rehabdesk.handover.wire import decode_status_list
from rehabdesk.seals import certificates
from rehabdesk.seals.cards import content_of, root_of
from rehabdesk.seals.findings import Trust
from rehabdesk.seals.signer_trust import Authority, authority, by_list

_LATER_WINS = list(Trust)
_HALF = {v.EXPRESS_OVERDUE, v.SECOND_MISSING}


@dataclass(frozen=True, slots=True, kw_only=True)
class RootNow:
    """A root with its newest list of withdrawn keys, and from when until when it counts itself."""

    authority: Authority
    not_before: datetime
    not_after: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TrustNow:
    """The sites and lists that count, read once for all packets. `roots`: by their hash. `former`: what counts besides
    for a packet that was first seen before the time beside it.
    """

    sites: tuple[PinnedSite, ...]
    roots: Mapping[str, RootNow]
    lists: tuple[StatusList, ...]
    team: str | None
    former: tuple[tuple[datetime, "TrustNow"], ...] = ()

    def at(self, seen: datetime) -> "TrustNow":
        """What counts for a packet that was first seen at `seen`."""
        counted = [each for until, each in self.former if seen < until]
        return replace(
            self,
            sites=(*self.sites, *(site for each in counted for site in each.sites)),
            roots={key: root for each in (*counted, self) for key, root in each.roots.items()},
            lists=(*self.lists, *(made for each in counted for made in each.lists)),
            former=(),
        )


def trust_now(check: PacketCheck, team: str | None) -> TrustNow:
    """What this desk vouches for. Cards and lists were examined when they came."""
    cards, lists, former = check.vouched_for
    now = _vouched(cards, lists, team)
    return replace(now, former=tuple((each.until, _vouched((each.card,), each.lists, team)) for each in former))


def _vouched(cards: Sequence[bytes], lists: Sequence[bytes], team: str | None) -> TrustNow:
    contents = [content_of(card) for card in cards]
    sites = tuple(pinned_site(content) for content in contents if not is_team(content))
    held = [(root_of(raw), decode_status_list(content_of(raw)).value) for raw in lists]
    return TrustNow(
        sites=sites,
        roots={each.root_sha256: _root(each, held) for each in sites},
        lists=tuple(made for _, made in held),
        team=team,
    )


def judged_now(row: ReceivedRow, now: TrustNow, at: datetime) -> ReceivedRow:
    """`row` with the state in which its packet is at `at`. What was kept before findings were is never judged better
    than it was.
    """
    packet, now = row.packet, now.at(row.first_seen)
    facts, found = _facts(packet), packet.found
    if found is None:
        examined = _as_written(packet, facts)
        known = Known(judged_at=at, site_name=packet.site_name, team=now.team)
    else:
        examined = as_fresh_as(_examined(found, facts, now, row.first_seen), now.lists)
        known = with_site(Known(judged_at=at, team=now.team), examined, found.root_sha256, now.sites)
    state = v.judge(examined, with_lists(known, examined, packet.sha256, now.lists)).state
    if found is None and packet.state not in v.MAY_BE_OPENED:
        state = min(state, packet.state, key=list(State).index)
    return replace(row, judged=state)


def _root(site: PinnedSite, lists: Sequence[tuple[bytes, StatusList]]) -> RootNow:
    """With the newest list of withdrawn keys, of the card or of a status list of the same root."""
    later = [unb64(made.crl) for root, made in lists if root == site.root]
    facts = certificates.facts(site.root)
    return RootNow(
        authority=authority(site.root, pinned=True, crls=(site.crl, *later)),
        not_before=facts.not_before,
        not_after=facts.not_after,
    )


def _facts(packet: ReceivedPacket) -> PacketFacts:
    """As the signed content says; names and keys of the team do not stand in what is kept, and change no verdict."""
    return PacketFacts(
        number=packet.number,
        site=packet.site,
        site_name=packet.site_name,
        team=packet.team,
        team_name="",
        team_keys=(),
        issued=packet.issued,
        expires=packet.expires,
        countersign_due=packet.countersign_due,
    )


def _examined(found: Found, facts: PacketFacts, now: TrustNow, first_seen: datetime) -> Examined:
    root = now.roots.get(found.root_sha256)
    stands = [Trust.UNKNOWN_ROOT if root is None else _trust(each, root, first_seen) for each in found.signers]
    listed = None if root is None else root.authority.list
    return Examined(
        outcome=Outcome.INCOMPLETE if found.reasons else Outcome.INTACT,
        reasons=found.reasons,
        standing=Standing(max(stands, key=_LATER_WINS.index)),
        packet=facts,
        list_issued=None if listed is None else listed.issued,
        list_due=None if listed is None else listed.next_due,
    )


def _trust(signer: FoundSigner, root: RootNow, moment: datetime) -> Trust:
    valid = max(signer.not_before, root.not_before), min(signer.not_after, root.not_after)
    return by_list(signer.serial, valid, root.authority, moment).trust


def _as_written(packet: ReceivedPacket, facts: PacketFacts) -> Examined:
    half = (v.SECOND_MISSING,) if _HALF.intersection(packet.reasons) else ()
    return Examined(
        outcome=Outcome.INCOMPLETE if half else Outcome.INTACT, reasons=half, standing=Standing.TRUSTED, packet=facts
    )
