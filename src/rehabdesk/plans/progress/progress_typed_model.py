"""A word of progress as it is being typed, both voices: nothing needs to be complete. `as_own` and `as_staff` make the
words of it, or say what is missing.
"""

from dataclasses import dataclass, replace
from datetime import date

from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.plans.progress.progress_model import (
    PROGRESS_MAY_BECOME,
    Confidence,
    NotRatedBecause,
    Progress,
    ProgressState,
    Voice,
    Word,
)

DECLINED = "declined"
AGREES, DISAGREES, SAYS_NOTHING = "agrees", "disagrees", "says_nothing"
ANSWERS = (AGREES, DISAGREES, SAYS_NOTHING)
"""What the person says to the word that was shared."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedProgress:
    """`own` and `staff` are codes of words, `own` also `DECLINED`; empty where nothing is chosen yet.

    `shared_as` is what was shared with the person on `shared_on`: another word or basis is to be shared again.
    """

    domain: str
    own: str = ""
    own_words: str = ""
    own_help: str = ""
    staff: str = ""
    not_rated_because: str = ""
    basis: str = ""
    sources: tuple[str, ...] = ()
    confidence: str = Confidence.ADEQUATE.value
    setting: str = ""
    harder: str = ""
    period_from: date | None = None
    period_to: date | None = None
    asked_myself: bool = False
    shared_on: date | None = None
    shared_as: str = ""
    answer: str = ""
    disagreement: str = ""
    response: str = ""

    @property
    def state(self) -> ProgressState:
        """Drafted, or shared with the person as it stands."""
        shared = self.shared_on is not None and self.shared_as == as_shared(self)
        return ProgressState.SHARED if shared else ProgressState.DRAFTED

    @property
    def begun(self) -> bool:
        """Whether anything was chosen or written."""
        return bool(self.own or self.own_words or self.staff or self.basis)


def shared(typed: TypedProgress, on: date) -> TypedProgress:
    """The draft once its word was shared with the person. UserError where there is none yet, or it was shared."""
    if ProgressState.SHARED not in PROGRESS_MAY_BECOME[typed.state]:
        raise UserError(tr("That word was shared already."), field="shared_with_person_on")
    if not typed.staff:
        raise UserError(tr("Choose staff's word, or that none is given."), field="staff")
    return replace(typed, shared_on=on, shared_as=as_shared(typed))


def as_own(typed: TypedProgress, *, review: str = "") -> Progress:
    """The person's answer. UserError names what is missing."""
    if not typed.own:
        raise UserError(tr("Ask for the person's own word first. Declined is an answer."), field="own")
    declined = typed.own == DECLINED
    if declined and not typed.own_help:
        raise UserError(tr("Answer: was an interpreter or reader offered?"), field="own_help")
    begins, ends = _period(typed)
    return Progress(
        domain=typed.domain,
        voice=Voice.SELF,
        word=Word.NOT_RATED if declined else Word(typed.own),
        basis=typed.own_words.strip() or ("" if declined else tr("Said so when asked.")),
        period_from=begins,
        period_to=ends,
        not_rated_because=NotRatedBecause.PERSON_PREFERS_NOT if declined else None,
        declined=declined,
        help_offered=typed.own_help == "yes" if declined else None,
        review=review,
    )


def as_staff(typed: TypedProgress, *, review: str = "") -> Progress:
    """Staff's word. UserError names what is missing; the bias question is answered before any word (domain.md 8.4)."""
    if not typed.staff:
        raise UserError(tr("Choose staff's word, or that none is given."), field="staff")
    word = Word(typed.staff)
    if word is Word.NOT_RATED and not typed.not_rated_because:
        raise UserError(tr("Say why no word is given, or give one."), field="not_rated_because")
    begins, ends = _period(typed)
    is_shared = typed.state is ProgressState.SHARED
    disagrees = typed.answer == DISAGREES
    found = Progress(
        domain=typed.domain,
        voice=Voice.STAFF,
        word=word,
        basis=typed.basis.strip(),
        period_from=begins,
        period_to=ends,
        confidence=Confidence(typed.confidence),
        not_rated_because=NotRatedBecause(typed.not_rated_because) if word is Word.NOT_RATED else None,
        sources=typed.sources,
        shared_with_person_on=typed.shared_on if is_shared else None,
        disagrees=disagrees,
        disagreement=typed.disagreement.strip() if disagrees else "",
        response=typed.response.strip() if disagrees else "",
        setting=typed.setting.strip(),
        harder=typed.harder.strip(),
        review=review,
    )
    if word is not Word.NOT_RATED and not typed.asked_myself:
        raise UserError(tr("Answer the question about the same word for the same behaviour."), field="asked_myself")
    if is_shared and typed.answer not in ANSWERS:
        raise UserError(tr("Say what the person answers to this word."), field="answer")
    return found


def _period(typed: TypedProgress) -> tuple[date, date]:
    if typed.period_from is None:
        raise UserError(tr("Enter when the period begins."), field="period_from")
    if typed.period_to is None:
        raise UserError(tr("Enter when the period ends."), field="period_to")
    return typed.period_from, typed.period_to


def as_shared(typed: TypedProgress) -> str:
    """What is shared with the person: the word and what it rests on."""
    return f"{typed.staff}\n{typed.basis.strip()}"
