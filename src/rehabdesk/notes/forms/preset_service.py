"""What a new note starts with: the setting of the last one of its kind. Judgements are never preset."""

from rehabdesk.core.choices import OTHER
from rehabdesk.notes.forms.answers_model import Answer, Answers
from rehabdesk.notes.forms.form_model import Field, FieldType, Form, Repeat
from rehabdesk.notes.model import Note, Part
from rehabdesk.notes.timeline_service import Timeline

NEXT = (*("psy.P3.steps", "psy.P3.next", "psy.P3.plan"), "key.K10.person", "key.K10.staff", "cha.C6")
"""Fields that say what was to come next."""
FREE = "psy.P3.free"
_LOOKED_AT = 30


def last_note(timeline: Timeline, form: Form, person_id: str) -> Note | None:
    """The newest note of this form that this login may read; opening it is logged where reading is."""
    for entry in timeline.page(person_id, limit=_LOOKED_AT, previews=False):
        if entry.part is Part.NOTE and entry.form == form.name and not entry.struck:
            return timeline.open(entry.comp, entry.rid)
    return None


def presets(form: Form, last: Note | None) -> Answers:
    """The answers that a new note starts with, as the form says: `preset` in a first one, `repeat` from the last."""
    found: dict[str, Answer] = {}
    for field in form.fields:
        kept = None if last is None or field.repeat is Repeat.NO else last.part.answer(field.code)
        value = field.preset if kept is None else _next(field, kept)
        if value:
            found[field.code] = value
    return found


def next_words(last: Note | None) -> str:
    """What the last note said was to come next; in a free note its last paragraph. Empty where it said nothing."""
    if last is None:
        return ""
    said = [last.part.words[code].strip() for code in NEXT if last.part.words.get(code, "").strip()]
    if not said:
        said = [each.strip() for each in last.part.words.get(FREE, "").split("\n") if each.strip()][-1:]
    return "\n".join(said)


def _next(field: Field, kept: Answer) -> Answer:
    """What follows the answer of the last note."""
    if field.repeat is Repeat.ONE_MORE and type(kept) is int:
        return min(kept + 1, field.most)
    if field.type is FieldType.CHOICE and isinstance(kept, str):
        choice = field.choice(kept)
        if choice is None or choice.retired or kept == OTHER:
            return field.preset
        return choice.then or kept
    return kept
