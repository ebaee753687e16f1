"""`rehabdesk demo`: the whole main job with invented people, through the same services as the windows use."""

import json
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from rehabdesk import (
    demo_after,
    demo_annex,
    demo_attachments,
    demo_chaplain,
    demo_conference,
    demo_forms,
    demo_groups,
    demo_inbox,
    demo_overview,
    demo_people,
    demo_plans,
    demo_release,
    demo_reviews,
    demo_short_notice,
    demo_trust,
    demo_words,
)
from rehabdesk.access.members_service import Founder, create_desk, require_new_folder
from rehabdesk.access.model import Newcomer, Role
from rehabdesk.access.unlock_service import Means
from rehabdesk.app import PROJECTIONS
from rehabdesk.audit.model import Level
from rehabdesk.audit.service import Audit
from rehabdesk.core.clock import SettableClock, SystemClock, local_day
from rehabdesk.core.errors import UserError
from rehabdesk.core.files import durable_write
from rehabdesk.core.i18n import tr
from rehabdesk.core.ids import SystemIds
from rehabdesk.core.text import without_isolates
from rehabdesk.demo_alerts import raise_alerts
from rehabdesk.demo_caseload import Invented, met_before
from rehabdesk.demo_narrator import Narrator
from rehabdesk.demo_stage import Stage
from rehabdesk.handover.checking.examination_service import Checked, PacketCheck
from rehabdesk.handover.checking.report_service import report_lines
from rehabdesk.handover.checking.verdict_model import State
from rehabdesk.handover.making.delivery_service import Delivered
from rehabdesk.notes.chaplaincy.encounter_service import Encounters
from rehabdesk.notes.forms.form_service import load_forms
from rehabdesk.notes.model import Part
from rehabdesk.people.model import AssignmentDetails, Capacity
from rehabdesk.seals import sealing
from rehabdesk.seals.kdf import RELEASE_BOUNDS, KdfCost
from rehabdesk.seals.passphrase import generated_words, require_passphrase

FIRST_DAY = timedelta(days=75)
"""How long before today the invented desk was founded."""

LEAST_COST = KdfCost(m=RELEASE_BOUNDS.memory[0], t=RELEASE_BOUNDS.rounds[0])
"""Nothing is to be kept from anybody here: the passphrases are told, and each of the sign-ins would cost a second."""
ROUNDS = 3
MOST_PEOPLE = 2000


def found(stage: Stage, cost: KdfCost) -> None:
    """Everybody types an own passphrase, then the desk is made."""
    names = [newcomer.name for newcomer in stage.invented.staff()]
    for newcomer in stage.invented.staff():
        founder = Founder(newcomer=newcomer, passphrase=drawn_passphrase([newcomer.sign_in, *names]))
        stage.founders[newcomer.sign_in] = founder
    create_desk(
        stage.vault,
        stage.invented.settings(),
        list(stage.founders.values()),
        stage.means,
        cost,
        profile=stage.folder / "profile",
    )


def drawn_passphrase(names: Sequence[str]) -> str:
    """Six drawn words, drawn again in the rare case that they hold a name of the desk."""
    while True:
        drawn = generated_words()
        try:
            return require_passphrase(drawn, names=names)
        except UserError:
            continue


def register(stage: Stage, progress: Callable[[int, int], None]) -> None:
    """A case officer registers everybody, with contacts, and says who works with whom."""
    with stage.unlocked(stage.of_role(Role.CO)) as me:
        stage.uids = {member.sign_in: member.card.uid for member in me.desk.members()}
        for number, invented in enumerate(stage.people):
            person = me.people.register(invented.details, invented.legal, placement=invented.placement)
            stage.ids_of_people.append(person.id)
            for contact in invented.contacts:
                me.people.circle.add(person.id, contact)
            for newcomer, capacity in team_of(stage, number):
                me.people.assign(
                    person.id,
                    AssignmentDetails(
                        staff=stage.uids[newcomer.sign_in],
                        capacity=capacity,
                        since=local_day(stage.clock),
                        person_told=True,
                    ),
                )
            stage.later(timedelta(minutes=7))
            progress(number + 1, len(stage.people))
        demo_people.enrich(me.desk, me.people, stage.ids_of_people[0], local_day(stage.clock))


def team_of(stage: Stage, number: int) -> list[tuple[Newcomer, Capacity]]:
    """Who works with the person of that number."""
    capacities = {
        Role.CO: Capacity.LEAD_CASE_OFFICER,
        Role.PSY: Capacity.PSYCHOLOGIST,
        Role.CHA: Capacity.CHAPLAIN,
    }
    return [
        (founder.newcomer, capacities[founder.newcomer.role])
        for founder in stage.founders.values()
        if founder.newcomer.role in capacities and number in stage.cases_of(founder.newcomer)
    ]


def write_notes(stage: Stage, newcomer: Newcomer, meeting: int, progress: Callable[[int, int], None]) -> None:
    """One round of a practitioner's visits: a draft, then the signed note, for each own case."""
    forms = {
        Role.CO: ("keywork", stage.invented.keywork),
        Role.PSY: ("psychologist_session", stage.invented.session),
        Role.CHA: ("chaplain_engagement", stage.invented.engagement),
    }
    form, answers = forms[newcomer.role]
    cases = stage.cases_of(newcomer)
    with stage.unlocked(newcomer) as me:
        for done, number in enumerate(cases):
            occurred_at = met_before(stage.later(timedelta(minutes=50)), number)
            draft = me.notes.start(form, stage.ids_of_people[number], occurred_at=occurred_at)
            me.notes.save_draft(draft, occurred_at=occurred_at, answers=answers(number, meeting))
            me.notes.sign(draft)
            progress(done + 1, len(cases))
        if newcomer.role is Role.PSY and meeting == ROUNDS:
            demo_annex.take_key(me.desk, local_day(stage.clock))
        if newcomer.role is Role.PSY:
            stage.later(timedelta(minutes=120))
            demo_groups.meet(me.desk, me.people, stage.forms, [stage.ids_of_people[one] for one in cases], meeting)
        if meeting == 1 and 0 in cases:
            words, at = stage.invented.thread["forms"], stage.clock.now() - timedelta(minutes=5)
            demo_forms.write_more(me.desk, me.people, me.notes, stage.ids_of_people[0], at, words)
            if newcomer.role is Role.PSY:
                demo_people.know_need(me.desk, stage.ids_of_people[0])
                demo_attachments.attach_letter(me.desk, me.people, me.notes, stage.ids_of_people[0], at, words)
        if meeting == ROUNDS and newcomer.role is Role.PSY:
            demo_overview.leave_draft(me.notes, stage.ids_of_people[cases[-1]])
            demo_trust.ask_for_key(me.desk)
        if newcomer.role is Role.CO and meeting == 1:
            crowd = [stage.ids_of_people[number] for number in cases[1:]]
            demo_reviews.plan_for_crowd(me.work, crowd, me.work.today + FIRST_DAY - timedelta(days=4))
        if newcomer.role is Role.CHA:
            Encounters(me.desk, me.people, stage.forms).record(local_day(stage.clock))
            mine = [stage.ids_of_people[number] for number in cases]
            demo_chaplain.end_of_round(me.desk, me.notes, mine, last=meeting == ROUNDS)


def make_site_root(stage: Stage) -> None:
    """Administrator and supervisor make the site's root; everybody who signs packets gets a certificate."""
    signers = [stage.of_role(Role.CO), stage.of_role(Role.SUP)]
    for newcomer in signers:
        with stage.unlocked(newcomer) as me:
            me.work.trust.request_certificate()
    admin, supervisor = stage.of_role(Role.ADM), stage.of_role(Role.SUP)
    with stage.unlocked(admin) as me:
        other = stage.keys_of(supervisor, me.desk)
        me.work.trust.found_site(other, contact="Duty desk of the residence")
        for newcomer in signers:
            me.work.trust.issue(stage.uids[newcomer.sign_in], other, seen_in_person=True)
        demo_trust.receive(me.desk)
        demo_words.add_words(me.desk)


def prepare_release(stage: Stage, team_key: str) -> str:
    """Plan, progress, checklist and conditions, then the packet with the author's signature; gives the packet's id."""
    officer, thread, team = stage.of_role(Role.CO), stage.invented.thread, stage.invented.team
    person = stage.ids_of_people[0]
    with stage.unlocked(officer) as me:
        release_on = local_day(stage.clock) + timedelta(days=9)
        source = next(one.rid for one in me.notes.timeline.page(person) if one.part is Part.NOTE)
        demo_release.make_plan(me.work, person, thread)
        demo_plans.take_part(me.desk, me.people, person)
        demo_reviews.earlier_words(me.work, person, source)
        demo_release.record_progress(me.work, person, thread, source)
        demo_reviews.hold(me.work, [stage.ids_of_people[one] for one in stage.cases_of(officer)[1:]])
        demo_release.plan_release(me.work, person, release_on, thread)
        others = [stage.ids_of_people[number] for number in stage.cases_of(officer) if number]
        demo_overview.leave(me.work, others)
        demo_conference.hold(me.desk, me.people, person, thread["conference"], thread["relatives"]["mother"])
        demo_release.consent_to_handover(me.work, person, team["org"])
        demo_release.take_team(me.work, team, team_key)
        demo_inbox.arrive(me.desk, demo_trust.take_cards(me.desk))
        demo_short_notice.reword(me.work, person)
        for pardoned in stage.ids_of_people[1:2]:
            demo_short_notice.pardoned(me.work, pardoned)
    with stage.unlocked(stage.of_role(Role.SUP)) as me:
        demo_release.approve_plan(me.work, person)
        demo_conference.approve(me.desk, me.people)
        me.work.releases.waive(person, demo_release.WAIVED, "The host was asked by phone; a visit was not possible.")
    with stage.unlocked(officer) as me:
        release_at = datetime.combine(release_on, datetime.min.time(), UTC) + timedelta(hours=6)
        added = demo_release.supplement(thread, team, release_at, officer.name)
        chosen = demo_release.choices(me.work, team, stage.uids[stage.of_role(Role.SUP).sign_in], stage.language)
        alerts = raise_alerts(me.desk, me.people, live_of=person, closed_of=stage.ids_of_people[-1])
        collection = demo_release.collection(me.work, alerts)
        typed_again = stage.keys_of(officer, me.desk)
        packet_id = demo_release.sign_packet(me.work, person, collection, chosen, added, typed_again)
        demo_annex.request(me.work, person, stage.uids[stage.of_role(Role.PSY).sign_in], team)
        return packet_id


def countersign_and_seal(stage: Stage, packet_id: str) -> Delivered:
    """The supervisor signs, the case officer seals to the team's key."""
    supervisor = stage.of_role(Role.SUP)
    with stage.unlocked(supervisor) as me:
        demo_release.countersign(me.work, packet_id, stage.keys_of(supervisor, me.desk))
        demo_after.make_list(me.work)
    with stage.unlocked(stage.of_role(Role.CO)) as me:
        delivered = demo_release.seal(me.work, packet_id, stage.folder / "outbox")
        demo_after.answered(me.work, packet_id, stage.invented.team)
        return delivered


def check_as_team(stage: Stage, delivered: Delivered, identity: Path) -> Checked:
    """What the community team does with the sealed file: its own key, the site's card, two limited children."""
    card = (delivered.file.parent / f"{stage.invented.settings().site}.rdsite").read_bytes()
    return PacketCheck([card]).check(
        delivered.file.read_bytes(),
        moment=SystemClock().now(),
        identity=identity.read_text("utf-8"),
        team=stage.invented.team["id"],
    )


def run_demo(folder: Path, *, people: int, language: str, as_json: bool) -> int:
    """Does the main job in `folder` (empty or new); 0 if the receiving side calls the packet genuine, else 1.

    UserError for wrong use.
    """
    if not 1 <= people <= MOST_PEOPLE:
        raise UserError(tr("The demo can invent 1 to {most} people.").format(most=MOST_PEOPLE))
    require_new_folder(folder)
    narrator = Narrator(quiet_stdout=as_json)
    today = SystemClock().now()
    clock = SettableClock(today - FIRST_DAY, timedelta(milliseconds=3))
    invented = Invented(today.date())
    stage = Stage(
        folder=folder.absolute(),
        clock=clock,
        invented=invented,
        narrator=narrator,
        means=Means(clock=clock, ids=SystemIds(clock), projections=PROJECTIONS),
        forms=load_forms(),
        people=invented.people(people, local_day(clock)),
        language=language,
    )
    narrator.say(tr("The main job of RehabDesk, with people who do not exist, in {folder}").format(folder=stage.folder))
    months_of_work(stage)
    delivered, checked, identity = hand_over(stage)
    report(stage, delivered, checked, identity, as_json=as_json)
    return 0 if checked.verdict.state is State.GENUINE else 1


def months_of_work(stage: Stage) -> None:
    """From the founding of the desk to the weeks before the release."""
    narrator = stage.narrator
    with narrator.step(tr("Making the desk: {count} people type their passphrases").format(count=6)):
        found(stage, LEAST_COST)
    with narrator.step(tr("Case officer registers people, contacts and who works with whom")) as progress:
        register(stage, progress)
    says = {
        Role.PSY: tr("Psychologist logs sessions: words under the clinical key, a short summary for the team"),
        Role.CHA: tr("Chaplain records visits, and a confidential encounter of which nothing is kept"),
        Role.CO: tr("Case officer writes key-work notes"),
    }
    for meeting in range(1, ROUNDS + 1):
        for founder in stage.founders.values():
            if founder.newcomer.role in says:
                what = tr("{deed} (round {number} of {rounds})").format(
                    deed=says[founder.newcomer.role], number=meeting, rounds=ROUNDS
                )
                with narrator.step(what) as progress:
                    write_notes(stage, founder.newcomer, meeting, progress)
        stage.later(timedelta(days=20))
    stage.clock.set(SystemClock().now())


def hand_over(stage: Stage) -> tuple[Delivered, Checked, Path]:
    """From the plan to the verdict of the receiving side."""
    narrator = stage.narrator
    team_folder = stage.folder / "team"
    team_folder.mkdir()
    identity, secret = team_folder / f"{stage.invented.team['id']}.agekey", sealing.new_identity()
    durable_write(identity, f"{secret}\n".encode("ascii"))
    with narrator.step(tr("Administrator and supervisor make the site's root and the signing keys of members")):
        make_site_root(stage)
    with narrator.step(
        tr("Plan, the person's answer, progress in both voices, checklist; the author signs the packet")
    ):
        packet_id = prepare_release(stage, sealing.recipient_of(secret))
    with narrator.step(tr("Supervisor looks at the exact pages and countersigns; the packet is sealed")):
        delivered = countersign_and_seal(stage, packet_id)
    with narrator.step(tr("The community team unseals and checks it, with its own key and the site's card")):
        checked = check_as_team(stage, delivered, identity)
    return delivered, checked, identity


def report(stage: Stage, delivered: Delivered, checked: Checked, identity: Path, *, as_json: bool) -> None:
    """The verdict, and where things lie."""
    card = delivered.file.parent / f"{stage.invented.settings().site}.rdsite"
    number = delivered.file.name.removesuffix(".pdf.age")
    with stage.unlocked(stage.of_role(Role.CO)) as me:
        records = Audit(me.desk).check(Level.RUNNING).records
    if as_json:
        members = [
            {
                "uid": stage.uids[sign_in],
                "sign_in": sign_in,
                "role": str(founder.newcomer.role),
                "name": founder.newcomer.name,
                "passphrase": founder.passphrase,
            }
            for sign_in, founder in stage.founders.items()
        ]
        found = {
            "vault": str(stage.vault),
            "members": members,
            "packet": {"number": number, "file": str(delivered.file), "language": stage.language},
            "site_card": str(card),
            "team_identity": str(identity),
            "verdict": str(checked.verdict.state),
            "people": len(stage.people),
            "records": records,
        }
        print(json.dumps(found, ensure_ascii=False))
        return
    say = stage.narrator.say
    say()
    for line in report_lines(checked, "en"):
        say(without_isolates(line))
    say()
    say(tr("{people} people, {records} records.").format(people=len(stage.people), records=records))
    for what, path in (
        (tr("Vault"), stage.vault),
        (tr("Sealed packet"), delivered.file),
        (tr("Site card"), card),
        (tr("Team's key"), identity),
    ):
        say(f"  {what:<14} {path}")
    say(tr("Sign in to the vault as:"))
    for sign_in, founder in stage.founders.items():
        say(f"  {sign_in:<16} {founder.newcomer.role:<4} {founder.passphrase}")
