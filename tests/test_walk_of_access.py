"""Random histories of a desk; after each step a random reader: all that services show is what the table says.

Every text that is written holds a word of its own. What a reader is shown is asked of every service, by search and by
the id of every record that was ever made; the words in it must be exactly those that the model below lets through.
"""

import os
import random
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from rehabdesk.access.members_service import Founder, add_member
from rehabdesk.access.model import Newcomer, Role, compartments_of
from rehabdesk.app_search import search_of
from rehabdesk.app_services import Services
from rehabdesk.core.errors import RehabDeskError
from rehabdesk.db.projection import CLINICAL, PASTORAL, PROTECTED, TEAM, own_comp
from rehabdesk.notes.alerts import alert_store
from rehabdesk.notes.chaplaincy.contribution_model import Agreed
from rehabdesk.notes.forms.answers_model import Answer
from rehabdesk.notes.groups.group_model import Group, Lines
from rehabdesk.notes.model import AddendumType, Part
from rehabdesk.overview.search_model import Place, Wish
from rehabdesk.people.model import AssignmentDetails, Capacity
from rehabdesk.people.protected_model import About, ProtectedNote
from rehabdesk.people.protected_service import ProtectedNotes
from rehabdesk.plans.model import Goal
from tests.all_roles import (
    ADM,
    CHA,
    CO,
    CSUP,
    FAC,
    PSY,
    STAFF,
    SUP,
    AllRoles,
    assessment,
    consent,
    contact,
    contribution,
)
from tests.desks import CHEAP, passphrase
from tests.notes.alert_desk import NAMED, THREAT, TOLD
from tests.notes.sessions import HEADER, KEYWORK, MEETING, SESSION, VISIT
from tests.people.cases import TODAY, details, legal
from tests.plans.cases import draft_plan

WALKS = int(os.environ.get("REHABDESK_WALKS", "5"))
"""Histories in one run; REHABDESK_WALKS asks for more."""
STEPS = 22
WORD = re.compile(r"canary\d{4}q")
CLINICIANS = frozenset({Role.PSY, Role.CSUP})
TEAM_READERS = frozenset({Role.PSY, Role.CSUP, Role.CO, Role.SUP, Role.AUD})
OWN_CASES = frozenset({Role.PSY, Role.CHA, Role.FAC})
WORKS_AS = {
    Role.CO: Capacity.LEAD_CASE_OFFICER,
    Role.PSY: Capacity.PSYCHOLOGIST,
    Role.CSUP: Capacity.PSYCHOLOGIST,
    Role.CHA: Capacity.CHAPLAIN,
    Role.FAC: Capacity.FACILITATOR,
}
FORMS: Mapping[str, tuple[frozenset[Role], str, Mapping[str, Answer], str]] = {
    "psychologist_session": (CLINICIANS, CLINICAL, SESSION, "psy.P3.happened"),
    "chaplain_engagement": (frozenset({Role.CHA}), PASTORAL, VISIT, "cha.C6"),
    "keywork": (frozenset({Role.CO}), TEAM, KEYWORK, "key.K6"),
    "voice_statement": (CLINICIANS | {Role.CO, Role.CHA}, TEAM, {"voi.V8": "wrote"}, "voi.V1"),
    "facilitator_session": (
        frozenset({Role.FAC}),
        TEAM,
        {**HEADER, "fac.R1": "dialogue", "fac.R5": "no"},
        "fac.R2",
    ),
}
"""Who writes it, where it lies, answers that can be signed, and the field that takes the word."""
SUMMARY_FIELD = "psy.P11"


@dataclass(frozen=True, slots=True)
class Reader:
    """A login as the table sees it."""

    sign_in: str
    uid: str
    role: Role
    comps: frozenset[str]


@dataclass(slots=True, kw_only=True)
class Written:
    """A word, and what the table asks about it."""

    word: str
    kind: str
    author: Reader
    person: str = ""
    rid: str = ""
    note: str = ""
    struck: bool = False
    group: str = ""
    led_by: frozenset[str] = frozenset()
    to: frozenset[str] = frozenset()


class History(RuleBasedStateMachine):
    """The desk and the model of it, step by step."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="rehabdesk-walk-"))
        self.desk = AllRoles(self.folder, people=False)
        self.readers = [
            Reader(sign_in, self.desk.uids[sign_in], role, frozenset(compartments_of(role))) for sign_in, role in STAFF
        ]
        self.persons: list[str] = []
        self.works: list[tuple[str, str, Capacity, str]] = []  # assignment, uid, capacity, person
        self.words: list[Written] = []
        self.drafts: dict[str, tuple[list[Written], str]] = {}  # by id: its words, its form
        self.markers: dict[str, Written] = {}
        self.groups: dict[str, tuple[frozenset[str], Lines]] = {}
        self.inside: dict[str, set[str]] = {}
        self.rng = random.Random(0)
        self.number = 0

    def teardown(self) -> None:
        self.desk.site.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    # deeds

    @initialize(seed=st.integers(0, 1 << 30))
    def begin(self, seed: int) -> None:
        self.rng = random.Random(seed)
        for _ in range(2):
            self.register()
        for sign_in in (PSY, CHA, FAC):
            self._assign(self.reader(sign_in), self.persons[0])

    @rule()
    @precondition(lambda self: len(self.persons) < 4)
    def register(self) -> None:
        one = self.word("name", CO)
        with self.desk.as_login(CO) as me:
            about = replace(details(self.desk.fresh_number()), display_alias=f"Alias {one.word}")
            one.person = me.people.register(about, legal()).id
        self.persons.append(one.person)

    @rule()
    @precondition(lambda self: len(self.readers) < len(STAFF) + 3)
    def admit(self) -> None:
        """With the history of the compartments or from now on: while no key was changed, both hold the same."""
        role = self.rng.choice([Role.PSY, Role.CSUP, Role.CHA, Role.CO, Role.FAC, Role.AUD])
        lead = role is Role.CO and self.rng.random() < 0.5
        sign_in = f"newcomer-{len(self.readers)}"
        newcomer = Newcomer(sign_in=sign_in, name=sign_in, alias=sign_in, role=role, safeguarding_lead=lead)
        site = self.desk.site
        opened = site.open(SUP)
        beside = [site.keys(other) for other in (ADM, PSY, CHA)]
        joining = Founder(newcomer=newcomer, passphrase=passphrase(sign_in))
        uid = add_member(opened, joining, beside, site.means, CHEAP, history=self.rng.random() < 0.5)
        site.close()
        self.desk.uids[sign_in] = uid
        comps = frozenset(compartments_of(role, safeguarding_lead=lead))
        self.readers.append(Reader(sign_in, uid, role, comps))

    @rule()
    def assign(self) -> None:
        self._assign(self.some(*WORKS_AS), self.person())

    @rule()
    def name_lead(self) -> None:
        """The safeguarding lead of a person."""
        self._assign(self.some(Role.PSY, Role.CSUP, Role.CO), self.person(), Capacity.SAFEGUARDING_LEAD)

    @rule()
    @precondition(lambda self: bool(self.works))
    def end_assignment(self) -> None:
        one = self.rng.choice(self.works)
        with self.desk.as_login(CO) as me:
            me.people.end_assignment(one[0], until=TODAY)
        self.works.remove(one)

    @rule()
    def draft(self) -> None:
        form = self.rng.choice(list(FORMS))
        roles, _, answers, field = FORMS[form]
        author, person = self.some(*roles), self.person()
        if not self.may_work(author, person):
            self.refused(author, lambda me: me.notes.start(form, person, occurred_at=MEETING, answers=answers))
            return
        said = [self.word("draft", author.sign_in, person)]
        typed: dict[str, Answer] = {**answers, field: f"Grey heron {said[0].word}"}
        if form == "psychologist_session":
            said.append(self.word("draft", author.sign_in, person))
            typed[SUMMARY_FIELD] = f"Heron {said[1].word}"
        with self.desk.as_login(author.sign_in) as me:
            draft = me.notes.start(form, person, occurred_at=MEETING, answers=typed)
        self.drafts[draft] = said, form

    @rule()
    @precondition(lambda self: bool(self.drafts))
    def sign(self) -> None:
        draft = self.rng.choice(sorted(self.drafts))
        said, form = self.drafts[draft]
        author, person = said[0].author, said[0].person
        if not self.may_work(author, person):
            self.refused(author, lambda me: me.notes.sign(draft))
            return
        with self.desk.as_login(author.sign_in) as me:
            note = me.notes.sign(draft).note
        del self.drafts[draft]
        for one, kind in zip(said, (form, "summary"), strict=False):
            one.kind, one.note = kind, note.part.note
        said[0].rid = note.rid
        if form == "psychologist_session":
            self.markers[note.part.note] = said[0]

    @rule()
    @precondition(lambda self: bool(self.notes()))
    def add(self) -> None:
        """Its author adds; a colleague who reads it writes down a statement of the person."""
        note = self.rng.choice(self.notes())
        readers = [one for one in self.readers if self.reads(one, note) and one.role is not Role.AUD]
        if not readers or note.struck:
            return
        author = self.rng.choice(readers)
        one = self.word(note.kind, author.sign_in, note.person)
        with self.desk.as_login(author.sign_in) as me:
            me.notes.add(self.comp(note), note.rid, AddendumType.PERSON_STATEMENT, f"Said heron {one.word}")
        one.author, one.note, one.rid = note.author, note.note, ""
        one.kind = note.kind

    @rule()
    @precondition(lambda self: any(not one.struck for one in self.notes()))
    def strike(self) -> None:
        note = self.rng.choice([one for one in self.notes() if not one.struck])
        if not self.reads(note.author, note):
            return
        with self.desk.as_login(note.author.sign_in) as me:
            me.notes.entered_in_error(self.comp(note), note.rid, "Wrong week.")
        self._strike(note)

    @rule()
    @precondition(lambda self: any(not one.struck for one in self.notes()))
    def move(self) -> None:
        """Struck on the wrong person, a draft on the right one."""
        note = self.rng.choice([one for one in self.notes() if not one.struck])
        right = self.person()
        if right == note.person or not self.may_work(note.author, right) or not self.reads(note.author, note):
            return
        with self.desk.as_login(note.author.sign_in) as me:
            draft = me.notes.recorded_on_wrong_person(self.comp(note), note.rid, right, "Two files.")
        self._strike(note)
        both = [note, *(one for one in self.words if one.note == note.note and one.kind == "summary")]
        moved = [Written(word=one.word, kind="draft", author=note.author, person=right) for one in both]
        self.words += moved
        self.drafts[draft] = moved, note.kind

    @rule()
    def alert(self) -> None:
        """By anybody; who is not shown the register says in words whom it is about."""
        author, person = self.rng.choice(self.readers), self.person()
        typed = THREAT
        if author.role in (Role.ADM, Role.FAC):
            typed, person = replace(typed, about="24-900"), ""
        one = self.word("alert", author.sign_in, person)
        with self.desk.as_login(author.sign_in) as me:
            one.rid = me.alerts.tell(replace(typed, facts=f"Heron {one.word}"), person or None)

    @rule()
    def alert_with_a_name(self) -> None:
        author, person = self.anybody(but=(Role.ADM, Role.FAC)), self.person()
        facts, named = self.word("alert", author.sign_in, person), self.word("protected", author.sign_in, person)
        with self.desk.as_login(author.sign_in) as me:
            typed = replace(NAMED, facts=f"Heron {facts.word}", named=f"Heron {named.word}")
            facts.rid = named.rid = me.alerts.tell(typed, person)

    @rule()
    def disclose(self) -> None:
        author, person = self.anybody(but=(Role.ADM, Role.FAC)), self.person()
        inspectors = frozenset(one.uid for one in self.readers if one.role is Role.AUD)
        one = self.word("disclosure", author.sign_in, person, to=inspectors)
        with self.desk.as_login(author.sign_in) as me:
            me.letters.hand_over(replace(TOLD, exact=f"Heron {one.word}"), person)

    @rule()
    def add_contact(self) -> None:
        author, person = self.some(Role.CO, Role.PSY, Role.CSUP), self.person()
        name, note = self.word("contact", author.sign_in, person), self.word("protected", author.sign_in, person)
        with self.desk.as_login(author.sign_in) as me:
            me.people.circle.add(person, contact(f"Heron {name.word}"), safety_note=f"Heron {note.word}")

    @rule()
    def protect(self) -> None:
        author, person = self.some(Role.CO, Role.PSY, Role.CSUP, Role.CHA), self.person()
        words = ProtectedNote(about=About.CHILDREN, words="Heron")
        if not self.may_work(author, person):
            self.refused(author, lambda me: ProtectedNotes(me.desk).keep(person, words))
            return
        one = self.word("protected", author.sign_in, person)
        with self.desk.as_login(author.sign_in) as me:
            ProtectedNotes(me.desk).keep(person, replace(words, words=f"Heron {one.word}"))

    @rule()
    def agree(self) -> None:
        author, person = self.some(Role.CO, Role.PSY, Role.CSUP, Role.CHA), self.person()
        one = self.word("consent", author.sign_in, person)
        with self.desk.as_login(author.sign_in) as me:
            one.rid = me.people.consents.record(person, replace(consent(), scope=f"Heron {one.word}")).id

    @rule()
    def assess(self) -> None:
        author, person = self.some(Role.PSY, Role.CSUP), self.person()
        if not self.may_work(author, person):
            self.refused(author, lambda me: me.assessments.record(person, assessment(), by_me=False))
            return
        name, said = self.word("assessment", author.sign_in, person), self.word("comment", author.sign_in, person)
        marker = replace(assessment(), name=f"Heron {name.word}", person_comment=f"Heron {said.word}")
        with self.desk.as_login(author.sign_in) as me:
            me.assessments.record(person, marker, by_me=False)

    @rule()
    def contribute(self) -> None:
        author, person = self.some(Role.CHA), self.person()
        if not self.may_work(author, person):
            self.refused(author, lambda me: me.contributions.give(person, contribution()))
            return
        one = self.word("contribution", author.sign_in, person)
        with self.desk.as_login(author.sign_in) as me:
            me.contributions.record_consent(person, explained_in="dje", method=Agreed.WITNESSED)
            given = me.contributions.give(person, replace(contribution(), words=f"Heron {one.word}"))
        one.rid, one.note = given.rid, given.note

    @rule()
    def plan(self) -> None:
        author, person = self.some(Role.CO, Role.PSY, Role.CSUP), self.person()
        if not self.may_work(author, person):
            self.refused(author, lambda me: me.plans.start(person, draft_plan()))
            return
        one = self.word("plan", author.sign_in, person)
        goal = Goal(id="g1", domain="PD-5", wording=f"Heron {one.word}")  # a chaplain reads it too
        with self.desk.as_login(author.sign_in) as me:
            me.plans.propose(me.plans.start(person, draft_plan(goals=(goal,))))

    @rule()
    def found_group(self) -> None:
        leaders = frozenset(
            one.uid for one in self.rng.sample(self.readers, 4) if one.role in (Role.PSY, Role.CSUP, Role.FAC)
        )
        clinical = all(self.by_uid(uid).role in CLINICIANS for uid in leaders) and self.rng.random() < 0.5
        if not leaders:
            return
        lines = Lines.CLINICAL if clinical else Lines.TEAM
        with self.desk.as_login(CSUP) as me:
            group = me.groups.create(
                Group(name=f"Circle {len(self.groups)}", theme="", lines=lines, facilitators=tuple(sorted(leaders)))
            )
        self.groups[group], self.inside[group] = (leaders, lines), set()

    @rule()
    @precondition(lambda self: bool(self.groups))
    def join_group(self) -> None:
        group, person = self.rng.choice(sorted(self.groups)), self.person()
        if person in self.inside[group]:
            return
        with self.desk.as_login(CO) as me:
            me.groups.add_member(group, person, since=TODAY)
            made = {one.id: one.details for one in me.people.assignments(person)}
        self.inside[group].add(person)
        known = {work[0] for work in self.works}
        leaders = {uid for uid in self.groups[group][0] if self.by_uid(uid).role is Role.FAC}
        for uid in leaders:
            fresh = [rid for rid, one in made.items() if one.staff == uid and one.runs_on(TODAY) and rid not in known]
            self.works += [(rid, uid, Capacity.FACILITATOR, person) for rid in fresh]

    @rule()
    @precondition(lambda self: any(self.inside.values()))
    def meet(self) -> None:
        group = self.rng.choice(sorted(one for one, people in self.inside.items() if people))
        leaders, lines = self.groups[group]
        author = self.by_uid(self.rng.choice(sorted(leaders)))
        common = self.word("meeting", author.sign_in)
        kind = "clinical_line" if lines is Lines.CLINICAL else "team_line"
        with self.desk.as_login(author.sign_in) as me:
            typed = self.desk.meeting(me, group)
            marks, said = {}, []
            for person in sorted(self.inside[group]):
                line = self.word(kind, author.sign_in, person, group=group)
                said.append(line)
                marks[person] = replace(typed.marks[self.desk.person], words=f"Heron {line.word}")
            typed = replace(typed, done=f"Heron {common.word}", marks=marks)
            meeting = me.meetings.sign(me.meetings.save_draft(typed, None))
        common.rid = meeting
        for one in (common, *said):
            one.group, one.led_by, one.rid = group, leaders, meeting

    # what the table says

    def reads(self, reader: Reader, one: Written) -> bool:
        """domain.md 4.2: whether this login is shown this word."""
        if one.struck and reader.uid != one.author.uid and reader.role is not Role.AUD:
            return False
        own, mine = reader.uid == one.author.uid, self.has_case(reader, one.person)
        rules: dict[str, Callable[[], bool]] = {
            "name": lambda: reader.role is not Role.ADM and (reader.role is not Role.FAC or mine),
            "draft": lambda: own,
            "psychologist_session": lambda: CLINICAL in reader.comps and (own or mine or reader.role is Role.CSUP),
            "chaplain_engagement": lambda: PASTORAL in reader.comps and (own or mine),
            "keywork": lambda: reader.role in TEAM_READERS,
            "summary": lambda: reader.role in TEAM_READERS,
            "voice_statement": lambda: reader.role in TEAM_READERS | {Role.CHA},
            "facilitator_session": lambda: reader.role in TEAM_READERS or own,
            "contribution": lambda: reader.role in TEAM_READERS | {Role.CHA},
            "alert": lambda: reader.role in TEAM_READERS | {Role.CHA} or (own and reader.role is Role.FAC),
            "protected": lambda: PROTECTED in reader.comps and (own or self.leads(reader, one.person)),
            "contact": lambda: reader.role in TEAM_READERS | {Role.CHA},
            "consent": lambda: reader.role in TEAM_READERS | {Role.CHA},
            "assessment": lambda: reader.role in TEAM_READERS and (reader.role is not Role.PSY or mine),
            "comment": lambda: reader.role in (Role.CSUP, Role.AUD) or (reader.role is Role.PSY and mine),
            "plan": lambda: reader.role in TEAM_READERS | {Role.CHA} and (reader.role not in OWN_CASES or mine),
            "meeting": lambda: reader.role in TEAM_READERS or reader.uid in self.groups[one.group][0],
            "team_line": lambda: reader.role in TEAM_READERS or reader.uid in self.groups[one.group][0],
            "clinical_line": lambda: (
                reader.role in CLINICIANS and (reader.uid in one.led_by or mine or reader.role is Role.CSUP)
            ),
            "disclosure": lambda: reader.uid in one.to or self.handed(reader, one, own=own, mine=mine),
        }
        return rules[one.kind]()

    def handed(self, reader: Reader, one: Written, *, own: bool, mine: bool) -> bool:
        """Whoever holds the clinical key, of own cases and of people without a psychologist (vault.md 3.3)."""
        if CLINICAL not in reader.comps:
            return False
        nobody = not any(work[2] is Capacity.PSYCHOLOGIST and work[3] == one.person for work in self.works)
        return own or mine or nobody or reader.role is Role.CSUP

    def sees_marker(self, reader: Reader, one: Written) -> bool:
        """That there is a clinical note: for the team, and for a psychologist who has not the case."""
        if one.struck and reader.uid != one.author.uid and reader.role is not Role.AUD:
            return False
        if CLINICAL in reader.comps:
            return reader.role is Role.PSY and not self.has_case(reader, one.person)
        return reader.role in TEAM_READERS

    # what the desk shows

    @invariant()
    def a_random_reader_is_shown_what_the_table_says(self) -> None:
        if not self.persons:
            return
        reader = self.rng.choice(self.readers)
        expected = {one.word for one in self.words if self.reads(reader, one)}
        with self.desk.as_login(reader.sign_in) as me:
            said = "\n".join(map(repr, self.everything(me)))
            markers = {
                entry.note
                for person in self.persons
                for entry in me.notes.timeline.page(person, limit=200)
                if entry.part is Part.MARKER
            }
        found = set(WORD.findall(said))
        kinds = {one.word: one.kind for one in self.words}
        assert not found - expected, (reader.role, "too much", {kinds[one] for one in found - expected})
        assert not expected - found, (reader.role, "too little", {kinds[one] for one in expected - found})
        assert markers == {note for note, one in self.markers.items() if self.sees_marker(reader, one)}, reader.role

    def everything(self, me: Services) -> Iterator[object]:
        """All lists, all results, and every record that was ever made, asked for by its id in every compartment."""
        people, team = me.people, me.desk.holds(TEAM)
        yield [draft.payload for draft in me.desk.drafts()]
        yield from self._letters(me)
        if not team:
            yield [_allowed(partial(me.notes.timeline.page, person)) for person in self.persons]
            return
        yield from (people.register_page(), people.released_page(), me.alerts.live_for_me(), me.groups.all())
        yield [people.search.persons("Alias", limit=50), people.search.contacts("Heron", limit=50)]
        yield from self._found(me)
        for person in self.persons:
            yield me.notes.timeline.page(person, limit=200)
            yield from (
                _allowed(call)
                for call in (
                    partial(people.row, person),
                    partial(people.circle.of_person, person),
                    partial(people.consents.of_person, person),
                    partial(me.assessments.of_person, person),
                    partial(me.alerts.live_of, person),
                    partial(me.plans.versions, person),
                )
            )
            yield from self._protected(me, person)
        for rid in sorted({one.rid for one in self.words if one.rid}):
            for comp in (TEAM, CLINICAL, PASTORAL, PROTECTED):
                yield _allowed(partial(me.notes.timeline.open, comp, rid))
            yield from (_allowed(partial(call, rid)) for call in (me.alerts.open, me.alerts.name_at_risk))
            whole = _allowed(partial(me.meetings_read.open, rid))
            yield whole
            if whole:
                yield me.meetings_read.lines(whole)  # type: ignore[arg-type]  # a meeting, if anything
            yield _allowed(partial(people.consents.history, rid))

    def _letters(self, me: Services) -> Iterator[object]:
        for comp in (CLINICAL, own_comp(me.desk.uid)):
            if me.desk.holds(comp):
                for row in alert_store.letters(me.desk.index(comp), comp):
                    yield _allowed(partial(me.letters.disclosure, comp, row.rid))

    def _found(self, me: Services) -> Iterator[object]:
        yield me.notes.timeline.search("heron", limit=200)
        place, wish, search = Place(), Wish(words="heron"), search_of(me)
        while not place.ended:
            results = search.records(wish, place)
            yield results.hits
            place = results.place

    def _protected(self, me: Services, person: str) -> Iterator[object]:
        notes = ProtectedNotes(me.desk)
        yield from (_allowed(partial(notes.read, person, kept.rid)) for kept in notes.kept(person))
        for one in _allowed(partial(me.people.circle.of_person, person)) or ():  # type: ignore[attr-defined]
            yield from (me.people.circle.read_note(one, note.rid) for note in me.people.circle.notes(one))

    # inside

    def word(self, kind: str, sign_in: str, person: str = "", **more: object) -> Written:
        self.number += 1
        one = Written(word=f"canary{self.number:04d}q", kind=kind, author=self.reader(sign_in), person=person, **more)  # type: ignore[arg-type]
        self.words.append(one)
        return one

    def reader(self, sign_in: str) -> Reader:
        return next(one for one in self.readers if one.sign_in == sign_in)

    def by_uid(self, uid: str) -> Reader:
        return next(one for one in self.readers if one.uid == uid)

    def some(self, *roles: Role) -> Reader:
        return self.rng.choice([one for one in self.readers if one.role in roles])

    def anybody(self, *, but: tuple[Role, ...]) -> Reader:
        return self.rng.choice([one for one in self.readers if one.role not in but])

    def person(self) -> str:
        return self.rng.choice(self.persons)

    def has_case(self, reader: Reader, person: str) -> bool:
        return any(work[1] == reader.uid and work[3] == person for work in self.works)

    def leads(self, reader: Reader, person: str) -> bool:
        return any(
            work[1] == reader.uid and work[2] is Capacity.SAFEGUARDING_LEAD and work[3] == person for work in self.works
        )

    def may_work(self, reader: Reader, person: str) -> bool:
        """The star: own cases only."""
        return reader.role not in OWN_CASES or self.has_case(reader, person)

    def notes(self) -> list[Written]:
        return [one for one in self.words if one.kind in FORMS and one.rid]

    def comp(self, note: Written) -> str:
        return FORMS[note.kind][1]

    def refused(self, author: Reader, deed: Callable[[Services], object]) -> None:
        with self.desk.as_login(author.sign_in) as me, pytest.raises(RehabDeskError):
            deed(me)

    def _assign(self, reader: Reader, person: str, capacity: Capacity | None = None) -> None:
        as_what = capacity or WORKS_AS[reader.role]
        given = AssignmentDetails(
            staff=reader.uid, capacity=as_what, since=TODAY - timedelta(days=9), override_reason="Agreed with all."
        )
        with self.desk.as_login(CO) as me:
            made = me.people.assign(person, given)
        self.works.append((made.id, reader.uid, as_what, person))

    def _strike(self, note: Written) -> None:
        for one in self.words:
            if one.note == note.note:
                one.struck = True


def _allowed(call: Callable[[], object]) -> object:
    """What comes back; a refusal says nothing."""
    try:
        return call()
    except RehabDeskError:
        return ()


def test_a_walk_finds_what_the_table_allows() -> None:
    run_state_machine_as_test(
        History,
        settings=settings(
            max_examples=WALKS,
            stateful_step_count=STEPS,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=(Phase.generate,),
            print_blob=True,
        ),
    )
