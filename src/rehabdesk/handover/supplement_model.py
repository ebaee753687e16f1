"""What the case officer adds for one packet: everything that no other record of the desk holds."""

from dataclasses import dataclass
from datetime import date

from rehabdesk.handover.onward_sections_model import S14, HelpContact, LinkWorker
from rehabdesk.handover.sections_model import Alert, Appointment, CallerWithHours, MadeBy, MissingPaper, Text, VoiceLine


@dataclass(frozen=True, slots=True, kw_only=True)
class Supplement:
    """`alerts` are those beside the desk's own live ones, which go in by themselves.

    `plan_language` is the language in which the plan was written. `conference` is None where none was held, or where it
    is taken from the records: `with_conference` asks for the summary of the latest one whose minutes are agreed (off by
    default, domain.md 10.2).
    """

    contact_preference: Text
    first_night: Text
    link_worker: LinkWorker
    return_channel: Text
    alerts: tuple[Alert, ...]
    voice: tuple[VoiceLine, ...] = ()
    made_by: MadeBy = MadeBy.DICTATED_READ_BACK
    no_voice_because: Text | None = None
    safe_times: Text | None = None
    journey: Text | None = None
    appointments: tuple[Appointment, ...] = ()
    medicines_due: Text | None = None
    money: Text | None = None
    phone_access: Text | None = None
    papers_missing: tuple[MissingPaper, ...] = ()
    crisis_contacts: tuple[CallerWithHours, ...] = ()
    contacts: tuple[HelpContact, ...] = ()
    conference: S14 | None = None
    with_conference: bool = False
    health_summary_sent_on: date | None = None
    plan_language: str = "en"
