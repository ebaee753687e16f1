"""Cards of roots that a site had before its present one: what was seen in their time stays to be checked."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class FormerCard:
    """The last card of a former root (content of a `.rdsite`). It counts for files that were first seen before `until`:
    then the next root was made here, or confirmed.

    `lists`: the newest status list of that root, where one is held. A key that is withdrawn later stands on the list of
    the next root alone, so nothing that comes then is believed for the sake of the former one.
    """

    card: bytes
    until: datetime
    lists: tuple[bytes, ...] = ()
