"""A signed meeting: read, signed by the other facilitator, added to, and put right for one person. Never edited."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import ntr, tr
from rehabdesk.core.text import isolate, join_words
from rehabdesk.notes.groups.group_model import LONGEST_DEBRIEF, LONGEST_LINE, LONGEST_REASON, Lines, Mark
from rehabdesk.notes.groups.group_words_model import MARKS, choice_words, level_tag, options
from rehabdesk.notes.groups.meeting_after_service import ADDS, MeetingsAfter
from rehabdesk.notes.groups.meeting_service import Meetings
from rehabdesk.notes.groups.meetings_read_service import MeetingsRead, Row, Whole
from rehabdesk.notes.groups.view.marks_table import MarkRow, columns
from rehabdesk.notes.model import AddendumType, is_late
from rehabdesk.notes.words_model import addendum_words
from rehabdesk.ui.dates import stamp
from rehabdesk.ui.kit import STRETCH, Kit
from rehabdesk.ui.page import STAY, Page, Route
from rehabdesk.ui.plain_kit import Card
from rehabdesk.ui.table import Table


class MeetingReadPage(Page):
    """`staff`: the name behind a login; `mine`: this login. `opens_people`: this role opens a person's record."""

    def __init__(
        self,
        kit: Kit,
        meetings: Meetings,
        after: MeetingsAfter,
        read: MeetingsRead,
        meeting_id: str,
        *,
        staff: Callable[[str], str],
        mine: str,
        opens_people: bool,
    ) -> None:
        super().__init__(kit)
        self._meetings, self._after, self._read, self._id = meetings, after, read, meeting_id
        self._staff, self._mine, self._opens = staff, mine, opens_people
        self._table: Table | None = None
        self.refresh()

    def refresh(self) -> None:
        kit, whole = self.kit, self._read.open(self._id)
        self._whole: Whole = whole
        meeting = whole.meeting
        title = tr("{group}, no. {number}").format(group=isolate(whole.group_name), number=meeting.number)
        level = kit.tag(*level_tag(meeting.lines))
        names = join_words(isolate(self._staff(uid)) for uid in meeting.facilitators)
        length = ntr("{count} minute", "{count} minutes", meeting.minutes)
        facts = " · ".join((isolate(meeting.theme), stamp(meeting.occurred_at), length, names))
        tags = [kit.tag(*each) for each in self._states()]
        self.set_head(
            kit.column(
                kit.row(kit.label(title, "h1"), *tags, level, STRETCH, gap=3),
                kit.label(facts, "small", tone="muted", wrap=True),
                gap=0,
            )
        )
        cards = [self._common(), self._people(), self._debrief(), *self._additions()]
        self.set_body(kit.box(kit.column(*(card for card in cards if card is not None), STRETCH, gap=4)))
        self._set_foot()

    # what stands there

    def _states(self) -> list[tuple[str, str]]:
        whole = self._whole
        if whole.struck is not None:
            return [(tr("Entered in error"), "grey")]
        found = [(tr("Waiting for {name}").format(name=self._staff(uid)), "blue") for uid in whole.waits_for]
        if not found:
            found = [(tr("Signed, details added") if whole.additions else tr("Signed"), "green")]
        if is_late(whole.meeting.occurred_at, whole.recorded_at):
            found.append((tr("Late entry"), "grey"))
        return found

    def _common(self) -> Card:
        kit, meeting = self.kit, self._whole.meeting
        climate = choice_words(self._meetings.form, "grp.GS5", meeting.climate)
        rows = [kit.label(isolate(meeting.done), wrap=True, selectable=True)]
        facts = [tr("Group climate: {words}").format(words=climate)]
        if meeting.exercise:
            facts.append(tr("Exercise: {words}").format(words=isolate(meeting.exercise)))
        if self._whole.struck is not None:
            facts.append(tr("Entered in error: {words}").format(words=isolate(self._whole.struck)))
        for one in self._whole.signed:
            words = tr("Signed by {name}, {time}") if one.same else tr("Signed by {name}, {time}, before a correction")
            facts.append(words.format(name=isolate(self._staff(one.uid)), time=stamp(one.at)))
        small = [kit.label(words, "small", tone="muted", wrap=True) for words in facts]
        return kit.card(tr("What we did"), *rows, *small, gap=2)

    def _people(self) -> Card:
        kit, whole = self.kit, self._whole
        clinical = whole.meeting.lines is Lines.CLINICAL
        lines = self._read.lines(whole) if clinical else {}
        rows = [
            MarkRow(person=row.person, name=row.name, mark=_together(row, lines.get(row.person))) for row in whole.rows
        ]
        line = tr("Private line") if clinical else tr("Line")
        table = kit.table(columns(self._meetings.form, line=line, states=False), tr("People of this meeting"))
        table.show_all(rows)
        if self._opens:
            rids = {row.person: row.rid for row in whole.rows}
            table.opened.connect(
                lambda row: self.go.emit(Route(name="note_read", person=row.person, id=f"team:{rids[row.person]}"))
            )
        self._table = table if rows else None
        hidden = any(row.apart and row.person not in lines for row in whole.rows)
        words = tr("Some lines are clinical: that they exist is all that is shown here.") if hidden else ""
        return kit.card(tr("People"), table, kit.label(words, "small", tone="muted", wrap=True) if words else None)

    def _debrief(self) -> Card | None:
        words = self._read.debrief(self._whole)
        if not words:
            return None
        kit = self.kit
        level = kit.tag(tr("Clinical"), "purple", "lock")
        return kit.card(tr("Facilitators' debrief"), kit.label(words, wrap=True, selectable=True), action=level)

    def _additions(self) -> Sequence[Card]:
        kit, found = self.kit, []
        for stored, addendum in self._whole.additions:
            meta = f"{self._staff(stored.author)} · {stamp(stored.recorded_at)}"
            said = kit.label(isolate(addendum.body), wrap=True, selectable=True)
            words = addendum_words(addendum.type)
            found.append(kit.card(words, kit.label(meta, "small", tone="muted"), said, kind="flat", gap=1))
        return found

    def _set_foot(self) -> None:
        kit, whole = self.kit, self._whole
        back = kit.button(tr("Back"), icon="arrow-left")
        back.clicked.connect(lambda: self.go.emit(Route(name="group", id=whole.meeting.group)))
        self._act, self._first = None, self._table or back
        if whole.struck is not None:
            self.set_foot(kit.row(back, STRETCH))
            return
        strike = correct = add = sign = None
        if whole.author == self._mine:
            strike = kit.button(tr("Entered in error"), kind="quiet", icon="ban")
            strike.clicked.connect(self._ask_strike)
            correct = kit.button(tr("Correct one person"), icon="pencil")
            correct.clicked.connect(self._ask_correction)
        if self._mine in whole.meeting.facilitators:
            add = kit.button(tr("Add details"), icon="plus")
            add.clicked.connect(self._ask_addition)
            self._act = self._ask_addition
        if self._mine in whole.waits_for and whole.author != self._mine:
            sign = kit.button(tr("Sign the same version"), kind="primary", icon="signature")
            sign.clicked.connect(self._ask_signature)
            self._act, self._first = self._ask_signature, sign
        self.set_foot(kit.row(back, strike, STRETCH, correct, add, sign))

    # what comes after

    def _ask_signature(self) -> None:
        def sign() -> None:
            self._after.sign_too(self._id)
            self.said.emit(tr("Signed. The meeting has all its signatures."))
            self.show_again()

        words = tr("Signing meeting no. {number} of {group} as it stands here. You can add details afterwards.")
        whole = self._whole
        sentence = words.format(number=whole.meeting.number, group=isolate(whole.group_name))
        self.ask(sentence, tr("Sign the same version"), sign)

    def _ask_addition(self) -> None:
        kit = self.kit
        kind = kit.combo([(each.value, addendum_words(each)) for each in ADDS], chosen=ADDS[0].value)
        body = kit.text_area(limit=LONGEST_DEBRIEF, lines=4)
        hint = tr("Goes into the record of everybody who was there, so it names nobody.")
        field = kit.field(tr("&What is added"), body, required=True, hint=hint)
        field.setObjectName("body")

        def add() -> None:
            self._after.add(self._id, AddendumType(kind.code() or ""), body.words())
            self.said.emit(tr("Added and signed."))

        fields = [kit.field(tr("&Kind"), kind), field]
        self._act = self.show_form(tr("Add details"), fields, tr("Sign the addition"), add, first=body)

    def _ask_strike(self) -> None:
        reason = self.kit.line(limit=LONGEST_REASON)
        field = self.kit.field(tr("&Why was it entered in error?"), reason, required=True)
        field.setObjectName("reason")
        sentence = tr("Striking meeting no. {number} of {group} in everybody's record: it stays in the log.")
        whole = self._whole

        def strike() -> None:
            try:
                self._after.entered_in_error(self._id, reason.text())
            except UserError as problem:
                field.complain(problem.sentence)
                self.problems([(problem.sentence, reason)])
                return
            self.said.emit(tr("Struck. You and an inspector still see it; nobody else does."))
            self.go.emit(Route(name="group", id=whole.meeting.group))

        def ask() -> object:
            self.ask(
                sentence.format(number=whole.meeting.number, group=isolate(whole.group_name)),
                tr("Strike"),
                strike,
                danger=True,
            )
            return STAY

        self._act = self.show_form(tr("Entered in error"), [field], tr("Strike"), ask, first=reason)

    def _ask_correction(self) -> None:
        """Another mark for one person, also for somebody who was forgotten."""
        kit, form, lines = self.kit, self._meetings.form, self._read.lines(self._whole)
        rows = {row.person: row for row in self._whole.rows}
        people = kit.combo(list(self._after.people(self._id).items()))
        came = kit.combo([(code, choice_words(form, "hdr.7", code)) for each in MARKS for code in each])
        took = kit.choice(options(form, "grp.GS6.part"))
        skill = kit.combo(options(form, "grp.GS6.skill"), empty=tr("Not said"))
        line, reason = kit.line(limit=LONGEST_LINE), kit.line(limit=LONGEST_REASON)

        def show(person: str) -> None:
            mark = _together(rows[person], lines.get(person)) if person in rows else Mark()
            came.choose(mark.attendance or "came")
            took.choose(mark.took_part or None)
            skill.choose(mark.skill or None)
            line.setText(mark.words)

        def correct() -> None:
            person = people.code() or ""
            kept = rows[person].mark.kept if person in rows else False
            mark = Mark(
                attendance=came.code() or "",
                took_part=took.code() or "",
                skill=skill.code() or "",
                words=line.text(),
                kept=kept,
            )
            self._after.correct(self._id, person, mark, reason.text())
            self.said.emit(tr("Corrected. The record before it is struck and stays in the log."))

        fields = [
            kit.field(tr("&Person"), people),
            kit.field(tr("Came"), came),
            kit.field(tr("Took part"), took),
            kit.field(tr("Skill seen"), skill),
            kit.field(tr("About this person only"), line),
            kit.field(tr("&Why is it corrected?"), reason),
        ]
        for field, name in zip(fields, ("person", "came", "mark", "skill", "line", "reason"), strict=True):
            field.setObjectName(name)
        people.changed.connect(show)
        current = self._table.current() if self._table is not None else None
        people.choose(current.person if isinstance(current, MarkRow) else None)
        show(people.code() or "")
        self._act = self.show_form(tr("Correct one person"), fields, tr("Sign the correction"), correct, first=people)


def _together(row: Row, line: Mark | None) -> Mark:
    """The team's part of a row with the clinical line, where it may be read."""
    if line is None:
        return row.mark
    return replace(row.mark, took_part=line.took_part, skill=line.skill, words=line.words)
