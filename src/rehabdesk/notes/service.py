"""What a practitioner does with notes: draft, sign, add, strike. One method is one deed and one transaction.

Reading is in `timeline_service.py`, confidential encounters in `encounter_service.py`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from rehabdesk.access.model import Draft, Role
from rehabdesk.access.service import Desk
from rehabdesk.core.canon import Json
from rehabdesk.core.clock import parse_stamp, stamp
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.payload import to_payload
from rehabdesk.db.projection import CLINICAL, PASTORAL, PROTECTED, TEAM, NewRecord, Record
from rehabdesk.notes import store, tally_store
from rehabdesk.notes.chaplaincy.reminder_service import Reminders, as_answers
from rehabdesk.notes.cosign_model import CosignState
from rehabdesk.notes.forms.answers_model import (
    Answers,
    Problem,
    UnansweredError,
    clean_answers,
    closes,
    opened_forms,
    problems,
    read_answers,
)
from rehabdesk.notes.forms.form_model import Existence, Form, Level
from rehabdesk.notes.forms.form_service import Forms
from rehabdesk.notes.forms.kept_form_service import KeptForms
from rehabdesk.notes.forms.picks_service import pick_problems
from rehabdesk.notes.groups.group_service import without_other_names
from rehabdesk.notes.model import (
    PAYLOAD_VERSION,
    Addendum,
    AddendumType,
    Entry,
    Marker,
    Note,
    NoteDraft,
    NotePart,
    Part,
    Strike,
    StrikeReason,
    Tallied,
    Tally,
    may_add,
    month_of,
    plain_answer,
    pre_trial_banner,
    read_note_part,
    split_answers,
)
from rehabdesk.notes.timeline_service import Timeline
from rehabdesk.people.service import People

NOTE_DRAFT = "note"
Beside = Mapping[str, Json] | None
"""What the page remembers of a draft (`NoteDraft.beside`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A form as it is shown for one person, with the line that must stand above it, or ""."""

    form: Form
    banner: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """What signing made; `opens` names the forms that the answers call for, for example `safety_alert`."""

    note: Note
    opens: tuple[str, ...]


class Notes:
    """Notes of one unlocked desk, as this login may write them."""

    def __init__(self, desk: Desk, people: People, forms: Forms) -> None:
        self._desk = desk
        self._people = people
        self._forms = forms
        self.kept = KeptForms(desk, forms)
        self.timeline = Timeline(desk, people, forms)
        self.reminders = Reminders(desk)

    # drafts

    def sheet(self, form_name: str, person_id: str) -> Sheet:
        """The form for this person; before a conviction with the banner and without what comes after one (G18)."""
        form = self._form(form_name)
        convicted = self._people.known.convicted(person_id)
        lines = [] if convicted else [pre_trial_banner()]
        if form.compartment == PASTORAL:
            lines.append(tr(self._desk.settings().sealed_rule_text))
        return Sheet(form=form.for_person(convicted=convicted), banner="\n".join(lines))

    def start(
        self,
        form_name: str,
        person_id: str,
        *,
        occurred_at: datetime | None = None,
        answers: Answers | None = None,
        moved_from: str | None = None,
        beside: Beside = None,
    ) -> str:
        """Keeps a new draft of this login and returns its id. Nothing needs to be complete."""
        form = self._form(form_name)
        self._people.known.require_own_here(person_id)
        self._refuse_closing(form, answers or {}, None)
        note = self._desk.ids()
        payload = _draft_payload(note, form, occurred_at, answers or {}, moved_from, beside or {})
        return self._desk.save_draft(NOTE_DRAFT, payload, person=person_id)

    def save_draft(
        self, draft_id: str, *, occurred_at: datetime | None, answers: Answers, beside: Beside = None
    ) -> NoteDraft:
        """Autosave: `answers` replace those kept before, and so does `beside` where it is given."""
        draft = self.draft(draft_id)
        form, kept = self._form(draft.form), draft.beside if beside is None else beside
        self._refuse_closing(form, answers, draft_id)
        payload = _draft_payload(draft.note, form, occurred_at, answers, draft.moved_from, kept)
        self._desk.save_draft(NOTE_DRAFT, payload, person=draft.person_id, draft_id=draft_id)
        return self.draft(draft_id)

    def draft(self, draft_id: str) -> NoteDraft:
        return _read_draft(self._desk.draft(draft_id))

    def drafts(self) -> tuple[NoteDraft, ...]:
        """The unsigned notes of this login; nobody else can open them."""
        return tuple(_read_draft(draft) for draft in self._desk.drafts(NOTE_DRAFT))

    def drop_draft(self, draft_id: str) -> None:
        self._desk.drop_draft(draft_id)

    def may_write_on(self, person_id: str) -> bool:
        """Whether the person is this login's case, or the login is not held to own cases."""
        return self._people.caseload.admits(person_id)

    def problems(self, draft_id: str) -> tuple[Problem, ...]:
        """Everything that stands in the way of signing, each with its field."""
        draft = self.draft(draft_id)
        return self._problems(draft, self._form(draft.form))

    # signing

    def sign(self, draft_id: str) -> Signed:
        """Makes the draft final: private part, shared summary and the sign that it exists are written in one commit.

        UnansweredError with all problems, UserError where the case is not this login's.
        """
        return self.sign_together([draft_id])[0]

    def sign_together(self, draft_ids: Sequence[str]) -> tuple[Signed, ...]:
        """One signature for several drafts, in one commit: each becomes a note of its own person, or none does."""
        items: list[NewRecord] = []
        forms: dict[str, Form] = {}
        opens, moved, reminders = [], [], []
        for draft_id in draft_ids:
            draft = self.draft(draft_id)
            form = self._form(draft.form)
            self._refuse_closing(form, draft.answers, draft_id)
            if found := self._problems(draft, form):
                raise UnansweredError(found)
            person_id, occurred_at = cast(str, draft.person_id), cast(datetime, draft.occurred_at)
            self._people.caseload.require(person_id)
            answers = clean_answers(form, draft.answers)
            items += self._parts(draft, form, answers, person_id, occurred_at)
            forms[form.digest] = form
            opens.append(opened_forms(form, answers))
            moved += [draft.moved_from] if draft.moved_from else []
            words, _ = split_answers(form, answers, Level.AUTHOR)
            reminders += [(text, person_id, draft.note) for text in words.values()]
        for text, person_id, note in reminders:  # before the signature, so that they are never lost
            self.reminders.keep(text, person_id=person_id, note=note)
        for form in forms.values():
            items += self.kept.unkept(form)
        extra: dict[str, Json] | None = {"moved_from": " ".join(moved)} if moved else None
        records = self._desk.commit("sign", items, drop_drafts=draft_ids, extra=extra)
        notes = [_note(record) for record in records if record.kind == store.NOTE]
        return tuple(Signed(note=note, opens=opened) for note, opened in zip(notes, opens, strict=True))

    # what comes after

    def add(self, comp: str, rid: str, kind: AddendumType, words: str) -> Note:
        """Adds to a signed note. A colleague who may read it writes down only the person's own statement."""
        entry = self.timeline.require_entry(comp, rid)
        if kind not in (offered := self.additions(entry.author)):
            sentence = tr("Only its author adds to a note. You can write down a statement of the person.")
            raise UserError(sentence if offered else tr("Your role adds nothing to notes."), field="type")
        if entry.struck:
            raise UserError(tr("This note was entered in error. Write a new one."))
        self._desk.commit("addendum", [_addition(self._desk, self._people, entry, kind, words)])
        return self.timeline.open(comp, rid)

    def additions(self, author: str) -> tuple[AddendumType, ...]:
        """What this login may add to a note of that author."""
        kinds = () if self._desk.role is Role.AUD else tuple(AddendumType)
        return tuple(kind for kind in kinds if may_add(kind, is_author=author == self._desk.uid))

    def entered_in_error(self, comp: str, rid: str, words: str) -> None:
        """Strikes the author's own note with the reason: still seen by author and inspector, by nobody else."""
        entry = self._own_standing_entry(comp, rid)
        words = without_other_names(self._desk, self._people, entry, words)
        self._strike(entry, StrikeReason.ENTERED_IN_ERROR, words, {})

    def recorded_on_wrong_person(self, comp: str, rid: str, right_person: str, words: str) -> str:
        """Strikes the note on this person and opens a draft of it on the right one, to be signed again (domain.md 6.2).

        Returns the id of the draft. Both are linked in the log.
        """
        entry = self._own_standing_entry(comp, rid)
        if entry.part is not Part.NOTE:
            raise UserError(tr("Open the note itself to move it to another person."))
        if right_person == entry.person_id:
            raise UserError(tr("The note is on this person already. Choose the right one."), field="right_person")
        self._require_reason(words)
        part, reminded = self.timeline.open(comp, rid).part, self.reminders.of(entry.note)
        answers = {**part.marks, **part.words, **as_answers(self._form(part.form), reminded)}
        draft_id = self.start(
            part.form, right_person, occurred_at=part.occurred_at, answers=answers, moved_from=entry.note
        )
        drop = [one.id for one in reminded]
        self._strike(entry, StrikeReason.WRONG_PERSON, words, {"draft": draft_id}, drop)
        return draft_id

    # inside

    def _form(self, name: str) -> Form:
        form = self._forms.form(name)
        if self._desk.role not in form.roles or not form.stores_content or form.own_page:
            raise UserError(tr("Your role does not write this form: {title}.").format(title=tr(form.title)))
        return form

    def _problems(self, draft: NoteDraft, form: Form) -> tuple[Problem, ...]:
        convicted = draft.person_id is not None and self._people.known.convicted(draft.person_id)
        now = self._desk.clock.now()
        found = problems(
            form.for_person(convicted=convicted),
            draft.answers,
            person=draft.person_id,
            moment=draft.occurred_at,
            now=now,
        )
        if draft.person_id is None:
            return found
        return found + pick_problems(self._people, form, draft.answers, draft.person_id, now.date())

    def _refuse_closing(self, form: Form, answers: Answers, draft_id: str | None) -> None:
        """A confidential encounter is never kept as a form: what was kept of it is deleted at once (G13)."""
        if not closes(form, answers):
            return
        if draft_id is not None:
            self._desk.drop_draft(draft_id)
        raise UserError(
            tr("A confidential encounter has no content. The form is closed, nothing of it was kept. Record the date.")
        )

    def _parts(
        self, draft: NoteDraft, form: Form, answers: Answers, person_id: str, occurred_at: datetime
    ) -> list[NewRecord]:
        """The records of one signed note; the first is the note itself."""
        in_training = form.compartment == CLINICAL and self._desk.staff(self._desk.uid).trainee

        def part(*levels: Level, moved_from: str | None = None) -> NotePart:
            words: dict[str, str] = {}
            marks: dict[str, object] = {}
            for level in levels:
                more_words, more_marks = split_answers(form, answers, level)
                words.update(more_words)
                marks.update(more_marks)
            return NotePart(
                note=draft.note,
                form=form.name,
                form_version=form.version,
                occurred_at=occurred_at,
                words=words,
                marks=read_answers(marks),
                moved_from=moved_from,
                form_digest=form.digest,
                cosign=in_training,
            )

        own = part(Level.PRIVATE, Level.SHARED, moved_from=draft.moved_from)
        items = [_part(form.compartment, store.NOTE, person_id, own)]
        shared, protected = part(Level.SHARED), part(Level.PROTECTED)
        if shared.words and form.compartment != TEAM:
            items.append(_part(TEAM, store.SUMMARY, person_id, shared))
        if protected.words or protected.marks:
            items.append(_part(PROTECTED, store.PROTECTED_PART, person_id, protected))
        if form.existence is Existence.ENTRY:
            marker = Marker(note=draft.note, on=occurred_at.astimezone().date())
            items.append(_new(TEAM, store.MARKER, person_id, to_payload(marker)))
        if form.existence is Existence.MONTHLY_COUNT:
            tally = Tally(what=Tallied.PASTORAL_NOTE, month=month_of(occurred_at.astimezone().date()))
            items.append(_new(TEAM, tally_store.TALLY, None, to_payload(tally)))
        return items

    def _own_standing_entry(self, comp: str, rid: str) -> Entry:
        entry = self.timeline.require_entry(comp, rid)
        if entry.author != self._desk.uid:
            raise UserError(tr("Only its author can strike a note."))
        if entry.struck:
            raise UserError(tr("This note was struck before."))
        return entry

    def _require_reason(self, words: str) -> None:
        if not words.strip():
            raise UserError(tr("Write why the note was entered in error."), field="reason")

    def _strike(
        self, entry: Entry, reason: StrikeReason, words: str, extra: Mapping[str, Json], drop: Sequence[str] = ()
    ) -> None:
        self._require_reason(words)
        items = []
        for comp in (entry.comp, *(other for other in (TEAM, CLINICAL, PASTORAL, PROTECTED) if other != entry.comp)):
            if comp == entry.comp or _lies_in(self._desk, self.kept, comp, entry):
                strike = Strike(note=entry.note, reason=reason, words=words if comp == entry.comp else "")
                items.append(_new(comp, store.STRUCK, entry.person_id, to_payload(strike)))
        self._desk.commit("strike", items, drop_drafts=drop, extra={"reason": reason.value, **extra})


def _addition(desk: Desk, people: People, entry: Entry, kind: AddendumType, words: str) -> NewRecord:
    """The record of an addition to a note of one person."""
    addendum = Addendum(note=entry.note, type=kind, body=without_other_names(desk, people, entry, words))
    return _new(entry.comp, store.ADDENDUM, entry.person_id, to_payload(addendum))


def _lies_in(desk: Desk, kept: KeptForms, comp: str, entry: Entry) -> bool:
    """Whether parts of the note lie there; or may, where this login has no key and strikes by letter."""
    if not desk.holds(comp):
        return comp == PROTECTED and kept.out_of_reach(entry.form)
    return bool(store.parts_of(desk.index(comp), comp, entry.note))


def _new(comp: str, kind: str, person_id: str | None, payload: Mapping[str, Json]) -> NewRecord:
    return NewRecord(comp=comp, kind=kind, pv=PAYLOAD_VERSION, person=person_id, payload=payload)


def _part(comp: str, kind: str, person_id: str, part: NotePart) -> NewRecord:
    return NewRecord(comp=comp, kind=kind, pv=part.payload_version, person=person_id, payload=part.to_payload())


def _note(record: Record) -> Note:
    part = read_note_part(record.payload, record.pv)
    return Note(
        rid=record.rid,
        comp=record.comp,
        part=part,
        person_id=record.person or "",
        author=record.author,
        recorded_at=record.recorded_at,
        cosign=CosignState.WAITING if part.cosign else CosignState.NOT_NEEDED,
    )


def _draft_payload(
    note: str,
    form: Form,
    occurred_at: datetime | None,
    answers: Answers,
    moved_from: str | None,
    beside: Mapping[str, Json],
) -> dict[str, Json]:
    payload: dict[str, Json] = {
        "note": note,
        "form": form.name,
        "answers": {code: plain_answer(value) for code, value in answers.items()},
    }
    if beside:
        payload["beside"] = dict(beside)
    if occurred_at is not None:
        payload["occurred_at"] = stamp(occurred_at)
    if moved_from is not None:
        payload["moved_from"] = moved_from
    return payload


def _read_draft(draft: Draft) -> NoteDraft:
    payload = draft.payload
    occurred_at, moved_from, beside = (payload.get(name) for name in ("occurred_at", "moved_from", "beside"))
    return NoteDraft(
        id=draft.id,
        note=str(payload["note"]),
        form=str(payload["form"]),
        person_id=draft.person,
        occurred_at=parse_stamp(occurred_at) if isinstance(occurred_at, str) else None,
        answers=read_answers(payload["answers"]),
        made=draft.made,
        changed=draft.changed,
        moved_from=moved_from if isinstance(moved_from, str) else None,
        beside=beside if isinstance(beside, dict) else {},
    )
