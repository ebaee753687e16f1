"""Progress on one domain in both voices: the person is asked first, then staff, what it rests on, what was shared."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLayout, QVBoxLayout, QWidget

from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate
from rehabdesk.plans.progress.progress_model import (
    Confidence,
    Domain,
    NotRatedBecause,
    ProgressState,
    Word,
    bias_question,
    purpose_statement,
    setback_line,
)
from rehabdesk.plans.progress.progress_typed_model import (
    AGREES,
    DECLINED,
    DISAGREES,
    SAYS_NOTHING,
    TypedProgress,
    as_shared,
)
from rehabdesk.plans.progress.view.word_grid import WordGrid, code_of
from rehabdesk.plans.words_model import confidence_words, not_rated_words
from rehabdesk.ui.choices import Option
from rehabdesk.ui.field import Field
from rehabdesk.ui.kit import STRETCH, Kit


class ProgressEditor(QWidget):
    """`sources`: signed notes and steps that a word may rest on. `setback`: whether a word says less than the last."""

    changed = Signal()

    def __init__(
        self,
        kit: Kit,
        domain: Domain,
        start: TypedProgress,
        *,
        name: str,
        sources: Sequence[Option],
        setback: Callable[[Word], bool],
    ) -> None:
        super().__init__()
        self.kit, self._domain, self._start, self._name, self._setback = kit, domain, start, isolate(name), setback
        self._shared_as = start.shared_as
        self.grid = WordGrid(kit, domain, name=name, own=start.own, staff=start.staff)
        self.fields: dict[str, Field] = dict(self.grid.fields)
        self._texts(start)
        self._choices(start, sources)
        self._share(start)
        kit.fill(QVBoxLayout(self), tuple(self._rows()), gap=3)
        self._listen()
        self._show_what_belongs()

    # building

    def _texts(self, start: TypedProgress) -> None:
        kit, name = self.kit, self._name
        self._own_words = kit.text_area(start.own_words, limit=1_000, lines=3)
        self._basis = kit.text_area(start.basis, limit=1_000, lines=3)
        self._harder = kit.text_area(start.harder, limit=1_000, lines=2)
        self._setting = kit.line(start.setting, limit=200)
        self._disagreement = kit.text_area(start.disagreement, limit=1_000, lines=3)
        self._response = kit.text_area(start.response, limit=1_000, lines=3)
        self.fields |= {
            "own_words": kit.field(tr("In {name}'s words").format(name=name), self._own_words),
            "basis": kit.field(tr("What it rests on: what was done or said"), self._basis, required=True),
            "harder": kit.field(tr("What made it harder?"), self._harder, hint=setback_line()),
            "setting": kit.field(tr("Where it was seen"), self._setting, hint=tr("Workshop, wing, visits, …")),
            "disagreement": kit.field(tr("What {name} says to it").format(name=name), self._disagreement),
            "response": kit.field(tr("What staff answer"), self._response),
        }

    def _choices(self, start: TypedProgress, sources: Sequence[Option]) -> None:
        kit = self.kit
        self._help = kit.choice([("yes", tr("Yes")), ("no", tr("No"))], chosen=start.own_help or None)
        self._because = kit.combo(
            [(each.value, not_rated_words(each)) for each in NotRatedBecause],
            chosen=start.not_rated_because or None,
            empty=tr("Choose why"),
        )
        self._sources = kit.several(sources, chosen=start.sources, column=True)
        self._confidence = kit.choice(
            [(each.value, confidence_words(each)) for each in Confidence], chosen=start.confidence
        )
        self._from, self._to = kit.date_field(start.period_from), kit.date_field(start.period_to)
        none = "" if sources else tr("There is no signed note and no step yet. Sign a note first.")
        self.fields |= {
            "own_help": kit.field(tr("Was an interpreter or reader offered?"), self._help, required=True),
            "not_rated_because": kit.field(tr("Why is no word given?"), self._because, required=True),
            "sources": kit.field(tr("Signed notes and steps"), self._sources, hint=none, required=True),
            "confidence": kit.field(tr("How sure"), self._confidence),
            "period_from": kit.field(tr("From"), self._from, required=True),
            "period_to": kit.field(tr("Until"), self._to, required=True),
        }

    def _share(self, start: TypedProgress) -> None:
        kit, name = self.kit, self._name
        self._asked = kit.check(tr("I asked myself this question"), start.asked_myself)
        self._shared = kit.check(
            tr("I shared this word with {name}").format(name=name), start.state is ProgressState.SHARED
        )
        self._shared_on = kit.date_field(start.shared_on or kit.today())
        self._again = kit.label(
            tr("The word or what it rests on was changed: share it again."), "small", tone="warn", wrap=True
        )
        self._again.hide()
        self._answer = kit.choice(
            [(AGREES, tr("Agrees")), (DISAGREES, tr("Does not agree")), (SAYS_NOTHING, tr("Says nothing to it"))],
            chosen=start.answer or None,
        )
        self.fields |= {
            "asked_myself": kit.field(bias_question(), self._asked, required=True),
            "shared_with_person_on": kit.field(tr("Before it is recorded"), self._shared, required=True),
            "shared_on": kit.field(tr("Shared on"), self._shared_on),
            "answer": kit.field(tr("What does {name} answer?").format(name=name), self._answer, required=True),
        }

    def _rows(self) -> list[QWidget | QLayout]:
        kit, fields = self.kit, self.fields
        never = tr("Never an indicator here: {line}").format(line=tr(self._domain.never))
        return [
            self.grid,
            fields["own_help"],
            fields["not_rated_because"],
            kit.row((fields["own_words"], 1), (fields["basis"], 1), gap=3),
            kit.label(never, "small", tone="muted", wrap=True),
            fields["harder"],
            fields["sources"],
            kit.row((fields["period_from"], 2), (fields["period_to"], 2), (fields["setting"], 3), gap=3),
            fields["confidence"],
            fields["asked_myself"],
            kit.row(fields["shared_with_person_on"], fields["shared_on"], STRETCH, gap=4),
            self._again,
            fields["answer"],
            kit.row((fields["disagreement"], 1), (fields["response"], 1), gap=3),
            kit.label(purpose_statement(), "small", tone="muted", wrap=True),
        ]

    def _listen(self) -> None:
        for area in (self._own_words, self._basis, self._harder, self._disagreement, self._response):
            area.textChanged.connect(self._touched)
        self._setting.textChanged.connect(lambda _words: self._touched())
        for choice in (self._help, self._because, self._confidence, self._answer):
            choice.changed.connect(lambda _code: self._touched())
        for day in (self._from, self._to, self._shared_on):
            day.changed.connect(self._touched)
        self._sources.changed.connect(self._touched)
        self.grid.own_chosen.connect(lambda _code: self._touched())
        self.grid.staff_chosen.connect(lambda _code: self._touched())
        self._asked.toggled.connect(lambda _on: self._touched())
        self._shared.toggled.connect(self._share_ticked)

    # what stands there

    def typed(self) -> TypedProgress:
        """What stands in the fields."""
        is_shared = self._shared.isChecked()
        return replace(
            self._start,
            own=code_of(self.grid.own),
            own_words=self._own_words.words(),
            own_help=code_of(self._help),
            staff=code_of(self.grid.staff),
            not_rated_because=self._because.code() or "",
            basis=self._basis.words(),
            sources=self._sources.codes(),
            confidence=self._confidence.code() or Confidence.ADEQUATE.value,
            setting=self._setting.text(),
            harder=self._harder.words(),
            period_from=self._from.day(),
            period_to=self._to.day(),
            asked_myself=self._asked.isChecked(),
            answer=code_of(self._answer),
            disagreement=self._disagreement.words(),
            response=self._response.words(),
            shared_on=self._shared_on.day() if is_shared else None,
            shared_as=self._shared_as if is_shared else "",
        )

    def calm(self) -> None:
        """Takes every error away."""
        for field in self.fields.values():
            field.calm()

    def field_of(self, name: str | None) -> Field:
        """Where a problem is."""
        known = {"word": "staff", "domain": "own"}.get(name or "", name or "")
        return self.fields.get(known, self.fields["basis"])

    def first(self) -> QWidget:
        """Where one begins: the person's own word."""
        return self.grid.own.focusProxy() or self.grid.own

    def _touched(self) -> None:
        """A word that was changed since it was shared is not shared any more; then says that something was typed."""
        if self._shared.isChecked() and as_shared(self.typed()) != self._shared_as:
            self._tick(on=False)
            self._again.show()
        self._show_what_belongs()
        self.changed.emit()

    def _share_ticked(self, on: bool) -> None:
        typed = self.typed()
        if on and not typed.staff:
            self._tick(on=False)
            self.fields["staff"].complain(tr("Choose staff's word, or that none is given."))
            return
        self._shared_as = as_shared(typed) if on else ""
        self._again.hide()
        self._show_what_belongs()
        self.changed.emit()

    def _tick(self, *, on: bool) -> None:
        self._shared.blockSignals(True)
        self._shared.setChecked(on)
        self._shared.blockSignals(False)

    def _show_what_belongs(self) -> None:
        """Fields that follow from an answer."""
        fields, own, staff = self.fields, code_of(self.grid.own), code_of(self.grid.staff)
        none = staff == Word.NOT_RATED.value
        fields["own_help"].setVisible(own == DECLINED)
        fields["not_rated_because"].setVisible(none)
        fields["harder"].setVisible(bool(staff) and self._setback(Word(staff)))
        for name in ("sources", "asked_myself", "confidence"):
            fields[name].setVisible(not none)
        is_shared = self._shared.isChecked()
        for name in ("shared_on", "answer"):
            fields[name].setVisible(is_shared)
        for name in ("disagreement", "response"):
            fields[name].setVisible(is_shared and code_of(self._answer) == DISAGREES)
