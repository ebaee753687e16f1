"""The receipt of a packet that came, as a small form on a page."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from PySide6.QtWidgets import QWidget

from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate_ltr
from rehabdesk.handover.after.after_seal_model import decision_words
from rehabdesk.handover.after.receipt_model import MOST_NOTE, Decision
from rehabdesk.handover.after.receipt_service import HeldPacket, ReceiptKey, make_receipt
from rehabdesk.ui.page import STAY, Page


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptTools:
    """`key` gives the own team's receipt key; `save` asks where a file goes; `by` stands in the field for the name."""

    key: Callable[[], ReceiptKey]
    now: Callable[[], datetime]
    save: Callable[[QWidget, str, bytes], Path | None]
    by: str = ""


def ask_receipt(page: Page, held: HeldPacket, tools: ReceiptTools) -> Callable[[], None]:
    """Shows the form on `page`; gives its act."""
    kit = page.kit
    decision = kit.choice([(each.value, decision_words(each)) for each in Decision])
    by, note = kit.line(tools.by, limit=120), kit.text_area(limit=MOST_NOTE, lines=2)

    def keep() -> object:
        if not decision.code():
            raise UserError(tr("Choose what you do with the packet."), field="decision")
        name, content = make_receipt(
            held,
            decision=Decision(decision.code() or ""),
            by=by.text(),
            note=note.words(),
            key=tools.key(),
            at=tools.now(),
        )
        path = tools.save(page, name, content)
        if path is None:
            return STAY
        page.said.emit(tr("Saved: {file}").format(file=isolate_ltr(path.name)))
        return None

    fields = []
    for code, caption, control in (
        ("decision", tr("What you do with it"), decision),
        ("by", tr("Your name"), by),
        ("note", tr("Note"), note),
    ):
        field = kit.field(caption, control, required=code != "note")
        field.setObjectName(code)
        fields.append(field)
    first = decision.focusProxy() or decision
    title = tr("Receipt of packet {number}").format(number=isolate_ltr(held.number))
    return page.show_form(title, fields, tr("Sign and save"), keep, first=first, name="receipt")
