"""The site's own root, list and card as this desk holds them, and who keeps which half of the root (packet.md 7.1)."""

from collections.abc import Mapping
from dataclasses import dataclass

from rehabdesk.access.keys_service import Keys
from rehabdesk.access.model import ADMIN_ROLES, Role
from rehabdesk.access.service import Desk
from rehabdesk.core.canon import Json, b64, digits24, dump, unb64
from rehabdesk.core.errors import Missing, NoKey, SealBroken, UserError
from rehabdesk.core.files import durable_write, read_limited
from rehabdesk.core.i18n import tr
from rehabdesk.db.projection import HOUSE, Index, NewRecord
from rehabdesk.handover.checking.former_model import FormerCard
from rehabdesk.handover.trust import trust_store as store
from rehabdesk.handover.trust.cards_model import SiteCard
from rehabdesk.handover.trust.trust_clock_service import SigningClock
from rehabdesk.handover.trust.trust_model import (
    ENDS_SOON,
    LIST_IS_OLD,
    ROOT_ENDS_SOON,
    SITE_ROOT,
    CardKey,
    SiteHealth,
    SiteStanding,
)
from rehabdesk.handover.wire import decode_site_card
from rehabdesk.seals import certificates, site_root
from rehabdesk.seals.cards import content_of
from rehabdesk.seals.certificates import KeyPair
from rehabdesk.seals.wrap import hpke_open, hpke_seal

_MOST_ROOT_BYTES = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Holders:
    """Who keeps a half of the root by the membership (`wanted`), and who by the file (`held`), as uids."""

    wanted: frozenset[str]
    held: frozenset[str]

    @property
    def joined(self) -> frozenset[str]:
        """Administrators and supervisors who cannot open the root yet."""
        return self.wanted - self.held

    @property
    def left(self) -> frozenset[str]:
        """Those who keep a half and should not any more."""
        return self.held - self.wanted


class OwnSite:
    """Reads what the site holds; changes are made by two people (`trust_authority_service`)."""

    def __init__(self, desk: Desk) -> None:
        self._desk, self.clock = desk, SigningClock(desk)

    @property
    def house(self) -> Index:
        return self._desk.index(HOUSE)

    def newest(self) -> SiteStanding | None:
        """None before the site has a root."""
        return store.newest(self.house, store.SITE_STANDING, SiteStanding)

    def standing(self) -> SiteStanding:
        """As `Trust.site`."""
        found = self.newest()
        if found is None:
            raise UserError(tr("This site has no root yet. An administrator and a supervisor make it together."))
        kept = site_root.root_certificate(self._root_file(), vault=self._desk.vault_id)
        if b64(kept) != found.root:
            raise SealBroken(
                tr("The site's root was replaced. Do not sign anything; check the desk with an inspector.")
            )
        return found

    def root_is_whole(self) -> bool:
        """Whether the root's file and the record of it are the same."""
        found = self.newest()
        kept = site_root.root_certificate(self._root_file(), vault=self._desk.vault_id)
        return found is not None and b64(kept) == found.root

    def former_cards(self) -> tuple[FormerCard, ...]:
        """The last card of each root that this site had before, newest first; they count until the next was made."""
        found, later = dict[str, FormerCard](), self.newest()
        for _, each in store.all_of(self.house, store.SITE_STANDING, SiteStanding):
            if later is not None and each.root != later.root:
                found[each.root] = FormerCard(card=unb64(each.card), until=later.issued)
            later = each
        return tuple(found.values())

    def digits(self) -> str:
        """The 24 digits of the root: what is read aloud in a ceremony."""
        return digits24(unb64(self.standing().root))

    def card(self) -> SiteCard:
        """What the card in force says."""
        return decode_site_card(content_of(unb64(self.standing().card))).value

    def health(self) -> SiteHealth:
        """Until when root, list and card key count, and what wants renewing."""
        standing, now = self.standing(), self._desk.clock.now()
        root = certificates.facts(unb64(standing.root)).not_after
        card = certificates.facts(unb64(self._card_key_record().certificate)).not_after
        holders = self.holders()
        return SiteHealth(
            root_until=root.date(),
            root_ends_soon=root - now <= ROOT_ENDS_SOON,
            list_number=standing.number,
            list_made=standing.list_made().date(),
            list_is_old=now - standing.list_made() > LIST_IS_OLD,
            card_seq=standing.seq,
            card_key_until=card.date(),
            card_key_ends_soon=card - now <= ENDS_SOON,
            joined=tuple(sorted(holders.joined | self._without_card_key())),
            left=tuple(sorted(holders.left)),
        )

    # halves

    def two_people(self, other: Keys) -> dict[Role, Keys]:
        """Administrator and supervisor by role. UserError unless both are here and are two."""
        present = {self._desk.staff(keys.uid).role: keys for keys in (self._desk.keys, other)}
        if other.uid == self._desk.uid or set(present) != set(ADMIN_ROLES):
            raise UserError(
                tr("An administrator and a supervisor must both be here: one proposes, the other approves.")
            )
        return present

    def holders(self) -> Holders:
        """Whether the halves are where the membership says. Missing without the root's file."""
        held = site_root.holders(self._root_file(), vault=self._desk.vault_id)
        return Holders(wanted=frozenset(self._desk.keys.statement.admins), held=held)

    def write_root(self, root: KeyPair) -> None:
        """Both halves drawn anew, for the administrators and supervisors of the membership in force."""
        content = site_root.seal_root(
            root,
            vault=self._desk.vault_id,
            administrators=self._public_keys(Role.ADM),
            supervisors=self._public_keys(Role.SUP),
        )
        durable_write(self._desk.files.folder / SITE_ROOT, content)

    def open_root(self, other: Keys) -> KeyPair:
        """The root, for the length of one deed of two people. UserError, NoKey where they are not the two, or the clock
        cannot be right.
        """
        present = self.two_people(other)
        self.clock.require()
        halves = {
            role: (keys.uid, site_root.unwrap_with(keys.identity.private_x.private_bytes_raw()))
            for role, keys in present.items()
        }
        return site_root.open_root(
            self._root_file(),
            vault=self._desk.vault_id,
            administrator=halves[Role.ADM],
            supervisor=halves[Role.SUP],
        )

    # card key

    def seal_card_key(self, key: KeyPair) -> CardKey:
        """A letter to each administrator and supervisor: a card is not worth opening the root for."""
        holders = self._public_keys(Role.ADM) | self._public_keys(Role.SUP)
        return CardKey(
            certificate=b64(key.certificate),
            sealed={uid: b64(hpke_seal(public, key.private, self._card_info(uid))) for uid, public in holders.items()},
        )

    def card_key(self, *keys: Keys) -> KeyPair:
        """The card key by the letter to one of these logins. NoKey where none has one, UserError where the clock cannot
        be right.
        """
        held = self._card_key_record()
        self.clock.require()
        for each in keys:
            sealed = held.sealed.get(each.uid)
            if sealed is not None:
                private = hpke_open(each.identity.private_x, unb64(sealed), self._card_info(each.uid))
                return KeyPair(private=private, certificate=unb64(held.certificate))
        raise NoKey(tr("This login does not hold the card key. An administrator and a supervisor hand it over."))

    # inside

    def record(self, kind: str, payload: Mapping[str, Json], rid: str | None = None) -> NewRecord:
        """A house record as it is written."""
        return NewRecord(comp=HOUSE, kind=kind, pv=store.VERSIONS.get(kind, 1), person=None, payload=payload, rid=rid)

    def name_outside(self, uid: str) -> str:
        """The alias where the site uses them on outside copies."""
        card = self._desk.staff(uid)
        return card.alias if self._desk.settings().staff_alias_mode else card.name

    def _card_key_record(self) -> CardKey:
        held = store.newest(self.house, store.CARD_KEY, CardKey)
        if held is None:
            raise UserError(tr("This site has no root yet. An administrator and a supervisor make it together."))
        return held

    def _without_card_key(self) -> frozenset[str]:
        return frozenset(self._desk.keys.statement.admins) - frozenset(self._card_key_record().sealed)

    def _card_info(self, uid: str) -> bytes:
        return dump(["rd/cardkey/1", self._desk.vault_id, uid])

    def _public_keys(self, role: Role) -> dict[str, bytes]:
        statement = self._desk.keys.statement
        return {uid: statement.users[uid].x for uid in statement.admins if self._desk.staff(uid).role is role}

    def _root_file(self) -> bytes:
        path = self._desk.files.folder / SITE_ROOT
        if not path.exists():
            raise Missing(tr("The site root's file is missing. Take it from the last backup."))
        return read_limited(path, _MOST_ROOT_BYTES)
