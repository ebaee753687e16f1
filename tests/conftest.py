"""What holds for every test: no network, one time zone, no window on the screen. Fixtures live beside their tests."""

import gc
import os
import socket
import time
from collections.abc import Iterator
from typing import NoReturn

import hypothesis
import pytest
from xdist.remote import Producer
from xdist.scheduler.loadscope import LoadScopeScheduling

# No database: a failing example goes into a test of its own, not into a hidden folder. The seed is fresh in each run
# and printed by pytest-randomly; a failure prints the line that repeats it.
hypothesis.settings.register_profile("house", deadline=None, database=None, print_blob=True)
hypothesis.settings.load_profile("house")

COUNTERS = "tests/counters/"
"""All of them count on one desk of 10,000 notes."""

LONG = (
    "tests/ui/test_unfinished.py",
    "tests/ui/test_every_screen.py",
    COUNTERS,
    "tests/test_command.py",
    "tests/test_table_of_access.py",
    "tests/test_walk_of_access.py",
    "tests/scenarios/",
    "tests/torture/",
    "tests/ui/test_main_job.py",
    "tests/handover/test_public_tools_on_all.py",
)
"""Files that take long."""

os.environ["QT_QPA_PLATFORM"] = "offscreen"
# Far from UTC, and with a quarter of an hour: local time taken for UTC shows at once.
os.environ["TZ"] = "Asia/Kathmandu"
if hasattr(time, "tzset"):
    time.tzset()


@pytest.fixture(scope="session", autouse=True)
def _no_network() -> Iterator[None]:
    """Whatever reaches for the network in this process fails its test (product.md, promise 1)."""

    def refuse(*arguments: object, **options: object) -> NoReturn:
        raise AssertionError(f"the network was reached for: {arguments[1:]}")

    with pytest.MonkeyPatch.context() as patch:
        for name in ("connect", "connect_ex", "bind", "sendto"):
            patch.setattr(socket.socket, name, refuse)
        for name in ("getaddrinfo", "gethostbyname", "gethostbyaddr"):
            patch.setattr(socket, name, refuse)
        yield


def pytest_collection_finish() -> None:
    """What thousands of collected tests hold stays to the end: no search for garbage goes through it again."""
    gc.collect()
    gc.freeze()


class FileByFile(LoadScopeScheduling):  # type: ignore[misc]  # xdist brings no types
    """The tests of a file run in one process, so that the desk which they share is made once; so do the counters."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        return COUNTERS if file.startswith(COUNTERS) else file

    def _assign_work_unit(self, node: object) -> None:
        """Long files go first: at the end one process would wait for the other."""
        long = next((scope for scope in self.workqueue if scope.startswith(LONG)), None)
        if long is not None:
            self.workqueue.move_to_end(long, last=False)
        super()._assign_work_unit(node)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> FileByFile:
    return FileByFile(config, log)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Seeds and counts of the fault tests: a figure without them is not reported (reliability.md 6)."""
    for outcome in ("passed", "failed"):
        for said in terminalreporter.getreports(outcome):
            for name, value in said.user_properties:
                if name == "figures":
                    terminalreporter.write_line(f"{said.nodeid.rpartition('/')[2]}: {value}")
