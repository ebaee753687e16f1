"""Controls for what is picked from the person's record: contacts, a consent, goals, steps of the plan."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from rehabdesk.core.i18n import tr
from rehabdesk.notes.forms.answers_model import Answer, Answers
from rehabdesk.notes.forms.form_model import Field, FieldType
from rehabdesk.notes.forms.picks_model import Pick
from rehabdesk.notes.forms.view.answer_boxes import WithOther
from rehabdesk.ui.choices import Combo
from rehabdesk.ui.kit import Kit

CONTACTS_TAB = "contacts"


class PickBox(WithOther):
    """The words of what is picked are kept beside its id, as they stand now. `away`: to a tab of the person."""

    away = Signal(str)

    def __init__(self, kit: Kit, field: Field, picks: Sequence[Pick]) -> None:
        super().__init__(kit, field)
        self.setAccessibleName(tr(field.text))
        self._names = {pick.id: pick.words for pick in picks}

    def _named(self, codes: Sequence[str]) -> dict[str, Answer]:
        names = {code: self._names[code] for code in codes if code in self._names}
        return {self.field.names_code: names} if names else {}

    def _take_names(self, answers: Answers) -> None:
        """Words of what is not offered any more, as they were kept."""
        names = answers.get(self.field.names_code)
        if isinstance(names, Mapping):
            self._names = {**names, **self._names}

    def _door(self, words: str) -> QWidget:
        button = self.kit.button(words, kind="quiet", icon="arrow-right")
        button.clicked.connect(lambda: self.away.emit(CONTACTS_TAB))
        return self.kit.box(self.kit.start(button))


class SeveralBox(PickBox):
    """Any number of contacts or goals. What is barred stands there with the reason, and cannot be ticked."""

    def __init__(self, kit: Kit, field: Field, picks: Sequence[Pick]) -> None:
        super().__init__(kit, field, picks)
        self._boxes: dict[str, QCheckBox] = {}
        self._list = QVBoxLayout()
        self._list.setSpacing(kit.theme.space(1))
        self.column.addLayout(self._list)
        for pick in picks:
            if pick.barred:
                self._list.addWidget(self._barred(pick))
            else:
                self._add(pick.id, pick.words)
        if not picks:
            self.column.addWidget(kit.label(_nothing(field), "small", tone="muted", wrap=True))
        for choice in (each for each in field.choices if not each.retired):
            self._add(choice.code, tr(choice.text))
        self._add_words()
        if field.type is FieldType.CONTACTS:
            self.column.addWidget(self._door(tr("Open the contacts")))

    def answers(self) -> dict[str, Answer]:
        codes = tuple(code for code, box in self._boxes.items() if box.isChecked())
        return {self.field.code: codes, **self._named(codes), **self._other(codes)} if codes else {}

    def take(self, answers: Answers) -> None:
        kept = answers.get(self.field.code)
        codes = tuple(kept) if isinstance(kept, tuple) else ()
        self._take_names(answers)
        for code in codes:
            if code not in self._boxes:
                self._add(code, self._names.get(code, tr("Something that was picked")))  # barred since, or gone
        for code, box in self._boxes.items():
            box.setChecked(code in codes)
        self._take_other(answers)
        self._other(codes)

    def control(self) -> QWidget:
        return next(iter(self._boxes.values()), self)

    def _add(self, code: str, words: str) -> None:
        box = self.kit.check(words.replace("&", "&&"))
        box.toggled.connect(lambda _on: self._changed())
        self._boxes[code] = box
        self._list.addWidget(box)

    def _barred(self, pick: Pick) -> QWidget:
        icon = self.kit.picture("ban", "warn", 16)
        return self.kit.box(
            self.kit.row(icon, (self.kit.label(pick.barred, "small", tone="warn", wrap=True), 1), gap=2)
        )

    def _changed(self) -> None:
        self._other(tuple(code for code, box in self._boxes.items() if box.isChecked()))
        self.changed.emit()


class OneBox(PickBox):
    """One consent that stands; where none does, that is said with the way to record it."""

    def __init__(self, kit: Kit, field: Field, picks: Sequence[Pick]) -> None:
        super().__init__(kit, field, picks)
        options = [(pick.id, pick.words) for pick in picks if not pick.barred]
        standing = bool(options)
        options += [(choice.code, tr(choice.text)) for choice in field.choices if not choice.retired]
        self._control: Combo = kit.combo(options, empty=tr("Choose"))
        self._control.setAccessibleName(tr(field.text))
        self._control.changed.connect(lambda _code: self._changed())
        self.column.addWidget(self._control)
        self._add_words()
        if not standing:
            for sentence in (*(pick.barred for pick in picks), tr("No consent to contact with the family stands.")):
                self.column.addWidget(kit.label(sentence, "small", tone="warn", wrap=True))
            self.column.addWidget(self._door(tr("Record the person's answer")))

    def answers(self) -> dict[str, Answer]:
        code = self._control.code()
        return {} if code is None else {self.field.code: code, **self._named((code,)), **self._other((code,))}

    def take(self, answers: Answers) -> None:
        kept = answers.get(self.field.code)
        code = kept if isinstance(kept, str) and kept else None
        self._take_names(answers)
        if code is not None and self._control.findData(code) < 0:
            self._control.addItem(self._names.get(code, tr("Something that was picked")), code)
        self._control.choose(code)
        self._take_other(answers)
        self._other((code,) if code else ())

    def control(self) -> QWidget:
        return self._control

    def _changed(self) -> None:
        self._other((self._control.code() or "",))
        self.changed.emit()


class StepsBox(PickBox):
    """A new status for each step that was reviewed; steps left alone are no answer."""

    def __init__(self, kit: Kit, field: Field, picks: Sequence[Pick]) -> None:
        super().__init__(kit, field, picks)
        self._rows: dict[str, Combo] = {}
        for pick in picks:
            self._add(pick.id, pick.words, pick.now)
        if not picks:
            self.column.addWidget(kit.label(_nothing(field), "small", tone="muted", wrap=True))

    def answers(self) -> dict[str, Answer]:
        chosen = {step: code for step, combo in self._rows.items() if (code := combo.code()) is not None}
        return {self.field.code: chosen, **self._named(tuple(chosen))} if chosen else {}

    def take(self, answers: Answers) -> None:
        kept = answers.get(self.field.code)
        chosen = kept if isinstance(kept, Mapping) else {}
        self._take_names(answers)
        for step in chosen:
            if step not in self._rows:
                self._add(step, self._names.get(step, tr("Something that was picked")), "")
        for step, combo in self._rows.items():
            combo.choose(chosen.get(step))

    def control(self) -> QWidget:
        return next(iter(self._rows.values()), self)

    def _add(self, step: str, words: str, now: str) -> None:
        kit = self.kit
        statuses = [(choice.code, tr(choice.text)) for choice in self.field.choices if not choice.retired]
        combo = kit.combo(statuses, empty=tr("Not reviewed"))
        combo.setAccessibleName(tr("New status: {step}").format(step=words))
        combo.changed.connect(lambda _code: self.changed.emit())
        self._rows[step] = combo
        present = kit.label(now, "small", tone="muted") if now else None
        said = kit.box(kit.column(kit.label(words, wrap=True), present, gap=0))
        self.column.addWidget(kit.box(kit.row((said, 2), (combo, 1), gap=3)))


def _nothing(field: Field) -> str:
    if field.type is FieldType.CONTACTS:
        return tr("Nobody is recorded around this person yet.")
    return tr("There is no plan in force.")


def pick_box_for(kit: Kit, field: Field, picks: Sequence[Pick]) -> PickBox:
    """The control for a question that picks from the record."""
    boxes = {FieldType.CONSENT: OneBox, FieldType.STEPS: StepsBox}
    return boxes.get(field.type, SeveralBox)(kit, field, picks)
