"""What earlier packets to a team tell: how it is written to, and which packet it holds about the same person."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from rehabdesk.access.service import Desk
from rehabdesk.core.i18n import LANGUAGES, language
from rehabdesk.core.payload import from_payload
from rehabdesk.db.projection import TEAM
from rehabdesk.handover import store
from rehabdesk.handover.after.after_seal_service import live_packets
from rehabdesk.handover.content.language_model import language_in
from rehabdesk.handover.records_model import PacketRecord
from rehabdesk.handover.shelf_service import Shelf
from rehabdesk.handover.trust.trust_model import Team

_LOOKED_AT = 5
"""Packets to teams of one name: nearly always the first is of the very team."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Habit:
    """How a team is written to. `number`: of the packet that tells it, "" where none went there yet."""

    language: str
    audience: str = ""
    recipient: str = ""
    role: str = ""
    number: str = ""


NO_HABIT = Habit(language="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """A packet about the person that the team holds and that counts."""

    id: str
    number: str
    issued: date


class TeamBefore:
    """Of one unlocked desk."""

    def __init__(self, desk: Desk, shelf: Shelf) -> None:
        self._desk, self._shelf = desk, shelf

    def habit(self, team: Team) -> Habit:
        """As the last packet there had it, about whomever; else the language of the country, else the window's."""
        for rid in store.for_team(self._desk.index(TEAM), team.name, _LOOKED_AT):
            record = from_payload(PacketRecord, self._desk.read(TEAM, rid).payload)
            if record.team == team.id:
                choices, named = record.choices, record.choices.recipients[0]
                return Habit(
                    language=choices.language,
                    audience=choices.audience,
                    recipient=named.name,
                    role=named.role,
                    number=record.number,
                )
        spoken = language()
        return Habit(language=language_in(team.country) or (spoken if spoken in LANGUAGES else "en"))

    def earlier(self, person_id: str) -> Mapping[str, Sequence[Earlier]]:
        """By team the packets about the person that are outside and count, the newest first."""
        found: dict[str, list[Earlier]] = {}
        for row in live_packets(self._shelf, person_id):
            held = found.setdefault(self._shelf.packet(row.id).record.team, [])
            held.append(Earlier(id=row.id, number=row.number, issued=row.issued.astimezone().date()))
        return found
