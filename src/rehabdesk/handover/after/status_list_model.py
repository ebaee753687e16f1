"""What a site's status list says: which of its packets were withdrawn, replaced or signed a second time (packet.md 10).

No personal data stand in a list. Signing and trusting it is done elsewhere.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Annotated, Final, Literal

from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate_ltr
from rehabdesk.handover.checking.verdict_model import CLOCK_TOLERANCE, ListedAs, Listing
from rehabdesk.handover.content.number_model import is_number
from rehabdesk.handover.content.rules_model import AtMost, Base64, Number, Sha256, SiteId, Version

STATUS_FORMAT: Final = "rehabdesk-status"
STATUS_VERSION = "1.0"
MOST_ENTRIES = 5_000
NEXT_AFTER = timedelta(days=30)
"""A list is expected to be followed by another one within this time; from then on its age is shown."""
KEPT_AFTER_EXPIRY = timedelta(days=60)
"""So long after its packet's last day an entry still stands in the lists."""


class ListStatus(StrEnum):
    WITHDRAWN = "withdrawn"
    SUPERSEDED = "superseded"
    COUNTERSIGNED = "countersigned"


class WithdrawnBecause(StrEnum):
    ERROR = "error"
    CONSENT = "consent"
    KEY = "key"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListEntry:
    """`by`: the number that replaces it; `pdf_sha256`: of the file that bears both signatures; `reason`: if withdrawn.

    `date_` is the day in UTC.
    """

    number: Number
    status: ListStatus
    date_: date
    by: Number | None = None
    pdf_sha256: Sha256 | None = None
    reason: WithdrawnBecause | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusList:
    """`seq` strictly rises; `crl` is the site's newest list of withdrawn keys (DER, base64)."""

    format: Literal["rehabdesk-status"]
    version: Version
    site: SiteId
    seq: int
    issued: datetime
    next_due: datetime
    crl: Base64
    entries: Annotated[tuple[ListEntry, ...], AtMost(MOST_ENTRIES)]

    @property
    def file_name(self) -> str:
        """As it lies on a stick."""
        return f"{self.site}-{self.seq}.rdstatus"


@dataclass(frozen=True, slots=True, kw_only=True)
class Listable:
    """A packet that may stand in a list: its entry, and its last day."""

    entry: ListEntry
    expires: date


def still_listed(found: Iterable[Listable], today: date) -> tuple[ListEntry, ...]:
    """The entries that have not left the list yet, by number."""
    kept = [each.entry for each in found if today <= each.expires + KEPT_AFTER_EXPIRY]
    return tuple(sorted(kept, key=lambda entry: (entry.number, entry.status)))


def require_not_ahead(issued: datetime, now: datetime) -> None:
    """UserError for a list that is dated in the future: with it this desk would take its own clock for wrong."""
    if issued > now + CLOCK_TOLERANCE:
        sentence = tr(
            "This list is dated {then}, and this computer says {now}. If its clock is right, ask the site for a new "
            "list."
        )
        raise UserError(sentence.format(then=isolate_ltr(_time(issued)), now=isolate_ltr(_time(now))))


def _time(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"


def list_problems(made: StatusList) -> tuple[str, ...]:
    """Codes of what a list must not say, though its form allows it."""
    found = []
    if made.seq < 1 or made.next_due < made.issued:
        found.append("list_order")
    if any(not _is_whole(entry) for entry in made.entries):
        found.append("list_entry")
    if any(not _is_of(made.site, entry) for entry in made.entries):
        found.append("list_of_other_site")
    pairs = [(entry.number, entry.status) for entry in made.entries]
    if len(set(pairs)) != len(pairs):
        found.append("list_entry_twice")
    return tuple(found)


def listing_of(number: str, site: str, lists: Sequence[StatusList]) -> Listing | None:
    """What the lists of a packet's own site say about it; withdrawn before replaced."""
    entries = [entry for each in lists if each.site == site for entry in each.entries if entry.number == number]
    for status, listed_as in ((ListStatus.WITHDRAWN, ListedAs.WITHDRAWN), (ListStatus.SUPERSEDED, ListedAs.SUPERSEDED)):
        for entry in entries:
            if entry.status is status:
                return Listing(
                    listed_as=listed_as,
                    at=entry.date_,
                    by=entry.by or "",
                    reason="" if entry.reason is None else entry.reason.value,
                )
    return None


def has_second_signature(number: str, pdf_sha256: str, site: str, lists: Sequence[StatusList]) -> bool:
    """Whether a list says that the packet was countersigned since, in another file than this one."""
    return any(
        entry.number == number and entry.status is ListStatus.COUNTERSIGNED and entry.pdf_sha256 != pdf_sha256
        for each in lists
        if each.site == site
        for entry in each.entries
    )


def _is_whole(entry: ListEntry) -> bool:
    return {
        ListStatus.WITHDRAWN: entry.reason is not None,
        ListStatus.SUPERSEDED: entry.by is not None and entry.by != entry.number,
        ListStatus.COUNTERSIGNED: entry.pdf_sha256 is not None,
    }[entry.status]


def _is_of(site: str, entry: ListEntry) -> bool:
    numbers = [entry.number, *([entry.by] if entry.by is not None else [])]
    return all(is_number(number) and number.split("-")[1] == site for number in numbers)
