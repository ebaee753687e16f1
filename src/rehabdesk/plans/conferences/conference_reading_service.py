"""Who reads what of conferences: the team all of it, an invited chaplain the executive summary only (domain.md 4.2)."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from rehabdesk.access.model import Role
from rehabdesk.access.service import Desk
from rehabdesk.core.errors import RehabDeskError, UserError
from rehabdesk.core.i18n import tr
from rehabdesk.db.projection import TEAM, Index
from rehabdesk.people.service import People
from rehabdesk.plans.conferences import conference_model as model
from rehabdesk.plans.conferences import conference_store as store
from rehabdesk.plans.conferences.conference_model import AGREED, ActionMark, ConferenceState, ExecutiveSummary
from rehabdesk.plans.conferences.conference_parts_model import ActionStatus
from rehabdesk.plans.conferences.conference_stored_model import (
    Invitation,
    OpenAction,
    StoredAddition,
    StoredConference,
    StoredExchange,
    WaitingConference,
)

MAY_READ = frozenset({Role.CO, Role.PSY, Role.CSUP, Role.SUP, Role.AUD})
MAY_CHAIR = frozenset({Role.CO, Role.SUP})
MOST, MOST_TO_COME = 50, 500


class ConferenceReading:
    """Conferences of one unlocked desk, as this login may see them."""

    def __init__(self, desk: Desk, people: People) -> None:
        self._desk, self._people = desk, people

    @property
    def chaplains_invited(self) -> bool:
        """Whether this site invites chaplains at all (off by default)."""
        return self._desk.settings().chaplain_conference_invitation

    # whole conferences

    def of_person(self, person_id: str) -> tuple[StoredConference, ...]:
        """All of a person as they stand, the latest first."""
        self._may_read(person_id)
        return tuple(self._standing(one) for one in store.conferences(self._index, person_id))

    def conference(self, rid: str) -> StoredConference:
        """One as it stands. UserError where there is none, or none that this login may read."""
        stored = store.conference(self._index, rid)
        if stored is None:
            raise UserError(tr("That conference is not there."))
        self._may_read(stored.person)
        return self._standing(stored)

    def as_written(self, rid: str) -> StoredConference:
        """One without its marks, for the next version of its record."""
        self.conference(rid)
        stored = store.conference(self._index, rid)
        if stored is None:
            raise UserError(tr("That conference is not there."))
        return stored

    def agreed(self, rid: str) -> StoredConference:
        """As `as_written`. UserError until its minutes are agreed."""
        stored = self.as_written(rid)
        if stored.conference.state not in AGREED or stored.conference.cancelled:
            raise UserError(tr("That follows once the minutes are agreed."), field="state")
        return stored

    def statuses(self, rid: str) -> Mapping[str, ActionStatus]:
        """How each action of a conference stands."""
        return model.statuses(self.as_written(rid).conference, self.marks(rid))

    def marks(self, rid: str) -> tuple[ActionMark, ...]:
        """Oldest first."""
        self.conference(rid)
        return store.marks(self._index, rid)

    def additions(self, rid: str) -> tuple[StoredAddition, ...]:
        """What was added since the minutes were agreed, oldest first."""
        self.conference(rid)
        return store.additions(self._index, rid)

    def exchanges(self, rid: str) -> tuple[StoredExchange, ...]:
        """What was given or refused since, oldest first."""
        self.conference(rid)
        return store.exchanges(self._index, rid)

    # the executive summary

    def summary(self, rid: str) -> ExecutiveSummary:
        """Decisions and actions of agreed minutes: for the team, and for a chaplain who was invited."""
        stored = store.conference(self._index, rid)
        if stored is None or not self._may_read_summary(stored):
            raise UserError(tr("That conference is not there."))
        return self._summary(stored)

    def executive_summary(self, person_id: str) -> ExecutiveSummary | None:
        """Of the latest conference whose minutes are agreed, or None: for section S14 of a packet."""
        found = [
            one for one in self.of_person(person_id) if one.conference.state in AGREED and not one.conference.cancelled
        ]
        return self._summary(found[0]) if found else None

    # own invitations of a chaplain, whose cases the persons need not be: whoever is invited can take it back (G14)

    def invitations(self, person_id: str) -> tuple[Invitation, ...]:
        """Conferences about a person that this chaplain is invited to, with the summary where it may be read; the
        latest first. Nothing for other roles, and where the site invites no chaplains.
        """
        return self._invitations(store.conferences(self._index, person_id))

    def invitations_to_come(self) -> tuple[Invitation, ...]:
        """Those to conferences that are still to come, the earliest first."""
        if not self._desk.holds(TEAM):
            return ()
        return self._invitations(store.scheduled_from(self._index, self.now(), MOST_TO_COME))

    # what waits for this login

    def my_open_actions(self) -> tuple[OpenAction, ...]:
        """What this login has to do from conferences, the earliest due first."""
        if self._desk.role not in MAY_READ:
            return ()
        found = store.open_actions(self._index, self._desk.uid, MOST)
        return tuple(one for one in found if self._people.caseload.admits(one.person))

    def to_agree(self) -> tuple[WaitingConference, ...]:
        """Minutes that wait for this login as chair."""
        if self._desk.role not in MAY_CHAIR:
            return ()
        return store.in_state(self._index, ConferenceState.MINUTES_DRAFT, MOST, chair=self._desk.uid)

    def to_approve(self) -> tuple[WaitingConference, ...]:
        """Agreed minutes that wait for a supervisor."""
        if self._desk.role is not Role.SUP:
            return ()
        return store.in_state(self._index, ConferenceState.MINUTES_AGREED, MOST)

    def to_write(self) -> tuple[WaitingConference, ...]:
        """Conferences that this login planned and that were held, or should have been, and have no minutes yet."""
        if self._desk.role is not Role.CO:
            return ()
        mine = [
            one
            for state in (ConferenceState.SCHEDULED, ConferenceState.HELD)
            for one in store.in_state(self._index, state, MOST, author=self._desk.uid)
        ]
        return tuple(one for one in mine if one.at <= self.now())

    def of_today(self) -> tuple[WaitingConference, ...]:
        """Conferences planned for today that this login chairs, or that are about own cases, the earliest first."""
        if self._desk.role not in MAY_READ:
            return ()
        begins = self.now().astimezone().replace(hour=0, minute=0, second=0, microsecond=0)
        own = self._people.caseload.own_cases()
        ends = begins + timedelta(days=1)
        return store.planned_between(self._index, begins, ends, chair=self._desk.uid, persons=own, limit=MOST)

    def now(self) -> datetime:
        """The desk's clock."""
        return self._desk.clock.now()

    def owner_words(self, uid: str) -> str:
        """Who owns an action, as it may leave the desk: the alias where the site works with aliases."""
        try:
            card = self._desk.staff(uid)
        except RehabDeskError:
            return tr("Unknown")
        return card.alias if self._desk.settings().staff_alias_mode else card.name

    # inside

    @property
    def _index(self) -> Index:
        return self._desk.index(TEAM)

    def _standing(self, stored: StoredConference) -> StoredConference:
        return replace(stored, conference=model.as_it_stands(stored.conference, store.marks(self._index, stored.rid)))

    def _summary(self, stored: StoredConference) -> ExecutiveSummary:
        minutes = stored.conference.minutes
        owners = {} if minutes is None else {each.owner: self.owner_words(each.owner) for each in minutes.actions}
        return model.executive_summary(stored.conference, owners, _day(stored.conference.at))

    def _invitations(self, found: Sequence[StoredConference]) -> tuple[Invitation, ...]:
        if self._desk.role is not Role.CHA or not self.chaplains_invited:
            return ()
        return tuple(
            Invitation(
                rid=one.rid,
                person=one.person,
                at=one.conference.at,
                kind=one.conference.kind,
                place=one.conference.place,
                agreed=one.conference.agreed_at is not None,
                summary=self._summary(one) if self._may_read_summary(one) else None,
            )
            for one in found
            if one.conference.invited(self._desk.uid) and not one.conference.cancelled
        )

    def _may_read_summary(self, stored: StoredConference) -> bool:
        if not self._people.caseload.admits(stored.person):
            return False
        if self._desk.role in MAY_READ:
            return True
        invited = self.chaplains_invited and stored.conference.invited(self._desk.uid)
        return self._desk.role is Role.CHA and invited and stored.conference.agreed_at is not None

    def _may_read(self, person_id: str) -> None:
        if self._desk.role not in MAY_READ:
            raise UserError(tr("Your role does not read conferences."))
        self._people.caseload.require(person_id)


def _day(at: datetime) -> date:
    """The day where the desk stands."""
    return at.astimezone().date()
