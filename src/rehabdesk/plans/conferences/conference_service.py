"""What people can do with a conference. One method is one deed, one transaction, one audit entry."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from rehabdesk.access.model import Role
from rehabdesk.access.service import Desk
from rehabdesk.core.canon import Json
from rehabdesk.core.choices import ChoiceList
from rehabdesk.core.clock import whole_ms
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.payload import to_payload
from rehabdesk.db.projection import TEAM, NewRecord
from rehabdesk.people.service import People
from rehabdesk.plans.conferences import conference_model as model
from rehabdesk.plans.conferences import conference_store as store
from rehabdesk.plans.conferences.conference_giving_service import MAY_ADD, Giving
from rehabdesk.plans.conferences.conference_model import (
    ActionMark,
    Addition,
    AdditionKind,
    Conference,
)
from rehabdesk.plans.conferences.conference_parts_model import (
    ACTION_MAY_BECOME,
    Act,
    ActionStatus,
    Attendee,
    Minutes,
    PersonAttended,
)
from rehabdesk.plans.conferences.conference_reading_service import MAY_CHAIR, MAY_READ, ConferenceReading
from rehabdesk.plans.conferences.conference_seats_service import MAY_OWN, Seats
from rehabdesk.plans.conferences.conference_stored_model import StoredConference

PAYLOAD_VERSION = 1
MAY_WRITE = frozenset({Role.CO})


class Conferences:
    """`lists`: the choice lists of the program, of which A7 and A8 are asked for."""

    def __init__(self, desk: Desk, people: People, lists: Mapping[str, ChoiceList]) -> None:
        self._desk, self._people, self.reasons = desk, people, lists["A8"]
        self.reading, self.seats = ConferenceReading(desk, people), Seats(desk)
        self.giving = Giving(desk, people, self.reading, reasons=lists["A8"], bases=lists["A7"])

    @property
    def me(self) -> str:
        """The uid of this login."""
        return self._desk.uid

    @property
    def may_write(self) -> bool:
        return self._desk.role in MAY_WRITE

    @property
    def may_add(self) -> bool:
        """Whether this login adds to agreed minutes."""
        return self._desk.role in MAY_ADD

    @property
    def supervises(self) -> bool:
        return self._desk.role is Role.SUP

    # before and at the meeting

    def schedule(self, person_id: str, conference: Conference) -> StoredConference:
        """A conference to come, or one that was just called. The chair is among those invited."""
        self._require(MAY_WRITE, tr("A case officer plans conferences."))
        self._people.row(person_id)
        self._people.known.require_here(person_id)
        (record,) = self._desk.commit("schedule_conference", [self._item(person_id, self._listed(conference))])
        return self.reading.conference(record.rid)

    def change(self, rid: str, facts: Conference) -> StoredConference:
        """Another time, chair or list, until it took place."""
        self._require(MAY_WRITE, tr("A case officer plans conferences."))
        stored = self.reading.as_written(rid)
        asked_again = {each.staff for each in facts.attendees}
        facts = replace(facts, withdrawn=tuple(one for one in stored.conference.withdrawn if one not in asked_again))
        return self._write("change_conference", stored, model.changed(stored.conference, self._listed(facts)))

    def may_name_chair(self, conference: Conference) -> bool:
        """Whether this login names another chair: a supervisor; a case officer where the chair is not there any more.

        Else whoever wrote the minutes could agree them in the place of the chair.
        """
        there = conference.chair in {card.uid for card in self.seats.can_chair()}
        return self._desk.role in MAY_ADD and (self.supervises or not there)

    def name_chair(self, rid: str, chair: str) -> StoredConference:
        """Another chair of a conference that took place; until the minutes are agreed."""
        self._require(MAY_ADD, tr("Case officers and supervisors name the chair."))
        stored = self.reading.as_written(rid)
        if not self.may_name_chair(stored.conference):
            raise UserError(tr("The chair is there and agrees the minutes. Ask a supervisor."), field="chair")
        chaired = model.chaired(stored.conference, chair)
        self.seats.require_chair(chair)
        return self._write("chair_conference", stored, chaired)

    def cancel(self, rid: str, reason: str) -> StoredConference:
        """It did not take place."""
        self._require(MAY_WRITE, tr("A case officer plans conferences."))
        stored = self.reading.as_written(rid)
        return self._write("cancel_conference", stored, model.cancelled(stored.conference, reason))

    def withdraw_invitation(self, rid: str, uid: str) -> StoredConference | None:
        """Takes an invitation back, at any time; a chaplain may leave too. None where this login reads no more."""
        stored = store.conference(self._desk.index(TEAM), rid)
        leaves = stored is not None and uid == self._desk.uid and stored.conference.invited(uid)
        if stored is None or not (leaves or self._desk.role in MAY_ADD):
            raise UserError(tr("That conference is not there."))
        self._desk.commit(
            "withdraw_invitation", [self._item(stored.person, model.withdrawn(stored.conference, uid), rid)]
        )
        return self.reading.conference(rid) if self._desk.role in MAY_READ else None

    def hold(
        self,
        rid: str,
        attendees: Sequence[Attendee],
        attended: PersonAttended | None,
        *,
        not_invited_because: str = "",
        help_offered: bool = False,
    ) -> StoredConference:
        """Records who came and how the person took part."""
        self._require(MAY_WRITE, tr("A case officer records who came."))
        stored = self.reading.as_written(rid)
        self.seats.require(attendees, known=stored.conference.attendees)
        took_place = model.held(
            stored.conference,
            attendees,
            attended,
            now=self._desk.clock.now(),
            not_invited_because=not_invited_because,
            help_offered=help_offered,
        )
        return self._write("hold_conference", stored, took_place)

    # minutes

    def lay(
        self, rid: str, minutes: Minutes, contributions: Mapping[int, str], *, draft_id: str = ""
    ) -> StoredConference:
        """Lays minutes before the chair; the draft in which they were typed goes with the same deed."""
        self._require(MAY_WRITE, tr("A case officer writes minutes."))
        stored = self.reading.as_written(rid)
        for kept in minutes.kept_back:
            self.reasons.require(kept.reason, field="kept_back")
        owners = {card.uid for card in self.seats.can_own()}
        if any(action.owner and action.owner not in owners for action in minutes.actions):
            raise UserError(tr("Choose who does it from the list."), field="actions")
        laid = model.laid(stored.conference, minutes, contributions)
        return self._write("lay_minutes", stored, laid, drop_drafts=(draft_id,) if draft_id else ())

    def give_back(self, rid: str, reason: str) -> StoredConference:
        """The chair wants the minutes changed."""
        stored = self.reading.as_written(rid)
        if stored.conference.chair != self._desk.uid:
            raise UserError(tr("The chair gives minutes back."), field="chair")
        return self._write("return_minutes", stored, model.returned(stored.conference, reason))

    def agree(self, rid: str) -> StoredConference:
        """The chair agrees the minutes: from now on they are only added to, and their actions count."""
        self._require(MAY_CHAIR, tr("The chair agrees the minutes."))
        self._desk.require_current(TEAM)
        stored = self.reading.as_written(rid)
        agreed = model.agreed(
            stored.conference, by=self._desk.uid, now=self._desk.clock.now(), supervises=self.supervises
        )
        return self._write("agree_minutes", stored, agreed, extra=_counts(agreed.minutes))

    def approve(self, rid: str) -> StoredConference:
        """A supervisor has seen agreed minutes and approves them (domain.md 4.2)."""
        self._require(frozenset({Role.SUP}), tr("A supervisor approves minutes."))
        self._desk.require_current(TEAM)
        stored = self.reading.as_written(rid)
        approved = model.approved(stored.conference, by=self._desk.uid, now=self._desk.clock.now())
        return self._write("approve_minutes", stored, approved)

    # afterwards

    def mark(self, rid: str, action_id: str, status: ActionStatus, *, words: str = "") -> StoredConference:
        """A new status of an action, by its owner, a case officer or the chair; back to open is the opposite mark."""
        stored = self.reading.agreed(rid)
        minutes = stored.conference.minutes
        action = None if minutes is None else minutes.action(action_id)
        if action is None or not self.may_mark(stored.conference, action_id):
            raise UserError(tr("Whoever has the action to do marks it, or a case officer."), field="action")
        if status not in ACTION_MAY_BECOME[self.reading.statuses(rid)[action_id]]:
            raise UserError(tr("The action is marked so already."), field="status")
        mark = ActionMark(conference=rid, action=action_id, status=status, words=words)
        self._commit("mark_action", store.MARK, stored.person, mark)
        return self.reading.conference(rid)

    def may_mark(self, conference: Conference, action_id: str) -> bool:
        """Whether this login may mark that action."""
        owner = "" if conference.minutes is None else conference.minutes.action(action_id).owner
        is_named = self._desk.uid in (owner, conference.chair)
        return self._desk.role in MAY_WRITE or (self._desk.role in MAY_OWN and is_named)

    def add(self, rid: str, kind: AdditionKind, words: str) -> None:
        """Words beside agreed minutes: an addition, a correction, the person's statement."""
        self._require(MAY_ADD, tr("Case officers and supervisors add to minutes."))
        stored = self.reading.agreed(rid)
        self._commit("add_to_minutes", store.ADDITION, stored.person, Addition(conference=rid, kind=kind, words=words))

    # inside

    def _listed(self, conference: Conference) -> Conference:
        """With the chair among those invited, at a time as records keep it."""
        self.seats.require_chair(conference.chair)
        self.seats.require(conference.attendees)
        attendees = conference.attendees
        if not any(each.staff == conference.chair for each in attendees):
            attendees = (self.seats.invitation(conference.chair), *attendees)
        return replace(conference, attendees=attendees, at=whole_ms(conference.at))

    def _item(self, person_id: str, conference: Conference, rid: str | None = None) -> NewRecord:
        return NewRecord(
            comp=TEAM,
            kind=store.CONFERENCE,
            pv=PAYLOAD_VERSION,
            person=person_id,
            payload=to_payload(conference),
            rid=rid,
        )

    def _write(
        self,
        deed: str,
        stored: StoredConference,
        conference: Conference,
        *,
        drop_drafts: Sequence[str] = (),
        extra: Mapping[str, Json] | None = None,
    ) -> StoredConference:
        item = self._item(stored.person, conference, stored.rid)
        self._desk.commit(deed, [item], drop_drafts=drop_drafts, extra=extra)
        return self.reading.conference(stored.rid)

    def _commit(self, deed: str, kind: str, person_id: str, thing: object) -> None:
        item = NewRecord(comp=TEAM, kind=kind, pv=PAYLOAD_VERSION, person=person_id, payload=to_payload(thing))
        self._desk.commit(deed, [item])

    def _require(self, roles: frozenset[Role], sentence: str) -> None:
        if self._desk.role not in roles:
            raise UserError(sentence)


def _counts(minutes: Minutes | None) -> Mapping[str, Json] | None:
    """What the log says of an agreement: numbers of lines, never their words."""
    if minutes is None:
        return None
    disclosed = sum(item.act is Act.DISCLOSED for item in minutes.shared)
    return {
        "shared": len(minutes.shared) - disclosed,
        "disclosed": disclosed,
        "kept_back": len(minutes.kept_back),
        "actions": len(minutes.actions),
    }
