"""What a search may find in programmes: name, provider and the words at their end, for who reads programmes."""

from collections.abc import Sequence

from rehabdesk.access.service import Desk
from rehabdesk.core.found import Found
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate
from rehabdesk.db.projection import TEAM
from rehabdesk.people.service import People
from rehabdesk.plans.programmes import intervention_store as store
from rehabdesk.plans.programmes.intervention_service import MAY_READ, Catalogue

PROGRAMME = "programme"


class ProgrammeSearch:
    """Programmes of one unlocked desk, for a search over everything."""

    def __init__(self, desk: Desk, people: People, catalogue: Catalogue) -> None:
        self._desk, self._people, self._catalogue = desk, people, catalogue

    def found(self, comp: str, rids: Sequence[str]) -> tuple[Found, ...]:
        """Those of these records that are programmes and that this login is shown."""
        if comp != TEAM or self._desk.role not in MAY_READ:
            return ()
        stored = store.found(self._desk.index(TEAM), rids)
        admitted = self._people.caseload.admitted(one.person for one in stored)
        return tuple(
            Found(
                rid=one.rid,
                comp=TEAM,
                kind=PROGRAMME,
                title=tr("Programme: {name}").format(name=isolate(self._catalogue.title(one.intervention))),
                person=one.person,
            )
            for one in stored
            if one.person in admitted
        )
