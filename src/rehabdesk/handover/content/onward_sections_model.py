"""What the sections S9 to S14 of a packet hold: who and what goes on with the person (packet.md 4.2).

A name ending in `_` stands in the file without it. A field that may be None is left out of the file when it is.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from rehabdesk.handover.content.rules_model import Code, Phone, Word
from rehabdesk.handover.content.sections_model import Caller, Owned, Side, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreedContact(Owned):
    name: Word
    relation: Word
    phone: Phone | None = None
    offered: Text
    agreed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildBand:
    """A child by age band only; never a name, never a school (G28)."""

    age_band: Literal["0-5", "6-11", "12-17"]


@dataclass(frozen=True, slots=True, kw_only=True)
class S9(Owned):
    """Family and network, each of whom agreed."""

    contacts: tuple[AgreedContact, ...]
    children: tuple[ChildBand, ...]
    safeguarding_lead: Caller | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingRecord(Owned):
    """A certificate of training; `issuer` in neutral words."""

    title: Word
    date_: date
    issuer: Word


@dataclass(frozen=True, slots=True, kw_only=True)
class NextStep:
    what: Text
    with_: Word
    date_: date


@dataclass(frozen=True, slots=True, kw_only=True)
class S10(Owned):
    """Work, learning, certificates."""

    skills: tuple[Text, ...]
    certificates: tuple[TrainingRecord, ...]
    next_step: NextStep | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FaithContact:
    name: Word
    phone: Phone
    agreed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class S11(Owned):
    """The chaplain's text that the person heard and agreed to."""

    text: Text
    read_back: Literal[True]
    faith_contact: FaithContact | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenItem(Owned):
    """One line of the release checklist."""

    code: Code
    due: date
    status: Code
    side: Side
    owner: Word | None = None
    comment: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiver(Owned):
    code: Code
    reason: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class S12(Owned):
    """Items to follow up, and what the supervisor waived. Health data never enters; only when they were sent."""

    items: tuple[OpenItem, ...]
    waivers: tuple[Waiver, ...]
    health_summary_sent_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkWorker:
    name: Word
    role: Word
    phone: Phone
    hours: Word


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpContact:
    name: Word
    role: Word
    phone: Phone


@dataclass(frozen=True, slots=True, kw_only=True)
class S13(Owned):
    """Contacts and the way back for feedback."""

    link_worker: LinkWorker
    return_channel: Text
    contacts: tuple[HelpContact, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreedAction(Owned):
    text: Text
    owner: Word
    due: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class S14(Owned):
    """Decisions and actions of a conference, never its discussion."""

    held_on: date
    kind: Code
    decisions: tuple[Text, ...]
    actions: tuple[AgreedAction, ...]
