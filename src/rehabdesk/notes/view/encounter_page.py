"""A confidential encounter: a day, and only on request a person and ten minutes. There is no field for words."""

from PySide6.QtWidgets import QWidget

from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.notes.encounter_service import Encounters, Link
from rehabdesk.ui.kit import STRETCH, Kit
from rehabdesk.ui.page import Page, Route

DAY_MINUTES = 24 * 60
BAND_MINUTES = 10


class EncounterPage(Page):
    """`person_id`: who was on the screen before; the link is offered, and off. `closed_draft`: thrown away with it."""

    def __init__(
        self, kit: Kit, encounters: Encounters, *, person_id: str, person_name: str, closed_draft: str | None
    ) -> None:
        super().__init__(kit)
        self._encounters, self._person, self._draft = encounters, person_id, closed_draft
        self._day = kit.date_field(kit.today())
        bands = [(_band(start), _band(start)) for start in range(6 * 60, 22 * 60, BAND_MINUTES)]
        self._band = kit.combo(bands, empty=tr("Not kept"))
        self._link = kit.choice(
            [("no", tr("No")), ("yes", tr("Yes, {name} asked for it").format(name=person_name))], chosen="no"
        )
        self._day_field = kit.field(tr("&Date"), self._day, required=True)
        band = kit.field(tr("10-minute &band, optional"), self._band)
        band.setVisible(False)
        self._link.changed.connect(lambda code: band.setVisible(code == "yes"))
        level = kit.tag(tr("Pastoral: the chaplaincy team only"), "purple", "lock")
        self.set_head(kit.row(kit.label(tr("Confidential encounter"), "h1"), level, STRETCH, gap=3))
        card = kit.card(
            "",
            kit.label(tr("Nothing else is asked and nothing else is kept."), "strong", wrap=True),
            kit.row((self._day_field, 1), (kit.box(kit.column()), 2), gap=3),
            kit.field(tr("Link to a person?"), self._link),
            band,
        )
        self.set_body(kit.box(kit.column(card, STRETCH)))
        back = kit.button(tr("Cancel"))
        back.clicked.connect(lambda: self.go.emit(Route(name="day")))
        add = kit.button(tr("Add 1 to the month's count"), kind="primary", icon="plus")
        add.clicked.connect(self.main_act)
        self.set_foot(kit.row(STRETCH, back, add))

    def first_focus(self) -> QWidget | None:
        return self._day.line

    def main_act(self) -> None:
        """Adds one to the count of the month, and what was asked to be linked."""
        linked = self._link.code() == "yes"
        try:
            day = self._day.required()
            link = Link(person_id=self._person, band=self._band.code()) if linked else None
            self._encounters.record(day, link=link, closed_draft=self._draft)
        except UserError as problem:
            self._day_field.complain(problem.sentence)
            self.problems([(problem.sentence, self._day.line)])
            return
        self.said.emit(tr("Counted. Nothing else was kept."))
        self.go.emit(Route(name="day"))


def _band(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
