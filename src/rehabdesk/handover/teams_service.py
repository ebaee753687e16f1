"""The teams that packets go to: taking their keys, and the ceremony after which a key counts (packet.md 7.3)."""

from dataclasses import replace
from datetime import date, datetime

from rehabdesk.access.model import Role
from rehabdesk.access.service import Desk
from rehabdesk.core.canon import b64, digits24
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.payload import to_payload
from rehabdesk.db.projection import HOUSE, Index, NewRecord
from rehabdesk.handover import trust_store as store
from rehabdesk.handover.cards_model import CARD_VERSION, TEAM_FORMAT, CardTeam, OpensWith, TeamCard
from rehabdesk.handover.examination_service import PacketCheck
from rehabdesk.handover.trust_model import Channel, Confirmation, Team
from rehabdesk.handover.wire import encode
from rehabdesk.seals import certificates, sealing
from rehabdesk.seals.cards import sign_card
from rehabdesk.seals.certificates import KeyPair


class Teams:
    """The teams that one unlocked desk knows."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def take_card(self, raw: bytes) -> Team:
        """Keeps the key of a team from its `.rdteam`; nothing is sealed to it until the ceremony."""
        checked = PacketCheck().check(raw, moment=self._desk.clock.now())
        if checked.team_card is None:
            raise UserError(tr("This is not a team card, or it was changed. Ask the team for it again."))
        card = checked.team_card.card
        team = Team(
            id=card.team.id,
            name=card.team.name,
            org=card.team.org,
            country=card.team.country,
            phone=card.team.phone,
            age=card.age,
            opens_with=card.opens_with,
            digits=checked.team_card.digits,
            card=b64(raw),
        )
        return self._keep("take_team_card", team)

    def take_key(self, team: CardTeam, recipient: str) -> Team:
        """As `take_card`, for a team without RehabDesk that gives its `age1…` key alone."""
        try:
            key = sealing.check_recipient(recipient)
        except UserError as problem:
            raise UserError(problem.sentence, field="key") from None
        return self._keep(
            "take_team_key",
            Team(
                id=team.id,
                name=team.name,
                org=team.org,
                country=team.country,
                phone=team.phone,
                age=(key,),
                opens_with=OpensWith.AGE,
                digits=digits24(key.encode("ascii")),
            ),
        )

    def confirm(self, team_id: str, *, digits: str, their_name: str, channel: Channel, on: date) -> Team:
        """The ceremony: the 24 digits as the team read them aloud. UserError if they are not those of the key held."""
        team = self.team(team_id)
        if digits.replace(" ", "").replace("-", "") != team.digits.replace("-", ""):
            raise UserError(
                tr("These are not the digits of the key held here. Do not use it; ask the team for its card again."),
                field="digits",
            )
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
