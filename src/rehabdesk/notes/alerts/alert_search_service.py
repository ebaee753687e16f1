"""What a search may find beside safety alerts: what came of one, for whoever is shown the alert itself."""

from collections.abc import Sequence

from rehabdesk.access.model import Role
from rehabdesk.access.service import Desk
from rehabdesk.core.found import Found
from rehabdesk.core.i18n import tr
from rehabdesk.db.projection import TEAM
from rehabdesk.notes.alerts import alert_store as store
from rehabdesk.notes.timeline_service import Timeline


class AlertSearch:
    """Outcomes of alerts of one unlocked desk, for a search over everything; alerts are found with the notes."""

    def __init__(self, desk: Desk, timeline: Timeline) -> None:
        self._desk, self._timeline = desk, timeline

    def found(self, comp: str, rids: Sequence[str]) -> tuple[Found, ...]:
        """Those of these records that are outcomes of alerts and that this login is shown."""
        outcomes = self._outcomes(rids) if comp == TEAM else {}
        entries = {entry.rid: entry for entry in self._timeline.visible(TEAM, [*outcomes.values()])} if outcomes else {}
        return tuple(
            Found(
                rid=rid,
                comp=TEAM,
                kind=entries[alert].part.value,
                title=tr("What came of a safety alert"),
                person=entries[alert].person_id,
                id=f"{TEAM}:{alert}",
            )
            for rid, alert in outcomes.items()
            if alert in entries
        )

    def _outcomes(self, rids: Sequence[str]) -> dict[str, str]:
        """Those that count, each with its alert: by the alert's author or a supervisor, as on its page."""
        among = store.outcomes_among(self._desk.index(TEAM), rids)
        if not among:
            return {}
        closers = {card.uid for card in self._desk.all_staff() if card.role is Role.SUP}
        return {rid: alert for rid, alert, own, author in among if own or author in closers}
