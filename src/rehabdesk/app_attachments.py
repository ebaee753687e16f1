"""Attachments of signed notes, by route: attaching one, and looking at one."""

from collections.abc import Callable

from rehabdesk.app_services import Services
from rehabdesk.app_tabs import name_of
from rehabdesk.core.i18n import tr
from rehabdesk.notes.attachments.view.attach_page import AttachPage, Target
from rehabdesk.notes.attachments.view.attachment_page import AttachmentPage
from rehabdesk.notes.paper.paper_model import MADE_FROM, PAPER
from rehabdesk.ui.files import FileDialogs
from rehabdesk.ui.kit import Kit
from rehabdesk.ui.page import Page, Route


class AttachmentPages:
    """Who may not read a note finds none of its attachments; who may not add to it attaches none."""

    def __init__(self, kit: Kit, services: Services, files: FileDialogs) -> None:
        self._kit, self._s, self._files = kit, services, files

    def makers(self) -> dict[str, Callable[[Route], Page]]:
        """By the name of the route. Ids: compartment and record of the note, then that of the attachment.

        To attach again what a struck note has: compartment and record of that attachment behind those of the note.
        """
        return {"attach": self._attach, "attachment": self._attachment}

    def _attach(self, route: Route) -> Page:
        s = self._s
        comp, rid, other_comp, other_rid = (*route.id.split(":"), "", "", "")[:4]
        s.attachments.require_allowed(comp, rid)
        part = s.notes.timeline.open(comp, rid).part
        form = s.notes.kept.form_of(part)
        title = tr(form.title) if form is not None else s.forms.title(part.form)
        target = Target(
            comp=comp,
            rid=rid,
            person_id=route.person,
            person_name=name_of(s.people.row(route.person)),
            title=title if part.form else tr("Pastoral contribution"),
            from_paper=part.answer(MADE_FROM) == PAPER,
        )
        again = s.attachments.moved.open(other_comp, other_rid) if other_rid else None
        return AttachPage(self._kit, s.attachments, target, self._files.choose_file, again)

    def _attachment(self, route: Route) -> Page:
        comp, note, rid = (*route.id.split(":"), "", "")[:3]
        name = name_of(self._s.people.row(route.person))
        return AttachmentPage(
            self._kit, self._s.attachments, comp, note, rid, person_name=name, folder=self._files.choose_folder
        )
