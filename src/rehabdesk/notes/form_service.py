"""The forms that this desk offers, read once at start and checked whole."""

from collections.abc import Iterable, Mapping

from rehabdesk.access.model import Role
from rehabdesk.core import resources
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.notes.form_model import HEADER, Form, join_header, parse_form, require_unique


class Forms:
    """All note forms by name. Made by `load_forms`, or from other texts in tests."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        """`texts` maps file name to TOML. DeclarationError names file, line and key of the first mistake."""
        roles = tuple(role.value for role in Role)
        parsed = {
            form.name: form for form in (parse_form(text, file, known_roles=roles) for file, text in texts.items())
        }
        require_unique(parsed.values())
        header = parsed.pop(HEADER)
        self._forms = {name: join_header(form, header) for name, form in parsed.items()}

    def form(self, name: str) -> Form:
        """UserError if there is no form of that name."""
        try:
            return self._forms[name]
        except KeyError:
            raise UserError(tr("This desk has no form {name}.").format(name=name)) from None

    def of_role(self, role: Role) -> tuple[Form, ...]:
        """What a login of this role may write."""
        return tuple(form for form in self._forms.values() if role in form.roles and not form.own_page)

    def all(self) -> Iterable[Form]:
        return self._forms.values()


def load_forms() -> Forms:
    """The forms that come with the program."""
    return Forms({file: resources.read_text(file) for file in resources.names("forms", ".toml")})
