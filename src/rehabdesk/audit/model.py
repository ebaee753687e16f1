"""What a health check says."""

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How deep a check went (product.md, `rehabdesk check --json`)."""

    NO_KEY = "no_key"
    RUNNING = "running"
    FULL = "full"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that is not as it must be. `code` is stable, `where` an id or file name, never a person."""

    code: str
    where: str
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """`ok` is true only if a login looked at everything of its level and found nothing."""

    level: Level
    records: int
    entries: int
    findings: tuple[Finding, ...]

    @property
    def ok(self) -> bool:
        return self.level is not Level.NO_KEY and not self.findings
