"""The small forms of one checklist item: status with what belongs to it, waiver, that it does not apply."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QLineEdit, QWidget

from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr, tr_as
from rehabdesk.core.text import isolate
from rehabdesk.readiness.item_state_model import NEXT, TICKED
from rehabdesk.readiness.model import Blocking, EvidenceKind, Item, ItemStatus, Side
from rehabdesk.readiness.service import Releases
from rehabdesk.readiness.words_model import side_words, status_words
from rehabdesk.ui.choices import Choice
from rehabdesk.ui.fields import DateField
from rehabdesk.ui.page import STAY, Page

OFFERED = (
    ItemStatus.IN_PROGRESS,
    ItemStatus.DONE,
    ItemStatus.DECLINED,
    ItemStatus.BLOCKED,
    ItemStatus.NOT_APPLICABLE,
)
_WITH_REASON = frozenset({ItemStatus.BLOCKED, ItemStatus.NOT_APPLICABLE})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Typed:
    """The controls of one update. `evidence`: a line, a day, or None where a tick is enough."""

    status: Choice
    evidence: QLineEdit | DateField | None
    reason: QLineEdit
    offered: Choice
    again: DateField
    comment: QLineEdit
    due: DateField
    side: Choice

    def evidence_text(self) -> str:
        if isinstance(self.evidence, DateField):
            day = self.evidence.day()
            return self.evidence.line.text().strip() if day is None else day.isoformat()
        return TICKED if self.evidence is None else self.evidence.text().strip()


class ItemForms:
    """`act`: what Ctrl+Enter does while a form is open. `prove`: proves the passphrase; slow, for a job.

    `updated` is told the code of an item that was saved, and how that is taken back.
    """

    def __init__(
        self,
        page: Page,
        releases: Releases,
        person_id: str,
        *,
        name: str,
        prove: Callable[[str], object],
        updated: Callable[[str, Callable[[], None]], None],
    ) -> None:
        self._page, self._releases, self._person = page, releases, person_id
        self._name, self._prove, self._updated = name, prove, updated
        self.act: Callable[[], None] | None = None

    def ask_update(self, item: Item) -> None:
        """Status with what belongs to it, and the day and side where they change."""
        code, typed = item.template.code, self._controls(item)
        fields = self._fields(item, typed)

        def show(chosen: str) -> None:
            status = ItemStatus(chosen) if chosen else None
            _show(fields["evidence"], status is ItemStatus.DONE)
            _show(fields["reason"], status in _WITH_REASON)
            _show(fields["offered_help"], status is ItemStatus.DECLINED)
            _show(fields["ask_again"], status is ItemStatus.DECLINED)

        def save() -> None:
            self._save(item, typed)
            self._updated(code, lambda: self._take_back(code))
            self._page.said.emit(tr("Updated: {code}.").format(code=code) + " " + tr("Ctrl+Z takes it back."))

        typed.status.changed.connect(show)
        show(typed.status.code() or "")
        title = f"{code} · {tr(item.template.text)}"
        first = typed.status.focusProxy() or typed.status
        shown = [self._page.kit.label(said, tone="muted", wrap=True) for said in _hints(item)]
        self.act = self._page.show_form(
            title, [*shown, *fields.values()], tr("Save"), save, first=first, name=f"item {code}"
        )

    def _controls(self, item: Item) -> _Typed:
        kit = self._page.kit
        options = [(each.value, status_words(each, self._name)[0]) for each in _offered(item)]
        kind = item.template.evidence_kind
        evidence: QLineEdit | DateField | None = None
        if kind is EvidenceKind.DATE:
            evidence = kit.date_field(_day_of(item.evidence) or kit.today())
        elif kind is EvidenceKind.REFERENCE:
            evidence = kit.line(item.evidence, limit=300)
        return _Typed(
            status=kit.choice(options, chosen=item.status.value if item.status in OFFERED else None),
            evidence=evidence,
            reason=kit.line(item.reason, limit=400),
            offered=kit.choice([("yes", tr("Yes")), ("no", tr("No"))]),
            again=kit.date_field(item.ask_again, coming=True),
            comment=kit.line(item.comment, limit=600),
            due=kit.date_field(item.due, coming=True),
            side=kit.choice([(each.value, side_words(each)) for each in Side], chosen=item.side.value),
        )

    def _fields(self, item: Item, typed: _Typed) -> dict[str, QWidget]:
        kit, name = self._page.kit, isolate(self._name)
        fields: dict[str, QWidget] = {"status": kit.field(tr("Status"), typed.status)}
        if typed.evidence is None:
            fields["evidence"] = kit.label(tr("The tick is enough: no words stand at this item."), wrap=True)
        else:
            fields["evidence"] = kit.field(
                tr("Evidence"), typed.evidence, hint=tr("Done means that the outcome is secured."), required=True
            )
        fields |= {
            "reason": kit.field(tr("Reason"), typed.reason, required=True),
            "offered_help": kit.field(tr("Was an interpreter or reader offered?"), typed.offered, required=True),
            "ask_again": kit.field(
                tr("Ask {name} again on").format(name=name),
                typed.again,
                hint=tr("Leave it empty if {name} does not want to be asked again.").format(name=name),
            ),
        }
        if item.template.evidence_kind is EvidenceKind.REFERENCE:
            fields["comment"] = kit.field(tr("Comment"), typed.comment)
        hint = tr("A day that you set stays when the release moves. Left empty, it follows the release again.")
        fields["due"] = kit.field(tr_as("Due", "day"), typed.due, hint=hint)
        fields["side"] = kit.field(tr("Who carries it"), typed.side)
        for key, field in fields.items():
            field.setObjectName(key)
        return fields

    def _save(self, item: Item, typed: _Typed) -> None:
        """One deed, with the day and the side where they are other ones."""
        code, chosen = item.template.code, typed.status.code()
        emptied, typed_day = not typed.due.line.text().strip(), _day(typed.due, "due")
        due = typed_day or item.due
        new_due = due if due != item.due else None
        given_back = emptied and item.set_by_person
        side = Side(typed.side.code() or item.side.value)
        new_side = side if side is not item.side else None
        if chosen is None or (chosen == item.status and item.status not in NEXT[item.status]):
            if new_due is None and new_side is None and not given_back:
                raise UserError(tr("Choose how it stands."), field="status")
            self._releases.adjust(self._person, code, due=new_due, due_cleared=given_back, side=new_side)
            return
        status = ItemStatus(chosen)
        self._releases.mark(
            self._person,
            code,
            status,
            evidence=typed.evidence_text() if status is ItemStatus.DONE else "",
            comment=typed.comment.text().strip(),
            reason=typed.reason.text().strip() if status in _WITH_REASON else "",
            offered_help=status is ItemStatus.DECLINED and typed.offered.code() == "yes",
            ask_again=_day(typed.again, "ask_again") if status is ItemStatus.DECLINED else None,
            due=new_due,
            due_cleared=given_back,
            side=new_side,
        )

    def _take_back(self, code: str) -> None:
        self._releases.take_back(self._person, code)
        self._page.said.emit(tr("Taken back; the history keeps both."))
        self._page.refresh()

    def ask_waiver(self, item: Item | None) -> None:
        """The supervisor sets an item aside, with a reason that is printed and the passphrase."""
        if item is None:
            return
        kit, code = self._page.kit, item.template.code
        reason = kit.line(limit=400)
        field = kit.field(tr("Why is it waived? This is printed in the packet."), reason, required=True)
        field.setObjectName("reason")

        def waive(_proof: object) -> None:
            self._releases.waive(self._person, code, reason.text().strip())
            self._page.said.emit(tr("Waived: {code}.").format(code=code))
            self._page.show_again()

        def ask() -> object:
            if not reason.text().strip():
                raise UserError(tr("Say why it is waived."), field="reason")
            sentence = tr("Waiving {code} for {name}").format(code=code, name=isolate(self._name))
            self._page.ask_with_proof(sentence, tr("Waive"), self._prove, waive)
            return STAY

        title = tr("Waive {code}").format(code=f"{code} · {tr(item.template.text)}")
        self.act = self._page.show_form(title, [field], tr("Waive"), ask, first=reason, name=f"waiver {code}")

    def ask_not_applicable(self, item: Item | None) -> None:
        """The supervisor agrees, as the second person, that an item does not apply."""
        if item is None:
            return
        code, reason = item.template.code, self._page.kit.line(limit=400)
        field = self._page.kit.field(tr("Why does it not apply?"), reason, required=True)
        field.setObjectName("reason")
        self.act = self._page.show_form(
            f"{code} · {tr(item.template.text)}",
            [field],
            tr("Agree: not applicable"),
            lambda: self._releases.agree_not_applicable(self._person, code, reason.text().strip()),
            first=reason,
            name=f"not_applicable {code}",
        )

    def reopen(self, form: str, item: Item) -> None:
        """Opens a form of that item again."""
        what = form.partition(" ")[0]
        ask = {"item": self.ask_update, "waiver": self.ask_waiver, "not_applicable": self.ask_not_applicable}.get(what)
        if ask is not None:
            ask(item)


def _offered(item: Item) -> list[ItemStatus]:
    """What this item may become by one person's word, and what it is."""
    alone = [each for each in OFFERED if each is not ItemStatus.NOT_APPLICABLE or item.template.blocking is Blocking.NO]
    return [each for each in alone if each in NEXT[item.status] or each is item.status]


def _hints(item: Item) -> list[str]:
    found = [tr("Evidence that settles it: {what}").format(what=tr(item.template.evidence))]
    if item.template.blocking is not Blocking.NO:
        found.append(tr("If it does not apply, the supervisor agrees to that as the second person."))
    return found


def _day_of(evidence: str) -> date | None:
    try:
        return date.fromisoformat(evidence)
    except ValueError:
        return None


def _show(field: QWidget, on: bool) -> None:
    """Before the form stands in its page nothing is shown as a window of its own."""
    if not on:
        field.hide()
    elif field.parentWidget() is not None:
        field.show()


def _day(control: DateField, field: str) -> date | None:
    """The day that is typed, None where there is none. UserError names the field that holds no day."""
    if not control.line.text().strip():
        return None
    try:
        return control.required()
    except UserError as problem:
        raise UserError(problem.sentence, field=field) from None
