"""What a search may find in reviews: signed ones, and what was noted between them and not taken back."""

from collections.abc import Sequence

from rehabdesk.access.service import Desk
from rehabdesk.core.dates import day_text
from rehabdesk.core.found import Found
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate
from rehabdesk.db.projection import TEAM
from rehabdesk.people.service import People
from rehabdesk.plans.reviews import review_store as store
from rehabdesk.plans.reviews.review_due_service import MAY_READ

REVIEW, BETWEEN = "review", "review_between"


class ReviewSearch:
    """Reviews of one unlocked desk, for a search over everything."""

    def __init__(self, desk: Desk, people: People) -> None:
        self._desk, self._people = desk, people

    def found(self, comp: str, rids: Sequence[str]) -> tuple[Found, ...]:
        """Those of these records that belong to reviews and that this login is shown."""
        if comp != TEAM or self._desk.role not in MAY_READ:
            return ()
        index = self._desk.index(TEAM)
        shown = [
            Found(
                rid=one.rid,
                comp=TEAM,
                kind=REVIEW,
                title=tr("Review of {day}").format(day=isolate(day_text(one.review.on))),
                person=one.person,
                id=one.rid,
            )
            for one in store.reviews_among(index, rids)
        ]
        for rid, person, kind, day in store.noted_among(index, rids):
            title = tr("Why the review moved, {day}") if kind == store.MOVE else tr("Why there was no review on {day}")
            title = title.format(day=isolate(day_text(day)))
            shown.append(Found(rid=rid, comp=TEAM, kind=BETWEEN, title=title, person=person))
        admitted = self._people.caseload.admitted(one.person for one in shown)
        return tuple(one for one in shown if one.person in admitted)
