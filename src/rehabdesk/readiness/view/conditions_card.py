"""The conditions of a release: official and plain words, and whether they were explained and understood."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate
from rehabdesk.readiness.condition_model import Condition, ConditionCategory, Understood
from rehabdesk.readiness.service import Releases
from rehabdesk.readiness.stored_model import StoredCondition
from rehabdesk.readiness.words_model import understood_words
from rehabdesk.ui.dates import short
from rehabdesk.ui.kit import Kit
from rehabdesk.ui.page import Page

CONDITION, EXPLAINED = "condition", "explained"


class ConditionsCard:
    """`may_keep`: this role records and explains conditions."""

    def __init__(
        self,
        kit: Kit,
        releases: Releases,
        categories: Sequence[ConditionCategory],
        person_id: str,
        *,
        name: str,
        may_keep: bool,
    ) -> None:
        self._kit, self._releases, self._categories = kit, releases, categories
        self._person, self._name, self._may_keep = person_id, name, may_keep

    def build(self, page: Page) -> QWidget:
        """The card as it stands now; its forms take the place of the page's body."""
        kit = self._kit
        add = None
        if self._may_keep:
            add = kit.button(tr("Add a condition"), kind="quiet", icon="plus")
            add.clicked.connect(lambda: self._ask_condition(page))
        rows: list[QWidget] = []
        for stored in self._releases.conditions(self._person):
            rows += [self._row(page, stored), kit.rule()]
        if not rows:
            rows = [kit.empty(tr("No conditions recorded.")), kit.rule()]
        return kit.card(tr("Conditions"), *rows[:-1], action=add)

    def _row(self, page: Page, stored: StoredCondition) -> QWidget:
        kit, condition = self._kit, stored.condition
        category = next((each.text for each in self._categories if each.code == condition.category), "")
        said = tr("Not explained yet")
        if condition.explained_on is not None and condition.understood is not None:
            said = tr("Explained {day} in {language}; understood: {answer}").format(
                day=short(condition.explained_on),
                language=condition.explained_in,
                answer=understood_words(condition.understood),
            )
        explain = None
        if self._may_keep:
            explain = kit.button(tr("Explained"), kind="quiet")
            explain.setAccessibleName(tr("Explained: {what}").format(what=condition.text_plain))
            explain.clicked.connect(lambda: self._ask_explained(page, stored))
        words = kit.column(
            kit.label(tr(category), "small", tone="muted"),
            kit.label(condition.text_plain, wrap=True),
            kit.label(said, "small", tone="hint", wrap=True),
            gap=0,
        )
        return kit.box(kit.row((kit.box(words), 1), explain, gap=3))

    def _ask_condition(self, page: Page) -> None:
        kit = self._kit
        category = kit.combo([(each.code, tr(each.text)) for each in self._categories], empty=tr("Choose"))
        official, plain, source = kit.text_area(lines=2, limit=1_000), kit.text_area(lines=2, limit=1_000), kit.line()
        start = kit.date_field(kit.today())
        category.changed.connect(lambda code: plain.set_words(self._card_text(code)) if not plain.words() else None)
        fields = {
            "category": kit.field(tr("Category"), category, required=True),
            "text_official": kit.field(tr("Official text"), official, required=True),
            "text_plain": kit.field(tr("In plain words"), plain, required=True),
            "source": kit.field(tr("Where it comes from"), source, required=True),
            "start": kit.field(tr("From"), start, required=True),
        }
        for name, field in fields.items():
            field.setObjectName(name)

        def save() -> None:
            if category.code() is None:
                raise UserError(tr("Choose a category of conditions from the list."), field="category")
            condition = Condition(
                category=category.code() or "",
                text_official=official.words().strip(),
                text_plain=plain.words().strip(),
                source=source.text().strip(),
                start=start.required(),
            )
            self._releases.add_condition(self._person, condition)
            page.said.emit(tr("Condition recorded. Explain it in plain words."))

        page.show_form(tr("New condition"), list(fields.values()), tr("Save"), save, first=category, name=CONDITION)

    def _ask_explained(self, page: Page, stored: StoredCondition) -> None:
        kit = self._kit
        day, spoken = kit.date_field(kit.today()), kit.line()
        answer = kit.choice([(each.value, understood_words(each)) for each in Understood])
        question = kit.line(limit=600)
        name = isolate(self._name)
        fields = [
            kit.field(tr("Explained on"), day, required=True),
            kit.field(tr("In which language"), spoken, hint=tr("Language code, for example fr"), required=True),
            kit.field(tr("Did {name} understand?").format(name=name), answer, required=True),
            kit.field(tr("Question that {name} raised").format(name=name), question),
        ]

        def save() -> None:
            code = answer.code()
            if code is None:
                raise UserError(tr("Say whether it was understood."))
            self._releases.explain(
                stored.rid,
                on=day.required(),
                language=spoken.text().strip(),
                understood=Understood(code),
                question=question.text().strip(),
            )

        title, form = tr("Explained to {name}").format(name=name), f"{EXPLAINED} {stored.rid}"
        page.show_form(title, fields, tr("Save"), save, first=day.line, name=form)

    def reopen(self, page: Page, form: str) -> bool:
        """Opens the form of that name again; whether it is one of these."""
        what, _, rid = form.partition(" ")
        if what == CONDITION:
            self._ask_condition(page)
        elif what == EXPLAINED:
            for stored in self._releases.conditions(self._person):
                if stored.rid == rid:
                    self._ask_explained(page, stored)
        return what in (CONDITION, EXPLAINED)

    def _card_text(self, code: str) -> str:
        return next((tr(each.card) for each in self._categories if each.code == code), "")
