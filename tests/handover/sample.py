"""An invented packet with every section of the supervising officer's profile filled, and ways to vary it."""

from dataclasses import replace
from datetime import UTC, date, datetime

from rehabdesk.core import canon
from rehabdesk.handover.annex.annex_model import AnnexAuthor, ClinicalAnnex
from rehabdesk.handover.content import onward_sections_model as onward
from rehabdesk.handover.content import packet_model as packet
from rehabdesk.handover.content import sections_model as s
from rehabdesk.handover.content.number_model import PacketNumber
from rehabdesk.handover.content.packet_model import Handover
from rehabdesk.handover.content.profile_model import PROFILES, ProfileCode
from rehabdesk.handover.wire import plain, section_sha256

ISSUED = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
TEAM_KEY = "age1" + "q" * 58
NUMBER = str(PacketNumber(site="DEMO", year=2026, installation=0, count=1))
STATEMENT = "These words must not be used to decide release, parole, transfer or privileges."


def text(words: str, lang: str = "en") -> s.Text:
    return s.Text(text=words, lang=lang)


def whole_sections() -> packet.Sections:
    """S1 to S8 and S12 to S14 of an invented man; free text in three languages and two scripts."""
    return packet.Sections(
        S1=s.S1(
            names=(
                s.PersonName(script=s.Script.LATIN, given="Idrissa", family="Kadri", variants=("Idriss Kadiri",)),
                s.PersonName(script=s.Script.ARABIC, given="إدريسا", family="قادري", variants=()),
            ),
            date_of_birth=date(1997, 1, 1),
            birth_precision=s.BirthPrecision.ESTIMATED,
            languages=(
                s.SpokenLanguage(code="dje", level="fluent", preferred=True),
                s.SpokenLanguage(code="fr", level="conversation", preferred=False),
            ),
            literacy=s.Literacy.DOES_NOT_READ,
            interpreter_needed=True,
            access_needs=text("Speak slowly and let him answer; he hears badly on the left side."),
            contact_preference=text("By telephone, in Zarma, through his mother if he does not answer."),
            safe_times=text("Between 17:00 and 19:00, not on Fridays."),
        ),
        S2=s.S2(
            release_date=date(2027, 1, 8),
            release_route="conditional",
            date_source="court",
            supervision_end=date(2028, 1, 8),
            conditions=(
                s.Condition(
                    category="reporting",
                    official=text("Le condamné se présente chaque lundi au bureau de suivi.", "fr"),
                    plain=text("I meet my officer every Monday at ten o'clock."),
                    start=date(2027, 1, 11),
                    end=date(2027, 7, 11),
                    source="Court decision 214",
                    explained_at=date(2026, 11, 20),
                    explained_lang="dje",
                    understood=s.Understood.PARTLY,
                    question_raised=text("What happens when the bus does not run?"),
                    version=1,
                ),
                s.Condition(
                    category="where_i_live",
                    official=text("Résidence au domicile de sa mère.", "fr"),
                    plain=text("I sleep at my mother's. I ask before I stay away a night."),
                    start=date(2027, 1, 8),
                    source="Court decision 214",
                    explained_at=date(2026, 11, 20),
                    explained_lang="dje",
                    understood=s.Understood.YES,
                    version=1,
                ),
            ),
        ),
        S3=s.S3(
            agreement=s.Agreement.AGREED_IN_PART,
            agreement_words=text("I agree with the work and the papers. I do not agree to move to another district."),
            voice=(
                s.VoiceLine(code="V1", text=text("أريد أن أخيط قرب دكان أمي (في السوق القديم) يوم 11-01-2027.", "ar")),
                s.VoiceLine(code="V4", text=text("Noise at night, and being asked about the past by strangers.")),
            ),
            made_by=s.MadeBy.DICTATED_READ_BACK,
        ),
        S4=s.S4(
            first_night=text("At his mother's, in the room that his brother left."),
            journey=text("Bus from the gate at 09:30; his mother meets him at the market."),
            appointments=(
                s.Appointment(
                    at=datetime(2027, 1, 11, 9, 0, tzinfo=UTC),
                    with_="Marième Sow",
                    place="Office of Community Supervision, River District",
                    directions=text("Behind the water tower, the blue door."),
                    phone="+000 20 555 220",
                    purpose="First meeting",
                ),
            ),
            medicines_due=text("None."),
            money=text("Savings from the workshop, paid out at the gate."),
            phone_access=text("His mother's telephone until he has one."),
            papers_missing=(
                s.MissingPaper(paper="Birth certificate", follow_up_by="Case officer 11", due=date(2027, 1, 20)),
            ),
        ),
        S5=s.S5(
            plan_version=3,
            review_due=date(2027, 2, 8),
            goals=(
                s.Goal(
                    id="g1",
                    domain="PD-7",
                    wording=text("I finish my tailoring certificate and I am not late for class."),
                    staff_wording=text("Completes the tailoring certificate."),
                    indicator=text("Certificate issued"),
                    target_date=date(2027, 3, 1),
                    status="active",
                    side=s.Side.BOTH,
                    steps=(
                        s.Step(
                            id="s1",
                            text=text("Sit the second practical test"),
                            actor="person",
                            due=date(2026, 12, 15),
                            status="in_progress",
                        ),
                    ),
                ),
                s.Goal(
                    id="g2",
                    domain="PD-5",
                    wording=text("My children hear my voice every week."),
                    status="active",
                    side=s.Side.COMMUNITY,
                    steps=(),
                ),
            ),
            no_need=(s.NoNeed(domain="PD-6", asked_on=date(2026, 11, 2)),),
        ),
        S6=s.S6(
            strengths=(text("Careful with his hands, patient with younger men."),),
            early_signs=(text("I stop eating with the others and I answer with one word."),),
            helps=(text("Sewing, walking, my mother's voice, someone who asks twice."),),
            harder=(text("Noise at night."),),
            crisis=s.Crisis(
                steps=(text("Call his mother, then the link worker."),),
                contacts=(s.CallerWithHours(name="Night line", phone="+000 20 555 900", hours="every night"),),
            ),
        ),
        S7=s.S7(
            ratings=(
                s.Rating(
                    domain="PD-7",
                    voice=s.RatingVoice.STAFF,
                    word=s.RatingWord.TRYING,
                    basis=text("Attended eleven of fourteen classes; the three missed ones were not unlocked."),
                    confidence=s.Confidence.GOOD,
                    period_from=date(2026, 9, 1),
                    period_to=date(2026, 11, 15),
                    current=True,
                ),
                s.Rating(
                    domain="PD-7",
                    voice=s.RatingVoice.SELF,
                    word=s.RatingWord.DOING,
                    basis=text("I never missed when I was unlocked."),
                    confidence=s.Confidence.GOOD,
                    period_from=date(2026, 9, 1),
                    period_to=date(2026, 11, 15),
                    disagreement=text("I do not think that trying is the right word."),
                    current=True,
                ),
            ),
            statement=text(STATEMENT),
        ),
        S8=s.S8(
            alerts=(
                s.Alert(
                    kind=s.AlertKind.THREAT_TO_PERSON,
                    facts=s.ShortText(text="Men from the old quarter asked for him twice at the market.", lang="en"),
                    at_risk=s.AtRisk.SELF,
                    action_taken=text("New host address agreed with the family."),
                    call=(s.Caller(name="Duty supervisor", phone="+000 20 555 010"),),
                    review_by=datetime(2026, 11, 26, 12, 0, tzinfo=UTC),
                ),
            )
        ),
        S12=onward.S12(
            items=(
                onward.OpenItem(
                    code="RR-B3",
                    due=date(2027, 1, 20),
                    status="in_progress",
                    side=s.Side.BOTH,
                    owner="Case officer 11",
                    comment=text("Judgment asked for on 3 November."),
                ),
                onward.OpenItem(code="RR-K1", due=date(2027, 1, 9), status="not_due", side=s.Side.COMMUNITY),
            ),
            waivers=(onward.Waiver(code="RR-H4", reason=text("No telephone may be bought inside.")),),
            health_summary_sent_on=date(2026, 11, 18),
        ),
        S13=onward.S13(
            link_worker=onward.LinkWorker(
                name="Claire Dumont", role="Case officer", phone="+000 20 555 011", hours="weekdays 08:00 to 16:00"
            ),
            return_channel=text("By telephone, or the paper form on the next page by post."),
            contacts=(onward.HelpContact(name="Documents clinic", role="birth papers", phone="+000 20 555 400"),),
        ),
        S14=onward.S14(
            held_on=date(2026, 11, 12),
            kind="pre_release",
            decisions=(text("He lives with his mother."),),
            actions=(onward.AgreedAction(text=text("Ask for the birth paper"), owner="Case officer 11"),),
        ),
    )


def every_section() -> packet.Sections:
    """As `whole_sections`, with family, learning and the chaplain's words: what another prison may get."""
    return replace(
        whole_sections(),
        S9=onward.S9(
            contacts=(
                onward.AgreedContact(
                    name="Aminata Kadri",
                    relation="mother",
                    phone="+000 20 555 431",
                    offered=text("A room, and work in her shop."),
                    agreed_on=ISSUED.date(),
                ),
            ),
            children=(onward.ChildBand(age_band="0-5"), onward.ChildBand(age_band="6-11")),
            safeguarding_lead=s.Caller(name="Odile Varga", phone="+000 20 555 012"),
        ),
        S10=onward.S10(
            skills=(text("Tailoring"), text("Il répare les machines à coudre.", "fr")),
            certificates=(
                onward.TrainingRecord(title="Tailoring 1", date_=date(2026, 9, 1), issuer="Training office"),
            ),
            next_step=onward.NextStep(
                what=text("Tailoring 2, two evenings a week"), with_="Evening school", date_=date(2027, 2, 1)
            ),
        ),
        S11=onward.S11(
            text=text("He sings in the choir and is kind."),
            read_back=True,
            faith_contact=onward.FaithContact(name="Ilyas Moro", phone="+000 20 555 662", agreed_on=date(2026, 11, 3)),
        ),
    )


def manifest_of(sections: packet.Sections, profile: ProfileCode) -> packet.Manifest:
    """A manifest that fits: absent sections are explained."""
    present = sections.present()
    entries = []
    for code in PROFILES[profile].sections:
        section = present.get(code)
        entries.append(
            packet.ManifestEntry(
                code=code,
                form=PROFILES[profile].form_of(code),
                state=packet.Presence.NONE if section is None else packet.Presence.PRESENT,
                reason="None held" if section is None else None,
                level=packet.Level.TEAM,
                owner_agency="Residence of the Three Wells",
                sha256=None if section is None else section_sha256(section),
            )
        )
    withheld = packet.Withheld(
        kind="Clinical notes",
        decided_by="Psychologist 7",
        reason=packet.WithheldBecause.PROFESSIONAL_SECRECY,
    )
    return packet.Manifest(sections=tuple(entries), withheld=(withheld,), annexes=())


def whole_packet(
    *,
    sections: packet.Sections | None = None,
    author_sha256: str = "a" * 64,
    supervisor_sha256: str = "b" * 64,
    root_sha256: str = "c" * 64,
    team_key: str = TEAM_KEY,
) -> Handover:
    """The packet of the demo's case 24-017."""
    profile = ProfileCode.SUPERVISING_OFFICER
    held = whole_sections() if sections is None else sections
    return Handover(
        format="rehabdesk-handover",
        version="1.0",
        min_reader="1.0",
        packet=packet.PacketHead(
            number=NUMBER,
            case_ref="24-017",
            profile=profile,
            purpose="Supervision after release",
            legal_basis=packet.Basis(code=packet.LegalBasis.SUPERVISION_LAW, cite="Supervision Act, article 12"),
            mode=packet.Mode.SEALED,
            issued=ISSUED,
            expires=date(2027, 5, 24),
            languages=("en",),
            pages=12,
            ready=packet.Ready.READY_WITH_WAIVERS,
            person_informed=packet.PersonInformed(value="yes"),
            person_copy=packet.PersonCopy.GIVEN,
            supersedes=(),
            receipt_code="40718253",
        ),
        site=packet.Site(
            id="DEMO",
            name="Residence of the Three Wells",
            country="XX",
            phone="+000 20 555 010",
            root_sha256=root_sha256,
        ),
        to=packet.Addressee(
            team="T-RIVER",
            org="Office of Community Supervision",
            name="River District Resettlement Team",
            country="XX",
            recipients=(packet.Recipient(name="Marième Sow", role="supervising officer", age=team_key),),
        ),
        signers=packet.Signers(
            author=packet.Signer(staff_role="CO", name="Claire Dumont", cert_sha256=author_sha256),
            countersigners=(packet.Signer(staff_role="SUP", name="Jonas Weyland", cert_sha256=supervisor_sha256),),
        ),
        manifest=manifest_of(held, profile),
        sections=held,
        x={},
    )


def annex(number: str = NUMBER, *, cert_sha256: str = "b" * 64) -> ClinicalAnnex:
    """A psychologist's annex to a colleague outside, whom it names without a key."""
    return ClinicalAnnex(
        format="rehabdesk-annex",
        version="1.0",
        number=number,
        for_="Hélène Brandt",
        author=AnnexAuthor(name="Psychologist 7", cert_sha256=cert_sha256),
        treatment_summary=text("Ten talks about sleep."),
        onward_plan=text("Weekly talks."),
    )


def with_head(made: Handover, **changes: object) -> Handover:
    """The same packet with other fields in its head."""
    return replace(made, packet=replace(made.packet, **changes))  # type: ignore[arg-type]  # any field of the head


def with_other_supervisor(made: Handover) -> Handover:
    other = replace(made.signers.countersigners[0], cert_sha256="d" * 64)
    return replace(made, signers=replace(made.signers, countersigners=(other,)))


def with_other_root(made: Handover) -> Handover:
    return replace(made, site=replace(made.site, root_sha256="e" * 64))


def with_other_section(made: Handover) -> Handover:
    """The manifest still lists the hash of the former S8."""
    return replace(made, sections=replace(made.sections, S8=s.S8(alerts=())))


def newer(made: Handover) -> bytes:
    value = plain(made)
    return canon.dump(value | {"version": "2.0", "min_reader": "2.0"})
