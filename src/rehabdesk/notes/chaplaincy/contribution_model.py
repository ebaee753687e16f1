"""What a chaplain gives to the shared plan, and for whom it is (cha.C9)."""

from dataclasses import dataclass, replace
from enum import StrEnum

from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import require_text

CONTRIBUTION_VERSION = 2
"""Of a pastoral contribution: 1 did not say how the wording was agreed, nor which faith leader it is for."""

CONTRIBUTION_WORDS, CONTRIBUTION_LEADER, CONTRIBUTION_AGREED = "cha.C9", "cha.C9.leader", "cha.C9.agreed"
"""Codes under which a contribution is read like a note."""


class Audience(StrEnum):
    """Whom a pastoral contribution is for (cha.C9)."""

    TEAM = "team"
    NAMED_FAITH_LEADER = "named_faith_leader"


class Agreed(StrEnum):
    """How the person agreed to the wording."""

    SIGNATURE = "signature"
    THUMBPRINT = "thumbprint"
    WITNESSED = "witnessed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution:
    """What a chaplain gives to the shared plan, in wording that the person heard and agreed to (cha.C9).

    `consent` is the id of the consent that it rests on. `agreed` is None and `leader` empty in version 1 only.
    """

    words: str
    read_back: bool
    consent: str
    audience: Audience
    agreed: Agreed | None = None
    leader: str = ""

    def __post_init__(self) -> None:
        require_text(self.words, field="words", label=tr("Contribution"), longest=2_000)
        if not self.read_back:
            raise UserError(
                tr("Read the contribution back to the person first, and agree its wording."), field="read_back"
            )
        require_text(self.leader, field="leader", label=tr("Faith leader"), longest=120, empty_allowed=True)

    def resting_on(self, consent: str) -> "Contribution":
        """As it is signed. UserError where it does not say how the wording was agreed, or for whom it is."""
        if self.agreed is None:
            raise UserError(
                tr("How did the person agree to the wording: signature, thumbprint, or before a witness?"),
                field="agreed",
            )
        if self.audience is Audience.NAMED_FAITH_LEADER and not self.leader.strip():
            raise UserError(tr("Name the faith leader whom it is for."), field="leader")
        return replace(self, consent=consent)
