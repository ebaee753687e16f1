"""What comes and goes on the seeded desk: a packet that left, what came back, the post of another site; for walks."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from rehabdesk.core.canon import sha256_hex
from rehabdesk.handover.after.feedback_model import FeedbackKind
from rehabdesk.handover.after.receipt_model import Decision
from rehabdesk.handover.after.receipt_service import HeldPacket, make_receipt
from rehabdesk.handover.after.view.return_page import ReturnPage
from rehabdesk.handover.checking import verdict_model as v
from rehabdesk.handover.checking.examination_service import Checked
from rehabdesk.handover.checking.verdict_model import State
from rehabdesk.handover.checking.view.check_page import CheckPage
from rehabdesk.handover.content.number_model import PacketNumber
from rehabdesk.handover.inbox.inbox_service import Inbox, Looked, Trusted, kind_of
from rehabdesk.handover.inbox.inbox_trust_service import trusted_here
from rehabdesk.handover.inbox.staging_service import Staging
from rehabdesk.handover.inbox.view.inbox_packet_page import InboxPacketPage
from rehabdesk.handover.trust.own_team_service import OwnTeam
from rehabdesk.handover.trust.sites_service import Sites
from rehabdesk.handover.trust.trust_model import Channel
from rehabdesk.handover.trust.view.signing_keys_page import SigningKeysPage
from rehabdesk.notes.forms.form_service import load_forms
from rehabdesk.notes.model import Part
from rehabdesk.notes.timeline_service import Timeline
from rehabdesk.seals import sealing
from rehabdesk.ui.page import Route
from tests.desks import START
from tests.handover import sample
from tests.handover.aftermath import Outside
from tests.handover.inbox_desk import WORDS, InProcess
from tests.handover.made import MadeSite
from tests.handover.test_check_view import CASES
from tests.handover.workplace import Signed
from tests.ui.annex_states import annex
from tests.ui.packet_states import CODE, packet, sign_packet
from tests.ui.states import main_act, plain, route, then
from tests.windows import Hands

Open = Callable[[Hands], None]
FAR, NEW = "NORD", "SUED"
"""Two other sites: one whose digits were compared, one whose card waits for that."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """What the states are made of: files that come, and ids of what came."""

    outside: Outside
    sent: HeldPacket
    came: str
    waits: str
    entry: str
    unknown: bytes


def send_and_receive(hands: Hands, folder: Path) -> Post:
    """A packet of ours leaves; two packets of another site come, of which one is accepted in part."""
    identity = sealing.new_identity()
    outside = Outside(identity)
    sign_packet(hands, outside.card)
    sent = _sealed(hands, folder, identity)
    site, person = hands.site, hands.people["Idrissa"]
    own = OwnTeam(site.open("sup"))
    own.found()
    made, team, recipient = MadeSite.new(START), own.standing().id, own.standing().recipient
    officer = Signed(site.open("case"))
    sites = Sites(officer.desk)
    card = made.site_card(site=FAR)
    digits = sites.take_card(card).digits
    sites.confirm(FAR, digits=digits, their_name="Amadou Barry", channel=Channel.CALL_BACK, on=START.date())
    sites.take_card(MadeSite.new(START).site_card(site=NEW, name="House at the Southern Gate"))
    inbox = Inbox(officer.desk, lambda: Trusted(check=InProcess([card]), identities=(), team=team))
    staging = Staging(officer.desk, officer.people, inbox, WORDS)
    received = []
    for count in (7, 8):
        content = made.content(team_key=recipient)
        number = str(PacketNumber(site=FAR, year=2026, installation=0, count=count))
        content = replace(
            content,
            packet=replace(content.packet, number=number, issued=START),
            site=replace(content.site, id=FAR),
            to=replace(content.to, team=team),
        )
        arrived = inbox.keep(inbox.looking().look(made.signed(content), f"{number}.pdf"))
        assert arrived.looked.checked.verdict.state is State.GENUINE, arrived.looked.checked.verdict
        received.append(arrived.received)
    staged = staging.staged(received[0])
    staging.match(staged, person)
    staged = staging.accept(staging.staged(received[0]), ["S7.r0", "S2.c0"])
    timeline = Timeline(officer.desk, officer.people, load_forms()).page(person)
    entry = next(each.rid for each in timeline if each.part is Part.OUTSIDE)
    site.close()
    return Post(
        outside=outside, sent=sent, came=received[0], waits=received[1], entry=entry, unknown=MadeSite.new(START).packet
    )


def _sealed(hands: Hands, folder: Path, identity: str) -> HeldPacket:
    """The packet that waited gets its second signature and its seal."""
    site = hands.site
    supervisor = Signed(site.open("sup"))
    (row,) = supervisor.packets.shelf.packets_of(hands.people["Idrissa"])
    seen = supervisor.packets.review(row.id).pdf_sha256
    supervisor.packets.countersign(row.id, seen_sha256=seen, typed_again=site.keys("sup"))
    sent = Signed(site.open("case")).packets.seal(row.id, folder)
    pdf = sealing.open_sealed(sent.file.read_bytes(), identity)
    site.close()
    return HeldPacket(number=row.number, pdf_sha256=sha256_hex(pdf), state=State.GENUINE)


def came(received: str) -> Open:
    """The page of a packet that came, once it was judged anew."""

    def opened(hands: Hands) -> None:
        without_children(hands)
        hands.session.open(Route(name="inbox_packet", id=received))
        page = hands.page
        assert isinstance(page, InboxPacketPage)
        hands.wait(lambda: page._checked is not None, timeout=20_000)

    return opened


def without_children(hands: Hands) -> None:
    """Files are examined in this process: each child takes longer than the page itself."""
    services = hands.session.services
    checks = services.inbox.looking_anywhere().trusted.check, services.returns.check()
    of_inbox, of_returns = (InProcess(*check.vouched_for) for check in checks)
    services.inbox._trusted = lambda: replace(trusted_here(services.desk, services.trust), check=of_inbox)
    services.returns.check = lambda: of_returns  # type: ignore[method-assign]  # as above


def files(post: Post) -> Open:
    """The Inbox with a packet of a site that is not known, and a letter."""

    def opened(hands: Hands) -> None:
        for raw, name in ((post.unknown, "RD.pdf"), (b"%PDF-1.7 a letter", "letter.pdf")):
            arrived(hands, raw, name)
        plain("inbox")(hands)

    return opened


def receipt(post: Post) -> Open:
    """The page of a receipt with a question, once it was examined."""

    def made(hands: Hands) -> bytes:
        at, key = hands.site.clock.now(), post.outside.key
        return make_receipt(post.sent, decision=Decision.QUERY, by="Marième Sow", key=key, at=at, note="When?")[1]

    return came_back(post, made)


def feedback(post: Post) -> Open:
    """The page of an answer that asks for a call, once it was examined."""

    def made(hands: Hands) -> bytes:
        at, kind = hands.site.clock.now(), FeedbackKind.FIRST_CONTACT_MADE
        return post.outside.feedback(post.sent.number, at, kind, q4="2026-11-26", q10="Yes please")

    return came_back(post, made)


def came_back(post: Post, made: Callable[[Hands], bytes]) -> Open:
    def opened(hands: Hands) -> None:
        without_children(hands)
        arrival = arrived(hands, made(hands), post.sent.number)
        hands.session.open(Route(name="inbox_return", id=arrival))
        page = hands.page
        assert isinstance(page, ReturnPage)
        hands.wait(lambda: page._looked is not None, timeout=20_000)

    return opened


def arrived(hands: Hands, raw: bytes, name: str) -> str:
    """The id of a file that lies in the Inbox of who is signed in; examined without a child."""
    inbox = hands.session.services.inbox
    checked = InProcess().check(raw, moment=hands.site.clock.now())
    return inbox.keep(Looked(name=name, raw=raw, checked=checked, kind=kind_of(name, checked))).id


def key_withdrawal(hands: Hands) -> None:
    plain("signing_keys")(hands)
    page = hands.page
    assert isinstance(page, SigningKeysPage)
    page._ask_withdraw(page._trust.keys.lines()[0])
    hands.settle()


def only_reading(state: State) -> Open:
    """The page of the check, which needs no desk, with a result."""

    def opened(hands: Hands) -> None:
        hands.window.show_check()
        page = hands.window.findChildren(CheckPage)[-1]
        content = sample.whole_packet() if state is State.GENUINE else None
        page._show(Checked(verdict=v.judge(*CASES[state]), packet=content, packet_code=CODE))
        hands.settle()

    return opened


STATES: dict[tuple[str, str], Callable[[Post], Open]] = {
    ("case", "inbox with files"): files,
    ("case", "inbox packet"): lambda post: came(post.came),
    ("case", "inbox whom"): lambda post: came(post.waits),
    ("case", "outside entry"): lambda post: route("outside_entry", post.entry),
    ("case", "entry taken back"): lambda post: route("outside_entry", post.entry, "Take back"),
    ("case", "receipt came"): receipt,
    ("case", "feedback came"): feedback,
    ("case", "feedback"): lambda post: route("packet_feedback", post.came),
    ("case", "receipt form"): lambda post: route("packet_feedback", post.came, "Receipt…"),
    ("case", "feedback errors"): lambda post: main_act(route("packet_feedback", post.came)),
    ("case", "sites and teams"): lambda _: plain("sites_teams"),
    ("case", "digits"): lambda _: main_act(plain("sites_teams")),
    ("case", "team by hand"): lambda _: plain("sites_teams", "Add a team without a card"),
    ("case", "packet sealed"): lambda _: packet("packet_view"),
    ("case", "handed over"): lambda _: then(packet("packet_view"), "Handed over…"),
    ("case", "receipt code"): lambda _: then(packet("packet_view"), "Record receipt…"),
    ("case", "withdrawal"): lambda _: then(packet("packet_view"), "Withdraw…"),
    ("sup", "own team"): lambda _: plain("sites_teams", "Renew the key"),
    ("adm", "site card"): lambda _: plain("sites_teams", "Renew the site's card"),
    ("adm", "keys"): lambda _: plain("signing_keys"),
    ("adm", "key withdrawal"): lambda _: key_withdrawal,
    ("psy", "annex errors"): lambda _: main_act(annex),
    ("psy", "annex file"): lambda _: plain("inbox_annex"),
    ("psy", "annexes kept"): lambda _: route("annex_kept", ""),
    ("psy", "clinician keys"): lambda _: plain("clinician_keys"),
}
DOOR: dict[str, Open] = {
    "only reading genuine": only_reading(State.GENUINE),
    "only reading changed": only_reading(State.CHANGED),
}
