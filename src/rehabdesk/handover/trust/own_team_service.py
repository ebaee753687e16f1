"""This desk as a receiving team: its age key and receipt key, sealed to each member who may open what arrives."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from rehabdesk.access.model import ADMIN_ROLES, Role
from rehabdesk.access.service import Desk
from rehabdesk.core.canon import b64, dump, parse_object, unb64
from rehabdesk.core.dates import day_text
from rehabdesk.core.errors import FormatError, UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.payload import to_payload
from rehabdesk.core.text import isolate, require_text
from rehabdesk.db.projection import HOUSE
from rehabdesk.handover.trust import trust_store as store
from rehabdesk.handover.trust.cards_model import CardTeam
from rehabdesk.handover.trust.own_team_model import TEAM_SUFFIX, OwnTeamKeys
from rehabdesk.handover.trust.teams_service import make_team_card
from rehabdesk.handover.trust.trust_site_service import OwnSite
from rehabdesk.handover.wire import decode_team_card
from rehabdesk.seals import certificates, sealing
from rehabdesk.seals.cards import content_of
from rehabdesk.seals.certificates import KeyPair
from rehabdesk.seals.pdf_signature import SigningKey
from rehabdesk.seals.wrap import hpke_open, hpke_seal

OPENS = (Role.CO, Role.SUP, Role.ADM)
"""Who may open what arrives. An administrator holds the key for the others, and has no Inbox."""


class OwnTeam:
    """The team that this desk is for others, as the login that is unlocked holds it."""

    def __init__(self, desk: Desk) -> None:
        self._desk, self._site = desk, OwnSite(desk)

    # founding

    def found(self, *, name: str = "", org: str = "") -> OwnTeamKeys:
        """Makes the keys of the team and its card. `name` and `org` are the site's own where they are empty.

        UserError for other roles than administrator and supervisor, or where there is a team already.
        """
        self._require_admin()
        if self.newest() is not None:
            raise UserError(tr("This desk has its keys for receiving already. Renew them instead."))
        settings = self._desk.settings()
        label = require_text(name or settings.name, field="name", label=tr("Name of the team"), longest=64)
        body = require_text(org or settings.name, field="org", label=tr("Organisation"), longest=64)
        team = CardTeam(
            id=settings.site + TEAM_SUFFIX, name=label, org=body, country=settings.country, phone=settings.phone
        )
        return self._make("found_own_team", team, seq=1)

    def rotate(self) -> OwnTeamKeys:
        """New keys and a new card; the older keys stay for reading what was sealed to them.

        Every site that sends here needs the new card and compares its digits.
        """
        self._require_admin()
        held = self.standing()
        settings = self._desk.settings()
        team = CardTeam(id=held.id, name=held.name, org=held.org, country=settings.country, phone=settings.phone)
        return self._make("renew_own_team", team, seq=held.seq + 1)

    # reading

    def newest(self) -> OwnTeamKeys | None:
        """None before this desk receives packets."""
        return max(self._held().values(), key=lambda each: each.seq, default=None)

    def standing(self) -> OwnTeamKeys:
        """The keys in force. UserError before there are any."""
        found = self.newest()
        if found is None:
            raise UserError(
                tr("This desk has no keys for receiving packets yet. An administrator makes them in Sites and teams.")
            )
        return found

    def card(self) -> bytes:
        """The content of `{TEAM}.rdteam`, signed, to be handed out."""
        return unb64(self.standing().card)

    def identity(self) -> str:
        """The age secret key in force. UserError with the next step where this login has none."""
        return self._opened(self.standing())[0]

    def identities(self) -> tuple[str, ...]:
        """The age secret keys of all generations that this login can open, the newest first: for what was sealed
        before the keys were renewed.
        """
        held = sorted(self._held().values(), key=lambda each: -each.seq)
        return tuple(self._opened(each)[0] for each in held if self._desk.uid in each.sealed)

    def receipt_key(self) -> SigningKey:
        """What signs receipts and feedback files of this team; its certificate is its own issuer.

        UserError where it has ended, or the clock cannot be right.
        """
        held = self.standing()
        certificate = unb64(held.certificate)
        self._site.clock.require()
        until = self.receipts_until()
        if until <= self._desk.clock.now():
            raise UserError(
                tr(
                    "The key with which this team signs receipts ended on {day}. An administrator or supervisor renews "
                    "it in Sites and teams; then give the new card to those who send here."
                ).format(day=isolate(day_text(until.date())))
            )
        return SigningKey(pair=KeyPair(private=self._opened(held)[1], certificate=certificate), root=certificate)

    def receipts_until(self) -> datetime:
        """When the key for receipts ends; opening what arrives goes on."""
        return certificates.facts(unb64(self.standing().certificate)).not_after

    # who holds it

    def may_read(self) -> bool:
        """Whether this login has the key in force."""
        found = self.newest()
        return found is not None and self._desk.uid in found.sealed

    def joined(self) -> tuple[str, ...]:
        """Members (uid) who may open what arrives and have no key for it yet."""
        found = self.newest()
        return () if found is None else tuple(sorted(set(self._holders()) - set(found.sealed)))

    def left(self) -> tuple[str, ...]:
        """Those (uid) who hold the key in force and do not work here any more, or in another role."""
        found = self.newest()
        return () if found is None else tuple(sorted(set(found.sealed) - set(self._holders())))

    def hand_over(self) -> tuple[str, ...]:
        """Seals every generation that this login can open to those who may open what arrives and have no key yet.

        Any holder does it: who those members are, and with which keys, two administrators signed. Gives their uids.
        """
        joined = self.joined()
        if not self.may_read():
            raise UserError(self._no_key())
        changed = []
        for rid, held in self._held().items():
            if self._desk.uid in held.sealed:
                missing = [uid for uid in self._holders() if uid not in held.sealed]
                sealed = {**held.sealed, **self._letters(missing, held.seq, *self._opened(held))}
                changed.append(self._site.record(store.OWN_TEAM, to_payload(replace(held, sealed=sealed)), rid))
        if joined:
            self._desk.commit("hand_over_own_team", changed, extra={"count": len(joined)})
        return joined

    # inside

    def _make(self, deed: str, team: CardTeam, *, seq: int) -> OwnTeamKeys:
        self._site.clock.require()
        identity, private, at = sealing.new_identity(), certificates.new_private_key(), self._desk.clock.now()
        card = make_team_card(team, identity=identity, private=private, at=at)
        made = OwnTeamKeys(
            seq=seq,
            id=team.id,
            name=team.name,
            org=team.org,
            country=team.country,
            phone=team.phone,
            recipient=sealing.recipient_of(identity),
            certificate=b64(team_certificate(card)),
            card=b64(card),
            made=at,
            sealed=self._letters(self._holders(), seq, identity, private),
        )
        self._desk.commit(deed, [self._site.record(store.OWN_TEAM, to_payload(made))])
        return made

    def _held(self) -> Mapping[str, OwnTeamKeys]:
        return dict(store.all_of(self._desk.index(HOUSE), store.OWN_TEAM, OwnTeamKeys))

    def _holders(self) -> list[str]:
        return [member.card.uid for member in self._desk.members() if member.active and member.card.role in OPENS]

    def _letters(self, uids: list[str], seq: int, identity: str, private: bytes) -> dict[str, str]:
        users, content = self._desk.keys.statement.users, dump({"age": identity, "receipt": b64(private)})
        return {uid: b64(hpke_seal(users[uid].x, content, self._info(uid, seq))) for uid in uids}

    def _opened(self, held: OwnTeamKeys) -> tuple[str, bytes]:
        """Age secret key, and private half of the receipt key."""
        sealed = held.sealed.get(self._desk.uid)
        if sealed is None:
            raise UserError(self._no_key())
        content = parse_object(
            hpke_open(self._desk.keys.identity.private_x, unb64(sealed), self._info(self._desk.uid, held.seq))
        )
        identity = content.get("age")
        if not isinstance(identity, str):
            raise FormatError(tr("The key for receiving is not of the form that RehabDesk writes."))
        return identity, unb64(content.get("receipt"))

    def _no_key(self) -> str:
        if self._desk.role not in OPENS:
            return tr("Case officers and supervisors open what arrives. Ask one of them.")
        return tr(
            "You have no key for what arrives yet. A case officer, supervisor or administrator who has one hands it "
            "to you in Sites and teams."
        )

    def _info(self, uid: str, seq: int) -> bytes:
        return dump(["rd/ownteam/1", self._desk.vault_id, uid, seq])

    def _require_admin(self) -> None:
        if self._desk.role not in ADMIN_ROLES:
            raise UserError(tr("Only an administrator or a supervisor makes the keys for receiving packets."))


def team_certificate(card: bytes) -> bytes:
    """The certificate (DER) on a team card that was examined, or made here. FormatError where it bears none."""
    found = decode_team_card(content_of(card)).value.certificate
    if found is None:
        raise FormatError(tr("The team card bears no key for receipts. Ask the team for a newer card."))
    return unb64(found)
