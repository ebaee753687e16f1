"""The verdict on a packet: a pure function of what was found, what is known, and the time (packet.md 9).

The words are in `verdict_words_model.py`; opening and examining files happens elsewhere.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum


class State(StrEnum):
    """The eleven answers, in the order in which they win: the first that applies."""

    CANNOT_OPEN = "cannot_open"
    REFUSED = "refused"
    CHANGED = "changed"
    INCOMPLETE = "incomplete"
    UNKNOWN_SITE = "unknown_site"
    WITHDRAWN = "withdrawn"
    REPLACED = "replaced"
    NOT_FOR_THIS_TEAM = "not_for_this_team"
    OUT_OF_DATE = "out_of_date"
    EXPRESS_PENDING = "express_pending"
    GENUINE = "genuine"


_DO_NOT_RELY, _CANNOT_SAY = 1, 2
EXIT_STATUS = {
    State.CANNOT_OPEN: _CANNOT_SAY,
    State.REFUSED: _DO_NOT_RELY,
    State.CHANGED: _DO_NOT_RELY,
    State.INCOMPLETE: _DO_NOT_RELY,
    State.UNKNOWN_SITE: _CANNOT_SAY,
    State.WITHDRAWN: _DO_NOT_RELY,
    State.REPLACED: _DO_NOT_RELY,
    State.NOT_FOR_THIS_TEAM: _DO_NOT_RELY,
    State.OUT_OF_DATE: _DO_NOT_RELY,
    State.EXPRESS_PENDING: _CANNOT_SAY,
    State.GENUINE: 0,
}
MAY_BE_OPENED = frozenset({State.GENUINE, State.EXPRESS_PENDING, State.REPLACED, State.OUT_OF_DATE})
"""States in which content may be shown or written (packet.md 8.1, point 11)."""

LIST_MISSING, LIST_EXPIRED = "status_list_missing", "status_list_expired"
NOT_PINNED, CLOCK = "site_not_known_here", "clock"
KEY_WITHDRAWN, KEY_WITHDRAWN_LATER = "signer_key_withdrawn", "signer_key_withdrawn_later"
CERTIFICATE_EXPIRED, PAST_EXPIRY = "signer_certificate_expired", "date_passed"
OTHER_ROOT, OTHER_TEAM, KEY_NOT_NAMED = "other_root", "other_team", "key_not_named"
EXPRESS_OVERDUE, SECOND_MISSING = "express_overdue", "second_signature_missing"
NO_MATCHING_KEY, NO_IDENTITY, NEEDS_NEWER = "no_matching_key", "no_identity_given", "needs_newer_rehabdesk"
SEAL_DAMAGED, SEAL_FORM = "seal_damaged", "seal_form"
AT_GIVEN, TEAM_NOT_JUDGED, NOT_UNDERSTOOD = "judged_at_given_time", "team_not_judged", "not_understood"
WITHDRAWN, REPLACED = "withdrawn", "replaced"
LIST_OLD, LIST_VERY_OLD = "status_list_old", "status_list_very_old"
OTHER_CLINICIAN, CLINICIAN_NOT_JUDGED = "other_clinician", "clinician_not_judged"
COUNTERSIGNED_SINCE, NOT_SIGNED, TEAM_NOT_KNOWN = "countersigned_since", "not_signed", "team_not_known_here"

_LIST_OLD_DAYS, _LIST_VERY_OLD_DAYS = 30, 90
CLOCK_TOLERANCE = timedelta(hours=24)
"""So far the clock of somebody else may go ahead of ours before that is remarked (packet.md 7.5)."""


class Outcome(StrEnum):
    """What examination of bytes and content came to, before anybody is trusted."""

    INTACT = "intact"
    INCOMPLETE = "incomplete"
    CHANGED = "changed"
    REFUSED = "refused"
    CANNOT_OPEN = "cannot_open"


class Standing(StrEnum):
    """How the signers stand with the site's root and list of withdrawn keys."""

    TRUSTED = "trusted"
    EXPIRED = "expired"
    REVOKED = "revoked"
    NOT_YET_VALID = "not_yet_valid"
    LIST_EXPIRED = "list_expired"
    LIST_MISSING = "list_missing"
    UNKNOWN_ROOT = "unknown_root"


class ListedAs(StrEnum):
    """What a status list says about a packet."""

    WITHDRAWN = "withdrawn"
    SUPERSEDED = "superseded"


@dataclass(frozen=True, slots=True, kw_only=True)
class SignerFacts:
    """One intact signature; `stated_at` is the signer's own claim."""

    role: str
    staff_role: str
    name: str
    cert_sha256: str
    stated_at: datetime
    revoked_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PacketFacts:
    """What the signed content says that a verdict needs. `countersign_due` only in express packets."""

    number: str
    site: str
    site_name: str
    team: str
    team_name: str
    team_keys: tuple[str, ...]
    issued: datetime
    expires: date
    countersign_due: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """An entry of a status list about this packet. `by` is the number that replaces it."""

    listed_as: ListedAs
    at: date
    by: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the receiving side knows. `site_name` is the pinned name, empty if the site of the packet is not pinned.

    `other_root`: the packet's site is pinned here with another root. `own_key` is the key that opened the seal.
    `countersigned_since`: a list names another file of this packet, which bears the second signature.
    `other_clinician`: an annex names somebody else than who reads it here.
    """

    judged_at: datetime
    at_given: bool = False
    site_name: str = ""
    other_root: bool = False
    team: str | None = None
    own_key: str | None = None
    listing: Listing | None = None
    countersigned_since: bool = False
    other_clinician: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    """Everything found in one file. `packet` and `signers` are there only when every signature present is intact.

    `dated`: when a file that is no packet says that it was made.
    """

    outcome: Outcome
    reasons: tuple[str, ...]
    standing: Standing | None = None
    packet: PacketFacts | None = None
    signers: tuple[SignerFacts, ...] = ()
    list_issued: datetime | None = None
    list_due: datetime | None = None
    not_understood: tuple[str, ...] = ()
    dated: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The answer. `reasons` are stable codes, all of them; `notes` say what else a reader should know.

    `trusted` is false where names and number are only claims. `known_site` is the pinned name or empty.
    """

    state: State
    reasons: tuple[str, ...]
    notes: tuple[str, ...]
    judged_at: datetime
    trusted: bool
    known_site: str
    packet: PacketFacts | None
    signers: tuple[SignerFacts, ...]
    listing: Listing | None
    list_age_days: int | None
    list_due: datetime | None

    @property
    def exit_status(self) -> int:
        return EXIT_STATUS[self.state]


def judge(found: Examined, known: Known) -> Verdict:
    """The verdict on `found`: of all states that apply, the first in the order of `State`; every reason is listed."""
    applying = list(_states(found, known))
    order = list(State)
    state = min((each for each, _ in applying), key=order.index, default=State.GENUINE)
    # where the bytes are not what was signed, nothing that they say is repeated
    spoken_for = state not in (State.CANNOT_OPEN, State.REFUSED, State.CHANGED)
    reasons = [reason for _, reason in applying]
    if known.at_given:
        reasons.append(AT_GIVEN)
    age = max(0, (known.judged_at - found.list_issued).days) if found.list_issued else None
    return Verdict(
        state=state,
        reasons=tuple(dict.fromkeys(reasons)),
        notes=tuple(_notes(found, known, age)) if spoken_for else (),
        judged_at=known.judged_at,
        trusted=spoken_for and found.standing not in (None, Standing.UNKNOWN_ROOT),
        known_site=known.site_name,
        packet=found.packet if spoken_for else None,
        signers=found.signers if spoken_for else (),
        listing=known.listing,
        list_age_days=age,
        list_due=found.list_due,
    )


def worst_exit_status(statuses: Sequence[int]) -> int:
    """Of several files: 1 before 2 before 0."""
    return next((status for status in (_DO_NOT_RELY, _CANNOT_SAY) if status in statuses), 0)


def _states(found: Examined, known: Known) -> Iterator[tuple[State, str]]:
    """Every state that applies, each with its reason."""
    if found.outcome in (Outcome.CANNOT_OPEN, Outcome.REFUSED, Outcome.CHANGED):
        yield from ((State(found.outcome), reason) for reason in found.reasons)
        return
    if known.other_root:
        yield State.REFUSED, OTHER_ROOT
    yield from _completeness(found, known)
    yield from _trust(found)
    yield from _list_entry(known)
    if known.other_clinician:
        yield State.NOT_FOR_THIS_TEAM, OTHER_CLINICIAN
    if found.packet is not None:
        yield from _addressee(found.packet, known)
        if known.judged_at.date() > found.packet.expires:
            yield State.OUT_OF_DATE, PAST_EXPIRY


def _completeness(found: Examined, known: Known) -> Iterator[tuple[State, str]]:
    """One signature where two are due, unless it is an express packet within its time."""
    due = found.packet.countersign_due if found.packet is not None else None
    express = found.reasons == (SECOND_MISSING,) and due is not None
    if not express:
        yield from ((State.INCOMPLETE, reason) for reason in found.reasons)
    elif due is not None and known.judged_at > due:
        yield State.INCOMPLETE, EXPRESS_OVERDUE
    else:
        yield State.EXPRESS_PENDING, SECOND_MISSING


def _trust(found: Examined) -> Iterator[tuple[State, str]]:
    states = {
        Standing.UNKNOWN_ROOT: (State.UNKNOWN_SITE, NOT_PINNED),
        Standing.LIST_MISSING: (State.UNKNOWN_SITE, LIST_MISSING),
        Standing.LIST_EXPIRED: (State.UNKNOWN_SITE, LIST_EXPIRED),
        Standing.NOT_YET_VALID: (State.UNKNOWN_SITE, CLOCK),
        Standing.REVOKED: (State.WITHDRAWN, KEY_WITHDRAWN),
        Standing.EXPIRED: (State.OUT_OF_DATE, CERTIFICATE_EXPIRED),
    }
    if found.standing is None:
        yield State.UNKNOWN_SITE, NOT_PINNED
    elif found.standing in states:
        yield states[found.standing]


def _list_entry(known: Known) -> Iterator[tuple[State, str]]:
    if known.listing is not None:
        withdrawn = known.listing.listed_as is ListedAs.WITHDRAWN
        yield (State.WITHDRAWN, WITHDRAWN) if withdrawn else (State.REPLACED, REPLACED)


def _addressee(packet: PacketFacts, known: Known) -> Iterator[tuple[State, str]]:
    if known.team is not None and known.team != packet.team:
        yield State.NOT_FOR_THIS_TEAM, OTHER_TEAM
    if known.own_key is not None and known.own_key not in packet.team_keys:
        # the seal says nothing about who closed it: only the signed content names whom the packet is for
        yield State.NOT_FOR_THIS_TEAM, KEY_NOT_NAMED


def _notes(found: Examined, known: Known, list_age: int | None) -> Iterator[str]:
    if known.team is None:
        yield TEAM_NOT_JUDGED
    dated = found.packet.issued if found.packet is not None else found.dated
    if dated is not None and dated > known.judged_at + CLOCK_TOLERANCE:
        yield CLOCK
    if found.standing is Standing.TRUSTED and any(signer.revoked_at for signer in found.signers):
        yield KEY_WITHDRAWN_LATER
    if list_age is not None and list_age > _LIST_OLD_DAYS:
        yield LIST_VERY_OLD if list_age > _LIST_VERY_OLD_DAYS else LIST_OLD
    if known.countersigned_since and found.reasons:
        yield COUNTERSIGNED_SINCE
    if found.not_understood:
        yield NOT_UNDERSTOOD
