"""Words of progress as they are kept, and as they are shown: staff's and the person's of one day side by side."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from rehabdesk.plans.progress.progress_model import Domain, Progress, Remark, Voice


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredProgress:
    """A word of progress, who wrote it down and when (a stamp)."""

    rid: str
    author: str
    at: str
    progress: Progress


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredRemark:
    """Words beside a recorded word, who wrote them down and when (a stamp)."""

    author: str
    at: str
    remark: Remark


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundProgress:
    """A word that a search found, or beside which it found the remark `rid`. `followed`: by a later word."""

    rid: str
    person: str
    followed: bool
    word: StoredProgress


@dataclass(frozen=True, slots=True, kw_only=True)
class BothVoices:
    """The newest word of each voice on one domain."""

    domain: Domain
    staff: StoredProgress | None
    own: StoredProgress | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SideBySide:
    """One line of the history of a domain: what staff and the person said up to one day. One of them may be missing."""

    day: date
    staff: StoredProgress | None
    own: StoredProgress | None

    @property
    def said(self) -> tuple[StoredProgress, ...]:
        return tuple(one for one in (self.staff, self.own) if one is not None)


def side_by_side(history: Sequence[StoredProgress]) -> tuple[SideBySide, ...]:
    """The words of one domain, `history` newest first, in the same order. Nothing is left out: two of staff on one day
    are two lines, and the person's word stands beside the newest of them.
    """
    lines: list[SideBySide] = []
    for voice in (Voice.STAFF, Voice.SELF):
        for stored in history:
            if stored.progress.voice is not voice:
                continue
            day = stored.progress.period_to
            beside = next((n for n, line in enumerate(lines) if line.day == day and line.own is None), None)
            if voice is Voice.STAFF:
                lines.append(SideBySide(day=day, staff=stored, own=None))
            elif beside is not None:
                lines[beside] = SideBySide(day=day, staff=lines[beside].staff, own=stored)
            else:
                lines.append(SideBySide(day=day, staff=None, own=stored))
    return tuple(sorted(lines, key=lambda line: (line.day, line.said[0].at), reverse=True))
