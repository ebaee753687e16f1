"""Records on paper: put together here, laid out in a job, and logged before they leave (vault.md 6.2)."""

from collections.abc import Callable
from datetime import date, datetime

from rehabdesk.access.service import Desk
from rehabdesk.core.dates import day_text
from rehabdesk.core.errors import RehabDeskError, UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate, join_words, require_text
from rehabdesk.db.projection import PASTORAL
from rehabdesk.notes.attachments.attachment_model import StoredAttachment, facts_of
from rehabdesk.notes.attachments.attachment_service import Attachments
from rehabdesk.notes.chaplaincy.contribution_model import (
    CONTRIBUTION_AGREED,
    CONTRIBUTION_LEADER,
    CONTRIBUTION_WORDS,
    Agreed,
)
from rehabdesk.notes.chaplaincy.month_service import Months
from rehabdesk.notes.chaplaincy.month_sheet_pdf import month_sheet_pages
from rehabdesk.notes.chaplaincy.month_words_model import month_parts
from rehabdesk.notes.cosign_model import CosignAnswer
from rehabdesk.notes.forms.answer_words_model import answers_in_words
from rehabdesk.notes.forms.blanks_service import DEMO_SITE
from rehabdesk.notes.forms.form_model import Form
from rehabdesk.notes.model import AddendumType, Entry, Note, Strike, StrikeReason
from rehabdesk.notes.paper.note_pdf import note_pages
from rehabdesk.notes.paper.paper_model import MADE_FROM, PAPER
from rehabdesk.notes.paper.printout_model import PrintedFor, PrintedLater, PrintedMonth, PrintedNote
from rehabdesk.notes.service import Notes
from rehabdesk.notes.words_model import addendum_words, agreed_words, level_words, note_tags, person_can_read
from rehabdesk.people.service import People

WAYS = ("print", "save_pages")
"""How pages leave the desk: the deeds of the log."""
LONGEST_RECIPIENT = 80


class Printouts:
    """What one unlocked login may print of records: what it may open, and nothing else."""

    def __init__(self, desk: Desk, people: People, notes: Notes, attachments: Attachments, months: Months) -> None:
        self._desk, self._people, self._notes, self._months = desk, people, notes, months
        self._attachments = attachments

    def note(self, comp: str, rid: str, recipient: str) -> Callable[[], bytes]:
        """Opens a note for paper, which is logged as reading where reading is; gives what makes the pages, in a job.

        UserError where this login may not open it, and for a recipient that names nobody.
        """
        to = self._for(recipient)
        entry = self._notes.timeline.require_entry(comp, rid)
        note = self._notes.timeline.open(comp, rid)
        row, form = self._people.row(note.person_id), self._notes.kept.form_of(note.part)
        printed = PrintedNote(
            about=row.display_alias or row.name,
            case_ref=row.case_ref,
            title=_title(note, form),
            facts=tuple(self._facts(note, entry)),
            answers=tuple(_answers(note, form)),
            attached=tuple(map(_attached, self._attachments.of(comp, rid))),
            later=tuple(self._later(note)),
            struck=None if note.strike is None else _struck(note.strike),
        )
        return lambda: note_pages(printed, to)

    def note_leaves(self, how: str, comp: str, rid: str) -> None:
        """Logs that the pages of a note leave, by one of `WAYS`, before they do."""
        self._require_way(how)
        self._notes.timeline.require_entry(comp, rid)
        self._desk.log(how, comp=comp, rid=rid)

    def month_sheet(self, month: str, recipient: str, form: Form) -> Callable[[], bytes]:
        """The month (`YYYY-MM`) of this chaplain as pages; `form` words what is counted. UserError for other roles."""
        to, sheet = self._for(recipient), self._months.month_sheet(month)
        printed = PrintedMonth(month=date.fromisoformat(f"{month}-01"), parts=month_parts(sheet, form))
        return lambda: month_sheet_pages(printed, to)

    def month_leaves(self, how: str) -> None:
        """Logs that a month sheet leaves. No month and no number stands in the log."""
        self._require_way(how)
        self._desk.log(how, comp=PASTORAL)

    # inside

    def _for(self, recipient: str) -> PrintedFor:
        site = self._desk.settings()
        name = require_text(recipient, field="recipient", label=tr("For whom"), longest=LONGEST_RECIPIENT)
        if "\n" in name:
            raise UserError(tr("For whom: one line, please."), field="recipient")
        now = self._desk.clock.now()
        return PrintedFor(recipient=name, site=site.name, at=now, training=site.site == DEMO_SITE)

    def _require_way(self, how: str) -> None:
        if how not in WAYS:
            raise ValueError(f"pages do not leave by {how}")

    def _facts(self, note: Note, entry: Entry) -> list[tuple[str, str]]:
        signed = _moment(note.recorded_at)
        if note.part.answer(MADE_FROM) == PAPER:
            signed = _from_paper(note)
        readers, others = level_words(note.comp), person_can_read(note.comp)
        return [
            (tr("Meeting"), _moment(note.part.occurred_at)),
            (tr("Written by"), isolate(self._staff(note.author))),
            (tr("Signed"), signed),
            (tr("State"), join_words(words for words, _colour in note_tags(entry))),
            (
                tr("Who reads it on the desk"),
                tr("{readers}. {others}").format(readers=readers, others=others) if others else readers,
            ),
        ]

    def _later(self, note: Note) -> list[PrintedLater]:
        """Additions and the answers of a clinical supervisor, in the order in which they came."""
        dated: list[tuple[datetime, PrintedLater]] = []
        for one in note.additions:
            kind, by = one.addendum.type, self._by(one.author, one.recorded_at)
            own = kind is AddendumType.PERSON_STATEMENT
            later = PrintedLater(title=addendum_words(kind), by=by, words=one.addendum.body, own_words=own)
            dated.append((one.recorded_at, later))
        for answer in note.cosigns:
            returned = answer.cosign.answer is CosignAnswer.RETURNED
            title = tr("Returned with a reason") if returned else tr("Cosigned")
            by = self._by(answer.author, answer.recorded_at)
            dated.append((answer.recorded_at, PrintedLater(title=title, by=by, words=answer.cosign.words)))
        return [later for _, later in sorted(dated, key=lambda each: each[0])]

    def _by(self, uid: str, at: datetime) -> str:
        return f"{isolate(self._staff(uid))} · {_moment(at)}"

    def _staff(self, uid: str) -> str:
        try:
            return self._desk.staff(uid).name
        except RehabDeskError:
            return tr("Unknown")


def _title(note: Note, form: Form | None) -> str:
    if not note.part.form:
        return tr("Pastoral contribution")
    return tr("Note") if form is None else tr(form.title)


def _answers(note: Note, form: Form | None) -> list[tuple[str, str]]:
    """What was signed in this compartment; where an answer of another one went is not said on paper."""
    part = note.part
    if part.form:
        return list(answers_in_words(form, part, is_author=False))
    agreed, leader = part.answer(CONTRIBUTION_AGREED), part.answer(CONTRIBUTION_LEADER)
    found = [(tr("Agreed wording"), str(part.answer(CONTRIBUTION_WORDS)))]
    if isinstance(agreed, str):
        found.append((tr("Read back and agreed"), agreed_words(Agreed(agreed))))
    if leader is not None:
        found.append((tr("For the faith leader"), str(leader)))
    return found


def _from_paper(note: Note) -> str:
    """When it was signed, that there was a paper form, and whether that is gone."""
    time, gone = _moment(note.recorded_at), note.paper_destroyed
    if gone is None:
        return tr("{time}, from a paper form").format(time=time)
    sentence = tr("{time}, from a paper form. Paper destroyed on {day}")
    return sentence.format(time=time, day=isolate(day_text(gone)))


def _attached(one: StoredAttachment) -> tuple[str, str]:
    """What it is, and the facts that the screen tells of it."""
    kept = one.attachment
    facts = (*facts_of(kept.kind, kept.pages, kept.size), _moment(one.recorded_at))
    return isolate(kept.name), " · ".join(isolate(fact) for fact in facts)


def _struck(strike: Strike) -> PrintedLater:
    wrong = strike.reason is StrikeReason.WRONG_PERSON
    title = tr("Recorded on the wrong person") if wrong else tr("Entered in error")
    return PrintedLater(title=title, by=tr("Seen by its author and by an inspector only"), words=strike.words)


def _moment(at: datetime) -> str:
    local = at.astimezone()
    return isolate(tr("{day}, {time}").format(day=day_text(local.date()), time=f"{local:%H:%M}"))
