"""A person in care and who works with them: names, contacts, assignments.

Legal stages are in `legal_model.py`, consents in `consent_model.py`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import require_text
from rehabdesk.people.protected_model import AgeBand

PAYLOAD_VERSION = 1
"""Of most kinds of this feature; older versions stay readable for ever (`tests/people/payloads`)."""
PERSON_VERSION, CONTACT_VERSION, PLACEMENT_VERSION = 2, 2, 2
"""Since 2: faith as the person calls it; the tick of a protected note; a placement that was taken back."""
FIRST_YEAR, LAST_YEAR = 1900, 2199


class Script(StrEnum):
    LATIN = "latin"
    ARABIC = "arabic"
    OTHER = "other"


class Sex(StrEnum):
    FEMALE = "f"
    MALE = "m"
    OTHER = "other"
    NOT_RECORDED = "not_recorded"


class BirthPrecision(StrEnum):
    """How exact a birth date is: estimated years are normal (domain.md 5.4)."""

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


class AgeRegime(StrEnum):
    ADULT = "adult"
    YOUNG_ADULT = "young_adult"
    CHILD = "child"


class Removal(StrEnum):
    """Whether removal or deportation stands before the person; anything but `none` guards packets (G23)."""

    NONE = "none"
    POSSIBLE = "possible"
    ORDERED = "ordered"
    UNKNOWN = "unknown"


class LanguageLevel(StrEnum):
    FLUENT = "fluent"
    CONVERSATION = "conversation"
    A_LITTLE = "a_little"


class Regime(StrEnum):
    ORDINARY = "ordinary"
    SEPARATED = "separated"
    SEGREGATED = "segregated"
    HOSPITAL = "hospital"
    FEMALE = "female"
    YOUTH = "youth"
    OPEN = "open"


class ContactKind(StrEnum):
    FAMILY = "family"
    FRIEND = "friend"
    LAWYER = "lawyer"
    CONSULATE = "consulate"
    EMPLOYER = "employer"
    MENTOR = "mentor"
    COMMUNITY_WORKER = "community_worker"
    FAITH_LEADER = "faith_leader"
    VICTIM_LIAISON = "victim_liaison"


class ContactConsent(StrEnum):
    """Whether the contact may be contacted by staff."""

    YES = "yes"
    NO = "no"
    NOT_ASKED = "not_asked"
    UNSAFE = "unsafe"


class Capacity(StrEnum):
    """In which capacity a member of staff works with a person (domain.md 5.1)."""

    LEAD_CASE_OFFICER = "lead_case_officer"
    PSYCHOLOGIST = "psychologist"
    CHAPLAIN = "chaplain"
    FACILITATOR = "facilitator"
    ASSESSMENT_AUTHOR = "assessment_author"
    DEPUTY = "deputy"
    LINK_WORKER = "link_worker"
    SAFEGUARDING_LEAD = "safeguarding_lead"
    SUPERVISOR = "supervisor"


DUAL_CAPACITIES: tuple[frozenset[Capacity], ...] = (
    frozenset({Capacity.CHAPLAIN, Capacity.FACILITATOR}),
    frozenset({Capacity.PSYCHOLOGIST, Capacity.ASSESSMENT_AUTHOR}),
)
"""Pairs that nobody should hold for one person: warned about, overridden with a reason (domain.md 1.3)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonName:
    """One name as it is written in one script; `variants` are other spellings found on papers."""

    script: Script
    given: str
    father: str = ""
    family: str = ""
    kunya: str = ""
    variants: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        require_text(self.given, field="names", label=tr("Given name"), longest=80)
        for text in (self.father, self.family, self.kunya, *self.variants):
            require_text(text, field="names", label=tr("Name"), longest=120, empty_allowed=True)

    @property
    def full(self) -> str:
        return " ".join(piece for piece in (self.given, self.father, self.family) if piece)


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """`code` is a BCP 47 tag such as `fr` or `dje`."""

    code: str
    level: LanguageLevel = LanguageLevel.FLUENT
    preferred: bool = False

    def __post_init__(self) -> None:
        if not (2 <= len(self.code) <= 12) or not self.code.replace("-", "").isalnum() or not self.code.isascii():
            raise UserError(tr("A language is written as its code, for example fr, ar or dje."), field="languages")


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonDetails:
    """What the team keeps of a person's identity (COR). Left out on purpose: everything that G16 names.

    `birth_date` of precision `year` or `estimated` is 1 January of that year, of `month` the first of it.
    `nationality` holds ISO 3166 alpha-3 codes. `practical_access_need` is written by the psychologist who lowers it;
    `faith_self_described` only where the site has it on (domain.md 5.3).
    """

    case_ref: str
    display_alias: str
    names: tuple[PersonName, ...]
    sex: Sex
    age_regime: AgeRegime
    birth_date: date | None = None
    birth_precision: BirthPrecision = BirthPrecision.UNKNOWN
    nationality: tuple[str, ...] = ()
    languages: tuple[Language, ...] = ()
    literacy: Literacy = Literacy.UNKNOWN
    interpreter_needed: bool = False
    address_protected: bool = False
    removal_or_deportation: Removal = Removal.UNKNOWN
    practical_access_need: str = ""
    faith_self_described: str = ""

    def __post_init__(self) -> None:
        require_text(self.case_ref, field="case_ref", label=tr("Case number"), longest=40)
        require_text(self.display_alias, field="display_alias", label=tr("Display name"), longest=80)
        require_text(
            self.practical_access_need,
            field="practical_access_need",
            label=tr("Practical access need"),
            longest=300,
            empty_allowed=True,
        )
        require_text(
            self.faith_self_described,
            field="faith_self_described",
            label=tr("Faith, as the person calls it"),
            longest=80,
            empty_allowed=True,
        )
        if not self.names:
            raise UserError(tr("Write at least one name."), field="names")
        if (self.birth_date is None) != (self.birth_precision is BirthPrecision.UNKNOWN):
            raise UserError(tr("Give a birth date and how exact it is, or neither."), field="birth_date")
        for country in self.nationality:
            if len(country) != 3 or not (country.isascii() and country.isalpha() and country.isupper()):
                raise UserError(tr("A nationality is three capital letters, for example NER."), field="nationality")
        if sum(language.preferred for language in self.languages) > 1:
            raise UserError(tr("Mark one language as preferred, not several."), field="languages")

    def name_in(self, script: Script) -> PersonName | None:
        return next((name for name in self.names if name.script is script), None)

    @property
    def spellings(self) -> tuple[str, ...]:
        """Every way in which the person is written: display name, the names one by one, full names."""
        pieces = [self.display_alias]
        for name in self.names:
            pieces += [name.given, name.father, name.family, name.kunya, *name.variants, name.full]
        return tuple(dict.fromkeys(piece for piece in pieces if piece))

    @property
    def search_names(self) -> str:
        """Every spelling that the person can be found by."""
        pieces = [self.case_ref, self.display_alias]
        for name in self.names:
            pieces += [name.given, name.father, name.family, name.kunya, *name.variants]
        return " ".join(piece for piece in pieces if piece)

    @property
    def spoken_names(self) -> tuple[str, ...]:
        """Every name of the person, whole: what is found by how it sounds."""
        found = [self.display_alias]
        for name in self.names:
            found += [name.full, name.kunya, *name.variants]
        return tuple(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """Where the person lives, from when. `unit` is the wing or house of the establishment. `taken_back`: a slip."""

    establishment: str
    since: date
    unit: str = ""
    regime: Regime = Regime.ORDINARY
    until: date | None = None
    move_reason: str = ""
    taken_back: bool = False

    def __post_init__(self) -> None:
        require_text(self.establishment, field="establishment", label=tr("Establishment"), longest=120)
        require_text(self.unit, field="unit", label=tr("Unit"), longest=60, empty_allowed=True)
        require_text(
            self.move_reason, field="move_reason", label=tr("Reason for the move"), longest=200, empty_allowed=True
        )
        _require_order(self.since, self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactDetails:
    """Somebody around the person, as the team may know it. Why contact is unsafe is never here, but in `SafetyNote`.

    `protected_note` is the tick that there is such a note, and no more (G30).
    """

    kind: ContactKind
    name: str
    relation: str = ""
    phone: str = ""
    address_landmark: str = ""
    consent_to_be_contacted: ContactConsent = ContactConsent.NOT_ASKED
    is_child: bool = False
    child_birth_year: int | None = None
    guardian: str = ""
    receives_summary: bool = False
    do_not_contact: bool = False
    offer: str = ""
    protected_note: bool = False

    def __post_init__(self) -> None:
        require_text(self.name, field="name", label=tr("Name"), longest=120)
        for text, field, label, longest in (
            (self.relation, "relation", tr("Relation"), 80),
            (self.phone, "phone", tr("Phone"), 40),
            (self.address_landmark, "address_landmark", tr("Address or landmark"), 300),
            (self.guardian, "guardian", tr("Guardian"), 120),
            (self.offer, "offer", tr("Support offered"), 300),
        ):
            require_text(text, field=field, label=label, longest=longest, empty_allowed=True)
        if self.child_birth_year is not None and not self.is_child:
            raise UserError(tr("A birth year is kept of children only."), field="child_birth_year")
        if self.child_birth_year is not None and not FIRST_YEAR <= self.child_birth_year <= LAST_YEAR:
            raise UserError(tr("The year is four digits, for example 2015."), field="child_birth_year")
        if self.receives_summary and not self.may_be_contacted:
            raise UserError(tr("Who may not be contacted cannot receive a summary."), field="receives_summary")

    @property
    def may_be_contacted(self) -> bool:
        return self.consent_to_be_contacted is ContactConsent.YES and not self.do_not_contact


@dataclass(frozen=True, slots=True, kw_only=True)
class SafetyNote:
    """Why contact with somebody is unsafe (TPP): lies in `protected`, goes there as a letter from who holds no key."""

    contact: str
    words: str

    def __post_init__(self) -> None:
        require_text(self.words, field="safety_note", label=tr("Safety note"), longest=1_000)


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignmentDetails:
    """Who works with a person, in which capacity, from when. `override_reason`: why two capacities meet."""

    staff: str
    capacity: Capacity
    since: date
    until: date | None = None
    person_told: bool = False
    override_reason: str = ""

    def __post_init__(self) -> None:
        require_text(self.override_reason, field="override_reason", label=tr("Reason"), longest=300, empty_allowed=True)
        _require_order(self.since, self.until)

    def runs_on(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A person of the register. `id` is the person's own id, not that of a record."""

    id: str
    details: PersonDetails


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """`band` is that of a child whose year of birth is known; the year itself only where the reader may see it."""

    id: str
    person_id: str
    details: ContactDetails
    band: AgeBand | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    id: str
    person_id: str
    details: AssignmentDetails


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRow:
    """One line of the register or of a caseload."""

    id: str
    case_ref: str
    display_alias: str
    name: str
    name_arabic: str
    stage: str
    unit: str
    planned_release: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundPerson:
    """A person who was looked for. `similar`: the name is another spelling of what was typed."""

    row: PersonRow
    similar: bool


def dual_capacity_warning(held: Mapping[Capacity, bool], new: Capacity) -> str | None:
    """The sentence to show before one member of staff takes `new` beside the running capacities `held`, or None."""
    for pair in DUAL_CAPACITIES:
        if new in pair and any(held.get(other) for other in pair - {new}):
            if Capacity.CHAPLAIN in pair:
                return tr(
                    "The same person would give pastoral care and lead religious dialogue for this person. "
                    "Choose somebody else, or say why it must be so."
                )
            return tr(
                "The same psychologist would treat and write the assessment report for this person. "
                "Choose somebody else, or say why it must be so."
            )
    return None


def _require_order(since: date, until: date | None) -> None:
    if until is not None and until < since:
        raise UserError(tr("The end lies before the beginning."), field="until")
