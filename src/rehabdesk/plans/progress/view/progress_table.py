"""The history of words on one domain: a small table, newest first, both voices side by side in equal size.

No line joins the words; nothing here counts, orders or colours them (G1, interface.md 13).
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate, quoted
from rehabdesk.plans.progress.progress_model import Beside, Voice
from rehabdesk.plans.progress.progress_stored_model import SideBySide, StoredProgress, StoredRemark
from rehabdesk.plans.words_model import confidence_words, not_rated_words, word_words
from rehabdesk.ui.dates import short
from rehabdesk.ui.kit import Kit

TOP = Qt.AlignmentFlag.AlignTop


class WordsTable(QWidget):
    """`whole`: with everything that was recorded beside each word, else words, basis and disagreement alone.

    `remarks` gives what was said beside a word since; `sources` the words for the notes and steps it rests on.
    """

    def __init__(
        self,
        kit: Kit,
        lines: Sequence[SideBySide],
        *,
        name: str,
        whole: bool = False,
        remarks: Callable[[str], Sequence[StoredRemark]] = lambda _rid: (),
        sources: Callable[[StoredProgress], Sequence[str]] = lambda _stored: (),
        acts: Callable[[StoredProgress], QWidget | None] = lambda _stored: None,
    ) -> None:
        super().__init__()
        self.kit, self._name, self._whole = kit, isolate(name), whole
        self._remarks, self._sources, self._acts = remarks, sources, acts
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(kit.theme.space(3))
        grid.setVerticalSpacing(kit.theme.space(2))
        for column, share in enumerate((2, 3, 3)):
            grid.setColumnStretch(column, share)
        for column, words in enumerate((tr("Until"), tr("Staff"), self._name)):
            grid.addWidget(kit.label(words, "small", tone="muted"), 0, column)
        for row, line in enumerate(lines, 1):
            grid.addWidget(self._day(line), row, 0, TOP)
            grid.addWidget(self._cell(line.staff), row, 1, TOP)
            grid.addWidget(self._cell(line.own), row, 2, TOP)
        kit.fill(QVBoxLayout(self), (grid,), gap=0)

    def _day(self, line: SideBySide) -> QLabel:
        """The day up to which it was said, and that it is not current any more (G4)."""
        day, current = short(line.day), any(one.progress.is_current(self.kit.today()) for one in line.said)
        return self.kit.label(day if current else tr("{day}, not current").format(day=day), "small", wrap=True)

    def _cell(self, stored: StoredProgress | None) -> QWidget:
        kit = self.kit
        if stored is None:
            return kit.label("–", "small")
        one = stored.progress
        parts: list[QWidget | None] = [kit.label(said(stored), "strong", wrap=True)]
        if one.basis:
            basis = one.basis if one.voice is Voice.STAFF else quoted(one.basis)
            parts.append(kit.label(isolate(basis), "small", wrap=True))
        if self._whole:
            parts += self._more(stored)
        if one.contested:
            what = one.disagreement or tr("Does not agree, and says no more.")
            parts.append(self._said_by(tr("{name} does not agree:").format(name=self._name), quoted(what)))
        if one.response:
            parts.append(self._said_by(tr("Staff answer:"), isolate(one.response)))
        for each in self._remarks(stored.rid):
            person = each.remark.kind is Beside.PERSON_STATEMENT
            who = tr("{name} adds:").format(name=self._name) if person else tr("Staff answer:")
            parts.append(self._said_by(who, quoted(each.remark.words) if person else isolate(each.remark.words)))
        if self._whole:
            parts.append(self._acts(stored))
        return kit.box(kit.column(*parts, gap=1))

    def _said_by(self, who: str, words: str) -> QWidget:
        """Both voices in the same size (G8)."""
        kit = self.kit
        return kit.box(
            kit.column(kit.label(who, "small", tone="muted", wrap=True), kit.label(words, "small", wrap=True), gap=0)
        )

    def _more(self, stored: StoredProgress) -> list[QWidget | None]:
        """Where it was seen, on what it rests, how sure, over which days."""
        kit, one = self.kit, stored.progress
        facts = [
            tr("From {day} until {last}").format(day=short(one.period_from), last=short(one.period_to)),
            tr("Seen: {where}").format(where=isolate(one.setting)) if one.setting else "",
            tr("What made it harder: {what}").format(what=isolate(one.harder)) if one.harder else "",
        ]
        if one.voice is Voice.STAFF and one.not_rated_because is None:
            facts.append(tr("How sure: {words}").format(words=confidence_words(one.confidence)))
        rests = [isolate(words) for words in self._sources(stored)]
        if rests:
            facts.append(tr("Rests on: {what}").format(what=" · ".join(rests)))
        if one.shared_with_person_on is not None:
            facts.append(tr("Shared on {day}").format(day=short(one.shared_with_person_on)))
        return [kit.label(fact, "small", tone="muted", wrap=True) for fact in facts if fact]


def said(stored: StoredProgress) -> str:
    """The word, or why there is none."""
    one = stored.progress
    if one.declined:
        return tr("Declined")
    if one.not_rated_because is not None:
        return tr("{word} ({reason})").format(word=word_words(one.word), reason=not_rated_words(one.not_rated_because))
    return word_words(one.word)
