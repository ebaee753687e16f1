"""The open row of a chaplain's contact log: one person, mostly ticks, by few keys (domain.md 7.3, interface.md W5)."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from rehabdesk.core.choices import OTHER
from rehabdesk.core.i18n import tr
from rehabdesk.core.terms import Terms
from rehabdesk.core.text import isolate
from rehabdesk.notes.chaplaincy.pastoral_model import (
    CONCERN,
    CONFIDENTIAL,
    FOLLOW_UP,
    FOLLOW_UP_ON,
    KIND,
    NEEDS,
    REMINDER,
    THEMES,
    TRADITION,
    WORSHIP,
)
from rehabdesk.notes.chaplaincy.sealed_words_model import sealed_words_in
from rehabdesk.notes.forms.answers_model import Answer, Answers, Problem
from rehabdesk.notes.forms.form_model import Form
from rehabdesk.ui.choices import Choice, Option, Several, digit_of
from rehabdesk.ui.field import Field
from rehabdesk.ui.find_line import FindLine, Found
from rehabdesk.ui.kit import STRETCH, Kit

CAME = "hdr.7"
MOST_DIGITS = 9


class Kinds(Choice):
    """Kinds of contact: 1 to 9 choose, 0 is the confidential encounter, which stands last."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and not event.modifiers():
            digit = digit_of(event)
            if digit == 0:
                self.choose(CONFIDENTIAL)
                return True
        return super().eventFilter(watched, event)


class Ticks(Several):
    """Boxes that digits tick and untick, wherever among them the focus is."""

    def __init__(self, options: Sequence[Option], gap: int) -> None:
        super().__init__(options, gap)
        for box in self.boxes():
            box.installEventFilter(self)

    def boxes(self) -> list[QCheckBox]:
        return list(self._boxes.values())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and not event.modifiers():
            digit = digit_of(event)
            if digit is not None and 1 <= digit <= len(self._boxes):
                self.boxes()[digit - 1].toggle()
                return True
        return super().eventFilter(watched, event)


class ContactForm(QWidget):
    """`find`: people by any spelling. `warn_of`: words of sealed matters, `rule`: what the site says about them."""

    changed = Signal()
    entered = Signal()
    """Enter in any control: this contact is typed."""
    closed = Signal(str)
    """A kind was chosen that stands in nobody's record: the confidential encounter, or worship."""

    def __init__(
        self, kit: Kit, form: Form, find: Callable[[str], Sequence[Found]], *, rule: str, warn_of: Terms[str]
    ) -> None:
        super().__init__()
        self._kit, self._form, self._rule, self._warn_of = kit, form, rule, warn_of
        self._filling = False
        self.person = FindLine(kit, find, hint=tr("Name or case number"))
        self.person.line.installEventFilter(self)
        self._came = kit.combo(self._options(CAME), chosen="came")
        self._kind = Kinds(_numbered(self._kinds(), last=0), kit.theme.space(1))
        self._needs = Ticks(_numbered(self._options(NEEDS)), kit.theme.space(2))
        self._kind_other, self._need_other = kit.line(limit=200), kit.line(limit=200)
        self._promise, self._by = kit.line(limit=300), kit.date_field(coming=True)
        self._concern = kit.choice(self._options(CONCERN))
        self._tradition, self._reminder = kit.line(limit=120), kit.text_area(limit=300, lines=2)
        self._themes = kit.several(self._options(THEMES))
        self._warning = kit.label("", "small", wrap=True)
        self._fields = self._make_fields()
        self._lay_out()
        self._connect()
        self.show_asked()

    # what is typed

    def answers(self) -> dict[str, Answer]:
        """What was said, by field code; the setting of the round is added by the page."""
        by = self._by.day()
        typed: dict[str, Answer | None] = {
            CAME: self._came.code(),
            KIND: self._kind.code(),
            f"{KIND}.{OTHER}": self._kind_other.text() if self._kind.code() == OTHER else None,
            TRADITION: self._tradition.text(),
            NEEDS: self._needs.codes(),
            f"{NEEDS}.{OTHER}": self._need_other.text() if OTHER in self._needs.codes() else None,
            THEMES: self._themes.codes(),
            FOLLOW_UP: self._promise.text(),
            FOLLOW_UP_ON: self._by.text().strip() if by is None else by.isoformat(),
            REMINDER: self._reminder.words(),
            CONCERN: self._concern.code(),
        }
        return {code: answer for code, answer in typed.items() if answer not in (None, "", ())}

    def take(self, found: Found | None, answers: Answers) -> None:
        """Shows a contact that was typed before; with None and no answers an empty one."""
        self._filling = True
        self.person.choose(found)
        self._came.choose(_text(answers, CAME) or "came")
        self._kind.choose(_text(answers, KIND) or None)
        self._kind_other.setText(_text(answers, f"{KIND}.{OTHER}"))
        self._tradition.setText(_text(answers, TRADITION))
        self._needs.choose(_codes(answers, NEEDS))
        self._need_other.setText(_text(answers, f"{NEEDS}.{OTHER}"))
        self._themes.choose(_codes(answers, THEMES))
        self._promise.setText(_text(answers, FOLLOW_UP))
        self._by.line.setText(_text(answers, FOLLOW_UP_ON))
        self._by.settle()
        self._reminder.set_words(_text(answers, REMINDER))
        self._concern.choose(_text(answers, CONCERN) or None)
        self._filling = False
        self.calm()
        self.show_asked()
        if any(answers.get(code) for code in (TRADITION, THEMES, REMINDER)):
            self._unfold(True)

    def is_begun(self) -> bool:
        """Whether anything but what is preset was said."""
        said = {code for code in self.answers() if code != CAME}
        return bool(said) or self.person.chosen() is not None

    # errors

    def calm(self) -> None:
        for field in self._fields.values():
            field.calm()

    def complain(self, found: Sequence[Problem]) -> list[tuple[str, QWidget]]:
        """Shows each sentence at its field; gives those that have one here, for the summary."""
        shown: list[tuple[str, QWidget]] = []
        for problem in found:
            code = "hdr.1" if problem.field == "person" else problem.field  # what the rule of own cases calls it
            field = self._fields.get(code) or self._fields.get(code.removesuffix(f".{OTHER}"))
            if field is not None:
                field.complain(problem.sentence)
                control = field.control
                shown.append((problem.sentence, control.focusProxy() or control))
        return shown

    def begins(self) -> QWidget:
        """Where one goes on: the person, or the kind where somebody is chosen already."""
        return self.person.line if self.person.chosen() is None else self._kind.focusProxy() or self._kind

    # inside

    def _options(self, code: str) -> list[Option]:
        field = self._form.field(code)
        return [] if field is None else [(one.code, tr(one.text)) for one in field.choices if not one.retired]

    def _kinds(self) -> list[Option]:
        """Those that stand in a record first, then worship, and the confidential encounter last."""
        options = self._options(KIND)
        last = {WORSHIP: 1, CONFIDENTIAL: 2}
        return sorted(options, key=lambda option: last.get(option[0], 0))

    def _make_fields(self) -> dict[str, Field]:
        kit = self._kit
        return {
            "hdr.1": kit.field(tr("&Person"), self.person, required=True),
            CAME: kit.field(tr("Attendance"), self._came),
            KIND: kit.field(tr("&Kind of contact"), self._kind, required=True),
            f"{KIND}.{OTHER}": kit.field(tr("Other kind (say)"), self._kind_other),
            NEEDS: kit.field(tr("Needs met"), self._needs),
            f"{NEEDS}.{OTHER}": kit.field(tr("Other need (say)"), self._need_other),
            FOLLOW_UP: kit.field(tr("Follow-up I pr&omised"), self._promise),
            FOLLOW_UP_ON: kit.field(tr("&By"), self._by),
            CONCERN: kit.field(tr("Concern for life?"), self._concern, hint=self._rule),
            TRADITION: kit.field(tr("Tradition or philosophy, as the person names it"), self._tradition),
            THEMES: kit.field(tr("Care themes"), self._themes),
            REMINDER: kit.field(
                tr("Private reminder to self"),
                self._reminder,
                hint=tr("Only you can read it. Deleted 30 days after the follow-up is ticked."),
            ),
        }

    def _lay_out(self) -> None:
        kit, fields = self._kit, self._fields
        self._more = kit.button(tr("More: themes, tradition, reminder to me"), kind="quiet", icon="chevron-down")
        self._folded = kit.box(kit.column(fields[THEMES], fields[TRADITION], fields[REMINDER], gap=3))
        self._folded.hide()
        self._warned = kit.card(
            "", kit.row(kit.picture("triangle-alert", "amber_fg", 16), (self._warning, 1)), kind="warn"
        )
        self._warned.hide()
        who = kit.row((fields["hdr.1"], 3), (fields[CAME], 2), gap=3)
        who.setAlignment(fields[CAME], Qt.AlignmentFlag.AlignTop)  # what is found stands below the name alone
        rows = (
            who,
            fields[KIND],
            fields[f"{KIND}.{OTHER}"],
            fields[NEEDS],
            fields[f"{NEEDS}.{OTHER}"],
            kit.row((fields[FOLLOW_UP], 4), (fields[FOLLOW_UP_ON], 2), (fields[CONCERN], 2), gap=3),
            self._warned,
            kit.row(self._more, STRETCH),
            self._folded,
        )
        kit.fill(QVBoxLayout(self), rows, gap=3)

    def _connect(self) -> None:
        self._more.clicked.connect(lambda: self._unfold(not self._folded.isVisibleTo(self)))
        self._kind.changed.connect(self._kind_chosen)
        self._kind.digit.connect(lambda: self._go_to(self._needs))
        self.person.taken.connect(lambda _id: self._go_to(self._kind))
        for several in (self._needs, self._themes):
            several.changed.connect(self._touched)
        for choice in (self._came, self._concern):
            choice.changed.connect(lambda _code: self._touched())
        for parsed in (self.person, self._by):
            parsed.changed.connect(self._touched)
        for line in (self._kind_other, self._need_other, self._promise, self._tradition):
            line.textChanged.connect(lambda _words: self._touched())
        self._reminder.textChanged.connect(self._touched)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers() & _CONTROL:
            self.entered.emit()
            return
        super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """0 before any name is the confidential encounter: no case number begins with it alone."""
        if (
            watched is self.person.line
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and not event.modifiers()
            and digit_of(event) == 0
            and not self.person.line.text()
        ):
            self.closed.emit(CONFIDENTIAL)
            return True
        return super().eventFilter(watched, event)

    def _kind_chosen(self, code: str) -> None:
        if self._filling:
            return
        if code in (WORSHIP, CONFIDENTIAL):
            self.closed.emit(code)
            return
        self._touched()

    def _touched(self) -> None:
        if self._filling:
            return
        self.show_asked()
        self.changed.emit()

    def show_asked(self) -> None:
        """Words of "other" where it is chosen; the line of the site where a word asks for a second look."""
        self._fields[f"{KIND}.{OTHER}"].setVisible(self._kind.code() == OTHER)
        self._fields[f"{NEEDS}.{OTHER}"].setVisible(OTHER in self._needs.codes())
        lines = (self._promise, self._kind_other, self._need_other, self._tradition)
        typed = [line.text() for line in lines] + [self._reminder.words()]
        found = sealed_words_in(" ".join(typed), self._warn_of)
        if found:
            words = tr("Look again at “{word}”. {rule}")
            self._warning.setText(words.format(word=isolate(found[0]), rule=isolate(self._rule)))
        self._warned.setVisible(bool(found))

    def _unfold(self, on: bool) -> None:
        self._folded.setVisible(on)

    def _go_to(self, control: QWidget) -> None:
        target = control.focusProxy() or control
        target.setFocus(Qt.FocusReason.TabFocusReason)


_CONTROL = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


def _numbered(options: Sequence[Option], *, last: int | None = None) -> list[Option]:
    """The digit that chooses it stands before each answer; `last`: the digit of the last one."""
    found = [
        (code, f"{number} {words}" if number <= MOST_DIGITS else words)
        for number, (code, words) in enumerate(options, 1)
    ]
    if last is not None and options:
        found[-1] = (options[-1][0], f"{last} {options[-1][1]}")
    return found


def _text(answers: Mapping[str, Answer], code: str) -> str:
    return str(answers.get(code, ""))


def _codes(answers: Mapping[str, Answer], code: str) -> tuple[str, ...]:
    value = answers.get(code)
    return value if isinstance(value, tuple) else ()
