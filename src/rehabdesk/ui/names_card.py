"""Says whom else a text names while it is written, and offers a role instead (domain.md G17)."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

from rehabdesk.core.i18n import ntr, tr
from rehabdesk.core.terms import Terms
from rehabdesk.core.text import isolate
from rehabdesk.ui.fields import TextArea
from rehabdesk.ui.kit import Kit, empty
from rehabdesk.ui.named import Find, NameHit, fitting_in, names_in, replaced
from rehabdesk.ui.page import LARGE_TEXT
from rehabdesk.ui.texts import Control, FieldTexts, Texts, put, words_of

LOOK_MS = 700
"""After the last key: then the names in the texts are looked for."""


class NamesCard(QWidget):
    """Says whom else the texts name, one after the other, and offers a role instead. In sight, and never in the way.

    `kept` are the names that the author lets stand here. `decided`: one was replaced or is to stay.
    """

    decided = Signal()

    def __init__(
        self, kit: Kit, texts: Texts, find: Find | None, sealed: Terms[str] | None, kept: Sequence[str]
    ) -> None:
        super().__init__()
        self._kit, self._texts, self._find, self._sealed = kit, texts, find, sealed
        self.kept = frozenset(kept)
        self._taken_back: list[tuple[Control, str, str]] = []
        self._hits: tuple[NameHit, ...] = ()
        self._sealed_found, self._shows_undo = "", False
        self._column = kit.column(gap=2)
        self.setLayout(self._column)
        self.hide()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.look)

    @property
    def hits(self) -> tuple[NameHit, ...]:
        """What was found at the last look."""
        return self._hits

    def touch(self) -> None:
        """Something was typed: it is looked at when the hands rest."""
        self._texts.note_focus()
        self._timer.start()

    def look(self) -> None:
        """Looks through all texts."""
        texts = self._texts.words()
        found = names_in(texts, self._find, self.kept) if self._find is not None else ()
        if found is None:
            self._timer.start()  # the names of this desk are still being read
            return
        if any(words_of(control) != after for control, _before, after in self._still_there()):
            self._taken_back = []  # somebody wrote on: undo of the text itself goes on from there
        now = (found, self._sealed_in(texts), bool(self._taken_back))
        if now != (self._hits, self._sealed_found, self._shows_undo):
            self._hits, self._sealed_found, self._shows_undo = now
            self._show()

    def undo(self) -> bool:
        """Puts the names back where nothing was typed since; False: there is nothing to take back."""
        back, self._taken_back = self._still_there(), []
        for control, before, after in back:
            if words_of(control) == after:
                put(control, [(0, len(after))], partial(_same, before))
        if back:
            self.decided.emit()
            self.look()
        return bool(back)

    # inside

    def _still_there(self) -> list[tuple[Control, str, str]]:
        """What can be taken back: without lines that were taken away since, whose controls are gone."""
        held = {id(control) for control in self._texts.controls().values()}
        self._taken_back = [each for each in self._taken_back if id(each[0]) in held]
        return self._taken_back

    def _sealed_in(self, texts: Mapping[str, str]) -> str:
        if self._sealed is None:
            return ""
        for text in texts.values():
            for place in self._sealed.places(text):
                return text[place.start : place.end]
        return ""

    def _show(self) -> None:
        focus: QWidget | None = QApplication.focusWidget()
        had_focus = focus is not None and self.isAncestorOf(focus)
        empty(self._column)
        if self._sealed_found:
            words = tr("You wrote {word}. Sealed matters are never entered here, not even as a hint.")
            self._column.addWidget(self._warning(words.format(word=isolate(self._sealed_found))))
        if self._hits:
            self._column.addWidget(self._card(self._hits[0], len(self._hits) - 1))
        if self._shows_undo:
            self._column.addWidget(self._replaced())
        self.setVisible(self._column.count() > 0)
        if (found := self._texts.in_hand()) is not None:
            if had_focus:
                found[1].setFocus()
            if isinstance(found[1], TextArea):
                found[1].follow()  # the page below has another height now

    def _warning(self, sentence: str) -> QWidget:
        kit = self._kit
        icon = kit.picture("triangle-alert", "amber_fg", 16)
        card = kit.card("", kit.row(icon, (kit.label(sentence, "small", wrap=True), 1)), kind="warn")
        card.setAccessibleName(sentence)
        return card

    def _card(self, hit: NameHit, more: int) -> QWidget:
        kit = self._kit
        sentence = tr("This text names {name}. Use a role instead:").format(name=isolate(hit.words))
        line = kit.line(hit.instead, limit=80)
        line.setAccessibleName(tr("Words for the role"))
        line.setCursorPosition(0)
        line.setMinimumWidth(kit.theme.px(210))
        replace, keep = kit.button(tr("&Replace")), kit.button(tr("K&eep"), kind="quiet")
        replace.clicked.connect(lambda: self._replace(hit, line.text().strip()))
        keep.clicked.connect(lambda: self._keep(hit))
        words = kit.label(sentence, "strong", wrap=True)
        rest = ntr("{count} more name", "{count} more names", more) if more else ""
        acts = (kit.label(rest, "small", tone="muted") if rest else None, (line, 1), replace, keep)
        if kit.theme.look.zoom > LARGE_TEXT:
            card = kit.card("", words, kit.row(*acts, gap=2), kind="quiet", gap=2)
        else:
            card = kit.card("", kit.row((words, 2), *acts, gap=2), kind="quiet")
        card.setAccessibleName(sentence)
        return card

    def _replaced(self) -> QWidget:
        kit = self._kit
        count = len(self._taken_back)
        words = ntr("The name is replaced in {count} field.", "The name is replaced in {count} fields.", count)
        undo = kit.button(tr("&Undo"), kind="quiet", icon="undo-2")
        undo.clicked.connect(self.undo)
        return kit.card("", kit.row((kit.label(words, wrap=True), 1), undo, gap=2), kind="quiet")

    def _replace(self, hit: NameHit, typed: str) -> None:
        """At the places as they are now: the text may have changed since the look."""
        instead, controls, words = typed or hit.instead, self._texts.controls(), self._texts.words()
        found = names_in(words, self._find, self.kept) if self._find is not None else ()
        places = next((each.places for each in found or () if each.key == hit.key), {})
        self._taken_back = []
        for code, spots in places.items():
            put(controls[code], spots, partial(fitting_in, words[code], instead))
            self._taken_back.append((controls[code], words[code], replaced(words[code], spots, instead)))
        self.decided.emit()
        self.look()

    def _keep(self, hit: NameHit) -> None:
        self.kept |= {hit.key}
        self.decided.emit()
        self.look()


def names_card(
    kit: Kit, controls: Callable[[], Mapping[str, Control]], person: str, sealed: Terms[str] | None = None
) -> NamesCard:
    """For a form about one person, or about nobody of the register (""): looks whenever one of its texts changes."""
    find = None if kit.writing is None else kit.writing.named_in(person)
    card = NamesCard(kit, FieldTexts(controls), find, sealed, ())
    for control in controls().values():
        control.textChanged.connect(card.touch)
    return card


def _same(words: str, _place: int) -> str:
    return words
