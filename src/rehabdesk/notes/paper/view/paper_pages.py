"""What notes put on paper, each before it leaves: forms to print empty, a signed note, a chaplain's month."""

from collections.abc import Callable
from datetime import date

from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate
from rehabdesk.notes.forms.blanks_service import Blanks
from rehabdesk.notes.forms.form_model import Form
from rehabdesk.notes.paper.printout_service import LONGEST_RECIPIENT, Printouts
from rehabdesk.notes.words_model import level_words, person_can_read
from rehabdesk.ui.dates import month_name
from rehabdesk.ui.field import Field
from rehabdesk.ui.kit import Kit
from rehabdesk.ui.page import Route
from rehabdesk.ui.paper_page import LANGUAGE_NAMES, PaperPage, PaperTools


class BlanksPage(PaperPage):
    """Forms to print. `shown`: the form to begin with; `convicted`: whether the sheet is for a convicted person."""

    def __init__(
        self,
        kit: Kit,
        blanks: Blanks,
        tools: PaperTools,
        *,
        shown: str,
        language: str,
        convicted: bool,
        back: Route,
    ) -> None:
        super().__init__(kit, tools, back=back)
        self._blanks = blanks
        forms = [(form.name, tr(form.title)) for form in blanks.offered()]
        known = shown if shown in dict(forms) else forms[0][0]
        spoken = language if language in dict(LANGUAGE_NAMES) else "en"
        self._which = kit.combo(forms, chosen=known)
        self._language = kit.choice(LANGUAGE_NAMES, chosen=spoken)
        self._stage = kit.choice([("yes", tr("Convicted")), ("no", tr("Not convicted"))], chosen=_yes(convicted))
        self._which.changed.connect(lambda _code: self.remake())
        self._language.changed.connect(lambda _code: self.remake())
        self._stage.changed.connect(lambda _code: self.remake())
        fields = (
            _named("form", kit.field(tr("&Form"), self._which)),
            _named("language", kit.field(tr("Language of the sheet"), self._language)),
            kit.field(tr("For a person who is"), self._stage),
        )
        said = tr("Empty sheets with the numbers of the screen. Nobody stands on them until somebody writes.")
        self.build(tr("Forms to print"), said, fields, first=self._which)
        self.remake()

    def make(self) -> Callable[[], bytes]:
        return self._blanks.blank(self._form_name(), self._spoken(), convicted=self._stage.code() != "no")

    def file_name(self) -> str:
        return self._blanks.file_name(self._form_name(), self._spoken())

    def leaves(self, how: str) -> None:
        """Nobody's record leaves."""

    def _form_name(self) -> str:
        return self._which.code() or ""

    def _spoken(self) -> str:
        return self._language.code() or "en"


class RecipientPage(PaperPage):
    """A paper that names on each page for whom it was made: the pages are shown once that is said."""

    def _ask_recipient(self, title: str, said: str) -> None:
        kit = self.kit
        self._recipient = kit.line(limit=LONGEST_RECIPIENT)
        field = kit.field(
            tr("For &whom"), self._recipient, hint=tr("Stands on every page, with the date."), required=True
        )
        show = kit.button(tr("Show the pages"), icon="eye")
        show.clicked.connect(self.remake)
        self._recipient.returnPressed.connect(self.remake)
        self._recipient.textEdited.connect(lambda _words: self.clear(self._to_do()))
        warning = kit.label(
            tr("Paper has no key: whoever holds it can read it. That it left is logged."), "small", wrap=True
        )
        fields = (_named("recipient", field), kit.box(kit.start(show)), warning)
        self.build(title, said, fields, first=self._recipient)
        self.clear(self._to_do())

    def _to_do(self) -> str:
        return tr("Write for whom the paper is, then look at the pages.")


class NotePaperPage(RecipientPage):
    """A signed note on paper."""

    def __init__(
        self, kit: Kit, printouts: Printouts, tools: PaperTools, *, person: str, comp: str, rid: str, name: str
    ) -> None:
        super().__init__(kit, tools, back=Route(name="note_read", person=person, id=f"{comp}:{rid}"))
        self._printouts, self._comp, self._rid = printouts, comp, rid
        readers = (level_words(comp), person_can_read(comp))
        said = " · ".join(isolate(each) for each in (name, *readers) if each)
        self._ask_recipient(tr("Print a note"), said)

    def make(self) -> Callable[[], bytes]:
        return self._printouts.note(self._comp, self._rid, self._recipient.text())

    def file_name(self) -> str:
        return f"RD-record-{self.kit.today():%Y%m%d}.pdf"

    def leaves(self, how: str) -> None:
        self._printouts.note_leaves(how, self._comp, self._rid)


class MonthPaperPage(RecipientPage):
    """A chaplain's month on paper. `month` is `YYYY-MM`."""

    def __init__(self, kit: Kit, printouts: Printouts, form: Form, tools: PaperTools, *, month: str) -> None:
        super().__init__(kit, tools, back=Route(name="month_sheet"))
        self._printouts, self._counted, self._month = printouts, form, month
        shown = isolate(month_name(date.fromisoformat(f"{month}-01")))
        said = tr("{month}. Numbers below 10 are not shown on paper, which others read.").format(month=shown)
        self._ask_recipient(tr("Print the month sheet"), said)

    def make(self) -> Callable[[], bytes]:
        return self._printouts.month_sheet(self._month, self._recipient.text(), self._counted)

    def file_name(self) -> str:
        return f"RD-month-{self._month}.pdf"

    def leaves(self, how: str) -> None:
        self._printouts.month_leaves(how)


def _named(code: str, field: Field) -> Field:
    field.setObjectName(code)
    return field


def _yes(on: bool) -> str:
    return "yes" if on else "no"
