"""A packet that came: how it is judged now, whom it is about, and its content to be accepted thing by thing."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QPushButton, QWidget

from rehabdesk.core.errors import RehabDeskError, UserError
from rehabdesk.core.i18n import ntr, tr, tr_as
from rehabdesk.core.text import isolate
from rehabdesk.handover.checking.examination_service import Checked
from rehabdesk.handover.checking.verdict_model import MAY_BE_OPENED
from rehabdesk.handover.checking.view.check_result import Acts, CheckResult
from rehabdesk.handover.checking.view.viewer_strip import PagesOut, ask_pages
from rehabdesk.handover.inbox.inbox_model import IMPORTABLE, Handled, require_acceptable
from rehabdesk.handover.inbox.inbox_service import Inbox
from rehabdesk.handover.inbox.staging_model import FOR_PLAN
from rehabdesk.handover.inbox.staging_service import Staged, Staging
from rehabdesk.handover.inbox.view.inbox_cards import VerdictCard, head_of, not_understood, spoken_language
from rehabdesk.handover.inbox.view.inbox_forms import ask_here_again, ask_new, ask_take_back
from rehabdesk.handover.inbox.view.inbox_person_card import PersonCard
from rehabdesk.handover.inbox.view.inbox_sections import More, SectionsView
from rehabdesk.ui.kit import STRETCH, Kit
from rehabdesk.ui.page import Page, Route


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxContext:
    """What the page needs of other features. `plan_draft` takes accepted goals into a draft and says where it is."""

    name_of: Callable[[str], str]
    is_read_only: Callable[[str], bool]
    plan_draft: Callable[[Staged], Route]
    out: PagesOut


class InboxPacketPage(Page):
    """The pages of the packet are never drawn here: what is read is the signed data."""

    def __init__(self, kit: Kit, inbox: Inbox, staging: Staging, received: str, context: InboxContext) -> None:
        super().__init__(kit)
        self._inbox, self._staging, self._context = inbox, staging, context
        self._row = inbox.row(received)
        self._checked: Checked | None = None
        self._staged: Staged | None = None
        self._view: SectionsView | None = None
        self._section = "S1"
        self.set_head(head_of(self.kit, self._row))
        self._check()

    def leave(self) -> None:
        super().leave()
        self._let_go()

    def main_act(self) -> None:
        """Ctrl+Enter: all of the section in sight."""
        if self._staged is not None and self._view is not None and self._may_act():
            waiting = self._staged.open_items(self._view.section)
            if waiting:
                self._accept(waiting)

    # checking again

    def _check(self) -> None:
        """Each opening judges the kept bytes by what is known now; who signed is judged by the first time."""
        kit, row = self.kit, self._row
        looking, pdf = self._inbox.looking_again(), self._inbox.pdf(row)
        self.saving.emit("saving", tr("Checking…"))
        back = self._button(tr("Back to the inbox"), self._back, icon="arrow-left")
        self._first = back
        self.set_body(kit.box(kit.column(kit.label(tr("Checking…"), "h2"), STRETCH)))
        self.set_foot(kit.row(back, STRETCH))
        kit.jobs.run(self, lambda: looking.look(pdf, row.packet.number).checked, self._judged, self._failed)

    def _failed(self, error: BaseException) -> None:
        self.saving.emit("saved", tr("All work saved"))
        if not isinstance(error, RehabDeskError):
            raise error
        self.complain(error.sentence)

    def _judged(self, checked: Checked) -> None:
        self.saving.emit("saved", tr("All work saved"))
        self._checked = checked
        self._row = self._inbox.judged_again(self._row, checked)
        if checked.verdict.state in MAY_BE_OPENED:
            self._row = self._inbox.was_read(self._row)
            self._staged = self._staging.staged(self._row.id)
        self.refresh()
        if self._first is not None:
            self._first.setFocus()

    # what is shown

    def refresh(self) -> None:
        if self._checked is None:
            return
        kit = self.kit
        self._row = self._inbox.row(self._row.id)
        self._let_go()
        self.set_head(head_of(self.kit, self._row))
        parts: list[QWidget] = [self._result(self._checked)]
        if self._staged is not None:
            self._staged = self._staging.staged(self._row.id)
            parts += self._content(self._staged)
        self.set_body(kit.box(kit.column(*parts, STRETCH, gap=3)))
        self._show_foot_acts()

    def _result(self, checked: Checked) -> QWidget:
        """In brief where there is something to read below it; else as on the page of the check."""
        acts: list[QPushButton] = []
        if self._row.by:
            acts.append(self._button(tr("Open the newer one"), self._open_newer))
        if self._staged is not None:
            answer = Route(name="packet_feedback", id=self._row.id)
            acts.append(self._button(tr("Write feedback or a receipt"), lambda: self.go.emit(answer)))
        if checked.pdf is not None and checked.verdict.state in MAY_BE_OPENED:
            acts.append(self._button(tr("Open the PDF in the system's viewer"), self._ask_pages))
        if self._staged is not None:
            return VerdictCard(self.kit, checked, self._row, acts)
        back = self._button(tr("Back to the inbox"), self._back)
        return CheckResult(self.kit, checked, spoken_language(), Acts(main=back, others=tuple(acts)), vouched=False)

    def _content(self, staged: Staged) -> list[QWidget]:
        found = [self._person(staged)] if self._row.state in IMPORTABLE or self._row.person else []
        if (words := not_understood(self.kit, self._checked)) is not None:
            found.append(words)
        self._view = SectionsView(
            self.kit, staged, may_act=self._may_act() and bool(self._row.person), more=self._more()
        )
        self._view.show_section(self._section)
        self._view.accepted.connect(self._accept)
        self._view.left.connect(self._leave)
        self._view.taken_back.connect(self._ask_take_back)
        if self._row.person or not self._may_act():
            self._first = self._view.first_focus()
        return [*found, self._view]

    def _person(self, staged: Staged) -> QWidget:
        """Whom it is about; before that is said nothing can be accepted."""
        kit, person = self.kit, self._row.person
        if not person:
            if not self._may_act():
                return kit.card("", kit.label(tr("Nobody has said yet whom it is about."), wrap=True), kind="quiet")
            card = PersonCard(kit, self._staging.alike(staged), self._staging.find)
            card.chosen.connect(self._match)
            card.new_person.connect(self._ask_new)
            self._first = card.first_focus()
            return card
        name = self._context.name_of(person)
        route = Route(name="person", person=person, id="timeline")
        open_ = self._button(tr("Open {name}").format(name=isolate(name)), lambda: self.go.emit(route))
        acts = [open_]
        if self._may_act() and self._context.is_read_only(person):
            acts.append(self._button(tr("Record the arrival here"), self._ask_back))
        if self._may_act() and not any(staged.stands(item) for item in staged.answers):
            acts.append(self._button(tr("Somebody else"), self._choose_again))
        words = tr("What you accept goes into the record of {name}, marked as an outside source.")
        return kit.card(
            "", kit.label(words.format(name=isolate(name)), wrap=True), kit.flow(*acts), kind="quiet", gap=2
        )

    def _more(self) -> list[More]:
        """What a section leads to besides; nothing of it happens by itself."""
        staged, person = self._staged, self._row.person
        if staged is None or not person or not self._may_act():
            return []
        found = []
        if any(staged.stands(item) for item in staged.answers if item.startswith(FOR_PLAN)):
            found.append(More(section="S5", words=tr("Put what is accepted into a plan draft"), do=self._draft_plan))
        if any(part.items for part in staged.parts if part.code == "S8"):
            route = Route(name="alert_new", person=person)
            found.append(More(section="S8", words=tr("Write a safety alert"), do=lambda: self.go.emit(route)))
        return found

    def _show_foot_acts(self) -> None:
        kit, row = self.kit, self._row
        back = self._button(tr("Back to the inbox"), self._back, icon="arrow-left")
        self._first = self._first or back
        aside = None
        if self._inbox.may_take and row.handled in (Handled.NEW, Handled.READ):
            aside = self._button(tr_as("Set aside", "to do"), self._set_aside)
        elif self._inbox.may_take and row.handled is Handled.SET_ASIDE:
            aside = self._button(tr("Take up again"), self._take_up)
        self.set_foot(kit.row(back, STRETCH, aside))

    def _may_act(self) -> bool:
        if not self._inbox.may_take:
            return False
        try:
            require_acceptable(self._row, self._inbox.now())
        except UserError:
            return False
        return True

    # deeds

    def _did(self, sentence: str) -> None:
        self.refresh()
        self.said.emit(sentence)
        if self._first is not None:
            self._first.setFocus()

    def _do(self, act: Callable[[], object], sentence: str) -> None:
        """A deed of the page; what it refuses is said on top."""
        try:
            act()
        except RehabDeskError as problem:
            self.complain(problem.sentence)
            return
        self.problems([])
        self._did(sentence)

    def _accept(self, items: tuple[str, ...]) -> None:
        if (staged := self._staged) is not None:
            words = ntr("Accepted: {count} part.", "Accepted: {count} parts.", len(items))
            self._do(lambda: self._staging.accept(staged, items), words)

    def _leave(self, items: tuple[str, ...]) -> None:
        if (staged := self._staged) is not None:
            self._do(lambda: self._staging.leave(staged, items), tr("Left. It can be accepted later."))

    def _match(self, person: str) -> None:
        if (staged := self._staged) is not None:
            name = isolate(self._context.name_of(person))
            self._do(lambda: self._staging.match(staged, person), tr("It is about {name}.").format(name=name))

    def _choose_again(self) -> None:
        if (staged := self._staged) is not None:
            self._do(lambda: self._staging.match_nobody(staged), tr("Say whom it is about."))

    def _ask_new(self) -> None:
        if (staged := self._staged) is not None:
            self._let_go()
            ask_new(self, self._staging, staged)

    def _ask_back(self) -> None:
        if (staged := self._staged) is not None:
            self._let_go()
            ask_here_again(self, self._staging, staged)

    def _ask_take_back(self, item: str) -> None:
        found = None if self._staged is None else self._staged.answers.get(item)
        if found is not None:
            self._let_go()
            ask_take_back(self, self._staging, found.acceptance)

    def _draft_plan(self) -> None:
        if self._staged is not None:
            self.go.emit(self._context.plan_draft(self._staged))

    def _set_aside(self) -> None:
        self._do(lambda: self._inbox.set_aside(self._row), tr("Set aside. It stays in the list."))

    def _take_up(self) -> None:
        self._do(lambda: self._inbox.take_up(self._row), tr("Taken up again."))

    def _ask_pages(self) -> None:
        ask_pages(self, self._context.out, f"{self._row.packet.number}.pdf", lambda: self._inbox.pdf(self._row))

    def _let_go(self) -> None:
        """The content goes from the screen: for a form, for newer answers, for good."""
        if self._view is not None:
            self._section = self._view.section
            self._view.forget()
            self._view = None

    # leading away

    def _back(self) -> None:
        self.go.emit(Route(name="inbox"))

    def _open_newer(self) -> None:
        if (newer := self._inbox.with_number(self._row.by)) is not None:
            self.go.emit(Route(name="inbox_packet", id=newer.id))

    def _button(self, words: str, do: Callable[[], object], *, icon: str = "") -> QPushButton:
        button = self.kit.button(words, icon=icon)
        button.clicked.connect(lambda _on=False: do())
        return button
