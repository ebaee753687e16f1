"""Status lists of this desk: its own, made and handed out, and those of other sites, taken in (packet.md 10)."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from rehabdesk.access.model import Role
from rehabdesk.access.service import Desk
from rehabdesk.core.canon import b64, sha256_hex, unb64
from rehabdesk.core.clock import local_day, parse_stamp
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.payload import from_payload, to_payload
from rehabdesk.core.text import isolate
from rehabdesk.db.projection import HOUSE, TEAM, NewRecord
from rehabdesk.handover.after import status_list_store as store
from rehabdesk.handover.after.status_list_keeping_model import HeldList, KeptList
from rehabdesk.handover.after.status_list_model import (
    NEXT_AFTER,
    STATUS_FORMAT,
    STATUS_VERSION,
    Listable,
    ListEntry,
    ListStatus,
    StatusList,
    WithdrawnBecause,
    require_not_ahead,
    still_listed,
)
from rehabdesk.handover.checking.brought_model import Brought
from rehabdesk.handover.checking.child_service import pinned_site
from rehabdesk.handover.checking.examination_service import PacketCheck
from rehabdesk.handover.checking.former_model import FormerCard
from rehabdesk.handover.checking.verdict_model import State
from rehabdesk.handover.making.delivery_service import save_checked
from rehabdesk.handover.packets_model import PacketState
from rehabdesk.handover.trust.sites_service import Sites
from rehabdesk.handover.trust.trust_service import Trust
from rehabdesk.handover.trust.trust_site_service import OwnSite
from rehabdesk.handover.wire import decode_site_card, decode_status_list, encode
from rehabdesk.seals.cards import content_of, root_of, sign_card

MAY_TAKE = frozenset({Role.CO, Role.SUP, Role.ADM})
_LISTED = (PacketState.WITHDRAWN, PacketState.SUPERSEDED, PacketState.COUNTERSIGNED)
Cards = Callable[[], Sequence[bytes]]


class StatusLists:
    """`pinned` gives the cards of the sites that count here: those that were confirmed, and the own one."""

    def __init__(self, desk: Desk, trust: Trust, pinned: Cards | None = None) -> None:
        self._desk, self._trust = desk, trust
        self._pinned: Cards = pinned or Sites(desk).pinned

    # out

    @property
    def may_make(self) -> bool:
        """Whether this login may sign lists at all."""
        return self._desk.role is Role.SUP

    def make(self) -> KeptList:
        """The next list, signed by the card key. UserError for a login that does not hold it, or reads no packets."""
        if not self.may_make:
            raise UserError(tr("A supervisor makes the status list."))
        settings, at = self._desk.settings(), self._desk.clock.now()
        newest = store.newest_of(self._desk.index(HOUSE), settings.site)
        made = StatusList(
            format=STATUS_FORMAT,
            version=STATUS_VERSION,
            site=settings.site,
            seq=1 if newest is None else newest.seq + 1,
            issued=at,
            next_due=at + NEXT_AFTER,
            crl=self._trust.site().crl,
            entries=self.entries(),
        )
        raw = sign_card(
            encode(made), key=OwnSite(self._desk).card_key(self._desk.keys), root=unb64(self._trust.site().root), at=at
        )
        return self._keep("make_status_list", made, raw, own=True)

    def entries(self) -> tuple[ListEntry, ...]:
        """What the next list says: every packet that was withdrawn, replaced or signed a second time after its seal."""
        index, today = self._desk.index(TEAM), local_day(self._desk.clock)
        second = store.sealed_before_countersigned(index)
        rows = [
            row
            for row in store.listable(index, _LISTED)
            if row.state is not PacketState.COUNTERSIGNED or row.number in second
        ]
        return still_listed((_listable(row) for row in rows), today)

    def is_behind(self) -> bool:
        """Whether something happened that the newest own list does not say."""
        kept = self.newest_own()
        if kept is None:
            return bool(self.entries())
        said = decode_status_list(content_of(unb64(kept.raw))).value
        site = OwnSite(self._desk).newest()
        if site is not None and site.crl != said.crl:
            return True
        return any(entry not in said.entries for entry in self.entries())

    def newest_own(self) -> KeptList | None:
        row = store.newest_of(self._desk.index(HOUSE), self._desk.settings().site)
        return None if row is None else self._kept(row.rid)

    def save(self, folder: Path) -> Path:
        """Writes the newest own list into `folder` and reads it back. UserError where there is none yet."""
        kept = self.newest_own()
        if kept is None:
            raise UserError(tr("There is no status list yet. A supervisor makes the first one."))
        path = save_checked(folder / file_name(kept), unb64(kept.raw))
        self._desk.log("export_status_list", extra={"number": kept.seq})
        return path

    # in

    def take(self, raw: bytes) -> KeptList:
        """Keeps the list of a site whose card counts here. UserError says why it is not taken.

        A lower number than the one held is refused; the same number with other bytes is an alarm, which is logged.
        """
        checked = PacketCheck(self._pinned()).check(raw, moment=self._desk.clock.now())
        return self.keep(raw, checked.brought, checked.verdict.state)

    def keep(self, raw: bytes, brought: Brought | None, state: State) -> KeptList:
        """Second part of `take`, for a file that was looked at already."""
        if self._desk.role not in MAY_TAKE:
            raise UserError(tr("Case officers, supervisors and administrators take status lists."))
        if brought is None or not isinstance(brought.content, StatusList):
            raise UserError(tr("This is not a status list, or it was changed. Ask the site for a new one."))
        made = brought.content
        require_not_ahead(made.issued, self._desk.clock.now())
        if state is not State.GENUINE:
            sentence = tr("The card of {site} is not confirmed here. Take it and compare its digits first.")
            raise UserError(sentence.format(site=isolate(made.site)))
        # under another root the numbers begin anew
        held = next((row for row, _ in self._newest({root_of(raw)}, made.site)), None)
        if held is not None and made.seq < held.seq:
            sentence = tr("A newer list of {site} is held here, number {number}. The older one is not taken.")
            raise UserError(sentence.format(site=isolate(made.site), number=held.seq))
        if held is not None and made.seq == held.seq:
            if held.sha256 == sha256_hex(raw):
                return self._kept(held.rid)
            self._desk.log("status_list_alarm", extra={"site": made.site, "number": made.seq})
            sentence = tr("Two lists of {site} bear the number {number} and say different things. Call {site} now.")
            raise UserError(sentence.format(site=isolate(made.site), number=made.seq))
        return self._keep("take_status_list", made, raw, own=False)

    def held(self) -> tuple[bytes, ...]:
        """The newest list of each site whose card counts here, as files."""
        return tuple(unb64(kept.raw) for _, kept in self._newest(self._roots()))

    def beside(self, former: Sequence[FormerCard]) -> tuple[FormerCard, ...]:
        """Cards of former roots, each with the newest list of its own root."""
        found = []
        for each in former:
            site = pinned_site(content_of(each.card))
            lists = tuple(unb64(kept.raw) for _, kept in self._newest({site.root}, site.site.id))
            found.append(replace(each, lists=lists))
        return tuple(found)

    def shown(self) -> tuple[HeldList, ...]:
        """As `held`, with the age of each."""
        now, found = self._desk.clock.now(), []
        for _, kept in self._newest(self._roots()):
            found.append(
                HeldList(
                    site=kept.site,
                    seq=kept.seq,
                    issued=kept.issued,
                    entries=kept.entries,
                    age_days=max(0, (now - kept.issued).days),
                    own=kept.own,
                )
            )
        return tuple(found)

    # inside

    def _roots(self) -> set[bytes]:
        """Of the sites that count here."""
        return {unb64(decode_site_card(content_of(card)).value.root) for card in self._pinned()}

    def _newest(self, roots: Collection[bytes], site: str = "") -> list[tuple[store.HeldRow, KeptList]]:
        """Of each site, or of one, the newest list behind which one of `roots` stands: one of a root that the site had
        before says nothing more.
        """
        found: dict[str, tuple[store.HeldRow, KeptList]] = {}
        for row in store.all_lists(self._desk.index(HOUSE)):
            if row.site in found or site not in ("", row.site):
                continue
            kept = self._kept(row.rid)
            if root_of(unb64(kept.raw)) in roots:
                found[row.site] = row, kept
        return list(found.values())

    def _kept(self, rid: str) -> KeptList:
        return from_payload(KeptList, self._desk.read(HOUSE, rid).payload)

    def _keep(self, deed: str, made: StatusList, raw: bytes, *, own: bool) -> KeptList:
        kept = KeptList(
            site=made.site,
            seq=made.seq,
            issued=made.issued,
            entries=len(made.entries),
            own=own,
            sha256=sha256_hex(raw),
            raw=b64(raw),
        )
        item = NewRecord(comp=HOUSE, kind=store.STATUS_LIST, pv=1, person=None, payload=to_payload(kept))
        self._desk.commit(deed, [item], extra={"number": made.seq, "site": made.site})
        return kept


def newest_file(desk: Desk) -> tuple[tuple[str, bytes], ...]:
    """Name and bytes of the newest own list, to go with a sealed packet; none before there is one."""
    row = store.newest_of(desk.index(HOUSE), desk.settings().site)
    if row is None:
        return ()
    kept = from_payload(KeptList, desk.read(HOUSE, row.rid).payload)
    return ((file_name(kept), unb64(kept.raw)),)


def file_name(kept: KeptList) -> str:
    """As it lies on a stick."""
    return f"{kept.site}-{kept.seq}.rdstatus"


def _listable(row: store.StepRow) -> Listable:
    status = ListStatus(row.state.value)
    withdrawn = status is ListStatus.WITHDRAWN
    entry = ListEntry(
        number=row.number,
        status=status,
        date_=parse_stamp(row.at).date(),
        by=row.reason if status is ListStatus.SUPERSEDED else None,
        pdf_sha256=row.pdf_sha256 if status is ListStatus.COUNTERSIGNED else None,
        reason=WithdrawnBecause(row.because or WithdrawnBecause.OTHER) if withdrawn else None,
    )
    return Listable(entry=entry, expires=date.fromisoformat(row.expires))
