"""Work beside the window: what becomes garbage meanwhile is collected on the GUI thread alone."""

import threading
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from rehabdesk.ui.jobs import Jobs

MANY = 5_000
"""Rings of objects: several times what makes the interpreter collect by itself."""


class Left:
    """Garbage that only a collection finds, and that tells where it was found."""

    def __init__(self, found_in: set[int]) -> None:
        self.found_in, self.myself = found_in, self

    def __del__(self) -> None:
        self.found_in.add(threading.get_ident())


@pytest.fixture
def jobs(qtbot: QtBot) -> Iterator[Jobs]:
    made = Jobs()
    yield made
    made.close()


def test_garbage_is_collected_on_the_gui_thread_while_a_job_runs(qtbot: QtBot, jobs: Jobs) -> None:
    found_in: set[int] = set()
    done: list[int] = []

    def work() -> int:
        for _ in range(MANY):
            Left(found_in)
        return threading.get_ident()

    jobs.run(jobs, work, done.append, lambda _error: None)
    qtbot.waitUntil(lambda: bool(done and found_in))

    assert done[0] != threading.get_ident()
    assert found_in == {threading.get_ident()}
