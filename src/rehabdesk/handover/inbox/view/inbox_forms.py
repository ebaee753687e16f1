"""The small forms of the page of a packet that came: a new person, somebody who is here again, an error taken back."""

from rehabdesk.core.i18n import tr
from rehabdesk.handover.inbox.inbox_model import Acceptance
from rehabdesk.handover.inbox.staging_service import Staged, Staging
from rehabdesk.handover.inbox.view.inbox_arrival_form import ArrivalForm
from rehabdesk.ui.page import Page


def ask_new(page: Page, staging: Staging, staged: Staged) -> None:
    """Somebody who is not in the register yet."""
    form = ArrivalForm(page.kit, staging.offered(staged, new=True), new=True)

    def take_in() -> None:
        staging.take_in_typed(staged, form.typed())
        page.said.emit(tr("Taken in. The plan is looked at within 14 days."))

    page.show_form(tr("New person"), form.fields(), tr("Take in"), take_in, first=form.first, name="new-person")


def ask_here_again(page: Page, staging: Staging, staged: Staged) -> None:
    """Somebody whom another prison held."""
    form = ArrivalForm(page.kit, staging.offered(staged, new=False), new=False)
    page.show_form(
        tr("Here again"),
        form.fields(),
        tr("Record the arrival here"),
        lambda: staging.take_back_in_typed(staged, form.typed()),
        first=form.first,
        name="here-again",
    )


def ask_take_back(page: Page, staging: Staging, acceptance: Acceptance) -> None:
    """Why something was accepted in error."""
    kit = page.kit
    reason = kit.text_area(limit=600, lines=3)
    field = kit.field(tr("Why it was accepted in error"), reason, required=True)
    field.setObjectName("reason")
    stays = tr("The entry is struck. What stands in register, contacts or conditions by it is put right there.")
    page.show_form(
        tr("Take back"),
        [field, kit.label(stays, "small", tone="muted", wrap=True)],
        tr("Take back"),
        lambda: staging.take_back(acceptance.entry, reason.words()),
        first=reason,
        name=f"take-back-{acceptance.item}",
    )
