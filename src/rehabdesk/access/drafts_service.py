"""How many drafts wait too long, by login: a number each, and nothing of what they say (domain.md 6.2, vault.md 5)."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import timedelta

from rehabdesk.access.model import Role
from rehabdesk.access.service import Desk
from rehabdesk.core.clock import stamp
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr

COUNTED_AFTER = timedelta(hours=72)
"""From this age on a draft counts on the supervisor's list."""
_DRAFT = "draft:"
"""What the kinds of own rows begin with that hold drafts."""


class OldDrafts:
    """Asked by a supervisor: what everybody sees of own rows are kind, times and size. `kinds`: those that count."""

    def __init__(self, desk: Desk, kinds: Sequence[str]) -> None:
        self._desk, self._kinds = desk, tuple(kinds)

    def by_member(self) -> Mapping[str, int]:
        """uid → drafts that were begun more than 72 hours ago, for active logins that have any."""
        if self._desk.role is not Role.SUP:
            raise UserError(tr("A supervisor sees these numbers."))
        before = stamp(self._desk.clock.now() - COUNTED_AFTER)
        counts: Counter[str] = Counter()
        for kind in self._kinds:
            counts.update(self._desk.truth.own.counts(_DRAFT + kind, before))
        return {
            member.card.uid: counts[member.card.uid]
            for member in self._desk.members()
            if member.active and member.card.uid in counts
        }
