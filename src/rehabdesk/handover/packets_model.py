"""The life of a packet: its states, and what must hold before a signature or a seal (domain.md 6.6)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from rehabdesk.core.dates import day_text, time_text
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate
from rehabdesk.handover.content.number_model import DEMO_SITE
from rehabdesk.handover.content.packet_model import Handover, Presence
from rehabdesk.handover.content.profile_model import PROFILES
from rehabdesk.handover.content.section_words_model import empty_section


class PacketState(StrEnum):
    """States of domain.md 6.6."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    RETURNED = "returned"
    SIGNED = "signed"
    COUNTERSIGNED = "countersigned"
    SEALED = "sealed"
    DELIVERED = "delivered"
    ACKNOWLEDGED = "acknowledged"
    CLOSED = "closed"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


_S = PacketState
_AFTER_SEAL = (_S.SUPERSEDED, _S.WITHDRAWN, _S.EXPIRED)
NEXT: Mapping[PacketState, tuple[PacketState, ...]] = {
    _S.DRAFT: (_S.IN_REVIEW, _S.SIGNED),
    _S.IN_REVIEW: (_S.SIGNED, _S.RETURNED),
    _S.RETURNED: (_S.DRAFT,),
    # a supervisor returns what the author signed: it goes back to draft and is signed anew (packet.md 5.4)
    _S.SIGNED: (_S.COUNTERSIGNED, _S.RETURNED, _S.SEALED),
    _S.COUNTERSIGNED: (_S.SEALED,),
    _S.SEALED: (_S.DELIVERED, _S.ACKNOWLEDGED, *_AFTER_SEAL),
    _S.DELIVERED: (_S.ACKNOWLEDGED, *_AFTER_SEAL),
    _S.ACKNOWLEDGED: (_S.CLOSED, *_AFTER_SEAL),
    _S.CLOSED: _AFTER_SEAL,
    _S.SUPERSEDED: (),
    _S.WITHDRAWN: (),
    # what turns out wrong later is still in somebody's drawer; the lists name it for a while (packet.md 10)
    _S.EXPIRED: (_S.WITHDRAWN,),
}


WITH_ONE = (_S.SEALED, _S.DELIVERED, _S.ACKNOWLEDGED)
"""States in which an Express packet can be out with one signature, and gets its second."""
_ONLY_WITH_ONE = frozenset(
    {(_S.SIGNED, _S.SEALED), (_S.SIGNED, _S.DRAFT), *((out, _S.COUNTERSIGNED) for out in WITH_ONE)}
)
"""Steps of an Express packet that goes with one signature; its author may take it up again before it goes."""


def require_step(now: PacketState, to: PacketState, *, express: bool = False) -> None:
    """UserError unless a packet may go from `now` to `to`.

    `express`: it is an Express packet with one signature. It is sealed, and only then countersigned and sealed again.
    """
    if express and (now, to) == (_S.SIGNED, _S.COUNTERSIGNED):
        raise UserError(tr("This packet goes out with one signature first. Countersign it after it has been sealed."))
    allowed = express if (now, to) in _ONLY_WITH_ONE else to in NEXT[now]
    if not allowed:
        raise UserError(tr(_REFUSALS.get((now, to), "The packet is not at the point where this can be done.")))


_REFUSALS = {
    (_S.SIGNED, _S.SEALED): "Only one person has signed. A supervisor must countersign before the packet is sealed.",
    (_S.DRAFT, _S.COUNTERSIGNED): "The author has not signed yet. The author signs first.",
    (_S.DRAFT, _S.SEALED): "Nobody has signed yet. The author signs first, then a supervisor.",
    (_S.SEALED, _S.SEALED): "The packet is sealed already. A correction is a new packet that replaces it.",
    (_S.SEALED, _S.SIGNED): "The packet is sealed. A correction is a new packet that replaces it.",
    (_S.COUNTERSIGNED, _S.COUNTERSIGNED): "The packet is countersigned already. It can be sealed.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who signs: login, role, the name in the certificate, and the hashes of certificate and key."""

    uid: str
    staff_role: str
    name: str
    cert_sha256: str
    key_sha256: str


def require_second_person(author: Person, supervisor: Person, named: tuple[str, ...]) -> None:
    """UserError unless `supervisor` may countersign what `author` signed. `named`: certificate hashes in the JSON."""
    if supervisor.uid == author.uid:
        raise UserError(tr("You signed this packet as its author. Another person must countersign it."))
    if supervisor.staff_role != "SUP":
        raise UserError(tr("Only a supervisor countersigns a packet. Ask one of the supervisors named in it."))
    if supervisor.key_sha256 == author.key_sha256:
        raise UserError(tr("This is the key that the author signed with. The supervisor signs with their own key."))
    if supervisor.name == author.name:
        raise UserError(
            tr("Author and supervisor have the same name in their signing keys. Another supervisor must countersign.")
        )
    if supervisor.cert_sha256 not in named:
        raise UserError(
            tr("You are not one of the supervisors whom the author named. Ask one of them, or return the packet.")
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class SealConditions:
    """What must be said before a seal: keys confirmed by a second channel, hits ticked, ledger complete."""

    recipient_confirmed: bool
    unticked_hits: int
    withheld_complete: bool


def require_sealable(packet: Handover, conditions: SealConditions) -> None:
    """UserError, saying what to do, unless the guards of domain.md 6.6 hold."""
    if not conditions.recipient_confirmed:
        raise UserError(
            tr(
                "The key of {team} is not confirmed. Call them on a number that you know and compare it first, "
                "or choose the paper envelope."
            ).format(team=packet.to.name)
        )
    if conditions.unticked_hits:
        raise UserError(
            tr("{count} places in the packet have not been looked at. Tick each of them, or change the text.").format(
                count=conditions.unticked_hits
            )
        )
    if not conditions.withheld_complete:
        raise UserError(
            tr("Say for each thing that was kept back who decided it and why, or that nothing was kept back.")
        )


def require_signable(packet: Handover, *, today: date, longest: date) -> None:
    """UserError unless an author may sign: every required section is there or explained, and the dates are possible.

    `longest` is the day on which the first of the signers' certificates ends.
    """
    entries = {entry.code: entry for entry in packet.manifest.sections}
    for code in PROFILES[packet.packet.profile].required:
        entry = entries.get(code)
        if entry is None or (entry.state is not Presence.PRESENT and not entry.reason):
            raise UserError(empty_section(code), field=code)
    if packet.packet.expires < today:
        raise UserError(tr("The packet's last day is already past. Choose a later one."), field="expires")
    if packet.packet.expires > longest:
        raise UserError(
            tr(
                "The packet would outlive the signing key of a signer, which ends on {day}. Choose an earlier day."
            ).format(day=isolate(day_text(longest))),
            field="expires",
        )


def require_clock(now: datetime, last_known: datetime | None) -> None:
    """UserError when the clock stands before something that already happened (packet.md 7.5)."""
    if last_known is not None and now < last_known:
        raise UserError(
            tr("This computer's clock says {now}, which is before the last entry. Set the clock, then sign.").format(
                now=isolate(time_text(now))
            )
        )


def require_importable(site: str, *, training: bool) -> None:
    """UserError when something of the invented site is to enter a real desk (packet.md 2)."""
    if site == DEMO_SITE and not training:
        raise UserError(tr("This is a training packet of an invented site. It is not taken into a real desk."))
