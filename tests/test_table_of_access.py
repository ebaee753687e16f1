"""The access matrix of domain.md 4.2 as a table, each cell tried through the services on a real desk; - also by keys.

A letter in a cell: the deed is done, or the words are read. No letter: it is refused, and the words are not there.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest

from rehabdesk.app_search import search_of
from rehabdesk.app_services import Services
from rehabdesk.audit.log_service import Log
from rehabdesk.core.errors import RehabDeskError, UserError
from rehabdesk.db.projection import CLINICAL, PASTORAL, TEAM, own_comp
from rehabdesk.notes.alerts import alert_store
from rehabdesk.notes.alerts.alert_model import TypedAlert
from rehabdesk.notes.chaplaincy.contribution_model import Agreed
from rehabdesk.notes.forms.answers_model import Answer
from rehabdesk.notes.model import Part, month_of
from rehabdesk.overview.search_model import Place, Wish
from rehabdesk.people.legal_service import LegalStages
from rehabdesk.people.model import Capacity
from rehabdesk.plans.model import Agreement
from rehabdesk.readiness.model import ItemStatus
from tests.all_roles import (
    ADM,
    AUD,
    CHA,
    CLINICAL_WORDS,
    CO,
    CONDITION,
    CONSENT_SCOPE,
    CONTACT,
    CONTRIBUTION_WORDS,
    CSUP,
    DISCLOSED,
    FAC,
    GROUP_DONE,
    GROUP_LINE,
    INSTRUMENT,
    KEYWORK_WORDS,
    OTHER_PSY,
    PASTORAL_WORDS,
    PSY,
    SAFETY_NOTE,
    STAFF,
    SUMMARY_WORDS,
    SUP,
    AllRoles,
    assessment,
    consent,
    contact,
    contribution,
    proposed,
)
from tests.notes.alert_desk import THREAT, TOLD
from tests.notes.sessions import HEADER, KEYWORK, MEETING, SESSION, VISIT
from tests.notes.test_attachment_service import attach
from tests.people.cases import NOON, TODAY, details, legal
from tests.plans.cases import own_word, staff_word
from tests.plans.conferences import DISCUSSED, planned
from tests.torture.keyring import Keyring, readable_bytes

COLUMNS = (PSY, CHA, CO, SUP, ADM, AUD, FAC)
"""COM has no account in the prison; what is written there is what a packet holds (packet.md). FAC is domain.md 4.3."""

TABLE = """
Core person & legal           | R       | -       | C R E   | R   | - | R | -
Name, unit, language          | R       | R       | R       | R   | - | R | R
Number, stage, release of one | R       | -       | R       | R   | - | R | -
Number, stage, release of all | R       | -       | R       | R   | - | R | -
Whether convicted, and no more| R       | R       | R       | R   | - | R | R
The same of nobody's group    | R       | R       | R       | R   | - | R | -
Contacts                      | R C E   | R       | C R E   | R   | - | R | -
Contacts marked TPP           | -       | -       | -       | -   | - | - | -
Clinical note                 | C R E S | -       | L       | L   | - | L | -
Clinical shared summary       | R       | -       | R       | R   | - | R | -
Pastoral note                 | -       | C R E S | L       | L   | - | L | -
Sealed encounter              | -       | C       | -       | -   | - | - | -
Pastoral contribution         | R       | C R S   | R       | R   | - | R | -
Key-work note                 | R       | -       | C R E S | R   | - | R | -
Family contact note           | R       | -       | C R E S | R   | - | R | -
Group session, common part    | C R E S | -       | R       | R   | - | R | -
Group session, own group      | R       | -       | R       | R   | - | R | C R E S
Group session, clinical line  | C R E S | -       | L       | L   | - | L | -
Safety alert                  | C R     | C R     | C R     | C R A | C | C R | C
Ill-treatment disclosure      | C R     | C       | C       | C   | C | C R | C
Consent                       | C R     | C R     | C R     | R   | - | R | -
Plan, goals, steps            | C R     | -       | C R S   | R A | - | R | -
Plan, family and faith        | R       | R C     | R       | R   | - | R | -
Progress, word of staff       | C R     | -       | C R     | R   | - | R | -
Progress, the person's word   | C R     | C R     | C R     | R   | - | R | -
Voice statement               | C R     | C R     | C R     | R   | - | R | -
External assessment marker    | C R     | -       | R       | R   | - | R | -
Conference & minutes          | R       | -       | C R     | R A | - | R | -
Attachment of a clinical note | C R     | -       | -       | -   | - | - | -
Attachment of a key-work note | R       | -       | C R     | R   | - | R | -
Conditions                    | R       | R       | C R E   | R   | - | R | -
Checklist                     | E       | E       | C R E   | R A | - | R | -
Members and the keys they hold| R       | R       | R       | R   | R | R | R
Audit log, of others          | -       | -       | -       | R   | - | R | -
"""

SAID_OTHERWISE = {
    "Contacts": "a psychologist edits contacts by the table; whoever may change one may add one",
    "Contacts marked TPP": "their author and the named safeguarding lead read them: a test of its own below",
    "Clinical shared summary": "written with the note, by one signature; for a chaplain by the person's leave: issue 6",
    "Sealed encounter": "a tally of the month, no content that anybody could read",
    "Key-work note": "a chaplain reads it by invitation, which nobody can give yet: issue 5",
    "Family contact note": "of a chaplain the own ones, which are contacts of the chaplaincy and pastoral",
    "Group session, common part": "who leads a group writes both parts with one signature",
    "Safety alert": "everybody raises one, as any discipline does (7.7); who holds no key of the team writes a letter",
    "Ill-treatment disclosure": "everybody hands one over (7.7) and keeps no copy without the clinical key",
    "Plan, family and faith": "no row of domain.md: what a chaplain reads of a plan, and C the comment there",
    "Plan, goals, steps": "the signature S is what proposes a plan; a case officer alone asks for the second one",
    "External assessment marker": "case officer and supervisor learn that it exists, without the person's comment",
    "Conference & minutes": "a chaplain who is invited reads the summary: tests/plans/test_conference_service.py",
    "Attachment of a clinical note": "no row of domain.md: an attachment is read and made by whom its note is",
    "Checklist": "R is the whole list; psychologist and chaplain have their own items",
}
"""Where the cell of domain.md says more than a letter."""

NOT_BUILT = {
    "Packet": "who makes, countersigns and opens one is tried in tests/handover; the clinical annex is issue 6",
    "Packet feedback": "issue 6",
    "Subject-access file": "no issue yet",
    "Templates, catalogue, retention": "files of the program; no deed changes them yet",
    "Accounts, devices, backups": "admission is a ceremony of two (tests/seals/store); no page yet",
    "Statistics": "no report yet; the only counts are the chaplain's month (row of pastoral notes)",
    "Clinical break-glass": "no deed yet: nobody can trigger it",
}
"""Rows of domain.md without a deed that could be tried."""

Read = Callable[[AllRoles, Services], object]
Deed = Callable[[AllRoles, Services], object]


def shown(w: AllRoles, me: Services) -> list[object]:
    """Everything that the timeline shows of the person: the list, and each entry opened."""
    entries = me.notes.timeline.page(w.person)
    return [entries, *(allowed(partial(me.notes.timeline.open, one.comp, one.rid)) for one in entries)]


def known_of(me: Services, person: str) -> list[object]:
    """What those are told of somebody who see no stage; "convicted" stands for each answer that is given."""
    known = me.people.known
    asked = (known.convicted, known.is_read_only, known.age_regime, known.languages)
    return ["convicted" for ask in asked if allowed(partial(ask, person)) != ""]


def found(me: Services, words: str) -> bool:
    """Whether a search for these words shows anything."""
    one, wish = search_of(me), Wish(words=words)
    return bool(one.people(wish) or one.records(wish, Place()).hits)


def allowed(call: Callable[[], object]) -> object:
    """What comes back; a refusal says nothing."""
    try:
        return call()
    except RehabDeskError:
        return ""


def note(form: str, answers: dict[str, Answer]) -> dict[str, Deed]:
    """The deeds of a note: begun, written on, signed."""

    def start(w: AllRoles, me: Services) -> str:
        return me.notes.start(form, w.person, occurred_at=MEETING, answers=answers)

    return {
        "C": start,
        "E": lambda w, me: me.notes.save_draft(start(w, me), occurred_at=MEETING, answers=answers),
        "S": lambda w, me: me.notes.sign(start(w, me)),
    }


def lead_meeting(group: str) -> dict[str, Deed]:
    def start(w: AllRoles, me: Services) -> str:
        return me.meetings.save_draft(w.meeting(me, w.ids[group]), None)

    def sign(w: AllRoles, me: Services) -> object:
        return me.meetings.sign(start(w, me))

    return {"C": start, "E": lambda w, me: me.meetings.save_draft(w.meeting(me, w.ids[group]), start(w, me)), "S": sign}


def family(w: AllRoles, me: Services) -> str:
    answers: dict[str, Answer] = {**HEADER, "fam.F1": "phone", "fam.F2": ("children_only",), "fam.F3": "not_ours"}
    return me.notes.start("family_contact", w.person, occurred_at=MEETING, answers={**answers, "fam.F5.note": "Thaw"})


def self_word(w: AllRoles, me: Services) -> None:
    me.progress.record_self(w.person, own_word())


def record_word(w: AllRoles, me: Services) -> None:
    me.progress.record(w.person, staff_word(sources=(w.ids["keywork"],)))


def agreed_plan(w: AllRoles, me: Services) -> None:
    me.plans.record_agreement(proposed(me, w.person), Agreement.AGREED, words="Yes.")


def contribute(w: AllRoles, me: Services) -> object:
    me.contributions.record_consent(w.person, explained_in="dje", method=Agreed.WITNESSED)
    return me.contributions.give(w.person, contribution())


def whole_list(w: AllRoles, me: Services) -> str:
    """ "whole" where every item of the list is shown."""
    readiness = me.releases.of_person(w.person)
    assert readiness is not None
    every = {item.code for item in me.releases.site.newest.items}
    return "whole" if {one.template.code for one in readiness.items} == every else "own items"


def mark_item(w: AllRoles, me: Services) -> object:
    """The first item that this login is shown."""
    readiness = me.releases.of_person(w.person)
    assert readiness is not None
    code = readiness.items[0].template.code
    return me.releases.mark(w.person, code, ItemStatus.DONE, evidence="Seen on paper")


def waive(w: AllRoles, me: Services) -> object:
    readiness = me.releases.of_person(w.person)
    assert readiness is not None
    refused: RehabDeskError | None = None
    for item in readiness.items:
        try:
            return me.releases.waive(w.person, item.template.code, "Not asked for by the court.")
        except RehabDeskError as problem:
            refused = problem
    assert refused is not None
    raise refused


READS: dict[str, tuple[str, Read]] = {
    "Core person & legal": (
        "SENTENCED",
        lambda w, me: (me.people.person(w.person), LegalStages(me.desk, me.people).now(w.person)),
    ),
    "Name, unit, language": ("Kadri", lambda w, me: (me.people.row(w.person), me.people.languages(w.person))),
    "Number, stage, release of one": (
        "24-017",
        lambda w, me: (me.people.row(w.person), allowed(partial(me.people.legal, w.person)), me.people.find("Kadri")),
    ),
    "Number, stage, release of all": (
        "24-017",
        lambda w, me: (me.people.register_page(), me.people.own_cases(), me.people.next_to_see()),
    ),
    "Whether convicted, and no more": ("convicted", lambda w, me: me.people.known.convicted(w.person) and "convicted"),
    "The same of nobody's group": ("convicted", lambda w, me: known_of(me, w.stranger)),
    "Contacts": (CONTACT, lambda w, me: me.people.circle.of_person(w.person)),
    "Contacts marked TPP": (
        SAFETY_NOTE,
        lambda w, me: [
            me.people.circle.read_note(one, note.rid)
            for one in me.people.circle.of_person(w.person)
            for note in me.people.circle.notes(one)
        ],
    ),
    "Clinical note": (CLINICAL_WORDS[0], shown),
    "Clinical shared summary": (SUMMARY_WORDS, shown),
    "Pastoral note": (PASTORAL_WORDS[0], shown),
    "Pastoral contribution": (CONTRIBUTION_WORDS, shown),
    "Key-work note": (KEYWORK_WORDS, shown),
    "Family contact note": ("Carded wool", shown),
    "Group session, common part": (GROUP_DONE, lambda w, me: me.meetings_read.open(w.ids["meeting"])),
    "Group session, own group": ("Cumulus", lambda w, me: me.meetings_read.open(w.ids["circle_meeting"])),
    "Group session, clinical line": (
        GROUP_LINE,
        lambda w, me: (me.meetings_read.lines(me.meetings_read.open(w.ids["meeting"])), shown(w, me)),
    ),
    "Safety alert": (THREAT.facts, lambda w, me: me.alerts.open(w.ids["alert"])),
    "Ill-treatment disclosure": (
        DISCLOSED,
        lambda w, me: [
            allowed(partial(me.letters.disclosure, comp, row.rid))
            for comp in (CLINICAL, own_comp(me.desk.uid))
            if me.desk.holds(comp)
            for row in alert_store.letters(me.desk.index(comp), comp)
        ],
    ),
    "Consent": (CONSENT_SCOPE, lambda w, me: me.people.consents.of_person(w.person)),
    "Plan, goals, steps": ("tailoring certificate", lambda w, me: me.plans.in_force(w.person)),
    "Plan, family and faith": ("hear my voice", lambda w, me: me.plans.in_force(w.person)),
    "Progress, word of staff": ("eleven of fourteen", lambda w, me: me.progress.latest(w.person)),
    "Progress, the person's word": ("never missed when", lambda w, me: me.progress.latest(w.person)),
    "Voice statement": ("Larch", shown),
    "External assessment marker": (INSTRUMENT, lambda w, me: me.assessments.of_person(w.person)),
    "Conference & minutes": (DISCUSSED, lambda w, me: me.conferences.reading.conference(w.ids["conference"])),
    "Attachment of a clinical note": (
        "stands for a report",
        lambda w, me: me.attachments.open(CLINICAL, w.ids["clinical"], w.ids["attachment"]).opening.read(),
    ),
    "Attachment of a key-work note": (
        "stands for a certificate",
        lambda w, me: me.attachments.open(TEAM, w.ids["keywork"], w.ids["letter"]).opening.read(),
    ),
    "Conditions": (CONDITION.text_plain, lambda w, me: me.releases.conditions.of_person(w.person)),
    "Checklist": ("whole", whole_list),
    "Members and the keys they hold": (PASTORAL, lambda w, me: me.desk.members()),
    "Audit log, of others": ("of others", lambda w, me: {True: "of others"}.get(_others_in_log(me), "")),
}
"""By row: words that stand in what is shown, and how it is asked for."""

DEEDS: dict[str, dict[str, Deed]] = {
    "Core person & legal": {
        "C": lambda w, me: me.people.register(details(w.fresh_number()), legal()),
        "E": lambda w, me: me.people.amend(w.person, replace(details("24-017"), display_alias="Idris K.")),
    },
    "Contacts": {
        "C": lambda w, me: me.people.circle.add(w.person, contact("Sani Oak")),
        "E": lambda w, me: me.people.circle.change(w.ids["contact"], contact()),
    },
    "Clinical note": note("psychologist_session", SESSION),
    "Pastoral note": note("chaplain_engagement", VISIT),
    "Sealed encounter": {"C": lambda w, me: me.encounters.record(TODAY)},
    "Pastoral contribution": {"C": contribute, "S": contribute},
    "Key-work note": note("keywork", KEYWORK),
    "Family contact note": {
        "C": family,
        "E": lambda w, me: me.notes.save_draft(family(w, me), occurred_at=MEETING, answers={"fam.F1": "letter"}),
        "S": lambda w, me: me.notes.sign(family(w, me)),
    },
    "Group session, common part": lead_meeting("group"),
    "Group session, own group": lead_meeting("circle"),
    "Group session, clinical line": lead_meeting("group"),
    "Safety alert": {
        "C": lambda w, me: me.alerts.tell(_about(me, THREAT), w.person if me.desk.holds(TEAM) else None),
        "A": lambda w, me: me.alerts.review(w.ids["alert_of_another"], "Looked at.", NOON + timedelta(hours=70)),
    },
    "Ill-treatment disclosure": {
        "C": lambda w, me: me.letters.hand_over(_about(me, TOLD), w.person if me.desk.holds(TEAM) else None)
    },
    "Consent": {"C": lambda w, me: me.people.consents.record(w.person, consent())},
    "Plan, family and faith": {
        "C": lambda w, me: me.plan_comments.write(w.ids["plan"], "PD-5", "Calls are kept.", person_agreed=True),
    },
    "Plan, goals, steps": {
        "C": agreed_plan,
        "S": lambda w, me: me.plans.ask_countersign(proposed(me, w.person)),
        "A": lambda w, me: me.plans.countersign(w.ids["plan"]),
    },
    "Progress, word of staff": {"C": record_word},
    "Progress, the person's word": {"C": self_word},
    "Voice statement": {
        "C": lambda w, me: me.notes.start("voice_statement", w.person, answers={"voi.V8": "wrote", "voi.V1": "A lot."})
    },
    "External assessment marker": {"C": lambda w, me: me.assessments.record(w.person, assessment(), by_me=False)},
    "Conference & minutes": {
        "C": lambda w, me: me.conferences.schedule(w.person, planned(w.uids[CO])),
        "A": lambda w, me: me.conferences.approve(w.ids["conference"]),
    },
    "Attachment of a clinical note": {"C": lambda w, me: attach(me.desk, CLINICAL, w.ids["clinical"])},
    "Attachment of a key-work note": {"C": lambda w, me: attach(me.desk, TEAM, w.ids["keywork"])},
    "Conditions": {
        "C": lambda w, me: me.releases.conditions.add(w.person, CONDITION),
        "E": lambda w, me: me.releases.conditions.change(
            w.ids["condition"], replace(CONDITION, text_official=w.fresh_number())
        ),
    },
    "Checklist": {
        "C": lambda w, me: me.releases.open_list(me.people.register(details(w.fresh_number()), legal()).id, TODAY),
        "E": mark_item,
        "A": waive,
    },
}
"""By row and letter: a deed that is done by whoever has the letter, and refused to everybody else."""

EXISTENCE: dict[str, Read] = {
    "Clinical note": lambda w, me: any(one.part is Part.MARKER for one in me.notes.timeline.page(w.person)),
    "Pastoral note": lambda w, me: me.months.team_count(month_of(MEETING.date())).month != "",
    "Group session, clinical line": lambda w, me: any(
        row.apart for row in me.meetings_read.open(w.ids["meeting"]).rows
    ),
}
"""By row: that something is there, without a word of it."""


def _others_in_log(me: Services) -> bool:
    return any(line.uid != me.desk.uid for line in Log(me.desk).page())


def _about(me: Services, typed: TypedAlert) -> TypedAlert:
    """Whoever sees no register writes the case number."""
    return typed if me.desk.holds(TEAM) else replace(typed, about="24-017")


def cells() -> Iterator[tuple[str, str, frozenset[str]]]:
    """(row, login, letters) of the table."""
    for line in TABLE.strip().splitlines():
        row, *found = (cell.strip() for cell in line.split("|"))
        for sign_in, cell in zip(COLUMNS, found, strict=True):
            assert re.fullmatch(r"-|[CRESAXL]( [CRESAXL])*", cell), (row, cell)
            yield row, sign_in, frozenset(cell.split()) - {"-"}


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> AllRoles:
    made = AllRoles(tmp_path_factory.mktemp("matrix"))
    made.write_everything()
    return made


@pytest.mark.parametrize("sign_in", COLUMNS)
def test_each_cell_of_the_table_holds(work: AllRoles, sign_in: str) -> None:
    wrong = []
    for row, whose, letters in cells():
        if whose == sign_in:
            with work.as_login(sign_in) as me:
                tried, held = attempts(work, me, row)
            if row in READS and "R" in letters:
                tried -= {"L"}  # who reads needs no sign that there is something
            if letters - tried or held & tried != letters:
                wrong.append(f"{row}: the table says {sorted(letters)}, the desk {sorted(held & tried)}")
    assert wrong == [], "\n".join(wrong)


def attempts(work: AllRoles, me: Services, row: str) -> tuple[set[str], set[str]]:
    """The letters of a row that can be tried, and those that this login has."""
    tried, held = set(DEEDS.get(row, {})), set()
    if row in READS:
        words, read = READS[row]
        tried.add("R")
        held |= {"R"} if words in repr(allowed(partial(read, work, me))) else set()
    if row in EXISTENCE:
        tried.add("L")
        held |= {"L"} if allowed(partial(EXISTENCE[row], work, me)) else set()
    for letter, deed in DEEDS.get(row, {}).items():
        with suppress(RehabDeskError):
            deed(work, me)
            held.add(letter)
    return tried, held


def test_what_is_said_of_a_cell_belongs_to_a_row() -> None:
    rows = {row for row, _, _ in cells()}
    assert set(SAID_OTHERWISE) <= rows
    assert set(READS) | set(DEEDS) == rows
    assert not set(NOT_BUILT) & rows


READABLE_BY_KEYS = {
    PSY: {"clinical", "protected", "disclosure"},
    CSUP: {"clinical", "protected", "disclosure"},
    CHA: {"pastoral"},
    CO: set(),
    SUP: set(),
    ADM: set(),
    AUD: {"disclosure"},
    FAC: set(),
}


@pytest.mark.parametrize("sign_in", READABLE_BY_KEYS)
def test_no_key_within_reach_opens_what_the_table_closes(work: AllRoles, sign_in: str) -> None:
    """Not in an index, not in a record, not in a file: whatever a database browser shows with every key of the login.

    A psychologist holds the key of protected words of others too; that they are not shown is kept by services.
    """
    words = {
        "clinical": CLINICAL_WORDS,
        "pastoral": PASTORAL_WORDS,
        "protected": (SAFETY_NOTE,),
        "disclosure": (DISCLOSED,),
    }
    work.site.open(sign_in)
    ring = Keyring(work.site.keys(sign_in))
    work.site.close()
    found = set()
    for _, plain in readable_bytes(work.site.folder, ring):
        found |= {kind for kind, known in words.items() if any(word.encode() in plain for word in known)}
    assert found == READABLE_BY_KEYS[sign_in]


def test_the_star_own_cases_only(work: AllRoles) -> None:
    """A psychologist who has not the case learns that something is there; CSUP, who cosigns, reads every case."""
    for sign_in, reads in ((PSY, True), (OTHER_PSY, False), (CSUP, True)):
        with work.as_login(sign_in) as me:
            said = repr(shown(work, me))
            assert [word in said for word in CLINICAL_WORDS] == [reads] * len(CLINICAL_WORDS), sign_in
            assert found(me, "sewing machine") is reads, sign_in
            assert SUMMARY_WORDS in said, sign_in
            assert (Part.MARKER in {one.part for one in me.notes.timeline.page(work.person)}) is not reads
    for sign_in, form, answers in ((PSY, "psychologist_session", SESSION), (CHA, "chaplain_engagement", VISIT)):
        with work.as_login(sign_in) as me, pytest.raises(RehabDeskError):
            me.notes.start(form, work.stranger, occurred_at=MEETING, answers=answers)


@pytest.mark.parametrize("sign_in", [sign_in for sign_in, _ in STAFF if sign_in != PSY])
def test_a_draft_is_its_authors_alone(work: AllRoles, sign_in: str) -> None:
    with work.as_login(sign_in) as me:
        for deed in (me.notes.draft, me.notes.sign, me.notes.drop_draft, me.desk.draft):
            with pytest.raises(RehabDeskError):
                deed(work.ids["draft"])
    with work.as_login(PSY) as me:
        assert me.notes.draft(work.ids["draft"]).answers["psy.P3.free"] == "Draft of calm words"


def test_protected_words_are_read_by_their_author_and_the_named_lead(work: AllRoles) -> None:
    """The author here is a case officer without the key: nobody reads it before a lead is named."""
    for sign_in in (PSY, OTHER_PSY, CSUP):
        with work.as_login(sign_in) as me:
            assert SAFETY_NOTE not in repr(READS["Contacts marked TPP"][1](work, me))
            assert not found(me, "Wolfram")
    with work.as_login(CO) as me:
        given = me.people.assign(work.person, work.assigned(OTHER_PSY, Capacity.SAFEGUARDING_LEAD))
    with work.as_login(OTHER_PSY) as me:
        assert SAFETY_NOTE in repr(READS["Contacts marked TPP"][1](work, me))
    with work.as_login(CO) as me:
        me.people.end_assignment(given.id, until=TODAY)
    with work.as_login(OTHER_PSY) as me:
        assert SAFETY_NOTE not in repr(READS["Contacts marked TPP"][1](work, me))


def test_what_pages_do_not_show_no_service_gives(work: AllRoles) -> None:
    """Chaplain and facilitator hold the key of the team; packets, stages and moves are not theirs for that."""
    for sign_in in (PSY, CSUP, CO, SUP, AUD, CHA, FAC):
        whole = sign_in not in (CHA, FAC)
        with work.as_login(sign_in) as me:
            for read in (
                me.packets.shelf.packets_of,
                me.packets.shelf.packet,
                me.people.legal,
                me.people.legal_history,
                me.people.placements,
            ):
                try:
                    read(work.person)
                    refused = ""
                except UserError as problem:
                    refused = problem.sentence
                assert refused.startswith("Your role") is not whole, (sign_in, read.__name__, refused)
