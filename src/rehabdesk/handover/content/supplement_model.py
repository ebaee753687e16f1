"""What the case officer adds for one packet: everything that no other record of the desk holds."""

from dataclasses import dataclass
from datetime import date

from rehabdesk.handover.content.onward_sections_model import HelpContact, LinkWorker
from rehabdesk.handover.content.profile_model import SectionCode
from rehabdesk.handover.content.sections_model import (
    Appointment,
    CallerWithHours,
    MadeBy,
    MissingPaper,
    Text,
    VoiceLine,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Supplement:
    """`voice` counts where the desk has no own page of the person. What a profile does not hold may be left None.

    `plan_language` is the language that is taken for texts which do not tell theirs. `put_in`: sections that are off by
    default; `left_out`: optional ones that are on by default (domain.md 10.2). `next_step`: as `next_step_service`
    knows it, "" for the first.
    """

    contact_preference: Text | None = None
    first_night: Text | None = None
    link_worker: LinkWorker | None = None
    return_channel: Text | None = None
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
    health_summary_sent_on: date | None = None
    plan_language: str = "en"
    put_in: frozenset[SectionCode] = frozenset()
    left_out: frozenset[SectionCode] = frozenset()
    recipients: tuple[str, ...] = ()
    next_step: str = ""
