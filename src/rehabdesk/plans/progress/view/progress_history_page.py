"""Every word on one domain of one person, newest first, with all that was recorded beside it. Words are only added."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate
from rehabdesk.plans.progress.progress_model import Beside, Domain, Voice, purpose_statement
from rehabdesk.plans.progress.progress_service import MAY_GIVE_WORD, MAY_WRITE_SELF, ProgressWords
from rehabdesk.plans.progress.progress_stored_model import StoredProgress
from rehabdesk.plans.progress.view.progress_table import WordsTable
from rehabdesk.ui.kit import STRETCH, Kit
from rehabdesk.ui.page import Page, Route


class ProgressHistoryPage(Page):
    """`sources`: the words for the notes and steps that a word rests on. `may_rate`: this login gives words here."""

    def __init__(
        self,
        kit: Kit,
        words: ProgressWords,
        person_id: str,
        domain: Domain,
        *,
        name: str,
        sources: Callable[[StoredProgress], Sequence[str]],
        may_rate: bool,
    ) -> None:
        super().__init__(kit)
        self._words, self._person, self._domain, self._name = words, person_id, domain, name
        self._sources, self._may_rate = sources, may_rate
        self.refresh()

    def refresh(self) -> None:
        kit, name = self.kit, isolate(self._name)
        title = kit.column(
            kit.label(tr("Words on {domain}").format(domain=tr(self._domain.title)), "h1"),
            kit.label(name, "small", tone="muted"),
            gap=0,
        )
        self.set_head(kit.row(kit.box(title), STRETCH))
        lines = self._words.lines(self._person, self._domain.code)
        back = kit.button(tr("Back to the plan"), icon="arrow-left")
        back.clicked.connect(lambda: self.go.emit(Route(name="person", person=self._person, id="plan")))
        record = None
        if self._may_rate:
            record = kit.button(tr("Record progress"), kind="primary")
            record.clicked.connect(self.main_act)
        self._first = record or back
        if not lines:
            sentence = tr("Not rated. Choose a signed note or a step as the basis.")
            self.set_body(kit.box(kit.column(kit.empty(sentence), STRETCH)))
        else:
            table = WordsTable(
                kit,
                lines,
                name=self._name,
                whole=True,
                remarks=self._words.remarks,
                sources=self._sources,
                acts=self._acts,
            )
            purpose = kit.label(purpose_statement(), "small", tone="muted", wrap=True)
            self.set_body(kit.box(kit.column(kit.card("", table, purpose), STRETCH)))
        self.set_foot(kit.row(back, STRETCH, record))

    def main_act(self) -> None:
        if self._may_rate and not self.form_is_open():
            self.go.emit(Route(name="progress", person=self._person, id=self._domain.code))

    def _acts(self, stored: StoredProgress) -> QWidget | None:
        """What can be added beside a word: by the person to any, by staff to what the person said to theirs."""
        role, kit, buttons = self._words.role, self.kit, []
        if role in MAY_WRITE_SELF:
            says = kit.button(tr("Add what {name} says").format(name=isolate(self._name)), kind="link")
            says.clicked.connect(lambda: self._ask(stored.rid, Beside.PERSON_STATEMENT))
            buttons.append(says)
        if role in MAY_GIVE_WORD and stored.progress.voice is Voice.STAFF:
            answer = kit.button(tr("Add an answer"), kind="link")
            answer.clicked.connect(lambda: self._ask(stored.rid, Beside.RESPONSE))
            buttons.append(answer)
        return kit.flow(*buttons) if buttons else None

    def _ask(self, rid: str, kind: Beside) -> None:
        kit = self.kit
        by_person = kind is Beside.PERSON_STATEMENT
        words = kit.text_area(limit=1_000, lines=4)
        caption = tr("In {name}'s own words").format(name=isolate(self._name)) if by_person else tr("What staff answer")
        title = tr("What {name} says").format(name=isolate(self._name)) if by_person else tr("Add an answer")

        def keep() -> None:
            self._words.remark(rid, kind, words.words().strip())
            self.said.emit(tr("Added beside the word. The word itself stays as it was."))

        field = kit.field(caption, words, required=True)
        field.setObjectName("words")
        self.show_form(title, [field], tr("Add"), keep, first=words, name=f"{kind} {rid}")

    def reopen(self, form: str) -> None:
        kind, _, rid = form.partition(" ")
        self._ask(rid, Beside(kind))
