"""The pages of finding and of lists that are brought in, by route."""

from collections.abc import Callable

from rehabdesk.access.model import Role
from rehabdesk.app_services import Services
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.people.import_service import Imports
from rehabdesk.people.view.import_page import ImportPage
from rehabdesk.ui.files import FileDialogs
from rehabdesk.ui.kit import Kit
from rehabdesk.ui.page import Page, Route


class SearchPages:
    """What a role may not open is refused here, and absent from its menu."""

    def __init__(self, kit: Kit, services: Services, files: FileDialogs) -> None:
        self._kit, self._s, self._files = kit, services, files

    def makers(self) -> dict[str, Callable[[Route], Page]]:
        """By the name of the route."""
        return {"import": self._import}

    def _import(self, _route: Route) -> Page:
        if self._s.role is not Role.CO:
            raise UserError(tr("Your role has no such page."))
        return ImportPage(self._kit, Imports(self._s.desk), self._files.choose_file)
