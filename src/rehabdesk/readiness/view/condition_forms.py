"""The two forms of a condition: its wording with the end of the card, and that it was explained to the person."""

from datetime import date

from PySide6.QtWidgets import QWidget

from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate
from rehabdesk.readiness.condition_model import Condition, Understood
from rehabdesk.readiness.condition_service import Conditions
from rehabdesk.readiness.stored_model import StoredCondition
from rehabdesk.readiness.words_model import understood_words
from rehabdesk.ui.field import Field
from rehabdesk.ui.fields import DateField
from rehabdesk.ui.page import Page

CONDITION, EXPLAINED = "condition", "explained"
"""What the names of the forms begin with."""


class ConditionForms:
    """They take the place of the page's body. `name`: of the person."""

    def __init__(self, page: Page, conditions: Conditions, person_id: str, *, name: str) -> None:
        self._page, self._conditions, self._person, self._name = page, conditions, person_id, name

    def ask_condition(self, stored: StoredCondition | None = None) -> None:
        """A new condition, or another wording of one: that is explained again."""
        kit, old = self._page.kit, None if stored is None else stored.condition
        categories = self._conditions.categories
        category = kit.combo(
            [(each.code, tr(each.text)) for each in categories],
            chosen=old.category if old else None,
            empty=tr("Choose"),
        )
        official = kit.text_area(old.text_official if old else "", lines=2, limit=1_000)
        plain = kit.text_area(old.text_plain if old else "", lines=2, limit=1_000)
        source = kit.line(old.source if old else "", limit=1_000)
        start = kit.date_field(old.start if old else kit.today(), coming=True)
        end = kit.date_field(old.end if old else None, coming=True)
        can_ask, whom, to_change = (
            kit.line(words, limit=300)
            for words in ((old.can_ask, old.ask_whom, old.to_change) if old else ("", "", ""))
        )
        cards = {each.code: tr(each.card) for each in categories}

        def follow(code: str) -> None:
            """The words of the card stand there until somebody typed own ones."""
            if not plain.words().strip() or plain.words() in cards.values():
                plain.set_words(cards.get(code, ""))

        category.changed.connect(follow)
        captions: list[tuple[str, str, QWidget, bool]] = [
            ("category", tr("Category"), category, True),
            ("text_official", tr("Official text"), official, True),
            ("text_plain", tr("In plain words"), plain, True),
            ("source", tr("Where it comes from"), source, True),
            ("start", tr("From"), start, True),
            ("end", tr("Until, if there is an end"), end, False),
            ("can_ask", tr("What I can ask for"), can_ask, False),
            ("ask_whom", tr("Who to ask"), whom, False),
            ("to_change", tr("What happens if I need to change it"), to_change, False),
        ]
        fields = {key: kit.field(words, each, required=needed) for key, words, each, needed in captions}
        for key, field in fields.items():
            field.setObjectName(key)

        def save() -> None:
            if category.code() is None:
                raise UserError(tr("Choose a category of conditions from the list."), field="category")
            condition = Condition(
                category=category.code() or "",
                text_official=official.words().strip(),
                text_plain=plain.words().strip(),
                source=source.text().strip(),
                start=_required(start, "start"),
                end=_required(end, "end") if end.line.text().strip() else None,
                question_raised=old.question_raised if old else "",
                can_ask=can_ask.text().strip(),
                ask_whom=whom.text().strip(),
                to_change=to_change.text().strip(),
            )
            self._write(stored, condition)

        ends = kit.label(tr("How the card ends, in the words of the person"), "strong", wrap=True)
        days = kit.box(kit.row((fields["start"], 1), (fields["end"], 1), gap=3))
        asks = kit.box(kit.row((fields["can_ask"], 1), (fields["ask_whom"], 1), gap=3))
        shown = [fields[key] for key in ("category", "text_official", "text_plain", "source")]
        title = tr("New condition") if stored is None else tr("Change the condition")
        name = CONDITION if stored is None else f"{CONDITION} {stored.rid}"
        self._page.show_form(
            title, [*shown, days, ends, asks, fields["to_change"]], tr("Save"), save, first=category, name=name
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
