"""What is attached to a signed note: each with its facts, a way to open it, and the way to attach more."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QPushButton, QWidget

from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate
from rehabdesk.notes.attachments.attachment_model import StoredAttachment, facts_of
from rehabdesk.notes.attachments.attachment_service import Attachments
from rehabdesk.ui.dates import stamp
from rehabdesk.ui.kit import Kit
from rehabdesk.ui.page import Route


def attachments_card(
    kit: Kit, attachments: Attachments, comp: str, rid: str, person: str, go: Callable[[Route], object]
) -> QWidget | None:
    """None where there is nothing to see and nothing to do for this login."""
    found, attaches = attachments.of(comp, rid), attachments.may_attach(comp, rid)
    if not found and not attaches:
        return None
    add = None
    if attaches:
        add = kit.button(tr("Attach a file"), kind="quiet", icon="plus")
        add.clicked.connect(lambda: go(Route(name="attach", person=person, id=f"{comp}:{rid}")))
    rows = _rows(kit, found, lambda one: go(Route(name="attachment", person=person, id=f"{comp}:{rid}:{one}")))
    if not rows:
        rows = [kit.label(tr("Nothing is attached."), "small", tone="muted", wrap=True)]
    return kit.card(tr("Attachments"), *rows, action=add, gap=2)


def _rows(kit: Kit, found: Sequence[StoredAttachment], open_one: Callable[[str], object]) -> list[QWidget]:
    rows: list[QWidget] = []
    for one in found:
        kept = one.attachment
        facts = (*facts_of(kept.kind, kept.pages, kept.size), stamp(one.recorded_at))
        words = kit.column(
            kit.label(isolate(kept.name), "strong", wrap=True),
            kit.label(" · ".join(isolate(fact) for fact in facts), "small", tone="muted", wrap=True),
            gap=0,
        )
        rows += [kit.rule()] if rows else []
        rows.append(
            kit.box(kit.row(kit.picture("file-text"), (kit.box(words), 1), _open_button(kit, one, open_one), gap=3))
        )
    return rows


def _open_button(kit: Kit, one: StoredAttachment, open_one: Callable[[str], object]) -> QPushButton:
    button = kit.button(tr("Open"), name=tr("Open {name}").format(name=isolate(one.attachment.name)))
    button.clicked.connect(lambda: open_one(one.rid))
    return button
