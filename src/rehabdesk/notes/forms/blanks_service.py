"""Forms to print empty: those of the desk and those that only paper has, in every language of the program."""

from collections.abc import Callable
from datetime import UTC, datetime, time
from functools import cache

from rehabdesk.access.model import Role
from rehabdesk.access.service import Desk
from rehabdesk.core import resources
from rehabdesk.core.clock import local_day
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import LANGUAGES, speaking, tr
from rehabdesk.db.projection import PASTORAL
from rehabdesk.notes.forms.blank_model import Blank
from rehabdesk.notes.forms.blank_pdf import blank_pages
from rehabdesk.notes.forms.form_model import Form
from rehabdesk.notes.forms.form_reading_model import parse_form
from rehabdesk.notes.forms.form_service import Forms

DEMO_SITE = "DEMO"
"""The code of a site whose people are invented: each of its sheets says so."""


class Blanks:
    """What one unlocked login may print empty: no person stands in it, so that nothing of it is logged.

    A form that has a sheet of its own (resources/blanks) is printed as that.
    """

    def __init__(self, desk: Desk, forms: Forms) -> None:
        self._desk = desk
        known = [form for form in forms.all() if not form.retired]
        self._forms = {form.name: form for form in (*known, *paper_forms()) if desk.role in form.roles}

    def offered(self) -> tuple[Form, ...]:
        """The forms of this role, in the order in which they are offered for writing."""
        return tuple(sorted(self._forms.values(), key=lambda form: (form.order, form.name)))

    def blank(self, name: str, language: str, *, convicted: bool) -> Callable[[], bytes]:
        """Makes the pages as PDF; slow, for a job. UserError where this role has no such form, or no such language."""
        form = self._forms.get(name)
        if form is None:
            raise UserError(tr("Your role has no such form."), field="form")
        if language not in LANGUAGES:
            raise UserError(tr("Forms are printed in English, French or Arabic."), field="language")
        site = self._desk.settings()
        rule = site.sealed_rule_text if form.compartment == PASTORAL else ""
        blank = Blank(form=form, convicted=convicted, site=site.name, rule=rule, training=site.site == DEMO_SITE)
        issued = datetime.combine(local_day(self._desk.clock), time(), UTC)

        def make() -> bytes:
            with speaking(language, resources.path("i18n")):
                return blank_pages(blank, issued=issued).pdf

        return make

    def file_name(self, name: str, language: str) -> str:
        """What the file is called: no person and no word of an offence (G24)."""
        return f"RD-form-{name.replace('_', '-')}-{language}.pdf"


@cache
def paper_forms() -> tuple[Form, ...]:
    """What is filled in on paper but is no note of the desk (resources/blanks). DeclarationError as for forms."""
    roles = [role.value for role in Role]
    files = resources.names("blanks", ".toml")
    return tuple(parse_form(resources.read_text(file), file, known_roles=roles, paper=True) for file in files)
