"""What differs between two versions, before it leaves on paper: for whom it is, then the real pages."""

from collections.abc import Callable

from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate
from rehabdesk.plans.history_service import LONGEST_RECIPIENT, PlanHistory
from rehabdesk.ui.kit import Kit
from rehabdesk.ui.page import Route
from rehabdesk.ui.paper_page import PaperPage, PaperTools


class PlanHistoryPaperPage(PaperPage):
    """`pair`: the records of the two versions, with a colon between."""

    def __init__(
        self, kit: Kit, history: PlanHistory, tools: PaperTools, person_id: str, *, pair: str, name: str
    ) -> None:
        super().__init__(kit, tools, back=Route(name="plan_history", person=person_id, id=pair))
        self._history = history
        self._before, _, self._after = pair.partition(":")
        self._recipient = kit.line(limit=LONGEST_RECIPIENT)
        field = kit.field(
            tr("For &whom"), self._recipient, hint=tr("Stands on every page, with the date."), required=True
        )
        field.setObjectName("recipient")
        show = kit.button(tr("Show the pages"), icon="eye")
        show.clicked.connect(self.remake)
        self._recipient.returnPressed.connect(self.remake)
        self._recipient.textEdited.connect(lambda _words: self.clear(self._to_do()))
        said = " · ".join((isolate(name), tr("Team: case team and supervisor")))
        self.build(tr("Print what differs"), said, (field, kit.box(kit.start(show))), first=self._recipient)
        self.clear(self._to_do())

    def make(self) -> Callable[[], bytes]:
        return self._history.paper(self._before, self._after, self._recipient.text())

    def file_name(self) -> str:
        return f"RD-plan-{self.kit.today():%Y%m%d}.pdf"

    def leaves(self, how: str) -> None:
        self._history.leaves(how, self._after)

    def _to_do(self) -> str:
        return tr("Write for whom the paper is, then look at the pages.")
