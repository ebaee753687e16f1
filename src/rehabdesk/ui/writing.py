"""Help with writing in every text of several lines: marks below wrong words, suggestions, snippets.

One `WritingHelp` for an unlocked desk, one `AreaHelp` for each text. Neither knows a feature: what a name is, and what
is kept, is passed in.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QAction, QKeyEvent, QTextBlock, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QMenu, QTextEdit

from rehabdesk.core.i18n import tr
from rehabdesk.core.terms import is_arabic, name_form
from rehabdesk.core.text import isolate
from rehabdesk.ui.named import Find
from rehabdesk.ui.speller import Speller
from rehabdesk.ui.spelling import Marks, Word, forms_of, language_of, signs, units, words_to_check, wrong_words
from rehabdesk.ui.theme import Theme

LONGEST_TEXT = 100_000
"""Characters; what is longer was pasted from somewhere, and is not checked."""
LOOK_MS = 300
"""After a key, a look at what is in sight: so long a word is let alone."""
SUGGEST_KEY = "Ctrl+."
_SNIPPET = re.compile(r"(?<![\w;؛])[;؛](\w{1,20})$")
"""At the end of what stands before the caret; never inside a word."""
_ENDS_SNIPPET = {Qt.Key.Key_Space.value: " ", Qt.Key.Key_Return.value: "", Qt.Key.Key_Enter.value: ""}


class WritingHelp(QObject):
    """`is_name` says of a folded word whether it is part of a name on this desk; `snippets` gives texts by short word.

    `keep_word` keeps a word as the person's own; `own_words` are those kept before, folded.
    """

    def __init__(
        self,
        theme: Theme,
        *,
        languages: Sequence[str],
        is_name: Callable[[str], bool],
        own_words: Sequence[str],
        keep_word: Callable[[str], None],
        snippets: Callable[[], Mapping[str, str]],
        named_in: Callable[[str], Find],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme, self.snippets, self.named_in = theme, snippets, named_in
        self.speller = Speller(languages, self)
        self._is_name, self._keep_word = is_name, keep_word
        self._own_words = {name_form(word) for word in own_words}
        self._due: dict[int, AreaHelp] = {}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self._look)

    def attend(self, area: QTextEdit) -> "AreaHelp":
        """Helps with this text from now on, as long as it is there."""
        return AreaHelp(area, self)

    def use(self, languages: Sequence[str], own_words: Sequence[str]) -> None:
        """What the person chose in the settings."""
        self._own_words = {name_form(word) for word in own_words}
        self.speller.use(languages)

    def is_known(self, word: str) -> bool:
        """A name of this desk, or one of the person's own words."""
        return any(form in self._own_words or self._is_name(form) for form in forms_of(word))

    def keep_word(self, word: str) -> None:
        """The word is right from now on, for this person."""
        self._own_words.add(name_form(word))
        self._keep_word(word)
        self.speller.judged.emit()

    def due(self, area: "AreaHelp") -> None:
        """A text wants to be looked at, soon."""
        self._due[id(area)] = area
        if not self._timer.isActive():
            self._timer.start()

    def gone(self, area_id: int) -> None:
        """That text is not there any more."""
        self._due.pop(area_id, None)

    def stop(self) -> None:
        """At a lock: nothing is looked at any more, and the child process ends."""
        self._timer.stop()
        self._due.clear()
        self.speller.stop()

    def _look(self) -> None:
        due, self._due = self._due, {}
        for area in due.values():
            area.look()


class AreaHelp(QObject):
    """Help with one text. Looking is done between the keys; a key itself only looks things up."""

    def __init__(self, area: QTextEdit, help_: WritingHelp) -> None:
        super().__init__(area)
        self._area, self._help = area, help_
        self._marks: Marks | None = None
        self._ignored: set[str] = set()
        self._news = 0
        self._seen: tuple[int, ...] = ()
        """As `_now` was at the last look."""
        self._typed_at = -1
        """Where the last key wrote: the word there may not be finished."""
        area.textChanged.connect(self.touch)
        area.cursorPositionChanged.connect(self.touch)
        area.document().contentsChange.connect(self._typed)
        help_.speller.judged.connect(self._judged)
        own = id(self)
        area.destroyed.connect(lambda: help_.gone(own))

    def touch(self) -> None:
        """Something is to be looked at: a key, the caret, another part in sight."""
        self._help.due(self)

    def look(self) -> None:
        """Asks about the finished words in sight that nothing is known of yet, and draws what is known."""
        blocks = self._blocks_in_sight()
        if self._marks is None:
            if not blocks or self._area.document().isEmpty():
                return
            self._marks = Marks(self._area.document(), _wavy(self._help.theme), self._wrong)
            self._silently(self._marks.rehighlight)  # else Qt does it later, as if the text had changed
        sight = (blocks[0].blockNumber(), blocks[-1].blockNumber()) if blocks else (-1, -1)
        if self._now(sight) == self._seen:  # what is drawn makes it look again
            return
        self._help.speller.ask(word.form for block in blocks for word in self._finished(block))
        for block in blocks:
            self._silently(partial(self._marks.rehighlightBlock, block))
        self._seen = self._now(sight)

    # keys and menu

    def takes(self, event: QKeyEvent) -> bool:
        """Whether a key was for the help, not for the text."""
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() == Qt.Key.Key_Period and held & Qt.KeyboardModifier.ControlModifier:
            self.show_suggestions()
            return True
        return held == Qt.KeyboardModifier.NoModifier and (
            event.key() in _ENDS_SNIPPET and self.expand(_ENDS_SNIPPET[event.key()])
        )

    def expand(self, after: str = "") -> bool:
        """Puts the text of the snippet at the caret in its place, as one step of undo. False: there is none."""
        cursor = self._area.textCursor()
        text = cursor.block().text()
        before = text[: signs(text, cursor.positionInBlock())]
        found = None if cursor.hasSelection() or self._area.isReadOnly() else _SNIPPET.search(before)
        snippet = None if found is None else self._help.snippets().get(name_form(found[1]))
        if found is None or snippet is None:
            return False
        cursor.beginEditBlock()
        cursor.movePosition(
            QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.KeepAnchor, len(before) - found.start()
        )
        cursor.insertText(snippet + after)
        cursor.endEditBlock()
        self._area.setTextCursor(cursor)
        return True

    def show_suggestions(self) -> QMenu | None:
        """For the marked word at the caret, else the nearest before it, else the first. None: no word is marked."""
        found = self._nearest(self._area.textCursor())
        if found is None:
            return None
        cursor = self._cursor_on(*found)
        cursor.clearSelection()
        self._area.setTextCursor(cursor)
        menu = QMenu(self._area)
        self._offer(menu, *found)
        return self._pop_up(menu, self._area.viewport().mapToGlobal(self._area.cursorRect().bottomLeft()))

    def show_menu(self, place: QPoint, by_key: bool) -> QMenu:
        """The text's own menu; over a marked word with suggestions on top. `place` is in the text's viewport."""
        menu = self._area.createStandardContextMenu()
        cursor = self._area.textCursor() if by_key else self._area.cursorForPosition(place)
        block = cursor.block()
        at = signs(block.text(), cursor.positionInBlock())
        word = next((each for each in self._wrong_in(block) if each.start <= at <= each.end), None)
        if word is not None:
            first = next(iter(menu.actions()), None)
            self._offer(menu, block, word, before=first)
        where = self._area.cursorRect().bottomLeft() if by_key else place
        return self._pop_up(menu, self._area.viewport().mapToGlobal(where))

    def _offer(self, menu: QMenu, block: QTextBlock, word: Word, before: QAction | None = None) -> None:
        """Suggestions, once they arrive, and what else can be done with a marked word."""
        words = block.text()[word.start : word.end]
        waiting = QAction(tr("Looking for words…"), menu)
        waiting.setEnabled(False)
        add, ignore = QAction(tr("Add to my words"), menu), QAction(tr("Ignore here"), menu)
        add.triggered.connect(lambda: self._help.keep_word(word.form))
        ignore.triggered.connect(lambda: self._ignore(word.form))
        rule = QAction(menu)
        rule.setSeparator(True)
        if before is None:
            menu.addActions([waiting, add, ignore])
        else:
            menu.insertActions(before, [waiting, add, ignore, rule])
        place = self._cursor_on(block, word)

        def arrived(suggested: Sequence[str]) -> None:
            for each in suggested:
                action = QAction(isolate(each).replace("&", "&&"), menu)
                action.triggered.connect(lambda _on=False, chosen=each: self._replace(place, words, chosen))
                menu.insertAction(waiting, action)
            if suggested:
                menu.removeAction(waiting)
                menu.setActiveAction(menu.actions()[0])
            else:
                waiting.setText(tr("No suggestion"))

        self._help.speller.suggest(word.form, self._language(block, word), menu, arrived)

    # inside

    def _replace(self, place: QTextCursor, words: str, chosen: str) -> None:
        if place.selectedText() == words:  # the text may have changed under the menu
            place.insertText(chosen)

    def _ignore(self, word: str) -> None:
        self._ignored.add(word)
        self._judged()

    def _pop_up(self, menu: QMenu, where: QPoint) -> QMenu:
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setAccessibleName(tr("Suggestions"))
        menu.popup(where)
        return menu

    def _typed(self, place: int, _removed: int, added: int) -> None:
        self._typed_at = place + added

    def _judged(self) -> None:
        self._news += 1
        self.touch()

    def _silently(self, draw: Callable[[], None]) -> None:
        """A line below a word is no change of the text: nobody hears of it."""
        document = self._area.document()
        before = document.blockSignals(True)
        draw()
        document.blockSignals(before)

    def _now(self, sight: tuple[int, int]) -> tuple[int, ...]:
        """What a look depends on: the text, what is in sight, the unfinished word, what is known."""
        return (self._area.document().revision(), *sight, self._unfinished_at() or -1, self._news)

    def _caret_in(self, paragraph: str, block_at: int) -> int | None:
        """Where in a paragraph a word may be unfinished: the caret, as long as it stands where the last key wrote."""
        place = self._unfinished_at()
        return None if place is None or place < block_at else signs(paragraph, place - block_at)

    def _unfinished_at(self) -> int | None:
        position = self._area.textCursor().position()
        return position if self._area.hasFocus() and position == self._typed_at else None

    def _finished(self, block: QTextBlock) -> Iterator[Word]:
        caret = self._caret_in(block.text(), block.position())
        for word in words_to_check(block.text()):
            if caret is None or not word.start <= caret <= word.end:
                yield word

    def _wrong(self, paragraph: str, block_at: int) -> Iterator[Word]:
        if not self._help.speller.languages or self._area.document().characterCount() > LONGEST_TEXT:
            return iter(())
        caret = self._caret_in(paragraph, block_at)
        return wrong_words(paragraph, self._help.speller.right_in, self._is_right, caret=caret)

    def _wrong_in(self, block: QTextBlock) -> Iterator[Word]:
        """Also where the caret stands: somebody asked."""
        if not self._help.speller.languages:
            return iter(())
        return wrong_words(block.text(), self._help.speller.right_in, self._is_right)

    def _is_right(self, word: str) -> bool:
        return word in self._ignored or self._help.is_known(word)

    def _nearest(self, cursor: QTextCursor) -> tuple[QTextBlock, Word] | None:
        block = cursor.block()
        at = signs(block.text(), cursor.positionInBlock())
        before = [word for word in self._wrong_in(block) if word.start <= at]
        if before:
            return block, before[-1]
        others = [block, *self._blocks_in_sight()]
        return next(((each, word) for each in others for word in self._wrong_in(each)), None)

    def _cursor_on(self, block: QTextBlock, word: Word) -> QTextCursor:
        cursor = QTextCursor(block)
        cursor.setPosition(block.position() + units(block.text(), word.start))
        cursor.setPosition(block.position() + units(block.text(), word.end), QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def _language(self, block: QTextBlock, word: Word) -> str:
        if is_arabic(word.form):
            return "ar"
        found = language_of(list(words_to_check(block.text())), self._help.speller.right_in)
        return found or next((each for each in self._help.speller.languages if each != "ar"), "en")

    def _blocks_in_sight(self) -> list[QTextBlock]:
        seen = self._area.viewport().visibleRegion().boundingRect()
        if seen.isEmpty():
            return []
        block = self._area.cursorForPosition(seen.topLeft()).block()
        last = self._area.cursorForPosition(seen.bottomRight()).block().blockNumber()
        found = []
        while block.isValid() and block.blockNumber() <= last:
            found.append(block)
            block = block.next()
        return found


def _wavy(theme: Theme) -> QTextCharFormat:
    form = QTextCharFormat()
    form.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SpellCheckUnderline)
    form.setUnderlineColor(theme.colour("danger"))
    return form
