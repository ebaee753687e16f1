"""The words of codes of the record pages: identity, placement, contacts, consents."""

from rehabdesk.core.i18n import tr, tr_as
from rehabdesk.people.consent_model import ConsentMethod, ConsentPurpose, ConsentStatus
from rehabdesk.people.legal_model import DateSource, SentenceType
from rehabdesk.people.model import (
    AgeRegime,
    ContactConsent,
    ContactKind,
    LanguageLevel,
    Literacy,
    Regime,
    Removal,
    Script,
    Sex,
)
from rehabdesk.people.protected_model import AgeBand, Recruited


def script_words(script: Script) -> str:
    return {
        Script.LATIN: tr("Latin"),
        Script.ARABIC: tr("Arabic script"),
        Script.OTHER: tr("Other script"),
    }[script]


def sex_words(sex: Sex) -> str:
    return {
        Sex.FEMALE: tr("Female"),
        Sex.MALE: tr("Male"),
        Sex.OTHER: tr("Other"),
        Sex.NOT_RECORDED: tr("Not recorded"),
    }[sex]


def age_words(age: AgeRegime) -> str:
    """Which rules of age hold; never an age."""
    return {
        AgeRegime.ADULT: tr("Adult"),
        AgeRegime.YOUNG_ADULT: tr("Young adult"),
        AgeRegime.CHILD: tr("Under 18"),
    }[age]


def literacy_words(literacy: Literacy) -> str:
    return {
        Literacy.READS: tr("Reads"),
        Literacy.READS_WITH_HELP: tr("Reads with help"),
        Literacy.DOES_NOT_READ: tr("Does not read"),
        Literacy.UNKNOWN: tr("Not known"),
    }[literacy]


def level_words(level: LanguageLevel) -> str:
    """How well a language is spoken."""
    return {
        LanguageLevel.FLUENT: tr("fluent"),
        LanguageLevel.CONVERSATION: tr("conversation"),
        LanguageLevel.A_LITTLE: tr("a little"),
    }[level]


def removal_words(removal: Removal) -> str:
    """Whether removal or deportation stands before the person (G23)."""
    return {
        Removal.NONE: tr("None"),
        Removal.POSSIBLE: tr("Possible"),
        Removal.ORDERED: tr("Ordered"),
        Removal.UNKNOWN: tr("Not known"),
    }[removal]


def field_words(name: str) -> str:
    """What a field of an identity is called where a change of it is told."""
    return {
        "case_ref": tr("case number"),
        "display_alias": tr("display name"),
        "names": tr("names"),
        "sex": tr("sex"),
        "age_regime": tr("age group"),
        "birth_date": tr("birth"),
        "birth_precision": tr("how exact the birth is"),
        "nationality": tr("nationality"),
        "languages": tr("languages"),
        "literacy": tr("reading"),
        "interpreter_needed": tr("interpreter"),
        "address_protected": tr("address protection"),
        "removal_or_deportation": tr("removal or deportation"),
        "practical_access_need": tr("practical access need"),
        "faith_self_described": tr("faith"),
    }[name]


def regime_words(regime: Regime) -> str:
    return {
        Regime.ORDINARY: tr("Ordinary"),
        Regime.SEPARATED: tr("Separated"),
        Regime.SEGREGATED: tr("Segregated"),
        Regime.HOSPITAL: tr("Hospital"),
        Regime.FEMALE: tr("Women's unit"),
        Regime.YOUTH: tr("Youth unit"),
        Regime.OPEN: tr_as("Open", "regime"),
    }[regime]


def source_words(source: DateSource) -> str:
    """Where a date comes from."""
    return {
        DateSource.WARRANT: tr("Warrant"),
        DateSource.REGISTRY: tr("Registry"),
        DateSource.COURT: tr("Court"),
        DateSource.ESTIMATE: tr("Estimate"),
    }[source]


def sentence_words(kind: SentenceType) -> str:
    return {
        SentenceType.DETERMINATE: tr("With an end"),
        SentenceType.INDETERMINATE: tr("Without a fixed end"),
        SentenceType.NONE: tr("No sentence"),
        SentenceType.OTHER: tr("Other"),
    }[kind]


def kind_words(kind: ContactKind) -> str:
    return {
        ContactKind.FAMILY: tr("Family"),
        ContactKind.FRIEND: tr("Friend"),
        ContactKind.LAWYER: tr("Lawyer"),
        ContactKind.CONSULATE: tr("Consulate"),
        ContactKind.EMPLOYER: tr("Employer"),
        ContactKind.MENTOR: tr("Mentor"),
        ContactKind.COMMUNITY_WORKER: tr("Community worker"),
        ContactKind.FAITH_LEADER: tr("Faith leader"),
        ContactKind.VICTIM_LIAISON: tr("Victim liaison"),
    }[kind]


def contact_consent_words(consent: ContactConsent) -> str:
    """Whether staff may contact somebody."""
    return {
        ContactConsent.YES: tr("Yes"),
        ContactConsent.NO: tr("No"),
        ContactConsent.NOT_ASKED: tr("Not asked"),
        ContactConsent.UNSAFE: tr("Unsafe"),
    }[consent]


def band_words(band: AgeBand) -> str:
    """A child's age band."""
    return {
        AgeBand.UP_TO_5: tr("0 to 5 years"),
        AgeBand.UP_TO_11: tr("6 to 11 years"),
        AgeBand.UP_TO_17: tr("12 to 17 years"),
        AgeBand.GROWN: tr("18 or older"),
    }[band]


def recruited_words(answer: Recruited) -> str:
    return {Recruited.YES: tr("Yes"), Recruited.NO: tr("No"), Recruited.UNKNOWN: tr("Not known")}[answer]


def purpose_words(purpose: ConsentPurpose) -> str:
    return {
        ConsentPurpose.PROGRAMME: tr("Programme"),
        ConsentPurpose.SHARE_WITH_NAMED_ORG: tr("Sharing with an organisation"),
        ConsentPurpose.FAMILY_CONTACT: tr("Contact with the family"),
        ConsentPurpose.PASTORAL_CONTRIBUTION: tr("Pastoral contribution"),
        ConsentPurpose.EVALUATION: tr("Evaluation"),
        ConsentPurpose.PHOTO: tr("Photograph"),
        ConsentPurpose.INTERPRETER: tr("Interpreter"),
        ConsentPurpose.AUDIO_NONE: tr("No sound recording"),
    }[purpose]


def status_words(status: ConsentStatus) -> tuple[str, str]:
    """Words and colour of a consent (interface.md 8.2)."""
    return {
        ConsentStatus.GIVEN: (tr("Given"), "purple"),
        ConsentStatus.REFUSED: (tr("Refused"), "purple"),
        ConsentStatus.WITHDRAWN: (tr("Withdrawn"), "purple"),
        ConsentStatus.NOT_ASKED: (tr("Not asked"), "grey"),
        ConsentStatus.NOT_REQUIRED_BY_LAW: (tr("Not required by law"), "grey"),
    }[status]


def method_words(method: ConsentMethod) -> str:
    return {
        ConsentMethod.SIGNATURE: tr("Signature"),
        ConsentMethod.THUMBPRINT: tr("Thumbprint"),
        ConsentMethod.VERBAL_WITNESSED: tr("Words before a witness"),
    }[method]


def removal_hint(removal: Removal) -> str:
    """What stands beside the field where removal or deportation may come (G23); else nothing."""
    if removal not in (Removal.POSSIBLE, Removal.ORDERED):
        return ""
    return tr(
        "Nobody may be sent to where torture or death threatens. Tell the lawyer. A packet to a body abroad needs a "
        "second signature and a lawyer's note."
    )


def child_hint(age: AgeRegime) -> str:
    """What holds for a person under 18 (G27); else nothing."""
    if age is not AgeRegime.CHILD:
        return ""
    return tr(
        "Under 18: name a guardian or the authority among the contacts, and say in each decision why it is best for "
        "the child. No words of progress by staff. Packets go to child services and the guardian only."
    )
