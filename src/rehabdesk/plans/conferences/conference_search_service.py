"""What a search may find in conferences: all for the team, the executive summary for a chaplain who was invited."""

from collections.abc import Sequence

from rehabdesk.access.model import Role
from rehabdesk.access.service import Desk
from rehabdesk.core.errors import UserError
from rehabdesk.core.found import Found
from rehabdesk.core.i18n import tr
from rehabdesk.db.projection import TEAM
from rehabdesk.people.service import People
from rehabdesk.plans.conferences import conference_store as store
from rehabdesk.plans.conferences.conference_model import Conference, ConferenceState
from rehabdesk.plans.conferences.conference_reading_service import MAY_READ, ConferenceReading
from rehabdesk.plans.conferences.conference_stored_model import StoredConference
from rehabdesk.plans.conferences.conference_words_model import kind_words

CONFERENCE, INVITATION = "conference", "conference_invitation"


class ConferenceSearch:
    """Conferences of one unlocked desk, for a search over everything."""

    def __init__(self, desk: Desk, people: People) -> None:
        self._desk, self._people, self._reading = desk, people, ConferenceReading(desk, people)

    def found(self, comp: str, rids: Sequence[str]) -> tuple[Found, ...]:
        """Those of these records that belong to conferences and that this login is shown."""
        role = self._desk.role
        if comp != TEAM or not (role in MAY_READ or (role is Role.CHA and self._reading.chaplains_invited)):
            return ()
        among = store.found(self._desk.index(TEAM), rids)
        admitted = self._people.caseload.admitted(one.person for _, one in among)
        among = tuple((rid, one) for rid, one in among if one.person in admitted)
        if role in MAY_READ:
            return tuple(self._found(rid, one) for rid, one in among)
        summaries = [self._summary(one) for rid, one in among if rid == one.rid]
        return tuple(one for one in summaries if one is not None)

    def _found(self, rid: str, one: StoredConference) -> Found:
        title = _title(one.conference)
        is_beside = rid != one.rid
        return Found(
            rid=rid,
            comp=TEAM,
            kind=CONFERENCE,
            title=tr("Added: {title}").format(title=title) if is_beside else title,
            person=one.person,
            at=None if is_beside else one.conference.at,
            id=one.rid,
        )

    def _summary(self, one: StoredConference) -> Found | None:
        """For a chaplain; nothing of what else the minutes say."""
        try:
            summary = self._reading.summary(one.rid)
        except UserError:
            return None
        words = [*summary.decisions, *(line for each in summary.actions for line in (each.text, each.owner))]
        return Found(
            rid=one.rid,
            comp=TEAM,
            kind=INVITATION,
            title=tr("Summary of a conference: {kind}").format(kind=kind_words(summary.kind)),
            person=one.person,
            at=one.conference.at,
            words="\n".join(words),
        )


def _title(conference: Conference) -> str:
    if conference.cancelled:
        words = tr("Conference that did not take place: {kind}")
    elif conference.state is ConferenceState.MINUTES_DRAFT:
        words = tr("Conference, minutes not agreed yet: {kind}")
    else:
        words = tr("Conference: {kind}")
    return words.format(kind=kind_words(conference.kind))
