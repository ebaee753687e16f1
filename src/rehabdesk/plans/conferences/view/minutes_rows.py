"""Lines of minutes that are being typed: actions, what was shared, what was kept back. Each can be taken away again."""

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from rehabdesk.core.i18n import tr
from rehabdesk.plans.conferences.conference_parts_model import Act
from rehabdesk.plans.conferences.conference_typed_model import OUTSIDE, TypedAction, TypedItem, TypedKeptBack
from rehabdesk.plans.conferences.conference_words_model import act_words
from rehabdesk.ui.choices import Option
from rehabdesk.ui.field import Field
from rehabdesk.ui.kit import STRETCH, Kit
from rehabdesk.ui.plain_kit import Item
from rehabdesk.ui.typed import GrowingRows

T = TypeVar("T")
R = TypeVar("R", bound="Row")


class Row(QWidget):
    """One line in a frame of its own; `fields` by the names that errors carry."""

    changed = Signal()
    dropped = Signal()

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self.kit, self.fields = kit, dict[str, Field]()

    def lay(self, name: str, first: Field, *beside: Item) -> None:
        """`first` over the whole width, the others below it; `name` says which line is taken away."""
        drop = self.kit.button("", kind="icon", icon="trash-2", name=name)
        drop.clicked.connect(self.dropped)
        place = self.kit.box(self.kit.column(STRETCH, drop))
        top = self.kit.row((first, 1), place, gap=2)
        card = self.kit.card("", top, self.kit.row(*beside, gap=3), kind="flat", gap=2)
        self.kit.fill(QVBoxLayout(self), (card,), gap=0)

    def line(self, name: str, caption: str, words: str, limit: int, *, required: bool = True) -> Field:
        """A line of text with its caption."""
        control = self.kit.line(words, limit=limit)
        control.textChanged.connect(lambda _words: self.changed.emit())
        self.fields[name] = self.kit.field(caption, control, required=required)
        return self.fields[name]

    def words(self, name: str) -> str:
        control = self.fields[name].control
        return control.text() if isinstance(control, QLineEdit) else ""

    def first(self) -> QWidget:
        """Where typing begins."""
        return next(iter(self.fields.values())).control


class ActionRow(Row):
    """What, who, by when. `owners`: staff who can have it to do."""

    def __init__(self, kit: Kit, start: TypedAction, owners: Sequence[Option], number: int) -> None:
        super().__init__(kit)
        what = self.line("text", tr("Action {number}").format(number=number), start.text, 300)
        self._owner = kit.combo(
            [*owners, (OUTSIDE, tr("Somebody outside"))], chosen=start.owner or None, empty=tr("Choose who")
        )
        self._due = kit.date_field(start.due, coming=True)
        self.fields["owner"] = kit.field(tr("Who does it"), self._owner, required=True)
        self._outside = self.line("owner_words", tr("Who outside"), start.owner_words, 120)
        self.fields["due"] = kit.field(tr("By"), self._due, required=True)
        self._owner.changed.connect(self._owner_chosen)
        self._due.changed.connect(self.changed)
        self.lay(
            tr("Take action {number} away").format(number=number),
            what,
            (self.fields["owner"], 2),
            (self._outside, 2),
            (self.fields["due"], 2),
        )
        self._outside.setVisible(self._owner.code() == OUTSIDE)

    def typed(self) -> TypedAction:
        return TypedAction(
            text=self.words("text"),
            owner=self._owner.code() or "",
            owner_words=self.words("owner_words"),
            due=self._due.day(),
        )

    def _owner_chosen(self, code: str) -> None:
        self._outside.setVisible(code == OUTSIDE)
        self.changed.emit()


class SharedRow(Row):
    """What kind of information, whose it is, which act it was, who got it."""

    def __init__(self, kit: Kit, start: TypedItem, number: int) -> None:
        super().__init__(kit)
        what = self.line("what", tr("Shared {number}: what kind").format(number=number), start.what, 200)
        whose = self.line("owner_agency", tr("Whose it is"), start.owner_agency, 120)
        self._act = kit.combo([(act.value, act_words(act)) for act in Act], chosen=start.act or Act.SHARED.value)
        self.fields["act"] = kit.field(tr("How"), self._act, required=True)
        to = self.line("to", tr("Who got it"), start.to, 120)
        self._act.changed.connect(lambda _code: self.changed.emit())
        drop = tr("Take shared {number} away").format(number=number)
        self.lay(drop, what, (whose, 2), (self.fields["act"], 2), (to, 2))

    def typed(self) -> TypedItem:
        return TypedItem(
            what=self.words("what"),
            owner_agency=self.words("owner_agency"),
            act=self._act.code() or "",
            to=self.words("to"),
        )


class KeptBackRow(Row):
    """What kind of matter, which agency kept it back, why, and who had asked."""

    def __init__(self, kit: Kit, start: TypedKeptBack, reasons: Sequence[Option], number: int) -> None:
        super().__init__(kit)
        what = self.line("what", tr("Kept back {number}: what kind").format(number=number), start.what, 200)
        agency = self.line("agency", tr("Which agency"), start.agency, 120)
        self._reason = kit.combo(reasons, chosen=start.reason or None, empty=tr("Choose why"))
        self.fields["reason"] = kit.field(tr("Why"), self._reason, required=True)
        asked = self.line("asked_by", tr("Who had asked"), start.asked_by, 120, required=False)
        self._reason.changed.connect(lambda _code: self.changed.emit())
        drop = tr("Take kept back {number} away").format(number=number)
        self.lay(drop, what, (agency, 2), (self.fields["reason"], 2), (asked, 2))

    def typed(self) -> TypedKeptBack:
        return TypedKeptBack(
            what=self.words("what"),
            agency=self.words("agency"),
            reason=self._reason.code() or "",
            asked_by=self.words("asked_by"),
        )


class Rows(GrowingRows, Generic[T, R]):
    """Lines of one kind with the button that adds one. `make`: a line from what was typed, and its number."""

    changed = Signal()

    def __init__(self, kit: Kit, start: Sequence[T], blank: T, make: Callable[[T, int], R], add: str) -> None:
        super().__init__()
        self._make, self._blank, self._made = make, blank, 0
        self.rows: list[R] = []
        self._column = QVBoxLayout()
        self._column.setSpacing(kit.theme.space(2))
        self.button = kit.button(add, kind="quiet", icon="plus")
        self.button.clicked.connect(self._add_blank)
        kit.fill(QVBoxLayout(self), (self._column, kit.start(self.button)), gap=2)
        for one in start:
            self._add(one)

    @property
    def held(self) -> Sequence[QWidget]:
        return self.rows

    def hold(self, count: int) -> None:
        while len(self.rows) < count:
            self._add(self._blank)
        while len(self.rows) > count:
            self._take_away(self.rows[-1])
        self.grown.emit()

    def field(self, place: int, name: str) -> Field | None:
        """The field of a line that an error names."""
        return self.rows[place].fields.get(name) if place < len(self.rows) else None

    def calm(self) -> None:
        """Takes the errors of all lines away."""
        for row in self.rows:
            for field in row.fields.values():
                field.calm()

    def _add_blank(self) -> None:
        self._add(self._blank).first().setFocus(Qt.FocusReason.OtherFocusReason)
        self.grown.emit()
        self.changed.emit()

    def _add(self, one: T) -> R:
        self._made += 1
        row = self._make(one, self._made)
        row.changed.connect(self.changed)
        row.dropped.connect(lambda: self._drop(row))
        self.rows.append(row)
        self._column.addWidget(row)
        return row

    def _drop(self, row: R) -> None:
        self._take_away(row)
        self.button.setFocus(Qt.FocusReason.OtherFocusReason)
        self.grown.emit()
        self.changed.emit()

    def _take_away(self, row: R) -> None:
        self.rows.remove(row)
        row.hide()
        row.deleteLater()
