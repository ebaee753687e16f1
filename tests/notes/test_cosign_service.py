"""Co-signature of a trainee's notes, by role, on a real desk; and every state of domain.md 6.2 as a random walk."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rehabdesk.access.members_service import Founder, create_desk
from rehabdesk.access.model import Newcomer, Role, StaffCard
from rehabdesk.access.service import Desk
from rehabdesk.app import PROJECTIONS
from rehabdesk.core.errors import NoKey, UserError
from rehabdesk.core.payload import from_payload, to_payload
from rehabdesk.db.projection import CLINICAL, TEAM, NewRecord
from rehabdesk.notes.cosign_model import Cosign, CosignAnswer
from rehabdesk.notes.cosign_service import Cosigning
from rehabdesk.notes.model import AddendumType, NoteState, Part
from rehabdesk.notes.service import Notes
from rehabdesk.notes.words_model import note_tags, state_tag
from rehabdesk.people.model import AssignmentDetails, Capacity
from rehabdesk.people.service import People
from tests.desks import CHEAP, SITE, Site, passphrase
from tests.notes.sessions import KEYWORK, MEETING, SESSION, services
from tests.people.cases import NOON, TODAY, details, legal

FORM = "psychologist_session"
STAFF = (
    ("green-ferry", Role.CO),
    ("calm-harbour", Role.PSY),
    ("warm-bridge", Role.PSY),
    ("tall-cedar", Role.CSUP),
    ("still-water", Role.CSUP),
    ("plain-lantern", Role.CHA),
    ("silver-reed", Role.SUP),
    ("amber-kite", Role.ADM),
    ("north-window", Role.AUD),
)
TRAINEE, SUPERVISOR = "calm-harbour", "tall-cedar"


class TrainingDesk:
    """A desk with a psychologist in training, another who is not, and two clinical supervisors."""

    def __init__(self, folder: Path) -> None:
        self.site = Site(folder=folder / "desk", profile=folder / "profile", projections=PROJECTIONS)
        founders = [
            Founder(
                newcomer=Newcomer(sign_in=name, name=f"Name of {name}", alias=name, role=role, trainee=name == TRAINEE),
                passphrase=passphrase(name),
            )
            for name, role in STAFF
        ]
        create_desk(self.site.folder, SITE, founders, self.site.means, CHEAP, profile=self.site.profile)
        self.site.clock.set(NOON)
        with self.as_login("green-ferry") as desk:
            people = People(desk)
            self.person = people.register(details(), legal()).id
            for sign_in in (TRAINEE, "warm-bridge"):
                assigned = AssignmentDetails(
                    staff=self.site.uid(sign_in), capacity=Capacity.PSYCHOLOGIST, since=TODAY, person_told=True
                )
                people.assign(self.person, assigned)

    @contextmanager
    def as_login(self, sign_in: str) -> Iterator[Desk]:
        try:
            yield self.site.open(sign_in)
        finally:
            self.site.close()

    def signed(self, sign_in: str = TRAINEE) -> str:
        with self.as_login(sign_in) as desk:
            notes = services(desk).notes
            return notes.sign(notes.start(FORM, self.person, occurred_at=MEETING, answers=SESSION)).note.rid


@pytest.fixture
def training(tmp_path: Path) -> TrainingDesk:
    return TrainingDesk(tmp_path)


def cosigning(desk: Desk) -> tuple[Notes, Cosigning]:
    notes = services(desk).notes
    return notes, Cosigning(desk, notes.timeline)


def state_of(desk: Desk, rid: str) -> NoteState:
    return services(desk).notes.timeline.open(CLINICAL, rid).state


def test_a_card_without_training_keeps_its_digest() -> None:
    card = StaffCard(uid="u1", name="Sara", alias="S.", role=Role.PSY, discipline="")
    assert "trainee" not in to_payload(card)
    assert from_payload(StaffCard, to_payload(card)).trainee is False
    with pytest.raises(UserError) as refused:
        StaffCard(uid="u1", name="Sara", alias="S.", role=Role.CO, discipline="", trainee=True)
    assert refused.value.field == "trainee"


def test_a_trainees_note_waits_until_a_clinical_supervisor_signs_too(training: TrainingDesk) -> None:
    rid = training.signed()
    with training.as_login(TRAINEE) as desk:
        assert state_of(desk, rid) is NoteState.AWAITING_COSIGN
        tags = {entry.part: state_tag(entry) for entry in services(desk).notes.timeline.page(training.person)}
        waiting = ("Waiting for cosign", "blue")
        assert tags == {Part.NOTE: waiting, Part.SUMMARY: waiting}
    with training.as_login(SUPERVISOR) as desk:
        notes, queue = cosigning(desk)
        assert [entry.rid for entry in queue.waiting()] == [rid]
        assert queue.may_answer(notes.timeline.open(CLINICAL, rid))
        note = queue.cosign(rid)
        assert note.state is NoteState.SIGNED
        assert [one.author for one in note.cosigns] == [desk.uid]
        assert queue.waiting() == ()
        with pytest.raises(UserError):
            queue.cosign(rid)
    with training.as_login("green-ferry") as desk:
        (summary,) = [one for one in services(desk).notes.timeline.page(training.person) if one.part is Part.SUMMARY]
        assert state_tag(summary) == ("Signed", "green")


def test_others_notes_do_not_wait(training: TrainingDesk) -> None:
    rid = training.signed("warm-bridge")
    with training.as_login(SUPERVISOR) as desk:
        notes, queue = cosigning(desk)
        assert queue.waiting() == ()
        assert notes.timeline.open(CLINICAL, rid).state is NoteState.SIGNED
        with pytest.raises(UserError):
            queue.cosign(rid)
        own = notes.sign(notes.start(FORM, training.person, occurred_at=MEETING, answers=SESSION)).note
        assert own.state is NoteState.SIGNED


def test_a_returned_note_stays_and_an_addition_answers(training: TrainingDesk) -> None:
    rid = training.signed()
    with training.as_login(SUPERVISOR) as desk:
        _, queue = cosigning(desk)
        with pytest.raises(UserError) as refused:
            queue.give_back(rid, "  ")
        assert refused.value.field == "reason"
        note = queue.give_back(rid, "Say what he agreed to.")
        assert note.state is NoteState.AWAITING_COSIGN
        assert queue.waiting() == ()
    with training.as_login(TRAINEE) as desk:
        notes, own = cosigning(desk)
        assert [entry.rid for entry in own.returned()] == [rid]
        note = notes.timeline.open(CLINICAL, rid)
        assert [one.cosign.words for one in note.cosigns] == ["Say what he agreed to."]
        assert dict(note.part.words)["psy.P3.happened"] == SESSION["psy.P3.happened"]
        notes.add(CLINICAL, rid, AddendumType.ADDITION, "He agreed to the breathing exercise.")
        assert own.returned() == ()
    with training.as_login("still-water") as desk:  # any clinical supervisor
        _, queue = cosigning(desk)
        assert [entry.rid for entry in queue.waiting()] == [rid]
        assert queue.cosign(rid).state is NoteState.AMENDED
    with training.as_login("green-ferry") as desk:
        for row in desk.index(TEAM).rows("SELECT rid FROM notes_cosign"):
            assert desk.read(TEAM, row[0]).payload.get("words") is None


@pytest.mark.parametrize(("sign_in", "role"), STAFF)
def test_nobody_but_another_clinical_supervisor_cosigns(training: TrainingDesk, sign_in: str, role: Role) -> None:
    rid = training.signed()
    with training.as_login(sign_in) as desk:
        _, queue = cosigning(desk)
        if role is Role.CSUP:
            assert queue.cosign(rid).state is NoteState.SIGNED
            return
        assert queue.waiting() == ()
        with pytest.raises(UserError):
            queue.cosign(rid)
        with pytest.raises(UserError):
            queue.give_back(rid, "No.")


def test_a_co_signature_of_ones_own_counts_for_nothing(training: TrainingDesk) -> None:
    rid = training.signed()
    with training.as_login(TRAINEE) as desk:  # past the service, as somebody with own tools could
        note = services(desk).notes.timeline.open(CLINICAL, rid).part.note
        payload = to_payload(Cosign(note=note, answer=CosignAnswer.COSIGNED))
        desk.commit("cosign", [NewRecord(comp=CLINICAL, kind="cosign", pv=1, person=training.person, payload=payload)])
        assert state_of(desk, rid) is NoteState.AWAITING_COSIGN
        assert services(desk).notes.timeline.open(CLINICAL, rid).cosigns == ()


def test_a_struck_note_waits_for_nobody(training: TrainingDesk) -> None:
    rid = training.signed()
    with training.as_login(TRAINEE) as desk:
        services(desk).notes.entered_in_error(CLINICAL, rid, "Wrong sheet.")
    with training.as_login(SUPERVISOR) as desk:
        _, queue = cosigning(desk)
        assert queue.waiting() == ()
        with pytest.raises(UserError):
            queue.cosign(rid)


def test_the_states_are_the_same_after_an_index_is_built_anew(training: TrainingDesk) -> None:
    first, second = training.signed(), training.signed()
    with training.as_login(SUPERVISOR) as desk:
        _, queue = cosigning(desk)
        queue.cosign(first)
        queue.give_back(second, "Say more.")
    indexes = list(training.site.folder.glob("idx-*"))
    assert indexes
    for file in indexes:
        file.unlink()
    with training.as_login(TRAINEE) as desk:
        assert state_of(desk, first) is NoteState.SIGNED
        assert state_of(desk, second) is NoteState.AWAITING_COSIGN
        assert [entry.rid for entry in Cosigning(desk, services(desk).notes.timeline).returned()] == [second]


def test_a_late_note_that_waits_shows_both(training: TrainingDesk) -> None:
    with training.as_login(TRAINEE) as desk:
        notes = services(desk).notes
        early = MEETING.replace(day=MEETING.day - 6)
        rid = notes.sign(notes.start(FORM, training.person, occurred_at=early, answers=SESSION)).note.rid
        entry = notes.timeline.require_entry(CLINICAL, rid)
        assert note_tags(entry) == (("Waiting for cosign", "blue"), ("Late entry", "grey"))


# every state and deed of domain.md 6.2

WAITS, SIGNED, AMENDED, STRUCK = (
    NoteState.AWAITING_COSIGN,
    NoteState.SIGNED,
    NoteState.AMENDED,
    NoteState.ENTERED_IN_ERROR,
)
TABLE: dict[tuple[NoteState, str], frozenset[NoteState]] = {
    (WAITS, "add"): frozenset({WAITS}),
    (WAITS, "statement"): frozenset({WAITS}),
    (WAITS, "cosign"): frozenset({SIGNED, AMENDED}),
    (WAITS, "return"): frozenset({WAITS}),
    (WAITS, "strike"): frozenset({STRUCK}),
    (WAITS, "move"): frozenset({STRUCK}),
    (SIGNED, "add"): frozenset({AMENDED}),
    (SIGNED, "statement"): frozenset({AMENDED}),
    (SIGNED, "strike"): frozenset({STRUCK}),
    (SIGNED, "move"): frozenset({STRUCK}),
    (AMENDED, "add"): frozenset({AMENDED}),
    (AMENDED, "statement"): frozenset({AMENDED}),
    (AMENDED, "strike"): frozenset({STRUCK}),
    (AMENDED, "move"): frozenset({STRUCK}),
}
"""Where a deed leads to by the right hands; what is not here is refused and changes nothing."""
BY_AUTHOR = ("add", "strike", "move")
WHO = (TRAINEE, "warm-bridge", SUPERVISOR, "silver-reed", "north-window")
DEEDS = ("add", "statement", "cosign", "return", "strike", "move")


def do(desk: Desk, deed: str, rid: str, other: str) -> None:
    notes, queue = cosigning(desk)
    match deed:
        case "add":
            notes.add(CLINICAL, rid, AddendumType.CORRECTION, "It was four hours.")
        case "statement":
            notes.add(CLINICAL, rid, AddendumType.PERSON_STATEMENT, "I said my aunt.")
        case "cosign":
            queue.cosign(rid)
        case "return":
            queue.give_back(rid, "Say more.")
        case "strike":
            notes.entered_in_error(CLINICAL, rid, "Wrong week.")
        case _:
            notes.drop_draft(notes.recorded_on_wrong_person(CLINICAL, rid, other, "Two files were open."))


def right_hands(deed: str, who: str, author: str) -> bool:
    """Who may do a deed at all: its author, any psychologist on the case, a clinical supervisor."""
    if deed in BY_AUTHOR:
        return who == author
    if deed == "statement":
        return who in (TRAINEE, "warm-bridge", SUPERVISOR)
    return who == SUPERVISOR


@settings(max_examples=6, suppress_health_check=[HealthCheck.too_slow])
@given(
    author=st.sampled_from((TRAINEE, TRAINEE, "warm-bridge")),
    walk=st.lists(st.tuples(st.sampled_from(WHO), st.sampled_from(DEEDS)), min_size=6, max_size=14),
)
def test_no_walk_leaves_the_table(author: str, walk: list[tuple[str, str]]) -> None:
    with TemporaryDirectory() as folder:
        training = TrainingDesk(Path(folder))
        with training.as_login("green-ferry") as desk:
            people = People(desk)
            other = people.register(details("24-018"), legal()).id
            for sign_in in (TRAINEE, "warm-bridge"):
                assigned = AssignmentDetails(
                    staff=training.site.uid(sign_in), capacity=Capacity.PSYCHOLOGIST, since=TODAY, person_told=True
                )
                people.assign(other, assigned)
        rid = training.signed(author)
        with training.as_login(author) as desk:
            state = state_of(desk, rid)
        assert state is (WAITS if author == TRAINEE else SIGNED)
        for who, deed in walk:
            with training.as_login(who) as desk:
                try:
                    do(desk, deed, rid, other)
                    done = True
                except (UserError, NoKey):
                    done = False
            with training.as_login(author) as desk:
                now = state_of(desk, rid)
            allowed = TABLE.get((state, deed)) if right_hands(deed, who, author) else None
            assert done is (allowed is not None), (who, deed, state)
            assert now in (allowed or {state}), (who, deed, state, now)
            state = now


def test_a_trainees_key_work_does_not_exist_and_others_forms_do_not_wait(training: TrainingDesk) -> None:
    with training.as_login("green-ferry") as desk:
        notes = services(desk).notes
        note = notes.sign(notes.start("keywork", training.person, occurred_at=MEETING, answers=KEYWORK)).note
        assert note.state is NoteState.SIGNED
