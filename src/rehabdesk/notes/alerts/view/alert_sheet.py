"""The questions of a safety alert: seven answers in a minute, or the exact words of a disclosure (domain.md 7.7)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from rehabdesk.core.canon import Json
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.notes.alerts.alert_model import (
    LONGEST_FACTS,
    LONGEST_LINE,
    LONGEST_TEXT,
    LONGEST_WORDS,
    AlertKind,
    TypedAlert,
)
from rehabdesk.notes.words_model import at_risk_choices, kind_choices
from rehabdesk.ui.choices import Choice, Combo
from rehabdesk.ui.dates import local
from rehabdesk.ui.field import Field, typed_into
from rehabdesk.ui.fields import DateField, TextArea, TimeField
from rehabdesk.ui.kit import Kit

Found = Sequence[tuple[str, str]]
Find = Callable[[str], Found]
"""People by what is typed, as (id, words); nothing typed: the own cases."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AboutWhom:
    """The person, where the page was opened from one. `find` is None where this role sees no register."""

    person_id: str | None
    name: str
    find: Find | None


class AlertSheet(QWidget):
    """Fields by the names in `UserError.field`. What a kind does not ask is out of sight and keeps what was typed."""

    changed = Signal()

    def __init__(self, kit: Kit, about: AboutWhom, typed: TypedAlert) -> None:
        super().__init__()
        self.kit, self._about, self._person = kit, about, about.person_id
        self.fields: dict[str, Field] = {}
        self._texts: dict[str, QLineEdit | TextArea] = {}
        self._kind: Combo = kit.combo(kind_choices(), chosen=typed.kind or None, empty=tr("Choose"))
        self._at_risk: Choice = kit.choice(at_risk_choices(), chosen=typed.at_risk or None)
        self._told: Choice = kit.choice([("yes", tr("Yes")), ("no", tr("No"))], chosen=typed.person_told or None)
        self._day, self._time = self._moment(typed.told_at)
        self._review_day, self._review_time = self._moment(typed.review_by)
        self._shown_kind = typed.kind
        kit.fill(column := QVBoxLayout(self), (*self._first(typed), *self._rest(typed)), gap=3)
        column.addStretch(1)
        self._kind.changed.connect(self._change_kind)
        self._at_risk.changed.connect(lambda _code: self._touched())
        self._told.changed.connect(lambda _code: self.changed.emit())
        for part in (self._day, self._time, self._review_day, self._review_time):
            part.changed.connect(self.changed)
        self._show_asked()

    @property
    def person_id(self) -> str | None:
        """Whom it is about; None while nobody is chosen, and where this role sees no register."""
        return self._person

    def typed(self) -> TypedAlert:
        """Everything as it stands here."""
        said = {name: each.words() if isinstance(each, TextArea) else each.text() for name, each in self._texts.items()}
        return TypedAlert(
            kind=self._kind.code() or "",
            at_risk=self._at_risk.code() or "",
            person_told=self._told.code() or "",
            told_at=_at(self._day, self._time),
            review_by=_at(self._review_day, self._review_time),
            **{name: words for name, words in said.items() if name != "find"},
        )

    def first_control(self) -> QWidget:
        return self._texts["exact" if self._kind.code() == AlertKind.ILL_TREATMENT else "facts"]

    def complain(self, problems: Sequence[UserError]) -> list[tuple[str, QWidget]]:
        """Shows each error by its field, and gives the sentences with the controls to go to."""
        for each in self.fields.values():
            each.calm()
        found: list[tuple[str, QWidget]] = []
        for problem in problems:
            wrong = self.fields.get(problem.field or "")
            if wrong is not None:
                wrong.complain(problem.sentence)
            found.append((problem.sentence, self.first_control() if wrong is None else typed_into(wrong.control)))
        return found

    def place(self) -> Mapping[str, Json]:
        """The text in hand and the caret in it."""
        focus: QWidget | None = QApplication.focusWidget()
        for name, control in self._texts.items():
            if control is focus:
                caret = control.textCursor().position() if isinstance(control, TextArea) else control.cursorPosition()
                return {"field": name, "caret": caret}
        return {}

    def restore(self, place: Mapping[str, Json]) -> None:
        control, caret = self._texts.get(str(place.get("field", ""))), place.get("caret")
        if control is None or not isinstance(caret, int):
            return
        control.setFocus()
        if isinstance(control, TextArea):
            cursor = control.textCursor()
            cursor.setPosition(min(caret, len(control.words())))
            control.setTextCursor(cursor)
        else:
            control.setCursorPosition(caret)

    # building

    def _first(self, typed: TypedAlert) -> list[QWidget]:
        """What, about whom, and which kind."""
        kit = self.kit
        facts = self._text("facts", tr("&What must people know"), typed.facts, LONGEST_FACTS, lines=2, required=True)
        exact = self._text("exact", tr("The person's e&xact words"), typed.exact, LONGEST_WORDS, lines=5, required=True)
        self._texts["facts"].setPlaceholderText(tr("Facts, no theory. Up to 400 characters."))
        self._texts["exact"].setPlaceholderText(tr("As they were said, in the person's own language if you can."))
        self.fields["kind"] = kit.field(tr("&Kind"), self._kind, required=True)
        places = self._text(
            "places", tr("&Places on the body, as the person said"), typed.places, LONGEST_TEXT, lines=2
        )
        self.fields["person_told"] = kit.field(tr("Person told that I do this?"), self._told)
        self._beside = self._whom(typed)
        beside = self.fields["person_told"] if self._beside is None else self._beside
        kind = kit.box(kit.row((self.fields["kind"], 1), (beside, 1), gap=3))
        return [facts, exact, kind, places]

    def _rest(self, typed: TypedAlert) -> list[QWidget]:
        """Who is at risk, what was done and told, and when it is looked at again."""
        kit = self.kit
        self.fields["at_risk"] = kit.field(tr("Who is at &risk"), self._at_risk, required=True)
        named = self._text("named", tr("&Name of the one at risk"), typed.named, LONGEST_LINE, required=True)
        did = self._text("did", tr("What I di&d"), typed.did, LONGEST_TEXT, lines=2, required=True)
        who = self._text("told_who", tr("Whom I &told"), typed.told_who, LONGEST_LINE, required=True)
        how = self._text("told_how", tr("&How"), typed.told_how, LONGEST_LINE, required=True)
        self.fields["told_at"] = kit.field(tr("Told wh&en"), self._day, required=True)
        clock = kit.field(tr("at"), self._time, required=True)
        self.fields["review"] = kit.field(tr("Review &by, at most 72 hours"), self._review_day, required=True)
        self._review = kit.box(
            kit.row((self.fields["review"], 2), (kit.field(tr("at"), self._review_time, required=True), 1), gap=3)
        )
        moment = kit.box(kit.row((self.fields["told_at"], 2), (clock, 1), gap=3))
        rows = [
            kit.box(kit.row((self.fields["at_risk"], 3), (named, 2), gap=3)),
            did,
            kit.box(kit.row((who, 3), (how, 2), gap=3)),
            kit.box(kit.row((moment, 1), (self._review, 1), gap=3)),
        ]
        return rows if self._beside is None else [*rows, self.fields["person_told"]]

    def _whom(self, typed: TypedAlert) -> Field | None:
        """Nothing where the person is known; else the register to choose from, or words."""
        kit, about = self.kit, self._about
        if about.find is None:
            return self._text("about", tr("About wh&om: case number or name"), typed.about, LONGEST_LINE, required=True)
        if about.person_id is not None:
            return None
        find = about.find
        line = kit.line(hint=tr("Case number or name"))
        line.setAccessibleName(tr("Find a person"))
        people = kit.combo([], empty=tr("Choose a person"))

        def fill(words: str) -> None:
            found = find(words)
            people.blockSignals(True)
            people.clear()
            people.addItem(tr("Choose a person"), "")
            for code, shown in found:
                people.addItem(shown, code)
            people.setCurrentIndex(1 if len(found) == 1 and words.strip() else 0)
            people.blockSignals(False)
            take()

        def take(_code: str = "") -> None:
            self._person = people.code()
            self.changed.emit()

        line.textEdited.connect(fill)
        people.changed.connect(take)
        pair = kit.box(kit.row((line, 1), (people, 1)))
        field = kit.field(tr("About wh&om"), pair, required=True)
        field.caption.setBuddy(line)
        pair.setFocusProxy(line)
        line.setAccessibleName(tr("About whom: case number or name"))
        people.setAccessibleName(tr("The person"))
        self.fields["person"] = field
        fill("")
        return field

    def _text(
        self, name: str, caption: str, words: str, limit: int, *, lines: int = 0, required: bool = False
    ) -> Field:
        control: QLineEdit | TextArea
        if lines:
            control = self.kit.text_area(words, limit=limit, lines=lines)
            control.textChanged.connect(self.changed)
        else:
            control = self.kit.line(words, limit=limit)
            control.textChanged.connect(lambda _text: self.changed.emit())
        self._texts[name] = control
        key = "person" if name == "about" else name
        self.fields[key] = self.kit.field(caption, control, required=required)
        return self.fields[key]

    def _moment(self, at: datetime | None) -> tuple[DateField, TimeField]:
        day, clock = self.kit.date_field(), self.kit.time_field()
        if at is not None:
            day.set_date(local(at).date())
            clock.set_time(local(at).time())
        return day, clock

    # showing

    def _change_kind(self, code: str) -> None:
        """What was typed goes on as the person's words; the other way nothing goes, for the team reads that field."""
        if code == AlertKind.ILL_TREATMENT and self._shown_kind != code:
            exact, facts = self._texts["exact"], self._texts["facts"]
            if isinstance(exact, TextArea) and isinstance(facts, TextArea) and not exact.words().strip():
                exact.set_words(facts.words())
        self._shown_kind = code
        self._touched()

    def _touched(self) -> None:
        self._show_asked()
        self.changed.emit()

    def _show_asked(self) -> None:
        told = self._kind.code() == AlertKind.ILL_TREATMENT
        for name in ("facts", "at_risk", "told_how"):
            self.fields[name].setVisible(not told)
        for name in ("exact", "places"):
            self.fields[name].setVisible(told)
        self.fields["named"].setVisible(not told and self._at_risk.code() == "named_person")
        self._review.setVisible(not told)
        when, whom = tr("Said wh&en") if told else tr("Told wh&en"), tr("Whom I &told")
        self.fields["told_at"].caption.setText(f"{when} *")
        self.fields["told_who"].caption.setText(whom if told else f"{whom} *")


def _at(day: DateField, clock: TimeField) -> datetime | None:
    """The moment that two fields say; None where one of them is empty or not understood."""
    on, at = day.day(), clock.moment()
    return None if on is None or at is None else datetime.combine(on, at).astimezone()
