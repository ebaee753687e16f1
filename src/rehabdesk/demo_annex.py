"""The demo's clinical annex: a clinician outside whose key was compared, and the question of the case officer."""

from collections.abc import Mapping
from datetime import date

from rehabdesk.access.service import Desk
from rehabdesk.demo_release import CaseWork
from rehabdesk.handover.annex.clinician_key_service import ClinicianKeys, key_digits
from rehabdesk.handover.annex.clinician_model import NewClinician
from rehabdesk.handover.content.profile_model import ProfileCode
from rehabdesk.handover.making.typed_model import TypedPacket
from rehabdesk.handover.trust.trust_model import Channel
from rehabdesk.seals import sealing

CLINICIAN = "Hélène Brandt"


def take_key(desk: Desk, today: date) -> None:
    """The psychologist takes in the key of a colleague outside, who read the digits by telephone."""
    key = sealing.recipient_of(sealing.new_identity())
    typed = NewClinician(
        name=CLINICIAN,
        org="Psychological service of the River District",
        phone="+000 20 555 231",
        key=key,
        digits=key_digits(key),
        read_aloud=False,
        their_name=CLINICIAN,
        channel=Channel.CALL_BACK,
    )
    ClinicianKeys(desk).take(typed, today)


def request(work: CaseWork, person: str, psychologist: str, team: Mapping[str, str]) -> None:
    """A second packet is begun, for that colleague, and the annex to it is asked for."""
    profile = ProfileCode.COMMUNITY_PSYCHOLOGIST.value
    typed = TypedPacket(team=team["id"], recipient=CLINICIAN, recipient_role="psychologist", profile=profile)
    draft = work.packets.drafts.keep_typed(person, typed)
    work.packets.annexes.request(person, draft, psychologist, profile=profile, team_name=team["name"])
