"""The small forms of one checklist item: status with evidence, day and side, waiver, that it does not apply."""

from collections.abc import Callable

from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate
from rehabdesk.readiness.model import Item, ItemStatus, Side
from rehabdesk.readiness.service import Releases
from rehabdesk.readiness.words_model import side_words, status_words
from rehabdesk.ui.page import STAY, Page

OFFERED = (
    ItemStatus.IN_PROGRESS,
    ItemStatus.DONE,
    ItemStatus.DECLINED,
    ItemStatus.BLOCKED,
    ItemStatus.NOT_APPLICABLE,
)


class ItemForms:
    """`act`: what Ctrl+Enter does while a form is open. `prove`: proves the passphrase; slow, for a job."""

    def __init__(
        self,
        page: Page,
        releases: Releases,
        person_id: str,
        *,
        name: str,
        prove: Callable[[str], object],
        waive: bool,
    ) -> None:
        self._page, self._releases, self._person = page, releases, person_id
        self._name, self._prove, self._may_waive = name, prove, waive
        self.act: Callable[[], None] | None = None
        self.undo: Callable[[], None] | None = None

    def ask_update(self, item: Item) -> None:
        """Status with what belongs to it, and the day and side where they change."""
        kit, code = self._page.kit, item.template.code
        options = [(each.value, status_words(each, self._name)[0]) for each in OFFERED]
        present = item.status.value if item.status in OFFERED else None
        status = kit.choice(options, chosen=present)
        evidence, reason = kit.line(item.evidence, limit=300), kit.line(item.reason, limit=400)
        comment = kit.line(item.comment, limit=600)
        offered = kit.check(tr("An interpreter or reader was offered"))
        due = kit.date_field(item.due)
        side = kit.choice([(each.value, side_words(each)) for each in Side], chosen=item.side.value)
        fields = [
            kit.label(
                tr("Evidence that settles it: {what}").format(what=tr(item.template.evidence)), tone="muted", wrap=True
            ),
            kit.field(tr("Status"), status),
            kit.field(tr("Evidence"), evidence, hint=tr("Done needs it.")),
            kit.field(tr("Reason"), reason, hint=tr("For blocked, and where it does not apply.")),
            offered,
            kit.field(tr("Comment"), comment),
            kit.field(tr("Due"), due, hint=tr("A day that you set stays when the release moves.")),
            kit.field(tr("Who carries it"), side),
        ]
        for field, name in zip(fields[1:4], ("status", "evidence", "reason"), strict=True):
            field.setObjectName(name)

        def save() -> None:
            if (chosen := status.code()) is not None:
                self._releases.mark(
                    self._person,
                    code,
                    ItemStatus(chosen),
                    evidence=evidence.text().strip(),
                    comment=comment.text().strip(),
                    reason=reason.text().strip(),
                    offered_help=offered.isChecked(),
                )
            if (day := due.day()) is not None and day != item.due:
                self._releases.set_due(self._person, code, day)
            if side.code() != item.side.value:
                self._releases.assign_side(self._person, code, Side(side.code() or "both"))
            self.undo = lambda: self._take_back(item)
            self._page.said.emit(tr("Updated: {code}.").format(code=code) + " " + tr("Ctrl+Z takes it back."))

        title = f"{code} · {tr(item.template.text)}"
        first = status.focusProxy() or status
        self.act = self._page.show_form(title, fields, tr("Save"), save, first=first, name=f"item {code}")

    def _take_back(self, before: Item) -> None:
        """What the item was, as a new mark. A status that nobody had set becomes "in progress"."""
        code, readiness = before.template.code, self._releases.of_person(self._person)
        if readiness is None:
            return
        now = readiness.item(code)
        if now.status is not before.status:
            was_set = before.status in OFFERED
            self._releases.mark(
                self._person,
                code,
                before.status if was_set else ItemStatus.IN_PROGRESS,
                evidence=before.evidence,
                comment=before.comment,
                reason=before.reason,
                offered_help=before.status is ItemStatus.DECLINED,
            )
        if now.due != before.due:
            self._releases.set_due(self._person, code, before.due if before.set_by_person else None)
        if now.side is not before.side:
            self._releases.assign_side(self._person, code, before.side)
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
