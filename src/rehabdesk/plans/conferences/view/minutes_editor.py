"""The minutes of a conference as fields: discussion, decisions, actions, what was shared or kept back."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate
from rehabdesk.plans.conferences.conference_parts_model import Attendee
from rehabdesk.plans.conferences.conference_typed_model import TypedAction, TypedItem, TypedKeptBack, TypedMinutes
from rehabdesk.plans.conferences.view.minutes_rows import ActionRow, KeptBackRow, Rows, SharedRow
from rehabdesk.ui.choices import Option
from rehabdesk.ui.field import Field
from rehabdesk.ui.fields import TextArea
from rehabdesk.ui.kit import STRETCH, Kit
from rehabdesk.ui.texts import Control


class MinutesEditor(QWidget):
    """`owners`: staff who can have an action to do; `reasons`: why something is kept back."""

    changed = Signal()

    def __init__(
        self,
        kit: Kit,
        start: TypedMinutes,
        attendees: Sequence[Attendee],
        *,
        name: str,
        owners: Sequence[Option],
        reasons: Sequence[Option],
    ) -> None:
        super().__init__()
        self.kit, self._start = kit, start
        self.summary = kit.text_area(start.summary, limit=8_000, lines=5)
        self._decisions = kit.text_area(start.decisions, lines=3)
        self._nothing_decided = kit.check(tr("Nothing was decided"), start.nothing_decided)
        self._nothing_kept_back = kit.check(tr("Nothing was kept back"), start.nothing_kept_back)
        self._statement = kit.text_area(start.person_statement, limit=4_000, lines=3)
        self._said: dict[str, QLineEdit] = {}
        self.fields = self._areas(isolate(name))
        self.to_do = Rows(
            kit,
            start.actions,
            TypedAction(),
            lambda one, number: ActionRow(kit, one, owners, number),
            tr("Add an action"),
        )
        self.shared = Rows(
            kit, start.shared, TypedItem(), lambda one, number: SharedRow(kit, one, number), tr("Add what was shared")
        )
        self.kept_back = Rows(
            kit,
            start.kept_back,
            TypedKeptBack(),
            lambda one, number: KeptBackRow(kit, one, reasons, number),
            tr("Add what was kept back"),
        )
        self._lay(start, attendees)
        for area in (self.summary, self._decisions, self._statement):
            area.textChanged.connect(self.changed)
        for tick in (self._nothing_decided, self._nothing_kept_back):
            tick.toggled.connect(lambda _on: self.changed.emit())
        for rows in (self.to_do, self.shared, self.kept_back):
            rows.changed.connect(self.changed)

    def _areas(self, name: str) -> dict[str, Field]:
        """The long texts."""
        kit = self.kit
        return {
            "summary": kit.field(
                tr("What was &discussed"),
                self.summary,
                hint=tr("Stays with the team; never in a summary"),
                required=True,
            ),
            "decisions": kit.field(tr("What was de&cided"), self._decisions, hint=tr("One decision a line")),
            "person_statement": kit.field(
                tr("What {name} says").format(name=name),
                self._statement,
                hint=tr("In the person's own words, or read from a statement"),
            ),
        }

    def _lay(self, start: TypedMinutes, attendees: Sequence[Attendee]) -> None:
        kit = self.kit
        kept = kit.label(
            tr("Kinds of matter only, never the matter: clinical notes, a statement, an address."),
            "small",
            tone="muted",
            wrap=True,
        )
        self._kept_error = kit.field(tr("If there is nothing to write here"), self._nothing_kept_back)
        self.fields["kept_back"] = self._kept_error
        cards = (
            kit.card("", self.fields["summary"], *self._contributions(start, attendees)),
            kit.card("", self.fields["decisions"], self._nothing_decided),
            kit.card(tr("Actions"), self.to_do),
            kit.card(tr("What was shared"), kept, self.shared),
            kit.card(tr("What was kept back"), self.kept_back, self._kept_error),
            kit.card("", self.fields["person_statement"]),
        )
        kit.fill(QVBoxLayout(self), (*cards, STRETCH), gap=3)

    def _contributions(self, start: TypedMinutes, attendees: Sequence[Attendee]) -> list[Field]:
        """One line for each who came."""
        found = []
        for place, each in enumerate(attendees):
            if not each.attended:
                continue
            line = self.kit.line(start.contributions.get(str(place), ""), limit=1_000)
            line.textChanged.connect(lambda _words: self.changed.emit())
            self._said[str(place)] = line
            caption = tr("What {name} brought ({agency})").format(name=isolate(each.name), agency=isolate(each.agency))
            self.fields[f"contribution.{place}"] = self.kit.field(caption, line)
            found.append(self.fields[f"contribution.{place}"])
        return found

    def typed(self) -> TypedMinutes:
        """What stands in the fields."""
        return TypedMinutes(
            conference=self._start.conference,
            begun_from=self._start.begun_from,
            summary=self.summary.words(),
            contributions={place: words for place, line in self._said.items() if (words := line.text())},
            decisions=self._decisions.words(),
            nothing_decided=self._nothing_decided.isChecked(),
            actions=tuple(row.typed() for row in self.to_do.rows),
            shared=tuple(row.typed() for row in self.shared.rows),
            kept_back=tuple(row.typed() for row in self.kept_back.rows),
            nothing_kept_back=self._nothing_kept_back.isChecked(),
            person_statement=self._statement.words(),
        )

    def texts(self) -> dict[str, Control]:
        """Every control that holds words, by the name of its field."""
        fields = dict(self.fields)
        for name, rows in (("actions", self.to_do), ("shared", self.shared), ("kept_back", self.kept_back)):
            for place, row in enumerate(rows.rows):
                fields |= {f"{name}.{place}.{each}": field for each, field in row.fields.items()}
        return {
            name: field.control for name, field in fields.items() if isinstance(field.control, (QLineEdit, TextArea))
        }

    def calm(self) -> None:
        """Takes every error away."""
        for field in self.fields.values():
            field.calm()
        for rows in (self.to_do, self.shared, self.kept_back):
            rows.calm()

    def field_of(self, name: str | None) -> Field:
        """Where a problem is: a field, or `actions.2.due`, the field of a line."""
        parts = (name or "").split(".")
        lines: dict[str, Callable[[int, str], Field | None]] = {
            "actions": self.to_do.field,
            "shared": self.shared.field,
            "kept_back": self.kept_back.field,
        }
        rows = lines.get(parts[0])
        if rows is not None and len(parts) == 3 and parts[1].isdecimal():
            wanted = "owner_words" if parts[2] == "owner" and self._is_outside(int(parts[1])) else parts[2]
            found = rows(int(parts[1]), wanted)
            if found is not None:
                return found
        return self.fields.get(name or "", self.fields.get(parts[0], self.fields["summary"]))

    def _is_outside(self, place: int) -> bool:
        rows = self.to_do.rows
        return place < len(rows) and rows[place].fields["owner_words"].isVisibleTo(rows[place])
