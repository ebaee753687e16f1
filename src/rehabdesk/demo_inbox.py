"""The demo's inbox: a packet about an invented man who comes from another invented prison, not accepted yet."""

from datetime import UTC, date, datetime, time, timedelta

from rehabdesk.access.service import Desk
from rehabdesk.core.canon import sha256_hex
from rehabdesk.demo_trust import HILLS
from rehabdesk.handover.content import onward_sections_model as onward
from rehabdesk.handover.content import packet_model as packet
from rehabdesk.handover.content import sections_model as s
from rehabdesk.handover.content.number_model import PacketNumber
from rehabdesk.handover.content.profile_model import ProfileCode
from rehabdesk.handover.content.sections_model import Text
from rehabdesk.handover.inbox.inbox_service import Inbox
from rehabdesk.handover.inbox.inbox_trust_service import trusted_here
from rehabdesk.handover.making.training_service import manifest_of, signed_twice
from rehabdesk.handover.trust.own_team_model import OwnTeamKeys
from rehabdesk.handover.trust.own_team_service import OwnTeam
from rehabdesk.handover.trust.trust_service import Trust
from rehabdesk.seals import certificates, sealing
from rehabdesk.seals.certificates import KeyPair
from rehabdesk.seals.pdf_signature import SigningKey

AUTHOR, SUPERVISOR = "Ibra Coulibaly", "Rokia Sangaré"
WITHHELD = packet.Withheld(
    kind="Clinical notes", decided_by="Psychologist 2", reason=packet.WithheldBecause.PROFESSIONAL_SECRECY
)


def arrive(desk: Desk, root: KeyPair) -> None:
    """The sealed file is opened with the desk's own key, checked, and kept. `root`: of the prison that sent it."""
    team = OwnTeam(desk).standing()
    at = desk.clock.now() - timedelta(days=1)
    author, supervisor = _signer(root, "CO", AUTHOR, at), _signer(root, "SUP", SUPERVISOR, at)
    content = _content(team, root, author, supervisor, at)
    pdf = signed_twice(content, author, supervisor, at)
    trust = Trust(desk)
    inbox = Inbox(desk, lambda: trusted_here(desk, trust))
    name = f"{content.packet.number}.pdf.age"
    inbox.keep(inbox.looking().look(sealing.seal(pdf, [team.recipient]), name))


def _signer(root: KeyPair, role: str, name: str, at: datetime) -> SigningKey:
    private = certificates.new_private_key()
    certificate = certificates.issue(root, public=certificates.public_key(private), staff_role=role, name=name, at=at)
    return SigningKey(pair=KeyPair(private=private, certificate=certificate), root=root.certificate)


def _content(
    team: OwnTeamKeys, root: KeyPair, author: SigningKey, supervisor: SigningKey, at: datetime
) -> packet.Handover:
    sections = _sections(at.date())
    return packet.Handover(
        format=packet.FORMAT,
        version=packet.VERSION,
        min_reader=packet.VERSION,
        packet=packet.PacketHead(
            number=str(PacketNumber(site=HILLS.id, year=at.year, installation=0, count=41)),
            case_ref="H-24-093",
            profile=ProfileCode.RECEIVING_PRISON,
            purpose="Transfer, nearer to his family",
            legal_basis=packet.Basis(code=packet.LegalBasis.CUSTODY_DUTY),
            mode=packet.Mode.SEALED,
            issued=at,
            expires=at.date() + timedelta(days=90),
            languages=("en",),
            pages=1,
            ready=packet.Ready.NO_CHECKLIST,
            person_informed=packet.PersonInformed(value="yes"),
            person_copy=packet.PersonCopy.GIVEN,
            supersedes=(),
            receipt_code="52817340",
        ),
        site=packet.Site(
            id=HILLS.id,
            name=HILLS.name,
            country=HILLS.country,
            phone=HILLS.phone,
            root_sha256=sha256_hex(root.certificate),
        ),
        to=packet.Addressee(
            team=team.id,
            org=team.org,
            name=team.name,
            country=team.country,
            recipients=(packet.Recipient(name=team.name, role="team", age=team.recipient),),
        ),
        signers=packet.Signers(
            author=packet.Signer(staff_role="CO", name=AUTHOR, cert_sha256=sha256_hex(author.pair.certificate)),
            countersigners=(
                packet.Signer(staff_role="SUP", name=SUPERVISOR, cert_sha256=sha256_hex(supervisor.pair.certificate)),
            ),
        ),
        manifest=manifest_of(sections, ProfileCode.RECEIVING_PRISON, agency=HILLS.name, withheld=(WITHHELD,)),
        sections=sections,
        x={},
    )


def _said(words: str, language: str = "en") -> Text:
    return Text(text=words, lang=language)


def _sections(today: date) -> packet.Sections:
    return packet.Sections(
        S1=s.S1(
            names=(s.PersonName(script=s.Script.LATIN, given="Salif", family="Maïga", variants=("Salifou Maiga",)),),
            date_of_birth=date(1994, 1, 1),
            birth_precision=s.BirthPrecision.ESTIMATED,
            languages=(
                s.SpokenLanguage(code="ses", level="fluent", preferred=True),
                s.SpokenLanguage(code="fr", level="conversation", preferred=False),
            ),
            literacy=s.Literacy.READS_WITH_HELP,
            interpreter_needed=False,
            contact_preference=_said("Face to face; he does not like the loudspeaker."),
        ),
        S2=s.S2(
            release_date=today + timedelta(days=240), release_route="conditional", date_source="court", conditions=()
        ),
        S3=s.S3(
            agreement=s.Agreement.AGREED_IN_PART,
            agreement_words=_said("I agree to move. I want to finish the course that I began."),
            voice=(s.VoiceLine(code="V3", text=_said("Ma sœur vient me voir, et je cultive.", "fr")),),
            made_by=s.MadeBy.DICTATED_READ_BACK,
        ),
        S4=_fortnight(today),
        S5=_plan(today),
        S6=s.S6(
            strengths=(_said("Patient with plants and with younger men."),),
            early_signs=(),
            helps=(_said("Working outside, a visit announced in time."),),
            harder=(_said("Being moved without a word."),),
            crisis=s.Crisis(steps=(_said("Ask him to the garden."),), contacts=()),
        ),
        S8=s.S8(alerts=()),
        S12=onward.S12(items=(), waivers=()),
        S13=onward.S13(
            link_worker=onward.LinkWorker(name=AUTHOR, role="Case officer", phone=HILLS.phone, hours="weekdays"),
            return_channel=_said("By telephone."),
            contacts=(),
        ),
    )


def _fortnight(today: date) -> s.S4:
    visit = datetime.combine(today + timedelta(days=20), time(9, 30), UTC)
    return s.S4(
        first_night=_said("Does not apply: he stays in custody."),
        appointments=(s.Appointment(at=visit, with_="His sister", place="Visitors' room", purpose="First visit here"),),
        papers_missing=(s.MissingPaper(paper="Birth certificate", follow_up_by="Case officer", due=None),),
    )


def _plan(today: date) -> s.S5:
    step = s.Step(id="s1", text=_said("Ask for a place here"), actor="case_officer", status="not_started")
    goal = s.Goal(
        id="g1",
        domain="PD-7",
        wording=_said("I finish the masonry course."),
        status="active",
        side=s.Side.PRISON,
        steps=(step,),
    )
    return s.S5(plan_version=2, review_due=today + timedelta(days=30), goals=(goal,), no_need=())
