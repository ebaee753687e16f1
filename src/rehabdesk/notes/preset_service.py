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


def next_words(last: Note | None) -> str:
    """What the last note said was to come next; in a free note its last paragraph. Empty where it said nothing."""
    if last is None:
        return ""
    said = [last.part.words[code].strip() for code in NEXT if last.part.words.get(code, "").strip()]
    if not said:
        said = [each.strip() for each in last.part.words.get(FREE, "").split("\n") if each.strip()][-1:]
    return "\n".join(said)
