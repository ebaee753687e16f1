"""Minutes that are being typed: kept for their author alone until they are laid before the chair."""

from datetime import datetime

from rehabdesk.access.service import Desk
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.payload import from_payload, to_payload
from rehabdesk.plans.conference_model import ConferenceState
from rehabdesk.plans.conference_service import Conferences
from rehabdesk.plans.conference_stored_model import StoredConference
from rehabdesk.plans.conference_typed_model import TypedMinutes, as_minutes, contributions_of, typed_from

TYPED = "conference_minutes"


class MinutesWriting:
    """The typed minutes of one login; nobody else opens them."""

    def __init__(self, desk: Desk, conferences: Conferences) -> None:
        self._desk, self._conferences = desk, conferences

    def start(self, rid: str) -> tuple[str | None, TypedMinutes]:
        """This login's draft of minutes, or what there is to begin with: nothing, or minutes that came back.

        UserError where minutes cannot be written now, or not by this login.
        """
        stored = self._conferences.reading.conference(rid)
        if not self._conferences.may_write:
            raise UserError(tr("A case officer writes minutes."))
        if stored.conference.state is not ConferenceState.HELD:
            raise UserError(tr("Minutes are written after the conference, until the chair has them."))
        for draft_id, typed in self.drafts():
            if typed.conference == rid:
                return draft_id, typed
        held = stored.conference
        contributions = {str(place): each.contribution for place, each in enumerate(held.attendees) if each.attended}
        return None, typed_from(rid, held.minutes, contributions)

    def drafts(self) -> tuple[tuple[str, TypedMinutes], ...]:
        """This login's minutes in writing, as (draft id, what is typed), oldest first."""
        return tuple((draft.id, from_payload(TypedMinutes, draft.payload)) for draft in self._desk.drafts(TYPED))

    def keep(self, person_id: str, typed: TypedMinutes, draft_id: str | None) -> str:
        """Autosave; gives the draft's id."""
        return self._desk.save_draft(TYPED, to_payload(typed), person=person_id, draft_id=draft_id)

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
