"""What pages say of files that were attached to a note which is struck, and the way to attach them again."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from rehabdesk.core.i18n import ntr, tr
from rehabdesk.core.text import isolate
from rehabdesk.notes.attachments.attachment_model import facts_of, named_files
from rehabdesk.notes.attachments.moved_files_service import LeftBehind
from rehabdesk.ui.kit import Kit
from rehabdesk.ui.page import Route


def with_files(sentence: str, names: Sequence[str], *, moves: bool) -> str:
    """What a strip says before a note is struck, with what becomes of its files."""
    if not names:
        return sentence
    words = ntr(
        "{count} attached file is struck with it: {names}.",
        "{count} attached files are struck with it: {names}.",
        len(names),
    )
    if moves:
        words = ntr(
            "{count} attached file stays there: {names}. Once the draft is signed, attach it again.",
            "{count} attached files stay there: {names}. Once the draft is signed, attach them again.",
            len(names),
        )
    return f"{sentence} {words.format(names=named_files(names))}"


def left_there(kit: Kit, names: Sequence[str]) -> QWidget | None:
    """What the draft says of the files of the note that it came from."""
    if not names:
        return None
    words = ntr(
        "{count} file was attached to the note that was struck: {names}. Sign this one, then attach it again.",
        "{count} files were attached to the note that was struck: {names}. Sign this one, then attach them again.",
        len(names),
    )
    return kit.label(words.format(names=named_files(names)), "small", tone="muted", wrap=True)


def left_card(kit: Kit, left: Sequence[LeftBehind], person: str, go: Callable[[Route], object]) -> QWidget | None:
    """Each file that only the struck note has, with the way to attach it here again."""
    if not left:
        return None
    rows: list[QWidget] = []
    for one in left:
        kept = one.stored.attachment
        facts = " · ".join(isolate(fact) for fact in facts_of(kept.kind, kept.pages, kept.size))
        words = kit.column(
            kit.label(isolate(kept.name), "strong", wrap=True), kit.label(facts, "small", tone="muted"), gap=0
        )
        again = kit.button(tr("Attach again"), name=tr("Attach again: {name}").format(name=isolate(kept.name)))
        route = Route(name="attach", person=person, id=f"{one.comp}:{one.rid}:{one.stored.comp}:{one.stored.rid}")
        again.clicked.connect(lambda _on=False, to=route: go(to))
        rows.append(kit.box(kit.row(kit.picture("file-text"), (kit.box(words), 1), again, gap=3)))
    said = kit.label(tr("They stay sealed there, as they were signed."), "small", tone="muted", wrap=True)
    return kit.card(tr("Attached to the note that was struck"), said, *rows, gap=2)
