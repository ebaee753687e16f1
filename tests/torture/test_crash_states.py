"""Kill and power cut at any step of a whole day (reliability.md F2), and the same with durability weakened (F3)."""

import random
from pathlib import Path

import pytest

from tests.torture.conftest import Report
from tests.torture.judge import Judged, Lost, judge
from tests.torture.mutations import MUTATIONS
from tests.torture.recording import Recording, draw_chance, record_day

STATES, PARTS = 1_000, 10
MUTATED_STATES = 160
"""At most: it ends at the first that is lost. Of a late salt one state in twelve shows it: 40 would not always do."""
OTHERS_TOO_EVERY = 8
"""In each state the psychologist judges; in some the chaplain and the newcomer sign in as well."""
INDEXES_ANEW_EVERY = 6
"""In some states, every other of them after a power cut, the indexes are built again from their truth and compared."""


def judge_state(recording: Recording, seed: int, number: int, folder: Path, keep: Path) -> Judged:
    """Makes and judges one state, odd numbers after a power cut. Lost says how it can be seen again."""
    rng = random.Random(f"{seed} {number}")
    chance = draw_chance(rng, power=number % 2 == 1)
    moment = rng.randrange(recording.first_moment, len(recording.steps) + 1)
    torn = rng.randrange(1 << 30)
    place = recording.lay_state(moment, chance, random.Random(torn), folder / "state")
    promises = recording.promises(moment)
    others = ("cha", *promises.admitted) if number % OTHERS_TOO_EVERY < 2 else ()
    try:
        return judge(place, promises, number, ("psy", *others), anew=number % INDEXES_ANEW_EVERY < 2)
    except Lost as lost:
        recording.lay_state(moment, chance, random.Random(torn), keep)
        why = f"seed {seed}, state {number}, step {moment}, chance {chance}, as it was: {keep}"
        raise Lost(f"{lost} ({why})") from lost


@pytest.mark.parametrize("part", range(PARTS))
def test_nothing_acknowledged_is_lost_in_any_state(
    part: int, recording: Recording, seed: int, quick_folder: Path, tmp_path: Path, report: Report
) -> None:
    numbers = range(part * STATES // PARTS, (part + 1) * STATES // PARTS)
    judged = [judge_state(recording, seed, number, quick_folder, tmp_path / "kept") for number in numbers]
    report(
        kills=len(judged) // 2,
        power_cuts=len(judged) // 2,
        steps=len(recording.steps),
        records_compared=sum(one.records for one in judged),
        unacknowledged_but_whole=sum(one.extra for one in judged),
    )
    assert {one.extra for one in judged} == {True, False}, "some states fall into a save, some between two"


@pytest.mark.parametrize("mutation", sorted(MUTATIONS))
def test_weakened_durability_is_noticed(
    mutation: str, preload: Path, seed: int, quick_folder: Path, tmp_path: Path, report: Report
) -> None:
    """Under each mutation some state is lost; without this, the test above would prove nothing."""
    weakened = record_day(quick_folder, preload, seed, mutation)
    for number in range(MUTATED_STATES):
        try:
            judge_state(weakened, seed, number, quick_folder, tmp_path / "kept")
        except Lost as lost:
            report(mutation=mutation, lost_at_state=number + 1, by=str(lost).partition(" (seed")[0])
            return
    pytest.fail(f"{MUTATED_STATES} states survived {mutation}: the judge has no teeth")
