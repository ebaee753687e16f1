"""The conditions of a release as the cards that the person holds, with what was explained, asked and changed."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from rehabdesk.core.i18n import ntr, tr
from rehabdesk.core.text import isolate
from rehabdesk.readiness.condition_model import Condition, ConditionVersion
from rehabdesk.readiness.condition_service import Conditions
from rehabdesk.readiness.stored_model import StoredCondition
from rehabdesk.readiness.view.condition_forms import ConditionForms
from rehabdesk.readiness.words_model import understood_words
from rehabdesk.ui.dates import short
from rehabdesk.ui.kit import Kit
from rehabdesk.ui.page import Page, Route


class ConditionsCard:
    """`may_keep`: this role records and explains conditions. `may_print`: it prints their cards. `staff`: the name of a
    login.
    """

    def __init__(
        self,
        kit: Kit,
        conditions: Conditions,
        person_id: str,
        *,
        name: str,
        may_keep: bool,
        may_print: bool,
        staff: Callable[[str], str],
    ) -> None:
        self._kit, self._conditions, self._person = kit, conditions, person_id
        self._name, self._may_keep, self._may_print, self._staff = name, may_keep, may_print, staff
        self._open = ""

    @property
    def shown(self) -> bool:
        """Whether there is something to read or to do."""
        return self._may_keep or bool(self._conditions.of_person(self._person))

    def build(self, page: Page) -> QWidget:
        """The card as it stands now; its forms take the place of the page's body."""
        kit, acts = self._kit, list[QWidget]()
        forms = ConditionForms(page, self._conditions, self._person, name=self._name)
        if self._may_keep:
            add = kit.button(tr("Add a condition"), kind="quiet", icon="plus")
            add.clicked.connect(lambda _on=False: forms.ask_condition())
            acts.append(add)
        changed = self._conditions.changed(self._person)
        rows: list[QWidget] = [self._changed(page, len(changed))] if changed else []
        held = self._conditions.of_person(self._person)
        if self._may_print and held:
            cards = kit.button(tr("Print the cards"), kind="quiet", icon="printer")
            cards.clicked.connect(lambda: page.go.emit(Route(name="own_cards", person=self._person)))
            acts.insert(0, cards)
        for stored in held:
            rows += [self._row(page, forms, stored, changed=stored in changed), kit.rule()]
        if not held:
            rows = [kit.empty(tr("No conditions recorded.")), kit.rule()]
        action = kit.box(kit.row(*acts)) if acts else None
        return kit.card(tr("Conditions"), *rows[:-1], action=action)

    def reopen(self, page: Page, form: str) -> bool:
        """Opens the form of that name again; whether it is one of these."""
        return ConditionForms(page, self._conditions, self._person, name=self._name).reopen(form)

    def _changed(self, page: Page, count: int) -> QWidget:
        """Stands until this login says that it has seen the change."""
        kit = self._kit
        said = ntr(
            "{count} condition has another wording since you saw it.",
            "{count} conditions have another wording since you saw them.",
            count,
        )
        seen = kit.button(tr("I have seen it"), kind="quiet")

        def note() -> None:
            self._conditions.note_seen(self._person)
            page.refresh()

        seen.clicked.connect(note)
        row = kit.row(kit.picture("triangle-alert", "warn"), (kit.label(said, wrap=True), 1), seen, gap=2)
        return kit.card("", row, kind="warn")

    def _row(self, page: Page, forms: ConditionForms, stored: StoredCondition, *, changed: bool) -> QWidget:
        kit, condition = self._kit, stored.condition
        history = self._conditions.history(stored.rid)
        category = next((each.text for each in self._conditions.categories if each.code == condition.category), "")
        head = kit.flow(
            kit.label(tr(category), "small", tone="muted"), *([kit.tag(tr("Changed"), "amber")] if changed else [])
        )
        lines = [kit.label(words, "small", tone=tone, wrap=True) for words, tone in self._lines(condition, history)]
        past = [kit.label(words, "small", tone="hint", wrap=True) for words in self._past(stored, history)]
        words = kit.column(head, kit.label(isolate(condition.text_plain), "strong", wrap=True), *lines, *past, gap=1)
        acts = kit.column(*self._acts(page, forms, stored, more=len(history) > 1), gap=1)
        row = kit.row((kit.box(words), 1), acts, gap=3)
        row.setAlignment(acts, Qt.AlignmentFlag.AlignTop)
        return kit.box(row)

    def _acts(self, page: Page, forms: ConditionForms, stored: StoredCondition, *, more: bool) -> list[QWidget]:
        kit, plain = self._kit, stored.condition.text_plain
        found: list[QWidget] = []
        if self._may_keep:
            explain, change = kit.button(tr("Explained"), kind="quiet"), kit.button(tr("Change"), kind="quiet")
            explain.setAccessibleName(tr("Explained: {what}").format(what=plain))
            change.setAccessibleName(tr("Change: {what}").format(what=plain))
            explain.clicked.connect(lambda: forms.ask_explained(stored))
            change.clicked.connect(lambda: forms.ask_condition(stored))
            found += [explain, change]
        if more:
            shown = self._open == stored.rid
            history = kit.button(tr("Hide the history") if shown else tr("History"), kind="quiet")
            history.setAccessibleName(tr("History: {what}").format(what=plain))
            history.clicked.connect(lambda: self._toggle(page, stored.rid))
            found.append(history)
        return found

    def _toggle(self, page: Page, rid: str) -> None:
        self._open = "" if self._open == rid else rid
        page.refresh()

    def _lines(self, condition: Condition, history: tuple[ConditionVersion, ...]) -> list[tuple[str, str]]:
        """What stands below the plain words, as (words, tone): the end of the card, the paper, the explaining."""
        found = [
            (tr("{caption}: {words}").format(caption=caption, words=isolate(words)), "")
            for caption, words in (
                (tr("What I can ask for"), condition.can_ask),
                (tr("Who to ask"), condition.ask_whom),
                (tr("What happens if I need to change it"), condition.to_change),
                (tr("Question that was raised"), condition.question_raised),
            )
            if words
        ]
        when = tr("From {start}").format(start=short(condition.start))
        if condition.end is not None:
            when = tr("From {start} to {end}").format(start=short(condition.start), end=short(condition.end))
        official = tr("Officially: {words}").format(words=isolate(condition.text_official))
        found += [(official, "muted"), (f"{when} · {isolate(condition.source)}", "muted")]
        newest = next((each for each in history if each.condition == condition), None)
        return [*found, (self._explained(condition, "" if newest is None else newest.by), "hint")]

    def _explained(self, condition: Condition, by: str) -> str:
        if condition.explained_on is None or condition.understood is None:
            return tr("Not explained yet") if condition.version == 1 else tr("Changed, and not explained again yet")
        said = tr("Explained {day} in {language} by {who}; understood: {answer}").format(
            day=short(condition.explained_on),
            language=isolate(self._conditions.language(condition.explained_in)),
            who=isolate(self._staff(by)),
            answer=understood_words(condition.understood),
        )
        if condition.ask_again is not None:
            said += " · " + tr("Ask again from {day}").format(day=short(condition.ask_again))
        return said

    def _past(self, stored: StoredCondition, history: tuple[ConditionVersion, ...]) -> list[str]:
        """Every earlier state, the newest first, where somebody asked to see them."""
        if self._open != stored.rid:
            return []
        found = []
        for each in history[1:]:
            words = isolate(each.condition.text_plain)
            if each.condition.is_explained:
                words = self._explained(each.condition, each.by)
            found.append(
                tr("{day}, {who}: {words}").format(
                    day=short(each.at.astimezone().date()), who=isolate(self._staff(each.by)), words=words
                )
            )
        return found
