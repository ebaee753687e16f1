"""What a search may find in markers of assessments made elsewhere: all of one, or that it exists, by the role."""

from collections.abc import Sequence

from rehabdesk.access.service import Desk
from rehabdesk.core.found import Found
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate
from rehabdesk.db.projection import TEAM
from rehabdesk.notes.assessments import assessment_store as store
from rehabdesk.notes.assessments.assessment_service import READ, READ_WHOLE
from rehabdesk.people.service import People

ASSESSMENT = "assessment"


class AssessmentSearch:
    """Markers of one unlocked desk, for a search over everything."""

    def __init__(self, desk: Desk, people: People) -> None:
        self._desk, self._people = desk, people

    def found(self, comp: str, rids: Sequence[str]) -> tuple[Found, ...]:
        """Those of these records that are markers and that this login is shown."""
        if comp != TEAM or self._desk.role not in READ:
            return ()
        stored = store.found(self._desk.index(TEAM), rids)
        admitted = self._people.caseload.admitted(one.person_id for one in stored)
        whole = self._desk.role in READ_WHOLE
        return tuple(
            Found(
                rid=one.rid,
                comp=TEAM,
                kind=ASSESSMENT,
                title=tr("Assessment made elsewhere: {name}").format(name=isolate(one.assessment.name)),
                person=one.person_id,
                words=None if whole else store.existence_of(one.assessment),
            )
            for one in stored
            if one.person_id in admitted
        )
