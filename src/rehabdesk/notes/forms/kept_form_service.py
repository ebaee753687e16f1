"""Forms as they were: the text of a form is kept with the first note signed under it, and opens that note for ever."""

from rehabdesk.access.service import Desk
from rehabdesk.core.declared import DeclarationError
from rehabdesk.core.payload import to_payload
from rehabdesk.db.projection import HOUSE, PROTECTED, NewRecord
from rehabdesk.notes.forms import form_store as store
from rehabdesk.notes.forms.form_model import Field, Form, Level
from rehabdesk.notes.forms.form_service import Forms, form_from
from rehabdesk.notes.forms.kept_form_model import FormText
from rehabdesk.notes.model import NotePart

PAYLOAD_VERSION = 1


class KeptForms:
    """The forms under which notes of this desk were signed. Everybody may read them: no person stands in them."""

    def __init__(self, desk: Desk, forms: Forms) -> None:
        self._desk, self._forms = desk, forms

    def unkept(self, form: Form) -> list[NewRecord]:
        """What goes into the commit of a note so that its form is kept: nothing after the first time."""
        if store.is_kept(self._desk.index(HOUSE), form.digest):
            return []
        payload = to_payload(self._forms.text(form))
        return [NewRecord(comp=HOUSE, kind=store.NOTE_FORM, pv=PAYLOAD_VERSION, person=None, payload=payload)]

    def form_of(self, part: NotePart) -> Form | None:
        """The form that a note was signed under.

        The present one for notes that do not say which (payload version 1), and where the kept text is not there or
        cannot be read; None where there is no such form any more.
        """
        present = self._forms.find(part.form)
        if not part.form_digest or (present is not None and present.digest == part.form_digest):
            return present
        kept = store.of_digest(self._desk.index(HOUSE), part.form_digest)
        return (None if kept is None else _readable(kept)) or present

    def questions(self, form_name: str, code: str) -> tuple[Field, ...]:
        """A question as it is asked and was asked, the newest first: for answers of drafts that are older."""
        code = code.removesuffix(".other").removesuffix(".names")
        kept = (_readable(text) for text in store.of_name(self._desk.index(HOUSE), form_name))
        found = (form.field(code) for form in (self._forms.find(form_name), *kept) if form is not None)
        return tuple(field for field in found if field is not None)

    def out_of_reach(self, form_name: str) -> bool:
        """Whether the form asks, or asked, for what lies in `protected`, whose key this login does not hold."""
        if self._desk.holds(PROTECTED):
            return False
        kept = (_readable(text) for text in store.of_name(self._desk.index(HOUSE), form_name))
        forms = (form for form in (self._forms.find(form_name), *kept) if form is not None)
        return any(field.level is Level.PROTECTED for form in forms for field in form.fields)


def _readable(kept: FormText) -> Form | None:
    try:
        return form_from(kept)
    except DeclarationError:
        return None
