"""What the sections S1 to S8 of a packet hold, key by key as in packet.md 4.2 (domain.md 10.2 says what they mean).

A name ending in `_` stands in the file without it. A field that may be None is left out of the file when it is.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Literal

from rehabdesk.handover.content.rules_model import AtMost, Code, Language, LocalId, Phone, Word


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """Words and the language in which they were written; never translated by the machine."""

    text: Annotated[str, AtMost(20_000)]
    lang: Language


@dataclass(frozen=True, slots=True, kw_only=True)
class ShortText:
    """As `Text`, of at most 400 characters."""

    text: Annotated[str, AtMost(400)]
    lang: Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Owned:
    """Any item may say which agency owns it."""

    owner_agency: Word | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Somebody to call."""

    name: Word
    phone: Phone


@dataclass(frozen=True, slots=True, kw_only=True)
class CallerWithHours:
    name: Word
    phone: Phone
    hours: Word | None = None


class Script(StrEnum):
    LATIN = "latin"
    ARABIC = "arabic"
    OTHER = "other"


class BirthPrecision(StrEnum):
    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    ESTIMATED = "estimated"
    UNKNOWN = "unknown"


class Literacy(StrEnum):
    READS = "reads"
    READS_WITH_HELP = "reads_with_help"
    DOES_NOT_READ = "does_not_read"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonName:
    script: Script
    given: Word
    father: Word | None = None
    family: Word | None = None
    kunya: Word | None = None
    variants: tuple[Word, ...]

    def whole(self) -> str:
        """The parts in their usual order."""
        return " ".join(part for part in (self.given, self.father, self.family) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class SpokenLanguage:
    code: Language
    level: Code
    preferred: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class S1(Owned):
    """Who this is about. `birth_precision` and what follows is absent in the short and name-only forms where said."""

    names: tuple[PersonName, ...]
    date_of_birth: date | None = None
    birth_precision: BirthPrecision | None = None
    languages: tuple[SpokenLanguage, ...] | None = None
    literacy: Literacy | None = None
    interpreter_needed: bool | None = None
    access_needs: Text | None = None
    contact_preference: Text | None = None
    safe_times: Text | None = None


class Understood(StrEnum):
    YES = "yes"
    PARTLY = "partly"
    NO = "no"


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition(Owned):
    """One condition in its official words and in plain ones."""

    category: Code
    official: Text
    plain: Text
    start: date
    end: date | None = None
    source: Word
    explained_at: date
    explained_lang: Language
    understood: Understood
    question_raised: Text | None = None
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class S2(Owned):
    """Dates and conditions."""

    release_date: date
    release_route: Code
    date_source: Code
    supervision_end: date | None = None
    conditions: tuple[Condition, ...]


class Agreement(StrEnum):
    """List A3."""

    NOT_ASKED = "not_asked"
    AGREED = "agreed"
    AGREED_IN_PART = "agreed_in_part"
    DID_NOT_AGREE = "did_not_agree"
    COULD_NOT_BE_ASKED = "could_not_be_asked"
    WITHDREW = "withdrew"


class MadeBy(StrEnum):
    """How the person's own words came onto paper."""

    WROTE = "wrote"
    DICTATED_READ_BACK = "dictated_read_back"
    DRAWING = "drawing"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceLine:
    code: Literal["V1", "V2", "V3", "V4", "V5", "V6", "V7"]
    text: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class S3(Owned):
    """The person's own words."""

    agreement: Agreement
    agreement_words: Text | None = None
    voice: tuple[VoiceLine, ...]
    made_by: MadeBy
    reason: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment(Owned):
    at: datetime
    with_: Word
    place: Word
    directions: Text | None = None
    phone: Phone | None = None
    purpose: Word


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingPaper(Owned):
    paper: Word
    follow_up_by: Word
    due: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class S4(Owned):
    """The first fortnight."""

    first_night: Text
    journey: Text | None = None
    appointments: tuple[Appointment, ...]
    medicines_due: Text | None = None
    money: Text | None = None
    phone_access: Text | None = None
    papers_missing: tuple[MissingPaper, ...]


DomainCode = Literal["PD-1", "PD-2", "PD-3", "PD-4", "PD-5", "PD-6", "PD-7", "PD-8", "PD-9", "PD-10"]


class Side(StrEnum):
    """Who carries it on."""

    PRISON = "prison"
    COMMUNITY = "community"
    BOTH = "both"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step(Owned):
    id: LocalId
    text: Text
    actor: Code
    due: date | None = None
    status: Code


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal(Owned):
    """One goal in the person's wording; only shareable ones stand in a packet."""

    id: LocalId
    domain: DomainCode
    wording: Text
    staff_wording: Text | None = None
    indicator: Text | None = None
    target_date: date | None = None
    status: Code
    side: Side
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NoNeed:
    """The person was asked and named no need: silence is never read as one (A14)."""

    domain: DomainCode
    asked_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class S5(Owned):
    """Plan for the community."""

    plan_version: int
    review_due: date
    goals: tuple[Goal, ...]
    no_need: tuple[NoNeed, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Crisis:
    steps: tuple[Text, ...]
    contacts: tuple[CallerWithHours, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class S6(Owned):
    """What helps, what makes it harder, what to do; early signs as the person describes them."""

    strengths: tuple[Text, ...]
    early_signs: tuple[Text, ...]
    helps: tuple[Text, ...]
    harder: tuple[Text, ...]
    crisis: Crisis


class RatingVoice(StrEnum):
    STAFF = "staff"
    SELF = "self"


class RatingWord(StrEnum):
    """The words of progress; they have no order here and are never numbers (G1)."""

    NOT_RATED = "not_rated"
    NOT_YET_TOGETHER = "not_yet_together"
    OPENING = "opening"
    TRYING = "trying"
    DOING = "doing"
    CARRYING_IT = "carrying_it"


class Confidence(StrEnum):
    LIMITED = "limited"
    ADEQUATE = "adequate"
    GOOD = "good"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rating(Owned):
    domain: DomainCode
    voice: RatingVoice
    word: RatingWord
    nr_reason: Code | None = None
    basis: Text
    confidence: Confidence
    period_from: date
    period_to: date
    disagreement: Text | None = None
    current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class S7(Owned):
    """Progress in words, at most one staff and one own word a domain; `statement` says what it must not be used for."""

    ratings: tuple[Rating, ...]
    statement: Text


class AlertKind(StrEnum):
    """Kinds of safety alert. A disclosure of ill-treatment is none of them: it never enters a packet."""

    SELF_HARM = "self_harm"
    HARM_TO_OTHER = "harm_to_other"
    HARM_TO_CHILD = "harm_to_child"
    THREAT_TO_PERSON = "threat_to_person"
    HEALTH_EMERGENCY = "health_emergency"


class AtRisk(StrEnum):
    """No third party is named."""

    SELF = "self"
    CHILD = "child"
    UNKNOWN = "unknown"
    ANOTHER_PERSON = "another_person"


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert(Owned):
    kind: AlertKind
    facts: ShortText
    at_risk: AtRisk
    action_taken: Text
    call: tuple[Caller, ...]
    review_by: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class S8(Owned):
    """Live safety matters: open alerts only."""

    alerts: tuple[Alert, ...]
