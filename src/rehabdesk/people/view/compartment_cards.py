"""Cards of what lies at another level than the register: clinical needs, protected notes, children by age band."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate
from rehabdesk.people.children_service import Children
from rehabdesk.people.need_service import Needs
from rehabdesk.people.protected_model import About, ChildrenCount, KeptWords, ProtectedNote, Recruited
from rehabdesk.people.protected_service import ProtectedNotes
from rehabdesk.people.record_words_model import band_words, recruited_words
from rehabdesk.people.view.record_page import ActPage, fact_rows
from rehabdesk.ui.dates import short, stamp
from rehabdesk.ui.kit import Kit
from rehabdesk.ui.page import Route

Staff = Callable[[str], str]


class NeedsCard:
    """A psychologist's own card: needs under the clinical key, and what of them the team may know."""

    def __init__(self, kit: Kit, needs: Needs, person_id: str, *, name: str, practical: str, staff: Staff) -> None:
        self._kit, self._needs, self._person, self._name = kit, needs, person_id, name
        self._practical, self._staff = practical, staff

    def build(self, page: ActPage) -> QWidget | None:
        """None where this login has no clinical key or no such case."""
        if not self._needs.may_use(self._person):
            return None
        kit = self._kit
        add = page.act_button(tr("Add a need"), lambda: self._ask(page), icon="plus")
        rows: list[QWidget] = [
            kit.label(tr("Clinical: psychologists on this case and the clinical supervisor."), "small", tone="muted")
        ]
        rows += [self._row(page, one) for one in self._needs.kept(self._person)]
        if len(rows) == 1:
            rows.append(kit.empty(tr("No disability and no access need is recorded.")))
        return kit.card(tr("Needs"), *rows, action=add)

    def _row(self, page: ActPage, one: KeptWords) -> QWidget:
        kit = self._kit
        who = tr("{when}, {name}").format(when=stamp(one.recorded_at), name=isolate(self._staff(one.author)))
        read = page.act_button(tr("Read"), lambda: self._read(page, one), kind="quiet")
        read.setAccessibleName(tr("Read the need of {when}").format(when=stamp(one.recorded_at)))
        return kit.box(kit.row((kit.label(who, wrap=True), 1), read, gap=3))

    def _read(self, page: ActPage, one: KeptWords) -> None:
        kit = self._kit
        words = self._needs.read(self._person, one.rid)
        text = kit.text_area(self._practical, limit=300, lines=2)
        field = kit.field(
            tr("Practical side, for the team"),
            text,
            hint=tr("Only what must be done, as 'Large print' or 'Read everything aloud'. No diagnosis."),
        )
        shown = kit.card(tr("Clinical"), kit.label(words, wrap=True), kind="quiet")

        def lower() -> None:
            self._needs.lower(self._person, one.rid, text.words().strip())
            self._practical = text.words().strip()
            page.done(tr("The team reads the practical side from now on."))

        page.ask_in_form(
            tr("Need of {name}").format(name=isolate(self._name)),
            {"shown": shown, "practical_access_need": field},
            tr("Give it to the team"),
            lower,
            first=text,
        )

    def _ask(self, page: ActPage) -> None:
        text = self._kit.text_area(limit=1_000, lines=4)
        field = self._kit.field(tr("Disability or access need"), text, required=True)

        def keep() -> None:
            self._needs.keep(self._person, text.words().strip())
            page.done(tr("Kept under the clinical key. Nothing of it goes to the team by itself."))

        page.ask_in_form(tr("New need"), {"need": field}, tr("Keep"), keep, first=text)


class ProtectedCard:
    """Protected notes about the person: written by who works with the person, read by author and safeguarding lead."""

    def __init__(
        self, kit: Kit, notes: ProtectedNotes, person_id: str, *, about: About, name: str, staff: Staff, writes: bool
    ) -> None:
        self._kit, self._notes, self._person, self._about = kit, notes, person_id, about
        self._name, self._staff, self._writes = name, staff, writes

    def build(self, page: ActPage) -> QWidget | None:
        """None where this login neither writes nor reads such notes."""
        kit, kept = self._kit, [one for one in self._notes.kept(self._person) if one.about == self._about.value]
        writes = self._writes and self._notes.may_keep
        if not (kept or writes):
            return None
        add = None
        if writes:
            add = page.act_button(tr("Tell the safeguarding lead"), lambda: self._ask(page), icon="lock")
            add.setAccessibleName(tr("Tell the safeguarding lead: {what}").format(what=self._title()))
        rows: list[QWidget] = [kit.label(self._readers(), "small", tone="muted", wrap=True)]
        for one in kept:
            who = tr("{when}, {name}").format(when=stamp(one.recorded_at), name=isolate(self._staff(one.author)))
            read = page.act_button(tr("Read"), lambda rid=one.rid: self._read(page, rid), kind="quiet")  # type: ignore[misc]  # bound now
            read.setAccessibleName(tr("Read the note of {when}").format(when=stamp(one.recorded_at)))
            rows.append(kit.box(kit.row((kit.label(who, wrap=True), 1), read, gap=3)))
        return kit.card(self._title(), *rows, kit.start(add) if add else None)

    def _title(self) -> str:
        if self._about is About.CHILDREN:
            return tr("About the children, protected")
        return tr("Recruited as a child, protected")

    def _readers(self) -> str:
        lead = self._notes.lead(self._person)
        if lead is None:
            return tr("Protected: its author and the safeguarding lead. Nobody is named as safeguarding lead yet.")
        sentence = tr("Protected: its author and the safeguarding lead, {name}. Every reading is logged.")
        if not self._notes.lead_reads(self._person):
            sentence = tr("Protected: {name} is named as safeguarding lead and must still be given the key.")
        return sentence.format(name=isolate(self._staff(lead)))

    def _read(self, page: ActPage, rid: str) -> None:
        kit, note = self._kit, self._notes.read(self._person, rid)
        answer = recruited_words(note.recruited) if note.recruited is not None else ""
        page.begin()
        back = page.act_button(tr("Close"), page.show_again)
        card = kit.card(self._title(), fact_rows(kit, [(tr("Answer"), answer), (tr("Note"), note.words)]), action=back)
        page.set_body(kit.box(kit.column(card)))
        back.setFocus()

    def _ask(self, page: ActPage) -> None:
        kit = self._kit
        text = kit.text_area(limit=1_000, lines=4)
        words = kit.field(tr("What the safeguarding lead must know"), text)
        fields: dict[str, QWidget] = {"protected": words}
        answer, first = None, text.focusProxy() or text
        if self._about is About.RECRUITED_AS_CHILD:
            answer = kit.choice([(each.value, recruited_words(each)) for each in Recruited])
            question = tr("Was {name} recruited as a child?").format(name=isolate(self._name))
            fields = {"recruited": kit.field(question, answer, required=True), "protected": words}
            first = answer.focusProxy() or answer

        def keep() -> None:
            code = None if answer is None else answer.code()
            note = ProtectedNote(
                about=self._about,
                words=text.words().strip(),
                recruited=None if code is None else Recruited(code),
            )
            reads = self._notes.keep(self._person, note)
            page.done(tr("Kept, protected.") if reads else tr("Kept with the safeguarding lead."))

        page.ask_in_form(self._title(), fields, tr("Keep"), keep, first=first)


class ChildrenCard:
    """How many children are in each age band, and who is the safeguarding lead (G28)."""

    def __init__(
        self, kit: Kit, children: Children, notes: ProtectedNotes, person_id: str, *, staff: Staff, writes: bool
    ) -> None:
        self._kit, self._children, self._notes, self._person = kit, children, notes, person_id
        self._staff, self._writes = staff, writes

    def build(self, page: ActPage) -> QWidget | None:
        """None where this role does not see it."""
        if not self._children.may_read:
            return None
        kit, counts = self._kit, self._children.of_person(self._person)
        ask = None
        if self._writes and self._children.may_write:
            ask = page.act_button(tr("Count anew"), lambda: self._ask(page, counts), kind="quiet")
            ask.setAccessibleName(tr("Count the children anew"))
        if counts is None:
            return kit.card(tr("Children, by age"), kit.empty(tr("Not asked yet.")), action=ask)
        lead = self._notes.lead(self._person)
        rows = [(band_words(band), str(count)) for band, count in counts.by_band]
        named = None
        if counts.total and lead is None:
            named = page.act_button(
                tr("Name a safeguarding lead"),
                lambda: page.go.emit(Route(name="assignments", person=self._person)),
                kind="link",
            )
        elif counts.total:
            rows.append((tr("Safeguarding lead"), isolate(self._staff(lead or ""))))
        day = tr("As told on {day}. Names and ages are not kept here.").format(day=short(counts.counted_on))
        said = kit.label(day, "small", tone="hint", wrap=True)
        return kit.card(
            tr("Children, by age"), fact_rows(kit, rows), kit.start(named) if named else None, said, action=ask
        )

    def _ask(self, page: ActPage, counts: ChildrenCount | None) -> None:
        kit = self._kit
        before = counts or ChildrenCount(counted_on=kit.today())
        lines = {
            name: kit.line(str(count), limit=3)
            for name, (_, count) in zip(("up_to_5", "up_to_11", "up_to_17"), before.by_band, strict=True)
        }
        fields = {
            name: kit.field(band_words(band), lines[name])
            for name, (band, _) in zip(lines, before.by_band, strict=True)
        }

        def keep() -> None:
            numbers = {name: _number(line.text(), name) for name, line in lines.items()}
            self._children.count(self._person, ChildrenCount(counted_on=kit.today(), **numbers))
            page.done(tr("Counted."), (lambda: self._children.count(self._person, counts)) if counts else None)

        page.ask_in_form(tr("Children, by age"), fields, tr("Save"), keep, first=lines["up_to_5"])


def _number(text: str, field: str) -> int:
    """A count as it is typed, in any digits; nothing is none. UserError by its field."""
    words = text.strip()
    if words and not (words.isdecimal() and len(words) <= 3):
        raise UserError(tr("A number of children is written in digits, for example 2."), field=field)
    return int(words or 0)
