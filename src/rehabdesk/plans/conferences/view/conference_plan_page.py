"""Planning a conference, or changing one that is planned: what for, when, who chairs, who is invited."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtWidgets import QWidget

from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr, tr_as
from rehabdesk.core.text import isolate, join_words, typed_words
from rehabdesk.plans.conferences.conference_model import Conference
from rehabdesk.plans.conferences.conference_parts_model import Attendee, ConferenceKind
from rehabdesk.plans.conferences.conference_service import Conferences
from rehabdesk.plans.conferences.conference_stored_model import StoredConference
from rehabdesk.plans.conferences.conference_words_model import kind_words
from rehabdesk.plans.conferences.view.minutes_rows import Row, Rows
from rehabdesk.ui.dates import local
from rehabdesk.ui.field import Field
from rehabdesk.ui.kit import STRETCH, Kit
from rehabdesk.ui.page import Page, Route

PLANNING = "conference"
"""The form of this page, where what is typed is kept."""


class GuestRow(Row):
    """Somebody who is no login of this desk."""

    def __init__(self, kit: Kit, start: tuple[str, str, str], number: int) -> None:
        super().__init__(kit)
        name, agency, role = start
        first = self.line("name", tr("Guest {number}: name or alias").format(number=number), name, 120)
        self.lay(
            tr("Take guest {number} away").format(number=number),
            first,
            (self.line("agency", tr("Agency"), agency, 120), 2),
            (self.line("role", tr("Role"), role, 120), 2),
        )

    def typed(self) -> tuple[str, str, str]:
        return (self.words("name").strip(), self.words("agency").strip(), self.words("role").strip())


class ConferencePlanPage(Page):
    """`stored` None: a new one."""

    def __init__(
        self, kit: Kit, work: Conferences, person_id: str, stored: StoredConference | None, *, name: str
    ) -> None:
        super().__init__(kit)
        self._work, self._person, self._stored, self._name = work, person_id, stored, name
        held = None if stored is None else stored.conference
        at = None if held is None else local(held.at)
        self._kind = kit.combo(
            [(each.value, kind_words(each)) for each in ConferenceKind], chosen=None if held is None else held.kind
        )
        self._day = kit.date_field(None if at is None else at.date(), coming=True)
        self._time = kit.time_field(None if at is None else at.time())
        self._room = kit.line("" if held is None else held.place, limit=120)
        self._chair = kit.combo(
            [(card.uid, card.name) for card in work.seats.can_chair()],
            chosen=work.me if held is None else held.chair,
            empty=tr("Choose who chairs"),
        )
        listed = () if held is None else tuple(each for each in held.attendees if each.staff not in held.withdrawn)
        self._staff = kit.several(
            [(card.uid, card.name) for card in work.seats.can_sit()], chosen=[each.staff for each in listed]
        )
        self._guests = Rows(
            kit,
            [(each.name, each.agency, each.role) for each in listed if not each.staff],
            ("", "", ""),
            lambda one, number: GuestRow(kit, one, number),
            tr("Add a guest"),
        )
        self._interpreters = kit.line("" if held is None else join_words(held.interpreters), limit=120)
        self.fields: dict[str, Field] = {
            "kind": kit.field(tr("What &for"), self._kind, required=True),
            "day": kit.field(tr("&Day"), self._day, required=True),
            "time": kit.field(tr("&Time"), self._time, required=True),
            "place": kit.field(tr("&Place"), self._room),
            "chair": kit.field(tr("&Chair"), self._chair, required=True),
            "attendees": kit.field(tr("From this desk"), self._staff),
            "interpreters": kit.field(
                tr("&Interpreter"), self._interpreters, hint=tr("By alias only, never by name; several with commas")
            ),
        }
        self._set_frame()
        self.forms.show(PLANNING, [*self.fields.values(), self._guests])

    def first_focus(self) -> QWidget | None:
        return self._kind

    def main_act(self) -> None:
        """Plans it, or says what is missing; what was typed stays."""
        for field in self.fields.values():
            field.calm()
        self._guests.calm()
        try:
            if self._stored is None:
                rid = self._work.schedule(self._person, self._typed()).rid
            else:
                rid = self._work.change(self._stored.rid, self._typed()).rid
        except UserError as problem:
            self._complain(problem)
            return
        self.forms.finish(PLANNING)
        self.said.emit(tr("The conference is planned."))
        self.go.emit(Route(name="conference", person=self._person, id=rid))

    def _set_frame(self) -> None:
        kit = self.kit
        title = tr("Plan a conference") if self._stored is None else tr("Change the conference")
        self.set_head(kit.column(kit.label(title, "h1"), kit.label(isolate(self._name), "small", tone="muted"), gap=0))
        when = kit.card(
            "",
            kit.row((self.fields["kind"], 3), (self.fields["day"], 3), (self.fields["time"], 1), gap=3),
            kit.row((self.fields["chair"], 3), (self.fields["place"], 4), gap=3),
        )
        who = kit.card(tr("Who is invited"), self.fields["attendees"], self._guests, self.fields["interpreters"])
        self.set_body(kit.box(kit.column(when, who, STRETCH, gap=3)))
        back = kit.button(tr("Cancel"))
        back.clicked.connect(self._go_back)
        keep = kit.button(tr("Save") if self._stored else tr_as("Plan", "deed"), kind="primary")
        keep.clicked.connect(self.main_act)
        self.set_foot(kit.row(back, STRETCH, keep))

    def _go_back(self) -> None:
        self.forms.finish(PLANNING)
        rid = "" if self._stored is None else self._stored.rid
        self.go.emit(Route(name="conference" if rid else "conferences", person=self._person, id=rid))

    def _typed(self) -> Conference:
        aliases = typed_words(self._interpreters.text())
        return Conference(
            kind=ConferenceKind(self._kind.code() or ConferenceKind.PLAN_REVIEW),
            at=self._at(),
            chair=self._chair.code() or "",
            place=self._room.text().strip(),
            attendees=(*(self._work.seats.invitation(uid) for uid in self._staff.codes()), *self._guests_typed()),
            interpreters=aliases,
        )

    def _at(self) -> datetime:
        try:
            day = self._day.required()
        except UserError as problem:
            raise UserError(problem.sentence, field="day") from None
        try:
            return datetime.combine(day, self._time.required()).astimezone()
        except UserError as problem:
            raise UserError(problem.sentence, field="time") from None

    def _guests_typed(self) -> Sequence[Attendee]:
        guests = []
        for place, row in enumerate(self._guests.rows):
            name, agency, role = row.typed()
            if not (name or agency or role):
                continue
            try:
                guests.append(Attendee(name=name, agency=agency, role=role))
            except UserError as problem:
                raise UserError(problem.sentence, field=f"guest.{place}.{problem.field}") from None
        return guests

    def _complain(self, problem: UserError) -> None:
        parts = (problem.field or "").split(".")
        field = self._guests.field(int(parts[1]), parts[2]) if parts[0] == "guest" else self.fields.get(parts[0])
        self.complain(problem.sentence, field or self.fields["day" if parts[0] == "at" else "kind"])
