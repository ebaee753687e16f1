"""Other sites: taking their cards, and the ceremony after which a card counts for checking packets (packet.md 7)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from rehabdesk.access.model import Role
from rehabdesk.access.service import Desk
from rehabdesk.core.canon import b64, sha256_hex, unb64
from rehabdesk.core.errors import RehabDeskError, UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.payload import to_payload
from rehabdesk.db.projection import HOUSE
from rehabdesk.handover.checking.child_service import PinnedSite
from rehabdesk.handover.checking.examination_service import PacketCheck
from rehabdesk.handover.checking.former_model import FormerCard
from rehabdesk.handover.content.number_model import DEMO_SITE
from rehabdesk.handover.trust import trust_store as store
from rehabdesk.handover.trust.cards_model import SiteCard
from rehabdesk.handover.trust.digits_model import require_same
from rehabdesk.handover.trust.sites_model import KnownSite, SiteLine, alarm, require_newer
from rehabdesk.handover.trust.trust_model import Channel, Confirmation
from rehabdesk.handover.trust.trust_site_service import OwnSite
from rehabdesk.handover.wire import decode_site_card
from rehabdesk.seals import certificates
from rehabdesk.seals.cards import content_of

KEEPS_CARDS = (Role.CO, Role.SUP, Role.ADM)
"""Who takes cards of sites and teams, and compares their digits."""
SEES_CARDS = frozenset({*KEEPS_CARDS, Role.PSY})
"""Psychologists may look at them."""


def examine_site_card(raw: bytes, moment: datetime) -> PinnedSite:
    """The site card in a file, examined in the limited child: slow, for a job. UserError for anything else."""
    found = PacketCheck().check(raw, moment=moment).site_card
    if found is None:
        raise UserError(tr("This is not a site card, or it was changed. Ask the site for it again."))
    return found


class Sites:
    """The sites that one unlocked desk knows."""

    def __init__(self, desk: Desk) -> None:
        self._desk, self._own = desk, OwnSite(desk)

    def take_card(self, raw: bytes) -> KnownSite:
        """Keeps a `.rdsite`. With the root that was confirmed it counts at once; any other waits for the ceremony.

        UserError for another file, an older card, and, logged as an alarm, for two cards with one number.
        """
        return self.keep_card(raw, examine_site_card(raw, self._desk.clock.now()))

    def keep_card(self, raw: bytes, examined: PinnedSite) -> KnownSite:
        """Second part of `take_card`, once the card was examined."""
        self._require_role()
        new = _known(raw, examined)
        self._require_foreign(new)
        line = self.find(new.id)
        held = next(
            (each for each in (line.counts, line.waiting) if each and each.root_sha256 == new.root_sha256), None
        )
        if held is None:
            return self._keep("take_site_card", new)
        try:
            require_newer(held, new)
        except UserError as problem:
            if problem.sentence == alarm(held):
                self._desk.log("site_card_alarm")
            raise
        if new.card == held.card:
            return held
        return self._keep("renew_known_site", replace(new, confirmation=held.confirmation), rid=self._rid(held))

    def confirm(self, site_id: str, *, digits: str, their_name: str, channel: Channel, on: date) -> KnownSite:
        """The ceremony: the 24 digits as the other site read them aloud. UserError if they are not those of the card.

        From now on this card counts; one of another root that counted before does not any more.
        """
        self._require_role()
        waiting = self.find(site_id).waiting
        if waiting is None:
            raise UserError(tr("No card of this site waits for a comparison. Open its card first."))
        require_same(waiting.digits, digits)
        confirmation = Confirmation(by=self._desk.uid, their_name=their_name, on=on, channel=channel)
        confirmed = replace(waiting, confirmation=confirmation)
        self._commit("confirm_site", [(self._rid(waiting), confirmed), *self._aside(site_id, but=waiting)])
        return confirmed

    def put_aside(self, site_id: str) -> None:
        """The card that waits is not used: it came by mistake, or its digits were not those that were read aloud."""
        self._require_role()
        aside = self._aside(site_id)
        if not aside:
            raise UserError(tr("No card of this site waits for a comparison. Open its card first."))
        self._commit("put_site_card_aside", aside)

    def all(self) -> tuple[SiteLine, ...]:
        """Every site with a card that counts or waits, by name."""
        ids = dict.fromkeys(site.id for _, site in self._held())
        lines = [line for each in ids if (line := self.find(each)).counts or line.waiting]
        return tuple(sorted(lines, key=lambda line: line.shown.name.casefold()))

    def find(self, site_id: str) -> SiteLine:
        """What is held of one site; neither card where it is not known."""
        held = [site for _, site in self._held(site_id)]
        counts = next((site for site in held if site.confirmation is not None), None)
        waiting = next((site for site in held if site.confirmation is None and not site.put_aside), None)
        return SiteLine(id=site_id, counts=counts, waiting=waiting)

    def pinned(self) -> tuple[bytes, ...]:
        """The cards (content of `.rdsite` files) that count for checking: the own one, and what was confirmed last."""
        found = [line.counts for line in self.all()]
        return (*self._own_card(), *(unb64(site.card) for site in found if site is not None))

    def former(self) -> tuple[FormerCard, ...]:
        """The cards of roots that counted before, for what was seen in their time: own ones and confirmed ones."""
        return (*self._own.former_cards(), *(card for line in self.all() for card in self._former_of(line)))

    def digits(self) -> str:
        """Our own 24 digits, which the other side compares."""
        return self._own.digits()

    def list_made(self, site: KnownSite) -> datetime:
        """When the list of withdrawn keys on this card was made."""
        card = self._card(site)
        return certificates.list_facts(unb64(card.crl), unb64(card.root)).issued

    def root_until(self, site: KnownSite) -> date:
        """The last day of the site's root."""
        return certificates.facts(unb64(self._card(site).root)).not_after.date()

    # inside

    def _held(self, site_id: str | None = None) -> tuple[tuple[str, KnownSite], ...]:
        return store.all_of(self._desk.index(HOUSE), store.KNOWN_SITE, KnownSite, site_id)

    def _former_of(self, line: SiteLine) -> tuple[FormerCard, ...]:
        found = dict[str, FormerCard]()
        until: datetime | None = None
        for site, since in store.confirmed_sites(self._desk.index(HOUSE), line.id):
            if until is not None and line.counts is not None and site.root_sha256 != line.counts.root_sha256:
                found.setdefault(site.root_sha256, FormerCard(card=unb64(site.card), until=until))
            until = since
        return tuple(found.values())

    def _rid(self, site: KnownSite) -> str:
        return next(rid for rid, each in self._held(site.id) if each == site)

    def _aside(self, site_id: str, *, but: KnownSite | None = None) -> list[tuple[str | None, KnownSite]]:
        """Whatever else waits, not to be used."""
        return [
            (rid, replace(each, put_aside=True))
            for rid, each in self._held(site_id)
            if each.confirmation is None and not each.put_aside and each != but
        ]

    def _card(self, site: KnownSite) -> SiteCard:
        return decode_site_card(content_of(unb64(site.card))).value

    def _own_card(self) -> list[bytes]:
        """A site without a root vouches for nobody."""
        try:
            return [unb64(self._own.standing().card)]
        except RehabDeskError:
            return []

    def _require_foreign(self, new: KnownSite) -> None:
        settings, own = self._desk.settings(), self._own.newest()
        if own is not None and new.root_sha256 == sha256_hex(unb64(own.root)):
            raise UserError(tr("This is the card of your own site. It counts here without being compared."))
        if new.id == settings.site:
            raise UserError(
                tr(
                    "This card bears the letters of your own site ({site}), and your site did not make it. Do not use "
                    "it; ask whoever gave it to you."
                ).format(site=new.id)
            )
        if new.id == DEMO_SITE:
            raise UserError(tr("This is the card of an invented site, for training. A real desk does not take it."))

    def _require_role(self) -> None:
        if self._desk.role not in KEEPS_CARDS:
            raise UserError(tr("Case officers, supervisors and administrators keep the cards of sites."))

    def _keep(self, deed: str, site: KnownSite, rid: str | None = None) -> KnownSite:
        self._commit(deed, [(rid, site)])
        return site

    def _commit(self, deed: str, sites: Sequence[tuple[str | None, KnownSite]]) -> None:
        items = [self._own.record(store.KNOWN_SITE, to_payload(site), rid) for rid, site in sites]
        self._desk.commit(deed, items)


def _known(raw: bytes, examined: PinnedSite) -> KnownSite:
    site = examined.site
    return KnownSite(
        id=site.id,
        name=site.name,
        country=site.country,
        phone=site.phone,
        contact=site.contact,
        seq=examined.seq,
        issued=examined.issued,
        root_sha256=examined.root_sha256,
        digits=examined.digits,
        card=b64(raw),
    )
