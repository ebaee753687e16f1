"""Other sites whose packets are checked here: their cards, and the ceremony after which a card counts (packet.md 7)."""

from dataclasses import dataclass
from datetime import datetime

from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate, isolate_ltr
from rehabdesk.handover.trust.trust_model import Confirmation


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownSite:
    """A site card that was taken. It pins nothing without a confirmation.

    `digits` are those of the root; `card` is the signed file in base64; `put_aside`: somebody decided not to use it.
    """

    id: str
    name: str
    country: str
    phone: str
    contact: str
    seq: int
    issued: datetime
    root_sha256: str
    digits: str
    card: str
    confirmation: Confirmation | None = None
    put_aside: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteLine:
    """One site as a desk holds it: the card that counts, and one that waits for its ceremony."""

    id: str
    counts: KnownSite | None
    waiting: KnownSite | None

    @property
    def other_root(self) -> bool:
        """Whether the waiting card is of another root than the one that was confirmed: never without a reason."""
        return self.counts is not None and self.waiting is not None

    @property
    def shown(self) -> KnownSite:
        """The card whose name and phone are shown: the one that counts, if there is one."""
        held = self.counts or self.waiting
        if held is None:
            raise UserError(tr("This site is not known here. Open its card first."))
        return held


def require_newer(held: KnownSite, new: KnownSite) -> None:
    """UserError for an older card than the one held, and, as an alarm, for another one of the same number."""
    if new.seq < held.seq:
        raise UserError(
            tr(
                "This card of {site} is older than the one held here: it has the number {old}, ours {held}. Ask for "
                "the newest one."
            ).format(site=isolate(held.name), old=new.seq, held=held.seq)
        )
    if new.seq == held.seq and new.card != held.card:
        raise UserError(alarm(held))


def alarm(held: KnownSite) -> str:
    """The sentence for two different cards with one number."""
    return tr(
        "There are two different cards of {site} with the number {seq}. Use neither; call {site} on a number that you "
        "already know. The card held here says {phone}."
    ).format(site=isolate(held.name), seq=held.seq, phone=isolate_ltr(held.phone))
