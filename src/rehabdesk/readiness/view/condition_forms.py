"""The two forms of a condition: its wording with the end of the card, and that it was explained to the person."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QWidget

from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate
from rehabdesk.readiness.condition_model import Condition, ConditionCategory, Understood
from rehabdesk.readiness.condition_service import Conditions
from rehabdesk.readiness.stored_model import StoredCondition
from rehabdesk.readiness.words_model import understood_words
from rehabdesk.ui.field import Field
from rehabdesk.ui.fields import DateField
from rehabdesk.ui.kit import Kit
from rehabdesk.ui.page import Page

CONDITION, EXPLAINED = "condition", "explained"
"""What the names of the forms begin with."""


class ConditionSheet:
    """The controls of one condition. `fields` by the names of `Condition`."""

    def __init__(self, kit: Kit, categories: Sequence[ConditionCategory], stored: StoredCondition | None) -> None:
        old = self._old = None if stored is None else stored.condition
        self._cards = {each.code: tr(each.card) for each in categories}
        self.category = kit.combo(
            [(each.code, tr(each.text)) for each in categories],
            chosen=old.category if old else None,
            empty=tr("Choose"),
        )
        self._official = kit.text_area(old.text_official if old else "", lines=2, limit=1_000)
        self._plain = kit.text_area(old.text_plain if old else "", lines=2, limit=1_000)
        self._source = kit.line(old.source if old else "", limit=1_000)
        self._start = kit.date_field(old.start if old else kit.today(), coming=True)
        self._end = kit.date_field(old.end if old else None, coming=True)
        self._can_ask = kit.line(old.can_ask if old else "", limit=300)
        self._whom = kit.line(old.ask_whom if old else "", limit=300)
        self._to_change = kit.line(old.to_change if old else "", limit=300)
        self.category.changed.connect(self._follow)
        captions: tuple[tuple[str, str, QWidget, bool], ...] = (
            ("category", tr("Category"), self.category, True),
            ("text_official", tr("Official text"), self._official, True),
            ("text_plain", tr("In plain words"), self._plain, True),
            ("source", tr("Where it comes from"), self._source, True),
            ("start", tr("From"), self._start, True),
            ("end", tr("Until, if there is an end"), self._end, False),
            ("can_ask", tr("What I can ask for"), self._can_ask, False),
            ("ask_whom", tr("Who to ask"), self._whom, False),
            ("to_change", tr("What happens if I need to change it"), self._to_change, False),
        )
        self.fields = {key: kit.field(words, each, required=needed) for key, words, each, needed in captions}
        for key, field in self.fields.items():
            field.setObjectName(key)

    def condition(self) -> Condition:
        """What is typed. UserError names the field."""
        code = self.category.code()
        if code is None:
            raise UserError(tr("Choose a category of conditions from the list."), field="category")
        return Condition(
            category=code,
            text_official=self._official.words().strip(),
            text_plain=self._plain.words().strip(),
            source=self._source.text().strip(),
            start=_required(self._start, "start"),
            end=_required(self._end, "end") if self._end.line.text().strip() else None,
            question_raised=self._old.question_raised if self._old else "",
            can_ask=self._can_ask.text().strip(),
            ask_whom=self._whom.text().strip(),
            to_change=self._to_change.text().strip(),
        )

    def _follow(self, code: str) -> None:
        """The words of the card stand there until somebody typed own ones."""
        if not self._plain.words().strip() or self._plain.words() in self._cards.values():
            self._plain.set_words(self._cards.get(code, ""))


class ConditionForms:
    """They take the place of the page's body. `name`: of the person."""

    def __init__(self, page: Page, conditions: Conditions, person_id: str, *, name: str) -> None:
        self._page, self._conditions, self._person, self._name = page, conditions, person_id, name

    def ask_condition(self, stored: StoredCondition | None = None) -> None:
        """A new condition, or another wording of one: that is explained again."""
        kit, sheet = self._page.kit, ConditionSheet(self._page.kit, self._conditions.categories, stored)
        fields = sheet.fields

        def save() -> None:
            self._write(stored, sheet.condition())

        ends = kit.label(tr("How the card ends, in the words of the person"), "strong", wrap=True)
        days = kit.box(kit.row((fields["start"], 1), (fields["end"], 1), gap=3))
        asks = kit.box(kit.row((fields["can_ask"], 1), (fields["ask_whom"], 1), gap=3))
        shown = [fields[key] for key in ("category", "text_official", "text_plain", "source")]
        title = tr("New condition") if stored is None else tr("Change the condition")
        name = CONDITION if stored is None else f"{CONDITION} {stored.rid}"
        self._page.show_form(
            title,
            [*shown, days, ends, asks, fields["to_change"]],
            tr("Save"),
            save,
            first=sheet.category,
            name=name,
        )

    def _write(self, stored: StoredCondition | None, condition: Condition) -> None:
        if stored is None:
            self._conditions.add(self._person, condition)
            self._page.said.emit(tr("Condition recorded. Explain it in plain words."))
            return
        changed = self._conditions.change(stored.rid, condition)
        again = changed.condition.version > stored.condition.version
        self._page.said.emit(tr("Changed. Explain it again.") if again else tr("Saved."))

    def ask_explained(self, stored: StoredCondition) -> None:
        """Day, language, understood or not, and what the person asked. Can be recorded as often as it is asked."""
        kit, name, old = self._page.kit, isolate(self._name), stored.condition
        languages = self._conditions.languages(self._person)
        day = kit.date_field(kit.today())
        spoken = kit.combo(languages, chosen=old.explained_in or None)
        answer = kit.choice([(each.value, understood_words(each)) for each in Understood])
        again = kit.date_field(coming=True)
        question = kit.line(old.question_raised, limit=600)
        fields: dict[str, Field] = {
            "explained_on": kit.field(tr("Explained on"), day, required=True),
            "explained_in": kit.field(tr("In which language"), spoken, required=True),
            "understood": kit.field(tr("Did {name} understand?").format(name=name), answer, required=True),
            "ask_again": kit.field(
                tr("Ask again on"), again, hint=tr("Ask for the meaning in own words, not for a yes.")
            ),
            "question_raised": kit.field(tr("Question that {name} raised").format(name=name), question),
        }
        for key, field in fields.items():
            field.setObjectName(key)

        def save() -> None:
            code = answer.code()
            if code is None:
                raise UserError(tr("Say whether it was understood."), field="understood")
            self._conditions.explain(
                stored.rid,
                on=_required(day, "explained_on"),
                language=spoken.code() or "",
                understood=Understood(code),
                question=question.text().strip(),
                ask_again=_required(again, "ask_again") if again.line.text().strip() else None,
            )

        title, form = tr("Explained to {name}").format(name=name), f"{EXPLAINED} {stored.rid}"
        said = kit.label(old.text_plain, wrap=True)
        self._page.show_form(title, [said, *fields.values()], tr("Save"), save, first=day.line, name=form)

    def reopen(self, form: str) -> bool:
        """Opens the form of that name again; whether it is one of these."""
        what, _, rid = form.partition(" ")
        found = next((each for each in self._conditions.of_person(self._person) if each.rid == rid), None)
        if what == CONDITION and (found is not None or not rid):
            self.ask_condition(found)
        elif what == EXPLAINED and found is not None:
            self.ask_explained(found)
        return what in (CONDITION, EXPLAINED)


def _required(field: DateField, name: str) -> date:
    try:
        return field.required()
    except UserError as problem:
        raise UserError(problem.sentence, field=name) from None
