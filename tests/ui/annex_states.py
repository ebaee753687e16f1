"""A clinical annex on the seeded desk that a psychologist was asked for; for walks over screens."""

from collections.abc import Callable

from rehabdesk.handover.annex.annex_model import AnnexState
from rehabdesk.handover.annex.clinician_key_service import ClinicianKeys, key_digits
from rehabdesk.handover.annex.clinician_model import NewClinician
from rehabdesk.handover.content.profile_model import ProfileCode
from rehabdesk.handover.making.typed_model import TypedPacket
from rehabdesk.handover.trust.trust_model import Channel
from rehabdesk.seals import sealing
from rehabdesk.ui.page import Route
from tests.desks import START
from tests.handover.workplace import Signed
from tests.windows import Hands

Open = Callable[[Hands], None]


def ask_annex(hands: Hands) -> None:
    """The case officer prepares a packet for a psychologist outside, whose key was compared; nobody is signed in."""
    site, person = hands.site, hands.people["Idrissa"]
    officer = Signed(site.open("case"))
    profile = ProfileCode.COMMUNITY_PSYCHOLOGIST.value
    draft = officer.packets.drafts.keep_typed(person, TypedPacket(team="T-RIVER", profile=profile))
    officer.packets.annexes.request(person, draft, site.uid("psy"), profile=profile, team_name="River House")
    key = sealing.recipient_of(sealing.new_identity())
    ClinicianKeys(site.open("psy")).take(
        NewClinician(
            name="Hélène Brandt",
            org="Office of Community Supervision",
            phone="+000 20 555 231",
            key=key,
            digits=key_digits(key),
            read_aloud=False,
            their_name="Hélène Brandt",
            channel=Channel.CALL_BACK,
        ),
        START.date(),
    )
    site.close()


def annex(hands: Hands) -> None:
    """The page on which it is written."""
    person = hands.people["Idrissa"]
    found = hands.session.services.packets.annexes.of_person(person)
    (asked,) = (one for one in found if one.state is AnnexState.ASKED)
    hands.session.open(Route(name="annex", person=person, id=asked.id))
    hands.settle()
