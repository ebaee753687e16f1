"""What stands beside a note while it is written: the last note. Nothing of it fills the note."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QWidget

from rehabdesk.core.canon import Json, sha256_hex
from rehabdesk.core.i18n import tr
from rehabdesk.notes.forms.preset_service import next_words
from rehabdesk.notes.model import Note
from rehabdesk.notes.view.sheet_texts import SheetTexts
from rehabdesk.ui.dates import local, short
from rehabdesk.ui.kit import Kit


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
