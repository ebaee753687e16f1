"""Notes of every discipline in a random caseload: signed, struck, added to, begun; alerts, letters, contributions."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from rehabdesk.app_services import Services
from rehabdesk.db.projection import CLINICAL, PASTORAL, TEAM
from rehabdesk.notes.alerts.alert_model import TypedAlert
from rehabdesk.notes.assessments.assessment_model import ExternalAssessment
from rehabdesk.notes.attachments.attachment_model import AttachmentKind, Cleaned
from rehabdesk.notes.chaplaincy.contribution_model import Agreed, Audience, Contribution
from rehabdesk.notes.forms.answers_model import Answer
from rehabdesk.notes.forms.form_model import WRITTEN
from rehabdesk.notes.groups.group_model import Group, Lines, Mark
from rehabdesk.notes.model import AddendumType
from rehabdesk.people.need_service import Needs
from tests.handover.caseload.hand import Hand, Someone
from tests.notes.alert_desk import THREAT, TOLD
from tests.notes.sessions import HEADER, KEYWORK, MEETING, SESSION, VISIT
from tests.notes.test_attachment_service import attach
from tests.people.cases import NOON, TODAY

FAMILY: Mapping[str, Answer] = {
    **HEADER,
    "fam.F1": "phone",
    "fam.F2": ("children_only",),
    "fam.F3": "not_ours",
    "fam.F4": "afraid",
    "fam.F8": "concern",
}
DIALOGUE: Mapping[str, Answer] = {**HEADER, "fac.R1": "dialogue", "fac.R2": "", "fac.R5": "yes"}
COMP = {"psychologist_session": CLINICAL, "chaplain_engagement": PASTORAL}
KINDS = ("threat_to_person", "harm_to_child", "self_harm", "health_emergency")
LEADER = "Ilyas Moro"
"""A faith leader who can be named as the one who receives a packet."""
TO_LEADER, OTHERS = "S11 to that leader", "S11 to somebody else"


def written(hand: Hand, me: Services, one: Someone, form: str, answers: Mapping[str, Answer]) -> str:
    """A note that was signed, one that was struck, one that was begun; gives the signed one. Nothing of them leaves."""
    signed = me.notes.sign(_begun(hand, me, one, form, answers, "note")).note.rid
    comp = COMP.get(form, TEAM)
    if hand.once_in(2):
        said = hand.marks.stays(one.label, f"addendum to {form}")
        me.notes.add(comp, signed, AddendumType.ADDITION, said)
    if hand.once_in(2):
        cleaned = Cleaned(
            kind=AttachmentKind.PDF,
            content=b"%PDF-1.4 " + hand.marks.stays(one.label, f"attachment of {form}").encode(),
            pages=1,
        )
        attach(me.desk, comp, signed, cleaned, hand.marks.stays(one.label, f"name of an attachment of {form}"))
    if hand.once_in(2):
        struck = me.notes.sign(_begun(hand, me, one, form, answers, "struck note")).note.rid
        me.notes.entered_in_error(comp, struck, hand.marks.stays(one.label, f"why a {form} was struck"))
    if hand.once_in(2):
        _begun(hand, me, one, form, answers, "draft")
    return signed


def _begun(hand: Hand, me: Services, one: Someone, form: str, answers: Mapping[str, Answer], what: str) -> str:
    """Every line and text of the form that can stand open has a word of its own."""
    filled = dict(answers)
    for asked in me.notes.sheet(form, one.id).form.fields:
        if asked.type in WRITTEN and (asked.when is None or asked.code in answers):
            filled[asked.code] = hand.marks.stays(one.label, f"{what}: {form} {asked.code} ({asked.level.value})")
    draft = me.notes.start(form, one.id, occurred_at=MEETING, answers={})
    me.notes.save_draft(draft, occurred_at=MEETING, answers=filled)
    return draft


def psychologist(hand: Hand, me: Services, one: Someone) -> None:
    written(hand, me, one, "psychologist_session", SESSION)
    stays = hand.marks.stays
    Needs(me.desk).keep(one.id, stays(one.label, "clinical need"))
    found = ExternalAssessment(
        name=stays(one.label, "name of an assessment"),
        on=TODAY,
        assessor=stays(one.label, "assessor"),
        held_by=stays(one.label, "where an assessment is kept"),
        person_comment=stays(one.label, "comment on an assessment"),
    )
    me.assessments.record(one.id, found, by_me=False)
    me.letters.hand_over(_disclosure(hand, one), one.id)
    me.letters.refuse_request(stays(one.label, "who asked for content"), stays(one.label, "why it was refused"), one.id)
    group = Group(name=stays(one.label, "name of a group"), theme="", lines=Lines.CLINICAL, facilitators=(me.desk.uid,))
    rid = me.groups.create(group)
    me.groups.add_member(rid, one.id, since=TODAY - timedelta(days=7))
    line = stays(one.label, "line of a group meeting")
    mark = Mark(attendance="came", took_part="steadily", skill="asked", words=line, kept=True)
    typed = replace(
        me.meetings.fresh(rid),
        theme=stays(one.label, "theme of a meeting"),
        done=stays(one.label, "what a group did"),
        climate="lively",
        exercise=stays(one.label, "exercise of a group"),
        marks={one.id: mark},
    )
    me.meetings.sign(me.meetings.save_draft(typed, None))


def _disclosure(hand: Hand, one: Someone) -> TypedAlert:
    """Ill-treatment that was disclosed: never for the team, never outside."""
    stays = hand.marks.stays
    return replace(
        TOLD,
        facts=stays(one.label, "disclosure in the wrong field"),
        exact=stays(one.label, "disclosure of ill-treatment"),
        places=stays(one.label, "places of ill-treatment"),
        did=stays(one.label, "what was done after a disclosure"),
        told_who=stays(one.label, "who was told of a disclosure"),
    )


def chaplain(hand: Hand, me: Services, one: Someone) -> None:
    """Engagements; a contribution for the team, for one leader, or without consent."""
    written(hand, me, one, "chaplain_engagement", VISIT)
    me.encounters.record(TODAY)
    me.letters.hand_over(_disclosure(hand, one), one.id)
    me.contributions.keep_words(one.id, hand.marks.stays(one.label, "contribution that was begun"))
    consent = me.contributions.record_consent(one.id, explained_in="fr", method=Agreed.WITNESSED)
    for_leader, withdrawn = hand.once_in(2), hand.once_in(3)
    _give(me, one, hand.marks.stays(one.label, "former contribution"))
    readers = (OTHERS,) if for_leader else (OTHERS, TO_LEADER)
    _give(me, one, hand.marks.goes(one.label, "contribution", *(() if withdrawn else readers)))
    if for_leader:
        said = hand.marks.goes(one.label, "contribution for one leader", *(() if withdrawn else (TO_LEADER,)))
        _give(me, one, said, leader=LEADER)
    if withdrawn:
        me.people.consents.withdraw(consent.id, on=TODAY)


def _give(me: Services, one: Someone, words: str, *, leader: str = "") -> None:
    given = Contribution(words=words, read_back=True, consent="", audience=Audience.TEAM, agreed=Agreed.WITNESSED)
    named = replace(given, audience=Audience.NAMED_FAITH_LEADER, leader=leader)
    me.contributions.give(one.id, named if leader else given)


def facilitator(hand: Hand, me: Services, one: Someone) -> None:
    written(hand, me, one, "facilitator_session", DIALOGUE)


def officer(hand: Hand, me: Services, one: Someone) -> str:
    """Notes of the team; gives the record of a signed one."""
    signed = written(hand, me, one, "keywork", KEYWORK)
    written(hand, me, one, "family_contact", FAMILY)
    return signed


def own_page(hand: Hand, me: Services, one: Someone) -> None:
    """A former page, and the newest, which the person lets go out or keeps inside; sometimes there is none."""
    if hand.once_in(4):
        return
    for hours, newest in ((30, False), (4, True)):
        goes_out = not newest or not hand.once_in(3)
        what, sections = ("own page", ("S3",)) if newest and goes_out else ("own page that stays", ())
        answers: dict[str, Answer] = {"voi.V8": "wrote", "voi.V8.share": goes_out}
        for code in ("V1", "V2", "V3", "V4", "V5", "V6"):
            if code == "V1" or hand.once_in(2):
                answers[f"voi.{code}"] = hand.marks.goes(one.label, what, *sections)
        at = NOON - timedelta(hours=hours)
        me.notes.sign(me.notes.start("voice_statement", one.id, occurred_at=at, answers=answers))
    if hand.once_in(2):
        begun: dict[str, Answer] = {"voi.V8": "wrote", "voi.V1": hand.marks.stays(one.label, "own page that was begun")}
        me.notes.start("voice_statement", one.id, occurred_at=NOON, answers=begun)


def alerts(hand: Hand, me: Services, one: Someone) -> None:
    """Live ones, of which facts and what was done go along, and closed ones. Whoever is named stays."""
    stays = hand.marks.stays
    for _ in hand.some(0, 3):
        closed = hand.once_in(3)
        what, sections = ("closed alert", ()) if closed else ("live alert", ("S8",))
        named = hand.marks.name(one.label, "who was named in an alert") if hand.once_in(2) else ""
        typed = replace(
            THREAT,
            kind="harm_to_other" if named else hand.one_of(*KINDS),
            at_risk="named_person" if named else "self",
            named=named,
            facts=hand.marks.goes(one.label, f"facts of a {what}", *sections),
            did=hand.marks.goes(one.label, f"what was done in a {what}", *sections),
            told_who=stays(one.label, "who was told of an alert"),
            told_how=stays(one.label, "how an alert was told"),
        )
        rid = me.alerts.tell(typed, one.id)
        if closed:
            me.alerts.close(rid, stays(one.label, "how an alert ended"))
    if hand.once_in(2):
        me.alerts.save_draft(replace(THREAT, facts=stays(one.label, "alert that was begun")), one.id, None)
