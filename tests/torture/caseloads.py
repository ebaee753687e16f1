"""Random caseloads and what leaves of them, in the long form (packet.md 14.1, domain.md 10.4; tests/handover/caseload).

Each is a desk of its own in memory, with chances of its own seed; some packets go the whole way, signed and sealed.
"""

import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from rehabdesk.core.i18n import LANGUAGES
from rehabdesk.handover.making import making_service as making
from tests.handover.caseload import never
from tests.handover.caseload.hand import CO, AllStaff
from tests.handover.caseload.handed import faults_outside
from tests.handover.caseload.whole import Caseload, choice, random_caseload

CONTENTS, PAGES, HANDED_OVER = 20, 4, 3
"""Packets of one caseload: content alone, pages too, and handed over."""
_MEMORY_DISK = Path("/dev/shm")


@cache
def _founded() -> tuple[tempfile.TemporaryDirectory[str], AllStaff]:
    """Once in a worker."""
    folder = tempfile.TemporaryDirectory(prefix="rehabdesk-founded-", dir=_place())
    return folder, AllStaff(Path(folder.name))


def _place() -> Path | None:
    return _MEMORY_DISK if _MEMORY_DISK.is_dir() else None


def packets() -> int:
    """How many are made of one caseload."""
    return CONTENTS + PAGES + HANDED_OVER


def faults(seed: int) -> Iterator[str]:
    """A line for everything that leaves and must not, or that is missing, in the packets of one caseload."""
    with tempfile.TemporaryDirectory(prefix="rehabdesk-caseload-", dir=_place()) as folder:
        made = random_caseload(_founded()[1].copied_to(Path(folder)), seed, most=4)
        yield from _prepared(made)
        for number in range(HANDED_OVER):
            out = Path(folder) / f"out-{number}"
            out.mkdir()
            yield from faults_outside(made, choice(made, language=LANGUAGES[number], most=number == 0), out)


def _prepared(made: Caseload) -> Iterator[str]:
    with made.hand.as_login(CO) as me:
        for number in range(CONTENTS + PAGES):
            chosen = choice(made)
            to_lay, hits = me.preparing.assemble(chosen.person.id, chosen.typed, "a draft")
            yield from never.faults_of_content(to_lay.made, hits, made, chosen)
            if number < PAGES:
                pages = making.lay(to_lay)
                yield from never.faults_of_pages(pages.prepared, pages.packet, made, chosen)
