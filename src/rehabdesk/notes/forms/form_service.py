"""The forms that this desk offers, read once at start and checked whole."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache

from rehabdesk.access.model import Role
from rehabdesk.core import resources
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.notes.forms.form_model import HEADER, Form, join_header, require_unique
from rehabdesk.notes.forms.form_reading_model import parse_form
from rehabdesk.notes.forms.kept_form_model import FormText


class Forms:
    """All note forms by name. Made by `load_forms`, or from other texts in tests."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        """`texts` maps file name to TOML. DeclarationError names file, line and key of the first mistake."""
        parsed = {file: _parsed(text, file) for file, text in texts.items()}
        require_unique(parsed.values())
        header_file = next(file for file, form in parsed.items() if form.name == HEADER)
        header = parsed.pop(header_file)
        self._texts = {
            form.name: FormText(name=form.name, text=texts[file], header=texts[header_file])
            for file, form in parsed.items()
        }
        self._forms = {
            form.name: _joined(form, header, self._texts[form.name])
            for form in sorted(parsed.values(), key=lambda form: (form.order, form.name))
        }

    def form(self, name: str) -> Form:
        """UserError if there is no form of that name."""
        form = self.find(name)
        if form is None:
            raise UserError(tr("This desk has no form {name}.").format(name=name))
        return form

    def find(self, name: str) -> Form | None:
        """The form of that name; None for one that this desk no longer has."""
        return self._forms.get(name)

    def of_role(self, role: Role) -> tuple[Form, ...]:
        """What a login of this role may write."""
        return tuple(form for form in self._forms.values() if role in form.roles and not form.own_page)

    def offered(self, role: Role) -> tuple[Form, ...]:
        """The forms for a new note of this role; the first is the one that it begins with."""
        return tuple(form for form in self.of_role(role) if form.stores_content and not form.retired)

    def title(self, name: str) -> str:
        """What a form is called on the screen; a plain word for one that this desk no longer has."""
        form = self.find(name)
        return tr("Note") if form is None else tr(form.title)

    def entry_title(self, code: str) -> str:
        """What the timeline calls an entry of that form, "" without one.

        `form#attendance`: a group meeting, with whether the person came, unless simply so.
        """
        name, _, attendance = code.partition("#")
        if not name:
            return ""
        form = self.find(name)
        question = None if form is None else form.field("hdr.7")
        choice = None if question is None else question.choice(attendance)
        title = self.title(name)
        return title if choice is None else tr("{caption}: {words}").format(caption=title, words=tr(choice.text))

    def text(self, form: Form) -> FormText:
        """The exact text that a form of this desk was read from."""
        return self._texts[form.name]

    def all(self) -> Iterable[Form]:
        return self._forms.values()


@cache
def load_forms() -> Forms:
    """The forms that come with the program, read once in a process."""
    return Forms({file: resources.read_text(file) for file in resources.names("forms", ".toml")})


def form_from(kept: FormText) -> Form:
    """The form as it was asked when its text was kept. DeclarationError if this program cannot read it any more."""
    header = _parsed(kept.header, f"forms/{HEADER}.toml")
    return _joined(_parsed(kept.text, f"forms/{kept.name}.toml"), header, kept)


def _parsed(text: str, file: str) -> Form:
    return parse_form(text, file, known_roles=[role.value for role in Role])


def _joined(form: Form, header: Form, text: FormText) -> Form:
    return replace(join_header(form, header), digest=text.digest)
