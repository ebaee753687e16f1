"""What goes on paper, by route, and how every page prints: pictures, printers and files for the pages of `ui`."""

from collections.abc import Callable

from rehabdesk.access.model import Role
from rehabdesk.app_services import Services
from rehabdesk.app_tabs import name_of
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import language, tr
from rehabdesk.notes.chaplaincy.pastoral_model import FORM
from rehabdesk.notes.forms.blanks_service import Blanks
from rehabdesk.notes.paper.printout_service import Printouts
from rehabdesk.notes.paper.view.paper_pages import BlanksPage, MonthPaperPage, NotePaperPage
from rehabdesk.paper.pictures import page_count, page_png
from rehabdesk.ui.files import FileDialogs
from rehabdesk.ui.kit import Kit
from rehabdesk.ui.page import Page, Route
from rehabdesk.ui.pages_view import Pictures
from rehabdesk.ui.paper_page import PaperTools


def paper_tools(files: FileDialogs) -> PaperTools:
    """How papers are looked at, printed and saved. `paper_tools(files).print_here` prints from any page."""
    return PaperTools(
        pictures=Pictures(count=page_count, picture=_picture), printers=files.printers, save=files.save_file
    )


class PaperPages:
    """What a role may not open is refused here, and absent from its menu."""

    def __init__(self, kit: Kit, services: Services, files: FileDialogs) -> None:
        self._kit, self._s, self._tools = kit, services, paper_tools(files)
        self._blanks = Blanks(services.desk, services.forms)
        self._printouts = Printouts(
            services.desk, services.people, services.notes, services.attachments, services.months
        )

    def makers(self) -> dict[str, Callable[[Route], Page]]:
        """By the name of the route."""
        return {"blanks": self._blank, "note_paper": self._note, "month_paper": self._month}

    def deeds(self) -> list[tuple[str, Route, str]]:
        """What the find box offers besides the menu: words, route, icon."""
        return [
            (tr("Print empty: {form}").format(form=tr(form.title)), Route(name="blanks", id=form.name), "printer")
            for form in self._blanks.offered()
        ]

    def _blank(self, route: Route) -> Page:
        """The id is a form, or a form and the draft from which it was asked for; for a person the sheet is as the
        form is for this person.
        """
        s, (form, _, draft) = self._s, route.id.partition(":")
        back = Route(name="activity" if s.role in (Role.ADM, Role.AUD) else "day")
        if route.person:
            back = Route(name="note", person=route.person, id=draft or f"form:{form}")
        return BlanksPage(
            self._kit,
            self._blanks,
            self._tools,
            shown=form,
            language=language(),
            convicted=not route.person or s.people.known.convicted(route.person),
            back=back,
        )

    def _note(self, route: Route) -> Page:
        """The id is compartment and record."""
        comp, _, rid = route.id.partition(":")
        self._s.notes.timeline.require_entry(comp, rid)
        name = name_of(self._s.people.row(route.person))
        return NotePaperPage(
            self._kit, self._printouts, self._tools, person=route.person, comp=comp, rid=rid, name=name
        )

    def _month(self, route: Route) -> Page:
        if self._s.role is not Role.CHA:
            raise UserError(tr("Your role has no such page."))
        if route.id not in self._s.months.months():
            raise UserError(tr("There is nothing to open here for this login."))
        return MonthPaperPage(self._kit, self._printouts, self._s.forms.form(FORM), self._tools, month=route.id)


def _picture(pdf: bytes, page: int, width: int) -> bytes:
    """About `width` pixels wide. One at a time: the renderer is not made for threads."""
    return page_png(pdf, page, width=max(100, width))
