"""A condition of the release in official and plain words, and whether the person understood it (10.6, A15)."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import require_text


class Understood(StrEnum):
    YES = "yes"
    PARTLY = "partly"
    NO = "no"


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """A condition of the release: official text, plain text, and whether the person understood it.

    `category` is a code of A15; `explained_in` a language code, empty until it was explained. The card ends with
    `can_ask` (what the person can ask for), `ask_whom` and `to_change` (what happens if it needs to change).
    `ask_again`: the day on which understanding is asked once more. `version` counts wordings, not explanations.
    """

    category: str
    text_official: str
    text_plain: str
    start: date
    source: str
    end: date | None = None
    explained_on: date | None = None
    explained_in: str = ""
    understood: Understood | None = None
    question_raised: str = ""
    version: int = 1
    can_ask: str = ""
    ask_whom: str = ""
    to_change: str = ""
    ask_again: date | None = None

    def __post_init__(self) -> None:
        for text, field, label in (
            (self.text_official, "text_official", tr("Official text")),
            (self.text_plain, "text_plain", tr("Plain text")),
            (self.source, "source", tr("Source")),
        ):
            require_text(text, field=field, label=label, longest=1_000)
        for text, field, label, longest in (
            (self.question_raised, "question_raised", tr("Question"), 600),
            (self.can_ask, "can_ask", tr("What I can ask for"), 300),
            (self.ask_whom, "ask_whom", tr("Who to ask"), 300),
            (self.to_change, "to_change", tr("What happens if I need to change it"), 300),
        ):
            require_text(text, field=field, label=label, longest=longest, empty_allowed=True)
        if self.end is not None and self.end < self.start:
            raise UserError(tr("The end lies before the beginning."), field="end")
        explained = (self.explained_on is not None, bool(self.explained_in), self.understood is not None)
        if any(explained) and not all(explained):
            raise UserError(
                tr("Say when and in which language it was explained, and whether it was understood."),
                field="explained_on",
            )

    @property
    def is_explained(self) -> bool:
        """Whether this wording was explained to the person."""
        return self.explained_on is not None

    def is_to_ask_again(self, today: date) -> bool:
        return self.ask_again is not None and self.ask_again <= today


@dataclass(frozen=True, slots=True, kw_only=True)
class ConditionVersion:
    """A condition as it once stood, who recorded that, and when."""

    condition: Condition
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ConditionCategory:
    """A category of conditions with the generic text of its card (A15)."""

    code: str
    text: str
    card: str
