"""Minutes that are being typed: kept for their author alone until they are laid before the chair.

Somebody else may lay minutes meanwhile. A draft from before them stays as it was typed, beside the newer ones.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from rehabdesk.access.model import Draft
from rehabdesk.access.service import Desk
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.payload import from_payload, to_payload
from rehabdesk.plans.conferences.conference_model import Conference, ConferenceState
from rehabdesk.plans.conferences.conference_service import Conferences
from rehabdesk.plans.conferences.conference_stored_model import (
    BegunMinutes,
    ComparedMinutes,
    MinutesDraft,
    StoredConference,
)
from rehabdesk.plans.conferences.conference_typed_model import (
    TypedMinutes,
    as_minutes,
    contributions_of,
    stand,
    typed_from,
)

MINUTES_DRAFT = "conference_minutes"


class MinutesWriting:
    """The typed minutes of one login; nobody else opens them."""

    def __init__(self, desk: Desk, conferences: Conferences) -> None:
        self._desk, self._conferences = desk, conferences

    def start(self, rid: str) -> BegunMinutes:
        """What this login goes on with: its draft, or what there is to begin with (nothing, or minutes that came back).

        UserError where minutes cannot be written now, or not by this login.
        """
        stored = self._conferences.reading.conference(rid)
        if not self._conferences.may_write:
            raise UserError(tr("A case officer writes minutes."))
        if stored.conference.state is not ConferenceState.HELD:
            raise UserError(tr("Minutes are written after the conference, until the chair has them."))
        mine = self.of_conference(rid)
        going_on = _going_on(mine)
        overtaken = tuple(draft for draft in mine if draft is not going_on)
        if going_on is not None:
            return BegunMinutes(draft=going_on.id, typed=going_on.typed, overtaken=overtaken)
        return BegunMinutes(draft=None, typed=typed_from(rid, stored.conference), overtaken=overtaken)

    def drafts(self) -> tuple[MinutesDraft, ...]:
        """All minutes that this login is typing, oldest first, but for conferences that it reads no more."""
        by_conference: dict[str, list[Draft]] = {}
        for draft in self._desk.drafts(MINUTES_DRAFT):
            by_conference.setdefault(str(draft.payload.get("conference", "")), []).append(draft)
        found = []
        for rid, drafts in by_conference.items():
            try:
                conference = self._conferences.reading.conference(rid).conference
            except UserError:
                continue
            found += [_read(draft, conference) for draft in drafts]
        return tuple(sorted(found, key=lambda draft: draft.id))

    def of_conference(self, rid: str) -> tuple[MinutesDraft, ...]:
        """What this login is typing about one conference, oldest first."""
        return tuple(draft for draft in self.drafts() if draft.typed.conference == rid)

    def overtaken(self, rid: str) -> tuple[MinutesDraft, ...]:
        """Those that are not what this login goes on with, oldest first."""
        mine = self.of_conference(rid)
        going_on = _going_on(mine)
        return tuple(draft for draft in mine if draft is not going_on)

    def compared(self, draft_id: str) -> ComparedMinutes:
        """A draft beside the newest minutes. UserError where it is not there, or the conference is not to be read."""
        draft = next((each for each in self.drafts() if each.id == draft_id), None)
        if draft is None:
            raise UserError(tr("That draft is not there any more."))
        stored = self._conferences.reading.conference(draft.typed.conference)
        may_go_on = self._conferences.may_write and stored.conference.state is ConferenceState.HELD
        newer = typed_from(stored.rid, stored.conference)
        return ComparedMinutes(draft=draft, stored=stored, newer=newer, may_go_on=may_go_on)

    def go_on_with(self, draft_id: str) -> None:
        """A draft that was overtaken is what this login goes on with; the newer minutes stay in the record."""
        compared = self.compared(draft_id)
        if not compared.may_go_on:
            raise UserError(tr("Minutes are written after the conference, until the chair has them."))
        typed = replace(compared.draft.typed, begun_from=stand(compared.stored.conference))
        self.keep(compared.draft.person, typed, draft_id)

    def keep(self, person_id: str, typed: TypedMinutes, draft_id: str | None) -> str:
        """Autosave; gives the draft's id."""
        return self._desk.save_draft(MINUTES_DRAFT, to_payload(typed), person=person_id, draft_id=draft_id)

    def drop(self, draft_id: str) -> None:
        """Throws away what was typed."""
        self._desk.drop_draft(draft_id)

    def lay(self, typed: TypedMinutes, draft_id: str | None) -> StoredConference:
        """Lays what was typed before the chair. UserError names what is missing."""
        return self._conferences.lay(
            typed.conference, as_minutes(typed), contributions_of(typed), draft_id=draft_id or ""
        )

    def now(self) -> datetime:
        """The desk's clock."""
        return self._desk.clock.now()


def _read(draft: Draft, conference: Conference) -> MinutesDraft:
    typed = from_payload(TypedMinutes, draft.payload)
    overtaken = conference.state is not ConferenceState.HELD or typed.begun_from != stand(conference)
    return MinutesDraft(
        id=draft.id,
        person=draft.person or "",
        made=draft.made,
        changed=draft.changed,
        typed=typed,
        overtaken=overtaken,
    )


def _going_on(drafts: Sequence[MinutesDraft]) -> MinutesDraft | None:
    """The one that was typed in last, of those that nothing overtook."""
    able = [draft for draft in drafts if not draft.overtaken]
    return max(able, key=lambda draft: (draft.changed, draft.id)) if able else None
