"""Which status of a checklist item may follow which, and what one person alone may say (domain.md 6.4, 9.1)."""

from collections.abc import Mapping
from datetime import date

from rehabdesk.core.dates import parse_day
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.readiness.model import SEALING_ITEM, Blocking, EvidenceKind, Item, ItemStatus, TemplateItem

_S = ItemStatus
_ANSWERS = frozenset({_S.IN_PROGRESS, _S.DONE, _S.DECLINED, _S.NOT_APPLICABLE, _S.BLOCKED, _S.WAIVED})
NEXT: Mapping[ItemStatus, frozenset[ItemStatus]] = {
    _S.NOT_DUE: _ANSWERS,
    _S.DUE: _ANSWERS,
    _S.IN_PROGRESS: _ANSWERS,
    _S.BLOCKED: _ANSWERS,
    # what is settled is opened again first; a no can be given again, evidence be put right
    _S.DONE: frozenset({_S.IN_PROGRESS, _S.DONE}),
    _S.DECLINED: frozenset({_S.IN_PROGRESS, _S.DONE, _S.DECLINED}),
    _S.NOT_APPLICABLE: frozenset({_S.IN_PROGRESS}),
    _S.WAIVED: frozenset({_S.IN_PROGRESS, _S.DONE}),
}
"""Not due and due follow from the day alone; overdue is derived and no status."""

TICKED = "ticked"
"""The evidence of an item where a tick alone may stand."""


def require_step(item: Item, to: ItemStatus) -> None:
    """UserError unless the item may go from its status to `to`."""
    if item.template.code == SEALING_ITEM and item.status is ItemStatus.DONE:
        raise UserError(tr("The packet is sealed already; that settled this item."), field="status")
    if to not in NEXT[item.status]:
        raise UserError(tr("This item is settled. Set it to in progress first."), field="status")


def require_settable(item: TemplateItem, status: ItemStatus, *, offered_help: bool) -> None:
    """UserError where one person alone may not give the item this status (domain.md 6.4, 9.1, G32)."""
    if status is ItemStatus.WAIVED:
        raise UserError(tr("Only the supervisor waives an item."), field="status")
    if item.code == SEALING_ITEM and status is ItemStatus.DONE:
        raise UserError(tr("Sealing the packet settles this item by itself."), field="status")
    if status is ItemStatus.NOT_APPLICABLE and item.blocking is not Blocking.NO:
        raise UserError(tr("A second person must agree that this item does not apply."), field="status")
    if status is ItemStatus.DECLINED and not offered_help:
        raise UserError(
            tr("Was an interpreter or reader offered? Offer one before you accept a no."), field="offered_help"
        )


def evidence_of(item: TemplateItem, status: ItemStatus, evidence: str, comment: str, today: date) -> str:
    """The evidence as it is kept. UserError where more is typed than may stand here (G29, G30).

    A day may be typed as everywhere; it is kept as `2026-11-24`.
    """
    if item.evidence_kind is EvidenceKind.REFERENCE:
        return evidence
    if comment:
        raise UserError(
            tr("No details stand at this item. Write them where they are protected, or leave them out."),
            field="comment",
        )
    if status is not ItemStatus.DONE or not evidence:
        return ""
    if item.evidence_kind is EvidenceKind.TICK:
        if evidence != TICKED:
            raise UserError(tr("Leave the words out: a tick alone stands at this item."), field="evidence")
        return evidence
    try:
        return parse_day(evidence, today).isoformat()
    except UserError:
        raise UserError(tr("A day alone stands at this item, for example 20 Nov 2026."), field="evidence") from None
