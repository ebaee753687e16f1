"""What a list would bring in, line by line: what is wrong, who is new, who is there already, who is like somebody."""

from collections.abc import Collection

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from rehabdesk.core.i18n import ntr, tr
from rehabdesk.core.text import isolate, join_words
from rehabdesk.people.import_rows_model import Incoming, Plan
from rehabdesk.people.import_service import comes_in
from rehabdesk.people.words_model import stage_words
from rehabdesk.ui.dates import short
from rehabdesk.ui.kit import Kit
from rehabdesk.ui.table import Column

MOST_SAID = 12
"""Wrong lines that are told at once: the rest comes when these are mended."""


class ImportPreview(QWidget):
    """`likes`: lines that come in although they are like somebody."""

    turned = Signal(int)
    """A line that is like somebody is to come in after all, or to be left out again."""

    def __init__(self, kit: Kit, plan: Plan, likes: Collection[int]) -> None:
        super().__init__()
        self._kit, self._likes = kit, likes
        self._like_words = kit.label("", "small", tone="muted", wrap=True)
        self.table = kit.table(
            [
                Column(tr("Line"), lambda one: str(one.line), least=60),
                Column(tr("Name"), lambda one: one.details.names[0].full, share=3),
                Column(tr("Case"), lambda one: one.details.case_ref, least=100),
                Column(tr("Born"), _born, least=80),
                Column(tr("Stage"), lambda one: stage_words(one.legal.stage), share=2),
                Column(tr("Release"), _release, least=140),
                Column(tr("What happens"), lambda _one: "", tag=self._tag, share=2),
            ],
            tr("Lines of the list"),
        )
        self.table.opened.connect(self._turn_over)
        self.table.show_records(plan.people)
        self.table.setMinimumHeight(kit.theme.px(250))
        self.table.chosen.connect(self._tell_like)
        hint = tr("Enter on a line that is like somebody brings it in as a new person, or leaves it out again.")
        some_like = any(one.like and not one.in_register for one in plan.people)
        parts = [self._wrong(plan) if plan.wrong else None, self._counts(plan)]
        if plan.people:
            parts += [self.table, self._like_words]
            parts += [kit.label(hint, "small", tone="muted", wrap=True)] if some_like else []
        kit.fill(QVBoxLayout(self), parts, gap=2)
        if plan.people:
            self._tell_like(plan.people[0])

    def _wrong(self, plan: Plan) -> QWidget:
        kit = self._kit
        said = [kit.label(one.sentence, wrap=True) for one in plan.wrong[:MOST_SAID]]
        if len(plan.wrong) > MOST_SAID:
            more = ntr("And {count} more.", "And {count} more.", len(plan.wrong) - MOST_SAID)
            said.append(kit.label(more, "small", tone="muted"))
        hint = tr("Mend these lines in the file, or change below how it is read. Until then nothing comes in.")
        said.append(kit.label(hint, "small", tone="muted", wrap=True))
        card = kit.card(tr("There is a problem"), *said, kind="error")
        card.setObjectName("wrong-lines")
        return card

    def _counts(self, plan: Plan) -> QWidget:
        coming = sum(comes_in(one, self._likes) for one in plan.people)
        known = sum(one.in_register for one in plan.people)
        like = sum(bool(one.like) and not one.in_register and one.line not in self._likes for one in plan.people)
        words = [ntr("{count} person comes in", "{count} people come in", coming)]
        if known:
            words.append(ntr("{count} is in the register already", "{count} are in the register already", known))
        if like:
            words.append(ntr("{count} like somebody, left out", "{count} like somebody, left out", like))
        label = self._kit.label(" · ".join(words), "h3", wrap=True)
        label.setObjectName("import-counts")
        return label

    def _tag(self, one: Incoming) -> tuple[str, str]:
        if one.in_register:
            return tr("In the register"), "grey"
        if not one.like:
            return tr("Comes in"), "green"
        return (tr("Comes in as new"), "green") if one.line in self._likes else (tr("Left out: like somebody"), "amber")

    def _tell_like(self, one: Incoming) -> None:
        words = ""
        if one.like:
            words = tr("Line {line} has a similar name and the same birth year as {others}.").format(
                line=one.line, others=join_words(isolate(each) for each in one.like)
            )
        self._like_words.setText(words)
        self._like_words.setVisible(bool(words))

    def _turn_over(self, one: Incoming) -> None:
        """Who is in the register by case number cannot come in again."""
        if one.like and not one.in_register:
            self.turned.emit(one.line)


def _born(one: Incoming) -> str:
    return "" if one.details.birth_date is None else str(one.details.birth_date.year)


def _release(one: Incoming) -> str:
    day = one.legal.dates.planned_release
    return "" if day is None else short(day)
