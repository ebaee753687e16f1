"""What holds for every test: no network, one time zone, no window on the screen. Fixtures live beside their tests."""

import os
import socket
import time
from collections.abc import Iterator
from typing import NoReturn

import hypothesis
import pytest

# No database: a failing example goes into a test of its own, not into a hidden folder. The seed is fresh in each run
# and printed by pytest-randomly; a failure prints the line that repeats it.
hypothesis.settings.register_profile("house", deadline=None, database=None, print_blob=True)
hypothesis.settings.load_profile("house")

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


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Seeds and counts of the fault tests: a figure without them is not reported (reliability.md 6)."""
    for outcome in ("passed", "failed"):
        for said in terminalreporter.getreports(outcome):
            for name, value in said.user_properties:
                if name == "figures":
                    terminalreporter.write_line(f"{said.nodeid.rpartition('/')[2]}: {value}")
