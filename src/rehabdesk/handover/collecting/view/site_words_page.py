"""The words that make the signer of a packet look again: the site's own, those of the program, and what changed."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from rehabdesk.core.i18n import ntr, tr
from rehabdesk.core.text import isolate
from rehabdesk.handover.collecting.site_words_model import LANGUAGES, MOST_WORDS, SiteWords
from rehabdesk.handover.collecting.site_words_service import Change, CheckWords
from rehabdesk.ui.dates import stamp
from rehabdesk.ui.kit import STRETCH, Kit
from rehabdesk.ui.page import Page
from rehabdesk.ui.paper_page import LANGUAGE_NAMES

FORM = "words"
LONGEST_LIST = MOST_WORDS * 64
"""Signs of one list as it is pasted."""


class SiteWordsPage(Page):
    """For the administrator. A list that is kept holds from the next look at a packet on."""

    def __init__(self, kit: Kit, words: CheckWords) -> None:
        super().__init__(kit)
        self._words = words
        self._act: Callable[[], None] | None = None
        self._undo: Callable[[], None] | None = None
        self._first: QWidget | None = None
        self.refresh()

    def first_focus(self) -> QWidget | None:
        return self._first

    def main_act(self) -> None:
        if self._act is not None:
            self._act()

    def undo(self) -> None:
        undo, self._undo = self._undo, None
        if undo is not None:
            undo()
            self.said.emit(tr("Taken back; the history keeps both."))
            self.refresh()

    def refresh(self) -> None:
        kit = self.kit
        said = tr(
            "Before a packet is signed, each place where such a word stands is shown, and the author ticks it or "
            "changes the text. Nothing is blocked and nothing is deleted."
        )
        title = kit.label(tr("Words to look at"), "h1")
        self.set_head(kit.column(title, kit.label(said, "small", tone="muted", wrap=True), gap=1))
        own = self._words.own
        change = self._first = kit.button(tr("Change the words"), kind="primary", icon="pencil")
        change.clicked.connect(self._ask)
        self._act = self._ask
        self.set_body(
            kit.box(kit.column(self._own(own), self._supplied(), STRETCH, gap=4)), self._history(self._words.changes())
        )
        self.set_foot(kit.row(STRETCH, change))

    def reopen(self, form: str) -> None:
        if form == FORM:
            self._ask()

    # cards

    def _own(self, own: SiteWords) -> QWidget:
        kit = self.kit
        title = tr("Words of this site")
        if not own.all:
            empty = tr("This site has added no words yet. Labels and names of groups of the region belong here.")
            return kit.card(title, kit.label(empty, wrap=True), gap=2)
        return kit.card(title, *self._by_language(own), gap=2)

    def _supplied(self) -> QWidget:
        kit = self.kit
        said = tr("They always count. Plurals and feminine forms, accents and the Arabic article make no difference.")
        return kit.card(
            tr("Words that come with the program"),
            kit.label(said, "small", tone="muted", wrap=True),
            *self._by_language(self._words.supplied),
            gap=2,
        )

    def _by_language(self, words: SiteWords) -> list[QWidget]:
        kit, found = self.kit, []
        for code, name in LANGUAGE_NAMES:
            if words.of(code):
                listed = kit.label(_listed(words.of(code)), wrap=True)
                found.append(kit.box(kit.column(kit.label(isolate(name), "small", tone="muted"), listed, gap=0)))
        return found

    def _history(self, changes: Sequence[Change]) -> QWidget:
        kit = self.kit
        rows = []
        for each in changes:
            when = tr("{name}, {time}").format(name=isolate(each.who), time=isolate(stamp(each.at)))
            rows.append(kit.label(when, "small", tone="muted", wrap=True))
            rows += [kit.label(line, "small", wrap=True) for line in _change_lines(each)]
        if not rows:
            rows = [kit.label(tr("Nothing has changed yet."), "small", tone="muted", wrap=True)]
        return kit.box(kit.column(kit.card(tr("What changed"), *rows, kind="flat", gap=1), STRETCH))

    # changing

    def _ask(self) -> None:
        kit, before = self.kit, self._words.own
        areas, fields = {}, []
        for code, name in LANGUAGE_NAMES:
            area = areas[code] = kit.text_area("\n".join(before.of(code)), limit=LONGEST_LIST, lines=6)
            fields.append(kit.field(name, area))
            fields[-1].setObjectName(code)
        hint = kit.label(
            tr(
                "One word or short phrase a line; a list can be pasted. Write no names of people: they are found by "
                "themselves."
            ),
            wrap=True,
        )

        def save() -> None:
            known = self._words.keep({code: area.words() for code, area in areas.items()})
            self._undo = lambda: self._words.put_back(before)
            self.said.emit(_kept(known))

        row = kit.row(*((field, 1) for field in fields), gap=3)
        for field in fields:
            row.setAlignment(field, Qt.AlignmentFlag.AlignTop)  # captions stand on one line, also when one has an error
        first = areas[LANGUAGES[0]]
        self._act = self.show_form(
            tr("Change the words"), [hint, kit.box(row)], tr("Save"), save, first=first, name=FORM
        )


def _listed(words: Sequence[str]) -> str:
    return " · ".join(isolate(word) for word in words)


def _change_lines(change: Change) -> list[str]:
    found = []
    if change.added:
        found.append(tr("Added: {words}").format(words=_listed(change.added)))
    if change.removed:
        found.append(tr("Taken out: {words}").format(words=_listed(change.removed)))
    return found or [tr("The order of the words")]


def _kept(known: int) -> str:
    if not known:
        return tr("Saved. Ctrl+Z takes it back.")
    words = ntr(
        "Saved; {count} word was there already. Ctrl+Z takes it back.",
        "Saved; {count} words were there already. Ctrl+Z takes it back.",
        known,
    )
    return words.format(count=known)
