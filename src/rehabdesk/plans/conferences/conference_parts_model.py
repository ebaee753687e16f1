"""What a conference is made of: who came, what was shared or kept back, what was decided, what is to be done."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import require_text

MOST_LINES = 60
"""Lines of one kind in one conference; more is a slip."""


class ConferenceKind(StrEnum):
    """What it is held for (domain.md 5.1)."""

    PLAN_REVIEW = "plan_review"
    PRE_RELEASE = "pre_release"
    RELEASE_BOARD_PREP = "release_board_prep"
    URGENT = "urgent"
    TRANSFER = "transfer"
    POST_RELEASE = "post_release"


class PersonAttended(StrEnum):
    """How the person took part; "not invited" needs its reason (domain.md 8.5)."""

    IN_PERSON = "in_person"
    REPRESENTED = "represented"
    STATEMENT_ONLY = "statement_only"
    DECLINED = "declined"
    NOT_INVITED = "not_invited"


class Act(StrEnum):
    """Between duty agencies something is shared; to a third party it is disclosed: two acts, both kept (E11)."""

    SHARED = "shared"
    DISCLOSED = "disclosed"


class ActionStatus(StrEnum):
    OPEN = "open"
    DONE = "done"
    NO_LONGER_NEEDED = "no_longer_needed"


ACTION_MAY_BECOME: Mapping[ActionStatus, frozenset[ActionStatus]] = {
    ActionStatus.OPEN: frozenset({ActionStatus.DONE, ActionStatus.NO_LONGER_NEEDED}),
    ActionStatus.DONE: frozenset({ActionStatus.OPEN}),
    ActionStatus.NO_LONGER_NEEDED: frozenset({ActionStatus.OPEN}),
}
"""Back to open is the opposite mark: history keeps both."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendee:
    """Somebody at the table by name or alias. `staff`: the uid of a login of this desk, empty for anybody else.

    `contribution` is what this one brought (CSIP); the minutes fill it in. Interpreters stand in no such line (G15).
    """

    name: str
    agency: str
    role: str
    staff: str = ""
    attended: bool = False
    contribution: str = ""

    def __post_init__(self) -> None:
        require_text(self.name, field="name", label=tr("Name or alias"), longest=120)
        require_text(self.agency, field="agency", label=tr("Agency"), longest=120)
        require_text(self.role, field="role", label=tr("Role"), longest=120)
        label = tr("Contribution")
        require_text(self.contribution, field="contribution", label=label, longest=1_000, empty_allowed=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """`id` is local to the conference (a1, a2, …). `owner`: a login of this desk, or empty with `owner_words`."""

    id: str
    text: str
    due: date
    owner: str = ""
    owner_words: str = ""

    def __post_init__(self) -> None:
        require_text(self.text, field="text", label=tr("Action"), longest=300)
        require_text(self.owner_words, field="owner", label=tr("Who does it"), longest=120, empty_allowed=True)
        if bool(self.owner) == bool(self.owner_words.strip()):
            raise UserError(tr("Say who does it: one name for one action."), field="owner")


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A kind of information that went from its owner to somebody: never the information itself."""

    what: str
    owner_agency: str
    act: Act
    to: str

    def __post_init__(self) -> None:
        require_text(self.what, field="what", label=tr("What was shared"), longest=200)
        require_text(self.owner_agency, field="owner_agency", label=tr("Whose it is"), longest=120)
        require_text(self.to, field="to", label=tr("Who got it"), longest=120)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptBack:
    """What kind of matter an agency kept back, and why (`reason`: a code of A8). A refusal to disclose is one of these.

    `asked_by`: who had asked for it; empty where nobody did.
    """

    what: str
    agency: str
    reason: str
    asked_by: str = ""

    def __post_init__(self) -> None:
        require_text(self.what, field="what", label=tr("What was kept back"), longest=200)
        require_text(self.agency, field="agency", label=tr("Which agency"), longest=120)
        require_text(self.reason, field="reason", label=tr("Why"), longest=40)
        require_text(self.asked_by, field="asked_by", label=tr("Who asked"), longest=120, empty_allowed=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Minutes:
    """What a conference leaves behind, for the team only (MDT).

    `summary` is the discussion: it never leaves. `nothing_kept_back` is said by hand where that log is empty, so that
    silence is never read as completeness; `nothing_decided` likewise.
    """

    summary: str
    decisions: tuple[str, ...] = ()
    nothing_decided: bool = False
    actions: tuple[Action, ...] = ()
    shared: tuple[Item, ...] = ()
    kept_back: tuple[KeptBack, ...] = ()
    nothing_kept_back: bool = False
    person_statement: str = ""

    def __post_init__(self) -> None:
        require_text(self.summary, field="summary", label=tr("What was discussed"), longest=8_000)
        for decision in self.decisions:
            require_text(decision, field="decisions", label=tr("Decision"), longest=400)
        label = tr("The person's statement")
        require_text(self.person_statement, field="person_statement", label=label, longest=4_000, empty_allowed=True)
        for lines, field in (
            (self.decisions, "decisions"),
            (self.actions, "actions"),
            (self.shared, "shared"),
            (self.kept_back, "kept_back"),
        ):
            if len(lines) > MOST_LINES:
                sentence = tr("These are more than {most} lines. Put together what belongs together.")
                raise UserError(sentence.format(most=MOST_LINES), field=field)
        if bool(self.decisions) == self.nothing_decided:
            raise UserError(tr("Write what was decided, or tick that nothing was."), field="decisions")
        if bool(self.kept_back) == self.nothing_kept_back:
            raise UserError(tr("Write what was kept back, or tick that nothing was."), field="kept_back")
        if len({action.id for action in self.actions}) != len(self.actions):
            raise UserError(tr("Two actions have the same number."), field="actions")

    def action(self, action_id: str) -> Action:
        """UserError where the minutes have no such action."""
        for action in self.actions:
            if action.id == action_id:
                return action
        raise UserError(tr("That action is not in these minutes."), field="action")
