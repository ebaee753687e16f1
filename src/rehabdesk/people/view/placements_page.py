"""Where a person lives and lived: moves with day, place, unit, regime and reason; the newest first."""

from datetime import date

from PySide6.QtWidgets import QWidget

from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate
from rehabdesk.people.model import Placement, Regime
from rehabdesk.people.placement_service import Placements
from rehabdesk.people.record_words_model import regime_words
from rehabdesk.people.view.record_page import RecordOf, RecordPage, joined
from rehabdesk.ui.dates import short
from rehabdesk.ui.fields import DateField
from rehabdesk.ui.kit import STRETCH, Kit


class PlacementsPage(RecordPage):
    """`site`: the establishment of this desk, where nobody moved yet."""

    def __init__(self, kit: Kit, placements: Placements, record: RecordOf, *, site: str) -> None:
        super().__init__(kit, record, title=tr("Placements"), here="placements")
        self._placements, self._site = placements, site
        self.refresh()

    def refresh(self) -> None:
        self.begin()
        kit, found = self.kit, self._placements.of_person(self.record.person)
        move = None
        if self._placements.may_write and not self.record.read_only:
            move = self.act_button(tr("Record a move"), self._ask, kind="primary", icon="house")
        rows: list[QWidget] = []
        for placement in found:
            rows += [self._row(placement), kit.rule()]
        if not rows:
            rows = [kit.empty(tr("No placement is recorded yet.")), kit.rule()]
        card = kit.card(tr("Where {name} lives").format(name=isolate(self.record.name)), *rows[:-1], action=move, gap=2)
        self.set_body(kit.box(kit.column(card, STRETCH)))

    def main_act(self) -> None:
        if self._act is None and self._placements.may_write and not self.record.read_only:
            self._ask()
            return
        super().main_act()

    def _row(self, placement: Placement) -> QWidget:
        kit = self.kit
        taken_back = placement.taken_back
        place = joined([placement.unit, placement.establishment])
        if placement.until is None:
            when = tr("Since {day}").format(day=short(placement.since))
        elif taken_back:
            when = tr("{day}, taken back").format(day=short(placement.since))
        else:
            when = tr("{start} to {end}").format(start=short(placement.since), end=short(placement.until))
        facts = [when, regime_words(placement.regime), isolate(placement.move_reason) if placement.move_reason else ""]
        words = kit.column(
            kit.label(place, "h3", wrap=True, tone="hint" if taken_back else ""),
            kit.label(joined(facts), "small", tone="muted", wrap=True),
            gap=0,
        )
        tag = kit.tag(tr("Now"), "blue") if placement.until is None else None
        return kit.box(kit.row((words, 1), tag, gap=3))

    def _ask(self) -> None:
        kit = self.kit
        present = next((one for one in self._placements.of_person(self.record.person) if one.until is None), None)
        day = kit.date_field(kit.today())
        establishment = kit.line(present.establishment if present else self._site, limit=120)
        unit, reason = kit.line(limit=60), kit.line(limit=200)
        regime = kit.choice(
            [(each.value, regime_words(each)) for each in Regime],
            chosen=(present.regime if present else Regime.ORDINARY),
        )
        fields = {
            "since": kit.field(tr("On which day?"), day, required=True),
            "establishment": kit.field(tr("Establishment"), establishment, required=True),
            "unit": kit.field(tr("Unit"), unit, hint=tr("Wing and cell")),
            "regime": kit.field(tr("Regime"), regime),
            "move_reason": kit.field(tr("Reason for the move"), reason),
        }

        def keep() -> None:
            self._placements.move(
                self.record.person,
                Placement(
                    establishment=establishment.text().strip(),
                    since=_read(day),
                    unit=unit.text().strip(),
                    regime=Regime(regime.code() or "ordinary"),
                    move_reason=reason.text().strip(),
                ),
            )
            back = None if present is None else lambda: self._placements.take_back(self.record.person)
            self.done(tr("Moved."), back)

        self.ask_in_form(tr("Record a move"), fields, tr("Record the move"), keep, first=day.line)


def _read(day: DateField) -> date:
    try:
        return day.required()
    except UserError as problem:
        raise UserError(problem.sentence, field="since") from None
