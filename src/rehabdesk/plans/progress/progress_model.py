"""Progress in words, staff's and the person's own side by side. No number, sum, order or colour comes of it (G1)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import fold, require_text

CURRENT_FOR = timedelta(days=180)
"""After that a word is shown as "not current" (G4)."""


class Word(StrEnum):
    """The five words, and that none was given. Shown as words, never as numbers (domain.md 8.3)."""

    NOT_RATED = "not_rated"
    NOT_YET_TOGETHER = "not_yet_together"
    OPENING = "opening"
    TRYING = "trying"
    DOING = "doing"
    CARRYING_IT = "carrying_it"


class Voice(StrEnum):
    STAFF = "staff"
    SELF = "self"


class Confidence(StrEnum):
    LIMITED = "limited"
    ADEQUATE = "adequate"
    GOOD = "good"


class NotRatedBecause(StrEnum):
    NOT_RELEVANT = "not_relevant"
    NO_INFORMATION = "no_information"
    PERSON_PREFERS_NOT = "person_prefers_not"
    TOO_EARLY = "too_early"
    CHAPLAINCY_ONLY = "chaplaincy_only"


class ProgressState(StrEnum):
    """States of one word (domain.md 6.4). Only a draft changes; what is recorded is followed by a later word."""

    DRAFTED = "drafted"
    SHARED = "shared_with_person"
    RECORDED = "recorded"


PROGRESS_MAY_BECOME: Mapping[ProgressState, frozenset[ProgressState]] = {
    ProgressState.DRAFTED: frozenset({ProgressState.SHARED}),
    ProgressState.SHARED: frozenset({ProgressState.DRAFTED, ProgressState.RECORDED}),
    ProgressState.RECORDED: frozenset(),
}
"""Back to drafted: another word or basis than the one that was shared is shared again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Domain:
    """A plan domain with what is shown while writing. `never` is what is never an indicator (domain.md 8.2)."""

    code: str
    title: str
    goals: str
    interventions: str
    indicators: str
    protective: str
    never: str
    never_words: tuple[str, ...]
    rated: bool
    opt_in: bool = False
    after_conviction_only: bool = False
    anchors: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """One voice's word on one domain over a period.

    A staff word cites at least one signed note or step by id; `plan` is the record of the version whose steps they are.
    `declined` is the person's choice not to give a word, `help_offered` whether an interpreter or reader was offered
    then (G32). `disagrees`: the person does not agree with staff's word, and may have said so in `disagreement`;
    `response` is what staff answer. `harder` is what made it harder where the word is another than before. `review` is
    the record of the review at which it was given, empty outside of one.
    """

    domain: str
    voice: Voice
    word: Word
    basis: str
    period_from: date
    period_to: date
    confidence: Confidence = Confidence.ADEQUATE
    not_rated_because: NotRatedBecause | None = None
    sources: tuple[str, ...] = ()
    shared_with_person_on: date | None = None
    disagreement: str = ""
    declined: bool = False
    disagrees: bool = False
    response: str = ""
    setting: str = ""
    harder: str = ""
    plan: str = ""
    review: str = ""
    help_offered: bool | None = None

    def __post_init__(self) -> None:
        optional = self.declined or self.word is Word.NOT_RATED
        require_text(self.basis, field="basis", label=tr("Basis"), longest=1_000, empty_allowed=optional)
        for text, field, label, longest in (
            (self.disagreement, "disagreement", tr("Disagreement"), 1_000),
            (self.response, "response", tr("Response"), 1_000),
            (self.harder, "harder", tr("What made it harder"), 1_000),
            (self.setting, "setting", tr("Setting"), 200),
        ):
            require_text(text, field=field, label=label, longest=longest, empty_allowed=True)
        if self.period_to < self.period_from:
            raise UserError(tr("The period ends before it begins."), field="period_to")
        if (self.word is Word.NOT_RATED) != (self.not_rated_because is not None):
            raise UserError(tr("Say why no word is given, or give one."), field="not_rated_because")
        if self.voice is Voice.STAFF and self.word is not Word.NOT_RATED and not self.sources:
            raise UserError(tr("Name at least one signed note or step that this rests on."), field="sources")
        if self.declined and (self.voice is not Voice.SELF or self.word is not Word.NOT_RATED):
            raise UserError(tr("Only the person can decline, and then there is no word."), field="declined")

    def is_current(self, today: date) -> bool:
        return today - self.period_to <= CURRENT_FOR

    @property
    def contested(self) -> bool:
        """Whether the person does not agree with it."""
        return self.disagrees or bool(self.disagreement)


class Beside(StrEnum):
    """What is said beside a recorded word: by the person, or by staff in answer (domain.md 5.1, G39)."""

    PERSON_STATEMENT = "person_statement"
    RESPONSE = "response_to_disagreement"


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """Words beside a recorded word, which itself stays as it was. `progress` is its record."""

    progress: str
    kind: Beside
    words: str

    def __post_init__(self) -> None:
        require_text(self.words, field="words", label=tr("Words"), longest=1_000)


def require_domain_open(domain: Domain, *, convicted: bool, minor: bool, minors_allowed: bool) -> None:
    """UserError where no word may be given (domain.md 8.4, G14, G18, G27). `require_appeal_respected` is asked too."""
    if not domain.rated:
        raise UserError(tr("No word is given on {domain}.").format(domain=tr(domain.title)), field="domain")
    if domain.after_conviction_only and not convicted:
        raise UserError(tr("This person is not convicted: this domain is closed."), field="domain")
    if minor and not minors_allowed:
        raise UserError(tr("No progress words are given on children."), field="domain")


def require_appeal_respected(domain: Domain, own: Progress, *, under_appeal: bool) -> None:
    """UserError where harm is talked about during an appeal and the person did not agree to it by an own word (6.1)."""
    if domain.after_conviction_only and under_appeal and own.declined:
        raise UserError(
            tr(
                "The person is under appeal and gave no own word. Choose that no word is given on {domain} for now."
            ).format(domain=tr(domain.title)),
            field="domain",
        )


def require_shared(state: ProgressState) -> None:
    """UserError where a word would be recorded that was not shared with the person first (domain.md 6.4)."""
    if ProgressState.RECORDED not in PROGRESS_MAY_BECOME[state]:
        raise UserError(tr("Share the word with the person first, and say when."), field="shared_with_person_on")


def is_setback(before: Word | None, now: Word) -> bool:
    """Whether the word says less than the one before: what made it harder is asked then. Never shown or kept."""
    order = list(Word)
    if before is None or Word.NOT_RATED in (before, now):
        return False
    return order.index(now) < order.index(before)


def require_fair_basis(domain: Domain, never_anywhere: tuple[str, ...], basis: str, *, field: str = "basis") -> None:
    """UserError with the "never use" line where the basis touches it; another basis is asked for (domain.md 8.4)."""
    if any(_stands_in(word, basis) for word in (*domain.never_words, *never_anywhere)):
        raise UserError(
            tr(
                "Never an indicator here: {line}. Name another basis: what was done, not what somebody is or thinks."
            ).format(line=tr(domain.never)),
            field=field,
        )


def _stands_in(word: str, text: str) -> bool:
    """Whether a word of the list stands in the text, whole; `pray*` stands for every word that begins so."""
    ending = "" if word.endswith("*") else r"(?!\w)"
    pattern = rf"(?<!\w){re.escape(fold(word.rstrip('*')).casefold())}{ending}"
    return re.search(pattern, fold(text).casefold()) is not None


def bias_question() -> str:
    """Asked before every word is saved (domain.md 8.4)."""
    return tr(
        "Would I give another person the same word for the same behaviour? Is it behaviour or opinion that I look at?"
    )


def setback_line() -> str:
    """Shown where a word is lower than the one before; what made it harder is asked with it."""
    return tr("Setbacks are expected; this level is not a sanction and does not predict conduct.")


def purpose_statement() -> str:
    """Printed with every word (G41)."""
    return tr("These words may not be used to decide release, parole, transfer or privileges.")
