"""The words that a packet's pages have for codes: profiles, domains, lists. In the language that is spoken (words_pdf).

A sender's code that has no words here is spelled out.
"""

from collections.abc import Callable, Mapping

from rehabdesk.core.i18n import tr
from rehabdesk.handover.content.packet_model import (
    LegalBasis,
    Level,
    NotInformedBecause,
    PersonCopy,
    Presence,
    WithheldBecause,
)
from rehabdesk.handover.content.profile_model import Form, ProfileCode
from rehabdesk.handover.content.sections_model import (
    Agreement,
    AlertKind,
    AtRisk,
    BirthPrecision,
    Confidence,
    Literacy,
    MadeBy,
    RatingVoice,
    RatingWord,
    Side,
    Understood,
)
from rehabdesk.handover.state_words_model import basis_words


def section_form(form: Form) -> str:
    """How much of a section is given; nothing for all of it."""
    return {Form.FULL: "", Form.SHORT: tr("short"), Form.NAME_ONLY: tr("name only")}[form]


def profile_title(code: ProfileCode) -> str:
    """For which reader the packet is made (domain.md 10.3)."""
    return {
        ProfileCode.SUPERVISING_OFFICER: tr("Supervising officer"),
        ProfileCode.NGO_MENTOR: tr("NGO or mentor"),
        ProfileCode.COMMUNITY_PSYCHOLOGIST: tr("Community psychologist"),
        ProfileCode.FAITH_MENTOR: tr("Faith mentor"),
        ProfileCode.RECEIVING_PRISON: tr("Receiving prison"),
        ProfileCode.LAWYER_PERSON: tr("Lawyer or the person"),
        ProfileCode.COURT_BOARD: tr("Court or board"),
        ProfileCode.EXPRESS: tr("Express"),
    }[code]


def staff_role(code: str) -> str:
    """In which role somebody signs; the certificate names it by this code."""
    return {"CO": tr("Case officer"), "SUP": tr("Supervisor"), "PSY": tr("Psychologist")}.get(code, code)


def domain_title(code: str) -> str:
    """The ten plan domains, as resources/plans/domains.toml names them."""
    return {
        "PD-1": tr("Identity, meaning, belonging"),
        "PD-2": tr("Thinking & use of violence"),
        "PD-3": tr("Emotions, stress, trauma"),
        "PD-4": tr("Relationships & influence"),
        "PD-5": tr("Family & children"),
        "PD-6": tr("Faith, values, moral reasoning"),
        "PD-7": tr("Education, work, time"),
        "PD-8": tr("Practical stability"),
        "PD-9": tr("Responsibility, harm & repair"),
        "PD-10": tr("Release, safety & community"),
    }[code]


def label(code: str) -> str:
    """The words for a code of a list; an unknown one of a longer list is spelled out as words."""
    # the same code may mean different things in two lists: `self`, `child`
    listed = _LISTS.get(type(code))
    words = listed().get(code) if listed is not None else None
    return words or coded().get(str(code)) or str(code).replace("_", " ").capitalize()


def release_route(code: str) -> str:
    """As `label`; a transfer is one abroad here, and one to another prison among conferences."""
    return tr("Transfer abroad") if code == "transfer" else label(code)


def coded() -> Mapping[str, str]:
    """Codes that stand in a packet without the list that they are from."""
    return {**_release_codes(), **_status_codes(), **_people_codes(), **_condition_categories()}


def _agreement() -> Mapping[str, str]:
    return {
        Agreement.NOT_ASKED: tr("Not asked yet"),
        Agreement.AGREED: tr("Agrees"),
        Agreement.AGREED_IN_PART: tr("Agrees in part"),
        Agreement.DID_NOT_AGREE: tr("Does not agree"),
        Agreement.COULD_NOT_BE_ASKED: tr("Could not be asked"),
        Agreement.WITHDREW: tr("Withdrew"),
    }


def _made_by() -> Mapping[str, str]:
    return {
        MadeBy.WROTE: tr("Written by the person"),
        MadeBy.DICTATED_READ_BACK: tr("Said by the person, written down and read back"),
        MadeBy.DRAWING: tr("Drawn by the person"),
        MadeBy.DECLINED: tr("Declined"),
    }


def _understood() -> Mapping[str, str]:
    return {
        Understood.YES: tr("Understood"),
        Understood.PARTLY: tr("Understood in part"),
        Understood.NO: tr("Not understood yet"),
    }


def _literacy() -> Mapping[str, str]:
    return {
        Literacy.READS: tr("Reads"),
        Literacy.READS_WITH_HELP: tr("Reads with help"),
        Literacy.DOES_NOT_READ: tr("Does not read"),
        Literacy.UNKNOWN: tr("Not known"),
    }


def _birth_precision() -> Mapping[str, str]:
    return {
        BirthPrecision.DAY: tr("day known"),
        BirthPrecision.MONTH: tr("month known, day not"),
        BirthPrecision.YEAR: tr("year known only"),
        BirthPrecision.ESTIMATED: tr("estimated"),
        BirthPrecision.UNKNOWN: tr("Not known"),
    }


def _side() -> Mapping[str, str]:
    return {Side.PRISON: tr("Prison"), Side.COMMUNITY: tr("Community"), Side.BOTH: tr("Both")}


def _rating_voice() -> Mapping[str, str]:
    return {RatingVoice.STAFF: tr("As staff describe it"), RatingVoice.SELF: tr("As the person describes it")}


def _rating_word() -> Mapping[str, str]:
    return {
        RatingWord.NOT_RATED: tr("Not rated"),
        RatingWord.NOT_YET_TOGETHER: tr("Not yet together"),
        RatingWord.OPENING: tr("Opening"),
        RatingWord.TRYING: tr("Trying"),
        RatingWord.DOING: tr("Doing"),
        RatingWord.CARRYING_IT: tr("Carrying it"),
    }


def _confidence() -> Mapping[str, str]:
    return {
        Confidence.LIMITED: tr("Limited"),
        Confidence.ADEQUATE: tr("Adequate"),
        Confidence.GOOD: tr("Good"),
    }


def _alert_kind() -> Mapping[str, str]:
    return {
        AlertKind.SELF_HARM: tr("Risk of self-harm"),
        AlertKind.HARM_TO_OTHER: tr("Risk of harm to another person"),
        AlertKind.HARM_TO_CHILD: tr("Risk of harm to a child"),
        AlertKind.THREAT_TO_PERSON: tr("Threat to the person"),
        AlertKind.HEALTH_EMERGENCY: tr("Health emergency"),
    }


def _at_risk() -> Mapping[str, str]:
    return {
        AtRisk.SELF: tr("The person"),
        AtRisk.CHILD: tr("A child"),
        AtRisk.ANOTHER_PERSON: tr("Another person"),
        AtRisk.UNKNOWN: tr("Not known"),
    }


def _legal_basis() -> Mapping[str, str]:
    return {basis.value: basis_words(basis) for basis in LegalBasis} | {LegalBasis.OTHER.value: tr("Other")}


def _withheld_because() -> Mapping[str, str]:
    return {
        WithheldBecause.PROFESSIONAL_SECRECY: tr("Professional secrecy"),
        WithheldBecause.FAITH_CONFIDENCE: tr("Seal or faith confidence"),
        WithheldBecause.THIRD_PARTY: tr("Concerns another person"),
        WithheldBecause.CHILD: tr("Concerns a child"),
        WithheldBecause.VICTIM: tr("Concerns a victim"),
        WithheldBecause.ONGOING_CASE: tr("Ongoing case"),
        WithheldBecause.SOURCE_AGENCY: tr("Another agency owns it"),
        WithheldBecause.NOT_NEEDED: tr("Not needed by this recipient"),
        WithheldBecause.PERSON_ASKED: tr("The person asked for it"),
        WithheldBecause.SAFETY_OF_PERSON: tr("Safety of the person"),
        WithheldBecause.SAFETY_OF_STAFF: tr("Safety of staff"),
    }


def _not_informed_because() -> Mapping[str, str]:
    return {
        NotInformedBecause.DANGER: tr("it would put someone in danger"),
        NotInformedBecause.LEGAL_ORDER: tr("a legal order forbids it"),
        NotInformedBecause.NOT_FOUND: tr("the person could not be found"),
        NotInformedBecause.INCAPACITY: tr("the person could not understand it at the time"),
        NotInformedBecause.EMERGENCY: tr("it was an emergency"),
    }


def _person_copy() -> Mapping[str, str]:
    return {
        PersonCopy.GIVEN: tr("Given"),
        PersonCopy.OFFERED_DECLINED: tr("Offered and declined"),
        PersonCopy.NOT_SAFE: tr("Not safe to give"),
        PersonCopy.NOT_POSSIBLE: tr("Not possible"),
    }


def _level() -> Mapping[str, str]:
    """Where a section comes from, as interface.md 8.1 names the compartments."""
    return {
        Level.CORE: tr("Register"),
        Level.SHAREABLE: tr("May be shared"),
        Level.TEAM: tr("Case team"),
        Level.CORE_TEAM: tr("Register, case team"),
        Level.TEAM_SHAREABLE: tr("Case team, may be shared"),
        Level.ALERT: tr("Safety alerts"),
        Level.PASTORAL_SHAREABLE: tr("Chaplaincy, may be shared"),
    }


def _presence() -> Mapping[str, str]:
    return {
        Presence.PRESENT: tr("Present"),
        Presence.NONE: tr("None"),
        Presence.EXPLAINED: tr("Left out, explained"),
    }


def _release_codes() -> Mapping[str, str]:
    """Ways of release, sources of a date, kinds of conference."""
    return {
        "end_of_sentence": tr("End of sentence"),
        "conditional": tr("Conditional release"),
        "pardon": tr("Pardon or amnesty"),
        "bail": tr("Bail"),
        "acquittal": tr("Acquittal"),
        "discontinued": tr("Case dropped"),
        "court_order": tr("Court order"),
        "transfer": tr("Transfer"),
        "deportation": tr("Deportation or removal"),
        "medical": tr("Medical"),
        "error_corrected": tr("Error corrected"),
        "unknown": tr("Not known"),
        "warrant": tr("Warrant"),
        "registry": tr("Registry"),
        "court": tr("Court"),
        "estimate": tr("Estimate"),
        "plan_review": tr("Plan review"),
        "pre_release": tr("Before release"),
        "release_board_prep": tr("Preparing the release board"),
        "urgent": tr("Urgent conference"),
        "post_release": tr("After release"),
    }


def _status_codes() -> Mapping[str, str]:
    """States of goals, of steps and of items of a checklist."""
    return {
        "future": tr("Future"),
        "active": tr("Active"),
        "achieved": tr("Achieved"),
        "partly_achieved": tr("Partly achieved"),
        "carried_over": tr("Carried over"),
        "removed": tr("Removed"),
        "not_started": tr("Not started"),
        "in_progress": tr("In progress"),
        "completed": tr("Completed"),
        "cannot_be_done_yet": tr("Cannot be done yet"),
        "no_longer_needed": tr("No longer needed"),
        "not_due": tr("Not due"),
        "due": tr("Due"),
        "done": tr("Done"),
        "declined": tr("Declined"),
        "not_applicable": tr("Not applicable"),
        "blocked": tr("Blocked"),
        "waived": tr("Waived"),
    }


def _people_codes() -> Mapping[str, str]:
    """Who does a step, how well a language is spoken, why there is no word of progress."""
    return {
        "person": tr("The person"),
        "case_officer": tr("Case officer"),
        "psychologist": tr("Psychologist"),
        "chaplain": tr("Chaplain"),
        "facilitator": tr("Facilitator"),
        "family": tr("Family"),
        "external": tr("Somebody outside"),
        "supervisor": tr("Supervisor"),
        "fluent": tr("fluent"),
        "conversation": tr("conversation"),
        "a_little": tr("a little"),
        "not_relevant": tr("Not relevant"),
        "no_information": tr("No information"),
        "person_prefers_not": tr("The person prefers not"),
        "too_early": tr("Too early"),
        "chaplaincy_only": tr("Chaplaincy only"),
        "other": tr("Other"),
    }


def _condition_categories() -> Mapping[str, str]:
    """As resources/checklists/conditions.toml words them."""
    return {
        "where_i_live": tr("Where I live"),
        "reporting": tr("Reporting"),
        "people": tr("People"),
        "children": tr("Children"),
        "victims": tr("Victims"),
        "places_and_movement": tr("Places and movement"),
        "travel_and_papers": tr("Travel and papers"),
        "phones_internet_devices": tr("Phones, internet, devices"),
        "things_i_may_not_have": tr("Things I may not have"),
        "programmes_and_appointments": tr("Programmes and appointments"),
        "work_and_activity": tr("Work and activity"),
        "meetings_and_public_speaking": tr("Meetings and public speaking"),
        "information_i_must_give": tr("Information I must give"),
        "monitoring_or_tests": tr("Monitoring or tests"),
    }


_LISTS: Mapping[type[str], Callable[[], Mapping[str, str]]] = {
    Agreement: _agreement,
    AlertKind: _alert_kind,
    AtRisk: _at_risk,
    BirthPrecision: _birth_precision,
    Confidence: _confidence,
    LegalBasis: _legal_basis,
    Level: _level,
    Literacy: _literacy,
    MadeBy: _made_by,
    NotInformedBecause: _not_informed_because,
    PersonCopy: _person_copy,
    Presence: _presence,
    RatingVoice: _rating_voice,
    RatingWord: _rating_word,
    Side: _side,
    Understood: _understood,
    WithheldBecause: _withheld_because,
}
