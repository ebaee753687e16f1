"""Meetings on a real desk: one entry for all, each person's own record, two signatures, and who reads what."""

import json
import random
import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from rehabdesk.access.model import Role
from rehabdesk.core.errors import NoKey, UserError
from rehabdesk.db.projection import CLINICAL, TEAM
from rehabdesk.notes.forms.answers_model import UnansweredError
from rehabdesk.notes.groups import group_store
from rehabdesk.notes.groups.group_model import ABSENT, Group, Lines, Mark
from rehabdesk.notes.groups.meeting_service import MEETING_DRAFT
from rehabdesk.notes.model import AddendumType, Part
from rehabdesk.people.model import AssignmentDetails, Capacity
from tests.notes.groups import (
    AUD,
    CHA,
    CO,
    CSUP,
    DAY,
    FAC,
    OTHER_FAC,
    OTHER_PSY,
    PSY,
    STAFF,
    SUP,
    GroupDesk,
    Leading,
    written,
)
from tests.people.cases import NOON, TODAY


@pytest.fixture
def desk(tmp_path: Path) -> GroupDesk:
    return GroupDesk(tmp_path)


def team_rids(me: Leading, meeting: str) -> dict[str, str]:
    """Record id of each person's attendance."""
    return {one.person: one.stored.rid for one in group_store.attendances(me.desk.index(TEAM), meeting)}


# groups


def test_lines_are_clinical_only_where_every_facilitator_is_a_psychologist(desk: GroupDesk) -> None:
    with desk.as_login(PSY) as me:
        for leaders, allowed in (((PSY, OTHER_PSY, CSUP), True), ((PSY, FAC), False)):
            group = Group(
                name="Choices", theme="", lines=Lines.CLINICAL, facilitators=tuple(desk.uids[one] for one in leaders)
            )
            if allowed:
                me.groups.create(group)
                continue
            with pytest.raises(UserError) as refused:
                me.groups.create(group)
            assert refused.value.field == "lines"


@pytest.mark.parametrize("leader", [CO, CHA, SUP, AUD])
def test_only_psychologists_and_facilitators_lead(desk: GroupDesk, leader: str) -> None:
    with desk.as_login(PSY) as me, pytest.raises(UserError) as refused:
        me.groups.create(Group(name="Choices", theme="", lines=Lines.TEAM, facilitators=(desk.uids[leader],)))
    assert refused.value.field == "facilitators"


def test_a_group_is_called_by_nobodys_name(desk: GroupDesk) -> None:
    with desk.as_login(PSY) as me:
        with pytest.raises(UserError, match="Idrissa") as refused:
            me.groups.create(Group(name="Idrissa's group", theme="", lines=Lines.TEAM, facilitators=(desk.uids[PSY],)))
        assert refused.value.field == "name"


def test_where_lines_lie_is_decided_once(desk: GroupDesk) -> None:
    group_id = desk.group(PSY)
    with desk.as_login(PSY) as me:
        me.groups.change(group_id, replace(me.groups.group(group_id), lines=Lines.TEAM))
        me.groups.change(group_id, replace(me.groups.group(group_id), lines=Lines.CLINICAL))
    desk.sign(group_id)
    with desk.as_login(PSY) as me, pytest.raises(UserError, match="decided"):
        me.groups.change(group_id, replace(me.groups.group(group_id), lines=Lines.TEAM))


def test_adding_somebody_is_what_makes_them_the_facilitators_case_and_ending_takes_it_back(desk: GroupDesk) -> None:
    group_id = desk.group(PSY, FAC, lines=Lines.TEAM, people=["Omar", "Amina"])
    with desk.as_login(FAC) as me:
        assert me.people.caseload.own_cases() == {desk.ids["Omar"], desk.ids["Amina"]}
        assert {row.id for row in me.people.register_page()} == {desk.ids["Omar"], desk.ids["Amina"]}
        assert [row.id for row in me.people.find("Idrissa")] == []
        with pytest.raises(UserError):
            me.people.row(desk.ids["Idrissa"])
    with desk.as_login(PSY) as me:
        assert desk.ids["Omar"] not in me.people.caseload.own_cases(), "leading a group opens no clinical file"
        (member,) = [one for one in me.groups.members(group_id) if one.person == desk.ids["Omar"]]
        me.groups.end_member(member.rid)
    with desk.as_login(FAC) as me:
        assert me.people.caseload.own_cases() == {desk.ids["Amina"]}
    with desk.as_login(PSY) as me:
        me.groups.stay_member(member.rid)
    with desk.as_login(FAC) as me:
        assert me.people.caseload.own_cases() == {desk.ids["Omar"], desk.ids["Amina"]}
    with desk.as_login(PSY) as me:
        me.groups.close(group_id)
        assert me.groups.members(group_id) == ()
    with desk.as_login(FAC) as me:
        assert me.people.caseload.own_cases() == frozenset()


def test_a_person_in_two_groups_of_one_facilitator_stays_a_case(desk: GroupDesk) -> None:
    first = desk.group(FAC, lines=Lines.TEAM, people=["Omar"])
    desk.group(FAC, lines=Lines.TEAM, people=["Omar"], name="Dialogue circle")
    with desk.as_login(PSY) as me:
        me.groups.end_member(me.groups.members(first)[0].rid)
    with desk.as_login(FAC) as me:
        assert me.people.caseload.own_cases() == {desk.ids["Omar"]}


def test_another_facilitator_takes_the_cases_over(desk: GroupDesk) -> None:
    group_id = desk.group(FAC, lines=Lines.TEAM, people=["Omar"])
    with desk.as_login(PSY) as me:
        me.groups.change(group_id, replace(me.groups.group(group_id), facilitators=(desk.uids[OTHER_FAC],)))
    with desk.as_login(FAC) as me:
        assert me.people.caseload.own_cases() == frozenset()
        assert me.groups.all() == ()
    with desk.as_login(OTHER_FAC) as me:
        assert me.people.caseload.own_cases() == {desk.ids["Omar"]}


@pytest.mark.parametrize("sign_in", [FAC, AUD, CHA])
def test_who_does_not_know_the_register_adds_nobody(desk: GroupDesk, sign_in: str) -> None:
    group_id = desk.group(FAC, lines=Lines.TEAM, people=["Omar"])
    with desk.as_login(sign_in) as me:
        with pytest.raises(UserError):
            me.groups.add_member(group_id, desk.ids["Amina"], since=TODAY)
        with pytest.raises(UserError):
            me.groups.candidates(group_id, "Amina")


def test_chaplain_and_facilitator_of_one_name_meet_with_a_reason_only(desk: GroupDesk) -> None:
    """The same man has a second login: as chaplain of a person he does not lead the dialogue too (domain.md 1.3)."""
    group_id = desk.group(FAC, lines=Lines.TEAM, people=[])
    name = next(founder for founder, role in STAFF if role is Role.CHA)
    with desk.as_login(CO) as me:
        assigned = AssignmentDetails(staff=desk.uids[name], capacity=Capacity.CHAPLAIN, since=DAY)
        me.people.assign(desk.ids["Omar"], assigned)
        cards = me.desk._cards
        cards[desk.uids[FAC]] = replace(cards[desk.uids[FAC]], name=cards[desk.uids[CHA]].name)
        with pytest.raises(UserError, match="pastoral care") as refused:
            me.groups.add_member(group_id, desk.ids["Omar"], since=TODAY)
        assert refused.value.field == "override_reason"
        me.groups.add_member(group_id, desk.ids["Omar"], since=TODAY, override_reason="Nobody else speaks Zarma.")
        kept = [one.details for one in me.people.assignments(desk.ids["Omar"])]
        assert "Nobody else speaks Zarma." in {one.override_reason for one in kept}


# signing


def test_signing_makes_one_record_for_all_and_one_for_each_in_one_deed(desk: GroupDesk) -> None:
    group_id = desk.group(PSY, OTHER_PSY)
    with desk.as_login(PSY) as me:
        typed = replace(written(me, group_id, desk.ids), debrief="A shorter round next time.")
        draft = me.meetings.save_draft(typed, None)
        before = me.desk.truth.head().n
        meeting = me.meetings.sign(draft)
        assert me.desk.truth.head().n == before + 10, "an entry for each record, with the form that is kept"
        assert me.meetings.drafts() == ()
        whole = me.read.open(meeting)
        assert whole.meeting.number == 1
        assert [row.name for row in whole.rows] == ["Amina K.", "Daniel O.", "Idrissa K.", "Omar S."]
        assert me.read.lines(whole)[desk.ids["Omar"]].words == "Used the short answer."
        assert me.read.debrief(whole) == "A shorter round next time."
        assert me.meetings.next_number(group_id) == 2


def test_who_was_not_there_gets_no_text_of_what_was_done(desk: GroupDesk) -> None:
    meeting = desk.sign(desk.group(PSY))
    with desk.as_login(PSY) as me:
        kept = {one.person: one.attendance for one in group_store.attendances(me.desk.index(TEAM), meeting)}
    amina, omar = kept[desk.ids["Amina"]], kept[desk.ids["Omar"]]
    assert (amina.done, amina.exercise, amina.took_part, amina.apart) == ("", "", "", False)
    assert (omar.done, omar.kept, omar.apart) == ("Role play in pairs, then a round.", True, True)
    assert (omar.took_part, omar.skill, omar.words) == ("", "", ""), "under the clinical key only"


def test_lines_of_a_team_group_lie_with_the_team(desk: GroupDesk) -> None:
    meeting = desk.sign(desk.group(PSY, FAC, lines=Lines.TEAM), FAC)
    with desk.as_login(CO) as me:
        rids = team_rids(me, meeting)
        note = me.notes.timeline.open(TEAM, rids[desk.ids["Omar"]])
        assert note.part.words["grp.GS6"] == "Used the short answer."
    with desk.as_login(PSY) as me:
        assert group_store.lines(me.desk.index(CLINICAL), meeting) == ()


def test_what_is_missing_is_said_all_at_once_and_nothing_is_signed(desk: GroupDesk) -> None:
    group_id = desk.group(PSY)
    with desk.as_login(PSY) as me:
        draft = me.meetings.save_draft(me.meetings.fresh(group_id), None)
        with pytest.raises(UnansweredError) as refused:
            me.meetings.sign(draft)
        fields = [problem.field for problem in refused.value.problems]
        assert fields == ["grp.GS1", "grp.GS4", "grp.GS5", *(f"row:{one}" for one in me.meetings.people(
            me.meetings.draft(draft).typed))]  # fmt: skip
        assert me.read.of_group(group_id) == ()
        assert len(me.meetings.drafts()) == 1


@pytest.mark.parametrize("sign_in", [OTHER_PSY, CO, SUP, CHA, AUD, FAC])
def test_only_a_facilitator_writes_meetings(desk: GroupDesk, sign_in: str) -> None:
    group_id = desk.group(PSY)
    with desk.as_login(sign_in) as me, pytest.raises(UserError):
        me.meetings.fresh(group_id)


def test_who_signs_has_led_it(desk: GroupDesk) -> None:
    group_id = desk.group(PSY, OTHER_PSY)
    with pytest.raises(UnansweredError) as refused:
        desk.sign(group_id, PSY, facilitators=(desk.uids[OTHER_PSY],))
    assert refused.value.problems[0].field == "grp.GS2"


def test_the_group_on_the_day_is_in_the_meeting(desk: GroupDesk) -> None:
    group_id = desk.group(PSY)
    with desk.as_login(PSY) as me:
        typed = me.meetings.fresh(group_id)
        assert set(me.meetings.people(typed)) == set(desk.ids.values())
        assert me.meetings.people(replace(typed, occurred_at=NOON - timedelta(days=30))) == {}
        omar = desk.ids["Omar"]
        me.groups.end_member(next(one.rid for one in me.groups.members(group_id) if one.person == omar))
        assert omar not in me.meetings.people(typed)
        assert omar in me.meetings.people(replace(typed, marks={omar: Mark(words="Came.")})), "typed words stay"
        assert "stranger" not in me.meetings.people(replace(typed, marks={"stranger": Mark(words="Came.")}))


def test_a_draft_is_its_authors_alone_and_no_note(desk: GroupDesk) -> None:
    group_id = desk.group(PSY, OTHER_PSY)
    with desk.as_login(PSY) as me:
        draft = me.meetings.save_draft(me.meetings.fresh(group_id), None)
        assert me.notes.drafts() == ()
        with pytest.raises(UserError):
            me.notes.start("group_session", desk.ids["Omar"])
    with desk.as_login(OTHER_PSY) as me:
        assert me.meetings.drafts() == ()
        with pytest.raises(UserError):
            me.meetings.draft(draft)
    with desk.as_login(PSY) as me:
        other = me.desk.save_draft("reminder", {"words": "Call."}, person=None)
        with pytest.raises(UserError):
            me.meetings.draft(other)
        me.meetings.save_draft(replace(me.meetings.draft(draft).typed, group="another"), draft)
        assert me.meetings.draft(draft).typed.group == group_id, "a draft stays in its group"
        with pytest.raises(UserError):
            me.meetings.save_draft(replace(me.meetings.fresh(group_id), done="a\ud800b"), draft)
        assert me.meetings.draft(draft).typed.done == ""
        assert [one.kind for one in me.desk.drafts(MEETING_DRAFT)] == [MEETING_DRAFT]


# names


SAFE = ("another man", "said", "a card", "the second one", "helped", "asked")
NAMED = ("Omar", "omar", "Amina", "Keita", "Daniel O.", "عمر", "وأمينة", "Sall's")


def any_words(rng: random.Random, *, names: bool) -> str:
    return " ".join(rng.choice(SAFE + NAMED if names else SAFE) for _ in range(rng.randrange(1, 5)))


def any_mark(rng: random.Random, *, names: bool) -> Mark:
    return Mark(
        attendance=rng.choice(["came", "came_late", *sorted(ABSENT)]),
        took_part=rng.choice(["not", "leading"]),
        skill=rng.choice(["", "helped"]),
        words=rng.choice(["", any_words(rng, names=names)]),
        kept=rng.random() < 0.5,
    )


def in_words(text: str) -> str:
    """Its words alone, so that a name is found as a word and not as a part of one."""
    return " ".join(("", *re.findall(r"[^\W_]+", text), ""))


@pytest.mark.parametrize("lines", list(Lines))
def test_no_record_of_a_person_holds_anybody_else(desk: GroupDesk, lines: Lines) -> None:
    """Whatever is typed: it is refused, or nobody's record has another's id or any spelling of another's names."""
    group_id, rng, signed, refused = desk.group(PSY, lines=lines), random.Random(6), [], 0
    with desk.as_login(PSY) as me:
        for _ in range(24):
            names = rng.random() < 0.5
            typed = replace(
                me.meetings.fresh(group_id),
                theme=any_words(rng, names=names),
                done=any_words(rng, names=names),
                exercise=any_words(rng, names=False),
                climate="lively",
                marks={person: any_mark(rng, names=rng.random() < 0.2) for person in desk.ids.values()},
            )
            draft = me.meetings.save_draft(typed, None)
            try:
                signed.append(me.meetings.sign(draft))
            except UnansweredError:
                me.meetings.drop_draft(draft)
                refused += 1
        spelled = dict(me.groups._names.spellings())
        records = [me.desk.read(TEAM, rid) for meeting in signed for rid in (meeting, *team_rids(me, meeting).values())]
        if lines is Lines.CLINICAL:
            index = me.desk.index(CLINICAL)
            records += [
                me.desk.read(CLINICAL, line.rid) for meeting in signed for line in group_store.lines(index, meeting)
            ]
    assert refused > 2
    assert len(signed) > 2
    for record in records:
        said = json.dumps(record.payload, ensure_ascii=False).casefold()
        words = in_words(said)
        for person, names_of in spelled.items():
            if person == record.person:
                continue
            assert person not in said
            for name in names_of:
                assert in_words(name.casefold()) not in words


@pytest.mark.parametrize("words", ["Omar spoke first.", "sall spoke first", "Daniel O. spoke"])
def test_a_common_text_that_names_somebody_is_refused_with_the_sentence(desk: GroupDesk, words: str) -> None:
    group_id = desk.group(PSY, people=["Omar", "Amina"])
    with pytest.raises(UnansweredError, match="Use a role instead") as refused:
        desk.sign(group_id, done=words)
    assert [problem.field for problem in refused.value.problems] == ["grp.GS4"]


def test_later_words_name_nobody_either(desk: GroupDesk) -> None:
    meeting = desk.sign(desk.group(PSY))
    with desk.as_login(PSY) as me:
        rid = team_rids(me, meeting)[desk.ids["Omar"]]
        for attempt in (
            lambda: me.after.add(meeting, AddendumType.ADDITION, "Amina helped."),
            lambda: me.after.entered_in_error(meeting, "It was the group of Amina."),
            lambda: me.after.correct(meeting, desk.ids["Omar"], Mark(attendance="declined"), "It was Amina."),
            lambda: me.notes.add(TEAM, rid, AddendumType.ADDITION, "Amina helped."),
            lambda: me.notes.entered_in_error(TEAM, rid, "It was Amina."),
        ):
            with pytest.raises(UserError, match="Amina"):
                attempt()
        me.notes.add(TEAM, rid, AddendumType.ADDITION, "Omar asked for the card.")


# two signatures


def test_the_other_facilitator_signs_the_same_version(desk: GroupDesk) -> None:
    group_id = desk.group(PSY, OTHER_PSY)
    meeting = desk.sign(group_id)
    with desk.as_login(PSY) as me:
        assert me.read.open(meeting).waits_for == (desk.uids[OTHER_PSY],)
        assert me.read.waiting() == ()
        with pytest.raises(UserError):
            me.after.sign_too(meeting)
    with desk.as_login(CSUP) as me, pytest.raises(UserError):
        me.after.sign_too(meeting)
    with desk.as_login(OTHER_PSY) as me:
        assert [one.id for one in me.read.waiting()] == [meeting]
        whole = me.read.open(meeting)
        assert me.read.lines(whole)[desk.ids["Omar"]].words == "Used the short answer.", "who signs has read it"
        me.after.sign_too(meeting)
        assert me.read.waiting() == ()
        assert me.read.open(meeting).waits_for == ()
        with pytest.raises(UserError, match="already"):
            me.after.sign_too(meeting)


def test_a_correction_asks_for_the_other_signature_anew_and_touches_nobody_else(desk: GroupDesk) -> None:
    group_id = desk.group(PSY, OTHER_PSY)
    meeting = desk.sign(group_id)
    with desk.as_login(OTHER_PSY) as me:
        me.after.sign_too(meeting)
        with pytest.raises(UserError, match="author"):
            me.after.correct(meeting, desk.ids["Omar"], Mark(attendance="declined"), "Was not there.")
    with desk.as_login(PSY) as me:
        before = team_rids(me, meeting)
        with pytest.raises(UserError) as refused:
            me.after.correct(meeting, desk.ids["Omar"], Mark(attendance="declined"), " ")
        assert refused.value.field == "reason"
        me.after.correct(meeting, desk.ids["Omar"], Mark(attendance="declined"), "Marked as present by mistake.")
        after = team_rids(me, meeting)
        assert {person for person in before if before[person] != after[person]} == {desk.ids["Omar"]}
        assert desk.ids["Omar"] not in me.read.lines(me.read.open(meeting)), "the clinical line went with it"
        whole = me.read.open(meeting)
        assert whole.waits_for == (desk.uids[OTHER_PSY],)
        assert [one.same for one in whole.signed] == [True, False]
    with desk.as_login(CO) as me:
        shown = me.notes.timeline.page(desk.ids["Omar"])
        assert [(entry.part, entry.form) for entry in shown] == [(Part.GROUP, "group_session#declined")]
    with desk.as_login(OTHER_PSY) as me:
        me.after.sign_too(meeting)
        assert me.read.open(meeting).waits_for == ()


def test_somebody_forgotten_is_added_later(desk: GroupDesk) -> None:
    group_id = desk.group(PSY, people=["Omar", "Amina"])
    meeting = desk.sign(group_id)
    with desk.as_login(PSY) as me:
        with pytest.raises(UserError, match="never in the group"):
            me.after.correct(meeting, desk.ids["Daniel"], Mark(attendance="came", took_part="little"), "")
        me.groups.add_member(group_id, desk.ids["Daniel"], since=DAY)
        me.after.correct(meeting, desk.ids["Daniel"], Mark(attendance="came", took_part="little"), "")
        assert len(me.read.open(meeting).rows) == 3


def test_an_addition_reaches_everybody_who_was_there(desk: GroupDesk) -> None:
    meeting = desk.sign(desk.group(PSY))
    with desk.as_login(PSY) as me:
        me.after.add(meeting, AddendumType.CORRECTION, "The round came first.")
        rids = team_rids(me, meeting)
        bodies = {
            given: [one.addendum.body for one in me.notes.timeline.open(TEAM, rids[person]).additions]
            for given, person in desk.ids.items()
        }
        assert bodies["Omar"] == bodies["Idrissa"] == ["The round came first."]
        assert bodies["Amina"] == []
        assert len(me.read.open(meeting).additions) == 1


def test_a_meeting_entered_in_error_is_gone_for_everybody_but_author_and_inspector(desk: GroupDesk) -> None:
    group_id = desk.group(PSY, OTHER_PSY)
    meeting = desk.sign(group_id)
    with desk.as_login(PSY) as me:
        me.after.entered_in_error(meeting, "Written for the wrong group.")
        assert me.read.open(meeting).struck == "Written for the wrong group."
        assert me.meetings.next_number(group_id) == 1
        with pytest.raises(UserError):
            me.after.add(meeting, AddendumType.ADDITION, "More.")
    with desk.as_login(OTHER_PSY) as me:
        assert me.read.of_group(group_id) == ()
        assert me.read.waiting() == ()
        with pytest.raises(UserError):
            me.after.sign_too(meeting)
    with desk.as_login(CO) as me:
        assert me.notes.timeline.page(desk.ids["Omar"]) == ()
        with pytest.raises(UserError):
            me.read.open(meeting)
    with desk.as_login(AUD) as me:
        assert [row.struck for row in me.read.of_group(group_id)] == [True]


def test_one_persons_record_is_struck_alone(desk: GroupDesk) -> None:
    meeting = desk.sign(desk.group(PSY))
    with desk.as_login(PSY) as me:
        me.notes.entered_in_error(TEAM, team_rids(me, meeting)[desk.ids["Omar"]], "Was at court.")
        assert desk.ids["Omar"] not in {row.person for row in me.read.open(meeting).rows}
    with desk.as_login(CO) as me:
        assert me.notes.timeline.page(desk.ids["Omar"]) == ()
        assert len(me.notes.timeline.page(desk.ids["Daniel"])) == 1


# who reads what (domain.md 4.2, rows "Group session")


@pytest.mark.parametrize(
    ("sign_in", "sees", "parts", "lines"),
    [
        (PSY, True, {(TEAM, Part.GROUP), (CLINICAL, Part.GROUP)}, True),
        (OTHER_PSY, True, {(TEAM, Part.GROUP)}, False),
        (CSUP, True, {(TEAM, Part.GROUP), (CLINICAL, Part.GROUP)}, True),
        (CO, True, {(TEAM, Part.GROUP)}, False),
        (SUP, True, {(TEAM, Part.GROUP)}, False),
        (AUD, True, {(TEAM, Part.GROUP)}, False),
        (CHA, False, set(), False),
        (FAC, False, set(), False),
    ],
)
def test_matrix_of_a_group_with_clinical_lines(
    desk: GroupDesk, sign_in: str, sees: bool, parts: set[tuple[str, Part]], lines: bool
) -> None:
    group_id = desk.group(PSY)
    meeting = desk.sign(group_id, debrief="Good rhythm.")
    omar = desk.ids["Omar"]
    with desk.as_login(sign_in) as me:
        assert {(entry.comp, entry.part) for entry in me.notes.timeline.page(omar)} == parts
        assert bool(me.groups.all()) == sees
        if not sees:
            with pytest.raises(UserError):
                me.read.open(meeting)
            return
        whole = me.read.open(meeting)
        row = next(each for each in whole.rows if each.person == omar)
        assert (row.apart, row.mark.words, row.mark.took_part) == (True, "", ""), "that it exists, no more"
        assert (omar in me.read.lines(whole)) == lines
        assert bool(me.read.debrief(whole)) == (sign_in in (PSY, CSUP))
        if sign_in in (CO, SUP, AUD):
            with pytest.raises(NoKey):
                me.desk.index(CLINICAL)
        # by words only own cases are found: the facilitator has the line in her meeting and on the timeline
        assert bool(me.notes.timeline.search("short answer")) == (sign_in == CSUP)


def test_a_facilitator_is_shown_the_own_and_nothing_else(desk: GroupDesk) -> None:
    group_id = desk.group(PSY, FAC, lines=Lines.TEAM, people=["Omar", "Amina"])
    other = desk.group(PSY, lines=Lines.TEAM, name="Other circle", people=["Omar"])
    desk.sign(group_id, FAC)
    hidden = desk.sign(other)
    omar = desk.ids["Omar"]
    with desk.as_login(FAC) as me:
        assert [row.group.name for row in me.groups.all()] == ["Choices group"]
        with pytest.raises(UserError):
            me.read.open(hidden)
        assert [entry.author for entry in me.notes.timeline.page(omar)] == [me.desk.uid]
        note = me.notes.start(
            "facilitator_session",
            omar,
            occurred_at=NOON,
            answers={
                "hdr.3": 30, "hdr.4": "wing", "hdr.5.hearing": "no", "hdr.7": "came",
                "fac.R1": "dialogue", "fac.R2": "A question about a book.", "fac.R5": "yes",
            },
        )  # fmt: skip
        me.notes.sign(note)
        assert len(me.notes.timeline.page(omar)) == 2
        with pytest.raises(UserError):
            me.notes.start("facilitator_session", desk.ids["Daniel"])
        with pytest.raises(UserError):
            me.people.person(omar)
        with pytest.raises(UserError):
            me.people.contacts(omar)
        assert [each.code for each in me.groups.languages(omar)] == []
        with pytest.raises(UserError):
            me.groups.languages(desk.ids["Daniel"])
    with desk.as_login(CO) as me:
        assert Part.NOTE in {entry.part for entry in me.notes.timeline.page(omar)}, "the team reads it, as was told"


def test_reading_a_clinical_line_is_logged(desk: GroupDesk) -> None:
    meeting = desk.sign(desk.group(PSY))
    with desk.as_login(PSY) as me:
        before = me.desk.truth.head().n
        read = me.read.lines(me.read.open(meeting))
        assert len(read) == 3
        assert me.desk.truth.head().n == before + 3
