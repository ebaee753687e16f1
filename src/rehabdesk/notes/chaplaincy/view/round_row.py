"""What is the same for a round of contacts: day, place, length, and whether anybody was within hearing."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from rehabdesk.core.choices import OTHER
from rehabdesk.core.i18n import tr
from rehabdesk.notes.chaplaincy.view.closed_blocks import chosen_day, day_list
from rehabdesk.notes.forms.answers_model import Answer, Answers, Problem
from rehabdesk.notes.forms.form_model import Form
from rehabdesk.ui.field import Field
from rehabdesk.ui.kit import Kit

MINUTES, PLACE, HEARING = "hdr.3", "hdr.4", "hdr.5.hearing"
USUAL_MINUTES, USUAL_PLACE = "10", "wing"


class RoundRow(QWidget):
    """Preset but for the hearing, which is asked at each round. `answered`: a digit answered it, so one may go on."""

    changed = Signal()
    answered = Signal()

    def __init__(self, kit: Kit, form: Form) -> None:
        super().__init__()
        self._kit = kit
        place = form.field(PLACE)
        places = [] if place is None else [(one.code, tr(one.text)) for one in place.choices if one.code != OTHER]
        self._day, self._place = day_list(kit), kit.combo(places, chosen=USUAL_PLACE)
        self._minutes = kit.line(USUAL_MINUTES)
        self._hearing = kit.choice([("yes", tr("Yes")), ("no", tr("No"))])
        self._fields: dict[str, Field] = {
            "hdr.2": kit.field(tr("&Date"), self._day, required=True),
            PLACE: kit.field(tr("P&lace"), self._place, required=True),
            MINUTES: kit.field(tr("&Minutes each"), self._minutes, required=True),
            HEARING: kit.field(tr("Was anybody else within hearing?"), self._hearing, required=True),
        }
        shares = {"hdr.2": 4, PLACE: 3, MINUTES: 2, HEARING: 3}
        row = kit.row(*((field, shares[code]) for code, field in self._fields.items()), gap=3)
        kit.fill(QVBoxLayout(self), (row,))
        self._day.changed.connect(lambda _code: self.changed.emit())
        self._place.changed.connect(lambda _code: self.changed.emit())
        self._minutes.textChanged.connect(lambda _words: self.changed.emit())
        self._hearing.changed.connect(lambda _code: self.changed.emit())
        self._hearing.digit.connect(self.answered)

    def first_focus(self) -> QWidget:
        return self._hearing.focusProxy() or self._hearing

    def hearing(self) -> str | None:
        return self._hearing.code()

    def day(self) -> date:
        return chosen_day(self._kit, self._day)

    def answers(self) -> dict[str, Answer]:
        """By field code; what is no number stays as it was typed, and is said to be wrong."""
        minutes = self._minutes.text().strip()
        found: dict[str, Answer] = {PLACE: self._place.code() or ""}
        if minutes:
            found[MINUTES] = int(minutes) if minutes.isdecimal() and len(minutes) < 6 else minutes
        if (hearing := self._hearing.code()) is not None:
            found[HEARING] = hearing
        return found

    def take(self, answers: Answers) -> None:
        """Shows the setting of a contact that was typed before."""
        place, minutes, hearing = answers.get(PLACE), answers.get(MINUTES), answers.get(HEARING)
        if isinstance(place, str) and self._place.findData(place) >= 0:
            self._place.choose(place)
        if minutes is not None:
            self._minutes.setText(str(minutes))
        if isinstance(hearing, str):
            self._hearing.choose(hearing)

    def calm(self) -> None:
        for field in self._fields.values():
            field.calm()

    def complain(self, found: Sequence[Problem]) -> list[tuple[str, QWidget]]:
        """Shows each sentence at its field; gives those that have one here, for the summary."""
        shown: list[tuple[str, QWidget]] = []
        for problem in found:
            if (field := self._fields.get(problem.field)) is not None:
                field.complain(problem.sentence)
                shown.append((problem.sentence, field.control.focusProxy() or field.control))
        return shown
