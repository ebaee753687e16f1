"""Packets on the seeded desk: one that waits with its file index for the second signature, and results of checks."""

from collections.abc import Callable
from dataclasses import replace

from rehabdesk.handover.checking import verdict_model as v
from rehabdesk.handover.checking.examination_service import Checked
from rehabdesk.handover.checking.verdict_model import State
from rehabdesk.handover.checking.view.check_page import CheckPage
from rehabdesk.handover.content.packet_model import Sections
from rehabdesk.handover.content.profile_model import ProfileCode
from rehabdesk.handover.service import Packets
from rehabdesk.handover.trust.teams_service import make_team_card
from rehabdesk.handover.trust.trust_model import Channel
from rehabdesk.seals import certificates, sealing
from rehabdesk.ui.page import Route
from tests.desks import START
from tests.handover import sample
from tests.handover.collecting import file_entries
from tests.handover.test_check_view import CASES
from tests.handover.workplace import TEAM, Signed, choices
from tests.windows import Hands

Open = Callable[[Hands], None]
CODE = "4821-0937-5512-6640-1187-3092"


def sign_packet(hands: Hands, card: bytes | None = None) -> None:
    """The site gets its root, two people their certificates; the case officer signs a packet. Nobody is signed in.

    `card`: of the team that it is for; None makes one.
    """
    site = hands.site
    Signed(site.open("adm")).trust.found_site(site.keys("sup"), contact="Duty desk")
    for sign_in in ("case", "sup"):
        Signed(site.open(sign_in)).trust.request_certificate()
    trust = Signed(site.open("adm")).trust
    for request in trust.requests():
        trust.issue(request.uid, site.keys("sup"), seen_in_person=True)
    officer = Signed(site.open("case"))
    made = make_team_card(TEAM, identity=sealing.new_identity(), private=certificates.new_private_key(), at=START)
    team = officer.trust.teams.take_card(card or made)
    officer.trust.teams.confirm(
        team.id, digits=team.digits, their_name="Marième Sow", channel=Channel.CALL_BACK, on=START.date()
    )
    file_of = file_entries(officer.desk, officer.people).of_person
    packets = Packets(officer.desk, officer.people, officer.trust, file_of=file_of)
    to_lawyer = replace(choices(site.uid("sup")), profile=ProfileCode.LAWYER_PERSON)
    draft = packets.drafts.start(hands.people["Idrissa"], to_lawyer, _for_a_lawyer())
    ticked = [hit.id for hit in packets.drafts.hits(draft)]
    packets.sign(draft, ticked=ticked, typed_again=site.keys("case"))
    site.close()


def _for_a_lawyer() -> Sections:
    """Who it is about in the short form, or the packet could not be sealed."""
    held = sample.whole_sections()
    assert held.S1 is not None
    return replace(held, S1=replace(held.S1, date_of_birth=None, birth_precision=None))


def packet(name: str) -> Open:
    """The page of that name, of the packet that waits."""

    def opened(hands: Hands) -> None:
        (row,) = hands.session.services.packets.shelf.packets_of(hands.people["Idrissa"])
        hands.session.open(Route(name=name, person=hands.people["Idrissa"], id=row.id))
        hands.settle()

    return opened


def checked(state: State) -> Open:
    """The page of a packet that came, after it was checked."""

    def opened(hands: Hands) -> None:
        hands.session.open(Route(name="packet_check"))
        page = hands.page
        assert isinstance(page, CheckPage)
        content = sample.whole_packet() if state is State.GENUINE else None
        page._show(Checked(verdict=v.judge(*CASES[state]), packet=content, packet_code=CODE))
        hands.settle()

    return opened
