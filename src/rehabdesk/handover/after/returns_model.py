"""A file that came back, looked at: what it is, which packet it is about, and what a person should know of it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from rehabdesk.core.i18n import tr
from rehabdesk.handover.after.feedback_form_model import FeedbackForm
from rehabdesk.handover.after.feedback_model import Feedback, FeedbackKind
from rehabdesk.handover.after.receipt_model import Receipt
from rehabdesk.handover.checking.brought_model import Brought
from rehabdesk.handover.records_model import PacketRow


class Remark(StrEnum):
    """What is wrong with it, or worth knowing."""

    TEAM_NOT_KNOWN = "team_not_known"
    UNKNOWN_PACKET = "unknown_packet"
    NO_NUMBER = "no_number"
    TWO_NUMBERS = "two_numbers"
    NOT_SENT = "not_sent"
    OTHER_TEAM = "other_team"
    OTHER_FILE = "other_file"
    NO_CODE = "no_code"
    WRONG_CODE = "wrong_code"
    TAKEN = "taken"
    BEFORE_SEAL = "before_seal"
    NOT_SIGNED = "not_signed"
    NOT_WELL = "not_well"
    SENT_BACK = "sent_back"
    COUNTS_NO_MORE = "counts_no_more"
    AHEAD = "ahead"


STOPS = frozenset(
    {
        Remark.TEAM_NOT_KNOWN,
        Remark.UNKNOWN_PACKET,
        Remark.NO_NUMBER,
        Remark.TWO_NUMBERS,
        Remark.NOT_SENT,
        Remark.OTHER_TEAM,
        Remark.OTHER_FILE,
        Remark.NO_CODE,
        Remark.WRONG_CODE,
        Remark.TAKEN,
        Remark.BEFORE_SEAL,
    }
)
"""With one of these it is not taken into the record."""
KNOWINGLY = frozenset({Remark.AHEAD})
"""With one of these it is taken only by somebody who was told (packet.md 7.5)."""


class ReasonKind(StrEnum):
    """Why an item is still open: never a reason of the person (G33)."""

    PRACTICAL = "practical"
    REGIME = "regime"


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemOffer:
    """An item of the release checklist that may be set by hand with the acceptance; `done`, or still in progress."""

    code: str
    done: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LookedAt:
    """One file, before anybody accepts it. `packet` is there once the number is one of this desk's.

    `first_contact`: the day that the fourth answer names, where it can be read.
    """

    name: str
    sha256: str
    brought: Brought
    packet: PacketRow | None
    remarks: tuple[Remark, ...]
    first_contact: date | None = None

    @property
    def offers(self) -> Sequence[ItemOffer]:
        """The items of the checklist that it may settle; none for a packet that was sent back."""
        content = self.brought.content
        if isinstance(content, Receipt):
            return offers_for(FeedbackKind.RECEIVED) if content.acknowledges else ()
        return offers_for(content.kind) if isinstance(content, Feedback | FeedbackForm) else ()

    @property
    def may_be_accepted(self) -> bool:
        return self.packet is not None and not STOPS.intersection(self.remarks)

    @property
    def to_be_known(self) -> str:
        """What whoever accepts it is told in the same breath; empty where there is nothing."""
        return " ".join(remark_words(each) for each in self.remarks if each in KNOWINGLY)


def number_in(name: str) -> str:
    """The packet number in the name of a file, as it is written; empty where there is none."""
    found = re.search(r"RD-[A-Z]{3,6}-[0-9]{4}-[0-9]{6}-[0-9A-Z]", name.upper())
    return "" if found is None else found[0]


def offers_for(kind: FeedbackKind) -> Sequence[ItemOffer]:
    """Which items of RR-K an answer of this kind may settle (domain.md 9.2, 11.1)."""
    return {
        FeedbackKind.RECEIVED: (ItemOffer(code="RR-K1", done=True),),
        FeedbackKind.FIRST_CONTACT_MADE: (ItemOffer(code="RR-K1", done=True), ItemOffer(code="RR-K2", done=True)),
        FeedbackKind.NO_SHOW: (ItemOffer(code="RR-K2", done=False),),
        FeedbackKind.MILESTONE: (ItemOffer(code="RR-K2", done=True), ItemOffer(code="RR-K3", done=False)),
        FeedbackKind.OUTCOME_90D: (ItemOffer(code="RR-K3", done=True),),
        FeedbackKind.CLOSING: (ItemOffer(code="RR-K3", done=True),),
    }.get(kind, ())


def remark_words(remark: Remark) -> str:
    """A whole sentence, with what to do."""
    return {
        Remark.TEAM_NOT_KNOWN: tr(
            "This desk does not know the key that signed it. Take the team's card and compare its digits first."
        ),
        Remark.UNKNOWN_PACKET: tr("No packet with this number was made on this desk. Ask the team what they mean."),
        Remark.NO_NUMBER: tr("It does not say which packet it is about. Ask the team to write the number into it."),
        Remark.TWO_NUMBERS: tr("The file is named after another packet than the one that it is about. Ask the team."),
        Remark.NOT_SENT: tr("This packet was never sealed. Call the team on a number that you know."),
        Remark.OTHER_TEAM: tr("Another team signed it than the one that the packet went to. Call both."),
        Remark.OTHER_FILE: tr("The file they hold did not leave this desk. Call the team on a number that you know."),
        Remark.NO_CODE: tr("It is not signed and holds no receipt code. Ask for the eight digits of the receipt slip."),
        Remark.WRONG_CODE: tr("Not signed, and its receipt code is wrong. Call the team on a number that you know."),
        Remark.TAKEN: tr("This very file was accepted already. Nothing more is to be done with it."),
        Remark.BEFORE_SEAL: tr("It is dated before the packet was made. Ask the team to check its clock."),
        Remark.NOT_SIGNED: tr("Not signed: it counts by its receipt code alone."),
        Remark.NOT_WELL: tr("The team's own check did not find the packet as it was sent. Call the team."),
        Remark.SENT_BACK: tr("The team sends the packet back. It is not acknowledged."),
        Remark.AHEAD: tr(
            "It is dated more than a day ahead of this computer. Look at the clock of this computer; if it is right, "
            "ask the team about theirs."
        ),
        Remark.COUNTS_NO_MORE: tr("The packet was replaced, withdrawn or has expired. It stays what it is."),
    }[remark]


def reason_words(kind: ReasonKind, words: str) -> str:
    """The reason as it stands at the item."""
    if kind is ReasonKind.REGIME:
        return tr("Reason of the institution: {words}").format(words=words)
    return tr("Practical reason: {words}").format(words=words)
