"""The clinical annex as a frozen object: pages and `annex.json` are both made from it (packet.md 4.2, 5.6)."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Literal

from rehabdesk.handover.content.profile_model import ProfileCode
from rehabdesk.handover.content.rules_model import AgeRecipient, Number, Sha256, Version, Word
from rehabdesk.handover.content.sections_model import Text

ANNEX_FORMAT: Final = "rehabdesk-annex"
ANNEX_VERSION = "1.0"
ANNEX_NAME = "annex.json"
CODE: Final = "CX"
WITH_ANNEX = frozenset({ProfileCode.COMMUNITY_PSYCHOLOGIST, ProfileCode.RECEIVING_PRISON})
"""Profiles whose packets can carry a clinical annex (packet.md 3.1)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnexAuthor:
    """The psychologist; `name` is the alias where the site uses aliases, as in the certificate."""

    name: Word
    cert_sha256: Sha256


@dataclass(frozen=True, slots=True, kw_only=True)
class ClinicalAnnex:
    """The whole annex. `number` is that of the packet which releases it; `for_` the clinician whose key opens it.

    `age` is that key: a seal does not say who closed it, so the signed content names whom the text is for.
    """

    format: Literal["rehabdesk-annex"]
    version: Version
    number: Number
    for_: Word
    author: AnnexAuthor
    treatment_summary: Text
    formulation: Text | None = None
    onward_plan: Text
    age: AgeRecipient | None = None


class AnnexState(StrEnum):
    """Where an annex stands that a case officer asked for."""

    ASKED = "asked"
    READY = "ready"
    SENT = "sent"
    DECLINED = "declined"
    TAKEN_BACK = "taken_back"
