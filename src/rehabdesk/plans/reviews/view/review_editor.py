"""A review as fields: five cards, in the order in which one talks."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate, quoted
from rehabdesk.plans.model import Agreement, GoalStatus, Plan
from rehabdesk.plans.progress.progress_model import Domain, Word
from rehabdesk.plans.progress.progress_stored_model import SideBySide
from rehabdesk.plans.progress.progress_typed_model import TypedProgress
from rehabdesk.plans.reviews.review_model import Outcome, OwnPage
from rehabdesk.plans.reviews.review_stored_model import StoredReview
from rehabdesk.plans.reviews.review_typed_model import TypedLook, TypedReview
from rehabdesk.plans.reviews.review_words_model import outcome_words, own_page_words
from rehabdesk.plans.reviews.view.review_parts import DomainWords, GoalLookRow
from rehabdesk.plans.words_model import agreement_words
from rehabdesk.ui.choices import Option
from rehabdesk.ui.dates import short
from rehabdesk.ui.field import Field
from rehabdesk.ui.kit import STRETCH, Kit

LOOKED_AT = frozenset({GoalStatus.ACTIVE, GoalStatus.FUTURE, GoalStatus.PARTLY_ACHIEVED, GoalStatus.CARRIED_OVER})


@dataclass(frozen=True, slots=True, kw_only=True)
class SittingContext:
    """What a review is held about. `domains`: those on which words may be given; `lines` their history, newest first.

    `own_page`: the day of the person's page since the last review, or None. `next_days`: the usual and the latest day
    of the next review, by what the person answers. `setback` and `fresh` by domain.
    """

    name: str
    due_words: str
    plan: Plan
    last: StoredReview | None
    late: bool
    domains: Sequence[Domain]
    lines: Mapping[str, Sequence[SideBySide]]
    sources: Sequence[Option]
    setback: Callable[[str, Word], bool]
    fresh: Callable[[str], TypedProgress]
    own_page: date | None
    next_days: Callable[[Agreement], tuple[date, date]]
    reasons: Sequence[Option]
    conferences: Sequence[Option]


class ReviewEditor(QWidget):
    """`page_wanted`: the person's own page is to be written."""

    changed = Signal()
    page_wanted = Signal()

    def __init__(self, kit: Kit, start: TypedReview, context: SittingContext) -> None:
        super().__init__()
        self.kit, self._start, self._context = kit, start, context
        self._name = isolate(context.name)
        self.fields: dict[str, Field] = {}
        cards = (self._look_back(), self._words(), self._goals(), self._answer(), self._next())
        kit.fill(QVBoxLayout(self), (*cards, STRETCH), gap=3)
        self._show_what_belongs()

    # the five cards

    def _look_back(self) -> QWidget:
        kit, start, last = self.kit, self._start, self._context.last
        self.looked_back = kit.text_area(start.looked_back, limit=4_000, lines=4)
        self.looked_back.textChanged.connect(self.changed)
        page = self._context.own_page
        known = tr("Written on {day}").format(day=short(page)) if page else own_page_words(OwnPage.WRITTEN)
        options = [(each.value, known if each is OwnPage.WRITTEN else own_page_words(each)) for each in OwnPage]
        self._own_page = kit.choice(options, chosen=start.own_page or None)
        self._own_page.changed.connect(lambda _code: self.changed.emit())
        write = kit.button(tr("Write the page with {name}").format(name=self._name), icon="message-square-quote")
        write.clicked.connect(self.page_wanted)
        self.fields["looked_back"] = kit.field(
            tr("What &happened since"), self.looked_back, hint=tr("What went well first"), required=True
        )
        self.fields["own_page"] = kit.field(
            tr("{name}'s own page").format(name=self._name),
            self._own_page,
            hint=tr("Asked at each review; declining is an answer."),
            required=True,
        )
        before = tr("This is the first review.")
        if last is not None:
            said = quoted(last.review.looked_back)
            before = tr("Last review, {day}: {words}").format(day=short(last.review.on), words=said)
        shown = kit.label(before, "small", tone="muted", wrap=True)
        ask = kit.row((self.fields["own_page"], 1), kit.box(kit.column(STRETCH, write)), gap=3)
        return kit.card(tr("1 Look back"), shown, self.fields["looked_back"], ask)

    def _words(self) -> QWidget:
        kit, context = self.kit, self._context
        self._domains: list[DomainWords] = []
        for domain in context.domains:
            one = DomainWords(
                kit,
                domain,
                self._start.words.get(domain.code),
                name=context.name,
                lines=context.lines.get(domain.code, ()),
                sources=context.sources,
                setback=partial(context.setback, domain.code),
                fresh=partial(context.fresh, domain.code),
            )
            one.changed.connect(self.changed)
            self._domains.append(one)
        none = None if self._domains else kit.label(tr("No word is given here."), tone="muted")
        return kit.card(tr("2 Words in both voices"), none, *self._domains)

    def _goals(self) -> QWidget:
        kit = self.kit
        self._looks: list[GoalLookRow] = []
        for goal in self._context.plan.goals:
            if goal.status in LOOKED_AT:
                row = GoalLookRow(kit, goal, self._start.goals.get(goal.id, TypedLook()), name=self._context.name)
                row.changed.connect(self.changed)
                self.fields[f"goal.{goal.id}"] = row.field
                self.fields |= {f"step.{step}": field for step, field in row.step_fields.items()}
                self._looks.append(row)
        none = None if self._looks else kit.label(tr("No goals here."), tone="muted")
        return kit.card(tr("3 Goals and steps"), none, *self._looks)

    def _answer(self) -> QWidget:
        kit, start = self.kit, self._start
        asked = [each for each in Agreement if each is not Agreement.NOT_ASKED]
        self._agreement = kit.choice(
            [(each.value, agreement_words(each)[0]) for each in asked], chosen=start.agreement or None
        )
        self._agreement.changed.connect(lambda _code: self._follow())
        self._said = kit.text_area(start.agreement_words, limit=2_000, lines=3)
        self._said.textChanged.connect(self.changed)
        self._none = kit.line(start.no_words_because, limit=400)
        self._none.textChanged.connect(lambda _words: self.changed.emit())
        self._outcome = kit.choice([(each.value, outcome_words(each)) for each in Outcome], chosen=start.outcome)
        self._outcome.changed.connect(lambda _code: self.changed.emit())
        self.fields |= {
            "agreement": kit.field(
                tr("Does {name} still agree with the plan?").format(name=self._name), self._agreement, required=True
            ),
            "agreement_words": kit.field(tr("In {name}'s own words").format(name=self._name), self._said),
            "no_words_because": kit.field(tr("Or: why there are no words"), self._none),
            "outcome": kit.field(tr("What follows"), self._outcome, required=True),
        }
        names = ("agreement", "agreement_words", "no_words_because", "outcome")
        return kit.card(tr("4 {name}'s answer").format(name=self._name), *(self.fields[name] for name in names))

    def _next(self) -> QWidget:
        kit, start, context = self.kit, self._start, self._context
        self._day = kit.date_field(start.next_due, coming=True)
        self._day.changed.connect(self.changed)
        self._suggested: date | None = None
        self._limit = kit.label("", "small", tone="muted", wrap=True)
        self._conference = kit.combo(context.conferences, chosen=start.conference or None, empty=tr("No conference"))
        self._conference.changed.connect(lambda _code: self.changed.emit())
        self._because = kit.combo(context.reasons, chosen=start.late_because or None, empty=tr("Choose why"))
        self._because.changed.connect(lambda _code: self.changed.emit())
        self._why = kit.line(start.late_words, limit=300)
        self._why.textChanged.connect(lambda _words: self.changed.emit())
        self.fields |= {
            "next_due": kit.field(tr("&Next review on"), self._day, required=True),
            "conference": kit.field(tr("Conference about it, held or planned"), self._conference),
            "late_because": kit.field(tr("Why is the review late?"), self._because, required=True),
            "late_words": kit.field(tr("In words"), self._why),
        }
        late = None
        if context.late:
            late = kit.row((self.fields["late_because"], 1), (self.fields["late_words"], 1), gap=3)
        days = kit.row((self.fields["next_due"], 1), (self.fields["conference"], 1), gap=3)
        return kit.card(tr("5 The next review"), late, days, self._limit)

    # what stands there

    def typed(self) -> TypedReview:
        """What stands in the fields."""
        words = {one.domain.code: typed for one in self._domains if (typed := one.typed()) is not None}
        goals = {row.goal.id: look for row in self._looks if (look := row.typed()) != TypedLook()}
        return replace(
            self._start,
            looked_back=self.looked_back.words(),
            own_page=self._own_page.code() or "",
            words=words,
            goals=goals,
            agreement=self._agreement.code() or "",
            agreement_words=self._said.words(),
            no_words_because=self._none.text(),
            outcome=self._outcome.code() or Outcome.STANDS.value,
            next_due=self._day.day(),
            late_because=self._because.code() or "",
            late_words=self._why.text(),
            conference=self._conference.code() or "",
        )

    def calm(self) -> None:
        """Takes every error away."""
        for field in self.fields.values():
            field.calm()
        for one in self._domains:
            if one.editor is not None:
                one.editor.calm()

    def field_of(self, name: str | None) -> Field:
        """Where a problem is: a field, or `words.PD-7.basis`, a field of the words on a domain."""
        known = {"goals": "agreement", "state": "outcome", "review_due": "next_due"}.get(name or "", name or "")
        first, _, rest = known.partition(".")
        domain, _, inner = rest.partition(".")
        if first == "words":
            for one in self._domains:
                if one.domain.code == domain and one.editor is not None:
                    return one.editor.field_of(inner)
        return self.fields.get(known, self.fields["looked_back"])

    def _follow(self) -> None:
        self._show_what_belongs()
        self.changed.emit()

    def _show_what_belongs(self) -> None:
        """The usual and the latest day of the next review, which follow from the answer."""
        answer = Agreement(self._agreement.code() or self._context.plan.agreement)
        usual, latest = self._context.next_days(answer)
        if self._day.line.text() == "" or self._day.day() == self._suggested:
            self._suggested = usual  # a day that somebody typed stays
            self._day.set_date(usual)
        self._limit.setText(tr("Usually {day}; at the latest {last}.").format(day=short(usual), last=short(latest)))
