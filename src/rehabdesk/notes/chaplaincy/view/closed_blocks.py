"""What stands where a contact's form was: a confidential encounter, or a count of worship. Neither names anybody."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate
from rehabdesk.notes.chaplaincy.contact_log_service import ContactLog
from rehabdesk.notes.chaplaincy.encounter_service import Encounters, Link
from rehabdesk.ui.choices import Combo
from rehabdesk.ui.dates import month_name, short
from rehabdesk.ui.kit import Kit

DAYS_BACK = 31
BAND_MINUTES = 10
FIRST_BAND, LAST_BAND = 6 * 60, 22 * 60


class EncounterBlock(QWidget):
    """Date, and only where it is asked for a person and ten minutes. Nothing here can be typed into.

    `people` gives (id, name) of those to whom it may be linked; it is asked once somebody says yes, not before.
    """

    renamed = Signal(str)
    """The act, with the month that it counts for."""

    def __init__(self, kit: Kit, encounters: Encounters, people: Callable[[], Sequence[tuple[str, str]]]) -> None:
        super().__init__()
        self._kit, self._encounters, self._people = kit, encounters, people
        self._day = day_list(kit)
        self._link = kit.choice([("no", tr("No")), ("yes", tr("Yes, because the person asked"))], chosen="no")
        self._link.changed.connect(self._show_link)
        bands = [(_band(start), _band(start)) for start in range(FIRST_BAND, LAST_BAND, BAND_MINUTES)]
        self._band = kit.combo(bands, empty=tr("Not kept"))
        self._person = kit.combo([], empty=tr("Choose the person"))
        self._linked = kit.box(
            kit.row(
                (kit.field(tr("&Person"), self._person), 2),
                (kit.field(tr("10-minute &band, optional"), self._band), 1),
                gap=3,
            )
        )
        self._linked.hide()
        card = kit.card(
            "",
            kit.label(tr("Nothing else is asked and nothing else is kept."), "strong", wrap=True),
            kit.row((kit.field(tr("&Date"), self._day, required=True), 1), (kit.box(kit.column()), 2), gap=3),
            kit.field(tr("Link to a person?"), self._link),
            self._linked,
        )
        kit.fill(QVBoxLayout(self), (card,))
        self._day.changed.connect(lambda _code: self.renamed.emit(self.act_words()))

    def first_focus(self) -> QWidget:
        return self._day

    def act_words(self) -> str:
        """What the button says."""
        return tr("Add 1 to the count of {month}").format(month=month_name(chosen_day(self._kit, self._day)))

    def record(self) -> None:
        """Adds one to the month. UserError where a link was asked for and nobody chosen."""
        link = None
        if self._link.code() == "yes":
            person = self._person.code()
            if person is None:
                raise UserError(tr("Choose the person, or answer no: then nobody is kept."), field="person")
            link = Link(person_id=person, band=self._band.code())
        self._encounters.record(chosen_day(self._kit, self._day), link=link)

    def wrong_control(self) -> QWidget:
        return self._person if self._linked.isVisibleTo(self) else self._day

    def _show_link(self, code: str) -> None:
        wanted = code == "yes"
        self._person.clear()
        if wanted:
            self._person.addItem(tr("Choose the person"), "")
            people = self._people()
            for person, name in people:
                self._person.addItem(isolate(name), person)
            if len(people) == 1:
                self._person.setCurrentIndex(1)
        self._linked.setVisible(wanted)


class WorshipBlock(QWidget):
    """How many came to worship, as a number without names."""

    renamed = Signal(str)

    def __init__(self, kit: Kit, log: ContactLog) -> None:
        super().__init__()
        self._kit, self._log = kit, log
        self._day = day_list(kit)
        self._number = kit.line(limit=5)
        self._field = kit.field(tr("&How many came"), self._number, required=True)
        card = kit.card(
            "",
            kit.label(tr("A number without names. Nobody's attendance of worship is kept."), "strong", wrap=True),
            kit.row(
                (kit.field(tr("&Date"), self._day, required=True), 1),
                (self._field, 1),
                (kit.box(kit.column()), 1),
                gap=3,
            ),
        )
        kit.fill(QVBoxLayout(self), (card,))
        self._day.changed.connect(lambda _code: self.renamed.emit(self.act_words()))

    def first_focus(self) -> QWidget:
        return self._number

    def act_words(self) -> str:
        return tr("Add to the count of {month}").format(month=month_name(chosen_day(self._kit, self._day)))

    def record(self) -> None:
        """UserError where it is no number; what was typed stays."""
        typed = self._number.text().strip()
        self._field.calm()
        try:
            if not typed.isdecimal() or len(typed) > 5:
                raise UserError(tr("Enter how many came, as a whole number."), field="number")
            self._log.count_worship(chosen_day(self._kit, self._day), int(typed))
        except UserError as problem:
            self._field.complain(problem.sentence)
            raise

    def wrong_control(self) -> QWidget:
        return self._number


def day_list(kit: Kit) -> Combo:
    """The last days to choose from, the present one first: a day can be chosen without a field for typing."""
    today = kit.today()
    days = [today - timedelta(days=back) for back in range(DAYS_BACK)]
    words = {0: tr("Today, {day}"), 1: tr("Yesterday, {day}")}
    options = [
        (day.isoformat(), words[back].format(day=short(day)) if back in words else short(day))
        for back, day in enumerate(days)
    ]
    return kit.combo(options, chosen=today.isoformat())


def chosen_day(kit: Kit, days: Combo) -> date:
    code = days.code()
    return kit.today() if code is None else date.fromisoformat(code)


def _band(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
