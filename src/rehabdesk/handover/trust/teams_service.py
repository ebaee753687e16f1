"""The teams that packets go to: taking their keys, and the ceremony after which a key counts (packet.md 7.3)."""

from dataclasses import replace
from datetime import date, datetime

from rehabdesk.access.model import Role
from rehabdesk.access.service import Desk
from rehabdesk.core.canon import b64, digits24, unb64
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.payload import to_payload
from rehabdesk.core.text import isolate
from rehabdesk.db.projection import HOUSE, Index, NewRecord
from rehabdesk.handover.checking.child_service import ReadTeamCard
from rehabdesk.handover.checking.examination_service import PacketCheck
from rehabdesk.handover.trust import trust_store as store
from rehabdesk.handover.trust.cards_model import CARD_VERSION, TEAM_FORMAT, CardTeam, OpensWith, TeamCard
from rehabdesk.handover.trust.digits_model import require_same, require_same_key
from rehabdesk.handover.trust.trust_model import Channel, Confirmation, Team
from rehabdesk.handover.wire import decode_team_card, encode
from rehabdesk.seals import certificates, sealing
from rehabdesk.seals.cards import content_of, sign_card
from rehabdesk.seals.certificates import CertificateFacts, KeyPair


def examine_team_card(raw: bytes, moment: datetime) -> ReadTeamCard:
    """The team card in a file, examined in the limited child: slow, for a job. UserError for anything else."""
    found = PacketCheck().check(raw, moment=moment).team_card
    if found is None:
        raise UserError(tr("This is not a team card, or it was changed. Ask the team for it again."))
    return found


class Teams:
    """The teams that one unlocked desk knows."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def take_card(self, raw: bytes) -> Team:
        """Keeps the key of a team from its `.rdteam`; nothing is sealed to it until the ceremony.

        A renewed card with the very keys that were confirmed counts at once; one older than the card held is refused.
        """
        return self.keep_card(raw, examine_team_card(raw, self._desk.clock.now()))

    def keep_card(self, raw: bytes, examined: ReadTeamCard) -> Team:
        """Second part of `take_card`, once the card was examined."""
        card = examined.card
        team = Team(
            id=card.team.id,
            name=card.team.name,
            org=card.team.org,
            country=card.team.country,
            phone=card.team.phone,
            age=card.age,
            opens_with=card.opens_with,
            digits=examined.digits,
            card=b64(raw),
        )
        held = store.newest(self._house, store.TEAM_KEY, Team, team.id)
        if held is None or not held.card:
            return self._keep("take_team_card", team)
        if team.card == held.card:
            return held
        before, after = _facts(held.card), _facts(team.card)
        if after.not_before < before.not_before:
            raise UserError(
                tr("This card of {team} is older than the one held here. Ask the team for its newest one.").format(
                    team=isolate(held.name)
                )
            )
        same_keys = after.key_sha256 == before.key_sha256 and set(team.age) == set(held.age)
        if not same_keys or held.confirmation is None:
            return self._keep("take_team_card", team)
        renewed = replace(team, confirmation=held.confirmation)
        return self._keep("renew_team_card", renewed, rid=store.rid_of(self._house, store.TEAM_KEY, team.id))

    def take_key(self, team: CardTeam, recipient: str) -> Team:
        """As `take_card`, for a team without RehabDesk that gives its `age1…` key alone."""
        return self._keep("take_team_key", _bare(team, recipient))

    def take_confirmed_key(self, team: CardTeam, recipient: str, *, digits: str, confirmation: Confirmation) -> Team:
        """`take_key` and its ceremony in one: where the digits are not the same, nothing is kept."""
        taken = _bare(team, recipient)
        require_read(taken, digits)
        return self._keep("confirm_team", replace(taken, confirmation=confirmation))

    def take_without_key(self, team: CardTeam) -> Team:
        """A team without a computer, or without a key: it gets paper, in an envelope."""
        return self._keep(
            "take_team",
            Team(
                id=team.id,
                name=team.name,
                org=team.org,
                country=team.country,
                phone=team.phone,
                age=(),
                opens_with=OpensWith.PAPER,
                digits="",
            ),
        )

    def use_confirmed_again(self, team_id: str) -> Team:
        """Puts aside a card that came by mistake: the key that was confirmed before counts again.

        UserError where none was, or where nothing waits.
        """
        held = self.team(team_id)
        earlier = self.confirmed_before(team_id)
        if held.confirmation is not None or earlier is None:
            raise UserError(tr("There is no earlier key of this team that was confirmed."), field="team")
        return self._keep("use_earlier_team_key", earlier)

    def confirmed_before(self, team_id: str) -> Team | None:
        """The newest key of a team that was confirmed, also while a newer one waits."""
        held = store.all_of(self._house, store.TEAM_KEY, Team, team_id)
        return next((team for _, team in held if team.confirmation is not None), None)

    def until(self, team: Team) -> date | None:
        """The last day of the card of a team; a bare key has none."""
        return _facts(team.card).not_after.date() if team.card else None

    def confirm(self, team_id: str, *, digits: str, their_name: str, channel: Channel, on: date) -> Team:
        """The ceremony: the 24 digits as the team read them aloud. UserError if they are not those of the key held.

        A team that gave its key alone may read all of the key instead.
        """
        team = self.team(team_id)
        require_read(team, digits)
        confirmation = Confirmation(by=self._desk.uid, their_name=their_name, on=on, channel=channel)
        confirmed = replace(team, confirmation=confirmation)
        return self._keep("confirm_team", confirmed, rid=store.rid_of(self._house, store.TEAM_KEY, team_id))

    def team(self, team_id: str) -> Team:
        """UserError where no such team is known."""
        found = store.newest(self._house, store.TEAM_KEY, Team, team_id)
        if found is None:
            raise UserError(tr("This team is not known here. Take its card first."), field="team")
        return found

    def all(self) -> tuple[Team, ...]:
        return store.newest_of_each(self._house, store.TEAM_KEY, Team)

    @property
    def _house(self) -> Index:
        return self._desk.index(HOUSE)

    def _keep(self, deed: str, team: Team, rid: str | None = None) -> Team:
        if self._desk.role not in (Role.CO, Role.SUP, Role.ADM):
            raise UserError(tr("Case officers, supervisors and administrators keep the keys of teams."))
        item = NewRecord(comp=HOUSE, kind=store.TEAM_KEY, pv=1, person=None, payload=to_payload(team), rid=rid)
        self._desk.commit(deed, [item])
        return team


def _bare(team: CardTeam, recipient: str) -> Team:
    """UserError for what is no age key."""
    try:
        key = sealing.check_recipient("".join(recipient.split()).casefold())
    except UserError as problem:
        raise UserError(problem.sentence, field="key") from None
    return Team(
        id=team.id,
        name=team.name,
        org=team.org,
        country=team.country,
        phone=team.phone,
        age=(key,),
        opens_with=OpensWith.AGE,
        digits=digits24(key.encode("ascii")),
    )


def require_read(team: Team, typed: str) -> None:
    """UserError unless what was read aloud is what is held: the digits, or of a bare key all of it."""
    if not team.age:
        raise UserError(tr("This team has no key. There is nothing to compare."), field="team")
    if typed.strip().casefold().startswith("age") and not team.card:
        require_same_key(team.age[0], typed)
    else:
        require_same(team.digits, typed)


def _facts(card: str) -> CertificateFacts:
    """What the certificate on a card (base64) says; the card was examined when it was taken."""
    certificate = decode_team_card(content_of(unb64(card))).value.certificate
    return certificates.facts(unb64(certificate or ""))


def make_team_card(team: CardTeam, *, identity: str, private: bytes, at: datetime) -> bytes:
    """A team's own `.rdteam`, on the team's computer: its age key, signed by a key of its own (`private`, P-256)."""
    certificate = certificates.self_issued(
        private=private, country=team.country, organisation=team.org, name=team.name, at=at
    )
    card = TeamCard(
        format=TEAM_FORMAT,
        version=CARD_VERSION,
        team=team,
        age=(sealing.recipient_of(identity),),
        opens_with=OpensWith.AGE,
        certificate=b64(certificate),
    )
    key = KeyPair(private=private, certificate=certificate)
    return sign_card(encode(card), key=key, root=None, at=at)
