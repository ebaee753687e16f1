"""A desk on which every discipline wrote about one person, with words by which everything that stays can be told."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from rehabdesk.access.model import Role
from rehabdesk.notes.chaplaincy.contribution_model import Agreed, Audience, Contribution
from rehabdesk.notes.chaplaincy.contribution_service import Contributions
from rehabdesk.notes.forms.answers_model import Answer
from rehabdesk.notes.groups.group_service import Groups
from rehabdesk.people.children_service import Children
from rehabdesk.people.consent_model import ConsentDetails, ConsentMethod, ConsentPurpose, ConsentStatus
from rehabdesk.people.model import (
    AssignmentDetails,
    Capacity,
    ContactConsent,
    ContactDetails,
    ContactKind,
    PersonName,
    Script,
)
from rehabdesk.people.need_service import Needs
from rehabdesk.people.protected_model import ChildrenCount
from rehabdesk.plans.domain_service import load_domains
from rehabdesk.plans.programmes.intervention_model import Intervention, Kind, Outcome, Participation
from rehabdesk.plans.programmes.intervention_service import Interventions, load_catalogue
from rehabdesk.plans.progress.progress_model import Progress, Voice, Word
from rehabdesk.plans.progress.progress_service import ProgressWords
from tests.desks import START
from tests.handover.packet_window import CHAPLAIN, PacketDesk
from tests.handover.workplace import TEAM, Signed
from tests.notes.sessions import KEYWORK, SESSION, VISIT, services
from tests.people.cases import TODAY, details, legal
from tests.plans.conferences import DISCUSSED, agree, conferences

STAYS = (
    *("quicksilver", "marmot", "umbrella", "obsidian", "lattice", "zeppelin", "periwinkle"),  # notes
    *("trellis", "bobbin", "kestrel"),  # what protects others, a draft, a clinical need
    *("Sunniva", "Barnaby", "Leopoldine", "Quartz"),  # contacts who did not agree, a child, somebody else here
    *("harmonium", "tambourine", "kept inside", "lamplighter"),  # programmes of faith and health, a goal, a discussion
)
"""None of these words is in any packet, whatever is chosen."""
GIVEN, FOR_LEADER = "He sings in the choir and is kind.", "Please welcome him at the evening prayer."
OWN_PAGE: dict[str, Answer] = {
    "voi.V8": "wrote",
    "voi.V1": "I count to ten before I answer.",
    "voi.V6": "My mother and my uncle.",
    "voi.V8.share": True,
}
NOTES: tuple[tuple[str, str, Capacity, dict[str, Answer]], ...] = (
    (
        "calm-harbour",
        "psychologist_session",
        Capacity.PSYCHOLOGIST,
        {**SESSION, "psy.P3.happened": "quicksilver", "psy.P3.make": "marmot", "psy.P11": "umbrella"},
    ),
    (CHAPLAIN, "chaplain_engagement", Capacity.CHAPLAIN, {**VISIT, "cha.C6": "obsidian", "cha.C7": "lattice"}),
    (
        "green-ferry",
        "keywork",
        Capacity.LEAD_CASE_OFFICER,
        {
            **KEYWORK,
            "key.K2": "zeppelin",
            "key.K6": "The periwinkle grows slowly beside the old workshop wall in spring.",
        },
    ),
)


class SeededDesk(PacketDesk):
    """`person` is known to all disciplines; `other` is somebody else of the register. `LAST`: a day on which
    a packet can expire.
    """

    LAST = date(2027, 5, 24)

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        with self.open("amber-kite") as administrator:
            self.uids |= {one.sign_in: one.card.uid for one in administrator.desk.members()}
        with self.open("green-ferry") as officer:
            for sign_in, _, capacity, _ in NOTES:
                given_to = AssignmentDetails(staff=self.uids[sign_in], capacity=capacity, since=date(2026, 1, 1))
                officer.people.assign(self.person, given_to)
            name = PersonName(script=Script.LATIN, given="Aboubakar", family="Quartz", variants=("Boubacar Quartz",))
            other = replace(details("24-018"), display_alias="Aboubakar Q.", names=(name,))
            self.other = officer.people.register(other, legal()).id
            self._circle(officer)
            self._work(officer)
        for sign_in, form, _, answers in NOTES:
            with self.open(sign_in) as writer:
                notes = services(writer.desk).notes
                notes.sign(notes.start(form, self.person, occurred_at=START - timedelta(hours=3), answers=answers))
                notes.start(form, self.person, occurred_at=START, answers={**answers, "hdr.3": 30, "key.K2": "bobbin"})
                if writer.desk.role is Role.CHA:
                    self._contribute(writer)
                if writer.desk.role is Role.PSY:
                    Needs(writer.desk).keep(self.person, "kestrel")

    def _circle(self, officer: Signed) -> None:
        """The mother agreed, an uncle did not, an aunt is protected, a child is a child, and an imam can be called."""
        yes, people = ContactConsent.YES, officer.people
        for contact, note in (
            (ContactDetails(kind=ContactKind.FAMILY, name="Oriane Vell", relation="mother", offer="A room."), ""),
            (ContactDetails(kind=ContactKind.FRIEND, name="Barnaby Holt", phone="+000 20 555 661"), ""),
            (ContactDetails(kind=ContactKind.FAMILY, name="Leopoldine", relation="aunt"), "trellis"),
            (ContactDetails(kind=ContactKind.FAMILY, name="Sunniva", is_child=True), ""),
            (ContactDetails(kind=ContactKind.FAITH_LEADER, name="Ilyas Moro", phone="+000 20 555 662"), ""),
        ):
            agreed = yes if contact.name != "Barnaby Holt" else ContactConsent.NO
            people.circle.add(self.person, replace(contact, consent_to_be_contacted=agreed), safety_note=note)
        Children(officer.desk).count(self.person, ChildrenCount(up_to_5=1, up_to_11=2, counted_on=TODAY))

    def _work(self, officer: Signed) -> None:
        """Courses, an own page, a word of progress, a conference."""
        desk, people = officer.desk, officer.people
        groups = Groups(desk, people)
        programmes = Interventions(desk, people, load_catalogue(), load_domains(), groups)
        for code, kind, name in (
            ("vocational", Kind.EDUCATION, "Sewing course"),
            ("pastoral", Kind.PASTORAL, "harmonium evenings"),
            ("health", Kind.HEALTH, "tambourine clinic"),
        ):
            entry = next(one.code for one in programmes.catalogue.entries if one.kind is kind)
            facts = Intervention(
                catalogue=entry,
                kind=kind,
                participation=Participation.VOLUNTARY,
                provider=desk.settings().name if code == "vocational" else "Outside",
                start=date(2026, 3, 1),
                name=name,
            )
            stored = programmes.record(self.person, facts)
            programmes.end(stored.rid, Outcome.COMPLETED, date(2026, 9, 1))
        notes = services(desk).notes
        notes.sign(
            notes.start("voice_statement", self.person, occurred_at=START - timedelta(hours=4), answers=OWN_PAGE)
        )
        own = Progress(
            domain="PD-7",
            voice=Voice.SELF,
            word=Word.DOING,
            basis="I never missed a day.",
            period_from=TODAY - timedelta(days=60),
            period_to=TODAY,
        )
        ProgressWords(desk, people, load_domains()).record_self(self.person, own)
        agree(conferences(desk), self.person, at=START - timedelta(days=2))
        assert "lamplighter" in DISCUSSED

    def _contribute(self, chaplain: Signed) -> None:
        """One for the team, and a newer one for a named faith leader only."""
        given = Contributions(chaplain.desk, chaplain.people, services(chaplain.desk).notes.timeline)
        given.record_consent(self.person, explained_in="fr", method=Agreed.WITNESSED)
        made = Contribution(words=GIVEN, read_back=True, consent="", audience=Audience.TEAM, agreed=Agreed.WITNESSED)
        given.give(self.person, made)
        given.give(
            self.person,
            replace(made, words=FOR_LEADER, audience=Audience.NAMED_FAITH_LEADER, leader="Ilyas Moro"),
        )

    def consent(self, officer: Signed, **changes: object) -> str:
        """The person agrees that the team reads about him; gives the id of the answer."""
        answer = ConsentDetails(
            purpose=ConsentPurpose.SHARE_WITH_NAMED_ORG,
            status=ConsentStatus.GIVEN,
            scope="What the team needs",
            recipient=TEAM.org,
            explained_in="fr",
            method=ConsentMethod.THUMBPRINT,
            given_on=TODAY - timedelta(days=20),
        )
        made = replace(answer, **changes)  # type: ignore[arg-type]  # any field of it
        return officer.people.consents.record(self.person, made).id
