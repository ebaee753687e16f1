"""Recording progress in words: the person is asked first, then staff, with what the word rests on."""

from collections.abc import Callable, Sequence
from datetime import timedelta

from PySide6.QtWidgets import QVBoxLayout, QWidget

from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.plans.progress_model import (
    Confidence,
    Domain,
    NotRatedBecause,
    Progress,
    Voice,
    Word,
    bias_question,
    purpose_statement,
)
from rehabdesk.plans.progress_service import ProgressWords
from rehabdesk.plans.words_model import confidence_words, word_words
from rehabdesk.ui.field import Field
from rehabdesk.ui.kit import Kit

PERIOD = timedelta(days=30)
GIVEN = (Word.NOT_YET_TOGETHER, Word.OPENING, Word.TRYING, Word.DOING, Word.CARRYING_IT)
DECLINED = "declined"


class ProgressForm(QWidget):
    """`sources`: signed notes and steps that a word may rest on, as (id, words). `done` is called once it is kept."""

    def __init__(
        self,
        kit: Kit,
        words: ProgressWords,
        domain: Domain,
        person_id: str,
        *,
        name: str,
        sources: Sequence[tuple[str, str]],
        done: Callable[[str], None],
        complain: Callable[[Sequence[tuple[str, QWidget]]], None],
    ) -> None:
        super().__init__()
        self.kit, self._words, self._domain, self._person = kit, words, domain, person_id
        self._name, self._done, self._complain = name, done, complain
        options = [(word.value, word_words(word)) for word in GIVEN]
        self._own = kit.choice([*options, (DECLINED, tr("Declined"))])
        self._own_words = kit.text_area(limit=1_000, lines=2)
        self._staff = kit.choice([*options, (Word.NOT_RATED.value, word_words(Word.NOT_RATED))])
        self._basis = kit.text_area(limit=1_000, lines=2)
        self._sources = kit.several(sources, column=True)
        self._confidence = kit.choice(
            [(each.value, confidence_words(each)) for each in Confidence], chosen=Confidence.ADEQUATE.value
        )
        self._shared = kit.check(tr("I shared this word with {name} today").format(name=name))
        self._bias = kit.check(tr("I asked myself this question"))
        self._fields: dict[str, Field] = {
            "own": kit.field(tr("{name}'s own word").format(name=name), self._own, required=True),
            "staff": kit.field(tr("Staff's word"), self._staff, required=True),
            "basis": kit.field(tr("What it rests on: what was done or said"), self._basis, required=True),
            "sources": kit.field(tr("Signed notes and steps"), self._sources, required=True),
        }
        kit.fill(QVBoxLayout(self), (self._card(),), gap=0)

    def _card(self) -> QWidget:
        kit, domain = self.kit, self._domain
        given = [word for word in GIVEN if word.value in domain.anchors]
        anchors = "\n".join(f"{word_words(word)}: {tr(domain.anchors[word.value])}" for word in given)
        never = tr("Never an indicator here: {line}").format(line=tr(domain.never))
        return kit.card(
            tr("Progress: {domain}").format(domain=tr(domain.title)),
            kit.label(anchors, "small", tone="muted", wrap=True) if anchors else None,
            self._fields["own"],
            kit.field(tr("In {name}'s words").format(name=self._name), self._own_words),
            kit.rule(),
            self._fields["staff"],
            self._fields["basis"],
            kit.label(never, "small", tone="muted", wrap=True),
            self._fields["sources"],
            kit.field(tr("How sure"), self._confidence),
            self._shared,
            kit.label(bias_question(), "strong", wrap=True),
            self._bias,
            kit.label(purpose_statement(), "small", tone="muted", wrap=True),
        )

    def first_focus(self) -> QWidget:
        proxy = self._own.focusProxy()
        return self._own if proxy is None else proxy

    def save(self) -> None:
        """Keeps the person's word, then staff's. What is wrong is said; nothing typed is lost."""
        for field in self._fields.values():
            field.calm()
        try:
            self._require_answers()
            own, staff = self._own_progress(), self._staff_progress()
            line = self._words.setback_line(self._person, staff)
            self._words.record_self(self._person, own)
            self._words.record(self._person, staff)
        except UserError as problem:
            code = {"word": "staff", "not_rated_because": "staff", "shared_with_person_on": "staff"}.get(
                problem.field or "", problem.field or "basis"
            )
            field = self._fields.get(code, self._fields["basis"])
            field.complain(problem.sentence)
            self._complain([(problem.sentence, field.control)])
            return
        self._done(line or tr("Progress recorded in both voices."))

    def _require_answers(self) -> None:
        if self._own.code() is None:
            raise UserError(tr("Ask for the person's own word first. Declined is an answer."), field="own")
        if self._staff.code() is None:
            raise UserError(tr("Choose staff's word, or that none is given."), field="staff")
        if not self._bias.isChecked():
            raise UserError(tr("Answer the question about the same word for the same behaviour."), field="basis")

    def _own_progress(self) -> Progress:
        today, declined = self.kit.today(), self._own.code() == DECLINED
        return Progress(
            domain=self._domain.code,
            voice=Voice.SELF,
            word=Word.NOT_RATED if declined else Word(self._own.code() or ""),
            basis=self._own_words.words() or ("" if declined else tr("Said so when asked.")),
            period_from=today - PERIOD,
            period_to=today,
            not_rated_because=NotRatedBecause.PERSON_PREFERS_NOT if declined else None,
            declined=declined,
        )

    def _staff_progress(self) -> Progress:
        today, word = self.kit.today(), Word(self._staff.code() or "")
        return Progress(
            domain=self._domain.code,
            voice=Voice.STAFF,
            word=word,
            basis=self._basis.words(),
            period_from=today - PERIOD,
            period_to=today,
            confidence=Confidence(self._confidence.code() or "adequate"),
            not_rated_because=NotRatedBecause.NO_INFORMATION if word is Word.NOT_RATED else None,
            sources=self._sources.codes(),
            shared_with_person_on=today if self._shared.isChecked() else None,
        )
