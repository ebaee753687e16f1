"""Whether this computer's clock can be right, asked before every signature (packet.md 7.5)."""

from datetime import datetime

from rehabdesk.access.known_time_service import CONFIRMED, LONGEST_PAUSE
from rehabdesk.access.service import Desk
from rehabdesk.core.clock import parse_stamp
from rehabdesk.core.dates import time_text
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate
from rehabdesk.db.projection import HOUSE, TEAM
from rehabdesk.handover import store
from rehabdesk.handover.after import status_list_store
from rehabdesk.handover.checking.verdict_model import CLOCK_TOLERANCE
from rehabdesk.handover.packets_model import require_clock
from rehabdesk.handover.trust import trust_store
from rehabdesk.handover.trust.trust_model import SiteStanding


class SigningClock:
    """The clock of one unlocked desk. Every private key that signs for others is given out behind it, and by nothing
    else: root, card key, signing keys, receipt key.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def require(self) -> None:
        """UserError if the clock stands before something that is known to have happened, or went on by more than 400
        days since: then a person says on the page of the signing keys that it is right (`confirm`).
        """
        now, known = self._desk.clock.now(), self.last_known()
        require_clock(now, known)
        if known is not None and self._is_jump(known):
            raise UserError(
                tr(
                    "This computer's clock says {now}; the last entry is of {then}. If the clock is right, say so in "
                    "Settings, Signing keys. If not, set it. Then sign."
                ).format(now=_words(now), then=_words(known)),
                field="clock",
            )

    def has_jumped(self) -> bool:
        """Whether somebody has to say that the clock is right."""
        known = self.last_known()
        return known is not None and self._is_jump(known)

    def confirm(self) -> None:
        """Somebody looked at the date and says that it is right. Logged; from that entry on it is known."""
        self._desk.log(CONFIRMED)

    def last_known(self) -> datetime | None:
        """The latest of the last signature, the last list and the entries of this desk.

        A clock elsewhere, which dated a list that was taken, may go a day ahead of this one.
        """
        house = self._desk.index(HOUSE)
        found = [self._desk.known_time.latest()]
        if self._desk.holds(TEAM) and (step := store.last_step_at(self._desk.index(TEAM))) is not None:
            found.append(parse_stamp(step))
        standing = trust_store.newest(house, trust_store.SITE_STANDING, SiteStanding)
        found += [] if standing is None else [standing.issued, standing.list_made()]
        own, others = status_list_store.last_issued(house, own=True), status_list_store.last_issued(house, own=False)
        found += [own, None if others is None else others - CLOCK_TOLERANCE]
        return max((each for each in found if each is not None), default=None)

    def _is_jump(self, known: datetime) -> bool:
        return self._desk.clock.now() - known > LONGEST_PAUSE


def _words(moment: datetime) -> str:
    return isolate(time_text(moment))
