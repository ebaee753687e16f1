"""Fixtures that several files of this folder share."""

from collections.abc import Iterator

import pytest

from rehabdesk.ui import speller
from tests.ui.every_screen import held, walk

__all__ = ["held", "walk"]

SPELLS = ("test_spelling", "test_help_with_writing", "test_main_job", "test_traces")
"""Files in which what is typed is spelled by the child process."""


@pytest.fixture(autouse=True)
def _nothing_is_spelled(request: pytest.FixtureRequest) -> Iterator[None]:
    """Elsewhere the child would read its dictionaries for each window in which somebody types, and look at no word.

    What a test patches itself is undone before its window goes, so this has a patch of its own.
    """
    with pytest.MonkeyPatch.context() as patched:
        if not request.path.stem.startswith(SPELLS):
            patched.setattr(speller, "_START_MS", 3_600_000)
        yield


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Screens of one role, in one look, stand together, in whatever order the rest is.

    On one window for all of them, signing in and a change of look cost more than what is tried.
    """
    places: dict[tuple[object, ...], int] = {}
    items.sort(key=lambda item: places.setdefault(_sitting(item), len(places)))


def _sitting(item: pytest.Item) -> tuple[object, ...]:
    """What changes seldom: the file, the role that is signed in, the test with its look."""
    file = getattr(item, "module", None)
    given = getattr(getattr(item, "callspec", None), "params", {})
    if "role" not in given:
        return (file,)
    return file, given["role"], getattr(item, "originalname", ""), given.get("look"), given.get("zoom")
