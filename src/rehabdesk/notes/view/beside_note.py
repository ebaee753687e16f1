"""What stands beside a note while it is written: names in it, and the last note. Nothing of it fills the note."""

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication, QWidget

from rehabdesk.core.canon import Json, sha256_hex
from rehabdesk.core.i18n import ntr, tr
from rehabdesk.core.terms import Terms
from rehabdesk.core.text import isolate
from rehabdesk.notes.model import Note
from rehabdesk.notes.names_model import Find, NameHit, fitting_in, names_in, replaced
from rehabdesk.notes.preset_service import next_words
from rehabdesk.notes.view.sheet_texts import Control, SheetTexts, put, words_of
from rehabdesk.ui.dates import local, short
from rehabdesk.ui.kit import Kit, empty
from rehabdesk.ui.page import LARGE_TEXT

LOOK_MS = 700
"""After the last key: then the names in the texts are looked for."""


class NamesCard(QWidget):
    """Says whom else the note names, one after the other, and offers a role instead. In sight, and never in the way.

    `kept` are the names that the author lets stand in this note. `decided`: one was replaced or is to stay.
    """

    decided = Signal()

    def __init__(
        self, kit: Kit, texts: SheetTexts, find: Find | None, sealed: Terms[str] | None, kept: Sequence[str]
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
        self._timer.start()

    def look(self) -> None:
        """Looks through all texts of the note."""
        texts = self._texts.words()
        found = names_in(texts, self._find, self.kept) if self._find is not None else ()
        if found is None:
            self._timer.start()  # the names of this desk are still being read
            return
        if any(words_of(control) != after for control, _before, after in self._taken_back):
            self._taken_back = []  # somebody wrote on: undo of the text itself goes on from there
        now = (found, self._sealed_in(texts), bool(self._taken_back))
        if now != (self._hits, self._sealed_found, self._shows_undo):
            self._hits, self._sealed_found, self._shows_undo = now
            self._show()

    def undo(self) -> bool:
        """Puts the names back where nothing was typed since; False: there is nothing to take back."""
        back, self._taken_back = self._taken_back, []
        for control, before, after in back:
            if words_of(control) == after:
                put(control, [(0, len(after))], partial(_same, before))
        if back:
            self.decided.emit()
            self.look()
        return bool(back)

    # inside

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
            found[1].follow()  # the page below has another height now

    def _warning(self, sentence: str) -> QWidget:
        kit = self._kit
        icon = kit.picture("triangle-alert", "amber_fg", 16)
        card = kit.card("", kit.row(icon, (kit.label(sentence, "small", wrap=True), 1)), kind="warn")
        card.setAccessibleName(sentence)
        return card

    def _card(self, hit: NameHit, more: int) -> QWidget:
        kit = self._kit
        sentence = tr("This note names {name}. Use a role instead:").format(name=isolate(hit.words))
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


class LastNote(QWidget):
    """The last note of this kind, whole; its "next" can be copied into the text in hand, where a grey line says whence.

    `copied` is what was copied before, as the draft keeps it.
    """

    copied_one = Signal()

    def __init__(self, kit: Kit, texts: SheetTexts, last: Note, copied: Mapping[str, Json]) -> None:
        super().__init__()
        self._texts = texts
        self._next = next_words(last)
        self._day = short(local(last.part.occurred_at).date())
        self._copied = {code: str(digest) for code, digest in copied.items()}
        text = kit.text_area("\n\n".join(last.part.words.values()), lines=3, read_only=True)
        text.setAccessibleName(tr("Last note"))
        copy = kit.button(tr("Copy &next"), kind="quiet", icon="corner-down-left")
        copy.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the caret where it is
        copy.setToolTip(tr("Copies what was to come next into the text in which you write"))
        copy.clicked.connect(self._copy)
        title = tr("Last note, {day}").format(day=self._day)
        card = kit.card(title, text, kit.start(copy) if self._next else None, kind="flat", gap=2)
        self.setLayout(kit.column(card))

    @property
    def copied(self) -> dict[str, Json]:
        """By code, what stands in a field as it was copied; for the draft."""
        return dict(self._copied)

    def look(self) -> None:
        """The grey line goes once what was copied is changed."""
        if not self._copied:
            return
        words = self._texts.words()
        same = sha256_hex(self._next.encode("utf-8", "surrogatepass"))
        self._copied = {
            code: digest
            for code, digest in self._copied.items()
            if digest == same and self._next in words.get(code, "")
        }
        line = tr("From {day}, as it was").format(day=self._day)
        self._texts.say_origins(dict.fromkeys(self._copied, line))

    def _copy(self) -> None:
        if (found := self._texts.in_hand()) is None:
            return
        code, area = found
        cursor = area.textCursor()
        cursor.beginEditBlock()
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
        cursor.insertText(f"\n{self._next}" if cursor.block().text().strip() else self._next)
        cursor.endEditBlock()
        area.setTextCursor(cursor)
        area.setFocus()
        self._copied[code] = sha256_hex(self._next.encode("utf-8", "surrogatepass"))
        self.look()
        self.copied_one.emit()


def _same(words: str, _place: int) -> str:
    return words
