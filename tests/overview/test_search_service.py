"""Searching everything: each login finds what it may read, and what is shown of private texts is logged."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from rehabdesk.access.service import Desk
from rehabdesk.db.projection import CLINICAL, PASTORAL, TEAM
from rehabdesk.handover.search_service import PacketSearch
from rehabdesk.notes.assessments.assessment_search_service import AssessmentSearch
from rehabdesk.notes.model import AddendumType, Part
from rehabdesk.notes.search_service import NoteSearch
from rehabdesk.overview.search_model import Hit, Place, Wish, read, written
from rehabdesk.overview.search_service import Search
from rehabdesk.people.model import ContactDetails, ContactKind
from rehabdesk.plans.conferences.conference_search_service import ConferenceSearch
from rehabdesk.plans.programmes.intervention_search_service import ProgrammeSearch
from rehabdesk.plans.progress.progress_search_service import ProgressSearch
from rehabdesk.plans.reviews.review_search_service import ReviewSearch
from rehabdesk.plans.search_service import PlanSearch
from rehabdesk.readiness.model import EvidenceKind, ItemStatus
from rehabdesk.readiness.search_service import ReleaseSearch
from rehabdesk.readiness.service import Releases
from rehabdesk.readiness.template_service import load_templates
from tests.notes.groups import NAMES, PSY, GroupDesk
from tests.notes.sessions import FORMS, KEYWORK, MEETING, SESSION, VISIT, services
from tests.people.cases import TODAY
from tests.plans.cases import DOMAINS, PlanDesk, activate, draft_plan, work
from tests.plans.programmes import CATALOGUE

TEMPLATES = load_templates()
ALL = ("zclin", "zadd", "zsum", "zpast", "zkey", "zgoal", "zmark", "zpsy", "zcontact", "zsafe")
"""Each of these words stands in one record only."""
SEES = {
    "calm-harbour": {"zclin", "zadd", "zsum", "zkey", "zgoal", "zpsy", "zcontact"},
    "warm-bridge": {"zsum", "zkey", "zcontact"},
    "plain-lantern": {"zpast", "zgoal", "zcontact"},
    "green-ferry": {"zsum", "zkey", "zgoal", "zmark", "zpsy", "zcontact"},
    "quiet-orchard": {"zsum", "zkey", "zgoal", "zmark", "zpsy", "zcontact"},
    "silver-reed": {"zsum", "zkey", "zgoal", "zmark", "zpsy", "zcontact"},
    "north-window": {"zsum", "zkey", "zgoal", "zmark", "zpsy", "zcontact"},
    "amber-kite": set(),
}


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A search on an unlocked desk."""

    desk: Desk
    search: Search

    def every(self, wish: Wish, limit: int = 50) -> list[Hit]:
        """All lines, page by page."""
        hits, place = list(self.search.people(wish)), Place()
        for _ in range(200):
            piece = self.search.records(wish, place, limit=limit)
            assert len(piece.hits) <= limit
            hits += piece.hits
            place = piece.place
            if place.ended:
                return hits
        raise AssertionError("the list does not end")


def asked(desk: Desk) -> Asked:
    found = services(desk)
    features = (
        AssessmentSearch(desk, found.people),
        PlanSearch(desk, found.people, DOMAINS),
        ProgressSearch(desk, found.people, DOMAINS),
        ReviewSearch(desk, found.people),
        ProgrammeSearch(desk, found.people, CATALOGUE),
        ConferenceSearch(desk, found.people),
        ReleaseSearch(desk, found.people, TEMPLATES),
        PacketSearch(desk),
    )
    notes = NoteSearch(desk, found.people, found.notes.timeline, FORMS)
    return Asked(desk=desk, search=Search(desk, found.people, notes, features))


def item_for(role: str) -> str:
    """An item of that role alone, at which words may stand."""
    mine = (item for item in TEMPLATES.newest.items if item.roles == (role,))
    return next(item.code for item in mine if item.evidence_kind is EvidenceKind.REFERENCE)


def fill(desk: PlanDesk) -> str:
    """One record of each kind, each with a word that stands nowhere else."""
    person = desk.register()
    with desk.as_login("calm-harbour") as opened:
        notes = services(opened).notes
        answers = {**SESSION, "psy.P3.happened": "He spoke of zclin.", "psy.P11": "The team knows zsum."}
        notes.sign(notes.start("psychologist_session", person, occurred_at=MEETING, answers=answers))
        private = next(one for one in notes.timeline.page(person) if one.part is Part.NOTE)
        notes.add(CLINICAL, private.rid, AddendumType.ADDITION, "He also said zadd.")
    with desk.as_login("plain-lantern") as opened:
        notes = services(opened).notes
        answers = {**VISIT, "cha.C6": "zpast"}
        notes.sign(notes.start("chaplain_engagement", person, occurred_at=MEETING, answers=answers))
    with desk.as_login("green-ferry") as opened:
        found = services(opened)
        answers = {**KEYWORK, "key.K2": "I want zkey."}
        found.notes.sign(found.notes.start("keywork", person, occurred_at=MEETING, answers=answers))
        contact = ContactDetails(kind=ContactKind.FAMILY, name="Zcontact Sall")
        found.people.circle.add(person, contact, safety_note="zsafe")
        releases = Releases(opened, found.people, TEMPLATES)
        releases.open_list(person, TODAY + timedelta(days=90))
        for role, word in (("CO", "zmark"), ("PSY", "zpsy")):
            releases.mark(person, item_for(role), ItemStatus.IN_PROGRESS, comment=word)
        plan = draft_plan(strengths="Strong in zgoal.")
        activate(work(opened).plans, person, replace(plan, strengths="Strong in zgoal."))
    return person


@pytest.mark.parametrize("sign_in", SEES)
def test_each_login_finds_what_it_may_read_and_nothing_else(desk: PlanDesk, sign_in: str) -> None:
    fill(desk)
    with desk.as_login(sign_in) as opened:
        at = asked(opened)
        assert {word for word in ALL if at.every(Wish(words=word))} == SEES[sign_in]
        assert {hit.comp for word in ALL for hit in at.every(Wish(words=word))} <= {TEAM, CLINICAL, PASTORAL}


def test_everybody_finds_the_person(desk: PlanDesk) -> None:
    person = desk.register()
    for sign_in in ("calm-harbour", "warm-bridge", "plain-lantern", "green-ferry", "silver-reed", "north-window"):
        with desk.as_login(sign_in) as opened:
            at = asked(opened)
            assert [(hit.kind, hit.person) for hit in at.search.people(Wish(words="Idris"))] == [("person", person)]
            assert [hit.snippet.text for hit in at.search.people(Wish(words="Edris"))] == ["Similar name"]


def test_what_is_shown_of_private_texts_is_one_entry_with_the_number(desk: PlanDesk) -> None:
    fill(desk)
    with desk.as_login("calm-harbour") as opened:
        at, before = asked(opened), opened.truth.head().n
        hits = at.search.records(Wish(words="he"), Place()).hits
        private = [hit for hit in hits if hit.comp == CLINICAL]
        entries = [json.loads(body) for _, body, _, _ in opened.truth.raw_entries(after=before)]
        assert [(entry["a"], entry["c"], entry["x"]["count"]) for entry in entries] == [
            ("list", CLINICAL, len(private))
        ]
        assert "he" not in json.dumps(entries[0]["x"])
        before = opened.truth.head().n
        at.search.records(Wish(words="zkey"), Place())
        assert opened.truth.head().n == before  # nothing private was shown


def test_words_are_marked_in_a_piece_of_the_text(desk: PlanDesk) -> None:
    fill(desk)
    with desk.as_login("calm-harbour") as opened:
        (hit,) = asked(opened).every(Wish(words="zclin"))
        ((start, length),) = hit.snippet.marks
        assert hit.snippet.text[start : start + length] == "zclin"
        assert hit.id.startswith(f"{CLINICAL}:")
        (added,) = asked(opened).every(Wish(words="zadd"))
        assert added.title.startswith("Added: ")
        assert added.id == hit.id  # an addition opens the note


def test_pieces_join_without_gap_or_repetition(desk: PlanDesk) -> None:
    person = desk.register()
    with desk.as_login("calm-harbour") as opened:
        notes = services(opened).notes
        for number in range(25):
            moment = MEETING - timedelta(hours=number * 7 % 20)
            notes.sign(notes.start("psychologist_session", person, occurred_at=moment, answers=SESSION))
        at = asked(opened)
        whole = at.every(Wish(words="sleep"))
        assert len(whole) == 25 * 2  # the note and its summary
        for limit in (1, 7):
            assert at.every(Wish(words="sleep"), limit=limit) == whole


def test_group_meetings_are_found_with_who_came(tmp_path: Path) -> None:
    groups = GroupDesk(tmp_path, NAMES[2:3])
    groups.sign(groups.group(PSY))

    with groups.as_login(PSY) as me:
        search = Search(me.desk, me.people, NoteSearch(me.desk, me.people, me.notes.timeline, FORMS), ())
        piece = search.records(Wish(words="friends"), Place(), limit=10)

    assert {hit.title for hit in piece.hits} == {"Group meeting: Not brought: no escort"}


def test_filters(desk: PlanDesk) -> None:
    person = fill(desk)
    other = desk.register("24-018")
    with desk.as_login("green-ferry") as opened:
        notes = services(opened).notes
        notes.sign(notes.start("keywork", other, occurred_at=MEETING - timedelta(days=3), answers=KEYWORK))
        at, mine = asked(opened), opened.uid

        def kinds(wish: Wish) -> set[str]:
            return {hit.kind for hit in at.every(wish)}

        every = Wish(words="z")
        assert kinds(every) == {"contact", "note", "shared_summary", "plan", "check"}
        assert kinds(replace(every, kind="people")) == {"contact"}
        assert kinds(replace(every, kind="plan")) == {"plan"}
        assert kinds(replace(every, kind="check")) == {"check"}
        assert kinds(replace(every, kind="note")) == {"note", "shared_summary"}
        assert kinds(replace(every, kind="packet")) == set()
        assert "shared_summary" not in kinds(replace(every, author=mine, kind="note"))
        assert kinds(replace(every, role="PSY")) == {"contact", "shared_summary"}
        assert {hit.person for hit in at.every(Wish(words="sew", person=other))} == {other}
        assert {hit.person for hit in at.every(Wish(words="pattern"))} == {person, other}
        day = MEETING.date() - timedelta(days=3)
        assert {hit.person for hit in at.every(Wish(words="pattern", until=day))} == {other}
        assert {hit.person for hit in at.every(Wish(words="pattern", since=day + timedelta(days=1)))} == {person}


@pytest.mark.parametrize(
    "words", ["", "   ", '"', "title:x", "a OR b", "*", "NEAR(a b)", "\ud800", "x" * 5_000, "\u202e"]
)
def test_whatever_is_typed_gives_a_list(desk: PlanDesk, words: str) -> None:
    desk.register()
    with desk.as_login("green-ferry") as opened:
        assert isinstance(asked(opened).every(Wish(words=words)), Sequence)


def test_a_search_is_kept_as_it_was() -> None:
    wish = Wish(words="sewing", kind="note", person="p", author="u", role="PSY", since=date(2026, 1, 2))

    assert read(written(wish)) == wish
    assert read({"since": "never", "words": 3}) == Wish(words="")
