"""A confidential encounter: a day, and only on request a person and ten minutes. There is no field for words."""

from PySide6.QtWidgets import QWidget

from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.notes.chaplaincy.encounter_service import Encounters
from rehabdesk.notes.chaplaincy.view.closed_blocks import EncounterBlock
from rehabdesk.ui.kit import STRETCH, Kit
from rehabdesk.ui.page import Page, Route


class EncounterPage(Page):
    """`person_id`: who was on the screen before; the link is offered, and off. `closed_draft`: gone as this opens."""

    def __init__(
        self, kit: Kit, encounters: Encounters, *, person_id: str, person_name: str, closed_draft: str | None
    ) -> None:
        super().__init__(kit)
        if closed_draft is not None:
            encounters.close(closed_draft)
        self._block = EncounterBlock(kit, encounters, lambda: [(person_id, person_name)])
        level = kit.tag(tr("Pastoral: the chaplaincy team only"), "purple", "lock")
        self.set_head(kit.row(kit.label(tr("Confidential encounter"), "h1"), level, STRETCH, gap=3))
        self.set_body(kit.box(kit.column(self._block, STRETCH)))
        back = kit.button(tr("Cancel"))
        back.clicked.connect(lambda: self.go.emit(Route(name="day")))
        add = kit.button(self._block.act_words(), kind="primary", icon="plus")
        add.clicked.connect(self.main_act)
        self._block.renamed.connect(lambda words: kit.rename(add, words))
        self.set_foot(kit.row(STRETCH, back, add))

    def first_focus(self) -> QWidget | None:
        return self._block.first_focus()

    def main_act(self) -> None:
        """Adds one to the count of the month, and what was asked to be linked."""
        try:
            self._block.record()
        except UserError as problem:
            self.problems([(problem.sentence, self._block.wrong_control())])
            return
        self.said.emit(tr("Counted. Nothing else was kept."))
        self.go.emit(Route(name="day"))
