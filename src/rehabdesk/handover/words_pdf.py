"""The English words of a packet's pages: labels of codes, and how words, dates and names become lines on paper."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from enum import StrEnum

from rehabdesk.core.text import isolate, isolate_ltr
from rehabdesk.handover.packet_model import LegalBasis, NotInformedBecause, PersonCopy, Presence, WithheldBecause
from rehabdesk.handover.profile_model import SectionCode
from rehabdesk.handover.sections_model import (
    Agreement,
    AlertKind,
    AtRisk,
    BirthPrecision,
    Confidence,
    Literacy,
    MadeBy,
    RatingVoice,
    RatingWord,
    ShortText,
    Side,
    Text,
    Understood,
)
from rehabdesk.paper.blocks import SOFT_INK, Run, Words

SECTION_TITLES: Mapping[SectionCode, str] = {
    SectionCode.S1: "Who this is about",
    SectionCode.S2: "Dates and conditions",
    SectionCode.S3: "The person’s own words",
    SectionCode.S4: "First fortnight",
    SectionCode.S5: "Plan for the community",
    SectionCode.S6: "What helps, what makes it harder, what to do",
    SectionCode.S7: "Progress in words",
    SectionCode.S8: "Live safety matters",
    SectionCode.S9: "Family and network (agreed)",
    SectionCode.S10: "Work, learning, certificates",
    SectionCode.S11: "Pastoral contribution",
    SectionCode.S12: "Open items and follow-up",
    SectionCode.S13: "Contacts and feedback",
    SectionCode.S14: "Conference summary",
}
DOMAINS: Mapping[str, str] = {
    "PD-1": "Identity, meaning, belonging",
    "PD-2": "Thinking and the use of violence",
    "PD-3": "Emotions, stress, trauma",
    "PD-4": "Relationships and influence",
    "PD-5": "Family and children",
    "PD-6": "Faith, values, moral reasoning",
    "PD-7": "Education, work, time",
    "PD-8": "Practical stability",
    "PD-9": "Responsibility, harm and repair",
    "PD-10": "Release, safety and community",
}
VOICE_QUESTIONS: Mapping[str, str] = {
    "V1": "What has changed for me",
    "V2": "What I am proud of",
    "V3": "What helps me stay on track",
    "V4": "What makes it hard",
    "V5": "What I want the people outside to know, or not to do",
    "V6": "Who I want in my circle",
    "V7": "What I think of my plan",
}
_LABELLED: tuple[tuple[StrEnum, str], ...] = (
    (Agreement.NOT_ASKED, "Not asked yet"),
    (Agreement.AGREED, "Agrees"),
    (Agreement.AGREED_IN_PART, "Agrees in part"),
    (Agreement.DID_NOT_AGREE, "Does not agree"),
    (Agreement.COULD_NOT_BE_ASKED, "Could not be asked"),
    (Agreement.WITHDREW, "Withdrew"),
    (MadeBy.WROTE, "Written by the person"),
    (MadeBy.DICTATED_READ_BACK, "Said by the person, written down and read back"),
    (MadeBy.DRAWING, "Drawn by the person"),
    (MadeBy.DECLINED, "Declined"),
    (Understood.YES, "Understood"),
    (Understood.PARTLY, "Understood in part"),
    (Understood.NO, "Not understood yet"),
    (Literacy.READS, "Reads"),
    (Literacy.READS_WITH_HELP, "Reads with help"),
    (Literacy.DOES_NOT_READ, "Does not read"),
    (BirthPrecision.ESTIMATED, "estimated"),
    (BirthPrecision.MONTH, "month known, day not"),
    (BirthPrecision.YEAR, "year known only"),
    (Side.PRISON, "Prison"),
    (Side.COMMUNITY, "Community"),
    (Side.BOTH, "Both"),
    (RatingVoice.STAFF, "As staff describe it"),
    (RatingVoice.SELF, "As the person describes it"),
    (RatingWord.NOT_RATED, "Not rated"),
    (RatingWord.NOT_YET_TOGETHER, "Not yet together"),
    (RatingWord.OPENING, "Opening"),
    (RatingWord.TRYING, "Trying"),
    (RatingWord.DOING, "Doing"),
    (RatingWord.CARRYING_IT, "Carrying it"),
    (Confidence.LIMITED, "limited"),
    (Confidence.ADEQUATE, "adequate"),
    (Confidence.GOOD, "good"),
    (AlertKind.SELF_HARM, "Risk of self-harm"),
    (AlertKind.HARM_TO_OTHER, "Risk of harm to another person"),
    (AlertKind.HARM_TO_CHILD, "Risk of harm to a child"),
    (AlertKind.THREAT_TO_PERSON, "Threat to the person"),
    (AlertKind.HEALTH_EMERGENCY, "Health emergency"),
    (AtRisk.SELF, "the person"),
    (AtRisk.CHILD, "a child"),
    (AtRisk.ANOTHER_PERSON, "another person"),
    (LegalBasis.CONSENT, "The person’s consent"),
    (LegalBasis.SUPERVISION_LAW, "Duty under supervision law"),
    (LegalBasis.COURT_ORDER, "Court order"),
    (LegalBasis.LIFE_IN_DANGER, "Life in danger"),
    (LegalBasis.CHILD_PROTECTION, "Child protection"),
    (LegalBasis.HEALTH_CONTINUITY, "Health continuity"),
    (LegalBasis.CUSTODY_DUTY, "The receiving prison’s duty of custody"),
    (WithheldBecause.PROFESSIONAL_SECRECY, "Professional secrecy"),
    (WithheldBecause.FAITH_CONFIDENCE, "Seal or faith confidence"),
    (WithheldBecause.THIRD_PARTY, "Concerns a third party"),
    (WithheldBecause.CHILD, "Concerns a child"),
    (WithheldBecause.VICTIM, "Concerns a victim"),
    (WithheldBecause.ONGOING_CASE, "Ongoing case"),
    (WithheldBecause.SOURCE_AGENCY, "Another agency owns it"),
    (WithheldBecause.NOT_NEEDED, "Not needed by this recipient"),
    (WithheldBecause.PERSON_ASKED, "The person asked for it"),
    (WithheldBecause.SAFETY_OF_PERSON, "Safety of the person"),
    (WithheldBecause.SAFETY_OF_STAFF, "Safety of staff"),
    (NotInformedBecause.DANGER, "it would put someone in danger"),
    (NotInformedBecause.LEGAL_ORDER, "a legal order forbids it"),
    (NotInformedBecause.NOT_FOUND, "the person could not be found"),
    (NotInformedBecause.INCAPACITY, "the person could not understand it at the time"),
    (NotInformedBecause.EMERGENCY, "it was an emergency"),
    (PersonCopy.GIVEN, "Given"),
    (PersonCopy.OFFERED_DECLINED, "Offered and declined"),
    (PersonCopy.NOT_SAFE, "Not safe to give"),
    (PersonCopy.NOT_POSSIBLE, "Not possible"),
    (Presence.NONE, "None"),
    (Presence.EXPLAINED, "Left out, explained"),
)
# the same code may mean different things in two lists: `self`, `child`
LABELS: Mapping[tuple[type, str], str] = {(type(member), member.value): words for member, words in _LABELLED}
CODES: Mapping[str, str] = {
    "end_of_sentence": "End of sentence",
    "conditional": "Conditional release",
    "pardon": "Pardon or amnesty",
    "bail": "Bail",
    "acquittal": "Acquittal",
    "discontinued": "Case dropped",
    "court_order": "Court order",
    "transfer": "Transfer abroad",
    "deportation": "Deportation or removal",
    "medical": "Medical",
    "error_corrected": "Error corrected",
    "unknown": "Not known",
    "warrant": "Warrant",
    "registry": "Registry",
    "court": "Court",
    "estimate": "Estimate",
    "case_officer": "Case officer",
    "person": "The person",
    "family": "Family",
    "pre_release": "Before release",
    "release_board_prep": "Preparing the release board",
    "urgent": "Urgent conference",
    "post_release": "After release",
    "prefers_not": "The person prefers not",
    "na": "Does not apply",
    "where_i_live": "Where I live",
    "phones_internet_devices": "Phones, internet, devices",
    "things_i_may_not_have": "Things I may not have",
    "information_i_must_give": "Information I must give",
}
LANGUAGES: Mapping[str, str] = {
    "en": "English",
    "fr": "French",
    "ar": "Arabic",
    "dje": "Zarma",
    "ha": "Hausa",
    "ff": "Fulfulde",
    "wo": "Wolof",
    "bm": "Bambara",
    "ber": "Berber",
    "kab": "Kabyle",
    "so": "Somali",
    "und": "language not known",
}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def label(code: str) -> str:
    """The words for a code; an unknown one of a longer list is spelled out as words."""
    return LABELS.get((type(code), str(code))) or CODES.get(code) or str(code).replace("_", " ").capitalize()


def language_name(tag: str) -> str:
    return LANGUAGES.get(tag.split("-")[0], tag)


def day(when: date) -> str:
    """`8 Jan 2027`, kept in its order wherever it stands."""
    return isolate_ltr(f"{when.day} {_MONTHS[when.month - 1]} {when.year}")


def moment(when: datetime) -> str:
    return isolate_ltr(f"{when.day} {_MONTHS[when.month - 1]} {when.year}, {when:%H:%M} UTC")


def optional_day(when: date | None) -> str:
    return "–" if when is None else day(when)


def name(text: str) -> str:
    """A name or other words of unknown direction inside a line of ours."""
    return isolate(text)


def code(text: str) -> str:
    """A number, code or telephone number."""
    return isolate_ltr(text)


def own_words(text: Text | ShortText, packet_language: str) -> Words:
    """Free text as it was written, marked with its language where that is known and not the packet's."""
    if text.lang.split("-")[0] in (packet_language.split("-")[0], "und"):
        return text.text
    return (Run(text=text.text), Run(text=f"  ({isolate(language_name(text.lang))})", colour=SOFT_INK))


def joined(parts: Iterable[str | None], separator: str = " · ") -> str:
    """The parts that are there, in one line."""
    return separator.join(part for part in parts if part)
