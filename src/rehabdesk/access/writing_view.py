"""Settings of the help with writing: what is checked, own words, snippets. Only this login sees them."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from rehabdesk.access.writing_model import CHECKED, LONGEST_TEXT, LONGEST_WORD, Habits, Snippet
from rehabdesk.access.writing_service import Writing
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate, isolate_ltr
from rehabdesk.ui.kit import STRETCH, Kit
from rehabdesk.ui.page import Page
from rehabdesk.ui.plain_kit import Card

OFF = "off"
NAMES = {"en": "English", "fr": "Français", "ar": "العربية"}
"""Each language in its own words."""


class WritingPage(Page):
    """`changed`: something else holds from now on."""

    changed = Signal()

    def __init__(self, kit: Kit, writing: Writing) -> None:
        super().__init__(kit)
        self._writing = writing
        self._before: Habits | None = None
        self.refresh()

    def undo(self) -> None:
        """Takes the last change of this page back."""
        if self._before is not None:
            self._writing.restore(self._before)
            self._before = None
            self._now(tr("Taken back."))

    def refresh(self) -> None:
        kit, self._act = self.kit, None
        title = kit.label(tr("Help with writing"), "h1")
        only = tr("Only you see what is kept here. Nothing you write leaves this computer.")
        level = kit.label(only, "small", tone="muted", wrap=True)
        self.set_head(kit.column(title, level, gap=0))
        self.set_body(kit.box(kit.column(self._checking(), self._snippets(), self._words(), STRETCH, gap=4)))
        self.set_foot(kit.row(STRETCH))

    # what is checked

    def _checking(self) -> Card:
        kit, chosen = self.kit, self._writing.habits.languages
        first = chosen[0] if chosen else OFF
        mostly = kit.choice(
            [*((code, NAMES[code]) for code in CHECKED), (OFF, tr("Do not check"))], chosen=first, first_digit=1
        )
        mostly.changed.connect(self._write_mostly)
        self._first = mostly.focusProxy()
        field = kit.field(tr("I write mostly in"), mostly)
        rows: list[QWidget] = [field]
        if chosen:
            boxes = []
            for code in (each for each in CHECKED if each != first):
                box = kit.check(NAMES[code], on=code in chosen)
                box.toggled.connect(lambda on, code=code: self._check_also(code, on))
                boxes.append(box)
            rows.append(kit.field(tr("I also write in"), kit.flow(*boxes, gap=4)))
        words = tr(
            "A wavy line marks a word that no dictionary knows. {key} or the menu key shows words that may be meant."
        )
        rows.append(kit.label(words.format(key=isolate_ltr("Ctrl+.")), "small", tone="muted", wrap=True))
        return kit.card(tr("Spelling"), *rows)

    def _write_mostly(self, code: str) -> None:
        others = tuple(each for each in self._writing.habits.languages if each != code)
        if code == OFF:
            self._change(lambda: self._writing.check(()), tr("Spelling is not checked any more."))
        else:
            self._change(lambda: self._writing.check((code, *(others or [each for each in CHECKED if each != code]))))

    def _check_also(self, code: str, on: bool) -> None:
        others = [each for each in self._writing.habits.languages if each != code]
        self._change(lambda: self._writing.check((*others, code) if on else tuple(others)), focus_again=False)

    # snippets

    def _snippets(self) -> Card:
        kit, own = self.kit, self._writing.habits.snippets
        new = kit.button(tr("New snippet"), icon="plus")
        new.clicked.connect(lambda: self._ask_snippet(None))
        how = tr("Type {example} and a space, Tab or Enter in a text. Ctrl+Z takes it back.")
        rows: list[QWidget] = [
            kit.label(how.format(example=isolate_ltr(";limits")), "small", tone="muted", wrap=True),
            *(self._snippet(each) for each in own),
        ]
        if not own:
            rows.append(kit.label(tr("You have no snippet of your own yet."), tone="muted", wrap=True))
        rows.append(kit.label(tr("These come with the program:"), "strong", wrap=True))
        rows += [self._line(each, None) for each in self._writing.supplied]
        return kit.card(tr("Snippets"), *rows, action=new, gap=2)

    def _snippet(self, snippet: Snippet) -> QWidget:
        kit = self.kit
        change = kit.button(tr("Change"), kind="quiet", name=tr("Change {word}").format(word=isolate(snippet.word)))
        drop = kit.button(tr("Delete"), kind="quiet", name=tr("Delete {word}").format(word=isolate(snippet.word)))
        change.clicked.connect(lambda: self._ask_snippet(snippet))
        said = tr("Deleted. Ctrl+Z brings it back.")
        drop.clicked.connect(lambda: self._change(lambda: self._writing.drop_snippet(snippet.word), said))
        return self._line(snippet, kit.box(kit.row(change, drop, gap=1)))

    def _line(self, snippet: Snippet, acts: QWidget | None) -> QWidget:
        kit = self.kit
        word = kit.label(isolate_ltr(f";{snippet.word}"), "strong")
        word.setMinimumWidth(kit.theme.px(120))
        text = tr(snippet.text) if snippet.code else snippet.text
        return kit.box(kit.row(word, (kit.label(text, wrap=True), 1), acts, gap=3))

    def _ask_snippet(self, old: Snippet | None) -> None:
        kit = self.kit
        word = kit.line(old.word if old else "", limit=LONGEST_WORD)
        text = kit.text_area(old.text if old else "", limit=LONGEST_TEXT, lines=3)
        fields = [
            kit.field(tr("Short word"), word, hint=tr("Letters and digits, without the semicolon."), required=True),
            kit.field(tr("Text"), text, hint=tr("No names: it is for every note."), required=True),
        ]
        fields[0].setObjectName("word")
        fields[1].setObjectName("text")

        def keep() -> None:
            self._before = self._writing.habits
            self._writing.keep_snippet(word.text(), text.words(), instead_of=old.word if old else "")
            self.changed.emit()
            self.said.emit(tr("Kept. Only you see it."))

        title = tr("Change the snippet") if old else tr("New snippet")
        self._act = self.show_form(title, fields, tr("Keep"), keep, first=word)

    # own words

    def _words(self) -> Card:
        kit, kept = self.kit, self._writing.habits.words
        add = kit.button(tr("New word"), icon="plus")
        add.clicked.connect(self._ask_word)
        if not kept:
            none = tr("No word yet. In a text, {key} on a marked word offers to add it.")
            row: QWidget = kit.label(none.format(key=isolate_ltr("Ctrl+.")), tone="muted", wrap=True)
        else:
            row = kit.flow(*(self._word(each) for each in kept), gap=2)
        return kit.card(tr("My words"), row, action=add, gap=2)

    def _word(self, word: str) -> QWidget:
        kit = self.kit
        drop = kit.button(isolate(word).replace("&", "&&"), icon="x")
        drop.setAccessibleName(tr("Delete {word}").format(word=isolate(word)))
        drop.setToolTip(tr("Delete {word}").format(word=isolate(word)).replace("<", "&lt;"))
        said = tr("Deleted. Ctrl+Z brings it back.")
        drop.clicked.connect(lambda: self._change(lambda: self._writing.drop_word(word), said))
        return drop

    def _ask_word(self) -> None:
        line = self.kit.line(limit=60)
        field = self.kit.field(tr("Word"), line, required=True)
        field.setObjectName("word")

        def keep() -> None:
            before = self._writing.habits
            self._writing.keep_word(line.text())
            self._before = before
            self.changed.emit()

        self._act = self.show_form(tr("New word"), [field], tr("Keep"), keep, first=line)

    # inside

    def _change(self, deed: Callable[[], Habits], said: str = "", *, focus_again: bool = True) -> None:
        self._before = self._writing.habits
        deed()
        if focus_again:
            self._now(said)
        else:
            self.changed.emit()

    def _now(self, said: str) -> None:
        self.changed.emit()
        if said:
            self.said.emit(said)
        self.show_again()
