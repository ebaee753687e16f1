"""How often plans are reviewed (A1), as it holds at this site. A supervisor may shorten a time, never lengthen it."""

from PySide6.QtWidgets import QLineEdit, QWidget

from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import ntr, tr, tr_as
from rehabdesk.plans.reviews.review_rule_model import ReviewRule, Situation
from rehabdesk.plans.reviews.review_service import Reviews
from rehabdesk.ui.kit import STRETCH, Kit
from rehabdesk.ui.page import Page, Route


class ReviewRulesPage(Page):
    """`person`: from whose reviews one came, or empty."""

    def __init__(self, kit: Kit, reviews: Reviews, person: str) -> None:
        super().__init__(kit)
        self._reviews, self._person = reviews, person
        self._changes: list[QWidget] = []
        self.refresh()

    def refresh(self) -> None:
        kit = self.kit
        hint = tr("By stage and time to release. The site may review more often, never less.")
        title = kit.column(
            kit.label(tr("How often plans are reviewed"), "h1"), kit.label(hint, "small", tone="muted"), gap=0
        )
        self.set_head(kit.row(kit.box(title), STRETCH))
        back = kit.button(tr("Back"), icon="arrow-left")
        back.clicked.connect(self._go_back)
        self._changes.clear()
        rules = self._reviews.calendar.rules()
        rows = [self._row(rules.rule(situation), rules.rules[situation]) for situation in Situation]
        self._first = next(iter(self._changes), back)
        self.set_body(kit.box(kit.column(kit.card("", *rows), STRETCH)))
        self.set_foot(kit.row(back, STRETCH))

    def _row(self, rule: ReviewRule, usual: ReviewRule) -> QWidget:
        kit = self.kit
        every = ntr("Every {count} day", "Every {count} days", rule.every)
        at_most = ntr("at most {count} day", "at most {count} days", rule.most)
        about = f"{every} · {at_most}"
        if rule.welcome:
            about += " · " + ntr("first talk within {count} day", "first talk within {count} days", rule.welcome)
        if rule.check:
            about += " · " + ntr("first check after {count} day", "first check after {count} days", rule.check)
        if rule.first:
            about += " · " + ntr("first plan within {count} day", "first plan within {count} days", rule.first)
        if rule.every < usual.every:
            about += " · " + ntr("usually {count} day", "usually {count} days", usual.every)
        words = kit.column(
            kit.label(tr(rule.text), "strong", wrap=True), kit.label(about, "small", tone="muted"), gap=0
        )
        change = None
        if self._reviews.may_set_rules:
            change = kit.button(tr("Shorten"))
            change.setAccessibleName(tr("Shorten: {situation}").format(situation=tr(rule.text)))
            change.clicked.connect(lambda: self._ask(rule.situation))
            self._changes.append(change)
        return kit.box(kit.row((kit.box(words), 1), change))

    def _ask(self, situation: Situation) -> None:
        kit, rules = self.kit, self._reviews.calendar.rules()
        days: QLineEdit = kit.line(str(rules.rule(situation).every), limit=3)
        usual = ntr("At most {count} day", "At most {count} days", rules.rules[situation].every)
        field = kit.field(tr("Days between reviews"), days, hint=usual, required=True)
        field.setObjectName(situation.value)

        def keep() -> None:
            typed = days.text().strip()
            if not typed.isdecimal() or len(typed) > 3:
                raise UserError(tr("Enter a number of days."), field=situation)
            before = self._reviews.calendar.rules().rule(situation).every
            self._reviews.shorten(situation, int(typed))
            self._undo = lambda: self._put_back(situation, before)
            self.said.emit(tr("Set. It counts for every review from now on. Ctrl+Z takes it back."))

        title = tr("How often: {situation}").format(situation=tr(rules.rules[situation].text))
        self.show_form(title, [field], tr_as("Set", "deed"), keep, first=days, name=situation.value)

    def _put_back(self, situation: Situation, every: int) -> None:
        self._reviews.shorten(situation, every)
        self.said.emit(tr("Taken back; the history keeps both."))
        self.show_again()

    def reopen(self, form: str) -> None:
        self._ask(Situation(form))

    def _go_back(self) -> None:
        self.go.emit(Route(name="reviews", person=self._person) if self._person else Route(name="day"))
