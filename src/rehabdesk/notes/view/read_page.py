"""A signed note: read, with everything that came after it in its order. What is done with it: read_deeds.py."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate
from rehabdesk.notes.attachments.view.attachments_card import attachments_card
from rehabdesk.notes.attachments.view.moved_files import left_card
from rehabdesk.notes.chaplaincy.contribution_model import (
    CONTRIBUTION_AGREED,
    CONTRIBUTION_LEADER,
    CONTRIBUTION_WORDS,
    Agreed,
)
from rehabdesk.notes.cosign_model import CosignAnswer, SignedCosign
from rehabdesk.notes.forms.form_service import Forms
from rehabdesk.notes.forms.view.answer_rows import answer_rows, pair
from rehabdesk.notes.model import Note, NotePart, SignedAddendum, Strike, StrikeReason
from rehabdesk.notes.paper.paper_model import MADE_FROM, PAPER
from rehabdesk.notes.view.read_deeds import Deeds, ReadDeeds
from rehabdesk.notes.words_model import addendum_words, agreed_words, level_words, note_tags
from rehabdesk.ui.dates import short, stamp
from rehabdesk.ui.kit import STRETCH, Kit
from rehabdesk.ui.page import Page, Route
from rehabdesk.ui.plain_kit import Card


class ReadPage(Page):
    """Opening it is logged where reading is."""

    def __init__(
        self, kit: Kit, forms: Forms, deeds: Deeds, comp: str, rid: str, *, person_name: str, case_ref: str
    ) -> None:
        super().__init__(kit)
        self._forms, self._deeds, self._comp, self._rid = forms, deeds, comp, rid
        self._name, self._case = person_name, case_ref
        self._acts = ReadDeeds(self, deeds, comp, rid, name=person_name, shown=self._show_changed)
        self._note = deeds.notes.timeline.open(comp, rid)
        self.refresh()

    def first_focus(self) -> QWidget | None:
        return self._acts.first or self._first

    def main_act(self) -> None:
        if self._acts.act is not None:
            self._acts.act()

    def undo(self) -> None:
        """Puts back the names that were replaced last in the form that is open."""
        if self._acts.names is not None:
            self._acts.names.undo()

    def refresh(self) -> None:
        """The note as it was opened, or as the last deed left it."""
        self._set_head()
        note = self._note
        held = attachments_card(self.kit, self._deeds.attachments, self._comp, self._rid, note.person_id, self.go.emit)
        left = left_card(self.kit, self._deeds.attachments.moved.left_behind(note), note.person_id, self.go.emit)
        parts = (left, self._content(note), held, *self._after(note), STRETCH)
        self.set_body(self.kit.box(self.kit.column(*parts, gap=4)))
        self._set_foot()

    def _show_changed(self, note: Note) -> None:
        self._note = note
        self.refresh()
        if self._first is not None:
            self._first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _set_head(self) -> None:
        kit, note = self.kit, self._note
        entry = self._deeds.notes.timeline.require_entry(self._comp, self._rid)
        form = self._deeds.notes.kept.form_of(note.part)
        title = self._forms.title(note.part.form) if form is None else tr(form.title)
        title = title if note.part.form else tr("Pastoral contribution")
        tags = [kit.tag(*each) for each in note_tags(entry)]
        facts = (self._name, self._case, stamp(note.part.occurred_at), self._deeds.staff(note.author))
        who = " · ".join(isolate(fact) for fact in facts if fact)
        self.set_head(
            kit.column(
                kit.row(kit.label(title, "h1"), *tags, STRETCH, gap=3),
                kit.label(who, "small", tone="muted", wrap=True),
                kit.label(self._written(note), "small", tone="muted", wrap=True),
                kit.label(level_words(self._comp), "small", tone="muted", wrap=True),
                gap=0,
            )
        )

    def _written(self, note: Note) -> str:
        """When it was signed; from what paper, and whether that is gone."""
        at = isolate(stamp(note.recorded_at))
        if note.part.answer(MADE_FROM) != PAPER:
            return tr("Signed {time}").format(time=at)
        if note.paper_destroyed is None:
            return tr("Entered from a paper form, signed {time}").format(time=at)
        gone = isolate(short(note.paper_destroyed))
        return tr("Entered from a paper form, signed {time}. Paper destroyed on {day}").format(time=at, day=gone)

    def _set_foot(self) -> None:
        kit, note = self.kit, self._note
        entry = self._deeds.notes.timeline.require_entry(self._comp, self._rid)
        back = kit.button(tr("Back"), icon="arrow-left")
        back.clicked.connect(lambda: self.go.emit(Route(name="person", person=note.person_id, id="timeline")))
        quiet, main = self._acts.buttons(note, entry.part)
        paper = kit.button(tr("Print"), kind="quiet", icon="printer")
        to = Route(name="note_paper", person=note.person_id, id=f"{self._comp}:{self._rid}")
        paper.clicked.connect(lambda: self.go.emit(to))
        quiet.append(paper)
        self._first = main[-1] if main else back
        self.set_foot(kit.row(back, (kit.flow(*quiet), 1), *main))

    # what is read

    def _content(self, note: Note) -> Card:
        kit, part = self.kit, note.part
        mine = note.author == self._deeds.mine
        rows = answer_rows(kit, self._deeds.notes.kept.form_of(part), part, is_author=mine)
        if not part.form:
            rows = self._contribution(part)
        return kit.card("", *rows, gap=3)

    def _contribution(self, part: NotePart) -> list[QWidget]:
        """The agreed wording, how it was agreed, and whom it is for besides the team."""
        kit, agreed, leader = self.kit, part.answer(CONTRIBUTION_AGREED), part.answer(CONTRIBUTION_LEADER)
        rows: list[QWidget] = [kit.label(isolate(str(part.answer(CONTRIBUTION_WORDS))), wrap=True, selectable=True)]
        if isinstance(agreed, str):
            rows.append(pair(kit, tr("Read back and agreed"), agreed_words(Agreed(agreed))))
        if leader is not None:
            rows.append(pair(kit, tr("For the faith leader"), str(leader)))
        return rows

    def _after(self, note: Note) -> list[Card]:
        """Additions, answers to somebody in training, and a strike, in the order in which they came."""
        dated = [(one.recorded_at, self._addition(one)) for one in note.additions]
        dated += [(one.recorded_at, self._cosign(one)) for one in note.cosigns]
        cards = [card for _, card in sorted(dated, key=lambda each: each[0])]
        return [*cards, self._strike(note.strike)] if note.strike is not None else cards

    def _addition(self, signed: SignedAddendum) -> Card:
        meta = " · ".join(isolate(each) for each in (self._deeds.staff(signed.author), stamp(signed.recorded_at)))
        return self._later(addendum_words(signed.addendum.type), meta, signed.addendum.body)

    def _cosign(self, signed: SignedCosign) -> Card:
        meta = " · ".join(isolate(each) for each in (self._deeds.staff(signed.author), stamp(signed.recorded_at)))
        returned = signed.cosign.answer is CosignAnswer.RETURNED
        return self._later(tr("Returned with a reason") if returned else tr("Cosigned"), meta, signed.cosign.words)

    def _strike(self, strike: Strike) -> Card:
        wrong = strike.reason is StrikeReason.WRONG_PERSON
        title = tr("Recorded on the wrong person") if wrong else tr("Entered in error")
        return self._later(title, tr("Seen by its author and by an inspector only"), strike.words)

    def _later(self, title: str, meta: str, words: str) -> Card:
        kit = self.kit
        said = kit.label(isolate(words), wrap=True, selectable=True) if words else None
        return kit.card(title, kit.label(meta, "small", tone="muted", wrap=True), said, kind="flat", gap=1)
