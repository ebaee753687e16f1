"""What a desk holds about the team that it is itself for others: its keys as letters, and its card (packet.md 7.2)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

TEAM_SUFFIX = "-IN"
"""What a prison is called as a receiving team, if nobody says otherwise: its own letters with this behind them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnTeamKeys:
    """One generation of the own team. `sealed`: to each member who may open what arrives (uid), the age key and the
    private half of the receipt key. `card`, `certificate` in base64; `seq` rises with each new key.
    """

    seq: int
    id: str
    name: str
    org: str
    country: str
    phone: str
    recipient: str
    certificate: str
    card: str
    made: datetime
    sealed: Mapping[str, str]
