"""What a new note starts with: the setting of the last one of its kind. Judgements are never preset."""

from rehabdesk.notes.answers_model import Answer, Answers
from rehabdesk.notes.form_model import Form
from rehabdesk.notes.model import Note, Part
from rehabdesk.notes.timeline_service import Timeline

TAKEN = ("hdr.3", "hdr.4", "hdr.6", "hdr.8", "psy.P1", "psy.P2", "key.K1")
"""Fields that a new note takes over from the last one."""
USUAL: dict[str, Answer] = {
    "hdr.3": 45,
    "hdr.4": "interview_room",
    "hdr.7": "came",
    "hdr.8": "planned",
    "hdr.10": "recall",
    "psy.P1.number": 1,
    "psy.P1": "first_meeting",
    "psy.P2": "free",
    "key.K1": "weekly",
}
"""What stands there when there is no note yet."""
_LOOKED_AT = 30


def last_note(timeline: Timeline, form: Form, person_id: str) -> Note | None:
    """The newest note of this form that this login may read; opening it is logged where reading is."""
    for entry in timeline.page(person_id, limit=_LOOKED_AT, previews=False):
        if entry.part is Part.NOTE and entry.form == form.name and not entry.struck:
            return timeline.open(entry.comp, entry.rid)
    return None


def presets(form: Form, last: Note | None) -> Answers:
    """The answers that a new note starts with."""
    known = {field.code for field in form.fields}
    found = {code: value for code, value in USUAL.items() if code in known}
    if last is None:
        return found
    for code in TAKEN:
        value = last.part.answer(code)
        if code in known and value is not None:
            found[code] = value
    if found.get("psy.P1") == "first_meeting":
        found["psy.P1"] = "working_session"
    number = last.part.answer("psy.P1.number")
    if isinstance(number, int):
        found["psy.P1.number"] = number + 1
    return found
