"""How many drafts wait too long, by login: a number each, and nothing of what they say (domain.md 6.2, vault.md 5)."""

from collections.abc import Mapping
from datetime import timedelta

from rehabdesk.access.model import Role
from rehabdesk.access.service import Desk
from rehabdesk.core.clock import stamp
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr

COUNTED_AFTER = timedelta(hours=72)
"""From this age on a draft counts on the supervisor's list."""
_NOTE = "draft:note"
"""The kind of an own row that holds the draft of a note."""


class OldDrafts:
    """Asked by a supervisor: what everybody sees of own rows are kind, times and size."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def by_member(self) -> Mapping[str, int]:
        """uid → drafts of notes that were begun more than 72 hours ago, for active logins that have any."""
        if self._desk.role is not Role.SUP:
            raise UserError(tr("A supervisor sees these numbers."))
        before = stamp(self._desk.clock.now() - COUNTED_AFTER)
        counts = self._desk.truth.own.counts(_NOTE, before)
        return {
            member.card.uid: counts[member.card.uid]
            for member in self._desk.members()
            if member.active and member.card.uid in counts
        }
